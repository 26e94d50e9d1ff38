"""La notation du TP Rimaldi : une erreur n'est comptée qu'une fois, et celles du manuel reçoivent leur explication."""

from functools import partial

import pytest

from autograde.baremes.resultats import Statut
from autograde.cas import modele
from autograde.cours.devoir import charger_devoir
from autograde.production.essais_du_bareme import corriger_des_textes
from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.types.tableau import lire_seul
from tests.classe_fictive import DEPOT, cases_fausses, tableaux_calcules

RIMALDI = charger_devoir(DEPOT, "s2_tp2_rimaldi")
TABLEAUX = [
    identifiant for identifiant, question in RIMALDI.questions.items() if question.type == "tableau"
]
TOTAUX = {"s2_tp2_q1": Case("CA total"), "s2_tp2_q2": Case("Valeur totale")}


def copie_calculee(valeurs: dict[str, float]) -> dict[str, str]:
    """Les réponses chiffrées d'un stagiaire dont toutes les cases valent ``valeurs``."""
    return {
        identifiant: ecrire_nombre(valeurs[case]) for identifiant, case in TOTAUX.items()
    } | tableaux_calcules(RIMALDI, valeurs)


fausses = partial(cases_fausses, RIMALDI)


def test_le_tp_est_note_sur_vingt_et_couvre_toutes_les_cases_du_calcul():
    assert RIMALDI.total == 20
    demandees = {
        cle
        for identifiant in TABLEAUX
        for cle in lire_seul(RIMALDI.questions[identifiant].vierge.corps).textes
    } | set(TOTAUX.values())
    assert demandees == set(modele("rimaldi").cases)
    assert fausses(copie_calculee(modele("rimaldi").calculer())) == set()


@pytest.mark.parametrize(
    ("cle", "valeur"),
    [
        (Case("CA total"), 2_844_300),
        (Case("CA total"), 2_479_500),
        (("Client E", "Part du CA"), 15),
        (("Client C", "Part du CA"), 6),
        (("Rang 3", "CA cumulé"), 86),
        (("Classe A", "Part du CA"), 55),
        (Case("Valeur totale"), 4_074_082),
        (Case("Valeur totale"), 4_558_664),
    ],
)
def test_une_erreur_suivie_avec_coherence_ne_coute_que_sa_case(cle, valeur):
    assert fausses(copie_calculee(modele("rimaldi").calculer({cle: valeur}))) == {cle}


def test_deux_rangs_inverses_ne_coutent_que_les_deux_rangs():
    valeurs = modele("rimaldi").calculer({("Client D", "Rang CA"): 2, ("Client E", "Rang CA"): 3})
    assert fausses(copie_calculee(valeurs)) == {("Client D", "Rang CA"), ("Client E", "Rang CA")}


def test_une_classe_trop_large_ne_coute_que_le_nombre_de_clients():
    valeurs = modele("rimaldi").calculer({("Classe A", "Clients"): 2, ("Classe B", "Clients"): 1})
    assert fausses(copie_calculee(valeurs)) == {("Classe A", "Clients"), ("Classe B", "Clients")}


@pytest.mark.parametrize(
    ("question", "reponse", "explication"),
    [
        ("s2_tp2_q1b2", "Classe C | 7 | 70 | 10", "font 13 %"),
        ("s2_tp2_q2", "3 589 599 €", "Le dossier donne 538 425 €"),
        ("s2_tp2_q2a", "Client J | 5 | 7", "attribue au client J par erreur"),
    ],
)
def test_les_coquilles_du_manuel_ont_leur_explication(question, reponse, explication):
    note = corriger_des_textes(RIMALDI, {question: reponse}).notes[question]
    assert explication in note.resume()


def test_la_valeur_de_b_imprimee_dans_le_manuel_ne_change_pas_sa_part():
    """538 524 au lieu de 538 425 donne la même part arrondie : elle reste acceptée, seule ou avec son total."""
    part = ecrire_nombre(100 * 538_524 / 3_589_599, 1)
    note = corriger_des_textes(RIMALDI, {"s2_tp2_q2a": f"Client B | 3 | {part}"}).notes[
        "s2_tp2_q2a"
    ]
    assert [case.statut for case in note.cases if case.cle.ligne == "Client B"] == [
        Statut.JUSTE,
        Statut.JUSTE,
    ]
