"""Les décisions du formateur, appliquées à ce que le moteur propose."""

from collections.abc import Mapping
from dataclasses import replace

from autograde.baremes.redigees import noter_l_evaluation
from autograde.baremes.resultats import NoteQuestion
from autograde.cours.decisions import IDEE_FAUSSE, Decision
from autograde.prose import Evaluation, ponderer
from autograde.prose.bareme import BaremeRedige
from autograde.prose.credit import Credit


def noter_avec_les_decisions(
    proposee: Evaluation, bareme: BaremeRedige, decisions: Mapping[str, Decision]
) -> NoteQuestion:
    """La note où les décisions du formateur priment. Elle garde l'évaluation proposée : une autre décision repartira d'elle."""
    note = noter_l_evaluation(appliquer(proposee, bareme, decisions), bareme)
    commentaires = note.commentaires + _mention(bareme, proposee, decisions)
    return replace(note, commentaires=commentaires, evaluation=proposee)


def _mention(
    bareme: BaremeRedige, proposee: Evaluation, decisions: Mapping[str, Decision]
) -> list[str]:
    """Qui a décidé : le formateur a changé des critères, ou les a tous confirmés."""
    changes = [
        bareme.criteres[nom]
        for nom, decision in decisions.items()
        if nom in bareme.criteres and decision.credit != proposee.credits[nom].valeur
    ]
    if changes:
        return [f"Décidé par le formateur : {' ; '.join(changes)}."]
    return ["Relu par le formateur."] if decisions else []


def appliquer(
    evaluation: Evaluation, bareme: BaremeRedige, decisions: Mapping[str, Decision]
) -> Evaluation:
    """L'évaluation où les éléments décidés ont le crédit du formateur, et la note recalculée.

    Quand chaque élément a été décidé (gardé ou changé), la réponse a été lue : elle n'est plus à relire. Une idée fausse seulement
    soupçonnée ne se dit que si le formateur laisse à zéro tout ce qu'elle annule ; une idée fausse dite se tait s'il le rétablit.
    """
    if not decisions:
        return evaluation
    prises = {nom: decision for nom, decision in decisions.items() if nom in evaluation.credits}
    credits = evaluation.credits | {
        nom: _decide(evaluation.credits[nom], decision) for nom, decision in prises.items()
    }
    dementis = _messages_dementis(bareme, decisions)
    confirmes = _messages_confirmes(bareme, decisions)
    return replace(
        evaluation,
        credits=credits,
        fraction=ponderer(bareme, credits),
        relire=evaluation.relire and not credits.keys() <= prises.keys(),
        messages=[message for message in evaluation.messages if message not in dementis]
        + [soupcon for soupcon in evaluation.soupcons if soupcon in confirmes],
        soupcons=[
            soupcon for soupcon in evaluation.soupcons if soupcon not in dementis | confirmes
        ],
    )


def _messages_dementis(bareme: BaremeRedige, decisions: Mapping[str, Decision]) -> set[str]:
    """Les idées fausses dont le formateur a dit qu'elles n'en étaient pas, ou dont il a rétabli tout ce qu'elles annulaient."""
    retablis = {nom for nom, decision in decisions.items() if decision.credit}
    dementis = set()
    for contre in bareme.contre_elements:
        decision = decisions.get(IDEE_FAUSSE + contre.id)
        retablie = bool(contre.annule) and retablis.issuperset(contre.annule)
        if not decision.credit if decision else retablie:
            dementis.add(contre.message)
    return dementis


def _messages_confirmes(bareme: BaremeRedige, decisions: Mapping[str, Decision]) -> set[str]:
    """Les idées fausses soupçonnées dont le formateur a dit qu'elles en étaient, ou dont il a refusé tout ce qu'elles annulaient."""
    refuses = {nom for nom, decision in decisions.items() if not decision.credit}
    confirmes = set()
    for contre in bareme.contre_elements:
        decision = decisions.get(IDEE_FAUSSE + contre.id)
        refusee = bool(contre.annule) and refuses.issuperset(contre.annule)
        if decision.credit if decision else refusee:
            confirmes.add(contre.message)
    return confirmes


def _decide(credit: Credit, decision: Decision) -> Credit:
    """Le crédit du formateur, et la preuve qu'il a donnée : celle de la machine ne prouve que ce que la machine croyait."""
    return replace(credit, valeur=decision.credit, passage=decision.passage, motif="")
