"""Les nombres qu'un élément attend : une valeur, à la tolérance dite, avec les mots qui disent de quoi elle est."""

from autograde.prose.bareme import Element, NombreAttendu
from autograde.prose.credit import Credit
from autograde.prose.formulations import preparer
from autograde.prose.poles import est_ancree
from autograde.prose.preparation import Occurrence, Texte


def chercher_un_nombre(texte: Texte, nombre: NombreAttendu, element: Element) -> Credit:
    """Le crédit d'un nombre attendu : le premier qui convient, dit de ce qu'il mesure, là où l'élément le veut."""
    for rang, mot in enumerate(texte.mots):
        if not mot.forme[0].isdigit() or texte.nies[rang] is not None:
            continue
        lu = float("".join(mot.forme.split()).replace(",", ".").rstrip("."))
        bien_place = not element.ancre or est_ancree(texte.ancres[texte.numeros[rang]], element)
        if abs(lu - nombre.valeur) <= nombre.tolerance + 1e-9 and bien_place:
            appui = _appui(texte, nombre, mot.phrase)
            if appui is not None:
                places = {rang, *appui}
                return Credit(1.0, texte.passage(places), "", places, f"nombre {nombre.valeur:g}")
    return Credit()


def _appui(texte: Texte, nombre: NombreAttendu, phrase: int) -> frozenset[int] | None:
    """Les rangs des mots de cette phrase qui disent de quoi est ce nombre ; None s'ils n'y sont pas."""
    for formulation in (f for ecrite in nombre.avec for f in preparer(ecrite)):
        par_place = [
            [o.rangs for o in texte.occurrences(place).values() if _est_dans(texte, o, phrase)]
            for place in formulation.places
        ]
        if all(par_place):
            return frozenset().union(*(rangs[0] for rangs in par_place))
    return None if nombre.avec else frozenset()


def _est_dans(texte: Texte, occurrence: Occurrence, phrase: int) -> bool:
    return not occurrence.inverse and texte.mots[min(occurrence.rangs)].phrase == phrase
