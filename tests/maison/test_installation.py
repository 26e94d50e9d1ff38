"""La première ouverture : l'écran ne parle que français, le détail est dans un journal, un échec dit sa cause."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grc_helpers import installation

# Un projet sans dépendance, qui se fabrique sans rien télécharger.
PROJET = """\
[build-system]
requires = []
build-backend = "fabrique"
backend-path = ["."]
[project]
name = "essai"
version = "1"
"""
FABRIQUE = """\
import zipfile

def build_editable(dossier, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(dossier + "/essai-1-py3-none-any.whl", "w") as roue:
        roue.writestr("grc_installe.py", "print('ouvert')")
        roue.writestr("essai-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: essai\\nVersion: 1\\n")
        roue.writestr("essai-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        roue.writestr("essai-1.dist-info/RECORD", "")
    return "essai-1-py3-none-any.whl"
"""


@pytest.fixture
def depot(tmp_path, monkeypatch) -> Path:
    """Un dossier du cours réduit à ce que l'installation lit ; aucun index de paquets n'est joignable."""
    (tmp_path / "pyproject.toml").write_text(PROJET, encoding="utf-8")
    (tmp_path / "fabrique.py").write_text(FABRIQUE, encoding="utf-8")
    (tmp_path / "binder").mkdir()
    (tmp_path / "binder" / "versions.txt").write_text("", encoding="utf-8")
    monkeypatch.setattr(installation, "RACINE", tmp_path)
    monkeypatch.setattr(installation, "ENVIRONNEMENT", tmp_path / ".venv")
    monkeypatch.setattr(installation, "VERSIONS", tmp_path / "binder" / "versions.txt")
    for nom in [nom for nom in os.environ if nom.startswith("PIP_")]:
        monkeypatch.delenv(nom)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    return tmp_path


def ecran(capfd) -> list[str]:
    """Ce qui vient de s'afficher, sans les points qui font patienter."""
    affiche = capfd.readouterr()
    return [ligne.rstrip(".") for ligne in (affiche.out + affiche.err).splitlines()]


def test_une_installation_qui_echoue_se_dit_se_reprend_et_ne_se_refait_pas(depot, capfd):
    """Un seul parcours, un environnement étant long à créer : création coupée net, pas de réseau, le réseau, rien à faire."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", depot / ".venv"], check=True)
    journal = depot / ".venv" / "installation.log"
    projet = depot / "pyproject.toml"
    debut = "Première ouverture : installation du cours, quelques minutes selon le réseau"

    projet.write_text(PROJET.replace("[]", '["paquet-absent"]'), encoding="utf-8")
    assert installation.lancer_dans_l_environnement("", "grc_installe", []) == 1
    assert ecran(capfd) == [
        debut,
        "Préparation",
        "Téléchargement et installation",
        "L'installation n'a pas abouti : le réseau ne répond pas. Vérifiez la connexion à Internet, puis relancez la même commande",
        f"Le détail, en anglais, est dans {journal}",
    ]
    assert "paquet-absent" in journal.read_text(encoding="utf-8")

    projet.write_text(PROJET, encoding="utf-8")
    assert installation.lancer_dans_l_environnement("", "grc_installe", []) == 0
    assert ecran(capfd) == [debut, "Téléchargement et installation", "ouvert"]
    assert "Successfully installed essai-1" in journal.read_text(encoding="utf-8")

    assert installation.lancer_dans_l_environnement("", "grc_installe", []) == 0
    assert ecran(capfd) == ["ouvert"]


def test_une_installation_interrompue_se_dit_sans_trace(depot, monkeypatch, capsys):
    def interrompre(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(installation, "_faire", interrompre)
    assert installation.lancer_dans_l_environnement("", "grc_installe", []) == 1
    assert (
        capsys.readouterr().err
        == "\nInstallation interrompue. Pour la finir, relancez la même commande.\n"
    )


# Ce qu'écrivent vraiment pip et venv, à la fin de leur journal.
PANNES = [
    (
        "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by"
        " 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to establish a new connection:"
        " [Errno 101] Network is unreachable')': /simple/jupyterlab/\n"
        "ERROR: Could not find a version that satisfies the requirement jupyterlab<5,>=4.6 (from versions: none)\n"
        "ERROR: No matching distribution found for jupyterlab<5,>=4.6",
        "le réseau ne répond pas. Vérifiez la connexion à Internet",
    ),
    (
        "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='files.example.org', port=443): Read timed out.",
        "le réseau ne répond pas. Vérifiez la connexion à Internet",
    ),
    (
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        "le disque est plein. Libérez de la place",
    ),
    (
        "ERROR: Could not install packages due to an OSError: [WinError 112] Espace insuffisant sur le disque",
        "le disque est plein. Libérez de la place",
    ),
    (
        "ERROR: Could not find a version that satisfies the requirement numpy==2.5.5 (from versions: 1.26.0, 2.2.6)\n"
        "ERROR: No matching distribution found for numpy==2.5.5",
        "une bibliothèque ne s'installe pas avec Python 3.15.0. Essayez avec Python 3.12",
    ),
    (
        "ERROR: Failed building wheel for pyzmq\nFailed to build pyzmq",
        "une bibliothèque ne s'installe pas avec Python 3.15.0. Essayez avec Python 3.12",
    ),
    (
        "The virtual environment was not created successfully because ensurepip is not available.  On Debian/Ubuntu systems, you need to"
        " install the python3-venv package",
        "il manque à Python de quoi créer un environnement. Sous Debian ou Ubuntu, installez le paquet python3-venv",
    ),
    (
        "Error: [Errno 13] Permission denied: '/media/cours/.venv/bin'",
        "le dossier du cours ne se laisse pas écrire. Copiez-le dans un dossier à vous",
    ),
    ("Segmentation fault", ""),
]


@pytest.mark.parametrize(("journal", "cause"), PANNES)
def test_la_cause_se_lit_dans_le_journal(monkeypatch, journal, cause):
    monkeypatch.setattr(sys, "version_info", (3, 15, 0, "final", 0))
    assert installation._cause(journal) == cause


def test_un_python_trop_ancien_arrive_jusqu_a_la_phrase_qui_le_dit():
    """Tout ce qui se lit avant elle se lit dès Python 3.7 : ni écriture plus récente, ni annotation évaluée à l'import."""
    code = (
        "import sys, grc_helpers.installation\n"
        "lus = [m.__file__ for nom, m in sys.modules.items() if nom.startswith('grc_helpers')]\n"
        "print(*lus, sep=chr(10))"
    )
    lus = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    fichiers = [Path(nom) for nom in lus.stdout.splitlines()]
    assert {"installation.py", "processus.py", "ecriture.py"} <= {f.name for f in fichiers}
    for fichier in fichiers:
        source = fichier.read_text(encoding="utf-8")
        annotee = any(
            getattr(noeud, "returns", None) or getattr(noeud, "annotation", None)
            for noeud in ast.walk(ast.parse(source, feature_version=(3, 7)))
        )
        assert not annotee or "from __future__ import annotations" in source, fichier.name


def test_le_python_conseille_est_celui_de_l_environnement_en_ligne():
    recette = installation.VERSIONS.with_name("runtime.txt").read_text(encoding="utf-8")
    assert recette.strip() == f"python-{installation.PYTHON_CONSEILLE}"


def test_une_cause_inconnue_renvoie_au_journal(depot, monkeypatch, capsys):
    journal = depot / ".venv" / "installation.log"
    assert str(installation._echec("Segmentation fault", journal)) == (
        f"L'installation n'a pas abouti. Relancez la même commande.\nLe détail, en anglais, est dans {journal}"
    )


def test_un_disque_sans_place_se_dit_meme_si_le_journal_n_a_pas_pu_s_ecrire(depot, monkeypatch):
    monkeypatch.setattr(installation, "PLACE_MINIMALE", 10**18)
    assert "le disque est plein" in str(installation._echec("", depot / ".venv/installation.log"))
