"""Où se trouvent les choses : un cours est un dossier, un devoir est un sous-dossier du même nom que son notebook."""

import os
from dataclasses import dataclass
from pathlib import Path

from grc_helpers.erreurs import ErreurExpliquee

RACINE = Path(__file__).resolve().parent.parent


class ErreurFormateur(ErreurExpliquee):
    """Une situation à expliquer au formateur en une phrase."""


@dataclass(frozen=True)
class Cours:
    """Les dossiers d'un cours.

    ``racine`` contient ``solutions/`` et ``course/`` ; ``travail`` reçoit les copies, le carnet et les retours. Ils sont
    distincts pour qu'une démonstration ne touche jamais au carnet de la vraie classe. ``carnet`` : l'adresse du carnet nbgrader, s'il est
    sur un serveur PostgreSQL ; sinon, c'est un fichier du dossier de travail.
    """

    racine: Path = RACINE
    travail: Path = RACINE / "autograde"
    carnet: str = ""

    @classmethod
    def courant(cls) -> "Cours":
        """Le cours du dépôt ; la variable GRC_TRAVAIL déplace le dossier de travail, GRC_CARNET donne l'adresse d'un carnet PostgreSQL."""
        travail = Path(os.environ.get("GRC_TRAVAIL", RACINE / "autograde")).resolve()
        return cls(travail=travail, carnet=os.environ.get("GRC_CARNET", ""))

    @property
    def environnement(self) -> dict[str, str]:
        """De quoi retrouver ce cours dans une autre commande (voir ``courant``)."""
        return {"GRC_TRAVAIL": str(self.travail), "GRC_CARNET": self.carnet}

    @property
    def solutions(self) -> Path:
        return self.racine / "solutions"

    @property
    def distribue(self) -> Path:
        return self.racine / "course"

    @property
    def remises(self) -> Path:
        """Les copies remises : ``submitted/<stagiaire>/<devoir>/<fichier>.ipynb``. Jamais modifiées."""
        return self.travail / "submitted"

    @property
    def ramassage(self) -> Path:
        """Ce que la collecte retient : le registre, les copies à préciser, la liste de classe."""
        return self.travail / "ramassage"

    @property
    def liste_de_classe(self) -> Path:
        return self.ramassage / "liste_de_classe.csv"

    @property
    def distribution(self) -> Path:
        """Les .zip à donner aux stagiaires."""
        return self.travail / "a_distribuer"

    @property
    def corrigees(self) -> Path:
        return self.travail / "autograded"

    @property
    def retours(self) -> Path:
        return self.travail / "retours"

    @property
    def notes(self) -> Path:
        return self.travail / "notes"

    @property
    def decisions(self) -> Path:
        """Ce que le formateur a décidé à la relecture, et le journal de ce que les barèmes en ont appris."""
        return self.travail / "decisions"

    @property
    def db_url(self) -> str:
        return self.carnet or "sqlite:///" + (self.travail / "gradebook.db").as_posix()

    def dossiers(self) -> list[str]:
        """Tout ce qui se produit : les dossiers de ``solutions/`` qui contiennent un notebook, dans l'ordre du cours."""
        return sorted(d.name for d in self.solutions.iterdir() if any(d.glob("*.ipynb")))

    def devoirs_notes(self) -> list[str]:
        """Les dossiers qui se corrigent : ceux qui ont un barème."""
        return [nom for nom in self.dossiers() if (self.solutions / nom / "bareme.yml").is_file()]

    def notebook_source(self, devoir: str) -> Path:
        return self.solutions / devoir / f"{devoir}.ipynb"

    def notebook_distribue(self, devoir: str) -> Path:
        return self.distribue / devoir / f"{devoir}.ipynb"
