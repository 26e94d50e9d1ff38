"""Distribuer : le .zip que reçoit le stagiaire, pour un TP ou pour tout le cours, et le contrôle qu'aucun corrigé n'y est.

Chaque .zip se suffit à lui-même (le TP, l'accueil, les outils) et tous se décompressent dans le même dossier : un TP s'ajoute aux
précédents. On prend ce qui sert au lieu d'ôter ce qui gêne : un fichier ajouté plus tard au dépôt ne part pas par oubli.
"""

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from autograde.cours.corrige import reponses_types
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.production.production import generer
from autograde.production.sommaire import ACCUEIL
from autograde.prose.bareme import BaremeRedige
from grc_helpers.francais.nombres import sans_accents
from grc_helpers.reponses.notebook import cellules, lire_reponses, source

DOSSIER = "gestion_relation_client"
# Un notebook, une image ou des données : rien d'autre n'a sa place dans course/.
DISTRIBUABLES = {".ipynb", ".png", ".svg", ".csv"}
OUTILS = {".py", ".csv", ".md", ".toml", ".css", ".js", ".json"}
RACINE = ("pyproject.toml", "binder/versions.txt", "LICENSE.md", "LICENSE-textes.md")
# Ce que Python et le poste écrivent quand on ouvre le cours ici : ignoré de git, jamais distribué.
RESTES = {".ipynb_checkpoints", ".grc", "a_rendre", "__pycache__"}
REPERES = ["BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "MARK SCHEME", "autograde", "noter("]
LISEZ_MOI = "README.md"
# Ce que ``verifier_la_production`` et ``controler`` ont vérifié, et rien de plus : c'est ce que lit le formateur.
CONTROLE = (
    "Contrôlé : course/ est ce que solutions/ produit ; rien que les séances et les outils du stagiaire ; dans les notebooks, ni réponse, "
    "ni sortie, ni test caché ; nulle part une phrase des réponses types ou des barèmes (cinq mots ou plus). "
    "Non contrôlé : les images, et les chiffres qu'un calcul permet de retrouver."
)


@dataclass(frozen=True)
class Paquet:
    """Un .zip écrit et contrôlé : son chemin, ses séances."""

    chemin: Path
    seances: list[str]

    @property
    def taille(self) -> int:
        """En kilo-octets."""
        return -(-self.chemin.stat().st_size // 1000)


def distribuer(cours: Cours, devoir: str = "") -> Paquet:
    """Écrit le .zip d'un devoir, ou de tout le cours. Lève ``ErreurFormateur`` au moindre doute, et n'écrit alors rien."""
    if devoir and devoir not in cours.dossiers():
        raise ErreurFormateur(
            f"« {devoir} » n'existe pas. Choisissez parmi : {', '.join(cours.dossiers())}."
        )
    seances = [devoir] if devoir else [nom for nom in cours.dossiers() if nom != ACCUEIL]
    verifier_la_production(cours, [*seances, ACCUEIL])
    chemin = cours.distribution / f"{DOSSIER}{'_' * bool(devoir)}{devoir}.zip"
    archive = io.BytesIO()
    ecrire_le_paquet(cours, seances, archive)
    if defauts := controler_le_paquet(cours, archive):
        raise ErreurFormateur(
            "Rien n'est distribué, le contrôle a trouvé :\n"
            + "\n".join(f"• {defaut}" for defaut in defauts)
        )
    ecrire_en_entier(chemin, archive.getvalue())
    return Paquet(chemin, seances)


def verifier_la_production(cours: Cours, noms: list[str]) -> None:
    """``course/`` est exactement ce que ``solutions/`` produit : ni retard, ni réponse tapée dans le notebook distribué."""
    with tempfile.TemporaryDirectory() as dossier:
        neuf = Cours(cours.racine, Path(dossier) / "travail")
        for nom in noms:
            generer(neuf, nom, Path(dossier) / "course")
        attendus = {
            f.relative_to(Path(dossier) / "course"): f.read_bytes()
            for f in (Path(dossier) / "course").rglob("*")
            if f.is_file()
        }
        presents = {
            f.relative_to(cours.distribue): f.read_bytes()
            for nom in noms
            for f in fichiers_distribuables(cours.distribue / nom)
        }
    changes = sorted(
        {
            chemin.parts[0]
            for chemin in attendus.keys() | presents.keys()
            if attendus.get(chemin) != presents.get(chemin)
        }
    )
    if changes:
        raise ErreurFormateur(
            f"course/ n'est pas à jour, ou quelqu'un y a travaillé. Lancez d'abord : grc produire {' '.join(changes)}"
        )


def fichiers_distribuables(dossier: Path) -> Iterator[Path]:
    """Les fichiers d'un dossier de ``course/``, sans ce que le poste y a laissé."""
    return (f for f in sorted(dossier.rglob("*")) if f.is_file() and not RESTES & set(f.parts))


def ecrire_le_paquet(cours: Cours, seances: list[str], paquet: Path | BinaryIO) -> None:
    """Écrit l'archive : les séances, l'accueil, les outils du stagiaire et de quoi les installer."""
    fichiers = [
        f for nom in [ACCUEIL, *seances] for f in fichiers_distribuables(cours.distribue / nom)
    ]
    fichiers += [
        f for f in fichiers_distribuables(cours.racine / "grc_helpers") if f.suffix in OUTILS
    ]
    fichiers += [cours.racine / nom for nom in RACINE]
    with zipfile.ZipFile(paquet, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for fichier in fichiers:
            archive.write(fichier, f"{DOSSIER}/{fichier.relative_to(cours.racine).as_posix()}")
        archive.writestr(f"{DOSSIER}/{LISEZ_MOI}", lisez_moi(cours))


def lisez_moi(cours: Cours) -> str:
    """Ce que lit le stagiaire : la partie du README qui dit comment ouvrir le cours, et rien d'autre."""
    readme = (cours.racine / LISEZ_MOI).read_text(encoding="utf-8")
    ouvrir = re.search(r"^## Ouvrir le cours\n.*?(?=^## )", readme, re.MULTILINE | re.DOTALL)
    return (
        "# Gestion de la relation client\n\n"
        + (ouvrir[0].rstrip() if ouvrir else "python -m grc_helpers")
        + "\n"
    )


def controler_le_paquet(cours: Cours, paquet: Path | BinaryIO) -> list[str]:
    """Relit l'archive telle qu'elle est : ce qui n'a rien à y faire, et tout ce qui ressemble à un corrigé."""
    defauts = []
    phrases = {sans_accents(phrase) for phrase in textes_du_corrige(cours)}
    with zipfile.ZipFile(paquet) as archive:
        for nom in archive.namelist():
            court = nom.removeprefix(f"{DOSSIER}/")
            if not _a_sa_place(court):
                defauts.append(f"{court} n'a rien à faire chez le stagiaire.")
            elif not nom.endswith((".png", ".svg")):
                contenu = archive.read(nom).decode("utf-8")
                if court.endswith(".ipynb"):
                    notebook = json.loads(contenu)
                    defauts += [
                        f"{court} : {defaut}."
                        for defaut in _defauts_du_notebook(cours, court, notebook)
                    ]
                    contenu = texte_du_notebook(notebook)
                plat = sans_accents(contenu)
                defauts += [
                    f"{court} contient du corrigé : « {phrase} »."
                    for phrase in phrases
                    if phrase in plat
                ]
    return defauts


def _a_sa_place(chemin: str) -> bool:
    suffixe, premier = Path(chemin).suffix, chemin.split("/")[0]
    if premier in ("course", "grc_helpers"):
        return suffixe in (DISTRIBUABLES if premier == "course" else OUTILS)
    return chemin in (*RACINE, LISEZ_MOI)


def texte_du_notebook(notebook: dict) -> str:
    """Tout ce qui se lit dans un notebook : ses cellules et ses métadonnées."""
    metadonnees = [notebook["metadata"], *(cellule["metadata"] for cellule in cellules(notebook))]
    return "\n".join(
        [*map(source, cellules(notebook)), json.dumps(metadonnees, ensure_ascii=False)]
    )


def _defauts_du_notebook(cours: Cours, chemin: str, notebook: dict) -> list[str]:
    """Une réponse déjà écrite, une sortie, un repère de la source."""
    nom, texte = Path(chemin).stem, texte_du_notebook(notebook)
    defauts = [f"« {repere} » y est resté" for repere in REPERES if repere in texte]
    defauts += (
        ["des sorties y sont restées"]
        if any(cellule.get("outputs") for cellule in cellules(notebook))
        else []
    )
    if nom in cours.devoirs_notes():
        lues = lire_reponses(notebook, charger_devoir(cours, nom).questions)
        defauts += [
            f"la question {question} a déjà une réponse"
            for question, reponse in lues.reponses.items()
            if not reponse.vide
        ]
    return defauts


def textes_du_corrige(cours: Cours) -> list[str]:
    """Les phrases des réponses types et des barèmes : aucune ne doit se retrouver chez le stagiaire."""
    phrases = []
    for nom in cours.devoirs_notes():
        devoir = charger_devoir(cours, nom)
        for identifiant, texte in reponses_types(cours, devoir).items():
            bareme = devoir.bareme[identifiant]
            if isinstance(bareme, BaremeRedige):
                phrases += re.split(r"[.\n]", texte)
                phrases += [element.libelle for element in bareme.elements]
            phrases += [erreur.message for erreur in getattr(bareme, "erreurs_typiques", [])]
    return [phrase.strip() for phrase in phrases if len(phrase.split()) >= 5]
