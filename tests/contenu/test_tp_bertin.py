"""Le TP Bertin : le relevé affiché est celui des données, une erreur n'est comptée qu'une fois, celles du manuel sont expliquées."""

import re
from functools import partial

import pytest

from autograde.cas import modele
from autograde.cas.tamax import releve_de_tamax
from autograde.cours.corrige import reponses_types
from autograde.cours.devoir import charger_devoir
from autograde.production.essais_du_bareme import corriger_des_textes
from grc_helpers.francais.nombres import lire_nombre
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.reponses.types.tableau import lire_seul
from tests.classe_fictive import DEPOT, cases_fausses, tableaux_calcules
from tests.contenu.cahiers import espaces

BERTIN = charger_devoir(DEPOT, "s2_tp3_bertin")
TABLEAUX = [
    identifiant for identifiant, question in BERTIN.questions.items() if question.type == "tableau"
]


copie_calculee = partial(tableaux_calcules, BERTIN, decimales=2)
fausses = partial(cases_fausses, BERTIN)


def test_le_tp_est_note_sur_vingt_et_couvre_toutes_les_cases_du_calcul():
    assert BERTIN.total == 20
    demandees = {
        cle
        for identifiant in TABLEAUX
        for cle in lire_seul(BERTIN.questions[identifiant].vierge.corps).textes
    }
    assert demandees == set(modele("tamax").cases)
    assert fausses(copie_calculee(modele("tamax").calculer())) == set()


def test_le_numero_affiche_est_celui_de_la_case_de_reponse():
    """Le poste titre chaque case d'après son identifiant : l'énoncé doit porter le même numéro."""
    for nom in BERTIN.questions:
        assert BERTIN.titres[nom].startswith(f"Question {nom.removeprefix('s2_tp3_q')} · ")


def test_le_corrige_a_le_maximum():
    correction = corriger_des_textes(BERTIN, reponses_types(DEPOT, BERTIN))
    assert {nom: correction.points(nom) for nom in BERTIN.questions} == BERTIN.points


def test_le_releve_affiche_est_celui_des_donnees():
    [releve] = [espaces(source(c)) for c in cellules(BERTIN.distribue) if c["id"] == "releve"]
    lignes = [
        [case.strip() for case in ligne.strip("|").split("|")]
        for ligne in re.findall(r"^\| \d\d/.*$", releve, re.MULTILINE)
    ]
    ecritures, soldes = releve_de_tamax()
    assert len(lignes) == len(ecritures)
    for ligne, e, solde in zip(lignes, ecritures, soldes, strict=True):
        assert ligne[0] == f"{e.jour:%d/%m}" and ligne[1].startswith(e.libelle)
        assert [lire_nombre(case).valeur or 0 for case in ligne[2:4]] == [e.debit, e.credit]
        assert lire_nombre(ligne[4]).valeur == solde
        if e.pour_memoire:
            assert lire_nombre(ligne[1].split(":")[-1]).valeur == e.pour_memoire


@pytest.mark.parametrize(
    ("cle", "valeur"),
    [
        (("Montant juste", "Facture"), 284.17),
        (("Montant juste", "Traite"), 1467.15),
        (("10 mai", "Solde"), 1259.40),
        (("1er juin", "Solde"), 4927.28),
        (("Factures d'avril", "Montant"), 1480.02),
        (("Nombre de commandes", "Valeur"), 10),
        (("Total des commandes", "Valeur"), 3563.46),
        (("Achats du client moyen par mois", "Valeur"), 2360),
    ],
)
def test_une_erreur_suivie_avec_coherence_ne_coute_que_sa_case(cle, valeur):
    assert fausses(copie_calculee(modele("tamax").calculer({cle: valeur}))) == {cle}


@pytest.mark.parametrize("moyenne", ["454,80", "454,81", "455", "455 €"])
def test_la_moyenne_du_manuel_est_acceptee(moyenne):
    textes = {
        "s2_tp3_q2a": f"Nombre de commandes | 8\nTotal des commandes | 3 638,46\nMoyenne par commande | {moyenne}"
    }
    assert fausses(textes) & {("Moyenne par commande", "Valeur")} == set()


@pytest.mark.parametrize("jours", ["10", "10,5", "11,3", "11,4", "12"])
def test_toute_convention_de_frequence_est_acceptee(jours):
    textes = {"s2_tp3_q2b": f"Jours entre deux commandes | {jours}"}
    assert fausses(textes) & {("Jours entre deux commandes", "Valeur")} == set()


@pytest.mark.parametrize("jours", ["9,9", "12,1"])
def test_une_frequence_hors_convention_est_refusee(jours):
    assert ("Jours entre deux commandes", "Valeur") in fausses(
        {"s2_tp3_q2b": f"Jours entre deux commandes | {jours}"}
    )


@pytest.mark.parametrize(
    ("question", "reponse", "explication"),
    [
        ("s2_tp3_q0a", "Montant juste | 219,17 |", "219,17 € est le montant mal recopié"),
        ("s2_tp3_q0a", "Montant juste | | 3 226,63", "est le solde du compte"),
        ("s2_tp3_q1b", "Factures d'avril | 1 274,19", "et non 97,52"),
        ("s2_tp3_q2a", "Total des commandes | 3 563,46", "Vous gardez 219,17"),
        ("s2_tp3_q2a", "Moyenne par commande | 445,43", "Vous gardez 219,17"),
        ("s2_tp3_q2a", "Total des commandes | 3 138,46", "et non 97,52"),
        ("s2_tp3_q2a", "Total des commandes | 3 506,09", "avoirs non déduits"),
        ("s2_tp3_q2b", "Jours du 1er avril au 23 juin | 83", "un jour de plus"),
    ],
)
def test_les_erreurs_du_manuel_recoivent_leur_explication(question, reponse, explication):
    assert explication in corriger_des_textes(BERTIN, {question: reponse}).notes[question].resume()


def test_la_lettre_attend_toujours_le_formateur():
    lettre = reponses_types(DEPOT, BERTIN)["s2_tp3_q4"]
    assert corriger_des_textes(BERTIN, {"s2_tp3_q4": lettre}).notes["s2_tp3_q4"].a_verifier
