"""``type: nombre`` : une seule valeur."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, model_validator

from autograde.baremes.resultats import NoteQuestion
from autograde.baremes.types.calcul import (
    Acceptees,
    BaremeCalcule,
    ErreurTypique,
    Valeurs,
    en_liste,
)
from autograde.baremes.types.contrat import CopieANoter, Montree
from autograde.cas import modele
from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import NombreLu, lire_nombre
from grc_helpers.reponses.libelles import citer, citer_tout
from grc_helpers.reponses.notebook import Question, Reponse

_TIRETS = set("-–—−*•")


def _case_ecrite(ecrite: Any) -> Case:
    """Une case du calcul : « CA total », ou « {Résultat: N4} » si elle est dans un tableau."""
    if isinstance(ecrite, str):
        return Case(ecrite)
    if isinstance(ecrite, dict) and len(ecrite) == 1:
        [(ligne, colonne)] = ecrite.items()
        return Case(str(ligne), str(colonne))
    raise ValueError("« case » s'écrit « CA total », ou « {Résultat: N4} » : ligne, puis colonne")


class ErreurDeNombre(ErreurTypique):
    """Une erreur que l'on sait reconnaître, aux ``valeurs`` qui la trahissent, et expliquer."""

    valeurs: Valeurs

    def trahie_par(self, case: Case, autres: Mapping[Case, float]) -> list[float]:
        """Les valeurs qui, dans cette case, trahissent l'erreur ; ``autres`` : ce que le stagiaire a écrit ailleurs."""
        return en_liste(self.valeurs)


class BaremeNombre(BaremeCalcule):
    """Un nombre seul. ``case`` : celle du calcul qui est demandée."""

    magie: ClassVar[str] = "nombre"
    detaillee: ClassVar[bool] = False

    type: Literal["nombre"]
    case: Annotated[Case, BeforeValidator(_case_ecrite)] | None = None
    attendu: float | None = None
    accepte: Acceptees = []
    erreurs_typiques: list[ErreurDeNombre] = []

    @model_validator(mode="after")
    def _case_nommee(self):
        if self.calcul and not self.case:
            raise ValueError("avec « calcul », dites quelle « case » du modèle est demandée")
        return self

    def attendues(self, question: str) -> Mapping[Case, Any]:
        return {Case(question): self.attendu}

    def textes(self, reponse: Reponse) -> tuple[dict[Case, str], list[str]]:
        lignes = [ligne for ligne in reponse.cellule.corps.split("\n") if ligne.strip()]
        avec_chiffres = [ligne for ligne in lignes if any(map(str.isdigit, ligne))]
        unite = reponse.cellule.arguments[0] if reponse.cellule.arguments else ""
        valeurs = {lire_nombre(ligne, unite).valeur for ligne in avec_chiffres}
        doutes = []
        if len(avec_chiffres) > 1 and len(valeurs) == 1 and None not in valeurs:
            lignes = lignes[:1]  # le même nombre, répété
        elif len(avec_chiffres) > 1 and "=" not in reponse.cellule.corps:
            doutes = [f"plusieurs nombres là où un seul est attendu : {citer_tout(lignes)}."]
        return {self.case or Case(reponse.question.identifiant): " ".join(lignes)}, doutes

    def noter(self, reponse: Reponse, copie: CopieANoter) -> NoteQuestion:
        note, debut = super().noter(reponse, copie), reponse.cellule.corps.lstrip()
        if note.fraction == 1 or debut[:1] not in _TIRETS or not debut[1:2].isspace():
            return note
        doute = f"« {citer(debut, 40)} » est lu comme un nombre négatif ; c'est peut-être un tiret de liste."
        return replace(note, a_verifier=[*note.a_verifier, doute])

    def lire(self, texte: str, reponse: Reponse) -> NombreLu:
        unite = reponse.cellule.arguments[0] if reponse.cellule.arguments else ""
        return lire_nombre(texte, unite)

    def acceptees(self, case: Case) -> Acceptees:
        return self.accepte

    def montrer(self, reponse: Reponse, note: NoteQuestion) -> Montree:
        return Montree(reponse.cellule.corps.strip(), nombre=next(iter(note.cases), None))

    def desaccords(self, question: Question) -> list[str]:
        connue = not self.calcul or self.case in modele(self.calcul).cases
        return [] if connue else [f"le calcul ou le tableau n'a pas de case « {self.case} »"]
