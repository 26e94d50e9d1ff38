"""La correction d'une copie : une seule fonction, appelée par la commande ``grc corriger`` comme par nbgrader."""

import hashlib
import json
from dataclasses import dataclass

from autograde.cours.decisions import DECISIONS_PERIMEES
from autograde.cours.devoir import Devoir
from autograde.notation.reponses import noter_reponses
from autograde.notation.resultats import NoteQuestion
from grc_helpers.reponses.notebook import ReponsesLues, lire_reponses


@dataclass(frozen=True)
class Correction:
    """Une copie corrigée : ce qu'on a lu, et une note par question ; ``motif`` dit pourquoi elle est illisible, si elle l'est."""

    devoir: Devoir
    lues: ReponsesLues
    notes: dict[str, NoteQuestion]
    motif: str = ""

    def points(self, identifiant: str) -> float | None:
        return self.notes[identifiant].points(self.devoir.points[identifiant])

    def decidee(self, identifiant: str) -> bool:
        """Le formateur a-t-il décidé d'éléments de cette réponse ?"""
        return bool(
            self.devoir.decisions.pour(identifiant, self.lues.reponses[identifiant].cellule.corps)
        )

    def empreinte(self, identifiant: str) -> str:
        """Change si la réponse ou son barème change : une note manuelle n'est redemandée que dans ce cas."""
        bareme = self.devoir.baremes_ecrits[identifiant]
        contenu = [
            self.lues.reponses[identifiant].cellule.corps,
            self.devoir.points[identifiant],
            bareme,
        ]
        return hashlib.sha256(json.dumps(contenu, sort_keys=True).encode()).hexdigest()[:32]


def corriger(lues: ReponsesLues, devoir: Devoir, stagiaire: str = "") -> Correction:
    """Note toutes les réponses lues. Ne lève jamais d'erreur, n'exécute rien, n'écrit rien.

    ``stagiaire``, s'il est connu : une réponse qu'il a changée depuis que le formateur en a décidé est à revoir.
    """
    notes = noter_reponses(lues, devoir)
    for identifiant, reponse in lues.reponses.items():
        if devoir.decisions.perimees(identifiant, stagiaire, reponse.cellule.corps):
            notes[identifiant].a_verifier.append(DECISIONS_PERIMEES)
    return Correction(devoir, lues, notes)


def copie_illisible(devoir: Devoir, motif: str) -> Correction:
    """La correction d'une copie qu'on n'a pas pu lire : aucune note, tout est à vérifier."""
    notes = {
        identifiant: NoteQuestion(None, a_verifier=[f"copie illisible : {motif}"])
        for identifiant in devoir.questions
    }
    lues = lire_reponses({}, devoir.questions)
    lues.signalements.clear()  # un seul motif suffit : la copie entière est illisible
    return Correction(devoir, lues, notes, motif)
