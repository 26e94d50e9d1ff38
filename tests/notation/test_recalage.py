"""Les décisions d'une question recalent son seuil, et lui seul ; trop peu de décisions ne changent rien."""

import pytest

from autograde.cours.decisions import Decision
from autograde.cours.seuils import garder_le_seuil, lire_les_seuils
from autograde.erreurs import ErreurFormateur
from autograde.notation.recalage import (
    JAMAIS,
    RELEVE,
    Decidee,
    au_seuil,
    borne_inferieure,
    borne_superieure,
    decidee,
    recaler,
)
from autograde.prose import evaluer
from autograde.prose.credit import Credit
from autograde.prose.evaluation import Evaluation
from tests.prose.test_prose import BONNE, MOTIFS

DEPART = 0.6


def justes(combien: int, probabilite: float) -> list[Decidee]:
    return [Decidee(probabilite, False)] * combien


def test_les_bornes_de_clopper_et_pearson():
    assert borne_superieure(0, 20) == pytest.approx(1 - 0.1 ** (1 / 20), abs=1e-6)
    assert borne_superieure(20, 20) == 1 and borne_inferieure(0, 20) == 0
    assert borne_inferieure(3, 30) < 0.1 < borne_superieure(3, 30)
    assert borne_superieure(80, 1000) == pytest.approx(0.0924, abs=0.001)


def test_vingt_decisions_justes_baissent_le_seuil_cinq_non():
    assert recaler(justes(20, 0.45), DEPART).seuil == 0.45
    assert recaler(justes(5, 0.45), DEPART).seuil is None


def test_le_seuil_s_arrete_devant_les_erreurs():
    decidees = [*justes(20, 0.5), *[Decidee(0.4, True)] * 5]
    recalage = recaler(decidees, DEPART)
    assert (recalage.seuil, recalage.sures, recalage.erreurs) == (0.5, 20, 0)


def test_une_erreur_ne_releve_pas_le_seuil_six_si():
    assert recaler([*justes(3, 0.8), Decidee(0.7, True)], DEPART).seuil is None
    assert recaler([*justes(10, 0.9), *[Decidee(0.7, True)] * 6], DEPART).seuil == 0.9
    assert recaler([Decidee(0.7, True)] * 6, DEPART).seuil == JAMAIS


def test_la_phrase_compte_toutes_les_decisions():
    recalage = recaler([*justes(30, 0.5), Decidee(0.55, True), *justes(3, 0.2)], DEPART)
    assert recalage.phrase == (
        "Sur vos 34 décisions, la machine en aurait tenu 34 pour sûres et se serait trompée 1 fois."
    )
    assert recaler([Decidee(0.2, False)], DEPART).phrase == (
        "Sur votre décision, la machine n'aurait rien tenu pour sûr."
    )
    assert recaler([], DEPART).phrase == ""


def test_une_reponse_n_apprend_rien_tant_qu_un_element_attend_ou_si_elle_se_relit_toujours():
    evaluation, jour = evaluer(BONNE, MOTIFS), "2026-01-05"
    tout = {element.id: Decision(credit=1, date=jour) for element in MOTIFS.elements}
    assert decidee(evaluation, MOTIFS, tout) == Decidee(evaluation.probabilite, False)
    moins = {nom: Decision(credit=0, date=jour) for nom in tout}
    assert decidee(evaluation, MOTIFS, moins) == Decidee(evaluation.probabilite, True)
    assert decidee(evaluation, MOTIFS, {"prix": tout["prix"]}) is None
    contredite = evaluer("C'est trop cher. En fait ce n'est pas trop cher.", MOTIFS)
    assert decidee(contredite, MOTIFS, tout) is None


def test_le_seuil_de_la_question_decide_de_la_relecture():
    douteuse = Evaluation({"a": Credit(1.0)}, 1.0, True, "un doute", probabilite=0.5)
    assert not au_seuil(douteuse, 0.5).relire and au_seuil(douteuse, 0.5).motif == ""
    assert au_seuil(douteuse, None) is douteuse
    sure = Evaluation({"a": Credit(1.0)}, 1.0, False, "", probabilite=0.7)
    assert au_seuil(sure, 0.9).relire and au_seuil(sure, 0.9).motif == RELEVE
    for impose in (True, False):  # toujours relue ; ou vide, refusée d'avance
        non_estimee = Evaluation({"a": Credit()}, 0.0, impose, "un motif")
        assert au_seuil(non_estimee, 0.0) is non_estimee is au_seuil(non_estimee, JAMAIS)


def test_le_seuil_se_garde_dans_le_dossier_de_la_classe(tmp_path):
    chemin = tmp_path / "seuils.yml"
    assert lire_les_seuils(chemin) == {}
    garder_le_seuil(chemin, "q1", 0.51234)
    garder_le_seuil(chemin, "q2", JAMAIS)
    assert lire_les_seuils(chemin) == {"q1": 0.5123, "q2": JAMAIS}
    garder_le_seuil(chemin, "q1", None)
    garder_le_seuil(chemin, "q2", None)
    assert lire_les_seuils(chemin) == {}
    chemin.write_text("q1: beaucoup\n", encoding="utf-8")
    with pytest.raises(ErreurFormateur):
        lire_les_seuils(chemin)
