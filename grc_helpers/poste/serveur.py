"""Les réglages du serveur : des noyaux prêts à répondre, rien sur le réseau, une copie réparée et gardée quand on enregistre."""

import atexit
import hashlib
import json
import os
import shutil
import tempfile
import warnings
from pathlib import Path

from jupyter_core.paths import jupyter_config_dir

from grc_helpers.poste import DOSSIER_POSTE, DOSSIER_REGLAGES
from grc_helpers.poste.enregistrement import avant_d_enregistrer

EXTENSION = "grc-poste"
_REGLAGES_DU_NOYAU = """\
c = get_config()  # noqa: F821
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
    # JupyterLab et Notebook 7 sont deux applications du même serveur : mêmes réglages pour les deux.
    for application in (c.LabApp, c.JupyterNotebookApp):
        _regler_l_application(application, dossier, extensions)

    # Rien ne part sur le réseau : ni actualités, ni recherche de mise à jour, ni catalogue d'extensions.
    c.LabApp.news_url = None
    c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
    c.LabApp.extension_manager = "readonly"

    c.ServerApp.terminals_enabled = False
    # Réseau faible : la première page passe de 7,5 à 2 Mo.
    c.ServerApp.tornado_settings = {"compress_response": True}
    # La fenêtre noire ne montre que l'adresse et les vraies pannes, pas cinquante lignes d'anglais.
    c.Application.log_level = "ERROR"

    c.ServerApp.jpserver_extensions = {"grc_helpers.poste.points_acces": True}
    c.ContentsManager.pre_save_hook = avant_d_enregistrer
    # Jupyter applique deux fois sa configuration et s'étonne d'y retrouver la même fonction.
    warnings.filterwarnings("ignore", message="Overriding existing pre_save_hook")


def _regler_l_application(application, dossier: Path, extensions: Path) -> None:
    # Ce réglage, et non un fichier dans l'environnement : il ne vaut que pour ce serveur.
    application.app_settings_dir = str(DOSSIER_REGLAGES)
    application.extra_labextensions_path = [str(extensions)]
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
    """Copie notre extension là où le serveur la sert, sous une adresse tirée de son contenu ; renvoie le dossier à donner à JupyterLab.

    JupyterLab dit au navigateur de ne jamais redemander ces fichiers : mis à jour sous la même adresse, ils ne seraient pas vus.
    """
    source = DOSSIER_POSTE / "extension" / EXTENSION
    fichiers = sorted(f for f in (source / "static").iterdir() if f.is_file())
    empreinte = hashlib.sha256()
    for fichier in fichiers:
        empreinte.update(fichier.name.encode() + fichier.read_bytes())
    version = f"static-{empreinte.hexdigest()[:12]}"
    pose = dossier / "extensions" / EXTENSION
    shutil.copytree(source / "static", pose / version)
    declaration = json.loads((source / "package.json").read_text(encoding="utf-8"))
    batie = declaration["jupyterlab"]["_build"]
    batie["load"] = batie["load"].replace("static/", f"{version}/")
    (pose / "package.json").write_text(json.dumps(declaration), encoding="utf-8")
    return pose.parent


def preparer_les_noyaux(dossier: Path) -> None:
    """Donne aux noyaux de ce serveur un dossier IPython à eux ; ils en héritent par l'environnement."""
    profil = dossier / "ipython" / "profile_default"
    profil.mkdir(parents=True, exist_ok=True)
    (profil / "ipython_kernel_config.py").write_text(_REGLAGES_DU_NOYAU, encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(profil.parent)
