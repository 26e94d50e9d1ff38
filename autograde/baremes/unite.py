"""Toute une colonne écrite dans une autre unité : des parts entre 0 et 1 là où l'on attend des %, ou des % là où l'on attend un nombre.

Une seule erreur d'écriture, quel que soit le nombre de cases : la colonne est lue dans la bonne unité, pour que le reste du calcul se note,
puis la première de ses cases est comptée fausse.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from autograde.baremes.resultats import CaseNotee, Statut
from autograde.baremes.types.calcul import BaremeCalcule
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.tableau import Modele
from grc_helpers.francais.nombres import NombreLu

# En deçà, ce peut être un hasard.
CONFIRMATIONS = 3


@dataclass(frozen=True)
class Unite:
    """Une façon de se tromper d'unité : où elle se cherche, à quoi ressemblent ses nombres, par quoi les multiplier, ce qu'on en dit."""

    colonnes: Callable[[BaremeCalcule], list[str]]
    ressemble: Callable[[float], bool]
    facteur: float
    message: str


UNITES = (
    Unite(
        lambda bareme: bareme.pourcentages,
        lambda valeur: abs(valeur) <= 1,
        100,
        "Vos parts sont des nombres entre 0 et 1. Multipliez-les par 100 pour les lire en %. "
        "L'erreur n'est comptée qu'une fois.",
    ),
    Unite(
        lambda bareme: bareme.parts,
        lambda valeur: valeur == 0 or abs(valeur) > 1,
        0.01,
        "Vos nombres sont des pourcentages. Divisez-les par 100 pour lire combien cela fait. "
        "L'erreur n'est comptée qu'une fois.",
    ),
)

Lus = Mapping[Case, NombreLu]
Mesures = Mapping[Case, Unite]


def lire_les_parts(lus: Lus, baremes: Mapping[Case, BaremeCalcule]) -> dict[Case, NombreLu]:
    """Ce qu'on a lu ; « 175 % », dans une colonne attendue en nombre, dit bien 1,75."""

    def part(case: Case, lu: NombreLu) -> NombreLu:
        en_pourcent = lu.unite == "%" and lu.valeur is not None
        if not en_pourcent or case not in baremes or case.colonne not in baremes[case].parts:
            return lu
        return replace(lu, valeur=(lu.valeur or 0) / 100, unite="")

    return {case: part(case, lu) for case, lu in lus.items()}


def dans_une_autre_unite(
    modele: Modele, lus: Lus, baremes: Mapping[Case, BaremeCalcule]
) -> dict[Case, Unite]:
    """Les cases écrites dans une autre unité, question par question : celles des colonnes qui n'ont que de tels nombres, si trois au
    moins d'entre elles sont justes à l'unité près."""
    reference = modele.calculer()
    trouvees: dict[Case, Unite] = {}
    for unite in UNITES:
        par_question: dict[int, dict[str, list[Case]]] = {}
        for case, bareme in baremes.items():
            if case.colonne in unite.colonnes(bareme) and lus[case].valeur is not None:
                par_question.setdefault(id(bareme), {}).setdefault(case.colonne, []).append(case)
        for colonnes in par_question.values():
            cases = [
                case
                for colonne in colonnes.values()
                if all(unite.ressemble(lus[case].valeur or 0) for case in colonne)
                for case in colonne
            ]
            justes = [
                case
                for case in cases
                if baremes[case].tolerance.admet(
                    unite.facteur * (lus[case].valeur or 0), reference[case]
                )
            ]
            if len(justes) >= CONFIRMATIONS:
                trouvees |= dict.fromkeys(cases, unite)
    return trouvees


def remettre(lus: Lus, mesures: Mesures) -> dict[Case, NombreLu]:
    """Ce qu'on a lu, chaque case de ``mesures`` remise dans la bonne unité."""
    return {
        case: replace(lu, valeur=mesures[case].facteur * (lu.valeur or 0))
        if case in mesures
        else lu
        for case, lu in lus.items()
    }


def compter_l_unite(
    notees: Mapping[Case, CaseNotee], lus: Lus, mesures: Mesures
) -> dict[Case, CaseNotee]:
    """Les cases notées, telles qu'elles sont écrites : la première case juste de chaque unité porte l'erreur, les autres la suivent.

    >>> part = {Case(nom): CaseNotee(Case(nom), "0,5", Statut.JUSTE, 50) for nom in "ab"}
    >>> lus = {case: NombreLu(0.5) for case in part}
    >>> [notee.statut.name for notee in compter_l_unite(part, lus, dict.fromkeys(part, UNITES[0])).values()]
    ['FAUSSE', 'REPORTEE']
    """
    premieres: dict[str, Case] = {}
    for case, unite in mesures.items():
        if notees[case].statut is Statut.JUSTE:
            premieres.setdefault(unite.message, case)

    def comptee(case: Case, notee: CaseNotee) -> CaseNotee:
        if case not in mesures:
            return notee
        juste = notee.statut is Statut.JUSTE
        notee = replace(notee, valeur=lus[case].valeur)
        if not juste:
            return notee
        if premieres[mesures[case].message] == case:
            return replace(notee, statut=Statut.FAUSSE, message=mesures[case].message)
        return replace(notee, statut=Statut.REPORTEE)

    return {case: comptee(case, notee) for case, notee in notees.items()}
