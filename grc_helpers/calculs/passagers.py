"""Les droits du passager dont l'avion est en retard : assistance, remboursement, indemnité.

Les distances sont en kilomètres, les retards en heures, les indemnités en euros. État du droit : novembre 2026.

Sources : règlement (CE) n° 261/2004, art. 3 (champ), 6 et 9 (assistance, retard au départ), 7 (montants, distance orthodromique) et
8 (remboursement) ; Cour de justice, Sturgeon (C-402/07, 2009) et Nelson (C-581/10, 2012) pour l'indemnité dès trois heures à l'arrivée ;
Wallentin-Hermann (C-549/07, 2008) pour la panne, Krüsemann (C-195/17, 2018) pour la grève du personnel. Un compromis de juin 2026 réforme
ce règlement ; sa publication n'est pas vérifiée : les seuils et les montants sont donc des paramètres.
"""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

RAYON_DE_LA_TERRE = 6371.0088  # km : rayon moyen de l'ellipsoïde de référence, (2a + b) ÷ 3


@dataclass(frozen=True)
class Aeroport:
    """Un aéroport : sa ville, sa position en degrés (nord et est positifs), et s'il relève du règlement.

    ``union`` : dans l'Union européenne, ou en Norvège, en Islande, en Suisse. Lève ``ValueError`` si la position n'est pas sur la Terre.
    """

    ville: str
    latitude: float
    longitude: float
    union: bool

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError("Une latitude va de −90 à 90 degrés, une longitude de −180 à 180.")


# Positions publiques des aéroports (base airportsdata, version 20260905, licence MIT), au code qui les désigne dans le monde entier.
AEROPORTS = {
    "CMN": Aeroport("Casablanca", 33.3675, -7.58997, union=False),
    "JFK": Aeroport("New York", 40.63993, -73.77869, union=False),
    "MRS": Aeroport("Marseille", 43.43927, 5.22142, union=True),
    "NCE": Aeroport("Nice", 43.6584, 7.21587, union=True),
    "ORY": Aeroport("Paris Orly", 48.7253, 2.35944, union=True),
}


def distance_orthodromique(depart: Aeroport, arrivee: Aeroport) -> float:
    """La plus courte distance entre deux aéroports à la surface de la Terre, en kilomètres (formule du demi-sinus verse).

    C'est celle de l'article 7 du règlement. La Terre y est une sphère : l'écart avec la forme vraie ne dépasse pas quelques millièmes.

    >>> round(distance_orthodromique(AEROPORTS["CMN"], AEROPORTS["ORY"]), 1)
    1896.8
    """
    nord_1, nord_2 = radians(depart.latitude), radians(arrivee.latitude)
    est = radians(arrivee.longitude - depart.longitude)
    corde = sin((nord_2 - nord_1) / 2) ** 2 + cos(nord_1) * cos(nord_2) * sin(est / 2) ** 2
    return 2 * RAYON_DE_LA_TERRE * asin(min(1.0, sqrt(corde)))


@dataclass(frozen=True)
class Vol:
    """Ce que le règlement regarde d'un vol : d'où il part, où il va, qui l'assure, et la ``distance`` en kilomètres.

    Lève ``ValueError`` si la distance n'est pas plus grande que 0, ou dépasse un demi-tour de la Terre.
    """

    depart_union: bool
    arrivee_union: bool
    transporteur_union: bool
    distance: float

    def __post_init__(self) -> None:
        if not 0 < self.distance <= 20_040:
            raise ValueError(
                "Une distance est plus grande que 0 km, et ne dépasse pas 20 040 km, un demi-tour de la Terre."
            )

    @property
    def interieur(self) -> bool:
        """Vrai s'il part de l'Union et y arrive."""
        return self.depart_union and self.arrivee_union


def vol_entre(depart: Aeroport, arrivee: Aeroport, transporteur_union: bool) -> Vol:
    """Le vol d'un aéroport à un autre, distance calculée.

    >>> vol_entre(AEROPORTS["ORY"], AEROPORTS["NCE"], True).interieur
    True
    """
    distance = distance_orthodromique(depart, arrivee)
    return Vol(depart.union, arrivee.union, transporteur_union, distance)


@dataclass(frozen=True)
class Regles:
    """Les seuils du règlement : tranches de distance (km), heures de retard, montants (euros).

    Les triplets vont de la tranche courte à la longue. ``etat`` : la date de ces règles.

    Lève ``ValueError`` si les tranches, les heures ou les montants ne vont pas en croissant à partir de 0.
    """

    courte: float = 1500
    moyenne: float = 3500
    assistance: tuple[float, float, float] = (2, 3, 4)
    montants: tuple[float, float, float] = (250, 400, 600)
    retard_a_l_arrivee: float = 3
    moitie_sous: float = 4
    renoncer: float = 5
    etat: str = "novembre 2026"

    def __post_init__(self) -> None:
        for suite in ((self.courte, self.moyenne), self.assistance, self.montants):
            if min(suite) <= 0 or list(suite) != sorted(suite):
                raise ValueError(
                    "Distances, heures et montants sont plus grands que 0, et vont en croissant."
                )
        if min(self.retard_a_l_arrivee, self.moitie_sous, self.renoncer) <= 0:
            raise ValueError("Un seuil de retard est plus grand que 0 heure.")


REGLES = Regles()


# --- Le champ et la cause --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cause:
    """Pourquoi l'avion est en retard. ``extraordinaire`` : étrangère au métier de la compagnie **et** hors de sa maîtrise.

    ``prouvee`` : la compagnie le montre (bulletin, ordre du contrôle aérien). Sans preuve, la cause ne la dispense de rien.
    """

    nom: str
    extraordinaire: bool
    prouvee: bool = True

    @property
    def dispense(self) -> bool:
        """Vrai si elle dispense de l'indemnité (jamais de l'assistance)."""
        return self.extraordinaire and self.prouvee


CAUSES = (
    Cause("panne ordinaire de l'avion", extraordinaire=False),
    Cause("grève du personnel de la compagnie", extraordinaire=False),
    Cause("météo, prouvée", extraordinaire=True),
    Cause("météo, sans preuve", extraordinaire=True, prouvee=False),
    Cause("ordre du contrôle aérien, prouvé", extraordinaire=True),
)


def dans_le_champ(vol: Vol) -> bool:
    """Vrai si le règlement s'applique : au départ de l'Union, toute compagnie ; vers l'Union, une compagnie de l'Union seulement.

    >>> [dans_le_champ(Vol(False, True, union, 1896.8)) for union in (True, False)]
    [True, False]
    """
    return vol.depart_union or (vol.arrivee_union and vol.transporteur_union)


def tranche(vol: Vol, regles: Regles = REGLES) -> int:
    """Le rang de la tranche de distance : 0 la courte, 1 la moyenne, 2 la longue. Un vol intérieur à l'Union n'est jamais en tranche 2.

    >>> [tranche(Vol(True, union, True, 5000)) for union in (True, False)]
    [1, 2]
    """
    if vol.distance <= regles.courte:
        return 0
    return 1 if vol.interieur or vol.distance <= regles.moyenne else 2


# --- Les droits ------------------------------------------------------------------------------------------------------


def indemnite(vol: Vol, retard: float, cause: Cause, regles: Regles = REGLES) -> float:
    """L'indemnité forfaitaire due, en euros, pour un ``retard`` à l'arrivée ; 0 hors du champ, sous trois heures ou si la cause dispense.

    Sur un vol long qui n'est pas intérieur à l'Union, la compagnie peut n'en verser que la moitié sous quatre heures : c'est alors elle qui
    est rendue. Lève ``ValueError`` si le retard est négatif.

    >>> panne, neige = CAUSES[0], CAUSES[2]
    >>> vol = vol_entre(AEROPORTS["CMN"], AEROPORTS["ORY"], transporteur_union=True)
    >>> indemnite(vol, 6, panne), indemnite(vol, 6, neige), indemnite(vol, 2.5, panne)
    (400, 0, 0)
    """
    _verifier(retard)
    if not dans_le_champ(vol) or retard < regles.retard_a_l_arrivee or cause.dispense:
        return 0
    rang = tranche(vol, regles)
    moitie = rang == 2 and retard < regles.moitie_sous
    return regles.montants[rang] / 2 if moitie else regles.montants[rang]


@dataclass(frozen=True)
class Droits:
    """Ce que la compagnie doit. ``champ`` : le règlement s'applique.

    ``assistance`` : repas et deux communications ; ``hotel`` : la nuit et les transferts ; ``renoncer`` : le billet est remboursé si le
    passager renonce à partir. ``indemnite`` en euros, en plus du reste. Les frais annexes (taxi, voiture, rendez-vous) n'y sont pas : ils
    relèvent d'autres textes, dont la convention de Montréal.
    """

    champ: bool
    assistance: bool
    hotel: bool
    renoncer: bool
    indemnite: float


def droits(
    vol: Vol,
    retard_au_depart: float,
    retard_a_l_arrivee: float,
    cause: Cause,
    nuit: bool = False,
    regles: Regles = REGLES,
) -> Droits:
    """Les droits d'un passager enregistré à l'heure, billet payé. ``nuit`` : le départ est remis au lendemain.

    L'assistance et le remboursement suivent le retard **au départ**, quelle que soit la cause ; l'indemnité suit le retard **à l'arrivée**.
    Lève ``ValueError`` si un retard est négatif.

    >>> vol = vol_entre(AEROPORTS["MRS"], AEROPORTS["CMN"], transporteur_union=False)
    >>> droits(vol, 5, 2.5, CAUSES[2])
    Droits(champ=True, assistance=True, hotel=False, renoncer=True, indemnite=0)
    """
    _verifier(retard_au_depart)
    du = indemnite(vol, retard_a_l_arrivee, cause, regles)
    champ = dans_le_champ(vol)
    assistance = champ and retard_au_depart >= regles.assistance[tranche(vol, regles)]
    renoncer = champ and retard_au_depart >= regles.renoncer
    return Droits(champ, assistance, assistance and nuit, renoncer, du)


def _verifier(retard: float) -> None:
    if not retard >= 0:
        raise ValueError(
            "Un retard ne peut pas être négatif : un avion en avance a un retard de 0 heure."
        )
