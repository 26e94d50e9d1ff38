"""La valeur d'un client dans le temps (LTV, *lifetime value* ; CLV, *customer lifetime value*).

Chaque convention porte un nom, parce que deux personnes de bonne foi trouvent deux chiffres différents :

- ``clients_entiers`` : garder les décimales (``"non"``) ou arrondir les clients perdus chaque année à l'unité
  la plus proche (``"proche"``) ou supérieure (``"superieur"``) ;
- ``acquisition`` : compter le coût d'acquisition chaque année (``"annuelle"``) ou une seule fois, au départ
  (``"unique"``) ;
- ``encaissement`` : actualiser comme si l'argent rentrait au ``"debut"`` ou à la ``"fin"`` de chaque année.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from grc_helpers.calculs import coherence
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.tableau import Formule, Modele

Arrondi = Literal["non", "proche", "superieur"]
Acquisition = Literal["annuelle", "unique"]
Encaissement = Literal["debut", "fin"]

# Les deux grandeurs du tableau qui ne changent pas d'une année à l'autre.
CLIENTS_GAGNES = Case("Clients gagnés")
VALEUR_CLIENT = Case("Valeur client")

# Le calcul binaire laisse des poussières (100 × 7 % = 7,000000000000001) : on les retire avant d'arrondir à l'unité.
ARRONDIS = {
    "non": float,
    "proche": lambda clients: math.floor(round(clients, 9) + 0.5),
    "superieur": lambda clients: math.ceil(round(clients, 9)),
}


@dataclass(frozen=True)
class Hypotheses:
    """Les hypothèses d'une opération de conquête. Les taux sont des parts (0,25 pour 25 %), les montants des euros."""

    contacts: float
    taux_conversion: float
    attrition: tuple[float, ...]
    ca_par_client: float
    evolution_ca: float
    cout_acquisition: float
    cout_de_vie: float
    evolution_cout_de_vie: float

    @property
    def annees(self) -> tuple[str, ...]:
        """Les colonnes du tableau : N1, N2…"""
        return tuple(f"N{rang}" for rang in range(1, len(self.attrition) + 1))


def valeur_simple(
    duree: float, frequence: float, panier: float, taux_de_marge: float = 1.0
) -> float:
    """Valeur d'un client « en une ligne » : durée × fréquence d'achat × panier moyen.

    ``duree`` et ``frequence`` dans la même unité de temps (mois et achats par mois), ``panier`` en euros.
    Sans ``taux_de_marge``, le résultat est un chiffre d'affaires et non un profit.

    >>> valeur_simple(duree=2, frequence=6, panier=50)
    600.0
    >>> valeur_simple(duree=2, frequence=6, panier=50, taux_de_marge=0.25)
    150.0
    """
    return float(duree * frequence * panier * taux_de_marge)


def modele(
    h: Hypotheses, clients_entiers: Arrondi = "non", acquisition: Acquisition = "annuelle"
) -> Modele:
    """Le tableau de la valeur client, année par année.

    Les clients partis dans l'année ne rapportent rien : le chiffre d'affaires et les coûts portent sur ceux qui restent.

    >>> h = Hypotheses(contacts=500, taux_conversion=0.2, attrition=(0.5, 0.2), ca_par_client=80, evolution_ca=0,
    ...                cout_acquisition=10, cout_de_vie=20, evolution_cout_de_vie=0)
    >>> valeurs = modele(h).calculer()
    >>> valeurs["Clients restants", "N2"], valeurs["Résultat", "N1"], valeurs["Résultat cumulé", "N2"]
    (40.0, 2500.0, 4500.0)
    """
    formules = [Formule(CLIENTS_GAGNES, lambda v: h.contacts * h.taux_conversion)]
    for rang, annee in enumerate(h.annees):
        formules += _formules_de_l_annee(h, rang, annee, ARRONDIS[clients_entiers], acquisition)
    derniere = h.annees[-1]
    formules.append(Formule(VALEUR_CLIENT, lambda v: v["Résultat cumulé", derniere]))
    return Modele(formules)


def hypotheses_d_un_tableau(
    valeurs: Mapping[tuple[str, str], float], annees: Sequence[str], contacts: float
) -> Hypotheses | None:
    """Les taux que suppose un tableau déjà rempli, pour le rejouer autrement ; None s'il y manque une case, ou s'il n'a pas de sens.

    ``contacts`` : combien de personnes l'opération a touchées. Les évolutions se lisent entre les deux premières années.

    >>> h = Hypotheses(500, 0.2, (0.5, 0.2), 80, -0.05, 10, 20, 0.1)
    >>> hypotheses_d_un_tableau(modele(h).calculer(), h.annees, 500) == h
    True
    >>> hypotheses_d_un_tableau({("Clients perdus", "N1"): 50}, h.annees, 500) is None
    True
    """
    try:
        debuts = [
            valeurs["Clients perdus", annee] + valeurs["Clients restants", annee]
            for annee in annees
        ]
        valeurs["Résultat cumulé", annees[-1]]  # le tableau est fini

        def evolution(ligne: str) -> float:
            return round(valeurs[ligne, annees[1]] / valeurs[ligne, annees[0]] - 1, 6)

        return Hypotheses(
            contacts=contacts,
            taux_conversion=debuts[0] / contacts,
            attrition=tuple(
                round(valeurs["Clients perdus", annee] / debut, 6)
                for annee, debut in zip(annees, debuts, strict=True)
            ),
            ca_par_client=valeurs["CA par client", annees[0]],
            evolution_ca=evolution("CA par client"),
            cout_acquisition=valeurs["Coût d'acquisition par client", annees[0]],
            cout_de_vie=valeurs["Coût de vie par client", annees[0]],
            evolution_cout_de_vie=evolution("Coût de vie par client"),
        )
    except (KeyError, ZeroDivisionError):
        return None


def _formules_de_l_annee(
    h: Hypotheses, rang: int, annee: str, arrondir, acquisition: Acquisition
) -> list[Formule]:
    veille, relations = f"N{rang}", coherence.valeur_client(h.annees)
    avant = Case("Clients restants", veille) if rang else CLIENTS_GAGNES

    def formule(ligne, calcul):
        return Formule(Case(ligne, annee), calcul)

    def suivant(ligne, depart, evolution):
        """Une valeur par client : son niveau de départ, puis la même évolution chaque année."""
        return formule(ligne, lambda v: v[ligne, veille] * (1 + evolution) if rang else depart)

    def total(ligne, unitaire):
        return formule(ligne, lambda v: v[unitaire, annee] * v["Clients restants", annee])

    if acquisition == "annuelle":
        acquisition_totale = total("Coût d'acquisition total", "Coût d'acquisition par client")
    else:
        acquisition_totale = formule(
            "Coût d'acquisition total",
            lambda v: 0 if rang else v["Coût d'acquisition par client", annee] * v[CLIENTS_GAGNES],
        )
    return [
        formule("Clients perdus", lambda v: arrondir(v[avant] * h.attrition[rang])),
        relations[Case("Clients restants", annee)]
        if rang
        else formule("Clients restants", lambda v: v[avant] - v["Clients perdus", annee]),
        suivant("CA par client", h.ca_par_client, h.evolution_ca),
        total("CA global", "CA par client"),
        formule("Coût d'acquisition par client", lambda v: h.cout_acquisition),
        acquisition_totale,
        suivant("Coût de vie par client", h.cout_de_vie, h.evolution_cout_de_vie),
        total("Coût de vie total", "Coût de vie par client"),
        relations[Case("Résultat", annee)],
        relations[Case("Résultat cumulé", annee)],
    ]


def valeur_actualisee(
    flux: Sequence[float], taux: float, encaissement: Encaissement = "fin"
) -> float:
    """Valeur d'aujourd'hui d'une suite de résultats annuels (euros), au ``taux`` d'actualisation annuel.

    >>> round(valeur_actualisee([110, 121], taux=0.10), 2)
    200.0
    >>> round(valeur_actualisee([110, 121], taux=0.10, encaissement="debut"), 2)
    220.0
    """
    decalage = 1 if encaissement == "fin" else 0
    return float(
        sum(montant / (1 + taux) ** (rang + decalage) for rang, montant in enumerate(flux))
    )


def valeur_de_la_cohorte(
    h: Hypotheses,
    *,
    clients_entiers: Arrondi = "non",
    acquisition: Acquisition = "annuelle",
    taux: float = 0.0,
    encaissement: Encaissement = "fin",
) -> float:
    """Ce que rapportent tous les clients gagnés, en euros, sur la durée étudiée.

    Avec ``acquisition="unique"``, la dépense d'acquisition est payée au départ : elle n'est pas actualisée.

    >>> h = Hypotheses(500, 0.2, (0.5, 0.2), 80, 0, 10, 20, 0)
    >>> valeur_de_la_cohorte(h), valeur_de_la_cohorte(h, acquisition="unique")
    (4500.0, 4400.0)
    """
    valeurs = modele(h, clients_entiers, acquisition).calculer()
    depart = valeurs["Coût d'acquisition total", "N1"] if acquisition == "unique" else 0.0
    flux = [valeurs["Résultat", annee] for annee in h.annees]
    flux[0] += depart
    return valeur_actualisee(flux, taux, encaissement) - depart


def multiple_de_marge(
    retention: float,
    taux: float,
    premiere_marge: Literal["dans_un_an", "aujourd_hui"] = "dans_un_an",
):
    """Par combien multiplier la marge annuelle d'un client fidèle à durée indéterminée.

    Formule de Gupta et Lehmann : r / (1 + i − r) quand la première marge arrive dans un an,
    (1 + i) / (1 + i − r) quand elle est encaissée aujourd'hui. ``retention`` et ``taux`` sont des parts.
    Lève ``ValueError`` si le client ne part jamais sans que l'argent perde de valeur : la somme serait infinie.

    >>> round(multiple_de_marge(0.6, 0.10), 2)
    1.2
    >>> round(multiple_de_marge(0.6, 0.10, premiere_marge="aujourd_hui"), 2)
    2.2
    """
    if not 0 <= retention <= 1 or taux < 0 or 1 + taux <= retention:
        raise ValueError(
            "La rétention va de 0 à 1 ; si elle vaut 1, le taux d'actualisation doit être positif."
        )
    numerateur = retention if premiere_marge == "dans_un_an" else 1 + taux
    return numerateur / (1 + taux - retention)


def valeur_actuelle_nette(
    marges: Sequence[float],
    couts: Sequence[float],
    retention: float,
    taux: float,
    cout_acquisition: float,
) -> float:
    """CLV sur une durée finie : Σ (marge − coût) × r^(t−1) / (1+i)^t − coût d'acquisition, pour t = 1, 2…

    Toutes les sommes sont en euros ; ``marges`` et ``couts`` ont une valeur par année.
    Lève ``ValueError`` si les deux listes n'ont pas la même longueur.

    >>> valeur_actuelle_nette([110], [0], retention=0.8, taux=0.10, cout_acquisition=40)
    60.0
    """
    flux = [
        (marge - cout) * retention**rang
        for rang, (marge, cout) in enumerate(zip(marges, couts, strict=True))
    ]
    return round(valeur_actualisee(flux, taux) - cout_acquisition, 10)


def point_mort(cumuls: Sequence[float]) -> int | None:
    """Le rang (1, 2…) de la première année où le résultat cumulé n'est plus négatif ; None s'il le reste.

    >>> point_mort([-500, -100, 250])
    3
    >>> point_mort([-500, -400]) is None
    True
    """
    return next((rang for rang, cumul in enumerate(cumuls, start=1) if cumul >= 0), None)
