"""Dire si une réponse est *recevable* : lisible, complète, cohérente avec elle-même. Jamais si elle est juste."""

from dataclasses import replace

from grc_helpers.calculs.case import Case
from grc_helpers.reponses.exigences import manquements
from grc_helpers.reponses.notebook import Question
from grc_helpers.reponses.types import TYPES
from grc_helpers.reponses.types.contrat import Cellule, Controle

SUITE_ATTENDUE = "Écrivez votre réponse dans la cellule ci-dessus, puis cliquez sur ▶."


def controler(
    cellule: Cellule,
    deja_lues: dict[Case, float] | None = None,
    vierge: Cellule | None = None,
) -> Controle:
    """Contrôle la forme d'une réponse. Ne lève jamais d'erreur.

    ``deja_lues`` : les cases des autres tableaux du même cas, pour vérifier les totaux d'un tableau à l'autre ; ``vierge`` : la cellule
    distribuée, si on la connaît : ce qui s'en écarte sera dit.

    >>> controler(Cellule("nombre", "q1", ("clients",), "quarante")).a_reprendre
    ['Je ne lis pas de nombre dans « quarante ». Écrivez-le en chiffres.']
    >>> controler(Cellule("reponse", "q2", (), "Le client revient.")).recevable
    True
    """
    return TYPES[cellule.type].controler(cellule, deja_lues or {}, vierge)


def exiger(controle: Controle, cases: int) -> Controle:
    """Le même contrôle, quand on sait combien de cases la cellule distribuée demandait.

    >>> exiger(Controle(remplies=4, attendues=4), cases=8).a_reprendre
    ['Il manque 4 cases : une ligne a été effacée. Recopiez son libellé depuis le cours, puis remplissez-la.']
    """
    manquantes = cases - controle.attendues
    if controle.vide or manquantes <= 0:
        return controle
    message = (
        f"Il manque {manquantes} cases : une ligne a été effacée."
        " Recopiez son libellé depuis le cours, puis remplissez-la."
    )
    return replace(controle, attendues=cases, a_reprendre=[*controle.a_reprendre, message])


def controler_la_question(
    cellule: Cellule,
    question: Question | None,
    cases: int = 0,
    deja_lues: dict[Case, float] | None = None,
) -> Controle:
    """Le contrôle d'une réponse, et de ce que son énoncé demande. ``cases`` : combien la cellule distribuée en a, si on le sait."""
    controle = controler(cellule, deja_lues, question.vierge if question else None)
    controle = exiger(controle, cases)
    manques = manquements(cellule, question.enonce if question else "")
    if controle.vide:
        return controle
    return replace(
        controle,
        a_reprendre=[*controle.a_reprendre, *manques.messages],
        fautives=[*controle.fautives, *manques.cases],
    )
