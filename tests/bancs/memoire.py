"""Combien de mémoire pour des copies énormes ? ``python -m tests.bancs.memoire``

Les copies sont celles qui en prennent le plus : des centaines de milliers de petits objets, ou une sortie sans fin. Chaque commande lit la
classe dans un processus neuf, une fois pour une seule copie, une fois pour plusieurs : la mémoire ne doit pas les suivre.
"""

import os
import tempfile
from pathlib import Path

from autograde.correction.classe import inscrire_le_devoir
from autograde.cours.dossiers import Cours
from tests.bancs.mesure import lancer_grc, lancer_python
from tests.classe_fictive import DEVOIR, copie_a_relire, deposer

NOMBRE = 20
# La page de relecture attendrait qu'on l'arrête : on ne mesure que ce qui la prépare.
_RELIRE = f"""\
import autograde.relecture.console as console
async def servir(*_): raise KeyboardInterrupt
console._servir = servir
from grc_helpers.commandes import principal
raise SystemExit(principal(["relire", "{DEVOIR}"]))"""
_RAPPORT = f"""\
from autograde.cours.dossiers import Cours
from autograde.rapport.donnees import charger_rapport
charger_rapport(Cours.courant(), "{DEVOIR}")"""


def copie_d_objets() -> dict:
    """4 Mo de petits objets, dans des métadonnées que personne ne lit."""
    copie = copie_a_relire()
    return copie | {"metadata": copie["metadata"] | {"x": [{"a": 1} for _ in range(240_000)]}}


def copie_a_longue_sortie() -> dict:
    """Une cellule qui a affiché 46 Mo."""
    copie = copie_a_relire()
    sortie = {"output_type": "stream", "name": "stdout", "text": "x" * 46_000_000}
    next(c for c in copie["cells"] if c["cell_type"] == "code")["outputs"] = [sortie]
    return copie


SORTES = {"objets": copie_d_objets, "sortie": copie_a_longue_sortie}


def mesurer_la_classe(sorte: str, nombre: int) -> dict[str, float]:
    """La plus grande mémoire que prend chaque commande (Mo), pour ``nombre`` copies de cette sorte, toutes à lire."""
    with tempfile.TemporaryDirectory() as dossier:
        cours = Cours(travail=Path(dossier))
        for rang in range(nombre):
            deposer(cours, f"stagiaire{rang:03d}", SORTES[sorte]())
        inscrire_le_devoir(cours, DEVOIR)
        mesures = {"corriger": lancer_grc(cours, "corriger", DEVOIR)}
        for commande, arguments in (
            ("relire", ("-c", _RELIRE)),
            ("rapport", ("-c", _RAPPORT)),
            ("retours", ("-m", "grc_helpers.lancer", "retours", DEVOIR)),
        ):
            _rajeunir(cours)
            mesures[commande] = lancer_python(cours, *arguments)
    return {commande: mesure.megaoctets for commande, mesure in mesures.items()}


def _rajeunir(cours: Cours) -> None:
    """Des fichiers plus récents : la commande suivante les relit tous."""
    for fichier in cours.remises.rglob("*.ipynb"):
        date = fichier.stat().st_mtime + 60
        os.utime(fichier, (date, date))


def afficher(sorte: str, nombre: int, megaoctets: dict[str, float]) -> None:
    detail = ", ".join(f"{commande} {valeur:.0f} Mo" for commande, valeur in megaoctets.items())
    print(f"{nombre:3d} × {sorte:7s} : {detail}")


if __name__ == "__main__":
    for une_sorte in SORTES:
        for combien in (1, NOMBRE):
            afficher(une_sorte, combien, mesurer_la_classe(une_sorte, combien))
