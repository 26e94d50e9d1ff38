"""Retrouver un nom dans un texte : un dossier, un nom de fichier, ce qu'un stagiaire a tapé. Sans accent, sans ordre imposé.

Le travail est borné quoi qu'on y ait écrit : un texte n'est lu que jusqu'à ``TEXTE_LU`` signes, et un nom tient en ``MOTS_D_UN_NOM`` mots.
"""

import re

from rapidfuzz import fuzz

from grc_helpers.francais.nombres import sans_accents

TEXTE_LU = 255  # signes : la longueur maximale d'un nom de fichier
MOTS_D_UN_NOM = 8
# « El Fassi » s'écrit aussi « Elfassi » ; des mots plus courts, collés, en feraient d'autres (« An Li », « Lian »).
_LETTRES_COLLEES = 5
_FAUTE_DE_FRAPPE = 80  # ressemblance de deux mots, sur 100
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "Œ": "OE", "Æ": "AE"})


def mots(texte: str) -> list[str]:
    """Les mots d'un texte, en minuscules et sans accent ; l'apostrophe, le trait d'union et le « _ » séparent.

    >>> mots("Léa N’GUYEN-Petit_s2_tp1 (1)")
    ['lea', 'n', 'guyen', 'petit', 's2', 'tp1', '1']
    """
    return re.findall(r"[^\W_]+", sans_accents(texte.translate(_LIGATURES)))


def colle(texte: str) -> str:
    """Les mots d'un texte, collés : Moodle efface les apostrophes, d'autres les changent en « _ ».

    >>> colle("N'Guyen-Petit") == colle("NGuyen Petit") == colle("N_Guyen_Petit")
    True
    """
    return "".join(mots(texte))


def nomme(texte: list[str], noms: list[str]) -> bool:
    """Vrai si chacun des ``noms`` est dans les mots du ``texte``, sans qu'un même mot serve deux fois.

    Des mots voisins peuvent être collés d'un côté et séparés de l'autre. De gauche à droite, on retient seulement quels noms sont
    déjà trouvés : le travail suit la longueur du texte, même quand un mot y revient cent fois.

    >>> nomme(mots("tp NGuyen léa"), ["lea", "nguyen"]), nomme(mots("Lea_N_Guyen-G2"), ["lea", "nguyen"])
    (True, True)
    >>> nomme(mots("Amine ELFASSI"), ["amine", "el", "fassi"]), nomme(mots("tp el fassi amine"), ["amine", "elfassi"])
    (True, True)
    >>> nomme(mots("Martin"), ["martin", "martin"]), nomme(mots("plan libre"), ["an", "li"])
    (False, False)
    """
    noms = [nom for nom in noms if nom]
    if not noms:
        return False
    if len(noms) > MOTS_D_UN_NOM:
        noms = [*noms[: MOTS_D_UN_NOM - 1], "".join(noms[MOTS_D_UN_NOM - 1 :])]
    suites = _suites(noms)
    tous, plus_longue = (1 << len(noms)) - 1, max(map(len, suites))
    trouves: list[set[int]] = [{0}, *(set() for _ in texte)]
    for debut in range(len(texte)):
        trouves[debut + 1] |= trouves[debut]
        morceau = ""
        for fin in range(debut, len(texte)):
            morceau += texte[fin]
            if len(morceau) > plus_longue:
                break
            for places in suites.get(morceau, ()):
                trouves[fin + 1] |= {deja | places for deja in trouves[debut] if not deja & places}
    return tous in trouves[-1]


def _suites(noms: list[str]) -> dict[str, set[int]]:
    """Ce que donnent des noms voisins, collés, et la place (un bit) de chacun. Le dernier est voisin du premier."""
    suites: dict[str, set[int]] = {}
    for debut in range(len(noms)):
        suite, places = "", 0
        for rang in range(len(noms)):
            place = (debut + rang) % len(noms)
            suite, places = suite + noms[place], places | 1 << place
            if rang == 0 or len(suite) >= _LETTRES_COLLEES:
                suites.setdefault(suite, set()).add(places)
    return suites


def memes_noms(noms: list[str], autres: list[str]) -> bool:
    """Vrai pour les mêmes mots, dans un autre ordre ou autrement collés.

    >>> memes_noms(["amine", "el", "fassi"], ["elfassi", "amine"]), memes_noms(["lea", "dupont"], ["lea", "dupont", "roux"])
    (True, False)
    """
    return lettres(noms) == lettres(autres) and nomme(noms, autres)


def lettres(noms: list[str]) -> str:
    """Les lettres d'un nom, rangées : les mêmes pour deux écritures du même nom.

    >>> lettres(["lea", "roux"])
    'aelorux'
    """
    return "".join(sorted("".join(noms)))


def ressemblance(un: str, autre: str) -> float:
    """De 0 à 100, combien deux textes déjà collés se ressemblent.

    >>> ressemblance("amineelfassi", "amineelfasi") > 90 > 60 > ressemblance("hugoalami", "lea")
    True
    """
    return fuzz.ratio(un[:TEXTE_LU], autre[:TEXTE_LU])


def mots_proches(noms: list[str], autres: list[str]) -> bool:
    """Vrai si chaque mot d'un nom est dans l'autre, à une faute de frappe près : « Mohamed Amine » n'est pas « Mohamed Ali ».

    >>> mots_proches(["sara", "benani"], ["bennani", "sarah"]), mots_proches(["mohamed", "amine"], ["mohamed", "ali"])
    (True, False)
    """
    restants = list(autres[:MOTS_D_UN_NOM])
    if len(noms) != len(autres) or len(noms) > MOTS_D_UN_NOM:
        return False
    for nom in noms:
        proche = max(restants, key=lambda autre: ressemblance(nom, autre))
        if ressemblance(nom, proche) < _FAUTE_DE_FRAPPE:
            return False
        restants.remove(proche)
    return True
