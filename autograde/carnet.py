"""Écrire une correction dans le carnet de nbgrader, avec son vocabulaire : note automatique, relecture demandée, commentaire.

Une note manuelle n'est jamais modifiée. Elle n'est redemandée que si la réponse ou le barème a changé : l'empreinte de
ce qui avait été noté est gardée dans une table à nous, à côté de celles de nbgrader.
"""

import os
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path

from nbgrader.api import Grade, Gradebook
from sqlalchemy import Column, MetaData, String, Table, select
from sqlalchemy.exc import SAWarning
from sqlalchemy.orm import Session

from autograde.correction import Correction
from autograde.cours import Cours
from autograde.devoir import SUFFIXE_TEST

_EMPREINTES = Table(
    "grc_empreinte", MetaData(), Column("grade_id", String(32), primary_key=True), Column("empreinte", String(32), nullable=False)
)


def ouvrir(cours: Cours) -> Gradebook:
    """Le carnet du cours, à utiliser avec ``with``."""
    # À la création d'un carnet, nbgrader appelle la commande « alembic » : elle est à côté de l'interpréteur.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    # nbgrader 0.9 déclenche des avertissements de SQLAlchemy en créant une remise ; ils sont sans effet.
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
    cours.travail.mkdir(parents=True, exist_ok=True)
    return Gradebook(cours.db_url)


def empreintes(carnet: Gradebook, grades: Iterable[Grade]) -> dict[str, str]:
    """L'empreinte de ce que la dernière correction a noté (réponse, points, barème), par identifiant de note."""
    _EMPREINTES.create(carnet.engine, checkfirst=True)
    lignes = carnet.db().execute(select(_EMPREINTES).where(_EMPREINTES.c.grade_id.in_([grade.id for grade in grades])))
    return {ligne.grade_id: ligne.empreinte for ligne in lignes}


def inscrire(carnet: Gradebook, stagiaire: str, correction: Correction) -> None:
    """Inscrit une correction au carnet ouvert, en une seule transaction."""
    devoir = correction.devoir
    carnet.update_or_create_student(stagiaire)
    remise = carnet.update_or_create_submission(devoir.nom, stagiaire)
    _EMPREINTES.create(carnet.engine, checkfirst=True)
    session: Session = carnet.db()
    for notebook in remise.notebooks:
        grades = {grade.name.removesuffix(SUFFIXE_TEST): grade for grade in notebook.grades}
        commentaires = {commentaire.name: commentaire for commentaire in notebook.comments}
        for identifiant in correction.notes:
            _inscrire_note(session, grades[identifiant], correction, identifiant)
            commentaires[identifiant].auto_comment = correction.notes[identifiant].resume() or None
    session.commit()


def _inscrire_note(session: Session, grade: Grade, correction: Correction, identifiant: str) -> None:
    # Posée en décidant élément par élément (elle valait la note qui en résulte), une note manuelle suit les décisions suivantes.
    suit = correction.decidee(identifiant) and grade.manual_score is not None and grade.manual_score == grade.auto_score
    grade.auto_score = correction.points(identifiant)
    doute = grade.auto_score is None or bool(correction.notes[identifiant].a_verifier)
    empreinte = correction.empreinte(identifiant)
    ancienne = session.scalar(select(_EMPREINTES.c.empreinte).where(_EMPREINTES.c.grade_id == grade.id))
    if grade.manual_score is None:
        grade.needs_manual_grade = doute
    elif ancienne != empreinte:
        grade.needs_manual_grade = True
    elif suit:
        grade.manual_score = grade.auto_score
    if ancienne is None:
        session.execute(_EMPREINTES.insert().values(grade_id=grade.id, empreinte=empreinte))
    elif ancienne != empreinte:
        session.execute(_EMPREINTES.update().where(_EMPREINTES.c.grade_id == grade.id).values(empreinte=empreinte))
