"""Écrire des corrections dans le carnet de nbgrader, avec son vocabulaire : note automatique, relecture demandée, commentaire.

Un lot de copies s'écrit en une transaction : coupée net, elle ne laisse rien à moitié. Une note manuelle n'est jamais modifiée ;
elle n'est redemandée que si la réponse ou le barème a changé.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from autograde.carnet.gardees import CorrectionGardee, garder
from autograde.carnet.journal import NoteJournalisee, journaliser
from autograde.carnet.sql import Base, ecrivable, parmi
from autograde.cours.devoir import SUFFIXE_TEST, Devoir
from autograde.notation.correction import Correction


@dataclass(frozen=True)
class Inscription:
    """Ce qu'on inscrit d'une copie : ses notes et, pour ne pas la corriger deux fois, sa correction ; None : on ne la garde pas."""

    correction: Correction
    gardee: CorrectionGardee | None = None

    @property
    def stagiaire(self) -> str:
        return self.correction.stagiaire


@dataclass(frozen=True)
class _Cellules:
    """Le devoir tel que le carnet le connaît : les cellules notées et les cellules de réponse, par question."""

    devoir_id: str
    notebook_id: str
    notees: dict[str, str]
    reponses: dict[str, str]


def inscrire(base: Base, devoir: Devoir, lot: Sequence[Inscription]) -> None:
    """Inscrit les copies d'un devoir connu du carnet, toutes ou aucune."""
    if not lot:
        return
    with base.transaction():
        cellules = _cellules(base, devoir.nom)
        remises = _remises(base, cellules, [inscription.stagiaire for inscription in lot])
        notes = _notes(base, cellules, [notebook for _, notebook in remises.values()])
        ecritures = _Ecritures(devoir)
        for inscription in lot:
            _, notebook = remises[inscription.stagiaire]
            for question in devoir.questions:
                ecritures.noter(
                    inscription,
                    question,
                    cellules,
                    notebook,
                    notes[notebook, cellules.notees[question]],
                )
        ecritures.executer(base)
        garder(base, {remises[i.stagiaire][0]: i.gardee for i in lot})


class _Ecritures:
    """Les lignes à écrire pour un lot, rangées par phrase : chaque phrase ne part qu'une fois."""

    def __init__(self, devoir: Devoir):
        self.devoir = devoir
        self.grades: list[tuple] = []
        self.suivies: list[tuple] = []
        self.commentaires: list[tuple] = []
        self.journal: list[NoteJournalisee] = []
        self.empreintes: list[tuple] = []

    def noter(
        self,
        inscription: Inscription,
        question: str,
        cellules: _Cellules,
        notebook: str,
        ancienne: tuple,
    ) -> None:
        """Prévoit ce qu'il faut écrire d'une question, d'après ce que le carnet en disait."""
        grade, auto, manuelle, relire, tapee, commentaire_connu, empreinte_connue = ancienne
        correction = inscription.correction
        points, commentaire = (
            correction.points(question),
            ecrivable(correction.notes[question].resume()) or None,
        )
        doute = points is None or bool(correction.notes[question].a_verifier)
        empreinte = correction.empreinte(question)
        changee = empreinte != empreinte_connue
        self.grades.append((points, doute, changee, True, grade))
        if (
            correction.decisions(question)
            and manuelle is not None
            and manuelle == auto
            and not tapee
            and not changee
        ):
            # Posée en décidant élément par élément (elle valait la note qui en résulte), une note manuelle suit les décisions suivantes.
            self.suivies.append((points, grade, manuelle))
            manuelle = points
        self.commentaires.append((commentaire, cellules.reponses[question], notebook))
        if changee:
            self.empreintes.append((grade, empreinte))
        if changee or points != auto or commentaire != commentaire_connu:
            a_relire = doute if manuelle is None else changee or bool(relire)
            decision = (points, a_relire, manuelle, commentaire, empreinte)
            self.journal.append(
                NoteJournalisee(self.devoir.nom, inscription.stagiaire, question, *decision)
            )

    def executer(self, base: Base) -> None:
        # La décision se prend dans la phrase même : une note que formgrader saisit à l'instant n'est pas écrasée.
        base.ecrire(
            "update grade set auto_score = ?, needs_manual_grade ="
            " case when manual_score is null then ? when ? then ? else needs_manual_grade end where id = ?",
            self.grades,
        )
        base.ecrire(
            "update grade set manual_score = ? where id = ? and manual_score = ?", self.suivies
        )
        base.ecrire(
            "update comment set auto_comment = ? where cell_id = ? and notebook_id = ?",
            self.commentaires,
        )
        base.ecrire(
            "insert into grc_empreinte (grade_id, empreinte) values (?, ?) on conflict (grade_id) do update set"
            " empreinte = excluded.empreinte",
            self.empreintes,
        )
        journaliser(base, self.journal)


def _cellules(base: Base, devoir: str) -> _Cellules:
    lignes = base.lire(
        "select a.id, n.id, b.type, b.name, b.id from assignment a join notebook n on n.assignment_id = a.id and n.name = a.name"
        " join base_cell b on b.notebook_id = n.id where a.name = ?",
        (devoir,),
    )
    devoir_id, notebook_id, *_ = lignes[0]
    return _Cellules(
        devoir_id,
        notebook_id,
        notees={
            nom.removesuffix(SUFFIXE_TEST): cle
            for _, _, genre, nom, cle in lignes
            if genre == "GradeCell"
        },
        reponses={nom: cle for _, _, genre, nom, cle in lignes if genre == "SolutionCell"},
    )


def _remises(base: Base, cellules: _Cellules, stagiaires: list[str]) -> dict[str, tuple[str, str]]:
    """La remise de chacun et le notebook remis, avec leurs notes et commentaires ; ce qui manque est créé, comme le ferait nbgrader."""
    base.ecrire(
        "insert into student (id) values (?) on conflict do nothing",
        [(stagiaire,) for stagiaire in stagiaires],
    )
    base.ecrire(
        "insert into submitted_assignment (id, assignment_id, student_id) values (?, ?, ?) on conflict do nothing",
        [(uuid4().hex, cellules.devoir_id, stagiaire) for stagiaire in stagiaires],
    )
    remises = dict(
        base.lire(
            f"select id, student_id from submitted_assignment where assignment_id = ? and student_id {parmi(stagiaires)}",
            (cellules.devoir_id, *stagiaires),
        )
    )
    base.ecrire(
        "insert into submitted_notebook (id, assignment_id, notebook_id, flagged) values (?, ?, ?, ?) on conflict do nothing",
        [(uuid4().hex, remise, cellules.notebook_id, False) for remise in remises],
    )
    notebooks = base.lire(
        f"select id, assignment_id from submitted_notebook where notebook_id = ? and assignment_id {parmi(remises)}",
        (cellules.notebook_id, *remises),
    )
    base.ecrire(
        "insert into grade (id, notebook_id, cell_id, needs_manual_grade) values (?, ?, ?, ?) on conflict do nothing",
        [
            (uuid4().hex, notebook, cellule, True)
            for notebook, _ in notebooks
            for cellule in cellules.notees.values()
        ],
    )
    base.ecrire(
        "insert into comment (id, notebook_id, cell_id) values (?, ?, ?) on conflict do nothing",
        [
            (uuid4().hex, notebook, cellule)
            for notebook, _ in notebooks
            for cellule in cellules.reponses.values()
        ],
    )
    return {remises[remise]: (remise, notebook) for notebook, remise in notebooks}


def _notes(base: Base, cellules: _Cellules, notebooks: list[str]) -> dict[tuple[str, str], tuple]:
    """Par notebook remis et cellule notée : (identifiant, automatique, manuelle, à relire, tapée à la main, commentaire, empreinte)."""
    reponses = list(cellules.reponses.values())
    commentaires = {
        (notebook, cellule): texte
        for notebook, cellule, texte in base.lire(
            f"select notebook_id, cell_id, auto_comment from comment where cell_id {parmi(reponses)} and notebook_id {parmi(notebooks)}",
            (*reponses, *notebooks),
        )
    }
    questions = {cellule: question for question, cellule in cellules.notees.items()}
    lignes = base.lire(
        "select g.notebook_id, g.cell_id, g.id, g.auto_score, g.manual_score, g.needs_manual_grade,"
        " m.grade_id is not null, e.empreinte from grade g left join grc_empreinte e on e.grade_id = g.id"
        f" left join grc_a_la_main m on m.grade_id = g.id where g.cell_id {parmi(questions)} and g.notebook_id {parmi(notebooks)}",
        (*questions, *notebooks),
    )
    return {
        (notebook, cellule): (
            *note,
            commentaires.get((notebook, cellules.reponses.get(questions[cellule]))),
            empreinte,
        )
        for notebook, cellule, *note, empreinte in lignes
    }
