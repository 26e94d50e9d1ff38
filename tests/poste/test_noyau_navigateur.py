"""Un noyau éteint sous la page repart tout seul, et elle le dit."""

import pytest

from tests.classe_fictive import DEVOIR
from tests.poste_ouvert import DELAI

pytestmark = pytest.mark.navigateur
CHEMIN = f"{DEVOIR}/{DEVOIR}.ipynb"
REPARTI = "les activités répondent de nouveau"
QUESTION = ".jp-Cell[data-grc-question='s2_tp1_q0']"


def repondre_et_lancer(page, valeur: str) -> None:
    """La réponse s'enregistre et se vérifie ; une activité s'ouvre dans le noyau neuf."""
    champ = page.locator(f"{QUESTION} .grc-formulaire input").first
    champ.fill(valeur)
    page.locator(".grc-bandeau").get_by_text(REPARTI).wait_for(timeout=DELAI)
    champ.click()
    champ.press("Enter")
    page.locator(f"{QUESTION} .grc-recue").get_by_text(f"{valeur} clients").wait_for(timeout=DELAI)
    page.get_by_role("button", name="Commencer : Glossaire").click()
    page.locator(".grc-lancee .jp-OutputArea-output").first.wait_for(timeout=DELAI)
    assert page.locator(".jp-Dialog").count() == 0


def test_un_noyau_eteint_repart_tout_seul(lab, cours):
    """Comme le fait un hub pour un noyau inactif."""
    page = lab.ouvrir(CHEMIN)
    page.evaluate("window.jupyterapp.serviceManager.kernels.shutdownAll()")
    repondre_et_lancer(page, "400")
