"""Des cas rapportés en public par des enseignants et des étudiants, rejoués : la copie est refaite ici par le geste qui l'a produite."""

import copy
import json
from collections.abc import Callable

import pytest

from autograde.copie.remises import CopieRemise
from autograde.cours.devoir import charger_devoir
from autograde.fichiers.notebook import lire_notebook
from autograde.notation.copie import CopieCorrigee, corriger_la_copie
from grc_helpers.reponses.notebook import cellules, identifiant, source
from tests.classe_fictive import DEPOT, copie_parfaite, notebook_distribue

LTV, RIMALDI = "s2_tp1_ltv", "s2_tp2_rimaldi"
PROSE = [
    "La première année rapporte le plus, 54 000 €.",
    "Le résultat baisse ensuite parce qu'on perd des clients chaque année, et chaque client achète moins.",
    "La campagne reste rentable, avec 140 676 € en quatre ans.",
    "Il faut fidéliser les clients : une attrition de 15 % ajouterait 18 757 €, contre 11 540 € pour le CA.",
]


def corriger(notebook: dict, devoir: str = LTV) -> CopieCorrigee:
    """La copie telle qu'un fichier la porte : écrite puis relue."""
    lu, motif, reparations = lire_notebook(json.dumps(notebook, ensure_ascii=False).encode())
    copie = CopieRemise("hugo", None, lu, motif, [], reparations)
    return corriger_la_copie(copie, charger_devoir(DEPOT, devoir))


def cellule(notebook: dict, nom: str) -> dict:
    return next(une for une in cellules(notebook) if identifiant(une) == nom)


def repondre_dessous(question: str, sorte: str) -> Callable[[dict], None]:
    """Cas 01 : la cellule prévue reste vide, la réponse est dans une cellule ajoutée juste dessous."""

    def geste(notebook: dict) -> None:
        prevue, ici = cellule(notebook, question), notebook["cells"]
        texte = source(prevue).split("\n", 1)[1]
        prevue["source"] = source(prevue).split("\n")[0] + "\n"
        ajoutee = {"cell_type": sorte, "id": "ajoutee-1", "metadata": {}, "source": texte}
        ici.insert(ici.index(prevue) + 1, ajoutee)

    return geste


def couper_au_poste(notebook: dict) -> None:
    """Cas 03 : « Diviser la cellule », puis un enregistrement d'avant la correction du crochet : la seconde moitié perd ses métadonnées,
    et garde l'``id``."""
    premiere, ici = cellule(notebook, "s2_tp1_q3"), notebook["cells"]
    seconde = {"cell_type": "code", "id": premiere["id"], "metadata": {}}
    premiere["id"], premiere["source"] = "4a99394a", "\n".join(["%%reponse s2_tp1_q3", *PROSE[:2]])
    ici.insert(ici.index(premiere) + 1, seconde | {"source": "\n".join(PROSE[2:])})


def tableau(texte: str) -> Callable[[dict], None]:
    """Cas 11 : un tableau collé d'un tableur avec une première colonne vide."""

    def geste(notebook: dict) -> None:
        prevue = cellule(notebook, "s2_tp1_q1")
        prevue["source"] = source(prevue).split("\n")[0] + "\n" + texte

    return geste


def abreger(notebook: dict) -> None:
    """Cas 13 : « Client A : c » est devenu « A : c »."""
    prevue = cellule(notebook, "s2_tp2_q1b")
    prevue["source"] = source(prevue).replace("Client ", "")


def passer_par_colab(notebook: dict) -> None:
    """Cas 34 : widgets sans « state », identifiants perdus, sorties en erreur."""
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"x": {}}}
    erreur = {"output_type": "error", "ename": "NameError", "evalue": "verifier", "traceback": []}
    for rang, une in enumerate(cellules(notebook)):
        une.pop("id")
        une["metadata"] |= {"id": f"Xy{rang}", "colab": {"base_uri": "https://localhost:8080/"}}
        if une["cell_type"] == "code":
            une["outputs"] = [erreur]


def perdre_les_metadonnees(notebook: dict) -> None:
    """Cas 35 : toutes les métadonnées perdues."""
    notebook["metadata"] = {}
    for une in cellules(notebook):
        une["metadata"] = {}


def passer_par_vscode(notebook: dict) -> None:
    """Cas 35 : celles de VS Code."""
    for une in cellules(notebook):
        une["metadata"] |= {"vscode": {"languageId": "plaintext"}}


@pytest.mark.parametrize(
    ("geste", "devoir", "question", "motif"),
    [
        (repondre_dessous("s2_tp1_q3", "markdown"), LTV, "s2_tp1_q3", "lue dans une cellule ajoutée"),
        (repondre_dessous("s2_tp1_q0", "code"), LTV, "s2_tp1_q0", "lue dans une cellule ajoutée"),
        (couper_au_poste, LTV, "s2_tp1_q3", "coupée en deux"),
        (tableau("\tAnnées\tN1\tN2\tN3\tN4\n\tClients perdus\t100\t60\t36\t20,4\n\tClients restants\t300\t240\t204\t183,6"),
         LTV, "s2_tp1_q1", ""),
        (tableau("\t100\t60\t36\t20,4\n\t300\t240\t204\t183,6"), LTV, "s2_tp1_q1", "sans libellé"),
        (abreger, RIMALDI, "s2_tp2_q1b", "« A » est lu comme « Client A »"),
    ],
    ids=["01 texte", "01 code", "03", "11 avec libellés", "11 sans libellés", "13"],
)  # fmt: skip
def test_rien_de_ce_que_le_stagiaire_a_ecrit_n_est_perdu(geste, devoir, question, motif):
    """Tous les points, et le formateur sait ce qu'il a fallu interpréter."""
    notebook = copie_parfaite(devoir)
    geste(notebook)
    corrigee = corriger(notebook, devoir)
    assert corrigee.correction.points(question) == corrigee.correction.devoir.points[question]
    motifs = corrigee.correction.notes[question].a_verifier
    assert any(motif in dit for dit in motifs) if motif else not motifs
    assert corrigee.note == 20 and set(corrigee.a_verifier) <= {question}


@pytest.mark.parametrize("geste", [passer_par_colab, perdre_les_metadonnees, passer_par_vscode])
def test_une_copie_passee_ailleurs_garde_tous_ses_points_sans_rien_demander(geste):
    notebook = copie_parfaite()
    geste(notebook)
    corrigee = corriger(notebook)
    assert corrigee.note == 20 and corrigee.a_verifier == []


# Ce que l'on fait d'une réponse au lieu de l'écrire dans sa cellule, restée vide.
AILLEURS = {
    "au-dessus de l'énoncé": -1,
    "entre l'énoncé et la cellule": 0,
    "entre la cellule et le contrôle": 1,
    "sous le contrôle": 2,
    "en fin de cahier": None,
}


@pytest.mark.parametrize("sorte", ["code", "markdown", "raw"])
@pytest.mark.parametrize("ou", AILLEURS)
@pytest.mark.parametrize("question", charger_devoir(DEPOT, LTV).questions)
def test_une_reponse_ecrite_ailleurs_n_est_jamais_un_zero_muet(question, ou, sorte):
    ecrit = source(cellule(copie_parfaite(), question)).split("\n", 1)[1]
    notebook = copie_parfaite()
    prevue = cellule(notebook, question)
    prevue["source"] = source(cellule(notebook_distribue(), question))
    ajoutee = {"cell_type": sorte, "id": "ajoutee", "metadata": {}, "source": ecrit}
    ici, place = notebook["cells"], AILLEURS[ou]
    ici.insert(len(ici) if place is None else ici.index(prevue) + place, ajoutee)
    corrigee = corriger(notebook)
    note = corrigee.correction.notes[question]
    assert note.a_verifier and "Sans réponse." not in note.commentaires
    assert set(corrigee.a_verifier) <= {question, *_voisine(question)}


def _voisine(question: str) -> list[str]:
    """Écrit entre deux questions, un texte peut répondre à celle du dessus."""
    questions = list(charger_devoir(DEPOT, LTV).questions)
    return questions[max(0, questions.index(question) - 1) : questions.index(question)]


@pytest.mark.parametrize("place", ["_enonce", "_test"])
@pytest.mark.parametrize("question", charger_devoir(DEPOT, LTV).questions)
def test_une_reponse_ecrite_dans_l_enonce_ou_le_controle_va_au_formateur(question, place):
    notebook = notebook_distribue()
    verrouillee = cellule(notebook, question + place)
    verrouillee["source"] = source(verrouillee) + "\n\nMa réponse : 17 éléphants"
    corrigee = corriger(notebook)
    assert corrigee.a_verifier == [question]
    [motif] = corrigee.correction.notes[question].a_verifier
    assert "17 éléphants" in motif and corrigee.correction.points(question) is None


def test_une_reponse_collee_dans_la_cellule_d_une_autre_question_y_retourne():
    """Deux cellules fusionnées, la seconde a disparu : chacune sa magie, chacune sa réponse."""
    notebook = copie_parfaite()
    haut, bas = cellule(notebook, "s2_tp1_q0"), cellule(notebook, "s2_tp1_q1")
    haut["source"] = source(haut) + "\n\n" + source(bas)
    notebook["cells"].remove(bas)
    corrigee = corriger(notebook)
    assert corrigee.note == 20
    assert any("cellules fusionnées" in remarque for remarque in corrigee.remarques)


def test_les_deux_reponses_d_une_cellule_copiee_se_voient():
    notebook = copie_parfaite()
    prevue = cellule(notebook, "s2_tp1_q0")
    autre = copy.deepcopy(prevue) | {"id": "copie", "source": "%%nombre s2_tp1_q0 clients\n1 000"}
    notebook["cells"].insert(notebook["cells"].index(prevue), autre)
    corrigee = corriger(notebook)
    assert corrigee.correction.texte("s2_tp1_q0") == "400"
    assert corrigee.correction.a_cote("s2_tp1_q0") == ["1 000"]
    assert "« 1 000 »" in corrigee.correction.notes["s2_tp1_q0"].a_verifier[0]
