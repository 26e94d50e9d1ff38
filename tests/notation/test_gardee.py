"""Ce qu'on garde d'une copie : quoi qu'elle contienne, on relit ce qu'on a calculé, et les décisions s'appliquent en lisant."""

import hashlib
import json
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from autograde.baremes.resultats import NoteQuestion
from autograde.copie.remises import CopieRemise
from autograde.copie.triage import Etat
from autograde.cours.decisions import DECISIONS_PERIMEES, Decision, Decisions, ReponseDecidee
from autograde.cours.devoir import charger_devoir
from autograde.notation.copie import corriger_la_copie
from autograde.notation.gardee import ecrire_la_copie, relire_la_copie
from tests.classe_fictive import DEPOT, copie_avec, copie_parfaite

DEVOIRS = {nom: charger_devoir(DEPOT, nom) for nom in DEPOT.devoirs_notes()}
LTV, Q3 = DEVOIRS["s2_tp1_ltv"], "s2_tp1_q3"
# Un texte quelconque, caractères nuls et demi-caractères compris, ou des bouts de vraies réponses.
TEXTES = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text("0123456789 ,.%€|\n\tabcd:"),
    st.sampled_from(
        ["La première année rapporte, ensuite des clients s'en vont.", "1.234", "\ud800"]
    ),
)


@settings(max_examples=60)
@given(st.sampled_from(sorted(DEVOIRS)), st.data())
def test_quoi_que_contienne_une_copie_on_relit_ce_qu_on_a_calcule(nom, data):
    devoir = DEVOIRS[nom]
    ecrites = data.draw(st.dictionaries(st.sampled_from(sorted(devoir.questions)), TEXTES))
    remise = CopieRemise("léa", None, copie_avec(ecrites, nom), remarques=["fichier « é\0 »."])
    copie = corriger_la_copie(remise, devoir)
    texte = ecrire_la_copie(copie)
    assert texte.isascii() and "\0" not in texte
    assert relire_la_copie(texte, devoir, "léa") == copie


def test_une_copie_illisible_garde_son_motif_et_n_est_pas_notee_zero():
    copie = corriger_la_copie(CopieRemise("léa", None, None, "le fichier est vide."), LTV)
    relue = relire_la_copie(ecrire_la_copie(copie), LTV, "léa")
    assert relue == copie and relue.etat is Etat.ILLISIBLE
    assert {note.fraction for note in relue.correction.notes.values()} == {None}
    change = replace(LTV, bareme=LTV.bareme | {"s2_tp1_q1": sans_report("s2_tp1_q1")})
    renotee = relire_la_copie(ecrire_la_copie(copie), change, "léa")
    assert {note.fraction for note in renotee.correction.notes.values()} == {None}


def sans_report(question: str):
    return LTV.bareme[question].model_copy(update={"report_erreur": False})


def decidee(texte: str, *stagiaires: str, **credits: float) -> Decisions:
    prises = {nom: Decision(credit=credit, date=date.today()) for nom, credit in credits.items()}
    reponse = ReponseDecidee(reponse=texte, stagiaires=list(stagiaires), elements=prises)
    return Decisions({Q3: [reponse]})


def test_une_decision_s_applique_a_ce_qui_est_garde():
    copie = corriger_la_copie(CopieRemise("léa", None, copie_parfaite()), LTV)
    texte, reponse = ecrire_la_copie(copie), copie.correction.texte(Q3)
    zero = dict.fromkeys(LTV.bareme[Q3].criteres, 0)
    apres = replace(LTV, decisions=decidee(reponse, "léa", **zero))
    relue = relire_la_copie(texte, apres, "léa").correction
    assert relue == corriger_la_copie(CopieRemise("léa", None, copie_parfaite()), apres).correction
    assert (copie.correction.points(Q3), relue.points(Q3)) == (4, 0)
    assert "Décidé par le formateur" in relue.note(Q3).resume()
    assert relue.empreinte_des_regles != copie.correction.empreinte_des_regles
    assert ecrire_la_copie(replace(copie, correction=relue)) == texte, (
        "elle n'est pas dans ce qu'on garde"
    )
    ailleurs = replace(LTV, decisions=decidee("Une autre réponse.", "tom", **zero))
    autre = relire_la_copie(texte, ailleurs, "léa").correction
    assert autre.notes == copie.correction.notes
    assert autre.empreinte_des_regles == copie.correction.empreinte_des_regles


def test_une_reponse_changee_depuis_la_decision_est_a_revoir():
    copie = corriger_la_copie(CopieRemise("léa", None, copie_parfaite()), LTV)
    element = next(iter(LTV.bareme[Q3].criteres))
    devoir = replace(LTV, decisions=decidee("Une ancienne réponse.", "léa", **{element: 0}))
    relue = relire_la_copie(ecrire_la_copie(copie), devoir, "léa").correction
    assert relue.note(Q3).a_verifier == [DECISIONS_PERIMEES]
    assert relue.empreinte_des_regles != copie.correction.empreinte_des_regles


def test_un_seul_bareme_change_ne_refait_que_sa_question(monkeypatch):
    copie = corriger_la_copie(CopieRemise("léa", None, copie_parfaite()), LTV)
    bareme = LTV.bareme[Q3].model_copy(update={"n_sur": 1})
    change = replace(LTV, bareme=LTV.bareme | {Q3: bareme})
    refaites = []

    def noter(reponse, *_):
        refaites.append(reponse.question.identifiant)
        return NoteQuestion(0.25)

    monkeypatch.setattr("autograde.notation.reponses._noter", noter)
    relue = relire_la_copie(ecrire_la_copie(copie), change, "léa")
    assert refaites == [Q3] and list(relue.correction.notes) == list(LTV.questions)
    assert relue.correction.proposees[Q3] == NoteQuestion(0.25)


def test_l_empreinte_d_une_note_est_celle_des_carnets_deja_ecrits():
    """Elle dit si une note manuelle est à redemander : si sa forme changeait, toutes le seraient."""
    correction = corriger_la_copie(CopieRemise("léa", None, copie_parfaite()), LTV).correction
    for question in LTV.questions:
        contenu = [
            correction.texte(question),
            LTV.points[question],
            LTV.bareme[question].model_dump(mode="json"),
        ]
        attendue = hashlib.sha256(json.dumps(contenu, sort_keys=True).encode()).hexdigest()[:32]
        assert correction.empreinte(question) == attendue
