"""Le tableau à remplir d'un portefeuille : rangs, parts et cumuls du CA, classes A, B, C, puis rangs et parts de la valeur.

Les clients y sont désignés par « Client A », les classes par « Classe A » : les deux lettres ne se confondent pas.
"""

from functools import partial

from grc_helpers.calculs.case import Case
from grc_helpers.calculs.portefeuille import CLASSES, Montants, Seuils, classer, classes_abc
from grc_helpers.calculs.tableau import Formule, Modele, Valeurs


def modele(ca: Montants, valeur: Montants, seuils: Seuils) -> Modele:
    """Le tableau des deux classements. Les parts suivent le total, les cumuls suivent les rangs et les parts, les classes les cumuls.

    >>> tableau = modele({"A": 600, "B": 300, "C": 100}, {"A": -100, "B": 500, "C": 600}, Seuils(60, 90))
    >>> valeurs = tableau.calculer()
    >>> valeurs["Rang 2", "CA cumulé"], valeurs["Classe B", "Part du CA"], valeurs["Client A", "Rang valeur"]
    (90.0, 30.0, 3.0)
    >>> tableau.calculer({Case("CA total"): 1200})["Client A", "Part du CA"]
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
    classes = list(classes_abc(classer(ca), seuils).values())
    return [
        formule
        for classe in CLASSES
        for formule in _formules_de_la_classe(classe, classes.count(classe), len(ca))
    ]


def _formules_de_la_classe(classe: str, combien: int, clients: int) -> list[Formule]:
    def part_du_ca(v) -> float:
        if classe == "C":
            return (
                v[f"Rang {clients}", "CA cumulé"]
                - v["Classe A", "Part du CA"]
                - v["Classe B", "Part du CA"]
            )
        # Tous les cumuls sont lus : le stagiaire peut avoir arrêté la classe à un autre rang.
        cumuls = {rang: v[f"Rang {rang}", "CA cumulé"] for rang in range(1, clients + 1)} | {0: 0.0}
        if classe == "A":
            return cumuls[v["Classe A", "Clients"]]
        return (
            cumuls[v["Classe A", "Clients"] + v["Classe B", "Clients"]]
            - v["Classe A", "Part du CA"]
        )

    return [
        Formule(Case(f"Classe {classe}", "Clients"), lambda v: combien),
        Formule(
            Case(f"Classe {classe}", "Part des clients"),
            lambda v: 100 * v[f"Classe {classe}", "Clients"] / clients,
            identite="clients de la classe ÷ tous les clients",
        ),
        Formule(
            Case(f"Classe {classe}", "Part du CA"),
            part_du_ca,
            identite="cumul du dernier rang − classe A − classe B" if classe == "C" else "",
        ),
    ]
