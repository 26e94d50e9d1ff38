"""Noter des réponses déjà lues, d'après le barème. Rien n'est exécuté ; une exception devient un doute, jamais un zéro."""

from collections.abc import Mapping
from types import MappingProxyType

from autograde.copie.budget import Budget
from autograde.cours.devoir import Devoir
from autograde.notation.calculs import noter_les_calculs
from autograde.notation.resultats import NoteQuestion
from autograde.notation.types.contrat import Bareme, CopieANoter
from grc_helpers.reponses.notebook import Reponse, ReponsesLues

HORS_BUDGET = (
    "cette copie demande trop de temps à la machine : lisez cette réponse et notez-la vous-même."
)


def noter_reponses(
    lues: ReponsesLues,
    devoir: Devoir,
    connues: Mapping[str, NoteQuestion] = MappingProxyType({}),
    budget: Budget | None = None,
) -> dict[str, NoteQuestion]:
    """Une note par question du devoir, d'après le barème seul. Ne lève jamais d'erreur.

    ``connues`` : celles qui ne sont pas à refaire ; ``budget`` : le temps laissé à la copie, entier si on ne le donne pas.
    """
    notes = {}
    budget = budget or Budget()
    calculs = noter_les_calculs(lues.reponses, devoir.bareme)
    copie = CopieANoter(devoir.contexte, calculs)
    for identifiant, reponse in lues.reponses.items():
        if identifiant in connues:
            notes[identifiant] = connues[identifiant]
            continue
        if budget.depasse:
            notes[identifiant] = NoteQuestion(None, a_verifier=[HORS_BUDGET])
            continue
        try:
            note = _noter(reponse, devoir.bareme[identifiant], copie)
        except Exception as erreur:  # le doute va au formateur, la classe continue
            note = NoteQuestion(
                None, a_verifier=[f"la notation automatique a échoué ({type(erreur).__name__})."]
            )
        notes[identifiant] = note
    return notes


def _noter(reponse: Reponse, bareme: Bareme, copie: CopieANoter) -> NoteQuestion:
    if not reponse.vide:
        return bareme.noter(reponse, copie)
    cases = bareme.cases_vides(reponse.question.identifiant, copie)
    return NoteQuestion(0.0, cases, commentaires=["Sans réponse."])
