"""``grc corriger`` : un devoir ou tous, sans rien demander au réseau."""

import io
import os
import subprocess
import sys

import pytest
from rich.console import Console

from autograde.baremes.resultats import NoteQuestion
from autograde.copie.recu import Recu
from autograde.copie.triage import Etat
from autograde.correction.console import LIGNES, montrer_les_notes
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.notation.copie import CopieCorrigee
from autograde.notation.correction import Correction
from grc_helpers.reponses.notebook import lire_reponses
from tests.classe_fictive import (
    DEPOT,
    DEVOIR,
    copie_parfaite,
    deposer,
    notebook_distribue,
    notes_du_carnet,
)

AUTRE = "s1_tp1_historique"
# Chargé par tout interpréteur lancé dessous : la moindre recherche d'adresse ou connexion est notée, puis refusée.
SANS_RESEAU = """
import os, sys

def surveiller(evenement, arguments):
    if evenement in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        with open(os.environ["GRC_RESEAU"], "a") as traces:
            traces.write(f"{evenement} {arguments!r}\\n")
        raise OSError("pas de réseau")

sys.addaudithook(surveiller)
"""


@pytest.fixture
def cours(tmp_path) -> Cours:
    cours = Cours(travail=tmp_path / "travail")
    deposer(cours, "léa", copie_parfaite())
    deposer(cours, "jules", b"")
    deposer(cours, "léa", copie_parfaite(AUTRE), AUTRE)
    return cours


def grc(cours: Cours, *arguments: str, **variables: str) -> str:
    sortie = subprocess.run(
        [sys.executable, "-m", "grc_helpers.lancer", *arguments],
        cwd=DEPOT.racine,
        capture_output=True,
        text=True,
        env=os.environ | cours.environnement | {"COLUMNS": "160"} | variables,
    )
    assert sortie.returncode == 0, sortie.stdout + sortie.stderr
    return sortie.stdout


def test_sans_argument_tous_les_devoirs_rendus_sont_corriges_sans_reseau(cours, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(SANS_RESEAU, encoding="utf-8")
    traces = tmp_path / "reseau.txt"
    surveille = {
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(DEPOT.racine)]),
        "GRC_RESEAU": str(traces),
    }
    temoin = subprocess.run(
        [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"],
        env=os.environ | surveille,
        capture_output=True,
    )
    assert temoin.returncode and traces.read_text(encoding="utf-8"), "la surveillance ne voit rien"
    traces.unlink()

    texte = grc(cours, "corriger", **surveille)
    assert not traces.exists(), traces.read_text(encoding="utf-8")
    assert (
        f"{DEVOIR} : 2 copies" in texte
        and f"{AUTRE} : 1 copie " in texte
        and "le fichier est vide" in texte
    )
    assert notes_du_carnet(cours.db_url)["léa"]["s2_tp1_q1"] == (4.0, False)
    assert notes_du_carnet(cours.db_url)["jules"]["s2_tp1_q1"] == (None, True)
    assert list(notes_du_carnet(cours.db_url, AUTRE)) == ["léa"]
    journal = grc(cours, "journal", DEVOIR, "--stagiaire", "jules", **surveille)
    assert "copie illisible" in journal and "à relire" in journal and "léa" not in journal


def test_un_devoir_nomme_est_le_seul_corrige(cours):
    assert AUTRE not in grc(cours, "corriger", DEVOIR)


def test_une_grande_classe_ne_noie_pas_la_console():
    devoir = charger_devoir(Cours(), DEVOIR)

    def copie(rang: int) -> CopieCorrigee:
        notes = {
            question: NoteQuestion(0.5, a_verifier=["à voir."] * (rang % 2))
            for question in devoir.questions
        }
        lues = lire_reponses(notebook_distribue(), devoir.questions)
        correction = Correction(devoir, lues, notes, stagiaire=f"s{rang:03d}")
        return CopieCorrigee(correction, Etat.LUE, Recu.ABSENT)

    console = Console(width=160, record=True, file=io.StringIO())
    montrer_les_notes(Cours(), DEVOIR, map(copie, range(200)), console)
    texte = console.export_text()
    assert "200 copies" in texte and f"100 copies à regarder ; en voici {LIGNES}" in texte
    assert "s001" in texte and "s000" not in texte and "s199" not in texte
