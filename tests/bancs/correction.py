"""Combien de fois plus vite que nbgrader seul ? ``python -m tests.bancs.correction [nombre de copies]``

Les mêmes copies, la même machine, le même lancement : ``nbgrader autograde`` sans nos réglages, qui exécute chaque copie dans un
noyau, puis ``grc corriger``. Chaque outil est lancé comme un formateur le lance, démarrage compris, sur un carnet où le devoir est
déjà inscrit. On mesure aussi, sans le démarrage, la part qui grandit avec la classe.
"""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograde.classe import corriger_la_classe, inscrire_le_devoir
from autograde.cours import Cours
from tests.classe_fictive import DEPOT, DEVOIR, copies_des_essais, deposer, nbgrader_cli, notes_du_carnet
from tests.test_equivalence_nbgrader import REGLAGES_DE_BASE


def main(nombre: int = 30) -> None:
    with tempfile.TemporaryDirectory() as brut:
        dossier = Path(brut)
        cours = Cours(travail=dossier / "nous")
        for rang, copie in zip(range(nombre), itertools.cycle(copies_des_essais().values()), strict=False):
            deposer(cours, f"stagiaire{rang:03d}", copie)
        inscrire_le_devoir(cours, DEVOIR)
        (dossier / "nbgrader_config.py").write_text(REGLAGES_DE_BASE.format(racine=str(dossier), source=str(DEPOT.solutions)))
        shutil.copytree(cours.remises, dossier / "submitted")
        assert nbgrader_cli(dossier, "generate_assignment", DEVOIR).returncode == 0

        nous = chrono(lambda: lancer_grc(cours))
        eux = chrono(lambda: nbgrader_cli(dossier, "autograde", DEVOIR))
        sans_demarrage = chrono(lambda: list(corriger_la_classe(cours, DEVOIR)))
        ecarts = comparer(cours, dossier)
    print(f"{nombre} copies de {DEVOIR}, {ecarts} note(s) différente(s)")
    print(f"nbgrader autograde (réglages d'origine) : {eux:8.2f} s")
    print(f"grc corriger, démarrage compris         : {nous:8.2f} s   rapport {eux / nous:6.1f}")
    print(f"grc corriger, démarrage non compris     : {sans_demarrage:8.2f} s   rapport {eux / sans_demarrage:6.1f}")


def chrono(action) -> float:
    depart = time.perf_counter()
    action()
    return time.perf_counter() - depart


def lancer_grc(cours: Cours) -> None:
    subprocess.run(
        [sys.executable, "-m", "grc_helpers.lancer", "corriger", DEVOIR],
        check=True,
        capture_output=True,
        env=os.environ | {"GRC_TRAVAIL": str(cours.travail)},
    )


def comparer(cours: Cours, dossier: Path) -> int:
    """Le nombre de notes automatiques qui diffèrent entre les deux carnets."""
    nous, eux = notes_du_carnet(cours.db_url), notes_du_carnet(f"sqlite:///{dossier}/gradebook.db")
    return sum(
        (nous[stagiaire][question][0] or 0) != (note or 0) for stagiaire, notes in eux.items() for question, (note, _) in notes.items()
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
