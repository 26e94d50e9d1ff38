"""Une question rédigée telle que la classe y a répondu et que le formateur en a décidé : ce sur quoi un changement de barème se juge.

Chaque réponse y est préparée une fois. Un changement ne peut toucher que les réponses où la formulation changée se reconnaît : elles
seules sont évaluées de nouveau.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from autograde.apprentissage.changement import Changement
from autograde.baremes.types.redige import Redigee
from autograde.cours.decisions import Decision
from autograde.cours.devoir import Devoir
from autograde.prose import Evaluation
from autograde.prose.bareme import BaremeLettre, Element
from autograde.prose.credit import Credit
from autograde.prose.evaluation import DITE_AILLEURS
from autograde.prose.gardes import refuser
from autograde.prose.moteur import crediter
from autograde.prose.preparation import Texte, preparer_texte
from autograde.prose.repli import suivre
from autograde.relecture.reponses_redigees import ReponseRedigee

# Un crédit que le barème retire exprès : aucune formulation de plus ne le rendrait.
RETIRES = ("idée fausse", DITE_AILLEURS, "contredit")


@dataclass(frozen=True, eq=False)
class ReponseDecidee:
    """Une réponse de la classe, préparée, et les décisions du formateur (aucune s'il ne l'a pas vue).

    ``texte`` vaut None quand une garde la refuse en bloc (liste de mots, recopie) : aucune formulation n'y change rien.
    """

    reponse: ReponseRedigee
    texte: Texte | None
    decisions: Mapping[str, Decision]

    @property
    def copies(self) -> int:
        return len(self.reponse.stagiaires)

    @property
    def manques(self) -> list[str]:
        """Les éléments auxquels le formateur donne plus que le barème."""
        return [element for element in self.decisions if self.ecart(element) > 0]

    def libre(self, element: Element) -> bool:
        """Le barème ne retire pas exprès ce crédit."""
        return self.reponse.proposee.credits[element.id].motif not in RETIRES

    def ecart(self, element: str, evaluation: Evaluation | None = None) -> float:
        """Ce qui manque (positif) ou est en trop (négatif) au crédit d'un élément, d'après le formateur ; 0 s'il n'a rien décidé.

        ``evaluation`` : d'après un barème changé ; à défaut, d'après le barème tel qu'il est.
        """
        decision = self.decisions.get(element)
        if decision is None:
            return 0.0
        return decision.credit - (evaluation or self.reponse.proposee).credits[element].valeur


@dataclass(frozen=True)
class Effet:
    """Ce qu'un changement fait à la classe.

    ``rejointes`` : les réponses dont le crédit devient celui du formateur ; ``rapprochees`` : celles dont il s'en approche ;
    ``eloignees`` : celles dont un crédit quitte la décision, ou la dépasse ; ``autres`` : celles dont la note change sans que le
    formateur en ait décidé, avec leurs points avant et après. ``gain`` : les crédits gagnés, copie par copie.
    """

    rejointes: tuple[ReponseDecidee, ...] = ()
    rapprochees: tuple[ReponseDecidee, ...] = ()
    eloignees: tuple[ReponseDecidee, ...] = ()
    autres: tuple[tuple[ReponseDecidee, float | None, float | None], ...] = ()
    gain: float = 0.0

    @property
    def utiles(self) -> tuple[ReponseDecidee, ...]:
        return self.rejointes + self.rapprochees


class QuestionDecidee:
    """``devoir`` : tel que son barème est au moment où la question est préparée."""

    def __init__(self, devoir: Devoir, nom: str, reponses: list[ReponseRedigee]):
        self.devoir = devoir
        self.nom = nom
        self.reponses = [
            ReponseDecidee(reponse, self._preparer(reponse.texte), reponse.decisions(devoir))
            for reponse in reponses
        ]

    @cached_property
    def bareme(self) -> Redigee:
        return self.devoir.bareme_redige(self.nom)

    @cached_property
    def _dossier(self) -> Texte | None:
        """Ce que tous les stagiaires ont lu : l'y reconnaître ne prouverait rien. Une lettre, elle, en cite les faits."""
        if isinstance(self.bareme, BaremeLettre):
            return None
        return preparer_texte(suivre(self.devoir.contexte, self.bareme), self.bareme)

    def _preparer(self, reponse: str) -> Texte | None:
        forme = suivre(reponse, self.bareme)
        if refuser(forme.texte, self.bareme, self.devoir.contexte):
            return None
        return preparer_texte(forme, self.bareme)

    @property
    def ecarts(self) -> bool:
        """Le barème et le formateur ne donnent pas partout le même crédit."""
        return any(r.ecart(element) for r in self.reponses for element in r.decisions)

    def element(self, identifiant: str) -> Element:
        return next(e for e in self.bareme.elements if e.id == identifiant)

    def a_gagner(self, element: Element) -> list[ReponseDecidee]:
        """Les réponses auxquelles le formateur donne plus que le barème, et qu'une formulation peut relever."""
        return [
            r for r in self.reponses if r.texte and r.ecart(element.id) > 0 and r.libre(element)
        ]

    def a_perdre(self, element: Element) -> list[ReponseDecidee]:
        """Les réponses auxquelles le formateur donne moins que le barème."""
        return [r for r in self.reponses if r.texte and r.ecart(element.id) < 0]

    def a_laisser(self, element: Element) -> list[ReponseDecidee]:
        """Les réponses auxquelles ni le formateur ni le barème ne donnent rien, et qu'une formulation paierait."""
        return [
            r
            for r in self.reponses
            if r.texte
            and element.id in r.decisions
            and not r.decisions[element.id].credit
            and r.ecart(element.id) == 0
            and r.libre(element)
        ]

    def selon(self, changement: Changement) -> Devoir:
        """Le devoir, barème changé. Lève ``ErreurFormateur`` si le changement n'est pas possible."""
        return self.avec(changement.appliquer(self.bareme))

    def avec(self, bareme: Redigee) -> Devoir:
        """Le devoir, où cette question aurait ce barème."""
        return replace(self.devoir, bareme={**self.devoir.bareme, self.nom: bareme})

    def gagnantes(self, element: Element, ecrite: str) -> list[ReponseDecidee]:
        """Avant toute évaluation : les réponses à relever que cette formulation paierait. Aucune, si elle paie aussi une réponse qui est à
        laisser, ou une phrase du dossier."""
        seule = _reduit_a(element, ecrite)
        if self._dossier and crediter(self._dossier, seule).valeur:
            return []
        if any(_credit(r, seule).valeur for r in self.a_laisser(element)):
            return []
        return [r for r in self.a_gagner(element) if _credit(r, seule).valeur]

    def citation(self, changement: Changement, reponse: ReponseDecidee) -> str:
        """Le passage de la réponse où la formulation changée se reconnaît."""
        seule = _reduit_a(
            self.element(changement.element), *filter(None, [changement.ajoute, changement.retire])
        )
        return " ".join(_credit(reponse, seule).passage.split())

    def _touchees(self, changement: Changement) -> list[ReponseDecidee]:
        """Les réponses que le changement peut toucher : une formulation ajoutée ou retirée s'y reconnaît, même niée."""
        seule = _reduit_a(
            self.element(changement.element), *filter(None, [changement.ajoute, changement.retire])
        )
        credits = [(r, _credit(r, seule)) for r in self.reponses if r.texte]
        return [r for r, credit in credits if credit.valeur or credit.motif]

    def effet(self, changement: Changement, entier: bool = False) -> Effet:
        """Ce que le changement ferait à la classe ; il s'arrête à la première réponse éloignée.

        ``entier`` : toutes les réponses sont évaluées de nouveau, même celles qu'il ne devrait pas toucher.
        """
        change = self.selon(changement)
        touchees = self.reponses if entier else self._touchees(changement)
        rejointes: list[ReponseDecidee] = []
        rapprochees: list[ReponseDecidee] = []
        autres: list[tuple[ReponseDecidee, float | None, float | None]] = []
        gain = 0.0
        # Celles où il n'y a rien à gagner d'abord : c'est là qu'un changement nuit.
        for r in sorted(touchees, key=lambda r: r.ecart(changement.element) != 0):
            nouvelle = r.reponse.selon(change)
            avances = [
                (abs(r.ecart(e)) - abs(reste), reste)
                for e in r.decisions
                if (reste := r.ecart(e, nouvelle.proposee)) != r.ecart(e)
            ]
            if any(avance <= 0 for avance, _ in avances):
                return Effet(eloignees=(r,))
            if avances:
                gain += r.copies * sum(avance for avance, _ in avances)
                (rapprochees if any(reste for _, reste in avances) else rejointes).append(r)
            avant, apres = r.reponse.points(self.devoir), nouvelle.points(change)
            if avant != apres and not avances:
                autres.append((r, avant, apres))
        return Effet(tuple(rejointes), tuple(rapprochees), (), tuple(autres), gain)


def _reduit_a(element: Element, *ecrites: str) -> Element:
    """Le même élément, qui ne se reconnaîtrait qu'à ces formulations."""
    return element.model_copy(
        update={"formulations": [*ecrites], "notions": [], "nombres": [], "au_moins": None}
    )


def _credit(reponse: ReponseDecidee, element: Element) -> Credit:
    assert reponse.texte  # une réponse refusée en bloc n'a de crédit pour rien
    return crediter(reponse.texte, element)
