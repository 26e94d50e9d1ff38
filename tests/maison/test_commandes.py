"""La commande ``grc`` : en français, sans trace d'exécution, et utile même quand on se trompe."""

import re
import subprocess
import sys
from dataclasses import replace

import pytest

from autograde.carnet.sql import CarnetAbsent
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.relecture.reponses_redigees import questions_redigees
from grc_helpers.commandes import principal
from grc_helpers.erreurs import ErreurExpliquee
from tests.classe_fictive import DEVOIR, copie_parfaite, deposer


@pytest.fixture
def cours(tmp_path, monkeypatch) -> Cours:
    monkeypatch.setenv("GRC_TRAVAIL", str(tmp_path))
    return Cours.courant()


def lancer(capsys, *arguments: str) -> tuple[int, str]:
    try:
        code = principal(list(arguments))
    except SystemExit as sortie:
        code = sortie.code
    affiche = capsys.readouterr()
    return code, affiche.out + affiche.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["classe"],
        ["corriger"],
        ["journal"],
        ["retours"],
        ["produire"],
        ["ouvrir"],
        ["tableaux"],
        ["demo"],
        ["notes"],
        ["relire"],
        ["decider"],
        ["apprendre"],
        ["ramasser"],
        ["distribuer"],
        ["rapport"],
    ],
)
def test_l_aide_est_en_francais(capsys, arguments):
    code, texte = lancer(capsys, *arguments, "--aide")
    assert code == 0
    assert not re.search(
        r"\b(show|help|message|arguments|optional|positional|exit|the)\b",
        texte.replace("--help", ""),
    ), texte


def test_l_aide_ne_charge_ni_le_moteur_ni_nbgrader():
    """Elle s'affiche aussitôt : les commandes n'importent ce qui leur sert qu'au moment de s'en servir."""
    code = (
        "import sys\n"
        "from grc_helpers.commandes import principal\n"
        "try: principal(['--aide'])\n"
        "except SystemExit: print('chargés :', *sys.modules)"
    )
    sortie = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
    aide, _, charges = sortie.partition("chargés :")
    modules = set(charges.split())
    assert "    corriger " in aide
    assert {nom for nom in modules if nom.partition(".")[0] == "autograde"} == {
        "autograde",
        "autograde.commandes",
        "autograde.commandes.auteur",
        "autograde.commandes.classe",
        "autograde.commandes.commune",
        "autograde.commandes.correction",
        "autograde.commandes.restitution",
        "autograde.cours",
        "autograde.cours.dossiers",
        "autograde.erreurs",
        "autograde.rendu",
        "autograde.rendu.niveaux",
    }
    lourds = {"nbgrader", "pydantic", "snowballstemmer", "matplotlib", "pandas", "IPython"}
    assert not modules & lourds


@pytest.mark.parametrize(
    "module",
    [
        "autograde.carnet.api",
        "autograde.production.production",
        "autograde.correction.preprocesseurs",
    ],
)
def test_les_grammaires_d_adresses_web_ne_se_compilent_jamais(module):
    """Quel que soit le chemin par lequel nbgrader arrive, elles coûteraient plusieurs secondes."""
    code = f"import sys, {module}, nbgrader.apps; print(sys.modules['rfc3987_syntax'])"
    sortie = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert sortie.stdout == "None\n", sortie.stderr


@pytest.mark.parametrize(
    ("arguments", "attendu"),
    [
        (["corrigre"], "n'est pas possible"),
        (["decider", "a", "b"], "je ne connais pas : b"),
        (["journal"], "il manque : devoir"),
        (["tableaux", "--port", "x"], "attend un nombre entier"),
        ([], "il manque : COMMANDE"),
        (["retours", "x", "--niveau", "tout"], "n'est pas possible"),
    ],
)
def test_une_commande_mal_ecrite_est_expliquee(capsys, arguments, attendu):
    code, texte = lancer(capsys, *arguments)
    assert code == 2 and attendu in texte and "--aide" in texte


@pytest.mark.parametrize(
    ("arguments", "attendu"),
    [
        (["corriger", "s2_tp1_lvt"], "s2_tp1_ltv"),
        (["corriger", DEVOIR], "Aucune copie"),
        (["corriger"], "Aucune copie"),
        (["journal", DEVOIR], "grc corriger"),
        (["notes", DEVOIR], "grc corriger"),
        (["retours", DEVOIR], "grc corriger"),
        (["apprendre", DEVOIR], "grc decider"),
        (["rapport", "s2_tp1_lvt"], "s2_tp1_ltv"),
        (["produire", "inconnu"], "n'existe pas"),
    ],
)
def test_une_situation_imprevue_dit_quoi_faire(cours, capsys, arguments, attendu):
    code, texte = lancer(capsys, *arguments)
    assert code == 1 and attendu in texte and "Traceback" not in texte


def test_sans_question_redigee_il_n_y_a_rien_a_decider():
    devoir = charger_devoir(Cours(), "s0_prise_en_main")
    courtes = {nom: q for nom, q in devoir.questions.items() if not devoir.bareme[nom].redigee}
    with pytest.raises(ErreurFormateur, match="pas de question rédigée"):
        questions_redigees(replace(devoir, questions=courtes))


def test_corriger_rendre_exporter(cours, capsys):
    deposer(cours, "léa", copie_parfaite())
    deposer(cours, "jules", b"abime")
    code, texte = lancer(capsys, "corriger", DEVOIR)
    assert f"Classe : {cours.travail}\n" in texte
    assert code == 0 and "20,00" in texte and "illisible" in texte and "grc relire" in texte
    code, texte = lancer(capsys, "retours", DEVOIR, "--niveau", "corriges")
    assert code == 0 and "2 page(s)" in texte
    code, texte = lancer(capsys, "notes", DEVOIR)
    assert code == 0 and f"{DEVOIR}.xlsx" in texte


def test_la_demonstration_ne_touche_pas_au_carnet_de_la_classe(cours, capsys):
    code, texte = lancer(capsys, "demo")
    assert code == 0 and "11 copies" in texte and "pages de retour" in texte
    assert (
        not (cours.travail / "gradebook.db").exists()
        and (cours.travail / "demo" / "gradebook.db").exists()
    )


def test_la_demonstration_de_toute_une_classe(cours, capsys):
    code, texte = lancer(capsys, "demo", "--classe", "40", "--devoirs", "s1_tp1_historique")
    assert (
        code == 0
        and "40 copies" in texte
        and "illisible" in texte
        and "copies corrigées en" in texte
    )
    assert {"amel", "amel2"} <= {
        dossier.name for dossier in (cours.travail / "demo" / "submitted").iterdir()
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--devoirs", "s9_tp9"], "« s9_tp9 » n'existe pas"),
        (["--classe", "0"], "au moins un stagiaire"),
    ],
)
def test_la_demonstration_dit_ce_qui_ne_va_pas(cours, capsys, arguments, message):
    code, texte = lancer(capsys, "demo", *arguments)
    assert code == 1 and message in " ".join(texte.split())


def test_une_panne_inattendue_ne_montre_pas_de_trace(cours, capsys, monkeypatch):
    monkeypatch.setattr("autograde.copie.remises.lire_fichier", lambda fichier: 1 / 0)
    deposer(cours, "léa", copie_parfaite())
    code, texte = lancer(capsys, "corriger", DEVOIR)
    assert code == 1 and "Imprévu" in texte and "Traceback" not in texte


@pytest.mark.parametrize(
    "erreur", [ErreurExpliquee, ErreurFormateur, CarnetAbsent], ids=lambda genre: genre.__name__
)
def test_une_erreur_expliquee_se_montre_telle_quelle(cours, capsys, monkeypatch, erreur):
    def echouer(*_):
        raise erreur("Le carnet n'est pas là.")

    monkeypatch.setattr("autograde.correction.console.montrer_le_journal", echouer)
    dit = f"Classe : {cours.travail}\nLe carnet n'est pas là.\n"
    assert lancer(capsys, "journal", DEVOIR) == (1, dit)


def test_hors_du_cours_chaque_commande_du_stagiaire_dit_ou_se_placer(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("grc_helpers.commandes.__file__", str(tmp_path / "ailleurs/commandes.py"))
    for commande in ("ouvrir", "restaurer"):
        code, texte = lancer(capsys, commande)
        assert code == 1
        assert texte == (
            "Je ne trouve pas le dossier « course ». Placez-vous dans le dossier du cours, puis relancez la même commande.\n"
        )


def test_sans_les_outils_du_formateur_la_commande_ne_propose_que_le_cours():
    """Chez le stagiaire, grc_helpers est installé seul."""
    code = "import sys; sys.modules['autograde'] = None; from grc_helpers.commandes import principal; principal(['--aide'])"
    sortie = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "    ouvrir " in sortie.stdout and "    corriger " not in sortie.stdout
    assert "python -m autograde" in " ".join(sortie.stdout.split()) and sortie.stderr == ""
