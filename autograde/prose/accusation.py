"""Une idée fausse est-elle sûrement affirmée ? Dans le doute on se tait : une accusation à tort coûte plus qu'un silence.

Elle ne l'est pas si sa phrase nie quelque chose, pose une condition, souhaite, cite un autre, compare, restreint ou parle d'une fin ; ni
si ses mots ne sont pas, à leur terminaison près, ceux que le barème a écrits.
"""

from itertools import pairwise

from autograde.prose.bareme import ContreElement
from autograde.prose.credit import Credit
from autograde.prose.formulations import preparer
from autograde.prose.lexique import grammaire, lexique
from autograde.prose.moteur import affirmations
from autograde.prose.polarite import ECARTE
from autograde.prose.preparation import Texte
from autograde.prose.preuves import telle_quelle
from autograde.prose.signes import pose_une_condition

_MOI = frozenset({"je", "j"})
_REFLECHIS = frozenset({"se", "s"})
PRES_DE_SA_NEGATION = 3  # mots
ETENDUE = 12  # mots entre le premier et le dernier mot reconnus
_GUILLEMETS = '«»“”"'


def idee_fausse(texte: Texte, contre: ContreElement) -> tuple[Credit, bool]:
    """Le passage qui affirme cette idée fausse, de préférence sûrement, et s'il le fait sûrement ; un crédit nul si aucun ne l'affirme."""
    trouvees = affirmations(texte, contre.formulations, contre.message)
    sure = next((trouvee for trouvee in trouvees if surement_affirmee(texte, trouvee)), None)
    return sure or next(iter(trouvees), Credit()), sure is not None


def surement_affirmee(texte: Texte, fausse: Credit) -> bool:
    """Cette idée fausse, trouvée dans la réponse, est-elle de celles que l'on peut reprocher ?"""
    phrases = {texte.mots[rang].phrase for rang in fausse.places}
    rangs = [rang for rang, mot in enumerate(texte.mots) if mot.phrase in phrases]
    siens = {texte.numeros[rang] for rang in fausse.places}
    formes = [texte.mots[rang].forme for rang in rangs]
    autour = {texte.mots[rang].forme for rang in rangs if rang not in fausse.places}
    return not (
        _est_niee(texte, fausse, siens)
        or any(texte.mots[rang].ecarte for rang in rangs)
        or autour & lexique().retiennent_une_accusation
        or _voudrait(formes)
        or pose_une_condition(texte, [rang for rang in rangs if rang <= max(fausse.places)])
        or _fait_parler_un_autre(formes)
        or _compare(formes, autour)
        or _est_citee(texte, rangs)
        or _s_etire(texte, fausse)
        or _perd_son_sens(fausse, formes)
        or not telle_quelle(texte, fausse)
    )


def _est_niee(texte: Texte, fausse: Credit, propositions: set[int]) -> bool:
    """Quelque chose nie dans sa proposition, hors de ses propres mots (« disparaissent ») et d'une formulation qui dit non.

    Un mot qui diminue (« moins cher », « disparaît ») ne compte que s'il porte sur elle."""
    if any(formulation.niee for formulation in preparer(fausse.formulation)):
        return not _est_dite_a_la_forme_negative(texte, fausse)
    return any(
        nie not in fausse.places and (rang in fausse.places or _dit_non(texte, nie))
        for rang, nie in enumerate(texte.nies)
        if nie is not None and texte.numeros[rang] in propositions
    )


def _est_dite_a_la_forme_negative(texte: Texte, fausse: Credit) -> bool:
    """Le « pas » est parmi ses mots, ou tout près : « répond plus qu'un client qui n'est pas venu » n'est pas « ne répond pas plus »."""
    debut, fin = min(fausse.places) - PRES_DE_SA_NEGATION, max(fausse.places) + PRES_DE_SA_NEGATION
    return any(
        nie is not None and (nie == ECARTE or debut <= nie <= fin)
        for nie in (texte.nies[rang] for rang in fausse.places)
    )


def _dit_non(texte: Texte, nie: int) -> bool:
    """« pas », « jamais », « sans » ; ou une tournure qui écarte, sans mot négatif."""
    g = grammaire()
    return nie == ECARTE or texte.mots[nie].forme in (
        g.negations | g.negations_avec_ne | g.negations_d_un_mot | g.ne
    )


def _voudrait(formes: list[str]) -> bool:
    """« Il faut que les agences ferment » souhaite ; « il faut fermer les agences » l'affirme, comme un conseil."""
    return any(
        forme in lexique().obligations and suivante in grammaire().que
        for forme, suivante in pairwise(formes)
    )


def _s_etire(texte: Texte, fausse: Credit) -> bool:
    """Ses mots sont trop loin l'un de l'autre, ou un « et » les sépare : « F le nombre d'achats et M le montant ».

    « Les machines écoutent et se souviennent » garde le même sujet : ce « et » ne sépare rien."""
    debut, fin = min(fausse.places), max(fausse.places)
    entre = [mot.forme for mot in texte.mots[debut : fin + 1]]
    return fin - debut > ETENDUE or any(
        mot in grammaire().coordinations and suivant not in _REFLECHIS
        for mot, suivant in pairwise(entre)
    )


def _perd_son_sens(fausse: Credit, formes: list[str]) -> bool:
    """« que des contacts virtuels » sans son « que », « ne peut rien faire » sans son « rien » : l'idée n'est plus la même."""
    return bool(
        lexique().font_l_idee_fausse.intersection(fausse.formulation.split()).difference(formes)
    )


def _fait_parler_un_autre(formes: list[str]) -> bool:
    """« Ils croient que », mais non « je pense que »."""
    return any(
        forme in lexique().font_parler
        and suivante in grammaire().que
        and _MOI.isdisjoint(formes[max(0, rang - 2) : rang])
        for rang, (forme, suivante) in enumerate(pairwise(formes))
    )


def _compare(formes: list[str], autour: set[str]) -> bool:
    """« plus … que » : sauf si c'est l'idée fausse elle-même qui compare."""
    return bool(autour & grammaire().comparatifs) and not grammaire().que.isdisjoint(formes)


def _est_citee(texte: Texte, rangs: list[int]) -> bool:
    debut, fin = texte.mots[rangs[0]].debut, texte.mots[rangs[-1]].fin
    return not set(texte.brut[max(0, debut - 2) : fin + 2]).isdisjoint(_GUILLEMETS)
