"""Les décisions du formateur, appliquées à une évaluation."""

from collections.abc import Mapping
from dataclasses import replace

from autograde.cours.decisions import Decision
from autograde.prose import Evaluation, ponderer
from autograde.prose.bareme import BaremeRedige
from autograde.prose.moteur import Credit


def appliquer(
    evaluation: Evaluation, bareme: BaremeRedige, decisions: Mapping[str, Decision]
) -> Evaluation:
    """L'évaluation où les éléments décidés ont le crédit du formateur, et la note recalculée.

    Quand chaque élément a été décidé (gardé ou changé), la réponse a été lue : elle n'est plus à relire.
    """
    if not decisions:
        return evaluation
    credits = evaluation.credits | {
        nom: _decide(evaluation.credits[nom], decision) for nom, decision in decisions.items()
    }
    retablis = {nom for nom, decision in decisions.items() if decision.credit}
    dementis = {
        contre.message
        for contre in bareme.contre_elements
        if contre.annule and retablis.issuperset(contre.annule)
    }
    return replace(
        evaluation,
        credits=credits,
        fraction=ponderer(bareme, credits),
        relire=evaluation.relire and not credits.keys() <= decisions.keys(),
        messages=[message for message in evaluation.messages if message not in dementis],
    )


def _decide(credit: Credit, decision: Decision) -> Credit:
    return replace(
        credit, valeur=decision.credit, passage=decision.passage or credit.passage, motif=""
    )
