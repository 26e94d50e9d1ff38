"""De ``solutions/`` à ``course/`` : la version distribuée est produite par nbgrader, jamais écrite à la main."""

import json
import logging
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecrire_en_entier


def configuration(cours: Cours):
    """La configuration nbgrader du cours (``nbgrader_config.py``), sous forme d'objet traitlets."""
    from traitlets.config.loader import PyFileConfigLoader

    with _environnement(cours.environnement):
        reglages = PyFileConfigLoader(
            "nbgrader_config.py", path=str(Path(__file__).parents[1])
        ).load_config()
    reglages.CourseDirectory.root = str(cours.racine)
    reglages.CourseDirectory.db_url = cours.db_url
    return reglages


@contextmanager
def _environnement(variables: dict[str, str]):
    """Ces variables, le temps d'un bloc : ensuite, une autre commande retrouve la classe du formateur et non celle-ci."""
    avant = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(avant)


def produire(cours: Cours, devoir: str) -> Path:
    """Produit ``course/<devoir>/`` et inscrit le devoir dans le carnet. Renvoie le notebook distribué."""
    if devoir not in cours.dossiers():
        raise ErreurFormateur(
            f"Le devoir « {devoir} » n'existe pas. Devoirs connus : {', '.join(cours.dossiers())}."
        )
    for source in sorted((cours.solutions / devoir).glob("*.ipynb")):
        remettre_le_notebook_en_forme(source)
    _generer_et_inscrire(cours, devoir, cours.distribue)
    return cours.notebook_distribue(devoir)


def inscrire_le_devoir(cours: Cours, devoir: str) -> None:
    """Fait connaître le devoir au carnet, comme ``nbgrader generate_assignment``, sans toucher à ``course/``."""
    with tempfile.TemporaryDirectory() as dossier:
        _generer_et_inscrire(cours, devoir, Path(dossier))


def _generer_et_inscrire(cours: Cours, devoir: str, destination: Path) -> None:
    """nbgrader écrit dans un carnet à part ; celui de la classe ne reçoit que le devoir entier."""
    from autograde.carnet.api import creer_le_carnet
    from autograde.carnet.devoirs import copier_le_devoir
    from autograde.carnet.sql import Base

    note = devoir in cours.devoirs_notes()
    if note:
        creer_le_carnet(cours)  # il peut refuser : avant que rien ne soit récrit
    with tempfile.TemporaryDirectory() as dossier:
        a_part = Cours(cours.racine, Path(dossier))
        generer(a_part, devoir, destination)
        if note:
            with Base(a_part.db_url) as modele, Base(cours.db_url) as base:
                copier_le_devoir(modele, base, devoir)


def generer(cours: Cours, devoir: str, destination: Path) -> None:
    """Lance ``nbgrader generate_assignment`` sur un devoir, vers le dossier ``destination``."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    from autograde.carnet.api import ouvrir

    ouvrir(cours).close()  # le carnet existe avant que nbgrader ne s'en serve
    reglages = configuration(cours)
    reglages.CourseDirectory.release_directory = str(destination)
    if devoir not in cours.devoirs_notes():
        # L'accueil et les tableaux de bord se produisent, mais ne sont pas des devoirs : rien au carnet.
        reglages.SaveCells.enabled = False
        reglages.GenerateAssignment.no_database = True
    dossiers = CourseDirectory(config=reglages)
    dossiers.assignment_id = devoir
    journal = _Journal()
    convertisseur = GenerateAssignment(coursedir=dossiers, config=reglages, log=journal.logger)
    convertisseur.force = True
    try:
        convertisseur.start()
    except Exception as erreur:
        raise ErreurFormateur(
            f"nbgrader n'a pas pu produire « {devoir} » : {journal.dernier or erreur}"
        ) from erreur


def remettre_le_notebook_en_forme(chemin: Path) -> None:
    """Écrit le notebook source sous sa forme canonique : sans sorties, mêmes métadonnées, mêmes retours à la ligne.

    Un notebook ouvert et enregistré dans JupyterLab redevient ainsi identique s'il n'a pas été modifié.
    """
    notebook = json.loads(chemin.read_text(encoding="utf-8"))
    notebook["metadata"] = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
    for cellule in notebook["cells"]:
        nbgrader = cellule.get("metadata", {}).get("nbgrader")
        cellule["metadata"] = {"nbgrader": nbgrader} if nbgrader else {}
        if isinstance(cellule["source"], str):
            cellule["source"] = cellule["source"].splitlines(keepends=True)
        if cellule["cell_type"] == "code":
            cellule["outputs"], cellule["execution_count"] = [], None
    texte = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if texte != chemin.read_text(encoding="utf-8"):
        ecrire_en_entier(chemin, texte)


class _Journal(logging.Handler):
    """Retient le dernier message d'erreur de nbgrader, au lieu de laisser défiler son journal en anglais."""

    def __init__(self):
        super().__init__(level=logging.ERROR)
        self.dernier = ""
        self.logger = logging.Logger("production")
        self.logger.addHandler(self)

    def emit(self, record):
        if "Traceback" not in record.getMessage():
            self.dernier = record.getMessage()
