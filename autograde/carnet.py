"""Le carnet de notes du cours, ouvert avec nbgrader : pour le créer, et pour tout ce que son interface sait faire.

nbgrader n'est chargé qu'au moment d'ouvrir : ce qui n'a besoin que de lire ou d'écrire des notes passe par ``inscription``
et ``releve``, sans l'attendre.
"""

import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from autograde.cours import Cours

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


def ouvrir(cours: Cours) -> "Gradebook":
    """Le carnet du cours, à utiliser avec ``with``."""
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import SAWarning

    # À la création d'un carnet, nbgrader appelle la commande « alembic » : elle est à côté de l'interpréteur.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    # nbgrader 0.9 déclenche des avertissements de SQLAlchemy en créant une remise ; ils sont sans effet.
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
    cours.travail.mkdir(parents=True, exist_ok=True)
    return Gradebook(cours.db_url)
