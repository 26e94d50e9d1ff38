"""Le tri des réclamations et leurs comptes : la règle, la file, les refus, les valeurs limites."""

import pytest

from grc_helpers.calculs import reclamations as r


def test_la_regle_de_depart_est_celle_du_metier():
    """24 heures, le délai demandé deux fois, une semaine : les quatre cases de la matrice (inventaire, s4-th-12)."""
    assert [r.delai_de_reponse(u, i, demande=50) for u, i in r.CASES] == [24, 50, 50, 168]


def test_les_deux_cases_mixtes_suivent_le_client_et_se_distinguent_par_leur_nom():
    assert len(set(r.CASES.values())) == 4
    urgente, importante = r.Reclamation("a", True, False, 9), r.Reclamation("b", False, True, 9)
    assert urgente.case != importante.case
    assert {delai for delai, _ in r.file_d_attente([urgente, importante])} == {9}


def test_la_file_garde_tout_le_monde_et_va_du_plus_presse_au_moins_presse():
    recues = [r.Reclamation(f"{h}", u, i, h) for h in (200, 3, 60) for u, i in r.CASES]
    for regle in (r.Regle(), r.Regle(5, 70), r.Regle(72, 72)):
        file = r.file_d_attente(recues, regle)
        assert sorted(map(repr, recues)) == sorted(repr(carte) for _, carte in file)
        delais = [delai for delai, _ in file]
        assert delais == sorted(delais) and min(delais) == 3


def test_a_delai_egal_l_urgent_et_important_passe_devant_puis_l_ordre_d_arrivee():
    premier = r.Reclamation("premier", False, True, 24)
    second = r.Reclamation("second", True, False, 24)
    gaz = r.Reclamation("gaz", True, True)
    assert [carte.nom for _, carte in r.file_d_attente([premier, second, gaz])] == [
        "gaz",
        "premier",
        "second",
    ]


@pytest.mark.parametrize(
    ("geste", "message"),
    [
        (lambda: r.Regle(0, 168), "plus grand que 0"),
        (lambda: r.Regle(48, 24), "n'attend pas plus longtemps"),
        (lambda: r.delai_de_reponse(True, False), "Demandez au client"),
        (lambda: r.delai_de_reponse(False, True, 0), "Demandez au client"),
        (lambda: r.pour_mille(3, 0), "au moins un client"),
        (lambda: r.part_dans_le_delai([], 3), "au moins une réclamation"),
        (lambda: r.delai_median([]), "au moins une réclamation"),
    ],
)
def test_ce_qui_n_a_pas_de_sens_est_refuse_en_francais(geste, message):
    with pytest.raises(ValueError, match=message):
        geste()


def test_un_dossier_oublie_tire_la_moyenne_et_pas_la_mediane():
    delais = [2, 3, 4, 5, 86]
    assert sum(delais) / len(delais) == 20 and r.delai_median(delais) == 4
    assert r.part_dans_le_delai(delais, promis=5) == 0.8


def test_le_plus_gros_secteur_n_est_pas_le_plus_mal_servi():
    assert r.pour_mille(60, 6000) == 10 < r.pour_mille(18, 900) == 20
