"""Ce que valent les notes proposées à une classe que rien n'a préparée : 60 réponses à deux questions de nos TP, jamais apprises.

Les bornes sont ce qui a été mesuré avant que deux autres questions ne changent (20 notes sûres, dont 3 à plus de 15 %), et la marge d'une
ou deux réponses. ``s2_at1_q10`` et ``s1_tp1_q5`` demandent autre chose depuis (``ENONCE_CHANGE``) : les réponses d'alors n'y répondent
plus.
"""

import pytest

from tests.prose.reponses_libres.mesures import (
    CLASSE_GARDEE,
    ENONCE_CHANGE,
    GRAVE,
    evaluer_le_jeu,
)

A_PEU_PRES = 0.15
JUSTE = 0.75


@pytest.fixture(scope="module")
def jugees():
    reponses, evaluations = evaluer_le_jeu(CLASSE_GARDEE)
    return [(r, evaluations[r["aid"]]) for r in reponses if r["qid"] not in ENONCE_CHANGE]


def ecart(reponse, evaluation) -> float:
    return abs(reponse["fraction"] - evaluation.fraction)


def test_sure_veut_dire_juste(jugees):
    sures = [(r, e) for r, e in jugees if not e.relire]
    assert len(jugees) == 60 and len(sures) >= 18
    assert sum(ecart(r, e) > A_PEU_PRES + 1e-9 for r, e in sures) <= 4
    assert [r["aid"] for r, e in sures if ecart(r, e) >= GRAVE] == []


def test_une_reponse_juste_dite_autrement_n_est_pas_surement_mal_notee(jugees):
    dites_autrement = [(r, e) for r, e in jugees if r["style"] == "excellent_paraphrase"]
    assert len(dites_autrement) == 10
    assert [
        r["aid"] for r, e in dites_autrement if not e.relire and e.fraction < 0.85 * r["fraction"]
    ] == []


def test_personne_n_est_accuse_a_tort(jugees):
    assert [r["aid"] for r, e in jugees if r["fraction"] >= JUSTE and e.messages] == []


def test_l_ecart_moyen_ne_recule_pas(jugees):
    assert sum(ecart(r, e) for r, e in jugees) / len(jugees) <= 0.196
