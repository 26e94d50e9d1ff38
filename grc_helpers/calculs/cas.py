"""Les modèles de tableau des cas du cours, appelés par leur nom dans les notebooks et les barèmes."""

from functools import cache

from grc_helpers.calculs import tableau_portefeuille, valeur_client
from grc_helpers.calculs.portefeuille import Montants, Seuils
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
    return tuple({ligne["client"]: float(ligne[colonne]) for ligne in lignes} for colonne in ("ca", "valeur"))


# Les seuils que l'énoncé du TP Rimaldi donne.
SEUILS_RIMALDI = Seuils(a=60, b=90, franchissement="exclu")

MODELES = {
    "valeur_client": lambda: valeur_client.modele(hypotheses_ltv()),
    "rimaldi": lambda: tableau_portefeuille.modele(*portefeuille("rimaldi"), SEUILS_RIMALDI),
}


@cache
def modele(nom: str) -> Modele:
    """Le modèle de tableau ``nom``. Lève ``KeyError``, avec la liste des noms connus, s'il n'existe pas.

    >>> len(modele("valeur_client").cases)
    42
    """
    if nom not in MODELES:
        raise KeyError(f"Modèle de tableau inconnu : « {nom} ». Modèles disponibles : {', '.join(MODELES)}.")
    return MODELES[nom]()
