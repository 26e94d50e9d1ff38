"""Le tableau de bord « valeur client », servi par Voilà et manipulé dans Chromium comme en salle."""

import re

import pytest

from autograde.tableaux.voila import commande_voila
from grc_helpers.poste import DOSSIER_POSTE
from grc_helpers.simulateurs.comparaison import Comparaison
from tests.tableau_ouvert import (
    Tableau,
    attendre,
    avec_le_jeton,
    remettre_au_depart,
    verifier_la_page,
    verifier_que_le_poste_se_tait,
    verifier_que_rien_ne_sort,
)

TABLEAU = Tableau("valeur_client", ".grc-comparaison .grc-figure img")
ECART_DE_DEPART = Comparaison().phrase


@pytest.fixture
def tableau(tableau_ouvert):
    """Le tableau de bord à ses valeurs de départ."""
    remettre_au_depart(
        tableau_ouvert, lambda: tableau_ouvert.locator(".grc-ecart").inner_text() == ECART_DE_DEPART
    )
    return tableau_ouvert


def phrase_du_client_a(page):
    return page.locator(".grc-simulateur figcaption").first.inner_text()


@pytest.mark.navigateur
def test_manipuler_au_clavier_puis_reinitialiser(tableau, dossier_captures):
    client_a = tableau.locator(".grc-simulateur").first
    depart = phrase_du_client_a(tableau)
    image = client_a.locator("img").get_attribute("src")
    tableau.screenshot(path=dossier_captures / "tableau_haut.png")
    curseur = client_a.get_by_role("slider", name="Taux de fidélité annuel")
    curseur.focus()
    for _ in range(5):
        curseur.press("ArrowLeft")
    champ = client_a.get_by_label("Taux de fidélité annuel", exact=True)
    attendre(lambda: champ.input_value() == "75\u00a0%", "le champ n'a pas suivi le curseur")
    attendre(lambda: phrase_du_client_a(tableau) != depart, "la phrase n'a pas changé")
    attendre(
        lambda: tableau.locator(".grc-ecart").inner_text() != ECART_DE_DEPART,
        "l'écart n'a pas changé",
    )
    assert client_a.locator("img").get_attribute("src") != image
    assert client_a.locator("table td").nth(1).inner_text() == "50", (
        "200 clients × 25 % d'attrition"
    )
    client_a.scroll_into_view_if_needed()
    tableau.screenshot(path=dossier_captures / "tableau_outil.png")
    client_a.get_by_role("button", name="Réinitialiser").press("Enter")
    attendre(
        lambda: phrase_du_client_a(tableau) == depart,
        "« Réinitialiser » n'a pas rendu les chiffres de départ",
    )
    attendre(lambda: champ.input_value() == "80\u00a0%", "le champ n'est pas revenu")


@pytest.mark.navigateur
def test_ecrire_une_valeur_a_la_francaise(tableau):
    client_b = tableau.locator(".grc-simulateur").nth(1)
    champ = client_b.get_by_label("CA annuel par client", exact=True)
    depart = client_b.locator("figcaption").inner_text()
    champ.fill("437,5")
    champ.press("Enter")
    attendre(lambda: champ.input_value() == "437,5\u00a0€", "la valeur écrite n'a pas été reprise")
    attendre(
        lambda: client_b.locator("figcaption").inner_text() != depart, "la phrase n'a pas changé"
    )
    champ.fill("cher")
    champ.press("Enter")
    client_b.get_by_role("alert").wait_for()
    assert "Je ne lis pas de nombre" in client_b.get_by_role("alert").inner_text()


@pytest.mark.navigateur
def test_aucune_demande_ne_sort_du_poste(tableau):
    verifier_que_rien_ne_sort(tableau)


@pytest.mark.navigateur
def test_le_poste_du_stagiaire_se_tait_sous_voila(page, voila):
    """Voilà ne charge pas l'extension du poste. Chargée quand même, comme par un Voilà sans nos réglages, elle ne fait rien."""
    tableau = TABLEAU.ouvrir(page, voila[0])
    verifier_que_le_poste_se_tait(tableau)
    tableau.demandes.clear()
    tableau.evaluate("""() => {
        window.changements = 0;
        const vigie = new MutationObserver(vus => (window.changements += vus.length));
        vigie.observe(document, { subtree: true, childList: true, attributes: true });
    }""")
    tableau.add_script_tag(path=DOSSIER_POSTE / "extension/grc-poste/static/remoteEntry.grc.js")
    avant = tableau.evaluate("window.changements")
    tableau.evaluate("""async () => {
        const extension = window._JUPYTERLAB['grc-poste'];
        extension.init({});
        for (const greffon of (await extension.get())().default) await greffon.activate({}, null);
        await new Promise(requestAnimationFrame);
    }""")
    assert tableau.evaluate("window.changements") == avant, "l'extension a changé la page"
    assert tableau.demandes == [] and tableau.erreurs == []


@pytest.mark.navigateur
def test_la_page_est_en_francais_et_structuree(tableau):
    assert tableau.evaluate("document.documentElement.lang") == "fr"
    assert tableau.title() == "Lequel des deux clients faut-il garder ?"
    assert (
        tableau.locator("main").count() == 1
        and tableau.locator("main .grc-simulateur").count() == 2
    )
    titres = tableau.locator("main h2").all_inner_texts()
    assert titres == [
        "Buts",
        "Situation",
        "Questions à poser à la classe",
        "Outil",
        "Légende des commandes",
    ]
    noms = tableau.locator('[role="slider"]').evaluate_all(
        "poignees => poignees.map(p => p.ariaLabel)"
    )
    assert len(noms) == 12 and all(nom and nom.endswith("(curseur)") for nom in noms)


@pytest.mark.navigateur
@pytest.mark.parametrize("tableau_au_theme", ["light", "dark"], indirect=True)
def test_accessibilite_et_lisibilite(tableau_au_theme, dossier_captures):
    theme, tableau = tableau_au_theme
    verifier_la_page(tableau)
    tableau.locator(".grc-comparaison").scroll_into_view_if_needed()
    tableau.screenshot(path=dossier_captures / f"tableau_{theme}.png")


@pytest.mark.navigateur
def test_l_outil_tient_dans_l_ecran_du_videoprojecteur(tableau):
    tableau.get_by_role("link", name="Aller directement à l'outil").click()

    def les_deux_graphiques_tiennent():
        cadres = [figure.bounding_box() for figure in tableau.locator(".grc-simulateur img").all()]
        return len(cadres) == 2 and all(
            cadre and cadre["y"] > 0 and cadre["y"] + cadre["height"] <= 720 for cadre in cadres
        )

    # Un graphique redessiné pendant le défilement n'a, un instant, pas de place à l'écran.
    attendre(les_deux_graphiques_tiennent, "un graphique dépasse de l'écran")
    assert tableau.locator(".grc-ecart").bounding_box()["y"] >= 0


@pytest.mark.navigateur
def test_un_tableau_de_huit_ans_n_est_pas_coupe(tableau):
    client_a = tableau.locator(".grc-simulateur").first
    client_a.get_by_label("Nombre d'années", exact=True).fill("8")
    client_a.get_by_label("Nombre d'années", exact=True).press("Enter")
    client_a.get_by_text("de N5 à N8").wait_for()
    assert client_a.locator(".grc-defilement").evaluate(
        "zone => zone.scrollWidth <= zone.clientWidth"
    )


@pytest.mark.navigateur
def test_accueil_et_page_inconnue_sont_en_francais(page, voila):
    adresse, _ = voila
    page.goto(avec_le_jeton(adresse))
    assert page.url == f"{adresse}/", "le jeton ne reste pas à l'écran"
    assert (
        page.get_by_role("link", name="Valeur client")
        .get_attribute("href")
        .endswith("valeur_client.ipynb")
    )
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.goto(f"{adresse}/voila/render/absent.ipynb")
    assert "Il n'y a pas de tableau de bord à cette adresse" in page.inner_text("main")


def test_la_commande_ne_sert_que_ce_poste(tmp_path):
    commande = commande_voila(tmp_path, 8866)
    assert (
        commande[1:3] == ["-m", "autograde.tableaux.serveur"] and "--Voila.ip=127.0.0.1" in commande
    )
    assert (
        "--Voila.open_browser=False" in commande and "--VoilaExporter.language_code=fr" in commande
    )
    assert any(
        re.fullmatch(r"--MappingKernelManager.cull_idle_timeout=[1-9]\d*", option)
        for option in commande
    )
    with pytest.raises(FileNotFoundError, match="n'existe pas"):
        commande_voila(tmp_path / "absent", 8866)
