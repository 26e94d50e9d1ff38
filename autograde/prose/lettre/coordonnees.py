"""Ce qui, dans une ligne, dit où joindre quelqu'un : une rue, un code postal, un téléphone, un courriel."""

import re
from functools import cache

from autograde.prose.lettre.vocabulaire import vocabulaire

_COURRIEL = r"[\w.+-]{1,64}@[\w.-]{1,100}"


@cache
def _coordonnees() -> re.Pattern:
    v = vocabulaire()
    voies = "|".join(sorted(v.voies))
    telephone = rf"\b{v.telephones.pattern}\b\s*[:.=]?[^\n]*|\+?\d(?:[\s.-]?\d){{8,}}"
    rue = rf"(?:\b\d+\s*(?:bis|ter)?\s*,?\s*|^|[,-]\s?)(?:{voies})\b\.?\s[^,\n]*"
    return re.compile(rf"{_COURRIEL}|{telephone}|{rue}|\b\d{{5}}\b[^\n]*")


def sans_coordonnees(plat: str) -> str:
    """La ligne privée de son adresse, de son téléphone et de son courriel : ce qui nomme quelqu'un."""
    return _coordonnees().sub(" ", plat)


def est_une_adresse(plat: str) -> bool:
    """La ligne porte-t-elle une rue, un code postal, un téléphone ou un courriel ?"""
    return _coordonnees().search(plat) is not None
