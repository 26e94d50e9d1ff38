"""Le tableau de bord « positionnement des canaux », servi par Voilà et manipulé dans Chromium comme en salle."""

import pytest

from tests.tableau_ouvert import Tableau, attendre, remettre_au_depart, verifier_la_page

pytestmark = pytest.mark.navigateur
TABLEAU = Tableau("positionnement_des_canaux", ".grc-canaux .grc-figure img", curseurs=False)


@pytest.fixture
def tableau(tableau_ouvert):
    """Le tableau de bord vidé de ses canaux."""
    remettre_au_depart(tableau_ouvert, lambda: phrase(tableau_ouvert).startswith("Aucun canal"))
    return tableau_ouvert


def phrase(page):
    return page.locator(".grc-canaux figcaption").inner_text()


def placer(page, cout, richesse):
    page.get_by_label("Coût d'un contact", exact=True).select_option(cout)
    page.get_by_label("Richesse du contact", exact=True).select_option(richesse)


def test_placer_deux_canaux_puis_comparer(tableau, dossier_captures):
    placer(tableau, "élevé", "riche")
    attendre(lambda: phrase(tableau) == "1 canal placé sur 8.", "le magasin n'est pas placé")
    tableau.get_by_role("button", name="Canal suivant").press("Enter")
    attendre(
        lambda: tableau.get_by_label("Canal", exact=True).input_value() == "Stand",
        "le canal n'a pas changé",
    )
    placer(tableau, "élevé", "très riche")
    attendre(lambda: "Contact le plus riche : Stand" in phrase(tableau), "la phrase n'a pas suivi")
    image = tableau.locator(".grc-canaux img").get_attribute("src")
    tableau.get_by_label("Position commentée", exact=True).select_option("montrée")
    tableau.get_by_text("Vous l'avez mis à la même place.").wait_for()
    tableau.get_by_label("Canal", exact=True).select_option("Magasin")
    tableau.get_by_text("Chez vous : moins cher, moins riche.").wait_for()
    assert phrase(tableau).endswith("À la même place que la position commentée : 1 sur 2.")
    assert tableau.locator(".grc-canaux img").get_attribute("src") != image
    assert tableau.locator(".grc-canaux tbody tr").first.inner_text().split("\t")[2:4] == [
        "élevé",
        "riche",
    ]
    tableau.locator(".grc-canaux").scroll_into_view_if_needed()
    tableau.screenshot(path=dossier_captures / "canaux_outil.png", full_page=True)


def test_la_page_est_en_francais_et_structuree(tableau):
    assert tableau.title() == "Où placer chaque canal de contact ?"
    titres = tableau.locator("main h2").all_inner_texts()
    assert titres == [
        "Buts",
        "Situation",
        "Questions à poser à la classe",
        "Outil",
        "Légende des commandes",
    ]


def test_le_nuage_et_ses_commandes_tiennent_dans_l_ecran(tableau):
    placer(tableau, "faible", "pauvre")
    tableau.get_by_role("link", name="Aller directement à l'outil").click()

    def tout_tient():
        cadres = [
            tableau.locator(".grc-canaux img").bounding_box(),
            tableau.get_by_label("Canal", exact=True).bounding_box(),
        ]
        return all(
            cadre and cadre["y"] >= 0 and cadre["y"] + cadre["height"] <= 720 for cadre in cadres
        )

    attendre(tout_tient, "le nuage ou les listes dépassent de l'écran")


@pytest.mark.parametrize("tableau_au_theme", ["light", "dark"], indirect=True)
def test_accessibilite_et_lisibilite(tableau_au_theme, dossier_captures):
    theme, tableau = tableau_au_theme
    placer(tableau, "très élevé", "très riche")
    tableau.get_by_label("Position commentée", exact=True).select_option("montrée")
    tableau.locator(".grc-commentaire").wait_for()
    verifier_la_page(tableau)
    tableau.locator(".grc-canaux").scroll_into_view_if_needed()
    tableau.screenshot(path=dossier_captures / f"canaux_{theme}.png")
