"""Les réponses rédigées d'une classe, les identiques ensemble : ce que le formateur relit, et ce sur quoi un barème s'essaie."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from autograde.cours.decisions import Decision, meme_texte
from autograde.cours.devoir import Devoir
from autograde.erreurs import ErreurFormateur
from autograde.notation.copie import CopieCorrigee
from autograde.notation.correction import Correction
from autograde.notation.decidees import appliquer, noter_avec_les_decisions
from autograde.prose import Evaluation, evaluer
from grc_helpers.reponses.notebook import Reponse


@dataclass(frozen=True)
class ReponseRedigee:
    """Une réponse, ce que le barème seul y reconnaît (``proposee``), et ceux qui l'ont rendue. ``perimee`` : le formateur avait décidé
    d'une autre version, pour l'un d'eux."""

    reponse: Reponse
    proposee: Evaluation
    stagiaires: tuple[str, ...]
    perimee: bool

    @property
    def question(self) -> str:
        return self.reponse.question.identifiant

    @property
    def texte(self) -> str:
        return self.reponse.cellule.corps

    def selon(self, devoir: Devoir) -> "ReponseRedigee":
        """La même réponse, évaluée d'après un autre barème."""
        autre = evaluer(self.texte, devoir.bareme_redige(self.question), devoir.contexte)
        return replace(self, proposee=autre)

    def decisions(self, devoir: Devoir) -> Mapping[str, Decision]:
        return devoir.decisions.pour(self.question, self.texte)

    def evaluation(self, devoir: Devoir) -> Evaluation:
        """L'évaluation, décisions du formateur comprises."""
        return appliquer(self.proposee, devoir.bareme_redige(self.question), self.decisions(devoir))

    def a_relire(self, devoir: Devoir) -> bool:
        """Un élément au moins attend le formateur."""
        criteres = devoir.bareme_redige(self.question).criteres
        tout_decide = criteres.keys() <= self.decisions(devoir).keys()
        return not tout_decide and (self.perimee or self.evaluation(devoir).relire)

    def points(self, devoir: Devoir) -> float | None:
        """Les points que la correction inscrirait."""
        bareme, decisions = devoir.bareme_redige(self.question), self.decisions(devoir)
        note = noter_avec_les_decisions(self.proposee, bareme, decisions)
        return note.points(devoir.points[self.question])


def questions_redigees(devoir: Devoir, question: str | None = None) -> list[str]:
    """Les questions rédigées du devoir, proses et lettres, ou celle demandée. Lève ``ErreurFormateur`` s'il n'y en a pas."""
    toutes = [identifiant for identifiant in devoir.questions if devoir.bareme[identifiant].redigee]
    if not toutes:
        raise ErreurFormateur(
            f"« {devoir.nom} » n'a pas de question rédigée : il n'y a rien à décider ni à apprendre."
        )
    if question and question not in toutes:
        raise ErreurFormateur(
            f"« {question} » n'est pas une question rédigée de ce devoir. Choisissez parmi : {', '.join(toutes)}."
        )
    return [question] if question else toutes


def reponses_redigees(
    questions: Sequence[str], copies: Iterable[CopieCorrigee]
) -> list[ReponseRedigee]:
    """Les réponses écrites à ces questions, l'une après l'autre, rangées par leur texte (l'ordre ne dit rien de qui l'a rendue)."""
    groupes: dict[tuple[int, str], list[Correction]] = {}
    for copie in copies:
        for rang, identifiant in enumerate(questions):
            if copie.correction.proposees[identifiant].evaluation:
                cle = rang, meme_texte(copie.correction.texte(identifiant))
                groupes.setdefault(cle, []).append(copie.correction)
    return [_groupe(questions[cle[0]], groupes[cle]) for cle in sorted(groupes)]


def _groupe(question: str, identiques: list[Correction]) -> ReponseRedigee:
    premiere = identiques[0]
    proposee = premiere.proposee(question)
    assert proposee  # seules les réponses évaluées se groupent
    return ReponseRedigee(
        premiere.lues.reponses[question],
        proposee,
        tuple(correction.stagiaire for correction in identiques),
        any(correction.perimee(question) for correction in identiques),
    )
