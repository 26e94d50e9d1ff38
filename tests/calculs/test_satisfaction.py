"""NPS, CSAT, CES : les valeurs publiées, les bornes des notes, la marge d'erreur face au tirage lui-même, les refus."""

import random
from math import sqrt
from statistics import pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grc_helpers.calculs import satisfaction as s

EXEMPLE = {"promoteurs": 35, "passifs": 10, "detracteurs": 30}


def test_l_exemple_corrige_du_nps_et_sa_marge():
    """35, 10 et 30 sur 75 réponses : 6,67 ± 21 points (E-83). Avec 25 promoteurs, le signe s'inverse."""
    assert s.nps(**EXEMPLE) == pytest.approx(20 / 3)
    assert s.marge_du_nps(**EXEMPLE) == pytest.approx(21.0, abs=0.05)
    assert s.nps(**EXEMPLE | {"promoteurs": 25}) == pytest.approx(-7.69, abs=0.005)
    assert s.nps(**EXEMPLE | {"promoteurs": 25, "passifs": 20}) == pytest.approx(-6.67, abs=0.005)


def test_la_variance_publiee_du_nps():
    """Moitié de promoteurs, un tiers de passifs, un sixième de détracteurs : NPS 1/3, variance 5/9, ± 8,1 points à 324 réponses."""
    reponses = {"promoteurs": 162, "passifs": 108, "detracteurs": 54}
    assert s.nps(**reponses) == pytest.approx(100 / 3)
    assert s.marge_du_nps(**reponses) == pytest.approx(196 * sqrt(5 / 9 / 324))


def test_les_notes_se_rangent_sans_chevauchement():
    """Détracteurs de 0 à 6, passifs 7 et 8, promoteurs 9 et 10 (E-82) : chaque note a une seule catégorie."""
    categories = [s.categorie(note) for note in range(11)]
    assert categories == [s.DETRACTEUR] * 7 + [s.PASSIF] * 2 + [s.PROMOTEUR] * 2
    assert s.compter(range(11)) == (2, 2, 7)


def test_un_passif_de_plus_rapproche_le_nps_de_zero():
    assert 0 < s.nps(promoteurs=35, passifs=40, detracteurs=30) < s.nps(**EXEMPLE)
    assert s.nps(promoteurs=0, passifs=9, detracteurs=0) == 0
    assert s.marge_du_nps(promoteurs=0, passifs=9, detracteurs=0) == 0


@given(*[st.integers(0, 500)] * 3)
def test_le_nps_reste_dans_ses_bornes_et_change_de_signe_avec_les_roles(p, n, d):
    if p + n + d == 0:
        return
    droit = s.nps(promoteurs=p, passifs=n, detracteurs=d)
    assert -100 <= droit <= 100
    assert s.nps(promoteurs=d, passifs=n, detracteurs=p) == -droit
    assert s.marge_du_nps(promoteurs=p, passifs=n, detracteurs=d) <= 196 / sqrt(p + n + d) + 1e-9


def test_la_marge_est_celle_que_l_on_observe_en_tirant_au_sort():
    """Mille enquêtes de 75 réponses chez des clients connus : 1,96 fois l'écart-type de leurs NPS, à 5 % près."""
    sort = random.Random(28)
    tirages = (sort.choices((1, 0, -1), weights=(35, 10, 30), k=75) for _ in range(1000))
    assert 196 * pstdev(sum(t) / 75 for t in tirages) == pytest.approx(
        s.marge_du_nps(**EXEMPLE), rel=0.05
    )


def test_le_csat_publie():
    """42, 32, 10, 9 et 14 réponses de 5 à 1 : 74 sur 107, soit 69 %."""
    assert s.csat(satisfaits=74, reponses=107) == pytest.approx(0.6916, abs=5e-5)
    assert s.marge_d_une_part(74 / 107, 107) == pytest.approx(0.0875, abs=5e-5)
    assert s.marge_d_une_part(0, 10) == s.marge_d_une_part(1, 10) == 0


def test_le_meme_ces_se_lit_a_l_envers_d_une_echelle_a_l_autre():
    """1 est facile sur l'échelle de 1 à 5, difficile sur celle de 1 à 7 : comparer les moyennes brutes trompe."""
    assert (s.EFFORT.difficile, s.FACILITE.difficile) == (5, 1)
    faciles, difficiles = s.ces([1, 1, 2, 2]), s.ces([2, 2, 1, 1], s.FACILITE)
    assert faciles == difficiles == 1.5
    assert s.facilite(faciles) == 0.875
    assert s.facilite(difficiles, s.FACILITE) == pytest.approx(1 / 12)
    assert [s.facilite(note) for note in (5, 3, 1)] == [0, 0.5, 1]


def test_la_marge_d_une_moyenne_baisse_quand_les_notes_se_ressemblent():
    assert s.marge_d_une_moyenne([4] * 30) == 0
    assert s.marge_d_une_moyenne([1, 5] * 15) > s.marge_d_une_moyenne([2, 4] * 15) > 0


def test_combien_interroger():
    """Les tables usuelles : 385 à ± 5 points, 97 à ± 10 ; 278 pour mille clients. Quatre fois plus pour deux fois mieux."""
    assert [s.reponses_pour_une_part(marge) for marge in (0.05, 0.10, 0.025)] == [385, 97, 1537]
    assert s.reponses_pour_une_part(0.05, clients=1000) == 278
    assert s.reponses_pour_une_part(0.05, part=0.9) == 139
    assert s.reponses_pour_une_part(0.05, clients=1) == 1
    assert s.reponses_pour_une_part(0.05, part=0, clients=1) == 1


def test_les_75_reponses_de_l_exemple_sont_ce_qu_il_faut_pour_sa_marge():
    parts = {"promoteurs": 35 / 75, "detracteurs": 30 / 75}
    assert s.reponses_pour_le_nps(s.marge_du_nps(**EXEMPLE), **parts) == 75
    assert s.reponses_pour_le_nps(5, **parts) == 1325


@pytest.mark.parametrize(
    ("geste", "message"),
    [
        (lambda: s.categorie(11), "de 0 à 10"),
        (lambda: s.categorie(8.5), "de 0 à 10"),
        (lambda: s.nps(promoteurs=0, passifs=0, detracteurs=0), "au moins une réponse"),
        (lambda: s.nps(promoteurs=3, passifs=-1, detracteurs=0), "ne peut pas être négatif"),
        (lambda: s.csat(satisfaits=1, reponses=0), "au moins une réponse"),
        (lambda: s.csat(satisfaits=107, reponses=74), "de 0 au nombre de réponses"),
        (lambda: s.marge_d_une_part(50, 100), "0,25 pour 25 %"),
        (lambda: s.marge_d_une_part(0.5, 0), "au moins une réponse"),
        (lambda: s.ces([]), "au moins une réponse"),
        (lambda: s.ces([1, 6]), "de 1 à 5"),
        (lambda: s.facilite(0, s.FACILITE), "de 1 à 7"),
        (lambda: s.marge_d_une_moyenne([3]), "au moins deux notes"),
        (lambda: s.reponses_pour_une_part(0), "La marge est plus grande que 0"),
        (lambda: s.reponses_pour_une_part(5), "plus petite que 1"),
        (lambda: s.reponses_pour_une_part(0.05, clients=0), "au moins un client"),
        (lambda: s.reponses_pour_le_nps(10, promoteurs=0.7, detracteurs=0.4), "pas plus que tous"),
    ],
)
def test_ce_qui_n_a_pas_de_sens_est_refuse_en_francais(geste, message):
    with pytest.raises(ValueError, match=message):
        geste()
