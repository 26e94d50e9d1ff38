"""Le simulateur de file d'attente, sans navigateur : on agit sur les commandes, on lit ce qui s'affiche."""

import re
from html import unescape

import pytest

from grc_helpers.calculs.files_attente import agents_necessaires, prevoir
from grc_helpers.figures.file_attente import figure_service
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.file_attente import SimulateurFileAttente


@pytest.fixture
def simulateur():
    return SimulateurFileAttente()


def lignes(simulateur):
    """Le tableau replié : chaque grandeur, puis sa valeur pour chaque nombre d'agents."""
    html = unescape(simulateur.figure)
    return {
        nom: re.findall("<td>(.*?)</td>", cases)
        for nom, cases in re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', html)
    }


def test_les_chiffres_affiches_sont_ceux_de_calculs(simulateur):
    """100 appels par demi-heure, 3 minutes, 14 agents : 89 % si personne ne raccrochait ; 90 avec une patience d'un quart d'heure."""
    simulateur.appels.curseur.value = 200
    simulateur.agents.curseur.value = 14
    simulateur.patience.curseur.value = 15
    prevision = prevoir(14, 10, dmt=180, delai=20, patience=900)
    chiffres = lignes(simulateur)
    milieu = {nom: valeurs[3] for nom, valeurs in chiffres.items()}
    assert all(len(valeurs) == 7 for valeurs in chiffres.values())
    assert milieu == {
        "Pris en 20 s (%)": ecrire_nombre(100 * prevision.niveau_de_service, 0),
        "Attente moyenne (s)": ecrire_nombre(prevision.attente, 0),
        "Raccrochent (%)": ecrire_nombre(100 * prevision.abandon, 0),
        "Agents occupés (%)": ecrire_nombre(100 * prevision.occupation, 0),
        "Coût de l'heure (DH)": "630",
        "Coût d'un appel pris (DH)": ecrire_nombre(630 / 200 / (1 - prevision.abandon), 2),
    }
    assert milieu["Pris en 20 s (%)"] == "90"


def test_la_phrase_dit_combien_d_agents_il_faut(simulateur):
    necessaires = agents_necessaires(6, 180, 0.8, 20, patience=120)
    assert simulateur.phrase.endswith(f"il en faut au moins {necessaires}.")
    simulateur.agents.curseur.value = necessaires
    assert simulateur.centre.avec(necessaires).niveau_de_service >= 0.8
    assert simulateur.centre.avec(necessaires - 1).niveau_de_service < 0.8


def test_un_agent_pour_six_erlangs_ne_bloque_pas_l_outil(simulateur):
    """Erlang C refuserait ; ici on voit ce que l'on perd : presque tout le monde raccroche."""
    simulateur.agents.curseur.value = 1
    assert simulateur.message == "" and "1\u00a0agent\u00a0: " in simulateur.phrase
    assert simulateur.centre.avec(1).abandon > 0.8
    assert [len(valeurs) for valeurs in lignes(simulateur).values()] == [4] * 6


@pytest.mark.parametrize(
    "extremes",
    [
        {"agents": 60, "appels": 5},
        {"agents": 1, "appels": 600, "duree": 15, "patience": 15},
        {"agents": 60, "appels": 600, "duree": 0.5, "patience": 0.5},
        {"duree": 15, "patience": 0.5, "cout": 300},
    ],
)
def test_les_valeurs_extremes_passent(simulateur, extremes):
    for nom, valeur in extremes.items():
        getattr(simulateur, nom).curseur.value = valeur
    assert simulateur.message == "" and simulateur.figure.startswith("<figure")


def test_une_saisie_illisible_ou_hostile_est_expliquee_et_ne_change_rien(simulateur):
    avant = simulateur.figure
    for saisie, attendu in (("beaucoup", "Je ne lis pas"), ("2,5", "entier"), ("<b>", "&lt;b")):
        simulateur.agents.champ.value = saisie
        message = simulateur.message
        assert attendu in message and 'role="alert"' in message and "<b>" not in message
        assert simulateur.figure == avant
    depart = simulateur.phrase, lignes(simulateur)
    simulateur.agents.curseur.value = 30
    assert simulateur.message == "" and simulateur.phrase != depart[0]
    simulateur.remise.click()
    assert simulateur.message == "" and (simulateur.phrase, lignes(simulateur)) == depart


def test_cinq_commandes_nommees_et_une_figure_decrite(simulateur):
    noms = [reglage.champ.description for reglage in simulateur.reglages]
    assert all(noms) and len(set(noms)) == len(noms) == 5
    alternative = unescape(re.search('alt="([^"]*)"', simulateur.figure)[1])
    for n, prevision in simulateur.centre.autour.items():
        service = ecrire_nombre(100 * prevision.niveau_de_service, 0, "%")
        assert f"{n}\u00a0agents, {service}" in alternative
    assert simulateur.phrase in unescape(simulateur.figure)


def test_les_barres_se_distinguent_sans_la_couleur_et_se_lisent_de_loin(simulateur):
    axes = figure_service(simulateur.centre, projection=True).axes[0]
    pleines = [barre for barre in axes.patches if barre.get_facecolor() != (1, 1, 1, 1)]
    assert len(axes.patches) == 7 and len(pleines) == 1
    hauteurs = [barre.get_height() for barre in axes.patches]
    assert hauteurs == sorted(hauteurs)
    textes = [*axes.texts, *axes.get_xticklabels()]
    assert min(texte.get_fontsize() for texte in textes) >= 18
