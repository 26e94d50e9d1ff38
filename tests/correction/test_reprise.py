"""Coupée net, une correction reprend sans rien perdre ni rien faire deux fois ; à deux sur le même carnet, personne n'efface l'autre."""

import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograde.carnet.api import ouvrir
from autograde.carnet.sql import Base
from autograde.correction.classe import TAILLE_DU_LOT, corriger_la_classe, inscrire_le_devoir
from autograde.cours.dossiers import Cours
from tests.classe_fictive import (
    DEPOT,
    DEVOIR,
    copie_a_relire,
    copies_des_essais,
    deposer,
    notes_du_carnet,
)

COPIES = 60
# Un formateur corrige sur deux cœurs ; à la n-ième fois que la correction passe par un endroit, elle reçoit un vrai signal.
COUPEE = """
import os, signal, sys
from autograde.carnet import sql as base
from autograde.correction import atelier, classe, equipe
from grc_helpers.commandes import principal
equipe.coeurs, atelier.ASSEZ_DE_COPIES = lambda: 2, dict.fromkeys(atelier.ASSEZ_DE_COPIES, 1)
signal.signal(signal.SIGINT, signal.default_int_handler)  # un interpréteur lancé en arrière-plan l'ignorerait
endroit, n, recu = sys.argv[1], int(sys.argv[2]), getattr(signal, sys.argv[3])
porteur = {{"ecrire_en_entier": classe, "ecrire": base.Base, "replace": os}}[endroit]
vraie, passages = getattr(porteur, endroit), 0
def coupee(*arguments):
    global passages
    passages += 1
    if passages == n:
        os.kill(os.getpid(), recu)
    return vraie(*arguments)
setattr(porteur, endroit, coupee)
sys.exit(principal(["corriger", {devoir!r}]))
"""


def remplir(cours: Cours, nombre: int = COPIES) -> Cours:
    for rang, copie in zip(
        range(nombre - 1), itertools.cycle(copies_des_essais().values()), strict=False
    ):
        deposer(cours, f"stagiaire{rang:02d}", copie)
    deposer(cours, f"stagiaire{nombre - 1:02d}", copie_a_relire())
    inscrire_le_devoir(cours, DEVOIR)
    return cours


@pytest.fixture(scope="module")
def d_un_trait(tmp_path_factory) -> Cours:
    cours = remplir(Cours(travail=tmp_path_factory.mktemp("trait")))
    assert len(list(corriger_la_classe(cours, DEVOIR))) == COPIES
    return cours


@pytest.fixture
def cours(tmp_path, carnet_neuf) -> Cours:
    return remplir(Cours(travail=tmp_path, carnet=carnet_neuf()))


def commande(cours: Cours, code: str, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=DEPOT.racine,
        env=os.environ | cours.environnement,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def copies_inscrites(cours: Cours) -> int:
    with Base(cours.db_url) as base:
        if not base.lire("select 1 from submitted_assignment"):
            return 0
        return base.lire("select count(*) from grc_copie")[0][0]


def journal(cours: Cours) -> list[tuple]:
    with Base(cours.db_url) as base:
        lignes = "select stagiaire, question, points, a_relire, commentaire, empreinte from grc_journal order by stagiaire, question"
        return [(s, q, p, bool(a), *reste) for s, q, p, a, *reste in base.lire(lignes)]


def comptes(cours: Cours) -> dict[str, int]:
    tables = (
        "student",
        "submitted_assignment",
        "submitted_notebook",
        "grade",
        "comment",
        "grc_empreinte",
        "grc_copie",
    )
    with Base(cours.db_url) as base:
        return {table: base.lire(f"select count(*) from {table}")[0][0] for table in tables}


def fichiers(dossier: Path) -> dict[Path, bytes]:
    return {f.relative_to(dossier): f.read_bytes() for f in dossier.rglob("*.ipynb")}


@pytest.mark.parametrize(
    ("endroit", "n", "inscrites"),
    [
        ("ecrire_en_entier", 31, TAILLE_DU_LOT),  # en écrivant la trente et unième copie corrigée
        ("replace", 25, TAILLE_DU_LOT),  # entre l'écriture d'un brouillon et sa mise en place
        ("ecrire", 17, TAILLE_DU_LOT),  # au milieu de la transaction du deuxième lot
    ],
)
def test_coupee_net_puis_relancee(cours, d_un_trait, endroit, n, inscrites):
    remises = fichiers(cours.remises)
    coupee = commande(cours, COUPEE.format(devoir=DEVOIR), endroit, str(n), "SIGKILL")
    sortie, _ = coupee.communicate()
    assert coupee.returncode == -signal.SIGKILL, sortie
    assert copies_inscrites(cours) == inscrites, "un lot est inscrit en entier, ou pas du tout"
    with Base(cours.db_url) as base:
        faites = [s for (s,) in base.lire("select student_id from submitted_assignment")]
    deja = {
        s: (cours.corrigees / s / DEVOIR / f"{DEVOIR}.ipynb").stat().st_mtime_ns for s in faites
    }
    assert len(deja) == inscrites

    assert len(list(corriger_la_classe(cours, DEVOIR))) == COPIES
    for stagiaire, date in deja.items():
        assert (
            cours.corrigees / stagiaire / DEVOIR / f"{DEVOIR}.ipynb"
        ).stat().st_mtime_ns == date, "une copie a été corrigée deux fois"
    assert notes_du_carnet(cours.db_url) == notes_du_carnet(d_un_trait.db_url)
    assert comptes(cours) == comptes(d_un_trait)
    assert journal(cours) == journal(d_un_trait), (
        "chaque décision est au journal une fois, et une seule"
    )
    assert fichiers(cours.corrigees) == fichiers(d_un_trait.corrigees)
    assert fichiers(cours.remises) == remises, "une copie remise a été modifiée"


def test_interrompue_au_clavier_elle_le_dit_et_reprend(cours, d_un_trait):
    interrompue = commande(cours, COUPEE.format(devoir=DEVOIR), "ecrire_en_entier", "31", "SIGINT")
    sortie, _ = interrompue.communicate()
    assert interrompue.returncode == 1 and "Interrompu" in sortie and "Traceback" not in sortie
    assert copies_inscrites(cours) == TAILLE_DU_LOT
    list(corriger_la_classe(cours, DEVOIR))
    assert journal(cours) == journal(d_un_trait)


def test_une_copie_changee_est_la_seule_recorrigee(cours):
    assert len(list(corriger_la_classe(cours, DEVOIR))) == COPIES
    dates = {f: f.stat().st_mtime_ns for f in cours.corrigees.rglob("*.ipynb")}
    avant, lignes = notes_du_carnet(cours.db_url), len(journal(cours))
    deposer(cours, "stagiaire07", copie_a_relire())
    copies = {copie.stagiaire: copie for copie in corriger_la_classe(cours, DEVOIR)}
    assert len(copies) == COPIES and copies["stagiaire07"].a_verifier == ["s2_tp1_q3"]
    assert [f.parent.parent.name for f, date in dates.items() if f.stat().st_mtime_ns != date] == [
        "stagiaire07"
    ]
    apres = notes_du_carnet(cours.db_url)
    assert {s for s in apres if apres[s] != avant[s]} == {"stagiaire07"}
    changees = {q for q, note in apres["stagiaire07"].items() if note != avant["stagiaire07"][q]}
    assert len(changees) <= len(journal(cours)) - lignes <= len(apres["stagiaire07"])


def test_une_copie_corrigee_coupee_par_une_panne_est_refaite(cours):
    list(corriger_la_classe(cours, DEVOIR))
    vide, effacee, entiere = (
        cours.corrigees / f"stagiaire0{rang}" / DEVOIR / f"{DEVOIR}.ipynb" for rang in (1, 2, 3)
    )
    contenus, date, lignes = (
        [vide.read_bytes(), effacee.read_bytes()],
        entiere.stat().st_mtime_ns,
        journal(cours),
    )
    vide.write_bytes(b"")
    effacee.write_bytes(b"\0" * len(contenus[1]))
    list(corriger_la_classe(cours, DEVOIR))
    assert [
        vide.read_bytes(),
        effacee.read_bytes(),
    ] == contenus and entiere.stat().st_mtime_ns == date
    assert journal(cours) == lignes, "refaire un fichier n'est pas décider"


def test_deux_formateurs_a_la_fois_ne_perdent_rien(tmp_path, carnet_neuf, d_un_trait):
    """Deux corrections partent ensemble d'un carnet qui n'existe pas encore, pendant qu'un troisième note à la main."""
    cours = Cours(travail=tmp_path, carnet=carnet_neuf())
    for remise in d_un_trait.remises.rglob("*.ipynb"):
        copie = cours.remises / remise.relative_to(d_un_trait.remises)
        copie.parent.mkdir(parents=True)
        copie.write_bytes(remise.read_bytes())
    corriger = f"import sys; from grc_helpers.commandes import principal; sys.exit(principal(['corriger', {DEVOIR!r}]))"
    ensemble = [commande(cours, corriger) for _ in range(2)]
    a_la_main = noter_pendant(cours, ensemble)
    sorties = [processus.communicate()[0] for processus in ensemble]
    assert [processus.returncode for processus in ensemble] == [0, 0], sorties
    assert not any("Error" in sortie for sortie in sorties), "rien que du français, à deux aussi"
    assert a_la_main, "aucune note n'a été saisie pendant la correction"
    assert notes_sans_relecture(cours) == notes_sans_relecture(d_un_trait)
    assert journal_sans_relecture(cours) == journal_sans_relecture(d_un_trait)
    list(corriger_la_classe(cours, DEVOIR))
    with ouvrir(cours) as carnet:
        for stagiaire, points in a_la_main.items():
            grade = carnet.find_grade("s2_tp1_q3_test", DEVOIR, DEVOIR, stagiaire)
            assert (grade.manual_score, grade.needs_manual_grade) == (points, False), stagiaire


def noter_pendant(cours: Cours, ensemble: list[subprocess.Popen]) -> dict[str, float]:
    """Saisit des notes comme formgrader, avec l'API de nbgrader, tant que les corrections durent."""
    notees: dict[str, float] = {}
    while any(processus.poll() is None for processus in ensemble) or not notees:
        time.sleep(0.02)
        try:
            if not copies_inscrites(cours):
                continue
        except Exception:  # le carnet n'est pas encore créé
            continue
        with ouvrir(cours) as carnet:
            inscrits = [remise.student.id for remise in carnet.find_assignment(DEVOIR).submissions]
            for stagiaire in sorted(set(inscrits) - set(notees))[:3]:
                grade = carnet.find_grade("s2_tp1_q3_test", DEVOIR, DEVOIR, stagiaire)
                notees[stagiaire] = len(notees) % 5 / 2
                grade.manual_score, grade.needs_manual_grade = notees[stagiaire], False
                carnet.db.commit()
    return notees


def notes_sans_relecture(cours: Cours) -> dict:
    return {
        s: {q: note for q, (note, _) in notes.items()}
        for s, notes in notes_du_carnet(cours.db_url).items()
    }


def journal_sans_relecture(cours: Cours) -> list[tuple]:
    return [
        (s, q, points, commentaire, empreinte)
        for s, q, points, _, commentaire, empreinte in journal(cours)
    ]


def test_le_journal_se_lit(d_un_trait, monkeypatch, capsys):
    from autograde.correction.console import montrer_le_journal

    monkeypatch.setenv("COLUMNS", "200")
    montrer_le_journal(d_un_trait, DEVOIR, "stagiaire59")
    texte = capsys.readouterr().out
    assert (
        "s2_tp1_q3" in texte
        and "à relire" in texte
        and "notée" in texte
        and "stagiaire58" not in texte
    )
