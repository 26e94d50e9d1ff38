"""Ce que l'on évalue a été enseigné : les contrôles d'``enseigne.yml``. La règle elle-même est dans ``test_charte``."""

import pytest

from tests.contenu.enseignement import ENSEIGNE, QUESTIONS, ce_qui_enseigne, defaut, lire
from tests.contenu.reponses_imprimees import racines


def test_chaque_question_notee_dit_ou_elle_est_enseignee():
    assert list(lire(ENSEIGNE)) == list(QUESTIONS)


# --- Ces contrôles peuvent échouer -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("citee", "motif"),
    [
        ("s1_evolution_grc/inconnue", "n'existe pas"),
        ("s2_connaissance_client/etape_1", "vient après"),
        ("s1_tp1_historique/s1_tp1_q1_enonce", "n'enseigne pas"),
        ("s1_evolution_grc/one_to_one", ""),
    ],
)
def test_une_mauvaise_citation_est_vue(citee, motif):
    assert motif in defaut("s1_tp1_q5", citee)
    assert bool(defaut("s1_tp1_q5", citee)) is bool(motif)


def test_un_element_qui_n_a_aucun_mot_commun_est_vu():
    assert not racines("des services ouverts la nuit") & ce_qui_enseigne(
        ["s1_evolution_grc/quatre_p"]
    )
