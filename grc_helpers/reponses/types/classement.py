"""``%%classement q6 a b c`` : chaque élément de la cellule va dans une des boîtes de la magie ; l'énoncé dit ce que sont les boîtes."""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from grc_helpers.calculs.case import Case
from grc_helpers.francais.forme import lignes_en_forme
from grc_helpers.francais.nombres import sans_accents
from grc_helpers.reponses.tableaux import RESSEMBLANCE
from grc_helpers.reponses.types.contrat import Cellule, Controle, TypeDeReponse, en_texte

_LIGNE_MAXIMUM = 500  # caractères lus d'une ligne
_SEPARATEUR = re.compile(r"\s*(?:->|→|[:=|\t])\s*")
_AUTOUR = re.compile(r"^(?:(?:dans )?la )?(?:boite|lettre) |^[\s(«\"']+|[\s.;,)»\"']+$")


@dataclass
class ClassementLu:
    """La boîte de chaque élément, vide s'il n'est pas placé ; ``inconnues`` : ce qui est écrit là où l'on attendait une boîte."""

    places: dict[str, str] = field(default_factory=dict)
    inconnues: dict[str, str] = field(default_factory=dict)
    remarques: list[str] = field(default_factory=list)

    def placer(self, element: str, boite: str, ecrite: str) -> None:
        ancienne = self.places.get(element, "")
        if boite and ancienne and boite != ancienne:
            self.remarques.append(
                f"« {element[:40]} » est placé deux fois ({ancienne}, puis {boite}) ; la dernière boîte compte."
            )
        self.places[element] = boite or ancienne
        if ecrite and not boite:
            self.inconnues[element] = ecrite


def lire_classement(
    texte: str,
    boites: Sequence[str],
    noms: Mapping[str, str] | None = None,
    elements: Collection[str] = (),
) -> ClassementLu:
    """Lit une ligne « élément : boîte » par élément, dans n'importe quel ordre. Ne lève jamais d'erreur.

    ``noms`` : ce que l'énoncé dit de chaque boîte, et qui vaut sa lettre ; ``elements`` : ceux à placer, si on les connaît. Sans eux,
    chaque ligne nomme le sien.

    >>> lu = lire_classement("Nadir : A\\nzoé -> client fidele", ("a", "b"), {"b": "client fidèle"}, ["Zoé", "Nadir", "Léo"])
    >>> lu.places
    {'Zoé': 'b', 'Nadir': 'a', 'Léo': ''}
    >>> lire_classement("Nadir : z", ("a", "b")).inconnues
    {'Nadir': 'z'}
    """
    lu = ClassementLu(dict.fromkeys(elements, ""))
    for ligne in lignes_en_forme(texte[:20_000]).texte.split("\n"):
        if not ligne.strip():
            continue
        if not elements and not _SEPARATEUR.search(ligne.strip()):
            lu.remarques.append(
                f"Je ne reconnais pas la ligne « {ligne.strip()[:40]} ». Écrivez : élément : boîte."
            )
            continue
        ecrit, boite_ecrite = _couper(ligne.strip()[:_LIGNE_MAXIMUM], elements)
        element = _reconnaitre(ecrit, elements, lu)
        if element:
            boite = _boite(boite_ecrite, boites, noms or {})
            lu.placer(element, boite, boite_ecrite)
    return lu


def _coupes(ligne: str) -> Iterator[tuple[str, str]]:
    """Toutes les façons de couper la ligne, de la dernière à la première : un élément peut contenir « : »."""
    for trouve in reversed(list(_SEPARATEUR.finditer(ligne))):
        yield ligne[: trouve.start()].strip(), ligne[trouve.end() :].strip()


def _couper(ligne: str, elements: Collection[str]) -> tuple[str, str]:
    """L'élément et la boîte ; sans séparateur, toute la ligne est l'élément."""
    connus = {sans_accents(element) for element in elements}
    if sans_accents(ligne) in connus:
        return ligne, ""
    coupes = list(_coupes(ligne))
    connue = (coupe for coupe in coupes if sans_accents(coupe[0]) in connus)
    return next(connue, next((coupe for coupe in coupes if coupe[0]), (ligne, "")))


def _reconnaitre(ecrit: str, elements: Collection[str], lu: ClassementLu) -> str:
    """L'élément que cette écriture désigne ; « » si aucun."""
    if not elements:
        connus = {sans_accents(element): element for element in lu.places}
        return connus.get(sans_accents(ecrit), ecrit)
    connus = {sans_accents(element): element for element in elements}
    if sans_accents(ecrit) in connus:
        return connus[sans_accents(ecrit)]
    proches = difflib.get_close_matches(sans_accents(ecrit), connus, n=1, cutoff=RESSEMBLANCE)
    if not proches:
        lu.remarques.append(f"« {ecrit[:40]} » ne fait pas partie de ce qu'il faut classer.")
        return ""
    lu.remarques.append(f"« {ecrit[:40]} » est lu comme « {connus[proches[0]]} ».")
    return connus[proches[0]]


def _boite(ecrite: str, boites: Sequence[str], noms: Mapping[str, str]) -> str:
    """La boîte désignée par sa lettre, par son nom, ou par les deux ; « » si aucune."""
    permises = {sans_accents(boite): boite for boite in boites}
    par_nom = {sans_accents(noms[nom]): permises[nom] for nom in permises if nom in noms}
    cherchee, avant = sans_accents(ecrite), None
    while cherchee != avant:
        cherchee, avant = _AUTOUR.sub("", cherchee), cherchee
    if cherchee in par_nom:
        return par_nom[cherchee]
    lettre, _, nom = cherchee.partition(" ")
    lettre, nom = lettre.strip(".:)"), nom.strip(" .:()-–")
    if lettre in permises:  # ce qui suit la lettre la confirme, ou fait douter d'elle
        return permises[lettre] if not nom or par_nom.get(nom) == permises[lettre] else ""
    proches = difflib.get_close_matches(cherchee, par_nom, n=1, cutoff=RESSEMBLANCE)
    return par_nom[proches[0]] if proches else ""


class _Classement(TypeDeReponse):
    nom = "classement"

    def nombre_d_arguments(self, mots: list[str]) -> int:
        """Les boîtes."""
        return len(mots)

    def est_vide(self, corps: str, vierge: str) -> bool:
        """Rien n'est placé : ni les éléments dans un autre ordre, ni une ligne effacée ne font une réponse."""
        elements = lire_classement(vierge, ()).places
        if not elements:
            return super().est_vide(corps, vierge)
        lu = lire_classement(corps, (), elements=elements)
        return not lu.inconnues and not lu.remarques

    def controler(self, cellule: Cellule, deja_lues: dict[Case, float]) -> Controle:
        lu = lire_classement(cellule.corps, cellule.arguments)
        boites = ", ".join(cellule.arguments)
        inconnues = [
            f"« {ecrite[:40]} » n'est pas une boîte. Pour « {element[:40]} », écrivez une lettre : {boites}."
            for element, ecrite in lu.inconnues.items()
        ]
        return Controle(
            sum(bool(boite) for boite in lu.places.values()),
            max(1, len(lu.places)),
            a_reprendre=inconnues + lu.remarques,
        )

    def montrer(self, cellule: Cellule) -> str:
        """Chaque boîte et ce qu'elle contient, puis ce qui reste à placer."""
        lu = lire_classement(cellule.corps, cellule.arguments)
        rangees = [
            (boite, [element for element, place in lu.places.items() if place == boite])
            for boite in (*cellule.arguments, "")
        ]
        lignes = [
            f"<li><strong>{escape(boite or 'à placer')}</strong> : {escape(' ; '.join(contenu))}</li>"
            for boite, contenu in rangees
            if contenu
        ]
        return f"<ul>{''.join(lignes)}</ul>" if lignes else en_texte(cellule)


CLASSEMENT = _Classement()
