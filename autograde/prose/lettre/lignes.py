"""Les lignes d'une lettre, et ce qu'est chacune : un objet, une adresse, un lieu et une date, une phrase."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from autograde.prose.lettre.coordonnees import est_une_adresse
from autograde.prose.lettre.vocabulaire import vocabulaire
from autograde.prose.lexique import grammaire, lexique
from autograde.prose.texte import LONGUEUR_MAXIMALE, aplatir

MOTS_D_UNE_PHRASE = 7
_MOTS_D_UN_OBJET_SANS_DEUX_POINTS = 8
_LIGNE_DATEE_MAXIMALE = 90  # caractères
_LIEU_MAXIMAL = 4  # mots

_A_REMPLIR = re.compile(
    r"\[([^\]\n]{0,60})\]|<([^>\n]{1,60})>|\{([^}\n]{1,60})\}|\(([^)\n]{1,60})\)|[._…]{4,}|_{2,}|…{2,}|\b[xX]{2,}\b"
)
# Une colonne collée depuis un traitement de texte : une tabulation, ou plusieurs espaces.
_MORCEAUX = re.compile(r"\S(?:\S| {1,3}(?=\S))*")
RETRAIT = 8  # espaces en tête d'une ligne : elle est écrite à droite
_FINS_DE_LIGNE = re.compile(r"\r\n|[\n\r\v\f\u2028\u2029\u0085]")
_MOTS = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_JOUR = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?er)?|premier"
_AN = r"(?:19|20)\d\d|\d\d"


@dataclass(frozen=True)
class Zone:
    """Un bout du texte, et ce qu'il vaut ; ``manque`` dit ce qu'il faudrait y ajouter."""

    debut: int
    fin: int
    valeur: float = 1.0
    manque: str = ""


@dataclass(frozen=True)
class Ligne:
    """Une ligne de la lettre, ou la colonne d'une ligne. ``entiere`` : rien d'autre n'est écrit à côté."""

    debut: int
    fin: int
    plat: str
    rang: int
    colonne: int
    entiere: bool = True

    @property
    def mots(self) -> list[str]:
        return mots_simples(self.plat)

    def couper(self, debut: int, fin: int) -> "Ligne":
        """Le morceau de la ligne entre deux places du texte."""
        morceau = self.plat[debut - self.debut : fin - self.debut]
        gauche = len(morceau) - len(morceau.lstrip())
        debut, plat = debut + gauche, morceau.strip()
        return replace(
            self,
            debut=debut,
            fin=debut + len(plat),
            plat=plat,
            entiere=self.entiere and len(plat) == len(self.plat),
        )


@lru_cache(maxsize=5_000)
def _mots_simples(plat: str) -> tuple[str, ...]:
    return tuple(_MOTS.findall(plat))


def mots_simples(plat: str) -> list[str]:
    """Les mots et les nombres d'un texte sans accents."""
    return list(_mots_simples(plat))


def masquer_les_trous(texte: str) -> tuple[str, list[str]]:
    """Le texte où ce qu'un modèle laissait à remplir est effacé (même longueur), et ces trous.

    >>> masquer_les_trous("[Votre nom], le ........")
    ('           , le         ', ['[Votre nom]', '........'])
    """
    trous = []

    def effacer(trouve: re.Match) -> str:
        contenu = next((groupe for groupe in trouve.groups() if groupe is not None), None)
        mots = mots_simples(aplatir(contenu)) if contenu is not None else []
        if any(
            mot not in vocabulaire().etiquettes and mot not in lexique().mots_outils for mot in mots
        ):
            return trouve.group()  # entre crochets ou parenthèses, mais bien rempli
        trous.append(trouve.group())
        return " " * len(trouve.group())

    return _A_REMPLIR.sub(effacer, texte[:LONGUEUR_MAXIMALE]), trous


def decouper_en_lignes(texte: str) -> list[Ligne]:
    """Les lignes non vides, dans l'ordre ; une ligne à deux colonnes en donne deux, un objet collé au reste est détaché."""
    plat = aplatir(texte)
    lignes, rang, debut = [], 0, 0
    for fin_de_ligne in [*_FINS_DE_LIGNE.finditer(plat), None]:
        fin = fin_de_ligne.start() if fin_de_ligne else len(plat)
        for morceau in _recoller_l_objet(list(_MORCEAUX.finditer(plat, debut, fin)), plat):
            colonne = int(morceau[0] - debut >= RETRAIT or "\t" in plat[debut : morceau[0]])
            ligne = Ligne(*morceau, plat[morceau[0] : morceau[1]], rang, colonne)
            dedans = next(
                (o for o in _objet_dans_la_ligne().finditer(ligne.plat) if o.start() > 0), None
            )
            coupe = ligne.debut + dedans.start() if dedans else ligne.fin
            lignes += [
                bout
                for bout in (ligne.couper(ligne.debut, coupe), ligne.couper(coupe, ligne.fin))
                if bout.mots
            ]
        rang, debut = rang + 1, fin_de_ligne.end() if fin_de_ligne else fin
    return lignes


def _recoller_l_objet(morceaux: list[re.Match], plat: str) -> list[tuple[int, int]]:
    """« Objet », une tabulation, « : relance » : une seule ligne."""
    bornes: list[tuple[int, int]] = []
    for morceau in morceaux:
        avant = plat[slice(*bornes[-1])].rstrip(" :=") if bornes else ""
        if bornes and _est_le_mot_objet(avant):
            bornes[-1] = (bornes[-1][0], morceau.end())
        else:
            bornes.append(morceau.span())
    return bornes


def _est_le_mot_objet(mot: str) -> bool:
    if mot in vocabulaire().objets:
        return True
    return (
        len(mot) >= 4
        and mot[0] == "o"
        and DamerauLevenshtein.distance(mot, "objet", score_cutoff=1) <= 1
    )


@cache
def _objet_dans_la_ligne() -> re.Pattern:
    objets = "|".join(mot for mot in vocabulaire().objets if mot.startswith("obj"))
    return re.compile(rf"(?<!\w)(?<!l')(?<!pour )(?<!cet )(?:{objets})\s*[:=]")


def contenu_de_l_objet(ligne: Ligne) -> str | None:
    """Ce qui suit « Objet : » ; None si ce n'est pas une ligne d'objet.

    >>> contenu_de_l_objet(Ligne(0, 0, "objet : relance", 0, 0)), contenu_de_l_objet(Ligne(0, 0, "l'objet est simple", 0, 0))
    ('relance', None)
    """
    trouve = re.match(
        r"([a-z]+)(?:\s+de\s+\w+\s+lettre)?\s*([:=.–—-]*)\s*(.*)", ligne.plat, re.DOTALL
    )
    if not trouve or not _est_le_mot_objet(trouve[1]):
        return None
    verbes = grammaire().etre | {"concerne"}
    if not trouve[2] and (
        len(ligne.mots) > _MOTS_D_UN_OBJET_SANS_DEUX_POINTS or verbes.intersection(ligne.mots[1:])
    ):
        return None
    return trouve[3]


@cache
def _date() -> str:
    """Le motif d'une date : « lundi 3 mai 2026 », « 03/05/26 », « 2026-05-03 », « mai 2026 »."""
    mois = vocabulaire().mois.pattern + r"\.?"
    semaine = rf"(?:(?:{'|'.join(vocabulaire().jours)})\s+)?"
    separateur = r"(?:\s*[/.-]\s*|\s+)"
    jour_et_mois = rf"{semaine}(?:{_JOUR}){separateur}(?:{mois}|0?[1-9](?!\d)|1[0-2](?!\d))"
    return (
        rf"(?:{jour_et_mois}(?:{separateur}(?P<an>{_AN})(?!\d))?"
        rf"|(?P<iso>20\d\d-\d\d-\d\d)|{mois}\s+(?:19|20)\d\d)"
    )


@cache
def _lieu_et_date() -> re.Pattern:
    """« Fait à Casablanca, le 3 mai 2026 », « Date : 3 mai »… et rien d'autre sur la ligne."""
    v = vocabulaire()
    return re.compile(
        rf"^(?:{v.etiquettes_du_lieu.pattern}\s*:\s*)?(?P<fait>fait\s+)?(?:(?:a|au)\s+)?"
        r"(?P<lieu>[a-z][a-z' -]{1,40}?)??[\s,;:-]*"
        rf"(?:(?<![a-z]){v.devant_la_date.pattern}\s*:?\s*)?(?P<date>{_date()})?"
        r"(?:\s*,?\s+a\s+(?P<lieu_apres>[a-z][a-z' -]{1,40}))?[\s.,;:]*$"
    )


@cache
def _lieu_et_date_melees() -> re.Pattern:
    return re.compile(
        r"(?:fait a |a )?(?P<lieu>[a-z'-]{2,})\s*,?\s+"
        rf"{vocabulaire().devant_la_date.pattern}\s+(?P<date>{_date()})"
    )


@cache
def _pas_un_lieu() -> frozenset[str]:
    return vocabulaire().pas_un_lieu | vocabulaire().jours


@dataclass(frozen=True)
class LieuDate:
    """Ce qu'une ligne dit du lieu et de la date de la lettre. ``complete`` : jour, mois et année."""

    lieu: bool
    date: bool
    complete: bool


def lieu_et_date(ligne: Ligne) -> LieuDate | None:
    """Le lieu et la date de la lettre, si la ligne ne dit rien d'autre.

    >>> lieu_et_date(Ligne(0, 0, "casablanca, le 3 mai", 0, 0))
    LieuDate(lieu=True, date=True, complete=False)
    >>> lieu_et_date(Ligne(0, 0, "facture du 3 mai 2026", 0, 0)) is None
    True
    """
    if len(ligne.plat) > _LIGNE_DATEE_MAXIMALE:
        return None
    trouve = _lieu_et_date().match(ligne.plat)
    if not trouve:
        return None
    mots = [
        mot
        for mot in mots_simples(trouve["lieu"] or trouve["lieu_apres"] or "")
        if mot not in {"le", "ce"}
    ]
    if len(mots) > _LIEU_MAXIMAL or any(
        mot in _pas_un_lieu() and mot not in vocabulaire().articles_d_un_lieu for mot in mots
    ):
        return None
    annonce = (
        trouve["fait"]
        or re.match(r"(?:lieu|ville)\s*:", ligne.plat)
        or re.search(r"\b(?:le|ce)\s*[.,:;]*\s*$", ligne.plat)
    )
    if not trouve["date"] and not (mots and annonce):
        return None  # une ville seule termine une adresse
    complete = bool(trouve["iso"] or trouve["an"])
    return LieuDate(bool(mots), bool(trouve["date"]), complete)


def lieu_et_date_dans(ligne: Ligne) -> tuple[int, int, LieuDate] | None:
    """Un « Rabat, le 3 mai 2026 » mêlé à autre chose sur la même ligne : ses bornes dans le texte, et ce qu'il dit."""
    for trouve in _lieu_et_date_melees().finditer(ligne.plat):
        if trouve["lieu"] not in _pas_un_lieu():
            complete = bool(trouve["iso"] or trouve["an"])
            return (
                ligne.debut + trouve.start(),
                ligne.debut + trouve.end(),
                LieuDate(True, True, complete),
            )
    return None


def peut_etre_une_ville(ligne: Ligne) -> bool:
    """Une ligne d'un seul mot : après une rue, ou au-dessus de la date, c'est une ville.

    >>> [peut_etre_une_ville(Ligne(0, 0, plat, 0, 0)) for plat in ("la rochelle", "nadia alaoui", "facture")]
    [True, False, False]
    """
    v = vocabulaire()
    mots = [mot for mot in ligne.mots if mot not in v.articles_d_un_lieu]
    return len(mots) == 1 and mots[0].isalpha() and mots[0] not in v.pas_un_lieu | v.etiquettes


def commence_une_phrase(plat: str) -> bool:
    """« nous vous écrivons… » : ce qui suit une formule d'appel."""
    mots = mots_simples(plat)
    ouvre = len(mots) >= 3 and mots[0] in vocabulaire().debuts_de_phrase | vocabulaire().articles
    return (ouvre or len(mots) >= MOTS_D_UNE_PHRASE) and not est_une_adresse(plat)


def est_une_phrase(ligne: Ligne) -> bool:
    """Une ligne du corps de la lettre, par opposition à l'en-tête et à la signature."""
    v = vocabulaire()
    etiquette = v.pour_le_destinataire.match(ligne.plat) or v.pour_l_expediteur.match(ligne.plat)
    if etiquette or contenu_de_l_objet(ligne) is not None or lieu_et_date(ligne):
        return False
    mots = ligne.mots
    if len(mots) >= 2 * MOTS_D_UNE_PHRASE:
        return True
    ouvre = len(mots) >= 3 and mots[0] in vocabulaire().debuts_de_phrase
    parle = any(
        mot in lexique().mots_outils and mot not in vocabulaire().liens_d_un_nom for mot in mots
    )
    return ouvre or (len(mots) >= MOTS_D_UNE_PHRASE and parle and not est_une_adresse(ligne.plat))
