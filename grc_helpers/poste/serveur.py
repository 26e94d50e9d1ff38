"""Les réglages du serveur : des noyaux prêts à répondre, rien sur le réseau, une copie réparée et gardée quand on enregistre."""

import atexit
import hashlib
import json
import os
import shutil
import tempfile
import warnings
from pathlib import Path

from jupyter_core.paths import jupyter_config_dir, jupyter_path

from grc_helpers.poste import DOSSIER_POSTE, DOSSIER_REGLAGES
from grc_helpers.poste.assemblage import assembler_la_feuille, assembler_les_modules
from grc_helpers.poste.enregistrement import avant_d_enregistrer

EXTENSION, WIDGETS = "grc-poste", "@jupyter-widgets/jupyterlab-manager"
# Installées avec le cours ou avec les outils du formateur, elles prennent de la mémoire et du temps au démarrage sans servir ici.
SANS_EMPLOI = (
    "jupyter_lsp",
    "jupyter_server_terminals",
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.course_list",
    "nbgrader.server_extensions.formgrader",
    "nbgrader.server_extensions.validate_assignment",
    "voila.server_extension",
)
_REGLAGES_DU_NOYAU = """\
import sys

c = get_config()  # noqa: F821
# Le débogueur de JupyterLab est éteint : sans lui, un noyau pèse 10 Mo de moins.
sys.modules["debugpy"] = None
# Les cellules de réponse marchent avant toute cellule d'initialisation, et après chaque redémarrage du noyau.
c.InteractiveShellApp.extensions = ["grc_helpers"]
# Poste partagé : la flèche du haut ne doit pas rappeler la réponse du stagiaire précédent.
c.HistoryManager.enabled = False
# Rien d'alarmant dans la fenêtre noire : le noyau n'est joint que par cette machine.
c.IPKernelApp.log_level = "ERROR"
"""


def regler(c) -> None:
    """Applique nos réglages à la configuration ``c`` que Jupyter est en train de lire."""
    dossier = dossier_du_serveur()
    preparer_les_noyaux(dossier)
    extensions = poser_l_extension(dossier)
    poser_les_widgets(extensions)
    # JupyterLab et Notebook 7 sont deux applications du même serveur : mêmes réglages pour les deux.
    for application in (c.LabApp, c.JupyterNotebookApp):
        _regler_l_application(application, dossier, extensions)

    # Rien ne part sur le réseau : ni actualités, ni recherche de mise à jour, ni catalogue d'extensions.
    c.LabApp.news_url = None
    c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
    c.LabApp.extension_manager = "readonly"

    # Le noyau d'une page fermée sans « Terminer » : un quart d'heure pour y revenir, et il s'éteint.
    c.MappingKernelManager.cull_idle_timeout = 900
    c.MappingKernelManager.cull_interval = 60

    c.ServerApp.terminals_enabled = False
    # Réseau faible : la première page passe de 7,5 à 2 Mo.
    c.ServerApp.tornado_settings = {"compress_response": True}
    # La fenêtre noire ne montre que l'adresse et les vraies pannes, pas cinquante lignes d'anglais.
    c.Application.log_level = "ERROR"

    c.ServerApp.jpserver_extensions = {
        "grc_helpers.poste.points_acces": True,
        **dict.fromkeys(SANS_EMPLOI, False),
    }
    c.ContentsManager.pre_save_hook = avant_d_enregistrer
    # Jupyter applique deux fois sa configuration et s'étonne d'y retrouver la même fonction.
    warnings.filterwarnings("ignore", message="Overriding existing pre_save_hook")


def _regler_l_application(application, dossier: Path, extensions: Path) -> None:
    # Ce réglage, et non un fichier dans l'environnement : il ne vaut que pour ce serveur.
    application.app_settings_dir = str(DOSSIER_REGLAGES)
    application.labextensions_path = [str(extensions)]
    # Les préférences du cours (thème, taille) ont leur dossier : le Jupyter personnel d'un formateur, en anglais ou
    # avec ses raccourcis, ne change pas le poste, et le cours ne change pas le sien.
    application.user_settings_dir = str(dossier_des_preferences())
    # Poste partagé : on ne rouvre pas les onglets du stagiaire précédent.
    application.workspaces_dir = str(dossier / "espaces")


def dossier_des_preferences() -> Path:
    """Où sont le thème et la taille choisis sur ce poste : à la personne présente, et non à la suivante."""
    return Path(jupyter_config_dir()) / "grc" / "preferences"


def dossier_du_serveur() -> Path:
    """Crée un dossier propre à ce serveur, effacé quand il s'arrête."""
    dossier = Path(tempfile.mkdtemp(prefix="grc-poste-"))
    # Sous Windows un noyau qui s'éteint tient parfois encore un fichier : un reste vaut mieux qu'une erreur.
    atexit.register(shutil.rmtree, dossier, ignore_errors=True)
    return dossier


def poser_l_extension(dossier: Path) -> Path:
    """Pose notre extension, assemblée, là où le serveur la sert, sous une adresse tirée de son contenu ; renvoie le dossier à donner à
    JupyterLab.

    JupyterLab dit au navigateur de ne jamais redemander ces fichiers : mis à jour sous la même adresse, ils ne seraient pas vus.
    """
    source = DOSSIER_POSTE / "extension" / EXTENSION
    fichiers = _fichiers_a_servir(source / "static")
    empreinte = hashlib.sha256()
    for nom, texte in fichiers.items():
        empreinte.update(f"{nom}\n{texte}".encode())
    version = f"static-{empreinte.hexdigest()[:12]}"
    pose = dossier / "extensions" / EXTENSION
    (pose / version).mkdir(parents=True)
    for nom, texte in fichiers.items():
        (pose / version / nom).write_text(texte, encoding="utf-8")
    declaration = json.loads((source / "package.json").read_text(encoding="utf-8"))
    batie = declaration["jupyterlab"]["_build"]
    batie["load"] = batie["load"].replace("static/", f"{version}/")
    (pose / "package.json").write_text(json.dumps(declaration), encoding="utf-8")
    return pose.parent


def _fichiers_a_servir(source: Path) -> dict[str, str]:
    """Ce que le navigateur demande : ce que JupyterLab charge, tous les modules en un, et les feuilles de style."""
    textes = {f.name: f.read_text(encoding="utf-8") for f in source.iterdir() if f.is_file()}
    return {
        "remoteEntry.grc.js": textes["remoteEntry.grc.js"],
        "activation.js": assembler_les_modules("activation.js", textes),
        "feuilles.css": assembler_la_feuille("feuilles.css", textes),
    }


def poser_les_widgets(extensions: Path) -> None:
    """Ajoute à nos extensions celle qui dessine les activités, et elle seule : les autres (nbgrader, Voilà…) pèsent sans servir ici."""
    for dossier in jupyter_path("labextensions"):
        source = Path(dossier, *WIDGETS.split("/"))
        if source.is_dir():
            _reunir_les_morceaux(Path(shutil.copytree(source, extensions / WIDGETS)))
            return


def _reunir_les_morceaux(extension: Path) -> None:
    """Met devant le fichier que charge JupyterLab les morceaux qu'il demanderait un par un : il les trouve déjà là."""
    declaration = json.loads((extension / "package.json").read_text(encoding="utf-8"))
    charge = extension / declaration["jupyterlab"]["_build"]["load"]
    morceaux = sorted(charge.parent.glob("[0-9]*.js"))
    textes = [fichier.read_text(encoding="utf-8") for fichier in (*morceaux, charge)]
    charge.write_text(";\n".join(textes), encoding="utf-8")


def preparer_les_noyaux(dossier: Path) -> None:
    """Donne aux noyaux de ce serveur un dossier IPython à eux ; ils en héritent par l'environnement."""
    profil = dossier / "ipython" / "profile_default"
    profil.mkdir(parents=True, exist_ok=True)
    (profil / "ipython_kernel_config.py").write_text(_REGLAGES_DU_NOYAU, encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(profil.parent)
