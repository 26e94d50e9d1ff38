"""Parler en SQL à la base du carnet : SQLite (un fichier) ou PostgreSQL (un serveur), avec les mêmes phrases.

C'est nbgrader qui crée la base et en décrit les tables (``nbgrader.api``). Mais le charger prend plusieurs secondes, et il
écrit case par case : ici, on ne charge que le pilote de la base, et on écrit une classe par lots.
"""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path

from autograde.erreurs import ErreurFormateur

ATTENTE = 60  # secondes
OCCUPEE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
# Le message d'un fichier abîmé peut l'être aussi : il ne se décode pas.
ERREURS_DE_SQLITE = (sqlite3.DatabaseError, UnicodeDecodeError)
ABIMEE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_ABSENT = "Le carnet n'existe pas encore. Lancez d'abord : grc corriger"
# Celles de nbgrader : un carnet où il en manque n'a pas fini d'être créé.
TABLES = {
    "alembic_version",
    "assignment",
    "base_cell",
    "comment",
    "course",
    "grade",
    "grade_cells",
    "notebook",
    "solution_cells",
    "source_cell",
    "student",
    "submitted_assignment",
    "submitted_notebook",
    "task_cells",
}
OCCUPE = "Le carnet est occupé par un autre programme. Attendez qu'il ait fini, puis relancez."
ABIME = (
    "Le carnet de notes est abîmé (coupure de courant, clé retirée trop tôt, disque fatigué) et ne se lit plus. "
    "Rien n'y a été changé. Remettez sa dernière copie : grc restaurer --carnet"
)
VERROU = 0x67726331  # PostgreSQL : nos lots s'écrivent l'un après l'autre, comme le fait SQLite


class CarnetAbsent(ErreurFormateur):
    """Le carnet n'existe pas encore : aucun devoir n'y a été inscrit."""


class CarnetAbime(ErreurFormateur):
    """Le fichier du carnet n'est plus lisible : il faut en remettre une copie."""


class CarnetIndisponible(ErreurFormateur):
    """Un autre programme écrit dans le carnet, ou son serveur ne répond pas : réessayer plus tard peut suffire."""


class Base:
    """Une connexion au carnet, à utiliser avec ``with``. Les paramètres d'une phrase s'y écrivent ``?``.

    ``attente`` : combien de secondes laisser à un autre formateur, ou à formgrader, pour finir d'écrire. Lève ``CarnetAbsent`` si le
    carnet n'existe pas encore, ``CarnetIndisponible`` s'il ne répond pas, ``CarnetAbime`` s'il n'est plus lisible, ``ErreurFormateur``
    si le pilote de PostgreSQL manque.
    """

    def __init__(self, db_url: str, attente: float = ATTENTE):
        self.postgres = not db_url.startswith("sqlite:")
        ouvrir = _ouvrir_postgres if self.postgres else _ouvrir_sqlite
        self._connexion, self._panne = ouvrir(db_url, attente)
        try:
            entier = self.tables() >= TABLES
        except BaseException:
            self.fermer()
            raise
        if not entier:
            self.fermer()
            raise CarnetAbsent(_ABSENT)

    def __enter__(self) -> "Base":
        return self

    def __exit__(self, *_exception) -> None:
        self.fermer()

    def fermer(self) -> None:
        self._connexion.close()

    def lire(self, sql: str, parametres: Sequence = ()) -> list[tuple]:
        """Les lignes que rend une phrase (aucune si ce n'est pas une question)."""
        with self._patience():
            curseur = self._connexion.cursor()
            curseur.execute(self._traduire(sql), parametres)
            return curseur.fetchall() if curseur.description else []

    def ecrire(self, sql: str, lignes: Iterable[Sequence]) -> None:
        """Répète une phrase pour chaque ligne de paramètres."""
        with self._patience():
            self._connexion.cursor().executemany(self._traduire(sql), list(lignes))

    def tables(self) -> set[str]:
        """Les tables du carnet, celles de nbgrader et les nôtres."""
        demande = (
            "select table_name from information_schema.tables where table_schema = current_schema()"
            if self.postgres
            else "select name from sqlite_master where type = 'table'"
        )
        return {nom for (nom,) in self.lire(demande)}

    def colonnes(self, table: str) -> set[str]:
        """Les colonnes d'une table ; aucune si elle n'existe pas."""
        demande = (
            "select column_name from information_schema.columns where table_name = ?"
            if self.postgres
            else "select name from pragma_table_info(?)"
        )
        return {nom for (nom,) in self.lire(demande, (table,))}

    @contextmanager
    def transaction(self):
        """Tout ce qui s'écrit dedans est gardé en entier ou pas du tout ; personne d'autre n'y écrit en même temps."""
        self.lire("begin" if self.postgres else "begin immediate")
        try:
            if self.postgres:
                self.lire("select pg_advisory_xact_lock(?)", (VERROU,))
            yield
        except BaseException:
            self.lire("rollback")
            raise
        self.lire("commit")

    @contextmanager
    def _patience(self):
        """Une base qui ne répond plus, ou un fichier abîmé, n'est pas une faute du programme."""
        try:
            yield
        except self._panne as erreur:
            if self.postgres or code_sqlite(erreur) in OCCUPEE:
                raise CarnetIndisponible(OCCUPE) from erreur
            if isinstance(erreur, UnicodeDecodeError) or code_sqlite(erreur) in ABIMEE:
                raise CarnetAbime(ABIME) from erreur
            raise

    def _traduire(self, sql: str) -> str:
        return sql.replace("?", "%s") if self.postgres else sql


def code_sqlite(erreur: Exception) -> int:
    """Ce que SQLite dit d'une erreur, sans le détail ; 0 si elle ne vient pas de lui."""
    return getattr(erreur, "sqlite_errorcode", 0) & 0xFF


def parmi(valeurs: Collection) -> str:
    """De quoi écrire ``in (…)`` pour ces valeurs.

    >>> parmi(["léa", "bilal"])
    'in (?, ?)'
    """
    return f"in ({', '.join('?' * len(valeurs))})"


def ecrivable(texte: str) -> str:
    """Le texte sans ce qu'une base refuse : le caractère nul (PostgreSQL), une moitié de caractère (SQLite).

    >>> ecrivable("« 4\\x0000\\ud800 »")
    '« 400? »'
    """
    return texte.replace("\0", "").encode("utf-8", "replace").decode()


def _ouvrir_sqlite(db_url: str, attente: float):
    fichier = Path(db_url.removeprefix("sqlite:///")).absolute()
    if not fichier.is_file():
        raise CarnetAbsent(_ABSENT)
    connexion = sqlite3.connect(
        fichier.as_uri() + "?mode=rw", uri=True, timeout=attente, isolation_level=None
    )
    # Un texte abîmé se lit quand même : mieux vaut un mot illisible qu'une commande arrêtée.
    connexion.text_factory = lambda octets: octets.decode(errors="replace")
    return connexion, ERREURS_DE_SQLITE


def _ouvrir_postgres(db_url: str, attente: float):
    try:
        import psycopg
    except ModuleNotFoundError as erreur:
        raise ErreurFormateur(
            'Le carnet est sur PostgreSQL : installez son pilote une fois (pip install "psycopg[binary]"), puis relancez.'
        ) from erreur
    try:
        connexion = psycopg.connect(
            db_url.replace("+psycopg", "", 1),
            autocommit=True,
            options=f"-c lock_timeout={int(1000 * attente)}",
        )
    except psycopg.OperationalError as erreur:
        raise CarnetIndisponible(
            "Le carnet PostgreSQL ne répond pas, ou refuse l'accès : vérifiez son adresse, le nom et le mot de passe (GRC_CARNET), et le "
            "réseau."
        ) from erreur
    return connexion, psycopg.OperationalError
