"""Reconnaître un libellé écrit autrement, et dire ce qu'un texte ajoute à un autre. Tout ici est borné, et va d'un bout à l'autre du texte
sans y revenir : ni une ligne très longue ni dix mille lignes ne font attendre."""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from grc_helpers.francais.forme import Forme, lignes_en_forme
from grc_helpers.francais.nombres import sans_accents

LIGNES_MAXIMUM = 200
LIGNE_MAXIMUM = 500  # caractères lus d'une ligne
LIBELLE_MAXIMUM = 200
CITATION = 300  # caractères d'un texte dans un motif
CITATIONS = 10  # textes cités dans un motif
RESSEMBLANCE = 0.8
_ECART = 0.1  # de ressemblance, en deçà duquel deux libellés sont aussi probables l'un que l'autre

# Ce qui entoure un libellé sans en faire partie : puces, titre ou commentaire, gras ; guillemets ; ponctuation finale.
_GUILLEMETS = "«»“”\"'’‘`"
_GRAS = " \t\u00a0\u202f*_~"
_PUCES = _GRAS + "-+•·‣▪◦►>#–—−" + _GUILLEMETS
_FIN = _GRAS + "-–—−.;,:"
_SEPARATEURS = ("=>", "->", "→", ":", "=", "|", "\t")
_TIRETS = (" - ", " – ", " — ")
_LIGATURES = "œæ"  # qu'un encodage pauvre remplace par « ? »
_REMPLISSAGE = " \t\r\n\u00a0\u202f|:;=->→"  # ce qui dessine une case vide
_ESPACE_PERDUE = re.compile(r"(?<=\d)\?(?=\d)")  # l'espace fine d'un nombre, remplacée par « ? »
_EN_ESPACES = str.maketrans({"|": " ", ";": " "})


@dataclass(frozen=True)
class Rapprochement:
    """Le libellé du cours que désigne une écriture, « » si aucun. ``certain`` : les mêmes mots, à la présentation près."""

    nom: str = ""
    certain: bool = False


def lignes_utiles(texte: str, longueur: int = LIGNE_MAXIMUM) -> tuple[list[str], list[str]]:
    """Les lignes qui ne sont pas blanches, coupées à ``longueur``, et ce qu'il faut dire si elles ne sont pas toutes lues en entier.

    >>> lignes_utiles("a : b\\r\\n\\n  c : d")
    (['a : b', '  c : d'], [])
    """
    lignes, dites = formes_utiles(texte, longueur)
    return [ligne.texte for ligne in lignes], dites


def formes_utiles(texte: str, longueur: int) -> tuple[list[Forme], list[str]]:
    """Les mêmes lignes, pour qui doit aussi retrouver ce qui était écrit."""
    forme, lignes, debut = lignes_en_forme(texte), [], 0
    for ligne in forme.texte.split("\n"):
        if ligne.strip():
            lignes.append(forme.morceau(debut, debut + len(ligne)))
        debut += len(ligne) + 1
    dites = []
    if len(lignes) > LIGNES_MAXIMUM:
        suite = citer(lignes[LIGNES_MAXIMUM].texte, 40)
        dites.append(
            f"Seules les {LIGNES_MAXIMUM} premières lignes sont lues ; la suite commence par « {suite} »."
        )
    lignes = lignes[:LIGNES_MAXIMUM]
    if any(len(ligne.texte) > longueur for ligne in lignes):
        dites.append(
            f"Une ligne est très longue : seuls ses {longueur} premiers caractères sont lus."
        )
    return [ligne.morceau(0, longueur) for ligne in lignes], dites


def coupes(ligne: str) -> Iterator[tuple[str, str]]:
    """Toutes les façons de couper une ligne « libellé : réponse », de la dernière à la première : un libellé peut contenir « : ».

    >>> list(coupes("Il dit : oui -> c"))
    [('Il dit : oui', 'c'), ('Il dit', 'oui -> c')]
    """
    fin = len(ligne)
    while (trouve := _dernier_separateur(ligne, fin)) is not None:
        rang, separateur = trouve
        yield ligne[:rang].strip(), ligne[rang + len(separateur) :].strip()
        fin = rang


def _dernier_separateur(ligne: str, fin: int) -> tuple[int, str] | None:
    trouves = [(ligne.rfind(signe, 0, fin), signe) for signe in _SEPARATEURS]
    # « -> » finit là où « → » commencerait : à rang égal, le plus long l'emporte.
    rang, signe = max(trouves, key=lambda trouve: (trouve[0], len(trouve[1])))
    return (rang, signe) if rang >= 0 else None


def couper_au_tiret(ligne: str) -> tuple[str, str] | None:
    """La ligne coupée à son dernier tiret entre deux espaces, à défaut à sa dernière espace ; None si elle n'en a pas.

    >>> couper_au_tiret("Prix - a"), couper_au_tiret("Client A c")
    (('Prix', 'a'), ('Client A', 'c'))
    """
    rang, tiret = max((ligne.rfind(tiret), tiret) for tiret in _TIRETS)
    if rang < 0:
        rang, tiret = ligne.strip().rfind(" "), " "
        ligne = ligne.strip()
    return (ligne[:rang].strip(), ligne[rang + len(tiret) :].strip()) if rang > 0 else None


def depouiller(ecrit: str) -> str:
    """Le libellé sans ce qui l'entoure : puce, numéro, guillemets, gras, « # ».

    >>> depouiller("- **« Produit »**"), depouiller("1) Prix"), depouiller("case 1")
    ('Produit', 'Prix', 'case 1')
    """
    ecrit = ecrit[: 2 * LIBELLE_MAXIMUM]
    nu = _sans_numero(ecrit.lstrip(_PUCES)).lstrip(_PUCES)
    # Un guillemet fermant s'en va avec celui qui l'ouvre ; seul, il fait partie du libellé : « tapez 1 ».
    ouvert = set(ecrit[: len(ecrit) - len(nu)]) & set(_GUILLEMETS)
    return nu.rstrip(_FIN + _GUILLEMETS if ouvert else _FIN)


def _sans_numero(texte: str) -> str:
    """« 1. », « 2) », « (3) », « b) » en tête d'une ligne de liste."""
    debut = texte.removeprefix("(")
    chiffres = len(debut) - len(debut.lstrip("0123456789"))
    longueur = chiffres if 0 < chiffres <= 2 else int(debut[:1].isalpha() and debut[1:2] == ")")
    numero, suite = debut[:longueur], debut[longueur:]
    if numero and suite[:1] in (")", ".", "°") and suite[1:].strip() and not suite[1:2].isdigit():
        return suite[1:]
    return texte


def rapprocher(ecrit: str, connus: Collection[str]) -> Rapprochement:
    """Le libellé connu que désigne cette écriture : pareille, habillée autrement ou fautive. S'il y en a deux, aucun.

    >>> rapprocher("• PRODUIT", ["Produit", "Prix"])
    Rapprochement(nom='Produit', certain=True)
    >>> rapprocher("Cliant A", ["Client A", "Client B"]).nom, rapprocher("Client K", ["Client A", "Client B"]).nom
    ('Client A', '')
    """
    ecrit = ecrit[:LIBELLE_MAXIMUM]
    for forme in (sans_accents, _nu):
        cherche = forme(ecrit)
        pareils = [connu for connu in connus if cherche and forme(connu) == cherche]
        if len(pareils) == 1:
            return Rapprochement(pareils[0], certain=True)
    return Rapprochement(_le_plus_proche(_nu(ecrit), connus))


def rapprocher_meme_abrege(ecrit: str, connus: Collection[str]) -> Rapprochement:
    """Comme ``rapprocher`` ; une écriture abrégée désigne le seul libellé qui en a tous les mots.

    >>> rapprocher_meme_abrege("A", ["Client A", "Client B"]).nom, rapprocher_meme_abrege("Client", ["Client A", "Client B"]).nom
    ('Client A', '')
    """
    trouve = rapprocher(ecrit, connus)
    if trouve.nom:
        return trouve
    cherche = _nu(ecrit[:LIBELLE_MAXIMUM])
    abreges = [connu for connu in connus if _abrege(cherche, sans_accents(connu))]
    return Rapprochement(abreges[0]) if len(abreges) == 1 else trouve


def _nu(ecrit: str) -> str:
    """Les mots du libellé, sans rien de ce qui les habille."""
    return " ".join(_mots_simples(sans_accents(depouiller(ecrit))))


def _mots_simples(texte: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in texte).split()


def _abrege(cherche: str, connu: str) -> bool:
    """Chaque mot écrit est un mot du libellé, ou le début d'un de ses mots."""
    ecrits, restants = _mots_simples(cherche), _mots_simples(connu)
    for mot in ecrits:
        trouve = next(
            (
                autre
                for autre in restants
                if autre == mot or (len(mot) > 2 and autre.startswith(mot))
            ),
            None,
        )
        if trouve is None:
            return False
        restants.remove(trouve)
    return bool(ecrits)


def _reperes(texte: str) -> str:
    """Les chiffres et les lettres isolées : ce qui distingue « Client A » de « Client B », et ne se devine pas."""
    return "".join(
        mot for mot in _mots_simples(texte) if len(mot) == 1 or any(map(str.isdigit, mot))
    )


def _le_plus_proche(cherche: str, connus: Collection[str]) -> str:
    if len(cherche) < 3:
        return ""
    simples = {connu: _nu(connu)[:LIBELLE_MAXIMUM] for connu in connus}
    memes = [connu for connu in simples if _reperes(simples[connu]) == _reperes(cherche)]
    notes = [(_ressemblance(cherche, simples[connu]), connu) for connu in memes or simples]
    notes = sorted((note for note in notes if note[0] >= RESSEMBLANCE), reverse=True)
    if not notes or (len(notes) > 1 and notes[0][0] - notes[1][0] < _ECART):
        return ""
    return notes[0][1]


def _ressemblance(un: str, autre: str) -> float:
    """De 0 à 1 ; les deux premières mesures, rapides, suffisent à écarter presque tout."""
    calcul = difflib.SequenceMatcher(None, un, autre)
    if min(calcul.real_quick_ratio(), calcul.quick_ratio()) < RESSEMBLANCE:
        return 0.0
    return calcul.ratio()


def ajout(texte: str, modele: str) -> str:
    """Ce que le texte dit de plus que son modèle, du premier au dernier mot ajouté ; « » s'il n'ajoute rien.

    Les espaces, la ponctuation, les accents, les majuscules et l'ordre des lignes ne comptent pas ; ce qui manque non plus.

    >>> ajout("Combien de clients ? 400, je crois.", "Combien de clients ?")
    '400, je crois.'
    >>> ajout("| Prix |  |", "Produit |\\nPrix |")
    ''
    """
    ecrits, du_modele = list(_mots(texte)), [mot for mot, _, _ in _mots(modele)]
    debut, fin = 0, 0
    bord = min(len(ecrits), len(du_modele))
    while debut < bord and ecrits[debut][0] == du_modele[debut]:
        debut += 1
    while fin < bord - debut and ecrits[-1 - fin][0] == du_modele[-1 - fin]:
        fin += 1
    restants = Counter(du_modele[debut : len(du_modele) - fin])
    en_trop = []
    for mot, gauche, droite in ecrits[debut : len(ecrits) - fin]:
        if restants[mot]:
            restants[mot] -= 1
        else:
            en_trop.append((gauche, droite))
    return texte[en_trop[0][0] : en_trop[-1][1]] if en_trop else ""


def dit_autre_chose(texte: str, modele: str) -> bool:
    """Le texte a-t-il un mot, ou un signe, que son modèle n'a pas ? Répéter le modèle, ou en dessiner les cases, ne dit rien.

    >>> dit_autre_chose("Prix | |\\nPrix | - |", "Prix |"), dit_autre_chose("Prix | ?", "Prix |")
    (False, True)
    >>> dit_autre_chose("Æ", "Prix |")
    True
    """
    mots = {mot for mot, _, _ in _mots(modele)}
    signes = set(modele + _REMPLISSAGE)
    return any(mot not in mots for mot, _, _ in _mots(texte)) or any(
        signe not in signes and not signe.isalnum() for signe in set(texte)
    )


def _mots(texte: str) -> Iterator[tuple[str, int, int]]:
    """Les mots d'un texte sous leur forme simple, et leurs bornes.

    >>> [mot for mot, _, _ in _mots("1?250 ? au c?ur")], [mot for mot, _, _ in _mots("1\\u202f250 € au cœur")]
    (['1', '250', 'au', 'cur'], ['1', '250', 'au', 'cur'])
    """
    fin = 0
    for brut in _ESPACE_PERDUE.sub(" ", texte).translate(_EN_ESPACES).split():
        debut = texte.index(brut, fin)
        fin = debut + len(brut)
        if mot := _mot(brut):
            yield mot, debut, fin


def _mot(brut: str) -> str:
    lettres = "".join(c for c in sans_accents(brut) if c.isalnum())
    # Un dessin (« 👍 »), une ligature seule sont une réponse ; le signe d'un caractère perdu n'en est pas une.
    return (
        "".join(c for c in lettres if c not in _LIGATURES)
        or lettres
        or "".join(c for c in brut if unicodedata.category(c) == "So" and c != "\ufffd")
    )


def citer(texte: str, longueur: int = CITATION) -> str:
    """Le début d'un texte sur une seule ligne, sans caractère de commande.

    >>> citer("un\\x1b[2J deux\\n trois", 12)
    'un [2J deux…'
    """
    debut = "".join(map(_affichable, " ".join(texte[: 4 * longueur].split())))
    court = " ".join(debut.split())
    coupe = len(court) > longueur or len(texte) > 4 * longueur
    return court[: longueur - 1].rstrip() + "…" if coupe else court


def _affichable(signe: str) -> str:
    """Un signe qui ne se voit pas ne coupe pas le mot où il est ; un caractère de commande devient une espace."""
    if signe.isprintable():
        return signe
    return "" if unicodedata.category(signe) == "Cf" else " "


def citer_tout(textes: Sequence[str]) -> str:
    """Le début de chaque texte, entre guillemets.

    >>> citer_tout(["un", "deux"])
    '« un » ; « deux »'
    """
    cites = " ; ".join(f"« {citer(texte)} »" for texte in textes[:CITATIONS])
    reste = len(textes) - CITATIONS
    return cites if reste <= 0 else f"{cites} ; et {reste} de plus"
