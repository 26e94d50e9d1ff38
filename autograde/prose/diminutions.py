"""Ce qui retire une idée sans la nier : « rarement », « peu », « moins », « mal », « zéro », « personne ne », « l'image recule »."""

from autograde.prose.lexique import Grammaire, grammaire

_PORTEE_D_UN_RECUL = 5  # mots du sujet qui recule : « la satisfaction de nos clients recule »
_PORTEE_COURTE = 2


def portees_des_diminutions(formes: list[str]) -> list[tuple[int, int, int]]:
    """Pour chaque mot qui diminue ses voisins : sa place, celle du premier mot touché, et celle d'après le dernier.

    >>> portees_des_diminutions("elle ecoute rarement le client".split())
    [(2, 1, 5)]
    >>> portees_des_diminutions("la satisfaction baisse".split()), portees_des_diminutions("elle baisse les couts".split())
    ([(2, 0, 2)], [])
    """
    portees = [(place, _touches(formes, place)) for place in range(len(formes))]
    return [(place, *touches) for place, touches in portees if touches]


def _touches(formes: list[str], place: int) -> tuple[int, int] | None:
    """Du premier mot touché à celui d'après le dernier ; None si le mot de cette place ne diminue rien."""
    forme, avant, suite = formes[place], _mot(formes, place - 1), _mot(formes, place + 1)
    g = grammaire()
    a_droite = (place + 1, place + 1 + _PORTEE_COURTE)
    if forme in g.reculs:
        suivi_d_un_complement = suite in g.determinants | g.de | g.du
        return None if suivi_d_un_complement else (_debut_du_sujet(formes, place), place)
    if (
        forme == "moins"
    ):  # ni « au moins », ni « plus ou moins », ni « plus ça râle, moins les gens sont contents »
        return None if avant in g.devant_moins or suite in g.determinants else a_droite
    if forme == "personne":
        return (place + 1, len(formes)) if suite in g.ne else None
    if forme == "peu":
        return _touches_par_peu(g, place, avant, suite)
    if forme in {"rarement", "mal"}:
        return max(0, place - 1), place + 1 + _PORTEE_COURTE
    return a_droite if forme == "zero" else None


def _touches_par_peu(g: Grammaire, place: int, avant: str, suite: str) -> tuple[int, int] | None:
    """« peu de clients », « est peu rentable », « compte peu », « écoute peu le client » ; mais « un peu », ou « il peu passer »."""
    if not avant or avant in g.devant_peu:
        return (place + 1, place + 1 + _PORTEE_COURTE) if suite in g.de and not avant else None
    if suite in g.de:
        return place + 1, place + 1 + _PORTEE_COURTE
    if avant in g.etre:
        return place + 1, place + 2
    return (place - 1, place) if not suite or suite in g.determinants else None


def _debut_du_sujet(formes: list[str], place: int) -> int:
    """Où commence ce qui recule à cette place : quelques mots avant, mais après un « et »."""
    debut = max(0, place - _PORTEE_D_UN_RECUL)
    coordinations = grammaire().coordinations
    return max(
        [rang + 1 for rang in range(debut, place) if formes[rang] in coordinations], default=debut
    )


def _mot(formes: list[str], place: int) -> str:
    return formes[place] if 0 <= place < len(formes) else ""
