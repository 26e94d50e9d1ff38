"""Le verdict d'une réponse, dans son cadre : une phrase, ce qu'il faut reprendre, et dans quelles cases. Jamais si elle est juste."""

from dataclasses import dataclass, field

from grc_helpers.calculs.case import Case
from grc_helpers.reponses.controles import controler_la_question
from grc_helpers.reponses.notebook import Question
from grc_helpers.reponses.types import TYPES
from grc_helpers.reponses.types.contrat import Cellule, Controle

RECUE, A_REPRENDRE, COMMENCEE, VIDE = "recue", "a_reprendre", "commencee", "vide"


@dataclass(frozen=True)
class Verdict:
    """``etat`` : l'un des quatre ci-dessus ; ``lignes`` : une par chose à reprendre ou bonne à savoir."""

    etat: str
    phrase: str
    lignes: list[str] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


def juger_la_forme(
    cellule: Cellule,
    question: Question | None = None,
    cases: int = 0,
    deja_lues: dict[Case, float] | None = None,
) -> Verdict:
    """Le verdict d'une réponse ; ``question`` : celle qui est distribuée, si on la connaît ; ``cases`` : combien elle en demande.

    >>> juger_la_forme(Cellule("nombre", "q1", ("clients",), "400"), cases=0).phrase.replace("\\u00a0", " ")
    'Bien reçu : 400 clients. Cette réponse n’est pas notée.'
    >>> juger_la_forme(Cellule("nombre", "q1", ("clients",), "quarante")).etat
    'a_reprendre'
    """
    controle = controler_la_question(cellule, question, cases, deja_lues)
    etat = _etat(controle, _vide(cellule, question))
    return Verdict(
        etat,
        _phrase(etat, controle, cellule, question is not None),
        [*controle.a_reprendre, *_a_savoir(controle, cellule)],
        controle.fautives,
    )


def _vide(cellule: Cellule, question: Question | None) -> bool:
    vierge = question.vierge.corps if question else ""
    return TYPES[cellule.type].est_vide(cellule.corps, vierge)


def _etat(controle: Controle, vide: bool) -> str:
    if controle.vide or vide:
        return VIDE
    if controle.recevable:
        return RECUE
    return A_REPRENDRE if controle.a_reprendre else COMMENCEE


def _phrase(etat: str, controle: Controle, cellule: Cellule, notee: bool) -> str:
    if etat == VIDE:
        return "Rien n’est encore écrit ici."
    if etat == A_REPRENDRE:
        return "À reprendre :"
    if etat == COMMENCEE:
        return f"Commencé : {controle.remplies} sur {controle.attendues}."
    lu = TYPES[cellule.type].en_bref(cellule)
    suite = "La correction dira si c’est juste." if notee else "Cette réponse n’est pas notée."
    return f"Bien reçu{f' : {lu}' if lu else ''}. {suite}"


def _a_savoir(controle: Controle, cellule: Cellule) -> list[str]:
    """Les remarques, sans celle que la phrase dit déjà."""
    lu = TYPES[cellule.type].en_bref(cellule)
    return [remarque for remarque in controle.remarques if remarque != f"{lu}."]
