"""Le carnet de notes du cours, ouvert avec nbgrader : pour le créer, et pour tout ce que son interface sait faire.

nbgrader n'est chargé qu'au moment d'ouvrir : ce qui n'a besoin que de lire ou d'écrire des notes passe par ``sql``, sans l'attendre.
"""

import warnings
from typing import TYPE_CHECKING

from autograde.cours.dossiers import Cours

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


def ouvrir(cours: Cours) -> "Gradebook":
    """Le carnet du cours, à utiliser avec ``with``."""
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import SAWarning

    # nbgrader 0.9 déclenche des avertissements de SQLAlchemy en créant une remise ; ils sont sans effet.
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
    cours.travail.mkdir(parents=True, exist_ok=True)
    _inscrire_la_version(cours.db_url)
    return Gradebook(cours.db_url)


def _inscrire_la_version(db_url: str) -> None:
    """Note dans un carnet neuf la version de ses tables : sans elle, nbgrader lance la commande « alembic », qui met des secondes."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR
    from sqlalchemy import create_engine, inspect

    moteur = create_engine(db_url)
    with moteur.begin() as connexion:
        if not inspect(connexion).get_table_names():
            MigrationContext.configure(connexion).stamp(ScriptDirectory(ALEMBIC_DIR), "head")
    moteur.dispose()


def inscrire_la_classe(cours: Cours, stagiaires: tuple) -> None:
    """Met au carnet le nom et le courriel de chaque stagiaire de la liste de classe : qui n'a rien rendu y est aussi."""
    with ouvrir(cours) as carnet:
        for stagiaire in stagiaires:
            carnet.update_or_create_student(
                stagiaire.identifiant,
                first_name=stagiaire.prenom,
                last_name=stagiaire.nom,
                email=stagiaire.courriel or None,
            )
