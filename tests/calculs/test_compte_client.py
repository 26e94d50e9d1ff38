"""Les valeurs de contrôle du compte de Tamax, convention par convention, et celles des exemples publiés."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograde.cas import modele
from autograde.cas.tamax import compte_de_tamax, releve_de_tamax
from grc_helpers.calculs.compte_client import (
    Ecriture,
    balance_agee,
    dso,
    ecarts_de_saisie,
    echeance,
    hors_taxe,
    jours_de_la_periode,
    jours_entre_commandes,
    lettrer,
    part_du_client_moyen,
    pieces_ouvertes,
    soldes,
    taux_de_marge,
    taux_de_marque,
    ventes_nettes,
)
from grc_helpers.donnees.commerces import compte

TAMAX = compte_de_tamax()
FACTURES = [e for e in TAMAX if e.nature == "facture"]
# Le solde d'ouverture est fait de deux mois de ventes, que l'énoncé donne.
OUVERTURE = [
    Ecriture(date(2026, 2, 28), "facture", "", "ventes de février", debit=1949.58),
    Ecriture(date(2026, 3, 31), "facture", "", "ventes de mars", debit=1767.20),
]


def ecriture(jour, nature, montant):
    return Ecriture(jour, nature, "", "", **{"debit" if nature == "facture" else "credit": montant})


def test_les_soldes_de_tamax():
    attendus = [3716.78, 1767.20, 2649.70, 3247.22, 3541.39, 3467.85, 1700.65, 1700.65]
    attendus += [2141.90, 2767.00, 3226.63, 3226.63, 1525.98, 1467.15, 1584.82, 1805.44]
    assert soldes(TAMAX) == attendus
    assert OUVERTURE[0].debit + OUVERTURE[1].debit == pytest.approx(3716.78)


def test_des_dates_qui_reculent_sont_refusees():
    with pytest.raises(ValueError, match="rangées par date"):
        soldes(TAMAX[::-1])


def test_les_deux_montants_mal_recopies_du_releve():
    releve, lus = releve_de_tamax()
    [(rang, ecart)] = ecarts_de_saisie(releve, lus).items()
    assert (releve[rang].numero, releve[rang].debit, ecart, TAMAX[rang].debit) == (
        "194",
        219.17,
        75.00,
        294.17,
    )
    traites = {e.numero: e.pour_memoire for e in releve if e.nature == "traite_tiree"}
    justes = {e.numero: e.pour_memoire for e in TAMAX if e.nature == "traite_tiree"}
    assert traites == {"428": 1700.65, "472": 3226.63} and justes == {
        "428": 1700.65,
        "472": 1525.98,
    }
    assert traites["472"] - justes["472"] == pytest.approx(1700.65), (
        "l'écart est la traite 428, qui court encore"
    )
    assert ecarts_de_saisie(TAMAX, lus) == {}


def test_le_prix_au_litre_confirme_la_facture_194():
    prix = {"316": 441.25 / 30, "194": 294.17 / 20}
    assert prix["194"] == pytest.approx(prix["316"], abs=0.001)


def test_les_ventes_nettes_de_chaque_mois():
    assert [ventes_nettes(TAMAX, 2026, mois) for mois in (4, 5, 6)] == [1700.65, 1525.98, 279.46]
    assert soldes(TAMAX)[-1] == pytest.approx(1525.98 + 279.46)


def test_les_commandes_brutes_et_nettes():
    brut = sum(e.debit for e in FACTURES)
    net = brut - sum(e.credit for e in TAMAX if e.nature == "avoir")
    assert (len(FACTURES), round(brut, 2), round(net, 2)) == (8, 3638.46, 3506.09)
    assert (round(brut / 8, 2), round(net / 8, 2), round(brut / 3, 2), round(net / 3, 2)) == (
        454.81,
        438.26,
        1212.82,
        1168.70,
    )


def test_la_frequence_selon_la_convention():
    jours = [e.jour for e in FACTURES]
    debut, fin = date(2026, 4, 1), date(2026, 6, 23)
    assert (jours_de_la_periode(debut, fin), jours_de_la_periode(debut, fin, "exclues")) == (84, 83)
    assert jours_entre_commandes(jours, periode=84) == 10.5
    assert (max(jours) - min(jours)).days == 77 and jours_entre_commandes(jours) == 11
    assert jours_entre_commandes(jours, periode=91) == pytest.approx(11.4, abs=0.05)
    with pytest.raises(ValueError, match="deux pour un intervalle"):
        jours_entre_commandes(jours[:1])


def test_la_place_de_tamax_dans_le_portefeuille():
    assert round(46_000 / 36, 2) == 1277.78
    assert part_du_client_moyen(3638.46 / 3, 46_000, 36) == pytest.approx(0.949, abs=0.0005)


def test_le_tableau_du_tp():
    valeurs = {cle: round(valeur, 2) for cle, valeur in modele("tamax").calculer().items()}
    assert valeurs["Écart", "Facture"] == 75.00 and valeurs["Écart", "Traite"] == 1700.65
    assert (
        valeurs["Montant juste", "Facture"] == 294.17
        and valeurs["Montant juste", "Traite"] == 1525.98
    )
    assert valeurs["11 mai", "Solde"] == 2141.90 and valeurs["23 juin", "Solde"] == 1805.44
    assert (
        valeurs["Factures d'avril", "Montant"] == 1774.19
        and valeurs["Ventes nettes d'avril", "Montant"] == 1700.65
    )
    assert (
        valeurs["Total des commandes", "Valeur"] == 3638.46
        and valeurs["Moyenne par commande", "Valeur"] == 454.81
    )
    assert (
        valeurs["Jours entre deux commandes", "Valeur"] == 11
        and valeurs["Commandes par mois", "Valeur"] == 2.67
    )
    assert (
        valeurs["Achats de Tamax par mois", "Valeur"] == 1212.82
        and valeurs["Achats du client moyen par mois", "Valeur"] == 1277.78
    )
    mois = [valeurs[f"Commandes {mois}", "Valeur"] for mois in ("d'avril", "de mai", "de juin")]
    assert mois == [1774.19, 1525.98, 338.29]
    assert valeurs["Baisse d'avril à juin, en %", "Valeur"] == 80.93


@pytest.mark.parametrize(
    ("facture", "total", "moyenne"), [(219.17, 3563.46, 445.43), (294.17, 3638.46, 454.81)]
)
def test_le_total_suit_le_montant_retrouve(facture, total, moyenne):
    valeurs = modele("tamax").calculer({("Montant juste", "Facture"): facture})
    assert round(valeurs["Total des commandes", "Valeur"], 2) == total
    assert round(valeurs["Moyenne par commande", "Valeur"], 2) == moyenne


def test_le_lettrage_de_tamax():
    lignes = sorted(OUVERTURE + TAMAX[1:], key=lambda e: e.jour)
    lettres = {}
    for e, lettre in zip(lignes, lettrer(lignes), strict=True):
        lettres.setdefault(lettre, []).append(e.numero or e.libelle)
    assert lettres["A"] == ["ventes de février", "391"] and lettres["B"] == [
        "ventes de mars",
        "401",
    ]
    assert lettres["C"] == ["172", "187", "194", "212", "428"], (
        "la traite 428 solde les factures d'avril, avoir déduit"
    )
    assert sum(e.montant for e in pieces_ouvertes(lignes, date(2026, 6, 30))) == pytest.approx(
        1805.44
    )


def test_la_facture_mal_recopiee_empeche_le_lettrage():
    releve, _ = releve_de_tamax()
    assert set(lettrer(releve)) == {""}


def test_un_paiement_partiel_et_un_paiement_trop_tot_restent_sans_lettre():
    a, b = ecriture(date(2026, 1, 5), "facture", 100), ecriture(date(2026, 1, 9), "reglement", 60)
    assert lettrer([a, b]) == ["", ""]
    assert lettrer([ecriture(date(2026, 1, 2), "reglement", 100), a]) == ["", ""]


def test_au_dela_de_vingt_six_lettres():
    lignes = [
        e
        for mois in range(28)
        for e in (
            ecriture(date(2026, 1, 1), "facture", mois + 1),
            ecriture(date(2026, 1, 1), "reglement", mois + 1),
        )
    ]
    assert lettrer(lignes)[-1] == "AB"


@given(
    st.lists(
        st.tuples(
            st.integers(1, 28),
            st.sampled_from(["facture", "avoir", "reglement"]),
            st.integers(1, 40),
        ),
        min_size=1,
        max_size=9,
    ),
    st.sampled_from(["facture", "echeance"]),
)
def test_la_balance_agee_totalise_le_solde(brutes, depuis):
    """Quoi qu'il arrive au lettrage, rien ne se perd : les classes d'âge font le solde."""
    lignes = [
        ecriture(date(2026, 1, jour), nature, montant * 5)
        for jour, nature, montant in sorted(brutes)
    ]
    fin = date(2026, 6, 30)
    assert sum(balance_agee(lignes, fin, depuis).values()) == pytest.approx(soldes(lignes)[-1])


def test_les_bornes_de_la_balance_agee():
    fin = date(2026, 6, 30)
    ages = {
        30: "0 à 30 jours",
        31: "31 à 60 jours",
        60: "31 à 60 jours",
        61: "61 à 90 jours",
        90: "61 à 90 jours",
        91: "plus de 90 jours",
    }
    for age, classe in ages.items():
        lignes = [ecriture(date.fromordinal(fin.toordinal() - age), "facture", 10)]
        assert balance_agee(lignes, fin)[classe] == 10, age


def test_l_echeance_de_tamax_est_la_fin_du_mois_suivant():
    assert echeance(date(2026, 4, 5)) == date(2026, 5, 31) and echeance(date(2026, 5, 27)) == date(
        2026, 6, 30
    )
    assert echeance(date(2026, 1, 31), fin_de_mois="avant") == date(2026, 3, 2)


def test_le_delai_de_paiement():
    assert (
        dso(180_000, 1_200_000, 360) == 54
        and dso(1_000, 1_300, 91) == 70
        and dso(20_000, 45_000, 90) == 40
    )
    assert dso(1805.44, 3506.09, 91) == pytest.approx(46.9, abs=0.05)


def test_marque_et_marge():
    assert taux_de_marge(0.20) == pytest.approx(0.25) and taux_de_marque(0.25) == pytest.approx(
        0.20
    )
    assert taux_de_marge(50 / 200) == pytest.approx(1 / 3) and taux_de_marque(1) == 0.5
    assert taux_de_marque(taux_de_marge(0.37)) == pytest.approx(0.37)
    with pytest.raises(ValueError, match="1 exclu"):
        taux_de_marge(1)


def test_la_marge_de_tamax_a_la_tva_de_l_enonce():
    ht = hors_taxe(3638.46, 0.20)
    assert (round(ht, 2), round(0.20 * ht, 2)) == (3032.05, 606.41)
    assert 0.20 * ht == pytest.approx(3638.46 / 6), (
        "à 20 % de TVA et 20 % de marque, la marge est un sixième du TTC"
    )


def test_le_compte_de_l_explorateur_est_juste_et_n_est_pas_tamax():
    ecole, lus = compte("ecole_al_manar")
    assert soldes(ecole) == lus
    assert not {e.montant for e in ecole if e.montant} & {e.montant for e in TAMAX}
