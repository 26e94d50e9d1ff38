"""Couper en cases le texte d'un tableau : barres verticales, tabulations ou points-virgules, une liste de textes par ligne."""

import re

from grc_helpers.francais.forme import Forme
from grc_helpers.reponses.libelles import formes_utiles

TAILLE_MAXIMALE = 200_000  # caractères d'une ligne : une case peut contenir une réponse entière
_SEPARATEUR = re.compile(r"\t|(?<!\\)\|")
_POINT_VIRGULE = re.compile(r";")


def decouper(texte: str) -> tuple[list[list[str]], list[str]]:
    """Les cases de chaque ligne utile, et ce qu'il faut dire si toutes ne sont pas lues."""
    lignes, dites = formes_utiles(texte, TAILLE_MAXIMALE)
    lignes = [ligne for ligne in lignes if ligne.texte.strip(" |-:\t")]
    # Écriture encadrée « | Perdus | 10 | » : la barre de tête n'ouvre pas de case.
    encadre = bool(lignes) and all(ligne.texte.lstrip().startswith("|") for ligne in lignes)
    return [_cases(ligne, ligne.texte.index("|") + 1 if encadre else 0) for ligne in lignes], dites


def _cases(ligne: Forme, debut: int) -> list[str]:
    """Les cases d'une ligne, à partir de ``debut``, telles qu'elles sont écrites."""
    barres = _SEPARATEUR if re.search(r"[|\t]", ligne.texte[debut:]) else _POINT_VIRGULE
    coupes = [coupe.span() for coupe in barres.finditer(ligne.texte, debut)]
    debuts = [debut, *(apres for _, apres in coupes)]
    fins = [*(avant for avant, _ in coupes), len(ligne.texte)]
    return [_case(ligne, *bornes) for bornes in zip(debuts, fins, strict=True)]


def _case(ligne: Forme, debut: int, fin: int) -> str:
    case = ligne.texte[debut:fin]
    debut += len(case) - len(case.lstrip(" "))
    return ligne.ecrit(debut, debut + len(case.strip(" "))).replace("\\|", "|")


def sans_colonne_vide(grille: list[list[str]], largeur: int) -> list[list[str]]:
    """La grille sans les colonnes où rien n'est écrit, tant qu'elle est plus large qu'attendu (``largeur`` : 0 si on ne sait pas)."""
    large = max(map(len, grille), default=0)
    vides = [
        rang
        for rang in range(large)
        if not any(cases[rang] for cases in grille if rang < len(cases))
    ]
    retirees = set(vides[: max(0, large - largeur)] if largeur else vides[:1] if 0 in vides else [])
    return [
        [case for rang, case in enumerate(cases) if rang not in retirees] or [""]
        for cases in grille
    ]


def sans_fin_vide(cases: list[str]) -> list[str]:
    """Les cases d'une ligne, sans celles qui sont vides à la fin."""
    longueur = len(cases)
    while longueur and not cases[longueur - 1]:
        longueur -= 1
    return cases[:longueur]
