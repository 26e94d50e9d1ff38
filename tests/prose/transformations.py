"""Ce qui change un texte sans changer ce qu'il dit : ce qu'un collage, un PDF, un courriel ou un autre clavier y laissent."""

import re
import textwrap
import unicodedata
from collections.abc import Callable

Transformation = Callable[[str], str]
VOYELLES = "aeiouyéèêëàâîïôûùœ"


def semer(signe: str, pas: int) -> Transformation:
    return lambda texte: "".join(c + signe * (rang % pas == 0) for rang, c in enumerate(texte))


def en_html(texte: str) -> str:
    texte = texte.replace("&", "&amp;").replace(" ", "&nbsp;").replace("'", "&#39;")
    return texte.replace("é", "&eacute;").replace("à", "&#xe0;")


def citer(texte: str) -> str:
    return "\n".join(f"> {ligne}" for ligne in texte.split("\n"))


def replier(largeur: int, traits: bool = True) -> Transformation:
    """Chaque ligne, repliée à cette largeur ; ``traits`` : aussi après un trait d'union (« peut- », puis « être »)."""

    def transformer(texte: str) -> str:
        return "\n".join(
            "\n".join(
                textwrap.wrap(ligne, largeur, break_on_hyphens=traits, break_long_words=False)
            )
            for ligne in texte.split("\n")
        )

    return transformer


def places_de_cesure(mot: str) -> list[int]:
    """Où un mot se coupe : entre une voyelle ou une consonne, et une consonne qui ouvre une syllabe."""
    if not (mot.isalpha() and mot[1:].islower() and len(mot) >= 7):
        return []
    return [
        rang
        for rang in range(3, len(mot) - 2)
        if mot[rang] not in VOYELLES and mot[rang + 1] in VOYELLES
    ]


def couper_des_mots(texte: str) -> str:
    """Un long mot sur trois, coupé par un trait d'union et un retour à la ligne."""
    morceaux, longs = re.split(r"(\s+)", texte), 0
    for rang, mot in enumerate(morceaux):
        if places := places_de_cesure(mot):
            longs += 1
            if longs % 3 == 0:
                coupe = places[longs % len(places)]
                morceaux[rang] = f"{mot[:coupe]}-\n{mot[coupe:]}"
    return "".join(morceaux)


def cesurer(largeur: int) -> Transformation:
    """Comme un traitement de texte : replié, et un mot qui dépasse est coupé à la dernière syllabe qui tient."""

    def transformer(texte: str) -> str:
        return "\n".join(ligne for brute in texte.split("\n") for ligne in _cesurer(brute, largeur))

    return transformer


def _cesurer(texte: str, largeur: int) -> list[str]:
    lignes, ligne = [], ""
    for mot in texte.split():
        if len(ligne) + len(mot) + bool(ligne) <= largeur:
            ligne = f"{ligne} {mot}".strip()
            continue
        tiennent = [place for place in places_de_cesure(mot) if place <= largeur - len(ligne) - 2]
        coupe = tiennent[-1] if tiennent else 0
        lignes.append(f"{ligne} {mot[:coupe]}-" if coupe else ligne)
        ligne = mot[coupe:]
    return [*lignes, ligne]


def dicter(texte: str) -> str:
    """Ni ponctuation ni majuscule."""
    return re.sub(r" +", " ", re.sub(r"[.,;:!?…«»\"()]", " ", texte)).lower()


# Ce qui ne se voit pas : rien ne doit changer, nulle part.
INVISIBLES: dict[str, Transformation] = {
    "accents décomposés": lambda t: unicodedata.normalize("NFD", t),
    "traits d'union conditionnels": semer("\u00ad", 3),
    "espaces de largeur nulle": semer("\u200b", 5),
    "BOM": semer("\ufeff", 11),
    "marques bidi": lambda t: f"\u202a{t}\u202c\u200f",
    "insécables": lambda t: t.replace(" ", "\u00a0"),
    "insécables fines": lambda t: t.replace(" ", "\u202f"),
    "entités HTML": en_html,
    "fins de ligne de Windows": lambda t: t.replace("\n", "\r\n"),
}
# Ce qui coupe les lignes. Le nombre : les réponses, de toutes celles du dépôt, dont la lecture en change malgré tout.
REPLIS: dict[str, tuple[Transformation, int]] = {
    "courriel cité": (citer, 0),
    "replié à 40": (replier(40), 4),
    "replié à 60": (replier(60), 3),
    "replié à 72": (replier(72), 1),
    "replié à 40, mots composés entiers": (replier(40, traits=False), 4),
    "cité et replié à 72": (lambda t: citer(replier(72)(t)), 1),
    "mots coupés": (couper_des_mots, 1),
    "replié à 60, mots coupés": (lambda t: couper_des_mots(replier(60)(t)), 4),
    "césure à 45": (cesurer(45), 2),
    "césure à 60": (cesurer(60), 3),
}
