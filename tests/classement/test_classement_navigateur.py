"""Classer au clavier, au doigt, dans le noir et en grand : ce qui est choisi est dans le fichier, rendu, et noté comme le texte tapé."""

import json
import re

import pytest

from autograde.correction.classe import corriger_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.notation.copie import corriger_les_reponses
from autograde.rendu.pages import ecrire_les_retours
from grc_helpers.reponses.notebook import lire_reponses
from grc_helpers.reponses.types.classement import lire_classement
from tests.classe_fictive import deposer
from tests.classement.cours import DEVOIR, QUESTION, copie, cours_produit
from tests.poste.test_poste_acces import violations
from tests.poste.test_poste_formulaires import (
    Clavier,
    cahier,
    champ,
    changer_la_source,
    enregistrer,
    formulaire,
)
from tests.poste.test_poste_modules import module  # noqa: F401 - la page qui appelle les modules
from tests.poste_ouvert import attendre_que, ouvreur

pytestmark = pytest.mark.navigateur

REPONSE = (
    "Nadir, trois achats cette année : b\nZoé, un devis demandé hier : a\n"
    "Léo, plus rien depuis 2019 : c\nCafé du Port, un premier achat hier : c"
)
ENONCE = "Classez.\n\n- **a** : prospect ;\n- **b** : client fidèle."


@pytest.fixture(scope="module")
def cours(tmp_path_factory):
    return cours_produit(tmp_path_factory.mktemp("classement"))


def vierge(cours) -> dict:
    return json.loads(cours.notebook_distribue(DEVOIR).read_text(encoding="utf-8"))


@pytest.mark.parametrize("vue", ["lab/tree", "notebooks"])
def test_classer_au_clavier_rendre_et_etre_note(ouvrir, serveur, cours, vue, dossier_captures):
    sorte = vue.partition("/")[0]
    dossier = serveur.dossier / sorte
    dossier.mkdir(exist_ok=True)
    nom = f"{sorte}/{DEVOIR}.ipynb"
    page = ouvrir(nom, vierge(cours), vue)
    clavier = Clavier(page)
    radios = formulaire(page, QUESTION).get_by_role("radio")
    assert radios.count() == 12
    groupe = formulaire(page, QUESTION).get_by_role(
        "radiogroup", name="Nadir, trois achats cette année"
    )
    assert groupe.get_by_role("radio", name="b client fidèle").count() == 1
    clavier.jusqu_a(champ(QUESTION, "input"))
    clavier.touche("Space", "ArrowDown")
    clavier.touche("Tab", "Space")
    clavier.touche("Tab", "Space", "ArrowDown", "ArrowDown")
    clavier.touche("Tab", "Space", "ArrowUp")
    assert formulaire(page, QUESTION).locator("legend").inner_text().endswith("4 sur 4")
    page.screenshot(path=dossier_captures / f"classement_{sorte}.png")
    clavier.touche("Shift+Enter")
    page.get_by_text("Bien reçu").first.wait_for(timeout=60_000)
    sources = enregistrer(page, serveur, nom, {1: f"%%classement {QUESTION} a b c\n{REPONSE}"})
    assert sources[1].endswith(REPONSE)
    page.locator(".grc-remise").wait_for(timeout=60_000)
    page.get_by_label("Nom et prénom").fill("Léa Dupont")
    page.get_by_label("Groupe").fill("G2")
    page.get_by_role("button", name="Préparer le fichier à rendre").press("Enter")
    page.locator(".grc-recu").wait_for(timeout=60_000)
    (rendue,) = dossier.rglob("a_rendre/Lea_Dupont-G2-*.ipynb")

    deposer(cours, sorte, rendue.read_bytes(), DEVOIR)
    (corrigee,) = [c for c in corriger_la_classe(cours, DEVOIR) if c.stagiaire == sorte]
    devoir = charger_devoir(cours, DEVOIR)
    en_texte = corriger_les_reponses(lire_reponses(copie(cours, REPONSE), devoir.questions), devoir)
    assert corrigee.correction.notes == en_texte.notes
    assert corrigee.correction.points(QUESTION) == 3
    retours = {chemin.stem: chemin for chemin in ecrire_les_retours(cours, DEVOIR)}
    montree = retours[sorte].read_text(encoding="utf-8")
    assert "3 / 4" in montree
    assert re.findall(r'<li class="(juste|fausse)">', montree) == ["juste"] * 3 + ["fausse"]


def test_un_doigt_suffit_et_l_on_peut_tout_effacer(navigateur, serveur):
    contexte = navigateur.new_context(viewport={"width": 1024, "height": 700}, has_touch=True)
    with ouvreur(contexte.new_page(), serveur) as ouvrir:
        page = ouvrir("doigt.ipynb", cahier("%%classement q1 a b\nNadir :\nZoé :", enonce=ENONCE))
        options = page.locator(champ("q1", ".grc-option"))
        assert all(option.bounding_box()["height"] >= 24 for option in options.all())
        options.nth(1).tap()
        options.nth(2).tap()
        enregistrer(page, serveur, "doigt.ipynb", {0: "%%classement q1 a b\nNadir : b\nZoé : a"})
        formulaire(page, "q1").get_by_role("button", name="Effacer mon classement").tap()
        enregistrer(page, serveur, "doigt.ipynb", {0: "%%classement q1 a b\nNadir :\nZoé :"})
    contexte.close()


def test_ce_qui_s_ecrit_ailleurs_se_montre_et_s_annule(ouvrir, serveur):
    page = ouvrir("colle.ipynb", cahier("%%classement q1 a b\nNadir :\nZoé :", enonce=ENONCE))
    changer_la_source(page, 1, "%%classement q1 a b\nZoé : client fidèle\nNadir -> A")

    def choisis():
        return (
            formulaire(page, "q1")
            .locator("input:checked")
            .evaluate_all("tous => tous.map(e => e.getAttribute('value'))")
        )

    assert choisis() == ["b", "a"]
    changer_la_source(page, 1, "%%classement q1 a b\nNadir :\nZoé :")
    attendre_que(lambda: choisis() == [])


def test_ce_que_le_formulaire_ne_sait_pas_montrer_reste_du_texte(ouvrir):
    page = ouvrir(
        "texte.ipynb",
        cahier(
            "%%classement q1 a b\nNadir : a ou b",
            "%%classement q2 a b\nNadir : a\nNadir : b",
            "%%classement q3 a b\n",
            enonce=ENONCE,
        ),
    )
    for nom in ("q1", "q2", "q3"):
        cellule = page.locator(f".jp-Cell[data-grc-question='{nom}']")
        assert cellule.locator(".cm-content").is_visible(), nom


def test_les_elements_peuvent_venir_de_l_enonce(ouvrir, serveur):
    page = ouvrir(
        "enonce.ipynb", cahier("%%classement q1 a b\n", enonce=ENONCE + "\n\n- Nadir ;\n- *Zoé*.")
    )
    formulaire(page, "q1").get_by_role("radiogroup", name="Zoé").get_by_role("radio").first.check()
    enregistrer(page, serveur, "enonce.ipynb", {0: "%%classement q1 a b\nNadir :\nZoé : a"})


@pytest.mark.parametrize("nom_du_theme", ["Light", "Dark"])
def test_axe_n_a_rien_a_redire_dans_les_deux_themes(
    ouvrir, lab, cours, nom_du_theme, dossier_captures
):
    with lab.au_theme(nom_du_theme):
        page = ouvrir("axe.ipynb", copie(cours, REPONSE.replace(" : c", " :")))
        formulaire(page, QUESTION).evaluate("e => e.scrollIntoView({block: 'center'})")
        assert violations(page) == []
        page.screenshot(path=dossier_captures / f"classement_{nom_du_theme}.png")


@pytest.mark.parametrize(
    ("ecran", "agrandi"),
    [({"width": 1366, "height": 768}, 1), ({"width": 683, "height": 384}, 2)],
    ids=["1366x768", "zoom 200 %"],
)
def test_rien_ne_deborde(ouvrir, lab, cours, ecran, agrandi, dossier_captures):
    page = ouvrir("classement_petit.ipynb", copie(cours, REPONSE))
    with lab.a_l_ecran(ecran, agrandi):
        page.wait_for_timeout(500)  # JupyterLab redispose ses panneaux
        cadre = formulaire(page, QUESTION)
        assert cadre.evaluate("e => e.scrollWidth <= e.clientWidth")
        for option in cadre.locator(".grc-option").all():
            assert option.evaluate("e => e.scrollWidth <= e.clientWidth")
            assert option.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 13
        cadre.evaluate("e => e.scrollIntoView({block: 'center'})")
        page.screenshot(path=dossier_captures / f"classement_{ecran['width']}.png")


@pytest.mark.parametrize(
    "corps",
    [
        "Nadir :\nZoé :",
        "Nadir : b\nZoé -> A.",
        "Zoé = client fidele\nNadir\tb",
        "Il dit : je pars : b",
        "Nadir : a ou b",
        "Nadir : z",
        "Nadir b",
        "Nadir : a\nNadir : b",
        "",
    ],
)
def test_le_formulaire_lit_comme_le_correcteur(module, corps):  # noqa: F811
    noms = {"a": "prospect", "b": "client fidèle"}
    ici = module("classement.js", "lireClassement", corps, ["a", "b"], ENONCE)
    la = lire_classement(corps, ("a", "b"), noms)
    if not la.places or la.remarques or la.inconnues:
        assert ici is None
        return
    assert {paire["libelle"]: paire["lettre"] for paire in ici} == la.places
