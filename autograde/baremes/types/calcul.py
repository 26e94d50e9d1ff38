"""Ce qui est commun aux nombres et aux tableaux : des valeurs tirées d'un calcul, ou écrites au barème."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Self

from pydantic import Field, model_validator

from autograde.baremes.resultats import CaseNotee, NoteQuestion
from autograde.baremes.types.contrat import Bareme, CopieANoter
from autograde.cas import MODELES, modele
from autograde.fichiers.yaml_valide import Strict
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.tableau import Modele, valeur_ecrite
from grc_helpers.francais.nombres import NombreLu
from grc_helpers.reponses.notebook import Reponse


class Tolerance(Strict):
    """Écart permis autour de la valeur attendue : le plus large des deux."""

    relative: float = Field(default=0.0005, ge=0, lt=1)
    absolue: float = Field(default=0.005, ge=0)

    def admet(self, valeur: float, attendue: float) -> bool:
        return abs(valeur - attendue) <= max(self.absolue, abs(attendue) * self.relative) * (
            1 + 1e-9
        )


class Intervalle(Strict):
    """Toutes les valeurs de ``de`` à ``a`` sont acceptées."""

    de: float
    a: float

    @model_validator(mode="after")
    def _ordonne(self):
        if self.de > self.a:
            raise ValueError("« de » doit être plus petit que « a »")
        return self


Acceptees = Intervalle | list[float]
Valeurs = float | list[float]


def en_liste(valeurs: Valeurs) -> list[float]:
    return valeurs if isinstance(valeurs, list) else [valeurs]


class ErreurTypique(Strict):
    """Une erreur que l'on sait reconnaître et expliquer."""

    message: str

    def trahie_par(self, case: Case, autres: Mapping[Case, float]) -> list[float]:
        """Les valeurs qui, dans cette case, trahissent l'erreur ; ``autres`` : ce que le stagiaire a écrit ailleurs."""
        raise NotImplementedError

    def confirmee(
        self, valeurs: Mapping[Case, float], admet: Callable[[float, float], bool]
    ) -> bool:
        """Assez de cases trahissent-elles cette erreur pour qu'on la nomme ? ``admet`` : deux valeurs sont-elles la même ?"""
        return True


class BaremeCalcule(Bareme):
    """Une question dont les cases se notent avec celles des autres questions du même calcul (``autograde/baremes/calculs.py``).

    ``pourcentages`` : les colonnes attendues en %, qu'un stagiaire écrit parfois entre 0 et 1 ; ``parts`` : celles attendues en nombre,
    qu'il écrit parfois en % (voir ``autograde/baremes/unite.py``).
    """

    liee: ClassVar[bool] = True

    calcul: str | None = None
    tolerance: Tolerance = Tolerance()
    report_erreur: bool = True
    erreurs_typiques: Sequence[ErreurTypique] = []
    pourcentages: list[str] = []
    parts: list[str] = []

    @model_validator(mode="after")
    def _modele_connu(self) -> Self:
        if self.calcul is not None and self.calcul not in MODELES:
            raise ValueError(
                f"le calcul « {self.calcul} » n'existe pas ; calculs connus : {', '.join(MODELES)}"
            )
        if (self.calcul is None) == (getattr(self, "attendu", None) is None):
            raise ValueError("donnez soit « calcul », soit « attendu »")
        return self

    def noter(self, reponse: Reponse, copie: CopieANoter) -> NoteQuestion:
        return copie.calculs[reponse.question.identifiant]

    def cases_vides(self, question: str, copie: CopieANoter) -> list[CaseNotee]:
        return copie.calculs[question].cases

    def modele(self, question: str) -> Modele:
        """Le calcul de la question ; à défaut, un calcul sans formule, fait des valeurs écrites au barème."""
        if self.calcul:
            return modele(self.calcul)
        return Modele(
            [
                valeur_ecrite(case, valeur)
                for case, valeur in self.attendues(question).items()
                if isinstance(valeur, float)
            ]
        )

    def attendues(self, question: str) -> Mapping[Case, Any]:
        """Ce que le barème écrit pour chaque case."""
        raise NotImplementedError

    def textes(self, reponse: Reponse) -> tuple[dict[Case, str], list[str]]:
        """Ce qui est écrit dans chaque case demandée, et ce qu'on n'a pas su lire."""
        raise NotImplementedError

    def lire(self, texte: str, reponse: Reponse) -> NombreLu:
        """Le nombre d'une case."""
        raise NotImplementedError

    def noter_les_mots(self, textes: Mapping[Case, str]) -> dict[Case, CaseNotee]:
        """Les cases où le barème attend un mot, pas un nombre."""
        return {}

    def acceptees(self, case: Case) -> Acceptees:
        """Les autres valeurs acceptées dans cette case."""
        raise NotImplementedError
