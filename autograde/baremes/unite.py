"""Des parts écrites entre 0 et 1 là où l'on attend des % : une seule erreur d'écriture, quel que soit le nombre de cases.

Les colonnes écrites ainsi sont lues comme des %, pour que le reste du calcul se note, puis la première de leurs cases est comptée fausse.
"""

from collections.abc import Mapping
from dataclasses import replace

from autograde.baremes.resultats import CaseNotee, Statut
from autograde.baremes.types.calcul import BaremeCalcule
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.tableau import Modele
from grc_helpers.francais.nombres import NombreLu

# En deçà, ce peut être un hasard.
CONFIRMATIONS = 3
MESSAGE = (
    "Vos parts sont des nombres entre 0 et 1. Multipliez-les par 100 pour les lire en %. "
    "L'erreur n'est comptée qu'une fois."
)

Lus = Mapping[Case, NombreLu]


def cases_en_parts(modele: Modele, lus: Lus, baremes: Mapping[Case, BaremeCalcule]) -> list[Case]:
    """Les cases attendues en %, écrites entre 0 et 1, question par question : celles des colonnes qui n'ont que de tels nombres,
    si trois au moins d'entre elles sont justes à cent près."""
    reference = modele.calculer()
    par_question: dict[int, dict[str, list[Case]]] = {}
    for case, bareme in baremes.items():
        if case.colonne in bareme.pourcentages and lus[case].valeur is not None:
            par_question.setdefault(id(bareme), {}).setdefault(case.colonne, []).append(case)

    def sur_un(case: Case) -> bool:
        return abs(lus[case].valeur or 0) <= 1

    def confirmee(case: Case) -> bool:
        return baremes[case].tolerance.admet(100 * (lus[case].valeur or 0), reference[case])

    trouvees: list[Case] = []
    for colonnes in par_question.values():
        cases = [
            case for colonne in colonnes.values() if all(map(sur_un, colonne)) for case in colonne
        ]
        if sum(map(confirmee, cases)) >= CONFIRMATIONS:
            trouvees += cases
    return trouvees


def en_pourcentages(lus: Lus, cases: list[Case]) -> dict[Case, NombreLu]:
    """Ce qu'on a lu, ces ``cases`` multipliées par cent."""
    return {
        case: replace(lu, valeur=100 * (lu.valeur or 0)) if case in cases else lu
        for case, lu in lus.items()
    }


def compter_l_unite(
    notees: Mapping[Case, CaseNotee], lus: Lus, cases: list[Case]
) -> dict[Case, CaseNotee]:
    """Les cases notées, telles qu'elles sont écrites : la première des ``cases`` justes porte l'erreur, les autres la suivent.

    >>> part = {Case(nom): CaseNotee(Case(nom), "0,5", Statut.JUSTE, 50) for nom in "ab"}
    >>> lus = {case: NombreLu(0.5) for case in part}
    >>> [notee.statut.name for notee in compter_l_unite(part, lus, list(part)).values()]
    ['FAUSSE', 'REPORTEE']
    """
    justes = [case for case in cases if notees[case].statut is Statut.JUSTE]

    def comptee(case: Case, notee: CaseNotee) -> CaseNotee:
        if case not in cases:
            return notee
        notee = replace(notee, valeur=lus[case].valeur)
        if case not in justes:
            return notee
        if case == justes[0]:
            return replace(notee, statut=Statut.FAUSSE, message=MESSAGE)
        return replace(notee, statut=Statut.REPORTEE)

    return {case: comptee(case, notee) for case, notee in notees.items()}
