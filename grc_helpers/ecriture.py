"""Écrire un fichier en entier ou pas du tout : ni une coupure de courant ni un disque plein n'en laissent la moitié."""

from __future__ import annotations  # lu aussi par un Python trop ancien

import os
import secrets
from datetime import datetime
from pathlib import Path


def remplacer(chemin: Path, contenu: str | bytes, date: datetime | None = None) -> None:
    """Remplace le contenu du fichier d'un seul geste, retours à la ligne tels quels ; l'ancien reste entier en cas d'échec.

    ``date`` : celle que portera le fichier, sinon l'heure présente. Crée le dossier s'il manque. Lève ``OSError``.
    """
    # « replace » : un demi-caractère venu d'une copie abîmée ne s'écrit pas en UTF-8 ; il devient un point d'interrogation.
    octets = contenu if isinstance(contenu, bytes) else contenu.encode("utf-8", "replace")
    # Un nom au hasard, que rien ne prend pour une copie : deux programmes qui écrivent le même fichier ne se prennent pas leur brouillon.
    brouillon = chemin.with_name(f".{secrets.token_hex(8)}.tmp")
    chemin.parent.mkdir(parents=True, exist_ok=True)
    try:
        brouillon.write_bytes(octets)
        if date:
            os.utime(brouillon, (date.timestamp(), date.timestamp()))
        os.replace(brouillon, chemin)
    except BaseException:
        brouillon.unlink(missing_ok=True)
        raise
