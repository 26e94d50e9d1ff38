"""Ce qui est à la classe ne part jamais : ni dans git, ni dans le .zip du stagiaire, ni dans un paquet, ni dans l'image en ligne."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from autograde.cours.dossiers import Cours
from autograde.production.distribution import distribuer, ecrire_le_paquet, textes_du_corrige
from autograde.production.sommaire import ACCUEIL
from grc_helpers.francais.nombres import sans_accents
from tests.classe_fictive import DEPOT
from tests.depot_copie import copier_le_depot, lancer

SECRET = "Léa Petit, 12,5 sur 20"
# Une donnée de chaque sorte, là où les commandes l'écrivent, et là où elles l'écrivaient avant.
DONNEES = [
    "ailleurs.txt",
    "submitted/petit_lea/s2_tp1_ltv/s2_tp1_ltv.ipynb",
    "ramassage/liste_de_classe.csv",
    "a_distribuer/cours.zip",
    "autograded/petit_lea/s2_tp1_ltv/s2_tp1_ltv.ipynb",
    "feedback/petit_lea/s2_tp1_ltv/s2_tp1_ltv.html",
    "retours/s2_tp1_ltv/petit_lea.html",
    "notes/s2_tp1_ltv.csv",
    "decisions/s2_tp1_ltv.yml",
    "commentaires.yml",
    "gradebook.db",
    "gradebook.db-journal",
    "demo/gradebook.db",
]


@pytest.fixture(scope="module")
def depot(tmp_path_factory) -> Path:
    """Le dépôt, une classe dans son dossier, et une autre restée parmi le code, qu'aucune commande n'a encore déplacée."""
    racine = copier_le_depot(tmp_path_factory.mktemp("fuite") / "depot")
    for place in ("autograde/classe", "autograde"):
        for nom in DONNEES:
            (racine / place / nom).parent.mkdir(parents=True, exist_ok=True)
            (racine / place / nom).write_text(SECRET, encoding="utf-8")
    (racine / "tests").mkdir()
    (racine / "tests" / "classe_fictive.py").write_text(SECRET, encoding="utf-8")
    return racine


def test_git_ignore_la_classe_d_un_seul_motif(depot):
    motifs = (depot / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert [motif for motif in motifs if motif.startswith("autograde/")] == ["autograde/classe/"]
    subprocess.run(["git", "init", "--quiet"], cwd=depot, check=True)
    vus = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"],
        cwd=depot,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    assert "autograde/commandes/classe.py" in vus
    assert not [nom for nom in vus if nom.startswith("autograde/classe")]


def test_le_zip_du_stagiaire_n_en_a_rien(depot, tmp_path):
    """Rien de la classe, que l'on donne un TP ou tout le cours ; et le .zip, lui, s'écrit chez elle."""
    cours = Cours(depot, tmp_path / "classe")
    un_tp = distribuer(cours, "s0_prise_en_main").chemin
    assert un_tp.parent == tmp_path / "classe" / "a_distribuer"
    seances = [nom for nom in cours.dossiers() if nom != ACCUEIL]
    ecrire_le_paquet(cours, seances, tmp_path / "tout.zip")
    for paquet in (un_tp, tmp_path / "tout.zip"):
        with zipfile.ZipFile(paquet) as archive:
            verifier_qu_il_n_y_a_rien({nom: archive.read(nom) for nom in archive.namelist()})


@pytest.fixture(scope="module")
def paquets(depot, tmp_path_factory) -> dict[str, dict[str, bytes]]:
    """Ce que contiennent la roue et l'archive des sources, fichier par fichier."""
    dossier = tmp_path_factory.mktemp("paquets")
    fini = subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--sdist",
            "--no-isolation",
            "-o",
            dossier,
            depot,
        ],
        capture_output=True,
        text=True,
    )
    assert fini.returncode == 0, fini.stderr[-2000:]
    [roue], [sources] = dossier.glob("*.whl"), dossier.glob("*.tar.gz")
    with zipfile.ZipFile(roue) as archive, tarfile.open(sources) as tar:
        return {
            "wheel": {nom: archive.read(nom) for nom in archive.namelist()},
            "sdist": {
                fichier.name.partition("/")[2]: tar.extractfile(fichier).read()
                for fichier in tar
                if fichier.isfile()
            },
        }


@pytest.mark.parametrize("sorte", ["wheel", "sdist"])
def test_le_paquet_python_n_en_a_rien(paquets, sorte):
    """Les données restées parmi le code ne sont plus ignorées de git : le paquet ne prend que grc_helpers, pas ce qui reste."""
    contenus = paquets[sorte]
    assert "grc_helpers/commandes.py" in contenus
    verifier_qu_il_n_y_a_rien(contenus)
    assert not [nom for nom in contenus if nom.startswith(("autograde/", "solutions/", "tests/"))]


def test_les_sources_ne_contiennent_que_ce_que_contient_la_roue(paquets):
    """Et, dans l'une comme dans l'autre, aucune phrase du corrigé."""
    roue, sources = (
        {nom: octets for nom, octets in paquets[sorte].items() if nom.startswith("grc_helpers/")}
        for sorte in ("wheel", "sdist")
    )
    assert sources == roue and len(roue) > 50
    assert {nom for nom in paquets["sdist"] if nom not in roue} == {
        ".gitignore", "LICENSE.md", "LICENSE-textes.md", "PKG-INFO", "README.md", "pyproject.toml",
    }  # fmt: skip
    assert {nom.split("/")[0] for nom in paquets["wheel"] if nom not in roue} == {
        f"grc_helpers-{version('grc-helpers')}.dist-info"
    }
    phrases = {sans_accents(phrase) for phrase in textes_du_corrige(DEPOT)}
    assert len(phrases) > 100
    for contenus in paquets.values():
        for nom, octets in contenus.items():
            assert not re.search(r"bareme|essais|corrige\b", Path(nom).name), nom
            plat = sans_accents(octets.decode(errors="replace"))
            assert [phrase for phrase in phrases if phrase in plat] == [], nom


def verifier_qu_il_n_y_a_rien(contenus: dict[str, bytes]) -> None:
    assert len(contenus) > 50
    assert [nom for nom, octets in contenus.items() if SECRET.encode() in octets] == []
    assert [nom for nom in contenus if "classe/" in nom or "submitted" in nom] == []


@pytest.mark.skipif(os.name == "nt", reason="L'image en ligne se construit sous Linux, avec bash.")
def test_l_image_en_ligne_n_en_a_rien(depot, tmp_path):
    """La dernière étape de la construction, sans rien installer : elle ne laisse que le cours."""
    image, outils = tmp_path / "image", tmp_path / "outils"
    shutil.copytree(depot, image)
    outils.mkdir()
    (outils / "python").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    (outils / "python").chmod(0o755)
    chemin = os.pathsep.join([str(outils), os.environ["PATH"]])
    subprocess.run(
        ["binder/postBuild"], cwd=image, env={"PATH": chemin, "REPO_DIR": str(image)}, check=True
    )
    restes = [f for f in image.rglob("*") if f.is_file()]
    assert {f.relative_to(image).parts[0] for f in restes if not f.name.startswith(".")} == {
        "course",
        "binder",
    }
    assert [f for f in restes if SECRET.encode() in f.read_bytes()] == []
    # Et rien n'y entre : seuls ces dossiers sont donnés à la construction.
    entrent = (depot / "binder" / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert entrent[1] == "*" and not [ligne for ligne in entrent if "autograde" in ligne]


def test_la_suite_d_essais_n_execute_pas_ce_que_la_classe_a_rendu(tmp_path):
    """Chercher des exemples ou des essais dans un fichier Python, c'est l'exécuter."""
    paquet, temoin = tmp_path / "autograde", tmp_path / "execute"
    depose = paquet / "classe" / "submitted" / "petit_lea"
    depose.mkdir(parents=True)
    shutil.copy(DEPOT.racine / "pyproject.toml", tmp_path)
    exemple = f'"""\n>>> 1\n1\n"""\nopen({str(temoin)!r}, "a").write(__name__)\ndef test(): pass\n'
    for fichier in (depose / "test_piege.py", depose / "piege.py", paquet / "du_code.py"):
        fichier.write_text(exemple, encoding="utf-8")
    fini = lancer(
        tmp_path,
        "pytest",
        "--collect-only",
        "-q",
        "autograde",
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",  # aucun n'y change rien, et ils sont longs à charger
    )
    assert "du_code.py: 1\n" in fini.stdout and "piege" not in fini.stdout, (
        fini.stdout + fini.stderr
    )
    assert temoin.read_text() == "du_code", "seul le code de l'équipe est lu"
