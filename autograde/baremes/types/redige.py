"""Ce qui est commun aux réponses rédigées, prose ou lettre : le moteur de ``autograde/prose`` les lit."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Self

from autograde.baremes.redigees import noter_prose
from autograde.baremes.resultats import NoteQuestion
from autograde.baremes.types.contrat import Bareme, CopieANoter, Montree
from autograde.prose.bareme import BaremeRedige
from grc_helpers.calculs.case import Case
from grc_helpers.reponses.notebook import Reponse


class Redigee(Bareme, BaremeRedige):
    magie: ClassVar[str] = "reponse"
    redigee: ClassVar[bool] = True

    def noter(self, reponse: Reponse, copie: CopieANoter) -> NoteQuestion:
        return noter_prose(reponse, self, copie.contexte)

    def montrer(self, reponse: Reponse, note: NoteQuestion) -> Montree:
        return Montree(reponse.cellule.corps.strip(), elements=note.cases)

    def fausses(self, note: NoteQuestion) -> Iterator[tuple[str, str]]:
        connus = {contre.message for contre in self.contre_elements}
        for message in note.commentaires:
            if message in connus:
                yield "une idée fausse dans le texte", message

    def elements_comptes(self, notes: Sequence[NoteQuestion]) -> Iterable[Case]:
        return map(Case, self.criteres.values())

    def avec_enonce(self, enonce: str) -> Self:
        return self if self.enonce else self.model_copy(update={"enonce": enonce})

    def avec_lecons(self, lecons: tuple[str, ...]) -> Self:
        return self.model_copy(update={"lecons": lecons})
