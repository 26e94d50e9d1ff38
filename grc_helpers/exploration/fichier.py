"""Ce qu'est un fichier à explorer : un CSV de ``donnees`` et, à côté, un TOML du même nom qui dit ses colonnes en français."""

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Literal, get_args

from grc_helpers import donnees

Genre = Literal["nombre", "date", "categorie", "texte"]
PAR_MOIS, PAR_JOUR = "mois", "jour"


class FichierIllisible(ValueError):
    """Le fichier, ou sa description, ne se lit pas ; le message le dit au stagiaire."""


@dataclass(frozen=True)
class Colonne:
    """Une colonne : son ``nom`` dans le CSV, son ``titre`` à l'écran, son genre, l'``unite`` d'un nombre.

    ``tranches`` : où commence chaque groupe d'un nombre (18, 30, 45 : « 18 à 29 », « 30 à 44 », « 45 et plus »). ``periode`` : ce qui
    groupe des dates, le mois ou le jour. ``sommable`` : additionner ce nombre a un sens (des euros, oui ; des âges, non).
    """

    nom: str
    titre: str
    genre: Genre
    unite: str = ""
    tranches: tuple[int, ...] = ()
    periode: str = PAR_MOIS
    sommable: bool = True

    @property
    def groupable(self) -> bool:
        """Peut-on compter par cette colonne ? Un nom ou un numéro, différent à chaque ligne, ne groupe rien."""
        return self.genre in ("categorie", "date") or self.genre == "nombre" and bool(self.tranches)


@dataclass(frozen=True)
class Fichier:
    """Un fichier décrit : ``ligne`` et ``lignes`` nomment ce que compte chacune (client, clients) ; ``source`` dit d'où il vient."""

    nom: str
    titre: str
    source: str
    ligne: str
    lignes: str
    feminin: bool
    colonnes: tuple[Colonne, ...]

    def de_genre(self, *genres: Genre) -> list[Colonne]:
        return [colonne for colonne in self.colonnes if colonne.genre in genres]

    @property
    def groupables(self) -> list[Colonne]:
        return [colonne for colonne in self.colonnes if colonne.groupable]


def decrire(nom: str, paquet: str = donnees.__name__) -> Fichier:
    """La description du fichier ``nom``. Lève ``FichierIllisible`` si elle manque ou se contredit.

    >>> fichier = decrire("clients_fleur_d_atlas")
    >>> fichier.lignes, [colonne.titre for colonne in fichier.groupables]
    ('clients', ['Sexe', 'Âge', 'Quartier', 'Achats en 12 mois', 'Dernier achat', 'Accord'])
    """
    chemin = resources.files(paquet) / f"{nom}.toml"
    if not chemin.is_file():
        raise FichierIllisible(f"Je ne trouve pas la description du fichier « {nom} ».")
    try:
        lu = tomllib.loads(chemin.read_bytes().decode("utf-8"))
        colonnes = tuple(_colonne(nom_csv, dit) for nom_csv, dit in lu.pop("colonnes").items())
        return Fichier(nom=nom, colonnes=colonnes, **lu)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, KeyError, TypeError) as e:
        raise FichierIllisible(f"La description du fichier « {nom} » est abîmée : {e}.") from e


def _colonne(nom: str, dit: dict) -> Colonne:
    if dit["genre"] not in get_args(Genre):
        raise FichierIllisible(
            f"Colonne « {nom} » : genre « {dit['genre']} » inconnu. Les genres sont : {', '.join(get_args(Genre))}."
        )
    return Colonne(nom=nom, **dit | {"tranches": tuple(dit.get("tranches", ()))})
