"""Le vocabulaire de ``lexique.yml``, prêt à servir : tout y est sans accents, et les anneaux portent sur les racines."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer
from ruamel.yaml import YAML

from grc_helpers.francais.nombres import sans_accents

CHIFFRE_D_AFFAIRES = "chiffraffaires"  # un seul mot pour « CA » et « chiffre d'affaires », qu'on ne confond pas avec « ça »
DETERMINANTS = {"le", "la", "l", "les", "son", "sa", "ses", "leur", "leurs"}
_SIGLE_CA = re.compile(r"\bC\.?A\b\.?|\bchiffres? (?:d['’ ]\s?)?affaires?\b")

_RACINES = snowballstemmer.stemmer("french")


@dataclass(frozen=True)
class Lexique:
    """``anneaux`` va d'une racine aux mots du lexique et à leurs anneaux ; ``expressions`` du premier mot d'un tour aux tours qu'il
    ouvre, les plus longs d'abord, avec leur valeur ; ``contraires`` d'un mot au mot opposé."""

    anneaux: dict[str, dict[str, frozenset[int]]]
    expressions: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]
    contraires: dict[str, str]
    messages: dict[str, str]
    mots_outils: frozenset[str]
    mots_de_liaison: frozenset[str]
    mots_generaux: frozenset[str]
    revirements: tuple[str, ...]
    dedits: tuple[str, ...]
    refusent: tuple[str, ...]
    hesitent: tuple[str, ...]
    autres_que_l_entreprise: tuple[str, ...]
    l_entreprise: tuple[str, ...]


@cache
def lexique() -> Lexique:
    """Le lexique commun, lu une fois."""
    brut = YAML(typ="safe").load(
        (Path(__file__).parent / "lexique.yml").read_text(encoding="utf-8")
    )
    anneaux: dict[str, dict[str, frozenset[int]]] = {}
    for numero, mots in enumerate(_lignes(brut["anneaux"])):
        for mot in sans_accents(mots).split():
            famille = anneaux.setdefault(racine(mot), {})
            famille[mot] = famille.get(mot, frozenset()) | {numero}
    return Lexique(
        anneaux=anneaux,
        expressions=_par_premier_mot(_paires(brut["expressions"])),
        contraires={
            sans_accents(mot): sans_accents(autre) for mot, autre in _paires(brut["contraires"])
        },
        messages={
            sans_accents(abrege): sans_accents(entier)
            for abrege, entier in _paires(brut["messages"])
        },
        mots_outils=frozenset(sans_accents(brut["mots_outils"]).split()),
        mots_de_liaison=frozenset(sans_accents(brut["mots_de_liaison"]).split()),
        mots_generaux=frozenset(racine(mot) for mot in sans_accents(brut["mots_generaux"]).split()),
        revirements=tuple(sans_accents(tour) for tour in _lignes(brut["revirements"])),
        dedits=tuple(sans_accents(tour) for tour in _lignes(brut["dedits"])),
        refusent=tuple(sans_accents(brut["refusent"]).split()),
        hesitent=tuple(sans_accents(brut["hesitent"]).split()),
        autres_que_l_entreprise=tuple(sans_accents(brut["autres_que_l_entreprise"]).split()),
        l_entreprise=tuple(sans_accents(brut["l_entreprise"]).split()),
    )


def _par_premier_mot(
    tours: list[tuple[str, str]],
) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    ranges: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for tour, valeur in sorted(tours, key=lambda paire: -len(decouper(paire[0]))):
        mots = tuple(decouper(tour))
        ranges.setdefault(mots[0], []).append((mots, tuple(decouper(valeur))))
    return ranges


def _lignes(bloc: str) -> list[str]:
    """Les lignes d'une rubrique, sans les commentaires. Un bloc de texte se lit dix fois plus vite qu'une liste YAML de mille mots."""
    return [
        ligne for ligne in map(str.strip, bloc.splitlines()) if ligne and not ligne.startswith("#")
    ]


def _paires(bloc: str) -> list[tuple[str, str]]:
    """« tour: valeur », une paire par ligne."""
    paires = [ligne.partition(":") for ligne in _lignes(bloc)]
    return [(gauche.strip(), droite.strip()) for gauche, _, droite in paires]


def decouper(texte: str) -> list[str]:
    """Les mots d'un texte court du lexique ou du barème, sans accents.

    >>> decouper("s'en va"), decouper("le chiffre d'affaires")
    (['s', 'en', 'va'], ['le', 'chiffraffaires'])
    """
    return re.findall(r"\d+(?:[.,]\d+)?|[^\W\d_]+", sans_accents(unir_chiffre_d_affaires(texte)))


def unir_chiffre_d_affaires(texte: str) -> str:
    """Écrit d'un seul mot le chiffre d'affaires, en toutes lettres ou par son sigle en capitales."""
    return _SIGLE_CA.sub(CHIFFRE_D_AFFAIRES, texte)


@lru_cache(maxsize=50_000)
def racine(mot: str) -> str:
    """La racine française d'un mot sans accents (algorithme Snowball).

    >>> racine("fidelisation"), racine("clients")
    ('fidelis', 'client')
    """
    return _RACINES.stemWord(mot)
