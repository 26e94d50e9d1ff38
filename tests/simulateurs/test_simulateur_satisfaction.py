"""Le simulateur de satisfaction, sans navigateur : on choisit un indicateur, on règle les réponses, on lit ce qui s'affiche."""

import re
from html import unescape

import pytest

from grc_helpers.calculs import satisfaction as s
from grc_helpers.figures.satisfaction import CES_EFFORT, INDICATEURS, NPS, figure_marge
from grc_helpers.simulateurs.satisfaction import SimulateurSatisfaction


@pytest.fixture
def simulateur():
    return SimulateurSatisfaction()


def regler(simulateur, rang, *effectifs):
    """Choisit un indicateur par son rang, puis ses trois groupes."""
    simulateur.indicateur.index = rang
    groupes = (simulateur.contents, simulateur.entre_deux, simulateur.mecontents)
    for reglage, nombre in zip(groupes, effectifs, strict=True):
        reglage.curseur.value = nombre


def lu(texte):
    return unescape(texte).replace("\u00a0", " ").replace("\u202f", " ")


def test_le_nps_de_la_lecon_et_sa_marge(simulateur):
    """35, 10 et 30 : 7 points à 21 près. On ne peut pas dire qu'il est positif."""
    regler(simulateur, 0, 35, 10, 30)
    phrase = lu(simulateur.phrase)
    assert phrase.startswith("NPS de 7 points, à 21 près, sur 75 réponses : entre −14 et 28.")
    assert "On ne sait pas s'il est au-dessus ou au-dessous de 0." in phrase
    simulateur.visees.curseur.value = 300
    assert simulateur.enquete.marge_visee == pytest.approx(simulateur.enquete.marge / 2)
    assert "Avec 300 réponses et les mêmes avis : à 11 près." in lu(simulateur.phrase)


def test_le_csat_publie(simulateur):
    regler(simulateur, 1, 74, 10, 23)
    assert lu(simulateur.phrase).startswith("CSAT de 69 %, à 9 près, sur 107 réponses")
    assert "On ne sait pas" not in simulateur.phrase
    assert "<td>69,2 %</td>" in lu(simulateur.figure)


def test_les_deux_ces_disent_la_meme_chose_a_l_envers(simulateur):
    """60 faciles, 20 entre les deux, 20 difficiles : 2,2 sur une échelle, 5,2 sur l'autre, et la même facilité."""
    regler(simulateur, 2, 60, 20, 20)
    effort = simulateur.enquete.valeur
    assert effort == pytest.approx(2.2) and simulateur.contents.champ.description.endswith(
        "note 1)"
    )
    regler(simulateur, 3, 60, 20, 20)
    facilite = simulateur.enquete.valeur
    assert facilite == pytest.approx(5.2)
    assert simulateur.contents.champ.description.endswith("note 7)")
    assert s.facilite(effort) == pytest.approx(s.facilite(facilite, s.FACILITE)) == 0.7


def test_changer_d_indicateur_renomme_les_groupes_et_garde_les_reponses(simulateur):
    for rang, indicateur in enumerate(INDICATEURS):
        simulateur.indicateur.index = rang
        noms = [reglage.champ.description for reglage in simulateur.reglages]
        assert tuple(noms[:3]) == indicateur.groupes and len(set(noms)) == 4
        assert simulateur.enquete.effectifs == (45, 30, 25)
        assert all(nom in unescape(simulateur.figure) for nom in indicateur.groupes)
    simulateur.contents.champ.value = "x"
    assert lu(simulateur.message).count("Facile (note 7) : ") == 1


def test_sans_reponse_le_dernier_calcul_reste_et_l_on_dit_quoi_faire(simulateur):
    regler(simulateur, 0, 0, 0, 2)
    avant = simulateur.figure
    simulateur.mecontents.curseur.value = 1
    assert "augmentez l'un des trois groupes" in lu(simulateur.message)
    assert simulateur.figure == avant
    regler(simulateur, 1, 200, 200, 200)
    assert simulateur.message == "" and "sur 600 réponses" in lu(simulateur.figure)
    simulateur.remise.click()
    assert simulateur.message == "" and simulateur.enquete.effectifs == (45, 30, 25)
    assert simulateur.contents.champ.description == "Promoteurs (9 et 10)"


@pytest.mark.parametrize("rang", range(4))
def test_des_avis_unanimes_n_ont_pas_une_marge_nulle_mais_pas_de_marge(simulateur, rang):
    """Cinq réponses pareilles ne disent pas tout : la formule donnerait 0."""
    regler(simulateur, rang, 5, 0, 0)
    assert "la formule de la marge n'y vaut plus rien" in lu(simulateur.phrase)


def test_une_saisie_hostile_est_echappee(simulateur):
    avant = simulateur.figure
    simulateur.contents.champ.value = "<img src=x onerror=alert(1)>"
    assert "<img" not in simulateur.message and "&lt;img" in simulateur.message
    assert simulateur.figure == avant


@pytest.mark.parametrize("indicateur", [NPS, CES_EFFORT], ids=lambda i: i.sigle)
def test_les_deux_traits_se_distinguent_et_restent_dans_l_echelle(simulateur, indicateur):
    regler(simulateur, INDICATEURS.index(indicateur), 3, 0, 1)
    enquete = simulateur.enquete
    axes = figure_marge(enquete, projection=True).axes[0]
    _, large, point, fin, autre_point = axes.lines
    assert large.get_linewidth() > fin.get_linewidth()
    assert point.get_marker() != autre_point.get_marker()
    for trait, marge in ((large, enquete.marge), (fin, enquete.marge_visee)):
        assert tuple(trait.get_xdata()) == enquete.bornes(marge)
        assert (
            indicateur.minimum <= min(trait.get_xdata())
            and max(trait.get_xdata()) <= indicateur.maximum
        )
    textes = [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()]
    assert min(texte.get_fontsize() for texte in textes) >= 18


def test_la_figure_dit_ce_qu_elle_montre_et_les_commandes_ne_sont_pas_plus_de_cinq(simulateur):
    alternative = lu(re.search('alt="([^"]*)"', simulateur.figure)[1])
    assert "Sur 100 réponses, un point à 20 et un trait de 4 à 36" in alternative
    assert simulateur.phrase in unescape(simulateur.figure)
    assert len(simulateur.reglages) + len(simulateur.listes) == 5
