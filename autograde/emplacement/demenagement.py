"""Sortir du code les données de la classe : elles étaient éparses dans ``autograde/``, elles ont maintenant leur dossier.

Tout se renomme, rien ne se copie : à chaque instant, un élément est en entier à l'ancienne place ou à la nouvelle. Interrompu, le
déménagement reprend à la commande suivante, avant qu'elle ne lise quoi que ce soit ; le carnet part le dernier.
"""

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from autograde.erreurs import ErreurFormateur

# Ce que la correction écrivait dans autograde/ ; avec le carnet (gradebook.db), rien d'autre n'en bouge.
_DONNEES = {
    "submitted",
    "ramassage",
    "a_distribuer",
    "autograded",
    "feedback",
    "retours",
    "notes",
    "decisions",
    "commentaires.yml",
    "demo",
}
_CARNET = "gradebook.db"
_ENTETE = b"SQLite format 3\0"
# L'ancienne démonstration est gardée, à côté de celle que « grc demo » efface et refait.
_NOUVEAUX_NOMS = {"demo": "demo_d_avant"}
_VERROU = ".demenagement.verrou"
_ATTENTE = 60  # secondes : le temps qu'un autre programme finisse d'écrire dans le carnet
_RAISONS = {
    errno.ENOSPC: "le disque est plein",
    errno.EACCES: "le dossier est protégé, ou un fichier est ouvert dans un autre programme",
    errno.EPERM: "le dossier est protégé",
    errno.EROFS: "le disque est protégé contre l'écriture",
    errno.EEXIST: "un fichier porte le nom de ce dossier",
    errno.EXDEV: "les deux dossiers ne sont pas sur le même disque, déplacez-le vous-même",
}


def demenager(ancien: Path, nouveau: Path) -> list[str]:
    """Déplace les données de la classe d'un dossier à l'autre, sur le même disque. Renvoie leurs noms ; aucun s'il n'y avait rien.

    Deux commandes lancées en même temps passent l'une après l'autre. Lève ``ErreurFormateur`` si une donnée est aux deux endroits, si le
    carnet sert ailleurs, ou si le disque refuse : l'ancien dossier est alors tel qu'il était.
    """
    if not _a_demenager(ancien):
        return []
    from filelock import FileLock  # ici : presque aucune commande n'a rien à déménager

    try:
        nouveau.mkdir(parents=True, exist_ok=True)
        with FileLock(nouveau / _VERROU):
            _refuser_les_doubles(ancien, nouveau)
            _finir_les_ecritures(ancien / _CARNET)
            return _renommer_tout(ancien, nouveau)
    except OSError as erreur:
        raise ErreurFormateur(
            f"Les données de la classe doivent passer de {ancien} à {nouveau}, et cela n'a pas pu se faire : "
            f"{Path(erreur.filename or nouveau).name}, {_raison(erreur)}. Rien n'est perdu. "
            "Fermez ce qui s'en sert (formgrader, tableur), libérez le disque ou le dossier, puis relancez."
        ) from erreur


def _a_demenager(dossier: Path) -> list[str]:
    """Les données de la classe qui sont dans ce dossier, le carnet en dernier, ce que SQLite écrit à côté de lui juste avant."""
    noms = [
        entree.name
        for entree in os.scandir(dossier)
        if entree.name.startswith(_CARNET)
        or (entree.name in _DONNEES and not _est_du_code(Path(entree.path)))
    ]
    return sorted(noms, key=lambda nom: (nom.startswith(_CARNET), nom == _CARNET, nom))


def _est_du_code(chemin: Path) -> bool:
    """Un paquet Python peut porter un de ces noms, ou en avoir laissé la trace : il ne bouge pas."""
    return any((chemin / nom).exists() for nom in ("__init__.py", "__pycache__"))


def _refuser_les_doubles(ancien: Path, nouveau: Path) -> None:
    doubles = [nom for nom in _a_demenager(ancien) if os.path.lexists(_arrivee(nouveau, nom))]
    if doubles:
        raise ErreurFormateur(
            f"Des données de la classe sont à deux endroits, dans {ancien} et dans {nouveau} : {', '.join(doubles)}. Rien n'est mélangé ni "
            "écrasé. Gardez les bonnes, rangez les autres hors de ces deux dossiers, puis relancez."
        )


def _finir_les_ecritures(carnet: Path) -> None:
    """Attend que personne n'écrive dans le carnet, et y fait rentrer ce que SQLite garde à côté : il se déplace alors d'un bloc."""
    if not _est_un_carnet(carnet):
        return
    try:
        with closing(sqlite3.connect(carnet, timeout=_ATTENTE, isolation_level=None)) as connexion:
            connexion.execute("begin exclusive")
            connexion.execute("rollback")
    except sqlite3.DatabaseError as erreur:
        if erreur.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise _occupe() from erreur
        return  # un carnet abîmé se déplace comme il est, avec tout ce qui l'entoure
    if carnet.with_name(f"{_CARNET}-wal").exists():
        raise _occupe()


def _est_un_carnet(fichier: Path) -> bool:
    """Un fichier abîmé dès la première ligne n'est pas confié à SQLite, qui ferait le ménage autour."""
    if not fichier.is_file():
        return False
    with fichier.open("rb") as lu:
        return lu.read(len(_ENTETE)) == _ENTETE


def _occupe() -> ErreurFormateur:
    return ErreurFormateur(
        "Les données de la classe doivent changer de dossier, et le carnet est ouvert dans un autre programme. Fermez-le (formgrader, "
        "une autre fenêtre), puis relancez."
    )


def _raison(erreur: OSError) -> str:
    return _RAISONS.get(erreur.errno or 0, erreur.strerror or str(erreur))


def _renommer_tout(ancien: Path, nouveau: Path) -> list[str]:
    """Renomme élément par élément ; au premier refus, ce qui vient de partir revient, et l'erreur remonte."""
    faits: list[str] = []
    try:
        for nom in _a_demenager(ancien):
            _renommer(ancien / nom, _arrivee(nouveau, nom))
            faits.append(nom)
    except OSError:
        for nom in reversed(faits):
            _renommer(_arrivee(nouveau, nom), ancien / nom)
        raise
    return faits


def _renommer(depart: Path, arrivee: Path) -> None:
    if depart.is_symlink() and not Path(os.readlink(depart)).is_absolute():
        _ecrire_le_lien_en_entier(depart)
    os.rename(depart, arrivee)


def _ecrire_le_lien_en_entier(lien: Path) -> None:
    """Un lien « ../copies » montrerait autre chose une fois déplacé."""
    provisoire = lien.with_name(f".{lien.name}.lien")
    provisoire.unlink(missing_ok=True)
    provisoire.symlink_to(lien.resolve(), target_is_directory=lien.is_dir())
    os.replace(provisoire, lien)


def _arrivee(nouveau: Path, nom: str) -> Path:
    return nouveau / _NOUVEAUX_NOMS.get(nom, nom)
