"""Combien de fois plus vite que nbgrader seul ? ``python -m tests.bancs.correction [nombre de copies]``

Les mêmes copies, la même machine, le même lancement : ``nbgrader autograde`` puis ``generate_feedback`` sans nos réglages, qui
exécutent chaque copie dans un noyau ; ``grc corriger`` puis ``grc retours``. Chaque outil est lancé comme un formateur le lance,
démarrage compris, sur un carnet où le devoir est déjà inscrit. nbgrader met des minutes, nous une ou deux secondes : pour que la charge
du moment ne fausse pas le rapport, notre chaîne est lancée plusieurs fois, avant, entre et après ses deux commandes, chaque fois sur
une classe à corriger en entier ; on en garde la durée médiane. Le temps de processeur, lui, ne dépend presque pas de la charge.
"""

import itertools
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from autograde.correction.classe import inscrire_le_devoir
from autograde.cours.dossiers import Cours
from tests.bancs.mesure import POSTE_ORDINAIRE, Mesure, lancer_grc, mediane, processeur_des_enfants
from tests.classe_fictive import (
    DEPOT,
    DEVOIR,
    copies_des_essais,
    deposer,
    nbgrader_cli,
    notes_du_carnet,
)
from tests.correction.test_equivalence_nbgrader import REGLAGES_DE_BASE

REPETITIONS = 3  # de notre chaîne, à chacun des trois moments


@dataclass(frozen=True)
class Course:
    """Ce que coûte la correction, puis la suite jusqu'aux pages de retour ; ``ecarts`` : le nombre de notes différentes."""

    copies: int
    autograde: Mesure
    generate_feedback: Mesure
    corriger: Mesure
    retours: Mesure
    ecarts: int

    @property
    def rapport_correction(self) -> float:
        return self.autograde.secondes / self.corriger.secondes

    @property
    def rapport_chaine(self) -> float:
        return (self.autograde.secondes + self.generate_feedback.secondes) / (
            self.corriger.secondes + self.retours.secondes
        )

    def afficher(self) -> None:
        print(f"{self.copies} copies de {DEVOIR}, {self.ecarts} note(s) différente(s)")
        _comparer("corriger", [self.autograde], [self.corriger])
        _comparer(
            "jusqu'aux pages",
            [self.autograde, self.generate_feedback],
            [self.corriger, self.retours],
        )


def _comparer(titre: str, eux: list[Mesure], nous: list[Mesure]) -> None:
    for quoi, grandeur in (("durée", "secondes"), ("processeur", "processeur")):
        leur, notre = (
            sum(getattr(mesure, grandeur) for mesure in mesures) for mesures in (eux, nous)
        )
        print(
            f"{titre:15}, {quoi:10} : nbgrader {leur:8.2f} s, nous {notre:6.2f} s, rapport {leur / notre:6.1f}"
        )


def comparer_les_durees(nombre: int = 30) -> Course:
    """Corrige ``nombre`` copies avec les deux outils, jusqu'aux pages de retour."""
    with tempfile.TemporaryDirectory() as brut:
        dossier = Path(brut)
        cours = Cours(travail=dossier / "nous")
        for rang, copie in zip(
            range(nombre), itertools.cycle(copies_des_essais().values()), strict=False
        ):
            deposer(cours, f"stagiaire{rang:03d}", copie)
        inscrire_le_devoir(cours, DEVOIR)
        chaine = _NotreChaine(cours)
        (dossier / "nbgrader_config.py").write_text(
            REGLAGES_DE_BASE.format(racine=str(dossier), source=str(DEPOT.solutions))
        )
        shutil.copytree(cours.remises, dossier / "submitted")
        reussir(dossier, "generate_assignment")
        chaine.lancer()
        autograde = reussir(dossier, "autograde")
        chaine.lancer()
        generate_feedback = reussir(dossier, "generate_feedback")
        faite = chaine.lancer()
        assert (
            len(list((faite.retours / DEVOIR).glob("*.html")))
            == len(list(dossier.glob("feedback/*/*/*.html")))
            == nombre
        )
        ecarts = compter_les_ecarts(faite, dossier)
    return Course(
        nombre,
        autograde,
        generate_feedback,
        mediane(chaine.corriger),
        mediane(chaine.retours),
        ecarts,
    )


class _NotreChaine:
    """``grc corriger`` puis ``grc retours``, chaque fois sur une copie neuve du même cours."""

    def __init__(self, modele: Cours):
        self.modele = modele
        self.corriger: list[Mesure] = []
        self.retours: list[Mesure] = []

    def lancer(self) -> Cours:
        for _ in range(REPETITIONS):
            travail = self.modele.travail.with_name(f"nous_{len(self.corriger)}")
            cours = Cours(travail=Path(shutil.copytree(self.modele.travail, travail)))
            self.corriger.append(lancer_grc(cours, "corriger", DEVOIR))
            self.retours.append(lancer_grc(cours, "retours", DEVOIR))
        return cours


def reussir(dossier: Path, commande: str) -> Mesure:
    """Ce que coûte une commande de nbgrader, qui doit réussir."""
    depart, avant = time.perf_counter(), processeur_des_enfants()
    sortie = nbgrader_cli(dossier, commande, DEVOIR, **POSTE_ORDINAIRE)
    assert sortie.returncode == 0, sortie.stderr[-3000:]
    return Mesure(time.perf_counter() - depart, processeur_des_enfants() - avant)


def compter_les_ecarts(cours: Cours, dossier: Path) -> int:
    """Le nombre de notes automatiques qui diffèrent entre les deux carnets."""
    nous, eux = notes_du_carnet(cours.db_url), notes_du_carnet(f"sqlite:///{dossier}/gradebook.db")
    assert nous.keys() == eux.keys()
    return sum(
        (nous[stagiaire][question][0] or 0) != (note or 0)
        for stagiaire, notes in eux.items()
        for question, (note, _) in notes.items()
    )


if __name__ == "__main__":
    comparer_les_durees(*map(int, sys.argv[1:2])).afficher()
