"""Une classe, un dossier : celui du cours, ou celui que le formateur choisit, et que toutes les commandes retiennent et disent."""

import json
import shutil

import pytest

from autograde.cours.dossiers import Cours
from tests.classe_fictive import DEVOIR, copie_parfaite
from tests.depot_copie import copier_le_depot, grc, grc_refuse, lancer


@pytest.fixture(scope="module")
def commun(tmp_path_factory):
    return copier_le_depot(tmp_path_factory.mktemp("cours") / "depot")


@pytest.fixture
def depot(commun):
    """Le dépôt, sans aucune classe."""
    yield commun
    shutil.rmtree(commun / "autograde" / "classe", ignore_errors=True)


def test_sans_choix_la_classe_est_avec_le_cours_et_rien_n_est_encore_ecrit(depot):
    dit = grc(depot, "classe")
    assert f"Classe : {depot / 'autograde' / 'classe'}\n" in dit and "0 stagiaire" in dit
    assert str(depot / "autograde" / "classe" / "gradebook.db") in dit
    assert not (depot / "autograde" / "classe").exists()


def test_le_choix_est_retenu_et_deux_classes_ne_se_melangent_pas(depot, tmp_path):
    for nom, prenom in (("Première année", "léa"), ("deuxième", "tom")):
        dit = grc(depot, "classe", str(tmp_path / nom))
        assert "dossier neuf" in dit and f"Classe : {tmp_path / nom}\n" in dit
        remise = tmp_path / nom / "submitted" / prenom / DEVOIR / f"{DEVOIR}.ipynb"
        remise.parent.mkdir(parents=True)
        remise.write_text(json.dumps(copie_parfaite()), encoding="utf-8")
        dit = grc(depot, "corriger")
        assert f"Classe : {tmp_path / nom}\n" in dit and prenom in dit and "20,00" in dit
    assert f"Classe : {tmp_path / 'deuxième'}\n" in grc(depot, "classe")
    dit = grc(depot, "classe", str(tmp_path / "Première année"))
    assert "dossier neuf" not in dit and "1 stagiaire" in dit
    assert "léa" in (journal := grc(depot, "journal", DEVOIR)) and "tom" not in journal
    assert [f.name for f in (depot / "autograde" / "classe").iterdir()] == ["ailleurs.txt"]
    grc(depot, "classe", "autograde/classe")
    assert not list((depot / "autograde" / "classe").iterdir())


def test_une_classe_introuvable_arrete_tout_et_se_remplace(depot, tmp_path):
    clef = tmp_path / "clef_usb"
    grc(depot, "classe", str(clef))
    clef.rename(tmp_path / "debranchee")
    for commande in (["classe"], ["corriger"], ["notes"], ["demo"]):
        assert f"introuvable : {clef}. Branchez la clé" in grc_refuse(depot, *commande)
    fini = lancer(depot, "nbgrader", "autograde", DEVOIR, ici="autograde")
    assert fini.returncode == 1 and f"introuvable : {clef}" in fini.stderr
    assert not clef.exists(), "un dossier vide ne prend pas la place de la classe"
    assert "0 stagiaire" in grc(depot, "classe", str(tmp_path / "autre"))


def test_le_bloc_notes_peut_reecrire_le_choix(depot, tmp_path):
    grc(depot, "classe", str(tmp_path / "été"))
    choix = depot / "autograde" / "classe" / "ailleurs.txt"
    assert choix.read_text(encoding="utf-8") == f"{tmp_path / 'été'}\n"
    choix.write_text(f" {tmp_path / 'été'} \r\n\r\n", encoding="utf-8-sig")
    assert f"Classe : {tmp_path / 'été'}\n" in grc(depot, "classe")


@pytest.mark.parametrize("dossier", [".", "..", "course", "course/s2_tp1_ltv", "autograde", "x"])
def test_une_classe_ne_se_mele_jamais_au_cours(depot, dossier):
    dit = grc_refuse(depot, "classe", dossier)
    assert "ne se mêlent pas au cours" in dit and str(depot.parent / "classe_A") in dit
    assert "ne se mêlent pas" in grc_refuse(depot, "corriger", GRC_TRAVAIL=str(depot / dossier))
    assert not (depot / "autograde" / "classe").exists() and not (depot / "x").exists()


def test_un_chemin_mal_ecrit_ne_change_rien(depot, tmp_path):
    assert "n'existe pas" in grc_refuse(depot, "classe", str(tmp_path / "Bureua" / "classe"))
    (tmp_path / "liste.xlsx").write_text("")
    assert "n'est pas un dossier" in grc_refuse(depot, "classe", str(tmp_path / "liste.xlsx"))
    assert f"Classe : {depot / 'autograde' / 'classe'}\n" in grc(depot, "classe")


def test_la_variable_l_emporte_et_le_dit(depot, tmp_path):
    impose = {"GRC_TRAVAIL": str(tmp_path / "imposee")}
    assert f"Classe : {tmp_path / 'imposee'}\n" in grc(depot, "classe", **impose)
    dit = grc_refuse(depot, "classe", str(tmp_path / "autre"), **impose)
    assert "GRC_TRAVAIL" in dit and not (tmp_path / "autre").exists()
    assert f"Classe : {depot / 'autograde' / 'classe'}\n" in grc(depot, "classe", GRC_TRAVAIL="")


def test_le_carnet_dit_au_formateur_ne_montre_pas_de_mot_de_passe():
    cours = Cours(carnet="postgresql+psycopg://compte:secret@serveur/base")
    assert cours.lieu_du_carnet == "sur le serveur PostgreSQL"
