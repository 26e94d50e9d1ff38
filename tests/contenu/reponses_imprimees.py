"""La réponse d'un exercice est-elle déjà écrite dans un texte ? Les mots pleins (cinq premières lettres), phrase par phrase."""

import re
from pathlib import Path

from grc_helpers.entrainement.exercices import Choix, Exercice, Nombre, NombreATirer, Serie
from grc_helpers.francais.forme import sans_accents
from grc_helpers.francais.nombres import ecrire_nombre
from tests.contenu.cahiers import espaces

RACINE, PRESQUE_TOUT, AU_MOINS = 5, 0.8, 3
# Trop courants dans une leçon pour dire qu'une phrase en répète une autre.
_OUTILS = frozenset(Path(__file__).with_name("mots_outils.txt").read_text("utf-8").split())


def racines(texte: str) -> set[str]:
    """Les mots pleins d'un texte, et ses nombres.

    >>> sorted(racines("Les **familles** achètent 12 cahiers"))
    ['12', 'achet', 'cahie', 'famil']
    """
    mots = re.findall(r"[a-z]{4,}|\d{2,}(?:,\d+)?", sans_accents(texte).lower())
    return {mot[:RACINE] for mot in mots if mot not in _OUTILS}


def phrases(texte: str) -> list[set[str]]:
    return [racines(phrase) for phrase in re.split(r"[.!?;:]\s|\n|\|", texte)]


def dite(cherchee: str, texte: str) -> bool:
    """Une phrase du texte porte-t-elle presque tous les mots pleins de celle qu'on cherche ?"""
    attendues = racines(cherchee)
    if len(attendues) < AU_MOINS:
        return False
    return any(
        len(attendues & phrase) >= PRESQUE_TOUT * len(attendues) for phrase in phrases(texte)
    )


def reponse_imprimee(exercice: Exercice, texte: str) -> str:
    """Ce que le texte dit déjà de la réponse ; vide s'il n'en dit rien."""
    match exercice:
        case NombreATirer():
            return _nombre(exercice.tirer(1), texte)
        case Choix():
            justes = [o.texte for o in exercice.options if o.juste and dite(o.texte, texte)]
            fausses = [o.texte for o in exercice.options if not o.juste and dite(o.texte, texte)]
            return "" if fausses or not justes else f"« {justes[0]} » est écrit au-dessus"
        case Serie():
            return _serie(exercice, texte)
    return ""


def _nombre(exercice: Nombre, texte: str) -> str:
    ecrit = espaces(ecrire_nombre(exercice.attendu))
    motif = rf"(?<![\d,] )(?<![\d,]){re.escape(ecrit)}(?! ?\d|,\d)"
    vus = re.search(motif, espaces(texte)) and not re.search(motif, espaces(exercice.question))
    return f"« {ecrit} » est écrit au-dessus" if vus else ""


def _serie(exercice: Serie, texte: str) -> str:
    if exercice.melange == "possibilites":
        dites = [ligne.attendu for ligne in exercice.lignes if dite(ligne.attendu, texte)]
    elif exercice.melange == "lignes":
        dites = [
            ligne.texte
            for ligne in exercice.lignes
            if dite(f"{ligne.texte} {ligne.attendu}", texte)
        ]
    else:
        dites = [
            ligne.texte
            for ligne in exercice.lignes
            if ligne.attendu == "Vrai" and dite(ligne.texte, texte)
        ]
    assez = len(dites) * 2 >= len(exercice.lignes)
    return f"{len(dites)} lignes sur {len(exercice.lignes)} sont écrites au-dessus" if assez else ""
