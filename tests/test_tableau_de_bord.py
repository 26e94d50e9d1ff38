"""Le tableau de bord « valeur client », servi par Voilà et manipulé dans Chromium comme en salle."""

import os
import re
import subprocess
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from autograde.tableaux import commande_voila, environnement_voila
from grc_helpers.simulateurs.comparaison import Comparaison
from tests.conftest import port_libre

RACINE = Path(__file__).resolve().parent.parent
TABLEAUX = RACINE / "solutions" / "tableaux_de_bord"
PATIENCE = 90
ECART_DE_DEPART = Comparaison().phrase

# Chaque texte visible de la page et sa taille, pour trouver ceux qu'on ne lit pas du fond de la salle.
TEXTES = """() => {
  const trouves = [], visite = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (visite.nextNode()) {
    const texte = visite.currentNode.textContent.trim(), parent = visite.currentNode.parentElement;
    if (!texte || !parent.getClientRects().length || parent.closest('script, style')) continue;
    trouves.push([parseFloat(getComputedStyle(parent).fontSize), texte.slice(0, 40)]);
  }
  for (const champ of document.querySelectorAll('input, select, button'))
    trouves.push([parseFloat(getComputedStyle(champ).fontSize), champ.value]);
  return trouves;
}"""


def attendre(condition, motif):
    """Relance ``condition()`` jusqu'à ce qu'elle soit vraie ; l'essai échoue avec ``motif`` sinon."""
    fin = time.monotonic() + 20
    while time.monotonic() < fin:
        if condition():
            return
        time.sleep(0.1)
    pytest.fail(motif)


@pytest.fixture(scope="module")
def voila(tmp_path_factory):
    """L'adresse d'un serveur Voilà lancé sur les tableaux de bord du cours."""
    port = port_libre()
    journal = tmp_path_factory.mktemp("voila") / "voila.log"
    chemins = [str(RACINE), *filter(None, [os.environ.get("PYTHONPATH")])]
    environnement = {**environnement_voila(), "PYTHONPATH": os.pathsep.join(chemins)}
    with journal.open("w", encoding="utf-8") as sortie:
        serveur = subprocess.Popen(commande_voila(TABLEAUX, port), env=environnement, stdout=sortie, stderr=sortie)
        try:
            _attendre_le_serveur(serveur, f"http://127.0.0.1:{port}/", journal)
            yield f"http://127.0.0.1:{port}"
        finally:
            serveur.terminate()
            serveur.wait(timeout=30)


def _attendre_le_serveur(serveur, adresse, journal):
    fin = time.monotonic() + PATIENCE
    while time.monotonic() < fin and serveur.poll() is None:
        try:
            urllib.request.urlopen(adresse, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"Voilà n'a pas démarré.\n{journal.read_text(encoding='utf-8')[-2000:]}")


def ouvrir(page, voila, theme="light"):
    """Charge le tableau de bord et attend que ses commandes répondent."""
    page.goto(f"{voila}/voila/render/valeur_client.ipynb?theme={theme}", timeout=PATIENCE * 1000)
    page.wait_for_selector(".grc-comparaison .grc-figure img", timeout=PATIENCE * 1000)
    page.wait_for_selector('[role="slider"][aria-label]')
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
    """Le tableau de bord à ses valeurs de départ, avec la liste ``demandes`` des adresses que la page a appelées."""
    for bouton in tableau_ouvert.get_by_role("button", name="Réinitialiser").all():
        bouton.click()
    attendre(lambda: tableau_ouvert.locator(".grc-ecart").inner_text() == ECART_DE_DEPART, "pas de retour au départ")
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
    attendre(lambda: tableau.locator(".grc-ecart").inner_text() != ECART_DE_DEPART, "l'écart n'a pas changé")
    assert client_a.locator("img").get_attribute("src") != image
    assert client_a.locator("table td").nth(1).inner_text() == "50", "200 clients × 25 % d'attrition"
    client_a.scroll_into_view_if_needed()
    tableau.screenshot(path=dossier_captures / "tableau_outil.png")
    client_a.get_by_role("button", name="Réinitialiser").press("Enter")
    attendre(lambda: phrase_du_client_a(tableau) == depart, "« Réinitialiser » n'a pas rendu les chiffres de départ")
    attendre(lambda: champ.input_value() == "80\u00a0%", "le champ n'est pas revenu")


@pytest.mark.navigateur
def test_ecrire_une_valeur_a_la_francaise(tableau):
    client_b = tableau.locator(".grc-simulateur").nth(1)
    champ = client_b.get_by_label("CA annuel par client", exact=True)
    depart = client_b.locator("figcaption").inner_text()
    champ.fill("437,5")
    champ.press("Enter")
    attendre(lambda: champ.input_value() == "437,5\u00a0€", "la valeur écrite n'a pas été reprise")
    attendre(lambda: client_b.locator("figcaption").inner_text() != depart, "la phrase n'a pas changé")
    champ.fill("cher")
    champ.press("Enter")
    client_b.get_by_role("alert").wait_for()
    assert "Je ne lis pas de nombre" in client_b.get_by_role("alert").inner_text()


@pytest.mark.navigateur
def test_aucune_demande_ne_sort_du_poste(tableau):
    adresses = [urlsplit(url) for url in tableau.demandes]
    ailleurs = [url.geturl() for url in adresses if url.scheme not in ("data", "blob") and url.hostname != "127.0.0.1"]
    assert len(adresses) > 3 and ailleurs == []
    assert tableau.erreurs == []


@pytest.mark.navigateur
def test_la_page_est_en_francais_et_structuree(tableau):
    assert tableau.evaluate("document.documentElement.lang") == "fr"
    assert tableau.title() == "Lequel des deux clients faut-il garder ?"
    assert tableau.locator("main").count() == 1 and tableau.locator("main .grc-simulateur").count() == 2
    titres = tableau.locator("main h2").all_inner_texts()
    assert titres == ["Buts", "Situation", "Questions à poser à la classe", "Outil", "Légende des commandes"]
    noms = tableau.locator('[role="slider"]').evaluate_all("poignees => poignees.map(p => p.ariaLabel)")
    assert len(noms) == 12 and all(nom and nom.endswith("(curseur)") for nom in noms)


@pytest.mark.navigateur
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessibilite_et_lisibilite(page, voila, theme, dossier_captures):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    tableau = ouvrir(page, voila, theme)
    fautes = [
        (faute["id"], [noeud["html"][:120] for noeud in faute["nodes"]])
        for faute in axe.Axe().run(tableau).response["violations"]
        if faute["impact"] in ("serious", "critical")
    ]
    assert fautes == []
    trop_petits = [texte for taille, texte in tableau.evaluate(TEXTES) if taille < 18]
    assert trop_petits == []
    assert tableau.evaluate("document.querySelector('main').scrollWidth <= window.innerWidth"), "la page déborde"
    tableau.locator(".grc-comparaison").scroll_into_view_if_needed()
    tableau.screenshot(path=dossier_captures / f"tableau_{theme}.png")


@pytest.mark.navigateur
def test_l_outil_tient_dans_l_ecran_du_videoprojecteur(tableau):
    tableau.get_by_role("link", name="Aller directement à l'outil").click()

    def les_deux_graphiques_tiennent():
        cadres = [figure.bounding_box() for figure in tableau.locator(".grc-simulateur img").all()]
        return len(cadres) == 2 and all(cadre and cadre["y"] > 0 and cadre["y"] + cadre["height"] <= 720 for cadre in cadres)

    # Un graphique redessiné pendant le défilement n'a, un instant, pas de place à l'écran.
    attendre(les_deux_graphiques_tiennent, "un graphique dépasse de l'écran")
    assert tableau.locator(".grc-ecart").bounding_box()["y"] >= 0


@pytest.mark.navigateur
def test_un_tableau_de_huit_ans_n_est_pas_coupe(tableau):
    client_a = tableau.locator(".grc-simulateur").first
    client_a.get_by_label("Nombre d'années", exact=True).fill("8")
    client_a.get_by_label("Nombre d'années", exact=True).press("Enter")
    client_a.get_by_text("de N5 à N8").wait_for()
    assert client_a.locator(".grc-defilement").evaluate("zone => zone.scrollWidth <= zone.clientWidth")


@pytest.mark.navigateur
def test_accueil_et_page_inconnue_sont_en_francais(page, voila):
    page.goto(voila)
    assert page.get_by_role("link", name="Valeur client").get_attribute("href").endswith("valeur_client.ipynb")
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.goto(f"{voila}/voila/render/absent.ipynb")
    assert "Il n'y a pas de tableau de bord à cette adresse" in page.inner_text("main")


def test_la_commande_ne_sert_que_ce_poste(tmp_path):
    commande = commande_voila(tmp_path, 8866)
    assert commande[1:3] == ["-m", "voila"] and "--Voila.ip=127.0.0.1" in commande
    assert "--Voila.open_browser=False" in commande and "--VoilaExporter.language_code=fr" in commande
    assert "--Voila.open_browser=True" in commande_voila(tmp_path, 8866, navigateur=True)
    assert any(re.fullmatch(r"--MappingKernelManager.cull_idle_timeout=[1-9]\d*", option) for option in commande)
    with pytest.raises(FileNotFoundError, match="n'existe pas"):
        commande_voila(tmp_path / "absent", 8866)
