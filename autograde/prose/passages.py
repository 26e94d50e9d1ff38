"""Retrouver un passage dans une réponse."""

import re

from autograde.prose.repli import suivre
from autograde.prose.texte import aplatir


def trouver_passage(texte: str, passage: str) -> str:
    """Le passage tel qu'il est écrit dans la réponse, ou « » s'il n'y est pas. Seuls comptent ses mots et leur ordre.

    >>> trouver_passage("Le tiroir-caisse CHANTE.", "tiroir caisse chante")
    'tiroir-caisse CHANTE'
    """
    forme, mots = suivre(texte), re.findall(r"\w+", aplatir(suivre(passage).texte))
    trouve = re.search(r"\b" + r"\W+".join(mots) + r"\b", aplatir(forme.texte)) if mots else None
    return forme.ecrit(*trouve.span()) if trouve else ""
