"""Une mesure de satisfaction et sa marge : deux traits, un par nombre de réponses, sur l'échelle de l'indicateur."""

from dataclasses import dataclass
from math import sqrt

from matplotlib.figure import Figure

from grc_helpers.calculs import satisfaction as calculs
from grc_helpers.calculs.satisfaction import Echelle
from grc_helpers.couleurs import BLEU, ENCRE, GRIS, QUADRILLAGE, VERMILLON
from grc_helpers.figures import accessible as a
from grc_helpers.francais.nombres import arrondi, ecrire_nombre
from grc_helpers.francais.typographie import insecables


@dataclass(frozen=True)
class Indicateur:
    """Ce que l'on mesure : son ``sigle``, ce que l'on demande, ses trois groupes de réponses (les contents d'abord), ses bornes.

    ``echelle`` : celle des notes d'un CES, dont les groupes sont trois notes.
    """

    sigle: str
    question: str
    groupes: tuple[str, str, str]
    minimum: float
    maximum: float
    unite: str
    echelle: Echelle | None = None

    @property
    def milieu(self) -> float:
        """Le milieu de l'échelle : 0 pour le NPS, la moitié pour une part."""
        return (self.minimum + self.maximum) / 2

    @property
    def decimales(self) -> int:
        """Une note se lit à deux décimales ; des points ou des pour cent, à l'unité."""
        return 2 if self.echelle else 0

    def ecrire(self, valeur: float) -> str:
        """La valeur avec son unité.

        >>> NPS.ecrire(-1.4), CSAT.ecrire(69.2), CES_EFFORT.ecrire(2.5)
        ('−1\\xa0point', '69\\xa0%', '2,50')
        """
        seul = self.unite == "points" and abs(arrondi(valeur)) < 2
        return ecrire_nombre(valeur, self.decimales, "point" if seul else self.unite)


def _ces(echelle: Echelle, question: str) -> Indicateur:
    """Le CES d'une ``echelle``, où l'on ne règle, pour rester simple, que trois notes."""
    milieu = (echelle.minimum + echelle.maximum) // 2
    groupes = (
        f"Facile (note {echelle.facile})",
        f"Entre les deux (note {milieu})",
        f"Difficile (note {echelle.difficile})",
    )
    return Indicateur("CES", question, groupes, echelle.minimum, echelle.maximum, "", echelle)


NPS = Indicateur(
    "NPS",
    "recommander, de 0 à 10",
    ("Promoteurs (9 et 10)", "Passifs (7 et 8)", "Détracteurs (0 à 6)"),
    -100,
    100,
    "points",
)
CSAT = Indicateur(
    "CSAT",
    "être satisfait, de 1 à 5",
    ("Satisfaits (4 et 5)", "Entre les deux (3)", "Mécontents (1 et 2)"),
    0,
    100,
    "%",
)
CES_EFFORT = _ces(calculs.EFFORT, "l'effort, de 1 à 5")
CES_FACILITE = _ces(calculs.FACILITE, "la facilité, de 1 à 7")
INDICATEURS = (NPS, CSAT, CES_EFFORT, CES_FACILITE)


@dataclass(frozen=True)
class Enquete:
    """Une enquête : l'``indicateur``, les réponses de ses trois groupes, et combien de réponses on pourrait réunir (``visees``).

    Les calculs demandent au moins deux réponses.
    """

    indicateur: Indicateur
    contents: int
    entre_deux: int
    mecontents: int
    visees: int

    @property
    def effectifs(self) -> tuple[int, int, int]:
        """Les réponses des trois groupes, du plus content au moins content."""
        return self.contents, self.entre_deux, self.mecontents

    @property
    def reponses(self) -> int:
        """Toutes les réponses, les passifs et les indécis compris."""
        return sum(self.effectifs)

    @property
    def valeur(self) -> float:
        """Ce que donne l'enquête, en points, en pour cent ou en note."""
        if self.indicateur.echelle:
            return calculs.ces(self._notes, self.indicateur.echelle)
        if self.indicateur is CSAT:
            return 100 * calculs.csat(satisfaits=self.contents, reponses=self.reponses)
        return calculs.nps(
            promoteurs=self.contents, passifs=self.entre_deux, detracteurs=self.mecontents
        )

    @property
    def marge(self) -> float:
        """Sa marge d'erreur, dans la même unité."""
        if self.indicateur.echelle:
            return calculs.marge_d_une_moyenne(self._notes)
        if self.indicateur is CSAT:
            return 100 * calculs.marge_d_une_part(self.contents / self.reponses, self.reponses)
        return calculs.marge_du_nps(
            promoteurs=self.contents, passifs=self.entre_deux, detracteurs=self.mecontents
        )

    @property
    def marge_visee(self) -> float:
        """La marge si les mêmes avis venaient de ``visees`` réponses : elle suit la racine carrée du nombre de réponses."""
        return self.marge * sqrt(self.reponses / self.visees)

    def bornes(self, marge: float) -> tuple[float, float]:
        """Entre quoi et quoi se trouve la valeur de tous les clients, sans sortir de l'échelle."""
        i = self.indicateur
        return max(i.minimum, self.valeur - marge), min(i.maximum, self.valeur + marge)

    @property
    def _notes(self) -> list[float]:
        echelle = self.indicateur.echelle
        assert echelle is not None  # seul un CES a des notes
        trois = (echelle.facile, self.indicateur.milieu, echelle.difficile)
        return [
            note for note, nombre in zip(trois, self.effectifs, strict=True) for _ in range(nombre)
        ]


def phrase(enquete: Enquete) -> str:
    """La conclusion : la valeur, entre quoi et quoi, et ce que changerait un autre nombre de réponses.

    >>> print(phrase(Enquete(NPS, 30, 50, 20, 400)).replace("\\xa0", " ").replace(". ", ".\\n"))
    NPS de 10 points, à 14 près, sur 100 réponses : entre −4 et 24.
    On ne sait pas s'il est au-dessus ou au-dessous de 0.
    Avec 400 réponses et les mêmes avis : à 7 près.
    """
    i, marge = enquete.indicateur, enquete.marge
    debut = f"{i.sigle} de {i.ecrire(enquete.valeur)}"
    if not marge:
        return insecables(
            f"{debut} : tous ont répondu la même chose, la formule de la marge n'y vaut plus rien."
        )
    bas, haut = enquete.bornes(marge)
    fin = f"Avec {ecrire_nombre(enquete.visees)} réponses et les mêmes avis : à {_nu(i, enquete.marge_visee)} près."
    doute = (
        f" On ne sait pas s'il est au-dessus ou au-dessous de {ecrire_nombre(i.milieu)}."
        if bas < i.milieu < haut
        else ""
    )
    return insecables(
        f"{debut}, à {_nu(i, marge)} près, sur {ecrire_nombre(enquete.reponses)} réponses : "
        f"entre {_nu(i, bas)} et {_nu(i, haut)}.{doute} {fin}"
    )


def description(enquete: Enquete) -> str:
    """Ce que montrent les deux traits, pour qui ne les voit pas.

    >>> description(Enquete(CSAT, 60, 20, 20, 400)).replace("\\xa0", " ")
    'Échelle de 0 à 100. Sur 100 réponses, un point à 60 et un trait de 50 à 70 ; sur 400 réponses, le même point et un trait de 55 à 65.'
    """
    i = enquete.indicateur
    traits = [
        f"de {_nu(i, bas)} à {_nu(i, haut)}"
        for bas, haut in map(enquete.bornes, (enquete.marge, enquete.marge_visee))
    ]
    return (
        f"Échelle de {ecrire_nombre(i.minimum)} à {ecrire_nombre(i.maximum)}. "
        f"Sur {ecrire_nombre(enquete.reponses)} réponses, un point à {_nu(i, enquete.valeur)} et un trait {traits[0]} ; "
        f"sur {ecrire_nombre(enquete.visees)} réponses, le même point et un trait {traits[1]}."
    )


def figure_marge(enquete: Enquete, projection: bool = False) -> Figure:
    """La valeur et sa marge, pour les réponses que l'on a (trait épais) puis pour celles que l'on vise (trait fin), sur toute l'échelle."""
    figure, axes = a.nouvelle_figure(projection, hauteur=3.1 if projection else 2.3)
    taille, i = a.police(projection), enquete.indicateur
    axes.grid(visible=False)
    axes.axvline(i.milieu, color=VERMILLON, linewidth=1.5, linestyle=(0, (5, 3)))
    traits = ((1, enquete.marge, 5, "o"), (0, enquete.marge_visee, 2.5, "s"))
    for rang, marge, epaisseur, point in traits:
        bas, haut = enquete.bornes(marge)
        axes.hlines(rang, i.minimum, i.maximum, color=QUADRILLAGE, linewidth=1.5)
        axes.plot([bas, haut], [rang, rang], color=BLEU, linewidth=epaisseur, solid_capstyle="butt")
        axes.plot(enquete.valeur, rang, marker=point, markersize=10, color=BLEU)
        axes.annotate(
            f"{i.ecrire(enquete.valeur)}, à {_nu(i, marge)} près",
            (enquete.valeur, rang),
            (0, 11),
            textcoords="offset points",
            ha="center",
            fontsize=taille,
            fontweight="bold" if rang else "normal",
            color=ENCRE,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )
    noms = [f"{ecrire_nombre(n)}\nréponses" for n in (enquete.reponses, enquete.visees)]
    axes.set_yticks([1, 0], noms)
    axes.set_ylim(-0.5, 1.75)
    marge_du_bord = 0.18 * (i.maximum - i.minimum)
    axes.set_xlim(i.minimum - marge_du_bord, i.maximum + marge_du_bord)
    axes.set_xticks(*_graduations(i))
    axes.set_title(f"{i.sigle} : {i.question}", loc="left", pad=8, fontsize=taille, color=GRIS)
    return figure


def _graduations(i: Indicateur) -> tuple[list[float], list[str]]:
    """Les deux bouts et le milieu ; pour un CES, de quel côté est le facile."""
    valeurs = [i.minimum, i.milieu, i.maximum]
    textes = [ecrire_nombre(valeur) for valeur in valeurs]
    if i.echelle:
        bouts = (
            ("facile", "difficile") if i.echelle.facile == i.minimum else ("difficile", "facile")
        )
        textes[0], textes[-1] = f"{textes[0]}\n{bouts[0]}", f"{textes[-1]}\n{bouts[1]}"
    return valeurs, textes


def _nu(i: Indicateur, valeur: float) -> str:
    return ecrire_nombre(valeur, i.decimales)
