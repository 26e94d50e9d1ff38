"""La probabilité que la note proposée soit à moins de 15 % des points de celle qu'un formateur donnerait, et ce qui en fait douter.

Deux temps. D'abord, pour chaque élément du barème, les chances que sa juste valeur soit 0, ½ ou 1, d'après les signes de ``signes.py`` :
un modèle logistique ordinal par cas, élément reconnu en entier, à moitié, ou absent. Ensuite, toutes les notes que ces
chances rendent possibles, pondérées comme le barème pondère ; leur part assez proche de la note proposée est la probabilité cherchée.

Une note est « sûre » au-dessus d'un seuil. Seuil et poids sont dans ``certitude.yml``, appris sur des réponses notées à la main par
``python -m tests.prose.reponses_libres.certitude`` : chaque question y est jugée par un modèle qui ne l'a jamais vue, et le seuil est
le plus bas pour lequel la borne supérieure de l'erreur (Clopper-Pearson) reste sous ce que l'on tolère. C'est la classification
sélective à risque garanti de Geifman et El-Yaniv (« Selective Classification for Deep Neural Networks », NeurIPS 2017, algorithme SGR),
les seuils étant essayés dans un ordre fixé d'avance, du plus exigeant au moins exigeant, et pour plusieurs risques à la fois, comme dans
« Learn then Test » (Angelopoulos, Bates, Candès, Jordan et Lei, 2021, arXiv:2110.01052).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import exp
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from autograde.prose.bareme import BaremeRedige
from autograde.prose.credit import Credit
from autograde.prose.signes import Lecture, relever

CHEMIN = Path(__file__).with_name("certitude.yml")
A_PEU_PRES = 0.15  # des points
# Une suite de valeurs moins probable que cela ne compte pas : le nombre de notes à former reste borné.
NEGLIGEABLE = 0.002
Chances = tuple[float, float, float]  # que la juste valeur soit 0, ½, 1
_VALEURS = (Credit(0.0), Credit(0.5), Credit(1.0))


class Cas(StrEnum):
    """Le crédit proposé pour un élément : chaque cas a ses poids."""

    ENTIER = "entier"
    DEMI = "demi"
    ABSENT = "absent"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Signe(Strict):
    """Un signe : ce qu'on en dit quand il est fort, ou faible ; sa moyenne et son écart ; son poids dans chaque cas."""

    fort: str = ""
    faible: str = ""
    moyenne: float = 0.0
    ecart: float = 1.0
    entier: float = 0.0
    demi: float = 0.0
    absent: float = 0.0


class Constantes(Strict):
    """Le point de départ de chaque cas : ce que valent, tous signes moyens, « vaut au moins la moitié » et « vaut tout »."""

    moitie: float = 0.0
    tout: float = 0.0


class Modele(Strict):
    """Ce que dit ``certitude.yml``."""

    seuil: float
    entier: Constantes
    demi: Constantes
    absent: Constantes
    signes: dict[str, Signe]

    def poids(self, cas: Cas) -> dict[str, float]:
        return {nom: getattr(signe, cas) for nom, signe in self.signes.items()}

    def contributions(self, cas: Cas, releves: Mapping[str, float]) -> dict[str, float]:
        """Ce que chaque signe ajoute, ou retire, aux chances que l'idée y soit."""
        return {
            nom: getattr(signe, cas) * (releves[nom] - signe.moyenne) / signe.ecart
            for nom, signe in self.signes.items()
        }

    def chances(self, cas: Cas, releves: Mapping[str, float]) -> Chances:
        somme, constantes = sum(self.contributions(cas, releves).values()), getattr(self, cas)
        moitie = _logistique(constantes.moitie + somme)
        tout = min(moitie, _logistique(constantes.tout + somme))
        return 1 - moitie, moitie - tout, tout


@dataclass(frozen=True)
class Certitude:
    """``probabilite`` : que la note proposée soit à peu près juste ; ``motif`` : le signe qui pèse le plus contre."""

    probabilite: float
    motif: str


@cache
def modele() -> Modele:
    """Le modèle appris. Il est livré avec le moteur : mal écrit, c'est une erreur de programme."""
    return Modele.model_validate(YAML(typ="safe").load(CHEMIN.read_text(encoding="utf-8")))


def estimer(lecture: Lecture, fraction: float, ponderer: Callable, doute: float) -> Certitude:
    """Ce que vaut la note proposée. ``ponderer`` : la note que donnent des crédits, selon le barème ; ``doute`` : ce qu'on garde du doute
    (0 : rien ; 1 : tout)."""
    releves = relever(lecture)
    chances = {nom: modele().chances(cas_de(lecture.credits[nom]), releves[nom]) for nom in releves}
    probabilite = chances_d_etre_proche(lecture.bareme, chances, fraction, ponderer)
    douteux = max(
        lecture.bareme.elements,
        key=lambda element: (
            element.poids * _ecart(chances[element.id], lecture.credits[element.id])
        ),
    )
    motif = _motif(douteux.libelle, lecture.credits[douteux.id], releves[douteux.id])
    return Certitude(round(attenuer(probabilite, doute), 4), motif)


def attenuer(probabilite: float, doute: float) -> float:
    """La probabilité, quand il ne reste que cette part du doute.

    >>> attenuer(0.5, 1.0), attenuer(0.5, 0.5)
    (0.5, 0.75)
    """
    return 1 - doute * (1 - probabilite)


def cas_de(credit: Credit) -> Cas:
    return Cas.ENTIER if credit.valeur == 1 else Cas.DEMI if credit.valeur else Cas.ABSENT


def chances_d_etre_proche(
    bareme: BaremeRedige, chances: Mapping[str, Chances], fraction: float, ponderer: Callable
) -> float:
    """La part des notes possibles qui sont à peu près celle qui est proposée."""
    suites: list[tuple[dict[str, Credit], float]] = [({}, 1.0)]
    for nom, siennes in chances.items():
        suites = [
            ({**credits, nom: valeur}, deja * chance)
            for credits, deja in suites
            for valeur, chance in zip(_VALEURS, siennes, strict=True)
            if deja * chance >= NEGLIGEABLE
        ]
    total = sum(chance for _, chance in suites)
    proches = sum(
        chance
        for credits, chance in suites
        if abs(ponderer(bareme, credits) - fraction) <= A_PEU_PRES + 1e-9
    )
    return proches / total if total else 0.0


def _ecart(chances: Chances, credit: Credit) -> float:
    """De combien la juste valeur s'écarte, en moyenne, de celle qui est proposée."""
    return sum(
        chance * abs(valeur.valeur - credit.valeur)
        for valeur, chance in zip(_VALEURS, chances, strict=True)
    )


def _motif(libelle: str, credit: Credit, releves: Mapping[str, float]) -> str:
    """Pourquoi douter de cet élément : ce qu'on dit du signe qui pèse le plus contre lui."""
    cas = cas_de(credit)
    contre = -1 if credit.valeur else 1
    pesent = sorted(
        (contre * poids, nom)
        for nom, poids in modele().contributions(cas, releves).items()
        if contre * poids > 0
    )
    dits = (_dire(nom, releves[nom]) for _, nom in reversed(pesent))
    raison = next(filter(None, dits), "rien ne le confirme")
    doute = "n'y est peut-être pas" if credit.valeur else "y est peut-être, dite autrement"
    return f"l'idée « {libelle} » {doute} ({raison})"


def _dire(nom: str, valeur: float) -> str:
    signe = modele().signes[nom]
    return signe.fort if valeur > signe.moyenne else signe.faible


def _logistique(x: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, x))))
