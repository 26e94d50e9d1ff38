"""Les espaces qui ne se coupent pas : un guillemet, un « ? », un « % » ou un signe ne reste pas seul au bord d'une ligne."""

import re

_ESPACE_LIEE = re.compile(r" (?=[?!:;%€»])|(?<=[«+−]) ")


def lier(texte: str) -> str:
    """
    >>> lier("Le « reste » : combien ?")
    'Le «\\xa0reste\\xa0»\\xa0: combien\\xa0?'
    """
    return _ESPACE_LIEE.sub("\u00a0", texte)
