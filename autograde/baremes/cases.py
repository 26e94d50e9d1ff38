"""Noter des nombres liés par des formules, avec report d'erreur.

Une case est d'abord comparée à la valeur attendue et aux conventions acceptées. Si elle en diffère, elle est comparée à
ce que donne la formule *avec les valeurs du stagiaire* : une erreur n'est ainsi comptée qu'à l'endroit où elle est
faite. L'algorithme et ses garde-fous suivent la notation adaptative de Numbas (« try without replacements first »).
"""

from autograde.baremes.resultats import CaseNotee, Statut
from autograde.baremes.types.calcul import BaremeCalcule, Intervalle
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.tableau import Modele
from grc_helpers.francais.nombres import NombreLu


def noter_cases(
    modele: Modele,
    textes: dict[Case, str],
    lus: dict[Case, NombreLu],
    baremes: dict[Case, BaremeCalcule],
) -> dict[Case, CaseNotee]:
    """Note toutes les cases demandées, dans l'ordre du calcul.

    ``textes`` et ``lus`` : ce que le stagiaire a écrit et ce qu'on y a lu ; ``baremes`` : pour chaque case demandée, le barème
    de sa question.
    """
    reference = modele.calculer()
    valeurs = {cle: lu.valeur for cle, lu in lus.items() if lu.valeur is not None}
    notees: dict[Case, CaseNotee] = {}
    for cle in modele.cases:
        if cle in baremes:
            notees[cle] = _noter_case(
                cle, modele, reference, textes, lus, valeurs, notees, baremes[cle]
            )
    return notees


def _noter_case(cle, modele, reference, textes, lus, valeurs, notees, bareme) -> CaseNotee:
    ecrit, lu = textes.get(cle, ""), lus.get(cle, NombreLu())
    if lu.message:
        return CaseNotee(cle, ecrit, Statut.ILLISIBLE, message=f"{cle} : {lu.message}")
    if lu.valeur is None:
        return CaseNotee(cle, ecrit, Statut.VIDE)
    if est_acceptee(cle, lu, reference[cle], bareme):
        return CaseNotee(cle, ecrit, Statut.JUSTE, lu.valeur)
    suite = (
        _d_apres_ses_valeurs(cle, modele, reference, valeurs, notees, bareme)
        if bareme.report_erreur
        else None
    )
    if suite is not None and bareme.tolerance.admet(lu.valeur, suite[0]):
        return CaseNotee(cle, ecrit, suite[1], lu.valeur)
    return CaseNotee(
        cle, ecrit, Statut.FAUSSE, lu.valeur, message=expliquer(cle, lu.valeur, valeurs, bareme)
    )


def est_acceptee(cle: Case, lu: NombreLu, attendue: float, bareme: BaremeCalcule) -> bool:
    """La valeur est-elle celle du corrigé, ou une convention que le barème accepte ?"""
    if lu.valeur is None:
        return False
    if bareme.tolerance.admet(lu.valeur, attendue):
        return True
    if lu.unite == "%" and bareme.tolerance.admet(lu.valeur, attendue / 100):
        return False  # « 0,25 » dit bien 25 % en part ; « 0,25 % » dit cent fois moins
    acceptees = bareme.acceptees(cle)
    if isinstance(acceptees, Intervalle):
        return acceptees.de <= lu.valeur <= acceptees.a
    return any(bareme.tolerance.admet(lu.valeur, autre) for autre in acceptees)


def _d_apres_ses_valeurs(
    cle, modele, reference, valeurs, notees, bareme
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
        fausses and _degenere(cle, attendue, modele, reference, siennes, fausses, bareme)
    ):
        return None
    return attendue, Statut.REPORTEE if fausses else Statut.JUSTE


def _degenere(cle, attendue, modele, reference, siennes, fausses, bareme) -> bool:
    """Les cas où suivre l'erreur donnerait des points sans calcul : zéro, signe absurde, simple recopie d'une autre case.

    Multiplier par un, ajouter zéro : la valeur attendue d'après le stagiaire n'est alors que celle d'une de ses sources, qu'elle soit
    fausse ou non. Là où le corrigé ne fait lui aussi que recopier (le premier cumul), il n'y a rien à reprocher.
    """
    if attendue == 0 or (attendue < 0 < reference[cle] and not modele.cases[cle].identite):
        return True
    if any(siennes[source] == 0 != reference[source] for source in fausses):
        return True
    recopiees = {source for source in siennes if bareme.tolerance.admet(attendue, siennes[source])}
    au_corrige = {
        source for source in siennes if bareme.tolerance.admet(reference[cle], reference[source])
    }
    return bool(recopiees.intersection(fausses) - au_corrige or (recopiees and not au_corrige))


def expliquer(cle: Case, valeur: float, valeurs: dict[Case, float], bareme: BaremeCalcule) -> str:
    """L'explication de l'erreur typique reconnue, ou une chaîne vide."""
    for erreur in bareme.erreurs_typiques:
        typiques = erreur.trahie_par(cle, valeurs)
        if any(
            bareme.tolerance.admet(valeur, typique) for typique in typiques
        ) and erreur.confirmee(valeurs, bareme.tolerance.admet):
            return erreur.message
    return ""
