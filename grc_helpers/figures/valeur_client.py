"""Le graphique de la valeur client : le résultat cumulé, année après année, et l'année où l'opération est rentable."""

from collections.abc import Mapping, Sequence
from math import isclose

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from grc_helpers.calculs.valeur_client import CLIENTS_GAGNES, point_mort
from grc_helpers.couleurs import BLEU, ENCRE, GRIS, VERMILLON
from grc_helpers.figures import accessible as a
from grc_helpers.francais.nombres import ecrire_nombre

Valeurs = Mapping[tuple[str, str], float]

# Un fond blanc sous les textes : une graduation ne les barre pas.
FOND = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}


def resultats_cumules(valeurs: Valeurs, annees: Sequence[str]) -> list[float]:
    """Les résultats cumulés (euros), dans l'ordre des ``annees``, lus dans un tableau ``calculs.valeur_client``."""
    return [valeurs["Résultat cumulé", annee] for annee in annees]


def phrase(valeurs: Valeurs, annees: Sequence[str]) -> str:
    """La conclusion en français : année de rentabilité, total, valeur par client gagné.

    >>> cumuls = {("Résultat cumulé", "N1"): -50, ("Résultat cumulé", "N2"): 200}
    >>> phrase({CLIENTS_GAGNES: 10} | cumuls, ["N1", "N2"])
    'Rentable en N2. En 2 ans, gain de 200\\xa0€, soit 20\\xa0€ par client gagné.'
    """
    cumuls = resultats_cumules(valeurs, annees)
    total, annee = cumuls[-1], point_mort(cumuls)
    if annee is None:
        debut = "Jamais rentable."
    elif total < 0:
        debut = f"Rentable en {annees[annee - 1]}, mais pas jusqu'au bout."
    else:
        debut = f"Rentable en {annees[annee - 1]}."
    fin = f"{'gain' if total >= 0 else 'perte'} de {_euros(abs(total))}"
    if gagnes := valeurs[CLIENTS_GAGNES]:
        fin += f", soit {_euros(abs(total) / gagnes)} par client gagné"
    return f"{debut} En {len(annees)} ans, {fin}."


def description(valeurs: Valeurs, annees: Sequence[str]) -> str:
    """Ce que montre le graphique, pour qui ne le voit pas.

    >>> description({("Résultat cumulé", "N1"): -50, ("Résultat cumulé", "N2"): 200}, ["N1", "N2"])
    'Barres du résultat cumulé par année : N1, −50\\xa0€ ; N2, 200\\xa0€.'
    """
    cumuls = zip(annees, resultats_cumules(valeurs, annees), strict=True)
    return (
        "Barres du résultat cumulé par année : "
        + " ; ".join(f"{an}, {_euros(cumul)}" for an, cumul in cumuls)
        + "."
    )


def figure_cumul(
    valeurs: Valeurs,
    annees: Sequence[str],
    projection: bool = False,
    bornes: tuple[float, float] | None = None,
) -> Figure:
    """Les barres du résultat cumulé ; celles d'avant la rentabilité sont hachurées.

    ``bornes`` (euros) impose l'échelle : deux graphiques côte à côte se comparent à la même.
    """
    cumuls = resultats_cumules(valeurs, annees)
    figure, axes = a.nouvelle_figure(projection)
    for rang, cumul in enumerate(cumuls):
        _barre(axes, rang, cumul)
    axes.set_xticks(range(len(annees)), annees)
    bas, haut = bornes or (min(0, *cumuls), max(0, *cumuls))
    _cadrer(axes, bas, haut)
    axes.set_title("Résultat cumulé", loc="left", pad=10, fontsize=a.police(projection), color=GRIS)
    _etiqueter(axes, cumuls, annees, a.police(projection))
    return figure


def _barre(axes: Axes, rang: int, cumul: float) -> None:
    # Gain et perte se distinguent aussi sans la couleur : la perte est sous zéro, en clair et hachurée.
    if cumul >= 0:
        axes.bar(rang, cumul, width=0.72, color=BLEU)
    else:
        axes.bar(
            rang, cumul, width=0.72, color="white", edgecolor=VERMILLON, hatch="//", linewidth=2.5
        )


def _cadrer(axes: Axes, bas: float, haut: float) -> None:
    """Laisse au-dessus des barres la place de deux lignes de texte."""
    etendue = (haut - bas) or 1.0
    axes.set_ylim(bas - (0.04 * etendue if bas < 0 else 0), haut + 0.36 * etendue)
    axes.axhline(0, color=ENCRE, linewidth=1.5)
    en_milliers = max(abs(bas), abs(haut)) >= 10_000
    a.graduer_a_la_francaise(axes, "k€" if en_milliers else "€", 1000 if en_milliers else 1)


def _etiqueter(axes: Axes, cumuls: list[float], annees: Sequence[str], taille: int) -> None:
    dernier = len(cumuls) - 1
    # Une perte pend sous zéro : son montant s'écrit au-dessus de la ligne, où la place est libre.
    axes.annotate(
        _euros(cumuls[-1]),
        (dernier + 0.4, max(cumuls[-1], 0)),
        (0, 4),
        fontsize=taille,
        textcoords="offset points",
        ha="right",
        va="bottom",
        fontweight="bold",
        color=ENCRE,
        bbox=FOND,
    )
    annee = point_mort(cumuls)
    texte = f"Rentable en {annees[annee - 1]}" if annee else f"Pas rentable en {len(cumuls)} ans"
    rang = (annee or 1) - 1
    a_gauche = rang <= dernier / 2
    haut = axes.get_ylim()[1]
    axes.text(
        rang - 0.36 if a_gauche else rang + 0.4,
        haut,
        texte,
        fontsize=taille,
        fontweight="bold",
        color=BLEU if annee else ENCRE,
        va="top",
        ha="left" if a_gauche else "right",
        bbox=FOND,
    )
    if annee and not isclose(annee - 1, dernier):
        # Un trait relie la mention à sa barre : pas de légende à déchiffrer.
        axes.plot(
            [rang, rang],
            [max(cumuls[rang], 0), haut - 0.17 * (haut - axes.get_ylim()[0])],
            color=BLEU,
            linewidth=2.5,
            linestyle=(0, (2, 1)),
        )


def _euros(montant: float) -> str:
    return ecrire_nombre(montant, 0, "€")
