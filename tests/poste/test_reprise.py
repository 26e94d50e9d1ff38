"""Le poste connaît un cahier à ce qu'il contient : renommé, déplacé, rapporté d'un autre PC. Sans navigateur."""

import json
import shutil
from types import SimpleNamespace

import pytest

from autograde.cours.dossiers import Cours
from grc_helpers.poste.enregistrement import DossierDeTravail, avant_d_enregistrer
from grc_helpers.poste.reconnaissance import egares, references, remettre_a_leur_place, seance_de
from grc_helpers.poste.reprise import PAS_DU_COURS, PAS_UN_CAHIER, reprendre
from grc_helpers.reponses.notebook import cellules, nbgrader, source
from grc_helpers.reponses.recu import Remise, inscrire_la_remise
from grc_helpers.seances.seances import lire_le_notebook, seances
from tests.classe_fictive import DEVOIR, copie_avec, copie_parfaite, notebook_distribue

CHEMIN = f"{DEVOIR}/{DEVOIR}.ipynb"


@pytest.fixture(scope="module")
def cours_prepare(tmp_path_factory):
    dossier = tmp_path_factory.mktemp("reprise")
    shutil.copytree(Cours().distribue, dossier, dirs_exist_ok=True)
    travail = DossierDeTravail(dossier)
    travail.preparer()
    return travail


@pytest.fixture
def dossier(cours_prepare):
    """Le cours préparé une fois ; l'essai y laisse le TP tel qu'il est distribué."""
    yield cours_prepare
    for copies in egares(cours_prepare.sauvegardes).values():
        for copie in copies:
            copie.unlink()
    cours_prepare.sauvegardes.effacer(CHEMIN)


def reponse(dossier, chemin: str = CHEMIN) -> str:
    lu = lire_le_notebook(dossier.cours / chemin)
    return next(source(c) for c in cellules(lu) if nbgrader(c).get("grade_id") == "s2_tp1_q0")


def test_chaque_cahier_du_cours_se_reconnait_et_lui_seul(dossier):
    connues = references(dossier.sauvegardes)
    assert set(connues) == {seance.chemin for seance in seances(dossier.cours)}
    for chemin, notebook in connues.items():
        assert seance_de(dossier.sauvegardes, "renomme.ipynb", notebook) == chemin


@pytest.mark.parametrize("nom", ["TP1 Hugo Martin.ipynb", "TP1 Hugo Martin", "copie.ipynb.txt"])
@pytest.mark.parametrize("place", ["", DEVOIR, "accueil"])
def test_un_fichier_renomme_ou_deplace_retrouve_sa_place(dossier, nom, place):
    (dossier.cours / CHEMIN).unlink()
    egare = dossier.cours / place / nom
    egare.write_text(json.dumps(copie_avec({"s2_tp1_q0": "400"})), encoding="utf-8")
    assert remettre_a_leur_place(dossier.sauvegardes, set()) == {}
    assert reponse(dossier).endswith("400") and not egare.exists()


def test_un_fichier_renomme_et_ouvert_reste_ou_il_est_et_garde_son_histoire(dossier):
    (dossier.cours / CHEMIN).unlink()
    renomme = f"{DEVOIR}/TP1 Hugo.ipynb"
    model = {"type": "notebook", "content": copie_avec({"s2_tp1_q0": "400"})}
    contenus = SimpleNamespace(root_dir=str(dossier.racine))
    avant_d_enregistrer(model=model, path=renomme, contents_manager=contenus)
    (dossier.cours / renomme).write_text(json.dumps(model["content"]), encoding="utf-8")
    assert remettre_a_leur_place(dossier.sauvegardes, {renomme}) == {CHEMIN: renomme}
    assert (dossier.cours / renomme).exists()
    [version] = dossier.sauvegardes.versions(CHEMIN)
    assert version.avancement.recevables == 1


def test_un_fichier_a_sa_place_ne_cede_pas_a_un_egare(dossier):
    egare = dossier.cours / DEVOIR / "ancienne copie.ipynb"
    egare.write_text(json.dumps(copie_parfaite()), encoding="utf-8")
    assert remettre_a_leur_place(dossier.sauvegardes, set()) == {}
    assert egare.exists() and not reponse(dossier).endswith("400")
    assert egares(dossier.sauvegardes) == {CHEMIN: [egare]}


def test_reprendre_met_le_fichier_a_sa_place_et_garde_le_present(dossier):
    (dossier.cours / CHEMIN).write_text(json.dumps(copie_avec({"s2_tp1_q0": "12"})), "utf-8")
    rendu, _ = inscrire_la_remise(
        copie_avec({"s2_tp1_q0": "400"}), Remise(DEVOIR, "Léa", "G2", "2026-11-24T10:00:00")
    )
    reprise = reprendre(dossier.sauvegardes, "\ufeff" + json.dumps(rendu))
    assert (reprise.chemin, reprise.garde) == (CHEMIN, True)
    assert reprise.titre.startswith("TP 1 · Combien rapporte")
    assert reponse(dossier).endswith("400")
    assert "grc_remise" not in lire_le_notebook(dossier.cours / CHEMIN)["metadata"]
    gardees = [
        json.dumps(lire_le_notebook(v.fichier)) for v in dossier.sauvegardes.versions(CHEMIN)
    ]
    assert any("\\n12" in gardee for gardee in gardees)
    assert not reprendre(dossier.sauvegardes, json.dumps(rendu)).garde, (
        "le même fichier ne change rien"
    )


def test_reprendre_repare_un_fichier_abime(dossier):
    abime = copie_avec({"s2_tp1_q0": "400"})
    abime["cells"] = [c for c in abime["cells"] if nbgrader(c).get("grade_id") != "s2_tp1_q3"]
    reprendre(dossier.sauvegardes, json.dumps(abime))
    attendues = [c.get("id") for c in cellules(notebook_distribue())]
    assert [c["id"] for c in cellules(lire_le_notebook(dossier.cours / CHEMIN))] == attendues


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        ("", PAS_UN_CAHIER),
        ("<html>", PAS_UN_CAHIER),
        ("[1]", PAS_UN_CAHIER),
        ('{"cells": []}', PAS_UN_CAHIER),
        (None, PAS_UN_CAHIER),
        ("[" * 100_000, PAS_UN_CAHIER),
        ('{"cells": [{"id": "x", "source": "print(1)"}]}', PAS_DU_COURS),
    ],
)
def test_un_autre_fichier_est_refuse_par_une_phrase(dossier, contenu, phrase):
    with pytest.raises(ValueError, match=phrase[:30]):
        reprendre(dossier.sauvegardes, contenu)
    assert not dossier.sauvegardes.versions(CHEMIN)
