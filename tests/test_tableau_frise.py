"""Le tableau de bord « frise des époques », servi par Voilà et manipulé dans Chromium comme en salle."""

import pytest

from grc_helpers.figures import frise
from grc_helpers.simulateurs.frise import evenements
from tests.test_tableau_de_bord import PATIENCE, TEXTES, attendre, voila  # noqa: F401 (le serveur Voilà est le même)

pytestmark = pytest.mark.navigateur


def ouvrir(page, adresse, theme="light"):
    page.goto(f"{adresse}/voila/render/frise_des_epoques.ipynb?theme={theme}", timeout=PATIENCE * 1000)
    page.locator(".grc-frise .grc-figure img").nth(1).wait_for(timeout=PATIENCE * 1000)
    page.wait_for_selector('[role="slider"][aria-label]')
    return page


@pytest.fixture(scope="module")
def tableau(navigateur, voila):  # noqa: F811
    contexte = navigateur.new_context(viewport={"width": 1280, "height": 720})
    yield ouvrir(contexte.new_page(), voila)
    contexte.close()


def test_parcourir_les_epoques_au_bouton_et_au_clavier(tableau, dossier_captures):
    outil = tableau.locator(".grc-frise").first
    phrase = outil.locator("figcaption")
    outil.get_by_role("button", name="Réinitialiser").click()
    attendre(lambda: phrase.inner_text() == frise.phrase(1913), "pas de retour au départ")
    outil.get_by_role("button", name="Suivante").press("Enter")
    attendre(lambda: phrase.inner_text() == frise.phrase(1930), "« Suivante » n'a rien changé")
    curseur = outil.get_by_role("slider", name="Année")
    curseur.focus()
    curseur.press("ArrowRight")
    attendre(lambda: phrase.inner_text() == frise.phrase(1931), "la flèche du clavier n'a rien changé")
    champ = outil.get_by_label("Année", exact=True)
    champ.fill("2005")
    champ.press("Enter")
    attendre(lambda: "trois époques" in phrase.inner_text(), "l'année écrite n'a pas été reprise")
    assert "relationnel, digital, données" in outil.locator("img").get_attribute("alt")
    outil.scroll_into_view_if_needed()
    tableau.screenshot(path=dossier_captures / "frise_parcours.png")


def test_placer_un_evenement_se_tromper_puis_corriger(tableau, dossier_captures):
    outil, premier = tableau.locator(".grc-frise").nth(1), evenements()[0]
    outil.get_by_role("button", name="Tout recommencer").click()
    liste = outil.get_by_label("Son époque", exact=True)
    liste.select_option(label="production")
    outil.get_by_text("Pas tout à fait.").wait_for()
    outil.scroll_into_view_if_needed()
    tableau.screenshot(path=dossier_captures / "frise_erreur.png")
    liste.select_option(label=premier.epoque)
    outil.get_by_role("status").get_by_text(premier.explication).wait_for()
    attendre(lambda: outil.locator("figcaption").inner_text() == "1 événement sur 10 est à sa place.", "l'événement n'est pas posé")
    outil.get_by_role("button", name="Suivant").click()
    outil.get_by_text("Événement 2 sur 10").wait_for()
    assert liste.input_value() == "— choisissez —" and outil.get_by_role("status").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessibilite_et_lisibilite(page, voila, theme, dossier_captures):  # noqa: F811
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    tableau = ouvrir(page, voila, theme)
    tableau.locator(".grc-frise").nth(1).get_by_label("Son époque", exact=True).select_option(label="production")
    tableau.get_by_text("Pas tout à fait.").wait_for()
    fautes = [
        (faute["id"], [noeud["html"][:120] for noeud in faute["nodes"]])
        for faute in axe.Axe().run(tableau).response["violations"]
        if faute["impact"] in ("serious", "critical")
    ]
    assert fautes == []
    assert [texte for taille, texte in tableau.evaluate(TEXTES) if taille < 18] == []
    assert tableau.evaluate("document.querySelector('main').scrollWidth <= window.innerWidth"), "la page déborde"
    tableau.screenshot(path=dossier_captures / f"frise_{theme}.png", full_page=True)


def test_chaque_outil_tient_dans_l_ecran_du_videoprojecteur(tableau):
    for outil in tableau.locator(".grc-frise").all():
        assert outil.bounding_box()["height"] <= 720
