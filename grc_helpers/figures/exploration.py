"""Le diagramme en barres d'un calcul par groupe, et ce qui le dit à qui ne le voit pas."""

from collections.abc import Callable, Mapping

from matplotlib.figure import Figure

from grc_helpers.couleurs import BLEU, BLEU_CLAIR, ENCRE
from grc_helpers.figures import accessible as a

# Un mois, jour par jour. Au-delà, les barres ne se lisent plus ; le tableau, lui, donne tous les groupes.
BARRES = 31
POUCES_PAR_BARRE, POUCES_EN_TOUT = 0.33, 6


def figure_barres(
    valeurs: Mapping[str, float], ecrire: Callable[[float], str], projection: bool = False
) -> Figure:
    """Une barre horizontale par groupe, de haut en bas ; la plus longue est pleine, et chacune porte sa valeur."""
    montrees = dict(list(valeurs.items())[:BARRES])
    par_barre = min(POUCES_PAR_BARRE, POUCES_EN_TOUT / len(montrees))
    hauteur = max(1.1, 0.6 + par_barre * len(montrees)) * (1.5 if projection else 1)
    figure, axes = a.nouvelle_figure(projection, 9 if projection else 6.4, hauteur)
    axes.grid(visible=False)
    plus_haute = max(montrees.values())
    couleurs = [BLEU if valeur == plus_haute else BLEU_CLAIR for valeur in montrees.values()]
    rangs = range(len(montrees))
    axes.barh(
        rangs, list(montrees.values()), color=couleurs, edgecolor=BLEU, linewidth=1.5, height=0.7
    )
    for rang, valeur in enumerate(montrees.values()):
        axes.text(
            max(valeur, 0),
            rang,
            f" {ecrire(valeur)}",
            va="center",
            fontsize=a.police(projection),
            fontweight="bold",
            color=ENCRE,
        )
    axes.set_yticks(list(rangs), list(montrees))
    axes.invert_yaxis()
    bas = min(0, *montrees.values())
    axes.set_xlim(bas * 1.05, max(plus_haute, 0) * 1.25 or 1)
    axes.axvline(0, color=ENCRE, linewidth=1)
    axes.set_xticks([])
    return figure


def description(titre: str, valeurs: Mapping[str, float], ecrire: Callable[[float], str]) -> str:
    """Les barres, une à une.

    >>> description("Nombre de clients", {"Port": 2.0, "Gare": 1.0}, lambda v: f"{v:g}")
    'Diagramme en barres, nombre de clients : Port, 2 ; Gare, 1.'
    """
    barres = " ; ".join(f"{nom}, {ecrire(v)}" for nom, v in list(valeurs.items())[:BARRES])
    reste = len(valeurs) - BARRES
    suite = f" ; {reste} autres groupes dans le tableau" if reste > 0 else ""
    return f"Diagramme en barres, {titre[:1].lower()}{titre[1:]} : {barres}{suite}."
