"""Les cahiers du cours tels que les lit un essai : leurs cellules dans l'ordre, leurs exercices, leurs questions notées."""

import json
import re
from dataclasses import dataclass
from functools import cache

from autograde.cours.dossiers import Cours
from grc_helpers.entrainement.exercices import Exercice
from grc_helpers.entrainement.fichier import charger
from grc_helpers.reponses.cellule import Cellule, lire_cellule
from grc_helpers.reponses.notebook import cellules, nbgrader, source
from grc_helpers.seances.seances import seances

COURS = Cours()
SERVICE = ("%load_ext", "rendre_ma_copie(", "glossaire(")
APPEL = re.compile(r'\bexercice\("(\w+)", "(\w+)"')


@dataclass(frozen=True)
class CelluleLue:
    """Une cellule distribuée ; une espace insécable s'y lit comme une autre. ``corrige`` : sa source dans ``solutions/``."""

    id: str
    texte: str
    est_texte: bool
    corrige: str
    notee: bool

    @property
    def exercice(self) -> Exercice | None:
        """L'exercice d'entraînement qu'elle affiche."""
        appel = APPEL.search(self.texte)
        return charger(*appel.groups()) if appel and not self.est_texte else None

    @property
    def reponse(self) -> Cellule | None:
        """La réponse, notée ou non, qu'elle attend."""
        return None if self.est_texte else lire_cellule(self.texte)

    @property
    def est_un_outil(self) -> bool:
        """Un simulateur, une figure, un jeu : ce qui se lance et n'est ni une réponse, ni un exercice, ni un service."""
        autre = self.est_texte or self.exercice or self.reponse or "verifier(" in self.texte
        return not autre and not self.texte.startswith(SERVICE)


@cache
def cahier(nom: str) -> tuple[CelluleLue, ...]:
    """Les cellules de la version distribuée d'un cahier, dans l'ordre."""
    sources = cellules(json.loads(COURS.notebook_source(nom).read_text(encoding="utf-8")))
    corriges = {c["id"]: espaces(source(c)) for c in sources}
    notees = {
        nbgrader(c)["grade_id"].removesuffix("_test") for c in sources if nbgrader(c).get("grade")
    }
    distribue = json.loads(COURS.notebook_distribue(nom).read_text(encoding="utf-8"))
    return tuple(
        CelluleLue(
            c["id"],
            espaces(source(c)),
            c["cell_type"] == "markdown",
            corriges[c["id"]],
            c["id"] in notees,
        )
        for c in cellules(distribue)
    )


@cache
def noms() -> tuple[str, ...]:
    """Les cahiers du cours (leçons, TP, ateliers), dans l'ordre où ils se suivent."""
    return tuple(s.dossier for s in seances(COURS.solutions) if re.match(r"s\d_", s.dossier))


def est_un_tp(nom: str) -> bool:
    """Un TP ou un atelier noté : ni la prise en main, ni une leçon."""
    return bool(re.match(r"s[1-9]_(tp|at)\d", nom))


def sequence(nom: str) -> str:
    return nom.partition("_")[0]


def espaces(texte: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", texte)


def enonce(nom: str, question: str) -> str:
    """Le texte de l'énoncé d'une question notée."""
    return next(c.texte for c in cahier(nom) if c.id == f"{question}_enonce")


def textes_de(exercice: Exercice) -> str:
    """Tout ce qu'un exercice dit, tel qu'il est écrit."""
    return espaces(" ".join(_chaines(vars(exercice))))


def _chaines(valeur) -> list[str]:
    if isinstance(valeur, str):
        return [valeur]
    if isinstance(valeur, dict):
        return [texte for v in valeur.values() for texte in _chaines(v)]
    if isinstance(valeur, list | tuple):
        return [texte for v in valeur for texte in _chaines(v)]
    return _chaines(vars(valeur)) if hasattr(valeur, "__dict__") else []
