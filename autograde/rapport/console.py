"""``grc rapport`` : ouvrir le rapport de classe avec Voilà, sur ce seul poste, sans internet."""

import os
from pathlib import Path

from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.tableaux.console import choisir_le_port, projeter
from autograde.tableaux.voila import commande_voila, environnement_voila

NOTEBOOK = Path(__file__).parent / "tableau" / "rapport_de_classe.ipynb"

# Le devoir à montrer d'abord, pour le noyau que Voilà démarre.
VARIABLE_DEVOIR = "GRC_RAPPORT"
PORT = 8867


def commande_du_rapport(cours: Cours, devoir: str, port: int) -> tuple[list[str], dict[str, str]]:
    """La commande et l'environnement qui ouvrent le rapport. Lève ``ErreurFormateur`` si le devoir n'existe pas."""
    if devoir:
        charger_devoir(cours, devoir)
    environnement = (
        os.environ | environnement_voila() | cours.environnement | {VARIABLE_DEVOIR: devoir}
    )
    return commande_voila(NOTEBOOK, port), environnement


def ouvrir_le_rapport(cours: Cours, devoir: str, port: int | None, navigateur: bool = True) -> int:
    """Lance Voilà et attend qu'on l'arrête. ``port`` : celui que le formateur impose."""
    port = choisir_le_port(port, PORT)
    commande, environnement = commande_du_rapport(cours, devoir, port)
    return projeter("Rapport de classe", commande, environnement, port, navigateur)
