"""Le geste entier, dans un vrai navigateur : ouvrir le TP, répondre, vérifier, enregistrer, puis corriger le fichier."""

import pytest
from playwright.sync_api import TimeoutError

from autograde.cours.devoir import charger_devoir
from autograde.fichiers.notebook import lire_fichier
from autograde.notation.copie import corriger_les_reponses
from grc_helpers.reponses.notebook import lire_reponses
from tests.classe_fictive import DEPOT, DEVOIR
from tests.poste_ouvert import attendre_de_voir, attendre_que, coller

pytestmark = pytest.mark.navigateur
PROSE = "L'année N1 rapporte le plus : 54 000 €. C'est parce qu'après, des clients s'en vont…"


def entrer_dans(page, contenu: str) -> None:
    """Clique là où l'on écrit, champ ou éditeur, dans la cellule dont la source contient ce texte ; attend d'y être."""
    cellule = page.locator(".jp-CodeCell", has=page.locator(".cm-line", has_text=contenu)).first
    saisie = (
        cellule.locator(":is(.grc-formulaire :is(textarea, input), .cm-content)")
        .locator("visible=true")
        .first
    )
    saisie.scroll_into_view_if_needed()
    for _ in range(20):  # la page bouge tant qu'elle se charge
        saisie.click()
        try:
            page.wait_for_function(
                "e => e.classList.contains('jp-mod-active')",
                arg=cellule.element_handle(),
                timeout=300,
            )
            return
        except TimeoutError:
            continue
    pytest.fail(f"Impossible d'entrer dans la cellule « {contenu} ».")


def lancer(page, contenu: str, attendu: str) -> None:
    """Lance une cellule au clavier et attend de voir ce texte ; recommence si JupyterLab, encore occupé, a perdu la touche.

    Une erreur affichée dans la page fait échouer l'essai aussitôt.
    """
    for _ in range(6):
        entrer_dans(page, contenu)
        page.keyboard.press("Control+Enter")
        try:
            attendre_de_voir(page, attendu, 15_000)
            return
        except TimeoutError:
            continue
    pytest.fail(f"« {attendu} » n'est jamais apparu.")


def ecrire(page, identifiant: str, texte: str, attendu: str) -> None:
    """Colle la réponse dans son premier champ, puis lance la cellule, comme au clavier."""
    entrer_dans(page, f" {identifiant}")
    coller(page, texte)
    lancer(page, f" {identifiant}", attendu)


def test_repondre_enregistrer_corriger(lab, cours, dossier_captures):
    page = lab.ouvrir(f"{DEVOIR}/{DEVOIR}.ipynb")
    page.get_by_role("heading", name="TP 1 · Combien rapporte un client gagné ?").wait_for(
        timeout=90_000
    )
    page.get_by_role("heading", name="Question 0").wait_for(timeout=60_000)

    ecrire(page, "s2_tp1_q0", "1 000 x 40 % = 400 clients", "Bien reçu : 400 clients.")
    ecrire(
        page,
        "s2_tp1_q1",
        "Clients perdus\t100\t60\t36\t20,4\nClients restants\t300\t240\t204\t190",
        "Clients restants N4 : votre case ne correspond pas",
    )
    page.screenshot(path=dossier_captures / "tp_tableau_incoherent.png")
    ecrire(page, "s2_tp1_q3", PROSE, f"{len(PROSE.split())} mots")
    page.screenshot(path=dossier_captures / "tp_prose.png")
    page.keyboard.press("Control+s")

    fichier = cours / DEVOIR / f"{DEVOIR}.ipynb"
    attendre_que(lambda: PROSE in fichier.read_text(encoding="utf-8"), 20)
    devoir = charger_devoir(DEPOT, DEVOIR)
    copie, motif, _ = lire_fichier(fichier)
    assert motif == ""
    correction = corriger_les_reponses(lire_reponses(copie, devoir.questions), devoir)
    assert correction.points("s2_tp1_q0") == 1
    assert correction.points("s2_tp1_q1") == 3.5, "une seule case fausse, la dernière"
    assert correction.lues.reponses["s2_tp1_q3"].cellule.corps == PROSE
    assert correction.points("s2_tp1_q3") == 1.29, "deux idées sur six, un chiffre sur deux"


def test_simulateur_et_remise(lab, cours, dossier_captures):
    page = lab.ouvrir(f"{DEVOIR}/{DEVOIR}.ipynb")
    page.get_by_role("heading", name="Étape 1").wait_for(timeout=90_000)
    page.get_by_role("button", name="Commencer : Voir l'effet de la fidélité").click()
    page.get_by_role("button", name="Réinitialiser").wait_for(timeout=90_000)
    page.get_by_role("button", name="Réinitialiser").scroll_into_view_if_needed()
    page.screenshot(path=dossier_captures / "tp_simulateur.png")
    remise = page.locator(".grc-remise").get_by_role("button", name="Préparer le fichier à rendre")
    remise.wait_for(timeout=60_000)
    assert page.locator(".jp-OutputArea-output", has_text="Traceback").count() == 0


def test_une_erreur_python_parle_francais(lab, cours):
    page = lab.ouvrir("s0_prise_en_main/s0_prise_en_main.ipynb")
    page.get_by_role("heading", name="Une erreur, exprès").wait_for(timeout=90_000)
    lancer(page, "s0_essai", "« 1.250 » se lit de deux façons")
    assert (
        page.locator(
            ".jp-mod-error, .jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']"
        ).count()
        == 0
    )


def test_l_accueil_mene_aux_seances(page, serveur, cours, dossier_captures):
    """Chargé d'une adresse à jeton, comme l'ouvre la commande du cours."""
    page.goto(
        f"{serveur.adresse}lab/tree/accueil/accueil.ipynb?reset&token={serveur.jeton}",
        timeout=90_000,
    )
    lien = page.locator(".grc-carte").get_by_role(
        "link", name="TP 1 · Combien rapporte un client gagné ?"
    )
    lien.wait_for(timeout=90_000)
    page.screenshot(path=dossier_captures / "accueil.png")
    lien.click()
    page.get_by_role("heading", name="TP 1 · Combien rapporte un client gagné ?").wait_for(
        timeout=60_000
    )
