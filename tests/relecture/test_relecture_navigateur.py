"""La page de relecture dans Chromium, au clavier : une réponse relue, sa note relue au carnet par l'API de nbgrader."""

import os
import re
import subprocess
import sys

import pytest

from autograde.carnet.api import ouvrir
from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import changer
from tests.classe_fictive import DEVOIR, copie_a_relire, copie_parfaite, deposer

pytestmark = pytest.mark.navigateur
QUESTION = "s2_tp1_q3"
PIEGE = "\n<script>document.title = 'piégé'</script><img src=x onerror=\"document.title='piégé'\">"
COMMENTAIRE = "Citez le chiffre de la première année."
# Une touche du haut d'un clavier français : la place est celle du « 1 », le signe est « & ».
TOUCHE_AZERTY = """() => document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key: "&", code: "Digit1", bubbles: true, cancelable: true }))"""


@pytest.fixture
def relecture(tmp_path, page):
    """``grc relire`` lancé comme par le formateur, et la page ouverte à l'adresse qu'il affiche."""
    cours = Cours(travail=tmp_path)
    for stagiaire in ("léa", "tom"):
        deposer(cours, stagiaire, copie_a_relire())
    piegee = copie_a_relire()
    changer(piegee, QUESTION, lambda s: s + PIEGE)
    changer(piegee, "s2_tp1_q0", lambda s: s.split("\n")[0] + "\n1.234 clients")
    deposer(cours, "inès", piegee)
    deposer(cours, "zoé", copie_parfaite())
    commande = [
        sys.executable,
        "-u",
        "-m",
        "grc_helpers.lancer",
        "relire",
        DEVOIR,
        "--sans-navigateur",
    ]
    environnement = os.environ | {"GRC_TRAVAIL": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    processus = subprocess.Popen(
        commande,
        env=environnement,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    try:
        lignes = []
        for ligne in processus.stdout:
            lignes.append(ligne)
            if trouvee := re.search(r"http://\S+", ligne):
                break
        else:
            pytest.fail("".join(lignes))
        dehors, recus = [], []
        base = trouvee[0].split("#")[0]
        page.on(
            "request",
            lambda requete: requete.url.startswith((base, "data:")) or dehors.append(requete.url),
        )
        page.on("request", lambda requete: recus.append(f"{requete.url} {requete.post_data or ''}"))
        page.goto(trouvee[0])
        page.get_by_role("heading", name="Réponse 1 sur 1").wait_for()
        yield page, cours
        assert dehors == [], "la page a demandé quelque chose à l'extérieur"
        assert not [
            recu for recu in recus if any(nom in recu for nom in ("léa", "tom", "inès", "zo%C3%A9"))
        ]
    finally:
        processus.terminate()
        processus.wait(30)
        processus.stdout.close()


def au_carnet(cours: Cours, stagiaire: str, question: str = QUESTION) -> tuple:
    with ouvrir(cours) as carnet:
        note = carnet.find_grade(f"{question}_test", DEVOIR, DEVOIR, stagiaire)
        commentaire = carnet.find_comment(question, DEVOIR, DEVOIR, stagiaire).manual_comment
        return note.manual_score, note.score, note.needs_manual_grade, commentaire


def enregistre(page, note: str) -> None:
    page.locator("#etat[data-sorte=ok]", has_text=f"Enregistré : {note}").wait_for()


def graves(page) -> list:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    violations = axe.Axe().run(page).response["violations"]
    return [
        (v["id"], [noeud["html"][:140] for noeud in v["nodes"]])
        for v in violations
        if v["impact"] in ("serious", "critical")
    ]


def test_passer_la_derniere_reponse_ne_dit_pas_que_tout_est_fait(relecture):
    """Une réponse passée attend toujours : la page le dit, et Entrée y ramène."""
    page, _ = relecture
    page.locator("#question").select_option(QUESTION)
    page.get_by_role("heading", name="Réponse 1 sur 2").wait_for()
    page.locator("#question").blur()  # une flèche y choisirait une autre question
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="Réponse 2 sur 2").wait_for()
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="2 réponses passées").wait_for()
    bilan = "3 copies à relire · 1 groupe de réponses identiques"
    assert page.locator("#bilan").inner_text() == bilan
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Réponse 1 sur 2").wait_for()


def test_une_classe_se_relit_au_clavier(relecture, dossier_captures):
    page, cours = relecture
    clavier = page.keyboard
    assert page.url.endswith("/"), "le jeton ne reste pas dans l'adresse"

    # Un nombre illisible : la réponse est montrée, la note se donne à la main.
    assert page.locator("#reponse").inner_text() == "1.234 clients"
    page.screenshot(path=dossier_captures / "relecture_nombre.png")
    clavier.press("n")
    clavier.type("0,5")
    clavier.press("Enter")
    enregistre(page, "0,5 / 1")
    clavier.press("Enter")

    # Une réponse rédigée : deux groupes, dont un de deux copies identiques.
    page.get_by_role("heading", name=re.compile("^Réponse 1 sur 2")).wait_for()
    assert (
        page.locator("#bilan").inner_text() == "3 copies à relire · 1 groupe de réponses identiques"
    )
    while "identiques" not in page.locator("#titre").inner_text():
        clavier.press("ArrowRight")
    clavier.press("1")
    clavier.press("1")
    clavier.press("3")
    enregistre(page, "0,86 / 4")
    assert page.locator("#note").input_value() == "0,86"
    assert au_carnet(cours, "léa")[:3] == (0.86, 0.86, True), "au carnet, mais pas encore validée"
    page.screenshot(path=dossier_captures / "relecture_prose.png")
    assert (
        page.get_by_role("button", name="la première année rapporte le plus").get_attribute(
            "aria-pressed"
        )
        == "true"
    )
    clavier.press("c")
    clavier.type(COMMENTAIRE)
    page.screenshot(path=dossier_captures / "relecture_commentaire.png")
    assert graves(page) == []
    clavier.press("Enter")
    page.locator("#commentaire", has_text=COMMENTAIRE).wait_for()
    for touche in ("e", "r"):
        clavier.press(touche)
    page.screenshot(path=dossier_captures / "relecture_enonce.png")
    assert page.locator("#corrige .rappel").is_visible() and graves(page) == []
    clavier.press("Enter")
    page.locator("#etat[data-sorte=ok]").wait_for()
    page.wait_for_function("document.querySelector('#barre').value === 1")
    # Sautée ou pas encore vue, l'autre réponse vient ensuite.
    page.locator("#reponse", has_text="<script>").wait_for()
    for stagiaire in ("léa", "tom"):
        assert au_carnet(cours, stagiaire) == (0.86, 0.86, False, COMMENTAIRE)

    # L'autre réponse est hostile : elle reste du texte. Son commentaire vient de la banque, ses touches d'un clavier français.
    assert (
        page.locator("#reponse script, #reponse img").count() == 0 and "piégé" not in page.title()
    )
    page.evaluate(TOUCHE_AZERTY)
    enregistre(page, "0,29 / 4")
    clavier.press("c")
    page.get_by_role("button", name=COMMENTAIRE, exact=True).wait_for()
    clavier.press("Tab")
    clavier.press("Tab")
    clavier.press("Enter")
    assert page.locator("#texte").input_value() == COMMENTAIRE
    clavier.press("Enter")
    clavier.press("Enter")
    page.get_by_role("heading", name="Tout est relu").wait_for()
    page.locator("#etat[data-sorte=ok]").wait_for()
    page.screenshot(path=dossier_captures / "relecture_fin.png")
    assert au_carnet(cours, "inès") == (0.29, 0.29, False, COMMENTAIRE)
    assert au_carnet(cours, "inès", "s2_tp1_q0")[:3] == (0.5, 0.5, False)
    clavier.press("?")
    page.get_by_role("heading", name="Tout se fait au clavier").wait_for()
    page.screenshot(path=dossier_captures / "relecture_aide.png")
    assert graves(page) == []

    # Un autre programme du poste qui connaîtrait l'adresse, mais pas le jeton, ne voit rien.
    seule = page.context.browser.new_context().new_page()
    seule.goto(page.url)
    seule.get_by_role("heading", name="La page ne peut pas s'ouvrir").wait_for()
    assert "ouvrez l'adresse affichée par « grc relire »" in seule.locator("#reponse").inner_text()
    seule.context.close()
