"""Écrire un CSV que les tableurs et Moodle reconnaissent, sans formule ; et relire ce que nous avons écrit ainsi."""

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from autograde.fichiers.ecriture import ecrire_en_entier


def ecrire_csv(chemin: Path, lignes: Iterable[list], separateur: str) -> None:
    """Écrit un CSV en UTF-8 avec sa marque, que les tableurs et Moodle reconnaissent."""
    sortie = io.StringIO(newline="")
    csv.writer(sortie, delimiter=separateur).writerows(lignes)
    ecrire_en_entier(chemin, "\ufeff" + sortie.getvalue())


def sans_formule(texte: str) -> str:
    """Un texte qu'un tableur ne prendra pas pour une formule, sans caractère de contrôle (un classeur les refuse).

    >>> sans_formule("=2+3"), sans_formule(" @SUM(A1)"), sans_formule("O'Brien"), sans_formule("Lé\\x01a")
    ("'=2+3", "' @SUM(A1)", "O'Brien", 'Léa')
    """
    propre = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", texte)
    return "'" + propre if _est_a_proteger(propre) else propre


def texte_d_origine(case: str) -> str:
    """Ce que disait une case avant ``sans_formule`` : l'apostrophe ajoutée en est retirée, et elle seule.

    >>> texte_d_origine("'=2+3"), texte_d_origine("'tardif"), texte_d_origine(sans_formule("'=2"))
    ('=2+3', "'tardif", "'=2")
    """
    return case[1:] if case[:1] == "'" and _est_a_proteger(case[1:]) else case


def _est_a_proteger(texte: str) -> bool:
    """Une formule, ou un texte que l'on prendrait pour une formule déjà protégée."""
    nu = texte.lstrip("'")
    return nu[:1] in ("\t", "\r", "\n") or nu.lstrip()[:1] in ("=", "+", "-", "@")
