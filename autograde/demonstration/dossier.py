"""Le dossier de la démonstration : marqué par elle, et le seul qu'elle efface."""

import shutil
from pathlib import Path

from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecrire_en_entier

TEMOIN = "ceci_est_une_demonstration.txt"
_TEXTE = """\
Une classe fictive, faite par « grc demo », qui efface tout ce dossier et le refait à chaque fois : n'y gardez rien.
"""


def remettre_a_neuf(dossier: Path) -> None:
    """Vide le dossier de la démonstration précédente, ou le crée ; il porte toujours le témoin.

    Lève ``ErreurFormateur``, sans rien effacer, s'il contient quoi que ce soit et que la démonstration ne l'a pas marqué.
    """
    temoin = dossier / TEMOIN
    try:
        if not _est_libre(dossier):
            raise ErreurFormateur(
                f"{dossier} n'a pas été fait par « grc demo » : rien n'y est effacé. Renommez-le ou déplacez-le, puis relancez."
            )
        dossier.mkdir(parents=True, exist_ok=True)
        ecrire_en_entier(temoin, _TEXTE)
        for reste in dossier.iterdir():
            # Le témoin reste d'un bout à l'autre : interrompue ici, la démonstration suivante reconnaît encore le dossier.
            if reste.is_dir() and not reste.is_symlink():
                shutil.rmtree(reste)
            elif reste != temoin:
                reste.unlink()
    except OSError as erreur:
        raise ErreurFormateur(
            f"Impossible de refaire {dossier} : fermez ce qui y est ouvert, puis relancez."
        ) from erreur


def _est_libre(dossier: Path) -> bool:
    """Rien ici, rien dedans, ou le témoin tel que nous l'écrivons. Un lien montre un dossier que la démonstration n'a pas fait."""
    temoin = dossier / TEMOIN
    if dossier.is_symlink():
        return False
    if temoin.is_file():
        return temoin.read_text(encoding="utf-8", errors="replace") == _TEXTE
    return not dossier.exists() or (dossier.is_dir() and not any(dossier.iterdir()))
