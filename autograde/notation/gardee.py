"""Garder une copie corrigée en un texte, et la relire : une seule forme, écrite et lue ici.

Ce module fait partie de ce dont dépend une note (``correction.deja_corrigees``) : s'il change, ce qui avait été gardé est oublié et
les copies sont recorrigées. La forme n'a donc jamais à se reconnaître ni à se convertir.
"""

import json
from dataclasses import replace

from autograde.baremes.redigees import noter_l_evaluation
from autograde.baremes.resultats import CaseNotee, NoteQuestion, Statut
from autograde.copie.recu import Recu
from autograde.copie.triage import Etat
from autograde.cours.devoir import Devoir
from autograde.notation.copie import CopieCorrigee, copie_illisible
from autograde.notation.correction import Correction
from autograde.notation.reponses import noter_reponses
from autograde.prose import Evaluation
from autograde.prose.credit import Credit
from grc_helpers.calculs.case import Case
from grc_helpers.reponses.notebook import Question, Reponse, ReponsesLues


def ecrire_la_copie(copie: CopieCorrigee) -> str:
    """La copie corrigée, en un texte ASCII que toute base accepte. Sans les décisions du formateur : elles s'appliquent en lisant."""
    correction = copie.correction
    lues, regles = correction.lues, correction.devoir.regles
    gardee: dict[str, object] = {
        "etat": copie.etat,
        "recu": [copie.recu, copie.code, copie.signee],
        "remarques": copie.remarques,
        "motif": correction.motif,
    }
    if not correction.motif:
        gardee |= {
            "reponses": {nom: [r.cellule.corps, r.presente] for nom, r in lues.reponses.items()},
            "signalements": lues.signalements,
            "reparations": lues.reparations,
            "a_cote": lues.a_cote,
            "notes": {
                nom: [regles[nom], *_note(note)] for nom, note in correction.proposees.items()
            },
        }
    return json.dumps(gardee, separators=(",", ":"))


def relire_la_copie(texte: str, devoir: Devoir, stagiaire: str) -> CopieCorrigee:
    """La copie corrigée que dit ce texte. Une question dont le barème a changé depuis est notée de nouveau, elle seule."""
    gardee = json.loads(texte)
    recu, code, signee = gardee["recu"]
    return CopieCorrigee(
        _relire_la_correction(gardee, devoir, stagiaire),
        Etat(gardee["etat"]),
        Recu(recu),
        code,
        signee,
        gardee["remarques"],
    )


def _relire_la_correction(gardee: dict, devoir: Devoir, stagiaire: str) -> Correction:
    if gardee["motif"]:
        return copie_illisible(devoir, gardee["motif"], stagiaire)
    reponses = {
        nom: _reponse(devoir.questions[nom], *ecrite) for nom, ecrite in gardee["reponses"].items()
    }
    lues = ReponsesLues(reponses, gardee["signalements"], gardee["reparations"], gardee["a_cote"])
    connues = {
        nom: _relire_la_note(note, devoir, nom)
        for nom, (regle, *note) in gardee["notes"].items()
        if regle == devoir.regles[nom]
    }
    a_jour = len(connues) == len(devoir.questions)
    proposees = connues if a_jour else noter_reponses(lues, devoir, connues)
    return Correction(devoir, lues, proposees, stagiaire=stagiaire)


def _reponse(question: Question, corps: str, presente: bool) -> Reponse:
    # À la correction, le type et les arguments d'une réponse sont toujours ceux de la version distribuée.
    return Reponse(question, replace(question.vierge, corps=corps), presente)


def _note(note: NoteQuestion) -> list:
    """Une note ; d'une réponse rédigée, ce que le moteur y a reconnu suffit."""
    if note.evaluation:
        return ["evaluation", *_evaluation(note.evaluation)]
    cases = [[c.cle, c.ecrit, c.statut, c.valeur, c.message, c.credit_partiel] for c in note.cases]
    return ["note", note.fraction, cases, note.a_verifier, note.commentaires]


def _relire_la_note(ecrite: list, devoir: Devoir, question: str) -> NoteQuestion:
    sorte, *contenu = ecrite
    if sorte == "evaluation":
        return noter_l_evaluation(_relire_l_evaluation(*contenu), devoir.bareme_redige(question))
    fraction, cases, a_verifier, commentaires = contenu
    return NoteQuestion(fraction, [_relire_la_case(*c) for c in cases], a_verifier, commentaires)


def _relire_la_case(cle: list[str], ecrit: str, statut: str, *suite) -> CaseNotee:
    return CaseNotee(Case(*cle), ecrit, Statut(statut), *suite)


def _evaluation(evaluation: Evaluation) -> list:
    credits = {
        nom: [c.valeur, c.passage, c.motif, sorted(c.places), c.formulation]
        for nom, c in evaluation.credits.items()
    }
    return [
        credits,
        evaluation.fraction,
        evaluation.relire,
        evaluation.motif,
        evaluation.messages,
        evaluation.soupcons,
        evaluation.probabilite,
    ]


def _relire_l_evaluation(credits: dict, *suite) -> Evaluation:
    return Evaluation({nom: _relire_le_credit(*c) for nom, c in credits.items()}, *suite)


def _relire_le_credit(valeur, passage, motif, places, formulation) -> Credit:
    return Credit(valeur, passage, motif, set(places), formulation)
