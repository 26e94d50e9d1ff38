"""Un cours d'une seule question rédigée, pour essayer ce que le formateur décide et ce que le barème apprend."""

import json
import shutil
from pathlib import Path

from autograde.cours.dossiers import Cours
from tests.classe_fictive import deposer

DEVOIR, QUESTION = "accueil", "accueil_q1"
CAS = "## Le magasin\n\nLe directeur reçoit des courriers. Chez lui, les rayons ferment à midi et personne ne proteste."
ENONCE = "### Question 1 (3 points)\n\nSelon vous, d'où vient la mauvaise note du magasin ? Donnez trois explications."
CORRIGE = "On patiente trop longtemps. Le personnel est désagréable. Les rayons sont vides et les étiquettes fausses."
MODELE = Path(__file__).parent / "modele"


def notebook(reponse: str = "", debut: str = "", fin: str = "") -> dict:
    """Le devoir, où cette réponse est écrite ; ``debut`` et ``fin`` entourent le corrigé dans la version de l'auteur."""
    cellules = [("cas", CAS, None), (f"{QUESTION}_enonce", ENONCE, {"locked": True}),
                (QUESTION, f"%%reponse {QUESTION}\n{debut}{reponse}{fin}", {"solution": True}),
                (f"{QUESTION}_test", f'verifier("{QUESTION}")', {"grade": True, "locked": True, "points": 3})]  # fmt: skip
    return {
        "cells": [cellule_nbgrader(*c) for c in cellules],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def cellule_nbgrader(identifiant: str, texte: str, reglages: dict | None) -> dict:
    """Une cellule du notebook ; ``reglages`` : ceux de nbgrader, None pour une cellule de cours."""
    sorte = "markdown" if reglages in (None, {"locked": True}) else "code"
    meta = {
        "grade": False,
        "solution": False,
        "locked": False,
        "schema_version": 3,
        "task": False,
        "grade_id": identifiant,
    }
    if sorte == "code":
        meta["cell_type"] = "code"
    brute = {
        "cell_type": sorte,
        "id": identifiant,
        "source": texte,
        "metadata": {} if reglages is None else {"nbgrader": meta | reglages},
    }
    return brute | ({"outputs": [], "execution_count": None} if sorte == "code" else {})


def fabriquer(dossier: Path, **copies: str) -> Cours:
    """Un cours neuf dans ce dossier, et une copie par stagiaire avec sa réponse."""
    cours = Cours(dossier / "cours", dossier / "travail")
    types = {
        cours.notebook_source(DEVOIR): notebook(
            CORRIGE, "### BEGIN SOLUTION\n", "\n### END SOLUTION"
        ),
        cours.notebook_distribue(DEVOIR): notebook(),
    }
    for chemin, contenu in types.items():
        chemin.parent.mkdir(parents=True)
        chemin.write_text(json.dumps(contenu, ensure_ascii=False), encoding="utf-8")
    for modele in MODELE.glob("*.yml"):
        shutil.copy(modele, cours.solutions / DEVOIR)
    for stagiaire, reponse in copies.items():
        rendre(cours, stagiaire, reponse)
    return cours


def recopier(modele: Cours, dossier: Path) -> Cours:
    """Le même cours et la même classe dans un autre dossier : un essai peut tout y changer."""
    cours = Cours(dossier / "cours", dossier / "travail")
    shutil.copytree(modele.racine, cours.racine)
    shutil.copytree(modele.travail, cours.travail)
    return cours


def rendre(cours: Cours, stagiaire: str, reponse: str) -> None:
    deposer(cours, stagiaire, notebook(reponse), DEVOIR)


def bareme(cours: Cours) -> Path:
    return cours.solutions / DEVOIR / "bareme.yml"


def journal(cours: Cours) -> str:
    chemin = cours.decisions / f"apprentissage-{DEVOIR}.csv"
    return chemin.read_text(encoding="utf-8-sig") if chemin.exists() else ""
