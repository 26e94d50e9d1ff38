"""Un groupe de réponses identiques tel qu'il est maintenant : ses décisions, sa note, l'état au carnet de chacune de ses copies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from autograde.baremes.resultats import NoteQuestion
from autograde.carnet.notes_relues import EtatAuCarnet
from autograde.cours.decisions import Decision, Prise
from autograde.cours.devoir import Devoir
from autograde.notation.decidees import appliquer
from autograde.prose import Evaluation
from autograde.prose.credit import Credit
from autograde.relecture.groupes import Groupe


@dataclass(frozen=True)
class GroupeRelu:
    """Un groupe tel qu'il est maintenant : ses décisions et l'état au carnet de chacune de ses copies."""

    groupe: Groupe
    devoir: Devoir
    etats: dict[str, EtatAuCarnet]

    @property
    def maximum(self) -> float:
        return self.devoir.points[self.groupe.question]

    @property
    def bareme(self):
        return self.devoir.bareme[self.groupe.question]

    @property
    def proposee(self) -> Evaluation | None:
        """Ce que le barème seul reconnaît dans une réponse rédigée."""
        return self.groupe.correction.proposee(self.groupe.question)

    @property
    def redige(self) -> bool:
        """La réponse se note-t-elle élément par élément ? Une réponse vide n'en a aucun à lire."""
        return self.proposee is not None

    @property
    def decisions(self) -> Mapping[str, Decision]:
        return self.devoir.decisions.pour(self.groupe.question, self.groupe.texte)

    @cached_property
    def evaluation(self) -> Evaluation:
        """L'évaluation, décisions du formateur comprises."""
        assert self.proposee is not None, "une réponse rédigée"
        return appliquer(self.proposee, self.bareme, self.decisions)

    @property
    def calculee(self) -> float | None:
        """La note que donnent les éléments, ou les cases ; None si seul un humain peut noter."""
        if not self.redige:
            return self.groupe.note.points(self.maximum)
        return NoteQuestion(self.evaluation.fraction).points(self.maximum)

    @property
    def inconnue(self) -> bool:
        """La machine n'a rien reconnu et le formateur n'a rien décidé : il n'y a pas de note à proposer, pas même zéro."""
        return (
            self.redige
            and self.a_relire
            and not self.manuelles
            and not self.decisions
            and not any(credit.valeur for credit in self.evaluation.credits.values())
        )

    @property
    def relue(self) -> bool:
        """Un humain l'a relue : il a mis une note, ou décidé de chaque élément. Sinon, ce qui n'attend pas est seulement sûr."""
        if self.a_relire:
            return False
        tout_decide = self.redige and self.bareme.criteres.keys() <= self.decisions.keys()
        return bool(self.manuelles) or tout_decide

    @property
    def ecartes(self) -> tuple[str, ...]:
        """Les passages mis de côté."""
        return self.devoir.decisions.ecartes(self.groupe.question, self.groupe.texte)

    @property
    def manuelles(self) -> set[float]:
        """Les notes mises à la main sur ces copies : aucune, une, ou plusieurs si elles n'étaient pas identiques jusqu'ici."""
        return {etat.manuelle for etat in self.etats.values() if etat.manuelle is not None}

    @property
    def points(self) -> float | None:
        return max(self.manuelles) if self.manuelles else self.calculee

    @property
    def a_relire(self) -> bool:
        return any(etat.a_relire for etat in self.etats.values())

    @property
    def commentaire(self) -> str:
        return next((etat.commentaire for etat in self.etats.values() if etat.commentaire), "")

    @property
    def suivies(self) -> set[str]:
        """Les copies dont la note manuelle vient des éléments décidés : elle suit les décisions suivantes."""
        return {
            stagiaire
            for stagiaire, etat in self.etats.items()
            if self.decisions and not etat.tapee and etat.manuelle == etat.automatique
        }

    def prise(
        self, elements: Mapping[str, Decision | None], ecartes: Sequence[str] | None = None
    ) -> Prise:
        """Ce qu'on décide de ce groupe, à enregistrer."""
        return Prise(self.groupe.texte, list(self.etats), elements, ecartes)

    @property
    def autos(self) -> dict[str, NoteQuestion]:
        """La note automatique de chaque copie, comme la prochaine correction l'inscrirait."""
        return {
            stagiaire: replace(self.groupe.copies[stagiaire], devoir=self.devoir).note(
                self.groupe.question
            )
            for stagiaire in self.etats
        }


def gardee(credit: Credit) -> Decision:
    """La décision de garder un crédit tel qu'il est affiché, avec la preuve affichée."""
    return Decision(
        credit=credit.valeur, passage=credit.passage if credit.valeur else "", date=date.today()
    )
