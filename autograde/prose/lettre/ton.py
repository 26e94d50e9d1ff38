"""Le ton d'une lettre : ce qui est agressif ou familier est montré au formateur, avec le passage."""

import re
from dataclasses import dataclass

from autograde.prose.credit import Credit
from autograde.prose.lettre.vocabulaire import cherche, vocabulaire
from autograde.prose.texte import aplatir

MESSAGES_TOLERES = 1
MOTS_AUTOUR = 7
PASSAGES_MONTRES = 3
_BORNES = ".,;:!?\n"


@dataclass(frozen=True)
class Maladresse:
    """Un passage au ton déplacé, sa sorte, et ce qui reste au critère « un ton courtois »."""

    motif: str
    passage: str
    credit: float


def maladresses(texte: str) -> list[Maladresse]:
    """Les maladresses du texte, une par passage et par sorte.

    >>> [(m.motif, m.passage) for m in maladresses("Monsieur, vous allez le regretter. Payez.")]
    [('menace', 'vous allez le regretter')]
    """
    plat = aplatir(texte)
    # « a-t-il » n'est pas un tutoiement.
    mots = list(re.finditer(r"(?<!-)\b[^\W\d_]+|\d+", plat))
    formes = [mot.group() for mot in mots]
    trouvees = []
    for sorte in vocabulaire().ton:
        passages = _passages(texte, [mots[rang].start() for rang in cherche(formes, sorte.tours)])
        trouvees += [Maladresse(sorte.motif, passage, sorte.credit) for passage in passages]
    abregees = [mot.start() for mot in mots if mot.group() in vocabulaire().ecritures_de_message]
    if len(abregees) > MESSAGES_TOLERES:
        trouvees.append(Maladresse("écriture de message", _passages(texte, abregees)[0], 0.5))
    return trouvees


def credit_du_ton(trouvees: list[Maladresse]) -> Credit:
    """Le critère « un ton courtois »."""
    if not trouvees:
        return Credit(1.0)
    pire = min(trouvees, key=lambda maladresse: maladresse.credit)
    return Credit(pire.credit, pire.passage, pire.motif)


def _passages(texte: str, places: list[int]) -> list[str]:
    """Les premières propositions qui contiennent ces mots, réduites à ce qui les entoure ; aucune n'en recouvre une autre."""
    bornes: list[tuple[int, int]] = []
    for place in places:
        if len(bornes) < PASSAGES_MONTRES and (not bornes or place >= bornes[-1][1]):
            bornes.append(_autour(texte, place))
    return [texte[debut:fin] for debut, fin in bornes]


def _autour(texte: str, place: int) -> tuple[int, int]:
    debut = max(texte.rfind(signe, 0, place) for signe in _BORNES) + 1
    fin = min(
        (trouve for signe in _BORNES if (trouve := texte.find(signe, place)) >= 0),
        default=len(texte),
    )
    avant = list(re.finditer(r"\S+", texte[debut:place]))[-MOTS_AUTOUR:]
    apres = list(re.finditer(r"\S+", texte[place:fin]))[: MOTS_AUTOUR + 1]
    return (debut + avant[0].start() if avant else place), place + apres[-1].end()
