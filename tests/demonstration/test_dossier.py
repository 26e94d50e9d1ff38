"""« grc demo » n'efface que ce qu'elle a écrit et marqué elle-même ; jamais du code, jamais les données de quelqu'un."""

import shutil
from pathlib import Path

import pytest

from autograde.cours.dossiers import Cours
from autograde.demonstration.console import lancer
from autograde.demonstration.dossier import TEMOIN, remettre_a_neuf
from autograde.erreurs import ErreurFormateur
from tests.classe_fictive import DEPOT
from tests.depot_copie import copier_le_depot, grc


def contenu(dossier: Path) -> dict[str, bytes]:
    return {
        f.relative_to(dossier).as_posix(): f.read_bytes()
        for f in dossier.rglob("*")
        if f.is_file() and "__pycache__" not in f.parts
    }


@pytest.fixture
def demo(tmp_path) -> Path:
    """Le dossier d'une démonstration déjà faite."""
    dossier = tmp_path / "demo"
    remettre_a_neuf(dossier)
    (dossier / "submitted" / "amel").mkdir(parents=True)
    (dossier / "submitted" / "amel" / "tp.ipynb").write_text("{}", encoding="utf-8")
    (dossier / "gradebook.db").write_text("", encoding="utf-8")
    return dossier


def test_la_precedente_est_effacee_et_le_temoin_dit_ce_que_c_est(demo):
    remettre_a_neuf(demo)
    assert list(contenu(demo)) == [TEMOIN] and not (demo / "submitted").exists()
    assert "n'y gardez rien" in (demo / TEMOIN).read_text(encoding="utf-8")


def test_un_dossier_vide_sert_comme_un_neuf(tmp_path):
    (tmp_path / "demo").mkdir()
    remettre_a_neuf(tmp_path / "demo")
    assert list(contenu(tmp_path)) == [f"demo/{TEMOIN}"]


@pytest.mark.parametrize("temoin", [None, "", "Une classe fictive, faite par moi."])
def test_ce_qu_elle_n_a_pas_marque_n_est_pas_efface(demo, temoin):
    (demo / TEMOIN).unlink()
    if temoin is not None:
        (demo / TEMOIN).write_text(temoin, encoding="utf-8")
    avant = contenu(demo)
    with pytest.raises(ErreurFormateur, match="demo n'a pas été fait par « grc demo » .* Renommez"):
        remettre_a_neuf(demo)
    assert contenu(demo) == avant


def test_un_lien_vers_un_dossier_marque_n_est_pas_suivi(demo, tmp_path):
    (tmp_path / "lien").symlink_to(demo)
    avant = contenu(demo)
    with pytest.raises(ErreurFormateur, match="n'a pas été fait"):
        remettre_a_neuf(tmp_path / "lien")
    assert contenu(demo) == avant


def test_un_lien_dans_la_demonstration_part_sans_ce_qu_il_montre(demo, tmp_path):
    (tmp_path / "vraies_copies").mkdir()
    (tmp_path / "vraies_copies" / "léa.ipynb").write_text("{}", encoding="utf-8")
    (demo / "copies").symlink_to(tmp_path / "vraies_copies")
    remettre_a_neuf(demo)
    assert list(contenu(demo)) == [TEMOIN]
    assert contenu(tmp_path / "vraies_copies") == {"léa.ipynb": b"{}"}


def test_interrompue_en_effacant_elle_reprend(demo, monkeypatch):
    vrai = shutil.rmtree

    def ouvert_ailleurs(dossier):
        vrai(dossier)
        raise PermissionError(dossier)

    monkeypatch.setattr(shutil, "rmtree", ouvert_ailleurs)
    with pytest.raises(ErreurFormateur, match="fermez ce qui y est ouvert"):
        remettre_a_neuf(demo)
    monkeypatch.undo()
    remettre_a_neuf(demo)
    assert list(contenu(demo)) == [TEMOIN]


def test_un_paquet_a_l_endroit_meme_de_la_demonstration_n_est_pas_efface(tmp_path):
    """Si les données d'une classe se mêlaient encore au code."""
    for nom in ("__init__.py", "copies.py"):
        (tmp_path / "demo").mkdir(exist_ok=True)
        (tmp_path / "demo" / nom).write_text("# du code", encoding="utf-8")
    with pytest.raises(ErreurFormateur, match="n'a pas été fait par « grc demo »"):
        lancer(Cours(DEPOT.racine, tmp_path), [], None)
    assert contenu(tmp_path) == {"demo/__init__.py": b"# du code", "demo/copies.py": b"# du code"}


def test_lancee_deux_fois_elle_laisse_le_code_tel_qu_il_est(tmp_path):
    depot = copier_le_depot(tmp_path / "depot")
    for paquet in ("demo", "demonstration"):
        (depot / "autograde" / paquet).mkdir(exist_ok=True)
        (depot / "autograde" / paquet / "a_moi.py").write_text("# du code", encoding="utf-8")
    (depot / "autograde" / "demo" / "__init__.py").write_text("", encoding="utf-8")
    avant = contenu(depot)
    for _ in range(2):
        dit = grc(depot, "demo", "--devoirs", "s0_prise_en_main", "--classe", "1")
        assert str(depot / "autograde" / "classe" / "demo") in dit and "1 copie" in dit
    apres = contenu(depot)
    assert {nom: apres.get(nom) for nom in avant} == avant
    assert apres.keys() - avant.keys() == {
        nom for nom in apres if nom.startswith("autograde/classe/")
    }
    assert f"autograde/classe/demo/{TEMOIN}" in apres
