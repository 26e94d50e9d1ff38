"""Une case est une paire (ligne, colonne) : un libellé qui contient « / » garde ses valeurs, de la lecture au rapport."""

import html
import re

import pytest

from autograde.baremes.resultats import Statut
from autograde.correction.classe import corriger_la_classe
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.notebook import lire_fichier
from autograde.production.essais_du_bareme import corriger_des_textes
from autograde.rapport.donnees import charger_rapport
from autograde.rapport.erreurs import erreurs_frequentes
from autograde.rapport.reussite import par_element
from autograde.relecture.seance import SeanceDeRelecture
from autograde.relecture.vue import montrer_une_question
from autograde.rendu.pages import ecrire_les_retours
from grc_helpers.calculs.case import Case
from grc_helpers.reponses.cellule import Cellule, lire_cellule
from grc_helpers.reponses.controles import controler
from grc_helpers.reponses.echo import echo
from grc_helpers.reponses.notebook import cellules, nbgrader
from grc_helpers.reponses.tableaux import lire_tableau
from grc_helpers.reponses.types.tableau import lire_seul
from tests.classe_plateau import (
    BAREME,
    DEUX_LIGNES,
    DEVOIR,
    ENTETE,
    JUSTES,
    MATIN,
    PAR_JOUR,
    PERDUS,
    RECUS,
    SERVIS,
    SOIR,
    calcul_connu,
    fabriquer,
)

DEBORDE = "Débordé oui/non"
# Une erreur de chaque sorte : le total de la matinée, un mot faux, une ligne recopiée, une lettre fausse, une case illisible.
FAUTES = {
    "plateau_q1": ENTETE + DEUX_LIGNES.format("240", "44", "o", "oui"),
    "plateau_q2": f"{ENTETE}{PERDUS} | 48 | 8\n{SERVIS} | 12 | 8",
    "plateau_q3": "80",
    "plateau_q4": "Appel entrant/sortant = a\nFile 1/2 = a",
    "plateau_q5": ENTETE + DEUX_LIGNES.format("6", "beaucoup", "non", "non"),
}
MATINEE = "48 est le total de la matinée. Divisez par 4 heures."
RECOPIE = "Vous recopiez les appels perdus."


@pytest.fixture(scope="module")
def cours(tmp_path_factory) -> Cours:
    """Le plateau et sa classe, corrigée : deux copies avec les mêmes fautes, une juste."""
    with calcul_connu() as patch:
        cours = fabriquer(tmp_path_factory.mktemp("plateau"), léa=FAUTES, tom=FAUTES, zoé={})
        patch.setattr(Cours, "courant", lambda: cours)
        list(corriger_la_classe(cours, DEVOIR))
        yield cours


@pytest.fixture(scope="module")
def devoir(cours) -> Devoir:
    return charger_devoir(cours, DEVOIR)


def reponse(devoir: Devoir, question: str, texte: str) -> Cellule:
    vierge = devoir.questions[question].vierge
    return lire_cellule(vierge.source.split("\n")[0] + "\n" + texte, modele=vierge)


def rangees(page: str) -> list[list[str]]:
    """Les textes des cases de tous les tableaux d'une page, rangée par rangée."""
    trouvees = []
    for rangee in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL):
        contenus = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", rangee, re.DOTALL)
        trouvees.append(
            [" ".join(html.unescape(re.sub(r"<[^>]*>", "", c)).split()) for c in contenus]
        )
    return trouvees


def test_le_tableau_se_lit_case_par_case(devoir):
    vierge = lire_seul(devoir.questions["plateau_q2"].vierge.corps)
    lu = lire_tableau(FAUTES["plateau_q2"], vierge)
    assert lu.valeurs() == {
        Case(PERDUS, MATIN): 48,
        Case(PERDUS, SOIR): 8,
        Case(SERVIS, MATIN): 12,
        Case(SERVIS, SOIR): 8,
    }
    assert not lu.remarques
    deux_fois = lire_tableau(f"{FAUTES['plateau_q2']}\n{PERDUS} | 48 | 7", vierge)
    assert deux_fois.remarques == [
        f"{PERDUS} {SOIR} : écrit deux fois (« 8 » puis « 7 ») ; je garde le dernier."
    ]


def test_le_controle_nomme_la_case_et_voit_ce_qui_ne_tombe_pas_juste(devoir):
    texte = f"{ENTETE}{PERDUS} | 12 | beaucoup\n{SERVIS} | 12 |"
    controle = controler(
        reponse(devoir, "plateau_q2", texte), {Case(PERDUS, SOIR): 9, Case(SERVIS, SOIR): 9}
    )
    illisible, incoherente = controle.a_reprendre
    assert illisible.startswith(f"{PERDUS} {SOIR} : Je ne lis pas de nombre dans « beaucoup ».")
    assert incoherente == (
        f"{SERVIS} {MATIN} : votre case ne correspond pas à « appels reçus − appels perdus » avec vos propres chiffres."
    )
    assert (controle.remplies, controle.attendues) == (3, 4)
    assert controler(reponse(devoir, "plateau_q2", JUSTES["plateau_q2"])).recevable


def test_l_echo_montre_chaque_case_a_sa_place(devoir):
    cellule = reponse(devoir, "plateau_q2", FAUTES["plateau_q2"])
    assert rangees(echo(cellule, controler(cellule))) == [
        ["", MATIN, SOIR],
        [PERDUS, "48", "8"],
        [SERVIS, "12", "8"],
    ]


def statuts(devoir: Devoir, textes: dict[str, str], question: str) -> dict[Case, tuple]:
    note = corriger_des_textes(devoir, textes).notes[question]
    return {case.cle: (case.statut, case.message) for case in note.cases}


def test_sans_calcul_chaque_case_est_notee_d_apres_le_bareme(devoir):
    assert statuts(devoir, FAUTES, "plateau_q1") == {
        Case(RECUS, MATIN): (
            Statut.FAUSSE,
            "240 est le total de la matinée. Divisez par 4 heures.",
        ),
        Case(RECUS, SOIR): (Statut.JUSTE, ""),  # 44 : accepté
        Case(DEBORDE, MATIN): (Statut.JUSTE, ""),
        Case(DEBORDE, SOIR): (Statut.FAUSSE, ""),
    }


def test_avec_calcul_l_erreur_est_reportee_et_la_recopie_reconnue(devoir):
    assert statuts(devoir, FAUTES, "plateau_q2") == {
        Case(PERDUS, MATIN): (Statut.FAUSSE, MATINEE),
        Case(PERDUS, SOIR): (Statut.JUSTE, ""),  # 8 : accepté
        Case(SERVIS, MATIN): (Statut.REPORTEE, ""),
        Case(SERVIS, SOIR): (Statut.FAUSSE, RECOPIE),
    }
    assert statuts(devoir, FAUTES, "plateau_q3") == {PAR_JOUR: (Statut.REPORTEE, "")}


@pytest.mark.parametrize(
    ("ecrit", "statut", "dit"),
    [("336", Statut.JUSTE, ""), ("352", Statut.JUSTE, ""), ("84", Statut.FAUSSE, "84 est pour")],
    ids=["le corrigé", "la valeur acceptée", "l'erreur typique"],
)
def test_un_nombre_dit_ses_valeurs_sans_nommer_de_case(devoir, ecrit, statut, dit):
    [(obtenu, message)] = statuts(devoir, JUSTES | {"plateau_q3": ecrit}, "plateau_q3").values()
    assert obtenu is statut and message.startswith(dit) and bool(message) == bool(dit)


def test_deux_tableaux_aux_memes_libelles_ne_se_melangent_pas(devoir):
    correction = corriger_des_textes(devoir, JUSTES)
    assert {nom: correction.points(nom) for nom in devoir.questions} == devoir.points
    ecrits = {case.ecrit for case in correction.notes["plateau_q1"].cases}
    assert ecrits == {"60", "45", "oui", "non"}


def test_le_commentaire_du_carnet_nomme_les_cases(devoir):
    notes = corriger_des_textes(devoir, FAUTES).notes
    assert notes["plateau_q2"].resume().split("\n") == [
        MATINEE,
        RECOPIE,
        f"Erreur reportée, non pénalisée deux fois : {SERVIS} {MATIN}.",
        f"À revoir : {PERDUS} {MATIN}, {SERVIS} {SOIR}.",
    ]
    assert notes["plateau_q4"].resume() == "À revoir : Appel entrant/sortant."
    assert notes["plateau_q5"].a_verifier == [f"case illisible, {RECUS} {SOIR} : « beaucoup »."]


def test_la_page_de_retour_range_les_cases(cours):
    pages = {chemin.stem: chemin for chemin in ecrire_les_retours(cours, DEVOIR, "corriges")}
    montrees = rangees(pages["léa"].read_text(encoding="utf-8"))
    for attendue in (
        ["Ligne", MATIN, SOIR],
        [RECUS, "240 ✘ (à revoir)", "44 ✔ (juste)"],
        [DEBORDE, "o ✔ (juste)", "oui ✘ (à revoir)"],
        [PERDUS, "48 ✘ (à revoir)", "8 ✔ (juste)"],
        [SERVIS, "12 ↪ (erreur reportée)", "8 ✘ (à revoir)"],
        [SERVIS, "48", "36"],  # la réponse type
    ):
        assert attendue in montrees
    assert "Appel entrant/sortant" in pages["léa"].read_text(encoding="utf-8")


def test_la_relecture_montre_la_ligne_et_la_colonne(cours, devoir):
    seance = SeanceDeRelecture(cours, devoir, corriger_la_classe(cours, DEVOIR))
    montree = montrer_une_question(seance, "plateau_q2")
    fautif = next(groupe for groupe in montree["groupes"] if groupe["copies"] == 2)
    assert fautif["cases"] == [
        {"ligne": PERDUS, "colonne": MATIN, "ecrit": "48", "statut": "à revoir"},
        {"ligne": PERDUS, "colonne": SOIR, "ecrit": "8", "statut": "juste"},
        {"ligne": SERVIS, "colonne": MATIN, "ecrit": "12", "statut": "erreur reportée"},
        {"ligne": SERVIS, "colonne": SOIR, "ecrit": "8", "statut": "à revoir"},
    ]
    corrigees = {
        (case["ligne"], case["colonne"]): case["ecrit"] for case in montree["corrige"]["cases"]
    }
    assert corrigees[SERVIS, SOIR] == "36" and len(corrigees) == 4
    association = montrer_une_question(seance, "plateau_q4")["groupes"][0]["cases"]
    assert [(case["ligne"], case["colonne"]) for case in association] == [
        ("Appel entrant/sortant", ""),
        ("File 1/2", ""),
    ]


def test_le_rapport_nomme_les_cases(cours):
    rapport = charger_rapport(cours, DEVOIR)
    erreurs = {erreur.cause: erreur for erreur in erreurs_frequentes([rapport])}
    assert erreurs[MATINEE].valeurs == (f"{PERDUS} {MATIN} : 48",) and erreurs[MATINEE].copies == 2
    assert erreurs[RECOPIE].valeurs == (f"{SERVIS} {SOIR} : 8",)
    assert {
        reussite.libelle: round(reussite.part, 2) for reussite in par_element(rapport, "plateau_q2")
    } == {
        f"{PERDUS} {MATIN}": 0.33,
        f"{SERVIS} {SOIR}": 0.33,
        f"{PERDUS} {SOIR}": 1.0,
        f"{SERVIS} {MATIN}": 1.0,
    }
    assert [reussite.libelle for reussite in par_element(rapport, "plateau_q4")] == [
        "Appel entrant/sortant",
        "File 1/2",
    ]


def test_formgrader_montre_l_echo_et_le_detail(cours):
    notebook, _, _ = lire_fichier(cours.corrigees / "léa" / DEVOIR / f"{DEVOIR}.ipynb")
    sorties = {
        nbgrader(c).get("grade_id"): c["outputs"][0]["data"]["text/html"]
        for c in cellules(notebook)
        if c.get("outputs")
    }
    assert [PERDUS, "48", "8"] in rangees(sorties["plateau_q2"])
    assert rangees(sorties["plateau_q2_test"]) == [
        [f"{PERDUS} {MATIN}", "48", "à revoir"],
        [f"{PERDUS} {SOIR}", "8", "juste"],
        [f"{SERVIS} {MATIN}", "12", "erreur reportée"],
        [f"{SERVIS} {SOIR}", "8", "à revoir"],
    ]
    assert rangees(sorties["plateau_q4_test"])[0] == ["Appel entrant/sortant", "a", "à revoir"]


@pytest.mark.parametrize(
    ("ancien", "nouveau", "inconnue"),
    [
        (
            "    Appels reçus/heure: {14 h/18 h: [44]}",
            "    Appels reçus/heure: {18 h/14 h: [44]}",
            f"{RECUS} 18 h/14 h",
        ),
        ("{8 h/12 h: [oui, o],", "{8 h/13 h: [oui, o],", f"{DEBORDE} 8 h/13 h"),
        (
            "    - cases: {Appels perdus/heure:",
            "    - cases: {Appels perdus:",
            f"Appels perdus {MATIN}",
        ),
        ("case: Appels servis/jour", "case: Appels servis/an", "Appels servis/an"),
        (
            "case: Appels servis/jour",
            "case: {Appels servis/heure: 18 h/14 h}",
            f"{SERVIS} 18 h/14 h",
        ),
    ],
    ids=["accepte", "attendu", "erreur typique", "nombre", "nombre pris dans un tableau"],
)
def test_une_case_inconnue_du_bareme_est_nommee(cours, tmp_path, ancien, nouveau, inconnue):
    faux = fabriquer(tmp_path)
    assert ancien in BAREME
    (faux.solutions / DEVOIR / "bareme.yml").write_text(
        BAREME.replace(ancien, nouveau), encoding="utf-8"
    )
    with pytest.raises(ErreurFormateur) as erreur:
        charger_devoir(faux, DEVOIR)
    assert str(erreur.value) == (
        f"{DEVOIR}/bareme.yml : le calcul ou le tableau n'a pas de case « {inconnue} »."
    )


def test_un_nombre_peut_demander_une_case_d_un_tableau(cours, tmp_path):
    autre = fabriquer(tmp_path)
    (autre.solutions / DEVOIR / "bareme.yml").write_text(
        BAREME.replace("case: Appels servis/jour", "case: {Appels servis/heure: 14 h/18 h}"),
        encoding="utf-8",
    )
    assert charger_devoir(autre, DEVOIR).bareme["plateau_q3"].case == Case(SERVIS, SOIR)
