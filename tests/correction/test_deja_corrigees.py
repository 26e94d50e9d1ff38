"""Une copie ne se recorrige que si ce dont dépend sa note a changé : changer une page, un export ou une console ne refait rien."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograde.correction.deja_corrigees import OUTILS
from autograde.cours.dossiers import Cours
from tests.classe_fictive import DEPOT, copie_avec, deposer

DEVOIR = "s0_prise_en_main"
STAGIAIRES = ("anis", "léa", "tom")
SANS_EFFET = [
    "autograde/rendu/moodle.py",
    "autograde/rendu/retour.html.j2",
    "autograde/relecture/seance.py",
    "autograde/rapport/erreurs.py",
    "autograde/carnet/releve.py",
    "autograde/correction/classe.py",
    "autograde/collecte/liste_de_classe/noms.py",
    "grc_helpers/poste/serveur.py",
    "grc_helpers/simulateurs/rfm.py",
]
TOUT_REFAIT = [
    "autograde/prose/moteur.py",
    "autograde/prose/lexique.yml",
    "autograde/notation/gardee.py",
    "autograde/copie/triage.py",
    "autograde/baremes/lecture.py",
    "autograde/fichiers/notebook.py",
    "grc_helpers/calculs/valeur_client.py",
    "autograde/cas/donnees/tamax.csv",
    "grc_helpers/reponses/tableaux.py",
    "grc_helpers/francais/nombres.py",
]
# Joué dans une copie du dépôt : après chaque changement d'un fichier, combien de copies se recorrigent.
CHANGER_PUIS_CORRIGER = f"""
import json, sys
from pathlib import Path
from autograde.correction import atelier, classe
from autograde.correction.deja_corrigees import empreinte_des_outils
from autograde.cours.dossiers import Cours

vraie, faites = atelier.corriger_la_copie, []
atelier.corriger_la_copie = lambda copie, devoir: faites.append(copie.stagiaire) or vraie(copie, devoir)

def corriger():
    faites.clear()
    empreinte_des_outils.cache_clear()  # une commande relit ses outils une fois
    list(classe.corriger_la_classe(Cours.courant(), {DEVOIR!r}))
    return list(faites)

refaites = {{"première fois": corriger(), "rien de neuf": corriger()}}
for nom in sys.argv[1:]:
    with Path(nom).open("a", encoding="utf-8") as fichier:
        fichier.write("# un commentaire\\n")
    refaites[nom] = corriger()
print(json.dumps(refaites))
"""


@pytest.fixture(scope="module")
def refaites(tmp_path_factory) -> dict[str, list[str]]:
    depot = tmp_path_factory.mktemp("depot")
    for dossier in ("autograde", "grc_helpers", f"solutions/{DEVOIR}", f"course/{DEVOIR}"):
        shutil.copytree(
            DEPOT.racine / dossier,
            depot / dossier,
            ignore=shutil.ignore_patterns("__pycache__", "submitted", "autograded", "*.db", "demo"),
        )
    cours = Cours(depot, tmp_path_factory.mktemp("classe"))
    for stagiaire in STAGIAIRES:
        deposer(cours, stagiaire, copie_avec({"s0_q1": "16,5"}, DEVOIR), DEVOIR)
    joue = subprocess.run(
        [sys.executable, "-c", CHANGER_PUIS_CORRIGER, *SANS_EFFET, *TOUT_REFAIT],
        cwd=depot,
        env=os.environ | cours.environnement | {"PYTHONPATH": str(depot)},
        capture_output=True,
        text=True,
    )
    assert joue.returncode == 0, joue.stderr
    return json.loads(joue.stdout)


def test_relancee_elle_ne_refait_rien(refaites):
    assert refaites["première fois"] == list(STAGIAIRES) and refaites["rien de neuf"] == []


@pytest.mark.parametrize("fichier", SANS_EFFET)
def test_ce_dont_aucune_note_ne_depend_ne_fait_rien_recorriger(refaites, fichier):
    assert refaites[fichier] == []


@pytest.mark.parametrize("fichier", TOUT_REFAIT)
def test_ce_dont_une_note_depend_fait_tout_recorriger(refaites, fichier):
    assert refaites[fichier] == list(STAGIAIRES)


def test_tout_le_code_qui_lit_et_note_est_dans_les_outils():
    """Ce que charge la correction d'une copie : rien de nous n'échappe à l'empreinte, sauf des noms (paquets, erreurs) et l'écriture."""
    code = (
        "import sys, autograde.copie.remises, autograde.notation.gardee\n"
        "print(*(m.__file__ for m in list(sys.modules.values()) if getattr(m, '__file__', None)), sep='\\n')"
    )
    charges = subprocess.run(
        [sys.executable, "-c", code], cwd=DEPOT.racine, capture_output=True, text=True, check=True
    )
    nous = [
        Path(nom)
        for nom in charges.stdout.splitlines()
        if any(Path(nom).is_relative_to(DEPOT.racine / p) for p in ("autograde", "grc_helpers"))
    ]
    dehors = {
        str(fichier.relative_to(DEPOT.racine))
        for fichier in nous
        if not any(fichier.is_relative_to(dossier) for dossier in OUTILS)
    }
    assert len(nous) > 30
    assert dehors == {
        "autograde/__init__.py",
        "autograde/erreurs.py",
        "grc_helpers/__init__.py",
        "grc_helpers/ecriture.py",
        "grc_helpers/erreurs.py",
    }
