"""Le relevé de notes d'un devoir, lu dans le carnet nbgrader : la note manuelle l'emporte sur l'automatique."""

from dataclasses import dataclass

from autograde.carnet.sql import Base, CarnetAbsent
from autograde.carnet.stagiaires import lire_les_stagiaires
from autograde.cours.devoir import SUFFIXE_TEST, Devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur


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


_DEVOIRS = """
select distinct a.name from assignment a join submitted_assignment s on s.assignment_id = a.id"""
_REMISES = """
select s.student_id from assignment a join submitted_assignment s on s.assignment_id = a.id where a.name = ?"""
_NOTES = """
select s.student_id, b.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
from assignment a
join notebook n on n.assignment_id = a.id and n.name = a.name
join base_cell b on b.notebook_id = n.id and b.type = 'GradeCell'
join grade g on g.cell_id = b.id
join submitted_notebook r on r.id = g.notebook_id
join submitted_assignment s on s.id = r.assignment_id
where a.name = ?"""
_COMMENTAIRES = """
select s.student_id, b.name, c.manual_comment
from assignment a
join notebook n on n.assignment_id = a.id and n.name = a.name
join base_cell b on b.notebook_id = n.id
join comment c on c.cell_id = b.id
join submitted_notebook r on r.id = c.notebook_id
join submitted_assignment s on s.id = r.assignment_id
where a.name = ? and c.manual_comment is not null"""


def devoirs_au_carnet(cours: Cours) -> list[str]:
    """Les devoirs qui ont des copies au carnet, dans l'ordre du cours."""
    try:
        with Base(cours.db_url) as base:
            connus = {nom for (nom,) in base.lire(_DEVOIRS)}
    except CarnetAbsent:
        connus = set()
    return [nom for nom in cours.devoirs_notes() if nom in connus]


def releves(cours: Cours, devoir: Devoir) -> list[Releve]:
    """Les relevés de tous les stagiaires qui ont une copie au carnet, par ordre alphabétique."""
    inconnu = ErreurFormateur(
        f"Le carnet ne connaît pas « {devoir.nom} ». Lancez d'abord : grc corriger {devoir.nom}"
    )
    try:
        with Base(cours.db_url) as base:
            if not base.lire("select id from assignment where name = ?", (devoir.nom,)):
                raise inconnu
            inscrits = lire_les_stagiaires(base)
            commentaires = {
                (stagiaire, cellule): texte
                for stagiaire, cellule, texte in base.lire(_COMMENTAIRES, (devoir.nom,))
            }
            notes: dict[str, dict[str, NoteRelevee]] = {
                stagiaire: {} for (stagiaire,) in base.lire(_REMISES, (devoir.nom,))
            }
            for stagiaire, cellule, *valeurs in base.lire(_NOTES, (devoir.nom,)):
                question = cellule.removesuffix(SUFFIXE_TEST)
                if question in devoir.questions:
                    commentaire = commentaires.get((stagiaire, question), "")
                    notes[stagiaire][question] = _note(
                        *valeurs, maximum=devoir.points[question], commentaire=commentaire
                    )
    except CarnetAbsent as erreur:
        raise inconnu from erreur
    return [
        Releve(
            stagiaire,
            inscrits[stagiaire].nom,
            {question: lues[question] for question in devoir.questions if question in lues},
        )
        for stagiaire, lues in sorted(notes.items())
    ]


def _note(auto, manuelle, bonus, a_relire, *, maximum: float, commentaire: str) -> NoteRelevee:
    """La note comme nbgrader la compte : la manuelle, sinon l'automatique, plus le bonus."""
    notee = auto if manuelle is None else manuelle
    return NoteRelevee(
        None if notee is None else notee + (bonus or 0), maximum, bool(a_relire), commentaire
    )
