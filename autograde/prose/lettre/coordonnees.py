"""Ce qui, dans une ligne, dit où joindre quelqu'un : une rue, un code postal, une ville, un téléphone, un courriel."""

import re
from functools import cache

from autograde.prose.lettre.vocabulaire import vocabulaire

_COURRIEL = r"[\w.+-]{1,64}@[\w.-]{1,100}"


@cache
def _coordonnees() -> re.Pattern:
    v = vocabulaire()
    voies, lieux = "|".join(sorted(v.voies)), "|".join(sorted(v.villes | v.pays))
    telephone = rf"\b{v.telephones.pattern}\b\s*[:.=]?[^\n]*|\+?\d(?:[\s.-]?\d){{8,}}"
    rue = rf"(?:\b\d+\s*(?:bis|ter)?\s*,?\s*|^|[,-]\s?)(?:{voies})\b\.?\s[^,\n]*"
    return re.compile(rf"{_COURRIEL}|{telephone}|{rue}|\b\d{{5}}\b[^\n]*|\b(?:{lieux})\b")


def sans_coordonnees(plat: str) -> str:
    """La ligne privée de son adresse, de son téléphone, de son courriel et de sa ville : ce qui nomme quelqu'un."""
    return _coordonnees().sub(" ", plat)


def est_une_adresse(plat: str) -> bool:
    """La ligne porte-t-elle une rue, un code postal, un téléphone ou un courriel ? (une ville seule n'est pas une adresse)"""
    return any(not trouve.group().isalpha() for trouve in _coordonnees().finditer(plat))


def touche_aux_coordonnees(plat: str) -> bool:
    """La ligne appartient-elle à un bloc d'adresse, ne serait-ce que par sa ville ?"""
    return _coordonnees().search(plat) is not None
