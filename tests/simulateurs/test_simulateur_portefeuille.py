"""Le simulateur de portefeuille, sans navigateur : on agit sur les commandes, on lit ce qui s'affiche."""

import re

import pytest

from autograde.cas import rimaldi
from grc_helpers.calculs.portefeuille import Seuils, classer, classes_abc
from grc_helpers.donnees.commerces import portefeuille
from grc_helpers.figures.portefeuille import pourcent
from grc_helpers.simulateurs.portefeuille import GRAPHIQUES, SimulateurPortefeuille


@pytest.fixture
def simulateur():
    return SimulateurPortefeuille()


def clients_du_tableau(simulateur):
    return re.findall(r'<th scope="row">([^<]+)</th>', simulateur.tableau)


def test_le_tableau_montre_les_chiffres_de_calculs(simulateur):
    simulateur.seuil_a.curseur.value = 60
    simulateur.seuil_b.curseur.value = 90
    simulateur.franchissement.value = "inclus"
    ca, _ = portefeuille("torrefacteur")
    classes = classes_abc(classer(ca), Seuils(60, 90, "inclus"))
    for ligne in classer(ca):
        assert (
            f'<th scope="row">{ligne.client}</th><td>{ligne.montant:,.0f}</td>'.replace(
                ",", "\u202f"
            )
            + f"<td>{pourcent(ligne.part)}</td><td>{pourcent(ligne.cumul)}</td><td>{classes[ligne.client]}</td>"
            in simulateur.tableau
        )
    assert "classe A, 2 clients et 60\u00a0% du CA" in simulateur.phrase


def test_la_regle_de_franchissement_se_voit(simulateur):
    assert simulateur.classes["Lila"] == "B"
    simulateur.franchissement.value = "inclus"
    assert (
        simulateur.classes["Lila"] == "A"
        and "classe A, 4 clients et 81\u00a0%" in simulateur.phrase
    )


def test_le_tableau_suit_l_axe_du_graphique(simulateur):
    par_ca = clients_du_tableau(simulateur)
    assert par_ca[:2] == ["Miramar", "Nadir"]
    simulateur.graphique.value = "baleine"
    assert (
        clients_du_tableau(simulateur)[:2] == ["Miramar", "Lila"]
        and clients_du_tableau(simulateur)[-1] == "Nadir"
    )
    simulateur.graphique.value = "nuage"
    assert clients_du_tableau(simulateur) == par_ca


def test_le_seuil_de_rentabilite_change_les_groupes(simulateur):
    simulateur.graphique.value = "baleine"
    assert "Très rentables : Miramar, Lila, Page, Lycée (100\u00a0%)." in simulateur.phrase
    simulateur.seuil_ctr.champ.value = "22,5 %"
    assert "Très rentables : Miramar, Lila (65\u00a0%)." in simulateur.phrase
    assert [nom for nom, groupe in simulateur.groupes.items() if groupe == "CNR"] == [
        "Rosa",
        "Nadir",
    ]


@pytest.mark.parametrize("vue", [valeur for _, valeur in GRAPHIQUES])
def test_chaque_graphique_est_decrit_et_conclu(simulateur, vue):
    simulateur.graphique.value = vue
    alternative = re.search('alt="([^"]+)"', simulateur.figure)[1]
    assert (
        len(alternative) > 100
        and f"<figcaption>{simulateur.phrase.replace(chr(39), '&#39;')}</figcaption>"
        in simulateur.figure
    )


def test_des_seuils_impossibles_sont_expliques_et_ne_changent_rien(simulateur):
    avant = simulateur.tableau, simulateur.figure
    simulateur.seuil_a.curseur.value = 97
    assert (
        "Le seuil A doit être plus petit que le seuil B" in simulateur.message
        and 'role="alert"' in simulateur.message
    )
    assert (simulateur.tableau, simulateur.figure) == avant
    simulateur.seuil_b.curseur.value = 99
    assert simulateur.message == "" and simulateur.tableau != avant[0]


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ("beaucoup", "Je ne lis pas de nombre"),
        ("120 %", "écrivez un nombre entre 1"),
        ("80 €", "La réponse est attendue en %"),
    ],
)
def test_une_saisie_illisible_est_expliquee(simulateur, saisie, attendu):
    avant = simulateur.phrase
    simulateur.seuil_a.champ.value = saisie
    assert "Seuil de la classe A" in simulateur.message and attendu in simulateur.message
    assert simulateur.phrase == avant


def test_reinitialiser_remet_tout_comme_au_debut(simulateur):
    depart = simulateur.tableau, simulateur.phrase
    simulateur.graphique.value = "baleine"
    simulateur.franchissement.value = "inclus"
    simulateur.seuil_a.curseur.value = 50
    simulateur.seuil_b.champ.value = "illisible"
    simulateur.remise.click()
    assert (simulateur.tableau, simulateur.phrase) == depart and simulateur.message == ""
    assert simulateur.seuil_b.champ.value == "95\u00a0%"


def test_une_classe_vide_se_dit(simulateur):
    simulateur.seuil_a.curseur.value = 20
    assert simulateur.phrase.startswith("Sur 9 clients : classe A, personne ;")


def test_les_commandes_ont_un_nom_et_ne_sont_pas_plus_de_cinq(simulateur):
    commandes = [*(reglage.champ for reglage in simulateur.reglages), *simulateur.listes]
    assert len(commandes) == 5 and len({commande.description for commande in commandes}) == 5


def test_le_portefeuille_du_tp_n_est_pas_celui_du_simulateur(simulateur):
    affiche = simulateur.tableau + simulateur.figure
    simulateur.graphique.value = "baleine"
    affiche += simulateur.tableau
    assert not re.search(r"2\u202f850\u202f000|3\u202f589\u202f500|538\u202f425|113,5", affiche)
    projete = SimulateurPortefeuille(rimaldi.portefeuille(), "Rimaldi")
    assert clients_du_tableau(projete) == list("CEDGBJFAHI"), (
        "le formateur peut le projeter après le TP"
    )
