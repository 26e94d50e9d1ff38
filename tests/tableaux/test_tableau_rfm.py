"""Le tableau de bord « à qui écrire avec un petit budget », servi par Voilà et manipulé dans Chromium comme en salle."""

import pytest

from grc_helpers.simulateurs.rfm import ExplorateurRFM
from tests.tableau_ouvert import Tableau, attendre, phrase, remettre_au_depart, verifier_la_page

pytestmark = pytest.mark.navigateur
TABLEAU = Tableau("explorateur_rfm", ".grc-simulateur .grc-figure img")
PHRASE_DE_DEPART = ExplorateurRFM(projection=True).phrase


@pytest.fixture
def tableau(tableau_ouvert):
    remettre_au_depart(tableau_ouvert, lambda: phrase(tableau_ouvert) == PHRASE_DE_DEPART)
    return tableau_ouvert


def test_garder_un_plan_le_comparer_changer_de_graphique_puis_reinitialiser(
    tableau, dossier_captures
):
    assert phrase(tableau) == PHRASE_DE_DEPART
    tableau.screenshot(path=dossier_captures / "rfm_haut.png")
    tableau.get_by_role("link", name="Aller directement à l'outil").click()
    tableau.get_by_role("button", name="Garder ce plan").click()
    cible = tableau.get_by_label("Écrire d'abord…")
    cible.select_option(label="aux plus gros montants")
    attendre(
        lambda: "rapporte 13" in tableau.get_by_role("status").inner_text(),
        "les deux plans ne sont pas comparés",
    )
    for rang, nom in enumerate(("grille", "segments")):
        tableau.get_by_label("Graphique", exact=True).select_option(index=rang)
        attendre(
            lambda rang=rang: tableau.locator("img[alt^='Grille' i]").count() == 1 - rang,
            f"« {nom} » n'est pas affiché",
        )

        def tient():
            cadre = tableau.locator(".grc-simulateur img").bounding_box()
            return cadre and cadre["y"] > 0 and cadre["y"] + cadre["height"] <= 720

        attendre(tient, "le graphique dépasse de l'écran")
        tableau.screenshot(path=dossier_captures / f"rfm_{nom}.png")
    curseur = tableau.get_by_role("slider", name="Budget")
    curseur.focus()
    for _ in range(4):
        curseur.press("ArrowRight")
    attendre(
        lambda: "11\u00a0courriers" in phrase(tableau),
        "le budget au clavier n'a pas changé le plan",
    )
    prix = tableau.get_by_label("Prix d'un courrier", exact=True)
    prix.fill("cher")
    prix.press("Enter")
    tableau.get_by_role("alert").wait_for()
    tableau.get_by_role("button", name="Réinitialiser").press("Enter")
    attendre(
        lambda: phrase(tableau) == PHRASE_DE_DEPART,
        "« Réinitialiser » n'a pas rendu le plan de départ",
    )
    assert tableau.get_by_role("alert").count() == 0 and tableau.get_by_role("status").count() == 0


def test_accessibilite_et_lisibilite(tableau):
    verifier_la_page(tableau)
