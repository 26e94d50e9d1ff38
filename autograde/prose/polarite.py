"""Ce qui est nié dans une réponse : chaque mot d'une proposition niée porte la marque de la négation."""

from autograde.prose.texte import Mot

_NEGATIONS = {"pas", "jamais", "rien", "aucun", "aucune", "guere", "nullement", "point"}
_EXCEPTIONS = {"seulement", "uniquement", "simplement", "juste", "suffit", "suffisant", "assez", "toujours"}
_PORTEE_DE_SANS = 5


def mots_nies(mots: list[Mot]) -> list[bool]:
    """Pour chaque mot, dit s'il est dans la portée d'une négation.

    « ne … pas », « jamais », « aucun », « ni » valent pour toute la proposition ; « sans » pour les mots qui le suivent.
    « pas seulement », « ne … que », « ne suffit pas » ne nient rien.

    >>> from autograde.prose.texte import lire
    >>> mots_nies(lire("On ne fidélise pas, on vend."))
    [True, True, True, True, False, False]
    >>> any(mots_nies(lire("Il ne faut pas seulement vendre")))
    False
    """
    nies, suspendue = [False] * len(mots), False
    for debut, fin in propositions(mots):
        formes = [mot.forme for mot in mots[debut:fin]]
        suspendue_avant, suspendue = suspendue, formes[-1] == "ni"  # « … ni | parce qu'il est déçu » : la négation continue
        if suspendue_avant or _est_niee(formes):
            nies[debut:fin] = [True] * (fin - debut)
        else:
            for rang, forme in enumerate(formes):
                if forme == "sans":
                    for suivant in range(debut + rang + 1, min(fin, debut + rang + 1 + _PORTEE_DE_SANS)):
                        nies[suivant] = True
    return nies


def propositions(mots: list[Mot]) -> list[tuple[int, int]]:
    """Les bornes (début, fin exclue) de chaque proposition dans la liste des mots."""
    bornes, debut = [], 0
    for rang in range(1, len(mots) + 1):
        if rang == len(mots) or mots[rang].proposition != mots[debut].proposition:
            bornes.append((debut, rang))
            debut = rang
    return bornes


def _est_niee(formes: list[str]) -> bool:
    if "non" in formes[:1] and len(formes) > 1 and formes[1] not in _EXCEPTIONS:
        return True
    if formes.count("ni") >= 1:
        return True
    for rang, forme in enumerate(formes):
        if forme in _NEGATIONS and not _n_est_qu_une_restriction(formes, rang) and "suffi" not in " ".join(formes[max(0, rang - 2) : rang]):
            return not (forme == "point" and "ne" not in formes and "n" not in formes)
        if forme in {"ne", "n"} and "plus" in formes[rang + 1 : rang + 5]:
            return True
    return False


def _n_est_qu_une_restriction(formes: list[str], rang: int) -> bool:
    """« pas seulement », « ce n'est pas que le prix », « n'hésitez pas à venir » : rien n'est nié."""
    suivant = formes[rang + 1] if rang + 1 < len(formes) else ""
    precedent = formes[rang - 1] if rang else ""
    if precedent.startswith("hesit"):
        return True
    return suivant in _EXCEPTIONS or (suivant in {"que", "qu"} and precedent in {"est", "etait", "a", "sont"})
