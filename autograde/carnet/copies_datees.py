"""Les copies datées du carnet : une avant chaque correction, de quoi revenir en arrière si le fichier se perd ou s'abîme.

Elles se font avec la sauvegarde en ligne de SQLite : un autre programme peut écrire au même moment, la copie est entière. Un carnet qui
n'a pas changé n'est pas recopié, et un carnet abîmé ne chasse jamais une bonne copie. Un carnet PostgreSQL n'en a pas : c'est à son
serveur de le sauvegarder.
"""

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from autograde.carnet.sql import (
    ABIME,
    ATTENTE,
    ERREURS_DE_SQLITE,
    OCCUPE,
    OCCUPEE,
    CarnetAbime,
    CarnetIndisponible,
    code_sqlite,
)
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecriture_impossible

DERNIERES, JOURS = 10, 30  # les dix dernières, et la dernière de chacun des trente derniers jours
PLACE = 500_000_000  # octets : au-delà, les plus anciennes s'en vont
MINIMUM = 3  # celles-là restent, si grosses soient-elles
UN_JOUR = 86_400  # secondes
_NOM = "carnet_%Y-%m-%d_%Hh%Mm%S.db"
_DISQUE = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
)
# Ce que SQLite écrit à côté d'un carnet ouvert.
_ANNEXES = ("-journal", "-wal", "-shm")


class CopieDatee(NamedTuple):
    """Une copie du carnet, et ce qu'il contenait alors."""

    fichier: Path
    date: datetime

    def resume(self) -> tuple[int, int, int]:
        """Combien de TP, de copies corrigées, de notes saisies à la main."""
        with closing(_ouvrir(self.fichier)) as lue:
            return lue.execute(
                "select count(distinct assignment_id), count(*),"
                " (select count(*) from grade where manual_score is not null) from submitted_assignment"
            ).fetchone()


def copies_datees(cours: Cours) -> list[CopieDatee]:
    """Les copies du carnet de ce cours, la plus récente d'abord."""
    trouvees = []
    for fichier in cours.carnets_gardes.glob("carnet_*.db"):
        try:
            trouvees.append(CopieDatee(fichier, datetime.strptime(fichier.name, _NOM)))
        except ValueError:
            continue  # un fichier que quelqu'un a mis là
    return sorted(trouvees, key=lambda copie: copie.date, reverse=True)


def garder_une_copie(cours: Cours) -> None:
    """Copie le carnet tel qu'il est, s'il a changé depuis la dernière copie, et retire les copies de trop.

    Lève ``CarnetAbime`` si le carnet ne se lit plus, ``CarnetIndisponible`` s'il est occupé, ``ErreurFormateur`` si la copie ne peut pas
    s'écrire.
    """
    carnet = cours.fichier_du_carnet
    if cours.carnet or not carnet.is_file() or not carnet.stat().st_size:
        return
    date = carnet.stat().st_mtime_ns
    gardees = copies_datees(cours)
    if gardees and gardees[0].fichier.stat().st_mtime_ns == date:
        return
    try:
        with _brouillon(cours.carnets_gardes) as brouillon:
            _copier(carnet, brouillon)
            if not _est_commence(brouillon):
                return
            # Elle porte la date du carnet qu'elle copie : c'est à elle qu'on voit s'il a changé.
            os.utime(brouillon, ns=(date, date))
            os.replace(brouillon, cours.carnets_gardes / datetime.now().strftime(_NOM))
        _faire_de_la_place(copies_datees(cours))
    except OSError as erreur:
        raise ecriture_impossible(cours.carnets_gardes, erreur) from erreur


def remettre(cours: Cours, choisie: CopieDatee) -> None:
    """Remet une copie à la place du carnet, qui est gardé : parmi les copies s'il se lit, à côté d'elles s'il est abîmé."""
    with _brouillon(cours.carnets_gardes) as brouillon:
        try:
            _copier(choisie.fichier, brouillon)
        except CarnetAbime as erreur:
            raise ErreurFormateur(
                "Cette copie-là est abîmée : choisissez-en une autre."
            ) from erreur
        try:
            garder_une_copie(cours)
            _copier(brouillon, cours.fichier_du_carnet)
        except CarnetAbime:
            mettre_de_cote(cours)
            _copier(brouillon, cours.fichier_du_carnet)


def mettre_de_cote(cours: Cours) -> None:
    """Range le carnet et ce que SQLite a écrit autour, tels quels, dans le dossier des copies."""
    cours.carnets_gardes.mkdir(parents=True, exist_ok=True)
    range_sous = cours.carnets_gardes / datetime.now().strftime("remplace_%Y-%m-%d_%Hh%Mm%S.db")
    for annexe in (*_ANNEXES, ""):
        ancien = cours.fichier_du_carnet.with_name(cours.fichier_du_carnet.name + annexe)
        if ancien.exists():
            os.replace(ancien, range_sous.with_name(range_sous.name + annexe))


def _copier(source: Path, destination: Path) -> None:
    """Toute la base, d'un coup ; la destination reste telle qu'elle était si la source est abîmée."""
    limite = time.monotonic() + ATTENTE

    def patienter(etat: int, _reste: int, _total: int) -> None:
        if etat in OCCUPEE and time.monotonic() > limite:
            raise CarnetIndisponible(OCCUPE)

    try:
        with closing(_ouvrir(source)) as lue:
            if lue.execute("pragma quick_check(1)").fetchone() != ("ok",):
                raise CarnetAbime(ABIME)
            with closing(sqlite3.connect(destination, timeout=ATTENTE)) as ecrite:
                lue.backup(ecrite, progress=patienter)
    except ERREURS_DE_SQLITE as erreur:
        if code_sqlite(erreur) in OCCUPEE:
            raise CarnetIndisponible(OCCUPE) from erreur
        if code_sqlite(erreur) in _DISQUE:
            raise ErreurFormateur(
                f"Le carnet n'a pas pu être copié dans {destination.parent} : vérifiez que le disque n'est ni plein ni protégé, "
                "puis relancez. Rien n'a été corrigé."
            ) from erreur
        raise CarnetAbime(ABIME) from erreur


def _ouvrir(fichier: Path) -> sqlite3.Connection:
    # « rw » : après une coupure, SQLite doit pouvoir défaire ce qui était à moitié écrit.
    return sqlite3.connect(fichier.absolute().as_uri() + "?mode=rw", uri=True, timeout=ATTENTE)


def _est_commence(copie: Path) -> bool:
    """Un devoir au moins y est inscrit ; sinon, il n'y a rien à garder."""
    with closing(_ouvrir(copie)) as lue:
        tables = {nom for (nom,) in lue.execute("select name from sqlite_master")}
        return "assignment" in tables and bool(
            lue.execute("select 1 from assignment limit 1").fetchone()
        )


@contextmanager
def _brouillon(dossier: Path) -> Iterator[Path]:
    """Le chemin d'un fichier provisoire ; ceux qu'une coupure a laissés la veille s'en vont."""
    dossier.mkdir(parents=True, exist_ok=True)
    for reste in dossier.glob(".*.tmp*"):
        if time.time() - reste.stat().st_mtime > UN_JOUR:
            reste.unlink(missing_ok=True)
    chemin = dossier / f".{secrets.token_hex(8)}.tmp"
    try:
        yield chemin
    finally:
        chemin.unlink(missing_ok=True)


def _faire_de_la_place(copies: list[CopieDatee]) -> None:
    """Retire ce qui n'est ni des dernières, ni la dernière d'un jour récent, ni dans la place permise."""
    par_jour: dict = {}
    for copie in copies:
        par_jour.setdefault(copie.date.date(), copie)
    voulues = {*copies[:DERNIERES], *list(par_jour.values())[:JOURS]}
    place = 0
    for rang, copie in enumerate(copies):
        place += copie.fichier.stat().st_size
        if copie not in voulues or (place > PLACE and rang >= MINIMUM):
            copie.fichier.unlink(missing_ok=True)
