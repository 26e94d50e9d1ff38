"""``type: ordre`` : des lettres, de la première à la dernière."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from autograde.baremes.resultats import CaseNotee, NoteQuestion, note_des_cases
from autograde.baremes.types.contrat import (
    Bareme,
    CopieANoter,
    Montree,
    cases_fausses,
    hors_de_la_liste,
    mal_lues,
    montrer_des_lettres,
    statut_d_une_lettre,
)
from grc_helpers.calculs.case import Case
from grc_helpers.reponses.lettres import lire_lettres
from grc_helpers.reponses.notebook import Question, Reponse


class BaremeOrdre(Bareme):
    """La part des lettres à leur bonne place."""

    magie: ClassVar[str] = "ordre"

    type: Literal["ordre"]
    attendu: list[str] = Field(min_length=2)

    def noter(self, reponse: Reponse, copie: CopieANoter) -> NoteQuestion:
        lues = lire_lettres(reponse.cellule.corps, reponse.cellule.arguments)
        places = [*lues.lettres, *[""] * len(self.attendu)][: len(self.attendu)]
        cases = [
            CaseNotee(Case(f"place {rang}"), ecrite, statut_d_une_lettre(ecrite, [bonne]))
            for rang, (ecrite, bonne) in enumerate(zip(places, self.attendu, strict=True), start=1)
        ]
        return note_des_cases(cases, a_verifier=mal_lues(lues.remarques))

    def montrer(self, reponse: Reponse, note: NoteQuestion) -> Montree:
        return montrer_des_lettres(reponse, note)

    def desaccords(self, question: Question) -> list[str]:
        nom, proposees = question.identifiant, question.vierge.arguments
        oubliees = [lettre for lettre in proposees if lettre not in self.attendu]
        doubles = len(set(self.attendu)) < len(self.attendu)
        return (
            hors_de_la_liste(question, self.attendu, proposees)
            + [
                f"{nom} : la lettre « {lettre} » n'a pas de place dans l'ordre"
                for lettre in oubliees
            ]
            + ([f"{nom} : une lettre est deux fois dans l'ordre"] if doubles else [])
        )

    def fausses(self, note: NoteQuestion) -> Iterator[tuple[str, str]]:
        if cases_fausses(
            note
        ):  # une lettre mal placée en déplace une autre : la suite entière parle
            yield " → ".join(case.ecrit or "?" for case in note.cases), ""
