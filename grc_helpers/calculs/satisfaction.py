"""Mesurer la satisfaction : recommander (NPS), être content (CSAT), sans effort (CES), et ce que vaut la mesure avec si peu de réponses.

Le NPS se lit en points, de −100 à +100 ; le CSAT est une part (0,69 pour 69 %) ; le CES est une note, sur une échelle qu'il faut dire.
Une marge d'erreur est dans l'unité de ce qu'elle encadre, à 95 % : elle ne compte que le hasard, pas ceux qui n'ont pas répondu. Sous une
trentaine de réponses, ou quand presque tous répondent la même chose, elle est trop belle : la formule suppose des avis qui varient.

Sources : NPS, Reichheld, *Harvard Business Review*, décembre 2003 ; sa variance, [p + d − (p − d)²] ÷ n, vient de Var(p) = p(1 − p) ÷ n et
de Cov(p, d) = −pd ÷ n (cybaea.net, 2016) ; CSAT, help.delighted.com (exemple : 74 notes 4 et 5 sur 107) ; CES, Dixon, Freeman et Toman,
même revue, juillet 2010 (de 1, peu d'effort, à 5), et sa seconde version de 2013 (de 1 à 7, où 7 veut dire facile).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import fmean, stdev

Z = 1.96  # 95 % des tirages d'une loi normale tombent à moins de 1,96 écart-type de sa moyenne
DETRACTEUR, PASSIF, PROMOTEUR = "détracteur", "passif", "promoteur"


# --- Recommander : le NPS --------------------------------------------------------------------------------------------


def categorie(note: float) -> str:
    """La catégorie d'une note de recommandation : détracteur de 0 à 6, passif 7 et 8, promoteur 9 et 10.

    Lève ``ValueError`` si la note n'est pas un entier de 0 à 10.

    >>> [categorie(note) for note in (6, 7, 8, 9)]
    ['détracteur', 'passif', 'passif', 'promoteur']
    """
    if note not in range(11):
        raise ValueError("Une note de recommandation est un nombre entier, de 0 à 10.")
    if note <= 6:
        return DETRACTEUR
    return PASSIF if note <= 8 else PROMOTEUR


def compter(notes: Sequence[float]) -> tuple[int, int, int]:
    """Les nombres de promoteurs, de passifs et de détracteurs parmi des ``notes`` de 0 à 10.

    >>> compter([10, 9, 8, 3, 6, 10])
    (3, 1, 2)
    """
    categories = [categorie(note) for note in notes]
    promoteurs, passifs, detracteurs = map(categories.count, (PROMOTEUR, PASSIF, DETRACTEUR))
    return promoteurs, passifs, detracteurs


def nps(*, promoteurs: float, passifs: float, detracteurs: float) -> float:
    """Le NPS, en points : 100 × (promoteurs − détracteurs) ÷ réponses. Les passifs comptent dans les réponses.

    Les trois en réponses. Lève ``ValueError`` s'il n'y a aucune réponse, ou si l'un des nombres est négatif.

    >>> round(nps(promoteurs=35, passifs=10, detracteurs=30), 2)
    6.67
    """
    reponses = _reponses(promoteurs, passifs, detracteurs)
    return 100 * (promoteurs - detracteurs) / reponses


def marge_du_nps(*, promoteurs: float, passifs: float, detracteurs: float) -> float:
    """La marge d'erreur du NPS, en points : 100 × 1,96 × √([p + d − (p − d)²] ÷ réponses), p et d les parts.

    >>> round(marge_du_nps(promoteurs=35, passifs=10, detracteurs=30), 1)
    21.0
    """
    reponses = _reponses(promoteurs, passifs, detracteurs)
    p, d = promoteurs / reponses, detracteurs / reponses
    return 100 * Z * sqrt((p + d - (p - d) ** 2) / reponses)


# --- Être content : le CSAT ------------------------------------------------------------------------------------------


def csat(*, satisfaits: float, reponses: float) -> float:
    """La part de clients satisfaits : notes 4 et 5 (sur 5) ÷ réponses. Un taux, jamais un cumul de points.

    Lève ``ValueError`` sans réponse, ou si les satisfaits sont plus nombreux que les réponses.

    >>> round(csat(satisfaits=42 + 32, reponses=42 + 32 + 10 + 9 + 14), 4)
    0.6916
    """
    if not reponses > 0:
        raise ValueError("Il faut au moins une réponse.")
    if not 0 <= satisfaits <= reponses:
        raise ValueError("Les satisfaits vont de 0 au nombre de réponses.")
    return satisfaits / reponses


def marge_d_une_part(part: float, reponses: float) -> float:
    """La marge d'erreur d'une ``part`` : 1,96 × √(part × (1 − part) ÷ réponses). Elle est la plus grande à la moitié.

    >>> round(marge_d_une_part(0.5, reponses=100), 3), round(marge_d_une_part(74 / 107, reponses=107), 3)
    (0.098, 0.088)
    """
    _verifier_la_part(part)
    if not reponses > 0:
        raise ValueError("Il faut au moins une réponse.")
    return Z * sqrt(part * (1 - part) / reponses)


# --- Sans effort : le CES --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Echelle:
    """Une échelle de CES : ses bornes, et la note qui veut dire « facile » (l'autre veut dire « difficile »)."""

    nom: str
    minimum: int
    maximum: int
    facile: int

    @property
    def difficile(self) -> int:
        """La note du plus grand effort."""
        return self.minimum + self.maximum - self.facile


EFFORT = Echelle("effort, de 1 à 5", 1, 5, facile=1)
FACILITE = Echelle("facilité, de 1 à 7", 1, 7, facile=7)
ECHELLES = (EFFORT, FACILITE)


def ces(notes: Sequence[float], echelle: Echelle = EFFORT) -> float:
    """Le CES : la moyenne des notes, sur l'``echelle``. Sans l'échelle et son sens, elle ne veut rien dire.

    Lève ``ValueError`` sans note, ou si une note sort de l'échelle.

    >>> ces([1, 2, 2, 5]), ces([7, 6, 6, 1], FACILITE)
    (2.5, 5.0)
    """
    if not notes:
        raise ValueError("Il faut au moins une réponse.")
    if not all(echelle.minimum <= note <= echelle.maximum for note in notes):
        raise ValueError(
            f"Sur cette échelle, une note va de {echelle.minimum} à {echelle.maximum}."
        )
    return fmean(notes)


def facilite(note: float, echelle: Echelle = EFFORT) -> float:
    """La place d'une note, ou d'un CES, entre « difficile » (0) et « facile » (1) : c'est ce qui se compare d'une échelle à l'autre.

    >>> facilite(2), facilite(5.5, FACILITE)
    (0.75, 0.75)
    """
    if not echelle.minimum <= note <= echelle.maximum:
        raise ValueError(
            f"Sur cette échelle, une note va de {echelle.minimum} à {echelle.maximum}."
        )
    return (note - echelle.difficile) / (echelle.facile - echelle.difficile)


def marge_d_une_moyenne(notes: Sequence[float]) -> float:
    """La marge d'erreur d'une moyenne de notes : 1,96 × écart-type ÷ √(nombre de notes). Il faut au moins deux notes.

    >>> round(marge_d_une_moyenne([1, 2, 2, 5] * 25), 2)
    0.3
    """
    if len(notes) < 2:
        raise ValueError("Il faut au moins deux notes pour voir si elles se ressemblent.")
    return Z * stdev(notes) / sqrt(len(notes))


# --- Combien interroger ----------------------------------------------------------------------------------------------


def reponses_pour_une_part(marge: float, part: float = 0.5, clients: float | None = None) -> int:
    """Les réponses à réunir pour connaître une part à ± ``marge`` près, à 95 % : part × (1 − part) × (1,96 ÷ marge)².

    ``part`` : ce que l'on attend, la moitié si l'on ne sait rien. ``clients`` : combien on en a en tout ; peu nombreux, il en faut moins.
    Lève ``ValueError`` si la marge n'est pas entre 0 et 1.

    >>> reponses_pour_une_part(0.05), reponses_pour_une_part(0.05, clients=400)
    (385, 197)
    """
    _verifier_la_part(part)
    return _reponses_pour(part * (1 - part), marge, clients)


def reponses_pour_le_nps(
    marge: float, *, promoteurs: float, detracteurs: float, clients: float | None = None
) -> int:
    """Les réponses à réunir pour connaître un NPS à ± ``marge`` points près, à 95 %. ``promoteurs`` et ``detracteurs`` sont des parts.

    >>> reponses_pour_le_nps(10, promoteurs=0.5, detracteurs=0.5), reponses_pour_le_nps(5, promoteurs=0.6, detracteurs=0.1)
    (385, 692)
    """
    _verifier_la_part(promoteurs)
    _verifier_la_part(detracteurs)
    if promoteurs + detracteurs > 1:
        raise ValueError("Promoteurs et détracteurs ne font pas plus que tous les clients, soit 1.")
    variance = promoteurs + detracteurs - (promoteurs - detracteurs) ** 2
    return _reponses_pour(variance, marge / 100, clients)


def _reponses_pour(variance: float, marge: float, clients: float | None) -> int:
    if not 0 < marge < 1:
        raise ValueError("La marge est plus grande que 0, et plus petite que 1 (100 points).")
    if clients is not None and not clients >= 1:
        raise ValueError("Il faut au moins un client.")
    reponses = max(1.0, variance * (Z / marge) ** 2)
    if clients is not None:
        # On n'interroge pas deux fois le même client : plus il y en a d'interrogés, moins il en reste d'inconnus.
        reponses /= 1 + (reponses - 1) / clients
    return ceil(round(reponses, 9))


def _reponses(promoteurs: float, passifs: float, detracteurs: float) -> float:
    if not min(promoteurs, passifs, detracteurs) >= 0:
        raise ValueError("Un nombre de réponses ne peut pas être négatif.")
    reponses = promoteurs + passifs + detracteurs
    if not reponses > 0:
        raise ValueError("Il faut au moins une réponse.")
    return reponses


def _verifier_la_part(part: float) -> None:
    if not 0 <= part <= 1:
        raise ValueError("Une part va de 0 à 1 : écrivez 0,25 pour 25 %.")
