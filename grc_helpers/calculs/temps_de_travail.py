"""Le temps de travail d'une équipe : heures supplémentaires et leur prix, ce que coûte le départ d'un collègue.

Les durées sont en heures, les majorations et les taux en parts. Les règles de départ sont celles de la France, à défaut d'accord
collectif (état : novembre 2026) ; un accord peut fixer d'autres majorations, jamais moins de 10 %. Ailleurs, d'autres règles : elles
se donnent en paramètre.

Sources : Code du travail français, L. 3121-27 (35 heures : le seuil des heures supplémentaires, pas un plafond), L. 3121-18 (10 heures
par jour), L. 3121-20 (48 heures par semaine), L. 3121-33 (plancher de 10 %), L. 3121-36 (25 % pour les huit premières, 50 % ensuite),
D. 3121-24 (contingent de 220 heures par an). Taux de rotation : définition de la Dares.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MAJORATION_PLANCHER = 0.10


@dataclass(frozen=True)
class Regle:
    """Le ``seuil`` de la semaine, les ``premieres`` heures supplémentaires et leur majoration, puis celle des suivantes ; les plafonds.

    ``par_jour`` et ``par_semaine`` : les durées à ne pas dépasser ; ``contingent`` : les heures supplémentaires de l'année.
    Lève ``ValueError`` si une majoration est sous le plancher, ou si un nombre d'heures n'est pas plus grand que 0.
    """

    seuil: float = 35
    premieres: float = 8
    majoration: float = 0.25
    majoration_ensuite: float = 0.50
    par_jour: float = 10
    par_semaine: float = 48
    contingent: float = 220

    def __post_init__(self) -> None:
        if min(self.majoration, self.majoration_ensuite) < MAJORATION_PLANCHER:
            raise ValueError("Une majoration ne descend pas sous 0,10 (10 %), même par accord.")
        heures = (self.seuil, self.premieres, self.par_jour, self.par_semaine, self.contingent)
        if min(heures) <= 0:
            raise ValueError("Un seuil ou un plafond est plus grand que 0 heure.")


FRANCE = Regle()


@dataclass(frozen=True)
class Semaine:
    """Les heures d'une semaine, rangées par leur prix : ``normales``, ``premieres`` supplémentaires, ``suivantes``."""

    normales: float
    premieres: float
    suivantes: float

    @property
    def supplementaires(self) -> float:
        """Toutes les heures au-delà du seuil.

        >>> semaine(45).supplementaires
        10
        """
        return self.premieres + self.suivantes


def semaine(heures: float, regle: Regle = FRANCE) -> Semaine:
    """Une semaine de tant d'``heures`` : les normales, les supplémentaires à la première majoration, puis à la seconde.

    Lève ``ValueError`` si les heures sont négatives, ou dépassent le plafond de la semaine.

    >>> semaine(45)
    Semaine(normales=35, premieres=8, suivantes=2)
    >>> semaine(30)
    Semaine(normales=30, premieres=0, suivantes=0)
    """
    if not 0 <= heures <= regle.par_semaine:
        raise ValueError(
            f"Une semaine de travail va de 0 à {regle.par_semaine:g} heures : au-delà, elle n'est pas permise."
        )
    normales = min(heures, regle.seuil)
    premieres = min(heures - normales, regle.premieres)
    return Semaine(normales, premieres, heures - normales - premieres)


def salaire_brut(heures: float, taux_horaire: float, regle: Regle = FRANCE) -> float:
    """Le salaire brut d'une semaine, majorations comprises, dans la monnaie du ``taux_horaire``.

    >>> salaire_brut(45, taux_horaire=12)
    576.0
    """
    if not taux_horaire >= 0:
        raise ValueError("Un taux horaire ne peut pas être négatif.")
    s = semaine(heures, regle)
    payees = (
        s.normales
        + s.premieres * (1 + regle.majoration)
        + s.suivantes * (1 + regle.majoration_ensuite)
    )
    return payees * taux_horaire


def semaines_avant_le_contingent(heures: float, regle: Regle = FRANCE) -> int | None:
    """Combien de semaines de tant d'``heures`` tiennent dans le contingent de l'année ; ``None`` sans heure supplémentaire : toutes.

    >>> semaines_avant_le_contingent(45), semaines_avant_le_contingent(35)
    (22, None)
    """
    supplementaires = semaine(heures, regle).supplementaires
    return int(regle.contingent // supplementaires) if supplementaires else None


def jours_trop_longs(heures_par_jour: Sequence[float], regle: Regle = FRANCE) -> list[int]:
    """Les jours (1 pour le premier) qui dépassent la durée permise en un jour. Lève ``ValueError`` hors de 0 à 24 heures.

    >>> jours_trop_longs([8, 10, 11, 7.5, 8.5])
    [3]
    """
    if not all(0 <= heures <= 24 for heures in heures_par_jour):
        raise ValueError("Un jour de travail va de 0 à 24 heures.")
    return [rang for rang, heures in enumerate(heures_par_jour, 1) if heures > regle.par_jour]


# --- La rotation : ceux qui partent, ceux qui arrivent ---------------------------------------------------------------


def taux_de_rotation(*, entrees: float, sorties: float, effectif: float) -> float:
    """La moyenne du taux d'entrée et du taux de sortie : (entrées + sorties) ÷ 2 ÷ effectif du début de la période.

    Lève ``ValueError`` si l'effectif du début est nul, ou un nombre négatif.

    >>> taux_de_rotation(entrees=10, sorties=5, effectif=100)
    0.075
    """
    if not effectif > 0:
        raise ValueError("Il faut au moins un salarié au début de la période.")
    if min(entrees, sorties) < 0:
        raise ValueError("Des entrées ou des sorties ne peuvent pas être négatives.")
    return (entrees + sorties) / 2 / effectif


def cout_d_un_depart(
    *, recrutement: float, formation: float, salaire: float, mois_pour_apprendre: float
) -> float:
    """Ce que coûte un agent à remplacer : recrutement + formation + la moitié du ``salaire`` mensuel pendant qu'il apprend.

    On suppose qu'en apprenant, il fait en moyenne la moitié du travail d'un agent formé : c'est une hypothèse, à régler sur les siens.
    Tout dans la même monnaie. Lève ``ValueError`` si un montant ou la durée est négatif.

    >>> cout_d_un_depart(recrutement=3_000, formation=4_000, salaire=5_000, mois_pour_apprendre=2)
    12000.0
    """
    if min(recrutement, formation, salaire, mois_pour_apprendre) < 0:
        raise ValueError("Un coût ou une durée ne peut pas être négatif.")
    return recrutement + formation + salaire * mois_pour_apprendre / 2


def cout_de_la_rotation(*, effectif: float, part_qui_part: float, cout_d_un_depart: float) -> float:
    """Ce que coûtent les départs d'une année : effectif × part de ceux qui partent (et sont remplacés) × coût d'un départ.

    >>> cout_de_la_rotation(effectif=20, part_qui_part=0.40, cout_d_un_depart=12_000)
    96000.0
    """
    if not min(effectif, part_qui_part, cout_d_un_depart) >= 0:
        raise ValueError("Un effectif, une part ou un coût ne peut pas être négatif.")
    return effectif * part_qui_part * cout_d_un_depart
