"""Ce qui lie les cases d'un tableau entre elles : un total, un cumul, une différence, un rapport.

Ces formules ne contiennent aucun chiffre d'un cas : l'écho les vérifie avec les seuls chiffres du stagiaire, sans connaître le corrigé.
Les modèles qui notent reprennent les mêmes.
"""

from collections.abc import Collection, Mapping, Sequence

from grc_helpers.calculs.case import Case
from grc_helpers.calculs.rfm import score
from grc_helpers.calculs.tableau import Formule, Valeurs

Relations = dict[Case, Formule]

# Des parts arrondies ne font pas tout à fait 1.
ECART_DES_PARTS = 0.02


def _par_case(formules: Collection[Formule]) -> Relations:
    return {formule.case: formule for formule in formules}


def valeur_client(annees: Sequence[str]) -> Relations:
    """Année par année : les clients restants, le résultat, le résultat cumulé."""

    def restants(veille: str, annee: str) -> Formule:
        return Formule(
            Case("Clients restants", annee),
            lambda v: v["Clients restants", veille] - v["Clients perdus", annee],
            identite="clients restants de l'année d'avant − clients perdus",
        )

    def resultat(annee: str) -> Formule:
        return Formule(
            Case("Résultat", annee),
            lambda v: (
                v["CA global", annee]
                - v["Coût d'acquisition total", annee]
                - v["Coût de vie total", annee]
            ),
            identite="CA global − acquisition − coût de vie",
        )

    def cumul(veille: str, annee: str) -> Formule:
        return Formule(
            Case("Résultat cumulé", annee),
            lambda v: v["Résultat cumulé", veille] + v["Résultat", annee],
            identite="cumul de l'année d'avant + résultat de l'année",
        )

    premier_cumul = Formule(
        Case("Résultat cumulé", annees[0]),
        lambda v: v["Résultat", annees[0]],
        identite="résultat de l'année",
    )
    suites = list(zip(annees, annees[1:], strict=False))
    return _par_case(
        [
            *(restants(*suite) for suite in suites),
            *map(resultat, annees),
            premier_cumul,
            *(cumul(*suite) for suite in suites),
        ]
    )


def classes_abc(clients: int) -> Relations:
    """La part des clients de chaque classe, et la part du CA de la dernière. ``clients`` : combien le portefeuille en a."""

    def part_des_clients(classe: str) -> Formule:
        return Formule(
            Case(classe, "Part des clients"),
            lambda v: 100 * v[classe, "Clients"] / clients,
            identite="clients de la classe ÷ tous les clients",
        )

    def part_de_la_derniere(v: Valeurs) -> float:
        return (
            v[f"Rang {clients}", "CA cumulé"]
            - v["Classe A", "Part du CA"]
            - v["Classe B", "Part du CA"]
        )

    derniere = Formule(
        Case("Classe C", "Part du CA"),
        part_de_la_derniere,
        identite="cumul du dernier rang − classe A − classe B",
    )
    return _par_case([*map(part_des_clients, ("Classe A", "Classe B", "Classe C")), derniere])


def envois(clients: Sequence[str], plans: Sequence[str]) -> Relations:
    """Le score RFM de chaque client, le gain attendu de chaque plan d'envoi."""

    def son_score(client: str) -> Formule:
        return Formule(
            Case(client, "Score"),
            lambda v: score(v[client, "Note R"], v[client, "Note F"], v[client, "Note M"]),
            identite="3 × R + 2 × F + M",
        )

    def gain(plan: str) -> Formule:
        return Formule(
            Case(plan, "Gain attendu"),
            lambda v: v[plan, "Marge attendue"] - v[plan, "Coût"],
            identite="marge attendue − coût",
        )

    return _par_case([*map(son_score, clients), *map(gain, plans)])


def cumul_mensuel(mois: Sequence[str]) -> Relations:
    """Le cumul des réclamations, mois après mois."""

    def cumul(veille: str, nom: str) -> Formule:
        return Formule(
            Case(nom, "Cumul"),
            lambda v: v[veille, "Cumul"] + v[nom, "Reçues"],
            identite="cumul du mois d'avant + réclamations du mois",
        )

    premier = Formule(
        Case(mois[0], "Cumul"),
        lambda v: v[mois[0], "Reçues"],
        identite="réclamations du mois",
    )
    return _par_case([premier, *(cumul(*suite) for suite in zip(mois, mois[1:], strict=False))])


def compte_client(mois: str) -> Relations:
    """Les ventes nettes du ``mois`` (« d'avril »), le montant moyen d'une commande, la baisse des commandes."""
    ventes = Formule(
        Case(f"Ventes nettes {mois}", "Montant"),
        lambda v: v[f"Factures {mois}", "Montant"] - v[f"Avoir {mois}", "Montant"],
        identite="factures − avoir",
    )
    moyenne = Formule(
        Case("Moyenne par commande", "Valeur"),
        lambda v: v["Total des commandes", "Valeur"] / v["Nombre de commandes", "Valeur"],
        identite="total ÷ nombre de commandes",
    )
    baisse = Formule(
        Case("Baisse d'avril à juin, en %", "Valeur"),
        lambda v: (
            100
            * (v["Commandes d'avril", "Valeur"] - v["Commandes de juin", "Valeur"])
            / v["Commandes d'avril", "Valeur"]
        ),
        identite="(avril − juin) ÷ avril, en pourcentage",
    )
    return _par_case([ventes, moyenne, baisse])


def incoherences(relations: Relations, valeurs: Valeurs, ecart: float = 1.0) -> dict[Case, str]:
    """Case par case, les messages sur les totaux, différences et cumuls qui ne tombent pas juste *entre eux*.

    ``valeurs`` : les seules cases remplies par le stagiaire ; ``ecart`` : différence tolérée, dans l'unité du tableau (les arrondis
    d'affichage).

    >>> mars = {("Factures de mars", "Montant"): 80, ("Avoir de mars", "Montant"): 10, ("Ventes nettes de mars", "Montant"): 80}
    >>> incoherences(compte_client("de mars"), mars)["Ventes nettes de mars", "Montant"]
    'Ventes nettes de mars Montant : votre case ne correspond pas à « factures − avoir » avec vos propres chiffres.'
    """
    messages = {}
    for case, relation in relations.items():
        attendu = relation.valeur(valeurs) if case in valeurs else None
        if attendu is not None and abs(valeurs[case] - attendu) > max(ecart, abs(attendu) * 1e-4):
            messages[case] = (
                f"{case} : votre case ne correspond pas à « {relation.identite} » avec vos propres chiffres."
            )
    return messages


def parts_entre_0_et_1(
    valeurs: Mapping[Case, float], lignes: int, parts: Collection[str], cumuls: Collection[str]
) -> list[str]:
    """Ce qu'il faut dire des colonnes attendues en % qui font 1 en tout (``parts``), ou qui finissent à 1 (``cumuls``).

    Une colonne n'est jugée que remplie (``lignes`` cases). Un autre total n'est pas une affaire d'unité : rien n'en est dit.

    >>> parts_entre_0_et_1({Case("A", "Part"): 0.7, Case("B", "Part"): 0.2, Case("C", "Part"): 0.1}, 3, ["Part"], [])
    ['Part : vos parts font 1 en tout. En %, elles font 100 : multipliez chacune par 100.']
    >>> parts_entre_0_et_1({Case("A", "Cumul"): 0.7, Case("B", "Cumul"): 0.9, Case("C", "Cumul"): 1}, 3, [], ["Cumul"])
    ['Cumul : votre dernier cumul est 1. En %, il finit à 100 : multipliez chaque case par 100.']
    >>> parts_entre_0_et_1({Case("A", "Part"): 70, Case("B", "Part"): 20, Case("C", "Part"): 5}, 3, ["Part"], [])
    []
    """
    messages = []
    for colonne in (*parts, *cumuls):
        siennes = [valeur for case, valeur in valeurs.items() if case[1] == colonne]
        if len(siennes) < max(lignes, 3):
            continue
        if colonne in parts and abs(sum(siennes) - 1) <= ECART_DES_PARTS:
            messages.append(
                f"{colonne} : vos parts font 1 en tout. En %, elles font 100 : multipliez chacune par 100."
            )
        elif colonne in cumuls and abs(siennes[-1] - 1) <= ECART_DES_PARTS:
            messages.append(
                f"{colonne} : votre dernier cumul est 1. En %, il finit à 100 : multipliez chaque case par 100."
            )
    return messages
