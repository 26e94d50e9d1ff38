"""Un tableau calculé : des cases liées par des formules.

Le même modèle sert à quatre choses : afficher un simulateur, contrôler la cohérence d'une réponse,
connaître le résultat attendu, et noter une case d'après les valeurs du stagiaire (report d'erreur).
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Valeurs = Mapping[str, float]


@dataclass(frozen=True)
class Case:
    """Une case du tableau, désignée par « libellé de la ligne/colonne » (ou par le seul libellé).

    ``identite`` marque les cases qui ne font que combiner d'autres cases (un total, un cumul, une différence) :
    on peut alors vérifier la cohérence d'une réponse sans rien connaître du corrigé.
    """

    cle: str
    formule: Callable[[Valeurs], float]
    identite: str = ""


class _Espion(dict):
    """Un dictionnaire qui retient les clés qu'on lui demande."""

    def __init__(self, valeurs):
        super().__init__(valeurs)
        self.lues = []

    def __getitem__(self, cle):
        if cle not in self.lues:
            self.lues.append(cle)
        return super().__getitem__(cle)


class Modele:
    """Des cases dans l'ordre du calcul : chacune ne dépend que des précédentes.

    >>> prix = Modele([
    ...     Case("quantité", lambda v: 3),
    ...     Case("prix", lambda v: 10),
    ...     Case("total", lambda v: v["quantité"] * v["prix"], identite="quantité × prix"),
    ... ])
    >>> prix.calculer()["total"]
    30.0
    >>> prix.calculer(imposees={"prix": 12})["total"]
    36.0
    >>> prix.depend_de("total")
    ('quantité', 'prix')
    """

    def __init__(self, cases: list[Case]):
        self.cases = {case.cle: case for case in cases}
        self._reference = self.calculer()
        self._dependances = {
            cle: self._trouver_dependances(case) for cle, case in self.cases.items()
        }

    def calculer(self, imposees: Valeurs | None = None) -> dict[str, float]:
        """Calcule toutes les cases ; une valeur ``imposee`` (un arrondi fait à la main, par exemple) remplace la formule."""
        valeurs: dict[str, float] = {}
        for cle, case in self.cases.items():
            valeurs[cle] = float(
                imposees[cle] if imposees and cle in imposees else case.formule(valeurs)
            )
        return valeurs

    def depend_de(self, cle: str) -> tuple[str, ...]:
        """Les cases lues directement par la formule de ``cle``."""
        return self._dependances[cle]

    def recalculer(self, cle: str, valeurs: Valeurs) -> float | None:
        """La case ``cle`` d'après les ``valeurs`` données ; None si une valeur manque ou si le calcul n'a pas de sens.

        >>> double = Modele([Case("a", lambda v: 2), Case("inverse", lambda v: 1 / v["a"])])
        >>> double.recalculer("inverse", {"a": 4})
        0.25
        >>> double.recalculer("inverse", {"a": 0}) is None
        True
        """
        try:
            resultat = float(self.cases[cle].formule(valeurs))
        except (KeyError, ArithmeticError, TypeError, ValueError):
            return None
        return resultat if math.isfinite(resultat) else None

    def incoherences(self, valeurs: Valeurs, ecart: float = 1.0) -> list[str]:
        """Les messages sur les totaux, différences et cumuls qui ne tombent pas juste *entre eux*.

        Ne se fonde que sur les cases remplies par le stagiaire : ne dit rien du corrigé.
        ``ecart`` : différence tolérée, dans l'unité du tableau (les arrondis d'affichage).

        >>> prix = Modele([Case("HT", lambda v: 10), Case("TVA", lambda v: 2),
        ...                Case("TTC", lambda v: v["HT"] + v["TVA"], identite="HT + TVA")])
        >>> prix.incoherences({"HT": 20, "TVA": 4, "TTC": 30})
        ['TTC : votre case ne correspond pas à « HT + TVA » avec vos propres chiffres.']
        """
        messages = []
        for cle, case in self.cases.items():
            if not case.identite or cle not in valeurs:
                continue
            attendu = self.recalculer(cle, valeurs)
            if attendu is not None and abs(valeurs[cle] - attendu) > max(
                ecart, abs(attendu) * 1e-4
            ):
                nom = cle.replace("/", " ")
                messages.append(
                    f"{nom} : votre case ne correspond pas à « {case.identite} » avec vos propres chiffres."
                )
        return messages

    def _trouver_dependances(self, case: Case) -> tuple[str, ...]:
        espion = _Espion(self._reference)
        case.formule(espion)
        return tuple(espion.lues)
