"""Le simulateur des droits du passager, sans navigateur : on choisit, on règle, on lit ce qui s'affiche."""

import re
from html import unescape

import pytest

from grc_helpers.calculs.passagers import CAUSES
from grc_helpers.simulateurs.passagers import LIAISONS, SimulateurPassagers


@pytest.fixture
def simulateur():
    return SimulateurPassagers()


def lignes(simulateur):
    """Le tableau affiché : chaque droit et sa réponse."""
    html = unescape(simulateur.figure).replace("\u00a0", " ").replace("\u202f", " ")
    return dict(re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td>', html))


def test_les_commandes_menent_les_droits(simulateur):
    """Marseille – Casablanca, quatre heures, une panne : tout sauf la nuit et le billet ; puis la météo prouvée, et le lendemain."""
    assert lignes(simulateur) == {
        "S'applique-t-il ?": "oui",
        "Repas, deux appels": "oui",
        "Hôtel et trajets": "non",
        "Billet remboursé": "non",
        "Indemnité": "400 €",
    }
    simulateur.cause.value = "météo, prouvée"
    simulateur.nuit.value = True
    simulateur.retard_au_depart.curseur.value = 12
    assert lignes(simulateur)["Indemnité"] == "0 €" and "pas d'indemnité" in unescape(
        simulateur.phrase
    )
    assert lignes(simulateur)["Hôtel et trajets"] == "oui"
    assert lignes(simulateur)["Billet remboursé"] == "si l'on renonce"


def test_de_new_york_la_compagnie_change_tout(simulateur):
    simulateur.liaison.value = ("JFK", "ORY")
    assert lignes(simulateur)["Indemnité"] == "600 €"
    simulateur.retard_a_l_arrivee.curseur.value = 3.5
    assert lignes(simulateur)["Indemnité"] == "300 €"
    simulateur.compagnie.value = False
    assert lignes(simulateur) == {"S'applique-t-il ?": "non"}
    assert simulateur.phrase.startswith("Hors du champ")


def test_le_vol_du_tp_n_est_pas_dans_la_liste():
    assert ("CMN", "ORY") not in LIAISONS


def test_chaque_choix_s_affiche_sans_erreur_et_tout_se_remet(simulateur):
    depart = simulateur.figure
    for liste in simulateur.listes:
        for _, valeur in liste._options_full:
            liste.value = valeur
            assert simulateur.message == "" and 'role="status"' in simulateur.figure
    for reglage in simulateur.reglages:
        reglage.curseur.value = reglage.plage.maximum
    assert simulateur.figure != depart
    simulateur.remise.click()
    assert simulateur.figure == depart and simulateur.message == ""
    assert simulateur.cause_choisie == CAUSES[0]


def test_une_saisie_illisible_ou_hostile_est_expliquee_et_ne_change_rien(simulateur):
    avant = simulateur.figure
    for saisie, attendu in (
        ("longtemps", "Je ne lis pas de nombre"),
        ("40", "entre 0"),
        ("<b>", "&lt;b"),
    ):
        simulateur.retard_au_depart.champ.value = saisie
        message = simulateur.message.replace("\u00a0", " ")
        assert attendu in message and 'role="alert"' in message and "<b>" not in message
        assert simulateur.figure == avant


def test_les_commandes_ont_un_nom_et_ne_sont_pas_plus_de_sept(simulateur):
    noms = [reglage.champ.description for reglage in simulateur.reglages]
    noms += [liste.description for liste in simulateur.listes]
    assert all(noms) and len(set(noms)) == len(noms) <= 7
