"""Ce qu'un stagiaire a pu lire ailleurs que dans un devoir : les autres cahiers du cours, leurs exercices et leurs récits."""

import json
from functools import lru_cache
from pathlib import Path

import grc_helpers
from autograde.cours.dossiers import Cours
from grc_helpers.reponses.notebook import cellules, source

AUX_STAGIAIRES = Path(grc_helpers.__file__).parent


def fichiers_des_lecons(cours: Cours, devoir: str) -> list[Path]:
    """Les cahiers distribués, sauf celui du devoir, puis tous les exercices (ceux du devoir ne sont pas son énoncé) et les données."""
    cahiers = [f for f in sorted(cours.distribue.glob("*/*.ipynb")) if f.stem != devoir]
    exercices = sorted(AUX_STAGIAIRES.glob("entrainement/*.toml"))
    return cahiers + exercices + sorted(AUX_STAGIAIRES.glob("donnees/*.csv"))


def textes_des_lecons(fichiers: list[Path]) -> tuple[str, ...]:
    """Ce qui s'y lit, fichier par fichier ; un fichier ne se relit que s'il a changé."""
    return tuple(_lire(fichier, fichier.stat().st_mtime_ns) for fichier in fichiers)


@lru_cache(maxsize=256)
def _lire(fichier: Path, _date: int) -> str:
    texte = fichier.read_text(encoding="utf-8")
    if fichier.suffix != ".ipynb":
        return texte
    lues = [c for c in cellules(json.loads(texte)) if c.get("cell_type") == "markdown"]
    return "\n\n".join(map(source, lues))
