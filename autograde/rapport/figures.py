"""Les graphiques du rapport : histogramme des notes, barres de réussite. Chacun a une description pour qui ne le voit pas."""

import textwrap
from collections.abc import Sequence

from matplotlib.figure import Figure

from autograde.rapport.repartition import Repartition
from autograde.rapport.reussite import Reussite
from autograde.rapport.typographie import lier
from grc_helpers.couleurs import BLEU, ENCRE, VERMILLON
from grc_helpers.figures import accessible as a
from grc_helpers.figures.portefeuille import FOND
from grc_helpers.francais.nombres import ecrire_nombre

LARGEUR = 11.5  # pouces : la page projetée, sans agrandir les textes
BARRES_MAXIMUM = 12  # au-delà, on ne lit plus rien du fond de la salle ; le tableau donne tout
SIGNES_PAR_LIGNE = 44
MOITIE = 0.5


def figure_des_notes(repartition: Repartition) -> Figure:
    """Une barre par tranche de notes, son effectif au-dessus, et la médiane en pointillé."""
    figure, axes = a.nouvelle_figure(projection=True, largeur=LARGEUR, hauteur=3.6)
    tranches = repartition.tranches
    haut = max(combien for *_, combien in tranches)
    for rang, (_, _, combien) in enumerate(tranches):
        axes.bar(rang + 0.5, combien, width=0.9, color=BLEU)
        if combien:
            axes.text(
                rang + 0.5,
                combien + 0.04 * haut,
                str(combien),
                ha="center",
                fontsize=a.police(True),
                color=ENCRE,
                bbox=FOND,
            )
    bornes = [tranches[0][0], *(fin for _, fin, _ in tranches)]
    axes.set_xticks(range(len(bornes)), [ecrire_nombre(borne) for borne in bornes])
    axes.set_yticks([])
    axes.set_ylim(0, haut * 1.4)
    mediane = repartition.mediane / (repartition.maximum / len(tranches))
    # Derrière les barres : elle ne barre aucun nombre.
    axes.axvline(
        mediane, ymax=0.88, color=VERMILLON, linewidth=2.5, linestyle=(0, (5, 3)), zorder=0.5
    )
    axes.text(
        mediane,
        haut * 1.26,
        f"médiane {ecrire_nombre(repartition.mediane)}",
        fontsize=a.police(True),
        color=ENCRE,
        ha="center",
    )
    axes.set_xlabel(
        f"note sur {ecrire_nombre(repartition.maximum)}", fontsize=a.police(True), color=ENCRE
    )
    return figure


def description_des_notes(repartition: Repartition) -> str:
    """Combien de copies dans chaque tranche."""
    tranches = [
        f"de {ecrire_nombre(debut)} à {ecrire_nombre(fin)}, {combien}"
        for debut, fin, combien in repartition.tranches
        if combien
    ]
    return (
        f"Histogramme des notes sur {ecrire_nombre(repartition.maximum)} : {' ; '.join(tranches)}."
    )


def figure_de_reussite(reussites: Sequence[Reussite]) -> Figure:
    """Des barres horizontales, la moins réussie en haut ; hachurées sous la moitié des points, pleines au-dessus."""
    montrees = list(reussites[:BARRES_MAXIMUM])
    noms = [_replier(reussite.libelle) for reussite in montrees]
    hauteur = 0.6 + sum(0.36 * (1 + nom.count("\n")) + 0.16 for nom in noms)
    figure, axes = a.nouvelle_figure(projection=True, largeur=LARGEUR, hauteur=hauteur)
    axes.grid(visible=False)
    for rang, reussite in enumerate(montrees):
        faible = {"facecolor": "white", "edgecolor": VERMILLON, "hatch": "//", "linewidth": 2}
        axes.barh(
            rang,
            100 * reussite.part,
            height=0.62,
            **(faible if reussite.part < MOITIE else {"color": BLEU}),
        )
        axes.annotate(
            reussite.pourcent,
            (100 * reussite.part, rang),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontsize=a.police(True),
            color=ENCRE,
        )
    axes.set_yticks(range(len(noms)), noms)
    for etiquette in axes.get_yticklabels():
        etiquette.set_parse_math(False)  # un « $ » dans un libellé reste un dollar
    axes.set_xticks([])
    axes.set_xlim(0, 115)
    axes.set_ylim(len(noms) - 0.4, -0.6)
    return figure


def description_de_reussite(reussites: Sequence[Reussite]) -> str:
    """Les barres, l'une après l'autre."""
    montrees = " ; ".join(
        f"{reussite.libelle}, {reussite.pourcent}" for reussite in reussites[:BARRES_MAXIMUM]
    )
    return f"Barres de réussite, de la plus faible à la plus forte : {montrees}."


def _replier(libelle: str) -> str:
    """Deux lignes au plus ; ni « ? » ni « % » ne commence une ligne.

    >>> _replier("Le plus gros client de la maison Rimaldi est-il le meilleur ?")
    'Le plus gros client de la maison Rimaldi\\nest-il le meilleur\\xa0?'
    """
    lignes = textwrap.wrap(
        lier(libelle), SIGNES_PAR_LIGNE, max_lines=2, placeholder="…", break_on_hyphens=False
    )
    return "\n".join(lignes)
