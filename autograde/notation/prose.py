"""Noter une réponse rédigée : le moteur propose, élément par élément, et dit quand le formateur doit regarder."""

from autograde.bareme import BaremeReponse
from autograde.notation.resultats import CaseNotee, NoteQuestion, Statut
from autograde.prose import Evaluation, evaluer
from grc_helpers.reponses.notebook import Reponse

CONSEILS = {
    "liste de mots sans phrase": "Votre réponse est une liste de mots. Faites des phrases qui relient les idées.",
    "recopie de la question ou du cas": "Votre réponse reprend le texte donné. Répondez avec vos mots.",
}


def noter_prose(reponse: Reponse, bareme: BaremeReponse, contexte: str) -> NoteQuestion:
    """Une note proposée, le passage qui justifie chaque élément, et le motif s'il faut relire."""
    evaluation = evaluer(reponse.cellule.corps, bareme, contexte)
    conseils = [CONSEILS[evaluation.motif]] if evaluation.motif in CONSEILS else []
    return NoteQuestion(
        # Rien de reconnu dans une réponse à relire : on ne propose pas zéro, on ne propose rien.
        fraction=None if evaluation.relire and not evaluation.fraction else evaluation.fraction,
        cases=[_case(element.libelle, evaluation, element.id) for element in bareme.elements],
        a_verifier=[f"{evaluation.motif}."] if evaluation.relire else [],
        commentaires=evaluation.messages + conseils,
    )


def _case(libelle: str, evaluation: Evaluation, identifiant: str) -> CaseNotee:
    credit = evaluation.credits[identifiant]
    statut = Statut.JUSTE if credit.valeur == 1 else Statut.EN_PARTIE if credit.valeur else Statut.ABSENTE
    return CaseNotee(libelle, credit.passage if credit.valeur else "", statut, credit_partiel=credit.valeur)
