"""Ce qui retire une idée sans la nier : « rarement », « peu », « moins », « mal », « zéro », « personne ne », « l'image recule »."""

from autograde.prose.lexique import DETERMINANTS

# « La satisfaction baisse » dit le contraire de la satisfaction ; « elle baisse les coûts » agit sur autre chose.
_RECULS = {
    "baisse",
    "baissent",
    "diminue",
    "diminuent",
    "recule",
    "reculent",
    "chute",
    "chutent",
    "disparait",
    "disparaissent",
}
_COMPLEMENTS = DETERMINANTS | {"de", "d", "du", "des", "un", "une", "notre", "votre"}
_ETRE = {"est", "sont", "suis", "etre", "etait"}
_PORTEE = 5
_COURTE = 2


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
    a_droite = (place + 1, place + 1 + _COURTE)
    if forme in _RECULS:
        return (_debut_du_sujet(formes, place), place) if suite not in _COMPLEMENTS else None
    if (
        forme == "moins"
    ):  # ni « au moins », ni « plus ou moins », ni « plus ça râle, moins les gens sont contents »
        return None if avant in {"au", "du", "ou", "de"} or suite in DETERMINANTS else a_droite
    if forme == "personne":
        return (place + 1, len(formes)) if suite in {"ne", "n"} else None
    if forme == "peu":
        return _touches_par_peu(place, avant, suite)
    if forme in {"rarement", "mal"}:
        return max(0, place - 1), place + 1 + _COURTE
    return a_droite if forme == "zero" else None


def _touches_par_peu(place: int, avant: str, suite: str) -> tuple[int, int] | None:
    """« peu de clients », « est peu rentable », « compte peu », « écoute peu le client » ; mais « un peu », ou « il peu passer »."""
    if avant in {"", "un", "depuis", "sous", "a"}:
        return (place + 1, place + 1 + _COURTE) if suite in {"de", "d"} and not avant else None
    if suite in {"de", "d"}:
        return place + 1, place + 1 + _COURTE
    if avant in _ETRE:
        return place + 1, place + 2
    return (place - 1, place) if not suite or suite in DETERMINANTS else None


def _debut_du_sujet(formes: list[str], place: int) -> int:
    """Où commence ce qui recule à cette place : quelques mots avant, mais après un « et »."""
    debut = max(0, place - _PORTEE)
    return max(
        [rang + 1 for rang in range(debut, place) if formes[rang] in {"et", "ou"}], default=debut
    )


def _mot(formes: list[str], place: int) -> str:
    return formes[place] if 0 <= place < len(formes) else ""
