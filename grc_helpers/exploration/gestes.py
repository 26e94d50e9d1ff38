"""Les gestes : filtrer, trier, calculer par groupe, croiser. Chacun est une donnée ; ``Etat`` dit tous ceux qui sont en cours."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from grc_helpers.exploration.fichier import Colonne, Genre
from grc_helpers.francais.nombres import ecrire_nombre, lire_nombre
from grc_helpers.francais.unites import MONNAIES

Valeur = float | date | str
Operation = Literal["nombre", "total", "moyenne", "minimum", "maximum"]

# Ce que propose la liste des conditions, selon le genre de la colonne, et le signe qui l'écrit.
CONDITIONS: dict[Genre, dict[str, str]] = {
    "nombre": {
        "est au moins (≥)": "≥",
        "est au plus (≤)": "≤",
        "est plus grand que (>)": ">",
        "est plus petit que (<)": "<",
        "est égal à (=)": "=",
        "est différent de (≠)": "≠",
    },
    "date": {"est à partir du": "≥", "est jusqu'au": "≤", "est le": "="},
    "categorie": {"est": "=", "n'est pas": "≠"},
    "texte": {"contient": "contient", "est": "="},
}
OPERATIONS: dict[str, Operation] = {
    "Compter": "nombre",
    "Totaliser": "total",
    "Faire la moyenne": "moyenne",
    "Chercher le plus petit": "minimum",
    "Chercher le plus grand": "maximum",
}
LONGUEUR_MAXIMALE = 60
_DATE = re.compile(r"\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4})\s*")


@dataclass(frozen=True)
class Filtre:
    """Garder les lignes dont la ``colonne`` remplit la condition. ``signe`` : l'un de ceux de ``CONDITIONS``."""

    colonne: Colonne
    signe: str
    valeur: Valeur


@dataclass(frozen=True)
class Tri:
    colonne: Colonne
    croissant: bool


@dataclass(frozen=True)
class Calcul:
    """Une opération sur les lignes gardées. ``mesure`` : la colonne de nombres (aucune pour compter) ; ``groupe`` : par quoi, ou tout."""

    operation: Operation
    mesure: Colonne | None
    groupe: Colonne | None


@dataclass(frozen=True)
class Croisement:
    """La même opération, pour chaque case de deux critères."""

    operation: Operation
    mesure: Colonne | None
    en_lignes: Colonne
    en_colonnes: Colonne


@dataclass(frozen=True)
class Etat:
    """Ce qui est en cours : des filtres, un tri, et le calcul affiché (aucun : les lignes).

    >>> Etat().avec(Tri(Colonne("ca", "CA", "nombre"), croissant=False)).tri.croissant
    False
    """

    filtres: tuple[Filtre, ...] = ()
    tri: Tri | None = None
    calcul: Calcul | Croisement | None = None

    def avec(self, geste: "Filtre | Tri | Calcul | Croisement") -> "Etat":
        """L'état une fois le geste fait. Filtrer et trier remontrent les lignes ; calculer garde filtres et tri."""
        match geste:
            case Filtre():
                deja = geste in self.filtres
                filtres = self.filtres if deja else (*self.filtres, geste)
                return replace(self, filtres=filtres, calcul=None)
            case Tri():
                return replace(self, tri=geste, calcul=None)
        return replace(self, calcul=geste)


def lire_valeur(colonne: Colonne, texte: str) -> tuple[Valeur | None, str]:
    """La valeur écrite dans un filtre, ou None et un message qui dit quoi corriger.

    >>> lire_valeur(Colonne("ca", "CA", "nombre", "€"), "1 200,50 €")
    (1200.5, '')
    >>> lire_valeur(Colonne("jour", "Jour", "date"), "1/9/2026")
    (datetime.date(2026, 9, 1), '')
    >>> lire_valeur(Colonne("jour", "Jour", "date"), "31/02/2026")
    (None, 'Jour : écrivez une date comme 01/09/2026.')
    """
    nom, texte = colonne.titre, texte.strip()
    if not texte:
        return None, f"{nom} : la valeur est vide. Écrivez ce que vous cherchez."
    if colonne.genre == "nombre":
        lu = lire_nombre(texte, colonne.unite)
        return lu.valeur, f"{nom} : {lu.message or 'écrivez un nombre.'}" * (lu.valeur is None)
    if colonne.genre == "date":
        trouve = _DATE.fullmatch(texte[:LONGUEUR_MAXIMALE])
        try:
            jour, mois, annee = map(int, trouve.groups()) if trouve else (0, 0, 0)
            return date(annee, mois, jour), ""
        except ValueError:
            return None, f"{nom} : écrivez une date comme 01/09/2026."
    if len(texte) > LONGUEUR_MAXIMALE:
        return None, f"{nom} : c'est trop long. Écrivez {LONGUEUR_MAXIMALE} signes au plus."
    return texte, ""


def ecrire_valeur(colonne: Colonne, valeur: Valeur) -> str:
    """La valeur telle que l'écran la montre.

    >>> ecrire_valeur(Colonne("jour", "Jour", "date"), date(2026, 9, 1))
    '01/09/2026'
    """
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    if isinstance(valeur, str):
        return valeur
    return ecrire_mesure(valeur, colonne)


def ecrire_mesure(valeur: float, colonne: Colonne, avec_unite: bool = True) -> str:
    """Un nombre de la colonne ; de l'argent va aux centimes, sauf s'il tombe juste.

    >>> ecrire_mesure(68300.5, Colonne("m", "Montant", "nombre", "$"), avec_unite=False)[-4:]
    '0,50'
    """
    decimales = 2 if colonne.unite in MONNAIES and round(valeur, 2) != round(valeur) else None
    return ecrire_nombre(valeur, decimales, colonne.unite if avec_unite else "")
