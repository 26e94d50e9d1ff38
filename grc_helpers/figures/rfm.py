"""Les graphiques d'une analyse RFM : la grille récence × fréquence, et ce qu'achète chaque segment."""

from collections.abc import Collection, Mapping

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from grc_helpers.calculs.rfm import (
    NOTE_MAXIMALE,
    SEGMENTS,
    TAUX_DE_REPONSE,
    Envoi,
    Mesures,
    Notes,
    segment,
)
from grc_helpers.couleurs import BLEU, ENCRE, GRIS, QUADRILLAGE
from grc_helpers.figures import accessible as a
from grc_helpers.francais.nombres import ecrire_nombre

LesNotes = Mapping[str, Notes]
# Où écrire le nom d'un segment dans la grille : sa case la plus haute à gauche (note F, note R).
COINS = {
    "à développer": (1, 5),
    "fidèles": (3, 5),
    "champions": (4, 5),
    "occasionnels": (1, 3),
    "à réactiver": (3, 2),
    "perdus": (1, 2),
}
TEINTE_PLEINE = 0.45


def a_l_euro(montant: float) -> str:
    """Un montant arrondi à l'euro, avec un vrai signe moins.

    >>> a_l_euro(-12.4)
    '−12\\xa0€'
    """
    return ecrire_nombre(round(montant) or 0, 0, "€")


def segments_de(notes: LesNotes) -> dict[str, list[str]]:
    """Les clients de chaque segment, dans l'ordre de ``SEGMENTS``.

    >>> segments_de({"Lina": Notes(5, 5, 2), "Marc": Notes(1, 4, 5)})["à réactiver"]
    ['Marc']
    """
    groupes: dict[str, list[str]] = {nom: [] for nom in SEGMENTS}
    for client, siennes in notes.items():
        groupes[segment(siennes.recence, siennes.frequence)].append(client)
    return groupes


def phrase_envoi(nom: str, envoi: Envoi) -> str:
    """Ce que coûte le plan ``nom`` et ce qu'on en attend.

    >>> phrase_envoi("Écrire à deux amis", Envoi(("Lina", "Marc"), ("Nour",), 0.8, 16, 8)).replace("\\u00a0", " ")
    'Écrire à deux amis : 2 courriers (8 €), 0,8 réponse attendue et 16 € de marge, soit un gain de 8 €. 1 refus de publicité respecté.'
    >>> phrase_envoi("Écrire à personne", Envoi((), (), 0, 0, 0))
    'Écrire à personne : aucun courrier, budget trop petit ou personne à qui écrire.'
    """
    refus = len(envoi.refus)
    fin = (
        f" {refus}\u00a0refus de publicité {'respectés' if refus > 1 else 'respecté'}."
        if refus
        else ""
    )
    if not envoi.ecrits:
        return f"{nom} : aucun courrier, budget trop petit ou personne à qui écrire.{fin}"
    courriers = f"{len(envoi.ecrits)}\u00a0courrier{'s' * (len(envoi.ecrits) > 1)}"
    pluriel = "s" * (round(envoi.reponses, 1) >= 2)
    reponses = f"{ecrire_nombre(envoi.reponses, 1)}\u00a0réponse{pluriel} attendue{pluriel}"
    resultat = (
        f"{'un gain' if round(envoi.gain) >= 0 else 'une perte'} de {a_l_euro(abs(envoi.gain))}"
    )
    return f"{nom} : {courriers} ({a_l_euro(envoi.cout)}), {reponses} et {a_l_euro(envoi.marge)} de marge, soit {resultat}.{fin}"


def description_grille(notes: LesNotes, ecrits: Collection[str]) -> str:
    """Les cases occupées de la grille et leurs courriers, pour qui ne la voit pas."""
    cases = " ; ".join(
        f"récence {r} fréquence {f}, {len(clients)} client{'s' * (len(clients) > 1)}"
        + (f" dont {_courriers(clients, ecrits)}" if _combien(clients, ecrits) else "")
        for (r, f), clients in sorted(_cases(notes).items(), reverse=True)
    )
    return f"Grille des clients par note de récence et note de fréquence : {cases}. Les autres cases sont vides."


def figure_grille(notes: LesNotes, ecrits: Collection[str], projection: bool = False) -> Figure:
    """La grille : dans chaque case, le nombre de clients et de courriers ; un trait épais entoure chaque segment."""
    figure, axes = a.nouvelle_figure(
        projection, 9.6 if projection else 7.2, 5.6 if projection else 3.7
    )
    taille, cases = a.police(projection), _cases(notes)
    axes.grid(False)
    axes.set(xlim=(0.5, NOTE_MAXIMALE + 0.5), ylim=(0.5, NOTE_MAXIMALE + 0.5))
    plus_pleine = max(map(len, cases.values()))
    for (r, f), clients in cases.items():
        axes.add_patch(
            Rectangle(
                (f - 0.5, r - 0.5),
                1,
                1,
                color=BLEU,
                alpha=TEINTE_PLEINE * len(clients) / plus_pleine,
                linewidth=0,
            )
        )
        axes.text(
            f,
            r - 0.03,
            str(len(clients)),
            fontsize=taille + 3,
            fontweight="bold",
            color=ENCRE,
            ha="center",
            va="center",
        )
        if _combien(clients, ecrits):
            axes.text(
                f,
                r - 0.34,
                _courriers(clients, ecrits),
                fontsize=taille,
                color=ENCRE,
                ha="center",
                va="center",
            )
    _border_les_segments(axes)
    for nom, (f, r) in COINS.items():
        axes.text(
            f - 0.46,
            r + 0.45,
            nom,
            fontsize=taille,
            fontstyle="italic",
            color=ENCRE,
            ha="left",
            va="top",
        )
    axes.set_xticks(range(1, NOTE_MAXIMALE + 1))
    axes.set_yticks(range(1, NOTE_MAXIMALE + 1))
    axes.set_xlabel("note de fréquence (5 : achète souvent)", fontsize=taille, color=ENCRE)
    axes.set_title("note de récence (5 : vient d'acheter)", loc="left", fontsize=taille, color=GRIS)
    return figure


def description_segments(
    mesures: Mapping[str, Mesures], notes: LesNotes, ecrits: Collection[str]
) -> str:
    """Le nombre de clients, le total acheté et les courriers de chaque segment."""
    barres = " ; ".join(
        f"{nom}, {len(clients)} client{'s' * (len(clients) > 1)}, {a_l_euro(_total(clients, mesures))}"
        + (f", {_courriers(clients, ecrits)}" if _combien(clients, ecrits) else "")
        for nom, clients in segments_de(notes).items()
    )
    return f"Barres du total acheté dans l'année par les clients de chaque segment : {barres}."


def figure_segments(
    mesures: Mapping[str, Mesures],
    notes: LesNotes,
    ecrits: Collection[str],
    projection: bool = False,
) -> Figure:
    """Ce qu'a acheté chaque segment ; en plein, la part des clients à qui l'on écrit."""
    figure, axes = a.nouvelle_figure(
        projection, 9.6 if projection else 7.2, 4.8 if projection else 3.2
    )
    taille, groupes = a.police(projection), segments_de(notes)
    axes.grid(False)
    totaux = {nom: _total(clients, mesures) for nom, clients in groupes.items()}
    plus_haut = max(totaux.values())
    for rang, (nom, clients) in enumerate(groupes.items()):
        axes.barh(rang, totaux[nom], height=0.66, facecolor="white", edgecolor=BLEU, linewidth=1.5)
        axes.barh(
            rang, _total([c for c in clients if c in ecrits], mesures), height=0.66, color=BLEU
        )
        suite = f" · {_courriers(clients, ecrits)}" if _combien(clients, ecrits) else ""
        axes.text(
            totaux[nom] + plus_haut * 0.015,
            rang,
            f"{a_l_euro(totaux[nom])}{suite}",
            fontsize=taille,
            color=ENCRE,
            ha="left",
            va="center",
        )
    axes.set_yticks(
        range(len(groupes)), [f"{nom} ({len(clients)})" for nom, clients in groupes.items()]
    )
    axes.set_xticks([])
    axes.set(xlim=(0, plus_haut * 1.5), ylim=(len(groupes) - 0.5, -0.5))
    axes.set_title(
        "total acheté ; en plein : on leur écrit", loc="left", fontsize=taille, color=GRIS
    )
    return figure


def tableau_des_taux() -> Markup:
    """La règle de l'envoi, en HTML : le taux de réponse de chaque note de récence."""
    notes = sorted(TAUX_DE_REPONSE, reverse=True)
    taux = [ecrire_nombre(100 * TAUX_DE_REPONSE[note], 0, "%") for note in notes]
    return a.tableau_html(
        ["Note de récence", *map(str, notes)],
        [["Clients qui répondent", *taux]],
        "Règle de l'exemple",
    )


def _cases(notes: LesNotes) -> dict[tuple[int, int], list[str]]:
    """Les clients de chaque case occupée, désignée par ses notes de récence et de fréquence."""
    cases: dict[tuple[int, int], list[str]] = {}
    for client, siennes in notes.items():
        cases.setdefault((siennes.recence, siennes.frequence), []).append(client)
    return cases


def _border_les_segments(axes: Axes) -> None:
    """Un trait épais entre deux cases de segments différents, un trait fin entre deux cases du même."""
    notes = range(1, NOTE_MAXIMALE + 1)
    for r in notes:
        for f in notes:
            for (r2, f2), trait in (
                ((r, f + 1), ([f + 0.5] * 2, [r - 0.5, r + 0.5])),
                ((r + 1, f), ([f - 0.5, f + 0.5], [r + 0.5] * 2)),
            ):
                if max(r2, f2) <= NOTE_MAXIMALE:
                    bord = segment(r, f) != segment(r2, f2)
                    axes.plot(
                        *trait,
                        color=ENCRE if bord else QUADRILLAGE,
                        linewidth=2.5 if bord else 1,
                        zorder=3 if bord else 1,
                    )


def _total(clients: Collection[str], mesures: Mapping[str, Mesures]) -> float:
    return sum(mesures[client].montant for client in clients)


def _combien(clients: Collection[str], ecrits: Collection[str]) -> int:
    return sum(client in ecrits for client in clients)


def _courriers(clients: Collection[str], ecrits: Collection[str]) -> str:
    combien = _combien(clients, ecrits)
    return f"{combien} courrier{'s' * (combien > 1)}"
