"""Les séances du cours, lues dans les notebooks eux-mêmes : la liste se tient toute seule quand un dossier s'ajoute.

La première cellule d'un notebook dit son titre, sa séquence, sa durée et sur combien il est noté ; la cellule des
objectifs dit à quoi il sert. L'accueil, le README et le bandeau d'avancement n'ont pas d'autre source.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from grc_helpers.reponses.notebook import cellules, source

TABLEAUX = "tableaux_de_bord"
PAGES = ("accueil", "glossaire")  # des pages du cours, pas des séances
_RANGS = {"": 0, "tp": 1, "at": 2}  # dans une séquence : le cours, puis les TP, puis les ateliers


@dataclass(frozen=True)
class Seance:
    """Ce qu'un notebook dit de lui-même. ``chemin`` est relatif au dossier du cours, ``minutes`` vaut 0 si la durée n'est pas dite."""

    chemin: str
    titre: str
    sequence: str = ""
    minutes: int = 0
    note_sur: str = ""
    but: str = ""

    @property
    def dossier(self) -> str:
        return self.chemin.split("/")[0]

    @property
    def est_un_outil(self) -> bool:
        """Un simulateur à manipuler : ni questions, ni durée."""
        return self.dossier == TABLEAUX


def est_une_page(chemin: str) -> bool:
    """Vrai pour l'accueil et le glossaire : on n'y écrit rien, il n'y a rien à en garder."""
    return chemin.split("/")[0] in PAGES


def lire_seance(notebook: dict, chemin: str = "") -> Seance:
    """Ce que la première cellule et celle des objectifs disent de la séance. Ne lève jamais d'erreur.

    >>> titre = "# TP 1 · Gagner\\n\\n**Séquence 2 — Portefeuille** · durée : 2 h 30 · noté sur 20"
    >>> buts = "## À la fin, vous saurez\\n\\n- calculer une *valeur client* ;"
    >>> lue = lire_seance({"cells": [{"source": titre}, {"source": buts}]})
    >>> lue.titre, lue.sequence, lue.minutes, lue.note_sur, lue.but
    ('TP 1 · Gagner', 'Séquence 2 — Portefeuille', 150, '20', 'calculer une valeur client')
    """
    textes = [source(cellule) for cellule in cellules(notebook)]
    premiere = textes[0] if textes else ""
    titre = re.search(r"^#\s+(.+)$", premiere, re.MULTILINE)
    sequence = re.search(r"^\*\*(.+?)\*\*", premiere, re.MULTILINE)
    duree = re.search(r"durée\s*:\s*([^·\n]*)", premiere)
    note = re.search(r"noté sur\s+(\d+(?:,\d+)?)", premiere)
    buts = next(
        (texte for texte in textes if re.match(r"## (À la fin, vous saurez|Buts)", texte)), ""
    )
    but = re.search(r"^- (.+?)(?=\n- |\n\n|\Z)", buts, re.MULTILINE | re.DOTALL)
    return Seance(
        chemin,
        titre=_sans_mise_en_forme(titre[1]) if titre else chemin,
        sequence=_sans_mise_en_forme(sequence[1]) if sequence else "",
        minutes=minutes(duree[1]) if duree else 0,
        note_sur=note[1] if note else "",
        but=_sans_mise_en_forme(but[1]) if but else "",
    )


def minutes(duree: str) -> int:
    """Une durée écrite en français, en minutes ; 0 si elle ne se lit pas.

    >>> [minutes(duree) for duree in ("2 h 30", "20 minutes", "1 h", "45 min", "à votre rythme")]
    [150, 20, 60, 45, 0]
    """
    lue = re.match(r"\s*(?:(\d+)\s*h(?:eures?)?\s*)?(?:(\d+)\s*(?:min\w*)?)?", duree)
    assert lue  # tout y est facultatif : le motif se trouve toujours
    return int(lue[1] or 0) * 60 + int(lue[2] or 0)


def ecrire_duree(total: int) -> str:
    """Des minutes, comme on les dit.

    >>> [ecrire_duree(total) for total in (20, 60, 150, 65)]
    ['20 min', '1 h', '2 h 30', '1 h 05']
    """
    heures, reste = divmod(total, 60)
    if not heures:
        return f"{reste} min"
    return f"{heures} h {reste:02d}" if reste else f"{heures} h"


def minutes_restantes(duree: int, part: float) -> int:
    """La ``part`` qui reste (de 0 à 1) d'une ``duree`` en minutes, arrondie à 5 minutes : au moins 5 tant qu'il en reste.

    >>> [minutes_restantes(150, part) for part in (1, 0.85, 0.01, 0)]
    [150, 130, 5, 0]
    """
    return max(5, round(duree * part / 5) * 5) if part and duree else 0


def seances(cours: Path) -> list[Seance]:
    """Toutes les séances d'un dossier de cours, dans l'ordre, les outils à la fin. Un notebook illisible est passé."""
    trouvees = []
    for fichier in cours.glob("*/*.ipynb"):
        dossier = fichier.parent.name
        if dossier in PAGES or dossier not in (fichier.stem, TABLEAUX):
            continue
        notebook = lire_le_notebook(fichier)
        if notebook is not None:
            trouvees.append(lire_seance(notebook, f"{dossier}/{fichier.name}"))
    return dans_l_ordre(trouvees)


def dans_l_ordre(trouvees: list[Seance]) -> list[Seance]:
    """Les séances dans l'ordre du cours, les outils à la fin."""
    return sorted(
        trouvees, key=lambda seance: (seance.est_un_outil, _ordre(seance.dossier), seance.titre)
    )


def lire_le_notebook(fichier: Path) -> dict | None:
    """Un notebook sur le disque ; rien s'il est absent ou illisible."""
    try:
        lu = json.loads(fichier.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    return lu if isinstance(lu, dict) else None


def _ordre(dossier: str) -> tuple:
    """s2_tp1_ltv vient après s2_connaissance_client et avant s2_at1_rfm."""
    lu = re.match(r"s(\d+)_(?:(tp|at)(\d+))?", dossier)
    return (
        (int(lu[1]), _RANGS[lu[2] or ""], int(lu[3] or 0), dossier) if lu else (99, 0, 0, dossier)
    )


def _sans_mise_en_forme(texte: str) -> str:
    propre = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(texte.split()))
    return re.sub(r"[*`]", "", propre).rstrip(" ;.")
