"""Deux courbes de clients présents, avec et sans un effort pour les retenir : l'écart est ce que l'effort garde."""

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from grc_helpers.calculs.fidelisation import Annee
from grc_helpers.calculs.valeur_client import point_mort
from grc_helpers.couleurs import BLEU, BLEU_CLAIR, ENCRE, VERMILLON
from grc_helpers.figures import accessible as a
from grc_helpers.francais.nombres import ecrire_nombre

# Un trait plein à points ronds, un tireté à carrés : les deux courbes se distinguent sans la couleur.
AVEC: dict[str, Any] = {"color": BLEU, "marker": "o", "linestyle": "-", "linewidth": 2.5}
SANS: dict[str, Any] = {"color": VERMILLON, "marker": "s", "linestyle": "--", "linewidth": 2}


def phrase(annees: Sequence[Annee]) -> str:
    """La conclusion : ce que l'effort coûte, ce qu'il ajoute, et l'année où il est remboursé.

    >>> from grc_helpers.calculs.fidelisation import comparer_l_effort
    >>> phrase(comparer_l_effort(100, 0.5, 30, 0.1, 1, 2)).replace("\\xa0", " ")
    "En 2 ans, l'effort coûte 160 DH et ajoute 300 DH de marge : gain de 140 DH. Remboursé l'année 2."
    """
    cout, marge = sum(an.cout for an in annees), sum(an.marge_ajoutee for an in annees)
    resultat = annees[-1].cumul
    debut = f"En {_duree(annees)}, l'effort coûte {_dh(cout)} et ajoute {_dh(marge)} de marge"
    fin = f"gain de {_dh(resultat)}" if resultat >= 0 else f"perte de {_dh(-resultat)}"
    rang = point_mort([an.cumul for an in annees])
    if rang is None:
        return f"{debut} : {fin}. Pas encore remboursé."
    return f"{debut} : {fin}. Remboursé l'année {rang}."


def description(annees: Sequence[Annee]) -> str:
    """Ce que montrent les deux courbes, pour qui ne les voit pas.

    >>> from grc_helpers.calculs.fidelisation import comparer_l_effort
    >>> description(comparer_l_effort(100, 0.5, 30, 0.1, 2, 2))
    'Deux courbes de clients présents au début de chaque année : année 1, 100 avec effort, 100 sans ; année 2, 60 avec effort, 50 sans.'
    """
    etapes = " ; ".join(
        f"année {an.rang}, {_clients(an.avec)} avec effort, {_clients(an.sans)} sans"
        for an in annees
    )
    return f"Deux courbes de clients présents au début de chaque année : {etapes}."


def figure_presents(annees: Sequence[Annee], projection: bool = False) -> Figure:
    """Les présents de chaque année, avec et sans effort ; entre les deux, en clair, les clients que l'effort garde."""
    figure, axes = a.nouvelle_figure(projection, hauteur=3.3 if projection else 2.8)
    rangs = [an.rang for an in annees]
    avec, sans = [an.avec for an in annees], [an.sans for an in annees]
    axes.fill_between(rangs, sans, avec, color=BLEU_CLAIR)
    axes.plot(rangs, sans, **SANS)
    axes.plot(rangs, avec, **AVEC)
    dernier = annees[-1]
    for nom, valeur, vers in (("avec", dernier.avec, "bottom"), ("sans", dernier.sans, "top")):
        axes.annotate(
            f" {nom} : {_clients(valeur)}",
            (dernier.rang, valeur),
            (6, 0),
            textcoords="offset points",
            va=vers,
            fontsize=a.police(projection),
            fontweight="bold",
            color=ENCRE,
        )
    axes.set_xticks(rangs, [f"année {rang}" if rang == 1 else str(rang) for rang in rangs])
    # À droite, la place des deux étiquettes.
    axes.set_xlim(0.6, dernier.rang + 0.3 * max(1, len(annees) - 1))
    axes.set_ylim(0, max(1, *avec) * 1.08)
    a.graduer_a_la_francaise(axes)
    axes.set_title(
        "Clients présents au début de l'année", loc="left", pad=10, fontsize=a.police(projection)
    )
    return figure


def _duree(annees: Sequence[Annee]) -> str:
    return f"{len(annees)} an{'s' * (len(annees) > 1)}"


def _dh(montant: float) -> str:
    return ecrire_nombre(montant, 0, "DH")


def _clients(combien: float) -> str:
    return ecrire_nombre(combien, 0)
