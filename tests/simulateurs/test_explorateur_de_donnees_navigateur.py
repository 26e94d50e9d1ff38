"""L'explorateur de données dans la leçon, ouverte dans JupyterLab : les gestes d'un débutant, au clavier, sur un écran de 1366 × 768."""

import re

import pytest

from tests.poste_ouvert import refuser_une_erreur

pytestmark = pytest.mark.navigateur
DELAI = 90_000
ECRAN = {"width": 1366, "height": 768}


class Explorateur:
    """L'outil à l'écran : ce que l'on y choisit, ce qu'il dit."""

    def __init__(self, page):
        self.page, self.zone = page, page.locator(".grc-exploration")

    def ouvrir(self) -> None:
        """« Commencer », puis ouvre l'outil."""
        self.page.get_by_role("button", name="Commencer : Le carton, devenu fichier").click()
        bouton = self.zone.get_by_role("button", name="Ouvrir l'explorateur")
        bouton.wait_for(timeout=DELAI)
        bouton.press("Enter")
        self.attendre("600 clients, 9 colonnes. Choisissez ce que vous voulez faire.")

    def choisir(self, liste: str, libelle: str) -> None:
        self.zone.get_by_role("combobox", name=liste, exact=True).select_option(label=libelle)

    def ecrire(self, valeur: str) -> None:
        """Écrit dans le champ, et valide au clavier."""
        champ = self.zone.get_by_role("textbox", name=re.compile("^Valeur"))
        champ.fill(valeur)
        champ.press("Enter")

    def presser(self, bouton: str) -> None:
        self.zone.get_by_role("button", name=bouton, exact=True).press("Enter")

    def attendre(self, phrase: str) -> None:
        """Attend que l'outil le dise, là où un lecteur d'écran l'annonce."""
        motif = re.compile(re.escape(phrase).replace(r"\ ", r"\s"))
        annonce = self.zone.locator("[role=status], [role=alert]").filter(has_text=motif)
        annonce.first.wait_for(timeout=DELAI)

    def defauts(self) -> list[str]:
        """Ce qu'axe trouve à redire à l'outil."""
        axe = pytest.importorskip("axe_playwright_python.sync_playwright")
        violations = axe.Axe().run(self.page, context=".grc-exploration").response["violations"]
        return [f"{v['id']} : {v['nodes'][0]['html'][:200]}" for v in violations]


@pytest.fixture
def explorateur(lab, cours):
    page = lab.ouvrir("s2_connaissance_client/s2_connaissance_client.ipynb")
    page.set_viewport_size(ECRAN)
    ouvert = Explorateur(page)
    ouvert.ouvrir()
    yield ouvert
    refuser_une_erreur(page)


def test_les_gestes_d_un_debutant(explorateur, dossier_captures):
    """Un filtre, une faute de frappe, un filtre qui ne garde rien, un calcul, un croisement, un geste annulé, tout remis."""
    focus = explorateur.page.evaluate("document.activeElement.tagName")
    assert focus == "SELECT", "une fois ouvert, le clavier est sur la première commande"
    explorateur.choisir("Colonne", "Panier moyen")
    explorateur.ecrire("soixante")
    explorateur.attendre("Je ne lis pas de nombre dans « soixante »")
    explorateur.ecrire("60")
    explorateur.attendre("92 clients sur 600 gardés : panier moyen ≥ 60 €.")
    explorateur.ecrire("600")
    explorateur.attendre("Le filtre n'est pas posé")
    explorateur.choisir("Colonne", "Accord")
    explorateur.choisir("Valeur", "oui")
    explorateur.presser("Garder ces lignes")
    explorateur.attendre("65 clients sur 600 gardés")
    explorateur.page.screenshot(path=dossier_captures / "explorateur_filtre.png")
    explorateur.presser("Annuler le geste")
    explorateur.attendre("Geste annulé. 92 clients sur 600 gardés")
    explorateur.presser("Tout remettre")
    explorateur.attendre("Tout est remis comme au début. 600 clients, sans aucun filtre.")
    explorateur.choisir("Que voulez-vous faire ?", "Calculer : compter, totaliser, par groupe")
    explorateur.choisir("Calcul", "Totaliser")
    explorateur.choisir("De la colonne", "Montant acheté")
    explorateur.choisir("Par", "Quartier")
    explorateur.presser("Calculer")
    explorateur.attendre(
        "Centre, 84 870 € ; Port, 69 801 € ; Gare, 18 745 €. Ensemble : 173 416 €."
    )
    image = explorateur.zone.get_by_role("img")
    assert image.get_attribute("alt").startswith("Diagramme en barres, montant acheté (total)")
    explorateur.page.screenshot(path=dossier_captures / "explorateur_calcul.png")
    explorateur.choisir("Que voulez-vous faire ?", "Croiser deux critères")
    explorateur.choisir("En lignes", "Quartier")
    explorateur.choisir("En colonnes", "Accord")
    explorateur.presser("Croiser")
    explorateur.attendre("Nombre de clients, par quartier (en lignes) et accord (en colonnes)")
    port = explorateur.zone.get_by_role("row", name=re.compile("^Port"))
    assert port.locator("td").all_text_contents() == ["63", "107", "170"]
    explorateur.page.screenshot(path=dossier_captures / "explorateur_croise.png")


def test_il_tient_dans_un_ecran_et_axe_n_a_rien_a_redire(explorateur, lab, dossier_captures):
    """À 1366 × 768, les commandes, la phrase et les premières lignes se voient ensemble ; dans les deux thèmes."""
    explorateur.zone.evaluate("outil => outil.scrollIntoView({ block: 'start' })")
    tete = explorateur.zone.bounding_box()
    premiere = explorateur.zone.get_by_role("row", name=re.compile("^C003")).bounding_box()
    assert tete["y"] >= 0 and premiere["y"] + premiere["height"] <= ECRAN["height"]
    largeur = explorateur.zone.evaluate("outil => [outil.scrollWidth, outil.clientWidth]")
    assert largeur[0] <= largeur[1], "rien ne déborde à droite"
    explorateur.choisir("Que voulez-vous faire ?", "Trier : ranger les lignes")
    explorateur.choisir("Colonne", "Montant acheté")
    explorateur.presser("Trier")
    explorateur.attendre("en tête : 1 204 €")
    explorateur.presser("Lignes suivantes")
    explorateur.zone.get_by_text("Lignes 9 à 16 sur 600").wait_for(timeout=DELAI)
    for theme in ("Light", "Dark"):
        with lab.au_theme(theme):
            explorateur.page.screenshot(path=dossier_captures / f"explorateur_{theme}.png")
            assert explorateur.defauts() == [], theme
