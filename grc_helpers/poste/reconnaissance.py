"""Reconnaître un cahier à ce qu'il contient, quels que soient le nom et la place de son fichier."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from grc_helpers.poste.sauvegardes import Sauvegardes
from grc_helpers.reponses.notebook import cellules, identifiant, source
from grc_helpers.seances.seances import lire_le_notebook, seances

RESSEMBLANCE = (
    0.6  # la part des cellules du cours qu'il faut retrouver : une cellule effacée n'empêche rien
)
TAILLE_MAXIMALE = 20_000_000  # octets : un cahier plus gros n'est pas un cahier du cours
# « TP1 Hugo », « TP1 Hugo.ipynb », « TP1.ipynb.txt » : tout ce que devient un cahier que l'on renomme.
_NOM_POSSIBLE = re.compile(r"[^.]+|.*\.(ipynb|json|txt)", re.IGNORECASE)


def reconnaitre(notebook: dict, references: Mapping[str, dict]) -> str:
    """Le chemin de la référence dont ce cahier est une copie ; rien si ce n'est aucune d'elles.

    Une copie d'un devoir se reconnaît à ses questions, celle d'une leçon à ses cellules.

    >>> cours = {"a/a.ipynb": {"cells": [{"id": "frise"}, {"id": "quiz"}]}, "b/b.ipynb": {"cells": [{"id": "carte"}]}}
    >>> reconnaitre({"cells": [{"id": "quiz"}, {"id": "frise"}, {"id": "ajoutee"}]}, cours)
    'a/a.ipynb'
    >>> reconnaitre({"cells": [{"id": "autre"}]}, cours)
    ''
    """
    notes = {chemin: _ressemblance(notebook, modele) for chemin, modele in references.items()}
    meilleure = max(notes, key=lambda chemin: notes[chemin], default="")
    return meilleure if meilleure and notes[meilleure][0] >= RESSEMBLANCE else ""


def _ressemblance(notebook: dict, modele: dict) -> tuple[float, float]:
    """La part des cellules du modèle que l'on retrouve ; puis, pour départager, celle des cellules restées mot pour mot."""
    retrouvees = max(_part(_questions, notebook, modele), _part(_noms, notebook, modele))
    return retrouvees, _part(_textes, notebook, modele)


def _part(lire: Callable[[dict], set], notebook: dict, modele: dict) -> float:
    attendues = lire(modele)
    return len(attendues & lire(notebook)) / len(attendues) if attendues else 0.0


def _questions(notebook: dict) -> set:
    return {identifiant(cellule) for cellule in cellules(notebook)} - {""}


def _noms(notebook: dict) -> set:
    return {str(cellule.get("id", "")) for cellule in cellules(notebook)} - {""}


def _textes(notebook: dict) -> set:
    return {(str(cellule.get("id", "")), source(cellule)) for cellule in cellules(notebook)}


def references(sauvegardes: Sauvegardes) -> dict[str, dict]:
    """Les cahiers du cours : leur version distribuée, sinon celle qui est en place."""
    presentes = {
        s.chemin: lire_le_notebook(sauvegardes.fichier(s.chemin))
        for s in seances(sauvegardes.racine)
    }
    connues = presentes | sauvegardes.origines()
    return {chemin: notebook for chemin, notebook in connues.items() if notebook}


def seance_de(sauvegardes: Sauvegardes, chemin: str, notebook: dict | None) -> str:
    """La séance dont le cahier ``chemin`` est la copie : lui-même s'il est à sa place, ou si on ne le reconnaît pas."""
    if not notebook or sauvegardes.a_une_origine(chemin):
        return chemin
    return reconnaitre(notebook, sauvegardes.origines()) or chemin


def egares(sauvegardes: Sauvegardes) -> dict[str, list[Path]]:
    """Par séance, les copies de travail qui ne sont pas à leur place, de la plus récente à la plus ancienne."""
    connues = sauvegardes.origines()
    trouves: dict[str, list[Path]] = {}
    for fichier in _fichiers_sans_place(sauvegardes.racine, connues):
        notebook = lire_le_notebook(fichier)
        seance = reconnaitre(notebook, connues) if notebook else ""
        if seance:
            trouves.setdefault(seance, []).append(fichier)
    for copies in trouves.values():
        copies.sort(key=lambda fichier: fichier.stat().st_mtime, reverse=True)
    return trouves


def _fichiers_sans_place(racine: Path, connues: Mapping[str, dict]) -> Iterator[Path]:
    for fichier in [*racine.glob("*"), *racine.glob("*/*")]:
        relatif = fichier.relative_to(racine)
        cache = any(partie.startswith(".") for partie in relatif.parts)
        if cache or relatif.as_posix() in connues or not _NOM_POSSIBLE.fullmatch(fichier.name):
            continue
        if fichier.is_file() and fichier.stat().st_size <= TAILLE_MAXIMALE:
            yield fichier


def remettre_a_leur_place(sauvegardes: Sauvegardes, ouverts: set[str]) -> dict[str, str]:
    """Remet à sa place le fichier renommé ou déplacé d'une séance qui n'en a plus. Un fichier ouvert (``ouverts``) reste où il est :
    il est rendu, par séance, avec son chemin. Lève ``OSError`` si le fichier ne se déplace pas."""
    absentes = [c for c in sauvegardes.origines_notees() if not sauvegardes.fichier(c).exists()]
    if not absentes:
        return {}
    trouves = egares(sauvegardes)
    ailleurs = {}
    for seance in absentes:
        for fichier in trouves.get(seance, [])[:1]:
            relatif = fichier.relative_to(sauvegardes.racine).as_posix()
            if relatif in ouverts:
                ailleurs[seance] = relatif
                continue
            sauvegardes.fichier(seance).parent.mkdir(parents=True, exist_ok=True)
            fichier.replace(sauvegardes.fichier(seance))
    return ailleurs
