"""Les indicateurs d'un centre d'appels : valeurs publiées, dénominateurs qui changent tout, formules corrigées, refus."""

import pytest

from grc_helpers.calculs import centre_appels as c


def test_la_dmt_additionne_trois_temps_et_n_est_pas_le_delai_de_reponse():
    """4 minutes de conversation et 3 de suite font 7 (exemple publié) ; la source recopiait la DMT pour définir la DMR (E-88)."""
    conversation = {"conversation": 4 * 60, "traites": 60}
    assert c.dmc(**conversation) == 4
    assert c.dmt(**conversation, attente_en_ligne=0, apres_appel=3 * 60) == 7
    assert c.dmt(**conversation, attente_en_ligne=60, apres_appel=3 * 60) == 8
    assert c.dmr(attente=60 * 15, decroches=60) == 15


def test_le_cout_par_appel_n_est_pas_l_inverse():
    """16 500 € et 6 600 appels : 2,50 € l'appel, et non 0,40 (E-87)."""
    assert c.cout_par_appel(cout=16_500, appels=6_600) == 2.5


def test_le_retour_sur_investissement_part_des_gains_bruts():
    """E-90 : 12 000 de gains pour 10 000 de coûts, c'est 20 %. Partir du bénéfice net les compterait deux fois."""
    assert c.roi(gains=12_000, couts=10_000) == pytest.approx(0.2)
    assert c.roi(gains=0, couts=10_000) == -1


def test_un_meme_lundi_a_trois_taux_d_abandon():
    """1 000 reçus, 400 mis en file, 80 raccrochés dont 30 aussitôt : le dénominateur s'écrit."""
    assert c.taux_d_abandon(abandonnes=80, recus=1000) == 0.08
    net = c.taux_d_abandon_net(abandonnes=80, abandons_courts=30, recus=1000)
    assert net == pytest.approx(50 / 970)
    assert c.taux_d_abandon_en_file(abandonnes=80, mis_en_file=400) == 0.2
    assert c.taux_d_abandon_net(abandonnes=80, abandons_courts=0, recus=1000) == 0.08


def test_decrocher_n_est_pas_decrocher_a_temps():
    assert c.taux_de_decroche(decroches=920, recus=1000) == 0.92
    assert c.niveau_de_service(decroches_a_temps=780, recus=1000) == 0.78


def test_occupation_et_utilisation_ne_se_divisent_pas_par_le_meme_temps():
    """Une journée payée 8 h, 6 h 30 connectées, 5 h 12 sur des appels (E-89)."""
    assert c.occupation(traitement=5.2, connecte=6.5) == pytest.approx(0.8)
    assert c.utilisation(traitement=5.2, paye=8) == pytest.approx(0.65)
    assert c.disponibilite(joignable=70.2, prevu=72) == pytest.approx(0.975)


def test_planifier_divise_par_ce_qui_reste():
    """14 à leur poste, 30 % de temps non disponible : 20 au planning, pas 14 × 1,3 = 18,2."""
    assert c.a_planifier(presents=14, shrinkage=0.3) == 20
    assert (
        c.a_planifier(presents=7, shrinkage=0.3) == 10
    )  # 7 ÷ 0,7 : 10 tout rond, malgré la virgule flottante
    assert c.a_planifier(presents=0, shrinkage=0.3) == 0
    assert c.shrinkage(disponible=5.6, paye=8) == pytest.approx(0.3)


def test_la_table_des_effectifs_publiee():
    """Agents présents et agents à planifier, à 30 % de temps non disponible."""
    presents = [11, 14, 20, 24, 54]
    assert [c.a_planifier(presents=n, shrinkage=0.3) for n in presents] == [16, 20, 29, 35, 78]


def test_resultats_et_equipe():
    assert c.resolution_au_premier_contact(resolus=300, contacts=400) == 0.75
    assert c.resolution_nette(resolus=300, contacts=400, hors_de_portee=100) == 1
    assert c.taux_de_transformation(ventes=12, contacts=30) == 0.4
    assert c.transfert_en_libre_service(redirigees=30, demandes=120) == 0.25
    assert c.contact_public(en_contact=13, effectif=52) == 0.25
    assert c.par_heure(nombre=1100, heures=12) == pytest.approx(91.67, abs=0.005)


@pytest.mark.parametrize(
    ("geste", "message"),
    [
        (lambda: c.dmc(conversation=10, traites=0), "plus de 0 appel traité"),
        (lambda: c.dmc(conversation=-1, traites=3), "ne peut pas être négatif"),
        (
            lambda: c.dmt(conversation=1, attente_en_ligne=-1, apres_appel=1, traites=2),
            "ne peut pas être négatif",
        ),
        (lambda: c.cout_par_appel(cout=10, appels=0), "plus de 0 appel"),
        (lambda: c.roi(gains=10, couts=0), "plus de 0 dirham"),
        (lambda: c.taux_de_decroche(decroches=5, recus=0), "plus de 0"),
        (lambda: c.taux_de_decroche(decroches=500, recus=450), "inversés"),
        (
            lambda: c.taux_d_abandon_net(abandonnes=5, abandons_courts=6, recus=50),
            "abandons courts",
        ),
        (lambda: c.occupation(traitement=8, connecte=6), "Le temps de traitement"),
        (lambda: c.a_planifier(presents=14, shrinkage=30), "0,3 pour 30 %"),
        (lambda: c.a_planifier(presents=-1, shrinkage=0.3), "ne peut pas être négatif"),
        (lambda: c.resolution_nette(resolus=1, contacts=2, hors_de_portee=3), "hors de portée"),
    ],
)
def test_ce_qui_n_a_pas_de_sens_est_refuse_en_francais(geste, message):
    with pytest.raises(ValueError, match=message):
        geste()


def test_rien_ne_se_donne_sans_son_nom():
    """Écrire « 6600, 16500 » sans dire qui divise : c'est l'erreur de la source (E-87)."""
    with pytest.raises(TypeError):
        c.cout_par_appel(6600, 16500)
