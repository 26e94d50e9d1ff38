"""Ce que le carnet nbgrader sait d'une question, et la note que le formateur y met : par l'API de nbgrader, en une transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)

from autograde.carnet.api import empreintes
from autograde.cours.devoir import SUFFIXE_TEST


@dataclass(frozen=True)
class EtatAuCarnet:
    """La note d'un stagiaire à une question, en points : ``manuelle`` si le formateur l'a mise, ``a_relire`` s'il doit la voir.

    ``empreinte`` : celle de la réponse et du barème que la dernière correction a notés.
    """

    manuelle: float | None
    a_relire: bool
    commentaire: str
    empreinte: str


@dataclass(frozen=True)
class NoteAutomatique:
    """Ce que le barème et les décisions du formateur donnent ensemble."""

    points: float | None
    resume: str


def lire_les_etats(carnet: Gradebook, devoir: str, question: str) -> dict[str, EtatAuCarnet]:
    """L'état de chaque stagiaire qui a une copie au carnet, en trois lectures pour toute la classe."""
    notes = _de_la_classe(carnet, Grade, devoir, question + SUFFIXE_TEST)
    commentaires = _de_la_classe(carnet, Comment, devoir, question)
    connues = empreintes(carnet, notes.values())
    return {
        stagiaire: EtatAuCarnet(
            note.manual_score,
            note.needs_manual_grade,
            _ecrit(commentaires.get(stagiaire)),
            connues.get(note.id, ""),
        )
        for stagiaire, note in notes.items()
    }


def _de_la_classe(carnet: Gradebook, table, devoir: str, cellule: str) -> dict:
    """Les notes ou les commentaires d'une cellule, par stagiaire."""
    lignes = (
        carnet.db.query(SubmittedAssignment.student_id, table)
        .select_from(table)
        .join(BaseCell, table.cell_id == BaseCell.id)
        .join(SubmittedNotebook, table.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == devoir, BaseCell.name == cellule)
    )
    return dict(lignes.all())


def _ecrit(commentaire: Comment | None) -> str:
    return (commentaire.manual_comment if commentaire else None) or ""


def noter(
    carnet: Gradebook,
    devoir: str,
    question: str,
    autos: Mapping[str, NoteAutomatique],
    manuelle: float | None,
    relue: bool,
) -> None:
    """Donne la même note à des copies identiques. ``relue`` : le formateur en a fini ; sinon elle attend autant qu'avant.

    ``autos``, par stagiaire, s'écrit en même temps : une note manuelle égale à l'automatique suit les décisions prises ensuite ailleurs.
    """
    for stagiaire, auto in autos.items():
        note = carnet.find_grade(question + SUFFIXE_TEST, devoir, devoir, stagiaire)
        note.auto_score, note.manual_score = auto.points, manuelle
        note.needs_manual_grade = note.needs_manual_grade and not relue
        carnet.find_comment(question, devoir, devoir, stagiaire).auto_comment = auto.resume or None
    carnet.db.commit()


def commenter(
    carnet: Gradebook, devoir: str, question: str, stagiaires: Iterable[str], texte: str
) -> None:
    """Le même commentaire pour des copies identiques ; un texte vide l'efface."""
    for stagiaire in stagiaires:
        carnet.find_comment(question, devoir, devoir, stagiaire).manual_comment = texte or None
    carnet.db.commit()
