"""Chaque notebook du cours, ouvert dans le poste et exécuté d'un bout à l'autre : rien n'échoue, rien ne reste muet, rien n'est du code."""

import json

import pytest

from grc_helpers.noyau.erreurs import CONSEIL
from tests.classe_fictive import DEPOT
from tests.ecran_du_stagiaire import choses_etrangeres
from tests.poste_ouvert import attendre_que, refuser_une_erreur

pytestmark = pytest.mark.navigateur
DELAI = 90_000
TOUS = sorted(
    chemin.relative_to(DEPOT.distribue).as_posix()
    for chemin in DEPOT.distribue.glob("*/*.ipynb")
    if ".ipynb_checkpoints" not in chemin.parts
)
CAHIERS = [chemin for chemin in TOUS if chemin.startswith("s")]


def cellules_de_code(fichier) -> list[dict]:
    return [
        cellule
        for cellule in json.loads(fichier.read_text(encoding="utf-8"))["cells"]
        if cellule["cell_type"] == "code"
    ]


def tout_executer(page) -> None:
    """Toutes les cellules à la suite, ce qu'aucun bouton du poste ne fait plus ; attend la dernière."""
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")


@pytest.mark.parametrize("chemin", CAHIERS)
def test_tout_s_execute_dans_le_poste(lab, cours, chemin):
    page = lab.ouvrir(chemin)
    assert choses_etrangeres(page) == []
    tout_executer(page)
    refuser_une_erreur(page)
    assert choses_etrangeres(page) == [], "les activités ouvertes"
    page.keyboard.press("Control+s")
    fichier = cours / chemin
    attendre_que(
        lambda: all(
            cellule["execution_count"]
            for cellule in cellules_de_code(fichier)
            if "".join(cellule["source"]).strip()
        )
    )
    sorties = [sortie for cellule in cellules_de_code(fichier) for sortie in cellule["outputs"]]
    assert (
        sorties
        and [s for s in sorties if s["output_type"] == "error" or s.get("name") == "stderr"] == []
    )
    # Au poste, une erreur devient une phrase française.
    assert [sortie for sortie in sorties if CONSEIL in json.dumps(sortie, ensure_ascii=False)] == []


def test_ni_code_ni_anglais_hors_des_seances(lab):
    """L'accueil, le glossaire, les pages à manipuler ; les séances le sont en s'exécutant."""
    trouvees = {}
    for chemin in TOUS:
        if chemin not in CAHIERS:
            trouvees[chemin] = choses_etrangeres(lab.ouvrir(chemin))
    assert len(trouvees) > 7 and not any(trouvees.values()), trouvees
