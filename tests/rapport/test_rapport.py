"""Le rapport de classe : des chiffres justes, des indices prudents, aucun nom quand il est anonyme, rien d'exécuté ni d'interprété."""

import html
import os
import random
import re

import pytest

from autograde.baremes.resultats import CaseNotee, NoteQuestion, Statut
from autograde.carnet.api import ouvrir
from autograde.copie.recu import Recu
from autograde.copie.triage import Etat
from autograde.correction.classe import corriger_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import changer, fabriquer_la_classe
from autograde.erreurs import ErreurFormateur
from autograde.notation.copie import CopieCorrigee
from autograde.notation.correction import Correction
from autograde.rapport.anonymat import Noms
from autograde.rapport.blocs import bloc_des_erreurs
from autograde.rapport.console import NOTEBOOK, VARIABLE_DEVOIR, commande_du_rapport
from autograde.rapport.donnees import Rapport, charger_rapport, devoirs_remis
from autograde.rapport.ecran import RapportDeClasse
from autograde.rapport.erreurs import CAUSE_INCONNUE, erreurs_frequentes
from autograde.rapport.figures import figure_des_notes
from autograde.rapport.remises import etats_de_remise
from autograde.rapport.repartition import Repartition, repartir
from autograde.rapport.ressemblances import ressemblances
from autograde.rapport.reussite import par_element, par_element_partout, par_question
from grc_helpers.calculs.case import Case
from grc_helpers.reponses.notebook import lire_reponses
from tests.classe_fictive import DEVOIR, PROSE_A_RELIRE, copie_avec, copie_parfaite, deposer
from tests.poste_ouvert import RACINE
from tests.serveurs import PATIENCE, port_libre, servir
from tests.tableau_ouvert import verifier_la_page

MECHANT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
PRISE_EN_MAIN = "s0_prise_en_main"
DE_SAMIR = (
    "La campagne rapporte surtout au début, presque la moitié du gain dès la première année. Ensuite nos clients s'en vont et ceux "
    "qui restent commandent moins souvent. Je proposerais une carte avec un cadeau au bout de dix achats. Samir Haddad"
)
DE_TINA = (
    "La campagne rapporte surtout au départ, presque la moitié du gain dès la première année. Puis nos clients s'en vont et ceux "
    "qui restent commandent moins souvent. Je proposerais une carte avec un bon au bout de dix achats. TINA"
)


def dire(copie: dict, texte: str) -> dict:
    changer(copie, "s2_tp1_q3", lambda s: s.split("\n")[0] + "\n" + texte)
    return copie


@pytest.fixture(scope="module")
def cours(tmp_path_factory) -> Cours:
    """La classe de la démonstration, deux proses voisines et signées, une copie hostile, une absente, une note saisie à la main."""
    cours = Cours(travail=tmp_path_factory.mktemp("rapport"))
    fabriquer_la_classe(cours)
    deposer(cours, "samir", dire(copie_parfaite(), DE_SAMIR))
    deposer(cours, "tina", dire(copie_parfaite(), DE_TINA))
    mechante = dire(copie_parfaite(), f"{DE_TINA} {MECHANT}")
    changer(mechante, "s2_tp1_q0", lambda s: s.split("\n")[0] + "\n600")
    deposer(cours, "ugo", mechante)
    seconde = dire(copie_parfaite(), PROSE_A_RELIRE)
    changer(seconde, "s2_tp1_q0", lambda s: s.split("\n")[0] + "\n600 clients")
    deposer(cours, "vera", seconde)
    for prenom in ("samir", "tina"):
        deposer(
            cours,
            prenom,
            copie_avec({"s0_q1": "16,5", "s0_q3": "a", "s0_q4": "a, b, c, d"}, PRISE_EN_MAIN),
            PRISE_EN_MAIN,
        )
    for devoir in (DEVOIR, PRISE_EN_MAIN):
        list(corriger_la_classe(cours, devoir))
    with ouvrir(cours) as carnet:
        carnet.update_or_create_student("samir", first_name="Samir", last_name="Haddad")
        carnet.update_or_create_student("zoe", first_name="Zoé", last_name="Absente")
        grade = carnet.find_grade("s2_tp1_q3_test", DEVOIR, DEVOIR, "vera")
        grade.manual_score, grade.needs_manual_grade = 1.0, False
        carnet.db.commit()
    return cours


@pytest.fixture(scope="module")
def rapport(cours) -> Rapport:
    return charger_rapport(cours, DEVOIR)


def montre(ecran: RapportDeClasse, bloc: str) -> str:
    """Ce qu'un bloc montre, une espace insécable valant une espace."""
    return html.unescape(ecran.bloc(bloc)).replace("\u00a0", " ")


def test_la_repartition_compte_la_note_saisie_et_pas_l_illisible(rapport):
    repartition = repartir([rapport])
    assert len(rapport.copies) == 15 and len(repartition.notes) == 14, (
        "la copie de jules ne se lit pas : elle n'a pas zéro"
    )
    assert sum(combien for *_, combien in repartition.tranches) == 14
    assert "14 copies notées : médiane" in repartition.phrase
    vera = next(releve for releve in rapport.releves if releve.stagiaire == "vera")
    assert vera.questions["s2_tp1_q3"].points == 1.0 and vera.total in repartition.notes


def test_la_reussite_va_de_la_moins_reussie_a_la_mieux_reussie(rapport):
    reussites = par_question(rapport)
    assert [r.part for r in reussites] == sorted(r.part for r in reussites) and len(reussites) == 8
    q0 = next(r for r in reussites if r.libelle.startswith("Question 0 "))
    points = [
        releve.questions["s2_tp1_q0"].points
        for releve in rapport.releves
        if releve.questions["s2_tp1_q0"].points is not None
    ]
    assert q0.part == pytest.approx(sum(points) / len(points) / rapport.devoir.points["s2_tp1_q0"])
    assert q0.manques == points.count(0.0) == 4, (
        "emma n'a rien écrit ; gaëlle (sa cellule en double), ugo et vera ont écrit 600"
    )


def test_les_elements_disent_ce_qui_manque(rapport):
    elements = {r.libelle: r for r in par_element(rapport, "s2_tp1_q1")}
    assert len(elements) == 8 and all(r.copies == 14 for r in elements.values())
    assert elements["Clients perdus N1"].manques == 2, "david se trompe, emma n'a rien écrit"
    assert elements["Clients perdus N2"].manques == 2, (
        "chloé et emma ; david a suivi son erreur : elle n'est comptée qu'une fois"
    )
    assert elements["Clients perdus N2"].part == pytest.approx(12 / 14)
    prose = par_element(rapport, "s2_tp1_q3")
    assert len(prose) == 8
    attente = [
        copie.stagiaire
        for copie in rapport.lisibles
        if copie.correction.notes["s2_tp1_q3"].fraction is None
    ]
    assert attente and all(r.copies == 14 - len(attente) for r in prose), (
        "ce que seul un humain peut noter n'est pas un oubli"
    )
    assert par_element_partout([rapport])[0].libelle.startswith("Question ")


def test_une_erreur_reconnue_porte_sa_cause(rapport):
    erreurs = {(e.lieu, e.valeurs): e for e in erreurs_frequentes([rapport])}
    erreur = erreurs["Question 0", ("600",)]
    assert (
        erreur.copies == 3
        and erreur.sur == 14
        and erreur.cause.startswith("600 est le nombre d'appels sans suite")
    )


def test_sans_erreur_typique_la_cause_est_inconnue(cours):
    erreurs = {e.lieu: e for e in erreurs_frequentes([charger_rapport(cours, PRISE_EN_MAIN)])}
    assert (
        erreurs["Question 1"].cause.startswith("Vous avez additionné")
        and erreurs["Question 1"].copies == 2
    )
    assert erreurs["Question 3"].cause.startswith("Demander une preuve d'abord")
    assert erreurs["Question 4"].cause == CAUSE_INCONNUE and erreurs["Question 4"].valeurs == (
        "a → b → c → d",
    )


def test_qui_n_a_pas_rendu_et_ce_qui_attend(rapport):
    etats = {e.stagiaire: (e.etat, e.detail) for e in etats_de_remise([rapport])}
    assert etats["zoe"] == ("rien rendu", "")
    assert etats["jules"][0] == "copie illisible" and "abîmé" in etats["jules"][1]
    assert etats["hugo"] == ("à relire", "question 3")
    assert "amel" not in etats and "vera" not in etats


def test_une_copie_arrivee_apres_la_correction_est_a_corriger(cours):
    chemin = deposer(cours, "tardif", copie_parfaite())
    try:
        etats = {e.stagiaire: e for e in etats_de_remise([charger_rapport(cours, DEVOIR)])}
    finally:
        chemin.unlink()
        chemin.parent.rmdir()
    assert (
        etats["tardif"].etat == "copie pas encore corrigée"
        and f"grc corriger {DEVOIR}" in etats["tardif"].detail
    )


def test_deux_proses_voisines_sont_montrees_cote_a_cote(rapport):
    trouvees = ressemblances([rapport])
    paire = next(
        r for r in trouvees if {*r.gauche.stagiaires, *r.droite.stagiaires} == {"samir", "tina"}
    )
    assert 0.6 < paire.part < 1 and paire.lieu == "Question 3"
    communs = [texte for texte, commun in paire.gauche.morceaux if commun]
    assert any("presque la moitié du gain" in texte for texte in communs) and not any(
        "Haddad" in texte for texte in communs
    )
    assert not any(
        {"amel", "samir"} <= {*r.gauche.stagiaires, *r.droite.stagiaires} for r in trouvees
    ), "écrites séparément"


def test_les_textes_identiques_sont_reunis(rapport):
    identiques = [r for r in ressemblances([rapport]) if r.part == 1]
    assert len(identiques) == 1, "un groupe, et non une ligne pour chaque paire"
    assert {"amel", "bilal", "gaëlle", "kenza"} <= {
        *identiques[0].gauche.stagiaires,
        *identiques[0].droite.stagiaires,
    }


def _rapport_de_proses(textes: dict[str, str]) -> Rapport:
    """Un rapport fait de ces seules réponses à la question rédigée ; les notes n'y comptent pas."""
    devoir = charger_devoir(Cours(), DEVOIR)
    notes = {question: NoteQuestion(0.0) for question in devoir.questions}
    copies = [
        CopieCorrigee(
            Correction(
                devoir,
                lire_reponses(copie_avec({"s2_tp1_q3": texte}), devoir.questions),
                notes,
                stagiaire=nom,
            ),
            Etat.LUE,
            Recu.ABSENT,
        )
        for nom, texte in textes.items()
    ]
    return Rapport(devoir, {nom: nom for nom in textes}, [], copies)


def test_l_enonce_recopie_et_les_reponses_courtes_ne_se_ressemblent_pas():
    devoir = charger_devoir(Cours(), DEVOIR)
    cite = next(
        bloc
        for bloc in devoir.contexte.split("\n\n")
        if len(bloc.split()) > 40 and not bloc.startswith(("#", "|"))
    )
    courte = "La première année rapporte le plus, il faut fidéliser les clients."
    assert ressemblances([_rapport_de_proses({"a": cite, "b": cite})]) == []
    assert ressemblances([_rapport_de_proses({"a": courte, "b": courte})]) == []
    assert len(ressemblances([_rapport_de_proses({"a": DE_SAMIR, "b": DE_SAMIR})])) == 1


def test_une_phrase_entiere_reprise_dans_un_autre_texte_se_voit():
    phrase = "je donnerais à chaque cliente fidèle un petit pot de crème à son anniversaire avec un mot écrit à la main"
    autour = random.Random(3)
    mots = [
        "vente",
        "offre",
        "prix",
        "marge",
        "équipe",
        "région",
        "saison",
        "boutique",
        "rayon",
        "stock",
        "ville",
        "rue",
        "porte",
    ]
    textes = {
        nom: f"{' '.join(autour.choices(mots, k=60))}, {phrase}. {' '.join(autour.choices(mots, k=60))}"
        for nom in "ab"
    }
    (trouvee,) = ressemblances([_rapport_de_proses(textes)])
    assert trouvee.part < 0.6 and any(
        phrase in texte for texte, commun in trouvee.gauche.morceaux if commun
    )


def test_330_copies_se_comparent_deux_a_deux():
    hasard = random.Random(1)
    mots = [f"mot{rang}" for rang in range(400)]
    rapport = _rapport_de_proses(
        {f"s{rang:03}": " ".join(hasard.choices(mots, k=120)) for rang in range(330)}
    )
    assert ressemblances([rapport]) == []


def test_l_anonymat_couvre_tous_les_blocs(cours):
    ecran = RapportDeClasse(cours, DEVOIR)
    assert ecran.anonyme.value, "la case est cochée au départ"
    prenoms = [*charger_rapport(cours, DEVOIR).classe, "Haddad", "Absente"]
    motif = re.compile(r"\b(?:" + "|".join(prenoms) + r")\b", re.IGNORECASE)
    montre = "".join(re.sub(r"data:image\S+", "", ecran.bloc(nom)) for nom in ecran.blocs)
    assert motif.findall(montre) == [] and "Stagiaire 01" in montre and "[nom]" in montre
    ecran.anonyme.value = False
    assert "Samir Haddad" in ecran.bloc("ressemblances") and "Zoé Absente" in ecran.bloc("remises")


def test_un_numero_ne_suit_pas_l_ordre_alphabetique_et_ne_change_pas():
    classe = {prenom: prenom for prenom in ("amel", "bilal", "chloé", "david", "emma", "farid")}
    numeros = [Noms(classe, True).de(prenom) for prenom in classe]
    assert sorted(numeros) != numeros and numeros == [
        Noms(classe, True).de(prenom) for prenom in classe
    ]


def test_une_valeur_signee_ou_trop_longue_ne_dit_aucun_nom(cours):
    rapport = charger_rapport(cours, DEVOIR)
    signee = f"{'x' * 60} Samir Haddad"
    fausse = CaseNotee(Case("Clients gagnés"), signee, Statut.FAUSSE)
    for copie in rapport.lisibles[:2]:
        copie.correction.notes["s2_tp1_q0"] = NoteQuestion(0.0, [fausse])
    bloc = bloc_des_erreurs([rapport], Noms(rapport.classe, anonyme=True))
    assert "xxx" in bloc and "Sam" not in bloc


def test_du_html_dans_une_reponse_reste_du_texte(cours):
    ecran = RapportDeClasse(cours, DEVOIR)
    passages = ecran.bloc("ressemblances")
    for nom in ecran.blocs:
        assert "<script" not in ecran.bloc(nom) and "onerror=alert(2)>" not in ecran.bloc(nom)
    assert "<mark>" in passages


def test_tous_les_tp_ensemble(cours):
    ecran = RapportDeClasse(cours, DEVOIR)
    ecran.devoir.value = ""
    assert [rapport.devoir.nom for rapport in ecran.rapports] == [
        PRISE_EN_MAIN,
        DEVOIR,
    ] and ecran.message == ""
    assert "Réussite par TP" in ecran.bloc("questions") and "S2 · TP 1" in ecran.bloc("questions")
    assert "Moyenne de chaque stagiaire" in ecran.bloc(
        "notes"
    ) and '<th scope="col">TP</th>' in ecran.bloc("remises")
    assert "14 stagiaires notés : médiane" in montre(ecran, "notes")
    assert repartir(ecran.rapports).maximum == 20 and len(repartir(ecran.rapports).notes) == 14


def test_choisir_une_question_montre_ses_elements(cours):
    ecran = RapportDeClasse(cours, DEVOIR)
    ecran.question.value = "s2_tp1_q3"
    assert "votre conseil : garder les clients" in montre(
        ecran, "elements"
    ) and "Clients perdus" not in ecran.bloc("elements")


def test_un_carnet_vide_dit_quoi_faire(tmp_path):
    cours = Cours(travail=tmp_path / "neuf")
    ecran = RapportDeClasse(cours)
    assert (
        "Aucune copie n&#39;est encore rangée" in ecran.message and "grc corriger" in ecran.message
    )
    assert all(ecran.bloc(nom) == "" for nom in ecran.blocs) and not cours.travail.exists(), (
        "regarder n'écrit rien"
    )
    deposer(cours, "léa", copie_parfaite())
    ecran.relire()
    assert ecran.devoir.value == DEVOIR and f"grc corriger {DEVOIR}" in ecran.message


def test_une_seule_copie(tmp_path):
    cours = Cours(travail=tmp_path)
    deposer(cours, "léa", copie_parfaite())
    list(corriger_la_classe(cours, DEVOIR))
    ecran = RapportDeClasse(cours, DEVOIR)
    assert "Une seule copie notée : 20 sur 20." in montre(ecran, "notes")
    assert "Il faut au moins deux copies" in ecran.bloc("erreurs")
    assert "Tout est rendu, lu et relu." in ecran.bloc("remises")
    assert "Aucune réponse rédigée ne ressemble" in ecran.bloc("ressemblances")


def test_que_des_copies_illisibles(tmp_path):
    cours = Cours(travail=tmp_path)
    deposer(cours, "jules", b"abime")
    list(corriger_la_classe(cours, DEVOIR))
    ecran = RapportDeClasse(cours, DEVOIR)
    assert "Aucune copie n'est encore notée." in montre(
        ecran, "notes"
    ) and "copie illisible" in ecran.bloc("remises")


def test_lire_le_rapport_ne_change_pas_le_carnet(cours):
    avant = (cours.travail / "gradebook.db").read_bytes()
    RapportDeClasse(cours, DEVOIR)
    assert (cours.travail / "gradebook.db").read_bytes() == avant


def test_la_commande_n_ouvre_que_le_rapport_sur_ce_poste(cours):
    commande, environnement = commande_du_rapport(cours, DEVOIR, 8867)
    assert str(NOTEBOOK) in commande and "--Voila.ip=127.0.0.1" in commande
    # Celui qu'éprouve tests/tableaux/test_serveur.py : l'anonymat ne se décoche que dans la page, avec le jeton.
    assert commande[1:3] == ["-m", "autograde.tableaux.serveur"]
    assert environnement[VARIABLE_DEVOIR] == DEVOIR and environnement["GRC_TRAVAIL"] == str(
        cours.travail
    )
    with pytest.raises(ErreurFormateur, match=DEVOIR):
        commande_du_rapport(cours, "s2_tp1_lvt", 8867)


def test_le_notebook_reste_chez_le_formateur():
    assert NOTEBOOK.is_file() and 'outputs": []' in NOTEBOOK.read_text(encoding="utf-8")
    assert not list(Cours().distribue.rglob(NOTEBOOK.name)) and not list(
        Cours().solutions.rglob(NOTEBOOK.name)
    )


def test_une_mediane_au_bord_tient_dans_le_graphique():
    for notes in ((0.0, 0.0), (20.0, 20.0)):
        assert figure_des_notes(Repartition(notes, 20.0)).axes[0].get_xlim()[1] >= 10


def test_les_devoirs_proposes_sont_ceux_qui_ont_une_copie(cours):
    assert devoirs_remis(cours) == [PRISE_EN_MAIN, DEVOIR]


@pytest.fixture
def rapport_ouvert(cours, page, tmp_path):
    """Le rapport, ouvert par la commande du formateur ; garde ce que la page demande et ses erreurs."""
    page.demandes, page.erreurs = [], []
    page.on("request", lambda demande: page.demandes.append(demande.url))
    page.on("pageerror", lambda erreur: page.erreurs.append(str(erreur)))
    page.on("dialog", lambda dialogue: page.erreurs.append(dialogue.message))
    port = port_libre()
    commande, environnement = commande_du_rapport(cours, DEVOIR, port)
    chemins = [str(RACINE), *filter(None, [environnement.get("PYTHONPATH")])]
    adresse = f"http://127.0.0.1:{port}"
    with servir(
        commande,
        environnement | {"PYTHONPATH": os.pathsep.join(chemins), "JUPYTER_TOKEN": "essai"},
        f"{adresse}/?token=essai",
        tmp_path / "voila.log",
    ):
        page.goto(f"{adresse}/?theme=light&token=essai", timeout=PATIENCE * 1000)
        page.wait_for_selector(".grc-rapport .grc-ressemblance", timeout=PATIENCE * 1000)
        yield page


@pytest.mark.navigateur
def test_le_rapport_se_projette_sans_nom_puis_se_lit_avec_les_noms(
    rapport_ouvert, dossier_captures
):
    page = rapport_ouvert
    assert page.title() == "Rapport de classe"
    lu = page.locator("main").inner_text()
    assert "médiane" in lu and "Stagiaire 01" in lu and "Samir" not in lu and "Haddad" not in lu
    for rang, titre in enumerate(page.locator(".grc-rapport h3").all()):
        titre.scroll_into_view_if_needed()
        page.screenshot(path=dossier_captures / f"rapport_{rang}.png")
    page.screenshot(path=dossier_captures / "rapport.png")
    verifier_la_page(page)
    page.get_by_label("Question", exact=True).select_option(
        label="Question 3 · Ce que le tableau apprend à l'entreprise"
    )
    page.locator(
        "img[alt^='Barres de réussite, de la plus faible à la plus forte : la preuve']"
    ).wait_for()
    page.get_by_label("anonyme").press("Space")
    page.get_by_text("Samir Haddad").first.wait_for()
    page.get_by_label("TP", exact=True).select_option(label="Tous les TP")
    page.get_by_role("heading", name="Réussite par TP").wait_for()
    page.get_by_role("heading", name="Réussite par TP").scroll_into_view_if_needed()
    page.screenshot(path=dossier_captures / "rapport_tous.png")
    verifier_la_page(page)
