"""La recopie d'une leçon : une définition apprise peut se redire, une page recollée ne dit pas ce que l'on a compris."""

import re
from collections.abc import Iterable
from functools import lru_cache

from autograde.prose.texte import aplatir
from grc_helpers.francais.forme import Forme

SUITE = 8  # mots, une puissance de deux
# Une définition du cours tient en vingt-cinq mots : jusque-là, c'est une phrase apprise.
MOTS_D_UNE_DEFINITION = 25
PART_DU_COURS = 0.7


def recopie_du_cours(forme: Forme, lecons: tuple[str, ...]) -> str:
    """Le motif de relecture d'une réponse dont l'essentiel suit les leçons mot à mot, ou « ».

    >>> from autograde.prose.repli import suivre
    >>> lecon = "Le client relève cinq prix avant d'entrer, demande qui coud et à quel âge, puis change de marque l'année suivante."
    >>> recopie_du_cours(suivre(lecon + " " + lecon), (lecon,))
    "recopie du cours : l'essentiel de la réponse suit une leçon mot à mot (« Le client relève cinq prix avant d'entrer… »)"
    >>> recopie_du_cours(suivre("Il relève les prix, puis il change de marque."), (lecon,))
    ''
    """
    trouves = list(_MOT.finditer(aplatir(forme.texte))) if lecons else []
    if len(trouves) <= MOTS_D_UNE_DEFINITION:
        return ""
    connues, suites = _index(lecons), _suites([mot.group() for mot in trouves])
    suivis: set[int] = set()
    for rang, suite in enumerate(suites):
        if suite in connues:
            suivis.update(range(rang, rang + SUITE))
    if len(suivis) <= MOTS_D_UNE_DEFINITION or len(suivis) < PART_DU_COURS * len(trouves):
        return ""
    premier = min(suivis)
    cite = forme.ecrit(trouves[premier].start(), trouves[premier + SUITE - 1].end())
    return (
        "recopie du cours : l'essentiel de la réponse suit une leçon mot à mot "
        f"(« {' '.join(cite.split())}… »)"
    )


_MOT = re.compile(r"[^\W_]+")


@lru_cache(maxsize=16)
def _index(lecons: tuple[str, ...]) -> frozenset[int]:
    """Toutes les suites de quelques mots des leçons : lues une fois pour une classe."""
    en_mots = _EnMots()
    return frozenset().union(*(_suites(lecon.translate(en_mots).split()) for lecon in lecons))


class _EnMots(dict[int, str]):
    """Ce que devient chaque caractère : aplati s'il est d'un mot, une espace sinon. Un cours entier se découpe ainsi bien plus vite."""

    def __missing__(self, caractere: int) -> str:
        plat = aplatir(chr(caractere))
        self[caractere] = plat if _MOT.fullmatch(plat) else " "
        return self[caractere]


def _suites(mots: list[str]) -> Iterable[int]:
    """Chaque suite de huit mots, par son empreinte : une leçon en a des milliers. Deux mots en font une, puis quatre, puis huit."""
    empreintes: Iterable[int] = map(hash, mots)
    longueur = 1
    while longueur < SUITE:
        connues = list(empreintes)
        empreintes = map(hash, zip(connues, connues[longueur:], strict=False))
        longueur *= 2
    return empreintes
