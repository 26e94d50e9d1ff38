"""Les réponses rédigées d'une classe, les identiques ensemble : ce que le formateur relit, et ce sur quoi un barème s'essaie."""

from dataclasses import dataclass

from autograde.copie.remises import copies_remises
from autograde.copie.triage import lire_la_copie
from autograde.cours.decisions import Decision, meme_texte
from autograde.cours.devoir import Devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.notation.decidees import appliquer
from autograde.notation.prose import noter_prose
from autograde.prose import Evaluation, evaluer
from grc_helpers.reponses.notebook import Reponse


@dataclass(frozen=True)
class ReponseRedigee:
    """Une réponse et ceux qui l'ont rendue. ``perimee`` : le formateur avait décidé d'une autre version, pour l'un d'eux."""

    reponse: Reponse
    stagiaires: tuple[str, ...]
    perimee: bool

    @property
    def question(self) -> str:
        return self.reponse.question.identifiant

    @property
    def texte(self) -> str:
        return self.reponse.cellule.corps

    def decisions(self, devoir: Devoir) -> dict[str, Decision]:
        return devoir.decisions.pour(self.question, self.texte)

    def proposee(self, devoir: Devoir) -> Evaluation:
        """Ce que le barème seul en pense."""
        return evaluer(self.texte, devoir.bareme[self.question], devoir.contexte)

    def evaluation(self, devoir: Devoir) -> Evaluation:
        """L'évaluation, décisions du formateur comprises."""
        return appliquer(
            self.proposee(devoir), devoir.bareme[self.question], self.decisions(devoir)
        )

    def a_relire(self, devoir: Devoir) -> bool:
        """Un élément au moins attend le formateur."""
        tout_decide = len(self.decisions(devoir)) == len(devoir.bareme[self.question].criteres)
        return not tout_decide and (self.perimee or self.evaluation(devoir).relire)

    def points(self, devoir: Devoir) -> float | None:
        """Les points que la correction inscrirait."""
        note = noter_prose(
            self.reponse, devoir.bareme[self.question], devoir.contexte, self.decisions(devoir)
        )
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
    cours: Cours, devoir: Devoir, question: str | None = None
) -> list[ReponseRedigee]:
    """Les réponses écrites de la classe, question par question, rangées par leur texte (l'ordre ne dit rien de qui l'a rendue)."""
    questions = questions_redigees(devoir, question)
    groupes: dict[tuple[int, str], list[tuple[str, Reponse]]] = {}
    for copie in copies_remises(cours, devoir.nom):
        if copie.notebook is not None:
            lues = lire_la_copie(copie.notebook, devoir)
            for rang, identifiant in enumerate(questions):
                reponse = lues.reponses[identifiant]
                if not reponse.vide:
                    groupes.setdefault((rang, meme_texte(reponse.cellule.corps)), []).append(
                        (copie.stagiaire, reponse)
                    )
    return [_groupe(devoir, groupes[cle]) for cle in sorted(groupes)]


def _groupe(devoir: Devoir, copies: list[tuple[str, Reponse]]) -> ReponseRedigee:
    reponse = copies[0][1]
    stagiaires = tuple(stagiaire for stagiaire, _ in copies)
    question, texte = reponse.question.identifiant, reponse.cellule.corps
    return ReponseRedigee(
        reponse,
        stagiaires,
        any(devoir.decisions.perimees(question, stagiaire, texte) for stagiaire in stagiaires),
    )
