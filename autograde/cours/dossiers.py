"""Où se trouvent les choses : le cours est un dossier, chaque classe en est un autre ; un devoir porte le nom de son notebook."""

import os
from dataclasses import dataclass
from pathlib import Path

from autograde.erreurs import ErreurFormateur

RACINE = Path(__file__).resolve().parents[2]
# La classe, tant que le formateur n'en a pas choisi une autre : un seul dossier, que git ignore.
CLASSE = RACINE / "autograde" / "classe"
# Le chemin de la classe choisie, si elle est ailleurs (voir ``grc classe``).
AILLEURS = CLASSE / "ailleurs.txt"


@dataclass(frozen=True)
class Cours:
    """Les dossiers d'un cours et d'une classe.

    ``racine`` contient ``solutions/`` et ``course/`` ; ``travail``, le dossier de la classe, reçoit tout ce qui est à elle : les copies,
    le carnet, les retours. ``carnet`` : l'adresse du carnet nbgrader, s'il est sur un serveur PostgreSQL ; sinon, c'est un fichier du
    dossier de la classe.
    """

    racine: Path = RACINE
    travail: Path = CLASSE
    carnet: str = ""

    @classmethod
    def courant(cls) -> "Cours":
        """Le cours du dépôt et la classe choisie : par la variable GRC_TRAVAIL, sinon par ``grc classe``, sinon ``autograde/classe/``.

        GRC_CARNET donne l'adresse d'un carnet PostgreSQL. Lève ``ErreurFormateur`` si la classe choisie n'est plus là, ou n'a pas le droit
        d'être où elle est.
        """
        impose = os.environ.get("GRC_TRAVAIL")
        travail = place_permise(Path(impose)) if impose else _classe_retenue()
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
    def fichier_du_carnet(self) -> Path:
        """Le carnet, s'il n'est pas sur un serveur."""
        return self.travail / "gradebook.db"

    @property
    def carnets_gardes(self) -> Path:
        """Les copies datées du carnet, faites avant chaque correction."""
        return self.travail / "carnets_gardes"

    @property
    def db_url(self) -> str:
        return self.carnet or "sqlite:///" + self.fichier_du_carnet.as_posix()

    @property
    def lieu_du_carnet(self) -> str:
        """Où est le carnet, tel qu'on le dit au formateur : l'adresse d'un serveur porte un mot de passe."""
        return "sur le serveur PostgreSQL" if self.carnet else str(self.fichier_du_carnet)

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


def place_permise(dossier: Path) -> Path:
    """Le dossier d'une classe, en entier. Lève ``ErreurFormateur`` s'il se mêle à celui du cours, d'où il partirait chez les stagiaires.

    >>> place_permise(CLASSE / "demo") == CLASSE / "demo"
    True
    >>> place_permise(RACINE / "course")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    autograde.erreurs.ErreurFormateur: Les données d'une classe ne se mêlent pas au cours...
    """
    dossier = dossier.resolve()
    if RACINE.is_relative_to(dossier) or (
        dossier.is_relative_to(RACINE) and not dossier.is_relative_to(CLASSE)
    ):
        raise ErreurFormateur(
            f"Les données d'une classe ne se mêlent pas au cours : {dossier} ne convient pas. Choisissez un dossier à part, par exemple "
            f"{RACINE.parent / 'classe_A'}, ou {CLASSE}."
        )
    return dossier


def _classe_retenue() -> Path:
    if not AILLEURS.is_file():
        return CLASSE
    # « utf-8-sig » : le Bloc-notes de Windows peut l'avoir réenregistré.
    dossier = Path(AILLEURS.read_text(encoding="utf-8-sig").strip())
    if not (dossier.is_absolute() and dossier.is_dir()):
        raise ErreurFormateur(
            f"Le dossier de la classe est introuvable : {dossier}. Branchez la clé ou le disque où il est, ou choisissez-en un autre : "
            "grc classe DOSSIER"
        )
    return place_permise(dossier)
