"""Noter une réponse rédigée : le moteur propose, élément par élément, et dit quand le formateur doit regarder."""

from collections.abc import Mapping
from types import MappingProxyType

from autograde.bareme import BaremeReponse
from autograde.decisions import Decision, appliquer
from autograde.notation.resultats import CaseNotee, NoteQuestion, Statut
from autograde.prose import Evaluation, evaluer
from grc_helpers.reponses.notebook import Reponse

CONSEILS = {
    "liste de mots sans phrase": "Votre réponse est une liste de mots. Faites des phrases qui relient les idées.",
    "recopie de la question ou du cas": "Votre réponse reprend le texte donné. Répondez avec vos mots.",
}


def noter_prose(
    reponse: Reponse, bareme: BaremeReponse, contexte: str, decisions: Mapping[str, Decision] = MappingProxyType({})
) -> NoteQuestion:
    """Une note proposée, le passage qui justifie chaque élément, et le motif s'il faut relire. Les ``decisions`` du formateur priment."""
    proposee = evaluer(reponse.cellule.corps, bareme, contexte)
    evaluation = appliquer(proposee, bareme, decisions)
    conseils = [CONSEILS[evaluation.motif]] if evaluation.motif in CONSEILS and not evaluation.fraction else []
    return NoteQuestion(
        # Rien de reconnu dans une réponse à relire : on ne propose pas zéro, on ne propose rien.
        fraction=None if evaluation.relire and not evaluation.fraction else evaluation.fraction,
        cases=[_case(element.libelle, evaluation, element.id) for element in bareme.elements],
        a_verifier=[f"{evaluation.motif}."] if evaluation.relire else [],
        commentaires=evaluation.messages + conseils + _mention(bareme, proposee, decisions),
    )


def _mention(bareme: BaremeReponse, proposee: Evaluation, decisions: Mapping[str, Decision]) -> list[str]:
    """Qui a décidé : le formateur a changé des éléments, ou les a tous confirmés."""
    changes = [e.libelle for e in bareme.elements if e.id in decisions and decisions[e.id].credit != proposee.credits[e.id].valeur]
    if changes:
        return [f"Décidé par le formateur : {' ; '.join(changes)}."]
    return ["Relu par le formateur."] if decisions else []


def _case(libelle: str, evaluation: Evaluation, identifiant: str) -> CaseNotee:
    credit = evaluation.credits[identifiant]
    statut = Statut.JUSTE if credit.valeur == 1 else Statut.EN_PARTIE if credit.valeur else Statut.ABSENTE
    return CaseNotee(libelle, credit.passage if credit.valeur else "", statut, credit_partiel=credit.valeur)
