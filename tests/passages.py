"""Compter par où passe une commande : combien de copies lues, corrigées, de réponses évaluées, d'ouvertures du carnet."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

import pytest

from autograde.carnet.sql import Base
from autograde.copie.remises import lire_copie
from autograde.notation.copie import corriger_la_copie
from autograde.prose import evaluer

RIEN = {"copies lues": 0, "copies corrigées": 0, "réponses évaluées": 0, "ouvertures": 0}


@contextmanager
def compter() -> Iterator[Counter]:
    """Ce qui passe pendant le bloc. Le carnet ne s'y ouvre jamais avec nbgrader, qui se charge en plusieurs secondes."""
    passages = Counter(RIEN)
    with pytest.MonkeyPatch.context() as patch:
        for fonction, nom in (
            (lire_copie, "copies lues"),
            (corriger_la_copie, "copies corrigées"),
            (evaluer, "réponses évaluées"),
        ):
            _remplacer_partout(patch, fonction, _comptee(fonction, passages, nom))
        patch.setattr(Base, "__init__", _comptee(Base.__init__, passages, "ouvertures"))
        patch.setattr("nbgrader.api.Gradebook.__init__", _interdit)
        yield passages


def _comptee(fonction: Callable, passages: Counter, nom: str) -> Callable:
    @wraps(fonction)
    def comptee(*arguments, **nommes):
        passages[nom] += 1
        return fonction(*arguments, **nommes)

    return comptee


def _remplacer_partout(patch: pytest.MonkeyPatch, fonction: Callable, autre: Callable) -> None:
    """Dans tous nos modules déjà chargés qui l'ont importée sous son nom."""
    for nom, module in list(sys.modules.items()):
        if nom.startswith("autograde") and getattr(module, fonction.__name__, None) is fonction:
            patch.setattr(module, fonction.__name__, autre)


def _interdit(*_arguments, **_nommes) -> None:
    raise AssertionError("le carnet est ouvert avec nbgrader")
