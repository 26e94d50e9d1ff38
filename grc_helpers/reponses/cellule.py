"""Reconnaître une cellule de réponse, même maladroite : la première ligne est une « magie », le reste est la réponse.

Sont pardonnés : un commentaire ou une ligne vide au-dessus, une espace en tête, une majuscule, un accent, du texte
tapé sur la ligne de la magie. Une magie effacée ne perd rien non plus : la correction connaît la cellule par son
identifiant nbgrader (voir ``notebook.py``).
"""

import difflib
from dataclasses import dataclass
from functools import lru_cache

from grc_helpers.francais.nombres import sans_accents
from grc_helpers.reponses.types import TYPES
from grc_helpers.reponses.types.contrat import Cellule

# Les repères de nbgrader autour de la réponse type : présents dans les notebooks du formateur, jamais dans une réponse.
_REPERES = {"### BEGIN SOLUTION", "### END SOLUTION"}
_BLANCS = " \t\ufeff"
_TETE = 100_000  # caractères de commentaires que l'on passe pour chercher la magie
_MOT = 80  # caractères : au-delà, ce n'est ni une magie ni un identifiant


@dataclass(frozen=True)
class _Magie:
    """Une cellule ouverte par une magie connue : ce qui est au-dessus, le type, la suite de la ligne, et ce qui est au-dessous."""

    avant: list[str]
    type: str
    mots: list[str]
    corps: str


# Toute une classe a les mêmes énoncés, et une copie se lit plusieurs fois.
@lru_cache(maxsize=128)
def lire_cellule(source: str, modele: Cellule | None = None) -> Cellule | None:
    """Lit la source d'une cellule ; None si ce n'est pas une cellule de réponse.

    ``modele`` : la même cellule dans la version distribuée, quand on la connaît (à la correction). Elle donne le type
    et les arguments ; sans elle, on les devine d'après ce qui est écrit.

    >>> lire_cellule(" %%Réponse q4 Le client revient.").corps
    'Le client revient.'
    >>> lire_cellule("%%nombre q1 clients\\n400")
    Cellule(type='nombre', identifiant='q1', arguments=('clients',), corps='400')
    >>> lire_cellule("# %%nombre q1 clients\\n# 400").corps
    '400'
    >>> lire_cellule("print(3)") is None
    True
    """
    source = sans_diese(sans_reperes(source))
    magie = _lire_la_magie(source)
    if magie is None:
        return _sans_magie(source, modele)
    lecteur = TYPES[magie.type]
    identifiant, suite = (magie.mots[0], magie.mots[1:]) if magie.mots else ("", [])
    if modele and identifiant != modele.identifiant:
        garder = lecteur.phrases or not _ressemble(identifiant, modele.identifiant)
        identifiant, suite = modele.identifiant, magie.mots if garder else suite
    arguments = lecteur.arguments(suite, modele.arguments if modele else None)
    sur_la_ligne, au_dessous = " ".join(suite[len(arguments) :]), sans_diese(magie.corps)
    seul = not sur_la_ligne and not au_dessous.strip()
    au_dessus = _texte_des_commentaires(magie.avant) if lecteur.phrases or seul else ""
    au_dessous = _sans_magie_repetee(au_dessous, identifiant, arguments)
    corps = "\n".join(morceau for morceau in (au_dessus, sur_la_ligne, au_dessous) if morceau)
    if modele:
        return Cellule(modele.type, identifiant, modele.arguments, corps)
    return Cellule(magie.type, identifiant, arguments, corps)


def au_dessus_de_la_magie(source: str) -> str:
    """Ce qui est écrit en commentaire au-dessus de la magie.

    >>> au_dessus_de_la_magie("# je crois 400\\n%%nombre q1\\n300")
    'je crois 400'
    """
    magie = _lire_la_magie(sans_diese(sans_reperes(source)))
    return _texte_des_commentaires(magie.avant) if magie else ""


def identifiant_de_la_ligne(ligne: str) -> str:
    """L'identifiant de la question, si la ligne est celle d'une magie de réponse ; « » sinon.

    >>> identifiant_de_la_ligne(" %%Nombre s2_tp1_q0 clients"), identifiant_de_la_ligne("400 clients")
    ('s2_tp1_q0', '')
    """
    genre, mots = _magie_de_la_ligne(ligne)
    return mots[0] if genre and mots else ""


def _magie_de_la_ligne(ligne: str) -> tuple[str, list[str]]:
    """Le type que nomme une ligne « %%type … » et les mots qui le suivent ; « » si elle n'en nomme aucun."""
    debut = ligne.strip(_BLANCS)
    if not debut.startswith("%%"):
        return "", []
    reste = debut[2:].lstrip(" \t")
    longueur = next(
        (rang for rang, c in enumerate(reste[:_MOT]) if not c.isalpha() or c == "_"),
        len(reste[:_MOT]),
    )
    genre = sans_accents(reste[:longueur])
    return (genre, reste[longueur:].split()) if genre in TYPES else ("", [])


def _lire_la_magie(source: str) -> _Magie | None:
    """La magie de la cellule : sa première ligne, si l'on passe les lignes vides et les commentaires."""
    source = source.lstrip()
    debut = 0
    avant: list[str] = []
    while debut < min(len(source), _TETE):
        fin = source.find("\n", debut)
        fin = len(source) if fin < 0 else fin
        ligne = source[debut:fin]
        if not est_un_commentaire(ligne):
            genre, mots = _magie_de_la_ligne(ligne)
            return _Magie(avant, genre, mots, source[fin + 1 :]) if genre else None
        avant.append(ligne)
        debut = fin + 1
    return None


def est_un_commentaire(ligne: str) -> bool:
    """Une ligne blanche ou commentée, que l'on passe pour trouver la magie ; « ### » ouvre un titre."""
    debut = ligne.lstrip(" \t")
    return not debut or (debut.startswith("#") and not debut.startswith("###"))


def _ressemble(ecrit: str, identifiant: str) -> bool:
    """Est-ce un identifiant mal recopié, plutôt que le début de la réponse ?"""
    return "_" in ecrit or difflib.SequenceMatcher(None, ecrit[:_MOT], identifiant).ratio() >= 0.5


def sans_diese(texte: str) -> str:
    """Le texte sans ses « # », s'il est tout entier en commentaire.

    >>> sans_diese("# Le client\\n#revient."), sans_diese("n° 1\\n# 2")
    ('Le client\\nrevient.', 'n° 1\\n# 2')
    """
    if len(texte) > _TETE or not texte.lstrip().startswith("#"):
        return texte
    lignes = texte.split("\n")
    if not all(ligne.lstrip().startswith("#") for ligne in lignes if ligne.strip()):
        return texte
    return "\n".join(ligne.lstrip().lstrip("#").removeprefix(" ") for ligne in lignes)


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


def _texte_des_commentaires(avant: list[str]) -> str:
    """Ce qu'un stagiaire a écrit derrière un « # » au-dessus de la magie : de la prose, à ne pas perdre."""
    return "\n".join(ligne.strip().lstrip("#").strip() for ligne in avant if ligne.strip())


def _sans_magie(source: str, modele: Cellule | None) -> Cellule | None:
    """La magie a été effacée ou abîmée : tout ce qui reste est la réponse."""
    if modele is None:
        return None
    premiere, _, reste = source.partition("\n")
    if premiere.lstrip().startswith("%") and modele.identifiant in premiere:
        tape = premiere.split(modele.identifiant, 1)[1].split()
        morceaux = (_apres_les_arguments(tape, modele.arguments), reste)
        source = "\n".join(morceau for morceau in morceaux if morceau)
    corps = _sans_magie_repetee(source, modele.identifiant, modele.arguments)
    return Cellule(modele.type, modele.identifiant, modele.arguments, corps)


def _apres_les_arguments(mots: list[str], arguments: tuple[str, ...]) -> str:
    """Ce qui est tapé sur la ligne de la magie après ses arguments."""
    communs = 0
    while communs < min(len(mots), len(arguments)) and mots[communs] == arguments[communs]:
        communs += 1
    return " ".join(mots[communs:])


def _sans_magie_repetee(corps: str, identifiant: str, arguments: tuple[str, ...]) -> str:
    """Le corps sans la ligne de magie qui y est restée : du texte tapé au-dessus d'elle, deux parties recollées."""
    if "%%" not in corps:
        return corps
    gardees = []
    for ligne in corps.split("\n"):
        genre, mots = _magie_de_la_ligne(ligne)
        repetee = bool(genre) and mots[:1] == [identifiant]
        ligne = _apres_les_arguments(mots[1:], arguments) if repetee else ligne
        if ligne or not repetee:
            gardees.append(ligne)
    return "\n".join(gardees)
