"""Le TP Rimaldi, tableau d'un portefeuille : rangs, parts et cumuls du CA, classes A, B, C, puis rangs et parts de la valeur.

Les clients y sont désignés par « Client A », les classes par « Classe A » : les deux lettres ne se confondent pas.
"""

from functools import partial

from autograde.cas import donnees
from grc_helpers.calculs import coherence
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.portefeuille import CLASSES, Montants, Seuils, classer, classes_abc
from grc_helpers.calculs.tableau import Formule, Modele, Valeurs, valeur_ecrite
from grc_helpers.donnees import commerces

# Les seuils que l'énoncé donne.
SEUILS = Seuils(a=60, b=90, franchissement="exclu")


def portefeuille() -> tuple[Montants, Montants]:
    """Le chiffre d'affaires et la valeur (euros) de chaque client de Rimaldi."""
    return commerces.portefeuille("rimaldi", donnees.__name__)


def modele() -> Modele:
    """Le tableau des deux classements de Rimaldi."""
    return tableau(*portefeuille(), SEUILS)


def tableau(ca: Montants, valeur: Montants, seuils: Seuils) -> Modele:
    """Le tableau des deux classements. Les parts suivent le total, les cumuls suivent les rangs et les parts, les classes les cumuls.

    >>> petit = tableau({"A": 600, "B": 300, "C": 100}, {"A": -100, "B": 500, "C": 600}, Seuils(60, 90))
    >>> valeurs = petit.calculer()
    >>> valeurs["Rang 2", "CA cumulé"], valeurs["Classe B", "Part du CA"], valeurs["Client A", "Rang valeur"]
    (90.0, 30.0, 3.0)
    >>> petit.calculer({Case("CA total"): 1200})["Client A", "Part du CA"]
    50.0
    """
    return Modele(
        [
            *_rangs_et_parts(ca, Case("CA total"), "Rang CA", "Part du CA"),
            *_cumuls(list(ca)),
            *_classes(ca, seuils),
            *_rangs_et_parts(valeur, Case("Valeur totale"), "Rang valeur", "Part de la valeur"),
        ]
    )


def _rangs_et_parts(montants: Montants, total: Case, rang: str, part: str) -> list[Formule]:
    rangs = {ligne.client: ligne.rang for ligne in classer(montants)}

    def son_rang(client: str) -> Formule:
        return Formule(Case(f"Client {client}", rang), lambda v: rangs[client])

    def sa_part(client: str) -> Formule:
        return Formule(Case(f"Client {client}", part), lambda v: 100 * montants[client] / v[total])

    return [
        Formule(total, lambda v: sum(montants.values())),
        *map(son_rang, montants),
        *map(sa_part, montants),
    ]


def _cumuls(clients: list[str]) -> list[Formule]:
    """Le cumul d'un rang ajoute la part du client que le stagiaire a mis à ce rang, même s'il s'est trompé de rang."""

    def cumul(rang: int, v: Valeurs) -> float:
        parts = {
            client: (v[f"Client {client}", "Rang CA"], v[f"Client {client}", "Part du CA"])
            for client in clients
        }
        du_rang = sum(part for place, part in parts.values() if place == rang)
        return (v[f"Rang {rang - 1}", "CA cumulé"] if rang > 1 else 0) + du_rang

    return [
        Formule(Case(f"Rang {rang}", "CA cumulé"), partial(cumul, rang))
        for rang in range(1, len(clients) + 1)
    ]


def _classes(ca: Montants, seuils: Seuils) -> list[Formule]:
    classes, relations = (
        list(classes_abc(classer(ca), seuils).values()),
        coherence.classes_abc(len(ca)),
    )
    return [
        formule
        for classe in CLASSES
        for formule in (
            valeur_ecrite(Case(f"Classe {classe}", "Clients"), classes.count(classe)),
            relations[Case(f"Classe {classe}", "Part des clients")],
            relations.get(Case(f"Classe {classe}", "Part du CA"))
            or Formule(
                Case(f"Classe {classe}", "Part du CA"), partial(_part_du_ca, classe, len(ca))
            ),
        )
    ]


def _part_du_ca(classe: str, clients: int, v: Valeurs) -> float:
    """La part de la classe A ou B. Tous les cumuls sont lus : le stagiaire peut avoir arrêté la classe à un autre rang."""
    cumuls: dict[float, float] = {0: 0.0}
    cumuls |= {rang: v[f"Rang {rang}", "CA cumulé"] for rang in range(1, clients + 1)}
    if classe == "A":
        return cumuls[v["Classe A", "Clients"]]
    return cumuls[v["Classe A", "Clients"] + v["Classe B", "Clients"]] - v["Classe A", "Part du CA"]
