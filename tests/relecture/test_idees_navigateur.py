"""Les deux vues de la relecture dans Chromium, au clavier, sur l'écran d'un portable : une question à six éléments, onze copies."""

import re

import pytest

from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from tests.apprentissage.classe import DEVOIR, QUESTION, bareme, fabriquer, recopier
from tests.relecture.seances import au_carnet, corriger, seance, servie
from tests.relecture.test_relecture_navigateur import graves

pytestmark = pytest.mark.navigateur
SIX_ELEMENTS = """\
accueil_q1:
  type: prose
  elements:
    - id: attente
      libelle: on fait patienter les clients trop longtemps, aux caisses comme au comptoir des échanges
      formulations: [patiente trop longtemps, file interminable]
    - id: sourire
      libelle: le personnel n'est pas aimable, il ne salue pas et répond sèchement aux questions posées
      formulations: [personnel désagréable, jamais bonjour]
    - id: rayons
      libelle: les rayons sont mal tenus, les étiquettes manquent ou annoncent un autre prix que la caisse
      formulations: [rayons vides, étiquettes fausses]
    - id: parking
      libelle: le parking est trop petit pour les jours de marché, et son entrée est difficile à trouver
      formulations: [parking plein, parking petit]
    - id: retours
      libelle: les retours sont refusés sans explication, même avec le ticket de caisse et l'emballage
      formulations: [retours refusés, refuse échanger]
    - id: promesse
      libelle: la publicité promet des offres que l'on ne trouve jamais dans le magasin le jour venu
      formulations: [publicité mensongère, offres introuvables]
  relecture: auto
"""
COMPLETE = (
    "On patiente trop longtemps à la caisse. Le personnel est désagréable avec tout le monde. Les rayons sont vides dès midi. "
    "Le parking est plein le jour du marché. Les retours sont refusés sans un mot. La publicité est mensongère."
)
IMAGEE = "On poireaute des plombes au comptoir. Les néons clignotent au plafond."
VOISINE = "On poireaute des plombes près du comptoir. La musique hurle au plafond."
# « Cependant » : une réponse qui nuance se relit toujours.
A_DEMI = (
    "Le personnel est désagréable. On patiente trop longtemps à la caisse. Cependant la moquette sent le moisi et la poussière. "
    "Les vigiles fouillent chaque sac devant la porte vitrée."
)
AUTRE = "La file est interminable. Cependant les lumières blessent les yeux des enfants fatigués et des personnes âgées."


@pytest.fixture(scope="module")
def modele(tmp_path_factory) -> Cours:
    cours = fabriquer(
        tmp_path_factory.mktemp("modele"),
        **{f"c{rang}": COMPLETE for rang in range(2)},
        **{f"i{rang}": IMAGEE for rang in range(3)},
        v0=VOISINE,
        **{f"d{rang}": A_DEMI for rang in range(2)},
        a0=AUTRE,
    )
    bareme(cours).write_text(SIX_ELEMENTS, encoding="utf-8")
    corriger(cours)
    return cours


@pytest.fixture
def ouverte(modele, tmp_path, page):
    """La page, servie par une séance neuve et ouverte à 1366 × 768."""
    cours = recopier(modele, tmp_path)
    page.set_viewport_size({"width": 1366, "height": 768})
    with servie(seance(cours)) as adresse:
        page.goto(adresse)
        page.get_by_role("heading", name=re.compile("^Réponse 1 sur")).wait_for()
        yield page, cours


def enregistre(page, dit: str) -> None:
    page.locator("#etat[data-sorte=ok]", has_text=dit).wait_for()


def lignes(page) -> list[str]:
    """Les groupes de l'idée ouverte : le crédit, puis le premier extrait."""
    return [
        f"{ligne.locator('.credit b').inner_text()} « {ligne.locator('q').first.inner_text()} »"
        for ligne in page.locator("#groupes .groupe").all()
    ]


def decisions(cours: Cours, texte: str) -> dict[str, float]:
    prises = charger_devoir(cours, DEVOIR).decisions.pour(QUESTION, texte)
    return {nom: prise.credit for nom, prise in prises.items()}


def test_une_classe_se_relit_par_idees_au_clavier(ouverte, dossier_captures):
    page, cours = ouverte
    clavier = page.keyboard
    total = page.locator("#total")
    assert re.fullmatch(r"En tout : 4 réponses, environ \d+ gestes", total.inner_text())
    clavier.press("v")
    page.get_by_role("heading", name="1. on fait patienter").wait_for()
    assert sorted(lignes(page)) == [
        "1 « La file est interminable »",
        "1 « On patiente trop longtemps à la caisse »",
    ]
    page.screenshot(path=dossier_captures / "idees_element.png")
    assert graves(page) == []

    # Ouvrir le groupe, en retirer une copie : elle forme un groupe à elle, le reste garde sa proposition.
    clavier.press("Space")
    page.locator("#groupes .copie").first.wait_for()
    page.screenshot(path=dossier_captures / "idees_groupe_ouvert.png")
    clavier.press("m")
    enregistre(page, "Enregistré : en partie")
    page.locator("#groupes .groupe .credit:not(.propose)", has_text="½").wait_for()
    clavier.press("Control+z")
    enregistre(page, "Annulé")
    assert page.locator("#groupes .groupe .credit:not(.propose)").count() == 0

    # Une touche pour tout le groupe, Entrée pour le reste de l'idée.
    clavier.press("0")
    enregistre(page, "Enregistré : absent")
    assert decisions(cours, A_DEMI)["attente"] == 0.0
    clavier.press("Enter")
    page.get_by_role("heading", name="2. le personnel").wait_for()
    clavier.press("Enter")
    page.get_by_role("heading", name="Ce qu'aucun élément n'explique").wait_for()
    page.screenshot(path=dossier_captures / "idees_reste.png")
    assert graves(page) == []

    # Le reste, groupé par ressemblance : un chiffre le donne à un élément, M d'abord à moitié.
    ensemble = page.locator("#groupes .groupe", has_text="On poireaute des plombes")
    assert ensemble.locator(".copies").inner_text().startswith("4 copies")
    ensemble.locator(".extraits").click()
    clavier.press("m")
    page.locator("#consigne.question", has_text="À moitié, pour quel élément").wait_for()
    page.screenshot(path=dossier_captures / "idees_moitie.png")
    clavier.press("1")
    enregistre(page, "Enregistré : Donné à l'élément 1, à moitié")
    assert decisions(cours, IMAGEE)["attente"] == decisions(cours, VOISINE)["attente"] == 0.5
    clavier.press("Shift+Enter")
    page.get_by_role("heading", name="Tout est relu").wait_for()
    enregistre(page, "accepté")
    page.locator("#total:empty").wait_for(state="attached")
    page.screenshot(path=dossier_captures / "idees_fin.png")
    assert graves(page) == []
    assert au_carnet(cours, "i0")[:3] == au_carnet(cours, "v0")[:3] == (None, 0.25, False)

    # D donne aussi une proposition à un autre élément.
    clavier.press("ArrowLeft")
    while not page.locator("#idee").inner_text().startswith("2."):
        clavier.press("ArrowLeft")
    clavier.press("d")
    page.locator("#consigne.question", has_text="Pour quel élément").wait_for()
    clavier.press("5")
    enregistre(page, "Enregistré : Donné à l'élément 5")
    assert decisions(cours, A_DEMI)["retours"] == 1.0


def test_la_vue_par_reponses_a_six_elements_tout_acquis_tout_a_zero_et_annuler(
    ouverte, dossier_captures
):
    page, cours = ouverte
    clavier = page.keyboard
    # Les presque identiques se suivent : la réponse imagée et sa voisine.
    ordre = []
    for _ in range(4):
        ordre.append(page.locator("#reponse").inner_text()[:28])
        clavier.press("ArrowRight")
    rangs = [rang for rang, texte in enumerate(ordre) if texte.startswith("On poireaute")]
    assert rangs[1] == rangs[0] + 1
    clavier.press("Enter")
    while "On poireaute" not in page.locator("#reponse").inner_text():
        clavier.press("ArrowRight")

    # Rien de reconnu n'est pas zéro.
    assert page.locator(".element .credit b").all_inner_texts() == ["?"] * 6
    assert page.locator("#note").input_value() == ""
    page.screenshot(path=dossier_captures / "reponses_rien_de_reconnu.png")
    clavier.press("a")
    enregistre(page, "Enregistré : 3 / 3")
    assert page.locator(".element .credit b").all_inner_texts() == ["1"] * 6
    clavier.press("z")
    enregistre(page, "Enregistré : 0 / 3")
    clavier.press("Control+z")
    enregistre(page, "Annulé")
    assert page.locator(".element .credit b").all_inner_texts() == ["1"] * 6
    clavier.press("Control+z")
    page.locator(".element .credit b", has_text="?").first.wait_for()
    clavier.press("a")
    enregistre(page, "Enregistré : 3 / 3")
    clavier.press("Enter")
    page.locator("#total", has_text="3 réponses").wait_for()

    # « sûre » n'est pas « relue » ; le sixième élément est tout entier à l'écran, sans défiler, preuves comprises.
    page.locator("#toutes").check()
    page.locator("#toutes").blur()
    marques = {}
    for _ in range(5):
        marques[page.locator("#reponse").inner_text()[:32]] = page.locator("#titre").evaluate(
            "titre => getComputedStyle(titre, '::after').content"
        )
        liste = page.locator("#elements").bounding_box()
        sixieme = page.locator(".element").nth(5).bounding_box()
        assert sixieme["y"] + sixieme["height"] <= liste["y"] + liste["height"] + 1 <= 768
        if "à la caisse" in page.locator("#reponse").inner_text():
            page.screenshot(path=dossier_captures / "reponses_six_elements.png")
            assert graves(page) == []
        clavier.press("ArrowRight")
    assert sorted(marques.values()) == ['" ✔ relue"', '" ✔ sûre"', "none", "none", "none"]
    assert marques[COMPLETE[:32]] == '" ✔ sûre"'
