"""Ce que partagent les essais : un vrai navigateur, un seul poste JupyterLab, un seul serveur Voilà, un dossier de captures."""

import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

from tests.carnets import carnet_neuf  # noqa: F401 - offert à tous les essais
from tests.lab_ouvert import ECRAN, Lab
from tests.poste_ouvert import DELAI, ouvreur, remettre_le_cours_a_neuf, serveur_du_poste
from tests.tableau_ouvert import serveur_voila

# Un essai n'échoue jamais parce que la machine est lente.
settings.register_profile("sans_chronometre", deadline=None)
settings.load_profile("sans_chronometre")

NAVIGATEURS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

JAVASCRIPT = Path(__file__).parent / "javascript"

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


def pilote_un_navigateur(essai) -> bool:
    return essai.get_closest_marker("navigateur") is not None


def pytest_collection_modifyitems(items):
    """Les fichiers qui ouvrent un navigateur viennent en dernier, les plus gros d'abord : les plus rapides parlent les premiers, et la
    boucle asyncio de Playwright ne tourne pas pendant eux. Une machine chargée perd parfois une touche : les essais dans un navigateur
    ont droit à une seconde chance, pas les autres."""
    essais_par_fichier = Counter(item.path for item in items if pilote_un_navigateur(item))
    en_premier = (-len(items), "")
    items.sort(
        key=lambda item: (
            (-essais_par_fichier[item.path], str(item.path))
            if item.path in essais_par_fichier
            else en_premier
        )
    )
    for item in filter(pilote_un_navigateur, items):
        item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    compte_rendu = yield
    if compte_rendu.failed and pilote_un_navigateur(item):
        item.config.tout_rouvrir = True
    return compte_rendu


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item):
    """Après un échec dans le navigateur, tout est refermé : si Chromium ou un serveur ne répond plus, la suite en ouvre d'autres."""
    if item.config.__dict__.pop("tout_rouvrir", False):
        item.session._setupstate.teardown_exact(None)


@pytest.fixture(scope="session")
def dossier_captures(tmp_path_factory) -> Path:
    """Où ranger les captures d'écran ; la variable GRC_CAPTURES permet de les garder."""
    choisi = os.environ.get("GRC_CAPTURES")
    if not choisi:
        return tmp_path_factory.mktemp("captures")
    dossier = Path(choisi)
    dossier.mkdir(parents=True, exist_ok=True)
    return dossier


def outil_absent(motif: str) -> None:
    """L'absence d'un outil passe l'essai sur un poste, mais le fait échouer en intégration continue."""
    if os.environ.get("CI"):
        pytest.fail(motif)
    pytest.skip(motif)


@pytest.fixture(scope="session")
def npm():
    """Lance une vérification du JavaScript (``tests/javascript/package.json``) : ``npm("forme")`` rend ce qu'elle a donné."""
    if not shutil.which("npm") or not (JAVASCRIPT / "node_modules").is_dir():
        outil_absent("Il faut Node.js, puis : npm install --prefix tests/javascript")
    return lambda verification: subprocess.run(
        ["npm", "run", "--silent", verification],
        cwd=JAVASCRIPT,
        capture_output=True,
        encoding="utf-8",
        shell=os.name == "nt",  # sous Windows, npm est un fichier de commandes
    )


@pytest.fixture(scope="session")
def navigateur():
    """Chromium, ou rien."""
    chemin = next(filter(None, map(shutil.which, NAVIGATEURS)), None)
    if chemin is None:
        outil_absent(f"Aucun navigateur trouvé parmi : {', '.join(NAVIGATEURS)}.")
    pilote = pytest.importorskip("playwright.sync_api")
    with pilote.sync_playwright() as outil:
        ouvert = outil.chromium.launch(executable_path=chemin, args=OPTIONS)
        yield ouvert
        ouvert.close()


@pytest.fixture
def page(navigateur):
    """Une page neuve, à la taille d'un vidéoprojecteur courant."""
    contexte = navigateur.new_context(viewport=ECRAN)
    yield contexte.new_page()
    contexte.close()


@pytest.fixture(scope="session")
def serveur(tmp_path_factory):
    """Le poste du stagiaire, avec le cours distribué : ouvert une seule fois pour tous les essais dans un navigateur."""
    with serveur_du_poste(tmp_path_factory.mktemp("poste")) as ouvert:
        yield ouvert


@pytest.fixture(scope="session")
def lab_ouvert(navigateur, serveur):
    """JupyterLab, chargé une seule fois dans une page."""
    contexte = navigateur.new_context(viewport=ECRAN)
    yield Lab(contexte.new_page(), serveur)
    contexte.close()


@pytest.fixture
def lab(lab_ouvert):
    """La page de JupyterLab que partagent les essais, sans rien de l'essai d'avant : ``lab.ouvrir(chemin)`` y montre un cahier du poste."""
    with lab_ouvert.neuf():
        yield lab_ouvert


@pytest.fixture
def charger(page, serveur):
    """Charge une page neuve sur un cahier neuf : ``charger(nom, contenu, vue)`` ; rien ne doit sortir de la machine."""
    with ouvreur(page, serveur) as charger_:
        yield charger_


@pytest.fixture
def ouvrir(request, serveur):
    """Ouvre un cahier neuf : ``ouvrir(nom, contenu, vue)``. Dans JupyterLab, c'est dans la page partagée."""

    def ouvrir_(nom: str, contenu: dict, vue: str = "lab/tree"):
        if vue != "lab/tree":
            return request.getfixturevalue("charger")(nom, contenu, vue)
        serveur.poser(nom, contenu)
        page = request.getfixturevalue("lab").ouvrir(nom)
        page.wait_for_selector(".grc-avec-formulaire", timeout=DELAI)
        return page

    return ouvrir_


@pytest.fixture
def cours(serveur) -> Path:
    """Le dossier du cours que montre le serveur, remis à neuf."""
    remettre_le_cours_a_neuf(serveur.dossier)
    return serveur.dossier


@pytest.fixture(scope="session")
def voila(tmp_path_factory):
    """Un seul serveur Voilà pour tous les essais : son adresse, et le dossier de notebooks qu'il montre."""
    with serveur_voila(tmp_path_factory.mktemp("voila")) as ouvert:
        yield ouvert


@pytest.fixture(scope="module")
def tableau_ouvert(request, navigateur, voila):
    """Le tableau de bord du module (sa constante ``TABLEAU``), ouvert une fois pour tous ses essais : chaque ouverture démarre un noyau."""
    contexte = navigateur.new_context(viewport={"width": 1280, "height": 720})
    yield request.module.TABLEAU.ouvrir(contexte.new_page(), voila[0])
    contexte.close()


@pytest.fixture
def tableau_au_theme(request, page, voila):
    """Le thème demandé et le tableau de bord du module dans ce thème ; en clair, c'est la page déjà ouverte, remise au départ."""
    if request.param == "light":
        return request.param, request.getfixturevalue("tableau")
    return request.param, request.module.TABLEAU.ouvrir(page, voila[0], request.param)
