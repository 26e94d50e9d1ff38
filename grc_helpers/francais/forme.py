"""Une seule forme avant toute comparaison : ce qui ne se voit pas à l'écran ne change pas ce qui est lu.

Un texte collé d'une messagerie, d'un PDF, d'un site ou d'un Mac porte des accents décomposés, des espaces insécables, des traits d'union
conditionnels, des marques de sens d'écriture, des entités HTML. Tout lecteur de réponse (nombre, tableau, lettres, prose) commence donc
par ``mettre_en_forme``. Ce qui est montré reste ce qui a été écrit : ``Forme.ecrit`` retrouve l'un à partir de l'autre.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import pairwise

_ENTITE = re.compile(
    r"&(?:(?:amp|#38|#x26);)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
)
_FIN_DE_LIGNE = "\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]"
ESPACES = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ESPACE = f"[{ESPACES[2:]}]"
_TRAIT_D_UNION = "[\u2010\u2011]"
# Ce qui ne se voit pas : marques de format et caractères de commande. Un sélecteur de variante, lui, tient à la lettre qu'il dessine.
_INVISIBLE = (
    "[\0-\x08\x0e-\x1b\x1f\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Deux lettres en une, telles qu'un PDF les rend : leur forme usuelle est celle de la norme (« ﬁ » donne « fi »).
_LIGATURE = "[\ufb00-\ufb06]"
_A_RAMENER = re.compile(
    f"(?P<fin>{_FIN_DE_LIGNE})|(?P<espace>{_ESPACE}+)|(?P<trait>{_TRAIT_D_UNION}+)"
    f"|(?P<invisible>{_INVISIBLE}+)|(?P<ligature>{_LIGATURE})"
)
_CITATION = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)
_RAMENES = {"espace": " ", "trait": "-", "invisible": ""}
_LIBELLE = 100  # caractères : au-delà, ce n'est plus un libellé
ACCENTS_PAR_LETTRE = 8  # au-delà, ce n'est plus une écriture


@dataclass(frozen=True)
class Forme:
    """Un ``texte`` prêt à être comparé, et celui dont il vient. ``bornes`` : où est, dans l'origine, chacun de ses caractères ; None
    si rien n'a changé."""

    texte: str
    origine: str
    bornes: tuple[tuple[int, int], ...] | None = None

    def ecrit(self, debut: int, fin: int) -> str:
        """Ce que la personne a écrit, pour un bout du ``texte``.

        >>> forme = mettre_en_forme("la fid\\u00ade\\u0301lite\\u0301")
        >>> forme.texte, forme.ecrit(3, 7) == "fid\\u00ade\\u0301"
        ('la fidélité', True)
        """
        if self.bornes is None or debut >= fin:
            return self.texte[debut:fin]
        return self.origine[self.place(debut) : self.bornes[fin - 1][1]]

    def place(self, rang: int) -> int:
        """Où commence, dans l'origine, le caractère de ce rang."""
        return rang if self.bornes is None else self.bornes[rang][0]

    def morceau(self, debut: int, fin: int) -> "Forme":
        """Ce bout du texte."""
        if self.bornes is None:
            return Forme(self.texte[debut:fin], self.origine[debut:fin])
        return Forme(self.texte[debut:fin], self.origine, self.bornes[debut:fin])

    def substituer(self, motif: re.Pattern, par: Callable[[re.Match], str]) -> "Forme":
        """Le même texte, où ``par`` récrit chaque passage que trouve le ``motif``."""
        return self.remplacer([(*t.span(), par(t)) for t in motif.finditer(self.texte)])

    def remplacer(self, changements: list[tuple[int, int, str]]) -> "Forme":
        """Le même texte, où chaque (début, fin) devient un autre texte ; les changements se suivent sans se recouvrir."""
        utiles = [(d, f, par) for d, f, par in changements if self.texte[d:f] != par]
        if not utiles:
            return self
        longueur = len(self.texte)
        avant = self.bornes or tuple(zip(range(longueur), range(1, longueur + 1), strict=True))
        morceaux: list[str] = []
        bornes: list[tuple[int, int]] = []
        place = 0
        for debut, fin, par in utiles:
            morceaux += [self.texte[place:debut], par]
            bornes += avant[place:debut]
            signe_par_signe = len(par) == fin - debut
            bornes += (
                avant[debut:fin]
                if signe_par_signe
                else [(avant[debut][0], avant[fin - 1][1])] * len(par)
            )
            place = fin
        morceaux.append(self.texte[place:])
        bornes += avant[place:]
        return Forme("".join(morceaux), self.origine, tuple(bornes))


def mettre_en_forme(texte: str) -> Forme:
    """Le texte sans rien d'invisible, accents composés, espaces et fins de ligne d'une seule sorte, entités HTML traduites.

    >>> mettre_en_forme("1\\u00a0234,56\\u200b &euro;").texte
    '1 234,56 €'
    """
    forme = Forme(texte, texte)
    # Les invisibles d'abord : ils peuvent couper une entité, qui peut elle-même en donner.
    forme = forme.substituer(_A_RAMENER, _ramener)
    if "&" in forme.texte:
        forme = forme.substituer(_ENTITE, _traduire).substituer(_A_RAMENER, _ramener)
    return forme if unicodedata.is_normalized("NFC", forme.texte) else _composer(forme)


def en_une_forme(texte: str) -> str:
    """Le texte de ``mettre_en_forme``, pour qui n'a pas à retrouver ce qui était écrit."""
    return mettre_en_forme(texte).texte


def lignes_en_forme(texte: str) -> Forme:
    """La même forme, pour un texte de plusieurs lignes : sans les « > » qu'un courriel met devant ce qu'il cite.

    >>> lignes_en_forme("> Boutique : b\\n> > Marché : a").texte
    'Boutique : b\\nMarché : a'
    """
    return mettre_en_forme(texte).substituer(_CITATION, lambda trouve: "")


def _ramener(trouve: re.Match) -> str:
    if trouve.lastgroup == "fin":
        return "\n"
    if trouve.lastgroup == "ligature":
        return unicodedata.normalize("NFKC", trouve[0])
    return _RAMENES[str(trouve.lastgroup)] * len(trouve[0])


def _traduire(trouve: re.Match) -> str:
    """Le caractère que désigne une entité, même récrite deux fois (« &amp;nbsp; ») ; une entité inconnue reste ce qu'elle est."""
    entite = f"&{trouve[1]};"
    traduite = unescape(entite)
    return trouve[0] if traduite == entite else traduite


def _composer(forme: Forme) -> Forme:
    """Chaque lettre suivie de ses accents devient une lettre accentuée."""
    texte = forme.texte
    bords = sorted({0, *_departs(texte), len(texte)})
    return forme.remplacer(
        [
            (
                debut,
                fin,
                unicodedata.normalize(
                    "NFC", texte[debut : min(fin, debut + 1 + ACCENTS_PAR_LETTRE)]
                ),
            )
            for debut, fin in pairwise(bords)
        ]
    )


def _departs(texte: str) -> Iterator[int]:
    """Où commence une lettre et ses accents ; après une espace ou une barre, les accents n'ont pas de lettre."""
    for rang, signe in enumerate(texte):
        avant = texte[rang - 1 : rang]
        if not _s_ajoute(signe) or not (avant.isalpha() or _s_ajoute(avant)):
            yield rang


def _s_ajoute(signe: str) -> bool:
    """Un accent, ou ce qui se compose avec la lettre d'avant dans une autre écriture."""
    return bool(signe) and unicodedata.category(signe)[0] == "M" or "\u1160" <= signe <= "\u11ff"


def sans_accents(texte: str) -> str:
    """Minuscules, sans accents, apostrophes et espaces ramenés à leur forme simple.

    >>> sans_accents("Coût d’Acquisition")
    "cout d'acquisition"
    """
    return _libelle_simple(texte) if len(texte) <= _LIBELLE else _simple(texte)


def _simple(texte: str) -> str:
    texte = en_une_forme(texte)
    if texte.isascii():
        return " ".join(texte.lower().split())
    texte = unicodedata.normalize("NFKD", texte.casefold().replace("’", "'").replace("\u2212", "-"))
    return " ".join("".join(c for c in texte if not unicodedata.combining(c)).split())


# Les mêmes libellés reviennent dans toute une classe : les derniers lus sont gardés (les longs, jamais).
_libelle_simple = lru_cache(maxsize=4096)(_simple)
