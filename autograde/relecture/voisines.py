"""Mettre ensemble ce qui se dit presque avec les mêmes mots : des propositions d'une classe, ou des réponses entières."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from autograde.prose.gardes import mots_pleins
from autograde.prose.lexique import racine
from autograde.prose.repli import suivre
from autograde.prose.ressemblance import anneaux_du_mot
from autograde.prose.texte import Mot, lire

# Un chef n'est cherché que par les mots les plus rares de chacun : une grande classe se range en un temps proportionnel.
MOTS_RARES = 4
CHEFS_ESSAYES = 60


def mots_du_sens(texte: str) -> frozenset[str]:
    """Ce qu'un texte dit, en quelques mots : la famille ou l'anneau de synonymes de chacun, les mots-outils en moins.

    >>> mots_du_sens("Le client est fidélisé") == mots_du_sens("des clients fidèles")
    True
    """
    suivi = suivre(texte).texte
    return sens_des_mots(mots_pleins(lire(suivi), suivi))


def sens_des_mots(pleins: Sequence[Mot]) -> frozenset[str]:
    """De même, pour des mots déjà lus."""
    return frozenset(_sens(mot.forme) for mot in pleins)


@lru_cache(maxsize=50_000)
def _sens(mot: str) -> str:
    anneaux = anneaux_du_mot(mot)
    return f"anneau {min(anneaux)}" if anneaux else racine(mot)


def ressemblance(a: frozenset[str], b: frozenset[str]) -> float:
    """La part des mots que deux textes ont en commun, de 0 à 1.

    >>> ressemblance(frozenset("abc"), frozenset("abd")), ressemblance(frozenset(), frozenset())
    (0.5, 0.0)
    """
    return len(a & b) / len(a | b) if a or b else 0.0


def rapprocher(ensembles: Sequence[frozenset[str]], seuil: float) -> list[list[int]]:
    """Les rangs, ceux qui se ressemblent ensemble. Chacun rejoint le premier de la liste qui lui ressemble le plus, ou commence un groupe.

    >>> rapprocher([frozenset("abc"), frozenset("xyz"), frozenset("abd")], 0.5)
    [[0, 2], [1]]
    """
    frequences = Counter(mot for ensemble in ensembles for mot in ensemble)
    groupes: dict[int, list[int]] = {}
    par_mot: dict[str, list[int]] = defaultdict(list)
    for rang, ensemble in enumerate(ensembles):
        rares = sorted(ensemble, key=lambda mot: (frequences[mot], mot))[:MOTS_RARES]
        chefs = dict.fromkeys(chef for mot in rares for chef in par_mot[mot][:CHEFS_ESSAYES])
        proches = [(-ressemblance(ensemble, ensembles[chef]), chef) for chef in chefs]
        mieux, chef = min(proches, default=(0.0, rang))
        if -mieux >= seuil:
            groupes[chef].append(rang)
        else:
            groupes[rang] = [rang]
            for mot in ensemble:
                par_mot[mot].append(rang)
    return list(groupes.values())
