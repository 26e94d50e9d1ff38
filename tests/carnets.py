"""Un carnet vide par essai : un fichier SQLite et, si GRC_TEST_POSTGRES donne l'adresse d'un serveur, une base PostgreSQL.

``GRC_TEST_POSTGRES=postgresql+psycopg://compte@serveur/postgres python -m pytest …`` : les mêmes essais, sur les deux.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

SERVEUR = os.environ.get("GRC_TEST_POSTGRES", "")
SORTES = ["SQLite", "PostgreSQL"] if SERVEUR else ["SQLite"]


@pytest.fixture(scope="module", params=SORTES)
def carnet_neuf(request) -> Iterator:
    """Une fonction qui rend l'adresse d'un carnet vide, à donner à ``Cours(carnet=…)``."""
    if request.param == "SQLite":
        yield str  # une adresse vide : le carnet est un fichier du dossier de travail
        return
    nommees = []
    with serveur() as executer:

        def nouvelle() -> str:
            nommees.append(f"grc_essai_{uuid4().hex[:12]}")
            executer(f"create database {nommees[-1]}")
            return SERVEUR.rsplit("/", 1)[0] + "/" + nommees[-1]

        yield nouvelle
        for nom in nommees:
            executer(f"drop database {nom} with (force)")


@contextmanager
def serveur():
    import psycopg

    with psycopg.connect(SERVEUR.replace("+psycopg", ""), autocommit=True) as connexion:
        yield connexion.execute
