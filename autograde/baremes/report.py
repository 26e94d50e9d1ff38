"""Jusqu'où suivre les erreurs d'une copie : le report pardonne une erreur de départ, il ne note pas des chiffres venus d'ailleurs.

Des valeurs inventées mais cohérentes entre elles donneraient presque tous les points d'un calcul. Quand les erreurs sont nombreuses à côté
des cases justes, et que l'essentiel des points viendrait du report, les cases suivies ne rapportent rien d'office : le formateur décide.
"""

from collections.abc import Collection
from dataclasses import replace

from autograde.baremes.resultats import CaseNotee, Statut
from grc_helpers.calculs.case import Case

# Quelques erreurs se suivent toujours, même dans une copie à peine commencée.
ERREURS_SUIVIES = 3
# Au-delà, il faut au moins deux cases justes par erreur, ou moins de cases suivies que de justes.
JUSTES_PAR_ERREUR = 2
NON_SUIVIE = "Ce résultat suit vos chiffres, mais trop peu d'entre eux sont ceux du cas : le formateur en décide."
TROP_D_ERREURS = "trop peu de cases justes dans ce calcul : celles qui suivent ses propres chiffres ne sont pas comptées d'office."


def limiter_le_report(notees: dict[Case, CaseNotee]) -> dict[Case, CaseNotee]:
    """Les cases d'un calcul, sans le report si trop peu d'entre elles sont justes.

    >>> def notees(**statuts):
    ...     return {Case(nom): CaseNotee(Case(nom), "1", statut) for nom, statut in statuts.items()}
    >>> une_erreur = notees(a=Statut.FAUSSE, b=Statut.REPORTEE)
    >>> limiter_le_report(une_erreur)[Case("b")].statut.name
    'REPORTEE'
    >>> quatre = une_erreur | notees(c=Statut.FAUSSE, d=Statut.FAUSSE, e=Statut.FAUSSE)
    >>> limiter_le_report(quatre)[Case("b")].statut.name
    'FAUSSE'
    """
    erreurs, justes, suivies = (
        sum(notee.statut is statut for notee in notees.values())
        for statut in (Statut.FAUSSE, Statut.JUSTE, Statut.REPORTEE)
    )
    nombreuses = erreurs > ERREURS_SUIVIES and justes < JUSTES_PAR_ERREUR * erreurs
    if not nombreuses or suivies <= justes:
        return notees
    return {
        case: replace(notee, statut=Statut.FAUSSE, message=NON_SUIVIE)
        if notee.statut is Statut.REPORTEE
        else notee
        for case, notee in notees.items()
    }


def doutes_du_report(cases: Collection[CaseNotee]) -> list[str]:
    """Pourquoi le formateur doit regarder ces cases, si le report leur a été retiré."""
    return [TROP_D_ERREURS] if any(case.message == NON_SUIVIE for case in cases) else []
