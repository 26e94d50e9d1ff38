"""Les réglages du serveur : des noyaux prêts à répondre, rien sur le réseau, une copie propre quand on enregistre."""

import atexit
import os
import shutil
import tempfile
import warnings
from pathlib import Path

from jupyter_core.paths import jupyter_config_dir

from grc_helpers.poste import DOSSIER_POSTE, DOSSIER_REGLAGES

_REGLAGES_DU_NOYAU = """\
c = get_config()  # noqa: F821
# Les cellules de réponse marchent avant toute cellule d'initialisation, et après chaque redémarrage du noyau.
c.InteractiveShellApp.extensions = ["grc_helpers"]
# Poste partagé : la flèche du haut ne doit pas rappeler la réponse du stagiaire précédent.
c.HistoryManager.enabled = False
"""


def regler(c) -> None:
    """Applique nos réglages à la configuration ``c`` que Jupyter est en train de lire."""
    dossier = dossier_du_serveur()
    preparer_les_noyaux(dossier)
    # JupyterLab et Notebook 7 sont deux applications du même serveur : mêmes réglages pour les deux.
    for application in (c.LabApp, c.JupyterNotebookApp):
        _regler_l_application(application, dossier)

    # Rien ne part sur le réseau : ni actualités, ni recherche de mise à jour, ni catalogue d'extensions.
    c.LabApp.news_url = None
    c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
    c.LabApp.extension_manager = "readonly"

    c.ServerApp.terminals_enabled = False
    # La fenêtre noire ne montre que l'adresse et les vraies alertes, pas cinquante lignes d'anglais.
    c.Application.log_level = "WARN"

    c.ContentsManager.pre_save_hook = retirer_les_doublons
    # Jupyter applique deux fois sa configuration et s'étonne d'y retrouver la même fonction.
    warnings.filterwarnings("ignore", message="Overriding existing pre_save_hook")


def _regler_l_application(application, dossier: Path) -> None:
    # Ce réglage, et non un fichier dans l'environnement : il ne vaut que pour ce serveur.
    application.app_settings_dir = str(DOSSIER_REGLAGES)
    application.extra_labextensions_path = [str(DOSSIER_POSTE / "extension")]
    # Les préférences du cours (thème, taille) ont leur dossier : le Jupyter personnel d'un formateur, en anglais ou
    # avec ses raccourcis, ne change pas le poste, et le cours ne change pas le sien.
    application.user_settings_dir = str(Path(jupyter_config_dir()) / "grc" / "preferences")
    # Poste partagé : on ne rouvre pas les onglets du stagiaire précédent.
    application.workspaces_dir = str(dossier / "espaces")


def dossier_du_serveur() -> Path:
    """Crée un dossier propre à ce serveur, effacé quand il s'arrête."""
    dossier = Path(tempfile.mkdtemp(prefix="grc-poste-"))
    # Sous Windows un noyau qui s'éteint tient parfois encore un fichier : un reste vaut mieux qu'une erreur.
    atexit.register(shutil.rmtree, dossier, ignore_errors=True)
    return dossier


def preparer_les_noyaux(dossier: Path) -> None:
    """Donne aux noyaux de ce serveur un dossier IPython à eux ; ils en héritent par l'environnement."""
    profil = dossier / "ipython" / "profile_default"
    profil.mkdir(parents=True, exist_ok=True)
    (profil / "ipython_kernel_config.py").write_text(_REGLAGES_DU_NOYAU, encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(profil.parent)


def retirer_les_doublons(model, **_) -> None:
    """Avant d'enregistrer : une cellule de réponse copiée-collée redevient une cellule ordinaire.

    JupyterLab recopie les métadonnées nbgrader avec la cellule, et nbgrader refuse toute copie où un identifiant
    apparaît deux fois. Le texte de la copie n'est pas touché.
    """
    contenu = model.get("content")
    if model.get("type") != "notebook" or not isinstance(contenu, dict):
        return
    cellules = [cellule for cellule in contenu.get("cells", []) if _identifiant(cellule)]
    originaux: dict[str, dict] = {}
    for cellule in cellules:
        connu = originaux.get(_identifiant(cellule))
        if connu is None or (_protegee(cellule) and not _protegee(connu)):
            originaux[_identifiant(cellule)] = cellule
    for cellule in cellules:
        if cellule is not originaux[_identifiant(cellule)]:
            for cle in ("nbgrader", "deletable", "editable"):
                cellule["metadata"].pop(cle, None)


def _identifiant(cellule) -> str:
    """L'identifiant nbgrader de la cellule, ou rien."""
    metadonnees = cellule.get("metadata") if isinstance(cellule, dict) else None
    nbgrader = metadonnees.get("nbgrader") if isinstance(metadonnees, dict) else None
    identifiant = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return identifiant if isinstance(identifiant, str) else ""


def _protegee(cellule: dict) -> bool:
    """JupyterLab retire cette marque en collant : elle désigne l'original, même si la copie est collée au-dessus."""
    return cellule["metadata"].get("deletable") is False
