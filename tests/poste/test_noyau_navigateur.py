"""Un noyau mort repart tout seul, et la page le dit : éteint sous elle, ou emporté par l'arrêt du cours que l'on relance."""

import os
import shutil
import signal
import socket
import subprocess
import urllib.request
from contextlib import contextmanager

import pytest

from grc_helpers.poste import commande_jupyter, environnement_du_poste
from tests.classe_fictive import DEVOIR
from tests.poste_ouvert import COURS, DELAI, RACINE, attendre_que

pytestmark = pytest.mark.navigateur
CHEMIN = f"{DEVOIR}/{DEVOIR}.ipynb"
REPARTI = "les boutons ▶ répondent de nouveau"
QUESTION = ".jp-Cell[data-grc-question='s2_tp1_q0']"


def repondre_et_lancer(page, valeur: str) -> None:
    """La réponse s'enregistre, et ▶ montre ce que le noyau en a lu."""
    champ = page.locator(f"{QUESTION} .grc-formulaire input").first
    champ.fill(valeur)
    page.locator(".grc-bandeau").get_by_text(REPARTI).wait_for(timeout=DELAI)
    champ.click()
    champ.press("Shift+Enter")
    page.locator(f"{QUESTION} .jp-OutputArea").get_by_text(f"{valeur} clients").wait_for(
        timeout=DELAI
    )
    assert page.locator(".jp-Dialog").count() == 0


def test_un_noyau_eteint_repart_tout_seul(lab, cours):
    """Comme le fait un hub pour un noyau inactif."""
    page = lab.ouvrir(CHEMIN)
    page.evaluate("window.jupyterapp.serviceManager.kernels.shutdownAll()")
    repondre_et_lancer(page, "400")


@pytest.fixture
def relancable(tmp_path):
    """Un poste que l'essai tue et relance à la même adresse ; la page reste ouverte, comme le bandeau le demande."""
    cours = shutil.copytree(COURS, tmp_path / "course")
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    env = environnement_du_poste(os.environ) | {
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "JUPYTER_DATA_DIR": str(tmp_path / "donnees"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "execution"),
        "JUPYTER_TOKEN": "jeton",
        "TMPDIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(RACINE), os.environ.get("PYTHONPATH", "")]),
    }

    @contextmanager
    def lance():
        commande = commande_jupyter(cours, "accueil/accueil.ipynb", navigateur=False, port=port)
        processus = subprocess.Popen(
            commande,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            attendre_que(lambda: repond(f"http://127.0.0.1:{port}/api"), 60)
            yield f"http://127.0.0.1:{port}/lab/tree/{CHEMIN}?token=jeton"
        finally:
            os.killpg(processus.pid, signal.SIGKILL)
            processus.wait()

    return lance


def repond(adresse: str) -> bool:
    try:
        with urllib.request.urlopen(adresse):
            return True
    except OSError:
        return False


@pytest.mark.skipif(os.name == "nt", reason="on tue ici tout un groupe de processus")
def test_le_cours_tue_puis_relance_repond_dans_la_page_restee_ouverte(page, relancable):
    with relancable() as adresse:
        page.goto(adresse)
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(
            state="attached", timeout=DELAI
        )
        page.wait_for_load_state("networkidle")  # en finissant de charger, JupyterLab reprend le clavier
        page.locator(f"{QUESTION} .grc-formulaire input").first.fill("54")
    page.locator(f"{QUESTION} .grc-formulaire input").first.fill("401")
    page.locator(".grc-bandeau").get_by_text("Le cours s'est arrêté").wait_for(timeout=DELAI)
    with relancable():
        repondre_et_lancer(page, "402")
