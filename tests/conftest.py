"""Ce que partagent les essais : un vrai navigateur, un port libre, un dossier de captures."""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
from hypothesis import settings

from grc_helpers.poste import commande_jupyter, environnement_du_poste
from tests.carnets import carnet_neuf  # noqa: F401 - offert à tous les essais
from tests.poste_ouvert import ouvreur, serveur_du_poste

COURS = Path(__file__).resolve().parents[1] / "course"
# Un essai n'échoue jamais parce que la machine est lente.
settings.register_profile("sans_chronometre", deadline=None)
settings.load_profile("sans_chronometre")

NAVIGATEURS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Un navigateur d'essai ne parle qu'à la page essayée : ni mise à jour, ni synchronisation, ni service de fond.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def port_libre() -> int:
    """Un port que personne n'écoute sur ce poste."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


def attendre(adresse: str, secondes: float = 90) -> None:
    for _ in range(int(secondes * 4)):
        try:
            urllib.request.urlopen(adresse, timeout=5)
            return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"Le serveur n'a pas répondu en {secondes:.0f} secondes.")


def pytest_collection_modifyitems(items):
    """Un vrai navigateur sur une machine chargée perd parfois une touche : ses essais ont droit à une seconde chance, pas les autres."""
    for item in items:
        if item.get_closest_marker("navigateur"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def dossier_captures(tmp_path_factory) -> Path:
    """Où ranger les captures d'écran ; la variable GRC_CAPTURES permet de les garder."""
    choisi = os.environ.get("GRC_CAPTURES")
    if not choisi:
        return tmp_path_factory.mktemp("captures")
    dossier = Path(choisi)
    dossier.mkdir(parents=True, exist_ok=True)
    return dossier


@pytest.fixture(scope="session")
def navigateur():
    """Chromium, ou rien : son absence passe l'essai sur un poste, mais le fait échouer en intégration continue."""
    chemin = next(filter(None, map(shutil.which, NAVIGATEURS)), None)
    if chemin is None:
        motif = f"Aucun navigateur trouvé parmi : {', '.join(NAVIGATEURS)}."
        if os.environ.get("CI"):
            pytest.fail(motif)
        pytest.skip(motif)
    pilote = pytest.importorskip("playwright.sync_api")
    with pilote.sync_playwright() as outil:
        ouvert = outil.chromium.launch(executable_path=chemin, args=OPTIONS)
        yield ouvert
        ouvert.close()


@pytest.fixture
def cours_ouvert(cours_servi):
    """L'adresse du cours ouvert et son dossier, remis à neuf avant chaque essai."""
    adresse, cours = cours_servi
    for distribue in COURS.glob("*/*.ipynb"):
        shutil.copyfile(distribue, cours / distribue.parent.name / distribue.name)
    for reste in [*cours.glob(".grc/*/*/20*.ipynb"), *cours.glob("*/a_rendre/*.ipynb"), *cours.glob("*/.ipynb_checkpoints/*")]:
        reste.unlink()
    return adresse, cours


@pytest.fixture(scope="session")
def cours_servi(tmp_path_factory):
    """Le cours, copié comme chez un stagiaire, ouvert par la commande du poste : un seul serveur pour tous les essais."""
    dossier = tmp_path_factory.mktemp("stagiaire")
    shutil.copytree(COURS, dossier / "course")
    port = port_libre()
    commande = commande_jupyter(dossier / "course", "accueil/accueil.ipynb", navigateur=False, port=port)
    # Les essais tournent aussi sous un compte administrateur ; le jeton d'accès n'a pas d'intérêt ici. L'application est
    # rendue visible pour les gestes que la souris ne sait pas faire (effacer une cellule protégée, comme un autre logiciel).
    commande += ["--allow-root", "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True"]
    environnement = environnement_du_poste(os.environ | {"HOME": str(dossier), "JUPYTER_RUNTIME_DIR": str(dossier / "execution")})
    serveur = subprocess.Popen(commande, env=environnement, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    adresse = f"http://127.0.0.1:{port}"
    try:
        attendre(adresse + "/api")
        yield adresse, dossier / "course"
    finally:
        serveur.terminate()
        serveur.wait(timeout=30)


@pytest.fixture
def page(navigateur):
    """Une page neuve, à la taille d'un vidéoprojecteur courant."""
    contexte = navigateur.new_context(viewport={"width": 1280, "height": 720})
    yield contexte.new_page()
    contexte.close()


@pytest.fixture(scope="session")
def serveur(tmp_path_factory):
    """Le poste du stagiaire, ouvert une seule fois pour tous les essais dans un navigateur."""
    with serveur_du_poste(tmp_path_factory.mktemp("poste")) as ouvert:
        yield ouvert


@pytest.fixture
def ouvrir(page, serveur):
    """Ouvre un cahier neuf dans le poste : ``ouvrir(nom, contenu, vue)`` ; rien ne doit sortir de la machine."""
    with ouvreur(page, serveur) as ouvrir_:
        yield ouvrir_
