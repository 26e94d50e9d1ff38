"""Rapprocher des textes : les mots d'un énoncé et tout ce qui est écrit dans le cours distribué et dans la roue."""

import json
import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@cache
def mots(texte: str) -> frozenset[str]:
    """Les débuts des mots d'un texte, sans accents."""
    sans = unicodedata.normalize("NFD", texte.lower())
    lettres = "".join(c for c in sans if not unicodedata.combining(c))
    return frozenset(mot[:6] for mot in re.findall(r"[a-z0-9]{2,}", lettres))


@dataclass(frozen=True)
class Passage:
    """Un paragraphe, et le fichier d'où il vient."""

    origine: str
    texte: str
    mots: frozenset[str]


class Passages:
    """Tous les paragraphes lus ; un mot rare y compte plus qu'un mot courant."""

    def __init__(self, lus: list[tuple[str, str]]):
        self.tous = [Passage(origine, texte, mots(texte)) for origine, texte in lus]
        vus = Counter(mot for passage in self.tous for mot in passage.mots)
        self.poids = {mot: math.log(len(self.tous) / n) for mot, n in vus.items()}

    def commun(self, a: frozenset[str], b: frozenset[str]) -> float:
        return sum(self.poids.get(mot, 0) for mot in a & b)

    def meilleurs(self, texte: str, sauf: str, combien: int) -> list[str]:
        """Les passages d'ailleurs qui ressemblent le plus à ce texte."""
        cherche = mots(texte)
        ailleurs = [p for p in self.tous if p.origine != sauf and len(p.mots) > 6]
        ailleurs.sort(key=lambda p: -self.commun(cherche, p.mots) / math.sqrt(len(p.mots)))
        return [p.texte for p in ailleurs[:combien]]

    def lien(self, a: str, b: str, sauf: str) -> float:
        """À quel point deux textes se retrouvent dans un même passage d'ailleurs."""
        gauche, droite = mots(a), mots(b) - mots(a)
        return max(
            (
                min(self.commun(gauche, p.mots), self.commun(droite, p.mots))
                for p in self.tous
                if p.origine != sauf
            ),
            default=0.0,
        )


def passages(dossier: Path, cahiers: list[Path]) -> Passages:
    lus = []
    for chemin in cahiers:
        for cellule in json.loads(chemin.read_text(encoding="utf-8"))["cells"]:
            if cellule["cell_type"] == "markdown":
                texte = "".join(cellule["source"])
                lus += [(chemin.stem, p.strip()) for p in re.split(r"\n\s*\n|\n(?=[-|])", texte)]
    for fichier in [*dossier.rglob("*.toml"), *dossier.rglob("grc_helpers/**/*.csv")]:
        morceaux = re.split(
            r"\n\s*\n" if fichier.suffix == ".toml" else "\n", fichier.read_text("utf-8")
        )
        # Un exercice d'entraînement d'un TP n'est pas l'énoncé du TP : le tricheur s'en sert.
        lus += [(f"roue/{fichier.stem}", morceau) for morceau in morceaux]
    return Passages([(origine, texte) for origine, texte in lus if texte])
