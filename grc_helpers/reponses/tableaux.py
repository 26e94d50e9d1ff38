"""Lire un tableau écrit avec des barres verticales, ou collé depuis un tableur (tabulations).

La première ligne nomme les colonnes, la première case de chaque ligne est son libellé. Une barre qui fait partie du texte
d'une case s'écrit ``\\|`` : c'est ce que fait le formulaire de saisie (``grille.js``). L'ordre des lignes et des colonnes
est libre ; un libellé un peu changé est reconnu ; ce qui ne l'est pas devient une remarque, jamais une erreur.
"""

import difflib
import re
from dataclasses import dataclass, field

from grc_helpers.calculs.case import Case
from grc_helpers.francais.forme import Forme, lignes_en_forme
from grc_helpers.francais.nombres import NombreLu, lire_nombre, sans_accents

LIGNES_MAXIMUM = 200
RESSEMBLANCE = 0.8
_FIN_DE_LIGNE = re.compile("\n")
_SEPARATEUR = re.compile(r"\t|(?<!\\)\|")
_POINT_VIRGULE = re.compile(";")


@dataclass
class TableauLu:
    """Les textes lus, case par case, et les remarques à montrer à la personne."""

    colonnes: list[str] = field(default_factory=list)
    lignes: list[str] = field(default_factory=list)
    textes: dict[Case, str] = field(default_factory=dict)
    remarques: list[str] = field(default_factory=list)

    def nombres(self) -> dict[Case, NombreLu]:
        """Les cases lues comme des nombres (celles qui sont vides donnent un nombre vide)."""
        return {case: lire_nombre(texte) for case, texte in self.textes.items()}

    def valeurs(self) -> dict[Case, float]:
        """Les seules cases lisibles comme des nombres."""
        return {
            case: nombre.valeur
            for case, nombre in self.nombres().items()
            if nombre.valeur is not None
        }

    def remplies(self) -> int:
        return sum(bool(texte) for texte in self.textes.values())


def lire_tableau(texte: str, modele: TableauLu | None = None) -> TableauLu:
    """Lit le texte d'une réponse ``%%tableau``. Ne lève jamais d'erreur.

    ``modele`` : le tableau vierge de la version distribuée, quand on le connaît ; ses libellés font foi.

    >>> lu = lire_tableau("Clients | N1 | N2\\nPerdus | 10 | 9,5\\nRestants | 90 |")
    >>> lu.valeurs()["Perdus", "N2"]
    9.5
    >>> [str(case) for case, texte in lu.textes.items() if not texte]
    ['Restants N2']
    >>> lire_tableau("perdu\\t10\\t9,5", modele=lu).textes["Perdus", "N2"]
    '9,5'
    >>> lire_tableau("Clients | N1\\nPerdus | 10 \\\\| 12", modele=lu).textes["Perdus", "N1"]
    '10 | 12'
    """
    grille, entete = _decouper(lignes_en_forme(texte), modele)
    lu = TableauLu()
    colonnes = _colonnes(grille, entete, modele, lu)
    lu.colonnes = list(modele.colonnes) if modele else [nom for nom in colonnes if nom]
    lu.lignes = list(modele.lignes) if modele else []
    if modele:
        lu.textes = {Case(ligne, colonne): "" for ligne in lu.lignes for colonne in lu.colonnes}
    for cases in grille[1:] if entete else grille:
        _lire_ligne(cases, colonnes, modele, lu)
    return lu


def _decouper(forme: Forme, modele: TableauLu | None) -> tuple[list[list[str]], bool]:
    """Les cases de chaque ligne utile, telles qu'elles sont écrites, et si la première nomme les colonnes."""
    texte = forme.texte
    lignes = [
        (debut, fin)
        for debut, fin in _entre(_FIN_DE_LIGNE, texte, 0, len(texte))
        if texte[debut:fin].strip(" |-:\t")
    ]
    lignes = lignes[:LIGNES_MAXIMUM]
    # Écriture encadrée « | Perdus | 10 | » : la barre de tête n'ouvre pas de case.
    encadre = bool(lignes) and all(texte[d:f].lstrip().startswith("|") for d, f in lignes)
    grille = [
        _cases(forme, texte.index("|", debut) + 1 if encadre else debut, fin)
        for debut, fin in lignes
    ]
    return grille, bool(grille) and _est_entete(grille[0], modele)


def _entre(separateur: re.Pattern, texte: str, debut: int, fin: int) -> list[tuple[int, int]]:
    """Les bornes de ce que le séparateur sépare, entre deux places du texte."""
    coupes = [coupe.span() for coupe in separateur.finditer(texte, debut, fin)]
    debuts, fins = [debut, *(apres for _, apres in coupes)], [*(avant for avant, _ in coupes), fin]
    return list(zip(debuts, fins, strict=True))


def _cases(forme: Forme, debut: int, fin: int) -> list[str]:
    barres = _SEPARATEUR if re.search(r"[|\t]", forme.texte[debut:fin]) else _POINT_VIRGULE
    cases = []
    for gauche, droite in _entre(barres, forme.texte, debut, fin):
        case = forme.texte[gauche:droite]
        gauche += len(case) - len(case.lstrip(" "))
        cases.append(forme.ecrit(gauche, gauche + len(case.strip(" "))).replace("\\|", "|"))
    return cases


def _est_entete(cases: list[str], modele: TableauLu | None) -> bool:
    connus = {sans_accents(nom) for nom in modele.lignes} if modele else set()
    return (
        any(cases[1:])
        and sans_accents(cases[0]) not in connus
        and not any(_est_un_nombre(case) for case in cases[1:])
    )


def _est_un_nombre(case: str) -> bool:
    """Une valeur, et non « 1er trimestre » ou « 9h30 », qui peuvent nommer une colonne."""
    lu = lire_nombre(case)
    return lu.valeur is not None and not lu.tournure


def _colonnes(grille, entete, modele, lu) -> list[str]:
    """Le nom de la colonne de chaque case après le libellé ; « » pour une colonne à ignorer."""
    if not entete:
        return list(modele.colonnes) if modele else []
    noms = grille[0][1:]
    if not modele:
        while noms and not noms[-1]:
            noms = noms[:-1]
        return noms
    connues = {sans_accents(nom): nom for nom in modele.colonnes}
    reconnues = [connues.get(sans_accents(nom), "") for nom in noms]
    if not any(reconnues):
        return list(modele.colonnes)
    en_trop = [nom for nom, reconnue in zip(noms, reconnues, strict=True) if nom and not reconnue]
    if en_trop:
        lu.remarques.append(f"Colonne non prévue, ignorée : {', '.join(en_trop)}.")
    return reconnues


def _lire_ligne(cases: list[str], colonnes: list[str], modele, lu: TableauLu) -> None:
    libelle = _libelle(cases[0], modele, lu)
    if not libelle:
        return
    if libelle not in lu.lignes:
        lu.lignes.append(libelle)
    if any(cases[1 + len(colonnes) :]):
        lu.remarques.append(
            f"{libelle} : il y a plus de cases que de colonnes ; les dernières sont ignorées."
        )
    for rang, colonne in enumerate(colonnes):
        if not colonne:
            continue
        case, texte = Case(libelle, colonne), cases[rang + 1] if rang + 1 < len(cases) else ""
        ancien = lu.textes.get(case, "")
        if ancien and texte and ancien != texte:
            lu.remarques.append(
                f"{case} : écrit deux fois (« {ancien} » puis « {texte} ») ; je garde le dernier."
            )
        lu.textes[case] = texte or ancien


def _libelle(ecrit: str, modele, lu: TableauLu) -> str:
    """Le libellé de la version distribuée qui correspond à ce qui est écrit ; « » si aucun."""
    if not modele:
        return ecrit.strip("* ")
    connus = {sans_accents(nom): nom for nom in modele.lignes}
    cherche = sans_accents(ecrit.strip("* "))
    if cherche in connus:
        return connus[cherche]
    proches = difflib.get_close_matches(cherche, connus, n=1, cutoff=RESSEMBLANCE)
    if proches:
        lu.remarques.append(f"Libellé modifié : « {ecrit} » est lu comme « {connus[proches[0]]} ».")
        return connus[proches[0]]
    if re.search(r"\w", ecrit):
        lu.remarques.append(f"Ligne non reconnue, ignorée : « {ecrit[:40]} ».")
    return ""
