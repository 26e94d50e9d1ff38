"""Les activités d'un cahier (exercices, simulateurs, explorateurs) : leur titre, pour la carte qui les ouvre.

Un exercice a le sien dans son fichier ; les autres prennent celui du texte qui les précède.
"""

import re

from grc_helpers.entrainement.fichier import FichierIncorrect, titres
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.seances.seances import lire_seance

_EXERCICE = re.compile(r'^exercice\("(\w+)", "(\w+)"', re.MULTILINE)
_TITRE = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
_SANS_EFFET = re.compile(r"\s*(?:%load_ext|from|import|#)\b|\s*(?:#.*)?$")
_OUTILS = ("verifier(", "rendre_ma_copie(")
_SANS_NOM = (
    "Outil"  # le titre passe-partout d'une page à manipuler : le sien est alors celui de la page
)


def titres_des_activites(notebook: dict) -> dict[str, str]:
    """Le titre de chaque activité, par identifiant de cellule. Ne lève jamais d'erreur.

    >>> code = {"cell_type": "code", "id": "frise", "source": "FriseDesEpoques().afficher()"}
    >>> texte = {"cell_type": "markdown", "source": "## Étape 1 · La frise (non noté)\\n\\nÀ vous."}
    >>> titres_des_activites({"cells": [texte, code]})
    {'frise': 'La frise'}
    """
    trouves, titre = {}, ""
    page = lire_seance(notebook).titre
    for cellule in cellules(notebook):
        texte = source(cellule)
        if cellule.get("cell_type") == "markdown":
            titre = (_TITRE.findall(texte) or [titre])[-1]
        elif est_une_activite(cellule):
            connu = _titre_de_l_exercice(texte) or _nu(titre)
            trouves[str(cellule.get("id", ""))] = page if connu == _SANS_NOM else connu
    return trouves


def est_une_activite(cellule: dict) -> bool:
    """Une cellule de code que l'on lance pour voir quelque chose : ni réponse, ni vérification, ni remise, ni préparation."""
    texte = source(cellule)
    return (
        cellule.get("cell_type") == "code"
        and not texte.lstrip().startswith(_OUTILS)
        and lire_cellule(texte) is None
        and not all(map(_SANS_EFFET.match, texte.split("\n")))
    )


def _titre_de_l_exercice(texte: str) -> str:
    trouve = _EXERCICE.search(texte)
    try:
        return titres(trouve[1]).get(trouve[2], "") if trouve else ""
    except FichierIncorrect:
        return ""


def _nu(titre: str) -> str:
    """Sans sa mise en forme, ni « Étape 3 · », ni « (non noté) »."""
    sans = re.sub(r"[*`]|\s*\([^()]*\)\s*$", "", titre)
    return re.sub(r"^(?:Étape \d+|Entraînement)\s*·\s*", "", sans).strip()
