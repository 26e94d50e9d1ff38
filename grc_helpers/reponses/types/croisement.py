"""``%%croisement q3 A B C`` : un tableau à deux entrées, où chaque élément de la magie s'écrit dans une case. Des cases restent vides."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from grc_helpers.calculs.case import Case
from grc_helpers.francais.forme import en_une_forme
from grc_helpers.francais.nombres import sans_accents
from grc_helpers.reponses.libelles import citer
from grc_helpers.reponses.types.association import lire_association
from grc_helpers.reponses.types.contrat import Cellule, Controle
from grc_helpers.reponses.types.tableau import _Tableau, lire_selon, lire_seul

_SANS_ELEMENT = {"client", "clients", "et", "le", "les", "aucun", "personne", "rien", "vide", "x"}


@dataclass
class CroisementLu:
    """Les cases où chaque élément est écrit, et ce qu'on n'a pas su lire."""

    places: dict[str, list[Case]] = field(default_factory=dict)
    remarques: list[str] = field(default_factory=list)


def lire_croisement(corps: str, elements: Sequence[str], vierge: str = "") -> CroisementLu:
    """Lit un tableau croisé. Ne lève jamais d'erreur. ``vierge`` : le tableau distribué, si on le connaît ; ses libellés font foi.

    >>> lu = lire_croisement("Classes | fort | faible\\nClasse A | b | A, et le client C\\nClasse B | – | D", "ABCD")
    >>> lu.places["A"], lu.places["C"] == lu.places["A"], lu.remarques
    ([Case(ligne='Classe A', colonne='faible')], True, [])
    >>> lire_croisement("Classes | fort\\nClasse A | B, Z", "AB").remarques
    ['Classe A fort : je ne sais pas qui est « Z ».']
    >>> lire_croisement("Classes | fort\\nClasse A |", "AB", vierge="Classes | fort\\nClasse A |").remarques
    []
    """
    lu = CroisementLu({element: [] for element in elements})
    tableau = lire_selon(corps, vierge) if vierge else lire_seul(corps)
    if vierge and tableau.non_lu and not tableau.remplies():
        return _lire_des_numeros(corps, lu, list(tableau.textes))
    lu.remarques += tableau.non_lu
    connus = {sans_accents(element): element for element in elements}
    for case, texte in tableau.textes.items():
        for mot in _mots(texte):
            trouves = _designes(mot, connus)
            if not trouves and sans_accents(mot) not in _SANS_ELEMENT:
                lu.remarques.append(f"{case} : je ne sais pas qui est « {citer(mot, 20)} ».")
            for element in trouves:
                if case not in lu.places[element]:
                    lu.places[element].append(case)
    return lu


def _mots(texte: str) -> list[str]:
    return "".join(signe if signe.isalnum() else " " for signe in en_une_forme(texte)).split()


def _designes(mot: str, connus: dict[str, str]) -> list[str]:
    """« B » désigne un élément, « AFG » trois, si chaque lettre en est un."""
    nu = sans_accents(mot)
    if nu in connus:
        return [connus[nu]]
    colles = mot.isupper() and len(mot) <= len(connus) and all(signe in connus for signe in nu)
    return [connus[signe] for signe in nu] if colles else []


def _lire_des_numeros(corps: str, lu: CroisementLu, cases: list[Case]) -> CroisementLu:
    """Une copie d'avant la grille donne à chaque élément le numéro de sa case, comptée ligne après ligne : « Client A : 8 »."""
    lues = lire_association(corps)
    lu.remarques += lues.non_lu
    for libelle, numero in lues.paires.items():
        element = libelle.split()[-1] if libelle.split() else ""
        if element in lu.places and numero.isdigit() and 1 <= int(numero) <= len(cases):
            lu.places[element] = [cases[int(numero) - 1]]
    return lu


class _Croisement(_Tableau):
    nom = "croisement"

    def nombre_d_arguments(self, mots: list[str]) -> int:
        """Les éléments à placer."""
        return len([mot for mot in mots if "|" not in mot])

    def controler(
        self, cellule: Cellule, deja_lues: dict[Case, float], vierge: Cellule | None = None
    ) -> Controle:
        lu = lire_croisement(cellule.corps, cellule.arguments, vierge.corps if vierge else "")
        places = [element for element, cases in lu.places.items() if cases]
        manquent = [element for element in cellule.arguments if element not in places]
        doubles = [
            f"{element} est dans {len(cases)} cases : gardez-en une."
            for element, cases in lu.places.items()
            if len(cases) > 1
        ]
        oubli = [f"Il manque : {', '.join(manquent)}."] if places and manquent else []
        return Controle(
            len(places), max(1, len(cellule.arguments)), [*lu.remarques, *doubles, *oubli]
        )

    def montrer_une_case(self, texte: str) -> Markup:
        return Markup("<td>{}</td>").format(texte or "–")

    def calcul(self, cellule: Cellule) -> str:
        return ""


CROISEMENT = _Croisement()
