"""Les habitudes de la maison, vérifiées à chaque fois : le style du code, ses types."""

import ast
import subprocess
import sys

import pytest

from autograde.cours.dossiers import CLASSE
from tests.poste_ouvert import RACINE


@pytest.mark.parametrize("verification", [("check",), ("format", "--check")], ids=" ".join)
def test_ruff_n_a_rien_a_redire(verification):
    vu = subprocess.run(
        [sys.executable, "-m", "ruff", *verification, "--no-cache", "."],
        cwd=RACINE,
        capture_output=True,
        text=True,
    )
    assert vu.returncode == 0, vu.stdout + vu.stderr


def test_mypy_n_a_rien_a_redire(tmp_path):
    vu = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path)],
        cwd=RACINE,
        capture_output=True,
        text=True,
    )
    assert vu.returncode == 0, vu.stdout + vu.stderr


# Qui a le droit d'écrire dans la console, et qui d'employer rich : une porte chacun.
PORTE, PORTE_DES_TABLEAUX = RACINE / "grc_helpers/affichage.py", RACINE / "autograde/console.py"


def ecrit_a_la_console(code: str) -> set[str]:
    """Par quoi ce code écrit lui-même dans la console, ou s'en donne le moyen."""
    trouves = set()
    for noeud in ast.walk(ast.parse(code)):
        if isinstance(noeud, ast.Name) and noeud.id == "print":
            trouves.add("print")
        elif isinstance(noeud, ast.Attribute) and noeud.attr in ("stdout", "stderr"):
            trouves.add("sys.stdout")
        elif isinstance(noeud, ast.Import):
            trouves |= {"rich" for nom in noeud.names if nom.name.split(".")[0] == "rich"}
        elif isinstance(noeud, ast.ImportFrom) and (noeud.module or "").split(".")[0] == "rich":
            trouves.add("rich")
    return trouves


@pytest.mark.parametrize(
    ("code", "par_quoi"),
    [
        ("print(nom)", {"print"}),
        ("from functools import partial\ndire = partial(print, sep='')", {"print"}),
        ("import sys\nsys.stderr.write(nom)", {"sys.stdout"}),
        ("from rich.console import Console", {"rich"}),
        ("import rich.table as t", {"rich"}),
        ('"""print(nom)"""\nafficher(nom)', set()),
    ],
)
def test_ce_qui_ecrit_a_la_console_se_reconnait(code, par_quoi):
    assert ecrit_a_la_console(code) == par_quoi


def test_rien_ne_s_affiche_sans_passer_par_la_porte():
    """Un nom, une réponse, un reçu qui s'affiche est d'abord rendu inerte : il n'y a qu'un endroit où l'oublier."""
    permis = {PORTE: {"print", "sys.stdout"}, PORTE_DES_TABLEAUX: {"rich"}}
    fichiers = [
        *(RACINE / "grc_helpers").rglob("*.py"),
        *(f for f in (RACINE / "autograde").rglob("*.py") if CLASSE not in f.parents),
    ]
    par_fichier = {f: ecrit_a_la_console(f.read_text(encoding="utf-8")) for f in fichiers}
    assert {f: par_quoi for f, par_quoi in par_fichier.items() if par_quoi} == permis
