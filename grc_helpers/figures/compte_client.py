"""Les graphiques d'un compte client : le solde jour après jour, et la balance âgée."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from grc_helpers.calculs.compte_client import A_ECHOIR, Ecriture, en_retard, pieces_ouvertes, soldes
from grc_helpers.couleurs import BLEU, ENCRE, GRIS, VERMILLON, VERT
from grc_helpers.figures import accessible as a
from grc_helpers.francais.nombres import ecrire_nombre

MOIS = (
    "janv.",
    "févr.",
    "mars",
    "avril",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
Periode = tuple[date, date]


def jour_court(jour: date) -> str:
    """Une date à la française.

    >>> jour_court(date(2026, 6, 1))
    '01/06/2026'
    """
    return f"{jour:%d/%m/%Y}"


def au_centime(montant: float) -> str:
    """Un montant au centime.

    >>> au_centime(1500).replace("\\u202f", " ").replace("\\u00a0", " ")
    '1 500,00 €'
    """
    return ecrire_nombre(montant, 2, "€")


def phrase_solde(ecritures: Sequence[Ecriture], jour: date) -> str:
    """Ce que le client doit à la date du ``jour``, et ce qui est en retard.

    >>> phrase_solde([Ecriture(date(2026, 1, 10), "facture", "1", "", debit=300)], date(2026, 3, 2))
    'Au 02/03/2026, le client doit 300,00\\xa0€. En retard : 300,00\\xa0€.'
    """
    du = round(sum(e.montant for e in ecritures if e.jour <= jour), 2)
    retard = en_retard(ecritures, jour)
    dette = (
        f"le client doit {au_centime(du)}"
        if du > 0
        else f"nous devons {au_centime(-du)} au client"
        if du < 0
        else "le compte est soldé"
    )
    acomptes = sum(e.credit for e in pieces_ouvertes(ecritures, jour) if e.nature == "reglement")
    etat = f"En retard : {au_centime(retard)}." if retard else "Rien n'est en retard."
    suite = f" Reçu sans être rattaché à une facture : {au_centime(acomptes)}." if acomptes else ""
    return f"Au {jour_court(jour)}, {dette}. {etat}{suite}"


def description_solde(ecritures: Sequence[Ecriture], jour: date) -> str:
    """Ce que montre la courbe, pour qui ne la voit pas.

    >>> description_solde([Ecriture(date(2026, 1, 10), "facture", "1", "", debit=300)], date(2026, 3, 2))
    'Courbe du solde en escalier : 10/01/2026, 300,00\\xa0€.'
    """
    points = [
        f"{jour_court(quand)}, {au_centime(solde)}"
        for quand, solde in _fins_de_jour(ecritures, jour)
    ]
    return f"Courbe du solde en escalier : {' ; '.join(points) or 'aucune écriture'}."


def figure_solde(
    ecritures: Sequence[Ecriture],
    jour: date,
    periode: Periode,
    projection: bool = False,
    plus_haut: float | None = None,
) -> Figure:
    """Le solde en escalier jusqu'au ``jour``. La ``periode`` et le ``plus_haut`` solde (euros) fixent l'échelle."""
    figure, axes = a.nouvelle_figure(projection)
    axes.set_xlim(date2num(periode[0]), date2num(periode[1]) + 1)
    axes.set_ylim(min([0, *soldes(ecritures)]), max([1, plus_haut or 0, *soldes(ecritures)]) * 1.25)
    points = _fins_de_jour(ecritures, jour)
    if points:
        abscisses = [date2num(quand) for quand, _ in points]
        montants = [solde for _, solde in points]
        axes.step(
            [*abscisses, date2num(jour)],
            [*montants, montants[-1]],
            where="post",
            color=BLEU,
            linewidth=3,
        )
        axes.fill_between(
            [*abscisses, date2num(jour)],
            [*montants, montants[-1]],
            step="post",
            color=BLEU,
            alpha=0.12,
        )
        axes.plot([date2num(jour)], [montants[-1]], marker="o", color=BLEU, markersize=9)
        _etiqueter_le_dernier(axes, jour, montants[-1], periode, projection)
    milieux = _milieux_de_mois(periode)
    axes.set_xticks(
        [date2num(quand) for quand in milieux], [MOIS[quand.month - 1] for quand in milieux]
    )
    axes.axhline(0, color=ENCRE, linewidth=1.5)
    a.graduer_a_la_francaise(axes, "€")
    axes.set_title(
        "Ce que le client doit", loc="left", pad=10, fontsize=a.police(projection), color=GRIS
    )
    return figure


def _etiqueter_le_dernier(
    axes: Axes, jour: date, montant: float, periode: Periode, projection: bool
) -> None:
    """Le montant s'écrit au-dessus de la courbe, relié à elle : il n'en cache rien."""
    a_droite = (jour - periode[0]).days > (periode[1] - periode[0]).days / 2
    haut = axes.get_ylim()[1]
    axes.plot(
        [date2num(jour)] * 2, [montant, haut], color=BLEU, linewidth=1.5, linestyle=(0, (2, 2))
    )
    axes.text(
        date2num(jour),
        haut,
        f"{au_centime(montant)} " if a_droite else f" {au_centime(montant)}",
        ha="right" if a_droite else "left",
        va="top",
        fontsize=a.police(projection),
        fontweight="bold",
        color=ENCRE,
    )


def _fins_de_jour(ecritures: Sequence[Ecriture], jour: date) -> list[tuple[date, float]]:
    """Le solde à la fin de chaque jour où il y a une écriture."""
    fins = {
        e.jour: solde
        for e, solde in zip(ecritures, soldes(ecritures), strict=True)
        if e.jour <= jour
    }
    return list(fins.items())


def _milieux_de_mois(periode: Periode) -> list[date]:
    """Le 15 de chaque mois de la période : le nom du mois se lit sous le mois, pas sous son premier jour."""
    debut, fin = periode
    rangs = range(debut.year * 12 + debut.month - 1, fin.year * 12 + fin.month)
    return [
        quand for rang in rangs if debut <= (quand := date(rang // 12, rang % 12 + 1, 15)) <= fin
    ]


def phrase_balance(classes: Mapping[str, float]) -> str:
    """Le solde et sa part la plus ancienne.

    >>> phrase_balance({"0 à 30 jours": 50.0, "31 à 60 jours": 0.0, "61 à 90 jours": 0.0, "plus de 90 jours": 300.0})
    'Sur 350,00\\xa0€, le plus ancien : 300,00\\xa0€, plus de 90 jours.'

    Un versement qui ne solde aucune pièce se lit en négatif :

    >>> phrase_balance({"31 à 60 jours": -20.0, "plus de 90 jours": 300.0})
    'Sur 280,00\\xa0€ (20,00\\xa0€ déjà versés en sont déduits), le plus ancien : 300,00\\xa0€, plus de 90 jours.'
    """
    total = round(sum(classes.values()), 2)
    anciennes = [(classe, montant) for classe, montant in classes.items() if montant > 0]
    if not anciennes:
        return f"Aucune facture n'attend son paiement. Solde : {au_centime(total)}."
    classe, montant = anciennes[-1]
    verses = -round(sum(montant for montant in classes.values() if montant < 0), 2)
    deduits = f" ({au_centime(verses)} déjà versés en sont déduits)" if verses else ""
    return f"Sur {au_centime(total)}{deduits}, le plus ancien : {au_centime(montant)}, {classe}."


def description_balance(classes: Mapping[str, float]) -> str:
    """Ce que montrent les barres, pour qui ne les voit pas.

    >>> description_balance({"0 à 30 jours": 50.0, "plus de 90 jours": -20.0})
    'Barres du solde par ancienneté : 0 à 30 jours, 50,00\\xa0€ ; plus de 90 jours, −20,00\\xa0€.'
    """
    return (
        "Barres du solde par ancienneté : "
        + " ; ".join(f"{classe}, {au_centime(montant)}" for classe, montant in classes.items())
        + "."
    )


def tableau_balance(classes: Mapping[str, float]) -> Markup:
    """Les chiffres de la balance âgée, en tableau HTML."""
    lignes = [[classe, au_centime(montant)] for classe, montant in classes.items()]
    return a.tableau_html(
        ["Ancienneté", "Montant"],
        [*lignes, ["Total", au_centime(sum(classes.values()))]],
        "Balance âgée",
    )


def figure_balance(classes: Mapping[str, float], projection: bool = False) -> Figure:
    """Une barre par tranche d'âge ; ce qui est trop vieux est plein, ce qui vient en moins (acompte, avoir) est hachuré."""
    figure, axes = a.nouvelle_figure(projection)
    taille = a.police(projection)
    for rang, (classe, montant) in enumerate(classes.items()):
        couleur = VERT if classe == A_ECHOIR else BLEU if classe.startswith("0") else VERMILLON
        if montant < 0:
            axes.bar(
                rang, montant, width=0.7, color="white", edgecolor=ENCRE, hatch="//", linewidth=2
            )
        else:
            axes.bar(rang, montant, width=0.7, color=couleur)
        # Un montant négatif pend sous zéro : il s'écrit au-dessus de la ligne, où la place est libre.
        texte = ecrire_nombre(montant, 0, "€")
        axes.annotate(
            texte,
            (rang, max(montant, 0)),
            (0, 4),
            textcoords="offset points",
            ha="center",
            fontsize=taille,
            fontweight="bold",
            color=ENCRE,
        )
    noms = [classe.replace(" jours", " j") for classe in classes]
    if projection:  # sur deux lignes, les noms ne se touchent pas
        noms = [
            nom.replace(" à ", " à\n")
            .replace("plus de ", "plus\nde ")
            .replace("à échoir", "à\néchoir")
            for nom in noms
        ]
    axes.set_xticks(range(len(classes)), noms)
    bas, haut = min(0, *classes.values()), max(1, *classes.values())
    axes.set_ylim(bas * 1.1, haut + 0.25 * (haut - bas))
    axes.axhline(0, color=ENCRE, linewidth=1.5)
    a.graduer_a_la_francaise(axes, "€")
    axes.set_title("Le solde par ancienneté", loc="left", pad=10, fontsize=taille, color=GRIS)
    return figure
