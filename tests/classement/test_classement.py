"""Une question de classement, de l'énoncé à la page de retour : le cours de ``modele/``, produit, rendu, corrigé, relu."""

import json
import re
import shutil

import pytest

from autograde.baremes.lecture import charger_bareme
from autograde.baremes.resultats import Statut
from autograde.correction.affichage_copie import montrer_la_correction
from autograde.correction.classe import corriger_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.notation.copie import corriger_les_reponses
from autograde.production.verification import verifier_devoir
from autograde.rapport.donnees import charger_rapport
from autograde.rapport.erreurs import erreurs_frequentes
from autograde.rapport.reussite import par_element, questions_detaillees
from autograde.relecture.seance import SeanceDeRelecture
from autograde.relecture.vue import montrer_une_question
from autograde.rendu.pages import ecrire_les_retours
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.controles import controler, exiger
from grc_helpers.reponses.echo import echo
from grc_helpers.reponses.notebook import Question, Reponse, lire_reponses
from grc_helpers.reponses.types.classement import lire_classement
from grc_helpers.seances.avancement import (
    A_COMPLETER,
    A_REPRENDRE,
    REPONDUE,
    VIDE,
    mesurer_l_avancement,
)
from tests.classe_fictive import deposer, nbgrader_cli, notes_du_carnet
from tests.classement.cours import DEVOIR, MODELE, QUESTION, copie, cours_produit
from tests.poste_ouvert import RACINE

NADIR, ZOE, LEO, CAFE = (
    "Nadir, trois achats cette année",
    "Zoé, un devis demandé hier",
    "Léo, plus rien depuis 2019",
    "Café du Port, un premier achat hier",
)
JUSTE = f"{NADIR} : b\n{ZOE} : a\n{LEO} : c\n{CAFE} : a"
CLASSE = {
    "léa": JUSTE,
    "tom": f"{NADIR} : c\n{ZOE} : a\n{LEO} : c\n{CAFE} : b",
    "zoé": f"{NADIR} : c\n{ZOE} : a\n{LEO} :\n{CAFE} : c",
    "inès": f"{NADIR} : b\n{ZOE} : client\n{LEO} : c\n{CAFE} : a",
    "sam": f"{NADIR} :\n{ZOE} :\n{LEO} :\n{CAFE} :",
    "max": f"Nadir : b\n<b>Zoé</b> : a\n{LEO} : ancien client\n{CAFE} : a\n{CAFE} : c",
}
POINTS = {"léa": 4, "tom": 3, "zoé": 1, "inès": 3, "sam": 0, "max": 1}


@pytest.fixture(scope="module")
def cours(tmp_path_factory, carnet_neuf) -> Cours:
    cours = cours_produit(tmp_path_factory.mktemp("classement"), carnet_neuf())
    for stagiaire, texte in CLASSE.items():
        deposer(cours, stagiaire, copie(cours, texte), DEVOIR)
    list(corriger_la_classe(cours, DEVOIR))
    return cours


def note_de(cours, texte):
    devoir = charger_devoir(cours, DEVOIR)
    return corriger_les_reponses(
        lire_reponses(copie(cours, texte), devoir.questions), devoir
    ).notes[QUESTION]


def test_la_seance_produite_est_vierge_et_ses_essais_passent(cours):
    devoir = charger_devoir(cours, DEVOIR)
    vierge = devoir.questions[QUESTION].vierge
    assert vierge.arguments == ("a", "b", "c") and ": b" not in vierge.corps
    assert vierge.corps.split("\n")[0] == f"{NADIR} :"
    assert verifier_devoir(cours, DEVOIR) == []


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Nadir : a", {"Nadir": "a"}),
        ("Nadir → B", {"Nadir": "b"}),
        ("Nadir\ta", {"Nadir": "a"}),
        ("Il dit : je pars : a", {"Il dit : je pars": "a"}),
        ("Nadir :\nZoé : la boîte b.", {"Nadir": "", "Zoé": "b"}),
        ("Nadir : client fidele", {"Nadir": "b"}),
        ("Nadir : b (client fidèle)", {"Nadir": "b"}),
        ("Nadir : « Client fidèle »", {"Nadir": "b"}),
        ("Nadir : clients fidèles", {"Nadir": "b"}),
        ("Nadir : a ou b", {"Nadir": ""}),
        ("Nadir : b (prospect)", {"Nadir": ""}),
        ("", {}),
    ],
)
def test_une_ligne_se_lit_avec_tolerance(texte, attendu):
    assert lire_classement(texte, ("a", "b"), {"a": "prospect", "b": "client fidèle"}).places == (
        attendu
    )


@pytest.mark.parametrize(
    "texte", [":" * 30_000, " " * 30_000 + "a", "->|=\t" * 9_000, "\x00\ud800 : a"]
)
def test_rien_ne_fait_tomber_le_lecteur(texte):
    lire_classement(texte, ("a", "b"), {}, ["Nadir", "Zoé"])


def test_ce_qui_ne_va_pas_se_dit_a_l_ecran():
    def dit(corps, cases=2):
        return exiger(controler(lire_cellule(f"%%classement q a b\n{corps}")), cases)

    assert dit("Nadir : a\nZoé : b").recevable
    assert dit("Nadir :\nZoé :").vide
    commence = dit("Nadir : a\nZoé :")
    assert (commence.remplies, commence.attendues, commence.a_reprendre) == (1, 2, [])
    assert dit("Nadir : z\nZoé : b").a_reprendre == [
        "« z » n'est pas une boîte. Pour « Nadir », écrivez une lettre : a, b."
    ]
    assert "placé deux fois (a, puis b)" in dit("Nadir : a\nnadir : b\nZoé : b").a_reprendre[0]
    assert dit("Nadir a\nZoé : b").a_reprendre[0] == (
        "Je ne reconnais pas la ligne « Nadir a ». Écrivez : élément : boîte."
    )
    assert dit("Nadir : a").a_reprendre[0].startswith("Il manque 1 case")


def test_l_echo_range_les_elements_par_boite_sans_rien_executer():
    cellule = lire_cellule("%%classement q a b\n<i>Nadir</i> : b\nZoé : b\nLéo :")
    montre = echo(cellule, controler(cellule))
    assert "<li><strong>b</strong> : &lt;i&gt;Nadir&lt;/i&gt; ; Zoé</li>" in montre
    assert "<li><strong>à placer</strong> : Léo</li>" in montre


@pytest.mark.parametrize(
    ("texte", "etat"),
    [
        (JUSTE, REPONDUE),
        (CLASSE["sam"], VIDE),
        (CLASSE["zoé"], A_COMPLETER),
        (CLASSE["inès"], A_REPRENDRE),
        (JUSTE.split("\n", 1)[1], A_REPRENDRE),
    ],
)
def test_l_avancement_compte_les_elements_places(cours, texte, etat):
    vierge = json.loads(cours.notebook_distribue(DEVOIR).read_text(encoding="utf-8"))
    assert mesurer_l_avancement(copie(cours, texte), vierge).etats == {QUESTION: etat}


def test_chaque_element_vaut_sa_part_et_le_doute_va_au_formateur(cours):
    notees = notes_du_carnet(cours.db_url, DEVOIR)
    assert {stagiaire: notes[QUESTION][0] for stagiaire, notes in notees.items()} == POINTS
    assert {stagiaire for stagiaire, notes in notees.items() if notes[QUESTION][1]} == {
        "inès",
        "max",
    }
    max_ = note_de(cours, CLASSE["max"])
    assert any("ne fait pas partie de ce qu'il faut classer" in motif for motif in max_.a_verifier)
    assert any("placé deux fois (a, puis c)" in motif for motif in max_.a_verifier)
    assert {case.cle.ligne: case.statut for case in max_.cases} == {
        NADIR: Statut.VIDE,
        ZOE: Statut.VIDE,
        LEO: Statut.JUSTE,
        CAFE: Statut.FAUSSE,
    }


@pytest.mark.parametrize(
    ("texte", "vide"),
    [
        (f"{LEO} :\n{ZOE} :", True),
        ("", True),
        (f"{ZOE}", True),
        (f"{ZOE} : a", False),
        (f"{ZOE} : d", False),
        (f"{ZOE} a", False),
        ("Boulangerie Martin :", False),
    ],
)
def test_une_reponse_vide_est_celle_ou_rien_n_est_place(cours, texte, vide):
    note = note_de(cours, texte)
    assert (note.commentaires == ["Sans réponse."]) is vide
    assert vide or note.fraction or note.a_verifier, "jamais un zéro silencieux"


def test_la_page_de_retour_montre_chaque_element_sa_boite_et_son_sort(cours):
    pages = {p.stem: p.read_text(encoding="utf-8") for p in ecrire_les_retours(cours, DEVOIR)}
    lignes = re.findall(r'<li class="(\w+)">(.*?)</li>', pages["zoé"])
    montre = [(sort, " ".join(re.sub("<[^>]+>", "", ligne).split())) for sort, ligne in lignes]
    assert montre == [
        ("fausse", f"✘ (à revoir) {NADIR} : c (ancien client)"),
        ("juste", f"✔ (juste) {ZOE} : a (prospect)"),
        ("vide", f"– (vide) {LEO} : sans réponse"),
        ("fausse", f"✘ (à revoir) {CAFE} : c (ancien client)"),
    ]
    assert "Nadir achète et revient" in pages["zoé"] and "Nadir achète" not in pages["léa"]
    assert "<b>Zoé</b>" not in pages["max"]


def test_relire_et_formgrader_montrent_les_elements(cours):
    devoir = charger_devoir(cours, DEVOIR)
    seance = SeanceDeRelecture(cours, devoir, corriger_la_classe(cours, DEVOIR))
    vue = montrer_une_question(seance, QUESTION)
    assert [(case["ligne"], case["ecrit"]) for case in vue["corrige"]["cases"]] == [
        (NADIR, "b"),
        (ZOE, "a"),
        (LEO, "c"),
        (CAFE, "a"),
    ]
    assert len(vue["groupes"]) == len(CLASSE)
    (relu,) = [g for g in vue["groupes"] if "client" in [case["ecrit"] for case in g["cases"]]]
    assert relu["a_relire"] and relu["cases"][1]["statut"] == "illisible"
    notebook = copie(cours, CLASSE["tom"])
    correction = corriger_les_reponses(lire_reponses(notebook, devoir.questions), devoir)
    sorties = json.dumps(montrer_la_correction(notebook, correction), ensure_ascii=False)
    assert "Note automatique : 3 / 4" in sorties and f"<td>{NADIR}</td><td>c</td>" in sorties


def test_le_rapport_dit_l_element_manque_et_la_boite_choisie_a_tort(cours):
    rapport = charger_rapport(cours, DEVOIR)
    assert questions_detaillees(rapport) == [QUESTION]
    manques = {r.libelle: r.manques for r in par_element(rapport, QUESTION)}
    assert manques == {NADIR: 4, ZOE: 3, LEO: 2, CAFE: 3}
    assert par_element(rapport, QUESTION)[0].libelle == NADIR
    erreurs = [(e.valeurs, e.cause, e.copies) for e in erreurs_frequentes([rapport])]
    assert ((f"{NADIR} : c",), "Nadir achète et revient : c'est un client fidèle.", 2) in erreurs
    assert ((f"{CAFE} : c",), "cause inconnue", 2) in erreurs


@pytest.mark.parametrize(
    ("ancien", "nouveau", "message"),
    [
        (f"{ZOE}: a", f"{ZOE}: d", "la magie n'a pas de boîte « d »"),
        (f"    {ZOE}: a\n", "", f"« {ZOE} » n'est pas dans le barème"),
        (f"{ZOE}: a", "Zoé: a", "« Zoé » n'est pas dans la cellule"),
        ("explications:\n    Nadir,", "explications:\n    Nadia,", "n'est pas à classer : Nadia,"),
        ("explications", "explication", "« explication » n'existe pas ici"),
        (f"{ZOE}: a", f"{ZOE}: []", "au moins 1 élément"),
    ],
)
def test_une_faute_d_auteur_se_dit_en_francais(cours, tmp_path, ancien, nouveau, message):
    for dossier in (cours.solutions, cours.distribue):
        shutil.copytree(dossier, tmp_path / dossier.name)
    bareme = tmp_path / "solutions" / DEVOIR / "bareme.yml"
    bareme.write_text(
        bareme.read_text(encoding="utf-8").replace(ancien, nouveau, 1), encoding="utf-8"
    )
    with pytest.raises(ErreurFormateur, match=re.escape(message)):
        charger_devoir(Cours(tmp_path, tmp_path), DEVOIR)


def test_l_exemple_du_guide_de_l_auteur_fait_ce_qu_il_dit(tmp_path):
    guide = (RACINE / "solutions" / "README.md").read_text(encoding="utf-8")
    enonce, cellule, verification, bareme = re.findall(
        r"```(?:text|yaml)\n(.*?)```",
        guide.split("## Écrire une question de classement")[1],
        re.DOTALL,
    )
    (tmp_path / "bareme.yml").write_text(bareme, encoding="utf-8")
    ((nom, ecrit),) = charger_bareme(tmp_path / "bareme.yml").items()
    vierge = lire_cellule(cellule.strip())
    assert nom == vierge.identifiant
    question = Question(nom, vierge, enonce)
    assert ecrit.desaccords(question) == []
    assert verification.strip() == f'verifier("{nom}", cases={len(ecrit.attendu)})'
    corps = f"{NADIR} : a\n{ZOE} : prospect\n{CAFE} : b"
    note = ecrit.noter(
        Reponse(question, lire_cellule(f"%%classement {nom} a b\n{corps}", vierge)), None
    )
    assert note.fraction == pytest.approx(2 / 3) and note.a_verifier == []
    assert note.commentaires == ["Nadir achète et revient : c'est un client fidèle."]


def test_memes_notes_que_nbgrader_sans_nos_reglages(cours, tmp_path):
    """nbgrader produit la séance, exécute les copies dans un noyau, et lit ce que répond « noter »."""
    for nom in ("autograde", "grc_helpers"):
        shutil.copytree(
            RACINE / nom,
            tmp_path / nom,
            ignore=shutil.ignore_patterns("*.db", "submitted", "autograded", "__pycache__"),
        )
    shutil.copytree(MODELE, tmp_path / "solutions")
    shutil.copytree(cours.distribue, tmp_path / "course")
    travail = tmp_path / "nbgrader"
    travail.mkdir()
    (travail / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.root = {str(travail)!r}\n"
        f"c.CourseDirectory.source_directory = {str(tmp_path / 'solutions')!r}\n"
        'c.CourseDirectory.ignore = ["*.yml"]\n'
    )
    shutil.copytree(cours.remises, travail / "submitted")
    for commande in ("generate_assignment", "autograde"):
        sortie = nbgrader_cli(travail, commande, DEVOIR, PYTHONPATH=str(tmp_path))
        assert sortie.returncode == 0, sortie.stderr[-3000:]
    de_base = notes_du_carnet(f"sqlite:///{travail}/gradebook.db", DEVOIR)
    assert {stagiaire: notes[QUESTION][0] for stagiaire, notes in de_base.items()} == POINTS
