"""Reconnaître une cellule de réponse, même maladroite : la première ligne est une « magie », le reste est la réponse.

Sont pardonnés : un commentaire ou une ligne vide au-dessus, une espace en tête, une majuscule, un accent, du texte
tapé sur la ligne de la magie. Une magie effacée ne perd rien non plus : la correction connaît la cellule par son
identifiant nbgrader (voir ``notebook.py``).
"""

import re

from grc_helpers.francais.nombres import sans_accents
from grc_helpers.reponses.types import TYPES
from grc_helpers.reponses.types.contrat import Cellule

# Les repères de nbgrader autour de la réponse type : présents dans les notebooks du formateur, jamais dans une réponse.
_REPERES = {"### BEGIN SOLUTION", "### END SOLUTION"}

_MAGIE = re.compile(
    r"\A(?P<avant>(?:[ \t]*(?:#(?!##)[^\n]*)?\n)*)"  # lignes vides et commentaires au-dessus
    r"[ \t\ufeff]*%%[ \t]*(?P<type>[^\W\d_]+)[ \t]*(?P<reste>[^\n]*)(?:\n(?P<corps>.*))?\Z",
    re.DOTALL,
)


def lire_cellule(source: str, modele: Cellule | None = None) -> Cellule | None:
    """Lit la source d'une cellule ; None si ce n'est pas une cellule de réponse.

    ``modele`` : la même cellule dans la version distribuée, quand on la connaît (à la correction). Elle donne le type
    et les arguments ; sans elle, on les devine d'après ce qui est écrit.

    >>> lire_cellule(" %%Réponse q4 Le client revient.").corps
    'Le client revient.'
    >>> lire_cellule("%%nombre q1 clients\\n400")
    Cellule(type='nombre', identifiant='q1', arguments=('clients',), corps='400')
    >>> lire_cellule("print(3)") is None
    True
    """
    source = sans_reperes(source)
    trouve = _MAGIE.match(source)
    genre = sans_accents(trouve["type"]) if trouve else ""
    if trouve is None or genre not in TYPES:
        return _sans_magie(source, modele)
    lecteur, mots = TYPES[genre], trouve["reste"].split()
    identifiant, suite = (mots[0], mots[1:]) if mots else ("", [])
    if modele and identifiant != modele.identifiant:
        identifiant, suite = modele.identifiant, mots if lecteur.phrases else suite
    arguments = lecteur.arguments(suite, modele.arguments if modele else None)
    sur_la_ligne = " ".join(suite[len(arguments) :])
    au_dessus = _texte_des_commentaires(trouve["avant"]) if lecteur.phrases else ""
    corps = "\n".join(
        morceau for morceau in (au_dessus, sur_la_ligne, trouve["corps"] or "") if morceau
    )
    if modele:
        return Cellule(modele.type, identifiant, modele.arguments, corps)
    return Cellule(genre, identifiant, arguments, corps)


def sans_reperes(source: str) -> str:
    """La source sans les repères de nbgrader, fins de ligne ramenées à une seule forme.

    >>> sans_reperes("### BEGIN SOLUTION\\n400\\n### END SOLUTION")
    '400'
    """
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    if "###" not in source:
        return source
    lignes = source.split("\n")
    return "\n".join(ligne for ligne in lignes if ligne.strip() not in _REPERES)


def _texte_des_commentaires(avant: str) -> str:
    """Ce qu'un stagiaire a écrit derrière un « # » au-dessus de la magie : de la prose, à ne pas perdre."""
    return "\n".join(
        ligne.strip().lstrip("#").strip() for ligne in avant.splitlines() if ligne.strip()
    )


def _sans_magie(source: str, modele: Cellule | None) -> Cellule | None:
    """La magie a été effacée ou abîmée : tout ce qui reste est la réponse."""
    if modele is None:
        return None
    lignes = source.split("\n")
    abimee = lignes and lignes[0].lstrip().startswith("%") and modele.identifiant in lignes[0]
    return Cellule(
        modele.type,
        modele.identifiant,
        modele.arguments,
        "\n".join(lignes[1:] if abimee else lignes),
    )
