"""Une formulation du barème, découpée pour être cherchée : « concurrence vive/forte » a deux places, la seconde à deux variantes."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from autograde.prose.lexique import decouper, grammaire, lexique, unir_chiffre_d_affaires
from grc_helpers.francais.nombres import sans_accents

# Une place : ses variantes, chacune faite d'un ou plusieurs mots.
Place = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Formulation:
    """``places`` : pour chaque place, les variantes admises (chacune faite d'un ou plusieurs mots) ; ``niee`` : la formulation dit non."""

    texte: str
    places: tuple[Place, ...]
    niee: bool

    @cached_property
    def mots(self) -> frozenset[str]:
        """Tous les mots de toutes les places."""
        return frozenset(mot for place in self.places for variante in place for mot in variante)

    @cached_property
    def ordonnee(self) -> bool:
        """Une comparaison (« A plus B ») se lit dans l'ordre."""
        comparatifs = grammaire().comparatifs
        milieu = (place for place in self.places[1:-1] if len(place) == 1)
        return any(len(mots) == 1 and mots[0] in comparatifs for (mots,) in milieu)


@lru_cache(maxsize=5_000)
def preparer(texte: str) -> tuple[Formulation, ...]:
    """La formulation, et s'il y a lieu la même dite par une négation (« éviter perdre client » vaut « ne pas perdre le client »).

    >>> [f.places for f in preparer("concurrence vive/forte")]
    [((('concurrence',),), (('vive',), ('forte',)))]
    >>> [(f.places, f.niee) for f in preparer("pas de publicité")]
    [(((('publicite',),),), True)]
    """
    groupes = unir_chiffre_d_affaires(texte).split()
    formulations = [_lire(texte, groupes)]
    # « prévenir/informer » ne dit pas une chose à éviter : toutes les variantes doivent le dire.
    restants = [
        groupe for groupe in groupes if not grammaire().empecher.issuperset(decouper(groupe))
    ]
    if (
        len(restants) < len(groupes)
        and not formulations[0].niee
        and len(formulations[0].places) > 2
    ):
        formulations.append(_lire(" ".join(["pas", *restants]), ["pas", *restants]))
    return tuple(formulation for formulation in formulations if formulation.places)


def _lire(texte: str, groupes: list[str]) -> Formulation:
    places, niee = [], False
    for groupe in groupes:
        ecrites = groupe.split("/")
        variantes = tuple(mots for ecrite in ecrites if (mots := _mots_pleins(ecrite)))
        if variantes:
            places.append(variantes)
        elif any(sans_accents(ecrite) in _negations() for ecrite in ecrites):
            niee = True
    return Formulation(texte, tuple(places), niee)


def _mots_pleins(variante: str) -> tuple[str, ...]:
    """Les mots qui portent une idée ; une lettre majuscule isolée nomme un client et compte."""
    if re.fullmatch(r"[B-Z]", variante):
        return (variante,)
    vides = lexique().mots_de_liaison | _negations()
    return tuple(mot for mot in decouper(variante) if mot not in vides)


def _negations() -> frozenset[str]:
    g = grammaire()
    return g.negations | g.ne | {"sans", "ni"}
