"""La page de relecture sans navigateur : ce qu'elle montre, ce qu'elle refuse, et ce qu'un geste laisse au carnet nbgrader."""

import errno
import json
import sqlite3
from datetime import date

import pytest
from hypothesis import given, settings

from autograde.carnet.api import ouvrir
from autograde.cours.decisions import Decision, enregistrer
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import changer
from autograde.rendu.pages import ecrire_les_retours
from grc_helpers.commandes import principal
from tests.apprentissage.classe import DEVOIR, QUESTION, bareme, fabriquer, recopier, rendre
from tests.classe_fictive import DEVOIR as TP
from tests.classe_fictive import copie_parfaite, deposer
from tests.demandes import CHEMINS, CORPS, ENVOIS_INSENSES, en_francais
from tests.poste_ouvert import RACINE
from tests.relecture.seances import Page, au_carnet, corriger, seance, servie
from tests.types_javascript import proprietes

IMAGEE = "On poireaute des plombes au comptoir. La vendeuse aboie, grogne, soupire et claque les tiroirs."
PIEGEE = "Les gens trépignent, bâillent, tapotent <script>alert(1)</script><img src=x onerror=alert(2)> puis s'en vont sans payer."
CLAIRE = "On patiente trop longtemps. Le personnel est désagréable."
NOMS = ("léa", "tom", "zoé", "inès")


@pytest.fixture(scope="module")
def modele(tmp_path_factory) -> Cours:
    """Deux copies identiques aux espaces et aux majuscules près, une claire, une hostile ; corrigées une fois."""
    cours = fabriquer(
        tmp_path_factory.mktemp("modele"),
        léa=IMAGEE,
        tom=IMAGEE.upper().replace(". ", ".\n"),
        zoé=CLAIRE,
        inès=PIEGEE,
    )
    corriger(cours)
    return cours


@pytest.fixture
def cours(modele, tmp_path, monkeypatch) -> Cours:
    cours = recopier(modele, tmp_path)
    monkeypatch.setattr(Cours, "courant", lambda: cours)
    return cours


@pytest.fixture
def page(cours):
    with servie(seance(cours)) as adresse:
        yield Page(adresse)


def test_la_page_decrit_les_messages_tels_que_le_serveur_les_envoie(page):
    (script,) = RACINE.glob("autograde/**/page/serveur.js")
    recu = page.lire("/api/questions")
    assert set(recu) == proprietes(script, "Questions")
    assert set(recu["questions"][0]) == proprietes(script, "ResumeDeQuestion")
    question = page.lire(f"/api/questions/{QUESTION}")
    assert set(question) == proprietes(script, "Question")
    groupe = page.groupe("on poireaute")
    assert set(groupe) == proprietes(script, "Groupe")
    assert set(groupe["elements"][0]) == proprietes(script, "Attendu")
    idees = page.lire(f"/api/questions/{QUESTION}/idees")
    assert set(idees) == proprietes(script, "QuestionParIdees")
    assert set(idees["idees"][0]) == proprietes(script, "Idee")
    assert set(idees["idees"][0]["groupes"][0]) == proprietes(script, "GroupeDIdee")
    proposition = idees["idees"][0]["groupes"][0]["passages"][0]
    assert set(proposition) == proprietes(script, "Proposition")
    page.geste(groupe, "tout", credit="1")
    assert set(page.annuler()) == proprietes(script, "Annule")
    banque = page.lire(f"/api/questions/{QUESTION}/commentaires")
    assert set(banque) == proprietes(script, "Banque")


def test_une_reponse_relue_de_bout_en_bout(cours, page):
    groupe = page.groupe("on poireaute")
    assert (groupe["copies"], groupe["a_relire"], groupe["points"]) == (2, True, None)
    recu = page.geste(groupe, "element", nom="attente", credit="1", passage="poireaute des plombes")
    assert (
        recu["points"] == "1"
        and recu["a_relire"]
        and recu["elements"][0]["passage"].lower() == "poireaute des plombes"
    )
    assert [m["rangs"] for m in recu["reponse"]] == [[], [1], []]
    assert au_carnet(cours, "léa")[:3] == (1.0, 1.0, True), (
        "au carnet dès ce geste, mais pas encore validée"
    )
    assert page.geste(groupe, "element", nom="sourire", credit="0.5")["points"] == "1,5"
    assert (
        page.geste(groupe, "commentaire", texte="Dites-le sans image.")["commentaire"]
        == "Dites-le sans image."
    )
    assert not page.geste(groupe, "valider")["a_relire"]
    for stagiaire in ("léa", "tom"):
        assert au_carnet(cours, stagiaire) == (1.5, 1.5, False, "Dites-le sans image.")
    assert au_carnet(cours, "inès")[2], "une autre réponse attend toujours"


def test_les_decisions_sont_celles_de_grc_decider(cours, page):
    groupe = page.groupe("on poireaute")
    page.geste(groupe, "element", nom="attente", credit="1")
    page.geste(groupe, "valider")
    decisions = charger_devoir(cours, DEVOIR).decisions.pour(QUESTION, IMAGEE)
    assert {nom: decision.credit for nom, decision in decisions.items()} == {
        "attente": 1,
        "sourire": 0,
        "rayons": 0,
    }
    corriger(cours)
    assert (
        "Décidé par le formateur"
        in {c.stem: c.read_text(encoding="utf-8") for c in ecrire_les_retours(cours, DEVOIR)}["léa"]
    )


def valider(page, credit="1") -> dict:
    """Le premier élément de la réponse imagée, puis Entrée."""
    groupe = page.groupe("on poireaute")
    page.geste(groupe, "element", nom="attente", credit=credit)
    return page.geste(groupe, "valider")


def test_la_note_survit_a_la_recorrection(cours, page):
    valider(page)
    corriger(cours)
    assert au_carnet(cours, "léa")[:3] == au_carnet(cours, "tom")[:3] == (1.0, 1.0, False)


def test_une_decision_prise_ensuite_dans_la_console_fait_suivre_la_note(cours, page):
    valider(page)
    suite = {"sourire": Decision(credit=1, date=date.today())}
    enregistrer(cours.decisions / f"{DEVOIR}.yml", QUESTION, IMAGEE, ["léa"], suite)
    corriger(cours)
    assert au_carnet(cours, "léa")[:3] == au_carnet(cours, "tom")[:3] == (2.0, 2.0, False)


def test_une_note_mise_a_la_main_ne_suit_rien(cours, page):
    groupe = page.groupe("on poireaute")
    assert page.geste(groupe, "note", points="2,5")["points"] == "2,5"
    page.geste(groupe, "valider")
    enregistrer(
        cours.decisions / f"{DEVOIR}.yml",
        QUESTION,
        IMAGEE,
        ["léa"],
        {"sourire": Decision(credit=1, date=date.today())},
    )
    corriger(cours)
    assert au_carnet(cours, "léa")[:3] == (2.5, 2.5, False)


def test_elle_est_redemandee_si_la_reponse_change_et_seulement_a_qui_l_a_changee(cours, page):
    valider(page)
    rendre(cours, "léa", IMAGEE + " Bref.")
    corriger(cours)
    assert au_carnet(cours, "léa")[:3] == (1.0, 1.0, True)
    assert au_carnet(cours, "tom")[:3] == (1.0, 1.0, False)
    with servie(seance(cours)) as adresse:
        motifs = Page(adresse).groupe(IMAGEE + " Bref.")["motifs"]
    assert any("vous aviez déjà noté" in motif for motif in motifs) and any(
        "une autre version" in motif for motif in motifs
    )


def test_elle_est_redemandee_si_son_entree_du_bareme_change(cours, page):
    valider(page)
    fichier = bareme(cours)
    fichier.write_text(
        fichier.read_text(encoding="utf-8") + "\n# un commentaire ne change rien\n",
        encoding="utf-8",
    )
    corriger(cours)
    assert not au_carnet(cours, "léa")[2]
    fichier.write_text(
        fichier.read_text(encoding="utf-8").replace("pas aimable", "pas souriant"), encoding="utf-8"
    )
    corriger(cours)
    assert au_carnet(cours, "léa")[:3] == (1.0, 1.0, True)


def test_une_copie_remplacee_pendant_la_seance_n_est_pas_notee_a_l_aveugle(cours, page):
    groupe = page.groupe("on poireaute")
    rendre(cours, "léa", CLAIRE)
    corriger(cours)
    assert page.geste(groupe, "valider")["copies"] == 1
    assert au_carnet(cours, "léa")[0] is None and au_carnet(cours, "tom")[:3] == (0.0, 0.0, False)
    rendre(cours, "tom", CLAIRE)
    corriger(cours)
    code, texte, _ = page.demander(f"/api/groupes/{groupe['id']}/note", {"points": "3"})
    assert code == 422 and "relancez « grc relire »" in json.loads(texte)["message"]
    assert au_carnet(cours, "tom")[:3] == (0.0, 0.0, True)


def test_deux_formateurs_sur_la_meme_reponse_ne_s_effacent_rien(cours, page):
    groupe = page.groupe("on poireaute")
    with servie(seance(cours)) as adresse:
        autre = Page(adresse)
        autre.geste(groupe, "element", nom="sourire", credit="1")
        page.geste(groupe, "element", nom="attente", credit="1")
        autre.geste(groupe, "valider")
    assert [element["credit"] for element in page.groupe("on poireaute")["elements"]] == [1, 1, 0]
    assert au_carnet(cours, "léa")[:3] == (2.0, 2.0, False)


def test_la_page_ne_recoit_aucun_nom(page):
    groupe = page.groupe("on poireaute")
    recus = [
        page.lire("/api/questions"),
        page.lire(f"/api/questions/{QUESTION}"),
        page.geste(groupe, "valider"),
    ]
    ecrit = json.dumps(recus, ensure_ascii=False).lower()
    assert "poireaute" in ecrit and not [nom for nom in NOMS if nom in ecrit]


def test_l_ordre_est_melange_et_toujours_le_meme(modele, tmp_path):
    ordres = [[groupe.identifiant for groupe in seance(modele).groupes[QUESTION]] for _ in range(2)]
    assert ordres[0] == ordres[1] and len(ordres[0]) == 3
    neuf = fabriquer(tmp_path, **{f"s{rang:02}": f"Réponse {rang}." for rang in range(12)})
    corriger(neuf)
    rangs = [int(next(iter(groupe.copies))[1:]) for groupe in seance(neuf).groupes[QUESTION]]
    assert sorted(rangs) == list(range(12)) != rangs


def test_le_html_d_une_reponse_reste_du_texte(page):
    groupe = page.groupe("les gens")
    assert "<script>alert(1)</script>" in "".join(morceau["texte"] for morceau in groupe["reponse"])
    code, _, entetes = page.demander(f"/api/questions/{QUESTION}")
    assert (
        code == 200
        and entetes["Content-Type"].startswith("application/json")
        and entetes["X-Content-Type-Options"] == "nosniff"
    )
    code, texte, entetes = page.demander("/")
    assert code == 200 and "<script>" not in texte, (
        "aucun script dans la page elle-même : la règle suivante les refuse tous"
    )
    assert "default-src 'none'; script-src 'self'" in entetes["Content-Security-Policy"]
    assert "unsafe" not in entetes["Content-Security-Policy"]


@pytest.mark.parametrize("jeton", ["", "faux", "é"])
def test_sans_le_jeton_ni_donnee_ni_geste(cours, page, jeton):
    identifiant = page.groupe("on poireaute")["id"]
    for chemin, envoi in (
        ("/api/questions", None),
        (f"/api/questions/{QUESTION}", None),
        (f"/api/questions/{QUESTION}/commentaires", {"garder": "x"}),
        (f"/api/groupes/{identifiant}/valider", {}),
    ):
        code, texte, _ = page.demander(
            chemin, envoi, **{"X-Jeton": jeton.encode().decode("latin-1")}
        )
        assert code == 401 and "grc relire" in texte
    assert au_carnet(cours, "léa")[2]


@pytest.mark.parametrize(
    "entetes",
    [
        {"Host": "pirate.example"},
        {"Origin": "https://pirate.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_une_demande_etrangere_est_refusee_meme_avec_le_jeton(cours, page, entetes):
    identifiant = page.groupe("on poireaute")["id"]
    assert page.demander(f"/api/groupes/{identifiant}/valider", {}, **entetes)[0] == 403
    assert page.demander("/", **entetes)[0] == 403
    assert au_carnet(cours, "léa")[2]


@pytest.mark.parametrize("chemin", ["/../serveur.py", "/%2e%2e/serveur.py", "/..%2f..%2fcarnet.py"])
def test_rien_d_autre_que_la_page_n_est_servi(page, chemin):
    assert page.demander(chemin)[0] in (403, 404)


@pytest.mark.parametrize(
    ("geste", "envoi", "code", "dit"),
    [
        ("element", {"nom": "attente", "credit": "2"}, 422, "un crédit vaut 0, 0,5 ou 1"),
        ("element", {"nom": "inconnu", "credit": "1"}, 422, "rechargez la page"),
        ("element", {"credit": "1"}, 400, "illisible"),
        ("element", {"nom": ["attente"], "credit": "1"}, 400, "illisible"),
        ("note", {"points": "12"}, 422, "un nombre de 0 à 3"),
        ("note", {"points": "-1"}, 422, "un nombre de 0 à 3"),
        ("note", {"points": "bien"}, 422, "un nombre de 0 à 3"),
    ],
)
def test_un_geste_impossible_est_explique_et_n_ecrit_rien(cours, page, geste, envoi, code, dit):
    identifiant = page.groupe("on poireaute")["id"]
    recu, texte, _ = page.demander(f"/api/groupes/{identifiant}/{geste}", envoi)
    assert recu == code and dit in json.loads(texte)["message"]
    assert au_carnet(cours, "léa") == (None, 0.0, True, None) and not cours.decisions.exists()


def test_une_demande_insensee_est_refusee_en_francais_et_sans_trace(cours, page, capsys):
    """Adresses et envois que la page ne fait jamais : nom trop long, signe nul, JSON profond ou d'une autre forme."""
    identifiant = page.groupe("on poireaute")["id"]

    def refusee(chemin: str, envoi: bytes | None = None, codes=(400, 403, 404, 405)) -> None:
        code, texte, _ = page.demander(chemin, envoi)
        assert code in codes and en_francais(json.loads(texte)), (chemin, envoi, code, texte)

    @given(CHEMINS.filter(lambda chemin: not {"", ".", ".."}.issuperset(chemin.split("/"))))
    @settings(max_examples=150)
    def adresses(chemin):
        refusee(f"/{chemin}")
        refusee(f"/api/questions/{chemin}")

    @given(CORPS)
    @settings(max_examples=150)
    def envois(corps):
        refusee(f"/api/groupes/{identifiant}/element", corps, codes=(400, 422))
        refusee(f"/api/groupes/{identifiant}/note", corps, codes=(400, 422))
        refusee(f"/api/groupes/{identifiant}/tout", corps, codes=(400, 422))
        for geste in ("decider", "donner", "accepter"):
            refusee(f"/api/questions/{QUESTION}/idees/{geste}", corps, codes=(400, 422))

    adresses()
    envois()
    refusee("/%00", codes=(400,))
    refusee("/" + "n" * 3_000, codes=(404,))
    for envoi in ENVOIS_INSENSES:
        refusee(f"/api/groupes/{identifiant}/valider", envoi, codes=(400,))
        refusee(f"/api/questions/{QUESTION}/commentaires", envoi, codes=(400,))
        refusee(f"/api/questions/{QUESTION}/idees/accepter", envoi, codes=(400,))
    affiche = capsys.readouterr()
    assert affiche.out + affiche.err == ""
    assert au_carnet(cours, "léa") == (None, 0.0, True, None) and not cours.decisions.exists()


def test_une_panne_du_serveur_se_dit_en_francais_et_sans_trace(page, capsys, monkeypatch):
    monkeypatch.setattr("autograde.relecture.serveur.montrer_les_questions", lambda _: 1 / 0)
    code, texte, _ = page.demander("/api/questions")
    assert code == 500 and "Relancez « grc relire »" in json.loads(texte)["message"]
    dit = capsys.readouterr().err
    assert dit.startswith("Imprévu (ZeroDivisionError)") and "Traceback" not in dit


def test_un_disque_plein_pendant_la_relecture_se_dit_dans_la_page(page, monkeypatch):
    def plein(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("autograde.relecture.serveur.montrer_les_questions", plein)
    code, texte, _ = page.demander("/api/questions")
    assert code == 500 and json.loads(texte)["message"].startswith("Le disque est plein.")


def test_un_carnet_occupe_se_dit_et_le_geste_se_refait(cours, page, monkeypatch):
    monkeypatch.setattr("autograde.relecture.seance.ATTENTE", 0.1)
    groupe = page.groupe("on poireaute")
    with sqlite3.connect(cours.travail / "gradebook.db") as autre_programme:
        autre_programme.execute("begin immediate")
        code, texte, _ = page.demander(f"/api/groupes/{groupe['id']}/valider", {})
        autre_programme.rollback()
    assert code == 503 and "Rien n'est perdu" in texte
    assert not cours.decisions.exists(), "un geste qui n'est pas au carnet n'est nulle part"
    assert not page.geste(groupe, "valider")["a_relire"]


def test_la_banque_garde_les_commentaires_de_la_question_d_abord(cours, page):
    chemin = f"/api/questions/{QUESTION}/commentaires"
    (cours.travail / "commentaires.yml").write_text(
        "- texte: Soignez l'orthographe.\n  questions: [autre]\n", encoding="utf-8"
    )
    page.demander(chemin, {"garder": "Citez un exemple : « … »\nsur deux lignes"})
    page.demander(chemin, {"garder": "Citez un exemple : « … »\nsur deux lignes"})
    assert page.lire(chemin)["commentaires"] == [
        "Citez un exemple : « … »\nsur deux lignes",
        "Soignez l'orthographe.",
    ]
    page.demander(chemin, {"retirer": "Soignez l'orthographe."})
    assert page.lire(chemin)["commentaires"] == ["Citez un exemple : « … »\nsur deux lignes"]


def test_une_note_de_formgrader_est_montree_et_des_copies_identiques_mal_accordees_se_voient(cours):
    with ouvrir(cours) as carnet:
        note = carnet.find_grade(f"{QUESTION}_test", DEVOIR, DEVOIR, "léa")
        note.manual_score, note.needs_manual_grade = 2.5, False
        autre = carnet.find_grade(f"{QUESTION}_test", DEVOIR, DEVOIR, "tom")
        autre.manual_score, autre.needs_manual_grade = 2, False
        carnet.db.commit()
    with servie(seance(cours)) as adresse:
        page = Page(adresse)
        groupe = page.groupe("on poireaute")
        assert groupe["points"] == "2,5" and "(2 ; 2,5)" in groupe["motifs"][0]
        page.geste(groupe, "valider")
    assert au_carnet(cours, "tom")[:3] == (2.5, 2.5, False)


@pytest.fixture
def classe_de_tableaux(tmp_path) -> Cours:
    """Un tableau et un nombre illisibles, et une copie abîmée."""
    cours = Cours(travail=tmp_path)
    copie = copie_parfaite()
    changer(copie, "s2_tp1_q1", lambda s: s.replace("100", "cent"))
    changer(copie, "s2_tp1_q0", lambda s: s.split("\n")[0] + "\n1.234 clients")
    deposer(cours, "léa", copie)
    deposer(cours, "zoé", copie_parfaite())
    deposer(cours, "jules", b"abime")
    corriger(cours, TP)
    return cours


def test_un_tableau_ou_un_nombre_mal_lus_se_notent_a_la_main(classe_de_tableaux):
    cours = classe_de_tableaux
    ouverte = seance(cours, TP)
    assert not [
        groupe
        for groupes in ouverte.groupes.values()
        for groupe in groupes
        if "jules" in groupe.copies
    ]
    with servie(ouverte) as adresse:
        page = Page(adresse)
        assert [q["a_relire"] for q in page.lire("/api/questions")["questions"]][:2] == [1, 1]
        groupe = next(g for g in page.lire("/api/questions/s2_tp1_q1")["groupes"] if g["a_relire"])
        assert {
            "ligne": "Clients perdus",
            "colonne": "N1",
            "ecrit": "cent",
            "statut": "illisible",
        } in groupe["cases"]
        (script,) = RACINE.glob("autograde/**/page/serveur.js")
        assert set(groupe["cases"][0]) == proprietes(script, "Case")
        assert groupe["elements"] == [] and groupe["points"] == "3,5"
        assert page.geste(groupe, "note", points="4")["points"] == "4"
        page.geste(groupe, "valider")
    corriger(cours, TP)
    assert au_carnet(cours, "léa", "s2_tp1_q1", TP)[:3] == (4.0, 4.0, False)
    assert au_carnet(cours, "léa", "s2_tp1_q0", TP)[2]


def test_la_commande_dit_quel_devoir(capsys):
    assert principal(["relire"]) == 1
    assert f"{TP}" in capsys.readouterr().err
