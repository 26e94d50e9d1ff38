"""Le poste dans un vrai navigateur : ce que le stagiaire voit, ce qu'il tape, et ce que le fichier garde."""

import pytest
from playwright.sync_api import TimeoutError

from tests.poste_ouvert import attendre_de_voir, attendre_que, refuser_une_erreur

pytestmark = pytest.mark.navigateur

PROSE = (
    "L'enseigne n'est plus seule : aujourd'hui, le client compare, et il n'hésite pas à partir. "
    * 4
)
TABLEAU = "          | N1  | N2\nClients   | 400 | 300\nPerdus    |     | "
ENONCE, REPONSE, VERIFIER, GRILLE, PYTHON = range(5)


def cahier(reponse: str = PROSE) -> dict:
    def code(texte, identifiant, **metadonnees):
        suite = {"outputs": [], "execution_count": None}
        return {
            "cell_type": "code",
            "id": identifiant,
            "source": texte,
            "metadata": metadonnees,
            **suite,
        }

    enonce = {
        "cell_type": "markdown",
        "id": "enonce",
        "source": "# Le cas\nLisez, puis répondez.",
        "metadata": {},
    }
    cellules = [
        enonce,
        code(f"%%reponse s2_tp1_q1\n{reponse}", "q1"),
        code('verifier("s2_tp1_q1")', "q1_test", editable=False, deletable=False),
        code(f"%%tableau s2_tp1_q2\n{TABLEAU}", "q2"),
        code(
            "for client in range(2):\n    print('client', get_ipython().history_manager.enabled)",
            "python",
        ),
    ]
    noyau = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "cells": cellules,
        "metadata": {"kernelspec": noyau},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@pytest.fixture
def ouvrir(ouvrir):
    """Ouvre le cahier de ce fichier, ou un autre."""
    return lambda nom, vue="lab/tree", contenu=None: ouvrir(nom, contenu or cahier(), vue)


def cellule(page, rang):
    return page.locator(".jp-Notebook .jp-Cell").nth(rang)


def lancer(page, rang):
    """Lance une cellule et renvoie ses sorties. Comme une personne, recommence si JupyterLab, encore occupé, a perdu la touche.

    Une erreur affichée fait échouer l'essai aussitôt.
    """
    sortie = cellule(page, rang).locator(".jp-OutputArea-output")
    for _ in range(6):
        ecrire_dans(page, rang)
        page.keyboard.press("Control+Enter")
        try:
            sortie.first.wait_for(timeout=10_000)
        except TimeoutError:
            continue
        refuser_une_erreur(cellule(page, rang))
        return sortie
    raise AssertionError("La cellule ne s'est jamais exécutée.")


def ecrire_dans(page, rang):
    """Clique là où l'on écrit, champ ou éditeur, et s'assure que le clavier y est."""
    saisie = cellule(page, rang).locator(".grc-prose, .cm-content").locator("visible=true").first
    saisie.click()
    attendre_que(lambda: saisie.evaluate("e => e.contains(document.activeElement)"))


def montrer_le_code(page, *rangs):
    """Une réponse que le formulaire ne sait pas montrer en entier reste dans l'éditeur : ici, un commentaire est au-dessus de la magie."""
    for rang in rangs:
        page.evaluate(
            """rang => {
                const { sharedModel } = window.jupyterapp.shell.currentWidget.content.widgets[rang].model;
                sharedModel.setSource('# au-dessus\\n' + sharedModel.getSource());
            }""",
            rang,
        )
        cellule(page, rang).locator(".cm-content").wait_for()


def test_une_cellule_qui_echoue_arrete_l_essai_avec_son_texte(ouvrir):
    """Sans cela, un essai attendait plusieurs minutes un texte qui ne pouvait plus venir."""
    contenu = cahier()
    contenu["cells"][PYTHON]["source"] = "1 / 0"
    contenu["cells"][VERIFIER] |= {
        "source": "import sys\nprint('une panne', file=sys.stderr)",
        "metadata": {},
    }
    page = ouvrir("echecs.ipynb", contenu=contenu)
    with pytest.raises(pytest.fail.Exception, match="une panne"):
        lancer(page, VERIFIER)
    with pytest.raises(pytest.fail.Exception, match="division by zero"):
        lancer(page, PYTHON)
    with pytest.raises(pytest.fail.Exception, match="une panne"):
        attendre_de_voir(page, "un texte qui ne viendra pas", delai=60_000)


def mots_colores(page, rang) -> int:
    return cellule(page, rang).locator(".cm-line span[class*='ͼ']").count()


def verifier_la_presentation(page):
    """Celle des réponses ``REPONSE`` et ``GRILLE``, restées dans l'éditeur."""
    reponse = cellule(page, REPONSE)
    texte = reponse.locator(".cm-content")
    assert "grc-reponse" in reponse.get_attribute("class")
    # L'analyse de Python se charge à part : quand elle a coloré le code, elle a eu le temps de colorer la prose.
    attendre_que(lambda: mots_colores(page, PYTHON) > 2)
    assert mots_colores(page, REPONSE) == 0
    assert mots_colores(page, GRILLE) == 0
    assert texte.get_attribute("spellcheck") == "true"
    assert texte.get_attribute("aria-label") == "Votre réponse à la question 1"
    assert cellule(page, PYTHON).locator(".cm-content").get_attribute("spellcheck") == "false"
    assert reponse.locator(".cm-scroller").evaluate("e => e.scrollWidth <= e.clientWidth")
    assert reponse.locator(".cm-line.grc-magie").inner_text() == "%%reponse s2_tp1_q1"
    police = "e => getComputedStyle(e).fontFamily"
    assert "mono" not in texte.evaluate(police).lower()
    assert "mono" in cellule(page, GRILLE).locator(".cm-content").evaluate(police).lower()
    assert cellule(page, VERIFIER).is_hidden(), "la réponse a son bouton"
    assert "grc-" not in cellule(page, PYTHON).get_attribute("class")


def test_jupyterlab_est_francais_et_depouille(ouvrir):
    page = ouvrir("calme.ipynb")
    assert page.evaluate("document.documentElement.lang").startswith("fr")
    menus = page.locator("#jp-MainMenu .lm-MenuBar-itemLabel").all_inner_texts()
    assert menus[0] == "Fichier"
    assert "Nbgrader" not in menus
    boutons = page.locator(".jp-NotebookPanel-toolbar [data-jp-item-name]:visible").evaluate_all(
        "tous => tous.map(e => e.dataset.jpItemName)"
    )
    assert [nom for nom in boutons if nom != "spacer"] == ["save"], (
        "aucun ▶ : une activité a son bouton, une réponse le sien"
    )
    # Les panneaux de droite sont éteints : la page va jusqu'au bord.
    bord = page.locator(".jp-NotebookPanel").bounding_box()
    assert bord["x"] + bord["width"] > 1260


def test_dans_jupyterlab_la_prose_n_est_pas_du_code(ouvrir):
    page = ouvrir("prose.ipynb")
    montrer_le_code(page, REPONSE, GRILLE)
    verifier_la_presentation(page)


def test_dans_notebook_7_aussi(ouvrir):
    contenu = cahier()
    for rang in (REPONSE, GRILLE):
        contenu["cells"][rang]["source"] = f"# au-dessus\n{contenu['cells'][rang]['source']}"
    page = ouvrir("prose7.ipynb", vue="notebooks", contenu=contenu)
    verifier_la_presentation(page)
    assert page.evaluate("document.documentElement.lang").startswith("fr")
    assert page.locator(".lm-MenuBar-itemLabel").first.inner_text() == "Fichier"


def test_les_touches_isolees_ne_changent_rien(ouvrir, serveur):
    page = ouvrir("touches.ipynb")
    ecrire_dans(page, REPONSE)
    page.keyboard.press("Escape")
    page.wait_for_selector(".jp-Notebook.jp-mod-commandMode")
    for touche in "mydddxabcvrho11ii00":
        page.keyboard.press(touche)
    for touche in ("Shift+M", "Control+Backspace", "Control+Shift+M"):
        page.keyboard.press(touche)
    enregistrer(page)
    attendre_que(lambda: "language_info" in serveur.lire("touches.ipynb")["metadata"])
    assert serveur.sources("touches.ipynb") == [
        (c["cell_type"], c["source"]) for c in cahier()["cells"]
    ]


def test_une_reponse_marche_sans_cellule_d_initialisation(ouvrir):
    page = ouvrir("magie.ipynb")
    ecrire_dans(page, REPONSE)
    page.keyboard.press("Control+Enter")
    cellule(page, REPONSE).get_by_text("Bien reçu").wait_for()
    montrer_le_code(page, REPONSE, GRILLE)
    verifier_la_presentation(page)


def test_aucun_historique_n_est_partage(ouvrir):
    page = ouvrir("historique.ipynb")
    sortie = lancer(page, PYTHON)
    assert sortie.first.inner_text().split() == ["client", "False", "client", "False"]


def test_le_fichier_garde_exactement_ce_qui_est_tape(ouvrir, serveur):
    saisie = "L'été, c'est \"l'essentiel\" (85 % d'abonnés) : où va-t-on ? Cœur de cible [B], {C} à 1 700,65 €"
    page = ouvrir("saisie.ipynb", contenu=cahier(reponse=""))
    ecrire_dans(page, REPONSE)
    page.keyboard.press("Control+End")
    page.keyboard.type(saisie)
    page.keyboard.press("Enter")
    page.keyboard.type("Deuxième ligne : fin.")
    enregistrer(page)
    attendu = f"%%reponse s2_tp1_q1\n{saisie}\nDeuxième ligne : fin."
    attendre_que(lambda: serveur.sources("saisie.ipynb")[REPONSE] == ("code", attendu))


def test_le_texte_ne_bouge_pas_quand_on_commence_a_ecrire(ouvrir):
    page = ouvrir("stable.ipynb")
    montrer_le_code(page, REPONSE)
    ligne = cellule(page, REPONSE).locator(".grc-magie")
    avant = position_stable(page, ligne)
    ecrire_dans(page, REPONSE)
    assert ligne.bounding_box() == avant


def position_stable(page, ligne):
    """La place d'une ligne, une fois que les cellules du dessus ont fini de s'afficher."""
    precedente = None
    while (actuelle := ligne.bounding_box()) != precedente:
        precedente = actuelle
        page.wait_for_timeout(500)
    return actuelle


def test_la_presentation_suit_la_magie(ouvrir):
    page = ouvrir("suivre.ipynb")
    code = cellule(page, PYTHON).locator(".cm-content")
    ecrire_dans(page, PYTHON)
    page.keyboard.press("Control+Home")
    page.keyboard.type("%%Réponse q9\n")
    page.wait_for_selector('.grc-reponse .cm-content[aria-label="Votre réponse à la question 9"]')
    assert mots_colores(page, PYTHON) == 0
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Delete")
    attendre_que(lambda: mots_colores(page, PYTHON) > 2)
    assert "grc-" not in cellule(page, PYTHON).get_attribute("class")
    assert code.get_attribute("spellcheck") == "false"


@pytest.mark.parametrize("nom_du_theme", ["Light", "Dark"])
def test_tout_reste_lisible_en_clair_et_en_sombre(ouvrir, lab, nom_du_theme):
    with lab.au_theme(nom_du_theme):
        page = ouvrir(f"{nom_du_theme}.ipynb")
        montrer_le_code(page, REPONSE)
        fond = _couleur(page, "body", "--jp-layout-color0")
        assert (sum(fond) < 1) == (nom_du_theme == "Dark")
        for element in (".grc-reponse .grc-magie", ".grc-reponse .cm-line:last-child"):
            assert _contraste(_couleur(page, element, "color"), fond) >= 4.5, element


def _couleur(page, selecteur: str, propriete: str) -> list[float]:
    """La couleur telle que le navigateur la peint : un point dessiné, puis relu."""
    return page.locator(selecteur).first.evaluate(
        """(e, propriete) => {
            const dessin = document.createElement('canvas').getContext('2d');
            dessin.fillStyle = getComputedStyle(e).getPropertyValue(propriete).trim();
            dessin.fillRect(0, 0, 1, 1);
            return [...dessin.getImageData(0, 0, 1, 1).data].slice(0, 3).map(v => v / 255);
        }""",
        propriete,
    )


def _contraste(a: list[float], b: list[float]) -> float:
    def luminance(couleur):
        lineaire = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in couleur]
        return 0.2126 * lineaire[0] + 0.7152 * lineaire[1] + 0.0722 * lineaire[2]

    clair, fonce = sorted((luminance(a), luminance(b)), reverse=True)
    return (clair + 0.05) / (fonce + 0.05)


def enregistrer(page):
    page.keyboard.press("Control+s")
