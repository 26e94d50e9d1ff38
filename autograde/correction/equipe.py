"""Des processus côte à côte, un par cœur : chacun fait une tâche à la fois, les résultats reviennent dans l'ordre des demandes.

Une tâche qui tue son processus (mémoire épuisée, faute d'une bibliothèque) n'emporte qu'elle : un autre processus le remplace.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any

# Sous Linux, un processus naît avec tout ce que le nôtre a déjà lu ; ailleurs, il recharge tout.
NAISSANCE = "fork" if sys.platform == "linux" else "spawn"


def coeurs() -> int:
    """Le nombre de cœurs que cette commande a le droit d'employer."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class ProcessusMort(Exception):
    """Le processus qui faisait cette tâche s'est arrêté net."""


class Equipe:
    """À utiliser avec ``with`` : en sortant, même interrompue, l'équipe s'arrête aussitôt.

    ``embaucher``, appelé une fois dans chaque processus, y rend la fonction qui fait une tâche.
    """

    def __init__(self, nombre: int, embaucher: Callable[[], Callable[[Any], Any]]):
        self._embaucher, self._finie = embaucher, False
        self._contexte = multiprocessing.get_context(NAISSANCE)
        self._processus: list[BaseProcess] = []
        self._libres: SimpleQueue[Connection] = SimpleQueue()
        self.en_cours: list[Any] = []
        for _ in range(nombre):
            self._libres.put(self._nouveau())
        # Chaque fil attend un processus : le nôtre peut écrire au carnet pendant que tous travaillent.
        self._fils = ThreadPoolExecutor(nombre)

    def __enter__(self) -> "Equipe":
        return self

    def __exit__(self, *_exception) -> None:
        self._finie = True
        for processus in self._processus:
            processus.kill()
        self._fils.shutdown(cancel_futures=True)
        for processus in self._processus:
            processus.join()

    def confier(self, tache: Any) -> Future:
        """Ce que rendra la fonction pour cette tâche ; son ``result()`` lève ce qu'elle a levé, ou ``ProcessusMort``."""
        return self._fils.submit(self._faire_faire, tache)

    def _faire_faire(self, tache: Any) -> Any:
        ouvrier = self._libres.get()
        self.en_cours.append(tache)
        try:
            ouvrier.send(tache)
            resultat = ouvrier.recv()
        except (EOFError, OSError) as erreur:
            ouvrier = ouvrier if self._finie else self._nouveau()
            raise ProcessusMort from erreur
        finally:
            self.en_cours.remove(tache)
            self._libres.put(ouvrier)
        if isinstance(resultat, Exception):
            raise resultat
        return resultat

    def _nouveau(self) -> Connection:
        ici, la_bas = self._contexte.Pipe()
        processus = self._contexte.Process(  # type: ignore[attr-defined]
            target=_servir, args=(la_bas, ici, self._embaucher), daemon=True
        )
        processus.start()
        la_bas.close()
        self._processus.append(processus)
        return ici


def _servir(ici: Connection, en_face: Connection, embaucher: Callable) -> None:
    """La vie d'un processus de l'équipe : elle finit quand celui qui l'a lancé s'arrête, même tué."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl + C : la commande arrête son équipe
    en_face.close()
    with suppress(EOFError, BrokenPipeError):
        faire = embaucher()
        while True:
            ici.send(_tenter(faire, ici.recv()))


def _tenter(faire: Callable, tache: Any) -> Any:
    try:
        return faire(tache)
    except Exception as erreur:
        return erreur
