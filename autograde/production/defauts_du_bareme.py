"""Ce qu'on reproche à une question rédigée avant de s'en servir : ce qui paierait à tort, ne serait jamais reconnu, ou manque."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations, product

from autograde.prose import Evaluation, evaluer
from autograde.prose.bareme import BaremeRedige, Element
from autograde.prose.formulations import preparer
from autograde.prose.gardes import SUITE_RECOPIEE
from autograde.prose.lexique import lexique, racine
from autograde.prose.moteur import Credit, crediter
from autograde.prose.preparation import preparer_texte
from autograde.prose.repli import suivre
from autograde.prose.texte import lire

ERREUR, CONSEIL = "erreur", "conseil"
FORMULATIONS_UTILES = 8
NEGATIONS = ("Il n'y a pas de {}.", "On ne {} pas.")


@dataclass(frozen=True)
class Defaut:
    """Un défaut du barème ; ``element`` est vide quand le défaut porte sur toute la question."""

    gravite: str
    question: str
    element: str
    message: str

    def __str__(self):
        lieu = f"{self.question}, élément « {self.element} »" if self.element else self.question
        return f"{lieu} : {self.message}"


@dataclass(frozen=True)
class QuestionRedigee:
    """Une question rédigée et ce qui l'entoure. ``cas`` : ce que le stagiaire a lu avant elle ; ``contexte`` : ce que la correction
    tient pour une recopie ; ``reponse_type`` : celle de l'auteur."""

    nom: str
    bareme: BaremeRedige
    cas: str
    contexte: str
    reponse_type: str

    def evaluer(self, reponse: str) -> Evaluation:
        """La note qu'aurait cette réponse, gardes comprises."""
        return evaluer(reponse, self.bareme, self.contexte)

    def crediter(self, reponse: str, element: Element) -> Credit:
        """Le crédit d'un seul élément, sans aucune garde."""
        return crediter(preparer_texte(suivre(reponse, self.bareme), self.bareme), element)

    def defaut(self, gravite: str, element: str, message: str) -> Defaut:
        return Defaut(gravite, self.nom, element, message)


def verifier_question(question: QuestionRedigee) -> list[Defaut]:
    """Les défauts d'une question rédigée."""
    controles = (
        _recopies,
        _mots_de_l_enonce,
        _vols,
        _reponse_type,
        _negations,
        _trop_peu,
        _doublons,
        _mots_trop_courants,
    )
    return [defaut for controle in controles for defaut in controle(question)]


def ecrites(element: Element) -> list[str]:
    """Toutes les formulations d'un élément, celles de ses notions comprises."""
    return element.formulations + [ecrite for notion in element.notions for ecrite in notion]


def _sujet(element: Element) -> str:
    """Ce que la réponse doit nommer d'abord, si l'élément a une ancre."""
    return f"{element.ancre[0]} : " if element.ancre else ""


def _phrases(ecrite: str) -> Iterator[str]:
    """Les phrases courtes que couvre une formulation.

    >>> list(_phrases("CA baisse/diminue"))
    ['CA baisse', 'CA diminue']
    """
    return (
        " ".join(mots)
        for mots in product(
            *([variante for variante in place.split("/") if variante] for place in ecrite.split())
        )
    )


def _recopies(question: QuestionRedigee) -> Iterator[Defaut]:
    """Recopier l'énoncé ou le cas, en entier ou une phrase, ne doit rien rapporter ; y trouver l'idée toute faite est à savoir."""
    for lieu, texte in (("l'énoncé", question.bareme.enonce), ("le texte du cas", question.cas)):
        morceaux = [
            morceau
            for morceau in (texte, *re.split(r"[.!?;\n]+", texte))
            if len(lire(morceau)) >= SUITE_RECOPIEE
        ]
        evaluations = [question.evaluer(morceau) for morceau in morceaux]
        for element in question.bareme.elements:
            paye = next(
                (credit for e in evaluations if (credit := e.credits[element.id]).valeur == 1), None
            )
            present = question.crediter(texte, element)
            if paye:
                yield question.defaut(
                    ERREUR, element.id, f"recopier {lieu} suffit, {_retirer(paye)}"
                )
            elif present.valeur == 1:
                yield question.defaut(
                    CONSEIL,
                    element.id,
                    f"{lieu} le contient déjà et, glissé dans une réponse, paierait, {_retirer(present)}",
                )


def _retirer(credit: Credit) -> str:
    cause = f"la formulation « {credit.formulation} »" if credit.formulation else "le nombre"
    passage = " ".join(credit.passage.split())
    return f"« {passage} » ; précisez ou ôtez {cause}, ou changez ce texte."


def _mots_de_l_enonce(question: QuestionRedigee) -> Iterator[Defaut]:
    """Une formulation dont tous les mots sont dans la question n'apporte rien de plus qu'elle."""
    connus = {racine(mot.forme) for mot in lire(question.bareme.enonce)}
    for element in question.bareme.elements:
        for ecrite in ecrites(element):
            if any(_toute_connue(formulation, connus) for formulation in preparer(ecrite)):
                yield question.defaut(
                    CONSEIL,
                    element.id,
                    f"tous les mots de « {ecrite} » sont dans l'énoncé ; ajoutez-y le mot de la réponse.",
                )


def _toute_connue(formulation, connus: set[str]) -> bool:
    return not formulation.niee and all(
        any(connus.issuperset(map(racine, v)) for v in place) for place in formulation.places
    )


def _vols(question: QuestionRedigee) -> Iterator[Defaut]:
    """Une même réponse courte ne devrait pas valoir deux éléments."""
    for paire in combinations(question.bareme.elements, 2):
        vol = next(
            (trouve for a, b in permutations(paire) if (trouve := _vol(question, a, b))), None
        )
        if vol:
            yield question.defaut(CONSEIL, *vol)


def _vol(question: QuestionRedigee, element: Element, autre: Element) -> tuple[str, str] | None:
    """Ce qu'il faut dire si une formulation d'un élément vaut aussi l'autre élément."""
    for ecrite in ecrites(element):
        for phrase in _phrases(ecrite):
            credit = question.crediter(f"{_sujet(element)}{phrase}.", autre)
            if credit.valeur == 1:
                par = f"par « {credit.formulation} »" if credit.formulation else "par son nombre"
                return (
                    element.id,
                    f"« {phrase} » rapporte aussi l'élément « {autre.id} » {par} ; précisez l'une des deux formulations.",
                )
    return None


def _reponse_type(question: QuestionRedigee) -> Iterator[Defaut]:
    """La réponse type de l'auteur doit avoir le maximum."""
    if not question.reponse_type:
        yield question.defaut(
            ERREUR,
            "",
            "le corrigé n'a pas de réponse type ; écrivez-la entre BEGIN SOLUTION et END SOLUTION.",
        )
        return
    evaluation = question.evaluer(question.reponse_type)
    if evaluation.fraction == 1:
        return
    if not any(credit.valeur or credit.motif for credit in evaluation.credits.values()):
        yield question.defaut(
            ERREUR,
            "",
            f"la réponse type n'a aucun point ({evaluation.motif or 'rien de reconnu'}) ; réécrivez-la.",
        )
    for identifiant, credit in evaluation.credits.items():
        if credit.valeur < 1:
            motif = (
                f" ({credit.motif} : « {' '.join(credit.passage.split())} »)"
                if credit.motif
                else ""
            )
            obtenu = "à moitié reconnu" if credit.valeur else "non reconnu"
            conseil = (
                "complétez-la"
                if identifiant in question.bareme.poids_de_la_forme
                else "ajoutez la formulation qu'elle emploie"
            )
            yield question.defaut(
                ERREUR, identifiant, f"{obtenu} dans la réponse type{motif} ; {conseil}."
            )


def _negations(question: QuestionRedigee) -> Iterator[Defaut]:
    """Dire le contraire d'une idée à affirmer ne doit rien rapporter."""
    for element in (element for element in question.bareme.elements if element.sens == "affirme"):
        for ecrite in ecrites(element):
            if any(formulation.niee for formulation in preparer(ecrite)):
                continue
            niees = [_sujet(element) + tour.format(next(_phrases(ecrite))) for tour in NEGATIONS]
            gardee = next(
                (
                    (phrase, credit)
                    for phrase in niees
                    if (credit := question.crediter(phrase, element)).valeur
                ),
                None,
            )
            if gardee:
                phrase, credit = gardee
                yield question.defaut(
                    CONSEIL,
                    element.id,
                    f"« {phrase} » garde des points par « {credit.formulation} » ; précisez-la.",
                )


def _trop_peu(question: QuestionRedigee) -> Iterator[Defaut]:
    for element in question.bareme.elements:
        combien = len(element.formulations)
        if combien < FORMULATIONS_UTILES and not element.nombres and not element.notions:
            yield question.defaut(
                CONSEIL,
                element.id,
                f"{combien} formulation(s) ; visez-en {FORMULATIONS_UTILES}, avec les mots de tous les jours.",
            )


def _doublons(question: QuestionRedigee) -> Iterator[Defaut]:
    """Deux formulations faites des mêmes mots : l'accord, la conjugaison et l'ordre n'y changent rien."""
    for element in question.bareme.elements:
        vues: dict[tuple, str] = {}
        for ecrite in element.formulations:
            premiere = vues.setdefault(_empreinte(ecrite), ecrite)
            if premiere is not ecrite:
                yield question.defaut(
                    CONSEIL,
                    element.id,
                    f"« {ecrite} » a les mêmes mots que « {premiere} » ; une seule suffit.",
                )


def _empreinte(ecrite: str) -> tuple:
    """Les racines d'une formulation ; leur ordre ne compte que dans une comparaison."""
    formes = []
    for formulation in preparer(ecrite):
        places = [
            sorted({" ".join(map(racine, variante)) for variante in place})
            for place in formulation.places
        ]
        formes.append(
            (
                tuple(map(tuple, places if formulation.ordonnee else sorted(places))),
                formulation.niee,
            )
        )
    return tuple(formes)


def _mots_trop_courants(question: QuestionRedigee) -> Iterator[Defaut]:
    """Une formulation ne doit être ni muette, ni obtenue par un seul mot que tout le monde écrit (le reste étant dans l'énoncé)."""
    for element in question.bareme.elements:
        for ecrite in ecrites(element):
            seul = next(
                (mot for mot in _mots_courants(ecrite) if _suffit(question, element, ecrite, mot)),
                None,
            )
            if not preparer(ecrite):
                yield question.defaut(
                    CONSEIL,
                    element.id,
                    f"« {ecrite} » n'a que des mots de liaison : jamais reconnue, complétez-la ou ôtez-la.",
                )
            elif seul:
                yield question.defaut(
                    ERREUR,
                    element.id,
                    f"le seul mot « {seul} » suffit pour « {ecrite} » ; ajoutez-y un mot que la question ne dit pas.",
                )


def _mots_courants(ecrite: str) -> list[str]:
    """Les mots d'une formulation qui, seuls, ne disent rien : mots-outils, chiffres, vocabulaire de toutes les réponses."""
    formes = [mot.forme for mot in lire(ecrite)]
    return [
        forme
        for forme in formes
        if forme in lexique().mots_outils
        or forme.isdigit()
        or racine(forme) in lexique().mots_courants
    ]


def _suffit(question: QuestionRedigee, element: Element, ecrite: str, mot: str) -> bool:
    """Ce mot, seul, vaut-il l'élément par cette formulation ?"""
    credit = question.crediter(f"{_sujet(element)}{mot}.", element)
    return credit.valeur == 1 and ecrite in credit.formulation
