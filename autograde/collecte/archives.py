"""Parcourir ce que le formateur a reçu (dossier, archive, archive dans une archive), un fichier à la fois, sans rien extraire.

Rien n'est écrit d'après un nom venu d'une archive : un chemin qui voudrait en sortir n'est qu'un texte. Le nombre de fichiers,
leur taille, leur taux de compression et la profondeur des archives sont bornés, envoi par envoi : une bombe est refusée sans être
ouverte, et n'empêche pas de lire ce que les autres ont rendu.
"""

import os
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograde.collecte.bornes import EnvoiDemesure, ResteALire, est_un_zip
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.notebook import TAILLE_MAXIMALE
from grc_helpers.francais.affichable import sur_une_ligne

TAILLE_D_ARCHIVE = 200_000_000  # octets d'une archive rangée dans une autre
REPERTOIRE_MAXIMAL = 10_000_000  # octets de la table des matières d'une archive
# Un notebook se réduit de 5 à 20 fois, une bombe de 1 000. Un petit fichier peut se réduire autant sans malice : un affichage répété.
TAUX_MAXIMAL, TAILLE_SUSPECTE = 200, 20_000_000
PROFONDEUR_MAXIMALE = 3
# Ce que les systèmes laissent derrière eux, et les brouillons de Jupyter.
_RESTES = re.compile(
    r"(^|/)(__MACOSX/|\._(?!\d+_assignsubmission_)|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.ipynb_checkpoints/|\.git/|\.venv/|\.grc/"
    r"|__pycache__/|node_modules/|site-packages/)"
)
_LIEN = "un raccourci ne se suit pas : copiez le fichier lui-même."
_AUTRES_ARCHIVES = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")


@dataclass(frozen=True)
class Fichier:
    """Un fichier de la source : son ``chemin`` (relatif, des « / », les archives comptent pour des dossiers), sa date, son contenu.

    ``refus`` dit pourquoi il n'a pas été lu ; le contenu est alors vide.
    """

    chemin: str
    date: datetime | None
    contenu: bytes = b""
    refus: str = ""

    @property
    def nom(self) -> str:
        return PurePosixPath(self.chemin).name


def parcourir(source: Path) -> Iterator[Fichier]:
    """Tous les fichiers d'une source. Lève ``ErreurFormateur`` si elle manque, ne s'ouvre pas ou dépasse les bornes."""
    reste = ResteALire()
    if source.is_dir():
        yield from _dossier(source, reste)
    elif not source.is_file():
        raise ErreurFormateur(
            f"Je ne trouve pas « {source} ». Indiquez l'archive téléchargée de Moodle, ou un dossier."
        )
    elif zipfile.is_zipfile(source):
        yield from _archive(source, "", 1, reste)
    elif source.suffix.lower() == ".zip":
        raise ErreurFormateur(
            f"L'archive « {source.name} » est incomplète ou abîmée : téléchargez-la à nouveau."
        )
    elif source.name.lower().endswith(_AUTRES_ARCHIVES):
        raise ErreurFormateur(
            f"Je n'ouvre que les archives .zip : décompressez « {source.name} », puis indiquez le dossier obtenu."
        )
    else:
        yield from _fichier_du_disque(source, source.name, reste)


def chemins_de_surface(source: Path) -> Iterator[str]:
    """Les chemins d'une source, sans rien lire ni ouvrir les archives emboîtées : de quoi voir les homonymes d'avance."""
    if source.is_dir():
        for dossier, _, noms in os.walk(source):
            yield from (
                sur_une_ligne((Path(dossier) / nom).relative_to(source).as_posix()) for nom in noms
            )
    elif zipfile.is_zipfile(source) and (archive := _ouvrir(source)[0]):
        with archive:
            yield from (_chemin_sur(_nom_lisible(entree)) for entree in archive.infolist())


def _dossier(racine: Path, reste: ResteALire) -> Iterator[Fichier]:
    for dossier, sous_dossiers, noms in os.walk(racine):
        sous_dossiers.sort()
        for nom in sorted(noms):
            fichier = Path(dossier) / nom
            yield from _fichier_du_disque(
                fichier, sur_une_ligne(fichier.relative_to(racine).as_posix()), reste
            )


def _fichier_du_disque(fichier: Path, chemin: str, reste: ResteALire) -> Iterator[Fichier]:
    if _RESTES.search(chemin) or reste.epuise(chemin):
        return
    try:
        reste.un_fichier(chemin)
        etat = fichier.lstat()
        date = datetime.fromtimestamp(etat.st_mtime)
        if not stat.S_ISREG(etat.st_mode):
            yield Fichier(chemin, date, refus=_LIEN)
        elif est_un_zip(chemin):
            yield from _archive(fichier, chemin + "/", 1, reste)
        elif etat.st_size > TAILLE_MAXIMALE:
            yield Fichier(chemin, date, refus=_trop_gros(TAILLE_MAXIMALE))
        else:
            reste.octets_lus(chemin, etat.st_size)
            yield _rendre(chemin, date, fichier.read_bytes())
    except EnvoiDemesure as demesure:
        yield Fichier(chemin, None, refus=str(demesure))
    except OSError:
        yield Fichier(chemin, None, refus="le fichier ne s'ouvre pas.")


def _archive(source, prefixe: str, profondeur: int, reste: ResteALire) -> Iterator[Fichier]:
    """Les fichiers d'une archive .zip (un chemin ou un fichier ouvert), et de celles qu'elle contient."""
    archive, refus = _ouvrir(source)
    if archive is None:
        yield _archive_refusee(prefixe, refus)
        return
    with archive:
        for entree in archive.infolist():
            chemin = prefixe + _chemin_sur(_nom_lisible(entree))
            if entree.filename.endswith("/") or _RESTES.search(chemin) or reste.epuise(chemin):
                continue
            try:
                reste.un_fichier(chemin)
                yield from _entree(archive, entree, chemin, profondeur, reste)
            except EnvoiDemesure as demesure:
                yield Fichier(chemin, _date(entree), refus=str(demesure))


def _ouvrir(source) -> tuple[zipfile.ZipFile | None, str]:
    """L'archive ouverte, ou ce qui empêche de l'ouvrir."""
    try:
        if _taille_du_repertoire(source) > REPERTOIRE_MAXIMAL:
            return None, "l'archive annonce beaucoup trop de fichiers."
        return zipfile.ZipFile(source), ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None, "l'archive est incomplète ou abîmée."


def _archive_refusee(prefixe: str, motif: str) -> Fichier:
    """Une archive parmi d'autres fichiers est laissée de côté ; s'il n'y a qu'elle, le formateur doit en donner une autre."""
    if not prefixe:
        raise ErreurFormateur(
            f"Je ne peux pas lire cette source : {motif} Téléchargez-la à nouveau."
        )
    return Fichier(prefixe.rstrip("/"), None, refus=motif)


def _entree(
    archive: zipfile.ZipFile,
    entree: zipfile.ZipInfo,
    chemin: str,
    profondeur: int,
    reste: ResteALire,
) -> Iterator[Fichier]:
    date = _date(entree)
    borne = TAILLE_D_ARCHIVE if est_un_zip(chemin) else TAILLE_MAXIMALE
    if refus := _motif_de_refus(entree, borne):
        yield Fichier(chemin, date, refus=refus)
        return
    with tempfile.SpooledTemporaryFile(max_size=TAILLE_MAXIMALE) as tampon:
        try:
            _copier(archive, entree, tampon, borne, lambda lus: reste.octets_lus(chemin, lus))
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            RuntimeError,
            NotImplementedError,
            ValueError,
        ) as erreur:
            yield Fichier(
                chemin,
                date,
                refus=str(erreur)
                if isinstance(erreur, _TropGros)
                else "ce fichier de l'archive est abîmé.",
            )
            return
        tampon.seek(0)
        if not est_un_zip(chemin):
            yield _rendre(chemin, date, tampon.read())
        elif profondeur >= PROFONDEUR_MAXIMALE:
            yield Fichier(
                chemin, date, refus=f"archives emboîtées plus de {PROFONDEUR_MAXIMALE} fois."
            )
        else:
            yield from _archive(tampon, chemin + "/", profondeur + 1, reste)


def _taille_du_repertoire(source) -> int:
    """Les octets de la table des matières d'une archive, que Python lirait d'un coup : ils sont annoncés tout à la fin."""
    with open(source, "rb") if isinstance(source, Path) else nullcontext(source) as flux:
        flux.seek(0, os.SEEK_END)
        flux.seek(max(0, flux.tell() - 66_000))
        _, marque, fin = flux.read().rpartition(b"PK\x05\x06")
    return int.from_bytes(fin[8:12], "little") if marque else 0


class _TropGros(RuntimeError):
    """L'entrée est plus grosse que ce qu'elle annonce."""


def _copier(
    archive: zipfile.ZipFile,
    entree: zipfile.ZipInfo,
    tampon,
    borne: int,
    compter: Callable[[int], None],
) -> None:
    """Décompresse par morceaux : la taille annoncée par l'archive ne se croit pas."""
    lus = 0
    with archive.open(entree) as flux:
        while morceau := flux.read(1_000_000):
            lus += len(morceau)
            compter(len(morceau))
            if lus > borne:
                raise _TropGros(_trop_gros(borne))
            tampon.write(morceau)


def _motif_de_refus(entree: zipfile.ZipInfo, borne: int) -> str:
    """Ce que l'annonce de l'entrée suffit à refuser."""
    if stat.S_ISLNK(entree.external_attr >> 16):
        return _LIEN
    if entree.flag_bits & 0x1:
        return "l'archive est protégée par un mot de passe."
    if entree.file_size > borne:
        return _trop_gros(borne)
    compresse = max(entree.compress_size, 1)
    if entree.file_size > TAILLE_SUSPECTE and entree.file_size > TAUX_MAXIMAL * compresse:
        return "compressé plus de 200 fois : c'est une archive piégée, pas une copie."
    return ""


def _rendre(chemin: str, date: datetime | None, contenu: bytes) -> Fichier:
    if chemin.lower().endswith(_AUTRES_ARCHIVES):
        return Fichier(
            chemin,
            date,
            refus="je n'ouvre que les archives .zip : décompressez-la, puis relancez sur le dossier obtenu.",
        )
    return Fichier(chemin, date, contenu)


def _trop_gros(borne: int) -> str:
    return f"le fichier dépasse {borne // 1_000_000} Mo."


def _nom_lisible(entree: zipfile.ZipInfo) -> str:
    """Le nom de l'entrée : sans le drapeau UTF-8, Python le croit en cp437 ; c'est souvent de l'UTF-8, ou du cp850 (Windows)."""
    if entree.flag_bits & 0x800:
        return entree.filename
    brut = entree.filename.encode("cp437", errors="replace")
    try:
        return brut.decode("utf-8")
    except UnicodeDecodeError:
        return brut.decode("cp850")


def _chemin_sur(nom: str) -> str:
    """Le chemin sans ce qui en ferait sortir : il ne sert qu'à reconnaître, mais il s'affiche aussi.

    >>> _chemin_sur("..\\\\..\\\\C:/evil/a.ipynb"), _chemin_sur("/etc/./x")
    ('C:/evil/a.ipynb', 'etc/x')
    """
    morceaux = [
        morceau for morceau in nom.replace("\\", "/").split("/") if morceau not in ("", ".", "..")
    ]
    return sur_une_ligne("/".join(morceaux)) or "sans_nom"


def _date(entree: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*entree.date_time)
    except ValueError:
        return None
