"""Combien de temps pour apprendre d'une classe entière ? ``python -m tests.bancs.apprentissage``

La classe est fictive : à quatre questions rédigées répondent quatorze stagiaires, dont les réponses sont étiquetées à la main (les
étiquettes tiennent lieu de décisions), et quatorze camarades qui réunissent deux de ces réponses. Trois copies disent donc chaque
phrase : il y a plus à apprendre que dans une vraie classe. ``grc apprendre --essai`` est comparé à la correction complète des mêmes copies.
"""

import io
import json
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from ruamel.yaml import YAML

from autograde.apprentissage.console import apprendre
from autograde.correction.classe import corriger_la_classe
from autograde.cours.decisions import Decision, enregistrer
from autograde.cours.dossiers import Cours
from tests.apprentissage.classe import cellule_nbgrader
from tests.classe_fictive import deposer
from tests.prose.reponses_libres.mesures import HOSTILES, JEUX

DEVOIR = "banc_d_apprentissage"
POINTS = 5
QUESTIONS = ("s1-tp1-q4", "s2-tp2-q3b", "s4-tp1-q6", "s5-tp1-q2")


@dataclass(frozen=True)
class Apprentissage:
    """Les durées, en secondes de processeur, et ce que ``grc apprendre --essai`` a montré."""

    copies: int
    corriger: float
    apprendre: float
    montre: str

    @property
    def rapport(self) -> float:
        return self.apprendre / self.corriger

    def afficher(self) -> None:
        print(self.montre)
        print(
            f"{self.copies} copies, {len(QUESTIONS)} questions : corriger {self.corriger:.2f} s, "
            f"apprendre {self.apprendre:.2f} s, rapport {self.rapport:.1f}"
        )


@dataclass(frozen=True)
class Etiquetee:
    texte: str
    credits: dict[str, float]


def apprendre_d_une_classe() -> Apprentissage:
    """Fabrique la classe, la corrige, décide de tout, puis apprend."""
    classe = {question: _reponses(question) for question in QUESTIONS}
    with tempfile.TemporaryDirectory() as dossier:
        cours = Cours(Path(dossier) / "cours", Path(dossier) / "travail")
        _ecrire_le_devoir(cours, classe)
        copies = min(map(len, classe.values()))
        for rang in range(copies):
            textes = {question: reponses[rang].texte for question, reponses in classe.items()}
            deposer(cours, f"stagiaire{rang:02d}", _notebook(textes), DEVOIR)
        depart = time.process_time()
        assert sum(1 for _ in corriger_la_classe(cours, DEVOIR)) == copies
        corriger = time.process_time() - depart
        _decider(cours, classe, copies)
        montre = io.StringIO()
        depart = time.process_time()
        apprendre(cours, DEVOIR, essai=True, console=Console(file=montre, width=140))
        return Apprentissage(copies, corriger, time.process_time() - depart, montre.getvalue())


def _lignes(question: str) -> list[dict]:
    lignes = (JEUX / "reponses.jsonl").read_text(encoding="utf-8").splitlines()
    return [ligne for ligne in map(json.loads, lignes) if ligne["qid"] == question]


def _reponses(question: str) -> list[Etiquetee]:
    """Les réponses étiquetées, puis chacune réunie à la suivante : l'ensemble dit ce que dit l'une ou l'autre."""
    lues = _lignes(question)
    seules = [Etiquetee(ligne["answer"], ligne["labels"]) for ligne in lues]
    ordinaires = [
        etiquetee
        for ligne, etiquetee in zip(lues, seules, strict=True)
        if ligne["style"] not in HOSTILES
    ]
    reunies = [
        Etiquetee(f"{a.texte}\n{b.texte}", {e: max(v, b.credits[e]) for e, v in a.credits.items()})
        for a, b in zip(ordinaires, ordinaires[1:] + ordinaires[:1], strict=True)
    ]
    return seules + (reunies * 2)[: len(seules)]


def _essais(question: str) -> list[dict]:
    """Les réponses fausses ou hostiles : ce qu'un auteur met à zéro."""
    return [
        {"titre": ligne["aid"], "reponse": ligne["answer"], "points": 0}
        for ligne in _lignes(question)
        if ligne["style"] in HOSTILES
    ]


def _ecrire_le_devoir(cours: Cours, classe: dict[str, list[Etiquetee]]) -> None:
    notebooks = {
        cours.notebook_source(DEVOIR): {q: _corrige(r[0].texte) for q, r in classe.items()},
        cours.notebook_distribue(DEVOIR): dict.fromkeys(classe, ""),
    }
    for chemin, textes in notebooks.items():
        chemin.parent.mkdir(parents=True)
        chemin.write_text(json.dumps(_notebook(textes), ensure_ascii=False), encoding="utf-8")
    yaml = YAML()
    tous = yaml.load((JEUX / "bareme.yml").read_text(encoding="utf-8"))
    essais = {question: _essais(question) for question in classe}
    dossier = cours.solutions / DEVOIR
    for nom, contenu in (("bareme", {q: tous[q] for q in classe}), ("essais", essais)):
        with (dossier / f"{nom}.yml").open("w", encoding="utf-8") as fichier:
            yaml.dump(contenu, fichier)


def _corrige(texte: str) -> str:
    return f"### BEGIN SOLUTION\n{texte}\n### END SOLUTION"


def _notebook(textes: dict[str, str]) -> dict:
    questions = json.loads((JEUX / "questions.json").read_text(encoding="utf-8"))
    enonces = {question["qid"]: question["question"] for question in questions}
    cellules = [
        cellule
        for question, texte in textes.items()
        for cellule in (
            (f"{question}_enonce", f"### {question}\n\n{enonces[question]}", {"locked": True}),
            (question, f"%%reponse {question}\n{texte}", {"solution": True}),
            (
                f"{question}_test",
                f'verifier("{question}")',
                {"grade": True, "locked": True, "points": POINTS},
            ),
        )
    ]
    return {
        "cells": [cellule_nbgrader(*cellule) for cellule in cellules],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _decider(cours: Cours, classe: dict[str, list[Etiquetee]], copies: int) -> None:
    for question, reponses in classe.items():
        for rang, etiquetee in enumerate(reponses[:copies]):
            prises = {
                element: Decision(credit=credit, date=date.today())
                for element, credit in etiquetee.credits.items()
            }
            chemin = cours.decisions / f"{DEVOIR}.yml"
            enregistrer(chemin, question, etiquetee.texte, [f"stagiaire{rang:02d}"], prises)


if __name__ == "__main__":
    apprendre_d_une_classe().afficher()
