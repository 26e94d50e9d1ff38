"""Ce qui est nié dans une réponse, et par quel mot."""

from autograde.prose.diminutions import portees_des_diminutions
from autograde.prose.lexique import grammaire, lexique, racine
from autograde.prose.refus import portees_des_refus, verbe_nie
from autograde.prose.texte import Mot

_AVANT_UN_ATTRIBUT = (
    3  # mots entre « est » et le refus : « c'est souvent tout à fait inutile » est trop loin
)
_APRES_NE = 4  # « il ne se déplace plus »
_AVANT_UNE_RESTRICTION = 4  # « ne pas garder seulement », « ne pas regarder le prix seulement »
_PORTEE_DE_SANS = 5
_PORTEE_DE_NON = 2
ECARTE = -1  # refusé par la tournure elle-même (« au lieu de vendre »), sans mot négatif


def negateurs(mots: list[Mot]) -> list[int | None]:
    """Pour chaque mot, le rang du mot qui le nie, ou None.

    « ne … pas », « jamais », « aucun », « ni » et un refus (« c'est inutile ») valent pour toute la proposition ; « sans » et « non »
    pour les mots qui les suivent ; ce qui suit « au lieu de » est écarté. « ne … que » ne nie rien ; « pas seulement » et « ne suffit pas »
    ne nient que « seulement » et « suffit ».

    >>> from autograde.prose.texte import lire
    >>> negateurs(lire("On ne fidélise pas, on vend."))
    [3, 3, 3, 3, None, None]
    >>> negateurs(lire("Il ne faut pas seulement vendre"))
    [None, None, None, None, 3, None]
    """
    trouves: list[int | None] = [None] * len(mots)
    suspendu = precedent = None
    for debut, fin in propositions(mots):
        formes = [mot.forme for mot in mots[debut:fin]]
        place = _negateur(formes)
        suite = (
            formes[0] in grammaire().prolongent_une_negation
            and debut > 0
            and mots[debut - 1].phrase == mots[debut].phrase
        )
        rang = (
            ECARTE
            if mots[debut].ecarte
            else suspendu
            if suspendu is not None
            else precedent
            if suite
            else None
        )
        jusque = fin
        if rang is None and place is not None:  # elle est niée elle-même
            rang, jusque = debut + place, debut + _fin_de_la_negation(formes, place)
        suspendu = (
            fin - 1 if formes[-1] == "ni" else None
        )  # « … ni | parce qu'il est déçu » : la négation continue
        precedent = rang
        if rang is not None:
            trouves[debut:jusque] = [rang] * (jusque - debut)
        else:
            for nieur, premier, dernier in [
                *_portees(formes),
                *portees_des_refus(formes),
                *portees_des_diminutions(formes),
            ]:
                trouves[debut + premier : min(fin, debut + dernier)] = [debut + nieur] * (
                    min(fin, debut + dernier) - debut - premier
                )
    return trouves


def propositions(mots: list[Mot]) -> list[tuple[int, int]]:
    """Les bornes (début, fin exclue) de chaque proposition dans la liste des mots."""
    bornes, debut = [], 0
    for rang in range(1, len(mots) + 1):
        if rang == len(mots) or mots[rang].proposition != mots[debut].proposition:
            bornes.append((debut, rang))
            debut = rang
    return bornes


def _negateur(formes: list[str]) -> int | None:
    """La place du mot qui nie toute la proposition."""
    nie = next((rang for rang in range(len(formes)) if _nie(formes, rang)), None)
    refuse = _refus(formes)
    if nie is not None and refuse is not None and formes[nie] != "ni":
        return None  # « ce n'est pas inutile » ne nie rien d'autre que « inutile »
    return nie if nie is not None else refuse


def _fin_de_la_negation(formes: list[str], place: int) -> int:
    """« Aucun client ne coûte plus qu'il ne rapporte » : après « plus que », on compare, on ne nie plus."""
    g = grammaire()
    for rang in range(place + 1, len(formes)):
        if formes[rang] in g.que and g.comparatifs.intersection(formes[place + 1 : rang]):
            return rang
    return len(formes)


def est_un_refus(forme: str) -> bool:
    """« inutile », « nul », « faux »… : un mot qui, attribut, refuse ce dont on parle."""
    return forme in grammaire().attributs_qui_refusent


def est_une_restriction(forme: str) -> bool:
    """« seulement », « uniquement » : nié, il ne nie que l'exclusivité."""
    return forme in grammaire().restrictions


def _refus(formes: list[str]) -> int | None:
    """La place du mot qui refuse toute la proposition : attribut (« c'est inutile »), ou en tête (« inutile de rappeler »)."""
    g = grammaire()
    for rang, forme in enumerate(formes):
        if forme in g.attributs_qui_refusent:
            en_tete = rang == 0 and g.de.intersection(formes[1:2])
            autour = (g.etre | g.ne | {"c"}).intersection(
                formes[max(0, rang - _AVANT_UN_ATTRIBUT) : rang]
            )
            if en_tete or autour:
                return rang
    return None


def _nie(formes: list[str], rang: int) -> bool:
    forme, avant, g = formes[rang], formes[max(0, rang - 2) : rang], grammaire()
    if forme == "ni":
        return True
    if forme in g.negations_avec_ne:
        return bool(g.ne.intersection(formes[max(0, rang - _APRES_NE) : rang]))
    if (
        forme not in g.negations
        or avant[-1:] == ["ou"]
        or "suffi" in " ".join(avant)
        or _n_est_qu_une_restriction(formes, rang)
        or formes[rang + 1 : rang + 3] == ["plus", "de"]  # « pas plus de deux appels » : un plafond
    ):
        return False
    return not (forme == "rien" and g.devant_rien.intersection(avant[-1:]))


def _portees(formes: list[str]) -> list[tuple[int, int, int]]:
    """Les mots qui ne nient qu'une partie de la proposition : leur place, et celles du premier mot nié et d'après le dernier.

    « Non, les agences restent » : ce « non » répond, il ne nie pas. « Le prix ne suffit pas » ne nie que « suffit ».
    """
    portees, g = [], grammaire()
    refuse = _refus(formes)
    if refuse is not None:  # nié à son tour (« pas inutile ») : le refus seul est nié
        portees.append((refuse, refuse, refuse + 1))
    for rang, forme in enumerate(formes):
        suffit = next(
            (place for place in range(max(0, rang - 2), rang) if formes[place].startswith("suffi")),
            None,
        )
        if forme == "sans":
            portees.append((rang, rang + 1, rang + 1 + _PORTEE_DE_SANS))
        elif (
            forme == "non"
            and formes[rang + 1 : rang + 2]
            and formes[rang + 1] not in lexique().mots_outils | g.restrictions | g.exceptions
        ):
            portees.append((rang, rang + 1, rang + 1 + _PORTEE_DE_NON))
        elif forme in g.negations and (verbe := verbe_nie(formes, rang)) is not None:
            portees.append((rang, verbe, verbe + 1))
        elif forme in g.negations and suffit is not None:
            portees.append((rang, suffit, suffit + 1))
        elif forme in g.negations and (place := _restriction(formes, rang)) is not None:
            portees.append((rang, place, place + 1))
    return portees


def _restriction(formes: list[str], rang: int) -> int | None:
    """La place du « seulement » sur lequel porte une négation : « pas seulement », « ne pas garder seulement »."""
    suite = range(rang + 1, min(len(formes), rang + 1 + _AVANT_UNE_RESTRICTION))
    return next((place for place in suite if formes[place] in grammaire().restrictions), None)


def _n_est_qu_une_restriction(formes: list[str], rang: int) -> bool:
    """« pas seulement », « ce n'est pas que le prix », « il ne faut pas regarder que le prix », « n'oubliez pas de » : rien n'est nié."""
    g, suite = grammaire(), formes[rang + 1 : rang + 2]
    if verbe_nie(formes, rang) is not None or _restriction(formes, rang) is not None:
        return True
    if g.exceptions.intersection(suite):
        return True
    if g.que.intersection(suite):
        return formes[max(0, rang - 1)] in g.etre | {"a"}
    return bool(
        g.que.intersection(formes[rang + 2 : rang + 3]) and racine(formes[rang + 1]) in g.jugements
    )
