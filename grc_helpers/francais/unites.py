"""Les unités : leurs écritures, et ce qu'une personne écrit entre un nombre et la fin de la ligne."""

import re
from dataclasses import dataclass, replace

from grc_helpers.francais.forme import sans_accents

# Écritures d'une même unité, en minuscules et sans accents ; le nombre qui suit est le multiplicateur.
UNITES = {
    "€": ("€", 1),
    "eur": ("€", 1),
    "euro": ("€", 1),
    "euros": ("€", 1),
    "k€": ("€", 1000),
    "keur": ("€", 1000),
    "m€": ("€", 1_000_000),
    "dh": ("DH", 1),
    "dhs": ("DH", 1),
    "dirham": ("DH", 1),
    "dirhams": ("DH", 1),
    "mad": ("DH", 1),
    "$": ("$", 1),
    "usd": ("$", 1),
    "%": ("%", 1),
    "pourcent": ("%", 1),
    "client": ("clients", 1),
    "clients": ("clients", 1),
    "clts": ("clients", 1),
    "an": ("ans", 1),
    "ans": ("ans", 1),
    "annee": ("ans", 1),
    "annees": ("ans", 1),
    "mois": ("mois", 1),
    "jour": ("jours", 1),
    "jours": ("jours", 1),
    "j": ("jours", 1),
    "heure": ("heures", 1),
    "heures": ("heures", 1),
    "h": ("heures", 1),
    "minute": ("minutes", 1),
    "minutes": ("minutes", 1),
    "min": ("minutes", 1),
    "appel": ("appels", 1),
    "appels": ("appels", 1),
    "commande": ("commandes", 1),
    "commandes": ("commandes", 1),
}
MONNAIES = {"€", "DH", "$"}


def nom_unite(unite: str) -> str:
    """Le nom usuel d'une unité : « EUR » et « euros » donnent « € » ; une unité inconnue reste elle-même.

    >>> nom_unite("EUR"), nom_unite("points")
    ('€', 'points')
    """
    return UNITES.get(sans_accents(unite), (unite, 1))[0]


# Ce qui, après un nombre, en changerait la valeur : rien de tel ne se passe sans le dire.
_CHANGENT_LE_NOMBRE = re.compile(
    r"\b(?:ou|non|sauf|moins|demie?|quarts?|tiers|moitie|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze"
    r"|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?|centaines?|mille|milliers?"
    r"|millions?|milliards?|dizaines?|douzaines?|centimes?)\b"
)
_RANG = re.compile(r"(?:(?:er|ere|e|nde?) ?(?![^\W_])| ?i?eme\b)")
_FRACTION = re.compile(r"(?: ?/| sur) ?(\d{1,3})(?!\d)")
_UNITE = re.compile(r" ?((?:[a-z]{1,2})?[€$%](?![^\W\d_])|[^\W\d_]+)")
_CENTIMES = re.compile(r" ?(\d+)(?: ?(?:centimes?|cts?|c))?(?: (?:ht|ttc))?")
_MINUTES = re.compile(r" ?([0-5]?\d)(?: ?(?:min|mn|minutes?|m))?")
_ET_DEMI = re.compile(r" et demie?")
_ET_QUART = re.compile(r" et quart")
RANG, FRACTION, HEURES = "rang", "fraction", "heures et minutes"


@dataclass(frozen=True)
class Suite:
    """Ce qui suit un nombre : son ``unite`` et ce qu'elle multiplie, ce qui s'ajoute (« 50 » dans « 12 € 50 »), ce qui divise.

    ``tournure`` : la façon de le dire, quand ce n'est pas un nombre et son unité ; ``entier`` : n'a de sens qu'après un entier.
    """

    unite: str = ""
    multiple: float = 1
    ajout: float = 0
    diviseur: int = 1
    tournure: str = ""
    entier: bool = False


def lire_la_suite(ecrite: str, attendue: str = "") -> Suite | None:
    """Ce que dit ce qui suit un nombre ; None si une partie ne s'explique pas. ``attendue`` : l'unité de la question.

    >>> lire_la_suite(" € par client").unite, lire_la_suite("€50").ajout, lire_la_suite("/4").diviseur
    ('€', 0.5, 4)
    >>> lire_la_suite(" € ou 13 €") is None
    True
    """
    if any(signe.isnumeric() and not signe.isascii() for signe in ecrite):
        return None  # « 12 m² » : un exposant n'est pas un chiffre
    collee = not ecrite.startswith(" ")
    suite = ("" if collee else " ") + sans_accents(ecrite.rstrip(" .,;!"))
    if collee and suite[:1] in (".", ",", ";"):
        suite = " " + suite.lstrip(" .,;")
    if not suite.strip():
        return Suite()
    if rang := _RANG.match(suite):
        return (
            Suite(tournure=RANG, entier=True) if ne_fait_que_preciser(suite[rang.end() :]) else None
        )
    if fraction := _FRACTION.match(suite):
        lue = Suite(diviseur=int(fraction[1]), tournure=FRACTION, entier=True)
        return lue if ne_fait_que_preciser(suite[fraction.end() :]) else None
    trouvee = _attendue(suite, attendue) or _connue(suite)
    return _avec_un_ajout(*trouvee) if trouvee else None


def _attendue(suite: str, attendue: str) -> tuple[Suite, str] | None:
    """L'unité de la question, même propre à elle (« 54 abonnés »), et ce qui la suit. « €/client » s'écrit aussi « € par client »."""
    nom, base = Suite(nom_unite(attendue)), sans_accents(attendue).partition("/")[0]
    suivi = suite.lstrip(" ")
    if base and suivi.startswith(base) and not suivi[len(base) : len(base) + 1].isalpha():
        return nom, suivi[len(base) :]
    mot = _UNITE.match(suite)
    if base and mot and mot[1].removesuffix("s") == base.removesuffix("s"):
        return nom, suite[mot.end() :]
    return None


def _connue(suite: str) -> tuple[Suite, str] | None:
    mot = _UNITE.match(suite)
    return (Suite(*UNITES[mot[1]]), suite[mot.end() :]) if mot and mot[1] in UNITES else None


def _avec_un_ajout(lue: Suite, reste: str) -> Suite | None:
    """« 12 € 50 », « 3 h 30 », « 2 ans et demi » : la partie écrite après l'unité."""
    if lue.unite in MONNAIES and (centimes := _CENTIMES.fullmatch(reste)):
        clairs = len(centimes[1]) == 2 and lue.multiple == 1
        return replace(lue, ajout=int(centimes[1]) / 100, entier=True) if clairs else None
    if lue.unite == "heures" and (minutes := _MINUTES.fullmatch(reste)):
        return replace(lue, ajout=int(minutes[1]) / 60, tournure=HEURES, entier=True)
    if _ET_DEMI.fullmatch(reste):
        return replace(lue, ajout=0.5 * lue.multiple, entier=True)
    if lue.unite == "heures" and _ET_QUART.fullmatch(reste):
        return replace(lue, ajout=0.25, entier=True)
    return lue if ne_fait_que_preciser(reste) else None


def ne_fait_que_preciser(reste: str) -> bool:
    """Rien que des mots, qui précisent sans rien changer : « clients gagnés », « €/client », « € (par an) »."""
    if _CHANGENT_LE_NOMBRE.search(reste):
        return False
    return not re.sub(r"[^\W\d_]+(?:[-'][^\W\d_]+)*|/ ?(?=[^\W\d_])|[ (),.;:'!?]", "", reste)
