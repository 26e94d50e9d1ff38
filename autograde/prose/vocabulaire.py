"""Les mots d'un barème, rangés une fois pour toute une classe : lesquels d'entre eux vaut ce mot qu'un stagiaire a écrit ?

Une classe écrit toujours les mêmes mots : chacun n'est comparé qu'une fois au barème, et non à chaque réponse.
"""

from collections.abc import Iterator
from functools import lru_cache

from autograde.prose.bareme import BaremeRedige
from autograde.prose.formulations import preparer
from autograde.prose.ressemblance import cles, contraire, ressemblent

MOTS_ECRITS_GARDES = 20_000


class Vocabulaire:
    """``mots`` : ceux des formulations, et leurs contraires, qu'une négation retourne ; ``opposes`` : de qui un mot est le contraire."""

    def __init__(self, ecrites: tuple[str, ...]):
        propres = {
            mot
            for ecrite in ecrites
            for formulation in preparer(ecrite)
            for mot in formulation.mots
        }
        self.opposes: dict[str, list[str]] = {}
        for mot in sorted(propres):
            if oppose := contraire(mot):
                self.opposes.setdefault(oppose, []).append(mot)
        self.mots = propres | self.opposes.keys()
        self._par_cle: dict[tuple, list[str]] = {}
        for mot in sorted(self.mots):
            for cle in cles(mot):
                self._par_cle.setdefault(cle, []).append(mot)
        self.valus_par = lru_cache(maxsize=MOTS_ECRITS_GARDES)(self._valus_par)

    def _valus_par(self, ecrit: str) -> tuple[str, ...]:
        """Les mots du barème que vaut un mot écrit."""
        proches = {mot for cle in cles(ecrit) for mot in self._par_cle.get(cle, ())}
        return tuple(mot for mot in proches if ressemblent(ecrit, mot))


def vocabulaire(bareme: BaremeRedige) -> Vocabulaire:
    """Le vocabulaire de ce barème, gardé d'une réponse à l'autre."""
    return _vocabulaire(tuple(_ecrites(bareme)))


# Quelques devoirs à la fois : un barème que l'on est en train de changer en fait un nouveau à chaque essai.
@lru_cache(maxsize=64)
def _vocabulaire(ecrites: tuple[str, ...]) -> Vocabulaire:
    return Vocabulaire(ecrites)


def _ecrites(bareme: BaremeRedige) -> Iterator[str]:
    """Toutes les formulations que l'on cherchera dans une réponse."""
    for element in bareme.elements:
        yield from element.formulations
        for notion in element.notions:
            yield from notion
        for nombre in element.nombres:
            yield from nombre.avec
    for contre in bareme.contre_elements:
        yield from contre.formulations
    yield from bareme.hors_sujet
