"""Le triage d'une copie avant de la noter : lue, réparée (de quoi), ou illisible (pourquoi). Ne lève jamais d'erreur.

La copie est comparée à la version distribuée du devoir. Ce qui a été perdu et se retrouve sans doute possible est retrouvé ; ce
qui laisse un doute devient un signalement que le formateur verra. Le fichier remis, lui, ne change jamais.
"""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from autograde.copie.hors_reponse import lire_tout
from autograde.copie.remises import CopieRemise
from autograde.copie.reperage import Role, plan_de, reperer, separer
from autograde.cours.devoir import SUFFIXE_ENONCE, SUFFIXE_TEST, Devoir
from grc_helpers.reponses.notebook import (
    ReponsesLues,
    cellules,
    hors_reponse,
    identifiant,
    lire_reponses,
    numero,
    source,
)
from grc_helpers.reponses.types.contrat import sans_espaces

AUTRE_NOTEBOOK = "aucune question de ce devoir n'y est reconnue : ce n'est pas ce notebook-là."
_CONFLIT = re.compile(r"^(<{7} .*|={7}|>{7} .*)$", re.MULTILINE)


class Etat(StrEnum):
    """Comment une copie sort du triage."""

    LUE = "lue"
    REPAREE = "réparée"
    ILLISIBLE = "illisible"


@dataclass(frozen=True)
class CopieTriee:
    """Une copie et ce qu'on a pu en lire : ``lues`` vaut None si elle est illisible, et ``motif`` dit pourquoi."""

    copie: CopieRemise
    lues: ReponsesLues | None
    motif: str = ""

    @property
    def etat(self) -> Etat:
        if self.lues is None:
            return Etat.ILLISIBLE
        return Etat.REPAREE if self.reparations else Etat.LUE

    @property
    def reparations(self) -> list[str]:
        """Ce qui a été réparé, puis ce qui reste douteux, question par question."""
        lecture = remarques_de_lecture(self.lues) if self.lues else []
        return [*self.copie.reparations, *lecture]


def trier(copie: CopieRemise, devoir: Devoir) -> CopieTriee:
    """Lit les réponses d'une copie."""
    if copie.notebook is None:
        return CopieTriee(copie, None, copie.motif)
    lues = lire_la_copie(copie.notebook, devoir)
    if not lues.reconnue:
        return CopieTriee(copie, None, AUTRE_NOTEBOOK)
    return CopieTriee(copie, lues)


def remarques_de_lecture(lues: ReponsesLues) -> list[str]:
    """Les réparations et les doutes d'une lecture, prêts à afficher."""
    doutes = [
        f"question {numero(nom)} : {message}"
        for nom, messages in lues.signalements.items()
        for message in messages
    ]
    return [*lues.reparations, *doutes]


def lire_la_copie(notebook: dict, devoir: Devoir) -> ReponsesLues:
    """Les réponses d'une copie, même abîmée, avec tout ce qui a été réparé ou reste douteux. Le notebook n'est pas modifié."""
    comparaison = _Comparaison(notebook, devoir)
    lecture = comparaison.lecture
    lues = lire_reponses({"cells": lecture.cellules}, devoir.questions)
    lecture.reporter(lues)
    for nom, reponse in lues.reponses.items():
        if _CONFLIT.search(reponse.cellule.corps):
            lues.signaler(nom, "Des marques de conflit de fusion sont restées dans la réponse.")
    lues.reparations += comparaison.ecarts()
    return lues


class _Comparaison:
    """Une copie face à la version distribuée."""

    def __init__(self, notebook: dict, devoir: Devoir):
        plan = plan_de(devoir)
        self.plan, self.modeles = plan, plan.par_identifiant
        self.copies, self.separees = separer(cellules(notebook), plan)
        self.places = reperer(self.copies, plan)
        self.lecture = lire_tout(self.copies, self.places, plan, hors_reponse(notebook))

    def ecarts(self) -> list[str]:
        """Ce qui n'est plus comme dans la version distribuée, hors du texte des réponses : la correction repart de celle-ci."""
        presents = {
            identifiant(cellule): cellule
            for cellule in self.copies
            if identifiant(cellule) in self.modeles
        }
        du_cours = self.plan.du_cours
        absentes = [nom for nom in du_cours if nom not in presents]
        textes = {sans_espaces(source(cellule)) for cellule in self.copies} if absentes else set()
        reconnues = [nom for nom in absentes if sans_espaces(du_cours[nom]) in textes]
        effacees = [nom for nom in absentes if nom not in reconnues]
        changees = [
            nom
            for nom, texte in du_cours.items()
            if nom in presents and _different(source(presents[nom]), texte)
        ]
        enonces = [nom for nom in changees if nom.endswith(SUFFIXE_ENONCE)]
        controles = [nom for nom in changees if nom not in enonces]
        types = [
            nom
            for nom, cellule in presents.items()
            if cellule.get("cell_type") != self.modeles[nom].get("cell_type")
        ]
        reponses = Counter(p.question for p in self.places if p.role is Role.REPONSE)
        doubles = [nom for nom, combien in reponses.items() if combien > 1]
        retrouvees = self.lecture.retrouvees
        sans_id = [cellule for cellule in self.copies if not isinstance(cellule.get("id"), str)]
        constats = {
            f"{_cellules(sans_id)} sans « id » (Jupyter ancien).": sans_id,
            f"{_cellules(retrouvees, 'retrouvée')} d'après la place : {_questions(retrouvees)}.": retrouvees,
            f"cellules fusionnées, séparées à leurs premières lignes : {_questions(self.separees)}.": self.separees,
            f"{_cellules(types)} au type changé : {_questions(types)}.": types,
            f"cellule de réponse en double : {_questions(doubles)}.": doubles,
            f"métadonnées perdues : {_cellules(reconnues, 'reconnue')} par le texte.": reconnues,
            f"{_cellules(effacees, 'effacée')} dans le cours : {_questions(effacees)}.": effacees,
            f"énoncé modifié : {_questions(enonces)}.": enonces,
            f"cellule de contrôle modifiée : {_questions(controles)}.": controles,
        }
        return [message for message, concernees in constats.items() if concernees]


def _different(texte: str, modele: str) -> bool:
    """Autre chose que des espaces a changé. Presque toujours rien n'a changé, et cela se voit d'un coup d'œil."""
    return texte != modele and sans_espaces(texte) != sans_espaces(modele)


def _questions(noms: list[str]) -> str:
    """
    >>> _questions(["s2_tp1_q2a_enonce", "s2_tp1_q2a_test", "s2_tp1_q3"])
    'question 2a, 3'
    """
    numeros = [numero(nom.removesuffix(SUFFIXE_ENONCE).removesuffix(SUFFIXE_TEST)) for nom in noms]
    return "question " + ", ".join(dict.fromkeys(numeros))


def _cellules(concernees: list, participe: str = "") -> str:
    """
    >>> _cellules(["a"], "effacée"), _cellules(["a", "b"], "effacée")
    ('1 cellule effacée', '2 cellules effacées')
    """
    pluriel = "s" * (len(concernees) > 1)
    return f"{len(concernees)} cellule{pluriel}" + (f" {participe}{pluriel}" if participe else "")
