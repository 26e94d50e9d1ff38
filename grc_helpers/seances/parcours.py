"""Où en est une leçon : rien n'y est noté, alors on compte les activités lancées (simulateurs, exercices), étape par étape.

La trace est le fichier lui-même : Jupyter y numérote chaque cellule lancée, et une réponse y est écrite. Une activité lancée n'est pas une
activité réussie.
"""

import re
from dataclasses import dataclass

from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.controles import controler
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.seances.seances import lire_seance, minutes_restantes


@dataclass(frozen=True)
class Parcours:
    """Les activités d'une leçon : combien il y en a, combien sont lancées, et la première à faire (``suivante``, son étape)."""

    total: int = 0
    lancees: int = 0
    suivante: str = ""
    etape: int = 0
    duree: int = 0

    @property
    def texte(self) -> str:
        """
        >>> Parcours(total=5, lancees=2).texte
        '2 activités sur 5 lancées'
        """
        pluriel = "s" * (self.lancees > 1)
        return f"{self.lancees} activité{pluriel} sur {self.total} lancée{pluriel}"

    @property
    def minutes_restantes(self) -> int:
        """La durée annoncée, au prorata des activités qui restent."""
        return minutes_restantes(self.duree, 1 - self.lancees / self.total if self.total else 0)


def lire_le_parcours(notebook: dict) -> Parcours:
    """Le parcours d'une leçon : les cellules de code à partir de sa première étape. Ne lève jamais d'erreur.

    >>> titre, etape = "# Leçon\\n\\n**Séquence 1** · durée : 1 h", "## Étape 1 · Regarder"
    >>> code = [{"cell_type": "code", "id": nom, "source": nom, "execution_count": rang} for nom, rang in (("frise", 2), ("quiz", None))]
    >>> lu = lire_le_parcours({"cells": [{"source": titre}, {"cell_type": "markdown", "source": etape}, *code]})
    >>> lu.lancees, lu.total, lu.suivante, lu.etape, lu.minutes_restantes
    (1, 2, 'quiz', 1, 30)
    """
    etape, activites = 0, []
    for cellule in cellules(notebook):
        if titre := re.match(r"## Étape (\d+)", source(cellule)):
            etape = int(titre[1])
        elif etape and cellule.get("cell_type") == "code" and source(cellule).strip():
            activites.append((str(cellule.get("id", "")), etape, _faite(cellule)))
    suivante, a_l_etape = next(
        ((nom, numero) for nom, numero, lancee in activites if not lancee), ("", 0)
    )
    lancees = sum(lancee for _, _, lancee in activites)
    return Parcours(len(activites), lancees, suivante, a_l_etape, lire_seance(notebook).minutes)


def _faite(cellule: dict) -> bool:
    """Une activité est lancée, une réponse est commencée."""
    reponse = lire_cellule(source(cellule))
    if reponse is None:
        return bool(cellule.get("execution_count"))
    return not controler(reponse).vide
