"""Le français et le métier de ``lexique.yml``, prêts à servir : tout y est sans accents, et les anneaux portent sur les racines."""

import re
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from itertools import product
from pathlib import Path
from typing import Annotated, Any

import snowballstemmer
from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, model_validator

from autograde.fichiers.yaml_valide import lire_yaml_valide
from grc_helpers.francais.nombres import sans_accents

CHEMIN = Path(__file__).parent / "lexique.yml"
CHIFFRE_D_AFFAIRES = "chiffraffaires"  # un seul mot pour « CA » et « chiffre d'affaires », qu'on ne confond pas avec « ça »

_RACINES = snowballstemmer.stemmer("french")


@lru_cache(maxsize=50_000)
def racine(mot: str) -> str:
    """La racine française d'un mot sans accents (algorithme Snowball).

    >>> racine("fidelisation"), racine("clients")
    ('fidelis', 'client')
    """
    return _RACINES.stemWord(mot)


def _texte(ecrit: Any) -> str:
    if not isinstance(ecrit, str) or not ecrit.strip():
        raise ValueError("cette rubrique est vide, ou n'est pas un texte")
    return ecrit


def lire_mots(ecrits: Any) -> frozenset[str]:
    """Des mots séparés par des espaces. Lève ``ValueError`` si l'un d'eux n'est pas fait que de lettres."""
    mots = frozenset(sans_accents(_texte(ecrits)).split())
    faux = sorted(mot for mot in mots if not mot.isalpha())
    if faux:
        raise ValueError(f"« {faux[0]} » n'est pas un mot ; séparez les mots par des espaces")
    return mots


def _racines(ecrits: Any) -> frozenset[str]:
    return frozenset(map(racine, lire_mots(ecrits)))


def lire_lignes(bloc: Any) -> list[str]:
    """Les lignes d'une rubrique, sans les commentaires. Un bloc de texte se lit dix fois plus vite qu'une liste YAML de mille mots."""
    lignes = map(str.strip, _texte(bloc).splitlines())
    return [ligne for ligne in lignes if ligne and not ligne.startswith("#")]


def variantes(tour: str) -> list[str]:
    """Les tours qu'écrit une ligne du lexique, où une barre sépare ce qui se vaut.

    >>> variantes("va/vont voir ailleurs")
    ['va voir ailleurs', 'vont voir ailleurs']
    """
    return [" ".join(mots) for mots in product(*(place.split("/") for place in tour.split()))]


def _tours(bloc: Any) -> tuple[str, ...]:
    return tuple(sans_accents(tour) for ligne in lire_lignes(bloc) for tour in variantes(ligne))


def _paires(bloc: Any) -> list[tuple[str, str]]:
    """« tour: valeur », une paire par ligne."""
    paires = []
    for ligne in lire_lignes(bloc):
        gauche, separateur, droite = ligne.partition(":")
        if not separateur or not gauche.strip():
            raise ValueError(f"la ligne « {ligne} » n'a pas la forme « tour: valeur »")
        paires.append((gauche.strip(), droite.strip()))
    return paires


def _dictionnaire(bloc: Any) -> dict[str, str]:
    return {
        sans_accents(variante): sans_accents(valeur)
        for tour, valeur in _paires(bloc)
        for variante in variantes(tour)
    }


def compiler(motif: str) -> re.Pattern:
    """Une expression régulière du lexique. Lève ``ValueError``, en français, si elle est mal écrite."""
    try:
        return re.compile(motif)
    except re.error as erreur:
        raise ValueError(f"une expression régulière est mal écrite, « {motif} »") from erreur


def _sons(bloc: Any) -> list[tuple[re.Pattern, str]]:
    return [(compiler(motif), son) for motif, son in _paires(bloc)]


def _devant(bloc: Any) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """« et ou: il, elle » : ce qui coupe, et ce devant quoi."""
    paires = [(sans_accents(gauche), sans_accents(droite)) for gauche, droite in _paires(bloc)]
    return [(tuple(gauche.split()), tuple(droite.split(", "))) for gauche, droite in paires]


def _anneaux(bloc: Any) -> dict[str, dict[str, frozenset[int]]]:
    anneaux: dict[str, dict[str, frozenset[int]]] = {}
    for numero, ligne in enumerate(lire_lignes(bloc)):
        for mot in lire_mots(ligne):
            famille = anneaux.setdefault(racine(mot), {})
            famille[mot] = famille.get(mot, frozenset()) | {numero}
    return anneaux


def _expressions(bloc: Any) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    ranges: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    tours = [
        (tuple(_couper(variante)), tuple(_couper(valeur)))
        for tour, valeur in _paires(bloc)
        for variante in variantes(tour)
    ]
    for mots, valeur in sorted(tours, key=lambda paire: -len(paire[0])):
        ranges.setdefault(mots[0], []).append((mots, valeur))
    return ranges


def _couper(texte: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)?|[^\W\d_]+", sans_accents(texte))


Mots = Annotated[frozenset[str], BeforeValidator(lire_mots)]
Racines = Annotated[frozenset[str], BeforeValidator(_racines)]
Tours = Annotated[tuple[str, ...], BeforeValidator(_tours)]
Dictionnaire = Annotated[dict[str, str], BeforeValidator(_dictionnaire)]


class Rubriques(BaseModel):
    """Une rubrique inconnue, ou qui manque, est une faute de frappe : elle est refusée."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Grammaire(Rubriques):
    """La rubrique ``grammaire`` : les mots par lesquels le français coupe, relie, nie ou compare. Chacune y est expliquée."""

    de: Mots
    du: Mots
    que: Mots
    ne: Mots
    a: Mots
    articles_definis: Mots
    possessifs: Mots
    autres_determinants: Mots
    prepositions: Mots
    coordinations: Mots
    pronoms_sujets: Mots
    etre: Mots
    aller: Mots
    infinitifs: Mots

    ouvrent_un_compose: Mots
    ferment_un_compose: Mots
    ouvrent_une_phrase: Mots
    continuent_une_phrase: Mots

    coupures: Tours
    ecarts: Tours
    coupures_devant: Annotated[list, BeforeValidator(_devant)]
    reperes_de_temps: Tours
    autrui: Mots
    titres: Mots

    signes: Dictionnaire
    chiffre_d_affaires: str
    devant_ca: Mots
    devant_une_lettre_de_classe: Mots
    suites_de_c_est: Mots

    negations: Mots
    negations_avec_ne: Mots
    negations_d_un_mot: Mots
    prolongent_une_negation: Mots
    devant_rien: Mots
    exceptions: Mots
    restrictions: Mots
    jugements: Racines
    attributs_qui_refusent: Mots
    suites_d_un_refus: Mots
    empecher: Mots
    manques: Mots

    reculs: Mots
    devant_moins: Mots
    devant_peu: Mots
    comparatifs: Mots
    decisifs: Mots

    pronoms_du_client: Mots
    ouvertures_d_un_libelle: Tours

    @cached_property
    def determinants(self) -> frozenset[str]:
        """Tout ce qui annonce un nom."""
        return self.articles_definis | self.possessifs | self.autres_determinants


class Lexique(Rubriques):
    """``anneaux`` va d'une racine aux mots du lexique et à leurs anneaux ; ``expressions`` du premier mot d'un tour aux tours qu'il
    ouvre, les plus longs d'abord, avec leur valeur ; ``contraires`` d'un mot au mot opposé ; ``sons``, dans l'ordre, réécrit un mot comme
    il s'entend."""

    grammaire: Grammaire
    sons: Annotated[list, BeforeValidator(_sons)]
    anneaux: Annotated[dict[str, dict[str, frozenset[int]]], BeforeValidator(_anneaux)]
    expressions: Annotated[dict[str, list], BeforeValidator(_expressions)]
    contraires: Dictionnaire
    messages: Dictionnaire
    mots_outils: Mots
    mots_de_liaison: Mots
    mots_generaux: Racines
    mots_courants: Racines
    mots_vagues: Mots
    comparaisons: Mots
    attentes: Tours
    revirements: Tours
    reprises: Tours
    dedits: Tours
    refusent: Racines
    hesitent: Racines
    retiennent_une_accusation: Mots
    font_parler: Mots
    font_l_idee_fausse: Mots
    conditions: Tours
    concessions: Tours
    ouvrent_un_but: Mots
    obligations: Mots
    autrefois: Mots
    lettres_confondues: Mots
    terminaisons: Mots
    autres_que_l_entreprise: Mots
    l_entreprise: Mots

    @model_validator(mode="before")
    @classmethod
    def _les_mots_de_liaison_sont_des_mots_outils(cls, brut: dict) -> dict:
        outils, liaison = brut.get("mots_outils"), brut.get("mots_de_liaison")
        return brut | {"mots_outils": f"{liaison} {outils}"} if outils and liaison else brut


_LEXIQUE = TypeAdapter(Lexique)


def lire_le_lexique(chemin: Path) -> Lexique:
    """Lit un lexique. Lève ``ErreurFormateur`` : une ligne par défaut, avec le fichier et la ligne."""
    return lire_yaml_valide(chemin, _LEXIQUE, "rubrique")


@cache
def lexique() -> Lexique:
    """Le lexique commun, lu une fois."""
    return lire_le_lexique(CHEMIN)


def grammaire() -> Grammaire:
    """La grammaire du lexique commun."""
    return lexique().grammaire


def alternative(tours: Iterable[str]) -> str:
    """Le motif qui reconnaît n'importe lequel de ces tours, le plus long d'abord ; au bout d'un tour, « que » vaut aussi « qu' »…

    >>> re.findall(alternative(["alors que", "au lieu de"]), "alors qu'il part au lieu des autres")
    ['alors qu', 'au lieu des']
    """
    return "(?:" + "|".join(sorted(map(_motif, tours), key=len, reverse=True)) + ")"


def _motif(tour: str) -> str:
    """Le motif d'un tour ; son dernier mot y prend ses autres formes (« que » et « qu' », « de » et « des », « à » et « aux »)."""
    *debut, fin = tour.split(" ")
    g = grammaire()
    formes = next((mots for mots in (g.que, g.de | g.du, g.a) if debut and fin in mots), {fin})
    fins = "|".join(sorted(map(re.escape, formes), key=len, reverse=True))
    return " ".join([*map(re.escape, debut), f"(?:{fins})"]) + (r"\b" if fin[-1].isalpha() else "")


def decouper(texte: str) -> list[str]:
    """Les mots d'un texte court du lexique ou du barème, sans accents.

    >>> decouper("s'en va"), decouper("le chiffre d'affaires")
    (['s', 'en', 'va'], ['le', 'chiffraffaires'])
    """
    return _couper(unir_chiffre_d_affaires(texte))


def unir_chiffre_d_affaires(texte: str) -> str:
    """Écrit d'un seul mot le chiffre d'affaires, en toutes lettres ou par son sigle en capitales."""
    return _chiffre_d_affaires().sub(CHIFFRE_D_AFFAIRES, texte)


@cache
def _chiffre_d_affaires() -> re.Pattern:
    return re.compile(rf"\bC\.?A\b\.?|\b{grammaire().chiffre_d_affaires}\b")
