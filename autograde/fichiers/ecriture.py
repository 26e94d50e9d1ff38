"""Écrire un fichier en entier ou pas du tout : une coupure de courant n'en laisse jamais la moitié."""

import os
from pathlib import Path

from autograde.erreurs import ErreurFormateur


def ecrire_en_entier(chemin: Path, texte: str) -> None:
    """Remplace le contenu du fichier, retours à la ligne tels quels. Lève ``ErreurFormateur`` si le fichier ne peut pas être écrit."""
    # Le numéro du processus : deux formateurs qui écrivent le même fichier ne se prennent pas l'un l'autre leur brouillon.
    provisoire = chemin.with_name(f".{chemin.name}.{os.getpid()}.tmp")
    try:
        chemin.parent.mkdir(parents=True, exist_ok=True)
        # « replace » : un demi-caractère venu d'une copie abîmée ne s'écrit pas en UTF-8 ; il devient un point d'interrogation.
        provisoire.write_text(texte, encoding="utf-8", errors="replace", newline="")
        os.replace(provisoire, chemin)
    except OSError as erreur:
        provisoire.unlink(missing_ok=True)
        raise ErreurFormateur(
            f"Impossible d'écrire {chemin} : fermez-le s'il est ouvert ailleurs, puis relancez."
        ) from erreur
