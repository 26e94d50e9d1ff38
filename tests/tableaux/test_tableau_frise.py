"""Le tableau de bord « frise des époques », servi par Voilà et manipulé dans Chromium comme en salle."""

import pytest

from grc_helpers.figures import frise
from grc_helpers.simulateurs.frise import evenements
from tests.tableau_ouvert import Tableau, attendre, remettre_au_depart, verifier_la_page

pytestmark = pytest.mark.navigateur
TABLEAU = Tableau("frise_des_epoques", ".grc-frise >> nth=1 >> .grc-figure img")


@pytest.fixture
def tableau(tableau_ouvert):
    """Les deux outils au départ : la frise en 1913, aucun événement placé."""
    phrases, liste = (
        tableau_ouvert.locator(".grc-frise figcaption"),
        tableau_ouvert.get_by_label("Son époque", exact=True),
    )
    depart = [frise.phrase(1913), "0 événement sur 10 est à sa place."]
    remettre_au_depart(
        tableau_ouvert,
        lambda: phrases.all_inner_texts() == depart and liste.input_value() == "— choisissez —",
    )
    return tableau_ouvert


def test_parcourir_les_epoques_au_bouton_et_au_clavier(tableau, dossier_captures):
    outil = tableau.locator(".grc-frise").first
    phrase = outil.locator("figcaption")
    outil.get_by_role("button", name="Suivante").press("Enter")
    attendre(lambda: phrase.inner_text() == frise.phrase(1930), "« Suivante » n'a rien changé")
    curseur = outil.get_by_role("slider", name="Année")
    curseur.focus()
    curseur.press("ArrowRight")
    attendre(
        lambda: phrase.inner_text() == frise.phrase(1931), "la flèche du clavier n'a rien changé"
    )
    champ = outil.get_by_label("Année", exact=True)
    champ.fill("2005")
    champ.press("Enter")
    attendre(lambda: "trois époques" in phrase.inner_text(), "l'année écrite n'a pas été reprise")
    assert "marketing client, numérique, one-to-one" in outil.locator("img").get_attribute("alt")
    outil.scroll_into_view_if_needed()
    tableau.screenshot(path=dossier_captures / "frise_parcours.png")


def test_placer_un_evenement_se_tromper_puis_corriger(tableau, dossier_captures):
    outil, premier = tableau.locator(".grc-frise").nth(1), evenements()[0]
    liste = outil.get_by_label("Son époque", exact=True)
    liste.select_option(label="production")
    outil.get_by_text("Pas tout à fait.").wait_for()
    outil.scroll_into_view_if_needed()
    tableau.screenshot(path=dossier_captures / "frise_erreur.png")
    liste.select_option(label=premier.epoque)
    outil.get_by_role("status").get_by_text(premier.explication).wait_for()
    attendre(
        lambda: outil.locator("figcaption").inner_text() == "1 événement sur 10 est à sa place.",
        "l'événement n'est pas posé",
    )
    outil.get_by_role("button", name="Suivant").click()
    outil.get_by_text("Événement 2 sur 10").wait_for()
    assert liste.input_value() == "— choisissez —" and outil.get_by_role("status").count() == 0


@pytest.mark.parametrize("tableau_au_theme", ["light", "dark"], indirect=True)
def test_accessibilite_et_lisibilite(tableau_au_theme, dossier_captures):
    theme, tableau = tableau_au_theme
    tableau.locator(".grc-frise").nth(1).get_by_label("Son époque", exact=True).select_option(
        label="production"
    )
    tableau.get_by_text("Pas tout à fait.").wait_for()
    verifier_la_page(tableau)
    tableau.screenshot(path=dossier_captures / f"frise_{theme}.png", full_page=True)


def test_chaque_outil_tient_dans_l_ecran_du_videoprojecteur(tableau):
    for outil in tableau.locator(".grc-frise").all():
        assert outil.bounding_box()["height"] <= 720
