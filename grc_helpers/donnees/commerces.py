"""Les données d'un commerce, telles que les calculs les attendent : portefeuille, compte, ventes, fichier de clients, canaux, parcours.

Partout, ``paquet`` est celui où se trouve le fichier : par défaut, les commerces que le cours montre au stagiaire.
"""

from datetime import date
from typing import get_args

from grc_helpers import donnees
from grc_helpers.calculs.canaux import Canal, Place
from grc_helpers.calculs.compte_client import Ecriture, Nature
from grc_helpers.calculs.passerelles import Moment
from grc_helpers.calculs.portefeuille import Montants
from grc_helpers.calculs.rfm import Vente
from grc_helpers.calculs.segment import Client
from grc_helpers.donnees import lire

_NATURES: dict[str, Nature] = {nature: nature for nature in get_args(Nature)}


def portefeuille(nom: str, paquet: str = donnees.__name__) -> tuple[Montants, Montants]:
    """Le chiffre d'affaires et la valeur (euros) de chaque client du fichier ``nom``.csv.

    >>> ca, valeur = portefeuille("torrefacteur")
    >>> ca["Nadir"], valeur["Nadir"]
    (92000.0, -18000.0)
    """
    lignes = lire(nom, paquet)
    return (
        {ligne["client"]: float(ligne["ca"]) for ligne in lignes},
        {ligne["client"]: float(ligne["valeur"]) for ligne in lignes},
    )


def compte(nom: str, paquet: str = donnees.__name__) -> tuple[list[Ecriture], list[float | None]]:
    """Les écritures du fichier ``nom``.csv et, ligne par ligne, le solde qu'il imprime (None s'il manque).

    >>> ecritures, soldes = compte("ecole_al_manar")
    >>> ecritures[1].debit, soldes[1]
    (420.0, 1060.0)
    """
    lignes = lire(nom, paquet)
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


def ventes(boutique: str, paquet: str = donnees.__name__) -> list[Vente]:
    """Le journal des ventes d'une ``boutique``.

    >>> len(ventes("savonnerie"))
    94
    """
    return [
        Vente(date.fromisoformat(ligne["date"]), ligne["client"], float(ligne["montant"]))
        for ligne in lire(f"ventes_{boutique}", paquet)
    ]


def refus_de_publicite(boutique: str, paquet: str = donnees.__name__) -> set[str]:
    """Les clients d'une ``boutique`` qui ont demandé à ne plus recevoir de publicité.

    >>> sorted(refus_de_publicite("savonnerie"))
    ['Camil', 'Pia', 'Tessa']
    """
    return {ligne["client"] for ligne in lire(f"refus_{boutique}", paquet)}


def canaux(nom: str = "canaux_opticien") -> tuple[Canal, ...]:
    """Les canaux d'un commerce, lus dans ``donnees``.

    >>> [canal.nom for canal in canaux() if canal.nature == "physique"]
    ['Magasin', 'Stand']
    """
    return tuple(
        Canal(
            ligne["canal"],
            ligne["nature"],
            Place(int(ligne["cout"]), int(ligne["richesse"])),
            ligne["explication"],
        )
        for ligne in lire(nom)
    )


def parcours(nom: str = "parcours_rentree") -> tuple[Moment, ...]:
    """Les moments d'un parcours, lus dans ``donnees``.

    >>> [moment.nom for moment in parcours()]
    ['Chercher', 'Vérifier', 'Commander', 'Retirer', 'Réclamer']
    """
    return tuple(
        Moment(ligne["moment"], ligne["canal"], tuple(ligne["besoin"].split(";")))
        for ligne in lire(nom)
    )


def clients(nom: str = "clientes_boutique") -> tuple[Client, ...]:
    """Les fiches d'un fichier de ``donnees``.

    >>> len(clients()), clients()[0].prenom
    (24, 'Assia')
    """
    return tuple(
        Client(
            f["numero"],
            f["prenom"],
            f["sexe"],
            int(f["age"]),
            f["quartier"],
            float(f["panier"]),
            f["accord"] == "oui",
        )
        for f in lire(nom)
    )
