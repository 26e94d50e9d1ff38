"""Les réponses d'une classe à relire, question par question : les identiques ensemble, sans nom, dans un ordre qui ne dit rien."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from autograde.cours.decisions import meme_texte
from autograde.cours.devoir import Devoir
from autograde.notation.copie import CopieCorrigee
from autograde.notation.correction import Correction
from autograde.notation.resultats import NoteQuestion
from grc_helpers.reponses.notebook import Reponse


@dataclass(frozen=True)
class Groupe:
    """Des copies qui ont la même réponse à une question, et la même notation automatique.

    ``identifiant`` est tiré de la réponse, jamais de qui l'a rendue : c'est lui seul que la page connaît.
    """

    identifiant: str
    question: str
    copies: dict[str, Correction]

    @property
    def correction(self) -> Correction:
        """Celle d'une copie, qui vaut pour toutes."""
        return next(iter(self.copies.values()))

    @property
    def reponse(self) -> Reponse:
        return self.correction.lues.reponses[self.question]

    @property
    def note(self) -> NoteQuestion:
        return self.correction.notes[self.question]

    @property
    def texte(self) -> str:
        return self.reponse.cellule.corps

    @property
    def a_cote(self) -> list[str]:
        return self.correction.a_cote(self.question)


def grouper(devoir: Devoir, copies: Iterable[CopieCorrigee]) -> dict[str, list[Groupe]]:
    """Les groupes de chaque question du devoir. Une copie illisible n'a pas de réponse à montrer : elle n'y est pas."""
    groupes: dict[str, dict[str, dict[str, Correction]]] = {
        question: {} for question in devoir.questions
    }
    for copie in copies:
        if not copie.motif:
            for question in devoir.questions:
                identifiant = _identifiant(copie.correction, question)
                groupes[question].setdefault(identifiant, {})[copie.stagiaire] = copie.correction
    # L'identifiant est une empreinte : les ranger par elle les mélange, et toujours de la même façon.
    return {
        question: [Groupe(cle, question, eux[cle]) for cle in sorted(eux)]
        for question, eux in groupes.items()
    }


def _identifiant(correction: Correction, question: str) -> str:
    """Une empreinte de la réponse et de ce qui est écrit à côté ; d'un calcul, de sa note aussi, car elle dépend des autres réponses
    (report d'erreur)."""
    note = correction.notes[question]
    suite = (
        []
        if correction.devoir.bareme[question].redigee
        else [str(note.fraction), note.resume(), *(case.statut for case in note.cases)]
    )
    morceaux = [
        correction.devoir.nom,
        question,
        meme_texte(correction.texte(question)),
        *map(meme_texte, correction.a_cote(question)),
        *suite,
    ]
    return hashlib.sha256("\x00".join(morceaux).encode("utf-8", "surrogatepass")).hexdigest()[:20]
