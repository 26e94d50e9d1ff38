"""Un cours d'une seule séance, celle de ``modele/`` : ce qu'un auteur écrirait pour une question de classement."""

import json
import shutil
from pathlib import Path

from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import changer
from autograde.production.production import generer

DEVOIR = "s9_classement"
QUESTION = "s9_q1"
MODELE = Path(__file__).parent / "modele"


def cours_produit(dossier: Path, carnet: str = "") -> Cours:
    """La séance produite par nbgrader, comme le fait « grc produire »."""
    cours = Cours(racine=dossier, travail=dossier / "autograde", carnet=carnet)
    cours.travail.mkdir(parents=True, exist_ok=True)
    shutil.copytree(MODELE, cours.solutions)
    generer(cours, DEVOIR, cours.distribue)
    return cours


def copie(cours: Cours, texte: str) -> dict:
    """La version distribuée, avec cette réponse."""
    notebook = json.loads(cours.notebook_distribue(DEVOIR).read_text(encoding="utf-8"))
    changer(notebook, QUESTION, lambda source: source.split("\n")[0] + "\n" + texte)
    return notebook
