"""Noter des réponses déjà lues, d'après le barème. Rien n'est exécuté ; une exception devient un doute, jamais un zéro."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from autograde.baremes.calculs import noter_les_calculs
from autograde.baremes.resultats import NoteQuestion, Statut
from autograde.baremes.types.contrat import Bareme, CopieANoter
from autograde.copie.budget import Budget
from autograde.cours.devoir import Devoir
from grc_helpers.reponses.libelles import citer, dit_autre_chose
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
    copie = CopieANoter(devoir.contexte, calculs, lues.reponses)
    for identifiant, reponse in lues.reponses.items():
        if identifiant in connues:
            notes[identifiant] = connues[identifiant]
            continue
        if budget.depasse:
            notes[identifiant] = NoteQuestion(None, a_verifier=[HORS_BUDGET])
            continue
        try:
            note = _noter(reponse, devoir.bareme[identifiant], copie)
            if reponse.vide and lues.a_cote.get(identifiant):
                # Ce qui répond peut-être est écrit ailleurs : ce n'est ni « sans réponse », ni un zéro.
                note = replace(note, fraction=None, commentaires=[])
        except Exception as erreur:  # le doute va au formateur, la classe continue
            note = NoteQuestion(
                None, a_verifier=[f"la notation automatique a échoué ({type(erreur).__name__})."]
            )
        notes[identifiant] = note
    return notes


def _noter(reponse: Reponse, bareme: Bareme, copie: CopieANoter) -> NoteQuestion:
    if not reponse.vide:
        note = bareme.noter(reponse, copie)
        return replace(note, a_verifier=note.a_verifier + _rien_de_lu(reponse, note))
    cases = bareme.cases_vides(reponse.question.identifiant, copie)
    return NoteQuestion(0.0, cases, commentaires=["Sans réponse."])


def _rien_de_lu(reponse: Reponse, note: NoteQuestion) -> list[str]:
    """Le motif d'un zéro dont rien n'a été lu : on a pourtant écrit, et le formateur saura quoi."""
    if note.a_verifier or note.fraction != 0 or any(c.statut != Statut.VIDE for c in note.cases):
        return []
    if not dit_autre_chose(reponse.cellule.corps, reponse.question.vierge.corps):
        return []
    return [f"rien n'a pu être lu dans « {citer(reponse.cellule.corps)} »."]
