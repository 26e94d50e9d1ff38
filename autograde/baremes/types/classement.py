"""``type: classement`` : des éléments à placer dans des boîtes.

type: classement
attendu: {Nadir: a, Zoé: [a, b]}     # l'une ou l'autre boîte
explications: {Nadir: "Nadir a acheté trois fois : c'est un client, plus un prospect."}
"""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from autograde.baremes.resultats import CaseNotee, NoteQuestion, Statut, note_des_cases
from autograde.baremes.types.contrat import (
    Bareme,
    CopieANoter,
    Montree,
    mal_lues,
    montrer_des_lettres,
    statut_d_une_lettre,
)
from grc_helpers.calculs.case import Case
from grc_helpers.reponses.lettres import lire_propositions
from grc_helpers.reponses.notebook import Question, Reponse
from grc_helpers.reponses.types.classement import lire_classement


def _en_liste(boites: str | list[str]) -> list[str]:
    return boites if isinstance(boites, list) else [boites]


# YAML lit une année comme un nombre ; un élément, lui, est toujours un texte.
Element = Annotated[str, BeforeValidator(str)]
Boites = Annotated[list[str], BeforeValidator(_en_liste), Field(min_length=1)]


class BaremeClassement(Bareme):
    """La part des éléments bien placés ; celui qui ne l'est pas du tout vaut zéro."""

    magie: ClassVar[str] = "classement"

    type: Literal["classement"]
    attendu: dict[Element, Boites] = Field(min_length=2)
    explications: dict[Element, str] = {}

    @model_validator(mode="after")
    def _elements_connus(self):
        inconnus = [element for element in self.explications if element not in self.attendu]
        if inconnus:
            raise ValueError(
                f"« explications » cite ce qui n'est pas à classer : {', '.join(inconnus)}"
            )
        return self

    def noter(self, reponse: Reponse, copie: CopieANoter) -> NoteQuestion:
        lu = lire_classement(
            reponse.cellule.corps,
            reponse.cellule.arguments,
            lire_propositions(reponse.question.enonce),
            self.attendu,
        )
        cases = [
            self._case(element, boite, lu.inconnues.get(element, ""))
            for element, boite in lu.places.items()
        ]
        return note_des_cases(cases, a_verifier=mal_lues(lu.remarques))

    def _case(self, element: str, boite: str, inconnue: str) -> CaseNotee:
        if inconnue:
            return CaseNotee(Case(element), inconnue, Statut.ILLISIBLE)
        statut = statut_d_une_lettre(boite, self.attendu[element])
        explication = self.explications.get(element, "") if statut is Statut.FAUSSE else ""
        return CaseNotee(Case(element), boite, statut, message=explication)

    def montrer(self, reponse: Reponse, note: NoteQuestion) -> Montree:
        return montrer_des_lettres(reponse, note)

    def cases_du_corrige(self, question: Question, texte: str) -> dict[Case, str]:
        lu = lire_classement(texte, question.vierge.arguments)
        return {Case(element): boite for element, boite in lu.places.items()}

    def desaccords(self, question: Question) -> list[str]:
        boites = question.vierge.arguments
        distribues = lire_classement(question.vierge.corps, boites).places or self.attendu
        absentes = dict.fromkeys(
            boite for bonnes in self.attendu.values() for boite in bonnes if boite not in boites
        )
        return (
            ([] if 2 <= len(boites) <= 4 else [f"{len(boites)} boîte(s) au lieu de deux à quatre"])
            + [f"la magie n'a pas de boîte « {boite} »" for boite in absentes]
            + [f"« {e} » n'est pas dans la cellule" for e in self.attendu if e not in distribues]
            + [f"« {e} » n'est pas dans le barème" for e in distribues if e not in self.attendu]
        )
