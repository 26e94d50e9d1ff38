"""La leçon de la séquence 2 telle qu'elle est distribuée, pour ses essais."""

import json
import re

from autograde.cours.dossiers import Cours
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.notebook import cellules, source

LECON = "s2_connaissance_client"


def espaces(texte: str) -> str:
    """Le texte, ses espaces insécables remplacées par des espaces."""
    return re.sub("[\u00a0\u202f]", " ", texte)


def montant(valeur: float, decimales: int = 0) -> str:
    return espaces(ecrire_nombre(valeur, decimales, "€"))


# L'identifiant, le type et le texte de chaque cellule, espaces ordinaires ; puis le texte seul, par identifiant.
CELLULES = [
    (c["id"], c["cell_type"], espaces(source(c)))
    for c in cellules(json.loads(Cours().notebook_distribue(LECON).read_text(encoding="utf-8")))
]
TEXTES = {nom: texte for nom, _, texte in CELLULES}
