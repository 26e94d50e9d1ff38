"""Le relevé de notes d'un devoir, lu dans le carnet nbgrader : la note manuelle l'emporte sur l'automatique."""

from dataclasses import dataclass

from autograde.cours import Cours, ErreurFormateur
from autograde.devoir import SUFFIXE_TEST, Devoir


@dataclass(frozen=True)
class NoteRelevee:
    """La note d'une question au carnet ; ``points`` vaut None tant que personne n'a noté."""

    points: float | None
    maximum: float
    a_relire: bool
    commentaire: str = ""


@dataclass(frozen=True)
class Releve:
    """Les notes d'un stagiaire pour un devoir."""

    stagiaire: str
    nom: str
    questions: dict[str, NoteRelevee]

    @property
    def total(self) -> float:
        return round(sum(note.points or 0 for note in self.questions.values()), 2)

    @property
    def a_relire(self) -> list[str]:
        return [identifiant for identifiant, note in self.questions.items() if note.a_relire]


def releves(cours: Cours, devoir: Devoir) -> list[Releve]:
    """Les relevés de tous les stagiaires qui ont une copie au carnet, par ordre alphabétique."""
    from nbgrader.api import MissingEntry

    from autograde.carnet import ouvrir

    with ouvrir(cours) as carnet:
        try:
            remises = carnet.find_assignment(devoir.nom).submissions
        except MissingEntry as erreur:
            raise ErreurFormateur(f"Le carnet ne connaît pas « {devoir.nom} ». Lancez d'abord : grc corriger {devoir.nom}") from erreur
        return [_releve(remise, devoir) for remise in sorted(remises, key=lambda remise: remise.student.id)]


def _releve(remise, devoir: Devoir) -> Releve:
    notebook = remise.notebooks[0]
    commentaires = {commentaire.name: commentaire.manual_comment or "" for commentaire in notebook.comments}
    grades = {grade.name.removesuffix(SUFFIXE_TEST): grade for grade in notebook.grades}
    questions = {
        identifiant: NoteRelevee(
            points=grade.score if grade.manual_score is not None or grade.auto_score is not None else None,
            maximum=devoir.points[identifiant],
            a_relire=grade.needs_manual_grade,
            commentaire=commentaires.get(identifiant, ""),
        )
        for identifiant in devoir.questions
        if (grade := grades.get(identifiant))
    }
    nom = " ".join(filter(None, (remise.student.first_name, remise.student.last_name)))
    return Releve(remise.student.id, nom or remise.student.id, questions)
