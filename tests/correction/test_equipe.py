"""Une classe corrigée sur plusieurs cœurs l'est comme sur un seul ; une copie qui tue son processus n'emporte qu'elle."""

import multiprocessing
import os
import signal
import time

import pytest

from autograde.carnet.sql import Base
from autograde.copie.triage import Etat
from autograde.correction import atelier, equipe
from autograde.correction.classe import corriger_la_classe, inscrire_le_devoir
from autograde.cours.dossiers import Cours
from tests.classe_fictive import DEVOIR, copie_a_relire, copies_des_essais, deposer

pytestmark = pytest.mark.skipif(
    equipe.NAISSANCE != "fork", reason="l'essai y prépare les processus"
)


@pytest.fixture
def deux_coeurs(monkeypatch):
    monkeypatch.setattr(equipe, "coeurs", lambda: 2)
    monkeypatch.setattr(atelier, "ASSEZ_DE_COPIES", {"fork": 1, "spawn": 1})


@pytest.fixture
def classe(tmp_path, carnet_neuf):
    """Fait la même classe de six copies, chaque fois dans un cours neuf ; les fichiers y ont la même date."""

    def faire(nom: str) -> Cours:
        cours = Cours(travail=tmp_path / nom, carnet=carnet_neuf())
        copies = [*list(copies_des_essais().values())[:4], copie_a_relire(), b"{"]
        for rang, copie in enumerate(copies):
            deposer(cours, f"stagiaire{rang}", copie)
        for fichier in cours.remises.rglob("*.ipynb"):
            os.utime(fichier, (1_000_000, 1_000_000))
        inscrire_le_devoir(cours, DEVOIR)
        return cours

    return faire


def carnet(cours: Cours) -> list[list[tuple]]:
    """Les notes, ce qui est gardé et le journal, dans l'ordre où il s'est écrit."""
    with Base(cours.db_url) as base:
        return [
            base.lire(demande)
            for demande in (
                "select s.student_id, b.name, g.auto_score, g.needs_manual_grade from grade g"
                " join base_cell b on b.id = g.cell_id join submitted_notebook n on n.id = g.notebook_id"
                " join submitted_assignment s on s.id = n.assignment_id order by s.student_id, b.name",
                "select s.student_id, c.empreinte, c.regles, c.correction from grc_copie c"
                " join submitted_assignment s on s.id = c.remise_id order by s.student_id",
                "select stagiaire, question, points, a_relire, commentaire, empreinte from grc_journal",
            )
        ]


def montrees(cours: Cours) -> dict[str, bytes]:
    return {f.parent.parent.name: f.read_bytes() for f in cours.corrigees.rglob("*.ipynb")}


def test_memes_notes_meme_journal_meme_ordre(classe, monkeypatch, request):
    seul, cote_a_cote = classe("seul"), classe("côte à côte")
    attendues = list(corriger_la_classe(seul, DEVOIR))
    request.getfixturevalue("deux_coeurs")
    # Ici, rien ne se corrige : tout vient d'un autre processus.
    ici, vraie = os.getpid(), atelier.corriger_la_copie
    monkeypatch.setattr(
        atelier, "corriger_la_copie", lambda *a: pytest.fail() if os.getpid() == ici else vraie(*a)
    )
    assert list(corriger_la_classe(cote_a_cote, DEVOIR)) == attendues
    assert len(attendues) == 6
    assert carnet(cote_a_cote) == carnet(seul)
    assert montrees(cote_a_cote) == montrees(seul)
    assert multiprocessing.active_children() == []


@pytest.fixture
def cours(classe) -> Cours:
    return classe("cours")


def test_une_copie_qui_tue_son_processus_n_emporte_qu_elle(cours, deux_coeurs, monkeypatch):
    vraie = atelier.corriger_la_copie

    def tuer(copie, devoir):
        if copie.stagiaire == "stagiaire1":
            os._exit(9)
        return vraie(copie, devoir)

    monkeypatch.setattr(atelier, "corriger_la_copie", tuer)
    copies = {copie.stagiaire: copie for copie in corriger_la_classe(cours, DEVOIR)}
    assert copies["stagiaire1"].motif == atelier.ARRET_NET
    assert [nom for nom, copie in copies.items() if copie.etat is Etat.ILLISIBLE] == [
        "stagiaire1",
        "stagiaire5",
    ]
    monkeypatch.setattr(atelier, "corriger_la_copie", vraie)
    reprises = {copie.stagiaire: copie for copie in corriger_la_classe(cours, DEVOIR)}
    assert reprises["stagiaire1"].motif == "", "elle est reprise la fois suivante"
    assert {nom: copie for nom, copie in reprises.items() if nom != "stagiaire1"} == {
        nom: copie for nom, copie in copies.items() if nom != "stagiaire1"
    }


def test_interrompue_elle_arrete_son_equipe_et_nomme_la_copie(
    cours, deux_coeurs, monkeypatch, tmp_path
):
    commencee = tmp_path / "commencée"

    def durer(*_):
        commencee.touch()
        signal.pause()

    def interrompre(*_):
        while not commencee.exists():
            time.sleep(0.005)
        raise KeyboardInterrupt

    monkeypatch.setattr(atelier, "corriger_la_copie", durer)
    monkeypatch.setattr(equipe.Future, "result", interrompre)
    with pytest.raises(KeyboardInterrupt) as arret:
        list(corriger_la_classe(cours, DEVOIR))
    assert multiprocessing.active_children() == []
    [note] = arret.value.__notes__
    assert note.startswith("La copie en cours était celle de « stagiaire")
