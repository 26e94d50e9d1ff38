"""Le tableau de bord « positionnement des canaux », servi par Voilà et manipulé dans Chromium comme en salle."""

import pytest

import tests.test_tableau_de_bord as commun

voila = commun.voila


def ouvrir(page, adresse, theme="light"):
    """Charge le tableau de bord et attend que le nuage soit dessiné."""
    page.goto(f"{adresse}/voila/render/positionnement_des_canaux.ipynb?theme={theme}", timeout=commun.PATIENCE * 1000)
    page.wait_for_selector(".grc-canaux .grc-figure img", timeout=commun.PATIENCE * 1000)
    return page


@pytest.fixture(scope="module")
def tableau_ouvert(navigateur, voila):
    """Une seule page pour tout le module : chaque ouverture démarre un noyau."""
    contexte = navigateur.new_context(viewport={"width": 1280, "height": 720})
    page = contexte.new_page()
    page.demandes, page.erreurs = [], []
    page.on("request", lambda demande: page.demandes.append(demande.url))
    page.on("pageerror", lambda erreur: page.erreurs.append(str(erreur)))
    yield ouvrir(page, voila)
    contexte.close()


@pytest.fixture
def tableau(tableau_ouvert):
    """Le tableau de bord vidé de ses canaux."""
    tableau_ouvert.get_by_role("button", name="Réinitialiser").click()
    commun.attendre(lambda: phrase(tableau_ouvert).startswith("Aucun canal"), "« Réinitialiser » n'a pas vidé le nuage")
    return tableau_ouvert


def phrase(page):
    return page.locator(".grc-canaux figcaption").inner_text()


def placer(page, cout, richesse):
    page.get_by_label("Coût d'un contact", exact=True).select_option(cout)
    page.get_by_label("Richesse du contact", exact=True).select_option(richesse)


@pytest.mark.navigateur
def test_placer_deux_canaux_puis_comparer(tableau, dossier_captures):
    placer(tableau, "élevé", "riche")
    commun.attendre(lambda: phrase(tableau) == "1 canal placé sur 8.", "le magasin n'est pas placé")
    tableau.get_by_role("button", name="Canal suivant").press("Enter")
    commun.attendre(lambda: tableau.get_by_label("Canal", exact=True).input_value() == "Stand", "le canal n'a pas changé")
    placer(tableau, "élevé", "très riche")
    commun.attendre(lambda: "Contact le plus riche : Stand" in phrase(tableau), "la phrase n'a pas suivi")
    image = tableau.locator(".grc-canaux img").get_attribute("src")
    tableau.get_by_label("Position commentée", exact=True).select_option("montrée")
    tableau.get_by_text("Vous l'avez mis à la même place.").wait_for()
    tableau.get_by_label("Canal", exact=True).select_option("Magasin")
    tableau.get_by_text("Chez vous : moins cher, moins riche.").wait_for()
    assert phrase(tableau).endswith("À la même place que la position commentée : 1 sur 2.")
    assert tableau.locator(".grc-canaux img").get_attribute("src") != image
    assert tableau.locator(".grc-canaux tbody tr").first.inner_text().split("\t")[2:4] == ["élevé", "riche"]
    tableau.locator(".grc-canaux").scroll_into_view_if_needed()
    tableau.screenshot(path=dossier_captures / "canaux_outil.png", full_page=True)


@pytest.mark.navigateur
def test_la_page_est_en_francais_structuree_et_ne_sort_pas_du_poste(tableau):
    assert tableau.title() == "Où placer chaque canal de contact ?"
    titres = tableau.locator("main h2").all_inner_texts()
    assert titres == ["Buts", "Situation", "Questions à poser à la classe", "Outil", "Légende des commandes"]
    ailleurs = [url for url in tableau.demandes if not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))]
    assert len(tableau.demandes) > 3 and ailleurs == [] and tableau.erreurs == []


@pytest.mark.navigateur
def test_le_nuage_et_ses_commandes_tiennent_dans_l_ecran(tableau):
    placer(tableau, "faible", "pauvre")
    tableau.get_by_role("link", name="Aller directement à l'outil").click()

    def tout_tient():
        cadres = [tableau.locator(".grc-canaux img").bounding_box(), tableau.get_by_label("Canal", exact=True).bounding_box()]
        return all(cadre and cadre["y"] >= 0 and cadre["y"] + cadre["height"] <= 720 for cadre in cadres)

    commun.attendre(tout_tient, "le nuage ou les listes dépassent de l'écran")


@pytest.mark.navigateur
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessibilite_et_lisibilite(page, voila, theme, dossier_captures):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    tableau = ouvrir(page, voila, theme)
    placer(tableau, "très élevé", "très riche")
    tableau.get_by_label("Position commentée", exact=True).select_option("montrée")
    tableau.locator(".grc-commentaire").wait_for()
    graves = [faute["id"] for faute in axe.Axe().run(tableau).response["violations"] if faute["impact"] in ("serious", "critical")]
    assert graves == []
    assert [texte for taille, texte in tableau.evaluate(commun.TEXTES) if taille < 18] == []
    assert tableau.evaluate("document.querySelector('main').scrollWidth <= window.innerWidth"), "la page déborde"
    tableau.locator(".grc-canaux").scroll_into_view_if_needed()
    tableau.screenshot(path=dossier_captures / f"canaux_{theme}.png")
