"""Les idées sans lesquelles une réponse n'en est pas une : quand l'une manque, la note est plafonnée."""

from autograde.prose.bareme import BaremeRedige, Element
from autograde.prose.credit import Credit
from grc_helpers.francais.nombres import ecrire_nombre


def moyenne(bareme: BaremeRedige, credits: dict[str, Credit]) -> float:
    """La moyenne pondérée, sans plafond. Avec « n_sur », comptent les éléments obligatoires, puis les meilleurs des autres."""
    exiges = bareme.obligatoires
    libres = [element for element in bareme.elements if element.obligatoire is None]
    combien = (bareme.n_sur or len(bareme.elements)) - len(exiges)

    def acquis(element: Element) -> float:
        return element.poids * credits[element.id].valeur

    total = sum(map(acquis, exiges)) + sum(sorted(map(acquis, libres), reverse=True)[:combien])
    poids = sorted((element.poids for element in libres), reverse=True)[:combien]
    return min(1.0, round(total / (sum(element.poids for element in exiges) + sum(poids)), 4))


def plafond(bareme: BaremeRedige, credits: dict[str, Credit]) -> float:
    """Ce que la note ne dépasse pas, de 0 à 1."""
    return min((e.obligatoire or 0.0 for e in _manquants(bareme, credits)), default=1.0)


def dire_le_plafond(bareme: BaremeRedige, credits: dict[str, Credit]) -> str:
    """Ce qui manque et ce qu'il en coûte, ou « » si la note ne va pas jusque-là.

    >>> avis = Element(id="avis", libelle="votre avis", formulations=["accord"], obligatoire=0.5)
    >>> bareme = BaremeRedige(elements=[avis, Element(id="fait", libelle="un fait", formulations=["fait"], poids=3)])
    >>> dire_le_plafond(bareme, {"avis": Credit(), "fait": Credit(1.0)})
    "Il manque l'essentiel (votre avis) : la note ne dépasse pas 50 % des points."
    """
    limite = plafond(bareme, credits)
    if moyenne(bareme, credits) < limite or limite == 1:
        return ""
    manquants = " ; ".join(element.libelle for element in _manquants(bareme, credits))
    part = ecrire_nombre(round(100 * limite, 1))
    return f"Il manque l'essentiel ({manquants}) : la note ne dépasse pas {part} % des points."


def _manquants(bareme: BaremeRedige, credits: dict[str, Credit]) -> list[Element]:
    return [element for element in bareme.obligatoires if not credits[element.id].valeur]
