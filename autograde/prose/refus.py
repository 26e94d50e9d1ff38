"""Ce qui nie sans « ne … pas » : un verbe de refus (« éviter d'attendre », « faire semblant de »), « loin de », « contre »."""

from functools import cache

from autograde.prose.lexique import DETERMINANTS, lexique, racine

# Ce par quoi un verbe de refus introduit ce qu'il nie : « éviter de », « renoncer à », « empêcher le », « manquer à son ».
_INTRODUCTEURS = DETERMINANTS | {"de", "d", "du", "des", "a", "au", "aux", "que", "qu", "tout"}
# « Éviter d'attendre » nie l'attente ; « éviter le bouche à oreille » dit un ennui dont on parle bien.
_DEVANT_UN_VERBE = {"de", "d", "que", "qu"}
# Là, on passe à autre chose : « éviter de crier et écouter », « éviter le conflit en écoutant ».
_SUITES = {"et", "pour", "afin", "mais"}
# Juste après « que », c'est le sujet de ce qui est nié ; plus loin, celui d'autre chose.
_AUTRES_SUJETS = {"on", "il", "elle", "ils", "elles", "je", "nous", "ca", "c", "en"}
_PORTEE = 5
_ALLER_ETRE = {"est", "sont", "suis", "etre", "etait", "va", "vont", "aller"}
_INFINITIFS = ("er", "ir", "re")


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
    forme, suite = formes[place], formes[place + 1 : place + 2]
    if forme == "contre":
        return place > 0 and formes[place - 1] in _ALLER_ETRE and bool(suite)
    if forme == "loin":
        return suite in (["de"], ["d"]) and any(
            mot.endswith(_INFINITIFS) for mot in formes[place + 2 : place + 4]
        )
    return _verbe_suivi(formes, place, place + 1)


def _verbe_suivi(formes: list[str], verbe: int, suite: int) -> bool:
    """Un verbe de refus à la place ``verbe``, et ce qu'il nie annoncé à la place ``suite``."""
    if not 0 <= verbe < suite < len(formes):
        return False
    introducteurs = _DEVANT_UN_VERBE if racine(formes[verbe]) == "evit" else _INTRODUCTEURS
    return racine(formes[verbe]) in _verbes("refusent") and formes[suite] in introducteurs


def _est_nie(formes: list[str], place: int) -> bool:
    """« Elle n'évite pas de… », « ne jamais refuser de… » : ce refus-là est lui-même nié."""
    return bool({"pas", "jamais", "n", "ne"} & set(formes[max(0, place - 2) : place + 2]))


def _fin(formes: list[str], place: int) -> int:
    """Où s'arrête ce que nie le verbe de cette place."""
    for rang in range(place + 1, min(len(formes), place + 1 + _PORTEE)):
        if formes[rang] in _SUITES or (formes[rang] in _AUTRES_SUJETS and rang > place + 2):
            return rang
    return min(len(formes), place + 1 + _PORTEE)


def _hesite(forme: str) -> bool:
    return racine(forme) in _verbes("hesitent")


@cache
def _verbes(rubrique: str) -> frozenset[str]:
    return frozenset(map(racine, getattr(lexique(), rubrique)))
