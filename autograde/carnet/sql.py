"""Parler en SQL à la base du carnet : SQLite (un fichier) ou PostgreSQL (un serveur), avec les mêmes phrases.

C'est nbgrader qui crée la base et en décrit les tables (``nbgrader.api``). Mais le charger prend plusieurs secondes, et il
écrit case par case : ici, on ne charge que le pilote de la base, et on écrit une classe par lots.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path

from autograde.erreurs import ErreurFormateur

ATTENTE = 60  # secondes : le temps qu'un autre formateur, ou formgrader, finisse d'écrire
_ABSENT = "Le carnet n'existe pas encore. Lancez d'abord : grc corriger"
_TABLE_SQLITE = "select 1 from sqlite_master where name = 'assignment'"
_VERROU = 0x67726331  # PostgreSQL : nos lots s'écrivent l'un après l'autre, comme le fait SQLite


class CarnetAbsent(ErreurFormateur):
    """Le carnet n'existe pas encore : aucun devoir n'y a été inscrit."""


class Base:
    """Une connexion au carnet, à utiliser avec ``with``. Les paramètres d'une phrase s'y écrivent ``?``.

    Lève ``CarnetAbsent`` si le carnet n'existe pas encore, ``ErreurFormateur`` si PostgreSQL ou son pilote manque.
    """

    def __init__(self, db_url: str):
        self.postgres = not db_url.startswith("sqlite:")
        self._connexion = _ouvrir_postgres(db_url) if self.postgres else _ouvrir_sqlite(db_url)
        if not self.lire(
            "select 1 from information_schema.tables where table_name = 'assignment'"
            if self.postgres
            else _TABLE_SQLITE
        ):
            self._connexion.close()
            raise CarnetAbsent(_ABSENT)

    def __enter__(self) -> "Base":
        return self

    def __exit__(self, *_exception) -> None:
        self._connexion.close()

    def lire(self, sql: str, parametres: Sequence = ()) -> list[tuple]:
        """Les lignes que rend une phrase (aucune si ce n'est pas une question)."""
        curseur = self._connexion.cursor()
        curseur.execute(self._traduire(sql), parametres)
        return curseur.fetchall() if curseur.description else []

    def ecrire(self, sql: str, lignes: Iterable[Sequence]) -> None:
        """Répète une phrase pour chaque ligne de paramètres."""
        self._connexion.cursor().executemany(self._traduire(sql), list(lignes))

    @contextmanager
    def transaction(self):
        """Tout ce qui s'écrit dedans est gardé en entier ou pas du tout ; personne d'autre n'y écrit en même temps."""
        try:
            self.lire("begin" if self.postgres else "begin immediate")
        except sqlite3.OperationalError as erreur:
            raise ErreurFormateur(
                "Le carnet est occupé par un autre programme. Attendez qu'il ait fini, puis relancez."
            ) from erreur
        try:
            if self.postgres:
                self.lire("select pg_advisory_xact_lock(?)", (_VERROU,))
            yield
        except BaseException:
            self.lire("rollback")
            raise
        self.lire("commit")

    def _traduire(self, sql: str) -> str:
        return sql.replace("?", "%s") if self.postgres else sql


def parmi(valeurs: Sequence) -> str:
    """De quoi écrire ``in (…)`` pour ces valeurs.

    >>> parmi(["léa", "bilal"])
    'in (?, ?)'
    """
    return f"in ({', '.join('?' * len(valeurs))})"


def _ouvrir_sqlite(db_url: str) -> sqlite3.Connection:
    fichier = Path(db_url.removeprefix("sqlite:///")).absolute()
    if not fichier.is_file():
        raise CarnetAbsent(_ABSENT)
    return sqlite3.connect(
        fichier.as_uri() + "?mode=rw", uri=True, timeout=ATTENTE, isolation_level=None
    )


def _ouvrir_postgres(db_url: str):
    try:
        import psycopg
    except ModuleNotFoundError as erreur:
        raise ErreurFormateur(
            'Le carnet est sur PostgreSQL : installez son pilote une fois (pip install "psycopg[binary]"), puis relancez.'
        ) from erreur
    try:
        return psycopg.connect(db_url.replace("+psycopg", "", 1), autocommit=True)
    except psycopg.OperationalError as erreur:
        raise ErreurFormateur(
            f"Le carnet PostgreSQL ne répond pas : vérifiez son adresse (GRC_CARNET) et le réseau. {erreur}"
        ) from erreur
