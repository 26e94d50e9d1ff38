"""La correction d'une copie : ce qu'on y a lu, ce que le barème en propose, et la note qui en résulte avec les décisions du formateur."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from autograde.baremes.resultats import NoteQuestion
from autograde.cours.decisions import DECISIONS_PERIMEES, Decision
from autograde.cours.devoir import Devoir
from autograde.notation.decidees import noter_avec_les_decisions
from autograde.notation.recalage import au_seuil
from autograde.prose import Evaluation
from grc_helpers.reponses.notebook import ReponsesLues


@dataclass(frozen=True)
class Correction:
    """Une copie corrigée. ``proposees`` : la note de chaque question d'après le barème seul ; ``motif`` dit pourquoi elle est illisible,
    si elle l'est. ``stagiaire``, s'il est connu : une réponse qu'il a changée depuis que le formateur en a décidé est à revoir.

    Les décisions s'appliquent à ce qui est proposé : en prendre une ne fait rien relire ni réévaluer.
    """

    devoir: Devoir
    lues: ReponsesLues
    proposees: dict[str, NoteQuestion]
    motif: str = ""
    stagiaire: str = ""

    @cached_property
    def notes(self) -> dict[str, NoteQuestion]:
        """La note de chaque question, décisions et signalements compris."""
        return {question: self.note(question) for question in self.proposees}

    def proposee(self, question: str) -> Evaluation | None:
        """Ce que le barème seul reconnaît dans une réponse rédigée, sûr ou non selon le seuil de la question."""
        evaluation = self.proposees[question].evaluation
        return evaluation and au_seuil(evaluation, self.devoir.seuils.get(question))

    def note(self, question: str) -> NoteQuestion:
        note, evaluation = self.proposees[question], self.proposee(question)
        decisions = self.decisions(question)
        if evaluation and (decisions or evaluation is not note.evaluation):
            bareme = self.devoir.bareme_redige(question)
            note = noter_avec_les_decisions(evaluation, bareme, decisions)
        doutes = list(self.lues.signalements.get(question, []))
        if self.perimee(question):
            doutes.append(DECISIONS_PERIMEES)
        return replace(note, a_verifier=[*note.a_verifier, *doutes])

    def points(self, question: str) -> float | None:
        return self.notes[question].points(self.devoir.points[question])

    def texte(self, question: str) -> str:
        """Ce que le stagiaire a répondu."""
        return self.lues.reponses[question].cellule.corps

    def a_cote(self, question: str) -> list[str]:
        """Ce qu'il a écrit hors de la réponse et qui n'y est pas lu."""
        return self.lues.a_cote.get(question, [])

    def decisions(self, question: str) -> Mapping[str, Decision]:
        """Ce que le formateur a décidé des éléments de cette réponse."""
        return self.devoir.decisions.pour(question, self.texte(question))

    def perimee(self, question: str) -> bool:
        """Le formateur avait-il décidé d'une autre version de cette réponse ?"""
        decisions = self.devoir.decisions
        return not self.motif and decisions.perimees(question, self.stagiaire, self.texte(question))

    def empreinte(self, question: str) -> str:
        """Change si la réponse ou son barème change : une note manuelle n'est redemandée que dans ce cas."""
        reponse, points = json.dumps(self.texte(question)), self.devoir.points[question]
        contenu = f"[{reponse}, {json.dumps(points)}, {self.devoir.baremes_ecrits[question]}]"
        if self.a_cote(question):
            contenu += json.dumps(self.a_cote(question))
        return hashlib.sha256(contenu.encode()).hexdigest()[:32]

    @cached_property
    def empreinte_des_regles(self) -> str:
        """Change si un barème ou un seuil change, ou une décision qui porte sur une réponse de cette copie : ses notes sont à inscrire."""
        decisions = {
            question: [(nom, prise.credit, prise.passage) for nom, prise in sorted(prises.items())]
            for question in self.devoir.decisions.par_question
            if (prises := self.decisions(question)) or self.perimee(question)
        }
        contenu = json.dumps([self.devoir.regles, self.devoir.seuils, decisions], sort_keys=True)
        return hashlib.sha256(contenu.encode()).hexdigest()
