"""Combien d'agents heure par heure : des appels prévus aux effectifs, et des effectifs au service rendu.

Une journée est une suite de tranches de même durée. Les durées (``periode``, ``dmt``, ``delai``, ``patience``) sont en secondes, les heures
d'agents en heures, les taux en parts. Dans une tranche, l'arrivée des appels est supposée régulière et la file repart de zéro : c'est
l'usage (tranches de 30 minutes ou d'une heure), et c'est un peu optimiste après une heure saturée. Les modèles sont ceux de
``files_attente``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from grc_helpers.calculs.centre_appels import a_planifier
from grc_helpers.calculs.files_attente import Prevision, agents_necessaires, charge, prevoir

HEURE = 3600
# La part des appels de chaque heure, de 8 h à 20 h : une pointe le matin, une autre l'après-midi, un creux à midi. C'est une hypothèse ; un
# vrai centre relève ses appels.
DEUX_POINTES = (0.06, 0.09, 0.12, 0.12, 0.09, 0.06, 0.06, 0.09, 0.10, 0.09, 0.07, 0.05)


@dataclass(frozen=True)
class Tranche:
    """Une tranche : ses ``appels``, les ``agents`` à leur poste, ceux à inscrire au planning (``planifies``), et ce que cela donne.

    ``prevision`` est ``None`` s'il n'y a ni appel ni agent.
    """

    appels: float
    agents: int
    planifies: int
    prevision: Prevision | None


@dataclass(frozen=True)
class Journee:
    """Une journée : ses ``tranches``, et ce que vit l'appel moyen. ``heures`` : les heures d'agents à leur poste.

    ``niveau_de_service``, ``abandon`` et ``occupation`` sont pesés par les appels, puis par les heures : la moyenne simple des tranches
    donnerait au creux de midi le poids de la pointe.
    """

    tranches: tuple[Tranche, ...]
    heures: float
    niveau_de_service: float
    abandon: float
    occupation: float


def repartir(appels: float, profil: Sequence[float] = DEUX_POINTES) -> list[float]:
    """Les appels d'une journée, tranche par tranche, dans les proportions du ``profil``.

    Lève ``ValueError`` si une part du profil est négative, ou si elles sont toutes nulles.

    >>> repartir(100, (1, 3, 1))
    [20.0, 60.0, 20.0]
    """
    total = sum(profil)
    if not profil or min(profil) < 0 or not total > 0:
        raise ValueError(
            "Un profil est une suite de parts positives, dont l'une au moins n'est pas nulle."
        )
    if not appels >= 0:
        raise ValueError("Un nombre d'appels ne peut pas être négatif.")
    return [appels * part / total for part in profil]


def effectifs_de_la_journee(
    appels: Sequence[float],
    dmt: float,
    objectif: float = 0.8,
    delai: float = 20,
    shrinkage: float = 0.0,
    patience: float | None = None,
    periode: float = HEURE,
) -> Journee:
    """Pour chaque tranche, le moins d'agents qui atteint l'``objectif`` ; à inscrire au planning, compte tenu du ``shrinkage``.

    >>> journee = effectifs_de_la_journee([40, 100, 40], dmt=180, shrinkage=0.3, periode=1800)
    >>> [(tranche.agents, tranche.planifies) for tranche in journee.tranches], journee.heures
    ([(7, 10), (14, 20), (7, 10)], 14.0)
    """
    agents = [
        agents_necessaires(
            charge(appels=nombre, periode=periode, dmt=dmt), dmt, objectif, delai, patience
        )
        for nombre in appels
    ]
    return journee(appels, agents, dmt, delai, shrinkage, patience, periode)


def journee(
    appels: Sequence[float],
    agents: Sequence[int],
    dmt: float,
    delai: float = 20,
    shrinkage: float = 0.0,
    patience: float | None = None,
    periode: float = HEURE,
) -> Journee:
    """Ce que rendent ces ``agents`` à leur poste, tranche par tranche, devant ces ``appels``.

    Sans ``patience``, une tranche où les agents manquent lève ``ValueError`` (voir ``erlang_c``) : donnez la patience des clients.

    >>> midi = journee([100, 100], [14, 11], dmt=180, patience=120, periode=1800)
    >>> [round(tranche.prevision.niveau_de_service, 2) for tranche in midi.tranches], round(midi.niveau_de_service, 2)
    ([0.93, 0.74], 0.84)
    """
    if not appels or len(appels) != len(agents):
        raise ValueError("Il faut au moins une tranche, et un nombre d'agents pour chacune.")
    tranches = tuple(
        Tranche(
            nombre,
            presents,
            a_planifier(presents=presents, shrinkage=shrinkage),
            _prevision(nombre, presents, dmt, delai, patience, periode),
        )
        for nombre, presents in zip(appels, agents, strict=True)
    )
    prevues = [(t, t.prevision) for t in tranches if t.prevision is not None]
    recus, presents = sum(appels), sum(agents)
    if not recus > 0:
        raise ValueError("Il faut au moins un appel dans la journée.")
    return Journee(
        tranches,
        presents * periode / HEURE,
        sum(t.appels * p.niveau_de_service for t, p in prevues) / recus,
        sum(t.appels * p.abandon for t, p in prevues) / recus,
        sum(t.agents * p.occupation for t, p in prevues) / presents,
    )


def _prevision(
    appels: float, agents: int, dmt: float, delai: float, patience: float | None, periode: float
) -> Prevision | None:
    erlangs = charge(appels=appels, periode=periode, dmt=dmt)
    return prevoir(agents, erlangs, dmt, delai, patience) if agents or erlangs else None


def placer(
    appels: Sequence[float],
    heures: float,
    dmt: float,
    patience: float,
    delai: float = 20,
    ensemble: int | None = None,
    periode: float = HEURE,
) -> list[int]:
    """Les agents de chaque tranche quand on n'a que tant d'``heures`` d'agents : un partout, puis chacun là où l'on est le plus mal servi.

    ``ensemble`` : le plus d'agents à la fois, postes ou salariés. Un planning réel, fait de journées entières, fait un peu moins bien.
    Lève ``ValueError`` s'il n'y a pas de quoi mettre un agent par tranche.

    >>> placer([40, 100, 40], heures=13, dmt=180, patience=120, periode=1800)
    [7, 13, 6]
    """
    places = int(heures * HEURE // periode)
    if not appels or places < len(appels):
        raise ValueError(
            "Il faut au moins de quoi mettre un agent par tranche : ajoutez des heures."
        )
    if ensemble is not None and ensemble < 1:
        raise ValueError("Il faut au moins un agent à la fois.")

    def service(rang: int) -> float:
        prevision = _prevision(appels[rang], agents[rang], dmt, delai, patience, periode)
        return prevision.niveau_de_service if prevision else 1.0

    agents = [1] * len(appels)
    services = [service(rang) for rang in range(len(appels))]
    for _ in range(places - len(appels)):
        libres = [r for r in range(len(appels)) if ensemble is None or agents[r] < ensemble]
        if not libres:
            break
        rang = min(libres, key=lambda r: services[r])
        agents[rang] += 1
        services[rang] = service(rang)
    return agents


def agents_presents(*, salaries: float, heures_par_salarie: float, ouverture: float) -> float:
    """Combien sont là en moyenne : salariés × heures de chacun ÷ heures d'ouverture, toutes trois par semaine (ou toutes par jour).

    >>> round(agents_presents(salaries=13, heures_par_salarie=44, ouverture=72), 2)
    7.94
    """
    if not ouverture > 0 or min(salaries, heures_par_salarie) < 0:
        raise ValueError("Le service ouvre plus de 0 heure, et rien n'est négatif.")
    return salaries * heures_par_salarie / ouverture


def dmt_maximale(*, agents: float, periode: float, appels: float) -> float:
    """La plus longue durée de traitement qui tienne, sans une seconde de répit : agents × période ÷ appels. En pratique, restez dessous.

    >>> round(dmt_maximale(agents=13 * 44 / 72, periode=12 * 60, appels=1100), 1)
    5.2
    """
    if not appels > 0:
        raise ValueError("Il faut au moins un appel.")
    return agents * periode / appels
