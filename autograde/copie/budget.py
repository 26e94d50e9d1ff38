"""Ce qu'une copie a le droit de coûter : au-delà, ce qui reste à noter attend le formateur, et la classe continue.

Les entrées sont d'abord bornées (``fichiers.notebook`` : octets, objets, cellules, signes ; ``grc_helpers.reponses.notebook`` : signes
d'une réponse) : chaque étape finit donc d'elle-même, en une à trois secondes au pire. Le budget borne leur somme. Il se regarde entre deux
étapes, sans signal ni processus à tuer : il arrête au même endroit sous Windows et sous Linux, et rien n'est coupé au milieu.
"""

import time
from collections.abc import Callable

# De processeur, qu'une machine occupée ailleurs ne fait pas avancer. Une copie ordinaire en prend quelques centièmes.
SECONDES = 20.0


class Budget:
    """Le temps laissé à une copie ; il court dès qu'on le crée. ``horloge`` donne des secondes de processeur.

    >>> instants = iter([0, 1, 5])
    >>> budget = Budget(4, lambda: next(instants))
    >>> budget.depasse, budget.depasse
    (False, True)
    """

    def __init__(
        self, secondes: float = SECONDES, horloge: Callable[[], float] = time.process_time
    ):
        self.secondes, self._horloge = secondes, horloge
        self._debut = horloge()

    @property
    def depasse(self) -> bool:
        return self._horloge() - self._debut > self.secondes
