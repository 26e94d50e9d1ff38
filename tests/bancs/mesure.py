"""Lancer ``grc`` comme un formateur, et mesurer ce que cela lui coûte."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

from autograde.cours.dossiers import Cours

PAS = 0.005  # secondes entre deux relevés de la mémoire
# Sur le poste d'un formateur, Python garde les modules compilés (c'est son réglage d'origine) ; une machine d'essai l'en empêche parfois.
POSTE_ORDINAIRE = {"PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True)
class Mesure:
    """La durée d'une commande, démarrage compris, son temps de processeur (en secondes) et la plus grande mémoire qu'elle a occupée."""

    secondes: float
    processeur: float
    megaoctets: float = 0


def mediane(mesures: list[Mesure]) -> Mesure:
    """La mesure du milieu, grandeur par grandeur."""
    return Mesure(*(median(valeurs) for valeurs in zip(*map(astuple, mesures), strict=True)))


def processeur_des_enfants() -> float:
    """Le temps de processeur des commandes lancées et terminées jusqu'ici, de leurs propres commandes aussi."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def lancer_grc(cours: Cours, *arguments: str) -> Mesure:
    """Lance ``grc`` dans un processus neuf, qui doit réussir. Sous Linux seulement (``/proc``)."""
    return lancer_python(cours, "-m", "grc_helpers.lancer", *arguments)


def lancer_python(cours: Cours, *arguments: str) -> Mesure:
    """Lance Python sur ce cours, de même."""
    with tempfile.TemporaryFile() as sortie:
        depart = time.perf_counter()
        processus = subprocess.Popen(
            [sys.executable, *arguments],
            stdout=sortie,
            stderr=sortie,
            env=os.environ | cours.environnement | POSTE_ORDINAIRE,
        )
        megaoctets = 0.0
        while not (fini := os.wait4(processus.pid, os.WNOHANG))[0]:
            megaoctets = max(megaoctets, _megaoctets(processus.pid))
            time.sleep(PAS)
        _, etat, usage = fini
        secondes = time.perf_counter() - depart
        processus.returncode = os.waitstatus_to_exitcode(etat)
        sortie.seek(0)
        assert processus.returncode == 0, sortie.read().decode()[-3000:]
    return Mesure(secondes, usage.ru_utime + usage.ru_stime, megaoctets)


def _megaoctets(processus: int) -> float:
    """La plus grande mémoire qu'ont occupée jusqu'ici ce processus et ceux qu'il a lancés. Le compte que rend ``wait4`` contient aussi
    celle du nôtre."""
    with suppress(FileNotFoundError):  # il vient de finir
        lances = Path(f"/proc/{processus}/task/{processus}/children").read_text(encoding="utf-8")
        lignes = Path(f"/proc/{processus}/status").read_text(encoding="utf-8").splitlines()
        sommet = next((ligne.split()[1] for ligne in lignes if ligne.startswith("VmHWM")), 0)
        return int(sommet) * 1024 / 1e6 + sum(map(_megaoctets, map(int, lances.split())))
    return 0
