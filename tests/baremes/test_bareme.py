"""Le schéma des barèmes : chaque faute d'auteur est dite en français, avec le fichier et la ligne."""

import re
import shutil

import pytest

from autograde.baremes.lecture import charger_bareme
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.prose import evaluer
from tests.classe_fictive import DEPOT
from tests.classe_plateau import calcul_connu, fabriquer
from tests.poste_ouvert import RACINE

BON = """\
q1:
  type: nombre
  attendu: 54
q2:
  type: prose
  elements:
    - id: accueil
      libelle: un accueil soigné
      formulations: [bon accueil]
q3:
  type: tableau
  attendu:
    Appels reçus/heure: {8 h/12 h: 12, Mardi: 80}
"""


@pytest.mark.parametrize(
    ("ancien", "nouveau", "ligne", "message"),
    [
        ("type: nombre", "type: nombr", 1, "types connus : 'nombre', 'tableau'"),
        ("  type: nombre\n", "", 1, "il manque « type »"),
        ("attendu: 54", "attendu: beaucoup", 3, "« attendu » doit être un nombre"),
        ("attendu: 54", "atendu: 54", 3, "« atendu » n'existe pas ici"),
        ("attendu: 54", "calcul: valeur_clients\n  case: x", 1, "calculs connus : valeur_client"),
        ("attendu: 54", "calcul: valeur_client", 1, "quelle « case »"),
        ("attendu: 54", "attendu: 54\n  tolerance: {relative: 3}", 4, "plus petit que 1"),
        ("      libelle: un accueil soigné\n", "", 7, "il manque « libelle »"),
        (
            "      formulations: [bon accueil]\n",
            "",
            7,
            "« formulations », des « notions » ou des « nombres »",
        ),
        ("id: accueil", "id: Bon accueil", 7, "minuscules sans accent"),
        (
            "formulations: [bon accueil]",
            "formulations: [bon accueil]\n      sens: peut-être",
            10,
            "« sens » doit valoir",
        ),
        (
            "formulations: [bon accueil]\n",
            "formulations: [bon accueil]\n  n_sur: 3\n",
            5,
            "plus d'éléments qu'il n'y en a",
        ),
        ("attendu: 54", "attendu: 54\n  accepte: {de: 9, a: 3}", 4, "plus petit que « a »"),
        (
            "attendu: 54",
            "attendu: 54\n  erreurs_typiques:\n    - message: oubli",
            5,
            "il manque « valeurs »",
        ),
        (
            "Mardi: 80}",
            "Mardi: 80}\n  erreurs_typiques:\n    - message: oubli",
            15,
            "« cases » ou à une « recopie »",
        ),
        (
            "    Appels reçus/heure: {8 h/12 h: 12, Mardi: 80}",
            "    Appels perdus: {Mardi: 3}\n    Appels reçus/heure: 12",
            14,
            "« Appels reçus/heure » est une ligne : donnez ses colonnes",
        ),
        ("attendu: 54", "calcul: valeur_client\n  case: [Résultat, N4]", 3, "ligne, puis colonne"),
        ("  attendu: 54", " attendu: [54", 3, "pas écrit comme un YAML"),
    ],
)
def test_chaque_faute_est_dite_avec_sa_ligne(tmp_path, ancien, nouveau, ligne, message):
    chemin = tmp_path / "bareme.yml"
    chemin.write_text(BON.replace(ancien, nouveau), encoding="utf-8")
    with pytest.raises(ErreurFormateur) as erreur:
        charger_bareme(chemin)
    assert message in str(erreur.value)
    lieux = [int(texte.split("ligne ")[1].split(" ")[0]) for texte in str(erreur.value).split("\n")]
    assert any(abs(lieu - ligne) <= 1 for lieu in lieux), str(erreur.value)


def test_le_bon_bareme_se_lit(tmp_path):
    chemin = tmp_path / "bareme.yml"
    chemin.write_text(BON, encoding="utf-8")
    assert charger_bareme(chemin)["q1"].attendu == 54


def test_un_bareme_absent_est_dit(tmp_path):
    with pytest.raises(ErreurFormateur, match="introuvable"):
        charger_bareme(tmp_path / "bareme.yml")


@pytest.mark.parametrize(
    ("changer", "message"),
    [
        (lambda texte: texte.replace("s2_tp1_q0:", "s2_tp1_q9:"), "pas de barème pour s2_tp1_q0"),
        (
            lambda texte: texte.replace(
                "s2_tp1_q3:\n  type: prose",
                "s2_tp1_q3:\n  type: choix\n  attendu: [a]\nautre:\n  type: prose",
            ),
            "questions absentes : autre",
        ),
        (
            lambda texte: texte.replace("case: Clients gagnés", "case: Clients gagnants"),
            "« Clients gagnants »",
        ),
        (
            lambda texte: texte.replace(
                "Clients perdus: {N4: [20, 21]}", "Clients perdus: {N5: [20, 21]}"
            ),
            "« Clients perdus N5 »",
        ),
    ],
)
def test_bareme_et_notebook_vont_ensemble(tmp_path, changer, message):
    for dossier in (DEPOT.solutions, DEPOT.distribue):
        shutil.copytree(dossier / "s2_tp1_ltv", tmp_path / dossier.name / "s2_tp1_ltv")
    bareme = tmp_path / "solutions" / "s2_tp1_ltv" / "bareme.yml"
    bareme.write_text(changer(bareme.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ErreurFormateur, match=message):
        charger_devoir(Cours(tmp_path, tmp_path), "s2_tp1_ltv")


def test_un_tableau_que_l_on_ne_sait_pas_lire_est_dit(tmp_path):
    cours = fabriquer(tmp_path)
    distribue = cours.notebook_distribue("plateau")
    texte = distribue.read_text(encoding="utf-8").replace("8 h/12 h | 14 h/18 h", "2024 | 2025")
    distribue.write_text(texte, encoding="utf-8")
    with calcul_connu(), pytest.raises(ErreurFormateur, match="dans le tableau de plateau_q1"):
        charger_devoir(cours, "plateau")


def test_l_exemple_du_readme_fait_ce_qu_il_dit(tmp_path):
    exemple = re.search(
        r"```yaml\n(.*?)```",
        (RACINE / "solutions" / "README.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )[1]
    (tmp_path / "bareme.yml").write_text(exemple, encoding="utf-8")
    (bareme,) = charger_bareme(tmp_path / "bareme.yml").values()
    assert evaluer("La vendeuse est souriante.", bareme).fraction == 1
    fausse = evaluer("L'accueil ne compte pas.", bareme)
    assert fausse.fraction == 0 and fausse.messages == [
        "L'accueil compte : c'est ce dont on se souvient."
    ]
