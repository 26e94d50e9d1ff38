"""La répartition d'un portefeuille : courbe de Lorenz et indice de Gini, nuage chiffre d'affaires × valeur à quatre quadrants."""

from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from grc_helpers.calculs.portefeuille import (
    QUADRANTS,
    Montants,
    courbe_de_lorenz,
    gini,
    moyenne,
    quadrants,
)
from grc_helpers.couleurs import BLEU, ENCRE, GRIS, VERMILLON, VERT
from grc_helpers.figures import accessible as a
from grc_helpers.figures.portefeuille import FOND, pourcent
from grc_helpers.francais.nombres import ecrire_nombre

# Un signe par quadrant, lisible sans la couleur ; l'ordre est celui de QUADRANTS.
SIGNES = dict(
    zip(QUADRANTS, (("o", BLEU), ("X", VERMILLON), ("^", VERT), ("s", GRIS)), strict=True)
)


def phrase_lorenz(ca: Montants) -> str:
    """L'indice de Gini et ce que pèse la moitié la plus petite des clients.

    >>> phrase_lorenz({"café": 80, "hôtel": 10, "école": 6, "mairie": 4})
    'Indice de Gini : 0,58. Les 2 plus petits clients sur 4 font 10\\xa0% du CA.'
    """
    points = courbe_de_lorenz(ca)
    moitie = max(1, len(ca) // 2)
    petits = (
        f"Les {moitie} plus petits clients sur {len(ca)} font"
        if moitie > 1
        else f"Le plus petit client sur {len(ca)} fait"
    )
    return f"Indice de Gini : {ecrire_nombre(gini(ca), 2)}. {petits} {pourcent(points[moitie][1])} du CA."


def description_lorenz(ca: Montants) -> str:
    """Les points de la courbe, pour qui ne la voit pas."""
    points = " ; ".join(
        f"{pourcent(clients)} des clients, {pourcent(part)} du CA"
        for clients, part in courbe_de_lorenz(ca)[1:]
    )
    return f"Courbe de Lorenz, sous la diagonale de l'égalité, du plus petit au plus gros client : {points}."


def figure_lorenz(ca: Montants, projection: bool = False) -> Figure:
    """La courbe de Lorenz sous la diagonale ; l'aire entre les deux est hachurée."""
    figure, axes = a.nouvelle_figure(
        projection, largeur=9.6 if projection else 7.2, hauteur=4.8 if projection else 3.6
    )
    taille = a.police(projection)
    clients, parts = zip(*courbe_de_lorenz(ca), strict=True)
    axes.plot([0, 100], [0, 100], color=GRIS, linewidth=2, linestyle=(0, (5, 3)))
    axes.fill_between(
        clients,
        parts,
        clients,
        facecolor="white",
        edgecolor=BLEU,
        hatch="//",
        linewidth=0,
        alpha=0.6,
    )
    axes.plot(clients, parts, color=BLEU, linewidth=2.5, marker="o", markersize=5)
    axes.text(
        4,
        94,
        f"Gini : {ecrire_nombre(gini(ca), 2)}",
        fontsize=taille,
        fontweight="bold",
        color=BLEU,
        va="top",
        bbox=FOND,
    )
    axes.text(
        44, 58, "si tous pesaient autant", fontsize=taille, color=ENCRE, ha="right", bbox=FOND
    )
    axes.set_xlabel("part des clients, du plus petit au plus gros", fontsize=taille, color=ENCRE)
    axes.set_title("part du CA", loc="left", fontsize=taille, color=GRIS)
    axes.set_xticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100\u00a0%"])
    a.graduer_a_la_francaise(axes, "%")
    axes.set(xlim=(-1, 103), ylim=(0, 104))
    return figure


def phrase_nuage(ca: Montants, valeur: Montants) -> str:
    """Les clients que le chiffre d'affaires seul fait mal juger.

    >>> phrase_nuage({"café": 90, "hôtel": 30, "école": 30}, {"café": -5, "hôtel": 50, "école": 0})
    'Gros mais peu rentables : café. Petits mais rentables : hôtel.'
    >>> phrase_nuage({"café": 90, "hôtel": 30}, {"café": 50, "hôtel": 5})
    'Ici, les gros clients sont les plus rentables et les petits le sont moins.'
    """
    membres = _membres(ca, valeur)
    surprises = [
        f"{nom.capitalize()} : {', '.join(membres[nom])}." for nom in QUADRANTS[1:3] if membres[nom]
    ]
    return (
        " ".join(surprises)
        or "Ici, les gros clients sont les plus rentables et les petits le sont moins."
    )


def description_nuage(ca: Montants, valeur: Montants) -> str:
    """Les moyennes qui coupent le nuage, puis chaque quadrant et ses clients avec leurs montants."""
    detail = " ; ".join(
        f"{nom} : {', '.join(f'{client} (CA {_euros(ca[client])}, valeur {_euros(valeur[client])})' for client in clients) or 'personne'}"
        for nom, clients in _membres(ca, valeur).items()
    )
    coupes = f"coupé au CA moyen ({_euros(moyenne(ca))}) et à la valeur moyenne ({_euros(moyenne(valeur))})"
    return f"Nuage de points, chiffre d'affaires en largeur et valeur en hauteur, {coupes}. {detail[0].upper()}{detail[1:]}."


def figure_nuage(ca: Montants, valeur: Montants, projection: bool = False) -> Figure:
    """Un point par client ; les moyennes du portefeuille coupent le graphique en quatre quadrants nommés."""
    figure, axes = a.nouvelle_figure(
        projection, largeur=9.6 if projection else 7.2, hauteur=5.6 if projection else 4.4
    )
    taille, places = a.police(projection), quadrants(ca, valeur)
    for client, nom in places.items():
        signe, couleur = SIGNES[nom]
        axes.plot(ca[client], valeur[client], signe, color=couleur, markersize=taille * 0.8)
    for tracer, coupe in ((axes.axvline, moyenne(ca)), (axes.axhline, moyenne(valeur))):
        tracer(coupe, color=GRIS, linewidth=1.5, linestyle=(0, (5, 3)))
    axes.axhline(0, color=ENCRE, linewidth=1.5)
    _cadrer(axes, ca, valeur)
    axes.set_xlabel("chiffre d'affaires", fontsize=taille, color=ENCRE)
    axes.set_title("valeur client", loc="left", fontsize=taille, color=GRIS)
    _nommer_les_quadrants(axes, taille)
    _nommer_les_clients(axes, ca, valeur, taille)
    return figure


def _membres(ca: Montants, valeur: Montants) -> dict[str, list[str]]:
    places = quadrants(ca, valeur)
    return {nom: [client for client in ca if places[client] == nom] for nom in QUADRANTS}


def _cadrer(axes: Axes, ca: Montants, valeur: Montants) -> None:
    """Laisse en haut et en bas la place du nom des quadrants, à droite celle du nom des clients."""
    largeur, bas, haut = max(ca.values()), min(0, *valeur.values()), max(valeur.values())
    axes.set_xlim(-0.08 * largeur, 1.14 * largeur)
    axes.set_ylim(bas - 0.22 * (haut - bas), haut + 0.28 * (haut - bas))
    a.graduer_a_la_francaise(axes, "k€", 1000)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(axes.yaxis.get_major_formatter())


def _nommer_les_quadrants(axes: Axes, taille: int) -> None:
    for nom, x, y in zip(QUADRANTS, (1, 1, 0, 0), (1, 0, 1, 0), strict=True):
        axes.text(
            x,
            y,
            nom.replace(" mais ", " mais\n").replace(" et ", " et\n"),
            transform=axes.transAxes,
            fontsize=taille,
            fontweight="bold",
            color=ENCRE,
            ha="right" if x else "left",
            va="top" if y else "bottom",
        )


def _nommer_les_clients(axes: Axes, ca: Montants, valeur: Montants, taille: int) -> None:
    """Un nom à droite de chaque point ; à gauche, plus haut ou plus bas et relié par un trait s'il couvrait un autre nom ou un point."""
    figure = axes.get_figure(root=True)
    assert figure  # des axes déjà posés
    largeur, hauteur = (
        cote * 72 * 0.85 for cote in figure.get_size_inches()
    )  # des points typographiques, marges déduites
    (gauche, droite), (bas, haut) = axes.get_xlim(), axes.get_ylim()
    ligne, decalage = (
        1.2 * taille * (haut - bas) / hauteur,
        0.9 * taille * (droite - gauche) / largeur,
    )
    occupees = [(ca[autre] - decalage / 2, ca[autre] + decalage / 2, valeur[autre]) for autre in ca]

    def places(client: str) -> Iterator[tuple[float, float, float]]:
        """Les places possibles (début, fin, hauteur), de la plus proche à la plus éloignée du point."""
        longueur = 0.62 * taille * len(client) * (droite - gauche) / largeur
        for pas in range(40):
            for debut in (ca[client] + decalage, ca[client] - decalage - longueur):
                for sens in (1, -1):
                    yield debut, debut + longueur, valeur[client] + sens * pas * ligne / 4

    for client in sorted(ca, key=lambda nom: -valeur[nom]):
        libres = (
            place
            for place in places(client)
            if place[0] > gauche and _est_libre(place, occupees, ligne)
        )
        debut, fin, y = next(libres, next(places(client)))
        occupees.append((debut, fin, y))
        if y != valeur[client]:
            axes.plot(
                [ca[client], debut if debut > ca[client] else fin],
                [valeur[client], y],
                color=GRIS,
                linewidth=1,
            )
        axes.text(debut, y, client, fontsize=taille, color=ENCRE, va="center")


def _est_libre(
    place: tuple[float, float, float], occupees: list[tuple[float, float, float]], ligne: float
) -> bool:
    debut, fin, y = place
    return not any(
        debut < autre_fin and autre_debut < fin and abs(y - autre) < 0.95 * ligne
        for autre_debut, autre_fin, autre in occupees
    )


def _euros(montant: float) -> str:
    return ecrire_nombre(montant, 0, "€")
