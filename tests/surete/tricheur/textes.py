"""Rapprocher des textes : les mots d'un énoncé et tout ce qui est écrit dans le cours distribué et dans la roue."""

import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
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
        self.rangs: dict[str, list[int]] = defaultdict(list)
        for rang, passage in enumerate(self.tous):
            for mot in passage.mots:
                self.rangs[mot].append(rang)
        self._communs: dict[frozenset[str], dict[int, float]] = {}

    def commun(self, cherches: frozenset[str]) -> dict[int, float]:
        """Le poids des mots cherchés que contient chaque passage, pour ceux qui en contiennent : lu une fois."""
        if cherches not in self._communs:
            total: dict[int, float] = defaultdict(float)
            for mot in sorted(cherches):
                for rang in self.rangs.get(mot, ()):
                    total[rang] += self.poids[mot]
            self._communs[cherches] = dict(total)
        return self._communs[cherches]

    def meilleurs(self, texte: str, sauf: str, combien: int) -> list[str]:
        """Les passages d'ailleurs qui ressemblent le plus à ce texte."""
        communs = self.commun(mots(texte))
        ailleurs = [
            (-communs.get(rang, 0.0) / math.sqrt(len(p.mots)), rang)
            for rang, p in enumerate(self.tous)
            if p.origine != sauf and len(p.mots) > 6
        ]
        return [self.tous[rang].texte for _, rang in sorted(ailleurs)[:combien]]

    def lien(self, a: str, b: str, sauf: str) -> float:
        """À quel point deux textes se retrouvent dans un même passage d'ailleurs."""
        gauche, droite = self.commun(mots(a)), self.commun(mots(b) - mots(a))
        return max(
            (
                min(gauche[rang], droite[rang])
                for rang in gauche.keys() & droite.keys()
                if self.tous[rang].origine != sauf
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
