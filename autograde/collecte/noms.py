"""Retrouver un nom dans un texte : un dossier, un nom de fichier, ce qu'un stagiaire a tapé. Sans accent, sans ordre imposé."""

import re
from collections.abc import Iterator

from grc_helpers.francais.nombres import sans_accents

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})


def mots(texte: str) -> list[str]:
    """Les mots d'un texte, en minuscules et sans accent ; l'apostrophe, le trait d'union et le « _ » séparent.

    >>> mots("Léa N’GUYEN-Petit_s2_tp1 (1)")
    ['lea', 'n', 'guyen', 'petit', 's2', 'tp1', '1']
    """
    return re.findall(r"[^\W_]+", sans_accents(texte.translate(_LIGATURES)))


def colle(texte: str) -> str:
    """Les mots d'un texte, collés : Moodle efface les apostrophes, d'autres les changent en « _ ».

    >>> colle("N'Guyen-Petit") == colle("NGuyen Petit") == colle("N_Guyen_Petit")
    True
    """
    return "".join(mots(texte))


def nomme(texte: list[str], noms: list[str]) -> bool:
    """Vrai si chacun des ``noms`` (collés) est dans les mots du ``texte``, sans qu'un même mot serve deux fois.

    >>> nomme(mots("tp NGuyen léa"), ["lea", "nguyen"]), nomme(mots("Lea_N_Guyen-G2"), ["lea", "nguyen"])
    (True, True)
    >>> nomme(mots("Martin"), ["martin", "martin"]), nomme(mots("plan libre"), ["an", "li"])
    (False, False)
    """
    if not noms:
        return False
    return _placer(texte, [nom for nom in noms if nom], frozenset())


def _placer(texte: list[str], noms: list[str], pris: frozenset[int]) -> bool:
    if not noms:
        return True
    return any(
        _placer(texte, noms[1:], pris | place)
        for place in _places(texte, noms[0])
        if not pris & place
    )


def _places(texte: list[str], nom: str) -> Iterator[frozenset[int]]:
    """Les suites de mots qui, collées, font le nom."""
    for debut in range(len(texte)):
        morceau = ""
        for fin in range(debut, len(texte)):
            morceau += texte[fin]
            if morceau == nom:
                yield frozenset(range(debut, fin + 1))
            if len(morceau) >= len(nom):
                break
