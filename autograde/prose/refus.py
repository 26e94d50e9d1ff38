"""Ce qui nie sans « ne … pas » : un verbe de refus (« éviter d'attendre », « faire semblant de »), « loin de », « contre »."""

from functools import cache

from autograde.prose.lexique import grammaire, lexique, racine

_PORTEE_D_UN_REFUS = 5


def portees_des_refus(formes: list[str]) -> list[tuple[int, int, int]]:
    """Pour chaque mot qui refuse ce qui le suit : sa place, celle du premier mot nié, et celle d'après le dernier.

    >>> portees_des_refus("on evite d attendre et on ecoute".split())
    [(1, 2, 4)]
    >>> portees_des_refus("elle n oublie pas de repondre".split())
    []
    """
    places = (
        place
        for place in range(len(formes))
        if _refuse_la_suite(formes, place) and not _est_nie(formes, place)
    )
    return [(place, place + 1, _fin(formes, place)) for place in places]


def verbe_nie(formes: list[str], place: int) -> int | None:
    """La place du refus, ou de l'hésitation, que nie la négation de cette place : elle ne nie que lui, et affirme ce qui le suit.

    >>> verbe_nie("ne pas oublier de repondre".split(), 1), verbe_nie("n hesitez pas".split(), 2)
    (2, 1)
    """
    if place and (_hesite(formes[place - 1]) or _verbe_suivi(formes, place - 1, place + 1)):
        return place - 1
    suivants = range(place + 1, min(len(formes), place + 3))
    return next(
        (
            rang
            for rang in suivants
            if _hesite(formes[rang]) or _verbe_suivi(formes, rang, rang + 1)
        ),
        None,
    )


def _refuse_la_suite(formes: list[str], place: int) -> bool:
    forme, suite, g = formes[place], formes[place + 1 : place + 2], grammaire()
    if forme == "contre":
        return place > 0 and formes[place - 1] in g.etre | g.aller and bool(suite)
    if forme == "loin":
        return bool(g.de.intersection(suite)) and any(
            mot.endswith(tuple(g.infinitifs)) for mot in formes[place + 2 : place + 4]
        )
    return _verbe_suivi(formes, place, place + 1)


def _verbe_suivi(formes: list[str], verbe: int, suite: int) -> bool:
    """Un verbe de refus à la place ``verbe``, et ce qu'il nie annoncé à la place ``suite``."""
    if not 0 <= verbe < suite < len(formes):
        return False
    if racine(formes[verbe]) not in lexique().refusent:
        return False
    g = grammaire()
    # « Éviter d'attendre » nie l'attente ; « éviter le bouche à oreille » dit un ennui dont on parle bien.
    seulement_un_verbe = racine(formes[verbe]) == "evit"
    return formes[suite] in (g.de | g.que if seulement_un_verbe else _annoncent_ce_qui_est_nie())


@cache
def _annoncent_ce_qui_est_nie() -> frozenset[str]:
    """Ce par quoi un verbe de refus introduit ce qu'il nie : « renoncer à », « empêcher le », « manquer à son »."""
    g = grammaire()
    return g.articles_definis | g.possessifs | g.de | g.du | g.a | g.que | {"tout"}


def _est_nie(formes: list[str], place: int) -> bool:
    """« Elle n'évite pas de… », « ne jamais refuser de… » : ce refus-là est lui-même nié."""
    g = grammaire()
    return bool((g.negations | g.ne).intersection(formes[max(0, place - 2) : place + 2]))


def _fin(formes: list[str], place: int) -> int:
    """Où s'arrête ce que nie le verbe de cette place."""
    g = grammaire()
    for rang in range(place + 1, min(len(formes), place + 1 + _PORTEE_D_UN_REFUS)):
        # Juste après « que », c'est le sujet de ce qui est nié ; plus loin, celui d'autre chose.
        autre_sujet = rang > place + 2 and formes[rang] in g.pronoms_sujets | {"en"}
        if formes[rang] in g.suites_d_un_refus or autre_sujet:
            return rang
    return min(len(formes), place + 1 + _PORTEE_D_UN_REFUS)


def _hesite(forme: str) -> bool:
    return racine(forme) in lexique().hesitent
