"""Le vocabulaire de ``lexique.yml``, prêt à servir : tout y est sans accents, et les anneaux portent sur les racines."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer
from ruamel.yaml import YAML

from grc_helpers.reponses.nombres import sans_accents

_RACINES = snowballstemmer.stemmer("french")


@dataclass(frozen=True)
class Lexique:
    """``anneaux`` va d'une racine aux mots du lexique et à leurs anneaux ; ``contraires`` d'un mot
    au mot opposé."""

    anneaux: dict[str, dict[str, frozenset[int]]]
    expressions: dict[str, tuple[str, ...]]
    contraires: dict[str, str]
    messages: dict[str, str]
    mots_outils: frozenset[str]
    mots_de_liaison: frozenset[str]
    mots_generaux: frozenset[str]


@cache
def lexique() -> Lexique:
    """Le lexique commun, lu une fois."""
    brut = YAML(typ="safe").load((Path(__file__).parent / "lexique.yml").read_text(encoding="utf-8"))
    anneaux: dict[str, dict[str, frozenset[int]]] = {}
    for numero, mots in enumerate(_lignes(brut["anneaux"])):
        for mot in sans_accents(mots).split():
            famille = anneaux.setdefault(racine(mot), {})
            famille[mot] = famille.get(mot, frozenset()) | {numero}
    return Lexique(
        anneaux=anneaux,
        expressions={" ".join(decouper(tour)): tuple(decouper(valeur)) for tour, valeur in _paires(brut["expressions"])},
        contraires={sans_accents(mot): sans_accents(autre) for mot, autre in _paires(brut["contraires"])},
        messages={sans_accents(abrege): sans_accents(entier) for abrege, entier in _paires(brut["messages"])},
        mots_outils=frozenset(sans_accents(brut["mots_outils"]).split()),
        mots_de_liaison=frozenset(sans_accents(brut["mots_de_liaison"]).split()),
        mots_generaux=frozenset(racine(mot) for mot in sans_accents(brut["mots_generaux"]).split()),
    )


def _lignes(bloc: str) -> list[str]:
    """Les lignes d'une rubrique, sans les commentaires. Un bloc de texte se lit dix fois plus vite qu'une liste YAML de mille mots."""
    return [ligne for ligne in map(str.strip, bloc.splitlines()) if ligne and not ligne.startswith("#")]


def _paires(bloc: str) -> list[tuple[str, str]]:
    """« tour: valeur », une paire par ligne."""
    paires = [ligne.partition(":") for ligne in _lignes(bloc)]
    return [(gauche.strip(), droite.strip()) for gauche, _, droite in paires]


def decouper(texte: str) -> list[str]:
    """Les mots d'un texte court du lexique ou du barème, sans accents.

    >>> decouper("s'en va")
    ['s', 'en', 'va']
    """
    return re.findall(r"\d+(?:[.,]\d+)?|[^\W\d_]+", sans_accents(texte))


@lru_cache(maxsize=50_000)
def racine(mot: str) -> str:
    """La racine française d'un mot sans accents (algorithme Snowball).

    >>> racine("fidelisation"), racine("clients")
    ('fidelis', 'client')
    """
    return _RACINES.stemWord(mot)
