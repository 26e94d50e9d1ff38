"""Chaque notebook du cours, ouvert dans le poste et exécuté d'un bout à l'autre : rien n'échoue, rien ne reste muet."""

import json

import pytest
from playwright.sync_api import TimeoutError

from grc_helpers.noyau.erreurs import CONSEIL
from tests.classe_fictive import DEPOT
from tests.poste_ouvert import attendre_que, refuser_une_erreur

pytestmark = pytest.mark.navigateur
DELAI = 90_000
CAHIERS = sorted(
    chemin.relative_to(DEPOT.distribue).as_posix()
    for chemin in DEPOT.distribue.glob("s*/*.ipynb")
    if ".ipynb_checkpoints" not in chemin.parts
)


def cellules_de_code(fichier) -> list[dict]:
    return [
        cellule
        for cellule in json.loads(fichier.read_text(encoding="utf-8"))["cells"]
        if cellule["cell_type"] == "code"
    ]


def tout_executer(page) -> None:
    """Le bouton du poste ; recommence si JupyterLab, encore occupé, n'a rien lancé."""
    for _ in range(3):
        page.get_by_text("Tout exécuter").click()
        page.locator(".jp-Dialog .jp-mod-accept").click()
        try:
            page.locator(".jp-CodeCell .jp-OutputArea-output").first.wait_for(timeout=40_000)
            break
        except TimeoutError:
            continue
    page.wait_for_function(
        "![...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].some(e => e.textContent.includes('*'))",
        timeout=DELAI,
    )


@pytest.mark.parametrize("chemin", CAHIERS)
def test_tout_s_execute_dans_le_poste(lab, cours, chemin):
    page = lab.ouvrir(chemin)
    tout_executer(page)
    refuser_une_erreur(page)
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
