"""Lire et écrire les nombres à la française.

Sont admis : les espaces de milliers (ordinaire, insécable, fine), la virgule ou le point décimal, le signe moins
typographique, une unité après le nombre, un calcul terminé par « = résultat ». Est refusé, avec une explication,
ce que deux personnes liraient différemment : ``1.234`` vaut-il mille ou un virgule deux ?
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

ESPACES = "\u0020\u00a0\u202f\u2009\u2007\t"
FINE = "\u202f"
LONGUEUR_MAXIMALE = 120

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

_NOMBRE = re.compile(r"(?P<signe>[+-]?)(?P<corps>[0-9][0-9 .,]*|[.,][0-9]+)")
_MILLIERS = re.compile(r"[0-9]{1,3}( [0-9]{3})+")
_LIBELLE = 100  # caractères : au-delà, ce n'est plus un libellé
_AMBIGU = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


@dataclass(frozen=True)
class NombreLu:
    """Ce qu'on a lu : une ``valeur`` (et l'unité écrite), ou bien un ``message`` qui dit comment se faire comprendre."""

    valeur: float | None = None
    unite: str = ""
    message: str = ""

    @property
    def vide(self) -> bool:
        return self.valeur is None and not self.message


def sans_accents(texte: str) -> str:
    """Minuscules, sans accents, apostrophes et espaces ramenés à leur forme simple.

    >>> sans_accents("Coût d’Acquisition")
    "cout d'acquisition"
    """
    return _libelle_simple(texte) if len(texte) <= _LIBELLE else _simple(texte)


def _simple(texte: str) -> str:
    if texte.isascii():
        return " ".join(texte.lower().split())
    texte = unicodedata.normalize("NFKD", texte.casefold().replace("’", "'").replace("\u2212", "-"))
    return " ".join("".join(c for c in texte if not unicodedata.combining(c)).split())


# Les mêmes libellés et les mêmes nombres reviennent dans toute une classe : les derniers lus sont gardés (les longs, jamais).
_libelle_simple = lru_cache(maxsize=4096)(_simple)


def nom_unite(unite: str) -> str:
    """Le nom usuel d'une unité : « EUR » et « euros » donnent « € » ; une unité inconnue reste elle-même.

    >>> nom_unite("EUR"), nom_unite("points")
    ('€', 'points')
    """
    return UNITES.get(sans_accents(unite), (unite, 1))[0]


def lire_nombre(texte: str, unite: str = "") -> NombreLu:
    """Lit un nombre écrit par une personne. ``unite`` : celle que la question attend, si elle en attend une.

    Ne lève jamais d'erreur : un texte illisible donne un message qui dit quoi faire.

    >>> lire_nombre("98 765,43 €").valeur
    98765.43
    >>> lire_nombre("1 000 x 40 % = 400 clients", "clients").valeur
    400.0
    >>> print(lire_nombre("1.234").message)  # doctest: +ELLIPSIS
    « 1.234 » se lit de deux façons. Écrivez « 1 234 » avec une espace pour les milliers, ou « 1,234 »...
    >>> lire_nombre("40 %", "clients").message
    'La réponse est attendue en clients, pas en %.'
    """
    if len(texte) > LONGUEUR_MAXIMALE:
        return NombreLu(
            message="Ce texte est trop long pour un nombre. Écrivez seulement le nombre et son unité."
        )
    return _lire(texte, unite)


@lru_cache(maxsize=4096)
def _lire(texte: str, unite: str) -> NombreLu:
    brut = _simplifier(texte)
    if not brut or brut in {"-", "--", "...", "…", "?"}:
        return NombreLu()
    trouve = _NOMBRE.match(brut)
    if not trouve:
        return _illisible(texte)
    chiffres = trouve["corps"].rstrip(" .,") if trouve["corps"][0].isdigit() else trouve["corps"]
    valeur, message = _valeur(chiffres)
    if message:
        return NombreLu(message=message)
    ecrite = brut[trouve.start("corps") + len(chiffres) :].strip(" .,;")
    return _avec_unite(-valeur if trouve["signe"] == "-" else valeur, ecrite, unite, texte)


def _simplifier(texte: str) -> str:
    for espace in ESPACES:
        texte = texte.replace(espace, " ")
    texte = texte.replace("\u2212", "-").replace("\u2013", "-").strip()
    texte = texte.rsplit("=", 1)[-1] if "=" in texte else texte
    texte = re.sub(r"^(?:environ|≈|~|soit)\s*", "", texte.strip(), flags=re.IGNORECASE)
    texte = re.sub(r"^([+-])\s+", r"\1", " ".join(texte.split()))
    # « € 1 200 » : l'unité devant le nombre passe derrière.
    return re.sub(r"^([€$])\s*(.*)$", r"\2 \1", texte)


def _valeur(chiffres: str) -> tuple[float, str]:
    """La valeur positive d'une suite de chiffres, ou un message si elle se lit de plusieurs façons."""
    entier, separateur, decimales = chiffres, "", ""
    if "," in chiffres and "." in chiffres:
        propose = _proposition(chiffres)
        return (
            0,
            f"Je lis mal « {chiffres} ». Vouliez-vous écrire « {propose} » ? Utilisez une seule virgule, sans point.",
        )
    for signe in ",.":
        if chiffres.count(signe) > 1:
            return (
                0,
                f"« {chiffres} » a plusieurs séparateurs. Écrivez les milliers avec une espace : 1 234 567,89.",
            )
        if signe in chiffres:
            entier, separateur, decimales = chiffres.partition(signe)
    if _AMBIGU.fullmatch(chiffres):
        milliers, virgule = chiffres.replace(".", " "), chiffres.replace(".", ",")
        return 0, (
            f"« {chiffres} » se lit de deux façons. Écrivez « {milliers} » avec une espace pour les milliers, "
            f"ou « {virgule} » avec une virgule pour les décimales."
        )
    if (
        (" " in entier and not _MILLIERS.fullmatch(entier))
        or (" " in decimales)
        or (separateur and entier.endswith(" "))
    ):
        return (
            0,
            f"Je ne sais pas regrouper « {chiffres} ». Écrivez les milliers par groupes de trois : 1 234 567,89.",
        )
    return float(f"{entier.replace(' ', '') or '0'}.{decimales or '0'}"), ""


def _proposition(chiffres: str) -> str:
    dernier = max(chiffres.rfind(","), chiffres.rfind("."))
    entier = re.sub(r"[^0-9]", "", chiffres[:dernier]) or "0"
    return (
        ecrire_nombre(float(entier), 0).replace(FINE, " ")
        + ","
        + re.sub(r"[^0-9]", "", chiffres[dernier:])
    )


def _avec_unite(valeur: float, ecrite: str, attendue: str, texte: str) -> NombreLu:
    if not ecrite:
        return NombreLu(valeur)
    connue = _unite_connue(ecrite, attendue)
    if connue is None:
        return _illisible(texte)
    nom, multiple = connue
    if attendue and nom != nom_unite(attendue):
        return NombreLu(message=f"La réponse est attendue en {nom_unite(attendue)}, pas en {nom}.")
    return NombreLu(valeur * multiple, nom)


def _unite_connue(ecrite: str, attendue: str) -> tuple[str, float] | None:
    """L'unité écrite ; des mots peuvent la suivre (« € par client »), mais pas un autre nombre."""
    nom = nom_unite(attendue)
    ecrite, attendue = sans_accents(ecrite), sans_accents(attendue)
    premiere, _, suite = ecrite.partition(" ")
    if re.search(r"[0-9%€$+*/]", suite):
        return None
    if attendue and (ecrite.startswith(attendue) or premiere == attendue.removesuffix("s")):
        return nom, 1
    return UNITES.get(premiere)


def _illisible(texte: str) -> NombreLu:
    extrait = " ".join(texte.split())[:40]
    return NombreLu(
        message=f"Je ne lis pas de nombre dans « {extrait} ». Écrivez seulement le nombre et son unité."
    )


def ecrire_nombre(valeur: float, decimales: int | None = None, unite: str = "") -> str:
    """Écrit un nombre à la française : espace fine pour les milliers, virgule, unité après une espace insécable.

    Sans ``decimales``, on en garde deux au plus et on retire les zéros inutiles.

    >>> ecrire_nombre(98765.43, unite="€").replace(FINE, " ").replace("\\u00a0", " ")
    '98 765,43 €'
    >>> ecrire_nombre(-36), ecrire_nombre(20.4), ecrire_nombre(5, 2)
    ('−36', '20,4', '5,00')
    """
    texte = f"{abs(valeur):,.{2 if decimales is None else decimales}f}"
    if decimales is None:
        texte = texte.rstrip("0").rstrip(".")
    texte = texte.replace(",", FINE).replace(".", ",")
    signe = "\u2212" if valeur < 0 and texte.strip("0,") else ""
    return signe + texte + (f"\u00a0{unite}" if unite else "")


def arrondi(valeur: float, decimales: int = 0) -> float:
    """L'arrondi appris à l'école : 0,5 s'éloigne de zéro (``round`` de Python, lui, va au nombre pair).

    >>> arrondi(2.5), arrondi(-2.5), arrondi(20.404, 2)
    (3.0, -3.0, 20.4)
    """
    facteur = 10 ** int(decimales)
    # Le premier arrondi retire la poussière du calcul binaire.
    return math.copysign(math.floor(round(abs(valeur) * facteur, 9) + 0.5) / facteur, valeur)
