"""Ce qui prouve un crédit : comment chaque place de sa formulation a été remplie, par ses mots ou par d'autres."""

from dataclasses import dataclass
from enum import Enum, auto

from autograde.prose.credit import Credit
from autograde.prose.formulations import Place, preparer
from autograde.prose.lexique import racine
from autograde.prose.preparation import Texte
from autograde.prose.ressemblance import anneaux_du_mot, memes_a_la_terminaison_pres


class Sorte(Enum):
    """Comment la place d'une formulation est remplie."""

    TELLE_QUELLE = auto()
    PAR_UN_SYNONYME = auto()
    PAR_RESSEMBLANCE = auto()
    PAR_UN_CONTRAIRE_NIE = auto()
    A_COTE = auto()  # dans une autre proposition
    SOUS_ENTENDUE = auto()  # la question l'a déjà dite
    AUTREMENT = auto()  # nommée plus haut, ou seul mot qui manque


@dataclass(frozen=True)
class Preuve:
    """Comment une formulation a gagné un crédit : la sorte de chacune de ses places."""

    sortes: tuple[Sorte, ...] = ()

    def part(self, *sortes: Sorte) -> float:
        return sum(sorte in sortes for sorte in self.sortes) / (len(self.sortes) or 1)


def telle_quelle(texte: Texte, credit: Credit) -> bool:
    """La formulation a-t-elle été écrite avec ses propres mots, à leur terminaison près, sans synonyme ni faute ?

    Ce dont on parle, nommé plus haut, suffit."""
    siens = {texte.numeros[rang] for rang in credit.places}
    nommes = frozenset().union(*(texte.ancres[numero] for numero in siens))
    ecrits = {mot.forme for mot, n in zip(texte.mots, texte.numeros, strict=True) if n in siens}
    return all(
        any(
            mot in nommes or any(memes_a_la_terminaison_pres(mot, ecrit) for ecrit in ecrits)
            for variante in place
            for mot in variante
        )
        for place in preparer(credit.formulation)[0].places
    )


def prouver(texte: Texte, credit: Credit) -> Preuve:
    """Les sortes de toutes les places ; un nombre n'en a pas."""
    return Preuve(
        tuple(
            _sorte(texte, place, credit)
            for ecrite in credit.formulation.split(" + ")
            for place in next((f.places for f in preparer(ecrite)), ())
            if not ecrite.startswith("nombre ")
        )
    )


def _sorte(texte: Texte, place: Place, credit: Credit) -> Sorte:
    racines = {racine(mot) for variante in place for mot in variante}
    occurrences = texte.occurrences(place)
    siennes = [o for o in occurrences.values() if o.rangs & credit.places]
    if any(o.inverse for o in siennes):
        return Sorte.PAR_UN_CONTRAIRE_NIE
    ecrits = {texte.mots[rang].forme for o in siennes for rang in o.rangs & credit.places}
    if racines.intersection(map(racine, ecrits)):
        return Sorte.TELLE_QUELLE
    if ecrits:
        anneaux = frozenset().union(*(anneaux_du_mot(m) for variante in place for m in variante))
        synonyme = any(anneaux_du_mot(mot) & anneaux for mot in ecrits)
        return Sorte.PAR_UN_SYNONYME if synonyme else Sorte.PAR_RESSEMBLANCE
    if racines & texte.connus:
        return Sorte.SOUS_ENTENDUE
    return Sorte.A_COTE if occurrences else Sorte.AUTREMENT
