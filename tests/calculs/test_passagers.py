"""Les droits du passager : les seuils du règlement un à un, son champ, la cause et sa preuve, les distances, les refus."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grc_helpers.calculs import passagers as p

PANNE, GREVE, METEO, METEO_SANS_PREUVE, CONTROLE = p.CAUSES
COURT, MOYEN, LONG = (p.Vol(True, False, True, km) for km in (1500, 3500, 3501))


@pytest.mark.parametrize(
    ("depart", "arrivee", "km"),
    [("CMN", "ORY", 1896.8), ("CMN", "MRS", 1577.7), ("ORY", "NCE", 675.8), ("CMN", "JFK", 5795.0)],
)
def test_les_distances_de_controle_dans_les_deux_sens(depart, arrivee, km):
    """Valeurs refaites à part, sur la même sphère et les mêmes positions."""
    a, b = p.AEROPORTS[depart], p.AEROPORTS[arrivee]
    assert p.distance_orthodromique(a, b) == pytest.approx(km, abs=0.05)
    assert p.distance_orthodromique(b, a) == pytest.approx(p.distance_orthodromique(a, b))


def test_d_un_pole_a_l_autre_c_est_un_demi_tour():
    nord, sud = (p.Aeroport("pôle", latitude, 0, union=False) for latitude in (90, -90))
    assert p.distance_orthodromique(nord, sud) == pytest.approx(20_015, abs=1)
    assert p.distance_orthodromique(nord, nord) == 0


@pytest.mark.parametrize(
    ("depart", "arrivee", "compagnie", "attendu"),
    [
        (True, True, True, True),
        (True, True, False, True),
        (True, False, True, True),
        (True, False, False, True),
        (False, True, True, True),
        (False, True, False, False),
        (False, False, True, False),
        (False, False, False, False),
    ],
)
def test_le_champ_a_huit_cas(depart, arrivee, compagnie, attendu):
    """Vers l'Union depuis un autre pays, la compagnie décide (E-51) ; une fois dehors, plus aucun droit n'en vient."""
    vol = p.Vol(depart, arrivee, compagnie, 1896.8)
    assert p.dans_le_champ(vol) is attendu
    if not attendu:
        assert p.droits(vol, 20, 20, PANNE, nuit=True) == p.Droits(False, False, False, False, 0)


@pytest.mark.parametrize(
    ("vol", "rang", "assistance", "montant"),
    [
        (COURT, 0, 2, 250),
        (MOYEN, 1, 3, 400),
        (LONG, 2, 4, 600),
        (p.Vol(True, True, True, 5000), 1, 3, 400),
        (p.Vol(True, True, True, 1500), 0, 2, 250),
    ],
)
def test_les_seuils_de_chaque_tranche_de_distance(vol, rang, assistance, montant):
    """2, 3, 4 heures au départ ; 250, 400, 600 € ; à l'intérieur de l'Union, jamais la tranche longue."""
    assert p.tranche(vol) == rang
    assert p.indemnite(vol, 4, PANNE) == montant
    assert p.droits(vol, assistance, 0, METEO).assistance
    assert not p.droits(vol, assistance - 0.01, 0, METEO).assistance


def test_casablanca_paris_six_heures():
    """Le vol du TP : 6 heures (E-52), une compagnie de l'Union. L'assistance ne dépend pas de la cause, l'indemnité si."""
    vol = p.vol_entre(p.AEROPORTS["CMN"], p.AEROPORTS["ORY"], transporteur_union=True)
    assert p.droits(vol, 6, 6, PANNE) == p.Droits(True, True, False, True, 400)
    assert p.droits(vol, 6, 6, METEO) == p.Droits(True, True, False, True, 0)
    assert [p.indemnite(vol, 6, cause) for cause in p.CAUSES] == [400, 400, 0, 400, 0]


def test_l_indemnite_suit_l_arrivee_et_le_remboursement_le_depart():
    assert p.droits(MOYEN, 5, 2.9, PANNE) == p.Droits(True, True, False, True, 0)
    assert p.droits(MOYEN, 2.9, 3, PANNE) == p.Droits(True, False, False, False, 400)


def test_la_moitie_seulement_sur_un_vol_long_sous_quatre_heures():
    assert [p.indemnite(LONG, retard, PANNE) for retard in (2.99, 3, 3.99, 4)] == [0, 300, 300, 600]
    assert p.indemnite(MOYEN, 3, PANNE) == 400


def test_l_hotel_demande_une_nuit_et_l_assistance():
    assert p.droits(MOYEN, 8, 8, METEO, nuit=True).hotel
    assert not p.droits(MOYEN, 8, 8, METEO, nuit=False).hotel
    assert not p.droits(MOYEN, 1, 1, METEO, nuit=True).hotel


@given(st.floats(1, 20_000), st.floats(0, 48), st.sampled_from(p.CAUSES), *[st.booleans()] * 3)
def test_attendre_davantage_ne_fait_jamais_perdre_un_droit(km, retard, cause, a, b, c):
    vol = p.Vol(a, b, c, km)
    avant, apres = (p.droits(vol, heures, heures, cause) for heures in (retard, retard + 1))
    assert apres.assistance >= avant.assistance and apres.renoncer >= avant.renoncer
    assert apres.indemnite >= avant.indemnite


def test_les_seuils_sont_des_parametres():
    reforme = p.Regles(montants=(300, 300, 500), retard_a_l_arrivee=4, etat="essai")
    assert [p.indemnite(MOYEN, retard, PANNE, reforme) for retard in (3.5, 4)] == [0, 300]


@pytest.mark.parametrize(
    ("geste", "message"),
    [
        (lambda: p.Aeroport("nulle part", 91, 0, union=False), "latitude"),
        (lambda: p.Vol(True, True, True, 0), "plus grande que 0 km"),
        (lambda: p.Vol(True, True, True, 20_041), "demi-tour"),
        (lambda: p.Vol(True, True, True, float("nan")), "plus grande que 0 km"),
        (lambda: p.droits(COURT, -1, 0, PANNE), "ne peut pas être négatif"),
        (lambda: p.indemnite(COURT, float("nan"), PANNE), "ne peut pas être négatif"),
        (lambda: p.Regles(montants=(400, 250, 600)), "en croissant"),
        (lambda: p.Regles(assistance=(0, 3, 4)), "plus grands que 0"),
        (lambda: p.Regles(renoncer=0), "plus grand que 0 heure"),
    ],
)
def test_ce_qui_n_a_pas_de_sens_est_refuse_en_francais(geste, message):
    with pytest.raises(ValueError, match=message):
        geste()
