"""Ce que coûte un client revenu, face à ce qu'il laissera : deux barres à la même échelle."""

from dataclasses import dataclass

from matplotlib.figure import Figure

from grc_helpers.calculs.fidelisation import cout_d_un_client_revenu, gain_de_la_reconquete
from grc_helpers.couleurs import BLEU, ENCRE, VERMILLON
from grc_helpers.figures import accessible as a
from grc_helpers.francais.nombres import ecrire_nombre


@dataclass(frozen=True)
class Campagne:
    """Une campagne de reconquête : ``approches`` clients, ``reussite`` en part, montants en dirhams, ``annees`` regagnées par client."""

    approches: int
    contact: float
    reussite: float
    geste: float
    marge: float
    annees: float

    @property
    def appels(self) -> float:
        """Ce que coûtent les contacts, réussis ou non, par client revenu."""
        return self.cout - self.geste

    @property
    def cout(self) -> float:
        """Ce que coûte un client revenu."""
        return cout_d_un_client_revenu(self.contact, self.reussite, self.geste)

    @property
    def valeur(self) -> float:
        """Ce qu'un client revenu devrait encore laisser."""
        return self.marge * self.annees

    @property
    def gain(self) -> float:
        """Ce que laisse toute la campagne ; négatif si elle perd."""
        par_client = gain_de_la_reconquete(self.valeur, self.contact, self.reussite, self.geste)
        return self.approches * par_client


def phrase(campagne: Campagne) -> str:
    """La conclusion : le coût et la valeur d'un client revenu, puis le résultat de la campagne.

    >>> phrase(Campagne(200, 15, 0.20, 60, 200, 2)).replace("\\xa0", " ").replace("\\u202f", " ")
    'Un client revenu coûte 135 DH et laissera 400 DH. Pour 200 clients approchés : gain de 10 600 DH.'
    """
    gain = campagne.gain
    resultat = f"gain de {_dh(gain)}" if gain >= 0 else f"perte de {_dh(-gain)}"
    return (
        f"Un client revenu coûte {_dh(campagne.cout)} et laissera {_dh(campagne.valeur)}. "
        f"Pour {ecrire_nombre(campagne.approches)} clients approchés : {resultat}."
    )


def description(campagne: Campagne) -> str:
    """Ce que montrent les barres, pour qui ne les voit pas.

    >>> description(Campagne(200, 15, 0.20, 60, 200, 2)).replace("\\xa0", " ")
    "Deux barres, par client revenu. Coût : 75 DH de contacts et 60 DH de geste. Ce qu'il laissera : 400 DH."
    """
    return (
        f"Deux barres, par client revenu. Coût : {_dh(campagne.appels)} de contacts et "
        f"{_dh(campagne.geste)} de geste. Ce qu'il laissera : {_dh(campagne.valeur)}."
    )


def figure_cout_et_valeur(campagne: Campagne, projection: bool = False) -> Figure:
    """Le coût, en deux morceaux hachurés autrement, au-dessus de la valeur, pleine."""
    figure, axes = a.nouvelle_figure(projection, hauteur=3.4 if projection else 2.4)
    axes.grid(visible=False)
    axes.barh(0, campagne.appels, color="white", edgecolor=VERMILLON, hatch="//", linewidth=2)
    axes.barh(
        0,
        campagne.geste,
        left=campagne.appels,
        color="white",
        edgecolor=VERMILLON,
        hatch="..",
        linewidth=2,
    )
    axes.barh(1, campagne.valeur, color=BLEU)
    for rang, montant in enumerate((campagne.cout, campagne.valeur)):
        axes.text(
            montant,
            rang,
            f" {_dh(montant)}",
            va="center",
            fontsize=a.police(projection),
            fontweight="bold",
            color=ENCRE,
        )
    axes.set_yticks([0, 1], ["Il coûte\n(contacts, geste)", "Il laissera"])
    axes.invert_yaxis()
    axes.set_xlim(0, max(1, campagne.cout, campagne.valeur) * 1.25)
    axes.set_xticks([])
    return figure


def _dh(montant: float) -> str:
    return ecrire_nombre(montant, 0, "DH")
