"""Où en est une copie : combien de questions ont une réponse, combien sont recevables, combien de temps il reste.

Tout se lit dans le fichier, sans rien exécuter. Jamais un mot sur la justesse : une réponse *recevable* est lisible et
complète, c'est tout.
"""

import re
from dataclasses import dataclass, field

from grc_helpers.calculs.case import Case
from grc_helpers.reponses.controles import controler_la_question
from grc_helpers.reponses.notebook import (
    Question,
    ReponsesLues,
    cellules,
    lire_reponses,
    nbgrader,
    questions,
    source,
)
from grc_helpers.reponses.types import TYPES
from grc_helpers.seances.seances import lire_seance, minutes_restantes

REPONDUE, A_COMPLETER, A_REPRENDRE, VIDE, DISPARUE = (
    "répondue",
    "à compléter",
    "à reprendre",
    "vide",
    "cellule disparue",
)


@dataclass(frozen=True)
class Avancement:
    """L'état de chaque question notée (``etats``), ses points, et la durée annoncée de la séance en minutes."""

    etats: dict[str, str] = field(default_factory=dict)
    points: dict[str, float] = field(default_factory=dict)
    duree: int = 0

    @property
    def total(self) -> int:
        return len(self.etats)

    @property
    def commencees(self) -> int:
        """Les questions où quelque chose est écrit."""
        return sum(etat not in (VIDE, DISPARUE) for etat in self.etats.values())

    @property
    def recevables(self) -> int:
        return sum(etat == REPONDUE for etat in self.etats.values())

    @property
    def suivante(self) -> str:
        """La première question à faire ou à reprendre ; rien si tout est répondu."""
        return next(
            (identifiant for identifiant, etat in self.etats.items() if etat != REPONDUE), ""
        )

    @property
    def texte(self) -> str:
        """
        >>> Avancement({"q1": REPONDUE, "q2": VIDE}).texte
        '1 réponse sur 2'
        """
        if not self.total:
            return "sans question notée"
        return f"{self.recevables} réponse{'s' * (self.recevables > 1)} sur {self.total}"

    @property
    def en_bref(self) -> str:
        """La même chose ; rien s'il n'y a pas de question notée.

        >>> Avancement({"q1": REPONDUE, "q2": VIDE}).en_bref, Avancement().en_bref
        ('1 réponse sur 2', '')
        """
        return self.texte if self.total else ""

    @property
    def minutes_restantes(self) -> int:
        """La durée annoncée, au prorata des points qui restent."""
        reste = sum(
            self.points.get(identifiant, 1)
            for identifiant, etat in self.etats.items()
            if etat != REPONDUE
        )
        en_tout = sum(self.points.get(identifiant, 1) for identifiant in self.etats)
        return minutes_restantes(self.duree, reste / en_tout if reste else 0)


def mesurer_l_avancement(notebook: dict, origine: dict | None = None) -> Avancement:
    """L'avancement d'une copie. ``origine`` : la version distribuée, si on l'a ; elle dit ce qui a disparu. Ne lève jamais d'erreur."""
    modele = origine or notebook
    points = points_des_questions(modele)
    attendues = questions_notees(modele)
    etats = _etats(lire_reponses(notebook, attendues), cases_attendues(modele))
    return Avancement(
        {identifiant: etats.get(identifiant, DISPARUE) for identifiant in points},
        points,
        lire_seance(modele).minutes,
    )


def points_des_questions(notebook: dict) -> dict[str, float]:
    """Les points de chaque question notée, dans l'ordre du notebook (métadonnées nbgrader)."""
    tests = [
        nbgrader(cellule)
        for cellule in cellules(notebook)
        if nbgrader(cellule).get("grade") and "verifier" in source(cellule)
    ]
    return {
        str(test.get("grade_id", "")).removesuffix("_test"): _nombre(test.get("points"))
        for test in tests
    }


def questions_notees(notebook: dict) -> dict[str, Question]:
    """Les questions notées que l'on sait lire dans ce notebook."""
    notees = points_des_questions(notebook)
    return {
        identifiant: question
        for identifiant, question in questions(notebook).items()
        if identifiant in notees
    }


def cases_attendues(notebook: dict) -> dict[str, int]:
    """Le nombre de cases que demande chaque question distribuée, tel que la cellule ``verifier`` le dit."""
    trouves = (
        re.search(r'verifier\("([^"]+)", cases=(\d+)\)', source(cellule))
        for cellule in cellules(notebook)
    )
    return {trouve[1]: int(trouve[2]) for trouve in trouves if trouve}


def _etats(lues: ReponsesLues, cases: dict[str, int]) -> dict[str, str]:
    # Les arguments d'un tableau nomment son calcul : deux calculs peuvent avoir les mêmes libellés.
    valeurs: dict[tuple[str, ...], dict[Case, float]] = {}
    etats = {}
    for identifiant, reponse in lues.reponses.items():
        deja_lues = valeurs.setdefault(reponse.cellule.arguments, {})
        controle = controler_la_question(
            reponse.cellule, reponse.question, cases.get(identifiant, 0), deja_lues
        )
        deja_lues |= TYPES[reponse.cellule.type].valeurs(reponse.cellule)
        if not reponse.presente:
            etats[identifiant] = DISPARUE
        elif controle.recevable:
            etats[identifiant] = REPONDUE
        elif controle.vide:
            etats[identifiant] = VIDE
        else:
            etats[identifiant] = A_REPRENDRE if controle.a_reprendre else A_COMPLETER
    return etats


def _nombre(points) -> float:
    return float(points) if isinstance(points, int | float) else 1.0
