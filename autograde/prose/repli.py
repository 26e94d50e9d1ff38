"""Une réponse rédigée comme elle a été dite, sans les coupures qu'un PDF, un courriel ou une fenêtre étroite y ont mises.

Une ligne repliée n'est pas une fin de phrase : on la reconnaît à ce que le premier mot de la suivante n'y tenait pas. Une liste, ou des
idées écrites une par ligne, ne le sont pas. Un mot coupé en fin de ligne est recollé, un mot composé garde son trait d'union.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from autograde.prose.bareme import BaremeRedige
from autograde.prose.lexique import decouper, grammaire, lexique, racine
from autograde.prose.ressemblance import anneaux_du_mot
from autograde.prose.texte import LONGUEUR_MAXIMALE
from grc_helpers.francais.forme import Forme, lignes_en_forme, sans_accents

LARGEUR_MINIMALE = (
    30  # caractères : on ne replie guère plus étroit, et des idées courtes tiennent là
)
LIGNE_TRES_LONGUE = 75  # au-delà, on ne va plus à la ligne exprès au milieu d'une phrase
LIGNES_SURES = (
    4  # à partir de là, si toutes sont pleines, même une majuscule continue la ligne d'avant
)
LETTRES_D_UN_MOT = 30

_TRAIT_FINAL = re.compile(r"-[ \t]*\n")
_PUCE = re.compile(r"(?:[-*+•–—▪●◦·►→]|(?P<nombre>\d{1,2})[.)°-]|(?P<lettre>[a-zA-Z])[.)])[ \t]")
_NE_COMMENCE_PAS = ":;!?»)%€…,."
_N_ACHEVE_PAS = "«(['"
_FINS = '.!?…»")'


@dataclass(frozen=True)
class _Ligne:
    """Une ligne, sans les blancs de ses bords : son texte et ses bornes."""

    texte: str
    debut: int
    fin: int

    @property
    def premier_mot(self) -> str:
        return self.texte.split(maxsplit=1)[0]

    @property
    def coupe_un_mot(self) -> bool:
        return self.texte[-1] == "-" and self.texte[-2:-1].isalpha()

    @cached_property
    def place_dans_la_liste(self) -> int | None:
        """Le rang que dit sa puce : 2 pour « 2. » ou « b) », 0 pour un tiret ; ``None`` sans puce."""
        puce = _PUCE.match(self.texte)
        if puce is None:
            return None
        if puce["nombre"]:
            return int(puce["nombre"])
        return ord(puce["lettre"].lower()) - ord("a") + 1 if puce["lettre"] else 0


def suivre(reponse: str, bareme: BaremeRedige | None = None) -> Forme:
    """La réponse dans sa seule forme, lignes et mots recollés. Les mots du ``bareme`` aident à reconnaître un mot coupé."""
    return recoller(lignes_en_forme(reponse[:LONGUEUR_MAXIMALE]), bareme)


def recoller(forme: Forme, bareme: BaremeRedige | None = None) -> Forme:
    """Le même texte, où ce qui n'était qu'un repli ou une coupure n'est plus une fin de ligne."""
    connus = _mots_connus(bareme) if _TRAIT_FINAL.search(forme.texte) else frozenset()
    changements = []
    for bloc in _blocs(forme.texte):
        for rang, (ligne, suivante) in enumerate(pairwise(bloc.lignes)):
            if _coupe(ligne, suivante):
                trait = "-" if _est_compose(ligne, suivante, connus) else ""
                changements.append((ligne.fin - 1, suivante.debut, trait))
            elif _se_poursuit(bloc, rang):
                changements.append((ligne.fin, suivante.debut, " "))
    return forme.remplacer(changements)


@dataclass(frozen=True)
class _Bloc:
    """Des lignes qui se suivent, jusqu'à une ligne vide."""

    lignes: list[_Ligne]

    @cached_property
    def largeur(self) -> int:
        return max(len(ligne.texte) for ligne in self.lignes)

    @cached_property
    def pleines(self) -> list[bool]:
        """Pour chaque ligne, si le mot qui ouvre la suivante n'y tenait plus.

        La largeur est celle de la plus longue, à l'écran ou une fois les mots coupés recollés (certains sont coupés après le repli).
        """
        ecran = [len(ligne.texte) for ligne in self.lignes]
        entieres = ecran[:]
        for rang, (ligne, suivante) in enumerate(pairwise(self.lignes)):
            if _coupe(ligne, suivante):
                entieres[rang + 1] += entieres[rang] - 1
        mots = [len(suivante.premier_mot) for suivante in self.lignes[1:]]
        bords = [(longueurs, max(longueurs)) for longueurs in (ecran, entieres)]
        return [
            any(longueurs[rang] + 1 + mot > largeur for longueurs, largeur in bords)
            for rang, mot in enumerate(mots)
        ]

    @cached_property
    def combien_de_pleines(self) -> int:
        return sum(self.pleines)

    @property
    def finit_sa_phrase(self) -> bool:
        return self.lignes[-1].texte[-1] in _FINS

    def est_une_puce(self, rang: int) -> bool:
        """« 40. » et « M. » n'ouvrent une idée de la liste que si la précédente, « 39. » ou « l. », est plus haut."""
        place = self.lignes[rang].place_dans_la_liste
        if place is None or place <= 1:
            return place is not None
        return any(ligne.place_dans_la_liste == place - 1 for ligne in self.lignes[:rang])


def _blocs(texte: str) -> Iterator[_Bloc]:
    lignes: list[_Ligne] = []
    place = 0
    for brute in texte.split("\n"):
        nue = brute.strip()
        if nue:
            debut = place + len(brute) - len(brute.lstrip())
            lignes.append(_Ligne(nue, debut, debut + len(nue)))
        elif lignes:
            yield _Bloc(lignes)
            lignes = []
        place += len(brute) + 1
    if lignes:
        yield _Bloc(lignes)


def _coupe(ligne: _Ligne, suivante: _Ligne) -> bool:
    """« fidéli- », puis « sation » : un mot commence sur une ligne et finit sur l'autre."""
    return ligne.coupe_un_mot and suivante.texte[0].islower()


def _se_poursuit(bloc: _Bloc, rang: int) -> bool:
    """La ligne de ce rang n'achève rien : la suivante la continue."""
    ligne, suivante = bloc.lignes[rang], bloc.lignes[rang + 1]
    if bloc.est_une_puce(rang + 1):
        return False
    if suivante.texte[0] in _NE_COMMENCE_PAS or _attend_une_suite(ligne.texte):
        return True
    if suivante.premier_mot in grammaire().continuent_une_phrase:
        return True
    sigle = _s_ouvre_sur_un_sigle(suivante, ligne)
    minuscule = sigle or not suivante.texte[0].isupper()
    # « CA » n'est pas « ça » ; après une virgule, rien ne s'ouvre.
    ouvre = not sigle and ligne.texte[-1] != "," and _ouvre_une_phrase(suivante)
    reprend = minuscule and (bloc.finit_sa_phrase or not ouvre)
    if reprend and len(ligne.texte) >= LIGNE_TRES_LONGUE:
        return True
    if bloc.largeur < LARGEUR_MINIMALE:
        return False
    if not bloc.pleines[rang]:
        return minuscule and _est_replie_deux_fois(bloc, ligne, suivante)
    if bloc.combien_de_pleines == 1:
        return reprend
    toutes = bloc.combien_de_pleines == len(bloc.pleines)
    return minuscule or (toutes and len(bloc.lignes) >= LIGNES_SURES)


def _s_ouvre_sur_un_sigle(ligne: _Ligne, avant: _Ligne) -> bool:
    """« 60 % », puis « CA » : les capitales d'un sigle n'ouvrent pas une phrase ; celles d'un texte tout en capitales, peut-être."""
    sigle = re.split(r"[\W\d_]", ligne.premier_mot)[0]
    return len(sigle) > 1 and sigle.isupper() and not avant.texte.isupper()


def _est_replie_deux_fois(bloc: _Bloc, ligne: _Ligne, suivante: _Ligne) -> bool:
    """Un texte replié, puis replié plus étroit, a des bouts de ligne courts : qui ponctue ses phrases n'en coupe pas une en son milieu."""
    plusieurs_fois = bloc.combien_de_pleines > 1
    une_fois = bloc.combien_de_pleines == 1 and not _ouvre_une_phrase(suivante)
    return (
        bloc.finit_sa_phrase
        and (plusieurs_fois or une_fois)
        and ligne.texte[-1] not in _FINS + _NE_COMMENCE_PAS
    )


def _ouvre_une_phrase(ligne: _Ligne) -> bool:
    """« il compare », « c'est » : sans ponctuation nulle part, la ligne dit sans doute autre chose que celle d'avant."""
    return re.split(r"\W", sans_accents(ligne.premier_mot))[0] in grammaire().ouvrent_une_phrase


def _attend_une_suite(texte: str) -> bool:
    """« le client veut de », « parce que », « un » : personne ne s'arrête là."""
    dernier = texte.rsplit(maxsplit=1)[-1]
    return dernier[-1] in _N_ACHEVE_PAS or dernier.lower() in _mots_sans_fin()


@cache
def _mots_sans_fin() -> frozenset[str]:
    g = grammaire()
    mots = g.determinants | g.prepositions | g.coordinations | g.que | g.ne
    return mots | {"à"} - {"a", "d", "l", "n", "qu", "t", "y"}


def _est_compose(ligne: _Ligne, suivante: _Ligne, connus: frozenset[str]) -> bool:
    """« peut- », puis « être » : deux mots, et non un mot coupé en deux."""
    avant = re.split(r"[\W\d_]", ligne.texte[-LETTRES_D_UN_MOT:-1])[-1]
    apres = re.split(r"[\W\d_]", suivante.texte[:LETTRES_D_UN_MOT])[0]
    moities = sans_accents(avant), sans_accents(apres)
    return min(map(len, moities)) == 1 or _forment_un_compose(*moities, connus)


def _forment_un_compose(avant: str, apres: str, connus: frozenset[str]) -> bool:
    if _est_connu(avant + apres, connus) or anneaux_du_mot(avant + apres):
        return False
    g, outils = grammaire(), lexique().mots_outils
    if apres in g.ferment_un_compose:
        ordre = avant.endswith("ez") and apres in g.pronoms_sujets  # « asseyez-vous »
        return ordre or avant in g.ouvrent_un_compose or _est_connu(avant, connus)
    if avant in g.ouvrent_un_compose:
        return _est_connu(apres, connus)
    deux_mots = all(len(mot) > 3 and mot not in outils for mot in (avant, apres))
    return deux_mots and _est_connu(avant, connus) and _est_connu(apres, connus)


def _est_connu(mot: str, connus: frozenset[str]) -> bool:
    return mot in lexique().mots_outils or racine(mot) in connus


@cache
def _mots_du_lexique() -> frozenset[str]:
    """Les racines des mots que le lexique connaît."""
    lu = lexique()
    mots = {mot for famille in lu.anneaux.values() for mot in famille}
    mots |= {mot for tours in lu.expressions.values() for tour, _ in tours for mot in tour}
    mots |= {mot for paire in lu.contraires.items() for mot in paire}
    # Le pluriel d'un mot connu l'est aussi : Snowball ne leur donne pas toujours la même racine (« passager », « passagers »).
    return frozenset(racine(mot + fin) for mot in mots for fin in ("", "s"))


def _mots_connus(bareme: BaremeRedige | None) -> frozenset[str]:
    """Les racines des mots du lexique et de ceux du barème."""
    if bareme is None:
        return _mots_du_lexique()
    textes = [bareme.enonce]
    for element in bareme.elements:
        notions = (ecrite for notion in element.notions for ecrite in notion)
        textes += [element.libelle, *element.formulations, *notions]
    return _mots_du_lexique().union(racine(mot) for texte in textes for mot in decouper(texte))
