"""Lancer un autre programme et l'attendre. N'utilise que la bibliothèque standard : sert aussi avant toute installation."""

from __future__ import annotations  # lu aussi par un Python trop ancien

import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


def lancer_et_attendre(commande: list[str], environnement: Mapping[str, str]) -> int:
    """Lance la commande et renvoie son code de sortie. Elle ne survit pas à la nôtre.

    Ctrl + C s'adresse à elle, qui le reçoit aussi : elle s'arrête comme elle l'entend, et on lui laisse le temps de tout ranger. Une
    demande d'arrêt (SIGTERM) lui est transmise. Si nous disparaissons sans rien pouvoir dire, son entrée standard se ferme.
    """
    lance = subprocess.Popen(commande, env=environnement, stdin=subprocess.PIPE)
    with lance as programme, _arret_transmis(programme):
        while True:
            try:
                return programme.wait()
            except KeyboardInterrupt:
                pass


@contextmanager
def _arret_transmis(programme: subprocess.Popen) -> Iterator[None]:
    """Le temps d'un bloc, une demande d'arrêt adressée à notre commande va au programme qu'elle a lancé."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Python ne confie les signaux qu'au premier fil
        return
    ancien = signal.signal(signal.SIGTERM, lambda *_: programme.terminate())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, ancien)
