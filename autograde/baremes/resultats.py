"""Ce que la notation produit : une note par question, avec ses preuves et ses doutes."""

import math
from dataclasses import dataclass, field
from enum import StrEnum

from autograde.prose import Evaluation
from grc_helpers.calculs.case import Case


class Statut(StrEnum):
    """Le sort d'une case ; la valeur est le mot montré au formateur et au stagiaire."""

    JUSTE = "juste"
    REPORTEE = "erreur reportée"
    FAUSSE = "à revoir"
    EN_PARTIE = "en partie"
    ABSENTE = "à ajouter"
    VIDE = "vide"
    ILLISIBLE = "illisible"


@dataclass(frozen=True)
class CaseNotee:
    """Une case, un nombre, une lettre ou un critère : ce qui est écrit, son statut, et l'explication s'il y en a une."""

    cle: Case
    ecrit: str
    statut: Statut
    valeur: float | None = None
    message: str = ""
    credit_partiel: float | None = None

    @property
    def credit(self) -> float:
        if self.credit_partiel is not None:
            return self.credit_partiel
        return 1.0 if self.statut in (Statut.JUSTE, Statut.REPORTEE) else 0.0


@dataclass
class NoteQuestion:
    """La note d'une question.

    ``fraction`` va de 0 à 1 ; None tant que seul un humain peut noter. ``a_verifier`` donne les motifs pour lesquels le
    formateur doit regarder : ils n'empêchent pas de proposer une note. ``evaluation`` : d'une réponse rédigée, ce que le moteur y a
    reconnu, avant toute décision du formateur.
    """

    fraction: float | None
    cases: list[CaseNotee] = field(default_factory=list)
    a_verifier: list[str] = field(default_factory=list)
    commentaires: list[str] = field(default_factory=list)
    evaluation: Evaluation | None = None

    def points(self, maximum: float) -> float | None:
        """La note en points, arrondie au centième ; None si un humain doit décider (ou si le calcul a déraillé)."""
        if self.fraction is None or not math.isfinite(self.fraction) or not 0 <= self.fraction <= 1:
            return None
        return round(self.fraction * maximum, 2)

    def resume(self) -> str:
        """Le commentaire inscrit au carnet nbgrader, en texte simple."""
        lignes = [f"À vérifier : {motif}" for motif in self.a_verifier] + self.commentaires
        reportees = [str(case.cle) for case in self.cases if case.statut is Statut.REPORTEE]
        if reportees:
            lignes.append(f"Erreur reportée, non pénalisée deux fois : {', '.join(reportees)}.")
        a_revoir = [str(case.cle) for case in self.cases if case.statut is Statut.FAUSSE]
        if a_revoir and len(self.cases) > 1:
            lignes.append(f"À revoir : {', '.join(a_revoir)}.")
        absents = [
            f"{case.cle} ({case.message})" if case.message else str(case.cle)
            for case in self.cases
            if case.statut in (Statut.ABSENTE, Statut.EN_PARTIE)
        ]
        if absents:
            lignes.append(f"Non trouvé, ou en partie : {' ; '.join(absents)}.")
        return "\n".join(lignes)


def note_des_cases(cases: list[CaseNotee], **autres) -> NoteQuestion:
    """La note d'une question faite de cases de même poids."""
    fraction = sum(case.credit for case in cases) / len(cases) if cases else None
    commentaires = list(dict.fromkeys(case.message for case in cases if case.message))
    illisibles = [
        f"case illisible, {case.cle} : « {case.ecrit[:40]} »."
        for case in cases
        if case.statut is Statut.ILLISIBLE
    ]
    return NoteQuestion(
        fraction,
        cases,
        a_verifier=illisibles + autres.pop("a_verifier", []),
        commentaires=commentaires,
    )
