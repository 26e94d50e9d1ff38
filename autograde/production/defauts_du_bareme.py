"""Ce qu'on reproche à une question rédigée avant de s'en servir : ce qui paierait à tort, ne serait jamais reconnu, ou manque."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from autograde.prose import Evaluation, evaluer
from autograde.prose.bareme import BaremeRedige, Element
from autograde.prose.credit import Credit
from autograde.prose.moteur import crediter
from autograde.prose.preparation import Texte, preparer_texte
from autograde.prose.repli import suivre

ERREUR, CONSEIL = "erreur", "conseil"


@dataclass(frozen=True)
class Defaut:
    """Un défaut du barème. ``element`` est vide quand il porte sur toute la question ; ``libelle`` : comment le nommer à l'auteur.

    ``sorte`` nomme un conseil, pour l'accepter par une ligne du barème.
    """

    gravite: str
    question: str
    element: str
    message: str
    libelle: str = ""
    sorte: str = ""

    @property
    def cle(self) -> str:
        """Ce que cite « accepte » au barème."""
        return f"{self.element}/{self.sorte}" if self.sorte else ""

    def __str__(self):
        lieu = f"{self.question}, « {self.libelle} »" if self.libelle else self.question
        garder = f' Pour le garder ainsi : accepte: {{{self.cle}: "raison"}}.' if self.cle else ""
        return f"{lieu} : {self.message}{garder}"


@dataclass(frozen=True)
class QuestionRedigee:
    """Une question rédigée et ce qui l'entoure. ``cas`` : ce que le stagiaire a lu avant elle ; ``recit`` : ce que raconte le notebook,
    sans les questions ; ``contexte`` : ce que la correction tient pour une recopie ; ``reponse_type`` : celle de l'auteur ; ``justes`` :
    les essais qui ont le maximum, par titre."""

    nom: str
    bareme: BaremeRedige
    cas: str
    contexte: str
    reponse_type: str
    recit: str = ""
    justes: tuple[tuple[str, str], ...] = ()

    def evaluer(self, reponse: str) -> Evaluation:
        """La note qu'aurait cette réponse, gardes comprises."""
        return evaluer(reponse, self.bareme, self.contexte)

    def preparer(self, reponse: str) -> Texte:
        return preparer_texte(suivre(reponse, self.bareme), self.bareme)

    def crediter(self, reponse: str, element: Element) -> Credit:
        """Le crédit d'un seul élément, sans aucune garde."""
        return crediter(self.preparer(reponse), element)

    def erreur(self, message: str, element: Element | None = None) -> Defaut:
        return self._defaut(ERREUR, element, message, "")

    def conseil(self, sorte: str, element: Element, message: str) -> Defaut:
        return self._defaut(CONSEIL, element, message, sorte)

    def _defaut(self, gravite: str, element: Element | None, message: str, sorte: str) -> Defaut:
        nom, libelle = (element.id, element.libelle) if element else ("", "")
        return Defaut(gravite, self.nom, nom, message, libelle, sorte)


def ecrites(element: Element) -> list[str]:
    """Toutes les formulations d'un élément, celles de ses notions comprises."""
    return element.formulations + [ecrite for notion in element.notions for ecrite in notion]


def sujet(element: Element) -> str:
    """Ce que la réponse doit nommer d'abord, si l'élément a une ancre."""
    return f"{element.ancre[0]} : " if element.ancre else ""


@lru_cache(maxsize=5_000)
def phrases(ecrite: str) -> tuple[str, ...]:
    """Des phrases courtes d'une formulation : chaque variante y est au moins une fois, sans les combiner toutes.

    >>> phrases("CA/ventes baisse/diminue/recule")
    ('CA baisse', 'ventes diminue', 'CA recule')
    """
    places = [[v for v in place.split("/") if v] for place in ecrite.split()]
    combien = max(map(len, places), default=0)
    return tuple(" ".join(place[rang % len(place)] for place in places) for rang in range(combien))


def citer(passage: str) -> str:
    return f"« {' '.join(passage.split())} »"


def par_quoi(credit: Credit) -> str:
    """La formulation, ou le nombre, qui a donné ce crédit."""
    return f"la formulation « {credit.formulation} »" if credit.formulation else "le nombre"


def sans_les_acceptes(question: QuestionRedigee, defauts: Iterator[Defaut]) -> Iterator[Defaut]:
    """Les défauts auxquels le barème ne répond pas, et les réponses qui ne servent plus."""
    acceptes, servis = question.bareme.accepte, set()
    for defaut in defauts:
        if defaut.gravite == CONSEIL and defaut.cle in acceptes:
            servis.add(defaut.cle)
        else:
            yield defaut
    for cle in acceptes.keys() - servis:
        yield question.erreur(
            f"« accepte » cite « {cle} », que rien ne reproche ; ôtez cette ligne."
        )
