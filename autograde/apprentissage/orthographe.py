"""Écrire comme il faut un mot qu'un stagiaire a écrit à l'oreille : celui du barème, du cas ou du lexique qui s'entend pareil."""

from functools import lru_cache
from typing import NamedTuple

from autograde.prose.lexique import lexique, racine
from autograde.prose.ressemblance import son
from autograde.prose.texte import aplatir, lire


class MotsBienEcrits(NamedTuple):
    """Les mots que l'on sait bien écrits."""

    racines: set[str]
    par_son: dict[str, str]


def corriger(ecrit: str, forme: str, connus: MotsBienEcrits) -> str:
    """Ce mot bien orthographié, si l'on connaît un mot qui s'entend pareil.

    >>> connus = mots_bien_ecrits(["La campagne rapporte."])
    >>> [corriger(ecrit, ecrit, connus) for ecrit in ("raporte", "rapportait", "chante")]
    ['rapporte', 'rapportait', 'chante']
    """
    return ecrit if racine(forme) in connus.racines else connus.par_son.get(son(forme), ecrit)


def mots_bien_ecrits(textes: list[str]) -> MotsBienEcrits:
    """Les mots des textes, puis ceux du lexique."""
    des_textes = [texte[mot.debut : mot.fin].lower() for texte in textes for mot in lire(texte)]
    formes = {
        ecrit: aplatir(ecrit)
        for ecrit in reversed([*des_textes, *_mots_du_lexique()])
        if len(ecrit) >= 4
    }
    return MotsBienEcrits(
        {racine(forme) for forme in formes.values()},
        {son(forme): ecrit for ecrit, forme in formes.items()},
    )


@lru_cache(maxsize=1)
def _mots_du_lexique() -> tuple[str, ...]:
    return tuple(mot for famille in lexique().anneaux.values() for mot in famille)
