"""``%%classement q6 a b c`` : chaque élément de la cellule va dans une des boîtes de la magie ; l'énoncé dit ce que sont les boîtes."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import sans_accents
from grc_helpers.reponses.libelles import (
    citer,
    coupes,
    depouiller,
    lignes_utiles,
    rapprocher,
)
from grc_helpers.reponses.types.contrat import Cellule, Controle, TypeDeReponse, en_texte

_BORDS = " \t\u00a0\u202f.;,()«»“”\"'’*_`"
_DEVANT = ("dans la boite ", "la boite ", "boite ", "dans la ", "la lettre ", "lettre ")


@dataclass
class ClassementLu:
    """La boîte de chaque élément, vide s'il n'est pas placé ; ``inconnues`` : ce qui est écrit là où l'on attendait une boîte ;
    ``rapprochements`` : celles des remarques qui disent comment un élément est compris."""

    places: dict[str, str] = field(default_factory=dict)
    inconnues: dict[str, str] = field(default_factory=dict)
    remarques: list[str] = field(default_factory=list)
    rapprochements: list[str] = field(default_factory=list)

    @property
    def non_lu(self) -> list[str]:
        return [remarque for remarque in self.remarques if remarque not in self.rapprochements]

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
    lignes, dites = lignes_utiles(texte)
    lu = ClassementLu(dict.fromkeys(elements, ""), remarques=dites)
    for ligne in lignes:
        if not elements and next(coupes(ligne), None) is None:
            lu.remarques.append(
                f"Je ne reconnais pas la ligne « {citer(ligne, 40)} ». Écrivez : élément : boîte."
            )
            continue
        ecrit, boite_ecrite = _couper(ligne.strip(), elements)
        element = _reconnaitre(ecrit, elements, lu)
        if not element:
            lu.remarques.append(
                f"« {citer(ecrit, 40)} » ne fait pas partie de ce qu'il faut classer. Ligne non lue : « {citer(ligne, 80)} »."
            )
        else:
            boite = _boite(boite_ecrite, boites, noms or {})
            lu.placer(element, boite, boite_ecrite)
    return lu


def _couper(ligne: str, elements: Collection[str]) -> tuple[str, str]:
    """L'élément et la boîte ; sans séparateur, toute la ligne est l'élément."""
    connus = {sans_accents(element) for element in elements}
    if sans_accents(ligne) in connus:
        return ligne, ""
    possibles = [coupe for coupe in coupes(ligne) if coupe[0]]
    connue = (coupe for coupe in possibles if sans_accents(coupe[0]) in connus)
    return next(connue, possibles[0] if possibles else (ligne, ""))


def _reconnaitre(ecrit: str, elements: Collection[str], lu: ClassementLu) -> str:
    """L'élément que cette écriture désigne ; « » si aucun."""
    if not elements:
        nu = depouiller(ecrit) or ecrit
        connus = {sans_accents(element): element for element in lu.places}
        return connus.get(sans_accents(nu), nu)
    trouve = rapprocher(ecrit, elements)
    if trouve.nom and not trouve.certain:
        dit = f"« {citer(ecrit, 40)} » est lu comme « {trouve.nom} »."
        lu.remarques.append(dit)
        lu.rapprochements.append(dit)
    return trouve.nom


def _boite(ecrite: str, boites: Sequence[str], noms: Mapping[str, str]) -> str:
    """La boîte désignée par sa lettre, par son nom, ou par les deux ; « » si aucune."""
    permises = {sans_accents(boite): boite for boite in boites}
    par_nom = {sans_accents(noms[nom]): permises[nom] for nom in permises if nom in noms}
    cherchee = sans_accents(ecrite).strip(_BORDS)
    devant = next((mots for mots in _DEVANT if cherchee.startswith(mots)), "")
    cherchee = cherchee.removeprefix(devant).strip(_BORDS)
    if cherchee in par_nom:
        return par_nom[cherchee]
    lettre, _, nom = cherchee.partition(" ")
    lettre, nom = lettre.strip(".:)"), nom.strip(" .:()-–")
    if lettre in permises:  # ce qui suit la lettre la confirme, ou fait douter d'elle
        return permises[lettre] if not nom or par_nom.get(nom) == permises[lettre] else ""
    return par_nom.get(rapprocher(cherchee, par_nom).nom, "")


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

    def pieces(self, corps: str, vierge: str) -> set[Hashable] | None:
        lu = lire_classement(corps, (), elements=lire_classement(vierge, ()).places)
        return None if lu.non_lu else set(lu.inconnues)

    def controler(
        self, cellule: Cellule, deja_lues: dict[Case, float], vierge: Cellule | None = None
    ) -> Controle:
        lu = lire_classement(cellule.corps, cellule.arguments)
        elements = lire_classement(vierge.corps, ()).places if vierge else ()
        selon_l_enonce = lire_classement(cellule.corps, cellule.arguments, elements=elements)
        boites = ", ".join(cellule.arguments)
        inconnues = [
            f"« {citer(ecrite, 40)} » n'est pas une boîte. Pour « {element[:40]} », écrivez une lettre : {boites}."
            for element, ecrite in lu.inconnues.items()
        ]
        return Controle(
            sum(bool(boite) for boite in lu.places.values()),
            max(1, len(lu.places)),
            a_reprendre=inconnues + list(dict.fromkeys(lu.non_lu + selon_l_enonce.non_lu)),
            remarques=selon_l_enonce.rapprochements,
        )

    def montrer(self, cellule: Cellule) -> Markup:
        """Chaque boîte et ce qu'elle contient, puis ce qui reste à placer."""
        lu = lire_classement(cellule.corps, cellule.arguments)
        rangees = [
            (boite, [element for element, place in lu.places.items() if place == boite])
            for boite in (*cellule.arguments, "")
        ]
        lignes = Markup("").join(
            Markup("<li><strong>{}</strong> : {}</li>").format(
                boite or "à placer", " ; ".join(contenu)
            )
            for boite, contenu in rangees
            if contenu
        )
        return Markup("<ul>{}</ul>").format(lignes) if lignes else en_texte(cellule)


CLASSEMENT = _Classement()
