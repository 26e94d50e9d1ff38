"""L'environnement en ligne du stagiaire : des versions figées, un vrai démarrage, et pas un corrigé dans le dossier.

``TestInstallationReelle`` est lent (une à deux minutes, et il télécharge les paquets du stagiaire) : il ne se joue que si ce dont
il dépend a changé (``installation_eprouvee.py`` dit quoi, et comment le rejouer).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.maison.installation_eprouvee import est_eprouvee
from tests.serveurs import port_libre

RACINE = Path(__file__).resolve().parents[2]
BINDER = RACINE / "binder"
STAGIAIRE = BINDER / "requirements.txt"
VERSIONS = BINDER / "versions.txt"
PROJET = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
VERSION_PYTHON = (
    (BINDER / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
)

# Un nom, une version exacte, éventuellement une condition : ni option, ni adresse, ni chemin.
LIGNE = re.compile(r"(?P<nom>[a-z0-9][a-z0-9.-]*)==(?P<version>[a-z0-9.]+)( ; [a-z_]+ [^:/\\]+)?")
ACCUEIL = "course/accueil/accueil.ipynb"
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)
PATIENCE = 60

sous_posix = pytest.mark.skipif(
    os.name == "nt", reason="L'image en ligne se construit sous Linux, avec bash."
)


def versions(fichier: Path) -> dict[str, set[str]]:
    """Les versions figées par ``fichier`` ; un paquet peut en avoir deux, selon la version de Python."""
    trouvees: dict[str, set[str]] = {}
    for ligne in fichier.read_text(encoding="utf-8").splitlines():
        lue = LIGNE.fullmatch(ligne)
        assert lue, f"{fichier.name} : ligne inattendue « {ligne} »"
        trouvees.setdefault(canonicalize_name(lue["nom"]), set()).add(lue["version"])
    return trouvees


def verifier_que_tout_est_fige(demandes: list[str], figees: dict[str, set[str]]) -> None:
    for demande in map(Requirement, demandes):
        retenues = figees.get(canonicalize_name(demande.name))
        assert retenues, f"{demande.name} manque"
        assert all(version in demande.specifier for version in retenues), f"{demande} : {retenues}"


# --- Les versions -----------------------------------------------------------------------------------------------


def test_une_ligne_qui_nomme_une_adresse_ou_un_chemin_est_refusee():
    for ligne in (
        "-e .",
        "--index-url x",
        "a @ file:b",
        "a==1 ; x://y",
        "../a",
        "a>=1",
        "a==1.*",
        "# note",
    ):
        assert not LIGNE.fullmatch(ligne)


def test_le_stagiaire_a_les_versions_eprouvees():
    eprouvees = versions(VERSIONS)
    for nom, retenues in versions(STAGIAIRE).items():
        assert len(retenues) == 1, nom
        assert retenues <= eprouvees.get(nom, set()), nom


def test_le_stagiaire_n_a_que_l_essentiel():
    retenus = versions(STAGIAIRE)
    verifier_que_tout_est_fige(PROJET["dependencies"], retenus)
    assert not {
        "nbgrader",
        "voila",
        "pytest",
        "hypothesis",
        "playwright",
        "jupyter-repo2docker",
    } & set(retenus)


@pytest.mark.parametrize("extra", [None, *PROJET["optional-dependencies"]])
def test_les_versions_eprouvees_couvrent_tout_le_projet(extra):
    demandes = PROJET["optional-dependencies"][extra] if extra else PROJET["dependencies"]
    verifier_que_tout_est_fige(demandes, versions(VERSIONS))


# --- La recette de l'image --------------------------------------------------------------------------------------


@sous_posix
@pytest.mark.parametrize("nom", ["postBuild", "start"])
def test_les_scripts_sont_executables_et_bien_ecrits(nom):
    assert os.access(BINDER / nom, os.X_OK)
    subprocess.run(["bash", "-n", str(BINDER / nom)], check=True)


@sous_posix
def test_repo2docker_comprend_la_recette(tmp_path, monkeypatch):
    """Sans moteur de conteneurs : repo2docker lit ``binder/`` et écrit la recette, rien n'est construit."""
    application = pytest.importorskip("repo2docker.app")
    from repo2docker.buildpacks import PythonBuildPack

    shutil.copytree(BINDER, tmp_path / "binder")
    shutil.copy(RACINE / "pyproject.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    recette = PythonBuildPack(application.Repo2Docker().base_image)
    recette.platform = "linux/amd64"
    assert Path(recette.binder_path("start")) == Path("binder/start")
    assert recette.detect()
    assert recette.python_version == VERSION_PYTHON == "3.12"
    etapes = recette.render({})
    assert re.search(r'pip install .*-r "binder/requirements\.txt"', etapes)
    # Le paquet ne doit pas s'installer par pip avec ses dépendances : postBuild le fait, sans elles.
    assert "pip install --no-cache-dir .\n" not in etapes
    assert 'R2D_ENTRYPOINT="${REPO_DIR}/binder/start"' in etapes
    # postBuild passe quand tout est là, sinon il n'effacerait pas ce qui arrive après lui.
    assert etapes.rindex(" src/ ${REPO_DIR}/") < etapes.index("RUN ./binder/postBuild")


@sous_posix
def test_post_build_refuse_de_vider_un_dossier_de_travail(tmp_path):
    (tmp_path / "solutions").mkdir()
    for dossier_attendu in ({}, {"REPO_DIR": str(tmp_path / "ailleurs")}):
        env = {"PATH": os.environ["PATH"], **dossier_attendu}
        essai = subprocess.run(
            ["bash", str(BINDER / "postBuild")], cwd=tmp_path, env=env, capture_output=True
        )
        assert essai.returncode == 1
        assert "ne se lance que" in essai.stderr.decode()
        assert (tmp_path / "solutions").is_dir()


@sous_posix
def test_start_ouvre_la_session_meme_sans_les_reglages(tmp_path):
    """Un ``python`` qui échoue, à la place du vrai : la commande demandée part quand même, sans réglages."""
    faux = tmp_path / "python"
    faux.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    faux.chmod(0o755)
    env = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    essai = subprocess.run(
        [
            str(BINDER / "start"),
            "sh",
            "-c",
            'echo "parti:$JUPYTER_CONFIG_PATH:$1"',
            "sh",
            "un  mot",
        ],
        env=env,
        capture_output=True,
        text=True,
    )
    assert essai.stdout.strip() == "parti::un  mot"
    assert "sans eux" in essai.stderr


# --- L'installation, pour de vrai -------------------------------------------------------------------------------


def phrases_du_corrige(racine: Path) -> list[str]:
    """Ce que seul le corrigé dit : phrases et lignes de tableau des réponses types, assez longues pour être uniques.

    Ce que l'énoncé donne à classer est dans les deux : ce n'est pas le corrigé.
    """
    phrases, enonces = set(), []
    for chemin in racine.glob("solutions/**/*.ipynb"):
        for cellule in json.loads(chemin.read_text(encoding="utf-8"))["cells"]:
            ecrit = "".join(cellule["source"])
            enonces.append(SOLUTION.sub("", ecrit))
            for region in SOLUTION.findall(ecrit):
                phrases.update(re.split(r"\n|(?<=[.!?]) ", region))
    donne = "\n".join(enonces)
    longues = {phrase.strip() for phrase in phrases if len(phrase.strip()) > 35}
    return sorted(phrase for phrase in longues if phrase not in donne)


def fichiers_qui_contiennent(phrases: list[str], *dossiers: Path) -> set[str]:
    """Les fichiers où l'une des phrases apparaît, telle quelle ou comme l'écrit un notebook (guillemets échappés)."""
    ecrits = {
        json.dumps(p, ensure_ascii=ascii_seul)[1:-1].encode()
        for p in phrases
        for ascii_seul in (True, False)
    }
    cherches = [p.encode() for p in phrases] + sorted(ecrits)
    fichiers = (f for dossier in dossiers for f in dossier.rglob("*") if f.is_file())
    return {
        f.name
        for f in fichiers
        if any(cherche in contenu for contenu in [f.read_bytes()] for cherche in cherches)
    }


def interpreteur() -> str:
    """Le Python de l'image s'il est sur cette machine, sinon celui des tests."""
    candidat = shutil.which(f"python{VERSION_PYTHON}")
    if (
        candidat
        and not subprocess.run(
            [candidat, "-c", "import venv, ensurepip"], capture_output=True
        ).returncode
    ):
        return candidat
    return sys.executable


class Image:
    """Ce que fait la construction de l'image, dans un dossier jetable : un environnement neuf, une copie du dépôt."""

    def __init__(self, base: Path):
        self.depot = base / "depot"
        self.environnement = base / "venv"
        self.python = str(self.environnement / "bin" / "python")
        # Rien de ce poste : ni son dossier personnel, ni ses réglages Jupyter, ni un autre environnement Python.
        herite = {
            nom: valeur
            for nom, valeur in os.environ.items()
            if not nom.startswith(("JUPYTER", "PYTHON", "IPYTHON", "VIRTUAL_ENV", "XDG_"))
        }
        chemins = os.pathsep.join([str(self.environnement / "bin"), os.environ["PATH"]])
        self.env = {
            **herite,
            "PATH": chemins,
            "HOME": str(self.depot),
            "REPO_DIR": str(self.depot),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    def lancer(self, *commande: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            commande, cwd=self.depot, env=self.env, capture_output=True, text=True, timeout=300
        )

    def reussir(self, *commande: str) -> str:
        fini = self.lancer(*commande)
        assert fini.returncode == 0, f"{commande} : {fini.stdout[-1500:]}\n{fini.stderr[-1500:]}"
        return fini.stdout

    def copier_le_depot(self) -> None:
        """Les fichiers que git suit ou suivra, avec un historique : c'est lui aussi qu'il faut voir disparaître."""
        liste = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=RACINE,
            capture_output=True,
        )
        if liste.returncode:
            pytest.skip(
                "Ce dossier n'est pas un dépôt git : impossible de savoir ce qui serait publié."
            )
        noms = [nom for nom in liste.stdout.decode().split("\0") if (RACINE / nom).is_file()]
        for nom in noms:
            (self.depot / nom).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(RACINE / nom, self.depot / nom)
        self.publies = {".git", *(Path(nom).parts[0] for nom in noms)}
        self.reussir("git", "init", "--quiet")
        self.reussir("git", "add", "--all")
        self.reussir(
            "git",
            "-c",
            "user.name=essai",
            "-c",
            "user.email=essai",
            "commit",
            "--quiet",
            "-m",
            "essai",
        )

    def installer_les_paquets(self) -> None:
        self.reussir(interpreteur(), "-m", "venv", str(self.environnement))
        version = self.reussir(
            self.python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"
        ).strip()
        if version == VERSION_PYTHON:
            self.figees = versions(STAGIAIRE)
            choix = ["-r", "binder/requirements.txt"]
        else:
            # requirements.txt est figé pour le Python de l'image ; numpy, par exemple, y est trop récent pour 3.11. Les
            # mêmes paquets s'installent alors aux versions éprouvées pour ce Python-ci : tout le reste de l'essai vaut.
            self.figees = versions(VERSIONS)
            choix = ["-c", "binder/versions.txt", *versions(STAGIAIRE)]
        self.reussir(self.python, "-m", "pip", "install", "--quiet", *choix)


@pytest.fixture(scope="module")
def image(tmp_path_factory) -> Image:
    image = Image(tmp_path_factory.mktemp("image"))
    image.depot.mkdir()
    image.copier_le_depot()
    image.installer_les_paquets()
    image.phrases = phrases_du_corrige(image.depot)
    # Sans ce témoin, une recherche qui ne trouve jamais rien passerait pour une bonne nouvelle.
    assert len(image.phrases) >= 8
    assert "s2_tp1_ltv.ipynb" in fichiers_qui_contiennent(image.phrases, image.depot / "solutions")
    (image.depot / ".bashrc").write_text(
        "# fourni par l'image, pas par le dépôt\n", encoding="utf-8"
    )
    image.reussir("binder/postBuild")
    image.reste = {chemin.name for chemin in image.depot.iterdir()}
    return image


@pytest.fixture
def adresse_du_serveur(image):
    """Le serveur, ouvert comme en ligne par ``binder/start`` ; sans mot de passe, sur cette machine seulement."""
    port = port_libre()
    adresse = f"http://127.0.0.1:{port}"
    commande = [
        "binder/start",
        "jupyter",
        "lab",
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
    ]
    with (image.depot.parent / "serveur.txt").open("w+", encoding="utf-8") as journal:
        serveur = subprocess.Popen(
            commande, cwd=image.depot, env=image.env, stdout=journal, stderr=journal
        )
        try:
            fin = time.monotonic() + PATIENCE
            while lire(f"{adresse}/api")[0] != 200:
                journal.seek(0)
                assert serveur.poll() is None, f"Le serveur s'est arrêté : {journal.read()}"
                assert time.monotonic() < fin, f"Le serveur ne répond pas : {journal.read()}"
                time.sleep(0.3)
            yield adresse
        finally:
            serveur.terminate()
            try:
                serveur.wait(20)
            except subprocess.TimeoutExpired:
                serveur.kill()
                serveur.wait()


def lire(adresse: str) -> tuple[int, str]:
    """Le code de réponse (0 si personne ne répond) et la page."""
    try:
        with urllib.request.urlopen(adresse, timeout=20) as reponse:
            return reponse.status, reponse.read().decode()
    except urllib.error.HTTPError as erreur:
        return erreur.code, ""
    except OSError:
        return 0, ""


# NBGRADER_EXECUTION : au poste, une erreur devient une phrase française ; ici, elle doit rester une erreur.
EXECUTER = """
import os, sys, nbformat
from nbclient import NotebookClient
os.environ["NBGRADER_EXECUTION"] = "1"
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=60, allow_errors=True, resources={"metadata": {"path": sys.argv[2]}}).execute()
for cellule in notebook.cells:
    for sortie in cellule.get("outputs", []):
        if sortie.output_type == "error" or sortie.get("name") == "stderr":
            print(cellule.get("id"), sortie)
"""


@pytest.mark.skipif(est_eprouvee(), reason="rien n'a changé depuis la dernière installation")
@sous_posix
class TestInstallationReelle:
    """Lent : le premier de ces tests installe tout, les autres regardent."""

    def test_il_ne_reste_que_le_cours(self, image):
        assert {".git", "solutions", "autograde", "tests"} <= image.publies
        assert image.reste & image.publies == {"binder", "course"}
        assert {nom for nom in image.reste if not nom.startswith(".")} == {"binder", "course"}
        assert [chemin.name for chemin in (image.depot / "binder").iterdir()] == ["start"]
        # Les fichiers cachés venus d'ailleurs sont ceux de la session : on n'y touche pas.
        assert ".bashrc" in image.reste
        assert (image.depot / ACCUEIL).is_file()

    def test_course_est_intact(self, image):
        attendus = {
            c.relative_to(RACINE): c.read_bytes() for c in (RACINE / "course").glob("*/*.ipynb")
        }
        assert attendus
        assert {nom: (image.depot / nom).read_bytes() for nom in attendus} == attendus

    def test_aucun_corrige_dans_le_dossier_ni_dans_le_paquet_installe(self, image):
        installe = Path(
            image.reussir(
                image.python, "-c", "import grc_helpers; print(grc_helpers.__path__[0])"
            ).strip()
        )
        assert image.environnement in installe.parents
        assert not fichiers_qui_contiennent(image.phrases, image.depot, installe)
        restants = {f.name for dossier in (image.depot, installe) for f in dossier.rglob("*")}
        assert not restants & {"bareme.yml", "essais.yml", "solutions", "autograde"}

    def test_les_versions_sont_celles_qui_sont_figees(self, image):
        liste = json.loads(image.reussir(image.python, "-m", "pip", "list", "--format=json"))
        installes = {canonicalize_name(paquet["name"]): paquet["version"] for paquet in liste}
        assert "grc-helpers" in installes
        for nom in set(installes) - {"grc-helpers", "pip", "setuptools"}:
            assert installes[nom] in image.figees[nom], nom
        image.reussir(image.python, "-m", "pip", "check")

    def test_le_stagiaire_a_ses_outils_et_pas_ceux_du_formateur(self, image):
        image.reussir(
            image.python,
            "-c",
            "import grc_helpers.noyau.magies, grc_helpers.simulateurs.valeur_client",
        )
        for absent in ("nbgrader", "autograde"):
            essai = image.lancer(image.python, "-c", f"import {absent}")
            assert f"No module named '{absent}'" in essai.stderr

    def test_le_serveur_ouvre_la_page_d_accueil(self, image, adresse_du_serveur):
        code, page = lire(f"{adresse_du_serveur}/lab/tree/{ACCUEIL}")
        assert code == 200
        # L'extension de saisie n'est annoncée que si les réglages du cours ont été trouvés.
        assert "grc-poste" in page
        # JupyterLab répond 200 même pour un fichier absent : on demande aussi le fichier lui-même.
        assert lire(f"{adresse_du_serveur}/api/contents/{ACCUEIL}")[0] == 200
        for disparu in ("solutions", "autograde", "tests", "README.md"):
            assert lire(f"{adresse_du_serveur}/api/contents/{disparu}")[0] == 404

    @pytest.mark.parametrize("nom", ["s0_prise_en_main/s0_prise_en_main", "s2_tp1_ltv/s2_tp1_ltv"])
    def test_un_notebook_s_execute_en_entier_sans_erreur(self, image, nom, tmp_path):
        notebook = image.depot / "course" / f"{nom}.ipynb"
        assert image.reussir(image.python, "-c", EXECUTER, str(notebook), str(tmp_path)) == ""
