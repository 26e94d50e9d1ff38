"""Lire une réponse faite de lettres : un choix, une suite ordonnée."""

import re
from dataclasses import dataclass, field

from grc_helpers.francais.nombres import sans_accents

_PROPOSITION = re.compile(r"^\s*[-*+]\s+\*\*([^\W_])\*\*\s*[:.)–-]?\s*(.+)$", re.MULTILINE)


@dataclass
class LettresLues:
    """Les lettres reconnues, dans l'ordre où elles sont écrites, et les remarques à montrer."""

    lettres: list[str] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)


def lire_lettres(texte: str, permises: tuple[str, ...]) -> LettresLues:
    """Lit les lettres d'un ``%%choix`` ou d'un ``%%ordre``. Ne lève jamais d'erreur.

    >>> lire_lettres("réponses A et c", ("a", "b", "c")).lettres
    ['a', 'c']
    >>> lire_lettres("e", ("a", "b")).remarques
    ['« e » ne fait pas partie des lettres proposées : a, b.']
    """
    lues = LettresLues()
    propositions = {sans_accents(lettre): lettre for lettre in permises}
    for mot in re.findall(r"[^\W_]+", sans_accents(texte[:2000])):
        if mot in {
            "reponse",
            "reponses",
            "et",
            "puis",
            "la",
            "les",
            "le",
            "lettre",
            "lettres",
            "choix",
        }:
            continue
        lettre = propositions.get(mot)
        if lettre is None:
            lues.remarques.append(
                f"« {mot[:20]} » ne fait pas partie des lettres proposées : {', '.join(permises)}."
            )
        elif lettre in lues.lettres:
            lues.remarques.append(
                f"La lettre {lettre} est écrite deux fois ; je la compte une fois."
            )
        else:
            lues.lettres.append(lettre)
    return lues


def lire_propositions(enonce: str) -> dict[str, str]:
    """Ce que veut dire chaque lettre, d'après la liste de l'énoncé.

    >>> lire_propositions("Choisissez.\\n\\n- **a** : un *prospect* ;\\n- **b** : un client.")
    {'a': 'un prospect', 'b': 'un client'}
    """
    return {
        sans_accents(lettre): re.sub(r"[*`]", "", texte).rstrip(" ;.\u00a0\u202f")
        for lettre, texte in _PROPOSITION.findall(enonce)
    }
