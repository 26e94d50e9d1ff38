"""``type: croisement`` : un tableau à deux entrées, où chaque élément a sa case.

type: croisement
attendu: {Client A: [Classe C, CFR]}           # sa ligne, sa colonne
suit:                                           # les associations qui donnent la ligne, puis la colonne
  q1b: {a: Classe A, b: Classe B, c: Classe C}
  q2b: {t: CTR, f: CFR, n: CNR}
"""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from autograde.baremes.resultats import CaseNotee, NoteQuestion, Statut, note_des_cases
from autograde.baremes.types.contrat import (
    Bareme,
    CopieANoter,
    Montree,
    mal_lues,
    montrer_des_lettres,
)
from grc_helpers.calculs.case import Case
from grc_helpers.reponses.notebook import Question, Reponse
from grc_helpers.reponses.types.association import lire_association
from grc_helpers.reponses.types.croisement import lire_croisement
from grc_helpers.reponses.types.tableau import lire_seul

DEUX_CASES = "Un élément écrit dans deux cases n'est compté dans aucune."


def _dire(case: Sequence[str]) -> str:
    return ", ".join(case)


class BaremeCroisement(Bareme):
    """La part des éléments dans leur case. Qui s'est trompé de classe avant, et croise sans erreur ce qu'il a trouvé, n'est pas puni
    deux fois ; il faut pour cela que la moitié au moins de ses cases soient celles du corrigé."""

    magie: ClassVar[str] = "croisement"
    liee: ClassVar[bool] = True

    type: Literal["croisement"]
    attendu: dict[str, tuple[str, str]] = Field(min_length=2)
    suit: dict[str, dict[str, str]] = {}

    @model_validator(mode="after")
    def _ligne_puis_colonne(self):
        if self.suit and len(self.suit) != 2:
            raise ValueError(
                "« suit » nomme deux questions : celle de la ligne, celle de la colonne"
            )
        return self

    @property
    def elements(self) -> dict[str, str]:
        """Le libellé de chaque élément, par le nom court qu'on écrit dans la case : A pour « Client A »."""
        return {libelle.split()[-1]: libelle for libelle in self.attendu}

    def noter(self, reponse: Reponse, copie: CopieANoter) -> NoteQuestion:
        lu = lire_croisement(
            reponse.cellule.corps, list(self.elements), reponse.question.vierge.corps
        )
        trouves = self._d_apres_ses_reponses(copie)
        cases = []
        for element, libelle in self.elements.items():
            ecrites = [tuple(case) for case in lu.places[element]]
            ecrit = " ; ".join(map(_dire, ecrites))
            if len(ecrites) > 1:
                cases.append(CaseNotee(Case(libelle), ecrit, Statut.FAUSSE, message=DEUX_CASES))
                continue
            cases.append(CaseNotee(Case(libelle), ecrit, self._statut(libelle, ecrites, trouves)))
        return note_des_cases(cases, a_verifier=mal_lues(lu.remarques))

    def _statut(self, libelle: str, ecrites: list, trouves: dict[str, tuple[str, str]]) -> Statut:
        if not ecrites:
            return Statut.VIDE
        if ecrites[0] == self.attendu[libelle]:
            return Statut.JUSTE
        return Statut.REPORTEE if ecrites[0] == trouves.get(libelle) else Statut.FAUSSE

    def _d_apres_ses_reponses(self, copie: CopieANoter) -> dict[str, tuple[str, str]]:
        """La case de chaque élément d'après les classes que le stagiaire lui a données ; rien s'il s'y est trop trompé."""
        lues = [
            (lire_association(copie.reponses[nom].cellule.corps, self.attendu).paires, noms)
            for nom, noms in self.suit.items()
            if nom in copie.reponses
        ]
        if len(lues) != len(self.suit) or not lues:
            return {}
        (lignes, nom_des_lignes), (colonnes, nom_des_colonnes) = lues
        trouves = {
            libelle: (
                nom_des_lignes.get(lignes[libelle], ligne),
                nom_des_colonnes.get(colonnes[libelle], colonne),
            )
            for libelle, (ligne, colonne) in self.attendu.items()
        }
        justes = sum(trouves[libelle] == case for libelle, case in self.attendu.items())
        return trouves if 2 * justes >= len(self.attendu) else {}

    def montrer(self, reponse: Reponse, note: NoteQuestion) -> Montree:
        return montrer_des_lettres(reponse, note)

    def cases_du_corrige(self, question: Question, texte: str) -> dict[Case, str]:
        lu = lire_croisement(texte, list(self.elements), question.vierge.corps)
        return {
            Case(self.elements[element]): " ; ".join(map(_dire, cases))
            for element, cases in lu.places.items()
        }

    def desaccords(self, question: Question) -> list[str]:
        nom, dessinees = question.identifiant, lire_seul(question.vierge.corps).textes
        inconnues = [case for case in self.attendu.values() if Case(*case) not in dessinees]
        places = question.vierge.arguments
        return (
            [f"{nom} : le tableau n'a pas de case « {_dire(case)} »" for case in inconnues]
            + [f"{nom} : « {e} » n'est pas dans la magie" for e in self.elements if e not in places]
            + [
                f"{nom} : « {e} » n'a pas de case au barème"
                for e in places
                if e not in self.elements
            ]
        )
