"""Le contenu d'un fichier de liste, ligne par ligne : un .csv, quel que soit son séparateur, ou toutes les feuilles d'un classeur.

Ce qui n'est pas un tableau (notebook, page web, ancien .xls, image…) est refusé en disant ce que c'est, et que faire.
"""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograde.collecte.liste_de_classe.encodage import PERDU, texte_du_fichier
from autograde.erreurs import ErreurFormateur

TAILLE_MAXIMALE = 5_000_000  # octets
LIGNES_MAXIMALES = 5000
COLONNES_MAXIMALES = 200
_SEPARATEURS = ";,\t|"
_REMEDE_ENCODAGE = "Réenregistrez-la en « CSV UTF-8 », ou donnez le classeur .xlsx."
_REMEDE = (
    "Il faut un fichier .csv ou .xlsx avec une ligne de titres : au moins « Nom » et « Prénom », ou « Nom complet » ; "
    "« Adresse de courriel », « Nom d'utilisateur », « Numéro d'identification » et « Groupe » aident aussi."
)
_AUTRES_FORMES = (
    (b"\xd0\xcf\x11\xe0", "un ancien classeur (.xls) : enregistrez-le en .xlsx"),
    (b"%PDF", "un PDF : donnez le tableau d'où il vient"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"Rar!", "une archive"),
)


@dataclass(frozen=True)
class Feuille:
    """Un tableau. ``lignes`` : le numéro de chaque ligne dans le fichier, et ses cases ; ``nom`` : « » pour un .csv."""

    nom: str
    lignes: list[tuple[int, list[str]]]
    cachee: bool = False


class PasUneListe(ErreurFormateur):
    """Le fichier n'est pas une liste de classe : le message dit ce que c'est, et ce qu'il faut donner."""

    def __init__(self, nom: str, cause: str):
        super().__init__(
            f"« {nom} » n'est pas une liste de classe que je sache lire : {cause} {_REMEDE}"
        )


def lire_les_feuilles(fichier: Path, valeur: Callable[[list[list[str]]], int]) -> list[Feuille]:
    """Les tableaux d'un fichier. ``valeur`` dit ce que valent des lignes comme liste : le séparateur d'un .csv est celui qui en fait
    la meilleure. Lève ``ErreurFormateur``."""
    try:
        if fichier.stat().st_size > TAILLE_MAXIMALE:
            raise PasUneListe(fichier.name, "il est bien trop gros.")
        brut = fichier.read_bytes()
    except OSError as erreur:
        raise ErreurFormateur(
            f"Je ne peux pas ouvrir la liste « {fichier} » : vérifiez son nom, ou fermez-la si elle est ouverte ailleurs."
        ) from erreur
    if brut.startswith(b"PK\x03\x04"):
        return _feuilles_du_classeur(fichier.name, brut)
    for debut, forme in _AUTRES_FORMES:
        if brut.startswith(debut):
            raise PasUneListe(fichier.name, f"c'est {forme}.")
    texte = texte_du_fichier(brut).replace("\r\n", "\n").replace("\r", "\n")
    _refuser_un_autre_texte(fichier.name, texte)
    return [Feuille("", _lignes(fichier.name, texte, valeur))]


def _refuser_un_autre_texte(nom: str, texte: str) -> None:
    debut = texte.lstrip()[:2000].lower()
    if debut[:1] == "{" or debut[:2] in ("[{", "[]"):
        notebook = '"nbformat"' in texte and '"cells"' in texte
        raise PasUneListe(
            nom, "c'est un notebook." if notebook else "c'est un fichier de données (JSON)."
        )
    if debut.startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise PasUneListe(
            nom, "c'est une page web : ouvrez-la dans un tableur et enregistrez-la en .xlsx."
        )
    if "\0" in texte:
        raise PasUneListe(nom, "ce n'est pas un texte.")
    if PERDU in texte:
        ligne = texte[: texte.index(PERDU)].count("\n") + 1
        raise ErreurFormateur(
            f"Les accents de la liste « {nom} » sont mal encodés, ligne {ligne} : le fichier ne les contient plus. {_REMEDE_ENCODAGE}"
        )


def accents_perdus(nom: str, numero: int, case: str) -> ErreurFormateur:
    """Ce qu'il faut dire d'une case où un « ? » a remplacé un accent."""
    return ErreurFormateur(
        f"Les accents de la liste « {nom} » ont été perdus, ligne {numero} : « {case[:60]} ». {_REMEDE_ENCODAGE}"
    )


def _lignes(
    nom: str, texte: str, valeur: Callable[[list[list[str]]], int]
) -> list[tuple[int, list[str]]]:
    """Les lignes d'un .csv, au séparateur qui donne les meilleurs titres ; à égalité, à celui qui coupe le plus de lignes.

    Une ligne entière avalée par la case d'une autre, sauf dans un titre sur deux lignes : un guillemet est de trop.
    """

    def merite(separateur: str) -> tuple[int, int]:
        lues = [ligne for _, ligne in _couper(texte, separateur, stricte=False, maximum=200)]
        return valeur(lues), sum(len(ligne) > 1 for ligne in lues)

    separateur = max(_SEPARATEURS, key=merite)
    du_fichier = texte.split("\n")
    if len(du_fichier) > LIGNES_MAXIMALES:
        raise PasUneListe(nom, f"il a plus de {LIGNES_MAXIMALES} lignes.")
    numerotees: list[tuple[int, list[str]]] = []
    numero = largeur = 1
    try:
        for fin, ligne in _couper(texte, separateur, stricte=True):
            avalees = du_fichier[numero:fin]
            if any(
                avalee.count(separateur) >= largeur - 1 > 0 for avalee in avalees
            ) and not valeur([ligne]):
                raise _guillemet(nom, numero, ligne)
            numerotees.append((numero, ligne))
            numero, largeur = fin + 1, max(largeur, len(ligne))
    except csv.Error as erreur:
        raise _guillemet(nom, numero, du_fichier[numero - 1 : numero]) from erreur
    return numerotees


def _couper(texte: str, separateur: str, stricte: bool, maximum: int = LIGNES_MAXIMALES):
    """Chaque ligne, avec le numéro de la dernière ligne du fichier qu'elle occupe. Lève ``csv.Error`` si elle est ``stricte``."""
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur, strict=stricte)
    while lecteur.line_num <= maximum:
        try:
            ligne = next(lecteur)
        except StopIteration:
            return
        except csv.Error:
            if stricte:
                raise
            return
        yield lecteur.line_num, [propre(case) for case in ligne[:COLONNES_MAXIMALES]]


def _guillemet(nom: str, numero: int, ligne: list[str]) -> ErreurFormateur:
    apercu = propre(" ".join(ligne))[:60]
    return ErreurFormateur(
        f"Liste « {nom} », ligne {numero} : un guillemet (\") y est de trop, ou n'est jamais refermé, et les lignes suivantes s'y perdent "
        f"(« {apercu} »). Ôtez-le, puis relancez."
    )


def _feuilles_du_classeur(nom: str, brut: bytes) -> list[Feuille]:
    try:
        dedans = set(zipfile.ZipFile(io.BytesIO(brut)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as erreur:
        raise PasUneListe(nom, "c'est un classeur ou une archive abîmés.") from erreur
    if "xl/workbook.xml" not in dedans:
        formes = {"word/document.xml": "un document Word", "mimetype": "un document OpenDocument"}
        forme = next((dit for membre, dit in formes.items() if membre in dedans), "une archive")
        raise PasUneListe(nom, f"c'est {forme} : enregistrez le tableau en .xlsx.")
    try:
        return _lire_le_classeur(brut)
    except Exception as erreur:  # openpyxl lève de tout devant un classeur mal fait
        raise PasUneListe(
            nom, "le classeur ne se lit pas ; ouvrez-le et réenregistrez-le en .xlsx."
        ) from erreur


def _lire_le_classeur(brut: bytes) -> list[Feuille]:
    from openpyxl import load_workbook

    classeur = load_workbook(io.BytesIO(brut), read_only=True, data_only=True)
    return [
        Feuille(
            feuille.title,
            [
                (numero, [_texte(case) for case in ligne])
                for numero, ligne in enumerate(
                    feuille.iter_rows(
                        max_row=LIGNES_MAXIMALES, max_col=COLONNES_MAXIMALES, values_only=True
                    ),
                    start=1,
                )
            ],
            feuille.sheet_state != "visible",
        )
        for feuille in classeur.worksheets
    ]


def _texte(case: object) -> str:
    """
    >>> _texte(None), _texte(2026.0), _texte(12.5), _texte(" Léa ")
    ('', '2026', '12.5', 'Léa')
    """
    if isinstance(case, float) and case.is_integer():
        case = int(case)
    if isinstance(case, datetime):
        return f"{case:%d/%m/%Y}"
    return "" if case is None else propre(str(case))


def propre(case: str) -> str:
    """Une case sans ce qui ne se voit pas, ni ce qui commanderait la console ; les accents composés.

    >>> propre("  Pre\u0301\u00adnom\u200b \u00a0 de\x1b[2J\\nl'élève")
    "Prénom de[2J l'élève"
    """
    visible = "".join(signe for signe in " ".join(case.split()) if signe.isprintable())
    return unicodedata.normalize("NFC", visible)
