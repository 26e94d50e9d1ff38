"""Le carnet de notes du cours, ouvert avec nbgrader : pour le créer, et pour tout ce que son interface sait faire.

nbgrader n'est chargé qu'au moment d'ouvrir : ce qui n'a besoin que de lire ou d'écrire des notes passe par ``sql``, sans l'attendre.
"""

import warnings
from typing import TYPE_CHECKING

from autograde.carnet.ouverture import refuser_un_carnet_perdu
from autograde.carnet.sql import ATTENTE, VERROU, Base
from autograde.cours.dossiers import Cours

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


def ouvrir(cours: Cours) -> "Gradebook":
    """Le carnet du cours, à utiliser avec ``with``."""
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import SAWarning

    # nbgrader 0.9 déclenche des avertissements de SQLAlchemy en créant une remise ; ils sont sans effet.
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
    creer_le_carnet(cours)
    return Gradebook(cours.db_url)


def creer_le_carnet(cours: Cours) -> None:
    """Crée ce qui manque au carnet. Lève ``CarnetPerdu`` plutôt que d'en commencer un à la place de celui d'une classe corrigée."""
    refuser_un_carnet_perdu(cours)
    creer_les_tables(cours)


def creer_les_tables(cours: Cours) -> None:
    """Les tables de nbgrader et leur version, en une transaction : coupée, ou à deux, rien à moitié.

    Sans cette version, nbgrader lancerait la commande « alembic », qui met des secondes.
    """
    from alembic.script import ScriptDirectory
    from nbgrader.api import Base as Tables
    from nbgrader.dbutil import ALEMBIC_DIR
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    cours.travail.mkdir(parents=True, exist_ok=True)
    postgres = bool(cours.carnet)
    # Sans cela, le pilote de SQLite n'ouvre pas de transaction pour créer une table.
    reglages = {} if postgres else {"isolation_level": None, "timeout": ATTENTE}
    moteur = create_engine(cours.db_url, poolclass=NullPool, connect_args=reglages)
    with moteur.connect() as connexion:
        connexion.exec_driver_sql(
            f"select pg_advisory_xact_lock({VERROU})" if postgres else "begin immediate"
        )
        Tables.metadata.create_all(connexion)
        connexion.exec_driver_sql(
            "create table if not exists alembic_version (version_num varchar(32) not null primary key)"
        )
        if not connexion.exec_driver_sql("select 1 from alembic_version").first():
            version = ScriptDirectory(ALEMBIC_DIR).get_current_head()
            connexion.exec_driver_sql(f"insert into alembic_version values ('{version}')")
        connexion.exec_driver_sql(
            "insert into course (id) values ('default_course') on conflict do nothing"
        )
        connexion.commit()


def inscrire_la_classe(cours: Cours, stagiaires: tuple) -> None:
    """Met au carnet le nom et le courriel de chaque stagiaire de la liste de classe : qui n'a rien rendu y est aussi."""
    creer_le_carnet(cours)
    with Base(cours.db_url) as base, base.transaction():
        base.ecrire(
            "insert into student (id, first_name, last_name, email) values (?, ?, ?, ?) on conflict (id) do update set"
            " first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email",
            [(s.identifiant, s.prenom, s.nom, s.courriel or None) for s in stagiaires],
        )
