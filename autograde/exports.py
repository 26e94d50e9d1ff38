"""Sortir les notes d'un devoir : un CSV qu'Excel en français ouvre d'un double clic, et un classeur .xlsx."""

import csv
from pathlib import Path

from autograde.cours import Cours
from autograde.devoir import charger_devoir
from autograde.releve import Releve, releves

ATTENTE = "à relire"


def exporter_les_notes(cours: Cours, nom: str) -> list[Path]:
    """Écrit ``notes/<devoir>.csv`` et ``.xlsx``. Une question que personne n'a notée porte « à relire », jamais 0."""
    devoir = charger_devoir(cours, nom)
    entete = ["Identifiant", "Nom", *devoir.questions, f"Total sur {devoir.total:g}", "État", "À relire"]
    lignes = [_ligne(releve) for releve in releves(cours, devoir)]
    cours.notes.mkdir(parents=True, exist_ok=True)
    chemins = [cours.notes / f"{nom}.csv", cours.notes / f"{nom}.xlsx"]
    _ecrire_csv(chemins[0], [entete, *lignes])
    _ecrire_classeur(chemins[1], nom, [entete, *lignes])
    return chemins


def _ligne(releve: Releve) -> list:
    notes = [ATTENTE if note.points is None else note.points for note in releve.questions.values()]
    etat = "provisoire" if releve.a_relire else "définitif"
    total = releve.total if any(note.points is not None for note in releve.questions.values()) else ATTENTE
    return [sans_formule(releve.stagiaire), sans_formule(releve.nom), *notes, total, etat, " ".join(releve.a_relire)]


def sans_formule(texte: str) -> str:
    """Un texte qu'un tableur ne prendra pas pour une formule.

    >>> sans_formule("=2+3"), sans_formule("Léa")
    ("'=2+3", 'Léa')
    """
    return "'" + texte if texte[:1] in ("=", "+", "-", "@", "\t", "\r") else texte


def _ecrire_csv(chemin: Path, lignes: list[list]) -> None:
    # « ; », virgule décimale et marque UTF-8 : ce qu'attend un Excel en français.
    with chemin.open("w", encoding="utf-8-sig", newline="") as fichier:
        csv.writer(fichier, delimiter=";").writerows(
            [f"{case:g}".replace(".", ",") if isinstance(case, float) else case for case in ligne] for ligne in lignes
        )


def _ecrire_classeur(chemin: Path, nom: str, lignes: list[list]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    classeur = Workbook()
    feuille = classeur.active
    feuille.title = nom[:31]
    for ligne in lignes:
        feuille.append(ligne)
    for case in feuille[1]:
        case.font = Font(bold=True)
    feuille.freeze_panes = "C2"
    for rang, colonne in enumerate(feuille.columns, start=1):
        largeur = max(len(str(case.value or "")) for case in colonne)
        feuille.column_dimensions[get_column_letter(rang)].width = min(40, largeur + 2)
        for case in colonne:
            if isinstance(case.value, float):
                case.number_format = "0.00"
    classeur.save(chemin)
