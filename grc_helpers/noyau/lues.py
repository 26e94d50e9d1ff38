"""Ce que cette session a lu en dernier de chaque réponse : la remise s'en sert pour refuser un fichier qui n'est pas encore enregistré.

Dans le poste, la page enregistre d'elle-même avant de rendre. Dans un Jupyter ordinaire, rien d'autre ne le dirait au stagiaire.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.notebook import cellules, source


@dataclass(frozen=True)
class Lecture:
    corps: str
    instant: float  # en secondes, comme la date d'un fichier


_lectures: dict[str, Lecture] = {}


def retenir(identifiant: str, corps: str) -> None:
    _lectures[identifiant] = Lecture(corps.strip(), time.time())


def absentes_du_fichier(fichier: Path, notebook: dict) -> list[str]:
    """Les questions dont la réponse, lue après l'enregistrement de ``fichier``, n'est pas celle qu'il contient."""
    enregistre = fichier.stat().st_mtime
    ecrites = {
        lue.identifiant: lue.corps.strip()
        for cellule in cellules(notebook)
        if (lue := lire_cellule(source(cellule)))
    }
    return [
        identifiant
        for identifiant, lecture in _lectures.items()
        if lecture.instant > enregistre
        and identifiant in ecrites
        and ecrites[identifiant] != lecture.corps
    ]
