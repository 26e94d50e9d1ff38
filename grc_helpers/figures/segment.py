"""L'entonnoir d'un segment : combien de clients restent après chaque critère."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from grc_helpers.calculs.segment import Palier, Segment, panier_moyen
from grc_helpers.couleurs import BLEU, BLEU_CLAIR, ENCRE
from grc_helpers.figures import accessible as a
from grc_helpers.francais.nombres import ecrire_nombre

PLURIELS = {"femme": "femmes", "homme": "hommes"}


def libelles(segment: Segment) -> list[str]:
    """Chaque palier tel qu'il s'écrit à gauche de sa barre, dans l'ordre de l'entonnoir.

    >>> libelles(Segment(sexe="femme", age_minimum=30))[:4]
    ['Fichier entier', 'Sexe : femmes', 'Âge : 30 ans et plus', 'Quartier : tous']
    """
    panier = ecrire_nombre(segment.panier_minimum, unite="€")
    return [
        "Fichier entier",
        f"Sexe : {PLURIELS.get(segment.sexe, 'tous')}",
        f"Âge : {segment.age_minimum} ans et plus" if segment.age_minimum else "Âge : tous",
        f"Quartier : {segment.quartier or 'tous'}",
        f"Panier : {panier} et plus" if segment.panier_minimum else "Panier : tous",
        "Accord : donné" if segment.accord else "Accord : non regardé",
    ]


def figure_entonnoir(
    paliers: Sequence[Palier], segment: Segment, projection: bool = False
) -> Figure:
    """Une barre par palier, de haut en bas ; la dernière, celle des destinataires, est pleine."""
    figure, axes = a.nouvelle_figure(projection, 8 if projection else 6.4, 4 if projection else 2.9)
    axes.grid(visible=False)
    effectifs = [len(palier.restants) for palier in paliers]
    rangs = range(len(paliers))
    couleurs = [BLEU_CLAIR] * (len(paliers) - 1) + [BLEU]
    axes.barh(rangs, effectifs, color=couleurs, edgecolor=BLEU, linewidth=1.5, height=0.7)
    for rang, effectif in zip(rangs, effectifs, strict=True):
        axes.text(
            effectif,
            rang,
            f" {effectif}",
            va="center",
            fontsize=a.police(projection),
            fontweight="bold",
            color=ENCRE,
        )
    axes.set_yticks(list(rangs), libelles(segment))
    axes.invert_yaxis()
    axes.set_xlim(0, max(1, effectifs[0]) * 1.08)
    axes.set_xticks([])
    return figure


def description(paliers: Sequence[Palier], segment: Segment) -> str:
    """Ce que montrent les barres, pour qui ne les voit pas."""
    etapes = [
        f"{libelle}, {len(palier.restants)}"
        for libelle, palier in zip(libelles(segment), paliers, strict=True)
    ]
    return f"Barres en entonnoir, nombre de clients après chaque critère : {' ; '.join(etapes)}."


def phrase(paliers: Sequence[Palier], segment: Segment) -> str:
    """La conclusion : combien de destinataires, leur panier, et combien n'ont pas donné leur accord.

    >>> from grc_helpers.calculs.segment import entonnoir
    >>> from grc_helpers.donnees.commerces import clients
    >>> seules = Segment(sexe="homme", quartier="Gare")
    >>> phrase(entonnoir(clients(), seules), seules).replace("\\u00a0", " ")
    '2 clients sur 24, panier moyen 30,50 €. Attention : 1 sans accord, ne pas lui écrire.'
    """
    retenus = paliers[-1].restants
    if not retenus:
        return "Aucun client ne remplit tous ces critères : relâchez-en un."
    combien = "1 client" if len(retenus) == 1 else f"{len(retenus)} clients"
    debut = f"{combien} sur {len(paliers[0].restants)}, panier moyen {ecrire_nombre(panier_moyen(retenus), 2, '€')}."
    sans = sum(not client.accord for client in retenus)
    if not sans:
        return f"{debut} Tous acceptent vos messages."
    return (
        f"{debut} Attention : {sans} sans accord, ne pas {'lui' if sans == 1 else 'leur'} écrire."
    )
