"""``grc tableaux`` : projeter les tableaux de bord du cours."""

import subprocess

from autograde.cours.dossiers import Cours
from autograde.tableaux.voila import commande_voila, environnement_voila


def ouvrir_les_tableaux(cours: Cours, port: int, navigateur: bool = True) -> int:
    """Lance Voilà et attend qu'on l'arrête."""
    print(f"Tableaux de bord : http://127.0.0.1:{port}/  (pour arrêter : Ctrl + C)")
    commande = commande_voila(cours.distribue / "tableaux_de_bord", port, navigateur)
    return subprocess.call(commande, env=environnement_voila())
