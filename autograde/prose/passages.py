"""Retrouver un passage dans une réponse."""

import re

from autograde.prose.texte import aplatir


def trouver_passage(texte: str, passage: str) -> str:
    """Le passage tel qu'il est écrit dans la réponse, ou « » s'il n'y est pas. Seuls comptent ses mots et leur ordre.

    >>> trouver_passage("Le tiroir-caisse CHANTE.", "tiroir caisse chante")
    'tiroir-caisse CHANTE'
    """
    mots = re.findall(r"\w+", aplatir(passage))
    trouve = re.search(r"\b" + r"\W+".join(mots) + r"\b", aplatir(texte)) if mots else None
    return texte[trouve.start() : trouve.end()] if trouve else ""
