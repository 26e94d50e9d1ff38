"""Couper net, d'un ``kill -9``, une première correction, puis la reprendre : rien ne reste coincé, et les notes sont les mêmes.

``python -m tests.carnet.coupures --fois 200`` coupe autant de fois, à des instants tirés au hasard, d'abord quand le carnet n'existe pas
encore, puis quand un autre TP y est déjà, noté à la main. Chaque coupure est celle d'un vrai programme : une copie de celui-ci, où tout
est déjà chargé, si bien que les instants tombent tous pendant le travail. (Sans ``fork``, donc pas sous Windows.)
"""

import argparse
import itertools
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from autograde.carnet.sql import Base
from autograde.correction.classe import corriger_la_classe
from autograde.cours.dossiers import Cours
from grc_helpers.commandes import principal
from tests.classe_fictive import copies_des_essais, deposer

DEVOIR, AUTRE = "s2_tp2_rimaldi", "s2_tp1_ltv"
COPIES = 25  # deux lots
COUPEE = -signal.SIGKILL
FINIE = "finie avant d'être coupée (ne compte pas)"

# Tout ce que le carnet dit, sans les clés, qui sont tirées au hasard.
TABLES = {
    "devoirs": "select a.name, n.name, n.kernelspec, b.type, b.name, g.max_score, g.cell_type"
    " from assignment a join notebook n on n.assignment_id = a.id join base_cell b on b.notebook_id = n.id"
    " left join grade_cells g on g.id = b.id",
    "sources": "select n.name, s.name, s.cell_type, s.locked, s.source, s.checksum from notebook n"
    " join source_cell s on s.notebook_id = n.id",
    "réponses": "select b.name from base_cell b join solution_cells s on s.id = b.id",
    "cours": "select id from course",
    "version": "select version_num from alembic_version",
}
NOTES = {
    "notes": "select s.student_id, b.name, g.auto_score, g.manual_score, g.needs_manual_grade, e.empreinte from grade g"
    " join base_cell b on b.id = g.cell_id join submitted_notebook r on r.id = g.notebook_id"
    " join submitted_assignment s on s.id = r.assignment_id left join grc_empreinte e on e.grade_id = g.id",
    "commentaires": "select s.student_id, b.name, c.auto_comment from comment c join base_cell b on b.id = c.cell_id"
    " join submitted_notebook r on r.id = c.notebook_id join submitted_assignment s on s.id = r.assignment_id",
    "journal": "select devoir, stagiaire, question, points, a_relire, commentaire, empreinte from grc_journal",
    "gardées": "select s.student_id, c.empreinte, c.correction from grc_copie c join submitted_assignment s on s.id = c.remise_id",
}


def contenu(cours: Cours, demandes: dict[str, str] = TABLES | NOTES) -> dict[str, list[tuple]]:
    with Base(cours.db_url) as base:
        return {
            nom: sorted(map(tuple, base.lire(demande)), key=repr)
            for nom, demande in demandes.items()
        }


def corrigees(cours: Cours) -> dict[Path, bytes]:
    dossier = cours.corrigees
    return {f.relative_to(dossier): f.read_bytes() for f in dossier.rglob("*.ipynb")}


def compter_les_phrases(cours: Cours, passer: Callable[[int], None]) -> None:
    """Désormais, chaque phrase que SQLite exécute sur le carnet de ce cours appelle d'abord ``passer``, avec son rang."""
    rangs, connecter = itertools.count(1), sqlite3.connect

    def connecter_et_suivre(fichier, *arguments, **nommes):
        connexion = connecter(fichier, *arguments, **nommes)
        if str(cours.travail) in str(fichier):
            connexion.set_trace_callback(lambda _phrase: passer(next(rangs)))
        return connexion

    sqlite3.connect = sqlite3.dbapi2.connect = connecter_et_suivre


def a_part(geste: Callable[[], object], duree: float | None = None) -> int:
    """Fait ``geste`` dans une copie de ce programme, qu'un ``kill -9`` arrête au bout de ``duree`` secondes ; rend son code de sortie."""
    sys.stdout.flush()
    programme = os.fork()
    if programme == 0:
        code = 1
        try:
            muet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(muet, 1)
            os.dup2(muet, 2)
            code = int(geste() or 0)
        finally:
            os._exit(code)
    if duree is not None:
        time.sleep(duree)
        os.kill(programme, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(programme, 0)[1])


def mourir() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def corriger(cours: Cours) -> int:
    """``grc corriger`` sur cette classe."""
    os.environ |= cours.environnement
    return principal(["corriger", DEVOIR])


def preparer(dossier: Path, deja: bool) -> Cours:
    """Une classe à corriger ; ``deja`` : un autre TP y est corrigé, et noté à la main."""
    cours = Cours(travail=dossier)
    copies = itertools.cycle(copies_des_essais(DEVOIR).values())
    for rang, copie in zip(range(COPIES), copies, strict=False):
        deposer(cours, f"stagiaire{rang:02d}", copie, DEVOIR)
    if deja:
        for nom, copie in copies_des_essais(AUTRE).items():
            deposer(cours, nom, copie, AUTRE)
        list(corriger_la_classe(cours, AUTRE))
        with Base(cours.db_url) as base, base.transaction():
            base.lire("update grade set manual_score = 0.5, needs_manual_grade = false")
    return cours


def couper(modele: Cours, entiere: Cours, duree: float) -> str:
    """Coupe la correction d'une copie de la classe ``modele``, la reprend, et dit ce qu'il en est."""
    with tempfile.TemporaryDirectory() as dossier:
        cours = Cours(travail=Path(dossier) / "classe")
        shutil.copytree(modele.travail, cours.travail)
        code = a_part(lambda: corriger(cours), duree)
        if a_part(lambda: corriger(cours)):
            return "COINCÉE"
        if contenu(cours) != contenu(entiere) or corrigees(cours) != corrigees(entiere):
            return "AUTRE CARNET"
        return "coupée, reprise, même carnet" if code == COUPEE else FINIE


def main() -> int:
    analyseur = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    analyseur.add_argument("--fois", type=int, default=200)
    analyseur.add_argument("--graine", type=int, default=1)
    options = analyseur.parse_args()
    hasard, resultats = random.Random(options.graine), Counter()
    with tempfile.TemporaryDirectory() as dossier:
        for deja in (False, True):
            modele = preparer(Path(dossier) / f"modele{deja:d}", deja)
            entiere = Cours(travail=Path(dossier) / f"entiere{deja:d}")
            shutil.copytree(modele.travail, entiere.travail)
            list(corriger_la_classe(entiere, DEVOIR))  # charge tout, une fois pour toutes
            duree = _duree(modele)
            print(f"{'un autre TP est au carnet' if deja else 'pas de carnet'} : {duree:.2f} s")
            coupees = 0
            while coupees < options.fois // 2:
                resultat = couper(modele, entiere, hasard.uniform(0, duree))
                resultats[resultat] += 1
                coupees += resultat != FINIE
    for resultat, nombre in resultats.most_common():
        print(f"{nombre:5d}  {resultat}")
    return int(any(resultat.isupper() for resultat in resultats))


def _duree(modele: Cours) -> float:
    """Ce que dure une correction que rien ne coupe, en secondes."""
    with tempfile.TemporaryDirectory() as dossier:
        cours = Cours(travail=Path(dossier) / "classe")
        shutil.copytree(modele.travail, cours.travail)
        depart = time.monotonic()
        assert a_part(lambda: corriger(cours)) == 0
        return time.monotonic() - depart


if __name__ == "__main__":
    sys.exit(main())
