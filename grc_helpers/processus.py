"""Lancer un autre programme et l'attendre. N'utilise que la bibliothèque standard : sert aussi avant toute installation."""

from __future__ import annotations  # lu aussi par un Python trop ancien

import subprocess
from collections.abc import Mapping


def lancer_et_attendre(commande: list[str], environnement: Mapping[str, str]) -> int:
    """Lance la commande et renvoie son code de sortie.

    Ctrl + C s'adresse à elle, qui le reçoit aussi : elle s'arrête comme elle l'entend, et on lui laisse le temps de tout ranger.
    """
    with subprocess.Popen(commande, env=environnement) as programme:
        while True:
            try:
                return programme.wait()
            except KeyboardInterrupt:
                pass
