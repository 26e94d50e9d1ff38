"""Rien de ce qu'un stagiaire a écrit n'est exécuté : du code, même hostile, est un texte comme un autre."""

import json
import time

import pytest

from autograde.correction.classe import corriger_la_classe
from autograde.cours.dossiers import Cours
from grc_helpers.reponses.notebook import cellules, nbgrader, source
from tests.classe_fictive import (
    DEPOT,
    DEVOIR,
    copie_parfaite,
    deposer,
    nbgrader_cli,
    notes_du_carnet,
)

TEMOIN = "piege_declenche.txt"
PIEGES = {
    "ecrit": f"open({TEMOIN!r}, 'w').write('oups')",
    "dort": "import time; time.sleep(3600)",
    "quitte": "import os; os._exit(0)",
    "truque": "import autograde.notation as n\nn.noter = lambda identifiant: 20.0\nn.noter_reponses = None",
    "boucle": "while True: pass",
}


def avec_cellule_ajoutee(code: str) -> dict:
    copie = copie_parfaite()
    copie["cells"].insert(
        1,
        {
            "cell_type": "code",
            "id": "piege",
            "metadata": {},
            "source": code,
            "outputs": [],
            "execution_count": None,
        },
    )
    return copie


def avec_code_dans_une_reponse(code: str) -> dict:
    copie = copie_parfaite()
    for cellule in cellules(copie):
        if nbgrader(cellule).get("grade_id") == "s2_tp1_q3":
            cellule["source"] = code + "\n" + source(cellule)
    return copie


def avec_test_modifie() -> dict:
    copie = copie_parfaite()
    for cellule in cellules(copie):
        if nbgrader(cellule).get("grade"):
            cellule["source"] = "20.0"
            cellule["metadata"]["nbgrader"]["points"] = 100
    return copie


def remettre_la_classe(dossier) -> Cours:
    """Une copie modèle et les mêmes copies piégées, prêtes à corriger dans ce dossier."""
    cours = Cours(travail=dossier / "travail")
    deposer(cours, "modele", copie_parfaite())
    for nom, code in PIEGES.items():
        deposer(cours, f"cellule_{nom}", avec_cellule_ajoutee(code))
        deposer(cours, f"reponse_{nom}", avec_code_dans_une_reponse(code))
    deposer(cours, "tests_modifies", avec_test_modifie())
    return cours


@pytest.fixture(scope="module")
def corrigee(tmp_path_factory) -> tuple[Cours, dict, int, float]:
    """La classe corrigée une fois : le cours, les copies d'avant, combien de corrigées, en combien de temps."""
    dossier = tmp_path_factory.mktemp("pieges")
    cours = remettre_la_classe(dossier)
    avant = {f: f.read_bytes() for f in cours.remises.rglob("*.ipynb")}
    depart = time.monotonic()
    with pytest.MonkeyPatch.context() as ailleurs:
        ailleurs.chdir(dossier)
        combien = len(list(corriger_la_classe(cours, DEVOIR)))
    return cours, avant, combien, time.monotonic() - depart


def a_montrer(stagiaire: str, modele: dict) -> set[str]:
    """Les questions que le formateur regarde : celles du modèle, et celles près desquelles du code est écrit hors d'une réponse."""
    if stagiaire == "tests_modifies":
        return set(modele)
    ecrites_a_cote = {"s2_tp1_q0"} if stagiaire.startswith("cellule_") else set()
    return {q for q, (_, demande) in modele.items() if demande} | ecrites_a_cote


def verifier(cours: Cours) -> None:
    notes = notes_du_carnet(cours.db_url)
    assert len(notes) == 2 * len(PIEGES) + 2
    modele = notes["modele"]
    for stagiaire, obtenues in notes.items():
        assert {q: points for q, (points, _) in obtenues.items()} == {
            q: points for q, (points, _) in modele.items()
        }, stagiaire
        a_relire = {q for q, (_, demande) in obtenues.items() if demande}
        assert a_relire == a_montrer(stagiaire, modele), stagiaire
    assert not list(cours.travail.parent.rglob(TEMOIN)), "du code de stagiaire a été exécuté"
    assert not list(DEPOT.racine.glob(f"**/{TEMOIN}"))


def test_par_grc_corriger(corrigee):
    cours, avant, combien, secondes = corrigee
    assert combien == len(avant)
    assert secondes < 600, "une copie a fait attendre la classe"
    verifier(cours)
    assert {f: f.read_bytes() for f in cours.remises.rglob("*.ipynb")} == avant, (
        "une copie remise a été modifiée"
    )


def test_par_la_commande_nbgrader_avec_nos_reglages(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cours = remettre_la_classe(tmp_path)
    for arguments in (
        [
            "generate_assignment",
            DEVOIR,
            "--force",
            f"--CourseDirectory.release_directory={cours.travail / 'course'}",
        ],
        ["autograde", DEVOIR],
    ):
        sortie = nbgrader_cli(
            DEPOT.racine / "autograde", *arguments, GRC_TRAVAIL=str(cours.travail)
        )
        assert sortie.returncode == 0, sortie.stderr[-3000:]
    verifier(cours)


def test_la_copie_corrigee_ne_garde_rien_d_autre_que_les_reponses(corrigee):
    fichiers = list(corrigee[0].corrigees.rglob("*.ipynb"))
    assert len(fichiers) == corrigee[2]
    for fichier in fichiers:
        identifiants = [
            cellule.get("id")
            for cellule in cellules(json.loads(fichier.read_text(encoding="utf-8")))
        ]
        assert "piege" not in identifiants
