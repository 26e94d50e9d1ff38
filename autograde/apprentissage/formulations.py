"""Tirer d'une réponse les formulations qu'un barème pourrait apprendre : deux à quatre mots pleins d'une même proposition.

Le moteur compare des racines, des sons et des synonymes : une formulation vaut donc pour toutes les formes de ses mots. Les
mots de l'énoncé et ceux que tout le monde écrit n'y entrent pas.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from autograde.production.defauts_du_bareme import ecrites
from autograde.prose import Evaluation
from autograde.prose.bareme import BaremeRedige, Element
from autograde.prose.lexique import lexique, racine
from autograde.prose.preparation import Texte, preparer_texte
from autograde.prose.repli import suivre
from autograde.prose.ressemblance import son
from autograde.prose.texte import Mot, aplatir, lire

MOTS_AU_PLUS = 4
PROPOSITIONS_REGARDEES = 2


@dataclass(frozen=True)
class Piste:
    """Une formulation possible, et les mots de la réponse dont elle vient."""

    formulation: str
    passage: str


class MotsConnus(NamedTuple):
    """Les mots que l'on sait bien écrits."""

    racines: set[str]
    par_son: dict[str, str]


def pistes(
    reponse: str, passage: str, element: Element, bareme: BaremeRedige, evaluation: Evaluation
) -> Iterator[Piste]:
    """Les formulations possibles pour cet élément, les plus parlantes d'abord.

    ``passage`` : celui que le formateur désigne, ou « » ; ``evaluation`` : ce que le barème reconnaît déjà dans la réponse.
    """
    texte = preparer_texte(suivre(reponse, bareme), bareme)
    connus = _vocabulaire(bareme)
    vus: set[frozenset[str]] = set()
    for rangs in _zones(texte, passage, element, evaluation):
        mots = _mots_utiles(texte, rangs)
        for choisis in _assemblages(mots):
            racines = frozenset(racine(texte.mots[rang].forme) for rang in choisis)
            if racines not in vus and not racines <= set(map(racine, lexique().comparaisons)):
                vus.add(racines)
                yield Piste(_ecrire(texte, choisis, element, connus), texte.passage(set(choisis)))


def pistes_a_moitie(
    reponse: str, passage: str, element: Element, bareme: BaremeRedige, evaluation: Evaluation
) -> Iterator[Piste]:
    """Pour un demi-crédit : deux mots de la réponse et un mot de l'élément qui y manque. Il vaudra 1 à qui l'écrit, 0,5 sinon."""
    manquants = [
        mot
        for mot in _mots_propres(element.libelle, bareme)
        if mot.forme not in {m.forme for m in lire(suivre(reponse, bareme).texte)}
    ]
    for piste in pistes(reponse, passage, element, bareme, evaluation):
        if len(piste.formulation.split()) == 2:
            for mot in manquants[:2]:
                yield Piste(
                    f"{piste.formulation} {element.libelle[mot.debut : mot.fin].lower()}",
                    piste.passage,
                )


def _zones(texte: Texte, passage: str, element: Element, evaluation: Evaluation) -> list[list[int]]:
    """Les rangs des mots où chercher : le passage désigné puis les propositions où il est, ou celles que rien d'autre n'explique."""
    debut = texte.forme.origine.find(passage) if passage else -1
    if debut >= 0:
        dedans = [
            rang
            for rang, mot in enumerate(texte.mots)
            if debut <= texte.forme.place(mot.debut)
            and texte.forme.place(mot.fin - 1) < debut + len(passage)
        ]
        autour = {texte.mots[rang].proposition for rang in dedans}
        return [dedans, [rang for rang, mot in enumerate(texte.mots) if mot.proposition in autour]]
    expliques = set().union(
        *(
            credit.places
            for nom, credit in evaluation.credits.items()
            if credit.valeur and nom != element.id
        )
    )
    voisins = {
        racine(mot.forme) for ecrite in (element.libelle, *ecrites(element)) for mot in lire(ecrite)
    }
    notees = []
    for rang, (debut, fin) in enumerate(texte.bornes):
        utiles = _mots_utiles(texte, list(range(debut, fin)))
        libres = [r for r in utiles if r not in expliques]
        proches = [r for r in libres if racine(texte.mots[r].forme) in voisins]
        if libres:
            notees.append((-len(libres) - 3 * len(proches), rang, list(range(debut, fin))))
    return [rangs for _, _, rangs in sorted(notees)[:PROPOSITIONS_REGARDEES]]


def _mots_utiles(texte: Texte, rangs: list[int]) -> list[int]:
    """Les mots qui peuvent faire une formulation ; s'il n'y en a qu'un, un mot courant de la même proposition l'accompagne."""
    pleins = [rang for rang in rangs if _est_plein(texte.mots[rang])]
    propres = [rang for rang in pleins if _est_propre(texte.mots[rang], texte.connus)]
    if len(propres) == 1:
        proches = sorted(
            (rang for rang in pleins if rang != propres[0]), key=lambda rang: abs(rang - propres[0])
        )
        return sorted(propres + proches[:1])
    return propres


def _mots_propres(ecrit: str, bareme: BaremeRedige) -> list[Mot]:
    connus = frozenset(racine(mot.forme) for mot in lire(bareme.enonce))
    return [
        mot
        for mot in lire(ecrit)
        if _est_plein(mot) and _est_propre(mot, connus) and mot.forme not in lexique().comparaisons
    ]


def _est_plein(mot: Mot) -> bool:
    if mot.forme in lexique().comparaisons:
        return True
    vide = mot.forme in lexique().mots_outils or mot.forme in lexique().mots_vagues
    return not vide and len(mot.forme) >= 3 and not mot.forme[0].isdigit()


def _est_propre(mot: Mot, connus: frozenset[str]) -> bool:
    """Ni un mot de l'énoncé, ni un mot que tout le monde écrit."""
    if racine(mot.forme) in connus:
        return False
    return mot.forme in lexique().comparaisons or racine(mot.forme) not in _racines_courantes()


@lru_cache(maxsize=1)
def _racines_courantes() -> frozenset[str]:
    return lexique().mots_generaux | lexique().mots_courants


def _assemblages(rangs: list[int]) -> Iterator[tuple[int, ...]]:
    """Toute la proposition si elle est courte, puis les mots qui se suivent par trois et par deux, puis les autres paires.

    >>> list(_assemblages([3, 5, 9]))
    [(3, 5, 9), (3, 5), (5, 9), (3, 9)]
    """
    if 2 <= len(rangs) <= MOTS_AU_PLUS:
        yield tuple(rangs)
    for longueur in (3, 2):
        for debut in range(len(rangs) - longueur + 1):
            if longueur < len(rangs):
                yield tuple(rangs[debut : debut + longueur])
    yield from (
        paire
        for paire in combinations(rangs, 2)
        if rangs.index(paire[1]) > rangs.index(paire[0]) + 1
    )


def _ecrire(texte: Texte, choisis: tuple[int, ...], element: Element, connus: MotsConnus) -> str:
    mots = dict.fromkeys(_bien_ecrit(texte.brut, texte.mots[rang], connus) for rang in choisis)
    niee = texte.nie(frozenset(choisis)) != (element.sens == "nie")
    return " ".join([*(["pas"] if niee else []), *mots])


def _bien_ecrit(brut: str, mot: Mot, connus: MotsConnus) -> str:
    """Le mot du stagiaire, en minuscules ; s'il n'est d'aucune famille connue, le mot connu qui s'entend pareil.

    >>> connus = _mots_connus(["La campagne rapporte."])
    >>> [_bien_ecrit(ecrit, lire(ecrit)[0], connus) for ecrit in ("raporte", "Rapportait", "chante")]
    ['rapporte', 'rapportait', 'chante']
    """
    ecrit = brut[mot.debut : mot.fin].lower()
    if aplatir(ecrit) != mot.forme:
        return mot.forme  # une abréviation ou un tour de langue : « bcp », « chiffre d'affaires »
    return (
        ecrit if racine(mot.forme) in connus.racines else connus.par_son.get(son(mot.forme), ecrit)
    )


def _vocabulaire(bareme: BaremeRedige) -> MotsConnus:
    return _mots_connus(
        [
            bareme.enonce,
            *(
                ecrit
                for element in bareme.elements
                for ecrit in (element.libelle, *ecrites(element))
            ),
        ]
    )


def _mots_connus(textes: list[str]) -> MotsConnus:
    """Les mots des textes, puis ceux du lexique."""
    des_textes = (texte[mot.debut : mot.fin].lower() for texte in textes for mot in lire(texte))
    ecrits = [*des_textes, *(mot for famille in lexique().anneaux.values() for mot in famille)]
    formes = {ecrit: aplatir(ecrit) for ecrit in reversed(ecrits) if len(ecrit) >= 4}
    return MotsConnus(
        {racine(forme) for forme in formes.values()},
        {son(forme): ecrit for ecrit, forme in formes.items()},
    )
