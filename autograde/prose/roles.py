"""Qui fait quoi : la réponse donne-t-elle à un autre le rôle que l'élément attend (« c'est le client qui doit écouter ») ?"""

import re
from enum import Enum
from functools import lru_cache

from autograde.prose.lexique import alternative, grammaire, lexique, racine
from autograde.prose.preparation import Texte
from autograde.prose.ressemblance import anneaux_du_mot, formes_possibles, ressemblent
from autograde.prose.texte import aplatir, lire


class Role(Enum):
    """De quel côté est celui dont on parle : le client (ou un tiers), ou l'entreprise."""

    CLIENT = 1
    ENTREPRISE = 2


_AVANT_LE_VERBE = 3  # mots entre un sujet et son verbe : « le client ne les espère »
_VERBES_DU_LIBELLE = 2
_C_EST = ["c", "est"]


def joue_par_un_autre(texte: Texte, libelle: str, rangs: set[int]) -> bool:
    """Dans une proposition reconnue, le rôle du sujet de l'élément est-il tenu par l'autre partie ?"""
    for debut, fin in (texte.bornes[numero] for numero in {texte.numeros[rang] for rang in rangs}):
        formes = [mot.forme for mot in texte.mots[debut:fin]]
        designe = _designe(formes)
        if designe and _est_un_autre(designe, libelle):
            return True
        reconnus = sorted(rang - debut for rang in rangs if debut <= rang < fin)
        if any(_a_pour_sujet_un_autre(formes, place, libelle) for place in reconnus):
            return True
    return False


def _designe(formes: list[str]) -> str:
    """Celui que la proposition met en avant : « c'est X qui… », ou « »."""
    for place in (place for place, forme in enumerate(formes) if forme == "qui"):
        avant = formes[max(0, place - 4) : place]
        avec_un_nom = avant[:2] == _C_EST and grammaire().articles_definis.intersection(avant[2:3])
        if avec_un_nom or avant[-3:-1] == _C_EST:
            return avant[-1]
    return ""


@lru_cache(maxsize=2_000)
def _est_un_autre(mot: str, libelle: str) -> bool:
    """Celui que la réponse met en avant n'est pas le sujet de l'élément ; sans sujet écrit, c'est l'entreprise qui agit."""
    sujet, _ = _sujet(libelle)
    role = _role_du_sujet(mot)
    if ressemblent(mot, sujet):
        return False
    if role is Role.ENTREPRISE:
        return _role_du_sujet(sujet) is Role.CLIENT
    return role is Role.CLIENT and _role_du_sujet(sujet) is not Role.CLIENT


@lru_cache(maxsize=20_000)
def _porte_le_verbe(mot: str, libelle: str) -> bool:
    """Le verbe même du libellé : « rapporter » vaut « gagner », mais pas avec le même sujet."""
    return any(racine(mot) == racine(verbe) for verbe in _sujet(libelle)[1])


def _a_pour_sujet_un_autre(formes: list[str], place: int, libelle: str) -> bool:
    """« Le client espère gagner » n'est pas « l'entreprise espère gagner » : même verbe, autre sujet."""
    role = _role_du_sujet(_sujet(libelle)[0])
    if not role or not _porte_le_verbe(formes[place], libelle):
        return False
    for rang in range(place - 1, max(-1, place - 1 - _AVANT_LE_VERBE), -1):
        trouve = _role(formes[rang])
        if trouve:
            avant, g = formes[max(0, rang - 2) : rang], grammaire()
            determine = (g.determinants - g.du).intersection(avant[-1:])
            return (
                bool(determine) and not g.prepositions.intersection(avant[:-1]) and trouve != role
            )
    return False


@lru_cache(maxsize=1_000)
def _sujet(libelle: str) -> tuple[str, tuple[str, ...]]:
    """Le sujet par lequel commence un libellé (« » s'il est vide), et les premiers mots de ce qu'il fait."""
    ouverture = re.match(alternative(grammaire().ouvertures_d_un_libelle), aplatir(libelle))
    formes = [mot.forme for mot in lire(libelle[ouverture.end() :] if ouverture else libelle)]
    if formes and formes[0] in grammaire().determinants:
        formes = formes[1:]
    pleins = [forme for forme in formes[1:] if forme not in lexique().mots_outils]
    return formes[0] if formes else "", tuple(pleins[:_VERBES_DU_LIBELLE])


def _role_du_sujet(mot: str) -> Role | None:
    """Le rôle d'un mot sujet d'un verbe : « il », « lui », c'est le client ; « elle » est aussi bien l'entreprise."""
    return Role.CLIENT if mot in grammaire().pronoms_du_client else _role(mot)


@lru_cache(maxsize=20_000)
def _role(mot: str) -> Role | None:
    """De quel côté est celui que ce mot nomme, s'il nomme quelqu'un."""
    if _est_nomme(mot, lexique().autres_que_l_entreprise):
        return Role.CLIENT
    return Role.ENTREPRISE if _est_nomme(mot, lexique().l_entreprise) else None


def _est_nomme(mot: str, noms: frozenset[str]) -> bool:
    """L'un de ces noms, à un pluriel près, ou un mot d'un anneau où l'un d'eux est écrit : « patience » n'est pas « patient »."""
    return any(
        noms.intersection((forme, forme.removesuffix("s")))
        or anneaux_du_mot(forme) & _anneaux_ecrits(noms)
        for forme in formes_possibles(mot)
    )


@lru_cache(maxsize=16)
def _anneaux_ecrits(noms: frozenset[str]) -> frozenset[int]:
    """Les anneaux où ces noms sont écrits tels quels ; ceux de leur famille (« élever » pour « élève ») parlent d'autre chose."""
    anneaux = lexique().anneaux
    return frozenset().union(*(anneaux.get(racine(nom), {}).get(nom, ()) for nom in noms))
