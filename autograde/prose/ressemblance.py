"""Deux mots disent-ils la même chose ? Même famille, même son, faute de frappe ou synonyme du métier."""

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from autograde.prose.lexique import lexique, racine

LETTRES_D_UN_DEBUT = 8
LETTRES_D_UN_MOT = 4  # avant sa terminaison
_COLLES = re.compile(r"^(?:qu|[ldsnjcmt])(?=[aeiouh])")


@lru_cache(maxsize=100_000)
def son(mot: str) -> str:
    """Une clé approchée de la prononciation d'un mot sans accents.

    >>> son("cliant") == son("client"), son("problaime") == son("probleme"), son("calite") == son("qualite")
    (True, True, True)
    """
    cle = mot.replace("ch", "C").replace("tch", "C")
    for motif, par in lexique().sons:
        cle = motif.sub(par, cle)
    return cle


class Profil(NamedTuple):
    """Ce qu'il faut savoir d'un mot pour le comparer, calculé une fois."""

    mot: str
    racine: str
    son: str
    anneaux: frozenset[int]


@lru_cache(maxsize=50_000)
def profil(mot: str) -> Profil:
    return Profil(mot, racine(mot), son(mot), anneaux_du_mot(mot))


@lru_cache(maxsize=500_000)
def ressemblent(ecrit: str, attendu: str) -> bool:
    """Le mot ``ecrit`` vaut-il le mot ``attendu`` du barème ? (tous deux sans accents)

    >>> ressemblent("fidelise", "fidelite"), ressemblent("concurance", "concurrents"), ressemblent("prix", "produit")
    (True, True, False)
    """
    if ecrit == attendu:
        return True
    if len(attendu) < 3 or len(ecrit) < 3 or ecrit[0].isdigit() or attendu[0].isdigit():
        return False
    if ecrit in lexique().mots_outils:
        return False  # « il faut » n'est pas « une faute »
    return any(_se_valent(profil(forme), profil(attendu)) for forme in formes_possibles(ecrit))


@lru_cache(maxsize=50_000)
def cles(mot: str) -> frozenset[tuple]:
    """Deux mots qui se ressemblent ont au moins une clé commune : de quoi ne comparer que ceux-là.

    >>> bool(cles("fidelise") & cles("fidelite")), bool(cles("prix") & cles("vendeur"))
    (True, False)
    """
    trouvees: set[tuple] = {("mot", mot)}
    for forme in formes_possibles(mot):
        p = profil(forme)
        trouvees |= {
            ("initiale", forme[:1]),
            ("racine", p.racine),
            ("son", p.son),
            *(("anneau", n) for n in p.anneaux),
        }
    return frozenset(trouvees)


def _se_valent(a: Profil, b: Profil) -> bool:
    if a.anneaux and b.anneaux:
        # Deux mots du lexique sans anneau commun ne se confondent pas, même proches (« attente » et « attentif »).
        return bool(a.anneaux & b.anneaux)
    return _meme_mot(a, b)


@lru_cache(maxsize=50_000)
def contraire(mot: str) -> str | None:
    """Le mot opposé selon le lexique, ou None.

    >>> contraire("contents"), contraire("vendeur")
    ('mecontent', None)
    """
    if len(mot) <= 3:
        return None
    cherche, connus = profil(mot), _contraires_ranges()
    exact = connus.get(("mot", mot)) or connus.get(("racine", cherche.racine))
    if exact or cherche.anneaux:
        return exact  # un mot connu du lexique ne se confond pas avec un voisin : « revenir » n'est pas « retenir »
    if entendu := connus.get(("son", mot[0] + cherche.son)):
        return entendu
    proches = (
        oppose
        for connu, oppose in lexique().contraires.items()
        if connu[0] == mot[0] and _a_une_faute_pres(mot, connu)
    )
    return next(proches, None)


@lru_cache(maxsize=1)
def _contraires_ranges() -> dict[tuple[str, str], str]:
    """Les contraires par mot, par racine et par son. Un mot de la même famille (« fidéliser », « fidèle ») n'a pas le même contraire."""
    ranges: dict[tuple[str, str], str] = {}
    for mot, oppose in lexique().contraires.items():
        cles_du_mot = [("mot", mot), ("racine", racine(mot))] + [("son", mot[0] + son(mot))] * (
            len(son(mot)) >= 3
        )
        for cle in cles_du_mot:
            ranges.setdefault(cle, oppose)
    return ranges


@lru_cache(maxsize=50_000)
def formes_possibles(ecrit: str) -> tuple[str, ...]:
    """Le mot tel quel, et sans l'article collé (« limage », « damelioré ») quand ce qui reste est assez long."""
    decolle = _COLLES.sub("", ecrit)
    return (ecrit, decolle) if decolle != ecrit and len(decolle) >= 5 else (ecrit,)


def _meme_mot(a: Profil, b: Profil) -> bool:
    """Même famille, même son, ou une faute de frappe près."""
    court = min(len(a.mot), len(b.mot))
    if a.racine == b.racine and (len(a.racine) >= 4 or _prefixe(a.mot, b.mot) >= min(4, court)):
        return True
    if court >= 4 and len(b.son) >= 3 and a.son == b.son:
        return True
    if a.mot[0] != b.mot[0]:
        return False
    commun = _prefixe(a.racine, b.racine)
    if commun >= 6 and commun >= 0.75 * max(len(a.racine), len(b.racine)):
        return True
    return _a_une_faute_pres(a.mot, b.mot) or (
        len(a.racine) >= 6 and _a_une_faute_pres(a.racine, b.racine)
    )


def _a_une_faute_pres(a: str, b: str) -> bool:
    """Une faute de frappe pour un mot de cinq à sept lettres, deux au-delà."""
    court = min(len(a), len(b))
    ecart = 0 if court < 5 else 1 if court < 8 else 2
    if not ecart or DamerauLevenshtein.distance(a, b, score_cutoff=ecart) > ecart:
        return False
    # Un long début commun : seule la terminaison diffère (« poireautent », « poireautons »).
    return _prefixe(a, b) >= LETTRES_D_UN_DEBUT or all(
        _se_confondent(a[faute.src_pos], b[faute.dest_pos]) for faute in _remplacements(a, b)
    )


def memes_a_la_terminaison_pres(a: str, b: str) -> bool:
    """Deux formes d'un même mot : seules des terminaisons de pluriel, de féminin ou de conjugaison les séparent.

    >>> memes_a_la_terminaison_pres("remplacent", "remplace"), memes_a_la_terminaison_pres("vend", "vendre")
    (True, True)
    >>> memes_a_la_terminaison_pres("vendeur", "vendre")
    False
    """
    if racine(a) == racine(b):
        return True
    commun = _prefixe(a, b)
    fins = {a[commun:], b[commun:]}
    return commun >= LETTRES_D_UN_MOT and fins <= lexique().terminaisons | {""}


def _remplacements(a: str, b: str) -> list:
    """Les lettres écrites l'une pour l'autre, hors de celles que l'on a interverties."""
    fautes = [faute for faute in Levenshtein.editops(a, b) if faute.tag == "replace"]
    return [
        faute
        for rang, faute in enumerate(fautes)
        if not any(
            abs(faute.src_pos - autre.src_pos) == 1
            and a[faute.src_pos] == b[autre.dest_pos]
            and a[autre.src_pos] == b[faute.dest_pos]
            for autre in fautes
        )
    ]


def _se_confondent(a: str, b: str) -> bool:
    """Deux lettres que l'on écrit l'une pour l'autre : elles s'entendent de même, ou leurs touches se touchent."""
    return any(a in groupe and b in groupe for groupe in lexique().lettres_confondues)


@lru_cache(maxsize=50_000)
def anneaux_du_mot(mot: str) -> frozenset[int]:
    """Les anneaux d'un mot : ceux du mot du lexique le plus proche dans sa famille ; mal écrit, ceux du mot qui sonne pareil."""
    famille = {
        connu: n
        for connu, n in lexique().anneaux.get(racine(mot), {}).items()
        if _prefixe(mot, connu) >= min(4, len(connu))
    }
    if not famille and mot.endswith(
        "ent"
    ):  # « ils quittent » : Snowball laisse le pluriel des verbes, on essaie « quitter »
        verbes = lexique().anneaux.get(racine(mot[:-3] + "er"), {})
        famille = {
            connu: n for connu, n in verbes.items() if _prefixe(mot, connu) >= min(4, len(connu))
        }
    if not famille and len(mot) >= 5:
        cle = son(mot)
        famille = _familles_par_son().get(cle, {}) if len(cle) >= 4 else {}
    if not famille:
        return frozenset()
    proximite = {connu: (_prefixe(mot, connu), -abs(len(mot) - len(connu))) for connu in famille}
    return frozenset().union(
        *(famille[connu] for connu, p in proximite.items() if p == max(proximite.values()))
    )


@lru_cache(maxsize=1)
def _familles_par_son() -> dict[str, dict[str, frozenset[int]]]:
    familles: dict[str, dict[str, frozenset[int]]] = {}
    for famille in lexique().anneaux.values():
        for mot, numeros in famille.items():
            if len(mot) >= 5:
                familles.setdefault(son(mot), {})[mot] = numeros
    return familles


def _prefixe(a: str, b: str) -> int:
    rang = 0
    while rang < min(len(a), len(b)) and a[rang] == b[rang]:
        rang += 1
    return rang
