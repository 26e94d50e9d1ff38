"""Choisir la classe : un dossier par classe, et le choix est retenu pour toutes les commandes."""

import os
from pathlib import Path

from autograde.cours.dossiers import AILLEURS, CLASSE, place_permise
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecrire_en_entier


def choisir(dossier: Path) -> bool:
    """Retient ce dossier comme celui de la classe ; le crée s'il n'existe pas. Renvoie vrai s'il est neuf. Lève ``ErreurFormateur``."""
    if impose := os.environ.get("GRC_TRAVAIL"):
        raise ErreurFormateur(
            f"La variable GRC_TRAVAIL impose déjà la classe ({impose}) : retirez-la, puis relancez."
        )
    dossier = place_permise(dossier)
    neuf = not dossier.exists()
    try:
        dossier.mkdir(exist_ok=True, parents=dossier == CLASSE)
    except FileNotFoundError as erreur:
        raise ErreurFormateur(
            f"{dossier.parent} n'existe pas : vérifiez ce que vous avez écrit, ou créez d'abord ce dossier."
        ) from erreur
    except OSError as erreur:
        raise ErreurFormateur(
            f"{dossier} n'est pas un dossier où l'on peut écrire : choisissez-en un autre."
        ) from erreur
    if dossier == CLASSE:
        AILLEURS.unlink(missing_ok=True)
    else:
        ecrire_en_entier(AILLEURS, f"{dossier}\n")
    return neuf
