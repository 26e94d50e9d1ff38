"""Du texte d'un stagiaire aux mots à comparer : propositions, mots normalisés, écritures de message dépliées."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from autograde.prose.lexique import CHIFFRE_D_AFFAIRES, alternative, grammaire, lexique

LONGUEUR_MAXIMALE = 20_000

# Le point de « 1949.58 » est celui d'un nombre : il ne finit rien.
_POINT = r"\.(?!(?<=\d\.)\d)"
_PONCTUATION = rf"(?:[;:!?\n\r…•]|{_POINT})+|,(?!\d)|\s[-–—]\s|[()\[\]«»\"]"
_FINS_DE_PHRASE = re.compile(rf"[;!?\n\r…•]|{_POINT}")
_MOT_SUIVANT = re.compile(r" ([a-z]+)")
_ANNEE = re.compile(r"[+-]?\d")
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
    >>> [(mot.forme, mot.proposition) for mot in lire("3.5 de plus. Fin.")]
    [('3.5', 0), ('de', 0), ('plus', 0), ('fin', 1)]
    """
    texte = sans_points_de_titre(texte[:LONGUEUR_MAXIMALE])
    plat = aplatir(texte)
    mots = _separer(texte, plat, lettres)
    return mettre_les_expressions(ecarter_ce_qui_est_dedit(mots, plat))


def sans_points_de_titre(texte: str) -> str:
    """« M. Alaoui » : ce point n'achève pas la phrase ; la longueur du texte ne change pas.

    >>> sans_points_de_titre("M. Alaoui paie.")
    'M  Alaoui paie.'
    """
    return _titres().sub(r"\1 ", texte)


def couper(plat: str) -> list[tuple[int, int, bool]]:
    """Ce qui sépare deux propositions, dans l'ordre : ses bornes, et si ce qui le suit est ce qu'on ne fait pas.

    >>> couper("on ecoute, au lieu de vendre")
    [(9, 10, False), (11, 21, True)]
    """
    trouves = _coupures().finditer(plat)
    return sorted((*trouve.span(), trouve.lastgroup == "ecart") for trouve in trouves)


@cache
def _coupures() -> re.Pattern:
    """La ponctuation, les tours qui coupent, et ceux qui ne coupent que devant certains mots."""
    g = grammaire()
    sujets = g.pronoms_sujets | g.articles_definis
    devant = [
        rf"\b{alternative(_et_abreges(mots))} (?={alternative(suites)})"
        for mots, suites in g.coupures_devant
    ]
    motifs = [
        _PONCTUATION,
        rf"\b{alternative(_et_abreges(g.coupures))}",
        rf"(?P<ecart>\b(?:{alternative(g.ecarts)}|{_a_la_place_de()}|{_c_est_a_un_autre_de()}))",
        r"(?<=\boui)\s",
        rf"(?<=\bnon)(?<!et non)\s(?={alternative(sujets | g.autres_determinants)})",
        rf"(?=\b{alternative(_et_abreges(g.reperes_de_temps))} {alternative(sujets)})",
        rf"(?=\b{alternative(_et_abreges(['avant']))} {alternative(g.pronoms_sujets)})",
        *devant,
    ]
    return re.compile("|".join(motifs))


def _et_abreges(tours: Iterable[str]) -> list[str]:
    """Ces tours, et leurs écritures de message : « parce que », « pck »."""
    abreges = (abrege for abrege, entier in lexique().messages.items() if entier in tours)
    return [*tours, *abreges]


def _a_la_place_de() -> str:
    """« À la place de vendre » écarte la vente ; « à la place du client » dit qu'on se met à sa place."""
    g = grammaire()
    quelqu_un = rf"(?:{alternative(g.determinants)}\W?)?{_autrui()}"
    return rf"a la place {alternative(g.de | g.du)}(?!\W?{quelqu_un})"


def _c_est_a_un_autre_de() -> str:
    """« C'est au client de choisir »."""
    g = grammaire()
    article = rf"(?:{alternative(g.articles_definis)}\W)?"
    return rf"c'est {alternative(g.a)} {article}{_autrui()} {alternative(g.de)}"


def _autrui() -> str:
    """Quelqu'un d'autre que l'entreprise."""
    noms = lexique().autres_que_l_entreprise
    return alternative(grammaire().autrui | noms | {f"{nom}s" for nom in noms})


@cache
def _reprises() -> re.Pattern:
    return re.compile(rf"\b{alternative(lexique().reprises)}")


@cache
def _titres() -> re.Pattern:
    return re.compile(rf"\b({'|'.join(map(str.capitalize, grammaire().titres))})\.(?=\s)")


@cache
def _mots() -> re.Pattern:
    """Un mot, un nombre, le chiffre d'affaires en toutes lettres, ou un signe qui se lit comme un mot (« + », « - cher », « = »)."""
    return re.compile(
        rf"(?P<ca>\b{grammaire().chiffre_d_affaires}\b)"
        r"|\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?|[^\W\d_]+"
        r"|(?<!\S)\+|(?<!\S)-(?=\s?cher|\s?de\b)|="
    )


def _separer(texte: str, plat: str, lettres: frozenset[str]) -> list[Mot]:
    """Les mots tels qu'ils sont écrits, chacun dans sa proposition et sa phrase."""
    coupures, fins = couper(plat), [m.start() for m in _FINS_DE_PHRASE.finditer(plat)]
    mots: list[Mot] = []
    proposition, phrase, rang_coupure, rang_fin = 0, 0, 0, 0
    for trouve in _mots().finditer(plat):
        while rang_coupure < len(coupures) and coupures[rang_coupure][0] <= trouve.start():
            proposition, rang_coupure = proposition + 1, rang_coupure + 1
        while rang_fin < len(fins) and fins[rang_fin] < trouve.start():
            phrase, rang_fin = phrase + 1, rang_fin + 1
        debut, fin, ecarte = coupures[rang_coupure - 1] if rang_coupure else (0, 0, False)
        if debut <= trouve.start() < fin:
            continue  # le mot est lui-même une coupure (« mais », « alors que »)
        avant = mots[-1].forme if mots else ""
        ouvre = not mots or mots[-1].phrase != phrase
        for forme in _formes(texte, plat, trouve, lettres, avant, ouvre):
            mots.append(Mot(forme, trouve.start(), trouve.end(), proposition, phrase, ecarte))
    return mots


def ecarter_ce_qui_est_dedit(mots: list[Mot], plat: str) -> list[Mot]:
    """« Il le recommande, enfin non » : la proposition sur laquelle la réponse revient aussitôt est écartée."""
    dedits = [trouve.start() for trouve in _reprises().finditer(plat)]
    reprises = {
        max((mot.proposition for mot in mots if mot.fin <= dedit), default=None) for dedit in dedits
    }
    return [replace(mot, ecarte=True) if mot.proposition in reprises else mot for mot in mots]


def _formes(
    texte: str, plat: str, trouve: re.Match, lettres: frozenset[str], avant: str, ouvre: bool
) -> tuple[str, ...]:
    """La forme à comparer. Une lettre isolée qui nomme un client (« B », « le client c ») reste une lettre, en majuscule.

    « CA », ou « le ca », est le chiffre d'affaires ; « ça » et « ca rapporte » n'en sont pas. ``avant`` : le mot d'avant ; ``ouvre`` : ce
    mot est le premier de sa phrase.
    """
    ecrit = texte[trouve.start() : trouve.end()]
    if (
        ecrit == "CA"
        or trouve.lastgroup == "ca"
        or (ecrit == "ca" and avant in grammaire().devant_ca)
    ):
        return (CHIFFRE_D_AFFAIRES,)
    if ecrit.upper() in lettres and _nomme_un_client(ecrit, plat, trouve.end(), avant, ouvre):
        return (ecrit.upper(),)
    if ecrit in "nN" and _ANNEE.match(plat, trouve.end()):
        return ("annee",)  # « N1 », « N+2 » : ce n'est pas le « n' » qui nie
    if ecrit in grammaire().signes:
        return (grammaire().signes[ecrit],)
    return (
        (trouve.group(),) if plat.startswith("'", trouve.end()) else deplier(trouve.group())
    )  # « c' » n'est pas le « c » des messages


def _nomme_un_client(lettre: str, plat: str, fin: int, avant: str, ouvre: bool) -> bool:
    """« C est gros » nomme un client ; « c est », « c'est », « B c un petit », « la classe C » non. ``fin`` : la place qui suit la lettre.

    Une minuscule qui abrège un mot (« c » : c'est, « e » : et) ne nomme un client que derrière ce qui ne précède que lui (« pour c »),
    ou si elle ouvre la phrase devant un mot plein (« c achète peu »).
    """
    g = grammaire()
    if plat.startswith("'", fin) or avant in g.devant_une_lettre_de_classe:
        return False
    if lettre.isupper() or avant.startswith(("client", "cliant")):
        return True
    suivant = _MOT_SUIVANT.match(plat, fin)
    suite = suivant[1] if suivant else ""
    if lettre not in lexique().messages:
        return suite not in g.suites_de_c_est
    if ouvre:
        return suite not in g.suites_de_c_est | lexique().mots_outils
    return avant in g.determinants | g.prepositions


@lru_cache(maxsize=20_000)
def deplier(forme: str) -> tuple[str, ...]:
    """Une écriture de message devient les mots qu'elle abrège : « pck » donne « parce », « que »."""
    abrege = lexique().messages.get(forme)
    return tuple(re.findall(r"[^\W\d_]+|\d+", abrege)) if abrege else (forme,)


def mettre_les_expressions(mots: list[Mot]) -> list[Mot]:
    """Remplace les tours de langue connus par le mot du métier qu'ils valent, à la même place."""
    resultat, rang = [], 0
    while rang < len(mots):
        longueur, valeur = expression_a(mots, rang)
        if longueur:
            premier, dernier = mots[rang], mots[rang + longueur - 1]
            resultat += [replace(premier, forme=forme, fin=dernier.fin) for forme in valeur]
        else:
            resultat.append(mots[rang])
        rang += max(1, longueur)
    return resultat


def expression_a(mots: list[Mot], rang: int) -> tuple[int, tuple[str, ...]]:
    """Le plus long tour connu qui commence ici, dans une seule phrase : son nombre de mots et sa valeur ; (0, ()) s'il n'y en a pas."""
    for tour, valeur in lexique().expressions.get(mots[rang].forme, ()):
        suite = mots[rang : rang + len(tour)]
        if tuple(mot.forme for mot in suite) == tour and suite[0].phrase == suite[-1].phrase:
            return len(tour), valeur
    return 0, ()
