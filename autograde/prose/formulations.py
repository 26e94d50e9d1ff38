"""Une formulation du barème, découpée pour être cherchée : « concurrence vive/forte » a deux places, la seconde à deux variantes."""

import re
from dataclasses import dataclass
from functools import lru_cache

from autograde.prose.lexique import decouper, lexique, unir_chiffre_d_affaires
from grc_helpers.reponses.nombres import sans_accents

_NEGATIONS = {"pas", "jamais", "aucun", "aucune", "rien", "sans", "ne", "n", "ni"}
_EMPECHER = {"eviter", "empecher", "prevenir"}


_COMPARATIFS = {(("plus",),), (("moins",),), (("superieurs",),), (("superieur",),), (("superieures",),)}

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
    places, niee, empecher = [], False, []
    for groupe in unir_chiffre_d_affaires(texte).split():
        variantes = tuple(mots for variante in groupe.split("/") if (mots := _mots_pleins(variante)))
        negations = [variante for variante in groupe.split("/") if sans_accents(variante) in _NEGATIONS]
        if negations and not variantes:
            niee = True
        elif variantes:
            empecher.append(any(set(mots) & _EMPECHER for mots in variantes))
            places.append(variantes)
    formulations = [Formulation(texte, tuple(places), niee)] if places else []
    if any(empecher) and not niee and len(places) > 2:
        restantes = tuple(place for place, empeche in zip(places, empecher, strict=True) if not empeche)
        formulations.append(Formulation(texte, restantes, True))
    return tuple(formulations)


def _mots_pleins(variante: str) -> tuple[str, ...]:
    """Les mots qui portent une idée ; une lettre majuscule isolée nomme un client et compte."""
    if re.fullmatch(r"[B-Z]", variante):
        return (variante,)
    liaisons = lexique().mots_de_liaison
    return tuple(mot for mot in decouper(variante) if mot not in liaisons and mot not in _NEGATIONS)
