"""Les exercices d'entraînement d'un cahier, et ce que chacun a donné : rien n'y est noté, mais le poste s'en souvient.

La page l'inscrit dans les métadonnées du fichier : le souvenir part avec lui, d'un jour et d'un PC à l'autre.
"""

import re
from dataclasses import dataclass

from grc_helpers.entrainement.deroulement import PAS_ENCORE, PREMIER, SECOND
from grc_helpers.reponses.notebook import cellules, source

CLE = "grc_exercices"
_APPEL = re.compile(r'^exercice\(\s*"[^"]+"\s*,\s*"(\w+)"', re.MULTILINE)


@dataclass(frozen=True)
class Entrainement:
    """``resultats`` : par exercice, dans l'ordre du cahier, ``PREMIER`` (réussi du premier coup), ``SECOND`` (ensuite),
    ``PAS_ENCORE``, ou rien s'il n'a pas été fait ; ``cellules`` : où est chacun."""

    resultats: dict[str, str]
    cellules: dict[str, str]

    @property
    def total(self) -> int:
        return len(self.resultats)

    @property
    def reussis(self) -> int:
        return sum(resultat in (PREMIER, SECOND) for resultat in self.resultats.values())

    @property
    def faits(self) -> int:
        return sum(bool(resultat) for resultat in self.resultats.values())

    @property
    def texte(self) -> str:
        """
        >>> Entrainement({"quiz": PREMIER, "calcul": "", "choix": PAS_ENCORE}, {}).texte
        '1 exercice réussi sur 3'
        """
        pluriel = "s" * (self.reussis > 1)
        return f"{self.reussis} exercice{pluriel} réussi{pluriel} sur {self.total}"


def lire_l_entrainement(notebook: dict) -> Entrainement:
    """Les exercices du cahier et leur résultat. Ne lève jamais d'erreur.

    >>> quiz = {"cell_type": "code", "id": "c1", "source": 'exercice("s1_lecon", "quiz")'}
    >>> lu = lire_l_entrainement({"cells": [quiz], "metadata": {"grc_exercices": {"quiz": "second", "autre": "premier"}}})
    >>> lu.resultats, lu.cellules, lu.reussis
    ({'quiz': 'second'}, {'quiz': 'c1'}, 1)
    """
    places = {
        trouve[1]: str(cellule.get("id", ""))
        for cellule in cellules(notebook)
        if cellule.get("cell_type") == "code" and (trouve := _APPEL.search(source(cellule)))
    }
    connus = _inscrits(notebook)
    return Entrainement({nom: connus.get(nom, "") for nom in places}, places)


def _inscrits(notebook: dict) -> dict[str, str]:
    metadonnees = notebook.get("metadata") if isinstance(notebook, dict) else None
    inscrits = metadonnees.get(CLE) if isinstance(metadonnees, dict) else None
    inscrits = inscrits if isinstance(inscrits, dict) else {}
    return {nom: r for nom, r in inscrits.items() if r in (PREMIER, SECOND, PAS_ENCORE)}
