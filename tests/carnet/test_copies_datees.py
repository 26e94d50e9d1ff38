"""Le carnet se perd, se vide ou s'abîme : rien ne repart de zéro sans qu'on le dise, et une copie datée se remet."""

import os
import random
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograde.carnet import copies_datees as module
from autograde.carnet.api import creer_les_tables
from autograde.carnet.copies_datees import CopieDatee, copies_datees, garder_une_copie
from autograde.carnet.ouverture import CarnetPerdu
from autograde.carnet.sql import Base, CarnetAbime, CarnetIndisponible
from autograde.correction.classe import corriger_la_classe
from autograde.cours.dossiers import Cours
from grc_helpers.commandes import principal
from tests.carnet.coupures import contenu
from tests.classe_fictive import (
    DEPOT,
    DEVOIR,
    copie_a_relire,
    copie_parfaite,
    deposer,
    nbgrader_cli,
    notes_du_carnet,
)


@pytest.fixture(scope="module")
def modele(tmp_path_factory) -> Cours:
    """Une classe corrigée, où une note a été saisie à la main."""
    cours = Cours(travail=tmp_path_factory.mktemp("modele"))
    deposer(cours, "léa", copie_a_relire())
    deposer(cours, "ali", copie_parfaite())
    corriger(cours)
    noter_a_la_main(cours, 2.5)
    return cours


@pytest.fixture
def cours(modele, tmp_path, monkeypatch) -> Cours:
    cours = Cours(travail=tmp_path / "classe")
    shutil.copytree(modele.travail, cours.travail)
    monkeypatch.setenv("GRC_TRAVAIL", str(cours.travail))
    return cours


def corriger(cours: Cours) -> None:
    list(corriger_la_classe(cours, DEVOIR))


def noter_a_la_main(cours: Cours, points: float) -> None:
    with Base(cours.db_url) as base, base.transaction():
        base.ecrire("update grade set manual_score = ?, needs_manual_grade = false", [(points,)])


def manuelles(carnet: Path) -> set:
    with closing(sqlite3.connect(carnet)) as base:
        return {note for (note,) in base.execute("select manual_score from grade")}


def lancer(capsys, *arguments: str) -> tuple[int, str]:
    code = principal(list(arguments))
    affiche = capsys.readouterr()
    return code, affiche.out + affiche.err


def test_une_copie_avant_chaque_correction_si_le_carnet_a_change(cours):
    assert copies_datees(cours) == []
    corriger(cours)
    [premiere] = copies_datees(cours)
    assert manuelles(premiere.fichier) == {2.5} and premiere.resume() == (1, 2, 16)
    corriger(cours)
    assert copies_datees(cours) == [premiere], "rien n'a changé : rien de nouveau à garder"
    noter_a_la_main(cours, 1.5)
    corriger(cours)
    assert manuelles(copies_datees(cours)[0].fichier) == {1.5}
    assert [f for f in cours.carnets_gardes.iterdir() if f.suffix != ".db"] == []


def test_la_copie_est_entiere_pendant_qu_un_autre_programme_ecrit(cours):
    """Il change deux notes à la fois, sans arrêt : aucune copie n'a l'une sans l'autre."""
    fini = threading.Event()

    def ecrire():
        valeur = 0
        while not fini.is_set():
            valeur += 1
            noter_a_la_main(cours, valeur)
            time.sleep(0.01)

    autre = threading.Thread(target=ecrire)
    autre.start()
    try:
        for _ in range(6):
            garder_une_copie(cours)
            [derniere, *_] = copies_datees(cours)
            assert len(manuelles(derniere.fichier)) == 1
            derniere.fichier.unlink()
    finally:
        fini.set()
        autre.join()


def test_un_carnet_occupe_trop_longtemps_se_dit(cours, monkeypatch):
    monkeypatch.setattr(module, "ATTENTE", 0.2)
    with closing(sqlite3.connect(cours.fichier_du_carnet, isolation_level=None)) as autre:
        autre.execute("begin exclusive")
        with pytest.raises(CarnetIndisponible, match="occupé par un autre programme"):
            garder_une_copie(cours)


@settings(max_examples=60)
@given(
    ecarts=st.lists(st.integers(1, 3 * 86_400), min_size=1, max_size=60),
    taille=st.integers(1, 2 * module.PLACE // 10),
)
def test_les_copies_sont_bornees(tmp_path_factory, ecarts, taille):
    """Des copies faites à des dates quelconques : les dernières restent toutes, puis une par jour, puis ce que la place permet."""
    cours = Cours(travail=tmp_path_factory.mktemp("classe"))
    cours.carnets_gardes.mkdir()
    date = datetime(2026, 9, 1)
    for ecart in ecarts:
        date += timedelta(seconds=ecart)
        with (cours.carnets_gardes / date.strftime(module._NOM)).open("wb") as vide:
            vide.truncate(taille)  # un fichier creux : il n'occupe rien
        module._faire_de_la_place(copies_datees(cours))
    gardees = copies_datees(cours)
    assert gardees[0].date == date, "la dernière copie est toujours là"
    assert len(gardees) <= module.DERNIERES + module.JOURS
    assert len(gardees) <= module.MINIMUM or taille * len(gardees) <= module.PLACE
    if taille * len(ecarts) <= module.PLACE:
        assert len(gardees) >= min(module.DERNIERES, len(ecarts))
    au_dela = [copie.date.date() for copie in gardees[module.DERNIERES :]]
    assert len(set(au_dela)) == len(au_dela), "au-delà des dernières, une seule par jour"
    shutil.rmtree(cours.travail)


ABIMER = {
    "coupé en deux": lambda octets: octets[: len(octets) // 2],
    "presque entier": lambda octets: octets[:-4096],
    "plein de zéros": lambda octets: bytes(len(octets)),
    "fin effacée": lambda octets: octets[: len(octets) // 2] + bytes(len(octets) // 2),
    "un autre fichier": lambda octets: b"ceci n'est pas un carnet " * 200,
    "pages mêlées": lambda octets: octets[:4096] + octets[8192:16384] + octets[4096:],
}


@pytest.mark.parametrize("comment", ABIMER)
def test_un_carnet_abime_dit_quoi_faire_et_se_remet(cours, capsys, comment):
    corriger(cours)
    avant, octets = contenu(cours), cours.fichier_du_carnet.read_bytes()
    abime = ABIMER[comment](octets)
    cours.fichier_du_carnet.write_bytes(abime)
    for commande in (["corriger", DEVOIR], ["relire", DEVOIR], ["retours", DEVOIR]):
        code, texte = lancer(capsys, *commande)
        assert code == 1 and "est abîmé" in texte and "grc restaurer --carnet" in texte
        assert "Imprévu" not in texte and cours.fichier_du_carnet.read_bytes() == abime
    [copie] = copies_datees(cours)
    code, texte = lancer(capsys, "restaurer", "--carnet", "1")
    assert code == 0 and f"{copie.date:%d/%m/%Y}" in texte
    [garde] = cours.carnets_gardes.glob("remplace_*.db")
    assert garde.read_bytes() == abime, "le carnet abîmé est gardé tel quel"
    assert lancer(capsys, "corriger", DEVOIR)[0] == 0
    assert contenu(cours) == avant and manuelles(cours.fichier_du_carnet) == {2.5}


@settings(max_examples=100)
@given(graine=st.integers(0, 10**6))
def test_un_carnet_abime_au_hasard_ne_chasse_jamais_une_bonne_copie(
    modele, tmp_path_factory, graine
):
    """Quelques octets changés n'importe où : ou bien le carnet est encore bon, ou bien c'est dit, et les copies sont intactes."""
    hasard = random.Random(graine)
    cours = Cours(travail=tmp_path_factory.mktemp("classe"))
    shutil.copy(modele.fichier_du_carnet, cours.travail)
    garder_une_copie(cours)
    [bonne] = copies_datees(cours)
    octets = bytearray(cours.fichier_du_carnet.read_bytes())
    for _ in range(hasard.randint(1, 40)):
        debut = hasard.randrange(len(octets))
        octets[debut : debut + 64] = hasard.randbytes(min(64, len(octets) - debut))
    cours.fichier_du_carnet.write_bytes(octets)
    try:
        garder_une_copie(cours)
    except CarnetAbime:
        assert copies_datees(cours) == [bonne] and cours.fichier_du_carnet.read_bytes() == octets
    else:
        for copie in copies_datees(cours):
            with closing(sqlite3.connect(copie.fichier)) as base:
                assert base.execute("pragma quick_check").fetchall() == [("ok",)]
    assert manuelles(bonne.fichier) == {2.5}
    shutil.rmtree(cours.travail)


def perdre(cours: Cours, comment: str) -> None:
    cours.fichier_du_carnet.unlink()
    if comment == "vide":
        cours.fichier_du_carnet.touch()
    elif comment == "refait par nbgrader":
        creer_les_tables(cours)


PERTES = ["absent", "vide", "refait par nbgrader"]
COMMANDES = [["corriger", DEVOIR], ["relire", DEVOIR], ["retours", DEVOIR], ["notes", DEVOIR]]


@pytest.mark.parametrize("comment", PERTES)
def test_un_carnet_perdu_est_une_alarme_puis_se_remet(cours, capsys, comment, tmp_path):
    corriger(cours)
    avant = contenu(cours)
    perdre(cours, comment)
    etat = cours.fichier_du_carnet.exists() and cours.fichier_du_carnet.read_bytes()
    commandes = COMMANDES if comment != "refait par nbgrader" else COMMANDES[:2]
    liste = tmp_path / "classe.csv"
    liste.write_text("Prénom,Nom de famille\nLéa,Petit\n", encoding="utf-8")
    commandes = [
        *commandes,
        ["relire", "--formgrader", "--sans-navigateur"],
        ["produire", DEVOIR],
        ["ramasser", str(tmp_path), "--liste", str(liste)],
    ]
    for commande in commandes:
        code, texte = lancer(capsys, *commande)
        assert code == 1, commande
        assert "déjà été corrigée" in texte and "grc restaurer --carnet" in texte, commande
        assert str(cours.corrigees) in texte
        assert (
            cours.fichier_du_carnet.exists() and cours.fichier_du_carnet.read_bytes()
        ) == etat, "rien n'est créé"
    code, texte = lancer(capsys, "restaurer", "--carnet")
    assert code == 0 and "1 TP, 2 copies, 16 notes saisies à la main" in texte
    assert lancer(capsys, "restaurer", "--carnet", "1")[0] == 0
    assert lancer(capsys, "corriger", DEVOIR)[0] == 0
    assert contenu(cours) == avant


def test_la_commande_nbgrader_s_arrete_aussi(cours):
    perdre(cours, "absent")
    fini = nbgrader_cli(DEPOT.racine / "autograde", "db", "student", "list")
    assert fini.returncode and "déjà été corrigée" in fini.stdout + fini.stderr
    assert not cours.fichier_du_carnet.exists()


def test_formgrader_aussi_part_d_un_carnet_garde(cours, monkeypatch):
    monkeypatch.setattr("autograde.relecture.console.lancer_et_attendre", lambda *_: 0)
    assert principal(["relire", "--formgrader"]) == 0
    assert manuelles(copies_datees(cours)[0].fichier) == {2.5}


@pytest.mark.parametrize("reste", ["corrigees", "decisions"])
def test_une_seule_trace_suffit(cours, carnet_neuf, reste):
    """Sur PostgreSQL aussi : une base vide n'est pas celle de cette classe."""
    shutil.rmtree(cours.corrigees)
    cours.fichier_du_carnet.unlink()
    trace = getattr(cours, reste) / ("x/y/y.ipynb" if reste == "corrigees" else "x.yml")
    trace.parent.mkdir(parents=True)
    trace.write_text("{}", encoding="utf-8")
    with pytest.raises(CarnetPerdu):
        corriger(Cours(travail=cours.travail, carnet=carnet_neuf()))


def test_repartir_de_zero_se_demande_et_le_carnet_en_place_est_garde(cours, capsys):
    corriger(cours)
    code, texte = lancer(capsys, "restaurer", "--carnet", "0")
    assert code == 0 and "grc corriger" in texte
    assert lancer(capsys, "corriger", DEVOIR)[0] == 0
    assert manuelles(cours.fichier_du_carnet) == {None}
    assert [copie.resume() for copie in copies_datees(cours)][-1] == (1, 2, 16)
    assert manuelles(next(cours.carnets_gardes.glob("remplace_*.db"))) == {2.5}


def test_revenir_en_arriere_garde_ce_qui_etait_en_place(cours, capsys):
    corriger(cours)
    noter_a_la_main(cours, 1)
    _vieillir(copies_datees(cours)[0])
    assert lancer(capsys, "restaurer", "--carnet", "1")[0] == 0
    assert manuelles(cours.fichier_du_carnet) == {2.5}
    assert manuelles(copies_datees(cours)[0].fichier) == {1}
    assert lancer(capsys, "restaurer", "--carnet", "1")[0] == 0, "et l'on peut y revenir"
    assert manuelles(cours.fichier_du_carnet) == {1}


def _vieillir(copie: CopieDatee) -> None:
    """La copie, datée de la veille."""
    hier = copie.date - timedelta(days=1)
    os.rename(copie.fichier, copie.fichier.with_name(hier.strftime(module._NOM)))


@pytest.mark.parametrize("choix", ["2", "-1", "x", "s2_tp1_ltv"])
def test_un_numero_qui_n_existe_pas_se_dit(cours, capsys, choix):
    corriger(cours)
    code, texte = lancer(capsys, "restaurer", "--carnet", "--", choix)
    assert code == 1 and f"« {choix} » n'est pas dans la liste" in texte
    assert manuelles(cours.fichier_du_carnet) == {2.5}


def test_une_copie_abimee_ne_remplace_rien(cours, capsys):
    corriger(cours)
    copies_datees(cours)[0].fichier.write_bytes(b"abime" * 1000)
    code, texte = lancer(capsys, "restaurer", "--carnet", "1")
    assert code == 1 and "choisissez-en une autre" in texte
    assert manuelles(cours.fichier_du_carnet) == {2.5}


def test_une_classe_qui_commence_ne_declenche_rien(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("GRC_TRAVAIL", str(tmp_path))
    cours = Cours.courant()
    deposer(cours, "léa", copie_parfaite())
    assert lancer(capsys, "corriger", DEVOIR)[0] == 0
    assert notes_du_carnet(cours.db_url)["léa"]["s2_tp1_q1"] == (4.0, False)
    assert not list(cours.carnets_gardes.glob("*"))
