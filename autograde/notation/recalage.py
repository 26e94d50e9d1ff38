"""Après la relecture d'une question, ce que les décisions du formateur disent du seuil au-dessus duquel une note y est « sûre ».

Les poids appris ne bougent jamais ; seul bouge le seuil de cette question-là, et seulement quand les décisions le prouvent : il baisse si
la borne supérieure de l'erreur y reste tolérable, il monte si la borne inférieure ne l'est plus (bornes de Clopper et Pearson). Quelques
décisions justes ne suffisent donc pas à relâcher la garde, et une seule erreur ne suffit pas à tout redemander.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import exp, lgamma, log, log1p

from autograde.cours.decisions import Decision
from autograde.notation.decidees import appliquer
from autograde.prose import Evaluation
from autograde.prose.bareme import BaremeRedige
from autograde.prose.certitude import A_PEU_PRES, modele

RISQUE = 0.1
TOLERE = 0.14  # la part d'erreurs que la borne supérieure ne doit pas dépasser
DECISIONS_POUR_BAISSER = 20  # en deçà, aucune borne ne dit rien
JAMAIS = 1.01  # un seuil que rien n'atteint
RELEVE = (
    "vos décisions ont relevé le seuil de cette question : la note proposée n'y est plus assez sûre"
)


@dataclass(frozen=True)
class Decidee:
    """Une réponse que le formateur a décidée en entier : ce que la machine en croyait, et si elle s'en était écartée de trop."""

    probabilite: float
    fausse: bool


@dataclass(frozen=True)
class Recalage:
    """Le ``seuil`` de la question, None si les décisions ne le changent pas ; ``decidees`` : combien de réponses l'ont jugée ; ``sures`` :
    celles qu'il dirait sûres, et ``erreurs`` parmi elles."""

    seuil: float | None
    decidees: int
    sures: int
    erreurs: int

    @property
    def phrase(self) -> str:
        """Ce que la page en dit ; « » avant toute décision.

        >>> Recalage(None, decidees=34, sures=20, erreurs=1).phrase
        'Sur vos 34 décisions, la machine en aurait tenu 20 pour sûres et se serait trompée 1 fois.'
        """
        if not self.decidees:
            return ""
        vos = f"vos {self.decidees} décisions" if self.decidees > 1 else "votre décision"
        if not self.sures:
            return f"Sur {vos}, la machine n'aurait rien tenu pour sûr."
        combien = f"{self.sures} pour sûre{'s' if self.sures > 1 else ''}"
        return f"Sur {vos}, la machine en aurait tenu {combien} et se serait trompée {self.erreurs} fois."


def decidee(
    proposee: Evaluation, bareme: BaremeRedige, decisions: Mapping[str, Decision]
) -> Decidee | None:
    """Ce qu'apprend une réponse ; None si un élément n'est pas décidé, ou si rien n'y avait été estimé."""
    if proposee.probabilite is None or not proposee.credits.keys() <= decisions.keys():
        return None
    juste = appliquer(proposee, bareme, decisions).fraction
    return Decidee(proposee.probabilite, abs(juste - proposee.fraction) > A_PEU_PRES + 1e-9)


def recaler(decidees: Iterable[Decidee | None], depart: float | None = None) -> Recalage:
    """Le seuil de la question d'après toutes ses réponses décidées. ``depart`` : le seuil appris.

    >>> justes = [Decidee(0.5, False)] * 20
    >>> recaler(justes, depart=0.6).seuil, recaler(justes[:5], depart=0.6).seuil
    (0.5, None)
    >>> recaler([Decidee(0.7, True)] * 6, depart=0.6).seuil > 0.7
    True
    """
    depart = modele().seuil if depart is None else depart
    connues = sorted(filter(None, decidees), key=lambda une: -une.probabilite)
    seuil = depart
    if borne_inferieure(*_erreurs(connues, depart)) > TOLERE:
        plus_hauts = sorted({une.probabilite for une in connues if une.probabilite > depart})
        seuil = next(
            (haut for haut in plus_hauts if borne_inferieure(*_erreurs(connues, haut)) <= TOLERE),
            JAMAIS,
        )
    else:
        for bas in sorted(
            {une.probabilite for une in connues if une.probabilite < depart}, reverse=True
        ):
            erreurs, combien = _erreurs(connues, bas)
            if combien < DECISIONS_POUR_BAISSER:
                continue
            if borne_superieure(erreurs, combien) > TOLERE:
                break
            seuil = bas
    erreurs, sures = _erreurs(connues, seuil)
    return Recalage(None if seuil == depart else seuil, len(connues), sures, erreurs)


def au_seuil(evaluation: Evaluation, seuil: float | None) -> Evaluation:
    """La même évaluation, au seuil de sa question ; sans seuil propre, ou si rien n'a été estimé, elle ne change pas."""
    if seuil is None or evaluation.probabilite is None:
        return evaluation
    if evaluation.probabilite >= seuil:
        return replace(
            evaluation, relire=False, motif="" if evaluation.relire else evaluation.motif
        )
    return replace(evaluation, relire=True, motif=evaluation.motif or RELEVE)


def borne_superieure(erreurs: int, combien: int) -> float:
    """La vraie part d'erreurs dépasse cette borne avec une probabilité de RISQUE au plus.

    >>> round(borne_superieure(0, 20), 3), borne_superieure(0, 0)
    (0.109, 1.0)
    """
    if erreurs == combien:
        return 1.0
    return _racine(lambda p: _au_plus(erreurs, combien, p) - RISQUE)


def borne_inferieure(erreurs: int, combien: int) -> float:
    """La vraie part d'erreurs est sous cette borne avec une probabilité de RISQUE au plus.

    >>> borne_inferieure(0, 20), round(borne_inferieure(6, 6), 2)
    (0.0, 0.68)
    """
    return 1 - borne_superieure(combien - erreurs, combien) if erreurs else 0.0


def _erreurs(decidees: Iterable[Decidee], seuil: float) -> tuple[int, int]:
    """Combien de fausses, et combien en tout, à partir de ce seuil."""
    gardees = [une for une in decidees if une.probabilite >= seuil]
    return sum(une.fausse for une in gardees), len(gardees)


def _au_plus(erreurs: int, combien: int, part: float) -> float:
    """La probabilité d'avoir au plus tant d'erreurs, chacune de probabilité ``part``."""
    return sum(
        exp(
            lgamma(combien + 1) - lgamma(k + 1) - lgamma(combien - k + 1)
            + k * log(part) + (combien - k) * log1p(-part)
        )
        for k in range(erreurs + 1)
    )  # fmt: skip


def _racine(decroissante) -> float:
    bas, haut = 1e-9, 1 - 1e-9
    for _ in range(50):
        milieu = (bas + haut) / 2
        bas, haut = (milieu, haut) if decroissante(milieu) > 0 else (bas, milieu)
    return haut
