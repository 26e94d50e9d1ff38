"""Les prénoms qu'un cahier et ses exercices donnent à des personnes."""

import re
from functools import cache
from pathlib import Path

from grc_helpers.entrainement.fichier import charger, seances_avec_exercices
from grc_helpers.entrainement.fichier import noms as exercices
from tests.contenu.cahiers import cahier, textes_de

# Des prénoms courants en France et au Maroc, un par mot. Ceux qui sont aussi des mots du cours (Rose, Noël, Page) n'y sont pas.
CONNUS = frozenset((Path(__file__).parent / "prenoms.txt").read_text(encoding="utf-8").split())


@cache
def prenoms_de(nom: str) -> frozenset[str]:
    """Ceux du texte, des corrigés et des exercices du cahier."""
    textes = [c.corrige if c.reponse else c.texte for c in cahier(nom)]
    if nom in seances_avec_exercices():
        textes += [textes_de(charger(nom, exercice)) for exercice in exercices(nom)]
    mots = re.findall(r"\b[A-ZÀ-Ý][a-zà-ÿ]+\b", " ".join(textes))
    return CONNUS & frozenset(mots)
