"""Lire les réponses faites de lettres : choix, suite ordonnée, association."""

import re
from dataclasses import dataclass, field

from grc_helpers.francais.nombres import sans_accents


@dataclass
class LettresLues:
    """Les lettres reconnues, dans l'ordre où elles sont écrites, et les remarques à montrer."""

    lettres: list[str] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)


@dataclass
class AssociationLue:
    """Une lettre par libellé, et les remarques à montrer."""

    paires: dict[str, str] = field(default_factory=dict)
    remarques: list[str] = field(default_factory=list)


def lire_lettres(texte: str, permises: tuple[str, ...]) -> LettresLues:
    """Lit les lettres d'un ``%%choix`` ou d'un ``%%ordre``. Ne lève jamais d'erreur.

    >>> lire_lettres("réponses A et c", ("a", "b", "c")).lettres
    ['a', 'c']
    >>> lire_lettres("e", ("a", "b")).remarques
    ['« e » ne fait pas partie des lettres proposées : a, b.']
    """
    lues = LettresLues()
    propositions = {sans_accents(lettre): lettre for lettre in permises}
    for mot in re.findall(r"[^\W_]+", sans_accents(texte[:2000])):
        if mot in {
            "reponse",
            "reponses",
            "et",
            "puis",
            "la",
            "les",
            "le",
            "lettre",
            "lettres",
            "choix",
        }:
            continue
        lettre = propositions.get(mot)
        if lettre is None:
            lues.remarques.append(
                f"« {mot[:20]} » ne fait pas partie des lettres proposées : {', '.join(permises)}."
            )
        elif lettre in lues.lettres:
            lues.remarques.append(
                f"La lettre {lettre} est écrite deux fois ; je la compte une fois."
            )
        else:
            lues.lettres.append(lettre)
    return lues


def lire_association(texte: str) -> AssociationLue:
    """Lit un ``%%association`` : une paire « libellé : lettre » par ligne. Ne lève jamais d'erreur.

    >>> lire_association("Front office : c\\nIntranet ->  A").paires
    {'Front office': 'c', 'Intranet': 'a'}
    """
    lue = AssociationLue()
    for ligne in texte[:20_000].replace("\r", "\n").split("\n"):
        if not ligne.strip():
            continue
        trouve = re.fullmatch(r"\s*(.+?)\s*(?::|=|->|→|\|)\s*([^\W_]?)[\s.)]*", ligne)
        if not trouve:
            lue.remarques.append(
                f"Je ne reconnais pas la ligne « {ligne.strip()[:40]} ». Écrivez : libellé : lettre."
            )
            continue
        libelle, lettre = trouve[1].strip(), sans_accents(trouve[2])
        if lettre and lue.paires.get(libelle) not in (None, "", lettre):
            lue.remarques.append(f"{libelle} a deux lettres ; je garde la dernière.")
        lue.paires[libelle] = lettre or lue.paires.get(libelle, "")
    return lue
