"""Qui fait quoi : la réponse donne-t-elle à un autre le rôle que l'élément attend (« c'est le client qui doit écouter ») ?"""

from functools import lru_cache

from autograde.prose.lexique import lexique, racine
from autograde.prose.preparation import Texte
from autograde.prose.ressemblance import ressemblent
from autograde.prose.texte import lire

CLIENT, ENTREPRISE = "client", "entreprise"

_ARTICLES = {
    "le",
    "la",
    "l",
    "les",
    "un",
    "une",
    "des",
    "ce",
    "cette",
    "ces",
    "chaque",
    "son",
    "sa",
    "ses",
    "notre",
    "nos",
}
_PRONOMS_DU_CLIENT = {"il", "ils", "lui", "eux"}  # « elle » est aussi bien l'entreprise
# Précédé d'un de ces mots, un nom n'est pas le sujet du verbe qui suit.
_PREPOSITIONS = {
    "de",
    "d",
    "du",
    "des",
    "a",
    "au",
    "aux",
    "avec",
    "pour",
    "par",
    "chez",
    "sur",
    "vers",
    "que",
    "qu",
    "entre",
}
_AVANT_LE_VERBE = 3  # mots entre un sujet et son verbe : « le client ne les espère »
_VERBES_DU_LIBELLE = 2


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
        if (
            avant[:2] == ["c", "est"]
            and avant[2:3] in (["le"], ["la"], ["l"], ["les"])
            or avant[-3:-1] == ["c", "est"]
        ):
            return avant[-1]
    return ""


@lru_cache(maxsize=2_000)
def _est_un_autre(mot: str, libelle: str) -> bool:
    """Celui que la réponse met en avant n'est pas le sujet de l'élément ; sans sujet écrit, c'est l'entreprise qui agit."""
    sujet, role = _sujet(libelle)[0], _role(mot) or (CLIENT if mot in {"lui", "eux"} else "")
    if any(ressemblent(mot, forme) for forme in sujet):
        return False
    if role == ENTREPRISE:
        return _role_du_sujet(libelle) == CLIENT
    return role == CLIENT and _role_du_sujet(libelle) != CLIENT


@lru_cache(maxsize=20_000)
def _porte_le_verbe(mot: str, libelle: str) -> bool:
    """Le verbe même du libellé : « rapporter » vaut « gagner », mais pas avec le même sujet."""
    return any(racine(mot) == racine(verbe) for verbe in _sujet(libelle)[1])


def _a_pour_sujet_un_autre(formes: list[str], place: int, libelle: str) -> bool:
    """« Le client espère gagner » n'est pas « l'entreprise espère gagner » : même verbe, autre sujet."""
    role = _role_du_sujet(libelle)
    if not role or not _porte_le_verbe(formes[place], libelle):
        return False
    for rang in range(place - 1, max(-1, place - 1 - _AVANT_LE_VERBE), -1):
        trouve = _role(formes[rang])
        if trouve:
            avant = formes[max(0, rang - 2) : rang]
            est_sujet = (
                avant[-1:]
                and avant[-1] in _ARTICLES - {"des"}
                and not (set(avant[:-1]) & _PREPOSITIONS - {"que", "qu"})
            )
            return bool(est_sujet) and trouve != role
    return False


@lru_cache(maxsize=1_000)
def _sujet(libelle: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Le sujet par lequel commence un libellé (les mots qui le nomment), et les premiers mots de ce qu'il fait."""
    formes = [mot.forme for mot in lire(libelle)]
    for ouverture in (["c", "est"], ["ce", "que"], ["ce", "qu"], ["que"], ["qu"]):
        if formes[: len(ouverture)] == ouverture:
            formes = formes[len(ouverture) :]
            break
    if formes and formes[0] in _ARTICLES:
        formes = formes[1:]
    pleins = [forme for forme in formes[1:] if forme not in lexique().mots_outils]
    return tuple(formes[:1]), tuple(pleins[:_VERBES_DU_LIBELLE])


@lru_cache(maxsize=1_000)
def _role_du_sujet(libelle: str) -> str:
    nom = next(iter(_sujet(libelle)[0]), "")
    return CLIENT if nom in _PRONOMS_DU_CLIENT else _role(nom)


@lru_cache(maxsize=20_000)
def _role(mot: str) -> str:
    """De quel côté est celui que ce mot nomme : le client (ou un tiers), l'entreprise, ou « »."""
    if any(ressemblent(mot, autre) for autre in lexique().autres_que_l_entreprise):
        return CLIENT
    return ENTREPRISE if any(ressemblent(mot, autre) for autre in lexique().l_entreprise) else ""
