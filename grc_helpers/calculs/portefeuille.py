"""Classer les clients d'un portefeuille : classes A, B, C du chiffre d'affaires, et groupes de rentabilité.

Partout, ``montants`` va du nom d'un client à un montant en euros ; les parts et les cumuls sont des pourcentages (60 pour 60 %).

Deux personnes de bonne foi ne placent pas au même endroit le client qui fait dépasser un seuil. La règle porte donc un nom :

- ``franchissement="exclu"`` : ce client passe dans la classe suivante (la part cumulée d'une classe ne dépasse pas son seuil) ;
- ``franchissement="inclus"`` : il reste dans la classe (on y entre tant que la part cumulée *avant* soi est sous le seuil).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Montants = Mapping[str, float]
Franchissement = Literal["exclu", "inclus"]
CLASSES = ("A", "B", "C")
# CTR, client très rentable ; CFR, client faiblement rentable ; CNR, client non rentable.
GROUPES = ("CTR", "CFR", "CNR")
QUADRANTS = (
    "gros et rentables",
    "gros mais peu rentables",
    "petits mais rentables",
    "petits et peu rentables",
)


@dataclass(frozen=True)
class Ligne:
    """Un client à sa place dans un classement décroissant ; ``part`` et ``cumul`` en % du total."""

    rang: int
    client: str
    montant: float
    part: float
    cumul: float


@dataclass(frozen=True)
class Seuils:
    """Où s'arrêtent les classes A et B, en % cumulés, et ce que devient le client qui franchit un seuil.

    Il n'y a pas de seuils obligés. L'usage courant est 80 et 95 (classes de 80, 15 et 5 %) ; un portefeuille très concentré se
    coupe plutôt à 60 et 90. Lève ``ValueError`` si 0 < a < b ≤ 100 n'est pas respecté.
    """

    a: float = 80
    b: float = 95
    franchissement: Franchissement = "exclu"

    def __post_init__(self):
        if not 0 < self.a < self.b <= 100:
            raise ValueError(
                "Le seuil A doit être plus petit que le seuil B, et tous deux entre 0 et 100 %."
            )


def classer(montants: Montants) -> list[Ligne]:
    """Les clients du plus gros au plus petit montant, avec leur part et la part cumulée. À égalité, l'ordre donné est gardé.

    Lève ``ValueError`` si le total n'est pas positif : une part n'aurait pas de sens.

    >>> [(ligne.client, ligne.part, ligne.cumul) for ligne in classer({"hôtel": 300, "café": 600, "école": 100})]
    [('café', 60.0, 60.0), ('hôtel', 30.0, 90.0), ('école', 10.0, 100.0)]
    """
    total = sum(montants.values())
    if total <= 0:
        raise ValueError("Le total du portefeuille doit être positif pour calculer des parts.")
    lignes, cumul = [], 0.0
    for rang, client in enumerate(sorted(montants, key=lambda nom: -montants[nom]), start=1):
        cumul += montants[client]
        # L'arrondi retire les poussières du calcul binaire, qui feraient dépasser un seuil exact.
        lignes.append(
            Ligne(
                rang, client, montants[client], _part(montants[client], total), _part(cumul, total)
            )
        )
    return lignes


def _part(montant: float, total: float) -> float:
    return round(100 * montant / total, 9)


def classes_abc(lignes: Sequence[Ligne], seuils: Seuils) -> dict[str, str]:
    """La classe A, B ou C de chaque client d'un classement.

    Méthode ABC, d'après la part cumulée (principe de Pareto). Si le premier client dépasse à lui seul le seuil A et que le
    franchissement est ``"exclu"``, la classe A est vide.

    >>> lignes = classer({"café": 70, "hôtel": 20, "école": 6, "mairie": 4})
    >>> classes_abc(lignes, Seuils(80, 95))
    {'café': 'A', 'hôtel': 'B', 'école': 'C', 'mairie': 'C'}
    >>> classes_abc(lignes, Seuils(80, 95, "inclus"))
    {'café': 'A', 'hôtel': 'A', 'école': 'B', 'mairie': 'C'}
    """

    def dedans(ligne: Ligne, seuil: float) -> bool:
        return (
            ligne.cumul <= seuil
            if seuils.franchissement == "exclu"
            else round(ligne.cumul - ligne.part, 9) < seuil
        )

    return {
        ligne.client: "A" if dedans(ligne, seuils.a) else "B" if dedans(ligne, seuils.b) else "C"
        for ligne in lignes
    }


def groupes_de_valeur(lignes: Sequence[Ligne], seuil_tres_rentable: float = 10) -> dict[str, str]:
    """Le groupe de chaque client d'un classement par valeur : CTR, CFR ou CNR.

    Très rentable à partir de ``seuil_tres_rentable`` % de la valeur totale ; non rentable si sa valeur est négative ; faiblement
    rentable entre les deux. Le seuil de 10 % est celui du cours : ces groupes n'ont pas de seuil officiel.

    >>> groupes_de_valeur(classer({"café": 900, "hôtel": 50, "école": 150, "mairie": -100}))
    {'café': 'CTR', 'école': 'CTR', 'hôtel': 'CFR', 'mairie': 'CNR'}
    """
    return {
        ligne.client: "CNR"
        if ligne.montant < 0
        else "CTR"
        if ligne.part >= seuil_tres_rentable
        else "CFR"
        for ligne in lignes
    }


def resumer(
    lignes: Sequence[Ligne], familles: Mapping[str, str], noms: Sequence[str]
) -> dict[str, tuple[int, float, float]]:
    """Pour chaque famille de ``noms`` : nombre de clients, part des clients et part du montant (en %).

    >>> lignes = classer({"café": 60, "hôtel": 30, "école": 6, "mairie": 4})
    >>> resumer(lignes, classes_abc(lignes, Seuils(60, 90)), CLASSES)
    {'A': (1, 25.0, 60.0), 'B': (1, 25.0, 30.0), 'C': (2, 50.0, 10.0)}
    """
    resume = {}
    for nom in noms:
        membres = [ligne for ligne in lignes if familles[ligne.client] == nom]
        resume[nom] = (
            len(membres),
            _part(len(membres), len(lignes)),
            round(sum(ligne.part for ligne in membres), 9),
        )
    return resume


def courbe_de_lorenz(montants: Montants) -> list[tuple[float, float]]:
    """Les points (% des clients, % du total) de la courbe de Lorenz : clients du plus petit au plus gros, de (0, 0) à (100, 100).

    Définition de M. O. Lorenz (1905). Lève ``ValueError`` si un montant est négatif : la courbe sortirait du carré.

    >>> courbe_de_lorenz({"café": 80, "hôtel": 20})
    [(0.0, 0.0), (50.0, 20.0), (100.0, 100.0)]
    """
    if min(montants.values()) < 0:
        raise ValueError(
            "La courbe de Lorenz demande des montants positifs ou nuls. Pour une valeur négative, voyez la courbe en baleine."
        )
    points, cumul, total = [(0.0, 0.0)], 0.0, sum(montants.values())
    for rang, montant in enumerate(sorted(montants.values()), start=1):
        cumul += montant
        points.append((_part(rang, len(montants)), _part(cumul, total)))
    return points


def gini(montants: Montants) -> float:
    """L'indice de Gini : 0 si tous les clients pèsent autant, proche de 1 si un seul fait presque tout.

    Formule de C. Gini pour n montants rangés du plus petit au plus grand : 2 × Σ(rang × montant) ÷ (n × Σ montant) − (n + 1) ÷ n.
    C'est deux fois l'aire entre la diagonale et la courbe de Lorenz. Lève ``ValueError`` si un montant est négatif.

    >>> gini({"café": 50, "hôtel": 50}), gini({"café": 100, "hôtel": 0})
    (0.0, 0.5)
    """
    courbe_de_lorenz(montants)  # mêmes conditions sur les montants
    n, total = len(montants), sum(montants.values())
    pondere = sum(rang * montant for rang, montant in enumerate(sorted(montants.values()), start=1))
    return round(2 * pondere / (n * total) - (n + 1) / n, 9)


def sommet_de_la_baleine(lignes: Sequence[Ligne]) -> Ligne:
    """La ligne où la part cumulée est la plus haute dans un classement par valeur : après elle, les clients font perdre.

    Courbe en baleine (*whale curve*) : valeur cumulée des clients, du plus au moins rentable (ControllingWiki, « The Whale Curve
    of Customer Profitability »). Sans client non rentable, le sommet est la dernière ligne, à 100 %.

    >>> sommet_de_la_baleine(classer({"café": 90, "hôtel": 30, "mairie": -20})).cumul
    120.0
    """
    return max(lignes, key=lambda ligne: (ligne.cumul, ligne.rang))


def moyenne(montants: Montants) -> float:
    """Le montant moyen par client, en euros ; il coupe le nuage en quatre.

    >>> moyenne({"café": 90, "hôtel": 30})
    60.0
    """
    return sum(montants.values()) / len(montants)


def quadrants(ca: Montants, valeur: Montants) -> dict[str, str]:
    """Le quadrant de chaque client : au-dessus ou non de la moyenne du portefeuille, en CA puis en valeur.

    >>> quadrants({"café": 90, "hôtel": 30}, {"café": -5, "hôtel": 50})
    {'café': 'gros mais peu rentables', 'hôtel': 'petits mais rentables'}
    """
    ca_moyen, valeur_moyenne = moyenne(ca), moyenne(valeur)
    return {
        client: QUADRANTS[2 * (ca[client] < ca_moyen) + (valeur[client] < valeur_moyenne)]
        for client in ca
    }
