"""Un poste de stagiaire ouvert pour les essais : la commande du cours, sur un profil vierge, et un cahier à ouvrir dedans."""

import json
import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from grc_helpers.poste import commande_jupyter, environnement_du_poste

RACINE = Path(__file__).resolve().parents[1]
COURS = RACINE / "course"
DELAI = 60_000

# Ce que montre une cellule qui a échoué : la trace de Jupyter, ou notre phrase et son détail.
ERREUR = (
    ".jp-OutputArea-output:is([data-mime-type$='jupyter.error'], [data-mime-type$='jupyter.stderr'],"
    " :has(summary:text-is('Détail pour le formateur')))"
)


@dataclass
class Serveur:
    """Un serveur en marche, et le dossier qu'il montre : une copie du cours, où les essais posent leurs cahiers."""

    adresse: str
    jeton: str
    dossier: Path

    def poser(self, nom: str, contenu: dict) -> None:
        (self.dossier / nom).write_text(json.dumps(contenu), encoding="utf-8")

    def lire(self, nom: str) -> dict:
        """Le contenu du fichier ; un instant vide, il est en train de s'enregistrer."""
        attendre_que(
            lambda: (self.dossier / nom).read_text(encoding="utf-8").rstrip().endswith("}")
        )
        return json.loads((self.dossier / nom).read_text(encoding="utf-8"))

    def sources(self, nom: str) -> list[tuple[str, str]]:
        """Le type et le texte de chaque cellule du fichier ; Jupyter y écrit une liste de lignes."""
        return [(c["cell_type"], "".join(c["source"])) for c in self.lire(nom)["cells"]]


@contextmanager
def serveur_du_poste(base: Path):
    """JupyterLab ouvert par la commande du cours, sur un poste vierge : aucun réglage personnel ne peut aider."""
    dossiers = {nom: base / nom for nom in ("config", "donnees", "execution", "temporaire")}
    for dossier in dossiers.values():
        dossier.mkdir()
    cours = Path(shutil.copytree(COURS, base / "course", ignore=shutil.ignore_patterns(".*")))
    env = environnement_du_poste(os.environ) | {
        "JUPYTER_CONFIG_DIR": str(dossiers["config"]),
        "JUPYTER_DATA_DIR": str(dossiers["donnees"]),
        "JUPYTER_RUNTIME_DIR": str(dossiers["execution"]),
        "TMPDIR": str(dossiers["temporaire"]),
        "PYTHONPATH": os.pathsep.join([str(RACINE), os.environ.get("PYTHONPATH", "")]),
    }
    commande = commande_jupyter(cours, "accueil/accueil.ipynb", navigateur=False)
    # Pour les gestes que la souris ne sait pas faire (effacer une cellule protégée, comme un autre logiciel).
    commande.append("--LabApp.expose_app_in_browser=True")
    # Un noyau à peine lancé n'entend pas encore la demande d'arrêt : on ne l'attend pas cinq secondes.
    commande.append("--KernelManager.shutdown_wait_time=1")
    journal = (base / "journal.txt").open("w", encoding="utf-8")
    processus = subprocess.Popen(commande, env=env, stdout=journal, stderr=subprocess.STDOUT)
    try:
        fiche = _attendre_la_fiche(dossiers["execution"], processus, base / "journal.txt")
        yield Serveur(fiche["url"], fiche["token"], cours)
    finally:
        processus.terminate()
        processus.wait(30)
        journal.close()
    assert not list(dossiers["temporaire"].glob("grc-poste-*")), (
        "le dossier du serveur n'a pas été effacé"
    )


def _attendre_la_fiche(dossier: Path, processus, journal: Path) -> dict:
    """Jupyter écrit lui-même son adresse et son jeton : ni port à deviner, ni jeton à imposer."""
    limite = time.monotonic() + 60
    while time.monotonic() < limite and processus.poll() is None:
        for fiche in dossier.glob("jpserver-*.json"):
            contenu = fiche.read_text(encoding="utf-8")
            if contenu.endswith("}"):
                return json.loads(contenu)
        time.sleep(0.2)
    pytest.fail("le serveur n'a pas démarré :\n" + journal.read_text(encoding="utf-8"))


def remettre_le_cours_a_neuf(cours: Path) -> None:
    """Les séances telles qu'elles sont distribuées ; ni versions gardées, ni copies à rendre, ni points de contrôle."""
    for distribue in COURS.glob("*/*.ipynb"):
        shutil.copyfile(distribue, cours / distribue.parent.name / distribue.name)
    for reste in [
        *cours.glob(".grc/**/20*.ipynb"),
        *cours.glob("*/a_rendre/*.ipynb"),
        *cours.glob("*/.ipynb_checkpoints/*"),
    ]:
        reste.unlink()


@contextmanager
def rien_ne_sort(page, serveur: Serveur):
    """Vérifie, à la fin du bloc, que la page n'a rien demandé hors de la machine."""
    dehors = []

    def noter(requete):
        if not requete.url.startswith((serveur.adresse, "data:", "blob:", "ws://127.0.0.1")):
            dehors.append(requete.url)

    page.on("request", noter)
    try:
        yield
    finally:
        page.remove_listener("request", noter)
    assert dehors == [], "la page a demandé quelque chose à l'extérieur"


@contextmanager
def ouvreur(page, serveur: Serveur):
    """Une fonction qui charge une page sur un cahier neuf ; à la fin, vérifie qu'aucune requête n'est sortie de la machine."""

    def ouvrir(nom: str, contenu: dict, vue: str = "lab/tree"):
        serveur.poser(nom, contenu)
        # reset : sans les onglets que le test précédent a laissés ouverts.
        page.goto(f"{serveur.adresse}{vue}/{nom}?reset&token={serveur.jeton}")
        page.wait_for_selector(".grc-avec-formulaire", timeout=DELAI)
        # Le noyau remet Python à toutes les cellules quand il répond : on ne regarde qu'après.
        page.wait_for_selector(
            ".jp-Notebook-ExecutionIndicator[data-status=idle]", state="attached", timeout=DELAI
        )
        # En finissant de charger, JupyterLab reprend le clavier : un clic trop précoce serait perdu.
        page.wait_for_load_state("networkidle")
        return page

    with rien_ne_sort(page, serveur):
        yield ouvrir


def attendre_de_voir(page, attendu, delai: int) -> None:
    """Attend que le texte soit visible ; lève ``TimeoutError`` sinon. Une erreur affichée fait échouer l'essai aussitôt, avec son texte."""
    erreur = page.locator(ERREUR)
    page.get_by_text(attendu).or_(erreur).locator("visible=true").first.wait_for(timeout=delai)
    refuser_une_erreur(page)


def refuser_une_erreur(zone) -> None:
    """Fait échouer l'essai si une cellule de cette zone montre une erreur : attendre encore n'y changerait rien."""
    for texte in zone.locator(ERREUR).all_text_contents():
        pytest.fail(f"Une cellule a échoué : {texte}")


def attendre_que(condition, secondes: float = 15) -> None:
    limite = time.monotonic() + secondes
    while not _est_vraie(condition):
        assert time.monotonic() < limite, "la condition attendue n'est jamais arrivée"
        time.sleep(0.2)


def _est_vraie(condition) -> bool:
    try:
        return condition()
    except json.JSONDecodeError:  # le fichier lu est en train d'être écrit
        return False


def coller(page, texte: str) -> None:
    """Ctrl + V, avec ce texte dans le presse-papiers."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("texte => navigator.clipboard.writeText(texte)", texte)
    page.keyboard.press("Control+v")
