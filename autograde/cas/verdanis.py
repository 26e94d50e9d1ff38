"""Le TP « valeur client » : la campagne d'appels de Verdanis."""

from autograde.cas import donnees
from grc_helpers.calculs import valeur_client
from grc_helpers.calculs.tableau import Modele
from grc_helpers.calculs.valeur_client import Hypotheses
from grc_helpers.donnees import lire


def hypotheses() -> Hypotheses:
    """Les hypothèses, telles que l'énoncé les donne.

    >>> hypotheses().attrition
    (0.25, 0.2, 0.15, 0.1)
    """
    lignes = lire("ltv_hypotheses", donnees.__name__)
    valeurs = {ligne["parametre"]: float(ligne["valeur"]) for ligne in lignes}
    return Hypotheses(
        contacts=valeurs["contacts"],
        taux_conversion=valeurs["taux_conversion"],
        attrition=tuple(valeurs[f"attrition_N{rang}"] for rang in range(1, 5)),
        ca_par_client=valeurs["ca_par_client_N1"],
        evolution_ca=valeurs["evolution_ca"],
        cout_acquisition=valeurs["cout_acquisition"],
        cout_de_vie=valeurs["cout_vie_N1"],
        evolution_cout_de_vie=valeurs["evolution_cout_vie"],
    )


def modele() -> Modele:
    """Le tableau de la valeur client de Verdanis."""
    return valeur_client.modele(hypotheses())
