"""Les réponses d'une classe à relire, question par question : les identiques ensemble, sans nom, les presque identiques
à la suite, dans un ordre qui ne dit rien."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from autograde.baremes.resultats import NoteQuestion
from autograde.cours.decisions import meme_texte
from autograde.cours.devoir import Devoir
from autograde.notation.copie import CopieCorrigee
from autograde.notation.correction import Correction
from autograde.relecture.voisines import mots_du_sens, rapprocher
from grc_helpers.reponses.notebook import Reponse

# La part des mots communs à partir de laquelle deux réponses se montrent à la suite.
PRESQUE_IDENTIQUES = 0.6


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
    melanges = {
        question: [Groupe(cle, question, eux[cle]) for cle in sorted(eux)]
        for question, eux in groupes.items()
    }
    return {
        question: _voisines_a_la_suite(eux) if devoir.bareme[question].redigee else eux
        for question, eux in melanges.items()
    }


def _voisines_a_la_suite(groupes: list[Groupe]) -> list[Groupe]:
    """Les réponses presque identiques l'une après l'autre, à la place de la première : on les juge ensemble, et pareil."""
    suites = rapprocher([mots_du_sens(groupe.texte) for groupe in groupes], PRESQUE_IDENTIQUES)
    return [groupes[rang] for suite in suites for rang in suite]


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
