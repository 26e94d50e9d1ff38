"""Une copie du dépôt, où lancer ``grc`` comme un formateur : ce qui s'écrit à côté du code s'y voit sans toucher au vrai dépôt."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.classe_fictive import DEPOT

DOSSIERS = ("autograde", "binder", "course", "grc_helpers", "solutions")
# Ce que le vrai dépôt a de plus que ce qui se publie.
RESTES = shutil.ignore_patterns("classe", ".grc", "a_rendre", ".ipynb_checkpoints")


def copier_le_depot(racine: Path) -> Path:
    """Copie le code, le cours et les fichiers de la racine, sans aucune donnée de classe."""
    for dossier in DOSSIERS:
        shutil.copytree(DEPOT.racine / dossier, racine / dossier, ignore=RESTES)
    for fichier in DEPOT.racine.iterdir():
        if fichier.is_file() and fichier.name != ".git":
            shutil.copy(fichier, racine)
    return racine


def lancer(racine: Path, *commande: str, ici: str = ".", **variables: str):
    """Lance ``python -m …`` avec le code de cette copie, et sans la classe que l'essai aurait choisie."""
    herite = {nom: v for nom, v in os.environ.items() if nom not in ("GRC_TRAVAIL", "GRC_CARNET")}
    chemin = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    fixes = {"PYTHONPATH": str(racine), "PATH": chemin, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", *commande],
        cwd=racine / ici,
        env=herite | fixes | {"COLUMNS": "160"} | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def grc(racine: Path, *arguments: str, **variables: str) -> str:
    """Lance une commande qui doit réussir ; renvoie tout ce qu'elle dit."""
    fini = lancer(racine, "grc_helpers.lancer", *arguments, **variables)
    assert fini.returncode == 0, fini.stdout + fini.stderr
    return fini.stdout + fini.stderr


def grc_refuse(racine: Path, *arguments: str, **variables: str) -> str:
    """Lance une commande qui doit s'expliquer et s'arrêter ; renvoie ce qu'elle dit, sur une ligne."""
    fini = lancer(racine, "grc_helpers.lancer", *arguments, **variables)
    assert fini.returncode == 1 and "Traceback" not in fini.stderr, fini.stdout + fini.stderr
    return " ".join(fini.stderr.split())
