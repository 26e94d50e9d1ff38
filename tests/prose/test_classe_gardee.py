"""Ce que valent les notes proposées à une classe que rien n'a préparée : 120 réponses à quatre questions de nos TP, jamais apprises.

Elles ont été écrites d'après le cahier du stagiaire seul, puis étiquetées d'après les idées attendues, sans voir la machine. Les bornes
sont ce qui a été mesuré la première fois, et la marge d'une ou deux réponses.
"""

import pytest

from tests.prose.reponses_libres.mesures import (
    CLASSE_GARDEE,
    GRAVE,
    evaluer_le_jeu,
)

A_PEU_PRES = 0.15
JUSTE = 0.75


@pytest.fixture(scope="module")
def jugees():
    reponses, evaluations = evaluer_le_jeu(CLASSE_GARDEE)
    return [(r, evaluations[r["aid"]]) for r in reponses]


def ecart(reponse, evaluation) -> float:
    return abs(reponse["fraction"] - evaluation.fraction)


def test_sure_veut_dire_juste(jugees):
    sures = [(r, e) for r, e in jugees if not e.relire]
    assert len(jugees) == 120 and len(sures) >= 54
    assert sum(ecart(r, e) > A_PEU_PRES + 1e-9 for r, e in sures) <= 8
    # Deux rôles échangés (« M annonce la visite », « l'automate explique ») : des mots justes, attribués à l'autre.
    assert sum(ecart(r, e) >= GRAVE for r, e in sures) <= 2


def test_une_reponse_juste_dite_autrement_recoit_son_du(jugees):
    bonnes = [(r, e) for r, e in jugees if r["style"] == "good"]
    assert len(bonnes) == 45
    recu = sum(min(e.fraction, r["fraction"]) for r, e in bonnes)
    assert recu >= 0.82 * sum(r["fraction"] for r, _ in bonnes)
    # Une sur trente au plus : la borne demandée pour une juste dite autrement.
    assert sum(not e.relire and e.fraction < 0.85 * r["fraction"] for r, e in bonnes) <= 1


def test_personne_n_est_accuse_a_tort(jugees):
    assert [r["aid"] for r, e in jugees if r["fraction"] >= JUSTE and e.messages] == []


def test_l_ecart_moyen_ne_recule_pas(jugees):
    assert sum(ecart(r, e) for r, e in jugees) / len(jugees) <= 0.165
