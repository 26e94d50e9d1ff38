"""Les graphiques d'un classement de clients : barres et courbe cumulée du CA (Pareto), courbe en baleine de la valeur.

Chaque graphique a trois fonctions : ``figure_…`` le dessine, ``phrase_…`` en dit la conclusion, ``description_…`` le remplace pour
qui ne le voit pas. Les ``lignes`` viennent de ``calculs.portefeuille.classer``. Le nuage et la courbe de Lorenz sont dans
``figures.repartition``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from grc_helpers.calculs.portefeuille import (
    CLASSES,
    GROUPES,
    Ligne,
    Seuils,
    resumer,
    sommet_de_la_baleine,
)
from grc_helpers.couleurs import BLEU, ENCRE, GRIS, VERMILLON
from grc_helpers.figures import accessible as a
from grc_helpers.francais.nombres import ecrire_nombre

# Un fond blanc sous les textes : ni une graduation ni une courbe ne les barre.
FOND = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
# Classes et groupes se distinguent aussi sans la couleur : pleine, hachurée, vide.
STYLES: dict[str, dict[str, Any]] = {
    "A": {"color": BLEU},
    "B": {"facecolor": "white", "edgecolor": BLEU, "hatch": "//", "linewidth": 1.5},
    "C": {"facecolor": "white", "edgecolor": BLEU, "linewidth": 1.5},
    "CTR": {"color": BLEU},
    "CFR": {"facecolor": "white", "edgecolor": BLEU, "linewidth": 1.5},
    "CNR": {"facecolor": "white", "edgecolor": VERMILLON, "hatch": "//", "linewidth": 2},
}


def phrase_pareto(lignes: Sequence[Ligne], classes: Mapping[str, str]) -> str:
    """Ce que pèse chaque classe, en une phrase.

    >>> from grc_helpers.calculs.portefeuille import classer
    >>> phrase_pareto(classer({"café": 60, "hôtel": 25, "école": 15}), {"café": "A", "hôtel": "C", "école": "C"})
    'Sur 3 clients : classe A, 1 client et 60\\xa0% du CA ; classe B, personne ; classe C, 2 clients et 40\\xa0% du CA.'
    """
    morceaux = [
        f"classe {nom}, {combien} client{'s' * (combien > 1)} et {pourcent(part)} du CA"
        if combien
        else f"classe {nom}, personne"
        for nom, (combien, _, part) in resumer(lignes, classes, CLASSES).items()
    ]
    return f"Sur {len(lignes)} clients : {' ; '.join(morceaux)}."


def description_pareto(lignes: Sequence[Ligne], classes: Mapping[str, str]) -> str:
    """Les barres, la courbe et les classes, client par client."""
    detail = " ; ".join(
        f"{ligne.client}, {pourcent(ligne.part)}, cumul {pourcent(ligne.cumul)}, classe {classes[ligne.client]}"
        for ligne in lignes
    )
    return f"Barres de la part de CA de chaque client, du plus gros au plus petit, et courbe de la part cumulée : {detail}."


def figure_pareto(
    lignes: Sequence[Ligne], classes: Mapping[str, str], seuils: Seuils, projection: bool = False
) -> Figure:
    """Les parts de CA en barres, leur cumul en courbe, les deux seuils en pointillé et les classes nommées en haut."""
    figure, axes = _figure_de_classement(lignes, projection)
    taille = a.police(projection)
    for ligne in lignes:
        axes.bar(ligne.rang, ligne.part, width=0.72, **STYLES[classes[ligne.client]])
    for nom, seuil in (("A", seuils.a), ("B", seuils.b)):
        axes.axhline(seuil, color=VERMILLON, linewidth=1.5, linestyle=(0, (5, 3)))
        axes.annotate(
            f"seuil {nom}",
            (1, seuil),
            (2, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            fontsize=taille,
            color=ENCRE,
            ha="left",
            va="center",
        )
    _tracer_le_cumul(axes, lignes, taille)
    _nommer_les_classes(axes, lignes, classes, taille)
    axes.set_ylim(0, 128)
    axes.set_yticks([0, 25, 50, 75, 100])
    return figure


def phrase_baleine(lignes: Sequence[Ligne], groupes: Mapping[str, str]) -> str:
    """Jusqu'où monte la valeur cumulée, ce que les derniers clients font perdre, ce que pèsent les clients très rentables (CTR).

    >>> from grc_helpers.calculs.portefeuille import classer
    >>> lignes = classer({"café": 90, "hôtel": 30, "mairie": -20})
    >>> phrase_baleine(lignes, {"café": "CTR", "hôtel": "CFR", "mairie": "CNR"}).replace("\u00a0", " ")
    'Le cumul monte à 120 % après 2 clients ; le dernier client fait perdre 20 % de la valeur. Très rentables : café (90 %).'
    >>> phrase_baleine(lignes[:1], {"café": "CFR"})
    'Aucun client ne fait perdre : le cumul ne redescend jamais. Très rentables : personne.'
    """
    sommet = sommet_de_la_baleine(lignes)
    perdants = len(lignes) - sommet.rang
    if perdants:
        clients = f"{sommet.rang} client{'s' * (sommet.rang > 1)}"
        fin = "le dernier client fait" if perdants == 1 else f"les {perdants} derniers font"
        montee = f"Le cumul monte à {pourcent(sommet.cumul)} après {clients} ; {fin} perdre {pourcent(sommet.cumul - 100)} de la valeur."
    else:
        montee = "Aucun client ne fait perdre : le cumul ne redescend jamais."
    part = resumer(lignes, groupes, GROUPES)["CTR"][2]
    tres_rentables = ", ".join(ligne.client for ligne in lignes if groupes[ligne.client] == "CTR")
    return f"{montee} Très rentables : {f'{tres_rentables} ({pourcent(part)})' if tres_rentables else 'personne'}."


def description_baleine(lignes: Sequence[Ligne], groupes: Mapping[str, str]) -> str:
    """Les barres et la courbe, client par client."""
    detail = " ; ".join(
        f"{ligne.client}, {pourcent(ligne.part)}, cumul {pourcent(ligne.cumul)}, {groupes[ligne.client]}"
        for ligne in lignes
    )
    return f"Barres de la part de valeur de chaque client, du plus au moins rentable, et courbe du cumul, en dos de baleine : {detail}."


def figure_baleine(
    lignes: Sequence[Ligne], groupes: Mapping[str, str], projection: bool = False
) -> Figure:
    """Les parts de valeur en barres, sous zéro pour qui fait perdre, et leur cumul, dont le sommet est marqué."""
    figure, axes = _figure_de_classement(lignes, projection)
    taille, sommet = a.police(projection), sommet_de_la_baleine(lignes)
    for ligne in lignes:
        axes.bar(ligne.rang, ligne.part, width=0.72, **STYLES[groupes[ligne.client]])
    axes.axhline(0, color=ENCRE, linewidth=1.5)
    axes.axhline(100, color=GRIS, linewidth=1.5, linestyle=(0, (5, 3)))
    _tracer_le_cumul(axes, lignes, taille)
    axes.plot(sommet.rang, sommet.cumul, marker="o", markersize=taille, color=VERMILLON, zorder=4)
    bas, haut = min(0, *(ligne.part for ligne in lignes)), sommet.cumul
    axes.set_ylim(bas - 0.08 * (haut - bas), haut + 0.16 * (haut - bas))
    a.graduer_a_la_francaise(axes, "%")
    return figure


def _figure_de_classement(lignes: Sequence[Ligne], projection: bool) -> tuple[Figure, Axes]:
    figure, axes = a.nouvelle_figure(
        projection, largeur=9.6 if projection else 7.2, hauteur=4.8 if projection else 3.6
    )
    axes.set_xticks([ligne.rang for ligne in lignes], [ligne.client for ligne in lignes])
    if projection and max(len(ligne.client) for ligne in lignes) > 3:
        axes.tick_params(axis="x", rotation=25)
    a.graduer_a_la_francaise(axes, "%")
    return figure, axes


def _tracer_le_cumul(axes: Axes, lignes: Sequence[Ligne], taille: int) -> None:
    """La courbe cumulée, chaque point avec son pourcentage : pas d'axe à lire de loin."""
    axes.plot(
        [ligne.rang for ligne in lignes],
        [ligne.cumul for ligne in lignes],
        color=ENCRE,
        linewidth=2,
        marker="o",
        markersize=5,
    )
    for ligne in lignes:
        axes.annotate(
            pourcent(ligne.cumul, unite=""),
            (ligne.rang, ligne.cumul),
            (0, 6),
            textcoords="offset points",
            fontsize=taille,
            color=ENCRE,
            ha="center",
            va="bottom",
            bbox=FOND,
        )


def _nommer_les_classes(
    axes: Axes, lignes: Sequence[Ligne], classes: Mapping[str, str], taille: int
) -> None:
    for nom in CLASSES:
        rangs = [ligne.rang for ligne in lignes if classes[ligne.client] == nom]
        if not rangs:
            continue
        axes.text(
            sum(rangs) / len(rangs),
            127,
            nom,
            fontsize=taille + 3,
            fontweight="bold",
            color=BLEU,
            ha="center",
            va="top",
        )
        axes.plot([rangs[0] - 0.36, rangs[-1] + 0.36], [116, 116], color=BLEU, linewidth=2.5)


def pourcent(valeur: float, unite: str = "%") -> str:
    """Un pourcentage lisible : au plus une décimale.

    >>> pourcent(2.25), pourcent(60.0)
    ('2,3\\xa0%', '60\\xa0%')
    """
    arrondi = round(valeur + 1e-9, 1)
    return ecrire_nombre(arrondi, 1 if arrondi % 1 else 0, unite)
