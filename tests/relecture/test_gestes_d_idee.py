"""La vue par idées sans navigateur : ce qu'un geste décide de toute une classe, ce qu'il laisse au carnet, et comment il s'annule."""

import json

import pytest

from autograde.carnet.api import ouvrir
from autograde.carnet.journal import lire_le_journal
from autograde.cours.decisions import IDEE_FAUSSE
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.rendu.pages import ecrire_les_retours
from tests.apprentissage.classe import (
    DEVOIR,
    QUESTION,
    bareme,
    fabriquer,
    notebook,
    recopier,
    rendre,
)
from tests.classe_fictive import deposer
from tests.relecture.seances import Page, au_carnet, corriger, seance, servie

IMAGEE = "On poireaute des plombes au comptoir. La vendeuse aboie, grogne, soupire et claque les tiroirs."
VOISINE = "On poireaute des plombes près du comptoir. Les néons clignotent et la musique hurle."
DOUTE = "Les gens patientent trop longtemps, et pas seulement le samedi. Les néons clignotent, les étiquettes penchent et la musique hurle."
CLAIRE = "On patiente trop longtemps. Le personnel est désagréable."
PRIX = "Tout est trop cher. Le personnel est désagréable."
IDEE_DU_PRIX = """\
  contre_elements:
    - id: prix
      formulations: [tout cher]
      annule: [sourire]
      message: Les prix n'y sont pour rien.
"""


@pytest.fixture(scope="module")
def modele(tmp_path_factory) -> Cours:
    """Une réponse en double, une voisine, une que la machine reconnaît à demi, une claire."""
    cours = fabriquer(
        tmp_path_factory.mktemp("modele"),
        léa=IMAGEE,
        tom=IMAGEE.upper(),
        inès=VOISINE,
        paul=DOUTE,
        zoé=CLAIRE,
    )
    corriger(cours)
    return cours


@pytest.fixture
def cours(modele, tmp_path) -> Cours:
    return recopier(modele, tmp_path)


@pytest.fixture
def page(cours):
    with servie(seance(cours)) as adresse:
        yield Page(adresse)


def extraits(groupes: list[dict]) -> list[tuple[int, list[str]]]:
    return sorted((groupe["copies"], groupe["extraits"]) for groupe in groupes)


def reste(page: Page, debut: str) -> dict:
    """Le groupe inexpliqué qui commence ainsi."""
    return next(g for g in page.groupes("") if g["extraits"][0].lower().startswith(debut.lower()))


def au_journal(cours: Cours, stagiaire: str) -> list[tuple]:
    return [
        (ligne.points, ligne.a_relire, ligne.commentaire)
        for ligne in lire_le_journal(cours, DEVOIR, stagiaire)
        if (ligne.commentaire or "").startswith("Relecture")
    ]


def decisions(cours: Cours, texte: str) -> dict[str, tuple[float, str]]:
    prises = charger_devoir(cours, DEVOIR).decisions.pour(QUESTION, texte)
    return {nom: (prise.credit, prise.passage) for nom, prise in prises.items()}


def test_la_vue_montre_ce_qui_est_reconnu_puis_ce_que_rien_n_explique(page):
    vue = page.idees()
    assert [(idee["nom"], idee["genre"], idee["rang"]) for idee in vue["idees"]] == [
        ("attente", "element", 1),
        ("sourire", "element", 2),
        ("rayons", "element", 3),
        ("", "reste", 0),
    ]
    (groupe,) = page.groupes("attente")
    assert (groupe["copies"], groupe["propose"], groupe["decide"], groupe["attend"]) == (
        2,
        1.0,
        None,
        True,
    )
    assert (3, ["On poireaute des plombes au comptoir"]) in [
        (copies, dits[:1]) for copies, dits in extraits(page.groupes(""))
    ], "les presque identiques ensemble"
    assert (vue["a_relire"], vue["une_a_une"]) == (3, 0)


def test_un_geste_donne_a_toute_la_classe_et_renote_aussitot(cours, page):
    vue = page.geste_d_idee("donner", reste(page, "on poireaute"), element="attente", credit="1")
    for stagiaire in ("léa", "tom", "inès"):
        assert au_carnet(cours, stagiaire)[:3] == (None, 1.0, True), "notée, mais le reste attend"
    assert vue["a_relire"] == 3 and vue["entre_temps"] == 0
    assert decisions(cours, IMAGEE) == {"attente": (1.0, "On poireaute des plombes au comptoir")}
    assert au_journal(cours, "léa") == [
        (
            1.0,
            True,
            "Relecture : par idées, donnée à « on fait patienter trop longtemps », 1 (3 copies).",
        )
    ]
    assert au_journal(cours, "zoé") == []


def test_ecarter_le_reste_finit_la_relecture_de_ce_qui_est_tout_vu(cours, page):
    page.geste_d_idee("donner", reste(page, "on poireaute"), element="attente", credit="0,5")
    page.geste_d_idee("decider", reste(page, "la vendeuse"), credit="0")
    for stagiaire in ("léa", "tom"):
        assert au_carnet(cours, stagiaire)[:3] == (None, 0.5, False)
    assert decisions(cours, IMAGEE) == {
        "attente": (0.5, "On poireaute des plombes au comptoir"),
        "sourire": (0.0, ""),
        "rayons": (0.0, ""),
    }
    assert au_carnet(cours, "inès")[2], "il lui reste une proposition"


def test_accepter_tout_ce_qui_attend_finit_la_question(cours, page):
    attendent = [g for idee in page.idees()["idees"] for g in idee["groupes"] if g["attend"]]
    vue = page.geste_d_idee("accepter", *attendent)
    assert (vue["a_relire"], vue["gestes"], vue["relues"]) == (0, 0, 3)
    assert [au_carnet(cours, s)[:3] for s in ("léa", "inès", "paul", "zoé")] == [
        (None, 0.0, False),
        (None, 0.0, False),
        (None, 1.0, False),
        (None, 2.0, False),
    ]
    total = page.lire("/api/questions")["questions"][0]
    assert (total["a_relire"], total["gestes"], total["relues"], total["total"]) == (0, 0, 3, 4)


def test_un_groupe_refuse_baisse_toutes_ses_copies_meme_les_sures(cours, page):
    page.geste_d_idee("decider", page.groupes("attente")[0], credit="0")
    assert au_carnet(cours, "zoé")[:3] == (None, 1.0, False)
    (groupe,) = page.groupes("attente")
    assert (groupe["copies"], groupe["decide"], groupe["attend"]) == (2, 0.0, False)


def test_une_copie_retiree_d_un_groupe_a_sa_note_a_elle(cours, page):
    (groupe,) = page.groupes("attente")
    zoe = next(p for p in groupe["passages"] if p["fin"] - p["debut"] < 28)
    page.geste_d_idee("decider", {"passages": [zoe]}, credit="0")
    reste_du_groupe, retiree = page.groupes("attente")
    assert (reste_du_groupe["copies"], reste_du_groupe["decide"]) == (1, None)
    assert (retiree["copies"], retiree["decide"]) == (1, 0.0)
    page.geste_d_idee("decider", reste_du_groupe, credit="1")
    assert au_carnet(cours, "zoé")[1] == 1.0 and decisions(cours, CLAIRE)["attente"][0] == 0.0


def test_une_decision_par_groupe_survit_a_la_recorrection_au_bareme_et_au_redemarrage(cours, page):
    for _ in range(9):
        attendent = [g for idee in page.idees()["idees"] for g in idee["groupes"] if g["attend"]]
        if not attendent:
            break
        page.geste_d_idee("accepter", attendent[0])
    page.geste_d_idee("decider", page.groupes("attente")[0], credit="0,5")
    corriger(cours)
    assert au_carnet(cours, "paul")[:3] == (None, 0.5, False)
    fichier = bareme(cours)
    fichier.write_text(
        fichier.read_text(encoding="utf-8").replace("ton sec", "ton très sec"), encoding="utf-8"
    )
    with servie(seance(cours)) as adresse:
        autre = Page(adresse)
        assert autre.idees()["a_relire"] == 0
        (groupe,) = autre.groupes("attente")
        assert (groupe["copies"], groupe["decide"], groupe["attend"]) == (2, 0.5, False)
    assert au_carnet(cours, "paul")[:3] == (None, 0.5, False)
    assert au_carnet(cours, "zoé")[:3] == (None, 1.5, False)


def test_une_note_a_la_main_ne_change_jamais(cours, page):
    groupe = page.groupe("on patiente")
    page.geste(groupe, "note", points="2")  # elle vaut exactement la note calculée
    page.geste_d_idee("decider", page.groupes("attente")[0], credit="0")
    page.geste_d_idee("decider", page.groupes("attente")[0], credit="1")
    page.geste_d_idee("decider", page.groupes("attente")[0], credit="0,5")
    assert au_carnet(cours, "zoé")[:2] == (2.0, 2.0)
    corriger(cours)
    assert au_carnet(cours, "zoé")[:2] == (2.0, 2.0)


def test_une_note_validee_d_apres_les_elements_suit_le_groupe(cours, page):
    page.geste(page.groupe("on patiente"), "valider")
    assert au_carnet(cours, "zoé")[:3] == (2.0, 2.0, False)
    (decide,) = (groupe for groupe in page.groupes("attente") if groupe["decide"] == 1)
    page.geste_d_idee("decider", decide, credit="0")
    assert au_carnet(cours, "zoé")[:3] == (1.0, 1.0, False)


def test_deux_formateurs_sur_le_meme_groupe_ne_s_effacent_rien(cours, page):
    (vu,) = page.groupes("attente")
    with servie(seance(cours)) as adresse:
        autre = Page(adresse)
        zoe = next(p for p in vu["passages"] if p["fin"] - p["debut"] < 28)
        autre.geste_d_idee("decider", {"passages": [zoe]}, credit="0")
    vue = page.geste_d_idee("decider", vu, credit="1")
    assert vue["entre_temps"] == 1
    assert decisions(cours, CLAIRE)["attente"][0] == 0.0
    assert decisions(cours, DOUTE)["attente"][0] == 1.0
    code, texte, _ = page.demander(
        f"/api/questions/{QUESTION}/idees/decider", {"passages": zoe["id"], "credit": "1"}
    )
    assert code == 422 and "un autre formateur" in json.loads(texte)["message"]


def test_ctrl_z_remet_tout_un_groupe_comme_il_etait(cours, page):
    avant = page.idees()
    etats = {stagiaire: au_carnet(cours, stagiaire) for stagiaire in ("léa", "tom", "inès")}
    page.geste_d_idee("donner", reste(page, "on poireaute"), element="attente", credit="1")
    page.geste_d_idee("decider", reste(page, "la vendeuse"), credit="0")
    dit = page.annuler()
    assert dit["question"] == QUESTION and dit["dit"].startswith("Annulé")
    page.annuler()
    assert page.idees() == avant
    assert {s: au_carnet(cours, s) for s in ("léa", "tom", "inès")} == {
        s: (None, 0.0, True, None) for s in etats
    }
    assert decisions(cours, IMAGEE) == {}
    assert [commentaire[:20] for *_, commentaire in au_journal(cours, "léa")] == [
        "Relecture : par idée",
        "Relecture : par idée",
        "Relecture : annulé, ",
        "Relecture : annulé, ",
    ]
    code, texte, _ = page.demander("/api/annuler", {})
    assert code == 422 and "plus de geste" in json.loads(texte)["message"]


def test_annuler_ne_defait_pas_ce_qu_un_autre_a_decide_depuis(cours, page):
    page.geste_d_idee("decider", page.groupes("attente")[0], credit="0")
    with servie(seance(cours)) as adresse:
        autre = Page(adresse)
        autre.geste_d_idee("decider", autre.groupes("attente")[0], credit="0,5")
    page.annuler()
    assert decisions(cours, CLAIRE)["attente"][0] == decisions(cours, DOUTE)["attente"][0] == 0.5


def test_la_vue_par_reponses_s_annule_aussi(cours, page):
    groupe = page.groupe("on poireaute des plombes au")
    page.geste(groupe, "tout", credit="1")
    assert au_carnet(cours, "léa")[:3] == (3.0, 3.0, True)
    page.geste(groupe, "commentaire", texte="Bien vu.")
    page.geste(groupe, "valider")
    assert au_carnet(cours, "léa") == (3.0, 3.0, False, "Bien vu.")
    page.annuler()
    assert au_carnet(cours, "léa") == (3.0, 3.0, True, "Bien vu.")
    page.annuler()
    assert au_carnet(cours, "léa") == (3.0, 3.0, True, None)
    page.annuler()
    assert au_carnet(cours, "léa")[0] is None and au_carnet(cours, "léa")[2]
    assert decisions(cours, IMAGEE) == {}


def test_chaque_geste_de_la_vue_par_reponses_est_au_journal(cours, page):
    groupe = page.groupe("on poireaute des plombes au")
    page.geste(groupe, "element", nom="attente", credit="0.5")
    page.geste(groupe, "tout", credit="0")
    page.geste(groupe, "note", points="1,5")
    page.geste(groupe, "commentaire", texte="Bien vu.")
    page.geste(groupe, "valider")
    assert au_journal(cours, "tom") == [
        (0.5, True, "Relecture : « on fait patienter trop longtemps » : 0,5."),
        (0.0, True, "Relecture : tout à zéro."),
        (0.0, True, "Relecture : note à la main : 1,5."),
        (0.0, True, "Relecture : commentaire écrit."),
        (0.0, False, "Relecture : validée : 1,5."),
    ]


def test_relue_ne_se_dit_que_de_ce_qu_un_humain_a_relu(page):
    etats = {g["points"]: (g["a_relire"], g["relue"]) for g in [page.groupe("on patiente")]}
    assert etats == {"2": (False, False)}
    assert page.geste(page.groupe("on poireaute des plombes au"), "valider")["relue"]


def test_rien_de_reconnu_n_est_pas_zero(page):
    groupe = page.groupe("on poireaute des plombes au")
    assert (groupe["points"], groupe["calculee"]) == (None, None)
    assert [element["credit"] for element in groupe["elements"]] == [None, None, None]
    doute = page.groupe("les gens patientent")
    assert [element["credit"] for element in doute["elements"]] == [1.0, None, None]
    apres = page.geste(groupe, "element", nom="attente", credit="0")
    assert apres["points"] == "0" and [e["credit"] for e in apres["elements"]] == [0.0, None, None]


def test_une_decision_sans_passage_ne_cite_rien_pas_meme_au_retour(cours, page):
    groupe = page.groupe("on patiente")
    assert groupe["elements"][0]["passage"] == "On patiente trop longtemps"
    recu = page.geste(groupe, "element", nom="attente", credit="0.5")
    assert recu["elements"][0]["passage"] == "" and recu["elements"][1]["passage"]
    corriger(cours)
    retour = next(
        chemin.read_text(encoding="utf-8")
        for chemin in ecrire_les_retours(cours, DEVOIR)
        if chemin.stem == "zoé"
    )
    assert "<q>On patiente trop longtemps</q>" not in retour
    assert "<q>Le personnel est désagréable</q>" in retour


@pytest.fixture
def accusee(modele, tmp_path) -> Cours:
    """La même classe, avec une idée fausse au barème et une réponse qui la dit."""
    cours = recopier(modele, tmp_path)
    fichier = bareme(cours)
    fichier.write_text(
        fichier.read_text(encoding="utf-8").replace("  relecture: auto", IDEE_DU_PRIX),
        encoding="utf-8",
    )
    rendre(cours, "paul", PRIX + " Les gondoles penchent dangereusement vers la gauche.")
    corriger(cours)
    return cours


def test_une_idee_fausse_se_confirme_ou_se_dement(accusee):
    texte = PRIX + " Les gondoles penchent dangereusement vers la gauche."
    nom = IDEE_FAUSSE + "prix"
    with servie(seance(accusee)) as adresse:
        page = Page(adresse)
        (groupe,) = page.groupes(nom)
        assert (groupe["propose"], groupe["extraits"]) == (1.0, ["Tout est trop cher"])
        page.geste_d_idee("decider", groupe, credit="1")
        assert decisions(accusee, texte)["sourire"] == (0.0, "")
        with ouvrir(accusee) as carnet:
            dit = carnet.find_comment(QUESTION, DEVOIR, DEVOIR, "paul").auto_comment
        assert "Les prix n'y sont pour rien." in dit
        page.annuler()
        page.geste_d_idee("decider", page.groupes(nom)[0], credit="0")
        assert decisions(accusee, texte) == {
            nom: (0.0, ""),
            "sourire": (1.0, "Le personnel est désagréable"),
        }
        assert au_carnet(accusee, "paul")[1] == 1.0
    corriger(accusee)
    with ouvrir(accusee) as carnet:
        dit = carnet.find_comment(QUESTION, DEVOIR, DEVOIR, "paul").auto_comment
    assert "Les prix n'y sont pour rien." not in dit
    with servie(seance(accusee)) as adresse:
        code, texte, _ = Page(adresse).demander(
            f"/api/questions/{QUESTION}/idees/decider",
            {"passages": Page(adresse).groupes(nom)[0]["passages"][0]["id"], "credit": "0.5"},
        )
    assert code == 422 and "l'est (1) ou ne l'est pas (0)" in json.loads(texte)["message"]


def test_ce_que_retient_un_texte_ecrit_ailleurs_se_voit_reponse_par_reponse(cours):
    """Toutes ses propositions sont vues, et la réponse attend encore : la vue la compte, sans rien en demander."""
    copie = notebook(DOUTE)
    ailleurs = "Voir aussi ce que j'ai écrit sur les employés du magasin et leurs horaires."
    copie["cells"].append({"cell_type": "markdown", "id": "x", "metadata": {}, "source": ailleurs})
    deposer(cours, "paul", copie, DEVOIR)
    corriger(cours)
    with servie(seance(cours)) as adresse:
        page = Page(adresse)
        attendent = [g for idee in page.idees()["idees"] for g in idee["groupes"] if g["attend"]]
        vue = page.geste_d_idee("accepter", *attendent)
        assert (vue["a_relire"], vue["une_a_une"], vue["gestes"]) == (1, 1, 0)
        assert page.groupe("les gens")["a_cote"] == [ailleurs]
    assert au_carnet(cours, "paul")[:3] == (None, 1.0, True)


@pytest.mark.parametrize(
    ("geste", "envoi", "code", "dit"),
    [
        ("decider", {"credit": "1"}, 400, "illisible"),
        ("decider", {"passages": "abc-def", "credit": "1"}, 422, "entre-temps"),
        ("decider", {"passages": "", "credit": "1"}, 422, "entre-temps"),
        ("decider", {"passages": "RESTE", "credit": "1"}, 422, "son chiffre"),
        ("decider", {"passages": "RESTE", "credit": "2"}, 422, "un crédit vaut 0, 0,5 ou 1"),
        ("donner", {"passages": "RESTE", "element": "inconnu", "credit": "1"}, 422, "rechargez"),
        ("donner", {"passages": "RESTE", "credit": "1"}, 400, "illisible"),
        ("accepter", {"passages": "é\x00 <b>"}, 422, "entre-temps"),
    ],
)
def test_un_geste_d_idee_impossible_est_explique_et_n_ecrit_rien(
    cours, page, geste, envoi, code, dit
):
    du_reste = reste(page, "on poireaute")["passages"][0]["id"]
    envoi = {cle: valeur.replace("RESTE", du_reste) for cle, valeur in envoi.items()}
    recu, texte, _ = page.demander(f"/api/questions/{QUESTION}/idees/{geste}", envoi)
    assert recu == code and dit in json.loads(texte)["message"]
    assert not cours.decisions.exists() and au_journal(cours, "léa") == []


def test_la_vue_par_idees_ne_recoit_aucun_nom(page):
    recu = page.geste_d_idee("decider", page.groupes("attente")[0], credit="1")
    ecrit = json.dumps([recu, page.annuler()], ensure_ascii=False).lower()
    assert "poireaute" in ecrit and not [
        nom for nom in ("léa", "tom", "inès", "paul", "zoé") if nom in ecrit
    ]
