"""Un changement de barème : une formulation ajoutée à un élément, une formulation retirée, ou les deux."""

from dataclasses import dataclass
from typing import TypeVar

from autograde.erreurs import ErreurFormateur
from autograde.prose.bareme import BaremeRedige, Element

UnBareme = TypeVar("UnBareme", bound=BaremeRedige)


@dataclass(frozen=True)
class Changement:
    """``notion`` : le rang de la notion qui reçoit la formulation ajoutée, quand l'élément se reconnaît à des notions."""

    question: str
    element: str
    ajoute: str = ""
    retire: str = ""
    notion: int | None = None

    @property
    def texte(self) -> str:
        """Ce que le changement fait, en quelques mots.

        >>> Changement("q1", "prix", "hors prix", "prix").texte
        'remplacer « prix » par « hors prix »'
        """
        if self.ajoute and self.retire:
            return f"remplacer « {self.retire} » par « {self.ajoute} »"
        return f"ajouter « {self.ajoute} »" if self.ajoute else f"retirer « {self.retire} »"

    def appliquer(self, bareme: UnBareme) -> UnBareme:
        """Le barème changé. Lève ``ErreurFormateur`` s'il ne restait rien pour reconnaître l'élément, ou l'une de ses notions."""
        elements = [
            self._change(element) if element.id == self.element else element
            for element in bareme.elements
        ]
        return bareme.model_copy(update={"elements": elements})

    def _change(self, element: Element) -> Element:
        formulations, notions = [*element.formulations], [[*notion] for notion in element.notions]
        if self.ajoute:
            (formulations if self.notion is None else notions[self.notion]).append(self.ajoute)
        if self.retire:
            liste = next(
                (liste for liste in (formulations, *notions) if self.retire in liste), None
            )
            if liste is None:
                raise ErreurFormateur(f"« {self.retire} » n'est pas dans le barème de cet élément.")
            liste.remove(self.retire)
            if not liste:
                raise ErreurFormateur(
                    f"« {self.retire} » est seule de sa liste : remplacez-la par une autre, plus précise."
                )
        return element.model_copy(update={"formulations": formulations, "notions": notions})
