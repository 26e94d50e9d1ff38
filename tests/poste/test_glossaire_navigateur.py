"""Le glossaire dans le poste : sa page se cherche lettre à lettre."""

import pytest

from tests.contenu.test_cahiers_navigateur import tout_executer
from tests.poste_ouvert import refuser_une_erreur

pytestmark = pytest.mark.navigateur


def test_la_page_cherche_un_mot_sans_accent(lab):
    page = lab.ouvrir("glossaire/glossaire.ipynb")
    tout_executer(page)
    refuser_une_erreur(page)
    lignes = page.locator(".grc-page-glossaire tbody tr")
    lignes.nth(50).wait_for(state="attached")
    page.get_by_label("Chercher un mot").press_sequentially("echeanc")
    page.get_by_role("status").get_by_text("1 mot trouvé.").wait_for()
    assert lignes.count() == 1 and lignes.locator("th").inner_text().startswith("Échéance")
    page.get_by_role("button", name="Tout voir").click()
    lignes.nth(50).wait_for(state="attached")
