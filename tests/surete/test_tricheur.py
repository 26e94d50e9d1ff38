"""Le corrigé ne se calcule pas depuis ce que reçoit le stagiaire : un tricheur automatique n'obtient presque rien, à aucun TP."""

import shutil
from pathlib import Path

import pytest

from autograde.cours.devoir import charger_devoir
from tests.classe_fictive import DEPOT
from tests.surete.tricherie import (
    CHIFFRES,
    LETTRES,
    PHRASES,
    Copies,
    construire_la_roue,
    copies_du_tricheur,
    meilleure,
    points,
    points_au_hasard,
    tricher,
)

MAXIMUM = 2
DES_CAS = DEPOT.racine / "autograde" / "cas"


@pytest.fixture(scope="module")
def roue(tmp_path_factory) -> Path:
    return construire_la_roue(tmp_path_factory.mktemp("roue"))


@pytest.fixture(scope="module")
def copies(roue, tmp_path_factory) -> Copies:
    return copies_du_tricheur(roue, tmp_path_factory.mktemp("tricheur"))


@pytest.mark.parametrize("devoir", DEPOT.devoirs_notes())
def test_la_triche_ne_rapporte_pas_deux_points(copies, devoir):
    chiffree = meilleure(devoir, copies, CHIFFRES + PHRASES)
    assert all(set(copie) >= set(chiffree.notes) for copie in copies[devoir]), "il répond à tout"
    # Ses lettres sont un tirage (« h, a, e, f » vaut un point, par chance) : leur espérance les remplace.
    assert points(chiffree, CHIFFRES + PHRASES) + points_au_hasard(devoir) <= MAXIMUM


def test_les_modeles_des_cas_remis_dans_la_roue_le_tricheur_reussit(roue, tmp_path):
    """Le tricheur sait tricher : avec les modèles qu'avait l'ancienne roue, il obtient le corrigé des tableaux."""
    avant = tmp_path / "avant"
    shutil.copytree(roue, avant)
    shutil.copytree(DES_CAS, avant / "grc_helpers" / "calculs" / "cas")
    for fichier in (avant / "grc_helpers" / "calculs" / "cas").rglob("*.py"):
        texte = fichier.read_text(encoding="utf-8").replace(
            "autograde.cas", "grc_helpers.calculs.cas"
        )
        fichier.write_text(texte, encoding="utf-8")
    copies = tricher(avant, ["s2_tp1_ltv", "s2_tp2_rimaldi", "s2_at1_rfm", "s2_tp3_bertin"])
    for devoir, minimum in (
        ("s2_tp1_ltv", 16),
        ("s2_tp2_rimaldi", 10),
        ("s2_at1_rfm", 11),
        ("s2_tp3_bertin", 8),
    ):
        assert points(meilleure(devoir, copies, CHIFFRES), CHIFFRES) >= minimum, devoir


def test_la_roue_ne_contient_ni_modele_ni_chiffres_d_un_cas(roue):
    fichiers = [f for f in (roue / "grc_helpers").rglob("*") if f.is_file()]
    assert len(fichiers) > 100
    donnees = {f.name for f in (DES_CAS / "donnees").glob("*.csv")}
    modules = {f.name for f in DES_CAS.glob("*.py")} - {"__init__.py"}
    assert len(donnees) == 5 and len(modules) == 5
    assert [f.name for f in fichiers if f.name in donnees | modules] == []
    assert [f for f in fichiers if "cas" in f.relative_to(roue).parts] == []
    # Aucune ligne des journaux et des comptes des cas, sous un autre nom.
    lignes = {
        ligne
        for f in (DES_CAS / "donnees").glob("*.csv")
        for ligne in f.read_text(encoding="utf-8").splitlines()[1:]
        if ligne.count(",") >= 2
    }
    assert len(lignes) > 90
    for fichier in fichiers:
        if fichier.suffix in {".csv", ".py", ".toml", ".md", ".json"}:
            assert lignes.isdisjoint(fichier.read_text(encoding="utf-8").splitlines()), fichier.name


def test_le_hasard_seul_est_mesure_a_part():
    """Ce que rapportent des lettres tirées au sort, TP par TP : personne n'y peut rien, et cela reste sous deux points."""
    esperances = {devoir: points_au_hasard(devoir) for devoir in DEPOT.devoirs_notes()}
    assert all(0 <= esperance <= MAXIMUM for esperance in esperances.values()), esperances
    assert {d for d, esperance in esperances.items() if esperance} == {
        devoir
        for devoir in esperances
        if any(q.type in LETTRES for q in charger_devoir(DEPOT, devoir).questions.values())
    }
