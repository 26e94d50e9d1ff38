"""Ce que montre l'explorateur de données : une page de lignes, un calcul par groupe, un tableau croisé, la liste des gestes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from grc_helpers.exploration import phrases
from grc_helpers.exploration.fichier import Colonne, Fichier
from grc_helpers.exploration.gestes import (
    Calcul,
    Croisement,
    Etat,
    Valeur,
    ecrire_mesure,
    ecrire_valeur,
)
from grc_helpers.figures import accessible
from grc_helpers.figures import exploration as graphique
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.commun import zone_defilante

if TYPE_CHECKING:
    from grc_helpers.exploration.moteur import Grille, Groupes, Table

# Ce qui tient sous les commandes, à 1366 × 768.
LIGNES_PAR_PAGE = 8


def lignes(table: Table, etat: Etat, debut: int, combien: int) -> Markup:
    """La page qui commence à la ligne ``debut`` ; ``combien`` de lignes sont gardées en tout."""
    fichier = table.fichier
    entetes = [f"{c.titre} ({c.unite})" if c.unite else c.titre for c in fichier.colonnes]
    page = [
        [_case(colonne, valeur) for colonne, valeur in zip(fichier.colonnes, ligne, strict=True)]
        for ligne in table.page(etat, debut, LIGNES_PAR_PAGE)
    ]
    place = f"{ecrire_nombre(debut + 1)} à {ecrire_nombre(debut + len(page))}"
    legende = f"Lignes {place} sur {ecrire_nombre(combien)}"
    tableau = accessible.tableau_html(entetes, page, legende)
    return zone_defilante(f"Tableau : {fichier.titre}", tableau)


def _case(colonne: Colonne, valeur: Valeur | None) -> str:
    """Une case ; l'unité est déjà dans le titre de la colonne."""
    if valeur is None:
        return ""
    return (
        ecrire_mesure(valeur, colonne, avec_unite=False)
        if isinstance(valeur, float)
        else ecrire_valeur(colonne, valeur)
    )


def barres(fichier: Fichier, calcul: Calcul, lus: Groupes, projection: bool) -> Markup:
    """Le diagramme d'un calcul par groupe, décrit pour qui ne le voit pas, et ses chiffres à déplier."""
    legende, ecrire = _legende(fichier, calcul), _ecrire(calcul)
    return accessible.figure_html(
        graphique.figure_barres(lus.valeurs, ecrire, projection),
        graphique.description(legende, lus.valeurs, ecrire),
        legende,
        groupes(fichier, calcul, lus),
    )


def _legende(fichier: Fichier, calcul: Calcul) -> str:
    titre = phrases.quoi(fichier, calcul.operation, calcul.mesure)
    if calcul.groupe is None:
        return titre
    return f"{titre}, par {phrases.dans_une_phrase(calcul.groupe.titre)}"


def _ecrire(geste: Calcul | Croisement) -> Callable[[float], str]:
    return lambda valeur: phrases.ecrire_resultat(geste.operation, geste.mesure, valeur)


def groupes(fichier: Fichier, calcul: Calcul, lus: Groupes) -> Markup:
    """Une ligne par groupe, puis l'ensemble."""
    ecrire = _ecrire(calcul)
    rangees = [[nom, ecrire(valeur)] for nom, valeur in lus.valeurs.items()]
    entetes = [
        calcul.groupe.titre if calcul.groupe else "",
        phrases.quoi(fichier, calcul.operation, calcul.mesure),
    ]
    ensemble = [phrases.ENSEMBLE, ecrire(lus.ensemble)]
    return _calcul(entetes, [*rangees, ensemble], _legende(fichier, calcul))


def grille(fichier: Fichier, geste: Croisement, lue: Grille) -> Markup:
    """Un tableau croisé ; une case où il n'y a personne porte un tiret."""
    ecrire = _ecrire(geste)
    rangees = [
        [nom, *("–" if valeur is None else ecrire(valeur) for valeur in cases)]
        for nom, cases in lue.lignes.items()
    ]
    entetes = [f"{geste.en_lignes.titre} ↓ {geste.en_colonnes.titre} →", *lue.colonnes]
    return _calcul(entetes, rangees, phrases.quoi(fichier, geste.operation, geste.mesure))


def _calcul(entetes: Sequence[str], rangees: Sequence[Sequence[str]], legende: str) -> Markup:
    tableau = accessible.tableau_html(entetes, rangees, legende)
    return Markup('<div class="grc-calcul">{}</div>').format(
        zone_defilante(f"Tableau : {legende}", tableau)
    )


def journal(dits: Sequence[str]) -> Markup:
    """La liste, repliée, de ce que les gestes ont dit."""
    if not dits:
        return Markup("")
    gestes = Markup("").join(map(Markup("<li>{}</li>").format, dits))
    return Markup("<details><summary>Vos gestes ({})</summary><ol>{}</ol></details>").format(
        len(dits), gestes
    )
