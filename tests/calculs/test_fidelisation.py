"""La fidélisation : les valeurs de contrôle, calculées à la main, et les refus, en français."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grc_helpers.calculs import fidelisation as f
from grc_helpers.calculs.valeur_client import point_mort

PARTS = st.floats(0.02, 1)


def test_la_retention_retire_les_nouveaux():
    """1 600 clients, 1 500 un an après dont 300 nouveaux : 1 200 sont restés, et 400 partis."""
    assert f.taux_de_retention(1600, 1500, 300) == 0.75
    assert f.taux_d_attrition(1600, 400) == 0.25


@given(st.integers(1, 10_000), st.floats(0, 1), st.integers(0, 10_000))
def test_retention_et_attrition_font_un(debut, part, nouveaux):
    perdus = round(debut * part)
    retention = f.taux_de_retention(debut, debut - perdus + nouveaux, nouveaux)
    assert retention + f.taux_d_attrition(debut, perdus) == pytest.approx(1)


@given(PARTS)
def test_la_duree_de_vie_est_la_somme_des_presences(attrition):
    """1 + (1 − a) + (1 − a)² + … : la part des clients encore là, année après année."""
    somme = sum((1 - attrition) ** annee for annee in range(2_000))
    assert f.duree_de_vie_moyenne(attrition) == pytest.approx(somme)


@pytest.mark.parametrize(
    ("attrition", "point"), [(0.50, 8.16), (0.25, 33.33), (0.20, 52.63), (0.10, 222.22)]
)
def test_un_point_vaut_plus_quand_l_attrition_est_basse(attrition, point):
    assert f.valeur_d_un_point(200, attrition) == pytest.approx(point, abs=0.005)


def test_l_effort_de_la_jardinerie():
    annees = f.comparer_l_effort(1600, 0.25, 200, 0.05, 8, 5)
    assert [round(an.sans) for an in annees] == [1600, 1200, 900, 675, 506]
    assert [round(an.avec) for an in annees] == [1600, 1280, 1024, 819, 655]
    cumuls = [an.cumul for an in annees]
    assert cumuls == pytest.approx([-12_800, -7_040, 9_568, 31_854.40, 56_433.52])
    assert point_mort(cumuls) == 3


def test_sans_effort_rien_ne_change():
    annees = f.comparer_l_effort(500, 0.3, 100, 0, 0, 4)
    assert all(an.sans == an.avec and an.cumul == 0 for an in annees)


def test_garder_se_compare_par_depart_evite():
    """8 DH pour chacun des 1 600 clients, cinq points : 12 800 DH pour 80 départs évités."""
    assert f.cout_d_un_depart_evite(8, 0.05) == pytest.approx(12_800 / 80)


def test_la_carte_perd_de_l_argent_sur_les_achats_qu_elle_n_a_pas_fait_naitre():
    carte = f.Programme(achats=1200, achats_ajoutes=60, taux_de_marque=0.25, avantage=0.03, frais=4)
    assert (carte.gain, carte.cout, carte.resultat) == (15, 40, -25)


@given(st.floats(100, 10_000), st.floats(0.1, 0.6), st.floats(0, 0.09), st.floats(0, 50))
def test_au_seuil_le_programme_ne_gagne_ni_ne_perd(achats_sans, marque, avantage, frais):
    ajoutes = f.achats_a_ajouter(achats_sans, marque, avantage, frais)
    programme = f.Programme(achats_sans + ajoutes, ajoutes, marque, avantage, frais)
    assert programme.resultat == pytest.approx(0, abs=1e-4 * max(1, programme.cout))


@given(st.floats(1, 200), st.floats(0.05, 1), st.floats(0, 200), st.floats(0.5, 5))
def test_au_seuil_reconquerir_ne_gagne_ni_ne_perd(contact, reussite, geste, annees):
    valeur = f.marge_minimale(contact, reussite, geste, annees) * annees
    assert f.gain_de_la_reconquete(valeur, contact, reussite, geste) == pytest.approx(0, abs=1e-6)


@given(st.floats(1, 200), st.floats(0, 200), st.floats(1, 500))
def test_a_la_reussite_minimale_l_approche_ne_gagne_ni_ne_perd(contact, geste, marge_sur_geste):
    valeur = geste + marge_sur_geste
    reussite = f.reussite_minimale(valeur, contact, geste)
    if reussite <= 1:
        assert f.gain_de_la_reconquete(valeur, contact, reussite, geste) == pytest.approx(
            0, abs=1e-6
        )


@pytest.mark.parametrize(
    ("calcul", "motif"),
    [
        (lambda: f.taux_de_retention(0, 0, 0), "au moins un client"),
        (lambda: f.taux_de_retention(100, 160, 50), "Les clients restés"),
        (lambda: f.taux_de_retention(100, 20, 50), "Les clients restés"),
        (lambda: f.taux_d_attrition(0, 0), "au moins un client"),
        (lambda: f.taux_d_attrition(100, 120), "Les clients perdus"),
        (lambda: f.duree_de_vie_moyenne(0), "plus grande que 0"),
        (lambda: f.duree_de_vie_moyenne(25), "au plus égale à 1"),
        (lambda: f.valeur_d_un_point(200, 0.01), "dépasse 0,01"),
        (lambda: f.comparer_l_effort(100, 0.1, 200, 0.2, 5, 3), "points gagnés"),
        (lambda: f.comparer_l_effort(100, 0.2, -1, 0.1, 5, 3), "ne sont pas négatifs"),
        (lambda: f.cout_d_un_depart_evite(8, 0), "aucun départ"),
        (lambda: f.taux_d_avantage(0, 40), "montant d'achats"),
        (lambda: f.taux_d_avantage(1000, 40, 75), "de 0 à 1"),
        (lambda: f.achats_a_ajouter(1000, 0.05, 0.05), "plus petit que le taux de marque"),
        (lambda: f.cout_d_un_client_revenu(15, 0), "La réussite"),
        (lambda: f.gain_de_la_reconquete(400, 15, 20), "La réussite"),
        (lambda: f.marge_minimale(15, 0.2, 60, 0), "plus de 0 année"),
        (lambda: f.reussite_minimale(60, 15, 60), "plus que le geste"),
    ],
)
def test_une_donnee_impossible_est_refusee_en_francais(calcul, motif):
    with pytest.raises(ValueError, match=motif):
        calcul()
