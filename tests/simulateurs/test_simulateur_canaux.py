"""Le positionnement des canaux, sans navigateur : on place, on compare, on lit ce qui s'affiche."""

import re

import pytest

from grc_helpers.calculs.canaux import Canal, Place, d_accord, ecart
from grc_helpers.donnees.commerces import canaux
from grc_helpers.figures.canaux import (
    description_du_schema,
    figure_places,
    figure_schema,
    phrase_des_places,
    phrase_du_schema,
)
from grc_helpers.simulateurs.canaux import SimulateurCanaux, schema_du_multicanal

REPERES = {canal.nom: canal.repere for canal in canaux()}


@pytest.fixture
def simulateur():
    return SimulateurCanaux()


def textes(figure):
    return [texte.get_text() for texte in figure.axes[0].texts]


def lignes_du_tableau(simulateur):
    """Canal → textes de ses cases."""
    lignes = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', simulateur.tableau)
    return {nom: re.findall(r"<td>(.*?)</td>", cases) for nom, cases in lignes}


def alternative(html):
    return re.search('alt="([^"]*)"', html)[1]


def test_les_canaux_de_l_opticien_couvrent_les_deux_natures_et_chacun_s_explique():
    assert {canal.nature for canal in canaux()} == {"physique", "virtuel"}
    assert all(len(canal.explication.split()) >= 10 for canal in canaux())
    assert len({canal.repere for canal in canaux()}) >= 6, "le nuage doit se déployer"
    assert not re.search(r"\d", "".join(canal.explication for canal in canaux())), (
        "aucun coût chiffré sans source"
    )


def test_une_place_sort_de_l_echelle():
    with pytest.raises(ValueError, match="de 1 à 4"):
        Place(0, 3)
    with pytest.raises(ValueError, match="de 1 à 4"):
        Place(2, 5)


def test_un_canal_se_place_quand_ses_deux_listes_sont_reglees(simulateur):
    assert simulateur.phrase == "Aucun canal placé sur 8 : choisissez un coût et une richesse."
    simulateur.cout.value = 4
    assert simulateur.places == {}
    simulateur.richesse.value = 4
    assert simulateur.places == {"Magasin": Place(4, 4)}
    assert "Magasin, coût très élevé, contact très riche" in alternative(simulateur.figure)
    assert lignes_du_tableau(simulateur)["Magasin"] == ["physique", "très élevé", "très riche"]
    assert lignes_du_tableau(simulateur)["SMS"] == ["virtuel", "à placer", "à placer"]


def test_changer_de_canal_garde_les_places_deja_choisies(simulateur):
    simulateur.placer("Magasin", Place(4, 4))
    simulateur.placer("SMS", Place(1, 1))
    assert (simulateur.cout.value, simulateur.richesse.value) == (1, 1)
    simulateur.canal.value = "Magasin"
    assert (simulateur.cout.value, simulateur.richesse.value) == (4, 4)
    assert "le plus riche : Magasin. Contact le moins cher : SMS." in simulateur.phrase
    simulateur.cout.value = 0
    assert "Magasin" not in simulateur.places, "« à placer » retire le canal"


def test_canal_suivant_va_au_prochain_canal_a_placer(simulateur):
    simulateur.placer("Magasin", Place(4, 4))
    simulateur.placer("Stand", Place(3, 4))
    simulateur.canal.value = "Magasin"
    simulateur.suivant.click()
    assert simulateur.canal_choisi.nom == "Visio"
    for nom, place in REPERES.items():
        simulateur.placer(nom, place)
    simulateur.suivant.click()
    assert "Tous les canaux sont placés" in simulateur.message


def test_la_position_commentee_attend_que_le_canal_soit_place(simulateur):
    simulateur.repere.value = True
    assert "Placez d&#39;abord « Magasin »" in simulateur.message.replace("\u00a0", " ")
    assert simulateur.commentaire == "" and lignes_du_tableau(simulateur)["Magasin"][-2:] == [
        "",
        "",
    ]
    simulateur.placer("Magasin", Place(3, 2))
    assert simulateur.message == ""
    assert (
        "moins cher, moins riche" in simulateur.commentaire
        and "On essaie" in simulateur.commentaire
    )
    assert "Position commentée de Magasin : coût très élevé, contact très riche." in alternative(
        simulateur.figure
    )
    assert "À la même place que la position commentée : 0 sur 1." in simulateur.phrase
    simulateur.placer("Magasin", REPERES["Magasin"])
    assert "à la même place" in simulateur.commentaire and simulateur.phrase.endswith("1 sur 1.")


def test_cachee_la_position_commentee_n_est_nulle_part(simulateur):
    simulateur.placer("SMS", Place(4, 4))
    affiche = simulateur.figure + simulateur.tableau + simulateur.commentaire
    assert "commentée" not in affiche and "Un message court" not in affiche


def test_reinitialiser_retire_tout(simulateur):
    depart = simulateur.tableau, simulateur.phrase
    simulateur.placer("Chat", Place(2, 2))
    simulateur.repere.value = True
    simulateur.remise.click()
    assert (simulateur.tableau, simulateur.phrase) == depart
    assert (
        simulateur.places == {}
        and simulateur.repere.value is False
        and simulateur.canal_choisi.nom == "Magasin"
    )


def test_placer_un_canal_inconnu_est_refuse(simulateur):
    with pytest.raises(ValueError, match="Je ne connais pas le canal « Fax »"):
        simulateur.placer("Fax", Place(1, 1))


def test_les_commandes_ont_un_nom_unique(simulateur):
    noms = [liste.description for liste in simulateur.listes]
    assert all(noms) and len(set(noms)) == len(noms) <= 5


def test_ecart_et_accords():
    assert ecart(Place(4, 1), Place(1, 1)) == "plus cher"
    assert ecart(Place(1, 1), Place(1, 2)) == "moins riche"
    assert d_accord(canaux(), REPERES) == 8
    assert d_accord(canaux(), REPERES | {"SMS": Place(4, 4)}) == 7


def test_les_ex_aequo_sont_tous_nommes():
    phrase = phrase_des_places(REPERES, 8)
    assert "le plus riche : Magasin et Stand." in phrase
    assert "le moins cher : Courriel, Site et SMS." in phrase


@pytest.mark.parametrize("projection", [False, True])
def test_tous_les_canaux_d_une_meme_case_restent_lisibles(projection):
    entassees = dict.fromkeys(REPERES, Place(2, 2))
    figure = figure_places(canaux(), entassees, projection=projection)
    assert textes(figure) == list(REPERES)
    hauteurs = sorted(
        point.get_ydata()[0] for point in figure.axes[0].lines if point.get_marker() in ("s", "o")
    )
    pouces = figure.get_size_inches()[1] / figure.axes[0].get_ylim()[1]
    ecarts = [(haut - bas) * pouces * 72 for bas, haut in zip(hauteurs, hauteurs[1:], strict=False)]
    taille = 18 if projection else 11
    assert min(ecarts) > taille, "deux noms se chevauchent"


def test_projetee_la_figure_se_lit_du_fond_de_la_salle():
    repere = next(canal for canal in canaux() if canal.nom == "Chat")
    axes = figure_places(canaux(), REPERES | {"Chat": Place(4, 4)}, repere, projection=True).axes[0]
    ecrits = [
        *axes.texts,
        *axes.get_xticklabels(),
        *axes.get_yticklabels(),
        axes.xaxis.label,
        axes.yaxis.label,
        *axes.get_legend().texts,
    ]
    assert min(texte.get_fontsize() for texte in ecrits if texte.get_text()) >= 18
    assert [texte.get_text() for texte in axes.get_legend().texts] == [
        "physique",
        "virtuel",
        "position commentée",
    ]
    assert textes(axes.figure).count("Chat") == 2


def test_la_nature_se_voit_sans_la_couleur():
    axes = figure_places(canaux(), REPERES).axes[0]
    marques = {point.get_marker() for point in axes.lines if point.get_marker() in ("s", "o")}
    assert marques == {"s", "o"}
    traits = {
        cadre.get_linestyle()
        for cadre in figure_schema(canaux()).axes[0].patches
        if hasattr(cadre, "get_boxstyle")
    }
    assert {"-", "--"} <= traits


def test_le_schema_mene_chaque_canal_a_une_meme_clientele():
    figure = figure_schema(canaux())
    assert {canal.nom for canal in canaux()} <= set(textes(figure))
    fleches = [texte for texte in figure.axes[0].texts if getattr(texte, "arrow_patch", None)]
    assert len(fleches) == len(canaux())
    assert phrase_du_schema(canaux()).startswith(
        "8 canaux, 2 physiques et 6 virtuels, mènent à une même clientèle"
    )
    assert "Canaux physiques : magasin" in description_du_schema(
        [Canal("magasin", "physique", Place(4, 4), "")]
    )


def test_le_schema_affiche_a_son_texte_de_remplacement_et_son_tableau():
    figure, liste = (piece.value for piece in schema_du_multicanal().children[1:])
    assert "une même clientèle" in alternative(figure)
    assert "Magasin, Stand" in alternative(figure), "les noms gardent leur majuscule"
    assert "<figcaption>8 canaux" in figure and liste.count("<tr>") == 9
