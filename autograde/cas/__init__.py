"""Les cas notés : les chiffres et le modèle de chacun, sous le nom que lui donnent les lignes de magie et les barèmes.

Un cas se déclare ici, et nulle part ailleurs : la notation, les corrigés et les retours le lisent par ``modele``. Rien de ce dossier
n'est distribué. Ce que l'écho du stagiaire vérifie de ses tableaux est dans ``grc_helpers/reponses/feuilles.py``.
"""

from collections.abc import Callable
from functools import cache, partial
from importlib import import_module

from grc_helpers.calculs.tableau import Modele


def _du_module(nom: str) -> Modele:
    """Le modèle d'un module d'ici, qui ne se charge que si un barème le demande."""
    return import_module(f"{__name__}.{nom}").modele()


MODELES: dict[str, Callable[[], Modele]] = {
    "valeur_client": partial(_du_module, "verdanis"),
    "rimaldi": partial(_du_module, "rimaldi"),
    "fil_rouge": partial(_du_module, "fil_rouge"),
    "tamax": partial(_du_module, "tamax"),
    "souss_fibre": partial(_du_module, "souss_fibre"),
}


@cache
def modele(nom: str) -> Modele:
    """Le modèle de tableau ``nom``. Lève ``KeyError``, avec la liste des noms connus, s'il n'existe pas.

    >>> len(modele("valeur_client").cases)
    42
    """
    if nom not in MODELES:
        raise KeyError(
            f"Modèle de tableau inconnu : « {nom} ». Modèles disponibles : {', '.join(MODELES)}."
        )
    return MODELES[nom]()
