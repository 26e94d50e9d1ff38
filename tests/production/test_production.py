"""``course/`` est la production de ``solutions/``, à l'octet près, et rien du corrigé n'en sort."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import pytest

from autograde.cas import modele
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.production import distribution
from autograde.production.distribution import DISTRIBUABLES, REPERES, RESTES
from autograde.production.production import (
    configuration,
    generer,
    produire,
    remettre_le_notebook_en_forme,
)
from grc_helpers.calculs import valeur_client
from grc_helpers.francais.nombres import lire_nombre, sans_accents
from grc_helpers.reponses.notebook import cellules, source
from tests.calculs.test_valeur_client import ARRONDIS_DU_MANUEL, CAS

COURS = Cours()
# Le relevé de Tamax imprime ces montants : la traite d'avril, et celle de mai telle qu'elle est mal recopiée.
DONNES_PAR_L_ENONCE = {1700.65, 3226.63}


@pytest.fixture(scope="session")
def production_neuve(tmp_path_factory) -> Path:
    """Le cours produit à neuf, dans un dossier à part, avec un carnet à part."""
    dossier = tmp_path_factory.mktemp("production")
    cours = Cours(travail=dossier / "travail")
    for nom in cours.dossiers():
        generer(cours, nom, dossier / "course")
    return dossier / "course"


def test_course_est_la_production_de_solutions(production_neuve):
    def contenu(racine):
        return {
            f.relative_to(racine).as_posix(): f.read_bytes()
            for f in racine.rglob("*")
            if f.is_file() and not RESTES & set(f.parts)
        }

    attendu, present = contenu(production_neuve), contenu(COURS.distribue)
    differents = [
        nom for nom in attendu.keys() | present.keys() if attendu.get(nom) != present.get(nom)
    ]
    assert not differents, f"Lancez « grc produire » : {sorted(differents)}"


def test_les_notebooks_sources_sont_en_forme_canonique(tmp_path):
    for nom in COURS.dossiers():
        for chemin in (COURS.solutions / nom).glob("*.ipynb"):
            copie = Path(shutil.copy(chemin, tmp_path))
            remettre_le_notebook_en_forme(copie)
            assert copie.read_bytes() == chemin.read_bytes(), (
                f"Lancez « grc produire » : {chemin.name}"
            )


@cache
def textes_du_corrige() -> list[str]:
    """Les phrases des réponses types et des barèmes : aucune ne doit se retrouver chez le stagiaire."""
    return distribution.textes_du_corrige(COURS)


@cache
def nombres_du_corrige() -> set[float]:
    """Les résultats que l'énoncé ne donne pas, dans toutes les conventions (au-delà de mille : les petits nombres sont partout)."""
    conventions = [
        modele("valeur_client").calculer(),
        modele("valeur_client").calculer(ARRONDIS_DU_MANUEL),
    ]
    conventions += [
        valeur_client.modele(CAS, clients_entiers=arrondi).calculer()
        for arrondi in ("proche", "superieur")
    ]
    conventions.append(modele("rimaldi").calculer())
    conventions += [
        modele("tamax").calculer(),
        modele("tamax").calculer({("Montant juste", "Facture"): 219.17}),
    ]
    return {
        round(valeur, 2) for valeurs in conventions for valeur in valeurs.values() if valeur > 1000
    } - DONNES_PAR_L_ENONCE


def nombres_dans(texte: str) -> set[float]:
    ecrits = re.findall(r"\d[\d\u0020\u00a0\u202f]*(?:[.,]\d+)?", texte)
    lus = (lire_nombre(ecrit.strip()).valeur for ecrit in ecrits)
    return {round(valeur, 2) for valeur in lus if valeur is not None}


def test_les_controles_de_fuite_voient_une_fuite():
    """Un contrôle qui ne peut pas échouer ne contrôle rien : le corrigé lui-même doit être pris."""
    corrige = (COURS.notebook_source("s2_tp1_ltv")).read_text(encoding="utf-8")
    assert any(sans_accents(phrase) in sans_accents(corrige) for phrase in textes_du_corrige())
    assert (
        nombres_dans("\n".join(source(c) for c in cellules(json.loads(corrige))))
        & nombres_du_corrige()
    )
    assert any(repere in corrige for repere in REPERES)


def verifier_l_absence_de_fuite(nom: str, contenu: str) -> None:
    plat = sans_accents(contenu)
    assert [repere for repere in REPERES if repere in contenu] == [], nom
    assert [phrase for phrase in textes_du_corrige() if sans_accents(phrase) in plat] == [], nom
    assert nombres_dans(contenu) & nombres_du_corrige() == set(), nom


def test_rien_du_corrige_dans_course():
    fichiers = [f for f in COURS.distribue.rglob("*") if f.is_file() and not RESTES & set(f.parts)]
    assert fichiers
    for fichier in fichiers:
        assert fichier.suffix in DISTRIBUABLES, f"{fichier.name} n'a rien à faire dans course/"
        notebook = json.loads(fichier.read_text(encoding="utf-8"))
        texte = "\n".join(source(c) for c in cellules(notebook))
        metadonnees = json.dumps(
            [notebook["metadata"], *(c["metadata"] for c in cellules(notebook))], ensure_ascii=False
        )
        verifier_l_absence_de_fuite(fichier.name, texte)
        autorisees = {
            "grade",
            "grade_id",
            "locked",
            "points",
            "solution",
            "task",
            "schema_version",
            "checksum",
            "cell_type",
        }
        for cellule in cellules(notebook):
            assert set(cellule["metadata"]) <= {"nbgrader", "deletable", "editable"}, fichier.name
            assert set(cellule["metadata"].get("nbgrader", {})) <= autorisees, fichier.name
        assert [phrase for phrase in textes_du_corrige() if phrase in metadonnees] == []


def test_rien_du_corrige_dans_la_roue_du_stagiaire(tmp_path):
    construction = subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(tmp_path),
            str(COURS.racine),
        ],
        capture_output=True,
        text=True,
    )
    assert construction.returncode == 0, construction.stderr[-2000:]
    [roue] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(roue) as archive:
        noms = archive.namelist()
        assert not [
            nom
            for nom in noms
            if nom.split("/")[0] in {"autograde", "solutions", "tests", "course"}
        ]
        assert not [nom for nom in noms if nom.endswith((".yml", ".ipynb"))]
        for nom in noms:
            if nom.startswith("grc_helpers/") and nom.endswith(
                (".py", ".csv", ".md", ".json", ".js")
            ):
                contenu = archive.read(nom).decode("utf-8")
                plat = sans_accents(contenu)
                assert [
                    phrase for phrase in textes_du_corrige() if sans_accents(phrase) in plat
                ] == [], nom
                assert nombres_dans(contenu) & nombres_du_corrige() == set(), nom


def test_grc_helpers_n_importe_jamais_autograde():
    for fichier in (COURS.racine / "grc_helpers").rglob("*.py"):
        code = fichier.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(?:from|import) (?:autograde|nbgrader)\b", code, re.MULTILINE), (
            fichier.name
        )


def test_rien_ne_charge_pandas_avant_qu_on_ouvre_l_explorateur_de_donnees():
    """Pandas pèse : seul le moteur de l'explorateur l'emploie, et aucun autre module ne charge ce moteur en s'important."""
    moteur = "grc_helpers.exploration.moteur"
    code = (
        "import importlib, pkgutil, sys\n"
        "import grc_helpers\n"
        "noms = [m.name for m in pkgutil.walk_packages(grc_helpers.__path__, 'grc_helpers.')]\n"
        f"for nom in set(noms) - {{'{moteur}'}}: importlib.import_module(nom)\n"
        "from grc_helpers.simulateurs.exploration import ExplorateurDeDonnees\n"
        "ferme = ExplorateurDeDonnees('clients_fleur_d_atlas')\n"
        "ferme.afficher()\n"
        f"print(len(noms), 'pandas' in sys.modules, '{moteur}' in sys.modules)\n"
        "ferme.ouvrir()\n"
        "print('pandas' in sys.modules)"
    )
    essai = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert essai.returncode == 0, essai.stderr
    combien, *charges = essai.stdout.split()
    assert int(combien) > 60 and charges == ["False", "False", "True"]
    ecrits = [*COURS.distribue.rglob("*.ipynb"), *(COURS.racine / "grc_helpers").rglob("*.py")]
    assert [f.name for f in ecrits if "import pandas" in f.read_text(encoding="utf-8")] == [
        "moteur.py"
    ]


def test_calculs_et_reponses_s_importent_sans_pandas_ni_matplotlib():
    code = (
        "import sys, grc_helpers.calculs.coherence, grc_helpers.calculs.valeur_client, grc_helpers.reponses.notebook, "
        "grc_helpers.noyau.magies, grc_helpers.noyau.remise\n"
        "print([m for m in ('pandas', 'numpy', 'matplotlib', 'ipywidgets') if m in sys.modules])"
    )
    sortie = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=COURS.racine
    )
    assert sortie.stdout.strip() == "[]"


def test_lire_les_reglages_ne_change_pas_la_classe_en_usage(tmp_path, monkeypatch):
    """Produire à part, pour contrôler, ne laisse pas la commande suivante écrire à part."""
    monkeypatch.setenv("GRC_TRAVAIL", str(tmp_path / "la_mienne"))
    monkeypatch.delenv("GRC_CARNET", raising=False)
    reglages = configuration(Cours(travail=tmp_path / "a_part"))
    assert reglages.CourseDirectory.db_url.endswith("/a_part/gradebook.db")
    assert Cours.courant().travail == tmp_path / "la_mienne" and "GRC_CARNET" not in os.environ


def test_un_devoir_inconnu_est_explique():
    with pytest.raises(ErreurFormateur, match="s2_tp1_ltv"):
        produire(COURS, "s9_inconnu")
