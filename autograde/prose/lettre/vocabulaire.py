"""Le vocabulaire de ``vocabulaire.yml``, prêt à servir : sans accents, en mots séparés."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from autograde.prose.lexique import decouper
from grc_helpers.francais.nombres import sans_accents

Tour = tuple[str, ...]


@dataclass(frozen=True)
class Ton:
    """Une sorte de maladresse : son nom, ce qui reste au critère « ton », et les tours qui la trahissent."""

    motif: str
    credit: float
    tours: tuple[Tour, ...]


@dataclass(frozen=True)
class Vocabulaire:
    """``listes`` : des mots, par nom de rubrique ; ``tours`` : des suites de mots, par nom de rubrique."""

    listes: dict[str, frozenset[str]]
    tours: dict[str, tuple[Tour, ...]]
    ton: tuple[Ton, ...]


@cache
def vocabulaire() -> Vocabulaire:
    """Le vocabulaire des lettres, lu une fois."""
    brut = YAML(typ="safe").load(
        (Path(__file__).parent / "vocabulaire.yml").read_text(encoding="utf-8")
    )
    ton = tuple(
        Ton(sorte["motif"], sorte["credit"], _tours(sorte["tours"])) for sorte in brut.pop("ton")
    )
    listes = {
        nom: frozenset(sans_accents(valeur).split())
        for nom, valeur in brut.items()
        if isinstance(valeur, str)
    }
    return Vocabulaire(
        listes, {nom: _tours(valeur) for nom, valeur in brut.items() if nom not in listes}, ton
    )


def mots_de(rubrique: str) -> frozenset[str]:
    """Les mots d'une rubrique du vocabulaire."""
    return vocabulaire().listes[rubrique]


def tours_de(rubrique: str) -> tuple[Tour, ...]:
    """Les suites de mots d'une rubrique du vocabulaire."""
    return vocabulaire().tours[rubrique]


def cherche(formes: list[str], tours: tuple[Tour, ...]) -> list[int]:
    """Le rang du premier mot de chaque suite de ``tours`` présente dans ``formes``.

    >>> cherche(["vous", "allez", "le", "regretter"], (("le", "regretter"),))
    [2]
    """
    ouvertures = {tour[0] for tour in tours}
    rangs = [rang for rang, forme in enumerate(formes) if forme in ouvertures]
    return [
        rang
        for rang in rangs
        if any(tuple(formes[rang : rang + len(tour)]) == tour for tour in tours)
    ]


def _tours(ecrits: list[str]) -> tuple[Tour, ...]:
    return tuple(tuple(decouper(str(ecrit))) for ecrit in ecrits)
