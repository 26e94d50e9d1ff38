"""Une formulation du barème, découpée pour être cherchée : « concurrence vive/forte » a deux places, la seconde à deux variantes."""

import re
from dataclasses import dataclass
from functools import lru_cache

from autograde.prose.lexique import decouper, lexique, unir_chiffre_d_affaires
from grc_helpers.francais.nombres import sans_accents

_NEGATIONS = {"pas", "jamais", "aucun", "aucune", "rien", "sans", "ne", "n", "ni"}
_EMPECHER = {"eviter", "empecher", "prevenir"}


_COMPARATIFS = {
    (("plus",),),
    (("moins",),),
    (("superieurs",),),
    (("superieur",),),
    (("superieures",),),
}

# Une place : ses variantes, chacune faite d'un ou plusieurs mots.
Place = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Formulation:
    """``places`` : pour chaque place, les variantes admises (chacune faite d'un ou plusieurs mots) ; ``niee`` : la formulation dit non."""

    texte: str
    places: tuple[Place, ...]
    niee: bool

    @property
    def ordonnee(self) -> bool:
        """Une comparaison (« A plus B ») se lit dans l'ordre."""
        return any(place in _COMPARATIFS for place in self.places[1:-1])


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
    restants = [groupe for groupe in groupes if not set(decouper(groupe)) <= _EMPECHER]
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
        elif any(sans_accents(ecrite) in _NEGATIONS for ecrite in ecrites):
            niee = True
    return Formulation(texte, tuple(places), niee)


def _mots_pleins(variante: str) -> tuple[str, ...]:
    """Les mots qui portent une idée ; une lettre majuscule isolée nomme un client et compte."""
    if re.fullmatch(r"[B-Z]", variante):
        return (variante,)
    liaisons = lexique().mots_de_liaison
    return tuple(mot for mot in decouper(variante) if mot not in liaisons and mot not in _NEGATIONS)
