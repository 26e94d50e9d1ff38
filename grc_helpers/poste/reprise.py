"""Reprendre un travail emporté : le fichier est reconnu à son contenu, et remis à la place de celui du cours."""

import json
from dataclasses import dataclass

from grc_helpers.poste.reconnaissance import reconnaitre, references
from grc_helpers.poste.reparation import reparer
from grc_helpers.poste.sauvegardes import Sauvegardes
from grc_helpers.reponses.notebook import cellules
from grc_helpers.reponses.recu import CLE
from grc_helpers.seances.seances import lire_seance

PAS_UN_CAHIER = "Ce fichier n'est pas un cahier du cours. Prenez celui que « Terminer » vous a fait télécharger : son nom finit par .ipynb."
PAS_DU_COURS = (
    "Ce cahier ne vient pas de ce cours : aucune séance ne lui correspond. Rien n'a été changé."
)


@dataclass(frozen=True)
class Reprise:
    """``chemin`` et ``titre`` de la séance reprise ; ``garde`` : un autre travail y était, il est dans les versions."""

    chemin: str
    titre: str
    garde: bool


def reprendre(sauvegardes: Sauvegardes, contenu: object) -> Reprise:
    """Met le cahier ``contenu`` (le texte du fichier) à sa place ; celui qui y était est gardé comme version.

    Lève ``ValueError``, avec la phrase à montrer, si ce n'est pas un cahier du cours ; ``OSError`` si le disque est plein.
    """
    notebook = _lire(contenu)
    connues = references(sauvegardes)
    chemin = reconnaitre(notebook, connues)
    if not chemin:
        raise ValueError(PAS_DU_COURS)
    propre = reparer(_sans_affichage(notebook), sauvegardes.origine(chemin)).notebook
    garde = sauvegardes.remplacer(chemin, propre)
    sauvegardes.garder(chemin, propre)
    return Reprise(chemin, lire_seance(connues[chemin]).titre, garde)


def _lire(contenu: object) -> dict:
    try:
        notebook = json.loads(contenu.removeprefix("\ufeff")) if isinstance(contenu, str) else None
    except (ValueError, RecursionError):
        notebook = None
    if not isinstance(notebook, dict) or not cellules(notebook):
        raise ValueError(PAS_UN_CAHIER)
    return notebook


def _sans_affichage(notebook: dict) -> dict:
    """Un fichier venu d'ailleurs n'apporte que du texte : ni sorties, ni reçu d'une remise passée."""
    propres = [
        cellule | {"outputs": []} if cellule.get("cell_type") == "code" else cellule
        for cellule in cellules(notebook)
    ]
    metadonnees = notebook.get("metadata")
    metadonnees = metadonnees if isinstance(metadonnees, dict) else {}
    gardees = {cle: valeur for cle, valeur in metadonnees.items() if cle != CLE}
    return notebook | {"cells": propres, "metadata": gardees}
