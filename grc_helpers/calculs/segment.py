"""Choisir un segment : ne garder d'un fichier que les clients qui remplissent des critères, et compter qui reste à chaque pas.

Les critères suivent les familles usuelles du marketing (sociodémographique, géographique, comportemental), puis l'accord donné
par la personne : sans lui, pas de message publicitaire.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Client:
    """Une fiche du fichier : ``panier`` est la dépense moyenne par achat, en euros ; ``accord`` dit si la personne accepte les messages."""

    numero: str
    prenom: str
    sexe: str
    age: int
    quartier: str
    panier: float
    accord: bool


@dataclass(frozen=True)
class Segment:
    """Les critères choisis. Un texte vide, un âge ou un panier à 0 laissent passer tout le monde."""

    sexe: str = ""
    age_minimum: int = 0
    quartier: str = ""
    panier_minimum: float = 0
    accord: bool = False


@dataclass(frozen=True)
class Palier:
    """Ce qui reste du fichier après un critère et tous ceux d'avant."""

    critere: str
    restants: tuple[Client, ...]


def entonnoir(fiches: Sequence[Client], segment: Segment) -> list[Palier]:
    """Le fichier entier, puis ce qui en reste après chaque critère, toujours dans le même ordre.

    >>> from grc_helpers.donnees.commerces import clients
    >>> paliers = entonnoir(clients(), Segment(sexe="femme", quartier="Centre"))
    >>> [(palier.critere, len(palier.restants)) for palier in paliers][1:4]
    [('Sexe', 18), ('Âge', 18), ('Quartier', 9)]
    """
    garder = {
        "Sexe": lambda c: segment.sexe in ("", c.sexe),
        "Âge": lambda c: c.age >= segment.age_minimum,
        "Quartier": lambda c: segment.quartier in ("", c.quartier),
        "Panier": lambda c: c.panier >= segment.panier_minimum,
        "Accord": lambda c: c.accord or not segment.accord,
    }
    paliers = [Palier("Fichier", tuple(fiches))]
    for critere, convient in garder.items():
        paliers.append(Palier(critere, tuple(c for c in paliers[-1].restants if convient(c))))
    return paliers


def panier_moyen(fiches: Sequence[Client]) -> float:
    """La moyenne des paniers, en euros. Lève ``ValueError`` s'il n'y a personne.

    >>> from grc_helpers.donnees.commerces import clients
    >>> panier_moyen(clients()[:2])
    50.0
    """
    if not fiches:
        raise ValueError("Pas de panier moyen sans client.")
    return sum(c.panier for c in fiches) / len(fiches)
