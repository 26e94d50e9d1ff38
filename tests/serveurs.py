"""Lancer un serveur le temps des essais : un port libre, l'attente de sa première réponse, son arrêt quoi qu'il arrive."""

import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 90


def port_libre() -> int:
    """Un port que personne n'écoute sur ce poste."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


@contextmanager
def servir(commande: list[str], environnement: dict[str, str], sonde: str, journal: Path):
    """Le serveur que lance ``commande``, une fois que l'adresse ``sonde`` répond ; ce qu'il écrit est dans ``journal``."""
    with journal.open("w", encoding="utf-8") as sortie:
        serveur = subprocess.Popen(
            commande, env=environnement, stdout=sortie, stderr=subprocess.STDOUT
        )
        try:
            _attendre(serveur, sonde, journal)
            yield serveur
        finally:
            _arreter(serveur)


def _arreter(serveur: subprocess.Popen) -> None:
    """Demande l'arrêt ; un serveur qui ne répond plus est tué."""
    serveur.terminate()
    try:
        serveur.wait(timeout=30)
    except subprocess.TimeoutExpired:
        serveur.kill()
        serveur.wait()


def _attendre(serveur: subprocess.Popen, sonde: str, journal: Path) -> None:
    fin = time.monotonic() + PATIENCE
    while time.monotonic() < fin and serveur.poll() is None:
        try:
            urllib.request.urlopen(sonde, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"Le serveur n'a pas démarré.\n{journal.read_text(encoding='utf-8')[-2000:]}")
