"""Un tableau calculé : des cases liées par des formules.

Le même modèle sert à quatre choses : afficher un simulateur, contrôler la cohérence d'une réponse,
connaître le résultat attendu, et noter une case d'après les valeurs du stagiaire (report d'erreur).
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

    ``identite`` marque les formules qui ne font que combiner d'autres cases (un total, un cumul, une différence) :
    on peut alors vérifier la cohérence d'une réponse sans rien connaître du corrigé.
    """

    case: Case
    calcul: Callable[[Valeurs], float]
    identite: str = ""


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
        """La ``case`` d'après les ``valeurs`` données ; None si une valeur manque ou si le calcul n'a pas de sens.

        >>> nombre, inverse = Case("Nombre"), Case("Inverse")
        >>> tableau = Modele([Formule(nombre, lambda v: 2), Formule(inverse, lambda v: 1 / v[nombre])])
        >>> tableau.recalculer(inverse, {nombre: 4})
        0.25
        >>> tableau.recalculer(inverse, {nombre: 0}) is None
        True
        """
        try:
            resultat = float(self.cases[case].calcul(valeurs))
        except (KeyError, ArithmeticError, TypeError, ValueError):
            return None
        return resultat if math.isfinite(resultat) else None

    def incoherences(self, valeurs: Valeurs, ecart: float = 1.0) -> dict[Case, str]:
        """Case par case, les messages sur les totaux, différences et cumuls qui ne tombent pas juste *entre eux*.

        Ne se fonde que sur les cases remplies par le stagiaire : ne dit rien du corrigé.
        ``ecart`` : différence tolérée, dans l'unité du tableau (les arrondis d'affichage).

        >>> ht, ttc = Case("HT"), Case("TTC")
        >>> prix = Modele([Formule(ht, lambda v: 10), Formule(ttc, lambda v: v[ht] + 2, identite="HT + 2 €")])
        >>> prix.incoherences({ht: 20, ttc: 30})[ttc]
        'TTC : votre case ne correspond pas à « HT + 2 € » avec vos propres chiffres.'
        """
        messages = {}
        for case, formule in self.cases.items():
            if not formule.identite or case not in valeurs:
                continue
            attendu = self.recalculer(case, valeurs)
            if attendu is not None and abs(valeurs[case] - attendu) > max(
                ecart, abs(attendu) * 1e-4
            ):
                messages[case] = (
                    f"{case} : votre case ne correspond pas à « {formule.identite} » avec vos propres chiffres."
                )
        return messages

    def _trouver_dependances(self, formule: Formule) -> tuple[Case, ...]:
        espion = _Espion(self._reference)
        formule.calcul(espion)
        return tuple(Case(*cle) for cle in espion.lues)
