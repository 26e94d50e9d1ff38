"""Le texte d'un fichier dont rien ne dit l'encodage : Windows, macOS, MS-DOS ou UTF-8, d'après les lettres que le français écrit.

charset-normalizer devine pour toutes les langues, sur de longs textes : essayé sur des listes de trois à cinq lignes, il en lit une sur
cinq de travers (« Prénom » en cp1252 devient du chinois). Ici, on ne choisit qu'entre les encodages qu'un tableur d'ici écrit.
"""

import codecs
import unicodedata

_MARQUES = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Un octet par signe, le plus courant d'abord : Windows, Linux ancien, macOS, MS-DOS.
_D_UN_OCTET = ("cp1252", "iso8859-15", "mac_roman", "cp850")
_FRANCAISES = frozenset("éèêëàâçîïôùûüœÉÈÊËÀÂÇÎÏÔÙÛÜŒ")
_D_AILLEURS = frozenset("áäãåíìóòöõúñøßÿæÁÄÃÅÍÌÓÒÖÕÚÑØŸÆ")
_SIGNES = frozenset("’‘“”«»–—…€°ºª·\u00a0")
_ECHANTILLON = 200_000  # octets
PERDU = "\ufffd"


def texte_du_fichier(brut: bytes) -> str:
    """Le texte de ces octets, sans sa marque. Ce qu'aucun encodage n'explique devient ``PERDU``.

    >>> [texte_du_fichier("Prénom;Zoé".encode(nom)) for nom in ("utf-8-sig", "utf-16", "utf-16-be", "cp1252", "mac_roman", "cp850")]
    ['Prénom;Zoé', 'Prénom;Zoé', 'Prénom;Zoé', 'Prénom;Zoé', 'Prénom;Zoé', 'Prénom;Zoé']
    """
    for marque, encodage in _MARQUES:
        if brut.startswith(marque):
            return brut.decode(encodage, errors="replace")
    if encodage := _utf_16_sans_marque(brut):
        return brut.decode(encodage, errors="replace")
    try:
        return _sans_double_encodage(brut.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    lectures = [brut.decode(encodage, errors="replace") for encodage in _D_UN_OCTET]
    return max(lectures, key=lambda texte: vraisemblance(texte[:_ECHANTILLON]))


def _utf_16_sans_marque(brut: bytes) -> str:
    """L'encodage, si un octet sur deux est presque toujours nul."""
    debut = brut[:4000]
    moitie = len(debut) // 2
    for encodage, depart in (("utf-16-le", 1), ("utf-16-be", 0)):
        if moitie > 2 and debut[depart::2].count(0) > 0.7 * moitie > debut[1 - depart :: 2].count(
            0
        ):
            return encodage
    return ""


def _sans_double_encodage(texte: str) -> str:
    """« PrÃ©nom » : de l'UTF-8 lu comme du Windows, puis réécrit en UTF-8.

    >>> _sans_double_encodage("PrÃ©nom"), _sans_double_encodage("Prénom")
    ('Prénom', 'Prénom')
    """
    try:
        corrige = texte.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return texte
    return corrige


def vraisemblance(texte: str) -> int:
    """Plus c'est grand, plus ces lettres accentuées sont à leur place dans du français.

    >>> vraisemblance("Zoé") > 0 > vraisemblance("ZoŽ")
    True
    """
    return sum(
        _a_sa_place(texte[rang - 1 : rang], signe, texte[rang + 1 : rang + 2])
        for rang, signe in enumerate(texte)
        if not signe.isascii()
    )


def _a_sa_place(avant: str, signe: str, apres: str) -> int:
    if signe in _SIGNES:
        # Un guillemet, un tiret ou un degré ne coupe pas un mot ; l'apostrophe, si.
        return 0 if signe == "’" or not (avant.isalpha() and apres.isalpha()) else -4
    if signe not in _FRANCAISES and signe not in _D_AILLEURS:
        return -3 if unicodedata.category(signe)[0] == "L" else -5
    valeur = 4 if signe in "éÉ" else 3 if signe in _FRANCAISES else 0
    if signe.isupper() and avant.islower():
        valeur -= 5
    if signe.islower() and apres.isupper():
        valeur -= 2 if avant.isalpha() else 5  # « BENAïSSA » s'écrit ; « éRIC », non
    if signe.islower() and not avant.isalpha():
        valeur -= 2  # un nom commence par une majuscule
    if signe in "ëïËÏ" and avant.lower() in tuple("aeiou"):
        valeur += 1
    if signe in "çÇ" and apres.lower() not in tuple("aeiouâôûòéèìí"):
        valeur -= 5
    return valeur
