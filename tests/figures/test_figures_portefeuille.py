"""Les quatre graphiques du portefeuille : ce qu'ils montrent, ce qu'ils disent, ce qui les remplace."""

import pytest

from autograde.cas.rimaldi import SEUILS, portefeuille
from grc_helpers.calculs.portefeuille import classer, classes_abc, groupes_de_valeur
from grc_helpers.figures import accessible, repartition
from grc_helpers.figures import portefeuille as graphiques

CA, VALEUR = portefeuille()
PAR_CA, PAR_VALEUR = classer(CA), classer(VALEUR)
CLASSES = classes_abc(PAR_CA, SEUILS)
GROUPES = groupes_de_valeur(PAR_VALEUR)


def toutes(projection):
    return {
        "pareto": graphiques.figure_pareto(PAR_CA, CLASSES, SEUILS, projection),
        "baleine": graphiques.figure_baleine(PAR_VALEUR, GROUPES, projection),
        "lorenz": repartition.figure_lorenz(CA, projection),
        "nuage": repartition.figure_nuage(CA, VALEUR, projection),
    }


def textes(figure):
    return [texte.get_text() for texte in figure.axes[0].texts]


def test_pareto_montre_les_classes_les_seuils_et_les_cumuls():
    figure = toutes(False)["pareto"]
    assert {"A", "B", "C", "seuil A", "seuil B", "96,3", "99,8"} <= set(textes(figure))
    barres = figure.axes[0].patches
    assert [barre.get_height() for barre in barres] == [ligne.part for ligne in PAR_CA]
    assert [barre.get_hatch() for barre in barres] == [None, "//", "//"] + [None] * 7
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == [
        ligne.client for ligne in PAR_CA
    ]


def test_la_baleine_marque_son_sommet_et_ceux_qui_font_perdre():
    figure = toutes(False)["baleine"]
    assert "113,5" in textes(figure)
    barres = figure.axes[0].patches
    assert [barre.get_hatch() for barre in barres] == [None] * 7 + ["//"] * 3
    assert min(barre.get_height() for barre in barres) == pytest.approx(-6)


def test_le_nuage_nomme_chaque_client_et_chaque_quadrant_sans_les_superposer():
    figure = toutes(False)["nuage"]
    assert set(CA) <= set(textes(figure))
    assert {
        nom.replace(" mais ", " mais\n").replace(" et ", " et\n") for nom in repartition.QUADRANTS
    } <= set(textes(figure))
    figure.canvas.draw()
    noms = [texte.get_window_extent() for texte in figure.axes[0].texts if texte.get_text() in CA]
    assert not [
        1 for rang, cadre in enumerate(noms) for autre in noms[:rang] if cadre.overlaps(autre)
    ]


def test_les_phrases_sont_calculees():
    assert graphiques.phrase_pareto(PAR_CA, CLASSES) == (
        "Sur 10 clients : classe A, 1 client et 60\u00a0% du CA ; classe B, 2 clients et 27\u00a0% du CA ; "
        "classe C, 7 clients et 13\u00a0% du CA."
    )
    assert graphiques.phrase_baleine(PAR_VALEUR, GROUPES) == (
        "Le cumul monte à 113,5\u00a0% après 7 clients ; les 3 derniers font perdre 13,5\u00a0% de la valeur. "
        "Très rentables : E, C, B (90\u00a0%)."
    )
    assert (
        repartition.phrase_lorenz(CA)
        == "Indice de Gini : 0,70. Les 5 plus petits clients sur 10 font 6\u00a0% du CA."
    )
    assert (
        repartition.phrase_nuage(CA, VALEUR)
        == "Gros mais peu rentables : D. Petits mais rentables : B."
    )


@pytest.mark.parametrize(
    "description",
    [
        graphiques.description_pareto(PAR_CA, CLASSES),
        graphiques.description_baleine(PAR_VALEUR, GROUPES),
        repartition.description_nuage(CA, VALEUR),
    ],
)
def test_la_description_cite_chaque_client(description):
    assert [
        client
        for client in CA
        if f"{client}, " not in description and f"{client} (" not in description
    ] == []


def test_la_description_de_lorenz_cite_chaque_point():
    assert repartition.description_lorenz(CA).count("des clients") == 10


@pytest.mark.parametrize("nom", ["pareto", "baleine", "lorenz", "nuage"])
def test_projetes_tous_les_textes_se_lisent_de_loin(nom):
    figure = toutes(True)[nom]
    axes = figure.axes[0]
    ecrits = [
        *axes.texts,
        *axes.get_xticklabels(),
        *axes.get_yticklabels(),
        axes.xaxis.label,
        axes._left_title,
    ]
    assert (
        min(texte.get_fontsize() for texte in ecrits if texte.get_text())
        >= accessible.POLICE_PROJECTION
    )
    assert "<figure" in accessible.figure_html(figure, "Description.", "Phrase.")
