"""Ce dont une réponse parle tour à tour (transactionnel ou relationnel, client B, C ou D) : chaque pôle a ses propositions."""

from collections import Counter
from dataclasses import replace

from autograde.prose.bareme import BaremeRedige, Element
from autograde.prose.formulations import preparer
from autograde.prose.lexique import grammaire, lexique, racine
from autograde.prose.ressemblance import ressemblent
from autograde.prose.texte import Mot

_SIGNES = "/|+"


def poles(bareme: BaremeRedige, connus: frozenset[str]) -> set[str]:
    """Ce que le barème compare, ses ancres, et les mots de la question (``connus``, des racines) que citent plusieurs idées fausses ;
    vide s'il n'y en a qu'un."""
    nommes = {
        *(bareme.compare or ()),
        *(mot for element in bareme.elements for mot in element.ancre),
    }
    ancres = {forme for nomme in nommes for forme in formes_de_l_ancre(nomme)}
    formulations = [
        f
        for contre in bareme.contre_elements
        for ecrite in contre.formulations
        for f in preparer(ecrite)
    ]
    cites = Counter(
        place[0][0]
        for f in formulations
        for place in f.places
        if len(place) == 1 and racine(place[0][0]) in connus
    )
    trouves = ancres | {mot for mot, fois in cites.items() if fois > 1}
    return trouves if len(trouves) > 1 else set()


def formes_de_l_ancre(ancre: str) -> tuple[str, ...]:
    """Les mots auxquels on reconnaît une ancre ; une lettre isolée est elle-même."""
    if len(ancre) == 1:
        return (ancre,)
    return tuple(
        mot for formulation in preparer(ancre) for place in formulation.places for mot in place[0]
    )


def est_ancree(actives: frozenset[str], element: Element) -> bool:
    """La proposition parle-t-elle de ce que l'élément demande : le client B, l'avant, le premier pôle ?"""
    return any(forme in actives for ancre in element.ancre for forme in formes_de_l_ancre(ancre))


def couper_entre_les_poles(
    mots: list[Mot], de_chaque_mot: list[frozenset[str]], reponse: str
) -> list[Mot]:
    """« La fidélisation est à long terme et la promotion à court terme » : une proposition par pôle, même sans second verbe.

    ``de_chaque_mot`` : les pôles que vaut chaque mot. Une simple liste de pôles (« B, C et D sont… ») ne se coupe pas.
    """
    coupures: set[int] = set()
    deja: frozenset[str] = frozenset()
    debut = 0
    for rang, (mot, siens) in enumerate(zip(mots, de_chaque_mot, strict=True)):
        if mot.proposition != mots[debut].proposition:
            debut, deja = rang, frozenset()
        if siens and deja and not siens & deja:
            coupe = _place_de_la_coupure(mots, rang, debut, reponse)
            if coupe is not None and _dit_quelque_chose(mots, de_chaque_mot, debut, coupe):
                coupures.add(coupe)
                debut, deja = coupe, frozenset()
        deja |= siens
    return _renumeroter(mots, coupures) if coupures else mots


def _place_de_la_coupure(mots: list[Mot], rang: int, debut: int, reponse: str) -> int | None:
    """La place du « et », ou du mot qui suit la barre, devant le pôle de cette place ; None s'il n'y en a pas."""
    premier, g = rang, grammaire()
    devant_un_pole = g.determinants | g.prepositions | {"client"}
    while premier > debut and mots[premier - 1].forme in devant_un_pole and rang - premier < 2:
        premier -= 1
    if premier <= debut:
        return None
    if mots[premier - 1].forme in g.coordinations:
        return premier - 1
    entre = reponse[mots[premier - 1].fin : mots[premier].debut]
    return premier if set(entre) & set(_SIGNES) else None


def _dit_quelque_chose(
    mots: list[Mot], de_chaque_mot: list[frozenset[str]], debut: int, fin: int
) -> bool:
    return any(
        not de_chaque_mot[rang] and mots[rang].forme not in lexique().mots_outils
        for rang in range(debut, fin)
    )


def _renumeroter(mots: list[Mot], coupures: set[int]) -> list[Mot]:
    """Les mêmes mots, où une proposition de plus commence à chaque coupure."""
    numero, resultat = 0, []
    for rang, mot in enumerate(mots):
        if rang and (rang in coupures or mot.proposition != mots[rang - 1].proposition):
            numero += 1
        resultat.append(replace(mot, proposition=numero))
    return resultat


def poles_de_chaque_mot(mots: list[Mot], possibles: set[str]) -> list[frozenset[str]]:
    return [frozenset(pole for pole in possibles if ressemblent(mot.forme, pole)) for mot in mots]


def poles_actifs(
    de_chaque_mot: list[frozenset[str]], bornes: list[tuple[int, int]]
) -> list[frozenset[str]]:
    """Le pôle dont parle chaque proposition : celui qu'elle nomme, sinon le dernier nommé."""
    actifs: list[frozenset[str]] = []
    courant: frozenset[str] = frozenset()
    for debut, fin in bornes:
        courant = frozenset().union(*de_chaque_mot[debut:fin]) or courant
        actifs.append(courant)
    return actifs
