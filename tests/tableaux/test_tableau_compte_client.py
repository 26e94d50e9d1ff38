"""Le tableau de bord « compte client », servi par Voilà et manipulé dans Chromium comme en salle."""

import pytest

from grc_helpers.simulateurs.compte_client import ExplorateurDeCompte
from tests.tableau_ouvert import Tableau, attendre, phrase, remettre_au_depart, verifier_la_page

pytestmark = pytest.mark.navigateur
TABLEAU = Tableau("compte_client", ".grc-compte .grc-figure img")
PHRASE_DE_DEPART = ExplorateurDeCompte(projection=True).phrase


@pytest.fixture
def tableau(tableau_ouvert):
    remettre_au_depart(tableau_ouvert, lambda: phrase(tableau_ouvert) == PHRASE_DE_DEPART)
    return tableau_ouvert


def test_avancer_deviner_dater_puis_reinitialiser(tableau, dossier_captures):
    assert phrase(tableau) == PHRASE_DE_DEPART
    tableau.get_by_role("link", name="Aller directement à l'outil").click()
    curseur = tableau.get_by_role("slider", name="À la date du")
    curseur.focus()
    curseur.press("ArrowRight")
    attendre(
        lambda: phrase(tableau).startswith("Au 01/10/2025"), "le curseur n'a pas avancé d'un jour"
    )
    tableau.get_by_label("Solde de la dernière ligne").select_option(index=1)
    tableau.get_by_role("button", name="Écriture suivante").click()
    attendre(lambda: "Facture 221" in phrase(tableau), "la devinette n'est pas posée")
    derniere = tableau.locator(".grc-defilement tbody tr").last
    assert derniere.locator("td").nth(3).inner_text() == "?"
    cadre = derniere.bounding_box()
    assert cadre["y"] > 0 and cadre["y"] + cadre["height"] <= 720, (
        "l'écriture à deviner n'est pas à l'écran"
    )
    tableau.screenshot(path=dossier_captures / "compte_deviner.png")
    tableau.get_by_label("Solde de la dernière ligne").select_option(index=0)
    champ = tableau.get_by_label("À la date du", exact=True)
    champ.fill("31/1")
    champ.press("Enter")
    attendre(lambda: champ.input_value() == "31/01/2026", "la date écrite n'a pas été reprise")
    tableau.get_by_label("Graphique", exact=True).select_option(index=1)
    attendre(
        lambda: phrase(tableau).endswith("plus de 90 jours."), "la balance âgée n'est pas affichée"
    )
    tableau.get_by_label("Ancienneté comptée depuis").select_option(index=1)
    attendre(
        lambda: phrase(tableau).endswith("61 à 90 jours."), "l'ancienneté ne part pas de l'échéance"
    )
    tableau.screenshot(path=dossier_captures / "compte_balance.png")
    champ.fill("demain")
    champ.press("Enter")
    tableau.get_by_role("alert").wait_for()
    tableau.get_by_role("button", name="Réinitialiser").press("Enter")
    attendre(
        lambda: phrase(tableau) == PHRASE_DE_DEPART,
        "« Réinitialiser » n'a pas rendu les réglages de départ",
    )
    assert tableau.get_by_role("alert").count() == 0


def test_accessibilite_et_lisibilite(tableau):
    verifier_la_page(tableau)
