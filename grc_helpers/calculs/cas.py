"""Les modèles de tableau des cas du cours, appelés par leur nom dans les notebooks et les barèmes."""

from datetime import date
from functools import cache
from typing import get_args

from grc_helpers.calculs import tableau_portefeuille, tableau_rfm, tableau_tamax, valeur_client
from grc_helpers.calculs.compte_client import Ecriture, Nature
from grc_helpers.calculs.portefeuille import Montants, Seuils
from grc_helpers.calculs.rfm import Mesures, Vente, mesurer
from grc_helpers.calculs.tableau import Modele
from grc_helpers.donnees import lire


def hypotheses_ltv() -> valeur_client.Hypotheses:
    """Les hypothèses du TP « valeur client », telles que l'énoncé les donne."""
    valeurs = {ligne["parametre"]: float(ligne["valeur"]) for ligne in lire("ltv_hypotheses")}
    return valeur_client.Hypotheses(
        contacts=valeurs["contacts"],
        taux_conversion=valeurs["taux_conversion"],
        attrition=tuple(valeurs[f"attrition_N{rang}"] for rang in range(1, 5)),
        ca_par_client=valeurs["ca_par_client_N1"],
        evolution_ca=valeurs["evolution_ca"],
        cout_acquisition=valeurs["cout_acquisition"],
        cout_de_vie=valeurs["cout_vie_N1"],
        evolution_cout_de_vie=valeurs["evolution_cout_vie"],
    )


def portefeuille(nom: str) -> tuple[Montants, Montants]:
    """Le chiffre d'affaires et la valeur (euros) de chaque client du fichier ``nom``.csv.

    >>> ca, valeur = portefeuille("torrefacteur")
    >>> ca["Nadir"], valeur["Nadir"]
    (92000.0, -18000.0)
    """
    lignes = lire(nom)
    return (
        {ligne["client"]: float(ligne["ca"]) for ligne in lignes},
        {ligne["client"]: float(ligne["valeur"]) for ligne in lignes},
    )


# Les seuils que l'énoncé du TP Rimaldi donne.
SEUILS_RIMALDI = Seuils(a=60, b=90, franchissement="exclu")


_NATURES: dict[str, Nature] = {nature: nature for nature in get_args(Nature)}


def compte(nom: str) -> tuple[list[Ecriture], list[float | None]]:
    """Les écritures du fichier ``nom``.csv et, ligne par ligne, le solde qu'il imprime (None s'il manque).

    >>> ecritures, soldes = compte("ecole_al_manar")
    >>> ecritures[1].debit, soldes[1]
    (420.0, 1060.0)
    """
    lignes = lire(nom)
    ecritures = [
        Ecriture(
            jour=date.fromisoformat(ligne["date"]),
            nature=_NATURES[ligne["nature"]],
            numero=ligne["numero"],
            libelle=ligne["libelle"],
            debit=float(ligne["debit"] or 0),
            credit=float(ligne["credit"] or 0),
            pour_memoire=float(ligne["pour_memoire"] or 0),
        )
        for ligne in lignes
    ]
    return ecritures, [float(ligne["solde"]) if ligne["solde"] else None for ligne in lignes]


def compte_tamax() -> list[Ecriture]:
    """Le compte de Tamax, les deux montants mal recopiés du relevé remis d'aplomb."""
    return tableau_tamax.corriger(*compte("tamax"))


# Ce que l'énoncé du TP Bertin donne : la période des commandes, le portefeuille du commercial.
PERIODE_TAMAX = (date(2026, 4, 1), date(2026, 6, 23))
PORTEFEUILLE_BERTIN = tableau_tamax.Portefeuille(ca_mensuel=46_000, clients=36)


# Le jour où l'on fait le point, dans chaque boutique : le dernier d'une année de ventes.
JOUR_D_ANALYSE = {"fil_rouge": date(2026, 8, 31), "savonnerie": date(2025, 12, 31)}


def mesures_rfm(boutique: str) -> dict[str, Mesures]:
    """La récence, la fréquence et le montant de chaque client de la ``boutique``, au jour d'analyse.

    >>> mesures_rfm("fil_rouge")["Karim"]
    Mesures(recence=248, frequence=11, montant=486.0)
    """
    ventes = [
        Vente(date.fromisoformat(ligne["date"]), ligne["client"], float(ligne["montant"]))
        for ligne in lire(f"ventes_{boutique}")
    ]
    return mesurer(ventes, JOUR_D_ANALYSE[boutique])


def refus_de_publicite(boutique: str) -> set[str]:
    """Les clients de la ``boutique`` qui ont demandé à ne plus recevoir de publicité.

    >>> refus_de_publicite("fil_rouge")
    {'Sofia'}
    """
    return {
        ligne["client"] for ligne in lire("refus_de_publicite") if ligne["boutique"] == boutique
    }


# Ce que l'énoncé de l'atelier RFM donne : les quatre clients à calculer, la marge que laisse un client qui vient, le prix d'un courrier.
A_CALCULER_FIL_ROUGE = ("Driss", "Élise", "Jade", "Zoé")
ENVOI_FIL_ROUGE = tableau_rfm.ConditionsDEnvoi(budget=40, cout=5, marge=20)


MODELES = {
    "valeur_client": lambda: valeur_client.modele(hypotheses_ltv()),
    "rimaldi": lambda: tableau_portefeuille.modele(*portefeuille("rimaldi"), SEUILS_RIMALDI),
    "fil_rouge": lambda: tableau_rfm.modele(
        mesures_rfm("fil_rouge"),
        A_CALCULER_FIL_ROUGE,
        refus_de_publicite("fil_rouge"),
        ENVOI_FIL_ROUGE,
    ),
    "tamax": lambda: tableau_tamax.modele(*compte("tamax"), PERIODE_TAMAX, PORTEFEUILLE_BERTIN),
}


@cache
def modele(nom: str) -> Modele:
    """Le modèle de tableau ``nom``. Lève ``KeyError``, avec la liste des noms connus, s'il n'existe pas.

    >>> len(modele("valeur_client").cases)
    42
    """
    if nom not in MODELES:
        raise KeyError(
            f"Modèle de tableau inconnu : « {nom} ». Modèles disponibles : {', '.join(MODELES)}."
        )
    return MODELES[nom]()
