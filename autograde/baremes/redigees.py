"""Noter une réponse rédigée, prose ou lettre : le moteur propose, critère par critère, et dit quand le formateur doit regarder."""

from autograde.baremes.resultats import CaseNotee, NoteQuestion, Statut
from autograde.prose import Evaluation, evaluer
from autograde.prose.bareme import BaremeRedige
from autograde.prose.credit import Credit
from autograde.prose.motifs import AUTRE_LANGUE, DECRITE, LISTE, RECOPIE, SANS_CORPS, SANS_LECTEUR
from autograde.prose.obligatoires import dire_le_plafond
from grc_helpers.calculs.case import Case
from grc_helpers.reponses.notebook import Reponse

CONSEILS = {
    LISTE: "Votre réponse est une liste de mots. Faites des phrases qui relient les idées.",
    RECOPIE: "Votre réponse reprend le texte donné. Répondez avec vos mots.",
    DECRITE: "Vous racontez la lettre. Écrivez-la, comme si le client allait la lire : « Madame, Monsieur, … ».",
    SANS_LECTEUR: "Votre texte ne parle à personne. Écrivez la lettre au client, en lui disant « vous ».",
    SANS_CORPS: "Il manque le texte de la lettre, entre « Madame, Monsieur, » et la formule de politesse.",
    AUTRE_LANGUE: "Écrivez la lettre en français.",
}


def noter_prose(reponse: Reponse, bareme: BaremeRedige, contexte: str) -> NoteQuestion:
    """Une note proposée, le passage qui justifie chaque critère, et le motif s'il faut relire."""
    return noter_l_evaluation(evaluer(reponse.cellule.corps, bareme, contexte), bareme)


def noter_l_evaluation(evaluation: Evaluation, bareme: BaremeRedige) -> NoteQuestion:
    """La note que donne ce que le moteur a reconnu."""
    conseils = (
        [CONSEILS[evaluation.motif]]
        if evaluation.motif in CONSEILS and not evaluation.fraction
        else []
    )
    plafonnee = dire_le_plafond(bareme, evaluation.credits)
    return NoteQuestion(
        # Rien de reconnu dans une réponse à relire : on ne propose pas zéro, on ne propose rien.
        fraction=None if evaluation.relire and not evaluation.fraction else evaluation.fraction,
        cases=[
            _case(libelle, evaluation.credits[nom], dire=nom in bareme.poids_de_la_forme)
            for nom, libelle in bareme.criteres.items()
        ],
        a_verifier=[f"{evaluation.motif}."] if evaluation.relire else [],
        commentaires=evaluation.messages + ([plafonnee] if plafonnee else []) + conseils,
        evaluation=evaluation,
    )


def _case(libelle: str, credit: Credit, dire: bool) -> CaseNotee:
    """Un critère noté ; ``dire`` : ce qui manque est écrit, et ce qui ne convient pas est cité."""
    statut = (
        Statut.JUSTE
        if credit.valeur == 1
        else Statut.EN_PARTIE
        if credit.valeur
        else Statut.ABSENTE
    )
    manque = credit.motif if dire and credit.valeur < 1 else ""
    return CaseNotee(
        Case(libelle),
        credit.passage if credit.valeur or dire else "",
        statut,
        message=manque,
        credit_partiel=credit.valeur,
    )
