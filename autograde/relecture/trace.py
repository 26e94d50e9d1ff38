"""Ce qu'un geste a changé, pour le journal et pour l'annuler."""

from dataclasses import dataclass, field

from autograde.relecture.groupe_relu import GroupeRelu


@dataclass
class Trace:
    """Ce qu'un geste a changé : ses groupes avant et après. ``geste`` : ce qu'on en dit."""

    geste: str = ""
    avant: list[GroupeRelu] = field(default_factory=list)
    apres: list[GroupeRelu] = field(default_factory=list)

    @property
    def titre(self) -> str:
        """Ce que le journal en dit."""
        return f"Relecture : {self.geste}."

    def dire(self, geste: str) -> None:
        self.geste = geste
