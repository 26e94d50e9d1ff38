"""Ce qui peut identifier quelqu'un : un courriel, un numéro, un compte ; jamais un rang, un tiret, ni « néant ».

Une valeur peut avoir la forme d'une clé et n'en être pas une : le courriel d'un parent est à plusieurs. C'est ``identite`` qui en juge,
liste en main.
"""

import re
from collections.abc import Sequence

from autograde.collecte.liste_de_classe.noms import colle, mots

CHAMPS = ("courriel", "numero", "identifiant")
# Ce que l'on met dans une case quand on n'a rien à y mettre, collé et sans accent.
_RIEN = frozenset(
    mots(
        "null none nil nan na nd nc nr ns neant vide rien aucun aucune inconnu inconnue sans absent absente "
        "nonrenseigne nonrenseignee noncommunique acompleter adefinir xx xxx xxxx ref value"
    )
)
_COURRIEL = re.compile(r"[^\s@;,]+@[^\s@;,]+")
_RANG = 1000  # en dessous, un nombre est un rang, que deux listes donnent à deux personnes


def est_remplie(valeur: str) -> bool:
    """Faux pour une case vide, ou remplie pour ne rien dire.

    >>> [est_remplie(valeur) for valeur in ("A12", "x@y", "-", "NULL", "néant", "#N/A", "000", "?")]
    [True, True, False, False, False, False, False, False]
    """
    nue = colle(valeur)
    return bool(nue.strip("0")) and nue not in _RIEN


def peut_identifier(champ: str, valeur: str) -> bool:
    """Vrai si la valeur a la forme de ce qui désigne une personne : un courriel, un compte, un numéro plus long qu'un rang.

    >>> [peut_identifier("numero", valeur) for valeur in ("20261004", "G1304567", "12", "0012", "A7", "interne", "0", "néant")]
    [True, True, False, False, False, False, False, False]
    >>> peut_identifier("courriel", "lea@exemple.ma"), peut_identifier("courriel", "oui"), peut_identifier("identifiant", "7")
    (True, False, False)
    """
    if not est_remplie(valeur):
        return False
    if champ == "courriel":
        return bool(_COURRIEL.fullmatch(valeur))
    nue = colle(valeur)
    if nue.isdecimal():
        return int(nue[:30]) >= _RANG
    chiffres = sum(signe.isdecimal() for signe in nue)
    return champ == "identifiant" or (len(nue) >= 4 and chiffres >= 3)


def forme_comparee(champ: str, valeur: str) -> str:
    """La même pour deux écritures de la même clé ; « » si la valeur n'identifie personne.

    >>> forme_comparee("courriel", "LEA@exemple.ma"), forme_comparee("numero", "g 130-4567"), forme_comparee("numero", "3")
    ('lea@exemple.ma', 'g1304567', '')
    """
    if not peut_identifier(champ, valeur):
        return ""
    return valeur.casefold() if champ == "courriel" else colle(valeur)


class Cles:
    """Les clés d'une liste de stagiaires : qui porte chacune."""

    def __init__(self, personnes: Sequence):
        self.personnes = personnes
        self._porteurs: dict[tuple[str, str], list[int]] = {}
        for rang in range(len(personnes)):
            for cle in self.de(rang):
                self._porteurs.setdefault(cle, []).append(rang)

    def de(self, rang: int) -> list[tuple[str, str]]:
        """Ses clés, bonnes ou non : (champ, valeur)."""
        personne = self.personnes[rang]
        formes = ((champ, forme_comparee(champ, getattr(personne, champ))) for champ in CHAMPS)
        return [(champ, forme) for champ, forme in formes if forme]

    def porteur(self, cle: tuple[str, str]) -> int | None:
        """Celui à qui elle est, s'il est seul à l'avoir."""
        porteurs = self._porteurs.get(cle, [])
        return porteurs[0] if len(porteurs) == 1 else None

    def propres(self, rang: int) -> dict[str, str]:
        """Celles qu'il est seul à avoir."""
        return dict(cle for cle in self.de(rang) if self.porteur(cle) is not None)

    def partagees(self) -> dict[tuple[str, str], list[str]]:
        """Celles que portent des noms différents."""
        noms = {
            cle: list(dict.fromkeys(self.personnes[rang].nom_complet for rang in rangs))
            for cle, rangs in self._porteurs.items()
        }
        return {cle: portes for cle, portes in noms.items() if len(portes) > 1}
