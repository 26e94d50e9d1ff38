"""Les files d'attente : les valeurs publiées, les formules face à leurs définitions, Erlang A face à une simulation, les refus."""

import random
from math import exp, factorial, sqrt
from statistics import mean, stdev

import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st

from grc_helpers.calculs import files_attente as f


def test_les_valeurs_publiees_d_erlang_c():
    """100 appels en 30 minutes, 180 s, 20 s (pyworkforce ; paquet ErlangC de R)."""
    erlangs = f.charge(appels=100, periode=1800, dmt=180)
    assert erlangs == 10 and f.agents_necessaires(erlangs, dmt=180) == 14
    assert f.erlang_c(14, 10) == pytest.approx(0.1741319335950498, abs=1e-12)
    assert f.niveau_de_service(14, 10, 180, 20) == pytest.approx(0.8883500191794669, abs=1e-12)
    assert f.attente_moyenne(14, 10, 180) == pytest.approx(7.83593701177724, abs=1e-11)
    assert f.occupation(14, 10) == pytest.approx(0.7142857, abs=1e-7)
    assert f.niveau_de_service(13, 10, 180, 20) == pytest.approx(0.796, abs=5e-4)


@pytest.mark.parametrize(
    ("appels", "dmt", "agents", "service", "attente", "occupation"),
    [
        (60, 240, 11, 0.809, 19.6, 0.727),
        (100, 180, 14, 0.888, 7.8, 0.714),
        (120, 240, 20, 0.817, 15.4, 0.800),
        (200, 180, 24, 0.809, 13.4, 0.833),
        (360, 240, 54, 0.817, 12.1, 0.889),
    ],
)
def test_la_table_des_agents_pour_80_en_20(appels, dmt, agents, service, attente, occupation):
    erlangs = f.charge(appels=appels, periode=1800, dmt=dmt)
    assert f.agents_necessaires(erlangs, dmt) == agents
    prevision = f.prevoir(agents, erlangs, dmt)
    assert prevision.niveau_de_service == pytest.approx(service, abs=6e-4)
    assert prevision.attente == pytest.approx(attente, abs=0.06)
    assert prevision.occupation == pytest.approx(occupation, abs=6e-4)
    assert prevision.abandon == 0


def test_dix_agents_pour_huit_erlangs():
    """0,4092, et non le 0,337 qu'imprime une page connue : la formule se vérifie sur sa définition."""
    etats = [8**k / factorial(k) for k in range(10)]
    file = 8**10 / factorial(10) * 10 / (10 - 8)
    assert f.erlang_c(10, 8) == pytest.approx(file / (sum(etats) + file), abs=1e-12)
    assert f.erlang_c(10, 8) == pytest.approx(0.4092, abs=5e-5)
    assert f.erlang_b(10, 8) == pytest.approx(
        8**10 / factorial(10) / (sum(etats) + 8**10 / factorial(10))
    )


def test_la_recurrence_tient_avec_deux_mille_agents():
    """La puissance et la factorielle déborderaient ; la récurrence, non."""
    assert 0 < f.erlang_c(2000, 1950) < 1
    assert f.erlang_b(2000, 1) == 0
    assert f.prevoir(2000, 1, 180, patience=60) == f.Prevision(0, 0, 1, 0, 1 / 2000)


@given(st.integers(1, 120), st.floats(0.01, 0.99), st.floats(10, 900))
def test_un_agent_de_plus_sert_toujours_mieux(agents, part, dmt):
    erlangs = agents * part
    avec, sans = f.prevoir(agents + 1, erlangs, dmt), f.prevoir(agents, erlangs, dmt)
    assert avec.niveau_de_service >= sans.niveau_de_service - 1e-12
    assert avec.attente <= sans.attente + 1e-9


@settings(max_examples=30)
@given(st.integers(1, 60), st.floats(0.1, 2.5), st.floats(20, 600), st.floats(20, 600))
def test_avec_l_abandon_la_file_se_tient_meme_debordee(agents, part, dmt, patience):
    """Ce qui arrive est servi ou raccroche ; l'attente moyenne est l'abandon multiplié par la patience (loi de Little)."""
    p = f.prevoir(agents, agents * part, dmt, patience=patience)
    assert 0 <= p.abandon <= p.part_qui_attend <= 1 and 0 < p.occupation <= 1
    assert p.attente == pytest.approx(p.abandon * patience, abs=1e-9)
    assert p.abandon >= 1 - 1 / part - 1e-9
    assert 1 - p.part_qui_attend - 1e-9 <= p.niveau_de_service <= 1 - p.abandon + 1e-9
    avec = f.prevoir(agents + 1, agents * part, dmt, patience=patience)
    assert avec.abandon <= p.abandon + 1e-9


def test_erlang_a_resout_bien_les_equations_de_la_file():
    """Les probabilités refaites à part, état par état, sans logarithme ni Erlang B : 4 agents, 5 erlangs, patience 1,5 appel."""
    poids = [1.0]
    for k in range(1, 200):
        poids.append(poids[-1] * 5 / (min(k, 4) + max(0, k - 4) / 1.5))
    etats = [un / sum(poids) for un in poids]
    p = f.prevoir(4, 5, dmt=60, patience=90, delai=0)
    assert p.part_qui_attend == pytest.approx(sum(etats[4:]), abs=1e-12)
    assert p.abandon == pytest.approx(sum((k - 4) * etats[k] for k in range(4, 200)) / 1.5 / 5)
    assert p.occupation == pytest.approx(sum(min(k, 4) * un for k, un in enumerate(etats)) / 4)
    assert p.niveau_de_service == pytest.approx(1 - p.part_qui_attend)


def test_a_la_longue_qui_ne_raccroche_pas_est_servi():
    """Avec un délai très long, le niveau de service est tout ce qui n'a pas raccroché : l'intégrale est entière."""
    for agents, erlangs, patience in ((4, 5, 90), (50, 48, 120), (13, 20, 30)):
        p = f.prevoir(agents, erlangs, dmt=60, delai=3000, patience=patience)
        assert p.niveau_de_service == pytest.approx(1 - p.abandon, abs=1e-6)


def test_des_clients_tres_patients_ramenent_a_erlang_c():
    sans, avec = f.prevoir(14, 10, 180), f.prevoir(14, 10, 180, patience=1e7)
    assert avec.niveau_de_service == pytest.approx(sans.niveau_de_service, abs=1e-5)
    assert avec.attente == pytest.approx(sans.attente, rel=1e-4)


def test_le_cas_d_ecole_d_erlang_a():
    """48 appels par minute, une minute, 50 agents, patience 2 minutes : 3,09 %, 3,7 s, 93,0 % ; Erlang C dit 20,8 s et 96 %."""
    p = f.prevoir(50, 48, dmt=60, patience=120)
    assert f.abandon(50, 48, dmt=60, patience=120) == p.abandon
    assert p.abandon == pytest.approx(0.0309, abs=5e-5)
    assert p.attente == pytest.approx(3.7, abs=0.05)
    assert p.occupation == pytest.approx(0.930, abs=5e-4)
    c = f.prevoir(50, 48, dmt=60)
    assert c.part_qui_attend == pytest.approx(0.694, abs=5e-4)
    assert c.attente == pytest.approx(20.8, abs=0.05) and c.occupation == 0.96


def simuler(agents, par_minute, dmt, patience, delai, appels, graine):
    """Un centre où les appels arrivent un par un : pour chacun, s'il raccroche, combien il attend, s'il est pris à temps."""
    sort, centre = random.Random(graine), simpy.Environment()
    postes = simpy.Resource(centre, agents)
    vecus = [(0, 0.0, 0)] * appels

    def appel(rang):
        arrivee = centre.now
        with postes.request() as tour:
            if not tour.triggered:
                yield tour | centre.timeout(sort.expovariate(1 / patience))
            attente = centre.now - arrivee
            vecus[rang] = (not tour.triggered, attente, tour.triggered and attente <= delai)
            if tour.triggered:
                yield centre.timeout(sort.expovariate(1 / dmt))

    def arrivees():
        for rang in range(appels):
            yield centre.timeout(sort.expovariate(par_minute / 60))
            centre.process(appel(rang))

    centre.process(arrivees())
    centre.run()
    return vecus


@pytest.mark.parametrize(
    ("agents", "par_minute", "dmt", "patience", "appels"),
    [(50, 48, 60, 120, 22_000), (5, 2.2, 150, 60, 12_000)],
)
def test_erlang_a_dit_ce_que_la_simulation_observe(agents, par_minute, dmt, patience, appels):
    """Par paquets de mille appels (le premier, centre encore vide, ne compte pas) : chaque moyenne à trois erreurs types, au plus."""
    prevue = f.prevoir(agents, par_minute * dmt / 60, dmt, 20, patience)
    vecus = simuler(agents, par_minute, dmt, patience, 20, appels, graine=18)[1000:]
    paquets = [vecus[debut : debut + 1000] for debut in range(0, len(vecus), 1000)]
    attendues = (prevue.abandon, prevue.attente, prevue.niveau_de_service)
    for rang, attendue in enumerate(attendues):
        moyennes = [mean(vecu[rang] for vecu in paquet) for paquet in paquets]
        erreur_type = stdev(moyennes) / sqrt(len(moyennes))
        assert erreur_type < 0.15 * attendue
        assert mean(moyennes) == pytest.approx(attendue, abs=3 * erreur_type)


def test_sans_appel_personne_n_attend_et_il_ne_faut_personne():
    assert f.agents_necessaires(0, 180) == 0
    assert f.prevoir(3, 0, 180) == f.prevoir(3, 0, 180, patience=60) == f.Prevision(0, 0, 1, 0, 0)


def test_moins_d_agents_suffisent_quand_certains_raccrochent():
    """Erlang C surestime : ceux qui raccrochent libèrent la place des autres."""
    assert f.niveau_de_service(51, 48, 60) < 0.8 <= f.niveau_de_service(52, 48, 60)
    assert f.agents_necessaires(48, 60) == 52
    assert f.agents_necessaires(48, 60, patience=120) < 50
    assert f.agents_necessaires(10, 180, objectif=0.95) > f.agents_necessaires(10, 180) == 14


@pytest.mark.parametrize(
    ("geste", "message"),
    [
        (lambda: f.erlang_c(8, 8), "plus d'agents que d'erlangs.*Ajoutez"),
        (lambda: f.erlang_c(8, 8.5), "avec 8 pour 8,5"),
        (lambda: f.erlang_c(0, 0), "plus d'agents que d'erlangs"),
        (lambda: f.niveau_de_service(7, 8, 180), "plus d'agents que d'erlangs"),
        (lambda: f.occupation(7, 8), "plus d'agents que d'erlangs"),
        (lambda: f.erlang_b(2.5, 1), "nombre entier"),
        (lambda: f.erlang_b(-1, 1), "nombre entier"),
        (lambda: f.erlang_b(3, -1), "charge"),
        (lambda: f.erlang_b(3, float("nan")), "charge"),
        (lambda: f.agents_necessaires(float("inf"), 60), "charge"),
        (lambda: f.charge(appels=-1, periode=1, dmt=1), "ne peut pas être négatif"),
        (lambda: f.charge(appels=1, periode=0, dmt=1), "plus grandes que 0"),
        (lambda: f.attente_moyenne(14, 10, 0), "plus grande que 0"),
        (lambda: f.niveau_de_service(14, 10, 180, -1), "délai promis"),
        (lambda: f.abandon(14, 10, 180, 0), "patience est plus grande que 0"),
        (lambda: f.abandon(0, 10, 180, 60), "au moins un agent"),
        (lambda: f.agents_necessaires(10, 180, objectif=1), "0,8 pour 80 %"),
        (lambda: f.agents_necessaires(10, 180, objectif=80), "0,8 pour 80 %"),
    ],
)
def test_ce_qui_n_a_pas_de_sens_est_refuse_en_francais(geste, message):
    with pytest.raises(ValueError, match=message):
        geste()


def test_un_delai_nul_ne_compte_que_ceux_qui_n_attendent_pas():
    assert f.niveau_de_service(14, 10, 180, 0) == pytest.approx(1 - f.erlang_c(14, 10))
    assert f.niveau_de_service(14, 10, 180, 20) == pytest.approx(
        1 - f.erlang_c(14, 10) * exp(-4 * 20 / 180)
    )
