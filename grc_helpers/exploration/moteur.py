"""Ce que donnent les gestes sur un fichier : le seul module qui emploie pandas, et que l'on n'importe qu'en ouvrant un fichier."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources

import pandas as pd

from grc_helpers import donnees
from grc_helpers.exploration.fichier import PAR_JOUR, Colonne, Fichier, FichierIllisible
from grc_helpers.exploration.gestes import Calcul, Croisement, Etat, Filtre, Operation, Valeur
from grc_helpers.exploration.phrases import ENSEMBLE
from grc_helpers.francais.dates import MOIS

VIDE = "non renseigné"
_AGREGATS = {"total": "sum", "moyenne": "mean", "minimum": "min", "maximum": "max"}


@dataclass(frozen=True)
class Groupes:
    """Un calcul par groupe, et sa valeur pour l'``ensemble``. ``ranges`` : les groupes ont leur ordre (des mois, des tranches)."""

    valeurs: dict[str, float]
    ensemble: float
    ranges: bool


@dataclass(frozen=True)
class Grille:
    """Un tableau croisé ; une case sans aucune ligne vaut None. La dernière ligne et la dernière colonne sont l'ensemble."""

    colonnes: list[str]
    lignes: dict[str, list[float | None]]


class Table:
    """Le contenu d'un fichier décrit. Rien ne la change : chaque geste relit l'état en cours.

    >>> from grc_helpers.exploration.fichier import decrire
    >>> table = Table(decrire("clients_fleur_d_atlas"))
    >>> len(table.lignes(Etat()))
    600
    """

    def __init__(self, fichier: Fichier, paquet: str = donnees.__name__):
        self.fichier = fichier
        self._contenu = _lire(fichier, paquet)

    def lignes(self, etat: Etat) -> pd.DataFrame:
        """Les lignes gardées, dans l'ordre demandé ; à égalité, dans celui du fichier."""
        gardees = self._contenu
        for filtre in etat.filtres:
            gardees = gardees[_remplit(gardees[filtre.colonne.nom], filtre)]
        if etat.tri:
            gardees = gardees.sort_values(
                etat.tri.colonne.nom, ascending=etat.tri.croissant, kind="stable"
            )
        return gardees

    def page(self, etat: Etat, debut: int, combien: int) -> list[list[Valeur | None]]:
        """Quelques lignes gardées, case par case ; None si la case est vide."""
        gardees = self.lignes(etat).iloc[debut : debut + combien]
        return [[_case(valeur) for valeur in ligne] for ligne in gardees.itertuples(index=False)]

    def valeurs(self, colonne: Colonne) -> list[str]:
        """Ce que l'on trouve dans une colonne de catégories, dans tout le fichier."""
        return sorted(self._contenu[colonne.nom].unique())

    def grouper(self, etat: Etat, calcul: Calcul) -> Groupes:
        """Une valeur par groupe, du plus grand au plus petit ; des tranches ou des dates restent dans leur ordre."""
        gardees = self.lignes(etat)
        ensemble = _operer(gardees, calcul.operation, calcul.mesure)
        if calcul.groupe is None:
            return Groupes({}, ensemble, True)
        cles = _cles(gardees[calcul.groupe.nom], calcul.groupe)
        valeurs = {
            str(nom): _operer(groupe, calcul.operation, calcul.mesure)
            for nom, groupe in gardees.groupby(cles, observed=True, sort=True)
        }
        ranges = calcul.groupe.genre != "categorie"
        if not ranges:
            valeurs = dict(sorted(valeurs.items(), key=lambda paire: -paire[1]))
        return Groupes(valeurs, ensemble, ranges)

    def croiser(self, etat: Etat, croisement: Croisement) -> Grille:
        """Une valeur par couple, et l'ensemble de chaque ligne, de chaque colonne et du tout."""
        gardees = self.lignes(etat)
        en_lignes = _cles(gardees[croisement.en_lignes.nom], croisement.en_lignes)
        en_colonnes = _cles(gardees[croisement.en_colonnes.nom], croisement.en_colonnes)
        noms = [str(nom) for nom in _noms(en_colonnes)]

        def rangee(part: pd.DataFrame) -> list[float | None]:
            colonne_de = en_colonnes[part.index]
            cases = [part[colonne_de == nom] for nom in _noms(en_colonnes)]
            return [
                _operer(case, croisement.operation, croisement.mesure) if len(case) else None
                for case in (*cases, part)
            ]

        grille = {str(nom): rangee(gardees[en_lignes == nom]) for nom in _noms(en_lignes)}
        return Grille([*noms, ENSEMBLE], grille | {ENSEMBLE: rangee(gardees)})


def _lire(fichier: Fichier, paquet: str) -> pd.DataFrame:
    """Le CSV, chaque colonne à son genre. Lève ``FichierIllisible`` en disant quelle colonne, quelle ligne."""
    chemin = resources.files(paquet) / f"{fichier.nom}.csv"
    if not chemin.is_file():
        raise FichierIllisible(f"Je ne trouve pas le fichier « {fichier.nom}.csv ».")
    try:
        texte = chemin.read_bytes().decode("utf-8-sig")
        brut = pd.read_csv(io.StringIO(texte), dtype=str, keep_default_na=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as erreur:
        raise FichierIllisible(
            f"Le fichier « {fichier.nom}.csv » est abîmé : je n'y trouve pas un tableau."
        ) from erreur
    manquantes = [c.titre for c in fichier.colonnes if c.nom not in brut.columns]
    if manquantes:
        raise FichierIllisible(
            f"Il manque une colonne à « {fichier.nom}.csv » : {', '.join(manquantes)}."
        )
    return pd.DataFrame({c.nom: _convertir(brut[c.nom], c) for c in fichier.colonnes})


def _convertir(textes: pd.Series, colonne: Colonne) -> pd.Series:
    """La colonne à son genre ; une case vide le reste."""
    textes = textes.str.strip()
    if colonne.genre in ("categorie", "texte"):
        return textes.where(textes != "", VIDE) if colonne.genre == "categorie" else textes
    if colonne.genre == "nombre":
        lues: pd.Series = pd.to_numeric(textes, errors="coerce").astype(float)
    else:
        lues = pd.to_datetime(textes, format="%Y-%m-%d", errors="coerce")
    fautives = textes[lues.isna() & (textes != "")]
    if len(fautives):
        raise FichierIllisible(
            f"{colonne.titre}, ligne {int(fautives.index[0]) + 2} : je ne lis pas « {fautives.iloc[0][:30]} »."
        )
    return lues


def _remplit(colonne: pd.Series, filtre: Filtre) -> pd.Series:
    """Quelles lignes remplissent la condition. Une case vide n'en remplit aucune."""
    valeur = filtre.valeur
    if isinstance(valeur, str):
        plats, cherche = colonne.str.casefold(), valeur.casefold()
        if filtre.signe == "contient":
            return plats.str.contains(cherche, regex=False)
        return (plats == cherche) if filtre.signe == "=" else (plats != cherche)
    repere = pd.Timestamp(valeur) if isinstance(valeur, date) else valeur
    match filtre.signe:
        case "≥":
            return colonne >= repere
        case "≤":
            return colonne <= repere
        case ">":
            return colonne > repere
        case "<":
            return colonne < repere
        case "=":
            return colonne == repere
    return (colonne != repere) & colonne.notna()


def _operer(lignes: pd.DataFrame, operation: Operation, mesure: Colonne | None) -> float:
    """La valeur d'une opération ; les cases vides n'entrent ni dans un total ni dans une moyenne."""
    if mesure is None or operation == "nombre":
        return float(len(lignes))
    return float(lignes[mesure.nom].agg(_AGREGATS[operation]))


def _cles(valeurs: pd.Series, colonne: Colonne) -> pd.Series:
    """Le groupe de chaque ligne, dans une catégorie ordonnée s'il y a un ordre."""
    if colonne.genre == "categorie":
        return valeurs
    if colonne.genre == "nombre":
        noms = noms_des_tranches(colonne)
        bornes = [*colonne.tranches, float("inf")]
        cles = pd.cut(valeurs, bornes, labels=noms, right=False)
        return cles.cat.add_categories([VIDE]).fillna(VIDE)
    if colonne.periode == PAR_JOUR:
        ecrits = {jour: f"{jour:%d/%m/%Y}" for jour in sorted(valeurs.dropna().unique())}
        rangs = valeurs.map(ecrits)
    else:
        ecrits = {
            mois: f"{MOIS[mois.month - 1]} {mois.year}"
            for mois in sorted(valeurs.dropna().dt.to_period("M").unique())
        }
        rangs = valeurs.dt.to_period("M").map(ecrits)
    return pd.Series(
        pd.Categorical(rangs.fillna(VIDE), [*ecrits.values(), VIDE], ordered=True), valeurs.index
    )


def noms_des_tranches(colonne: Colonne) -> list[str]:
    """Le nom de chaque tranche d'une colonne de nombres entiers.

    >>> noms_des_tranches(Colonne("age", "Âge", "nombre", "ans", (18, 30, 31, 45)))
    ['18 à 29 ans', '30 ans', '31 à 44 ans', '45 ans et plus']
    """
    unite = f" {colonne.unite}" if colonne.unite else ""
    paires = zip(colonne.tranches, colonne.tranches[1:], strict=False)
    noms = [
        f"{debut}{unite}" if fin - debut == 1 else f"{debut} à {fin - 1}{unite}"
        for debut, fin in paires
    ]
    return [*noms, f"{colonne.tranches[-1]}{unite} et plus"]


def _noms(cles: pd.Series) -> Sequence:
    """Les groupes présents, dans leur ordre."""
    presents = set(cles.unique())
    if isinstance(cles.dtype, pd.CategoricalDtype):
        return [nom for nom in cles.cat.categories if nom in presents]
    return sorted(presents)


def _case(valeur) -> Valeur | None:
    if isinstance(valeur, str):
        return valeur or None
    if pd.isna(valeur):
        return None
    return valeur.date() if isinstance(valeur, datetime) else float(valeur)
