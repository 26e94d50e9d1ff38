"""Ce que l'écho sait d'un calcul partagé par plusieurs tableaux : les libellés imprimés, et ce qui lie les cases entre elles.

Aucun chiffre d'un cas n'est ici : ce qui note est dans ``autograde/cas``, que le stagiaire n'a pas.
"""

from dataclasses import dataclass

from grc_helpers.calculs import coherence
from grc_helpers.calculs.coherence import Relations


@dataclass(frozen=True)
class Feuille:
    """Les libellés que les tableaux d'un calcul impriment, et les relations entre leurs cases.

    ``parts``, ``cumuls`` : les colonnes, en %, qui font 100 en tout, ou à la fin.
    """

    lignes: tuple[str, ...]
    colonnes: tuple[str, ...]
    relations: Relations
    parts: tuple[str, ...] = ()
    cumuls: tuple[str, ...] = ()


_ANNEES = ("N1", "N2", "N3", "N4")
_CLIENTS = tuple(f"Client {lettre}" for lettre in "ABCDEFGHIJ")
_SEMESTRE = ("Juillet", "Août", "Septembre", "Octobre", "Novembre", "Décembre")
_RFM, _PLANS = ("Driss", "Élise", "Jade", "Zoé"), ("Plan A", "Plan B", "Plan C")

# Le nom est celui de la ligne de magie.
FEUILLES = {
    "valeur_client": Feuille(
        lignes=(
            "Clients perdus",
            "Clients restants",
            "CA par client",
            "CA global",
            "Coût d'acquisition par client",
            "Coût d'acquisition total",
            "Coût de vie par client",
            "Coût de vie total",
            "Résultat",
            "Résultat cumulé",
        ),
        colonnes=_ANNEES,
        relations=coherence.valeur_client(_ANNEES),
    ),
    "rimaldi": Feuille(
        lignes=(
            *_CLIENTS,
            *(f"Rang {rang}" for rang in range(1, len(_CLIENTS) + 1)),
            "Classe A",
            "Classe B",
            "Classe C",
        ),
        colonnes=(
            "Rang CA",
            "Part du CA",
            "CA cumulé",
            "Clients",
            "Part des clients",
            "Rang valeur",
            "Part de la valeur",
        ),
        relations=coherence.classes_abc(len(_CLIENTS)),
        parts=("Part du CA", "Part des clients", "Part de la valeur"),
        cumuls=("CA cumulé",),
    ),
    "fil_rouge": Feuille(
        lignes=(*_RFM, *_PLANS),
        colonnes=(
            "Récence",
            "Fréquence",
            "Montant",
            "Note R",
            "Note F",
            "Note M",
            "Score",
            "Clients attendus",
            "Marge attendue",
            "Coût",
            "Gain attendu",
        ),
        relations=coherence.envois(_RFM, _PLANS),
    ),
    "tamax": Feuille(
        lignes=(
            "Numéro de la pièce",
            "Montant juste",
            "Écart",
            "11 mai",
            "13 mai",
            "27 mai",
            "31 mai",
            "1er juin",
            "5 juin",
            "12 juin",
            "23 juin",
            "Factures d'avril",
            "Avoir d'avril",
            "Ventes nettes d'avril",
            "Commandes d'avril",
            "Commandes de mai",
            "Commandes de juin",
            "Baisse d'avril à juin, en %",
            "Nombre de commandes",
            "Total des commandes",
            "Moyenne par commande",
            "Jours du 7 avril au 23 juin",
            "Jours entre deux commandes",
            "Commandes par mois",
            "Achats de Tamax par mois",
            "Achats du client moyen par mois",
            "Tamax en % du client moyen",
        ),
        colonnes=("Facture", "Traite", "Solde", "Montant", "Valeur"),
        relations=coherence.compte_client("d'avril"),
    ),
    "souss_fibre": Feuille(
        lignes=(
            *_SEMESTRE,
            "Agadir",
            "Inezgane",
            "Taroudant",
            "Tiznit",
            "Coupure",
            "Facture",
            "Installation en retard",
        ),
        colonnes=("Reçues", "Cumul", "Réclamations", "Pour 1 000 abonnés", "Été", "Automne"),
        relations=coherence.cumul_mensuel(_SEMESTRE),
    ),
}
