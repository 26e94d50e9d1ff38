"""Noter des nombres liés par des formules, avec report d'erreur.

Une case est d'abord comparée à la valeur attendue et aux conventions acceptées. Si elle en diffère, elle est comparée à
ce que donne la formule *avec les valeurs du stagiaire* : une erreur n'est ainsi comptée qu'à l'endroit où elle est
faite. L'algorithme et ses garde-fous suivent la notation adaptative de Numbas (« try without replacements first »).
"""

from dataclasses import dataclass

from autograde.cours.bareme import ErreurTypique, Intervalle, Tolerance
from autograde.notation.resultats import CaseNotee, Statut
from grc_helpers.calculs.tableau import Modele
from grc_helpers.francais.nombres import NombreLu


@dataclass(frozen=True)
class Regle:
    """Ce que le barème dit d'une case."""

    tolerance: Tolerance
    accepte: Intervalle | list[float] | None
    report_erreur: bool
    erreurs_typiques: list[ErreurTypique]


def noter_cases(
    modele: Modele, textes: dict[str, str], lus: dict[str, NombreLu], regles: dict[str, Regle]
) -> dict[str, CaseNotee]:
    """Note toutes les cases demandées, dans l'ordre du calcul.

    ``textes`` et ``lus`` : ce que le stagiaire a écrit et ce qu'on y a lu ; ``regles`` : une règle par case demandée.
    """
    reference = modele.calculer()
    valeurs = {cle: lu.valeur for cle, lu in lus.items() if lu.valeur is not None}
    notees: dict[str, CaseNotee] = {}
    for cle in modele.cases:
        if cle in regles:
            notees[cle] = _noter_case(
                cle, modele, reference, textes, lus, valeurs, notees, regles[cle]
            )
    return notees


def _noter_case(cle, modele, reference, textes, lus, valeurs, notees, regle) -> CaseNotee:
    ecrit, lu = textes.get(cle, ""), lus.get(cle, NombreLu())
    if lu.message:
        return CaseNotee(
            cle, ecrit, Statut.ILLISIBLE, message=f"{cle.replace('/', ' ')} : {lu.message}"
        )
    if lu.valeur is None:
        return CaseNotee(cle, ecrit, Statut.VIDE)
    if est_acceptee(lu.valeur, reference[cle], regle):
        return CaseNotee(cle, ecrit, Statut.JUSTE, lu.valeur)
    suite = (
        _d_apres_ses_valeurs(cle, modele, reference, valeurs, notees, regle)
        if regle.report_erreur
        else None
    )
    if suite is not None and regle.tolerance.admet(lu.valeur, suite[0]):
        return CaseNotee(cle, ecrit, suite[1], lu.valeur)
    return CaseNotee(
        cle, ecrit, Statut.FAUSSE, lu.valeur, message=expliquer(cle, lu.valeur, valeurs, regle)
    )


def est_acceptee(valeur: float, attendue: float, regle: Regle) -> bool:
    """La valeur est-elle celle du corrigé, ou une convention que le barème accepte ?"""
    if regle.tolerance.admet(valeur, attendue):
        return True
    if isinstance(regle.accepte, Intervalle):
        return regle.accepte.de <= valeur <= regle.accepte.a
    return any(regle.tolerance.admet(valeur, autre) for autre in regle.accepte or [])


def _d_apres_ses_valeurs(
    cle, modele, reference, valeurs, notees, regle
) -> tuple[float, Statut] | None:
    """La valeur attendue d'après les propres chiffres du stagiaire ; None si le report n'aurait pas de sens."""
    sources = modele.depend_de(cle)
    # Une case vide ou illisible ne se reporte pas : elle garde sa valeur de référence.
    siennes = {source: valeurs.get(source, reference[source]) for source in sources}
    attendue = modele.recalculer(cle, siennes)
    fausses = [
        source
        for source in sources
        if source in notees and notees[source].statut in (Statut.FAUSSE, Statut.REPORTEE)
    ]
    if attendue is None or (
        fausses and _degenere(cle, attendue, modele, reference, siennes, fausses, regle)
    ):
        return None
    return attendue, Statut.REPORTEE if fausses else Statut.JUSTE


def _degenere(cle, attendue, modele, reference, siennes, fausses, regle) -> bool:
    """Les cas où suivre l'erreur donnerait des points sans calcul : zéro, signe absurde, simple recopie de l'erreur."""
    if attendue == 0 or (attendue < 0 < reference[cle] and not modele.cases[cle].identite):
        return True
    if any(siennes[source] == 0 != reference[source] for source in fausses):
        return True
    return any(
        regle.tolerance.admet(attendue, siennes[source])
        and not regle.tolerance.admet(reference[cle], reference[source])
        for source in fausses
    )


def expliquer(cle: str, valeur: float, valeurs: dict[str, float], regle: Regle) -> str:
    """L'explication de l'erreur typique reconnue, ou une chaîne vide."""
    ligne, _, colonne = cle.partition("/")
    for erreur in regle.erreurs_typiques:
        trahit = erreur.cases.get(cle)
        valeurs_typiques = (
            trahit if isinstance(trahit, list) else [trahit] if trahit is not None else []
        )
        recopiee = (
            valeurs.get(f"{erreur.recopie[ligne]}/{colonne}") if ligne in erreur.recopie else None
        )
        if recopiee is not None:
            valeurs_typiques = [*valeurs_typiques, recopiee]
        if any(regle.tolerance.admet(valeur, typique) for typique in valeurs_typiques):
            return erreur.message
    return ""
