"""La frise des époques du marketing : six bandes qui se chevauchent, une année à la fois, et des événements à leur place.

Les dates sont des repères de lecture, pas des frontières : R. Keith a proposé les premières époques en 1960, et les historiens du
marketing les ont contestées depuis. D'où des bandes qui se chevauchent, puis continuent en clair : une époque n'efface pas la
précédente.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from grc_helpers.couleurs import BLEU, ENCRE, GRIS, GRIS_CLAIR, QUADRILLAGE, VERMILLON
from grc_helpers.donnees import lire
from grc_helpers.figures import accessible as a

PREMIERE_ANNEE, DERNIERE_ANNEE = 1900, 2026
ENTETES = ["Époque", "Repères", "La question de l'entreprise", "Qui a la main ?"]

_EPAISSEUR, _SUITE = 0.62, 0.16


@dataclass(frozen=True)
class Epoque:
    """Une époque : nom, ``complement`` (« de la vente »), années de repère, question posée, qui a la main, question à débattre."""

    nom: str
    complement: str
    debut: int
    fin: int
    question: str
    main: str
    debat: str

    @property
    def reperes(self) -> str:
        """Ses dates, en toutes lettres si elle dure encore.

        >>> [epoque.reperes for epoque in epoques()][-2:]
        ['1995 à 2015', 'depuis 2000']
        """
        return (
            f"depuis {self.debut}" if self.fin == DERNIERE_ANNEE else f"{self.debut} à {self.fin}"
        )


def epoques() -> list[Epoque]:
    """Les six époques, dans l'ordre du temps ; une époque sans fin va jusqu'à ``DERNIERE_ANNEE``."""
    return [
        Epoque(
            ligne["epoque"],
            ligne["complement"],
            int(ligne["debut"]),
            int(ligne["fin"] or DERNIERE_ANNEE),
            ligne["question"],
            ligne["main"],
            ligne["debat"],
        )
        for ligne in lire("epoques")
    ]


def epoques_de(annee: int) -> list[Epoque]:
    """Les époques en cours une année donnée.

    >>> [epoque.nom for epoque in epoques_de(1998)]
    ['marketing client', 'numérique']
    """
    return [epoque for epoque in epoques() if epoque.debut <= annee <= epoque.fin]


def phrase(annee: int) -> str:
    """La conclusion en français pour une année.

    >>> phrase(1940)
    "En 1940, c'est l'époque de la vente. Qui a la main : le vendeur, qui insiste."
    >>> phrase(1998).removesuffix(", puis le client, qui se fait entendre.")
    'En 1998, deux époques se superposent : marketing client et numérique. Qui a la main : le vendeur et le client'
    """
    presentes = epoques_de(annee)
    noms = [epoque.nom for epoque in presentes]
    if len(noms) == 1:
        debut = f"En {annee}, c'est l'époque {presentes[0].complement}."
    else:
        combien = {2: "deux", 3: "trois"}[len(noms)]
        debut = (
            f"En {annee}, {combien} époques se superposent : {', '.join(noms[:-1])} et {noms[-1]}."
        )
    return f"{debut} Qui a la main : {', puis '.join(epoque.main for epoque in presentes)}."


def description(annee: int | None = None) -> str:
    """Ce que montre la frise, pour qui ne la voit pas ; ``annee`` est celle que marque le trait vertical, s'il y en a un."""
    bandes = " ; ".join(f"{epoque.nom}, {epoque.reperes}" for epoque in epoques())
    trait = (
        ""
        if annee is None
        else f" Un trait marque {annee} ; en cours : {', '.join(epoque.nom for epoque in epoques_de(annee))}."
    )
    return f"Frise de six bandes horizontales : {bandes}.{trait}"


def tableau() -> Markup:
    """Les six époques en tableau HTML."""
    lignes = [[epoque.nom, epoque.reperes, epoque.question, epoque.main] for epoque in epoques()]
    return a.tableau_html(
        ENTETES, lignes, "Six époques du marketing : des repères, pas des frontières"
    )


def figure_frise(
    annee: int | None = None, places: Mapping[int, Sequence] | None = None, projection: bool = False
) -> Figure:
    """Les six bandes ; un trait sur ``annee`` et les époques en cours en bleu.

    ``places`` : les événements à poser, de leur numéro à (année, nom d'époque).
    """
    figure, axes = a.nouvelle_figure(
        projection, largeur=8.2 if projection else 6.6, hauteur=4.4 if projection else 3.4
    )
    toutes = epoques()
    en_cours = {epoque.nom for epoque in epoques_de(annee)} if annee is not None else set()
    for rang, epoque in enumerate(toutes):
        _bande(axes, rang, epoque, epoque.nom in en_cours)
    if annee is not None:
        axes.plot(
            [annee, annee], [-0.5, len(toutes) - 0.5], color=VERMILLON, linewidth=2.5, zorder=3
        )
        axes.annotate(
            str(annee),
            (annee, -0.58),
            ha="center",
            va="bottom",
            fontsize=a.police(projection),
            fontweight="bold",
            color=ENCRE,
        )
    rangs = {epoque.nom: rang for rang, epoque in enumerate(toutes)}
    for numero, (date, nom) in (places or {}).items():
        _pastille(axes, numero, date, rangs[nom], a.police(projection))
    axes.set_yticks(range(len(toutes)), [epoque.nom for epoque in toutes])
    axes.set_ylim(len(toutes) - 0.45, -0.95)
    axes.set_xlim(PREMIERE_ANNEE - 2, DERNIERE_ANNEE + 2)
    axes.set_xticks(range(1900, 2021, 20))
    axes.grid(False, axis="y")
    axes.grid(True, axis="x", color=QUADRILLAGE, linewidth=1)
    return figure


def _bande(axes: Axes, rang: int, epoque: Epoque, en_cours: bool) -> None:
    """Le cœur de l'époque, puis sa suite, fine : elle dure, sans être la nouveauté du moment. Le bord épais vaut aussi sans couleur."""
    couleur = BLEU if en_cours else GRIS_CLAIR
    axes.barh(
        rang,
        DERNIERE_ANNEE - epoque.fin,
        left=epoque.fin,
        height=_SUITE,
        color=GRIS_CLAIR,
        edgecolor=GRIS,
        linewidth=0.8,
    )
    axes.barh(
        rang,
        epoque.fin - epoque.debut,
        left=epoque.debut,
        height=_EPAISSEUR,
        color=couleur,
        edgecolor=ENCRE,
        linewidth=2.5 if en_cours else 1,
    )


def _pastille(axes: Axes, numero: int, date: int, rang: int, taille: int) -> None:
    axes.text(
        date,
        rang,
        str(numero),
        ha="center",
        va="center",
        fontsize=taille,
        fontweight="bold",
        color="white",
        bbox={"boxstyle": "circle,pad=0.25", "facecolor": BLEU, "edgecolor": "white"},
        zorder=4,
    )
