"""Le portefeuille Rimaldi : les valeurs publiées ou recalculées, les règles de seuil, et le tableau qui suit les erreurs."""

import pytest

from autograde.cas import modele, rimaldi
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.coherence import classes_abc as relations_abc
from grc_helpers.calculs.coherence import incoherences
from grc_helpers.calculs.portefeuille import (
    CLASSES,
    GROUPES,
    Seuils,
    classer,
    classes_abc,
    courbe_de_lorenz,
    gini,
    groupes_de_valeur,
    quadrants,
    resumer,
    sommet_de_la_baleine,
)
from grc_helpers.donnees.commerces import portefeuille

CA, VALEUR = rimaldi.portefeuille()
PAR_CA, PAR_VALEUR = classer(CA), classer(VALEUR)


def membres(familles, nom):
    return "".join(client for client, famille in familles.items() if famille == nom)


def test_rimaldi_par_chiffre_d_affaires():
    assert sum(CA.values()) == 2_850_000
    assert "".join(ligne.client for ligne in PAR_CA) == "CEDGBJFAHI"
    assert [ligne.part for ligne in PAR_CA] == [60, 14, 13, 4, 3, 2.3, 2, 1, 0.5, 0.2]
    assert [ligne.cumul for ligne in PAR_CA] == [60, 74, 87, 91, 94, 96.3, 98.3, 99.3, 99.8, 100]


def test_rimaldi_par_valeur():
    """La valeur de B est 538 425 : avec les 538 524 imprimés dans l'énoncé du manuel, son total ne tomberait pas juste."""
    assert VALEUR["B"] == 538_425 and sum(VALEUR.values()) == 3_589_500
    assert "".join(ligne.client for ligne in PAR_VALEUR) == "ECBAIGFHDJ"
    assert [ligne.part for ligne in PAR_VALEUR] == pytest.approx(
        [45, 30, 15, 8, 7, 5.5, 3, -2.5, -5, -6], abs=1e-4
    )
    sommet = sommet_de_la_baleine(PAR_VALEUR)
    assert (sommet.rang, sommet.client) == (7, "F") and sommet.cumul == pytest.approx(
        113.5, abs=1e-4
    )
    assert PAR_VALEUR[-1].cumul == 100


def test_rimaldi_classes_et_groupes():
    classes, groupes = classes_abc(PAR_CA, rimaldi.SEUILS), groupes_de_valeur(PAR_VALEUR)
    assert [membres(classes, nom) for nom in CLASSES] == ["C", "ED", "GBJFAHI"]
    assert [membres(groupes, nom) for nom in GROUPES] == ["ECB", "AIGF", "HDJ"]
    # Le texte du manuel dit 10 % pour les petits clients ; ses propres chiffres donnent 13 %.
    assert resumer(PAR_CA, classes, CLASSES) == {
        "A": (1, 10, 60),
        "B": (2, 20, 27),
        "C": (7, 70, 13),
    }
    parts = {nom: part for nom, (_, _, part) in resumer(PAR_VALEUR, groupes, GROUPES).items()}
    assert parts == pytest.approx({"CTR": 90, "CFR": 23.5, "CNR": -13.5}, abs=1e-4)


@pytest.mark.parametrize(
    ("seuils", "attendu"),
    [
        (Seuils(80, 95, "inclus"), ["CED", "GBJ", "FAHI"]),
        (Seuils(80, 95, "exclu"), ["CE", "DGB", "JFAHI"]),
        (Seuils(60, 90, "inclus"), ["C", "EDG", "BJFAHI"]),
        (Seuils(50, 90, "exclu"), ["", "CED", "GBJFAHI"]),
        (Seuils(50, 100, "exclu"), ["", "CEDGBJFAHI", ""]),
    ],
)
def test_la_regle_de_franchissement_change_les_classes(seuils, attendu):
    classes = classes_abc(PAR_CA, seuils)
    assert [membres(classes, nom) for nom in CLASSES] == attendu


@pytest.mark.parametrize("bornes", [(0, 95), (95, 80), (80, 80), (80, 101)])
def test_des_seuils_impossibles_sont_refuses(bornes):
    with pytest.raises(ValueError, match="seuil A"):
        Seuils(*bornes)


def test_gini_et_lorenz():
    assert gini(CA) == pytest.approx(0.6994, abs=5e-5)
    points = courbe_de_lorenz(CA)
    assert points[0] == (0, 0) and points[-1] == (100, 100) and points[-2] == (90, 40)
    # L'indice est deux fois l'aire entre la diagonale et la courbe (méthode des trapèzes).
    aire = (
        sum(
            (x2 - x1) * (y1 + y2) / 2
            for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False)
        )
        / 10_000
    )
    assert gini(CA) == pytest.approx(1 - 2 * aire, abs=1e-6)
    with pytest.raises(ValueError, match="baleine"):
        gini(VALEUR)


def test_un_total_nul_est_refuse():
    with pytest.raises(ValueError, match="total"):
        classer({"A": 10, "B": -10})


def test_quadrants():
    trouves = quadrants(CA, VALEUR)
    assert {client: trouves[client] for client in "BCDE"} == {
        "B": "petits mais rentables",
        "C": "gros et rentables",
        "D": "gros mais peu rentables",
        "E": "gros et rentables",
    }


def test_le_tableau_du_tp_a_les_memes_valeurs():
    valeurs = modele("rimaldi").calculer()
    assert valeurs[Case("CA total")] == 2_850_000 and valeurs[Case("Valeur totale")] == 3_589_500
    for ligne in PAR_CA:
        assert valeurs[f"Client {ligne.client}", "Rang CA"] == ligne.rang
        assert valeurs[f"Client {ligne.client}", "Part du CA"] == pytest.approx(ligne.part)
        assert valeurs[f"Rang {ligne.rang}", "CA cumulé"] == pytest.approx(ligne.cumul)
    for ligne in PAR_VALEUR:
        assert valeurs[f"Client {ligne.client}", "Rang valeur"] == ligne.rang
        assert valeurs[f"Client {ligne.client}", "Part de la valeur"] == pytest.approx(ligne.part)
    assert [valeurs[f"Classe {nom}", "Part du CA"] for nom in CLASSES] == pytest.approx(
        [60, 27, 13]
    )


def test_les_cumuls_suivent_les_rangs_et_les_parts_du_stagiaire():
    tableau = modele("rimaldi")
    echange = {("Client D", "Rang CA"): 2, ("Client E", "Rang CA"): 3}
    valeurs = tableau.calculer(echange)
    assert [valeurs[f"Rang {rang}", "CA cumulé"] for rang in (1, 2, 3)] == pytest.approx(
        [60, 73, 87]
    )
    autre_part = tableau.calculer({("Client E", "Part du CA"): 15})
    assert autre_part["Rang 2", "CA cumulé"] == pytest.approx(75)


def test_les_parts_des_classes_suivent_le_nombre_de_clients_du_stagiaire():
    valeurs = modele("rimaldi").calculer({("Classe A", "Clients"): 2, ("Classe B", "Clients"): 1})
    assert [valeurs[f"Classe {nom}", "Part du CA"] for nom in CLASSES] == pytest.approx(
        [74, 13, 13]
    )
    assert (
        modele("rimaldi").recalculer(
            ("Classe A", "Part du CA"),
            modele("rimaldi").calculer() | {("Classe A", "Clients"): 1.5},
        )
        is None
    )


def test_les_dix_pour_cent_du_manuel_se_voient_dans_les_propres_chiffres():
    """Le stagiaire qui recopie « 10 % » l'apprend avant de rendre : ses trois parts ne font pas 100."""
    parts = {
        ("Rang 10", "CA cumulé"): 100,
        ("Classe A", "Part du CA"): 60,
        ("Classe B", "Part du CA"): 27,
        ("Classe C", "Part du CA"): 10,
    }
    [message] = incoherences(relations_abc(10), parts).values()
    assert (
        "Classe C Part du CA" in message
        and "cumul du dernier rang − classe A − classe B" in message
    )
    assert incoherences(relations_abc(10), parts | {("Classe C", "Part du CA"): 13}) == {}


def test_le_torrefacteur_n_est_pas_rimaldi():
    """Le simulateur du stagiaire montre un autre portefeuille, avec d'autres clients et une autre répartition."""
    ca, valeur = portefeuille("torrefacteur")
    assert {ligne.client for ligne in classer(ca)}.isdisjoint(CA)
    assert [ligne.part for ligne in classer(ca)] == [37, 23, 12, 9, 7, 5, 3.5, 2.25, 1.25]
    assert [ligne.part for ligne in classer(valeur)] == [40, 25, 20, 15, 9, 7.5, 3.5, -5, -15]
    assert sommet_de_la_baleine(classer(valeur)).cumul == 120
