"""L'adresse d'une case de tableau : sa ligne et sa colonne, jamais jointes en un seul texte."""

from typing import NamedTuple


class Case(NamedTuple):
    """La case d'un tableau ; une grandeur qui n'est dans aucun tableau n'a pas de ``colonne``.

    C'est une paire : ``valeurs["Appels reçus/heure", "Lundi"]`` désigne la même case. Les libellés sont libres, barre oblique comprise.

    >>> print(Case("Appels reçus/heure", "Lundi"), Case("CA total"), sep=" ; ")
    Appels reçus/heure Lundi ; CA total
    >>> {Case("Appels reçus/heure", "Lundi"): 12}["Appels reçus/heure", "Lundi"]
    12
    """

    ligne: str
    colonne: str = ""

    def __str__(self) -> str:
        """La case telle qu'on l'écrit pour une personne."""
        return " ".join(filter(None, self))
