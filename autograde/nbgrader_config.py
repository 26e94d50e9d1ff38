"""Configuration nbgrader du cours.

Trouvée par nos commandes, ou par ``nbgrader`` lancé depuis ce dossier. Les dossiers portent les noms du cours, ceux de la classe sont
chez elle (``grc classe``) ; la correction lit les réponses au lieu d'exécuter les notebooks.
"""

import sys

from autograde.carnet.ouverture import refuser_un_carnet_perdu
from autograde.emplacement.console import cours_en_usage
from autograde.erreurs import ErreurFormateur

try:
    cours = cours_en_usage()
    refuser_un_carnet_perdu(cours)
except ErreurFormateur as erreur:
    # Une autre erreur n'arrêterait pas nbgrader : il continuerait avec ses propres réglages, qui exécutent les copies.
    sys.exit(str(erreur))
# nbgrader crée le carnet, pas le dossier où il est.
cours.travail.mkdir(parents=True, exist_ok=True)

c = get_config()  # noqa: F821 - fournie par nbgrader
c.CourseDirectory.root = str(cours.racine)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "course"
c.CourseDirectory.submitted_directory = str(cours.remises)
c.CourseDirectory.autograded_directory = str(cours.corrigees)
c.CourseDirectory.feedback_directory = str(cours.travail / "feedback")
c.CourseDirectory.db_url = cours.db_url
# Le nom du cours que nbgrader inscrit de lui-même ; vide, PostgreSQL le refuse (clé étrangère).
c.CourseDirectory.course_id = "default_course"
# Le barème et ses essais sont à côté du notebook source : ils n'en sortent pas.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.yml", "*.md", "*.py"]

# Une réponse à écrire est une ligne blanche sous la magie : rien à effacer avant d'écrire.
c.ClearSolutions.code_stub = {"python": ""}
c.ClearSolutions.text_stub = ""
c.GenerateAssignment.preprocessors = [
    "autograde.correction.preprocesseurs.PoserLesInsecables",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearSolutions",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
    "autograde.correction.preprocesseurs.ProtegerLaLecture",
]

# La correction sans noyau : greffer les réponses dans une copie neuve, puis les lire.
c.Autograde.sanitize_preprocessors = ["autograde.correction.preprocesseurs.Greffer"]
c.Autograde.autograde_preprocessors = [
    "autograde.correction.preprocesseurs.Noter",
    "nbgrader.preprocessors.AssignLatePenalties",
]
