"""Combien de fois plus vite que nbgrader seul ? ``python -m tests.bancs.correction [nombre de copies]``

Les mêmes copies, la même machine, le même lancement : ``nbgrader autograde`` puis ``generate_feedback`` sans nos réglages, qui
exécutent chaque copie dans un noyau ; ``grc corriger`` puis ``grc retours``. Chaque outil est lancé comme un formateur le lance,
démarrage compris, sur un carnet où le devoir est déjà inscrit.
"""

import itertools
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from autograde.classe import inscrire_le_devoir
from autograde.cours import Cours
from tests.bancs.mesure import lancer_grc
from tests.classe_fictive import DEPOT, DEVOIR, copies_des_essais, deposer, nbgrader_cli, notes_du_carnet
from tests.test_equivalence_nbgrader import REGLAGES_DE_BASE


@dataclass(frozen=True)
class Course:
    """Les durées, en secondes, de chaque étape par chacun ; ``ecarts`` : le nombre de notes différentes."""

    copies: int
    autograde: float
    generate_feedback: float
    corriger: float
    retours: float
    ecarts: int

    @property
    def rapport_correction(self) -> float:
        return self.autograde / self.corriger

    @property
    def rapport_chaine(self) -> float:
        return (self.autograde + self.generate_feedback) / (self.corriger + self.retours)

    def afficher(self) -> None:
        print(f"{self.copies} copies de {DEVOIR}, {self.ecarts} note(s) différente(s)")
        print(f"corriger        : nbgrader {self.autograde:8.2f} s, nous {self.corriger:6.2f} s, rapport {self.rapport_correction:6.1f}")
        eux, nous = self.autograde + self.generate_feedback, self.corriger + self.retours
        print(f"jusqu'aux pages : nbgrader {eux:8.2f} s, nous {nous:6.2f} s, rapport {self.rapport_chaine:6.1f}")


def comparer_les_durees(nombre: int = 30) -> Course:
    """Corrige ``nombre`` copies avec les deux outils, jusqu'aux pages de retour."""
    with tempfile.TemporaryDirectory() as brut:
        dossier = Path(brut)
        cours = Cours(travail=dossier / "nous")
        for rang, copie in zip(range(nombre), itertools.cycle(copies_des_essais().values()), strict=False):
            deposer(cours, f"stagiaire{rang:03d}", copie)
        inscrire_le_devoir(cours, DEVOIR)
        (dossier / "nbgrader_config.py").write_text(REGLAGES_DE_BASE.format(racine=str(dossier), source=str(DEPOT.solutions)))
        shutil.copytree(cours.remises, dossier / "submitted")
        reussir(dossier, "generate_assignment")
        course = Course(
            copies=nombre,
            corriger=lancer_grc(cours, "corriger", DEVOIR).secondes,
            retours=lancer_grc(cours, "retours", DEVOIR).secondes,
            autograde=reussir(dossier, "autograde"),
            generate_feedback=reussir(dossier, "generate_feedback"),
            ecarts=compter_les_ecarts(cours, dossier),
        )
        assert len(list((cours.retours / DEVOIR).glob("*.html"))) == len(list(dossier.glob("feedback/*/*/*.html"))) == nombre
    return course


def reussir(dossier: Path, commande: str) -> float:
    """La durée d'une commande de nbgrader, qui doit réussir."""
    depart = time.perf_counter()
    sortie = nbgrader_cli(dossier, commande, DEVOIR)
    assert sortie.returncode == 0, sortie.stderr[-3000:]
    return time.perf_counter() - depart


def compter_les_ecarts(cours: Cours, dossier: Path) -> int:
    """Le nombre de notes automatiques qui diffèrent entre les deux carnets."""
    nous, eux = notes_du_carnet(cours.db_url), notes_du_carnet(f"sqlite:///{dossier}/gradebook.db")
    assert nous.keys() == eux.keys()
    return sum(
        (nous[stagiaire][question][0] or 0) != (note or 0) for stagiaire, notes in eux.items() for question, (note, _) in notes.items()
    )


if __name__ == "__main__":
    comparer_les_durees(*map(int, sys.argv[1:2])).afficher()
