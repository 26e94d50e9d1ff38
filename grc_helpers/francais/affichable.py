"""Un texte venu d'ailleurs (réponse, nom de fichier, reçu) tel qu'on peut le montrer : il n'y reste rien qui commande une console."""

from __future__ import annotations  # lu aussi par un Python trop ancien

import re
import unicodedata

_INCONNU = "?"


def affichable(texte: str) -> str:
    """Le texte où rien ne commande la console (échappements, retour chariot, sens d'écriture), et qui s'écrit dans tout fichier.

    Ce qui ne se voit pas devient « ? », un signe pour un : deux noms différents ne se confondent pas. Les espaces, les tabulations et
    les retours à la ligne restent. Un octet d'un nom de fichier écrit sous un ancien Windows redevient sa lettre.

    >>> affichable("a\\x1b[31mb\\u200b"), affichable("L\\udce9a"), affichable("1\\u202f500 €\\r\\n20/20\\r")
    ('a?[31mb?', 'Léa', '1\\u202f500 €\\n20/20?')
    """
    if texte.isprintable():
        return texte
    return texte.replace("\r\n", "\n").translate(_SIGNES)


def sur_une_ligne(nom: str) -> str:
    """Un nom ou un chemin, affichable, qui ne passe pas à la ligne : il ne peut pas en écrire une de plus que nous.

    >>> sur_une_ligne("Ali\\n• Léa : 20/20")
    'Ali?• Léa : 20/20'
    """
    return re.sub(r"[\n\t]", _INCONNU, affichable(nom))


class _Signes(dict):
    """Ce que devient chaque signe, trouvé une fois pour toutes."""

    def __missing__(self, code: int) -> str:
        self[code] = montre = _montrer(chr(code))
        return montre


def _montrer(signe: str) -> str:
    if "\udc80" <= signe <= "\udcff":  # un octet que Python n'a pas su lire dans un nom de fichier
        signe = bytes([ord(signe) - 0xDC00]).decode("cp1252", "replace")
    visible = signe.isprintable() or signe in "\n\t" or unicodedata.category(signe) == "Zs"
    return signe if visible else _INCONNU


_SIGNES = _Signes()
