"""Les cas notés : les chiffres et le modèle de chacun, sous le nom que lui donnent les lignes de magie et les barèmes.

Un cas se déclare ici, et nulle part ailleurs : la notation, les corrigés et les retours le lisent par ``modele``. Rien de ce dossier
n'est distribué. Ce que l'écho du stagiaire vérifie de ses tableaux est dans ``grc_helpers/reponses/feuilles.py``.
"""

from functools import cache

from autograde.cas import fil_rouge, rimaldi, tamax, verdanis
from grc_helpers.calculs.tableau import Modele

MODELES = {
    "valeur_client": verdanis.modele,
    "rimaldi": rimaldi.modele,
    "fil_rouge": fil_rouge.modele,
    "tamax": tamax.modele,
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
