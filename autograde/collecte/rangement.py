"""Ranger une copie là où la correction la cherche, octet pour octet : la dernière version y est corrigée, les autres sont gardées.

    submitted/<stagiaire>/<devoir>/<devoir>.ipynb     la version à corriger
    submitted/<stagiaire>/<devoir>/versions/…         les autres, sous leur nom d'origine

Chaque écriture est entière ou n'a pas lieu, et rien n'est remplacé sans avoir été gardé : recommencer ne double ni ne perd rien.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from autograde.collecte.reconnaissance import Devoirs, est_un_notebook, lisible, numero_de_copie
from autograde.collecte.registre import Registre
from autograde.collecte.stagiaire import nom_de_dossier
from autograde.cours.dossiers import Cours
from autograde.fichiers.ecriture import ecriture_impossible
from autograde.fichiers.notebook import TAILLE_MAXIMALE, lire_notebook
from grc_helpers.ecriture import remplacer
from grc_helpers.reponses.recu import lire_la_remise

VERSIONS = "versions"
# Une archive de Moodle date souvent tous ses fichiers du moment où on la télécharge : un si petit écart ne dit rien.
ECART_QUI_COMPTE = timedelta(minutes=10)


def empreinte(contenu: bytes) -> str:
    return hashlib.sha256(contenu).hexdigest()


@dataclass(frozen=True)
class Version:
    """Une version d'une copie. ``qualite`` : 2 si c'est bien ce devoir, 1 si elle se lit, 0 sinon ; ``rendue`` : la date de son reçu ;
    ``fichiers`` : où elle est déjà rangée."""

    contenu: bytes
    nom: str
    date: datetime
    qualite: int
    rendue: str
    fichiers: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Rangement:
    """``nouvelle`` : faux si le fichier était déjà là ; ``doute`` : ce que le formateur doit savoir du choix de la version."""

    nouvelle: bool
    doute: str = ""


class Rangeur:
    """Range les copies d'un cours."""

    def __init__(self, cours: Cours, devoirs: Devoirs, registre: Registre):
        self.cours, self.devoirs, self.registre = cours, devoirs, registre

    def ranger(
        self, stagiaire: str, devoir: str, contenu: bytes, chemin: str, date: datetime | None
    ) -> Rangement:
        """Ajoute une version à la copie d'un stagiaire, et met en place celle qui se corrige. Lève ``ErreurFormateur``.

        Une version déjà connue ne change rien : le choix que le formateur aurait fait entre-temps reste.
        """
        dossier = self.cours.remises / stagiaire / devoir
        try:
            connues = self._connues(dossier, stagiaire, devoir)
            nouvelle = all(version.contenu != contenu for version in connues)
            if nouvelle:
                connues.append(
                    self._version(
                        contenu, PurePosixPath(chemin).name, date or datetime.now(), devoir
                    )
                )
            elif (dossier / f"{devoir}.ipynb").is_file():
                return Rangement(nouvelle=False)
            choisie, doute = la_derniere(connues)
            self._disposer(dossier, devoir, connues, choisie)
        except OSError as erreur:
            raise ecriture_impossible(dossier, erreur) from erreur
        return Rangement(nouvelle, doute)

    def _connues(self, dossier: Path, stagiaire: str, devoir: str) -> list[Version]:
        trouves: dict[bytes, tuple[Path, ...]] = {}
        for fichier in sorted(dossier.rglob("*")) if dossier.is_dir() else []:
            if (
                fichier.is_file()
                and est_un_notebook(fichier.name, b"")
                and fichier.stat().st_size <= TAILLE_MAXIMALE
            ):
                contenu = fichier.read_bytes()
                trouves[contenu] = (*trouves.get(contenu, ()), fichier)
        versions = []
        for contenu, fichiers in trouves.items():
            origine = self.registre.origine(stagiaire, devoir, empreinte(contenu))
            date = datetime.fromtimestamp(min(fichier.stat().st_mtime for fichier in fichiers))
            versions.append(
                self._version(
                    contenu, origine.rpartition("/")[2] or fichiers[0].name, date, devoir, fichiers
                )
            )
        return versions

    def _version(
        self, contenu: bytes, nom: str, date: datetime, devoir: str, fichiers: tuple[Path, ...] = ()
    ) -> Version:
        notebook = lire_notebook(contenu)[0]
        remise = lire_la_remise(notebook or {})
        qualite = (
            0 if notebook is None else 2 if self.devoirs.reconnaitre(notebook, "") == devoir else 1
        )
        return Version(
            contenu,
            lisible(nom).rpartition(" / ")[2],
            date,
            qualite,
            remise.date if remise else "",
            fichiers,
        )

    def _disposer(
        self, dossier: Path, devoir: str, versions: list[Version], choisie: Version
    ) -> None:
        a_corriger = dossier / f"{devoir}.ipynb"
        for version in versions:
            if version is not choisie and not set(version.fichiers) - {a_corriger}:
                remplacer(_libre(dossier / VERSIONS, version), version.contenu, version.date)
        if a_corriger not in choisie.fichiers:
            if a_corriger.is_file() and not any(
                a_corriger in version.fichiers for version in versions
            ):
                # Trop gros pour avoir été lu : il n'est pas remplacé sans avoir été gardé.
                (dossier / VERSIONS).mkdir(exist_ok=True)
                os.replace(
                    a_corriger,
                    dossier / VERSIONS / f"{datetime.now():%Y-%m-%d_%H-%M-%S}_{a_corriger.name}",
                )
            remplacer(a_corriger, choisie.contenu, choisie.date)
        for fichier in choisie.fichiers:
            if fichier.parent.name == VERSIONS:
                fichier.unlink()


def la_derniere(versions: list[Version]) -> tuple[Version, str]:
    """La version à corriger, et le doute s'il y en a un : la dernière rendue parmi celles qui se lisent.

    La date du reçu fait foi ; sinon celle du fichier, et le numéro « (1) » du navigateur quand les dates sont trop proches.
    """
    qualite = max(version.qualite for version in versions)
    bonnes = [version for version in versions if version.qualite == qualite]
    derniere = max(versions, key=lambda version: version.date)
    if derniere.date - max(version.date for version in bonnes) > timedelta(0):
        defaut = "n'est pas ce devoir" if derniere.qualite else "est illisible"
        ecartee = (
            f"le dernier fichier remis, « {derniere.nom} », {defaut} ; le précédent sera corrigé."
        )
    else:
        ecartee = ""
    if all(version.rendue for version in bonnes):
        return max(
            bonnes, key=lambda version: (version.rendue, numero_de_copie(version.nom))
        ), ecartee
    recente = max(version.date for version in bonnes)
    proches = [version for version in bonnes if recente - version.date < ECART_QUI_COMPTE]
    numero = max(numero_de_copie(version.nom) for version in proches)
    finales = [version for version in proches if numero_de_copie(version.nom) == numero]
    choisie = max(finales, key=lambda version: (version.rendue, version.date))
    if ecartee or len(finales) == 1:
        return choisie, ecartee
    noms = ", ".join(f"« {version.nom} »" for version in finales)
    return choisie, (
        f"dates trop proches pour savoir laquelle est la dernière : {noms}. « {choisie.nom} » sera corrigée ; "
        f"si c'est une autre, échangez-les (dossier {VERSIONS})."
    )


def _libre(dossier: Path, version: Version) -> Path:
    """Un nom libre, qui commence par la date et garde le nom d'origine."""
    nom = nom_de_dossier(version.nom)
    nom = nom if ".ipynb" in nom.lower() else f"{nom}.ipynb"
    base = f"{version.date:%Y-%m-%d_%H-%M-%S}_{nom}"
    chemin = dossier / base
    rang = 2
    while chemin.exists():
        chemin = dossier / f"{rang}_{base}"
        rang += 1
    return chemin
