"""Le sort d'un élément du barème dans une réponse."""

from dataclasses import dataclass, field, replace


@dataclass
class Credit:
    """Le sort d'un élément : sa valeur, le passage et la formulation qui le justifient, et ce qu'il faut en dire."""

    valeur: float = 0.0
    passage: str = ""
    motif: str = ""
    places: set[int] = field(default_factory=set)
    formulation: str = ""

    def douteux(self) -> "Credit":
        """Le même crédit, d'au plus la moitié."""
        return replace(self, valeur=min(self.valeur, 0.5))
