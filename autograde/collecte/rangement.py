"""Ranger une copie là où la correction la cherche, octet pour octet : la dernière version y est corrigée, les autres sont gardées.

    submitted/<stagiaire>/<devoir>/<devoir>.ipynb     la version à corriger
    submitted/<stagiaire>/<devoir>/versions/…         les autres, sous leur nom d'origine

Chaque écriture est entière ou n'a pas lieu, et rien n'est remplacé sans avoir été gardé : recommencer ne double ni ne perd rien.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograde.collecte.archives import Fichier
from autograde.collecte.devoirs import Devoirs
from autograde.collecte.liste_de_classe.stagiaire import nom_de_dossier
from autograde.collecte.reconnaissance import est_un_notebook, lisible, numero_de_copie
from autograde.collecte.registre import Registre
from autograde.collecte.versions import VERSIONS, Version, choisir
from autograde.copie.recu import verifier_le_recu
from autograde.cours.dossiers import Cours
from autograde.fichiers.ecriture import ecriture_impossible
from autograde.fichiers.notebook import TAILLE_MAXIMALE, lire_notebook
from grc_helpers.ecriture import remplacer
from grc_helpers.reponses.recu import lire_la_remise

# Ce qui dit de qui est une copie sans que le stagiaire l'ait tapé : dans le registre, la colonne « par ».
OFFICIELS = ("Moodle", "nbgrader", "vous")


def empreinte(contenu: bytes) -> str:
    return hashlib.sha256(contenu).hexdigest()


@dataclass(frozen=True)
class Rangement:
    """``nouvelle`` : faux si le fichier était déjà là ; ``doutes`` : ce que le formateur doit savoir du choix de la version."""

    nouvelle: bool
    doutes: tuple[str, ...] = ()


class Rangeur:
    """Range les copies d'un cours."""

    def __init__(self, cours: Cours, devoirs: Devoirs, registre: Registre):
        self.cours, self.devoirs, self.registre = cours, devoirs, registre

    def ranger(self, stagiaire: str, fichier: Fichier, devoir: str, par: str) -> Rangement:
        """Ajoute une version à la copie d'un stagiaire, et met en place celle qui se corrige. Lève ``ErreurFormateur``.

        ``par`` : ce qui a fait reconnaître le stagiaire. Une version déjà connue ne change rien : le choix que le formateur aurait fait
        entre-temps reste.
        """
        dossier = self.cours.remises / stagiaire / devoir
        a_corriger = dossier / f"{devoir}.ipynb"
        try:
            connues = self._connues(dossier, stagiaire, devoir)
            nouvelle = all(version.contenu != fichier.contenu for version in connues)
            if nouvelle:
                connues.append(self._version(fichier, devoir, par))
            choix = choisir(connues)
            if nouvelle or not a_corriger.is_file():
                self._disposer(dossier, devoir, connues, choix.version)
            elif a_corriger not in choix.version.fichiers:
                return Rangement(nouvelle)  # le formateur en a préféré une autre : il sait
        except OSError as erreur:
            raise ecriture_impossible(dossier, erreur) from erreur
        return Rangement(nouvelle, choix.doutes)

    def _connues(self, dossier: Path, stagiaire: str, devoir: str) -> list[Version]:
        trouves: dict[bytes, tuple[Path, ...]] = {}
        for fichier in sorted(dossier.rglob("*")) if dossier.is_dir() else []:
            if (
                fichier.is_file()
                and not fichier.is_symlink()
                and est_un_notebook(fichier.name, b"")
                and fichier.stat().st_size <= TAILLE_MAXIMALE
            ):
                contenu = fichier.read_bytes()
                trouves[contenu] = (*trouves.get(contenu, ()), fichier)
        versions = []
        for contenu, fichiers in trouves.items():
            ligne = self.registre.ligne(stagiaire, devoir, empreinte(contenu))
            date = datetime.fromtimestamp(min(fichier.stat().st_mtime for fichier in fichiers))
            lue = Fichier(ligne.origine if ligne else fichiers[0].name, date, contenu)
            # Ce que nous n'avons pas rangé, le formateur l'a posé là.
            versions.append(self._version(lue, devoir, ligne.par if ligne else "vous", fichiers))
        return versions

    def _version(
        self, fichier: Fichier, devoir: str, par: str, fichiers: tuple[Path, ...] = ()
    ) -> Version:
        notebook = lire_notebook(fichier.contenu)[0]
        remise = lire_la_remise(notebook or {})
        c_est_lui = notebook is not None and self.devoirs.reconnaitre(notebook, "") == devoir
        return Version(
            fichier.contenu,
            lisible(fichier.nom).rpartition(" / ")[2],
            fichier.date or datetime.now(),
            numero=numero_de_copie(fichier.nom),
            qualite=0 if notebook is None else 2 if c_est_lui else 1,
            reponses=self.devoirs.nombre_de_reponses(notebook, devoir) if notebook else 0,
            officielle=par in OFFICIELS,
            rendue=remise.instant if remise else None,
            code=remise.code if remise else "",
            recu=verifier_le_recu(notebook, devoir)[0],
            fichiers=fichiers,
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
