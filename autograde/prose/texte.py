"""Du texte d'un stagiaire aux mots à comparer : propositions, mots normalisés, écritures de message dépliées."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from autograde.prose.lexique import CHIFFRE_D_AFFAIRES, lexique

LONGUEUR_MAXIMALE = 20_000

# Ce qui sépare deux propositions, en plus de la ponctuation.
_COUPURES = re.compile(
    r"[.;:!?\n\r…•]+|,(?!\d)|\s[-–—]\s|[()\[\]«»\"]"
    r"|\b(?:mais|alors qu[e']|tandis qu[e']|contrairement (?:a|aux?)|par contre|en revanche|tout sauf|au lieu d(?:es?|u)?"
    r"|a la place (?:d'|des? |du )(?!(?:l'|son |votre )?(?:clients?|gens|autre|autrui|passagers?)\b)"
    r"|plutot qu[e']|et non|sauf qu[e']|sinon)\b"
    r"|(?<=\boui)\s|(?<=\bnon)\s(?=(?:les?|la|l'|il|elle|on|ils|ca|c'|ce|je|nous|un|une|des|car|par|pck|pas|si|mais|faut|fo)\b)"
    r"|(?=\b(?:maintenant|mtn|mnt|aujourd'hui|desormais|avant|hier) (?:il|elle|on|ils|elles|c'|les?|la|l')\b)"
    r"|\bc'est (?:a|au|aux) (?:lui|elle|eux|clients?) d[e']"
    r"|\b(?:car|parce qu(?:e\b|')|pck|pcq|psk|puisque|donc|dc|afin que|afin de|(?:pour|pr) (?=qu|ne\b|pas?\b|k)|quand|qd|lorsque|si|ms)\b"
    r"|\b(?:et|ou|e) (?=(?:il|elle|on|ils|elles|je|nous|vous|ca|cela|c'|qu|ne|n'|leur|les? client|l'entreprise)\b)"
)
# Ce qui suit n'est pas ce que l'entreprise fait : elle s'en abstient, ou le laisse à l'autre.
_ECARTS = re.compile(r"tout sauf|au lieu|a la place|plutot|contrairement|et non|c'est a")
_DEDITS = re.compile(
    r"\b(?:(?:enfin|en fait|sauf que) (?:si|non)|enfin pas|mais en (?:fait|realite)|non je me trompe)\b"
)
_FINS_DE_PHRASE = re.compile(r"[.;!?\n\r…•]")
# Une longue ligne sans ponctuation finale, suivie d'une minuscule : un texte collé, replié à la marge, non une nouvelle phrase.
_LIGNE_REPLIEE = re.compile(r"(?<=[^\n]{75})(?<![.;:!?…])\n(?=[^\W\d_A-ZÀ-Ý])")
_MOTS = re.compile(
    r"(?P<ca>\bchiff?res? (?:d[e' ]?)? ?aff?aires?\b)"
    r"|\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?|[^\W\d_]+|(?<!\S)\+|(?<!\S)-(?=\s?cher|\s?de\b)|="
)

# « M. Alaoui » : ce point n'achève pas la phrase.
_TITRES = re.compile(r"\b(M|Mr|Dr|Mme)\.(?=\s)")

_DEVANT_UN_NOM = {
    "le",
    "du",
    "de",
    "un",
    "en",
    "au",
    "son",
    "leur",
    "notre",
    "gros",
    "petit",
    "bon",
    "faible",
}
_DEVANT_UNE_CLASSE = {"classe", "classes", "categorie", "categories", "groupe"}
_SIGNES_LUS = {"+": "plus", "-": "moins", "=": "est"}
_SIGNES = {"’": "'", "‘": "'", "`": "'", "\u2212": "-", "œ": "e", "æ": "e"}


@dataclass(frozen=True)
class Mot:
    """Un mot de la réponse : sa forme à comparer, sa place dans le texte d'origine, la proposition et la phrase où il est.

    ``ecarte`` : sa proposition suit « au lieu de », « plutôt que »… et dit donc ce qu'on ne fait pas.
    """

    forme: str
    debut: int
    fin: int
    proposition: int
    phrase: int
    ecarte: bool = False


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
    simple = "".join(
        c for c in unicodedata.normalize("NFKD", minuscule) if not unicodedata.combining(c)
    )
    return simple[:1] or " "


def lire(texte: str, lettres: frozenset[str] = frozenset()) -> list[Mot]:
    """Les mots d'un texte, dans l'ordre, mots-outils compris (ils servent à reconnaître les négations).

    ``lettres`` : celles qui nomment un client dans cette question (« B », « D ») ; le stagiaire les écrit aussi en minuscule.

    >>> [(mot.forme, mot.proposition) for mot in lire("L'offre est unique, mais chère.")]
    [('l', 0), ('offre', 0), ('est', 0), ('unique', 0), ('chere', 2)]
    """
    texte = sans_points_de_titre(recoller_les_lignes(texte[:LONGUEUR_MAXIMALE]))
    plat = aplatir(texte)
    mots = _separer(texte, plat, lettres)
    return mettre_les_expressions(ecarter_ce_qui_est_dedit(mots, plat))


def recoller_les_lignes(texte: str) -> str:
    """Une ligne repliée à la marge se poursuit sur la suivante ; la longueur du texte ne change pas."""
    return _LIGNE_REPLIEE.sub(" ", texte)


def sans_points_de_titre(texte: str) -> str:
    """« M. Alaoui » : ce point n'achève pas la phrase ; la longueur du texte ne change pas.

    >>> sans_points_de_titre("M. Alaoui paie.")
    'M  Alaoui paie.'
    """
    return _TITRES.sub(r"\1 ", texte)


def couper(plat: str) -> list[tuple[int, int]]:
    """Les bornes de ce qui sépare deux propositions, dans l'ordre.

    >>> couper("il part, mais il revient")
    [(7, 8), (9, 13)]
    """
    return sorted(trouve.span() for trouve in _COUPURES.finditer(plat))


def _separer(texte: str, plat: str, lettres: frozenset[str]) -> list[Mot]:
    """Les mots tels qu'ils sont écrits, chacun dans sa proposition et sa phrase."""
    coupures, fins = couper(plat), [m.start() for m in _FINS_DE_PHRASE.finditer(plat)]
    mots, proposition, phrase, rang_coupure, rang_fin = [], 0, 0, 0, 0
    for trouve in _MOTS.finditer(plat):
        while rang_coupure < len(coupures) and coupures[rang_coupure][0] <= trouve.start():
            proposition, rang_coupure = proposition + 1, rang_coupure + 1
        while rang_fin < len(fins) and fins[rang_fin] < trouve.start():
            phrase, rang_fin = phrase + 1, rang_fin + 1
        debut, fin = coupures[rang_coupure - 1] if rang_coupure else (0, 0)
        if debut <= trouve.start() < fin:
            continue  # le mot est lui-même une coupure (« mais », « alors que »)
        ecarte = bool(_ECARTS.match(plat, debut, fin))
        for forme in _formes(texte, plat, trouve, lettres, mots[-1].forme if mots else ""):
            mots.append(Mot(forme, trouve.start(), trouve.end(), proposition, phrase, ecarte))
    return mots


def ecarter_ce_qui_est_dedit(mots: list[Mot], plat: str) -> list[Mot]:
    """« Il le recommande, enfin non » : la proposition sur laquelle la réponse revient aussitôt est écartée."""
    dedits = [trouve.start() for trouve in _DEDITS.finditer(plat)]
    reprises = {
        max((mot.proposition for mot in mots if mot.fin <= dedit), default=None) for dedit in dedits
    }
    return [replace(mot, ecarte=True) if mot.proposition in reprises else mot for mot in mots]


def _formes(
    texte: str, plat: str, trouve: re.Match, lettres: frozenset[str], avant: str
) -> tuple[str, ...]:
    """La forme à comparer. Une lettre isolée qui nomme un client (« B », « le client c ») reste une lettre, en majuscule.

    « CA », ou « le ca », est le chiffre d'affaires ; « ça » et « ca rapporte » n'en sont pas.
    """
    ecrit = texte[trouve.start() : trouve.end()]
    if ecrit == "CA" or trouve.lastgroup == "ca" or (ecrit == "ca" and avant in _DEVANT_UN_NOM):
        return (CHIFFRE_D_AFFAIRES,)
    if ecrit.upper() in lettres and _nomme_un_client(
        ecrit, plat[trouve.end() : trouve.end() + 5], avant
    ):
        return (ecrit.upper(),)
    if ecrit in _SIGNES_LUS:
        return (_SIGNES_LUS[ecrit],)
    return (
        (trouve.group(),) if plat.startswith("'", trouve.end()) else deplier(trouve.group())
    )  # « c' » n'est pas le « c » des messages


def _nomme_un_client(lettre: str, apres: str, avant: str) -> bool:
    """« C est gros » nomme un client ; « c est », « c'est », « la classe C » non."""
    if apres.startswith("'") or avant in _DEVANT_UNE_CLASSE:
        return False
    return (
        lettre.isupper()
        or avant.startswith(("client", "cliant"))
        or not apres.startswith((" est", " ete", " pa"))
    )


@lru_cache(maxsize=20_000)
def deplier(forme: str) -> tuple[str, ...]:
    """Une écriture de message devient les mots qu'elle abrège : « pck » donne « parce », « que »."""
    abrege = lexique().messages.get(forme)
    return tuple(re.findall(r"[^\W\d_]+|\d+", abrege)) if abrege else (forme,)


def mettre_les_expressions(mots: list[Mot]) -> list[Mot]:
    """Remplace les tours de langue connus par le mot du métier qu'ils valent, à la même place."""
    resultat, rang = [], 0
    while rang < len(mots):
        longueur, valeur = _expression_a(mots, rang)
        if longueur:
            premier, dernier = mots[rang], mots[rang + longueur - 1]
            resultat += [replace(premier, forme=forme, fin=dernier.fin) for forme in valeur]
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
