"""La note d'une question quand c'est nbgrader, sans nos réglages, qui corrige : il exécute le notebook et lit ce qu'il affiche."""

import json
from functools import lru_cache
from pathlib import Path

from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.notation.correction import Correction
from autograde.notation.reponses import noter_reponses
from grc_helpers.reponses.notebook import cellules, lire_reponses, nbgrader


def points(identifiant: str) -> float:
    """Les points d'une question, pour la cellule de test d'un notebook corrigé par nbgrader sans nos réglages.

    Lit le notebook enregistré dans le dossier courant, comme le fait nbgrader pendant la correction. Renvoie toujours un
    nombre entre 0 et le maximum : 0 tant que le formateur doit décider.
    """
    for fichier in sorted(Path.cwd().glob("*.ipynb")):
        obtenus, maxima = _points_du_fichier(fichier, fichier.stat().st_mtime_ns)
        if identifiant in maxima:
            return obtenus.get(identifiant) or 0.0
    return 0.0


@lru_cache(maxsize=8)
def _points_du_fichier(
    fichier: Path, _date: int
) -> tuple[dict[str, float | None], dict[str, float]]:
    notebook = json.loads(fichier.read_text(encoding="utf-8"))
    if not any("grade_id" in nbgrader(cellule) for cellule in cellules(notebook)):
        return {}, {}
    devoir = charger_devoir(Cours.courant(), fichier.stem)
    lues = lire_reponses(notebook, devoir.questions)
    correction = Correction(devoir, lues, noter_reponses(lues, devoir))
    return {question: correction.points(question) for question in devoir.questions}, devoir.points
