"""Le chemin d'un client d'un canal à l'autre : les renseignements qu'il redit, et les passerelles qui les font circuler."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from grc_helpers.calculs.passerelles import Passage, Passerelle, deplacements, redites
from grc_helpers.couleurs import BLEU, ENCRE, GRIS, QUADRILLAGE, VERMILLON, VERT
from grc_helpers.figures import accessible as a

# La forme du point dit la redite autant que la couleur.
REDITE, SANS_REDITE = ("s", VERMILLON), ("o", BLEU)


def phrase(organisation: str, passages: Sequence[Passage], cliente: str = "Mme Bennis") -> str:
    """La conclusion : combien de redites, combien de déplacements.

    >>> from grc_helpers.calculs.passerelles import derouler
    >>> from grc_helpers.donnees.commerces import parcours
    >>> phrase("multicanal", derouler(parcours()))
    'En multicanal, Mme Bennis redit 6 renseignements et se déplace une fois.'
    """
    total = redites(passages)
    repete = f"redit {total} renseignement{'s' * (total > 1)}" if total else "ne redit rien"
    trajets = deplacements(passages)
    return f"En {organisation}, {cliente} {repete} et se déplace {'une' if trajets == 1 else trajets} fois."


def description(
    passages: Sequence[Passage], passerelles: Sequence[Passerelle], canaux: Sequence[str]
) -> str:
    """Ce que montre le chemin, pour qui ne le voit pas."""
    etapes = " ; ".join(
        f"{p.moment.nom}, {p.moment.canal}, redites : {len(p.redites)}" for p in passages
    )
    ponts = ", ".join(nom_de(passerelle, canaux) for passerelle in passerelles) or "aucune"
    return f"Chemin de la cliente, de gauche à droite : {etapes}. Passerelles : {ponts}."


def nom_de(passerelle: Passerelle, canaux: Sequence[str]) -> str:
    """Les deux canaux reliés, dans l'ordre du parcours.

    >>> nom_de(frozenset({"Magasin", "Site"}), ("Site", "Téléphone", "Magasin"))
    'Site et Magasin'
    """
    return " et ".join(canal for canal in canaux if canal in passerelle)


def figure_chemin(
    passages: Sequence[Passage], passerelles: Sequence[Passerelle], canaux: Sequence[str]
) -> Figure:
    """Une ligne par canal, une colonne par moment ; dans chaque point, le nombre de redites ; à gauche, les passerelles."""
    figure, axes = a.nouvelle_figure(False, 6.8, 2.9)
    axes.grid(False)
    hauteurs = {canal: len(canaux) - 1 - rang for rang, canal in enumerate(canaux)}
    axes.set_ylim(-0.6, len(canaux) - 0.4)
    axes.set_xlim(-1.15, len(passages) - 0.5)
    axes.set_yticks(list(hauteurs.values()), list(hauteurs))
    axes.set_xticks(
        range(len(passages)),
        [f"{rang}. {p.moment.nom}" for rang, p in enumerate(passages, 1)],
        va="baseline",
    )
    axes.tick_params(axis="x", pad=16)
    for hauteur in hauteurs.values():
        axes.axhline(hauteur, color=QUADRILLAGE, linewidth=1, zorder=0)
    axes.plot(
        range(len(passages)),
        [hauteurs[p.moment.canal] for p in passages],
        color=GRIS,
        linewidth=1.5,
        zorder=1,
    )
    for rang, passage in enumerate(passages):
        _marquer(axes, (rang, hauteurs[passage.moment.canal]), len(passage.redites))
    for rang, passerelle in enumerate(passerelles):
        bas, haut = sorted(hauteurs[canal] for canal in passerelle)
        fleche = {"arrowstyle": "<->", "color": VERT, "linewidth": 2.5}
        axes.annotate("", (-0.6 - rang * 0.2, bas), (-0.6 - rang * 0.2, haut), arrowprops=fleche)
    return figure


def _marquer(axes: Axes, point: tuple[float, float], nombre: int) -> None:
    forme, couleur = REDITE if nombre else SANS_REDITE
    axes.plot(
        *point,
        forme,
        markersize=20,
        markerfacecolor="white",
        markeredgecolor=couleur,
        markeredgewidth=2.5,
    )
    axes.annotate(
        str(nombre),
        point,
        ha="center",
        va="center_baseline",
        fontsize=a.POLICE_ECRAN,
        fontweight="bold",
        color=ENCRE,
    )
