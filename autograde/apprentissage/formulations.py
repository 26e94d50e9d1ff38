"""Tirer des réponses d'une classe les formulations qu'un barème pourrait apprendre.

Une formulation est faite d'un à quatre mots pleins qu'un stagiaire a écrits dans une même proposition, dans leur ordre. Elle n'est
essayée que si deux réponses au moins, auxquelles le formateur donne plus que le barème, la disent : on part des mots que deux d'entre
elles partagent, et on ne les assemble que tant que deux les disent encore ensemble. Le moteur n'évalue donc que ces assemblages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from autograde.apprentissage.orthographe import MotsBienEcrits, corriger, mots_bien_ecrits
from autograde.apprentissage.question_decidee import QuestionDecidee, ReponseDecidee
from autograde.prose.bareme import Element
from autograde.prose.lexique import CHIFFRE_D_AFFAIRES, lexique, racine
from autograde.prose.preparation import Texte
from autograde.prose.ressemblance import cles, ressemblent
from autograde.prose.texte import Mot, aplatir, lire

MOTS_AU_PLUS = 4
# Entre deux mots qui se suivent dans la formulation, les mots pleins de la réponse qu'elle omet.
MOTS_SAUTES = 1
# Par élément : deux réponses immenses et presque pareilles en donneraient sans fin.
PISTES_AU_PLUS = 600
LETTRES_D_UN_MOT = 4
REPONSES_AU_MOINS = 2
# Un mot que plus de tant de réponses écrivent ne distingue rien ; seul, il doit être plus rare encore.
PART_D_UN_MOT = 1 / 2
PART_D_UN_MOT_SEUL = 1 / 4


@dataclass(frozen=True)
class Piste:
    """Une formulation possible pour un élément. ``racines`` : celles de ses mots ; ``pleins`` : combien ne sont pas une comparaison ;
    ``proches`` : combien ressemblent à un mot de l'élément ; ``inconnus`` : combien ne sont ni au barème, ni au cas, ni au lexique ;
    ``designee`` : ils sont dans un passage que le formateur désigne."""

    formulation: str
    racines: frozenset[str]
    pleins: int
    proches: int
    inconnus: int
    designee: bool


class _MotEcrit(NamedTuple):
    """Un mot plein d'une réponse, sa place parmi ses mots puis parmi les mots pleins de sa proposition, et les réponses à relever qui le
    disent : (réponse, proposition)."""

    rang: int
    place: int
    forme: str
    lieux: frozenset[tuple[int, int]]


class VocabulaireDeLaClasse:
    """Ce que les mots d'une question valent dans cette classe : lesquels distinguent une idée, lesquels sont partout."""

    def __init__(self, question: QuestionDecidee):
        bareme = question.bareme
        self.textes = [r.texte for r in question.reponses if r.texte]
        self.enonce = frozenset(racine(mot.forme) for mot in lire(bareme.enonce))
        ecrites = [ecrite for element in bareme.elements for ecrite in _ecrites(element)]
        self.bien_ecrits = mots_bien_ecrits([bareme.enonce, *ecrites, question.devoir.contexte])
        self._parts: dict[str, float] = {}

    @cached_property
    def noms_propres(self) -> frozenset[str]:
        """Les mots qui ont une majuscule au milieu d'une phrase, et que personne n'écrit sans : les noms des personnes du cas."""
        majuscules, minuscules = set(), set()
        for texte in self.textes:
            precedente = -1
            for mot in texte.mots:
                ecrit = texte.brut[mot.debut : mot.fin]
                if not ecrit.istitle():
                    minuscules.add(mot.forme)
                elif mot.phrase == precedente:
                    majuscules.add(mot.forme)
                precedente = mot.phrase
        return frozenset(majuscules - minuscules)

    def part(self, forme: str) -> float:
        """La part des réponses de la classe qui écrivent ce mot."""
        if forme not in self._parts:
            ecrivent = sum(bool(texte.rangs(forme)) for texte in self.textes)
            self._parts[forme] = ecrivent / len(self.textes)
        return self._parts[forme]

    def est_plein(self, texte: Texte, mot: Mot) -> bool:
        """Le mot peut entrer dans une formulation : il porte un sens, tel que le stagiaire l'a écrit."""
        ecrit, forme, lu = _ecrit(texte, mot), mot.forme, lexique()
        if forme == CHIFFRE_D_AFFAIRES:
            return True
        if aplatir(ecrit) != forme or forme in self.noms_propres:
            return False
        if forme in lu.comparaisons:
            return True
        vide = forme in lu.mots_outils | lu.mots_vagues or racine(forme) in lu.mots_generaux
        # Ce que l'énoncé contient, le moteur le sous-entend déjà.
        return not vide and racine(forme) not in self.enonce and _est_un_mot(ecrit)

    def distingue(self, forme: str, part: float = PART_D_UN_MOT) -> bool:
        """Le mot ne se trouve ni dans toutes les réponses du monde, ni dans la plupart de celles de la classe."""
        courant = (
            forme in lexique().comparaisons
            or racine(forme) in lexique().mots_generaux | lexique().mots_courants
        )
        return not courant and self.part(forme) <= part


def pistes(
    question: QuestionDecidee, element: Element, vocabulaire: VocabulaireDeLaClasse
) -> Iterator[Piste]:
    """Les formulations que deux réponses à relever disent, sans répétition ; les passages désignés d'abord,
    puis les réponses courtes."""
    zones = sorted(
        (_zone(cible, element) for cible in question.a_gagner(element)),
        key=lambda zone: (not zone.designee, len(zone.texte.mots)),
    )
    voisins = _Voisins(element)
    vues: set[tuple[frozenset[str], bool]] = set()
    for zone in zones:
        for choisis in _suites_partagees(zone, zones, vocabulaire):
            formes = [mot.forme for mot in choisis]
            racines = frozenset(map(racine, formes))
            niee = zone.texte.nie(frozenset(mot.rang for mot in choisis))
            if (racines, niee) in vues or not _parle(formes, vocabulaire):
                continue
            vues.add((racines, niee))
            pleins = [forme for forme in formes if forme not in lexique().comparaisons]
            connus = vocabulaire.bien_ecrits.racines
            yield Piste(
                _ecrire(zone.texte, choisis, niee != (element.sens == "nie"), vocabulaire),
                racines,
                len(pleins),
                sum(map(voisins.contient, pleins)),
                sum(racine(forme) not in connus for forme in pleins),
                zone.designee,
            )


def _suites_partagees(
    zone: "_Zone", zones: list["_Zone"], vocabulaire: VocabulaireDeLaClasse
) -> Iterator[tuple[_MotEcrit, ...]]:
    """Les suites de mots pleins de cette réponse que deux réponses disent, chacune dans une même proposition."""
    texte = zone.texte
    for rangs in zone.rangs.values():
        pleins = [rang for rang in rangs if vocabulaire.est_plein(texte, texte.mots[rang])]
        mots = [
            _MotEcrit(rang, place, texte.mots[rang].forme, _lieux(texte.mots[rang].forme, zones))
            for place, rang in enumerate(pleins)
        ]
        yield from _assemblages([mot for mot in mots if _assez(mot.lieux)])


def _assemblages(mots: list[_MotEcrit]) -> Iterator[tuple[_MotEcrit, ...]]:
    """Les suites d'un à quatre de ces mots, dans leur ordre ; une suite ne s'allonge que tant que deux réponses la disent."""
    en_cours: list[tuple[tuple[_MotEcrit, ...], frozenset[tuple[int, int]]]]
    en_cours = [((mot,), mot.lieux) for mot in mots]
    for longueur in range(1, MOTS_AU_PLUS + 1):
        yield from (choisis for choisis, _ in en_cours)
        if longueur < MOTS_AU_PLUS:
            en_cours = [
                ((*choisis, mot), ensemble)
                for choisis, lieux in en_cours
                for mot in mots
                if 0 < mot.place - choisis[-1].place <= MOTS_SAUTES + 1
                and _assez(ensemble := lieux & mot.lieux)
            ]


def _assez(lieux: frozenset[tuple[int, int]]) -> bool:
    return len({reponse for reponse, _ in lieux}) >= REPONSES_AU_MOINS


def _lieux(forme: str, zones: list["_Zone"]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (numero, zone.texte.numeros[rang])
        for numero, zone in enumerate(zones)
        for rang in zone.texte.rangs(forme)
        if rang in zone.rangs.get(zone.texte.numeros[rang], ())
    )


def _parle(formes: list[str], vocabulaire: VocabulaireDeLaClasse) -> bool:
    """Un mot au moins distingue une idée, et aucun n'est répété."""
    if len({racine(forme) for forme in formes}) < len(formes):
        return False
    if len(set(formes) - lexique().comparaisons) == 1:
        return any(vocabulaire.distingue(forme, PART_D_UN_MOT_SEUL) for forme in formes)
    return any(map(vocabulaire.distingue, formes))


class _Zone(NamedTuple):
    """Où chercher dans une réponse : des rangs de mots par proposition. ``designee`` : par le formateur."""

    texte: Texte
    rangs: dict[int, list[int]]
    designee: bool


def _zone(cible: ReponseDecidee, element: Element) -> _Zone:
    """Les propositions du passage que le formateur désigne ; à défaut, toutes. Les mots qui valent déjà un autre élément, ou une autre
    notion du même, n'y sont plus à prendre."""
    texte, passage = cible.texte, cible.decisions[element.id].passage
    assert texte  # une réponse à relever a été lue
    credits = cible.reponse.proposee.credits
    designees = {texte.numeros[rang] for rang in _rangs_du_passage(texte, passage)}
    autres = [] if designees else [nom for nom in credits if nom != element.id]
    pris = {
        rang
        for nom in [*autres, *([element.id] if element.notions else [])]
        if credits[nom].valeur
        for rang in credits[nom].places
    }
    rangs = {
        proposition: [rang for rang in range(*texte.bornes[proposition]) if rang not in pris]
        for proposition in sorted(designees) or range(len(texte.bornes))
    }
    return _Zone(texte, rangs, bool(designees))


def _rangs_du_passage(texte: Texte, passage: str) -> list[int]:
    debut = texte.forme.origine.find(passage) if passage else -1
    if debut < 0:
        return []
    return [
        rang
        for rang, mot in enumerate(texte.mots)
        if debut <= texte.forme.place(mot.debut)
        and texte.forme.place(mot.fin - 1) < debut + len(passage)
    ]


def _ecrites(element: Element) -> list[str]:
    return [
        element.libelle,
        *element.formulations,
        *(ecrite for notion in element.notions for ecrite in notion),
    ]


class _Voisins:
    """Les mots d'un élément, libellé et formulations, et ceux qui leur ressemblent."""

    def __init__(self, element: Element):
        formes = {mot.forme for ecrite in _ecrites(element) for mot in lire(ecrite)}
        vides = lexique().mots_outils | lexique().comparaisons
        self._formes = [f for f in formes - vides if racine(f) not in lexique().mots_generaux]
        self._vus: dict[str, bool] = {}

    def contient(self, forme: str) -> bool:
        if forme not in self._vus:
            self._vus[forme] = any(
                cles(forme) & cles(voisin) and ressemblent(forme, voisin) for voisin in self._formes
            )
        return self._vus[forme]


def _ecrire(
    texte: Texte, choisis: tuple[_MotEcrit, ...], niee: bool, vocabulaire: VocabulaireDeLaClasse
) -> str:
    mots = [_bien_ecrit(texte, texte.mots[mot.rang], vocabulaire.bien_ecrits) for mot in choisis]
    return " ".join([*(["pas"] if niee else []), *mots])


def _est_un_mot(ecrit: str) -> bool:
    """Ni un nombre, ni un bout de mot ; un sigle (« CRM ») en est un."""
    return ecrit.isalpha() and len(ecrit) >= (3 if ecrit.isupper() else LETTRES_D_UN_MOT)


def _ecrit(texte: Texte, mot: Mot) -> str:
    return texte.brut[mot.debut : mot.fin]


def _bien_ecrit(texte: Texte, mot: Mot, connus: MotsBienEcrits) -> str:
    """Le mot du stagiaire, en minuscules ; s'il n'est d'aucune famille connue, le mot connu qui s'entend pareil."""
    if mot.forme == CHIFFRE_D_AFFAIRES:
        return "CA"
    ecrit = _ecrit(texte, mot).lower()
    return corriger(ecrit, mot.forme, connus)
