"""``type: association`` : une lettre par libellé ; ``explications`` (facultatif) : ce que lit qui se trompe sur ce libellé."""

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from autograde.baremes.resultats import CaseNotee, NoteQuestion, Statut, note_des_cases
from autograde.baremes.types.contrat import (
    Bareme,
    CopieANoter,
    Montree,
    hors_de_la_liste,
    mal_lues,
    montrer_des_lettres,
    statut_d_une_lettre,
)
from grc_helpers.calculs.case import Case
from grc_helpers.reponses.lettres import lire_propositions
from grc_helpers.reponses.notebook import Question, Reponse
from grc_helpers.reponses.types.association import lire_association


class BaremeAssociation(Bareme):
    """La part des libellés bien associés. Un libellé recopié autrement (accents, majuscules, puce, guillemets) est reconnu ;
    abrégé ou fautif, il est rapproché, et le formateur le voit."""

    magie: ClassVar[str] = "association"

    type: Literal["association"]
    attendu: dict[str, str | list[str]] = Field(min_length=1)
    explications: dict[str, str] = {}

    @model_validator(mode="after")
    def _libelles_connus(self):
        inconnus = [libelle for libelle in self.explications if libelle not in self.attendu]
        if inconnus:
            raise ValueError(
                f"« explications » cite ce qui n'est pas à associer : {', '.join(inconnus)}"
            )
        return self

    def noter(self, reponse: Reponse, copie: CopieANoter) -> NoteQuestion:
        lue = lire_association(reponse.cellule.corps, self.attendu)
        proposees = lire_propositions(reponse.question.enonce)
        inconnues = [
            f"{libelle} : « {lettre} » ne fait pas partie des lettres proposées."
            for libelle, lettre in lue.paires.items()
            if lettre and proposees and lettre not in proposees
        ]
        cases = []
        for libelle, bonnes in self.attendu.items():
            ecrite = lue.paires[libelle]
            statut = statut_d_une_lettre(ecrite, bonnes if isinstance(bonnes, list) else [bonnes])
            explication = self.explications.get(libelle, "") if statut is Statut.FAUSSE else ""
            cases.append(CaseNotee(Case(libelle), ecrite, statut, message=explication))
        rapproches = [" ".join(lue.rapprochements)] if lue.rapprochements else []
        return note_des_cases(cases, a_verifier=mal_lues(lue.non_lu + inconnues) + rapproches)

    def desaccords(self, question: Question) -> list[str]:
        nom, proposees = question.identifiant, lire_propositions(question.enonce)
        distribues = lire_association(question.vierge.corps).paires or self.attendu
        bonnes = [
            bonne
            for bonnes in self.attendu.values()
            for bonne in (bonnes if isinstance(bonnes, list) else [bonnes])
        ]
        inconnus = [libelle for libelle in self.attendu if libelle not in distribues]
        oublies = [libelle for libelle in distribues if libelle not in self.attendu]
        return (
            [f"{nom} : « {libelle} » n'est pas dans la cellule" for libelle in inconnus]
            + [f"{nom} : « {libelle} » n'a pas de lettre au barème" for libelle in oublies]
            + (hors_de_la_liste(question, bonnes, proposees) if proposees else [])
        )

    def montrer(self, reponse: Reponse, note: NoteQuestion) -> Montree:
        return montrer_des_lettres(reponse, note)
