"""Lire et écrire les nombres à la française.

Sont admis : les espaces de milliers (ordinaire, insécable, fine), la virgule ou le point décimal, le signe moins
typographique, une unité après le nombre, un calcul terminé par « = résultat ». Est refusé, avec une explication,
ce que deux personnes liraient différemment : ``1.234`` vaut-il mille ou un virgule deux ?
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from grc_helpers.francais.forme import ESPACES, en_une_forme, sans_accents
from grc_helpers.francais.unites import (
    FRACTION,
    RANG,
    UNITES,
    lire_la_suite,
    ne_fait_que_preciser,
    nom_unite,
)

__all__ = [
    "ESPACES",
    "UNITES",
    "NombreLu",
    "arrondi",
    "ecrire_nombre",
    "lire_nombre",
    "nom_unite",
    "sans_accents",
]

FINE = "\u202f"
LONGUEUR_MAXIMALE = 120

_NOMBRE = re.compile(r"(?P<signe>[+-]?)(?P<corps>[0-9][0-9 .,]*|[.,][0-9]+)")
_MILLIERS = re.compile(r"[0-9]{1,3}( [0-9]{3})+")
_AMBIGU = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_DEUX_LIGNES = re.compile(r"[0-9] *\n[ \n]*[0-9]")
_NUMERO = re.compile(
    r"(?:n ?[°º]|№|no\.?|numéro) ?(?=[0-9])|(?:pi[eè]ce|facture|traite|avoir|rang) (?=[0-9])",
    re.IGNORECASE,
)
# Une pièce ou un rang désignés par leur lettre : « T472 », « R1 ». Une fois sur deux, « x3 » veut dire « multiplié par 3 ».
_LETTRE_DE_PIECE = re.compile(r"[A-WYZ] ?(?=[0-9]{1,6}$)")
_EN_TOUTES_LETTRES = re.compile(
    r"\b(?:zero|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente"
    r"|quarante|cinquante|soixante|cents?|mille|millions?)\b"
)
_A_FINIR = re.compile(r"[0-9€%] ?[x×*/÷+] ?[0-9]")
_PLUSIEURS = re.compile(r"[0-9][0-9 .,]{0,20}(?: ?(?:et|ou|a|;|puis|/) ?)[0-9]")
_FRACTIONS_EN_UN_SIGNE = {"½": " 1/2", "⅓": " 1/3", "⅔": " 2/3", "¼": " 1/4", "¾": " 3/4"}
_FRACTION_EN_LETTRES = re.compile(
    r"(?:(?:une?|l[ea]|(?P<deux>deux)|(?P<trois>trois)) )?(?P<part>demi|moitie|tiers|quarts?)\b"
)
_PARTS = {"demi": 2, "moitie": 2, "tiers": 3, "quart": 4, "quarts": 4}
_DIVISEURS = {*range(2, 11), 100}  # au-delà, c'est un calcul à finir


@dataclass(frozen=True)
class NombreLu:
    """Ce qu'on a lu : une ``valeur`` (et l'unité écrite), ou bien un ``message`` qui dit comment se faire comprendre.

    ``tournure`` : comment c'est dit, si ce n'est pas un nombre et son unité (« 8e » est un rang, « 1/4 » une fraction, « 3h30 » une durée).
    """

    valeur: float | None = None
    unite: str = ""
    message: str = ""
    tournure: str = ""

    @property
    def vide(self) -> bool:
        return self.valeur is None and not self.message


def lire_nombre(texte: str, unite: str = "") -> NombreLu:
    """Lit un nombre écrit par une personne. ``unite`` : celle que la question attend, si elle en attend une.

    Tout ce qui est écrit est compris, ou donne un message qui dit quoi faire ; rien n'est passé sous silence, sauf un calcul ou un libellé
    avant « = ». Ne lève jamais d'erreur.

    >>> lire_nombre("98 765,43 €").valeur
    98765.43
    >>> lire_nombre("12€50").valeur, lire_nombre("3h30").valeur, lire_nombre("1/4", "%").valeur, lire_nombre("8ème").valeur
    (12.5, 3.5, 25.0, 8.0)
    >>> lire_nombre("1 000 x 40 % = 400 clients", "clients").valeur
    400.0
    >>> print(lire_nombre("1.234").message)  # doctest: +ELLIPSIS
    « 1.234 » se lit de deux façons. Écrivez « 1 234 » avec une espace pour les milliers, ou « 1,234 »...
    >>> lire_nombre("40 %", "clients").message
    'La réponse est attendue en clients, pas en %.'
    """
    if LONGUEUR_MAXIMALE < len(texte) <= 10 * LONGUEUR_MAXIMALE:
        texte = en_une_forme(texte)  # une entité tient plus de place que son signe
    if len(texte) > LONGUEUR_MAXIMALE:
        return NombreLu(
            message="Ce texte est trop long pour un nombre. Écrivez seulement le nombre et son unité."
        )
    return _lire(texte, unite)


@lru_cache(maxsize=4096)
def _lire(texte: str, unite: str) -> NombreLu:
    ecrit = en_une_forme(texte).replace("\u2212", "-").replace("\u2013", "-").strip()
    if _DEUX_LIGNES.search(ecrit):
        return NombreLu(message="Une seule valeur est attendue ici : gardez une seule ligne.")
    *avant, brut = (" ".join(morceau.split()) for morceau in ecrit.split("="))
    calcul = [morceau for morceau in avant if morceau]
    if calcul and (not brut or _contredit(calcul[-1], brut)):
        return _illisible(
            texte, "je ne sais pas quel résultat garder" if brut else "rien ne suit « = »"
        )
    return _lire_le_resultat(brut, unite, texte)


def _contredit(avant: str, apres: str) -> bool:
    """« 400 = 500 » : avant le signe, ce n'est ni un calcul ni un libellé, mais un autre résultat."""
    premier, second = _lire_le_resultat(avant, "", avant), _lire_le_resultat(apres, "", apres)
    if premier.valeur is None or second.valeur is None or premier.tournure == FRACTION:
        return False
    return premier.unite == second.unite and premier.valeur != second.valeur


def _lire_le_resultat(brut: str, unite: str, texte: str) -> NombreLu:
    """``brut`` : ce qui suit le dernier « = », espaces simples ; ``texte`` : ce qui était écrit, pour le citer."""
    if not brut or brut in {"-", "--", "...", "…", "?"}:
        return NombreLu()
    brut, numero = _sans_annonce(brut)
    trouve = _NOMBRE.match(brut)
    if not trouve:
        return _fraction_en_lettres(brut, unite, texte) or _illisible(texte)
    chiffres = trouve["corps"].rstrip(" .,") if trouve["corps"][0].isdigit() else trouve["corps"]
    valeur, message = _valeur(chiffres)
    if message:
        return NombreLu(message=message)
    ecrite = brut[trouve.start("corps") + len(chiffres) :]
    suite = lire_la_suite(ecrite, unite)
    if suite is None or (suite.entier and not chiffres.replace(" ", "").isdigit()):
        return _illisible(texte, f"je ne comprends pas « {ecrite.strip()[:40]} »", unite)
    signe = -1 if trouve["signe"] == "-" else 1
    if numero or suite.tournure == RANG:
        sans_unite = not suite.unite and suite.diviseur == 1
        return _rang(signe * valeur, chiffres, unite) if sans_unite else _illisible(texte)
    if suite.tournure == FRACTION:
        return _fraction(signe * valeur, suite.diviseur, unite, texte)
    if unite and suite.unite and suite.unite != nom_unite(unite):
        return NombreLu(
            message=f"La réponse est attendue en {nom_unite(unite)}, pas en {suite.unite}."
        )
    return NombreLu(
        signe * (valeur * suite.multiple + suite.ajout), suite.unite, tournure=suite.tournure
    )


def _sans_annonce(brut: str) -> tuple[str, bool]:
    """Le texte à partir du nombre, l'unité qui le précédait passée derrière ; et si c'est un numéro (« n° 8 »)."""
    for signe, fraction in _FRACTIONS_EN_UN_SIGNE.items():
        brut = brut.replace(signe, fraction)
    brut = re.sub(r"^(?:environ|≈|~|soit)\s*", "", brut.strip(), flags=re.IGNORECASE)
    annonce = _LETTRE_DE_PIECE.match(brut) or _NUMERO.match(brut)
    sans_numero = brut[annonce.end() :] if annonce else brut
    signe = re.sub(r"^([+-]) ", r"\1", sans_numero)
    return re.sub(r"^([€$]) ?(.*)$", r"\2 \1", signe), sans_numero != brut


def _rang(valeur: float, chiffres: str, unite: str) -> NombreLu:
    if unite and nom_unite(unite) not in {"rang", "place", "position"}:
        return NombreLu(
            message=f"Je lis un rang, ou un numéro : {chiffres}. Si c'est la réponse, écrivez « {chiffres} {nom_unite(unite)} »."
        )
    return NombreLu(valeur, tournure=RANG)


def _fraction(valeur: float, diviseur: int, unite: str, texte: str) -> NombreLu:
    """Une part : 0,25 pour « 1/4 », ou 25 si la réponse est attendue en %."""
    if diviseur not in _DIVISEURS or not 0 < valeur <= diviseur:
        return _illisible(texte, "c'est un calcul à finir", unite)
    if nom_unite(unite) == "%":
        return NombreLu(100 * valeur / diviseur, "%", tournure=FRACTION)
    if unite:
        return _illisible(texte, "c'est une fraction", unite)
    return NombreLu(valeur / diviseur, tournure=FRACTION)


def _fraction_en_lettres(brut: str, unite: str, texte: str) -> NombreLu | None:
    """« un quart », « la moitié des clients »."""
    plat = sans_accents(brut)
    trouve = _FRACTION_EN_LETTRES.match(plat)
    if not trouve or not ne_fait_que_preciser(plat[trouve.end() :]):
        return None
    combien = 2 if trouve["deux"] else 3 if trouve["trois"] else 1
    return _fraction(combien, _PARTS[trouve["part"]], unite, texte)


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


def _illisible(texte: str, pourquoi: str = "", unite: str = "") -> NombreLu:
    extrait = " ".join(en_une_forme(texte).split())[:40]
    cause = f" : {pourquoi}" if pourquoi else ""
    return NombreLu(
        message=f"Je ne lis pas de nombre dans « {extrait} »{cause}. {_conseil(extrait, unite)}"
    )


def _conseil(extrait: str, unite: str) -> str:
    """Ce qu'il faut changer dans ce qui est écrit, selon ce que c'est.

    >>> [_conseil(ecrit, "") for ecrit in ("quarante", "12 x 4,5", "5 et 4")]
    ['Écrivez-le en chiffres.', 'Écrivez le résultat du calcul.', 'Il y en a plusieurs : gardez-en un seul.']
    """
    simple = sans_accents(extrait)
    en = f"en {nom_unite(unite)}" if unite else "et son unité"
    if not any(signe.isdigit() for signe in simple):
        en_lettres = _EN_TOUTES_LETTRES.search(simple)
        return "Écrivez-le en chiffres." if en_lettres else f"Écrivez un nombre {en}, en chiffres."
    if _A_FINIR.search(simple):
        return "Écrivez le résultat du calcul."
    if _PLUSIEURS.search(simple):
        return "Il y en a plusieurs : gardez-en un seul."
    return f"Écrivez seulement le nombre {en}."


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
