"""Du texte d'un stagiaire aux mots à comparer : propositions, mots normalisés, écritures de message dépliées."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from autograde.prose.lexique import lexique

LONGUEUR_MAXIMALE = 20_000

# Ce qui sépare deux propositions, en plus de la ponctuation.
_COUPURES = re.compile(
    r"[.;:!?\n\r…•]+|,(?!\d)|\s[-–—]\s|[()\[\]«»\"]"
    r"|\b(?:mais|alors que|tandis que|contrairement a|par contre|en revanche|au lieu de|plutot que|sauf que|sinon)\b"
    r"|\b(?:car|parce qu(?:e\b|')|pck|pcq|psk|puisque|donc|dc|afin que|afin de|(?:pour|pr) (?=qu|ne\b|pas?\b|k)|quand|qd|lorsque|si|ms)\b"
    r"|\b(?:et|ou|e) (?=(?:il|elle|on|ils|elles|je|nous|vous|ca|cela|c'|qu|ne|n'|leur|les? client|l'entreprise)\b)"
)
_FINS_DE_PHRASE = re.compile(r"[.;!?\n\r…•]")
_MOTS = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?|[^\W\d_]+|(?<=\s)\+|(?<=\s)-(?=\s?cher|\s?de\b)")

_SIGNES = {"’": "'", "‘": "'", "`": "'", "\u2212": "-", "œ": "e", "æ": "e"}


@dataclass(frozen=True)
class Mot:
    """Un mot de la réponse : sa forme à comparer, sa place dans le texte d'origine, la proposition et la phrase où il est."""

    forme: str
    debut: int
    fin: int
    proposition: int
    phrase: int


def aplatir(texte: str) -> str:
    """Minuscules, sans accents, apostrophe droite ; chaque caractère garde sa place (la longueur ne change pas).

    >>> aplatir("L’ÉCOUTE")
    "l'ecoute"
    """
    return "".join(map(_simplifier, texte))


@lru_cache(maxsize=5_000)
def _simplifier(caractere: str) -> str:
    minuscule = caractere.lower()
    if minuscule in _SIGNES:
        return _SIGNES[minuscule]
    simple = "".join(c for c in unicodedata.normalize("NFKD", minuscule) if not unicodedata.combining(c))
    return simple[:1] or " "


def lire(texte: str, lettres: frozenset[str] = frozenset()) -> list[Mot]:
    """Les mots d'un texte, dans l'ordre, mots-outils compris (ils servent à reconnaître les négations).

    ``lettres`` : celles qui nomment un client dans cette question (« B », « D ») ; le stagiaire les écrit aussi en minuscule.

    >>> [(mot.forme, mot.proposition) for mot in lire("L'offre est unique, mais chère.")]
    [('l', 0), ('offre', 0), ('est', 0), ('unique', 0), ('chere', 2)]
    """
    texte = texte[:LONGUEUR_MAXIMALE]
    plat = aplatir(texte)
    coupures = sorted((m.start(), m.end()) for m in _COUPURES.finditer(plat))
    fins = [m.start() for m in _FINS_DE_PHRASE.finditer(plat)]
    mots, proposition, phrase, rang_coupure, rang_fin = [], 0, 0, 0, 0
    for trouve in _MOTS.finditer(plat):
        while rang_coupure < len(coupures) and coupures[rang_coupure][0] <= trouve.start():
            proposition, rang_coupure = proposition + 1, rang_coupure + 1
        while rang_fin < len(fins) and fins[rang_fin] < trouve.start():
            phrase, rang_fin = phrase + 1, rang_fin + 1
        if any(debut <= trouve.start() < fin for debut, fin in coupures[max(0, rang_coupure - 1) : rang_coupure]):
            continue  # le mot est lui-même une coupure (« mais », « alors que »)
        for forme in _formes(texte, plat, trouve, lettres):
            mots.append(Mot(forme, trouve.start(), trouve.end(), proposition, phrase))
    return _avec_expressions(mots)


def _formes(texte: str, plat: str, trouve: re.Match, lettres: frozenset[str]) -> tuple[str, ...]:
    """La forme à comparer. Une lettre isolée qui nomme un client (« B », « le client c ») reste une lettre, en majuscule."""
    ecrit = texte[trouve.start() : trouve.end()]
    if ecrit.upper() in lettres and not plat.startswith(("'", " est", " ete"), trouve.end()):
        return (ecrit.upper(),)
    if ecrit in ("+", "-"):
        return ("plus",) if ecrit == "+" else ("moins",)
    return deplier(trouve.group())


@lru_cache(maxsize=20_000)
def deplier(forme: str) -> tuple[str, ...]:
    """Une écriture de message devient les mots qu'elle abrège : « pck » donne « parce », « que »."""
    abrege = lexique().messages.get(forme)
    return tuple(re.findall(r"[^\W\d_]+|\d+", abrege)) if abrege else (forme,)


def _avec_expressions(mots: list[Mot]) -> list[Mot]:
    """Remplace les tours de langue connus par le mot du métier qu'ils valent, à la même place."""
    resultat, rang = [], 0
    while rang < len(mots):
        longueur, valeur = _expression_a(mots, rang)
        if longueur:
            premier, dernier = mots[rang], mots[rang + longueur - 1]
            resultat += [Mot(forme, premier.debut, dernier.fin, premier.proposition, premier.phrase) for forme in valeur]
        else:
            resultat.append(mots[rang])
        rang += max(1, longueur)
    return resultat


def _expression_a(mots: list[Mot], rang: int) -> tuple[int, tuple[str, ...]]:
    """Le plus long tour connu qui commence ici, dans une seule phrase : son nombre de mots et sa valeur ; (0, ()) s'il n'y en a pas."""
    for tour, valeur in lexique().expressions.get(mots[rang].forme, ()):
        suite = mots[rang : rang + len(tour)]
        if tuple(mot.forme for mot in suite) == tour and suite[0].phrase == suite[-1].phrase:
            return len(tour), valeur
    return 0, ()
