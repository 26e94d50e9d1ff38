"""``type: choix`` : une ou plusieurs lettres."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from autograde.baremes.resultats import CaseNotee, NoteQuestion, Statut
from autograde.baremes.types.contrat import (
    Bareme,
    CopieANoter,
    Montree,
    cases_fausses,
    hors_de_la_liste,
    mal_lues,
    montrer_des_lettres,
)
from grc_helpers.calculs.case import Case
from grc_helpers.reponses.lettres import lire_lettres
from grc_helpers.reponses.notebook import Question, Reponse


class BaremeChoix(Bareme):
    """Choix unique : tout ou rien. Choix multiple : une bonne lettre ajoute 1/n, une mauvaise retire 1/n, plancher 0."""

    magie: ClassVar[str] = "choix"
    detaillee: ClassVar[bool] = False

    type: Literal["choix"]
    attendu: list[str] = Field(min_length=1)
    explications: dict[str, str] = {}

    def noter(self, reponse: Reponse, copie: CopieANoter) -> NoteQuestion:
        lues = lire_lettres(reponse.cellule.corps, reponse.cellule.arguments)
        bonnes = [lettre for lettre in lues.lettres if lettre in self.attendu]
        mauvaises = [lettre for lettre in lues.lettres if lettre not in self.attendu]
        if len(self.attendu) == 1:
            fraction = float(lues.lettres == self.attendu)
        else:
            fraction = max(0.0, (len(bonnes) - len(mauvaises)) / len(self.attendu))
        cases = [
            CaseNotee(Case(lettre), lettre, Statut.JUSTE if lettre in bonnes else Statut.FAUSSE)
            for lettre in lues.lettres
        ]
        explications = [
            self.explications[lettre] for lettre in mauvaises if lettre in self.explications
        ]
        return NoteQuestion(fraction, cases, mal_lues(lues.remarques), explications)

    def montrer(self, reponse: Reponse, note: NoteQuestion) -> Montree:
        return montrer_des_lettres(reponse, note)

    def desaccords(self, question: Question) -> list[str]:
        return hors_de_la_liste(
            question, [*self.attendu, *self.explications], question.vierge.arguments
        )

    def fausses(self, note: NoteQuestion) -> Iterator[tuple[str, str]]:
        for case in cases_fausses(note):
            yield case.ecrit, self.explications.get(case.ecrit, "")
