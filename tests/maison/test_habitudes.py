"""Les habitudes de la maison, vérifiées à chaque fois : le style du code, ses types."""

import subprocess
import sys

import pytest

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
