"""Le tableau de bord « portefeuille de clients », servi par Voilà et manipulé dans Chromium comme en salle."""

import pytest

from grc_helpers.simulateurs.portefeuille import SimulateurPortefeuille
from tests.test_tableau_de_bord import PATIENCE, TEXTES, attendre, voila  # noqa: F401 (voila est une fixture)

PHRASE_DE_DEPART = SimulateurPortefeuille(projection=True).phrase


@pytest.fixture
def tableau(page, voila):  # noqa: F811
    page.erreurs = []
    page.on("pageerror", lambda erreur: page.erreurs.append(str(erreur)))
    page.goto(f"{voila}/voila/render/portefeuille_clients.ipynb?theme=light", timeout=PATIENCE * 1000)
    page.wait_for_selector(".grc-simulateur .grc-figure img", timeout=PATIENCE * 1000)
    page.wait_for_selector('[role="slider"][aria-label]')
    return page


def phrase(page):
    return page.locator("figcaption").inner_text()


@pytest.mark.navigateur
def test_deplacer_un_seuil_changer_de_graphique_puis_reinitialiser(tableau, dossier_captures):
    assert phrase(tableau) == PHRASE_DE_DEPART
    tableau.get_by_role("link", name="Aller directement à l'outil").click()
    curseur = tableau.get_by_role("slider", name="Seuil de la classe A")
    curseur.focus()
    curseur.press("ArrowRight")
    attendre(lambda: "classe A, 4 clients" in phrase(tableau), "Lila n'a pas changé de classe à 81 %")
    tableau.get_by_label("Un client qui dépasse le seuil").select_option(index=1)
    tableau.screenshot(path=dossier_captures / "portefeuille_abc.png")
    for rang, debut in ((1, "Indice de Gini"), (2, "Le cumul monte à 120"), (3, "Gros mais peu rentables : Nadir")):
        tableau.get_by_label("Graphique", exact=True).select_option(index=rang)
        attendre(lambda debut=debut: phrase(tableau).startswith(debut), f"« {debut} » n'est pas affiché")
        cadre = tableau.locator(".grc-simulateur img").bounding_box()
        assert cadre["y"] > 0 and cadre["y"] + cadre["height"] <= 720, "le graphique dépasse de l'écran"
        tableau.screenshot(path=dossier_captures / f"portefeuille_{rang}.png")
    champ = tableau.get_by_label("Seuil de la classe A", exact=True)
    champ.fill("97")
    champ.press("Enter")
    tableau.get_by_role("alert").wait_for()
    tableau.get_by_role("button", name="Réinitialiser").press("Enter")
    attendre(lambda: phrase(tableau) == PHRASE_DE_DEPART, "« Réinitialiser » n'a pas rendu les chiffres de départ")
    assert tableau.get_by_role("alert").count() == 0 and tableau.erreurs == []


@pytest.mark.navigateur
def test_accessibilite_et_lisibilite(tableau):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    fautes = [
        (faute["id"], [noeud["html"][:120] for noeud in faute["nodes"]])
        for faute in axe.Axe().run(tableau).response["violations"]
        if faute["impact"] in ("serious", "critical")
    ]
    assert fautes == []
    assert [texte for taille, texte in tableau.evaluate(TEXTES) if taille < 18] == []
    assert tableau.evaluate("document.querySelector('main').scrollWidth <= window.innerWidth"), "la page déborde"
