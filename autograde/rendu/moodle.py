"""Ce que l'on rend à Moodle : le .zip des « fichiers de feedback », et les notes à importer.

Formes relevées dans le code de Moodle, avant et depuis la version 4.1 : ``mod/assign/feedback/file/importziplib.php``,
``mod/assign/feedback/offline/importgradeslib.php`` et ``grade/import/csv/classes/load_data.php``.
"""

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autograde.carnet.releve import Releve, releves
from autograde.carnet.stagiaires import stagiaires_inscrits
from autograde.collecte.registre import Registre
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.fichiers.tableur import ecrire_csv, sans_formule
from autograde.rendu.synthese import note_definitive
from grc_helpers.francais.forme import en_une_forme

_COURRIEL = re.compile(r"[^\s@=+-][^\s@]*@[^\s@]+")


@dataclass(frozen=True)
class PourMoodle:
    """Un fichier préparé. ``chemin`` est None si Moodle n'y reconnaîtrait personne ; ``manquent`` : qui n'y est pas, et pourquoi."""

    chemin: Path | None
    reconnus: int
    manquent: dict[str, list[str]] = field(default_factory=dict)


def zipper_les_retours(cours: Cours, nom: str, pages: list[Path]) -> PourMoodle:
    """Écrit ``retours/<devoir>_moodle.zip``, un dossier par stagiaire.

    Moodle coupe le nom du dossier aux « _ » et cherche le numéro en deuxième place : « Prénom Nom_12_assignfeedback_file_ ». Il passe
    sans rien dire les autres dossiers : sans numéro, la page est dans un dossier au seul nom du stagiaire.
    """
    numeros = _a_un_seul(Registre(cours).participants(nom))
    noms = {stagiaire: inscrit.nom for stagiaire, inscrit in stagiaires_inscrits(cours).items()}
    contenu = io.BytesIO()
    with zipfile.ZipFile(contenu, "w", zipfile.ZIP_DEFLATED) as archive:
        for page in pages:
            archive.write(
                page,
                f"{_dossier(page.stem, noms[page.stem], numeros.get(page.stem))}/retour-{nom.replace('_', '-')}.html",
            )
    chemin = cours.retours / f"{nom}_moodle.zip"
    ecrire_en_entier(chemin, contenu.getvalue())
    sans = [noms[page.stem] for page in pages if not numeros.get(page.stem)]
    return PourMoodle(chemin, len(pages) - len(sans), {"sans numéro Moodle": sans} if sans else {})


def notes_pour_le_carnet(cours: Cours, nom: str) -> PourMoodle:
    """Écrit ``notes/<devoir>_moodle_carnet.csv``, pour « Notes > Importer > Fichier CSV ». Reconnaît chacun à son courriel.

    Un fichier par devoir et seulement les notes définitives : une case vide effacerait la note déjà dans Moodle, et une ligne dont
    Moodle ne connaît pas le courriel fait refuser tout le fichier. Point décimal : Moodle le lit dans toutes les langues.
    """
    devoir = charger_devoir(cours, nom)
    courriels = _a_un_seul(
        {
            stagiaire: inscrit.courriel
            for stagiaire, inscrit in stagiaires_inscrits(cours).items()
            if _COURRIEL.fullmatch(inscrit.courriel)
        }
    )
    # Moodle retrouve sa colonne à son nom : une insécable, que le formateur n'y a pas tapée, en ferait une autre.
    colonne = sans_formule(en_une_forme(devoir.titres[""]))
    entete = ["Adresse de courriel", "Nom complet", colonne]
    return _notes(
        cours,
        f"{nom}_moodle_carnet",
        entete,
        _definitives(cours, nom),
        courriels,
        "sans courriel",
        ";",
    )


def notes_pour_le_devoir(cours: Cours, nom: str) -> PourMoodle:
    """Écrit ``notes/<devoir>_moodle_evaluation.csv``, la feuille d'évaluation hors ligne d'un devoir, pour un Moodle en français.

    Reconnaît chacun à son numéro de participant. La date dit à Moodle de garder une note changée chez lui après cet export.
    """
    # L'espace : le préfixe « Participant » que Moodle retire en a une dans certaines versions ; il ne doit jamais mordre sur le numéro.
    numeros = _a_un_seul(Registre(cours).participants(nom))
    cles = {stagiaire: numero and f"Participant {numero}" for stagiaire, numero in numeros.items()}
    entete = ["Identifiant", "Nom complet", "Note", "Note maximale", "Dernière modification (note)"]
    fin = [f"{charger_devoir(cours, nom).total:g}", f"{datetime.now():%Y-%m-%d %H:%M}"]
    return _notes(
        cours,
        f"{nom}_moodle_evaluation",
        entete,
        _definitives(cours, nom),
        cles,
        "sans numéro Moodle",
        ",",
        fin,
    )


def _a_un_seul(cles: dict[str, str]) -> dict[str, str]:
    """« » à la place de celles que plusieurs ont : Moodle donnerait à l'un la note de l'autre.

    >>> _a_un_seul({"yasmine": "famille@exemple.ma", "omar": "Famille@exemple.ma", "sara": "sara@exemple.ma"})
    {'yasmine': '', 'omar': '', 'sara': 'sara@exemple.ma'}
    """
    fois = Counter(cle.casefold() for cle in cles.values())
    return {stagiaire: cle if fois[cle.casefold()] == 1 else "" for stagiaire, cle in cles.items()}


def _notes(cours, fichier, entete, definitives, cles, inconnu, separateur, fin=()) -> PourMoodle:
    """Une ligne par note définitive de quelqu'un que Moodle reconnaîtra. Le fichier d'avant ne survit pas s'il n'y en a plus."""
    lignes = []
    manquent: dict[str, list[str]] = {}
    for releve, note in definitives:
        if isinstance(note, str):
            manquent.setdefault(note, []).append(releve.nom)
        elif not cles.get(releve.stagiaire):
            motif = f"{inconnu} à soi" if releve.stagiaire in cles else inconnu
            manquent.setdefault(motif, []).append(releve.nom)
        else:
            lignes.append([cles[releve.stagiaire], sans_formule(releve.nom), f"{note:.2f}", *fin])
    chemin = cours.notes / f"{fichier}.csv"
    if lignes:
        ecrire_csv(chemin, [entete, *lignes], separateur)
    else:
        chemin.unlink(missing_ok=True)
    return PourMoodle(chemin if lignes else None, len(lignes), manquent)


def _definitives(cours: Cours, nom: str) -> list[tuple[Releve, float | str]]:
    return [
        (releve, note_definitive(releve)) for releve in releves(cours, charger_devoir(cours, nom))
    ]


def _dossier(stagiaire: str, nom: str, numero: str | None) -> str:
    """Le dossier d'un stagiaire dans le .zip, que Windows accepte aussi.

    >>> _dossier("obrien", "Éloïse O'Brien", "12"), _dossier("a_12_x_y", "Ali: *Ben/Ali", None)
    ("Éloïse O'Brien_12_assignfeedback_file_", 'Ali Ben Ali (a 12 x y)')
    """
    entier = nom if numero or nom == stagiaire else f"{nom} ({stagiaire})"
    propre = (
        " ".join(re.sub(r'[\x00-\x1f<>:"/\\|?*_]+', " ", entier).split()).strip(". ") or "sans nom"
    )
    return f"{propre}_{numero}_assignfeedback_file_" if numero else propre
