"""Un changement de barème : une formulation ajoutée à un élément, une formulation retirée, ou les deux."""

from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from autograde.erreurs import ErreurFormateur
from autograde.prose.bareme import BaremeRedige

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
        """Le barème changé. Lève ``ErreurFormateur`` s'il ne restait rien pour reconnaître l'élément."""
        brut = bareme.model_dump()
        for element in brut["elements"]:
            if element["id"] == self.element:
                self._changer(element)
        try:
            return type(bareme).model_validate(brut)
        except ValidationError as erreur:
            raise ErreurFormateur(
                "le barème ne serait plus valable : il ne resterait rien pour reconnaître l'élément."
            ) from erreur

    def _changer(self, element: dict) -> None:
        if self.ajoute:
            (
                element["formulations"] if self.notion is None else element["notions"][self.notion]
            ).append(self.ajoute)
        if self.retire:
            listes = (element["formulations"], *element["notions"])
            liste = next((liste for liste in listes if self.retire in liste), None)
            if liste is None:
                raise ErreurFormateur(f"« {self.retire} » n'est pas dans le barème de cet élément.")
            liste.remove(self.retire)
            if not liste:
                raise ErreurFormateur(
                    f"« {self.retire} » est seule de sa liste : remplacez-la par une autre, plus précise."
                )
