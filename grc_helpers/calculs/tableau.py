"""Un tableau calculé : des cases liées par des formules.

Le même modèle sert à trois choses : afficher un simulateur, connaître le résultat attendu, et noter une case d'après les valeurs du
stagiaire (report d'erreur). Les formules qui ne font que combiner des cases sont dans ``coherence``.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from grc_helpers.calculs.case import Case

# Une case s'y désigne aussi par une simple paire (voir ``Case``).
Valeurs = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Formule:
    """Ce qui donne une case : un ``calcul`` qui lit les autres par ``v["ligne", "colonne"]``, ou ``v[Case("grandeur")]``.

    ``identite`` dit en mots les formules qui ne font que combiner d'autres cases (un total, un cumul, une différence).
    """

    case: Case
    calcul: Callable[[Valeurs], float]
    identite: str = ""

    def valeur(self, valeurs: Valeurs) -> float | None:
        """La case d'après les ``valeurs`` données ; None si une valeur manque ou si le calcul n'a pas de sens.

        >>> inverse = Formule(Case("Inverse"), lambda v: 1 / v[Case("Nombre")])
        >>> inverse.valeur({Case("Nombre"): 4})
        0.25
        >>> inverse.valeur({Case("Nombre"): 0}) is None
        True
        """
        try:
            resultat = float(self.calcul(valeurs))
        except (KeyError, ArithmeticError, TypeError, ValueError):
            return None
        return resultat if math.isfinite(resultat) else None


def valeur_ecrite(case: Case, valeur: float) -> Formule:
    """Une case dont la valeur est donnée : rien à calculer."""
    return Formule(case, lambda v: valeur)


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

    >>> stylos = Modele([
    ...     Formule(Case("TVA"), lambda v: 0.2),
    ...     Formule(Case("Prix", "HT"), lambda v: 10),
    ...     Formule(Case("Prix", "TTC"), lambda v: v["Prix", "HT"] * (1 + v[Case("TVA")])),
    ... ])
    >>> stylos.calculer()["Prix", "TTC"]
    12.0
    >>> stylos.calculer(imposees={Case("Prix", "HT"): 20})["Prix", "TTC"]
    24.0
    >>> print(*stylos.depend_de(Case("Prix", "TTC")), sep=", ")
    Prix HT, TVA
    """

    def __init__(self, formules: list[Formule]):
        self.cases = {formule.case: formule for formule in formules}
        self._reference = self.calculer()
        self._dependances = {
            case: self._trouver_dependances(formule) for case, formule in self.cases.items()
        }

    def calculer(self, imposees: Valeurs | None = None) -> dict[tuple[str, str], float]:
        """Calcule toutes les cases ; une valeur ``imposee`` (un arrondi fait à la main, par exemple) remplace la formule."""
        valeurs: dict[tuple[str, str], float] = {}
        for case, formule in self.cases.items():
            valeurs[case] = float(
                imposees[case] if imposees and case in imposees else formule.calcul(valeurs)
            )
        return valeurs

    def depend_de(self, case: Case) -> tuple[Case, ...]:
        """Les cases lues directement par la formule de ``case``."""
        return self._dependances[case]

    def recalculer(self, case: Case, valeurs: Valeurs) -> float | None:
        """La ``case`` d'après les ``valeurs`` données ; None si une valeur manque ou si le calcul n'a pas de sens."""
        return self.cases[case].valeur(valeurs)

    def _trouver_dependances(self, formule: Formule) -> tuple[Case, ...]:
        espion = _Espion(self._reference)
        formule.calcul(espion)
        return tuple(Case(*cle) for cle in espion.lues)
