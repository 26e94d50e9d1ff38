"""Une figure lisible par tous : texte de remplacement, phrase de conclusion, chiffres à côté de l'image.

Le texte de remplacement confié à ``display`` n'arrive pas jusqu'à l'image dans JupyterLab ni dans Voilà : la figure
est donc écrite en HTML. Elle se construit avec ``matplotlib.figure.Figure``, sans ``pyplot`` ni état global.
"""

import base64
import io
from collections.abc import Sequence

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from grc_helpers.couleurs import ENCRE, QUADRILLAGE
from grc_helpers.francais.nombres import ecrire_nombre

POLICE_ECRAN, POLICE_PROJECTION = 11, 18
PIXELS_PAR_POUCE = 96
SANS_TABLEAU = Markup("")


def nouvelle_figure(
    projection: bool = False, largeur: float = 6.4, hauteur: float = 3.3
) -> tuple[Figure, Axes]:
    """Une figure vide sur fond blanc, aux dimensions en pouces, et ses axes réduits à l'essentiel.

    En ``projection``, tous les textes font au moins 18 points.
    """
    figure = Figure(figsize=(largeur, hauteur), layout="constrained", facecolor="white")
    axes = figure.add_subplot(facecolor="white")
    axes.spines[["top", "right", "left", "bottom"]].set_visible(False)
    axes.tick_params(length=0, labelsize=police(projection), labelcolor=ENCRE)
    axes.grid(axis="y", color=QUADRILLAGE, linewidth=1)
    axes.set_axisbelow(True)
    return figure, axes


def police(projection: bool) -> int:
    """La taille des textes d'une figure, en points."""
    return POLICE_PROJECTION if projection else POLICE_ECRAN


def graduer_a_la_francaise(
    axes: Axes, unite: str = "", diviseur: float = 1, intervalles: int = 4
) -> None:
    """Gradue l'axe vertical en nombres français : peu de repères, ``diviseur=1000`` avec ``unite="k€"`` si besoin."""
    axes.yaxis.set_major_locator(MaxNLocator(intervalles, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda valeur, rang: ecrire_nombre(valeur / diviseur, unite=unite))
    )


def tableau_html(entetes: Sequence[str], lignes: Sequence[Sequence[str]], legende: str) -> Markup:
    """Un tableau HTML dont la première colonne nomme les lignes ; tous les textes sont échappés.

    >>> str(tableau_html(["", "N1"], [["CA <brut>", "100"]], "En euros"))[-80:]
    '<tbody><tr><th scope="row">CA &lt;brut&gt;</th><td>100</td></tr></tbody></table>'
    """
    colonnes = Markup("").join(
        Markup('<th scope="col">{}</th>').format(entete) if entete else Markup("<td></td>")
        for entete in entetes
    )
    corps = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            nom, Markup("").join(map(Markup("<td>{}</td>").format, cases))
        )
        for nom, *cases in lignes
    )
    return Markup(
        '<table class="grc-tableau"><caption>{legende}</caption><thead><tr>{colonnes}</tr></thead>'
        "<tbody>{corps}</tbody></table>"
    ).format(legende=legende, colonnes=colonnes, corps=corps)


def figure_html(
    figure: Figure, description: str, phrase: str, tableau: Markup = SANS_TABLEAU
) -> Markup:
    """La balise ``<figure>`` prête à afficher.

    ``description`` remplace l'image pour qui ne la voit pas ; ``phrase`` dit la conclusion sous l'image ;
    ``tableau`` (HTML, voir ``tableau_html``) se déplie sous « Voir les chiffres ».
    Lève ``ValueError`` si la description ou la phrase manque : une figure muette n'est pas publiable.
    """
    if not description.strip() or not phrase.strip():
        raise ValueError("Une figure a besoin d'une description et d'une phrase de conclusion.")
    largeur, hauteur = (round(cote * PIXELS_PAR_POUCE) for cote in figure.get_size_inches())
    chiffres = Markup("<details><summary>Voir les chiffres</summary>{}</details>").format(tableau)
    # Les dimensions réservent la place : la page ne saute pas quand l'image change.
    return Markup(
        '<figure class="grc-figure" style="margin:0">'
        '<img src="{adresse}" alt="{description}" width="{largeur}" height="{hauteur}" '
        'style="display:block;width:100%;height:auto;background:white;border-radius:6px">'
        "<figcaption>{phrase}</figcaption>{chiffres}</figure>"
    ).format(
        adresse=_adresse(figure),
        description=description,
        largeur=largeur,
        hauteur=hauteur,
        phrase=phrase,
        chiffres=chiffres if tableau else SANS_TABLEAU,
    )


def _adresse(figure: Figure) -> str:
    """L'image vectorielle dans une adresse ``data:`` : nette à toute taille, aucun fichier à côté."""
    sortie = io.BytesIO()
    figure.savefig(sortie, format="svg", metadata={"Date": None})
    return "data:image/svg+xml;base64," + base64.b64encode(sortie.getvalue()).decode("ascii")
