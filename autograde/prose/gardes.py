"""Ce qui se vérifie avant tout crédit : une réponse vide, une liste de mots, une recopie de la question n'en méritent aucun."""

import re
from functools import cache, lru_cache

from autograde.prose.bareme import BaremeRedige
from autograde.prose.lexique import lexique, racine
from autograde.prose.motifs import LISTE, RECOPIE, SANS_REPONSE, TELEGRAPHIQUE
from autograde.prose.polarite import propositions
from autograde.prose.repli import suivre
from autograde.prose.texte import Mot, aplatir, lire

MOTS_D_UNE_LISTE = 6
PART_DE_MOTS_OUTILS = 0.2
PART_TELEGRAPHIQUE = 0.15
# Une suite d'au moins tant de bouts, de tant de mots en moyenne : « comprendre la cause, appel, offre adaptée, limite… »
BOUTS_EN_VRAC = 6
MOTS_D_UN_BOUT = 2.2
PART_RECOPIEE = 0.8
SUITE_RECOPIEE = 8
PART_SUIVIE = 0.5


def mots_pleins(mots: list[Mot], ecrit: str) -> list[Mot]:
    """Les mots qui portent une idée, dans le texte ``ecrit`` ; le « A » ou le « E » qui nomme un client n'est ni « à », ni « et »."""
    return [
        mot
        for mot in mots
        if mot.forme not in lexique().mots_outils or _est_une_lettre_nommee(mot, ecrit)
    ]


def refuser(reponse: str, bareme: BaremeRedige, contexte: str = "") -> str:
    """Le motif pour lequel aucun crédit n'est possible, ou « » si la réponse, mise en forme, mérite d'être lue.

    ``contexte`` : le texte du cas, dont la recopie ne vaut pas réponse non plus.
    """
    mots = lire(reponse)
    pleins = mots_pleins(mots, reponse)
    if not mots or " ".join(mot.forme for mot in mots) in lexique().attentes:
        return SANS_REPONSE
    lie = (
        "=" in reponse
    )  # « B = E + D, 27 % du CA » est une phrase de message : un mot y est dit d'un autre
    if not lie and _est_une_liste(mots, pleins):
        return LISTE
    if not lie and _est_telegraphique(mots, pleins):
        return TELEGRAPHIQUE
    if _est_une_recopie(mots, pleins, bareme.enonce, contexte):
        return RECOPIE
    return ""


def _est_une_lettre_nommee(mot: Mot, ecrit: str) -> bool:
    return (
        mot.fin == mot.debut + 1
        and ecrit[mot.debut].isupper()
        and ecrit[mot.fin : mot.fin + 1] not in ("'", "’")
    )


def revirement(reponse: str) -> str:
    """La tournure par laquelle une réponse nuance ce qu'elle vient de dire (« cependant »), ou « ».

    >>> revirement("Oui. Cependant, pas toujours."), revirement("Oui, toujours.")
    ('cependant', '')
    """
    return _tournure(reponse, lexique().revirements)


def dedit(reponse: str) -> str:
    """La tournure par laquelle une réponse reprend ce qu'elle vient de dire (« enfin si », « je me trompe »), ou « ».

    >>> dedit("Non. Enfin si, parfois."), dedit("Oui. Cependant, pas toujours.")
    ('enfin si', '')
    """
    return _tournure(reponse, lexique().reprises + lexique().dedits)


def _tournure(reponse: str, tournures: tuple[str, ...]) -> str:
    trouvee = _une_de(tournures).search(aplatir(reponse))
    return trouvee.group() if trouvee else ""


@cache
def _une_de(tournures: tuple[str, ...]) -> re.Pattern:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, tournures)) + r")\b")


def _est_une_liste(mots: list[Mot], pleins: list[Mot]) -> bool:
    """Beaucoup de mots pleins, presque aucun mot-outil, presque aucune ponctuation : personne n'écrit ainsi une réponse."""
    if len(pleins) < MOTS_D_UNE_LISTE:
        return False
    outils = len(mots) - len(pleins)
    return outils / len(mots) < PART_DE_MOTS_OUTILS and len(propositions(mots)) <= len(pleins) / 4


def _est_telegraphique(mots: list[Mot], pleins: list[Mot]) -> bool:
    """Des mots du sujet séparés par des virgules, sans article ni verbe : des idées jetées en vrac, ou une liste apprise."""
    return _est_en_vrac(mots) or (
        len(pleins) >= MOTS_D_UNE_LISTE
        and (len(mots) - len(pleins)) / len(mots) <= PART_TELEGRAPHIQUE
    )


def _est_en_vrac(mots: list[Mot]) -> bool:
    """Beaucoup de bouts très courts, même avec leurs articles. Une suite de chiffres (« N1 : 54 000. N2 : 37 824 ») n'en est pas une."""
    chiffres = {mot.proposition for mot in mots if mot.forme[0].isdigit()}
    bouts = [mot.proposition for mot in mots if mot.proposition not in chiffres]
    combien = len(set(bouts))
    return combien >= BOUTS_EN_VRAC and len(bouts) <= MOTS_D_UN_BOUT * combien


def _est_une_recopie(mots: list[Mot], pleins: list[Mot], enonce: str, contexte: str) -> bool:
    """Presque tous les mots viennent de la question, ou la moitié de la réponse suit mot à mot la question ou le cas."""
    connues = _racines(enonce)
    if (
        len(pleins) >= 4
        and connues
        and sum(racine(mot.forme) in connues for mot in pleins) / len(pleins) >= PART_RECOPIEE
    ):
        return True
    formes = [mot.forme for mot in mots]
    copiees: set[int] = set()
    donnees = (_suites(enonce), _suites(contexte))
    for rang in range(len(formes) - SUITE_RECOPIEE + 1):
        suite = tuple(formes[rang : rang + SUITE_RECOPIEE])
        if any(suite in suites for suites in donnees):
            copiees.update(range(rang, rang + SUITE_RECOPIEE))
    return len(copiees) >= PART_SUIVIE * len(formes)


@lru_cache(maxsize=256)
def _racines(texte: str) -> frozenset[str]:
    suivi = suivre(texte).texte
    return frozenset(racine(mot.forme) for mot in mots_pleins(lire(suivi), suivi))


@lru_cache(maxsize=256)
def _suites(texte: str) -> frozenset[tuple[str, ...]]:
    """Toutes les suites de quelques mots d'un texte, pour reconnaître une recopie."""
    formes = [mot.forme for mot in lire(suivre(texte).texte)]
    return frozenset(
        tuple(formes[rang : rang + SUITE_RECOPIEE])
        for rang in range(len(formes) - SUITE_RECOPIEE + 1)
    )
