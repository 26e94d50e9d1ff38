"""Ce qu'est un fichier rendu à la place du cahier : un raccourci, une page imprimée, une photo. Le formateur sait ainsi quoi redemander."""

RACCOURCI = "c'est un raccourci vers le cahier, pas le cahier : redemandez le fichier lui-même."
_A_LA_PLACE = "pas le cahier : redemandez le fichier .ipynb."
_EXTENSIONS = {
    (".lnk", ".url", ".webloc", ".desktop"): RACCOURCI,
    (".html", ".htm", ".mhtml"): f"c'est une page web enregistrée, {_A_LA_PLACE}",
    (".pdf",): f"c'est un PDF, {_A_LA_PLACE}",
    (".doc", ".docx", ".odt", ".rtf"): f"c'est un document de traitement de texte, {_A_LA_PLACE}",
    (".png", ".jpg", ".jpeg", ".heic", ".webp"): f"c'est une image, {_A_LA_PLACE}",
}
# Les premiers octets de chaque sorte de fichier, quel que soit son nom.
_DEBUTS = (
    (b"L\x00\x00\x00\x01\x14\x02\x00", RACCOURCI),
    (b"[internetshortcut]", RACCOURCI),
    (b"[desktop entry]", RACCOURCI),
    (b"<!doctype plist", RACCOURCI),
    (b"bplist00", RACCOURCI),
    (b"<!doctype html", _EXTENSIONS[".html", ".htm", ".mhtml"]),
    (b"<html", _EXTENSIONS[".html", ".htm", ".mhtml"]),
    (b"%pdf-", _EXTENSIONS[(".pdf",)]),
    (b"\xd0\xcf\x11\xe0", _EXTENSIONS[".doc", ".docx", ".odt", ".rtf"]),
    (b"pk\x03\x04", f"c'est une archive ou un document de bureautique, {_A_LA_PLACE}"),
    (b"\x89png", _EXTENSIONS[".png", ".jpg", ".jpeg", ".heic", ".webp"]),
    (b"\xff\xd8\xff", _EXTENSIONS[".png", ".jpg", ".jpeg", ".heic", ".webp"]),
)


def nature_du_contenu(contenu: bytes) -> str:
    """Ce qu'est un fichier, à ses premiers octets, s'il n'est pas un cahier ; rien s'ils ne disent rien.

    >>> nature_du_contenu(b"%PDF-1.7 ...")
    "c'est un PDF, pas le cahier : redemandez le fichier .ipynb."
    >>> nature_du_contenu(b'{"cells": []}')
    ''
    """
    debut = contenu[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if debut.startswith(b"<?xml"):
        debut = debut.partition(b">")[2].lstrip()
    for marque, motif in _DEBUTS:
        if debut.startswith(marque.lower()):
            return motif
    return ""


def nature_du_nom(nom: str) -> str:
    """Ce qu'est un fichier, à son nom, s'il n'est pas un cahier ; rien si le nom ne dit rien.

    >>> nature_du_nom("s2_tp1_ltv.ipynb - Raccourci.lnk") == nature_du_nom("TP.IPYNB.URL") == RACCOURCI
    True
    >>> nature_du_nom("m1.ipynb"), nature_du_nom("m1.ipynb.txt")
    ('', '')
    """
    for extensions, motif in _EXTENSIONS.items():
        if nom.lower().endswith(extensions):
            return motif
    return ""
