"""Le TP 2 de la séquence 4 : ses chiffres recalculés, ses dates, son droit, et ce que les documents disent avant les questions."""

import re
from datetime import date

import pytest

from autograde.cours.devoir import charger_devoir
from grc_helpers.calculs import passagers as p
from grc_helpers.francais.nombres import ecrire_nombre
from tests.classe_fictive import DEPOT
from tests.contenu.cahiers import cahier, espaces

TP = "s4_tp2_vol_retarde"
PANNE, METEO = p.CAUSES[0], p.CAUSES[2]
# Les distances du TP, refaites à part d'après les mêmes positions publiques ; puis si l'on part de l'Union, et si l'on y arrive.
TABLEAU = {
    "Orly–Lisbonne": (1437, True, True),
    "Casablanca–Orly": (1897, False, True),
    "Las Palmas–Helsinki": (4696, True, True),
    "Orly–Montréal": (5525, True, False),
}
# Départ dans l'Union, arrivée dans l'Union, compagnie de l'Union.
VOLS = {
    "Orly–Casablanca, compagnie marocaine": (True, False, False),
    "Casablanca–Orly, compagnie marocaine": (False, True, False),
    "Casablanca–Orly, Aéro Lutèce": (False, True, True),
    "Casablanca–Montréal, Aéro Lutèce": (False, False, True),
    "Genève–Tunis, compagnie tunisienne": (True, False, False),
    "Fès–Toulouse, compagnie espagnole": (False, True, True),
}


@pytest.fixture(scope="module")
def textes():
    return {c.id: espaces(c.texte) for c in cahier(TP)}


@pytest.fixture(scope="module")
def bareme():
    return charger_devoir(DEPOT, TP).bareme


def test_le_prejudice_est_ce_que_le_retard_a_fait_payer(textes, bareme):
    lettre = textes["lettre_1"] + textes["lettre_2"]
    payes = dict(
        re.findall(r"(?:à|:|compté|payé) ?(\d+) € ?(de taxi|pour une|pour garder|)", lettre)
    )
    assert sum(map(int, (m for m, quoi in payes.items() if quoi))) == bareme["s4_tp2_q2b"].attendu
    assert {"214", "27"} <= set(payes) and bareme["s4_tp2_q2b"].attendu == 62 + 45 + 38


def test_le_prejudice_n_est_imprime_nulle_part(textes):
    cellules = [t for i, t in textes.items() if i not in ("s4_tp2_q5", "s4_tp2_q11")]
    assert not any(re.search(r"\b(145|107)\b", t) for t in cellules)


def test_six_heures_et_des_jours_qui_existent(textes):
    prevu, prevue, parti = map(
        int,
        re.search(
            r"départ à (\d+) h, arrivée à (\d+) h.*parti à (\d+) h", textes["lettre_1"], re.S
        ).groups(),
    )
    atterri = int(re.search(r"atterri à (\d+) h", textes["lettre_2"])[1])
    assert parti - prevu == atterri - prevue == 6 and atterri < 23.5, "avant la nuit d'Orly"
    assert f"possible : {atterri} h" in textes["rapport_meteo"]
    assert (
        "avant le 17 avril" in textes["lettre_2"]
        and "le jeudi 15 avril" in textes["s4_tp2_q11_enonce"]
    )
    for jour, rang in (
        (date(2027, 3, 1), 0),
        (date(2027, 3, 5), 4),
        (date(2027, 4, 5), 0),
        (date(2027, 4, 12), 0),
        (date(2027, 4, 15), 3),
        (date(2027, 4, 26), 0),
    ):
        assert jour.weekday() == rang
    assert "vendredi 5 mars" in textes["lettre_1"] and "lundi 12 avril 2027" in textes["situation"]
    assert "Jeudi 15 avril" in textes["panne"] and "Lundi 26 avril 2027" in textes["cas_nu"]


def test_les_seuils_du_tableau_sont_ceux_du_calculateur(textes, bareme):
    attendu = bareme["s4_tp2_q3b"].attendu
    for nom, (km, depart, arrivee) in TABLEAU.items():
        vol = p.Vol(depart, arrivee, True, km)
        assert attendu[nom]["Repas dès"] == p.REGLES.assistance[p.tranche(vol)]
        assert attendu[nom]["Indemnité"] == p.indemnite(vol, 6, PANNE)
        assert ecrire_nombre(km, 0, "km") in textes["s4_tp2_q3b_enonce"].replace(" ", " ") or (
            espaces(ecrire_nombre(km, 0, "km")) in textes["s4_tp2_q3b_enonce"]
        )
    casablanca, orly = p.AEROPORTS["CMN"], p.AEROPORTS["ORY"]
    assert round(p.distance_orthodromique(casablanca, orly)) == TABLEAU["Casablanca–Orly"][0]


def test_le_champ_des_vols_payes_est_celui_du_calculateur(bareme):
    attendu = bareme["s4_tp2_q3a"].attendu
    for nom, (depart, arrivee, compagnie) in VOLS.items():
        couvert = p.dans_le_champ(p.Vol(depart, arrivee, compagnie, 1897))
        assert attendu[f"{nom}, billet payé"] == ["a" if couvert else "b"], nom
    assert attendu["Casablanca–Orly, Aéro Lutèce, billet gratuit d'un employé"] == ["b"]


def test_la_tempete_prouvee_dispense_de_l_indemnite_et_jamais_du_repas(textes):
    vol = p.Vol(False, True, True, 1896.8)
    assert p.droits(vol, 6, 6, METEO) == p.Droits(True, True, False, True, 0)
    assert "L'indemnité n'est donc pas due" in textes["s4_tp2_q5_enonce"]
    assert "aucun repas" in textes["rapport_meteo"]


def test_les_exercices_et_le_cas_nu_suivent_le_calculateur(textes):
    oujda = p.Vol(True, False, True, 1260)
    assert p.droits(oujda, 5.5, 5, PANNE) == p.Droits(True, True, False, True, 250)
    toulouse = p.Vol(False, True, True, 1275)
    assert p.indemnite(toulouse, 3 + 20 / 60, PANNE) == 250
    assert "**250 €**" in textes["cas_corrige"]


def test_les_reclamations_pour_mille(textes, bareme):
    passagers, lettres = re.search(
        r"Casablanca–Orly \| ([\d ]+) \| (\d+)", textes["s4_tp2_q10b_enonce"]
    ).groups()
    taux = 1000 * int(lettres) / int(passagers.replace(" ", ""))
    assert taux == bareme["s4_tp2_q10b"].attendu == 4.5
    assert 1000 * 126 / 84_000 == 1.5 < taux, "la ligne la plus petite a le plus fort taux"


def test_aucune_association_ne_se_fait_par_elimination_ni_dans_l_ordre(bareme):
    for question in ("q1b", "q2a", "q3a", "q4", "q9", "q10a"):
        lettres = [("".join(lettre)) for lettre in bareme[f"s4_tp2_{question}"].attendu.values()]
        assert lettres != sorted(lettres), question
    assert set("abcdefgh") - {*bareme["s4_tp2_q10a"].attendu.values()} == {"c", "e"}


def test_six_redigees_et_une_lettre_dont_le_contenu_compte_plus_que_la_forme(bareme):
    redigees = [q for q, b in bareme.items() if b.redigee]
    assert len(redigees) == 7 and redigees[-1] == "s4_tp2_q11"
    lettre = bareme["s4_tp2_q11"]
    contenu = sum(element.poids for element in lettre.elements)
    assert contenu >= 0.6 * (contenu + len(lettre.structure) + lettre.ton)
