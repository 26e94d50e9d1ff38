"""Chaque barème porte ses essais : ils passent tous."""

import pytest

from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.production.essais_du_bareme import charger_essais, ecarts

COURS = Cours()


@pytest.mark.parametrize("nom", COURS.devoirs_notes())
def test_le_bareme_fait_ce_que_ses_essais_annoncent(nom):
    essais = charger_essais(COURS.solutions / nom / "essais.yml")
    devoir = charger_devoir(COURS, nom)
    assert set(essais) == set(devoir.questions), "une question n'a pas d'essai"
    assert [str(ecart) for ecart in ecarts(devoir, essais)] == []


def test_un_essai_faux_est_vu():
    devoir = charger_devoir(COURS, "s2_tp1_ltv")
    essais = charger_essais(COURS.solutions / "s2_tp1_ltv" / "essais.yml")
    faux = {
        "s2_tp1_q0": [essais["s2_tp1_q0"][0].model_copy(update={"points": 0.5, "dit": ["bravo"]})]
    }
    assert len(ecarts(devoir, faux)) == 2
