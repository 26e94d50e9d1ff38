"""De quoi ouvrir formgrader, l'interface de relecture de nbgrader, sur le carnet du cours."""

import os
import sys
from pathlib import Path

from autograde.cours.dossiers import Cours
from grc_helpers.poste import commande_jupyterlab


def commande_formgrader(
    cours: Cours, navigateur: bool = True, port: int | None = None
) -> tuple[list[str], dict[str, str]]:
    """La commande et l'environnement qui ouvrent JupyterLab côté formateur, formgrader compris."""
    commande = commande_jupyterlab(
        cours.racine, navigateur, port, "--LabApp.default_url=/formgrader"
    )
    chemins = [str(Path(__file__).parents[1]), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    dossiers = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    return commande, os.environ | {
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, chemins)),
        "PATH": os.pathsep.join(dossiers),
        **cours.environnement,
    }
