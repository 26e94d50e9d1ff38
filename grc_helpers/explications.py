"""Dire en français la cause d'une panne du système ou du carnet, et le geste à faire : une seule table pour toutes les commandes.

N'utilise que la bibliothèque standard. Ce que personne n'a prévu est gardé dans un fichier, pour l'équipe du cours.
"""

from __future__ import annotations  # lu aussi par un Python trop ancien

import errno
import os
import sqlite3
import tempfile
import traceback
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from grc_helpers.ecriture import remplacer
from grc_helpers.erreurs import ErreurExpliquee


class Panne(Enum):
    """Une cause que l'on reconnaît, et ce qu'il faut faire avant de relancer."""

    DISQUE_PLEIN = "le disque est plein", "libérez de la place"
    LECTURE_SEULE = (
        "cet endroit ne se laisse pas écrire (lecture seule)",
        "ôtez la protection de la clé, du fichier ou du dossier",
    )
    REFUS = (
        "l'accès est refusé",
        "fermez ce fichier s'il est ouvert ailleurs, et vérifiez que son dossier est à vous",
    )
    OCCUPE = "un autre programme s'en sert", "fermez-le, ou attendez qu'il ait fini"
    ABSENT = "un fichier ou un dossier n'est plus là", "rebranchez la clé ou le disque où il est"
    NOM_TROP_LONG = (
        "un nom de fichier ou de dossier est trop long",
        "raccourcissez-le, ou rapprochez le dossier de la racine du disque",
    )
    DISQUE_MUET = "le disque, la clé ou le réseau ne répond plus", "vérifiez le branchement"
    TROP_OUVERT = "trop de fichiers sont ouverts à la fois", "fermez d'autres programmes"
    MEMOIRE = "la mémoire de cette machine est pleine", "fermez d'autres programmes"
    CARNET_ABIME = (
        "le carnet de notes est abîmé",
        "mettez le fichier gradebook.db à part, sans l'effacer, et remettez sa dernière copie de sauvegarde",
    )
    CARNET_INCOMPLET = (
        "le carnet de notes n'a pas la forme attendue",
        "remettez sa dernière copie de sauvegarde, ou signalez-le à l'équipe du cours",
    )

    @property
    def cause(self) -> str:
        return self.value[0]

    @property
    def geste(self) -> str:
        return self.value[1]


_DU_SYSTEME = {
    Panne.DISQUE_PLEIN: ("ENOSPC", "EDQUOT", "EFBIG"),
    Panne.LECTURE_SEULE: ("EROFS",),
    Panne.REFUS: ("EACCES", "EPERM"),
    Panne.OCCUPE: ("EBUSY", "ETXTBSY", "EAGAIN", "EDEADLK"),
    Panne.ABSENT: ("ENOENT", "ENOTDIR"),
    Panne.NOM_TROP_LONG: ("ENAMETOOLONG",),
    Panne.DISQUE_MUET: ("EIO", "ENODEV", "ENXIO", "ESTALE", "EHOSTDOWN", "ENETDOWN", "ETIMEDOUT"),
    Panne.TROP_OUVERT: ("EMFILE", "ENFILE"),
    Panne.MEMOIRE: ("ENOMEM",),
}
_PAR_ERRNO = {
    getattr(errno, nom): panne
    for panne, noms in _DU_SYSTEME.items()
    for nom in noms
    if hasattr(errno, nom)
}
# Les codes de SQLite (https://sqlite.org/rescode.html), sans leur précision : elle est dans les octets hauts.
_PAR_CODE_SQLITE = {
    3: Panne.REFUS,  # PERM
    5: Panne.OCCUPE,  # BUSY
    6: Panne.OCCUPE,  # LOCKED
    7: Panne.MEMOIRE,  # NOMEM
    8: Panne.LECTURE_SEULE,  # READONLY
    10: Panne.DISQUE_MUET,  # IOERR
    11: Panne.CARNET_ABIME,  # CORRUPT
    13: Panne.DISQUE_PLEIN,  # FULL
    14: Panne.REFUS,  # CANTOPEN
    26: Panne.CARNET_ABIME,  # NOTADB
}
# Les codes de PostgreSQL, lus sur l'erreur que son pilote lève.
_PAR_SQLSTATE = {
    "25006": Panne.LECTURE_SEULE,
    "42501": Panne.REFUS,
    "53100": Panne.DISQUE_PLEIN,
    "53200": Panne.MEMOIRE,
    "55P03": Panne.OCCUPE,
    "58030": Panne.DISQUE_MUET,
    "XX001": Panne.CARNET_ABIME,
}


def reconnaitre(erreur: BaseException) -> tuple[Panne, BaseException] | None:
    """La panne, et l'erreur qui la dit : elle-même ou l'une de celles dont elle vient. Rien si on ne la reconnaît pas.

    >>> reconnaitre(OSError(errno.ENOSPC, "No space left on device"))[0].cause
    'le disque est plein'
    >>> reconnaitre(ZeroDivisionError()) is None
    True
    """
    chaine = list(_chaine(erreur))
    for une in chaine:
        if panne := _panne(une):
            return panne, une
    # Le carnet a refusé pour une raison que la table ne connaît pas : au moins sait-on que c'est lui.
    du_carnet = next((une for une in chaine if isinstance(une, sqlite3.Error)), None)
    return (Panne.CARNET_INCOMPLET, du_carnet) if du_carnet else None


def expliquer(erreur: Exception) -> str:
    """Ce que la commande dit d'une erreur qui l'arrête : jamais le message anglais de la bibliothèque qui l'a levée.

    >>> print(expliquer(PermissionError(errno.EACCES, "Permission denied", "notes.csv")))
    L'accès est refusé (notes.csv). Ce qui était fait est gardé : fermez ce fichier s'il est ouvert ailleurs, et vérifiez que son dossier \
est à vous, puis relancez la même commande.
    """
    if isinstance(erreur, ErreurExpliquee):
        return str(erreur)
    if reconnue := reconnaitre(erreur):
        panne, dite_par = reconnue
        cause = panne.cause[0].upper() + panne.cause[1:]
        return f"{cause}{_lieu(dite_par)}. Ce qui était fait est gardé : {panne.geste}, puis relancez la même commande."
    return f"Imprévu ({type(erreur).__name__}) : une faute du programme. Rien n'a été effacé. {_ou_est_le_detail(erreur)}"


def _panne(erreur: BaseException) -> Panne | None:
    if isinstance(erreur, MemoryError):
        return Panne.MEMOIRE
    if isinstance(erreur, sqlite3.Error):
        return _PAR_CODE_SQLITE.get(getattr(erreur, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(erreur, OSError):
        return _PAR_ERRNO.get(erreur.errno or 0)
    return _PAR_SQLSTATE.get(getattr(erreur, "sqlstate", None) or "")


def _chaine(erreur: BaseException | None) -> Iterator[BaseException]:
    """L'erreur, puis celles dont elle vient : la cause dite, celle que SQLAlchemy enveloppe, celle qui était en cours."""
    vues: set[int] = set()
    attendent = [erreur]
    while attendent:
        une = attendent.pop(0)
        if isinstance(une, BaseException) and id(une) not in vues:
            vues.add(id(une))
            yield une
            attendent += [getattr(une, "orig", None), une.__cause__, une.__context__]


def _lieu(erreur: BaseException) -> str:
    """Le fichier en cause, entre parenthèses, s'il est connu ; d'un fichier remplacé, celui qu'il devait être."""
    nom = getattr(erreur, "filename2", None) or getattr(erreur, "filename", None)
    return f" ({os.fsdecode(nom)})" if isinstance(nom, str | bytes | os.PathLike) else ""


def _ou_est_le_detail(erreur: Exception) -> str:
    """Garde ce qui s'est passé dans un dossier de cette machine que seul ce compte peut lire, et dit où."""
    try:
        detail = Path(tempfile.mkdtemp(prefix="grc_imprevu_")) / "detail.txt"
        remplacer(detail, "".join(traceback.format_exception(erreur)))
    except OSError:
        return "Signalez-le à l'équipe du cours."
    return f"Le détail, en anglais, est dans {detail} : envoyez-le à l'équipe du cours."
