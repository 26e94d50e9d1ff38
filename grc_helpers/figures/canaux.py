"""Deux figures sur les canaux : leur nuage (coût × richesse), et le schéma du multicanal."""

from collections.abc import Mapping, Sequence
from functools import partial

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from grc_helpers.calculs.canaux import (
    COUTS,
    RICHESSES,
    Canal,
    Place,
    Places,
    moins_chers,
    plus_riches,
)
from grc_helpers.couleurs import BLEU, ENCRE, GRIS, QUADRILLAGE, VERMILLON
from grc_helpers.figures import accessible as a

# La forme du point et le trait du cadre disent la nature du canal autant que la couleur.
MARQUES = {"physique": ("s", BLEU), "virtuel": ("o", VERMILLON)}
LIGNES_PAR_CASE = 2


def phrase_des_places(places: Places, total: int) -> str:
    """La conclusion du nuage : combien de canaux sont placés, le plus riche, le moins cher.

    >>> phrase_des_places({"Magasin": Place(4, 4), "SMS": Place(1, 1)}, 8)
    '2 canaux placés sur 8. Contact le plus riche : Magasin. Contact le moins cher : SMS.'
    """
    if not places:
        return f"Aucun canal placé sur {total} : choisissez un coût et une richesse."
    debut = f"{len(places)} {'canaux placés' if len(places) > 1 else 'canal placé'} sur {total}."
    if len(places) == 1:
        return debut
    return f"{debut} Contact le plus riche : {_liste(plus_riches(places))}. Contact le moins cher : {_liste(moins_chers(places))}."


def description_des_places(places: Places, repere: Canal | None = None) -> str:
    """Ce que montre le nuage, pour qui ne le voit pas.

    >>> description_des_places({"SMS": Place(1, 1)})
    'Nuage des canaux selon le coût et la richesse du contact : SMS, coût très faible, contact très pauvre.'
    """
    debut = "Nuage des canaux selon le coût et la richesse du contact"
    texte = (
        f"{debut} : "
        + (" ; ".join(f"{nom}, {place.en_mots}" for nom, place in places.items()) or "encore vide")
        + "."
    )
    return (
        f"{texte} Position commentée de {repere.nom} : {repere.repere.en_mots}."
        if repere
        else texte
    )


def figure_places(
    les_canaux: Sequence[Canal],
    places: Places,
    repere: Canal | None = None,
    projection: bool = False,
) -> Figure:
    """Le nuage des canaux placés. ``repere`` : le canal, déjà placé, dont on montre aussi la position commentée, en creux."""
    cases = _ranger(places, repere)
    hauteurs = [
        max(
            LIGNES_PAR_CASE, *(len(cases.get(Place(cout, richesse), [])) for cout in _degres(COUTS))
        )
        for richesse in _degres(RICHESSES)
    ]
    bases = [sum(hauteurs[:rang]) for rang in range(len(hauteurs) + 1)]
    pouces_par_ligne = 0.42 if projection else 0.27
    figure, axes = a.nouvelle_figure(
        projection,
        9 if projection else 6.4,
        bases[-1] * pouces_par_ligne + (1.6 if projection else 1.0),
    )
    _quadriller(axes, bases, a.police(projection))
    natures = {canal.nom: canal.nature for canal in les_canaux}
    points = {}
    for place, occupants in cases.items():
        for rang, (nom, en_creux) in enumerate(occupants):
            point = (place.cout - 1 + 0.1, bases[place.richesse] - 0.5 - rang)
            points[nom, en_creux] = point
            _marquer(axes, point, nom, natures[nom], en_creux, a.police(projection))
    if repere and (repere.nom, True) in points:
        fleche = {
            "arrowstyle": "->",
            "color": GRIS,
            "linewidth": 1.8,
            "shrinkA": 7,
            "shrinkB": 7,
            "linestyle": "--",
        }
        axes.annotate("", points[repere.nom, True], points[repere.nom, False], arrowprops=fleche)
    _legender(axes, bool(repere), a.police(projection))
    return figure


def _degres(echelle: Sequence[str]) -> range:
    return range(1, len(echelle) + 1)


def _ranger(places: Places, repere: Canal | None) -> dict[Place, list[tuple[str, bool]]]:
    """Les canaux de chaque case ; « en creux » pour le repère, s'il n'est pas déjà dans la case du canal."""
    cases: dict[Place, list[tuple[str, bool]]] = {}
    for nom, place in places.items():
        cases.setdefault(place, []).append((nom, False))
    if repere and places[repere.nom] != repere.repere:
        cases.setdefault(repere.repere, []).append((repere.nom, True))
    return cases


def _quadriller(axes: Axes, bases: Sequence[float], taille: int) -> None:
    axes.grid(False)
    axes.set_xlim(0, len(COUTS))
    axes.set_ylim(0, bases[-1])
    for rang in range(len(COUTS) + 1):
        axes.axvline(rang, color=QUADRILLAGE, linewidth=1)
    for base in bases:
        axes.axhline(base, color=QUADRILLAGE, linewidth=1)
    axes.set_xticks([rang + 0.5 for rang in range(len(COUTS))], COUTS)
    axes.set_yticks(
        [(bas + haut) / 2 for bas, haut in zip(bases, bases[1:], strict=False)], RICHESSES
    )
    axes.set_xlabel("Coût d'un contact pour l'entreprise →", fontsize=taille, color=ENCRE)
    axes.set_ylabel("Richesse du contact →", fontsize=taille, color=ENCRE)


def _marquer(
    axes: Axes, point: tuple[float, float], nom: str, nature: str, en_creux: bool, taille: int
) -> None:
    forme, couleur = MARQUES[nature]
    axes.plot(
        *point,
        forme,
        markersize=taille * 0.8,
        markerfacecolor="white" if en_creux else couleur,
        markeredgecolor=couleur,
        markeredgewidth=2,
    )
    style = "italic" if en_creux else "normal"
    axes.annotate(
        nom,
        point,
        (taille * 0.75, 0),
        textcoords="offset points",
        va="center",
        fontsize=taille,
        fontstyle=style,
        color=ENCRE,
    )


def _legender(axes: Axes, avec_repere: bool, taille: int) -> None:
    signe = partial(Line2D, [], [], linestyle="none", markersize=taille * 0.8, markeredgewidth=2)
    signes = [
        signe(marker=forme, color=teinte, label=nature)
        for nature, (forme, teinte) in MARQUES.items()
    ]
    if avec_repere:
        signes.append(
            signe(marker="o", color=GRIS, markerfacecolor="white", label="position commentée")
        )
    axes.legend(
        handles=signes,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=len(signes),
        frameon=False,
        fontsize=taille,
        handletextpad=0.2,
        columnspacing=1.2,
        borderaxespad=0.2,
    )


def phrase_du_schema(les_canaux: Sequence[Canal]) -> str:
    """La conclusion du schéma, comptée sur les canaux donnés.

    >>> phrase_du_schema([Canal("Magasin", "physique", Place(4, 4), ""), Canal("Site", "virtuel", Place(1, 2), "")])
    "2 canaux, 1 physique et 1 virtuel, mènent à une même clientèle : c'est le multicanal."
    """
    groupes = _par_nature(les_canaux)
    physiques, virtuels = (
        f"{len(noms)} {nature}{'s' * (len(noms) > 1)}" for nature, noms in groupes.items()
    )
    return f"{len(les_canaux)} canaux, {physiques} et {virtuels}, mènent à une même clientèle : c'est le multicanal."


def description_du_schema(les_canaux: Sequence[Canal]) -> str:
    """Ce que montre le schéma, pour qui ne le voit pas."""
    groupes = _par_nature(les_canaux)
    cotes = " ; ".join(f"{nature}s : {', '.join(noms)}" for nature, noms in groupes.items())
    return f"Schéma : chaque canal est relié par une double flèche à une même clientèle, placée au centre. Canaux {cotes}."


def figure_schema(les_canaux: Sequence[Canal], projection: bool = False) -> Figure:
    """Le schéma du multicanal : canaux physiques à gauche, virtuels à droite, la clientèle au centre."""
    groupes = _par_nature(les_canaux)
    rangees = max(map(len, groupes.values()))
    taille = a.police(projection)
    figure, axes = a.nouvelle_figure(
        projection, 9 if projection else 6.4, (rangees + 1) * (0.62 if projection else 0.42)
    )
    axes.grid(False)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_xlim(0, 10)
    axes.set_ylim(0, rangees + 1)
    milieu = rangees / 2
    _cadrer(axes, (5, milieu), (2.4, min(1.8, rangees)), "une même\nclientèle", ENCRE, "-", taille)
    for (nature, noms), (x, cote) in zip(groupes.items(), ((1.3, -1), (8.7, 1)), strict=True):
        _, couleur = MARQUES[nature]
        axes.text(
            x,
            rangees + 0.5,
            f"canaux {nature}s",
            ha="center",
            va="center",
            fontsize=taille,
            fontweight="bold",
            color=ENCRE,
        )
        for rang, nom in enumerate(noms):
            y = milieu + (len(noms) - 1) / 2 - rang
            _cadrer(
                axes,
                (x, y),
                (2.4, 0.68),
                nom,
                couleur,
                "-" if nature == "physique" else "--",
                taille,
            )
            fleche = {"arrowstyle": "<->", "color": GRIS, "linewidth": 1.4}
            axes.annotate(
                "",
                (5 + cote * 1.25, milieu + (y - milieu) * 0.25),
                (x - cote * 1.25, y),
                arrowprops=fleche,
            )
    return figure


def _cadrer(
    axes: Axes,
    centre: tuple[float, float],
    cotes: tuple[float, float],
    texte: str,
    couleur: str,
    trait: str,
    taille: int,
) -> None:
    (x, y), (largeur, hauteur) = centre, cotes
    coin = (x - largeur / 2, y - hauteur / 2)
    cadre = FancyBboxPatch(
        coin,
        largeur,
        hauteur,
        boxstyle="round,pad=0,rounding_size=0.15",
        facecolor="white",
        edgecolor=couleur,
    )
    cadre.set(linewidth=2, linestyle=trait)
    axes.add_patch(cadre)
    axes.text(x, y, texte, ha="center", va="center", fontsize=taille, color=ENCRE)


def _par_nature(les_canaux: Sequence[Canal]) -> Mapping[str, list[str]]:
    return {
        nature: [canal.nom for canal in les_canaux if canal.nature == nature] for nature in MARQUES
    }


def _liste(noms: Sequence[str]) -> str:
    return noms[0] if len(noms) == 1 else f"{', '.join(noms[:-1])} et {noms[-1]}"
