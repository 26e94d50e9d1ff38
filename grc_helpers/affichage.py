"""La seule façon d'écrire dans la console : ce qui vient d'une copie, d'un nom de fichier ou d'un dossier ne la commande jamais.

N'utilise que la bibliothèque standard : sert aussi avant toute installation. Les tableaux et les couleurs du formateur passent par la
même porte, dans ``autograde/console.py``.
"""

from __future__ import annotations  # lu aussi par un Python trop ancien

import sys
from typing import TextIO

from grc_helpers.francais.affichable import affichable


def dire(*lignes: object, fin: str = "\n", sortie: TextIO | None = None) -> None:
    """Écrit ces lignes à la console, aussitôt."""
    print(*(affichable(str(ligne)) for ligne in lignes), sep="\n", end=fin, flush=True, file=sortie)


def prevenir(*lignes: object) -> None:
    """Écrit ces lignes à part (sortie d'erreur) : ce qui ne va pas, et ce qu'il faut faire."""
    dire(*lignes, sortie=sys.stderr)


def sans_refus() -> None:
    """Une console qui ne connaît pas une lettre (arabe, « → ») la remplace ; elle n'arrête pas la commande."""
    for sortie in (sys.stdout, sys.stderr):
        if hasattr(sortie, "reconfigure"):
            sortie.reconfigure(errors="replace")
