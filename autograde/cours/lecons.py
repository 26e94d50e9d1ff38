"""Ce qu'un stagiaire a pu lire ailleurs que dans un devoir : les autres cahiers du cours, et leurs exercices d'entraînement."""

import json
from functools import lru_cache
from pathlib import Path

import grc_helpers
from autograde.cours.dossiers import Cours
from grc_helpers.reponses.notebook import cellules, source

ENTRAINEMENT = Path(grc_helpers.__file__).parent / "entrainement"


def fichiers_des_lecons(cours: Cours, devoir: str) -> list[Path]:
    """Les cahiers distribués, sauf celui du devoir, puis tous les exercices : un exercice du devoir n'est pas son énoncé."""
    cahiers = sorted(cours.distribue.glob("*/*.ipynb"))
    return [cahier for cahier in cahiers if cahier.stem != devoir] + sorted(
        ENTRAINEMENT.glob("*.toml")
    )


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
