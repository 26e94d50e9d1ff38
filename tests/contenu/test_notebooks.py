"""La forme de tous les notebooks : squelette, identifiants, cellules courtes, liens, et exécution sans une erreur."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograde.cours.dossiers import Cours
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.notebook import cellules, nbgrader, questions, source
from grc_helpers.reponses.types.tableau import lire_seul

COURS = Cours()
SOURCES = sorted(COURS.solutions.glob("*/*.ipynb"))
DISTRIBUES = sorted(COURS.distribue.glob("*/*.ipynb"))
SQUELETTE = [
    "## La situation",
    "## À la fin, vous saurez",
    "## À retenir",
    "## Glossaire",
    "## Rendre ma copie",
]
IDENTIFIANT = re.compile(r"[a-z][a-z0-9_]*")


def lire(chemin):
    return json.loads(chemin.read_text(encoding="utf-8"))


def nom(chemin):
    return f"{chemin.parent.parent.name}/{chemin.stem}"


@pytest.mark.parametrize("chemin", SOURCES + DISTRIBUES, ids=nom)
def test_propre(chemin):
    notebook = lire(chemin)
    identifiants = [cellule["id"] for cellule in notebook["cells"]]
    assert len(set(identifiants)) == len(identifiants)
    assert [i for i in identifiants if not IDENTIFIANT.fullmatch(i)] == [], (
        "identifiants lisibles, sans accents"
    )
    for cellule in cellules(notebook):
        if cellule["cell_type"] == "code":
            assert cellule["outputs"] == [] and cellule["execution_count"] is None
        meta = nbgrader(cellule)
        if meta:
            assert meta["grade_id"] == cellule["id"], "le même nom partout"


@pytest.mark.parametrize("devoir", COURS.devoirs_notes())
def test_squelette_d_un_devoir(devoir):
    textes = [
        source(c)
        for c in cellules(lire(COURS.notebook_distribue(devoir)))
        if c["cell_type"] == "markdown"
    ]
    assert textes[0].startswith("# ") and "durée" in textes[0]
    titres = [ligne for texte in textes for ligne in texte.split("\n") if ligne.startswith("## ")]
    assert [titre for titre in SQUELETTE if titre not in titres] == []
    assert sum(titre.startswith("## Étape") for titre in titres) >= 3


@pytest.mark.parametrize("devoir", COURS.devoirs_notes())
def test_chaque_question_a_son_enonce_sa_reponse_et_son_test(devoir):
    metas = [
        nbgrader(cellule)
        for cellule in cellules(lire(COURS.notebook_source(devoir)))
        if nbgrader(cellule)
    ]
    for enonce, reponse, test in zip(metas[::3], metas[1::3], metas[2::3], strict=True):
        question = reponse["grade_id"]
        assert (enonce["grade_id"], test["grade_id"]) == (f"{question}_enonce", f"{question}_test")
        assert enonce["locked"] and reponse["solution"] and not reponse["grade"]
        assert test["grade"] and test["locked"] and test["points"] > 0


@pytest.mark.parametrize("devoir", COURS.devoirs_notes())
def test_verifier_connait_le_nombre_de_cases_de_chaque_tableau_et_de_chaque_classement(devoir):
    distribue = lire(COURS.notebook_distribue(devoir))
    verifications = {
        nbgrader(c)["grade_id"].removesuffix("_test"): source(c).strip()
        for c in cellules(distribue)
        if nbgrader(c).get("grade")
    }
    for identifiant, question in questions(distribue).items():
        combien = {
            "tableau": lambda q: len(lire_seul(q.vierge.corps).textes),
            "classement": lambda q: len(re.findall(r"^- (?!\*\*)", q.enonce, re.MULTILINE)),
        }.get(question.type)
        cases = f", cases={combien(question)}" if combien else ""
        assert verifications[identifiant] == f'verifier("{identifiant}"{cases})'


@pytest.mark.parametrize("devoir", COURS.devoirs_notes())
def test_les_points_affiches_sont_les_points_notes(devoir):
    lus = {}
    notebook = lire(COURS.notebook_source(devoir))
    for cellule in cellules(notebook):
        identifiant = nbgrader(cellule).get("grade_id", "")
        if identifiant.endswith("_enonce"):
            lus[identifiant.removesuffix("_enonce")] = float(
                re.search(r"\((\d+(?:,\d+)?) points?\)", source(cellule))[1].replace(",", ".")
            )
    points = {
        nbgrader(c)["grade_id"].removesuffix("_test"): nbgrader(c)["points"]
        for c in cellules(notebook)
        if nbgrader(c).get("grade")
    }
    assert lus == points
    assert f"noté sur {sum(points.values()):g}" in source(notebook["cells"][0])


@pytest.mark.parametrize("chemin", DISTRIBUES, ids=nom)
def test_le_stagiaire_ne_voit_que_de_petites_cellules(chemin):
    for cellule in cellules(lire(chemin)):
        texte = source(cellule)
        assert not re.search(r"!pip|%%html|sys\.path", texte)
        if cellule["cell_type"] == "code" and lire_cellule(texte) is None:
            assert len(texte.strip().split("\n")) <= 3, texte


@pytest.mark.parametrize("chemin", DISTRIBUES, ids=nom)
def test_les_liens_menent_quelque_part_et_les_images_sont_decrites(chemin):
    identifiants = {cellule["id"] for cellule in cellules(lire(chemin))}
    for cellule in cellules(lire(chemin)):
        texte = source(cellule)
        for image, texte_lien, cible in re.findall(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)", texte):
            assert texte_lien.strip(), f"lien ou image sans texte : {cible}"
            if cible.startswith("#cell-id="):
                assert cible.removeprefix("#cell-id=") in identifiants
            elif not cible.startswith(("http", "#")):
                assert (chemin.parent / cible).is_file(), cible
            assert not (image and cible.startswith("http")), "les images sont dans le cours"


def test_l_accueil_mene_a_tous_les_notebooks():
    texte = "\n".join(source(c) for c in cellules(lire(COURS.notebook_distribue("accueil"))))
    absents = [
        chemin.stem
        for chemin in DISTRIBUES
        if chemin.stem != "accueil" and f"{chemin.parent.name}/{chemin.name}" not in texte
    ]
    assert absents == []


def test_le_readme_presente_tous_les_notebooks():
    texte = (COURS.racine / "README.md").read_text(encoding="utf-8")
    assert [c.stem for c in DISTRIBUES if f"course/{c.parent.name}/{c.name}" not in texte] == []


def jouer(*dossiers: Path) -> subprocess.CompletedProcess:
    """nbval lance chaque notebook de ces dossiers dans un noyau neuf : ni exception, ni message d'erreur."""
    commande = [sys.executable, "-m", "pytest", "--nbval-lax", "-p", "no:cacheprovider", "-q"]
    return subprocess.run(
        [*commande, "-o", "addopts=", *map(str, dossiers)],
        capture_output=True,
        text=True,
        cwd=COURS.racine,
        # Au poste, une erreur devient une phrase française, que nbval prendrait pour une bonne réponse.
        env=os.environ | {"NBGRADER_EXECUTION": "1"},
    )


def test_tout_s_execute_sans_erreur(tmp_path):
    """Les notebooks du formateur. Ceux du stagiaire s'exécutent là où il les ouvre, dans le poste (``test_cahiers_navigateur``).

    Le témoin est joué avec eux : sa panne, et elle seule, se voit.
    """
    lignes = [nbformat.v4.new_code_cell(texte) for texte in ("%load_ext grc_helpers", "1 / 0")]
    nbformat.write(nbformat.v4.new_notebook(cells=lignes), tmp_path / "panne.ipynb")
    sortie = jouer(COURS.solutions, tmp_path)
    total = sum(
        c["cell_type"] == "code"
        for chemin in COURS.solutions.glob("*/*.ipynb")
        for c in cellules(lire(chemin))
    )
    echecs = [ligne for ligne in sortie.stdout.splitlines() if ligne.startswith("FAILED ")]
    assert len(echecs) == 1 and "panne.ipynb::Cell 1" in echecs[0], sortie.stdout[-3000:]
    assert sortie.returncode == 1 and "ZeroDivisionError" in sortie.stdout
    assert f"1 failed, {total + 1} passed" in sortie.stdout
