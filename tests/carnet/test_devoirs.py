"""L'entrée d'un devoir au carnet : ce que nbgrader y mettrait, en entier ou pas du tout, à quelque instant qu'on la coupe."""

import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograde.carnet.api import creer_le_carnet
from autograde.carnet.devoirs import copier_le_devoir, est_inscrit
from autograde.carnet.sql import TABLES as TABLES_DU_CARNET
from autograde.carnet.sql import Base, CarnetAbsent
from autograde.correction.classe import corriger_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.production.production import generer, inscrire_le_devoir
from tests.carnet.coupures import (
    COUPEE,
    DEVOIR,
    TABLES,
    a_part,
    compter_les_phrases,
    contenu,
    mourir,
)
from tests.classe_fictive import copies_des_essais, deposer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="« kill -9 » n'y existe pas.")

LOIN = 400  # au-delà de la dernière phrase d'une inscription
PAS = 5  # une phrase sur cinq ; l'essai suivant en tire d'autres au hasard


@pytest.fixture(scope="module")
def de_nbgrader(tmp_path_factory) -> Cours:
    """Le carnet d'un cours où nbgrader a lui-même écrit le devoir."""
    cours = Cours(travail=tmp_path_factory.mktemp("nbgrader"))
    generer(cours, DEVOIR, cours.travail / "course")
    return cours


def inscrire_coupee(cours: Cours, modele: Cours, instant: int) -> int:
    """L'inscription du devoir, arrêtée net à sa n-ième phrase ; renvoie comment elle a fini."""

    def inscrire():
        compter_les_phrases(cours, lambda rang: mourir() if rang == instant else None)
        creer_le_carnet(cours)
        with Base(modele.db_url) as lu, Base(cours.db_url) as base:
            copier_le_devoir(lu, base, DEVOIR)

    return a_part(inscrire)


def inscrit_en_entier(cours: Cours, modele: Cours) -> bool:
    """Vrai si le devoir est au carnet, faux s'il n'en est rien ; tout autre état est une faute."""
    try:
        with Base(cours.db_url) as base:
            connu = est_inscrit(base, charger_devoir(cours, DEVOIR))
    except CarnetAbsent:
        return False
    au_carnet = contenu(cours, TABLES)
    attendu = contenu(modele, TABLES)
    assert au_carnet["devoirs"] == (attendu["devoirs"] if connu else [])
    assert au_carnet["sources"] == (attendu["sources"] if connu else [])
    return connu


def test_le_carnet_recoit_ce_que_nbgrader_y_mettrait(de_nbgrader, tmp_path, carnet_neuf):
    cours = Cours(travail=tmp_path, carnet=carnet_neuf())
    for _ in range(2):  # l'inscrire de nouveau ne change rien
        inscrire_le_devoir(cours, DEVOIR)
        assert contenu(cours, TABLES) == contenu(de_nbgrader, TABLES)
    assert not (tmp_path / "course").exists()


def test_coupee_n_importe_ou_l_inscription_est_entiere_ou_nulle(de_nbgrader, tmp_path):
    etats = []
    for instant in range(1, LOIN, PAS):
        cours = Cours(travail=tmp_path / f"{instant}")
        code = inscrire_coupee(cours, de_nbgrader, instant)
        etats.append(inscrit_en_entier(cours, de_nbgrader))
        if code == 0:
            break
        assert code == COUPEE
    assert code == 0 and len(etats) > 20
    assert etats == sorted(etats), "une fois inscrit, il le reste"


@settings(max_examples=15)
@given(instants=st.lists(st.integers(1, 120), max_size=4))
def test_coupee_plusieurs_fois_elle_finit_comme_d_un_trait(de_nbgrader, tmp_path_factory, instants):
    cours = Cours(travail=tmp_path_factory.mktemp("coupee"))
    for instant in instants:
        inscrire_coupee(cours, de_nbgrader, instant)
        inscrit_en_entier(cours, de_nbgrader)
    assert inscrire_coupee(cours, de_nbgrader, LOIN) == 0
    assert contenu(cours, TABLES) == contenu(de_nbgrader, TABLES)
    shutil.rmtree(cours.travail)


@pytest.fixture(scope="module")
def classe(tmp_path_factory) -> Cours:
    """Une petite classe, corrigée d'un trait."""
    cours = Cours(travail=tmp_path_factory.mktemp("classe"))
    for nom, copie in list(copies_des_essais(DEVOIR).items())[:4]:
        deposer(cours, nom, copie, DEVOIR)
    list(corriger_la_classe(cours, DEVOIR))
    return cours


@pytest.mark.parametrize("part", [0.02, 0.3, 0.5, 0.7, 0.97])
def test_un_carnet_que_nbgrader_a_laisse_a_moitie_se_complete(classe, tmp_path, part):
    """Ce qu'une coupure laissait quand nbgrader écrivait lui-même dans le carnet de la classe."""
    cours = Cours(travail=tmp_path / "classe")
    shutil.copytree(classe.remises, cours.remises)
    phrases = tmp_path / "phrases"

    def produire(instant: int):
        def passer(rang):
            phrases.write_text(str(rang))
            if rang == instant:
                mourir()

        compter_les_phrases(cours, passer)
        generer(cours, DEVOIR, tmp_path / "course")

    temoin = Cours(travail=tmp_path / "temoin")
    assert a_part(lambda: _compter(temoin, phrases, tmp_path)) == 0
    assert a_part(lambda: produire(max(1, int(part * int(phrases.read_text()))))) == COUPEE
    assert len(list(corriger_la_classe(cours, DEVOIR))) == 4
    assert contenu(cours) == contenu(classe)


def _compter(cours: Cours, phrases: Path, dossier: Path) -> None:
    compter_les_phrases(cours, lambda rang: phrases.write_text(str(rang)))
    generer(cours, DEVOIR, dossier / "course")


@pytest.mark.parametrize("table", sorted(TABLES_DU_CARNET))
def test_une_table_que_nbgrader_n_a_pas_eu_le_temps_de_creer_se_refait(
    de_nbgrader, tmp_path, table
):
    cours = Cours(travail=tmp_path)
    creer_le_carnet(cours)
    with Base(cours.db_url) as base:
        base.lire(f"drop table {table}")
    with pytest.raises(CarnetAbsent):
        Base(cours.db_url)
    inscrire_coupee(cours, de_nbgrader, LOIN)
    assert contenu(cours, TABLES) == contenu(de_nbgrader, TABLES)


def test_les_notes_survivent_a_un_devoir_qui_change(classe, tmp_path):
    """Des points changent, une question disparaît qui n'a aucune note : le reste garde ses clés et ses notes."""
    cours = Cours(travail=tmp_path)
    shutil.copytree(classe.travail, tmp_path, dirs_exist_ok=True)
    avant = contenu(cours)
    with Base(cours.db_url) as base, base.transaction():
        [(notebook,)] = base.lire("select id from notebook")
        base.lire("update grade_cells set max_score = 99")
        base.lire("update source_cell set source = 'périmé', locked = not locked")
        base.lire("update base_cell set name = name || '_d_avant' where type = 'SolutionCell'")
        base.ecrire(
            "insert into base_cell (id, name, notebook_id, type) values (?, ?, ?, 'SolutionCell')",
            [("orpheline", "question_retiree", notebook)],
        )
        base.ecrire("insert into solution_cells (id) values (?)", [("orpheline",)])
        assert not est_inscrit(base, charger_devoir(cours, DEVOIR))
    inscrire_le_devoir(cours, DEVOIR)
    apres = contenu(cours)
    assert {nom: apres[nom] for nom in ("notes", "sources", "journal")} == {
        nom: avant[nom] for nom in ("notes", "sources", "journal")
    }
    commentees = [(f"{nom}_d_avant",) for (nom,) in avant["réponses"]]
    assert apres["réponses"] == sorted(avant["réponses"] + commentees), (
        "une cellule commentée reste, une cellule que personne n'a s'en va"
    )
    with Base(cours.db_url) as base:
        assert est_inscrit(base, charger_devoir(cours, DEVOIR))
