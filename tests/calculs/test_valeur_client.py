"""Les valeurs de contrôle de la valeur client, convention par convention (manuel, recalculs, exemples publiés)."""

import pytest

from autograde.cas import modele
from autograde.cas.verdanis import hypotheses
from grc_helpers.calculs import coherence
from grc_helpers.calculs.valeur_client import (
    ARRONDIS,
    VALEUR_CLIENT,
    multiple_de_marge,
    point_mort,
    valeur_actuelle_nette,
    valeur_de_la_cohorte,
    valeur_simple,
)

CAS = hypotheses()
# Les arrondis imprimés dans le manuel : clients entiers, unitaires tronqués, un total arrondi au dixième.
ARRONDIS_DU_MANUEL = {
    ("Clients perdus", "N4"): 21,
    ("CA par client", "N4"): 442.36,
    ("Coût de vie par client", "N3"): 124.8,
    ("Coût de vie par client", "N4"): 127.29,
    ("Coût de vie total", "N4"): 23294.1,
}


def test_valeur_simple():
    assert valeur_simple(duree=3, frequence=4, panier=1200) == 14_400


@pytest.mark.parametrize(
    ("options", "attendu"),
    [
        ({}, 140_676.44),
        ({"clients_entiers": "superieur"}, 140_607.42),
        ({"clients_entiers": "proche"}, 140_722.45),
        ({"acquisition": "unique"}, 246_196.44),
        ({"clients_entiers": "superieur", "acquisition": "unique"}, 246_007.42),
        ({"clients_entiers": "superieur", "acquisition": "unique", "taux": 0.10}, 185_431.24),
    ],
)
def test_la_cohorte_du_cas_selon_la_convention(options, attendu):
    assert valeur_de_la_cohorte(CAS, **options) == pytest.approx(attendu, abs=0.005)


def test_l_arrondi_du_manuel():
    valeurs = modele("valeur_client").calculer(ARRONDIS_DU_MANUEL)
    assert valeurs[VALEUR_CLIENT] == pytest.approx(140_625.78, abs=0.005)
    assert valeurs["Résultat", "N4"] == pytest.approx(21_057.78, abs=0.005)
    assert valeurs["Coût de vie total", "N3"] == pytest.approx(25_459.20, abs=0.005)


def test_le_tableau_sans_arrondi_ligne_par_ligne():
    valeurs = modele("valeur_client").calculer()
    attendu = {
        "Clients perdus": (100, 60, 36, 20.4),
        "Clients restants": (300, 240, 204, 183.6),
        "CA par client": (500, 480, 460.8, 442.368),
        "CA global": (150_000, 115_200, 94_003.2, 81_218.7648),
        "Coût d'acquisition total": (60_000, 48_000, 40_800, 36_720),
        "Coût de vie par client": (120, 122.4, 124.848, 127.34496),
        "Coût de vie total": (36_000, 29_376, 25_468.992, 23_380.5347),
        "Résultat": (54_000, 37_824, 27_734.208, 21_118.2301),
        "Résultat cumulé": (54_000, 91_824, 119_558.208, 140_676.4381),
    }
    for ligne, nombres in attendu.items():
        assert [valeurs[ligne, f"N{rang}"] for rang in range(1, 5)] == pytest.approx(
            nombres, abs=1e-4
        ), ligne


def test_encaisser_au_debut_de_l_annee_vaut_une_annee_d_interet_de_plus():
    fin, debut = (
        valeur_de_la_cohorte(CAS, taux=0.10, encaissement=quand) for quand in ("fin", "debut")
    )
    assert debut == pytest.approx(fin * 1.10)


@pytest.mark.parametrize(
    ("retention", "taux", "attendu"),
    [
        (0.6, 0.08, 1.25),
        (0.7, 0.10, 1.75),
        (0.8, 0.10, 2.67),
        (0.8, 0.12, 2.50),
        (0.9, 0.16, 3.46),
        (0, 0.1, 0),
        (1, 0.1, 10),
    ],
)
def test_multiple_de_marge(retention, taux, attendu):
    assert multiple_de_marge(retention, taux) == pytest.approx(attendu, abs=0.005)


@pytest.mark.parametrize(("retention", "taux"), [(1, 0), (1.2, 0.1), (-0.1, 0.1), (0.8, -0.1)])
def test_un_multiple_infini_ou_absurde_est_refuse(retention, taux):
    with pytest.raises(ValueError, match="rétention"):
        multiple_de_marge(retention, taux)


def test_le_client_publie():
    marges, couts = [200, 370, 375, 390, 305, 410], [90, 80, 80, 80, 70, 70]
    assert valeur_actuelle_nette(
        marges, couts, retention=0.8, taux=0.10, cout_acquisition=400
    ) == pytest.approx(264.65, abs=0.005)


def test_marges_et_couts_de_longueurs_differentes():
    with pytest.raises(ValueError):
        valeur_actuelle_nette([100, 100], [10], 0.8, 0.1, 0)


def test_point_mort():
    assert point_mort([-10, 0, 5]) == 2
    assert point_mort([]) is None


def test_incoherences_du_cumul_sans_connaitre_le_corrige():
    relations = coherence.valeur_client(("N1", "N2", "N3", "N4"))
    assert (
        coherence.incoherences(
            relations,
            {
                ("Résultat", "N1"): 10,
                ("Résultat", "N2"): 20,
                ("Résultat cumulé", "N1"): 10,
                ("Résultat cumulé", "N2"): 30,
            },
        )
        == {}
    )
    messages = coherence.incoherences(
        relations,
        {("Résultat", "N2"): 20, ("Résultat cumulé", "N1"): 10, ("Résultat cumulé", "N2"): 20},
    )
    assert list(messages) == [("Résultat cumulé", "N2")]
    assert messages["Résultat cumulé", "N2"].startswith("Résultat cumulé N2 : ")


@pytest.mark.parametrize(
    ("clients", "proche", "superieur"),
    [(12.5, 13, 13), (2.5, 3, 3), (20.4, 20, 21), (100 * 0.07, 7, 7)],
)
def test_arrondir_des_clients_comme_on_l_apprend(clients, proche, superieur):
    assert ARRONDIS["proche"](clients) == proche
    assert ARRONDIS["superieur"](clients) == superieur
