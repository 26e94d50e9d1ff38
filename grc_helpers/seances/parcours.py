"""Où en est une leçon : rien n'y est noté, alors on compte les exercices réussis, étape par étape.

Une leçon est faite quand ses exercices le sont : les lancer tous d'un coup n'avance à rien.
"""

import re
from dataclasses import dataclass

from grc_helpers.entrainement.deroulement import PREMIER, SECOND
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.controles import controler
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.seances.exercices import lire_l_entrainement
from grc_helpers.seances.seances import lire_seance, minutes_restantes


@dataclass(frozen=True)
class Parcours:
    """Les exercices d'une leçon : combien il y en a, combien sont réussis, et le premier à faire (``suivante``, son étape).

    ``commencees`` : les activités lancées ou faites, simulateurs compris, et les réponses écrites.
    """

    total: int = 0
    reussis: int = 0
    commencees: int = 0
    suivante: str = ""
    etape: int = 0
    duree: int = 0

    @property
    def texte(self) -> str:
        """
        >>> Parcours(total=5, reussis=2).texte
        '2 exercices réussis sur 5'
        """
        pluriel = "s" * (self.reussis > 1)
        return f"{self.reussis} exercice{pluriel} réussi{pluriel} sur {self.total}"

    @property
    def minutes_restantes(self) -> int:
        """La durée annoncée, au prorata des exercices qui restent."""
        return minutes_restantes(self.duree, 1 - self.reussis / self.total if self.total else 0)


def lire_le_parcours(notebook: dict) -> Parcours:
    """Le parcours d'une leçon : ses exercices à partir de la première étape. Ne lève jamais d'erreur.

    >>> titre, etape = "# Leçon\\n\\n**Séquence 1** · durée : 1 h", "## Étape 1 · Regarder"
    >>> code = [{"cell_type": "code", "id": nom, "source": f'exercice("s1", "{nom}")'} for nom in ("frise", "quiz")]
    >>> cahier = {"cells": [{"source": titre}, {"cell_type": "markdown", "source": etape}, *code]}
    >>> lu = lire_le_parcours(cahier | {"metadata": {"grc_exercices": {"frise": "second", "quiz": "pas encore"}}})
    >>> lu.reussis, lu.commencees, lu.total, lu.suivante, lu.etape, lu.minutes_restantes
    (1, 2, 2, 'quiz', 1, 30)
    """
    entrainement = lire_l_entrainement(notebook)
    resultats = {
        cellule: entrainement.resultats[nom] for nom, cellule in entrainement.cellules.items()
    }
    etape, etapes, commencees = 0, {}, 0
    for cellule in cellules(notebook):
        identifiant = str(cellule.get("id", ""))
        if titre := re.match(r"## Étape (\d+)", source(cellule)):
            etape = int(titre[1])
        elif etape and cellule.get("cell_type") == "code":
            commencees += bool(resultats.get(identifiant)) or _commencee(cellule)
            if identifiant in resultats:
                etapes[identifiant] = etape
    reussis = [nom for nom in etapes if resultats[nom] in (PREMIER, SECOND)]
    suivante = next((nom for nom in etapes if nom not in reussis), "")
    return Parcours(
        len(etapes),
        len(reussis),
        commencees,
        suivante,
        etapes.get(suivante, 0),
        lire_seance(notebook).minutes,
    )


def _commencee(cellule: dict) -> bool:
    """Une activité a été lancée, une réponse écrite."""
    reponse = lire_cellule(source(cellule))
    if reponse is None:
        return bool(cellule.get("execution_count"))
    return not controler(reponse).vide
