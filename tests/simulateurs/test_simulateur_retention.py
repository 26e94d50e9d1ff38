"""Le simulateur de rétention, sans navigateur : on agit sur les commandes, on lit ce qui s'affiche."""

import re
from html import unescape

import pytest

from grc_helpers.calculs.fidelisation import comparer_l_effort, valeur_d_un_point
from grc_helpers.figures.retention import figure_presents, phrase
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.retention import SimulateurRetention


def dirhams(montant):
    return ecrire_nombre(montant, 0, "DH")


@pytest.fixture
def simulateur():
    return SimulateurRetention()


def test_les_chiffres_affiches_sont_ceux_de_calculs(simulateur):
    simulateur.clients.curseur.value = 900
    simulateur.attrition.curseur.value = 30
    simulateur.marge.curseur.value = 150
    simulateur.points.curseur.value = 6
    simulateur.cout.curseur.value = 11
    simulateur.duree.curseur.value = 4
    attendu = comparer_l_effort(900, 0.30, 150, 0.06, 11, 4)
    assert simulateur.annees == attendu
    for an in attendu:
        for valeur in (an.sans, an.avec, an.marge_ajoutee, an.cout, an.gain, an.cumul):
            assert f"<td>{ecrire_nombre(valeur, 0)}</td>" in simulateur.chiffres
    assert "année 4" in simulateur.chiffres and "année 5" not in simulateur.chiffres
    assert dirhams(valeur_d_un_point(150, 0.30)) in simulateur.phrase_du_point
    assert "reste 3,3\u00a0ans en moyenne" in simulateur.phrase_du_point


def test_au_depart_l_effort_est_rembourse_l_annee_3(simulateur):
    assert "gain de 56\u202f434\u00a0DH. Remboursé l'année 3." in simulateur.phrase
    assert "un point de moins ajoute 33\u00a0DH par client" in simulateur.phrase


def test_le_cout_ou_cesser_de_retenir(simulateur):
    simulateur.cout.curseur.value = 18
    assert "gain de" in simulateur.phrase
    simulateur.cout.curseur.value = 19
    assert "perte de" in simulateur.phrase and "Pas encore remboursé" in simulateur.phrase


def test_plus_de_points_que_d_attrition_garde_le_dernier_calcul(simulateur):
    avant = simulateur.chiffres
    simulateur.points.curseur.value = 30
    assert "baissez les points gagnés" in unescape(simulateur.message)
    assert 'role="alert"' in simulateur.message and simulateur.chiffres == avant
    simulateur.points.curseur.value = 10
    assert simulateur.message == "" and simulateur.chiffres != avant


@pytest.mark.parametrize(
    ("commande", "saisie", "attendu"),
    [
        ("marge", "beaucoup", "Marge par client et par an : Je ne lis pas de nombre"),
        ("attrition", "", "Attrition par an : le champ est vide"),
        ("attrition", "120 %", "Attrition par an : écrivez un nombre entre 2"),
        ("duree", "2,5", "Nombre d'années : écrivez un nombre entier"),
    ],
)
def test_une_saisie_illisible_est_expliquee_et_ne_change_rien(
    simulateur, commande, saisie, attendu
):
    reglage, avant = getattr(simulateur, commande), simulateur.chiffres
    reglage.champ.value = saisie
    message = unescape(simulateur.message).replace("\u00a0", " ")
    assert attendu in message and simulateur.chiffres == avant
    reglage.champ.value = reglage.plage.ecrire(reglage.depart)
    assert simulateur.message == ""


def test_une_saisie_hostile_est_echappee(simulateur):
    simulateur.marge.champ.value = "<img src=x onerror=alert(1)>"
    assert "<img" not in simulateur.message and "&lt;img" in simulateur.message


def test_reinitialiser_remet_tout_comme_au_debut(simulateur):
    depart = simulateur.chiffres, simulateur.phrase
    simulateur.points.curseur.value = 40
    simulateur.clients.curseur.value = 300
    simulateur.marge.champ.value = "illisible"
    assert simulateur.message
    simulateur.remise.click()
    assert (simulateur.chiffres, simulateur.phrase) == depart and simulateur.message == ""
    assert simulateur.marge.champ.value == "200\u00a0DH"


@pytest.mark.parametrize(
    "extremes",
    [
        {"points": 0, "cout": 0},
        {"duree": 1},
        {"duree": 10, "clients": 5000, "marge": 2000},
        {"marge": 0},
        {"attrition": 90, "points": 40},
        {"points": 2, "attrition": 2},
    ],
)
def test_les_valeurs_extremes_passent(simulateur, extremes):
    for nom, valeur in extremes.items():
        getattr(simulateur, nom).curseur.value = valeur
    assert simulateur.message == "" and simulateur.figure.startswith("<figure")


def test_les_commandes_ont_un_nom_et_ne_sont_pas_plus_de_sept(simulateur):
    noms = [reglage.champ.description for reglage in simulateur.reglages]
    assert all(noms) and len(set(noms)) == len(noms) <= 7
    assert simulateur.remise.description


def test_la_figure_dit_ce_qu_elle_montre(simulateur):
    alternative = unescape(re.search('alt="([^"]*)"', simulateur.figure)[1])
    for an in simulateur.annees:
        avec, sans = ecrire_nombre(an.avec, 0), ecrire_nombre(an.sans, 0)
        assert f"année {an.rang}, {avec} avec effort, {sans} sans" in alternative
    assert simulateur.phrase in unescape(simulateur.figure)


def test_les_deux_courbes_se_distinguent_sans_la_couleur():
    axes = figure_presents(comparer_l_effort(100, 0.5, 30, 0.1, 2, 3), projection=True).axes[0]
    sans, avec = axes.lines
    assert (sans.get_marker(), sans.get_linestyle()) != (avec.get_marker(), avec.get_linestyle())
    assert list(avec.get_ydata()) == pytest.approx([100, 60, 36])
    textes = [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()]
    assert min(texte.get_fontsize() for texte in textes) >= 18
    assert {texte.get_text().strip() for texte in axes.texts} == {"avec : 36", "sans : 25"}


def test_la_phrase_dans_les_cas_difficiles():
    une_annee = phrase(comparer_l_effort(100, 0.5, 30, 0.1, 2, 1))
    assert une_annee.startswith("En 1 an, ") and "Pas encore remboursé." in une_annee
    gratuit = phrase(comparer_l_effort(100, 0.5, 30, 0, 0, 3))
    assert "gain de 0\u00a0DH" in gratuit and "Remboursé l'année 1." in gratuit
