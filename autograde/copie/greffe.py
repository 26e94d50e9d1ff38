"""La greffe : seul le texte des réponses passe d'une copie rendue à une copie neuve du devoir.

Rien d'autre ne survit, ni métadonnées, ni cellules ajoutées, ni sorties : une copie abîmée ou piégée ne peut pas gêner
la suite. Ce qui a été remarqué en lisant, et les textes écrits hors des réponses, sont gardés dans les métadonnées du notebook greffé.
"""

from autograde.cours.devoir import Devoir
from grc_helpers.reponses.notebook import ReponsesLues, cellules, lire_reponses, nbgrader

CLE = "grc"


def relire_greffe(notebook: dict, devoir: Devoir) -> ReponsesLues:
    """Les réponses d'une copie déjà greffée, avec ce qui avait été signalé en la lisant."""
    lues = lire_reponses(notebook, devoir.questions)
    marque = notebook["metadata"].get(CLE, {})
    lues.signalements, lues.a_cote = marque.get("signalements", {}), marque.get("a_cote", {})
    return lues


def est_reconnue(notebook: dict) -> bool:
    """Faux si la copie greffée ne contenait aucune question du devoir : il n'y a rien à noter."""
    return notebook["metadata"].get(CLE, {}).get("reconnue", True)


def greffer(lues: ReponsesLues, devoir: Devoir) -> dict:
    """Une copie neuve de la version distribuée, avec les réponses lues."""
    # Seules les cellules et les métadonnées changent, toujours à leur premier niveau : le reste est partagé avec l'original.
    distribue = devoir.distribue
    neuve = distribue | {
        "metadata": dict(distribue["metadata"]),
        "cells": [dict(cellule) for cellule in cellules(distribue)],
    }
    for cellule in cellules(neuve):
        identifiant = nbgrader(cellule).get("grade_id")
        if identifiant in lues.reponses and nbgrader(cellule).get("solution"):
            cellule["source"] = lues.reponses[identifiant].cellule.source
    neuve["metadata"][CLE] = {
        "signalements": lues.signalements,
        "a_cote": lues.a_cote,
        "reconnue": lues.reconnue,
    }
    return neuve
