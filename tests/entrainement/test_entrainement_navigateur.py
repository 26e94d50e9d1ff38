"""L'entraînement dans un vrai navigateur : joué au clavier dans JupyterLab, vérifié par axe dans JupyterLab et sous Voilà."""

import json

import pytest

from grc_helpers.entrainement.fichier import charger, noms
from tests.poste_ouvert import attendre_que
from tests.tableau_ouvert import avec_le_jeton

pytestmark = pytest.mark.navigateur
DELAI = 90_000
NOM = "entrainement.ipynb"
EXEMPLES = noms("exemples")
# Arrête tous les noyaux du serveur, comme le fait un poste qu'on éteint.
ARRETER = """async () => {
  const jeton = document.cookie.match(/_xsrf=([^;]*)/)[1];
  const noyaux = await (await fetch('/api/kernels')).json();
  for (const noyau of noyaux) await fetch('/api/kernels/' + noyau.id, { method: 'DELETE', headers: { 'X-XSRFToken': jeton } });
  return noyaux.length;
}"""
SIMULATEUR = "from grc_helpers.simulateurs.valeur_client import SimulateurValeurClient\nSimulateurValeurClient().afficher()"


def cahier() -> dict:
    """Un exercice de chaque sorte, puis un simulateur."""
    sources = [
        "from grc_helpers.entrainement import exercice\n" + f'exercice("exemples", "{nom}")'
        for nom in EXEMPLES
    ] + [SIMULATEUR]
    cellules = [
        {
            "cell_type": "code",
            "id": f"c{rang}",
            "source": texte,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for rang, texte in enumerate(sources)
    ]
    titre = {"cell_type": "markdown", "id": "titre", "source": "# Entraînement", "metadata": {}}
    noyau = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "cells": [titre, *cellules],
        "metadata": {"kernelspec": noyau},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@pytest.fixture(scope="module")
def ouvert(lab_ouvert, serveur):
    """La page de JupyterLab sur un seul cahier, exécuté une fois pour tous les essais du fichier."""
    with lab_ouvert.neuf():
        serveur.poser(NOM, cahier())
        page = lab_ouvert.ouvrir(NOM)
        page.set_viewport_size({"width": 1280, "height": 900})
        tout_executer(page)
        yield page


def tout_executer(page) -> None:
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.locator('[role="slider"][aria-label]').first.wait_for(timeout=DELAI)
    assert page.locator(".grc-exercice").count() == len(EXEMPLES)


def exercice(page, nom):
    return page.locator(".grc-exercice").nth(EXEMPLES.index(nom))


def au_clavier(page, depart, *touches):
    """Part d'un élément, puis n'utilise que le clavier."""
    depart.focus()
    for touche in touches:
        page.keyboard.press(touche)


def actif(page) -> str:
    return page.evaluate(
        "document.activeElement.innerText || document.activeElement.value || ''"
    ).strip()


def choisi(liste) -> str:
    """Le texte choisi dans une liste ; ipywidgets y met des espaces insécables."""
    return liste.evaluate("liste => liste.selectedOptions[0].text").replace("\u00a0", " ")


def test_un_choix_se_joue_au_clavier_en_deux_essais(ouvert, dossier_captures):
    taux = exercice(ouvert, "taux")
    options = taux.get_by_role("radiogroup", name="Réponses possibles : Lire un taux")
    au_clavier(ouvert, options.get_by_label("15 %"), "ArrowDown", "Tab")
    assert options.get_by_label("30 %").is_checked()
    assert actif(ouvert) == "Vérifier", "Tab quitte le groupe d'options"
    ouvert.keyboard.press("Enter")
    taux.get_by_role("alert").wait_for()
    assert "30 est un nombre de clients" in taux.get_by_role("alert").inner_text()
    assert taux.locator(".grc-corrige").count() == 0
    taux.screenshot(path=dossier_captures / "entrainement_premier_essai.png")
    au_clavier(ouvert, options.get_by_label("30 %"), "ArrowDown", "Tab", "Enter")
    taux.locator(".grc-corrige li").nth(2).wait_for()
    assert "30 ÷ 200 = 0,15" in taux.locator(".grc-corrige").inner_text()
    taux.screenshot(path=dossier_captures / "entrainement_corrige.png")
    ouvert.keyboard.press("Tab")
    assert actif(ouvert) == "Recommencer", "le clavier reprend là où il était"
    ouvert.keyboard.press("Enter")
    taux.locator(".grc-corrige").wait_for(state="detached")
    assert taux.locator("input:checked").count() == 0


def test_les_indices_s_ouvrent_un_par_un_au_clavier(ouvert):
    roles = exercice(ouvert, "roles")
    for rang in (1, 2, 3):
        assert roles.locator("summary:visible").count() == rang
        au_clavier(ouvert, roles.locator("summary").nth(rang - 1), "Enter")
    assert roles.get_by_text("Une seule de ces trois tâches").is_visible()


def test_un_ordre_se_joue_au_clavier(ouvert, dossier_captures):
    ordre, enonce = exercice(ouvert, "reclamation"), charger("exemples", "reclamation").tirer(1)
    for ligne in enonce.lignes:
        liste = ordre.get_by_label(ligne.texte)
        for _ in enonce.possibilites:
            if choisi(liste) != ligne.attendu:
                au_clavier(ouvert, liste, "ArrowDown")
        assert choisi(liste) == ligne.attendu
    au_clavier(ouvert, liste, "Tab", "Enter")
    ordre.get_by_text("C'est juste.").wait_for()
    ordre.screenshot(path=dossier_captures / "entrainement_ordre.png")


def test_un_nombre_se_joue_au_clavier_et_change_de_chiffres(ouvert, dossier_captures):
    abonnes, enonce = exercice(ouvert, "abonnes"), charger("exemples", "abonnes").tirer(1)
    champ = abonnes.get_by_label("Votre réponse (abonnés)")
    champ.focus()
    ouvert.keyboard.type("12,5 ou 13")
    ouvert.keyboard.press("Enter")
    abonnes.get_by_text("Je ne lis pas de nombre").wait_for()
    au_clavier(ouvert, champ, "Control+a")
    ouvert.keyboard.type(f"{enonce.attendu:g} abonnés")
    ouvert.keyboard.press("Enter")
    abonnes.get_by_text("C'est juste.").wait_for()
    abonnes.screenshot(path=dossier_captures / "entrainement_nombre.png")
    avant = abonnes.locator(".grc-question").inner_text()
    au_clavier(ouvert, abonnes.get_by_role("button", name="Autres chiffres"), "Enter")
    abonnes.get_by_role("alert").wait_for(state="detached")
    assert abonnes.locator(".grc-question").inner_text() != avant and champ.input_value() == ""


def test_dans_jupyterlab_les_curseurs_ont_un_nom_et_obeissent_aux_fleches(ouvert):
    noms_des_curseurs = ouvert.locator('[role="slider"]').evaluate_all(
        "tous => tous.map(e => e.ariaLabel)"
    )
    assert len(noms_des_curseurs) == 6 and all(
        nom and nom.endswith("(curseur)") for nom in noms_des_curseurs
    )
    simulateur = ouvert.locator(".grc-simulateur")
    au_clavier(
        ouvert, ouvert.get_by_role("slider", name="Taux de fidélité annuel"), *["ArrowLeft"] * 3
    )
    champ = simulateur.get_by_label("Taux de fidélité annuel", exact=True)
    ouvert.wait_for_function("champ => champ.value.startsWith('77')", arg=champ.element_handle())
    liste = simulateur.get_by_label("Acquisition payée")
    au_clavier(ouvert, liste, "ArrowDown")
    assert choisi(liste) == "chaque année"


def fautes_graves(page, zone):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    violations = axe.Axe().run(page, context=zone).response["violations"]
    return [
        (v["id"], [noeud["html"][:140] for noeud in v["nodes"]])
        for v in violations
        if v["impact"] in ("serious", "critical")
    ]


def montrer_tous_les_etats(page):
    """Un exercice raté, un corrigé, les indices ouverts : tous les textes possibles sont à l'écran."""
    roles = exercice(page, "roles")
    for liste in roles.locator("select").all():
        liste.select_option("Back office")
    roles.get_by_role("button", name="Vérifier").click()
    roles.get_by_role("alert").wait_for()
    taux = exercice(page, "taux")
    for libelle, retour in (("30 %", "Pas encore"), ("85 %", "Voici la réponse")):
        taux.get_by_label(libelle).check()
        taux.get_by_role("button", name="Vérifier").click()
        taux.get_by_role("alert").filter(has_text=retour).wait_for()
    taux.locator(".grc-corrige").wait_for()
    page.locator(".grc-exercice details").evaluate_all("tous => tous.forEach(e => (e.open = true))")


@pytest.fixture(scope="module")
def tous_les_etats(ouvert):
    montrer_tous_les_etats(ouvert)
    return ouvert


@pytest.mark.parametrize("nom_du_theme", ["Light", "Dark"])
def test_accessible_dans_jupyterlab_en_clair_et_en_sombre(
    tous_les_etats, lab_ouvert, nom_du_theme, dossier_captures
):
    page = tous_les_etats
    with lab_ouvert.au_theme(nom_du_theme):
        assert page.evaluate("document.body.dataset.jpThemeName") == f"JupyterLab {nom_du_theme}"
        for nom in EXEMPLES:
            exercice(page, nom).screenshot(
                path=dossier_captures / f"entrainement_{nom_du_theme}_{nom}.png"
            )
        assert fautes_graves(page, ".grc-exercice") == []
        assert fautes_graves(page, ".grc-simulateur") == []


def test_accessible_sous_voila(page, voila, dossier_captures):
    adresse, dossier = voila
    (dossier / "entrainement.ipynb").write_text(json.dumps(cahier()), encoding="utf-8")
    page.goto(avec_le_jeton(f"{adresse}/voila/render/entrainement.ipynb"), timeout=DELAI)
    page.locator('[role="slider"][aria-label]').first.wait_for(timeout=DELAI)
    montrer_tous_les_etats(page)
    page.screenshot(path=dossier_captures / "entrainement_voila.png", full_page=True)
    assert fautes_graves(page, ".grc-exercice") == []


def test_un_cahier_rouvert_dit_comment_relancer_l_activite(ouvert, page, serveur):
    """Le lendemain, le noyau n'est plus là : JupyterLab ne sait plus dessiner les widgets du fichier enregistré."""
    ouvert.keyboard.press("Control+s")
    attendre_que(
        lambda: (
            (serveur.dossier / NOM).read_text(encoding="utf-8").count("widget-view+json")
            == len(EXEMPLES) + 1
        ),
        20,
    )
    assert ouvert.evaluate(ARRETER) >= 1
    page.goto(f"{serveur.adresse}lab/tree/{NOM}?reset&token={serveur.jeton}", timeout=DELAI)
    consigne = page.get_by_text("Cette activité s'est arrêtée. Cliquez sur « Relancer »")
    consigne.nth(len(EXEMPLES)).wait_for(timeout=DELAI)
    assert page.get_by_text("Error displaying").count() == 0
