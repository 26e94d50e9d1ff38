"""Une réponse prête à être cherchée : ses mots rangés, ce qui est nié, ce dont parle chaque proposition."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from autograde.prose.bareme import BaremeRedige
from autograde.prose.formulations import Formulation, Place
from autograde.prose.lexique import lexique, racine
from autograde.prose.polarite import negateurs, propositions
from autograde.prose.poles import couper_entre_les_poles, poles, poles_actifs, poles_de_chaque_mot
from autograde.prose.repli import suivre
from autograde.prose.ressemblance import cles, contraire, ressemblent
from autograde.prose.texte import Mot, lire
from autograde.prose.vocabulaire import Vocabulaire, vocabulaire
from grc_helpers.francais.forme import Forme

# Une réponse qui nie tout en bloc : tant de négations, qui portent sur la plupart des mots.
NEGATIONS_D_UN_REFUS = 3
PART_D_UN_REFUS = 0.7


@dataclass(frozen=True)
class Occurrence:
    """Où une place d'une formulation est remplie : les rangs de ses mots ; ``inverse`` : par un mot contraire, nié."""

    rangs: frozenset[int]
    inverse: bool = False


@dataclass(frozen=True)
class Texte:
    """Une réponse préparée : sa ``forme``, ses mots, ce qui est nié, les bornes de ses propositions, ce dont parle chaque proposition.

    ``connus`` : les racines de l'énoncé, qui peuvent rester sous-entendues ; ``stricte`` : rien ne peut l'être, ni venir d'une
    proposition voisine (c'est ainsi qu'on cherche une idée fausse). ``numeros`` : la proposition de chaque mot ; ``opposes`` : les
    mots niés qui ont un contraire, avec lui ; ``dit_non`` : quelque chose y est nié ; ``tout_nie`` : presque tout l'est ; ``index`` :
    les rangs de chaque mot du barème que la réponse contient.
    """

    forme: Forme
    mots: list[Mot]
    nies: list[int | None]
    bornes: list[tuple[int, int]]
    ancres: list[frozenset[str]]
    connus: frozenset[str]
    numeros: list[int]
    opposes: list[tuple[int, str]]
    dit_non: bool
    tout_nie: bool
    vocabulaire: Vocabulaire = field(compare=False)
    index: dict[str, tuple[int, ...]] = field(compare=False)
    stricte: bool = False
    trouvailles: dict[Place, dict[int, Occurrence]] = field(default_factory=dict, compare=False)

    @property
    def brut(self) -> str:
        """Le texte où les mots ont leur place."""
        return self.forme.texte

    def rangs(self, attendu: str) -> tuple[int, ...]:
        """Les rangs des mots de la réponse qui valent ce mot. S'il n'est pas du barème (une formulation que l'on essaie), il est cherché
        une fois."""
        trouves = self.index.get(attendu)
        if trouves is not None:
            return trouves
        if attendu in self.vocabulaire.mots:
            return ()
        proches = {rang for cle in cles(attendu) for rang in self._par_cle.get(cle, ())}
        trouves = self.index[attendu] = tuple(
            rang for rang in sorted(proches) if ressemblent(self.mots[rang].forme, attendu)
        )
        return trouves

    def contient_un_mot(self, formulation: Formulation) -> bool:
        """Faux si aucune place de la formulation ne peut être remplie ; c'est presque toujours le cas."""
        if not formulation.mots <= self.vocabulaire.mots:
            return True
        return not formulation.mots.isdisjoint(self._atteints)

    @cached_property
    def _atteints(self) -> set[str]:
        """Les mots du barème que la réponse contient, ou dont elle nie un contraire."""
        return {mot for mot, rangs in self.index.items() if rangs} | self._retournes.keys()

    @cached_property
    def _par_cle(self) -> dict[tuple, list[int]]:
        """Les rangs des mots par clé de ressemblance."""
        par_cle: dict[tuple, list[int]] = {}
        for rang, mot in enumerate(self.mots):
            for cle in cles(mot.forme):
                par_cle.setdefault(cle, []).append(rang)
        return par_cle

    def occurrences(self, place: Place) -> dict[int, Occurrence]:
        """Les propositions où une place est remplie, d'abord par ses mots, à défaut par un mot contraire nié."""
        trouvees = self.trouvailles.get(place)
        if trouvees is None:
            trouvees = self.trouvailles[place] = self._remplir(place)
        return trouvees

    def peut_remplir(self, place: Place) -> bool:
        """Faux si rien, dans aucune proposition, ne dit ce mot ni ne le nomme plus haut."""
        return bool(self.occurrences(place)) or any(
            variante[0] in self._nommes for variante in place if len(variante) == 1
        )

    @cached_property
    def _nommes(self) -> frozenset[str]:
        """Tout ce dont une proposition parle."""
        return frozenset().union(*self.ancres)

    def _remplir(self, place: Place) -> dict[int, Occurrence]:
        trouvees: dict[int, Occurrence] = {}
        for variante in place:
            if not all(map(self.rangs, variante)):
                continue  # presque toujours : un de ses mots n'est nulle part
            par_proposition = [self._premiers(mot) for mot in variante]
            for rang in set.intersection(*map(set, par_proposition)):
                trouvees.setdefault(
                    rang, Occurrence(frozenset(premiers[rang] for premiers in par_proposition))
                )
        if self.dit_non:
            for variante in place:
                for mot in self._contraires_nies(variante[0]) if len(variante) == 1 else ():
                    trouvees.setdefault(
                        self.numeros[mot], Occurrence(frozenset({mot}), inverse=True)
                    )
        return trouvees

    def _premiers(self, attendu: str) -> dict[int, int]:
        """Le premier mot de chaque proposition qui vaut le mot attendu."""
        premiers: dict[int, int] = {}
        for rang in self.rangs(attendu):
            premiers.setdefault(self.numeros[rang], rang)
        return premiers

    def _contraires_nies(self, attendu: str) -> list[int]:
        """Les mots niés qui sont le contraire du mot attendu, dans l'ordre."""
        if attendu in self.vocabulaire.mots:
            return self._retournes.get(attendu, [])
        oppose = contraire(attendu)
        rangs = self._nies_parmi(self.rangs(oppose)) if oppose else set()
        return sorted(rangs | {r for r, autre in self.opposes if ressemblent(autre, attendu)})

    @cached_property
    def _retournes(self) -> dict[str, list[int]]:
        """Par mot du barème, les mots niés qui en sont le contraire."""
        trouves: dict[str, set[int]] = {}
        for oppose, mots in self.vocabulaire.opposes.items():
            for mot in mots if (nies := self._nies_parmi(self.rangs(oppose))) else ():
                trouves.setdefault(mot, set()).update(nies)
        for rang, oppose in self.opposes:
            for mot in self.vocabulaire.valus_par(oppose):
                trouves.setdefault(mot, set()).add(rang)
        return {mot: sorted(rangs) for mot, rangs in trouves.items()}

    def _nies_parmi(self, rangs: Iterable[int]) -> set[int]:
        return {rang for rang in rangs if self.nies[rang] is not None}

    def nie(
        self, rangs: frozenset[int], formulation_niee: bool = False, idee_niee: bool = False
    ) -> bool:
        """Un de ces mots est-il nié ? Une formulation affirmative peut contenir le mot qui nie : « appels inutiles » n'est pas nié.

        « Il n'a plus confiance » n'est pas « plus de confiance », sauf si l'idée elle-même dit non (« il ne commande plus »).
        """
        negateurs_de = {self.nies[rang] for rang in rangs} - {None}
        if formulation_niee:
            return bool(negateurs_de)
        return any(
            nie not in rangs or (self.mots[nie].forme == "plus" and not idee_niee)
            for nie in negateurs_de
        )

    def passage(self, places: set[int] | frozenset[int]) -> str:
        """Le bout de la réponse, tel qu'il est écrit, qui va du premier au dernier mot reconnu, propositions entières."""
        propres = {self.mots[rang].proposition for rang in places}
        dedans = [mot for mot in self.mots if mot.proposition in propres]
        return self.forme.ecrit(min(mot.debut for mot in dedans), max(mot.fin for mot in dedans))


def preparer_texte(forme: Forme, bareme: BaremeRedige) -> Texte:
    """Découpe une réponse pour la chercher dans ce barème. ``forme`` : celle que donne ``repli.suivre``."""
    mots, connus = lire(forme.texte, lettres_nommees(bareme)), mots_de_l_enonce(bareme.enonce)
    nommes = poles_de_chaque_mot(mots, poles(bareme, connus))
    mots = couper_entre_les_poles(mots, nommes, forme.texte)
    bornes, nies, connu = propositions(mots), negateurs(mots), vocabulaire(bareme)
    return Texte(
        forme=forme,
        mots=mots,
        nies=nies,
        bornes=bornes,
        ancres=poles_actifs(nommes, bornes),
        connus=connus,
        numeros=[numero for numero, (debut, fin) in enumerate(bornes) for _ in range(debut, fin)],
        opposes=[
            (rang, oppose)
            for rang, nie in enumerate(nies)
            if nie is not None and (oppose := contraire(mots[rang].forme))
        ],
        dit_non=any(nie is not None for nie in nies),
        tout_nie=_tout_nie(nies),
        vocabulaire=connu,
        index=_ranger(mots, connu),
    )


def preparer_bareme(bareme: BaremeRedige) -> None:
    """Fait une fois ce que la première réponse paierait seule : les racines, les sons et les anneaux des mots du barème."""
    mots_de_l_enonce(bareme.enonce)
    vocabulaire(bareme)


def lettres_nommees(bareme: BaremeRedige) -> frozenset[str]:
    """Les lettres isolées qui nomment quelque chose dans ce barème (les clients B, C, D)."""
    return frozenset(
        ancre for element in bareme.elements for ancre in element.ancre if len(ancre) == 1
    )


@lru_cache(maxsize=256)
def mots_de_l_enonce(enonce: str) -> frozenset[str]:
    """Les racines des mots que la question contient déjà ; un nombre (« Question 3 », « 2 points ») n'est jamais sous-entendu."""
    return frozenset(
        racine(mot.forme)
        for mot in lire(suivre(enonce).texte)
        if mot.forme not in lexique().mots_outils and not mot.forme[0].isdigit()
    )


def _tout_nie(nies: list[int | None]) -> bool:
    portees = [nie for nie in nies if nie is not None]
    return len(set(portees)) >= NEGATIONS_D_UN_REFUS and len(portees) >= PART_D_UN_REFUS * len(nies)


def _ranger(mots: list[Mot], connu: Vocabulaire) -> dict[str, tuple[int, ...]]:
    """Les rangs des mots, par mot du barème qu'ils valent."""
    index: dict[str, list[int]] = {}
    for rang, mot in enumerate(mots):
        for attendu in connu.valus_par(mot.forme):
            index.setdefault(attendu, []).append(rang)
    return {attendu: tuple(rangs) for attendu, rangs in index.items()}
