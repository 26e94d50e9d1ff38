"""Le fichier remis, et lui seul : un lien n'est la copie de personne, des octets nuls à la fin n'en cachent pas une."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograde.copie.remises import fichiers_remis, lire_copie
from autograde.cours.dossiers import Cours
from autograde.fichiers.notebook import lire_notebook
from tests.classe_fictive import DEVOIR, copie_parfaite, deposer


@pytest.fixture
def cours(tmp_path) -> Cours:
    cours = Cours(travail=tmp_path / "classe")
    deposer(cours, "léa", copie_parfaite())
    (tmp_path / "corrige.ipynb").write_text(json.dumps(copie_parfaite()), encoding="utf-8")
    return cours


def lier_le_fichier(cours: Cours, dossier: Path) -> None:
    dossier.mkdir(parents=True)
    (dossier / f"{DEVOIR}.ipynb").symlink_to(cours.travail.parent / "corrige.ipynb")


def lier_la_copie_d_un_autre(cours: Cours, dossier: Path) -> None:
    dossier.mkdir(parents=True)
    (dossier / f"{DEVOIR}.ipynb").symlink_to(cours.remises / "léa" / DEVOIR / f"{DEVOIR}.ipynb")


def lier_le_devoir(cours: Cours, dossier: Path) -> None:
    dossier.parent.mkdir(parents=True)
    dossier.symlink_to(cours.solutions / DEVOIR)


def lier_le_stagiaire(cours: Cours, dossier: Path) -> None:
    dossier.parent.symlink_to(cours.remises / "léa")


@pytest.mark.parametrize(
    "lier", [lier_le_fichier, lier_la_copie_d_un_autre, lier_le_devoir, lier_le_stagiaire]
)
def test_un_lien_n_est_pas_une_copie_et_c_est_dit(cours, lier):
    dossier = cours.remises / "noé" / DEVOIR
    lier(cours, dossier)
    copie = lire_copie("noé", dossier, DEVOIR)
    assert copie.notebook is None and "un lien vers un fichier d'ailleurs" in copie.motif
    assert len(fichiers_remis(cours.remises / "léa" / DEVOIR)) == 1


def test_une_classe_rangee_derriere_un_lien_se_lit(cours, tmp_path):
    """Le formateur range sa classe où il veut : seuls les liens parmi les copies sont douteux."""
    (tmp_path / "autre_disque").symlink_to(cours.travail)
    dossier = tmp_path / "autre_disque" / "submitted" / "léa" / DEVOIR
    assert lire_copie("léa", dossier, DEVOIR).notebook == copie_parfaite()


@given(st.integers(0, 5_000))
def test_des_octets_nuls_a_la_fin_ne_cachent_pas_la_copie(combien):
    lu, motif, reparations = lire_notebook(json.dumps(copie_parfaite()).encode() + bytes(combien))
    assert lu == copie_parfaite() and not motif and len(reparations) == bool(combien)
