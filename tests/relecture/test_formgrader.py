"""Formgrader s'ouvre sur notre carnet : le formateur lit une réponse, met une note, et elle est gardée."""

import pytest

from autograde.carnet.api import ouvrir
from autograde.correction.classe import corriger_la_classe
from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import changer
from autograde.relecture.formgrader import commande_formgrader
from tests.classe_fictive import DEVOIR, copie_a_relire, deposer
from tests.serveurs import port_libre, servir

pytestmark = pytest.mark.navigateur


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory):
    cours = Cours(travail=tmp_path_factory.mktemp("formgrader"))
    copie = copie_a_relire()
    changer(copie, "s2_tp1_q1", lambda s: s.replace("100", "120"))
    deposer(cours, "léa", copie)
    list(corriger_la_classe(cours, DEVOIR))
    port = port_libre()
    commande, environnement = commande_formgrader(cours, navigateur=False, port=port)
    commande.append("--IdentityProvider.token=")
    adresse = f"http://127.0.0.1:{port}"
    with servir(commande, environnement, f"{adresse}/api", cours.travail / "serveur.log"):
        yield adresse, cours


def test_relire_et_noter_une_reponse_redigee(page, formgrader, dossier_captures):
    adresse, cours = formgrader
    page.goto(f"{adresse}/formgrader/gradebook/{DEVOIR}/{DEVOIR}", timeout=60_000)
    page.get_by_role("link", name="Submission #1").click(timeout=60_000)
    page.get_by_text("Note automatique").first.wait_for(timeout=60_000)
    page.screenshot(path=dossier_captures / "formgrader.png", full_page=True)
    texte = page.locator("body").inner_text()
    assert "dite autrement" in texte and "Clients perdus N1" in texte
    assert "seau percé" in texte

    saisie = page.locator("input.score[id='s2_tp1_q3_test']")
    saisie.scroll_into_view_if_needed()
    saisie.fill("2.5")
    saisie.press("Tab")
    page.wait_for_timeout(1500)
    list(corriger_la_classe(cours, DEVOIR))
    with ouvrir(cours) as carnet:
        grade = carnet.find_grade("s2_tp1_q3_test", DEVOIR, DEVOIR, "léa")
        assert (grade.manual_score, grade.needs_manual_grade) == (2.5, False)
