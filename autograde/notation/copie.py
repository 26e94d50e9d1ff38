"""D'une copie rendue à sa correction : une seule façon de noter, pour la commande ``grc corriger`` comme pour nbgrader."""

from dataclasses import dataclass, field

from autograde.baremes.resultats import NoteQuestion
from autograde.copie.budget import Budget
from autograde.copie.recu import Recu, verifier_le_recu
from autograde.copie.remises import CopieRemise
from autograde.copie.triage import CopieTriee, Etat, trier
from autograde.cours.devoir import Devoir
from autograde.notation.correction import Correction
from autograde.notation.reponses import HORS_BUDGET, noter_reponses
from grc_helpers.reponses.notebook import ReponsesLues, lire_reponses, numero
from grc_helpers.reponses.recu import lire_la_remise


@dataclass(frozen=True)
class CopieCorrigee:
    """Une copie passée à la correction : ses notes, et ce que dit son fichier.

    ``code`` et ``signee`` : le code du reçu de « Rendre ma copie » et le nom qui y est tapé ; ``remarques`` : le nom du fichier, ses
    autres versions, ce qui était abîmé et ce qui laisse un doute.
    """

    correction: Correction
    etat: Etat
    recu: Recu
    code: str = ""
    signee: str = ""
    remarques: list[str] = field(default_factory=list)

    @property
    def stagiaire(self) -> str:
        return self.correction.stagiaire

    @property
    def motif(self) -> str:
        """Pourquoi la copie est illisible ; rien si elle a été lue."""
        return self.correction.motif

    @property
    def maximum(self) -> float:
        return self.correction.devoir.total

    @property
    def note(self) -> float:
        """La somme des points acquis automatiquement."""
        return round(sum(self.correction.points(nom) or 0 for nom in self.correction.notes), 2)

    @property
    def a_verifier(self) -> list[str]:
        """Les questions que le formateur doit regarder."""
        return [
            question
            for question, note in self.correction.notes.items()
            if note.a_verifier or note.fraction is None
        ]


def corriger_la_copie(copie: CopieRemise, devoir: Devoir) -> CopieCorrigee:
    """Corrige une copie lue sur le disque ; une copie illisible donne une correction sans note. Ne lève jamais d'erreur."""
    try:
        triee = trier(copie, devoir)
        if triee.lues is None:
            correction = copie_illisible(devoir, triee.motif, copie.stagiaire)
        else:
            correction = corriger_les_reponses(triee.lues, devoir, copie.stagiaire, copie.budget)
    except Exception as erreur:  # rien de ce que contient une copie ne doit arrêter la classe : le formateur tranchera
        motif = f"imprévu en la lisant ({type(erreur).__name__})."
        triee = CopieTriee(copie, None, motif)
        correction = copie_illisible(devoir, motif, copie.stagiaire)
    recu, code = verifier_le_recu(copie.notebook, devoir.nom)
    remise = lire_la_remise(copie.notebook or {})
    signee = remise.nom if remise else ""
    remarques = [*copie.remarques, *triee.reparations, *_hors_budget(correction, copie.budget)]
    return CopieCorrigee(correction, triee.etat, recu, code, signee, remarques)


def _hors_budget(correction: Correction, budget: Budget) -> list[str]:
    """Ce qu'il faut dire d'une copie qui a épuisé son temps."""
    restent = [
        numero(question)
        for question, note in correction.proposees.items()
        if HORS_BUDGET in note.a_verifier
    ]
    if not restent:
        return []
    return [
        f"correction arrêtée après {budget.secondes:g} secondes de calcul ; à noter par vous : question {', '.join(restent)}."
    ]


def corriger_les_reponses(
    lues: ReponsesLues, devoir: Devoir, stagiaire: str = "", budget: Budget | None = None
) -> Correction:
    """Note toutes les réponses lues. Ne lève jamais d'erreur, n'exécute rien, n'écrit rien."""
    notes = noter_reponses(lues, devoir, budget=budget)
    return Correction(devoir, lues, notes, stagiaire=stagiaire)


def copie_illisible(devoir: Devoir, motif: str, stagiaire: str = "") -> Correction:
    """La correction d'une copie qu'on n'a pas pu lire : aucune note, tout est à vérifier."""
    notes = {
        question: NoteQuestion(None, a_verifier=[f"copie illisible : {motif}"])
        for question in devoir.questions
    }
    lues = lire_reponses({}, devoir.questions)
    lues.signalements.clear()  # un seul motif suffit : la copie entière est illisible
    return Correction(devoir, lues, notes, motif, stagiaire)
