"""Ce que le formateur décide : « grc decider », le fichier des décisions, et la correction qui les suit."""

import subprocess
import sys
from datetime import date

import pytest
from ruamel.yaml import YAML

from autograde.carnet.api import ouvrir
from autograde.correction.classe import corriger_la_classe
from autograde.cours.decisions import (
    Decision,
    Prise,
    charger_decisions,
    enregistrer,
    enregistrer_ensemble,
)
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.rendu.pages import ecrire_les_retours
from grc_helpers.commandes import principal
from tests.apprentissage.classe import DEVOIR, QUESTION, fabriquer, recopier, rendre
from tests.classe_fictive import notes_du_carnet

IMAGEE = "On poireaute des plombes au comptoir. La vendeuse aboie, grogne, soupire et claque les tiroirs."
CLAIRE = "On patiente trop longtemps. Le personnel est désagréable."


@pytest.fixture(scope="module")
def modele(tmp_path_factory) -> Cours:
    """La classe corrigée une fois ; chaque essai en prend une copie."""
    cours = fabriquer(
        tmp_path_factory.mktemp("modele"), léa=IMAGEE, tom=IMAGEE.replace(". ", ".\n"), zoé=CLAIRE
    )
    corriger(cours)
    return cours


@pytest.fixture
def cours(modele, tmp_path, monkeypatch) -> Cours:
    cours = recopier(modele, tmp_path)
    monkeypatch.setattr(Cours, "courant", lambda: cours)
    return cours


@pytest.fixture
def decider(cours, monkeypatch, capsys):
    """Joue « grc decider » avec ces lignes tapées au clavier ; renvoie ce qui s'affiche."""

    def jouer(*saisies, options=(), code=0) -> str:
        lignes = iter(saisies)

        def taper(*_):
            ligne = next(lignes, EOFError())
            if isinstance(ligne, BaseException):
                raise ligne
            return ligne

        monkeypatch.setattr("builtins.input", taper)
        assert principal(["decider", DEVOIR, *options]) == code
        affiche = capsys.readouterr()
        return affiche.out + affiche.err

    return jouer


def corriger(cours: Cours) -> None:
    list(corriger_la_classe(cours, DEVOIR))


def note(cours: Cours, stagiaire: str) -> tuple:
    return notes_du_carnet(cours.db_url, DEVOIR)[stagiaire][QUESTION]


def decisions(cours: Cours, texte: str = IMAGEE) -> dict:
    return charger_devoir(cours, DEVOIR).decisions.pour(QUESTION, texte)


def test_un_geste_puis_entree_donne_la_note_aux_copies_identiques(cours, decider):
    assert note(cours, "léa") == (None, True)
    affiche = decider("1 1 poireaute des plombes", "2 0,5", "")
    assert note(cours, "léa") == note(cours, "tom") == (1.5, False)
    assert note(cours, "zoé") == (2.0, False)
    assert "2 copies identiques" in affiche and "— → 1,5" in affiche and "définitive" in affiche
    prises = {element: (d.credit, d.passage) for element, d in decisions(cours).items()}
    assert prises == {
        "attente": (1, "poireaute des plombes"),
        "sourire": (0.5, ""),
        "rayons": (0, ""),
    }


def test_la_relecture_est_anonyme(cours, decider):
    avant_le_tableau = decider("1 1", "").split("La classe est recorrigée")[0]
    assert not [nom for nom in ("léa", "tom", "zoé") if nom in avant_le_tableau]


def test_la_mention_du_formateur_est_au_carnet_et_dans_le_retour(cours, decider):
    decider("1 1 poireaute", "")
    with ouvrir(cours) as carnet:
        commentaire = carnet.find_comment(QUESTION, DEVOIR, DEVOIR, "léa").auto_comment
    assert (
        "Décidé par le formateur : on fait patienter trop longtemps." in commentaire
        and "À vérifier" not in commentaire
    )
    pages = {
        chemin.stem: chemin.read_text(encoding="utf-8")
        for chemin in ecrire_les_retours(cours, DEVOIR)
    }
    assert "Décidé par le formateur" in pages["léa"] and "<q>poireaute</q>" in pages["léa"]
    assert "par le formateur" not in pages["zoé"].split("<footer>")[0]


def test_tout_garder_leve_le_doute_sans_rien_changer(cours, decider):
    decider("")
    assert note(cours, "léa") == (0.0, False), "zéro, mais décidé par le formateur"
    assert "n'est à relire" in decider()


def test_arreter_garde_les_gestes_mais_pas_la_relecture(cours, decider):
    affiche = decider("1 1", "q")
    assert list(decisions(cours)) == ["attente"]
    assert note(cours, "léa") == (1.0, True), "les autres éléments attendent encore"
    assert "— → 1" in affiche


@pytest.mark.parametrize("fin", [KeyboardInterrupt(), EOFError()])
def test_une_interruption_ne_perd_rien(cours, decider, fin):
    decider("1 1", fin)
    assert decisions(cours)["attente"].credit == 1 and note(cours, "léa") == (1.0, True)


def test_arreter_tout_de_suite_n_ecrit_rien(cours, decider):
    assert "Aucune décision" in decider("q")
    assert not cours.decisions.exists()


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        ("bonjour", "tapez un numéro d'élément et un crédit"),
        ("1 2", "Un crédit vaut 0, 0,5 ou 1, pas « 2 »"),
        ("9 1", "ils vont de 1 à 3"),
        ("1 1 la lune", "n'est pas dans la réponse"),
        ("?", "garder les crédits affichés"),
    ],
)
def test_une_saisie_incomprise_est_expliquee(cours, decider, saisie, dit):
    assert dit in " ".join(decider(saisie, "q").split())
    assert not cours.decisions.exists()


def test_toutes_les_reponses_se_revoient(cours, decider):
    assert note(cours, "zoé") == (2.0, False)
    affiche = decider("2 0", "", options=["--toutes", "--question", QUESTION])
    assert "réponse 1 sur 2" in affiche and note(cours, "zoé") == (1.0, False)


def test_une_question_inconnue_est_dite(cours, decider):
    assert f"Choisissez parmi : {QUESTION}" in decider(options=["--question", "q9"], code=1)


def test_une_reponse_changee_n_herite_de_rien_et_le_dit(cours, decider):
    decider("1 1", "2 1", "")
    rendre(cours, "léa", CLAIRE + " Les gondoles penchent.")
    corriger(cours)
    assert note(cours, "léa") == (2.0, True) and note(cours, "tom") == (2.0, False)
    with ouvrir(cours) as carnet:
        assert (
            "portaient sur une autre version"
            in carnet.find_comment(QUESTION, DEVOIR, DEVOIR, "léa").auto_comment
        )
    assert "une autre version" in " ".join(decider("").split())
    assert note(cours, "léa") == (2.0, False)


def test_une_note_de_formgrader_continue_de_primer(cours, decider):
    with ouvrir(cours) as carnet:
        grade = carnet.find_grade(f"{QUESTION}_test", DEVOIR, DEVOIR, "léa")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        carnet.db.commit()
    decider("1 1", "")
    with ouvrir(cours) as carnet:
        grade = carnet.find_grade(f"{QUESTION}_test", DEVOIR, DEVOIR, "léa")
        assert (grade.score, grade.needs_manual_grade) == (2.5, False)


def test_une_reponse_refusee_en_bloc_peut_etre_creditee(cours):
    liste = "attente file comptoir vendeuse aboiements grognements rayons étiquettes poussière"
    rendre(cours, "léa", liste)
    corriger(cours)
    assert note(cours, "léa") == (0.0, False)
    un = {"attente": Decision(credit=1, date=date.today())}
    enregistrer(cours.decisions / f"{DEVOIR}.yml", QUESTION, liste, ["léa"], un)
    corriger(cours)
    assert note(cours, "léa") == (1.0, False)


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (
            "{q}: [{{reponse: a, stagiaires: [], elements: {{attente: {{credit: 2, date: 2026-01-05}}}}}}]",
            "un crédit vaut 0, 0,5 ou 1",
        ),
        (
            "{q}: [{{reponse: a, stagiaires: [], elements: {{attnte: {{credit: 1, date: 2026-01-05}}}}}}]",
            "pas d'élément « attnte »",
        ),
        (
            "{q}9: [{{reponse: a, stagiaires: [], elements: {{}}}}]",
            "n'est pas une question rédigée",
        ),
        ("{q}: [{{reponse: a, stagiaire: [], elements: {{}}}}]", "« stagiaire » n'existe pas ici"),
        ("{q}: [{{reponse: a", "pas écrit comme un YAML"),
    ],
)
def test_un_fichier_mal_ecrit_est_dit_en_francais(cours, contenu, dit):
    fichier = cours.decisions / f"{DEVOIR}.yml"
    fichier.parent.mkdir()
    fichier.write_text(contenu.format(q=QUESTION), encoding="utf-8")
    with pytest.raises(ErreurFormateur, match="decisions/accueil.yml") as erreur:
        charger_devoir(cours, DEVOIR)
    assert dit in str(erreur.value)


@pytest.mark.parametrize(
    "texte",
    [
        "deux\n\nlignes : a",
        "\ttabulation\x00",
        "fin de ligne \r\nWindows # x",
        "oui",
        "- tiret",
        "« 😀 » \x85",
        "'\"{[",
        "null",
    ],
)
def test_tout_texte_se_relit_tel_qu_il_est(tmp_path, texte):
    fichier = tmp_path / "decisions" / "x.yml"
    decision = Decision(credit="0,5", passage="a: [b]", date=date(2026, 1, 5))
    for element in ("un", "deux"):
        enregistrer(fichier, "q", texte, ["1", "=léa"], {element: decision})

    class Bareme:
        criteres = {"un": "une idée", "deux": "une autre"}

    lues = charger_decisions(fichier, {"q": Bareme})
    assert lues.pour("q", texte) == {"un": decision, "deux": decision}
    assert lues.par_question["q"][0].stagiaires == ["1", "=léa"]


def test_les_commentaires_du_formateur_restent(cours, decider):
    decider("1 1", "q")
    fichier = cours.decisions / f"{DEVOIR}.yml"
    fichier.write_text(
        fichier.read_text(encoding="utf-8").replace("elements:", "elements:  # vu avec Paul"),
        encoding="utf-8",
    )
    decider("2 1", "q")
    assert "# vu avec Paul" in fichier.read_text(encoding="utf-8") and len(decisions(cours)) == 2


def test_ce_qu_un_autre_a_ecrit_entre_deux_gestes_reste(cours):
    fichier = cours.decisions / f"{DEVOIR}.yml"
    un, zero = (Decision(credit=credit, date=date.today()) for credit in (1, 0))
    enregistrer(fichier, QUESTION, IMAGEE, ["léa"], {"attente": un})
    fichier.write_text(
        fichier.read_text(encoding="utf-8").replace("attente:", "rayons:"), encoding="utf-8"
    )
    rendues = enregistrer(fichier, QUESTION, IMAGEE, ["léa"], {"sourire": zero})
    assert rendues.pour(QUESTION, IMAGEE) == decisions(cours) == {"rayons": un, "sourire": zero}


def test_plusieurs_reponses_s_enregistrent_ensemble_et_se_retirent_sans_trace(tmp_path):
    fichier = tmp_path / "decisions" / "x.yml"
    un = Decision(credit=1, date=date(2026, 1, 5))
    avant = enregistrer(fichier, "q", "Une réponse.", ["léa"], {"prix": un})
    prises = [Prise("Deux.", ["tom"], {"prix": un}), Prise("Trois.", ["zoé"], {}, ["Le reste"])]
    apres = enregistrer_ensemble(fichier, "q", prises)
    assert apres.pour("q", "deux.") == {"prix": un} and apres.pour("q", "trois.") == {}
    assert apres.ecartes("q", "trois.") == ("Le reste",) and apres.ecartes("q", "deux.") == ()
    assert not apres.perimees("q", "zoé", "Trois."), "un passage écarté est une décision"
    assert apres.perimees("q", "zoé", "Trois, autrement.")
    retires = [Prise("Deux.", ["tom"], {"prix": None}), Prise("Trois.", ["zoé"], {}, [])]
    assert enregistrer_ensemble(fichier, "q", retires) == avant
    dernier = Prise("Une réponse.", ["léa"], {"prix": None})
    assert enregistrer_ensemble(fichier, "q", [dernier]).par_question == {}

    class Bareme:
        criteres = {"prix": "une idée"}

    assert charger_decisions(fichier, {"q": Bareme}).par_question == {}


DEUX_FORMATEURS = """
import sys
from pathlib import Path
from autograde.cours.decisions import Decision, enregistrer

fichier, nom = sys.argv[1:]
for rang in range(15):
    enregistrer(Path(fichier), "q1", f"réponse {rang} de {nom}", [nom], {"accueil": Decision(credit=1, date="2026-11-24")})
"""


def test_deux_formateurs_au_meme_instant_ne_perdent_rien(tmp_path):
    fichier = tmp_path / "decisions" / "essai.yml"
    programmes = [
        subprocess.Popen([sys.executable, "-c", DEUX_FORMATEURS, str(fichier), nom])
        for nom in ("léa", "tom")
    ]
    assert [programme.wait(timeout=120) for programme in programmes] == [0, 0]
    ecrites = YAML(typ="safe").load(fichier.read_text(encoding="utf-8"))["q1"]
    assert {entree["reponse"] for entree in ecrites} == {
        f"réponse {rang} de {nom}" for rang in range(15) for nom in ("léa", "tom")
    }
