"""Écrire un fichier du formateur en entier ou pas du tout, et lui dire que faire si c'est impossible."""

from datetime import datetime
from pathlib import Path

from autograde.erreurs import ErreurFormateur
from grc_helpers.ecriture import remplacer


def ecrire_en_entier(chemin: Path, contenu: str | bytes, date: datetime | None = None) -> None:
    """Remplace le contenu du fichier (voir ``remplacer``). Lève ``ErreurFormateur`` s'il ne peut pas être écrit."""
    try:
        remplacer(chemin, contenu, date)
    except OSError as erreur:
        raise ecriture_impossible(chemin, erreur) from erreur


def ecriture_impossible(chemin: Path, erreur: OSError) -> ErreurFormateur:
    """Ce qu'il faut dire d'un fichier ou d'un dossier qui ne s'écrit pas.

    >>> import errno
    >>> print(ecriture_impossible(Path("notes.csv"), OSError(errno.ENOSPC, "No space left on device")))
    Impossible d'écrire notes.csv : le disque est plein. Libérez de la place, puis relancez.
    >>> print(ecriture_impossible(Path("notes.csv"), PermissionError(errno.EACCES, "Permission denied")))
    Impossible d'écrire notes.csv : l'accès est refusé. Fermez ce fichier s'il est ouvert ailleurs, et vérifiez que son dossier est à \
vous, puis relancez.
    """
    # Ici : ce que l'on dit d'une panne ne change aucune note (voir ``correction.deja_corrigees``).
    from grc_helpers.explications import reconnaitre

    if reconnue := reconnaitre(erreur):
        panne = reconnue[0]
        remede = f"{panne.cause}. {panne.geste[0].upper()}{panne.geste[1:]}, puis relancez."
    else:
        remede = "fermez-le s'il est ouvert ailleurs, puis relancez."
    return ErreurFormateur(f"Impossible d'écrire {chemin} : {remede}")
