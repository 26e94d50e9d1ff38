"""Le simulateur de reconquête, sans navigateur : coût, valeur, gain, et ce qui s'affiche."""

import re
from html import unescape

import pytest

from grc_helpers.calculs.fidelisation import marge_minimale, reussite_minimale
from grc_helpers.figures.reconquete import Campagne, figure_cout_et_valeur
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.reconquete import SimulateurReconquete


@pytest.fixture
def simulateur():
    return SimulateurReconquete()


def test_compter_les_depenses_donne_le_meme_gain_que_la_formule():
    """200 appels à 15 DH, 40 retours à 60 DH, 40 clients qui laissent 400 DH."""
    campagne = Campagne(200, 15, 0.20, 60, 200, 2)
    assert campagne.cout == pytest.approx((200 * 15 + 40 * 60) / 40) == pytest.approx(135)
    assert campagne.gain == pytest.approx(40 * 400 - 200 * 15 - 40 * 60) == pytest.approx(10_600)


def test_les_commandes_menent_la_campagne(simulateur):
    simulateur.approches.curseur.value = 100
    simulateur.contact.curseur.value = 20
    simulateur.reussite.curseur.value = 10
    simulateur.geste.curseur.value = 50
    simulateur.marge.curseur.value = 120
    simulateur.annees.curseur.value = 3
    assert simulateur.campagne == Campagne(100, 20, 0.10, 50, 120, 3)
    assert simulateur.phrase.startswith("Un client revenu coûte 250\u00a0DH et laissera 360")
    assert "gain de 1\u202f100\u00a0DH" in simulateur.phrase
    for montant in (200, 50, 250, 360, 1100):
        assert f"<td>{ecrire_nombre(montant, 0)}</td>" in simulateur.figure


def test_les_deux_limites_ou_cesser(simulateur):
    assert marge_minimale(15, 0.20, 60, 2) == pytest.approx(67.5)
    for marge, mot in ((70, "gain de"), (60, "perte de")):
        simulateur.marge.curseur.value = marge
        assert mot in simulateur.phrase
    simulateur.reinitialiser()
    assert reussite_minimale(400, 15, 60) == pytest.approx(0.0441, abs=1e-4)
    for reussite, mot in ((5, "gain de"), (4, "perte de")):
        simulateur.reussite.curseur.value = reussite
        assert mot in simulateur.phrase


@pytest.mark.parametrize(
    ("commande", "saisie", "attendu"),
    [
        ("marge", "beaucoup", "Marge par client et par an : Je ne lis pas de nombre"),
        ("reussite", "0 %", "Reviennent grâce à nous : écrivez un nombre entre 1"),
        ("annees", "1,5", "Années regagnées : écrivez un nombre entier"),
    ],
)
def test_une_saisie_illisible_est_expliquee_et_ne_change_rien(
    simulateur, commande, saisie, attendu
):
    avant = simulateur.phrase
    reglage = getattr(simulateur, commande)
    reglage.champ.value = saisie
    message = unescape(simulateur.message).replace("\u00a0", " ")
    assert attendu in message and 'role="alert"' in simulateur.message
    assert simulateur.phrase == avant
    reglage.champ.value = reglage.plage.ecrire(reglage.depart)
    assert simulateur.message == ""


def test_une_saisie_hostile_est_echappee(simulateur):
    simulateur.marge.champ.value = "<img src=x onerror=alert(1)>"
    assert "<img src=x" not in simulateur.message and "&lt;img" in simulateur.message


def test_reinitialiser_remet_tout_comme_au_debut(simulateur):
    depart = simulateur.phrase
    for reglage in simulateur.reglages:
        reglage.curseur.value = reglage.plage.minimum
    simulateur.marge.champ.value = "illisible"
    assert simulateur.phrase != depart and simulateur.message
    simulateur.remise.click()
    assert simulateur.phrase == depart and simulateur.message == ""


@pytest.mark.parametrize(
    "extremes",
    [{"reussite": 1}, {"reussite": 100}, {"marge": 0, "contact": 0, "geste": 0}, {"annees": 10}],
)
def test_les_valeurs_extremes_passent(simulateur, extremes):
    for nom, valeur in extremes.items():
        getattr(simulateur, nom).curseur.value = valeur
    assert simulateur.message == "" and simulateur.figure.startswith("<figure")


def test_les_commandes_ont_un_nom_et_ne_sont_pas_plus_de_sept(simulateur):
    noms = [reglage.champ.description for reglage in simulateur.reglages]
    assert all(noms) and len(set(noms)) == len(noms) <= 7


def test_la_figure_dit_ce_qu_elle_montre(simulateur):
    alternative = unescape(re.search('alt="([^"]*)"', simulateur.figure)[1])
    for montant in (75, 60, 400):
        assert ecrire_nombre(montant, 0, "DH") in alternative
    assert simulateur.phrase in unescape(simulateur.figure)


def test_le_cout_et_la_valeur_se_distinguent_sans_la_couleur():
    axes = figure_cout_et_valeur(Campagne(200, 15, 0.20, 60, 200, 2), projection=True).axes[0]
    assert [barre.get_hatch() for barre in axes.patches] == ["//", "..", None]
    assert [barre.get_width() for barre in axes.patches] == pytest.approx([75, 60, 400])
    textes = [*axes.texts, *axes.get_yticklabels()]
    assert min(texte.get_fontsize() for texte in textes) >= 18
