"""Le relevé de notes d'un devoir, lu dans le carnet nbgrader : la note manuelle l'emporte sur l'automatique."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograde.carnet.ouverture import ouvrir_la_base
from autograde.carnet.sql import Base, CarnetAbsent, parmi
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


_REMISES = "from assignment a join submitted_assignment s on s.assignment_id = a.id"
# Une note ou un commentaire, la cellule du devoir et le stagiaire : « table » est « grade » ou « comment ».
CASES = """
from assignment a
join notebook n on n.assignment_id = a.id and n.name = a.name
join base_cell b on b.notebook_id = n.id
join {table} c on c.cell_id = b.id
join submitted_notebook r on r.id = c.notebook_id
join submitted_assignment s on s.id = r.assignment_id"""
_NOTES = (
    "select s.student_id, b.name, c.auto_score, c.manual_score, c.extra_credit, c.needs_manual_grade"
    + CASES.format(table="grade")
)
_COMMENTAIRES = "select s.student_id, b.name, c.manual_comment" + CASES.format(table="comment")


def devoirs_au_carnet(cours: Cours) -> list[str]:
    """Les devoirs qui ont des copies au carnet, dans l'ordre du cours."""
    try:
        with ouvrir_la_base(cours) as base:
            connus = {nom for (nom,) in base.lire(f"select distinct a.name {_REMISES}")}
    except CarnetAbsent:
        connus = set()
    return [nom for nom in cours.devoirs_notes() if nom in connus]


def ont_rendu(cours: Cours, devoir: str) -> list[str]:
    """Les stagiaires qui ont une copie de ce devoir au carnet, par ordre alphabétique."""
    try:
        with ouvrir_la_base(cours) as base:
            lignes = base.lire(f"select s.student_id {_REMISES} where a.name = ?", (devoir,))
    except CarnetAbsent:
        return []
    return sorted(stagiaire for (stagiaire,) in lignes)


def releves(cours: Cours, devoir: Devoir, stagiaires: Sequence[str] | None = None) -> list[Releve]:
    """Les relevés de ceux qui ont une copie au carnet, par ordre alphabétique : toute la classe, ou ces seuls ``stagiaires``.

    Lève ``ErreurFormateur`` si le carnet ne connaît pas le devoir.
    """
    inconnu = ErreurFormateur(
        f"Le carnet ne connaît pas « {devoir.nom} ». Lancez d'abord : grc corriger {devoir.nom}"
    )
    try:
        with ouvrir_la_base(cours) as base:
            if not base.lire("select id from assignment where name = ?", (devoir.nom,)):
                raise inconnu
            return _relever(base, devoir, stagiaires)
    except CarnetAbsent as erreur:
        raise inconnu from erreur


def _relever(base: Base, devoir: Devoir, stagiaires: Sequence[str] | None) -> list[Releve]:
    filtre, parametres = " where a.name = ?", [devoir.nom]
    if stagiaires is not None:
        filtre, parametres = (
            f"{filtre} and s.student_id {parmi(stagiaires)}",
            [devoir.nom, *stagiaires],
        )
    commentaires = {
        (stagiaire, cellule): texte or ""
        for stagiaire, cellule, texte in base.lire(_COMMENTAIRES + filtre, parametres)
    }
    remises = base.lire(f"select s.student_id {_REMISES}{filtre}", parametres)
    notes: dict[str, dict[str, NoteRelevee]] = {stagiaire: {} for (stagiaire,) in sorted(remises)}
    for stagiaire, cellule, *valeurs in base.lire(_NOTES + filtre, parametres):
        question = cellule.removesuffix(SUFFIXE_TEST)
        if question in devoir.questions:
            commentaire = commentaires.get((stagiaire, question), "")
            notes[stagiaire][question] = _note(
                *valeurs, maximum=devoir.points[question], commentaire=commentaire
            )
    inscrits = lire_les_stagiaires(base)
    return [
        Releve(
            stagiaire,
            inscrits[stagiaire].nom,
            {question: lues[question] for question in devoir.questions if question in lues},
        )
        for stagiaire, lues in notes.items()
    ]


def _note(auto, manuelle, bonus, a_relire, *, maximum: float, commentaire: str) -> NoteRelevee:
    """La note comme nbgrader la compte : la manuelle, sinon l'automatique, plus le bonus."""
    notee = auto if manuelle is None else manuelle
    return NoteRelevee(
        None if notee is None else notee + (bonus or 0), maximum, bool(a_relire), commentaire
    )
