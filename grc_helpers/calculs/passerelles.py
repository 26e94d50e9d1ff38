"""Ce qu'un client doit redire en passant d'un canal à l'autre, selon que les canaux s'ignorent, sont reliés ou partagent tout.

Le modèle compte des renseignements, pas des minutes : à chaque moment du parcours, le commerce a besoin de certains renseignements ;
ce que le canal ne sait pas, le client le dit. C'est une *redite* quand il l'avait déjà dit ailleurs. Les quatre organisations (canal
simple, multicanal, cross-canal, omnicanal) sont celles que distinguent les professionnels de la relation client.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

SIMPLE, MULTICANAL, CROSS_CANAL, OMNICANAL = (
    "canal simple",
    "multicanal",
    "cross-canal",
    "omnicanal",
)
ORGANISATIONS = (SIMPLE, MULTICANAL, CROSS_CANAL, OMNICANAL)
MAGASIN = "Magasin"

Passerelle = frozenset[str]


@dataclass(frozen=True)
class Moment:
    """Un moment du parcours : ce que le client fait, par quel canal, ce que le commerce doit savoir."""

    nom: str
    canal: str
    besoins: tuple[str, ...]


@dataclass(frozen=True)
class Passage:
    """Un moment vécu : ce que le client a dit pour la première fois, et ce qu'il a dû redire."""

    moment: Moment
    nouveaux: tuple[str, ...]
    redites: tuple[str, ...]


def canaux_de(moments: Sequence[Moment]) -> tuple[str, ...]:
    """Les canaux du parcours, dans l'ordre où ils apparaissent.

    >>> from grc_helpers.donnees.commerces import parcours
    >>> canaux_de(parcours())
    ('Site', 'Téléphone', 'Magasin')
    """
    return tuple(dict.fromkeys(moment.canal for moment in moments))


def passerelles_possibles(moments: Sequence[Moment]) -> tuple[Passerelle, ...]:
    """Toutes les façons de relier deux canaux."""
    return tuple(frozenset(paire) for paire in combinations(canaux_de(moments), 2))


def organiser(
    moments: Sequence[Moment], organisation: str, passerelle: Passerelle = frozenset()
) -> tuple[tuple[Moment, ...], list[Passerelle]]:
    """Le parcours tel que l'organisation l'impose, et les passerelles ouvertes.

    En canal simple, tout se passe au magasin. Lève ``ValueError`` si l'organisation n'existe pas, ou si la passerelle du cross-canal
    ne relie pas deux canaux du parcours.
    """
    if organisation not in ORGANISATIONS:
        raise ValueError(
            f"Je ne connais pas l'organisation « {organisation} ». Organisations : {', '.join(ORGANISATIONS)}."
        )
    if organisation == SIMPLE:
        return tuple(Moment(moment.nom, MAGASIN, moment.besoins) for moment in moments), []
    possibles = passerelles_possibles(moments)
    if organisation == CROSS_CANAL and passerelle not in possibles:
        raise ValueError("Une passerelle relie deux canaux du parcours.")
    ouvertes = {MULTICANAL: [], CROSS_CANAL: [passerelle], OMNICANAL: list(possibles)}[organisation]
    return tuple(moments), ouvertes


def derouler(moments: Sequence[Moment], passerelles: Iterable[Passerelle] = ()) -> list[Passage]:
    """Le parcours, moment par moment. Une passerelle fait circuler aussitôt, dans les deux sens, ce que sait chacun des deux canaux.

    >>> site, telephone = Moment("Chercher", "Site", ("la liste",)), Moment("Vérifier", "Téléphone", ("la liste",))
    >>> derouler([site, telephone])[1].redites
    ('la liste',)
    >>> derouler([site, telephone], [frozenset({"Site", "Téléphone"})])[1].redites
    ()
    """
    passerelles = list(passerelles)
    dit: set[str] = set()
    su: dict[str, set[str]] = {moment.canal: set() for moment in moments}
    passages = []
    for moment in moments:
        manquants = [besoin for besoin in moment.besoins if besoin not in su[moment.canal]]
        passages.append(
            Passage(
                moment,
                tuple(b for b in manquants if b not in dit),
                tuple(b for b in manquants if b in dit),
            )
        )
        dit.update(manquants)
        for canal in su:
            if canal == moment.canal or {canal, moment.canal} in passerelles:
                su[canal].update(moment.besoins)
    return passages


def redites(passages: Iterable[Passage]) -> int:
    """Le nombre de renseignements que le client a dû répéter."""
    return sum(len(passage.redites) for passage in passages)


def deplacements(passages: Iterable[Passage]) -> int:
    """Le nombre de fois où le client a dû venir au magasin."""
    return sum(passage.moment.canal == MAGASIN for passage in passages)
