"""``type: ordre`` : des lettres, de la première à la dernière."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
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


def comparaisons_justes(attendu: Sequence[str], ecrites: Sequence[str]) -> tuple[int, int]:
    """De toutes les comparaisons deux à deux, combien sont dans le bon sens. Une lettre absente n'est comparée à rien.

    >>> comparaisons_justes("ceadb", "bcead"), comparaisons_justes("ceadb", "bdaec"), comparaisons_justes("ab", "b")
    ((6, 10), (0, 10), (0, 1))
    """
    rang = {lettre: ecrites.index(lettre) for lettre in set(ecrites)}
    paires = list(combinations(attendu, 2))
    justes = sum(a in rang and b in rang and rang[a] < rang[b] for a, b in paires)
    return justes, len(paires)


class BaremeOrdre(Bareme):
    """La part des comparaisons justes, deux à deux : une lettre mal placée n'efface pas les autres. La moitié ou moins, comme au hasard,
    ne vaut rien."""

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
        note = note_des_cases(cases, a_verifier=mal_lues(lues.remarques))
        justes, toutes = comparaisons_justes(self.attendu, lues.lettres)
        part = justes / toutes if 2 * justes > toutes else 0.0
        dit = [] if justes == toutes else [_dire(justes, toutes)]
        return replace(note, fraction=part, commentaires=[*note.commentaires, *dit])

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


def _dire(justes: int, toutes: int) -> str:
    if 2 * justes <= toutes:
        return f"Prises deux à deux, {justes} comparaisons sur {toutes} sont justes : pas plus qu'au hasard."
    return f"Prises deux à deux, {justes} comparaisons sur {toutes} sont justes."
