"""Le tableau de bord « portefeuille de clients », servi par Voilà et manipulé dans Chromium comme en salle."""

import pytest

from grc_helpers.simulateurs.portefeuille import SimulateurPortefeuille
from tests.tableau_ouvert import Tableau, attendre, phrase, remettre_au_depart, verifier_la_page

pytestmark = pytest.mark.navigateur
TABLEAU = Tableau("portefeuille_clients", ".grc-simulateur .grc-figure img")
PHRASE_DE_DEPART = SimulateurPortefeuille(projection=True).phrase


@pytest.fixture
def tableau(tableau_ouvert):
    remettre_au_depart(tableau_ouvert, lambda: phrase(tableau_ouvert) == PHRASE_DE_DEPART)
    return tableau_ouvert


def test_deplacer_un_seuil_changer_de_graphique_puis_reinitialiser(tableau, dossier_captures):
    assert phrase(tableau) == PHRASE_DE_DEPART
    tableau.get_by_role("link", name="Aller directement à l'outil").click()
    curseur = tableau.get_by_role("slider", name="Seuil de la classe A")
    curseur.focus()
    curseur.press("ArrowRight")
    attendre(
        lambda: "classe A, 4 clients" in phrase(tableau), "Lila n'a pas changé de classe à 81 %"
    )
    tableau.get_by_label("Un client qui dépasse le seuil").select_option(index=1)
    tableau.screenshot(path=dossier_captures / "portefeuille_abc.png")
    for rang, debut in (
        (1, "Indice de Gini"),
        (2, "Le cumul monte à 120"),
        (3, "Gros mais peu rentables : Nadir"),
    ):
        tableau.get_by_label("Graphique", exact=True).select_option(index=rang)
        attendre(
            lambda debut=debut: phrase(tableau).startswith(debut), f"« {debut} » n'est pas affiché"
        )
        cadre = tableau.locator(".grc-simulateur img").bounding_box()
        assert cadre["y"] > 0 and cadre["y"] + cadre["height"] <= 720, (
            "le graphique dépasse de l'écran"
        )
        tableau.screenshot(path=dossier_captures / f"portefeuille_{rang}.png")
    champ = tableau.get_by_label("Seuil de la classe A", exact=True)
    champ.fill("97")
    champ.press("Enter")
    tableau.get_by_role("alert").wait_for()
    tableau.get_by_role("button", name="Réinitialiser").press("Enter")
    attendre(
        lambda: phrase(tableau) == PHRASE_DE_DEPART,
        "« Réinitialiser » n'a pas rendu les chiffres de départ",
    )
    assert tableau.get_by_role("alert").count() == 0


def test_accessibilite_et_lisibilite(tableau):
    verifier_la_page(tableau)
