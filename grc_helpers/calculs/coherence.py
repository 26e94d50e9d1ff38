"""Ce qui lie les cases d'un tableau entre elles : un total, un cumul, une différence, un rapport.

Ces formules ne contiennent aucun chiffre d'un cas : l'écho les vérifie avec les seuls chiffres du stagiaire, sans connaître le corrigé.
Les modèles qui notent reprennent les mêmes.
"""

from collections.abc import Collection, Sequence

from grc_helpers.calculs.case import Case
from grc_helpers.calculs.rfm import score
from grc_helpers.calculs.tableau import Formule, Valeurs
from grc_helpers.francais.nombres import ecrire_nombre

Relations = dict[Case, Formule]


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
        identite="(avril − juin) ÷ avril × 100",
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


def totaux_en_pourcent(
    valeurs: Valeurs,
    lignes: int,
    parts: Collection[str],
    cumuls: Collection[str],
    ecart: float = 1.5,
) -> list[str]:
    """Ce qu'il faut dire des colonnes de ``parts`` qui ne font pas 100 en tout, et de celles de ``cumuls`` qui n'y finissent pas.

    Une colonne n'est jugée que remplie (``lignes`` cases) ; ``ecart`` laisse la place des arrondis.

    >>> totaux_en_pourcent({("A", "Part"): 0.7, ("B", "Part"): 0.2, ("C", "Part"): 0.1}, 3, ["Part"], [])
    ['Part : vos parts font 1 en tout. En %, elles font 100 : multipliez chacune par 100.']
    >>> totaux_en_pourcent({("A", "Part"): 70, ("B", "Part"): 20, ("C", "Part"): 5}, 3, ["Part"], [])
    ['Part : vos parts font 95 en tout, et non 100. Reprenez votre calcul.']
    >>> totaux_en_pourcent({("A", "Cumul"): 70, ("B", "Cumul"): 90, ("C", "Cumul"): 99.8}, 3, [], ["Cumul"])
    []
    """
    messages = []
    for colonne in (*parts, *cumuls):
        siennes = [valeur for case, valeur in valeurs.items() if case[1] == colonne]
        if len(siennes) < max(lignes, 3):
            continue
        somme = colonne in parts
        total = sum(siennes) if somme else siennes[-1]
        quoi = "vos parts font" if somme else "votre dernier cumul est"
        if abs(total - 100) <= ecart:
            continue
        if abs(total - 1) <= ecart / 100:
            fin = "elles font 100" if somme else "il finit à 100"
            messages.append(
                f"{colonne} : {quoi} 1{' en tout' * somme}. En %, {fin} : multipliez {'chacune' if somme else 'chaque case'} par 100."
            )
        else:
            ecrit = ecrire_nombre(total)
            messages.append(
                f"{colonne} : {quoi} {ecrit}{' en tout' * somme}, et non 100. Reprenez votre calcul."
            )
    return messages
