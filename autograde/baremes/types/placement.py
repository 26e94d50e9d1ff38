"""``type: placement`` : des degrés que l'on compare. Seul compte ce qui est placé au-dessus de quoi, pas le degré lui-même.

type: placement
attendu: {SMS: {Coût: 1}, Magasin: {Coût: 4}}
explications: {SMS: {Coût: "Il part vers tous en un clic."}}
"""

from itertools import combinations
from typing import ClassVar, Literal

from pydantic import model_validator

from autograde.baremes.resultats import CaseNotee, NoteQuestion, Statut
from autograde.baremes.types.contrat import Bareme, CopieANoter, Montree, mal_lues
from autograde.baremes.types.tableau import ParCase, grille, par_case
from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import lire_nombre
from grc_helpers.reponses.notebook import Question, Reponse
from grc_helpers.reponses.types.tableau import lire_selon, lire_seul

# Deux voisins mis au même degré : on a vu qu'ils se touchent, pas lequel passe devant.
VOISINS_EGAUX = 0.5


def credit_de(attendus: tuple[float, float], ecrits: tuple[float, float]) -> float:
    """Ce que vaut une comparaison dont les degrés attendus diffèrent.

    >>> credit_de((4, 1), (3, 2)), credit_de((4, 1), (2, 3)), credit_de((2, 1), (2, 2)), credit_de((4, 1), (2, 2))
    (1.0, 0.0, 0.5, 0.0)
    """
    attendu, ecrit = attendus[0] - attendus[1], ecrits[0] - ecrits[1]
    if ecrit == 0:
        return VOISINS_EGAUX if abs(attendu) == 1 else 0.0
    return float((attendu > 0) == (ecrit > 0))


class BaremePlacement(Bareme):
    """La part des comparaisons justes, colonne par colonne ; deux lignes attendues au même degré ne se comparent pas."""

    magie: ClassVar[str] = "tableau"

    type: Literal["placement"]
    attendu: ParCase[float]
    explications: ParCase[str] = {}

    @model_validator(mode="after")
    def _comparables(self):
        cases = par_case(self.attendu)
        if any(case not in cases for case in par_case(self.explications)):
            raise ValueError("« explications » cite une case qui n'est pas à placer")
        if not self._comparaisons():
            raise ValueError("rien à comparer : il faut deux degrés différents dans une colonne")
        return self

    def _comparaisons(self) -> list[tuple[Case, Case]]:
        attendus = par_case(self.attendu)
        return [
            (une, autre)
            for une, autre in combinations(attendus, 2)
            if une.colonne == autre.colonne and attendus[une] != attendus[autre]
        ]

    def noter(self, reponse: Reponse, copie: CopieANoter) -> NoteQuestion:
        lu = lire_selon(reponse.cellule.corps, reponse.question.vierge.corps)
        attendus = par_case(self.attendu)
        degres = {case: lire_nombre(lu.textes.get(case, "")).valeur for case in attendus}
        credits: dict[Case, list[float]] = {case: [] for case in attendus}
        plates = _colonnes_plates(degres)
        for une, autre in self._comparaisons():
            premier, second = degres[une], degres[autre]
            vaut = (
                0.0
                if premier is None or second is None or une.colonne in plates
                else credit_de((attendus[une], attendus[autre]), (premier, second))
            )
            credits[une].append(vaut)
            credits[autre].append(vaut)
        cases = [
            self._case(case, lu.textes.get(case, ""), degres[case], credits[case])
            for case in attendus
        ]
        toutes = [vaut for valent in credits.values() for vaut in valent]
        illisibles = [c for c in cases if c.statut is Statut.ILLISIBLE]
        return NoteQuestion(
            sum(toutes) / len(toutes),
            cases,
            a_verifier=[f"case illisible, {c.cle} : « {c.ecrit[:40]} »." for c in illisibles]
            + mal_lues(lu.remarques),
            commentaires=list(dict.fromkeys(case.message for case in cases if case.message)),
        )

    def _case(self, case: Case, ecrit: str, degre: float | None, valent: list[float]) -> CaseNotee:
        if degre is None:
            return CaseNotee(case, ecrit, Statut.ILLISIBLE if ecrit.strip() else Statut.VIDE)
        part = sum(valent) / len(valent) if valent else 1.0
        # Une case a tort quand la plupart des comparaisons la contredisent ; sinon c'est l'autre qui est mal placée.
        statut = Statut.JUSTE if part == 1 else Statut.EN_PARTIE if part > 0.5 else Statut.FAUSSE
        message = self.explications.get(case.ligne, {}).get(case.colonne, "")
        return CaseNotee(
            case, ecrit, statut, degre, message if statut is Statut.FAUSSE else "", part
        )

    def montrer(self, reponse: Reponse, note: NoteQuestion) -> Montree:
        return Montree(reponse.cellule.corps.strip(), tableau=grille(note))

    def cases_du_corrige(self, question: Question, texte: str) -> dict[Case, str]:
        return lire_selon(texte, question.vierge.corps).textes

    def desaccords(self, question: Question) -> list[str]:
        dessinees = lire_seul(question.vierge.corps).textes
        return [
            f"le tableau n'a pas de case « {case} »"
            for case in par_case(self.attendu)
            if case not in dessinees
        ]


def _colonnes_plates(degres: dict[Case, float | None]) -> set[str]:
    """Les colonnes où tout est au même degré : rien n'y est placé."""
    par_colonne: dict[str, set[float | None]] = {}
    for case, degre in degres.items():
        par_colonne.setdefault(case.colonne, set()).add(degre)
    return {colonne for colonne, ecrits in par_colonne.items() if len(ecrits) == 1}
