"""Placer des canaux de contact l'un par rapport à l'autre : coût d'un contact pour l'entreprise, richesse de ce qui s'y échange.

Les places sont relatives, sur quatre degrés sans milieu : aucune n'est un prix. L'idée que les canaux diffèrent par leur richesse
(réponse immédiate, voix, gestes, message adapté) vient de R. Daft et R. Lengel, « Organizational Information Requirements, Media
Richness and Structural Design », Management Science, 1986.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

COUTS = ("très faible", "faible", "élevé", "très élevé")
RICHESSES = ("très pauvre", "pauvre", "riche", "très riche")


@dataclass(frozen=True)
class Place:
    """Un degré de coût et un degré de richesse, de 1 à 4. Lève ``ValueError`` hors de ces bornes.

    >>> Place(1, 4).en_mots
    'coût très faible, contact très riche'
    """

    cout: int
    richesse: int

    def __post_init__(self):
        if not (1 <= self.cout <= len(COUTS) and 1 <= self.richesse <= len(RICHESSES)):
            raise ValueError(f"Un coût et une richesse vont de 1 à {len(COUTS)}.")

    @property
    def en_mots(self) -> str:
        """La place telle qu'on la dit."""
        return f"coût {COUTS[self.cout - 1]}, contact {RICHESSES[self.richesse - 1]}"


@dataclass(frozen=True)
class Canal:
    """Un canal, ``nature`` « physique » ou « virtuel », avec une place possible et ce qui la justifie."""

    nom: str
    nature: str
    repere: Place
    explication: str


Places = Mapping[str, Place]


def ecart(place: Place, repere: Place) -> str:
    """Ce qui sépare une place d'un repère, en mots.

    >>> ecart(Place(2, 1), Place(1, 3)), ecart(Place(2, 2), Place(2, 2))
    ('plus cher, moins riche', 'même place')
    """
    cout = _sens(place.cout - repere.cout, "plus cher", "moins cher")
    richesse = _sens(place.richesse - repere.richesse, "plus riche", "moins riche")
    return ", ".join(filter(None, [cout, richesse])) or "même place"


def d_accord(les_canaux: Sequence[Canal], places: Places) -> int:
    """Le nombre de canaux placés exactement comme leur repère."""
    return sum(places.get(canal.nom) == canal.repere for canal in les_canaux)


def plus_riches(places: Places) -> list[str]:
    """Les canaux au contact le plus riche.

    >>> plus_riches({"Magasin": Place(4, 4), "SMS": Place(1, 1)})
    ['Magasin']
    """
    return [
        nom
        for nom, place in places.items()
        if place.richesse == max(autre.richesse for autre in places.values())
    ]


def moins_chers(places: Places) -> list[str]:
    """Les canaux où un contact coûte le moins."""
    return [
        nom
        for nom, place in places.items()
        if place.cout == min(autre.cout for autre in places.values())
    ]


def _sens(difference: int, plus: str, moins: str) -> str:
    return plus if difference > 0 else moins if difference < 0 else ""
