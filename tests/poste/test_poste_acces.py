"""Les formulaires pour tous les yeux : règles d'accessibilité, thème sombre, petit écran, page agrandie deux fois."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.classe_fictive import copie_avec, notebook_distribue

pytestmark = pytest.mark.navigateur
PRISE_EN_MAIN = "s0_prise_en_main"
REPONSES = {
    "s0_q1": "54 €",
    "s0_q2": "Jour | Lundi | Mardi\nOnt acheté | 20 | 30\nRepartis les mains vides | soixante personnes |",
    "s0_q3": "b",
    "s0_q4": "c, a",
    "s0_q5": "Magasin : b\nTéléphone : c\nCourriel :\nAssistant du site :",
}


def violations(page) -> list[str]:
    """Ce qu'axe-core reproche aux formulaires, contrastes compris, et qu'il juge sérieux ou critique."""
    resultat = Axe().run(page, context={"include": [[".grc-formulaire"]]})
    assert resultat.response["passes"], "axe n'a rien examiné"
    return [
        f"{faute['id']} : {noeud['html'][:120]}"
        for faute in resultat.response["violations"]
        if faute["impact"] in ("serious", "critical")
        for noeud in faute["nodes"]
    ]


def photographier(page, dossier, nom: str) -> None:
    """Une capture par formulaire : c'est ce qu'il faut regarder après un changement d'apparence."""
    for rang, formulaire in enumerate(page.locator(".grc-formulaire:visible").all()):
        formulaire.evaluate("e => e.scrollIntoView({block: 'center'})")
        page.screenshot(path=dossier / f"formulaires_{nom}_{rang}.png")


@pytest.mark.parametrize("nom_du_theme", ["Light", "Dark"])
@pytest.mark.parametrize("remplie", [False, True], ids=["vierge", "remplie"])
def test_les_formulaires_respectent_les_regles_d_accessibilite(
    ouvrir, lab, nom_du_theme, remplie, dossier_captures
):
    with lab.au_theme(nom_du_theme):
        page = ouvrir(
            "acces.ipynb",
            copie_avec(REPONSES, PRISE_EN_MAIN) if remplie else notebook_distribue(PRISE_EN_MAIN),
        )
        if remplie:  # un verdict de chaque sorte, et un dépassé
            for bouton in page.get_by_role("button", name="Vérifier").all():
                bouton.click()
            page.locator(".grc-verdict:not(:empty)").nth(7).wait_for()
            assert page.locator(".grc-fautive").count() == 1
            page.locator("[data-grc-question=s0_q1] input").fill("55")
        # axe ne juge que ce qui est à l'écran : toutes les questions doivent y passer.
        style = page.add_style_tag(
            content=".jp-Notebook .jp-Cell:not(.grc-reponse) { display: none }"
        )
        page.locator(".grc-formulaire:visible").first.evaluate("e => e.scrollIntoView()")
        assert page.locator(".grc-formulaire:visible").count() == 8
        assert violations(page) == []
        style.evaluate("e => e.remove()")
        photographier(
            page, dossier_captures, f"{nom_du_theme}_{'remplie' if remplie else 'vierge'}"
        )


@pytest.mark.parametrize(
    ("ecran", "agrandi"),
    [({"width": 1366, "height": 768}, 1), ({"width": 683, "height": 384}, 2)],
    ids=["1366x768", "zoom 200 %"],
)
def test_rien_ne_deborde_sur_un_petit_ecran_ni_agrandi(
    ouvrir, lab, ecran, agrandi, dossier_captures
):
    page = ouvrir("petit.ipynb", copie_avec(REPONSES, PRISE_EN_MAIN))
    with lab.a_l_ecran(ecran, agrandi):
        page.wait_for_timeout(500)  # JupyterLab redispose ses panneaux
        for formulaire in page.locator(".grc-formulaire:visible").all():
            assert formulaire.evaluate("e => e.scrollWidth <= e.clientWidth")
            cadre = formulaire.bounding_box()
            assert cadre["x"] + cadre["width"] <= ecran["width"]
        for champ in page.locator(
            ".grc-formulaire :is(textarea, select, input, button):visible"
        ).all():
            assert champ.evaluate(
                """e => {
                    const place = e.getBoundingClientRect(), cadre = e.closest('.grc-formulaire').getBoundingClientRect();
                    return !!e.closest('.grc-defilement') || (place.left >= cadre.left && place.right <= cadre.right);
                }"""
            )
            assert champ.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 13
        photographier(page, dossier_captures, f"{ecran['width']}")


def test_le_correcteur_du_navigateur_est_en_francais(ouvrir):
    page = ouvrir("francais.ipynb", notebook_distribue(PRISE_EN_MAIN))
    for champ in page.locator(".grc-formulaire :is(textarea, input[type=text])").all():
        assert (champ.get_attribute("spellcheck"), champ.get_attribute("lang")) == ("true", "fr")
    # Le clic droit doit montrer les corrections du navigateur, pas le menu des cellules.
    page.locator(".grc-prose").first.click(button="right")
    page.wait_for_timeout(500)
    assert page.locator(".lm-Menu:visible").count() == 0
