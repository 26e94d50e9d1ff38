"""Des octets d'un fichier remis au notebook, réparé s'il le faut : sans rien exécuter, en temps et en mémoire bornés.

Ne s'occupe que du fichier (encodage, marques de fusion, âge du format) ; ce que valent ses cellules pour un devoir est dans
``triage.py``.
"""

import json
import re
import sys
from pathlib import Path

from autograde.fichiers.nature import nature_du_contenu
from grc_helpers.reponses.notebook import source

TAILLE_MAXIMALE = 50_000_000  # octets
CELLULES_MAXIMALES = 5_000
# Ce qui prend de la place une fois lu n'est pas le texte mais le nombre d'objets : un million tient en 300 Mo au pire.
OBJETS_MAXIMAUX = 1_000_000
OCTETS_PAR_OBJET = 300
MEMOIRE_MAXIMALE = 400_000_000  # octets que peut prendre un notebook pendant qu'on le lit
LIGNES_D_UNE_FUSION = 500_000  # au-delà, on ne cherche pas à réunir les deux versions d'un fichier
TEXTE_MAXIMAL = 5_000_000  # caractères de toutes les cellules
CELLULE_MAXIMALE = 200_000  # caractères d'une cellule : au-delà elle est coupée ; une réponse l'est dès 100 000, et c'est signalé
_TROP_DE_CELLULES = f"le fichier contient plus de {CELLULES_MAXIMALES} cellules."
_TROP_LOURD = "le lire demanderait trop de mémoire : ce n'est pas une copie."
_MARQUES = {"<<<<<<<": "notre", "|||||||": "ancetre", "=======": "leur", ">>>>>>>": "commun"}
_NUL = b"\x00"
_DEBUTS_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def lire_notebook(brut: bytes) -> tuple[dict | None, str, list[str]]:
    """Le notebook, le motif s'il est illisible, et ce qu'il a fallu réparer pour le lire. Ne lève jamais d'erreur.

    Le temps et la mémoire qu'il y faut sont bornés par la taille du fichier.

    >>> lire_notebook(b'\\xef\\xbb\\xbf{"cells": [], "nbformat": 4}')
    ({'cells': [], 'nbformat': 4}, '', ["marque d'ordre des octets (BOM) retirée."])
    >>> lire_notebook(b"")
    (None, 'le fichier est vide.', [])
    """
    try:
        return _lire(brut)
    except MemoryError:
        return None, _TROP_LOURD, []
    except RecursionError:
        return None, "le fichier est imbriqué trop profondément pour être une copie.", []


def _lire(brut: bytes) -> tuple[dict | None, str, list[str]]:
    if len(brut) > TAILLE_MAXIMALE:
        return None, f"le fichier dépasse {TAILLE_MAXIMALE // 1_000_000} Mo.", []
    entier = brut.rstrip(_NUL) if not brut.startswith(_DEBUTS_UTF16) else brut
    if not entier.strip():
        return None, "le fichier est vide.", []
    texte, reparations = _decoder(entier)
    if entier != brut:
        reparations.append("octets nuls de la fin (clé USB, panne de courant) retirés.")
    if motif := _motif_de_refus(texte):
        return None, motif, []
    notebook = _lire_json(texte)
    if notebook is None and (reuni := _resoudre_la_fusion(texte)) is not None:
        notebook = reuni
        reparations.append("marques de conflit de fusion retirées.")
    if notebook is None:
        abime = "le fichier est abîmé (ce n'est plus un notebook entier)."
        return None, nature_du_contenu(brut) or abime, []
    if isinstance(notebook, dict) and not isinstance(notebook.get("cells"), list):
        notebook = _mettre_au_format_4(notebook)
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        return None, "le fichier n'est pas un notebook.", []
    notebook = _sans_demi_caracteres(notebook, texte, reparations)
    if motif := _borner_les_cellules(notebook["cells"], reparations):
        return None, motif, []
    return notebook, "", reparations + _age_du_format(notebook)


def _motif_de_refus(texte: str) -> str:
    """Ce qui se compte avant de lire : trop de cellules, d'objets ou de signes pour tenir en mémoire."""
    if texte.count('"cell_type"') > CELLULES_MAXIMALES:
        return _TROP_DE_CELLULES
    objets = sum(texte.count(signe) for signe in "{[,")
    if objets > OBJETS_MAXIMAUX:
        return "le fichier contient beaucoup trop de données pour être une copie."
    # Le texte, une seconde fois dans le notebook qu'on en tire, et ce que pèse chaque objet.
    if 2 * sys.getsizeof(texte) + OCTETS_PAR_OBJET * objets > MEMOIRE_MAXIMALE:
        return _TROP_LOURD
    return ""


def _decoder(brut: bytes) -> tuple[str, list[str]]:
    if brut.startswith(_DEBUTS_UTF16):
        return brut.decode("utf-16", errors="replace"), ["encodage Windows (Unicode) converti."]
    reparations = (
        ["marque d'ordre des octets (BOM) retirée."] if brut.startswith(b"\xef\xbb\xbf") else []
    )
    try:
        texte = brut.decode("utf-8-sig")
    except UnicodeDecodeError:
        return brut.decode("cp1252", errors="replace"), ["encodage Windows converti."]
    try:
        if "Ã" in texte:
            return texte.encode("cp1252").decode("utf-8"), [
                *reparations,
                "accents encodés deux fois (« Ã© »), rétablis.",
            ]
    except UnicodeError:
        pass  # un vrai « Ã », ou des accents que rien ne rétablit
    return texte, reparations


def _lire_json(texte: str):
    try:
        return json.loads(texte)
    except (ValueError, RecursionError):
        return None


def _resoudre_la_fusion(texte: str) -> dict | None:
    """Un fichier où git a laissé ses marques contient deux versions : la seconde, précédée des cellules qui ne sont que dans la première.

    Deux réponses différentes à une même question s'y trouvent toutes les deux, et le formateur tranche.
    """
    if texte.count("\n") > LIGNES_D_UNE_FUSION or not re.search(r"^<{7}", texte, re.MULTILINE):
        return None
    versions: dict[str, list[str]] = {"notre": [], "leur": []}
    cote = "commun"
    for ligne in texte.splitlines(keepends=True):
        if ligne[:7] in _MARQUES and ligne[7:8] in ("", " ", "\r", "\n"):
            cote = _MARQUES[ligne[:7]]
            continue
        for nom, lignes in versions.items():
            if cote in (nom, "commun"):
                lignes.append(ligne)
    lues = [
        lue for lignes in versions.values() if isinstance(lue := _lire_json("".join(lignes)), dict)
    ]
    if len(lues) < 2:
        return lues[0] if lues else None
    notre, leur = lues
    gardees = _liste(leur.get("cells"))
    ecrites = set(map(json.dumps, gardees))
    seules = [
        cellule for cellule in _liste(notre.get("cells")) if json.dumps(cellule) not in ecrites
    ]
    return leur | {"cells": seules + gardees}


def _mettre_au_format_4(notebook: dict) -> dict:
    """Les notebooks d'avant 2015 (format 3 et moins) rangent leurs cellules dans des feuilles et appellent « input » le code."""
    feuilles = [
        feuille for feuille in _liste(notebook.get("worksheets")) if isinstance(feuille, dict)
    ]
    cellules = [
        cellule
        for feuille in feuilles
        for cellule in _liste(feuille.get("cells"))
        if isinstance(cellule, dict)
    ]
    if not cellules:
        return notebook
    return notebook | {
        "cells": [{"source": cellule.get("input", "")} | cellule for cellule in cellules]
    }


def _liste(valeur) -> list:
    return valeur if isinstance(valeur, list) else []


def _borner_les_cellules(cellules: list, reparations: list[str]) -> str:
    """Coupe les cellules démesurées, et écrit chaque source d'un seul tenant : une copie se relit plusieurs fois. Le motif de refus,
    s'il y a trop de cellules ou trop de texte en tout."""
    if len(cellules) > CELLULES_MAXIMALES:
        return _TROP_DE_CELLULES
    avec_texte = [c for c in cellules if isinstance(c, dict) and "source" in c]
    for cellule in avec_texte:
        cellule["source"] = source(cellule)
    longues = [c for c in avec_texte if len(c["source"]) > CELLULE_MAXIMALE]
    for cellule in longues:
        cellule["source"] = cellule["source"][:CELLULE_MAXIMALE]
    if longues:
        reparations.append(
            f"cellules démesurées, coupées à {CELLULE_MAXIMALE} caractères : {len(longues)}."
        )
    if sum(len(cellule["source"]) for cellule in avec_texte) > TEXTE_MAXIMAL:
        return "le fichier contient beaucoup trop de texte pour être une copie."
    return ""


def _age_du_format(notebook: dict) -> list[str]:
    version = notebook.get("nbformat")
    if not isinstance(version, int) or version == 4:
        return []
    return [
        f"format de notebook plus {'ancien' if version < 4 else 'récent'} ({version}), lu comme le format 4."
    ]


def _sans_demi_caracteres(notebook: dict, texte: str, reparations: list[str]) -> dict:
    """Un caractère coupé en deux (un émoji abîmé) se lit mais ne s'écrit plus : il devient « ? »."""
    if not re.search(r"\\u[dD][89a-fA-F]", texte):
        return notebook
    entier = json.dumps(notebook, ensure_ascii=False)
    propre = entier.encode("utf-8", errors="replace").decode("utf-8")
    if propre != entier:
        reparations.append("caractères abîmés remplacés par « ? ».")
    return json.loads(propre)


def lire_fichier(fichier: Path) -> tuple[dict | None, str, list[str]]:
    """Le notebook d'un fichier, le motif s'il est illisible, et ce qu'il a fallu réparer pour le lire."""
    try:
        if fichier.stat().st_size > TAILLE_MAXIMALE:
            return None, f"le fichier dépasse {TAILLE_MAXIMALE // 1_000_000} Mo.", []
        brut = fichier.read_bytes()
    except OSError:
        return None, "le fichier ne s'ouvre pas.", []
    return lire_notebook(brut)
