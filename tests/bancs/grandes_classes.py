"""Combien de temps et de mémoire pour une grande classe ? ``python -m tests.bancs.grandes_classes [nombres de copies]``

Chaque classe est faite en recopiant des copies existantes. ``grc corriger`` y est lancé une fois par classe, démarrage compris ; puis
une seconde fois, quand il n'y a plus rien à corriger. ``comparer_les_coeurs`` : la même classe, sur un seul cœur puis sur tous.
"""

import itertools
import json
import os
import sys
import tempfile
from pathlib import Path

from autograde.correction.classe import inscrire_le_devoir
from autograde.cours.dossiers import Cours
from tests.bancs.mesure import Mesure, lancer_grc
from tests.classe_fictive import DEVOIR, copies_des_essais, deposer, notes_du_carnet

TAILLES = (330, 1_000, 10_000)


def corriger_une_classe(nombre: int) -> tuple[Mesure, Mesure]:
    """Ce que coûte la correction de ``nombre`` copies, puis sa relance."""
    contenus = [
        json.dumps(copie, ensure_ascii=False).encode() for copie in copies_des_essais().values()
    ]
    with tempfile.TemporaryDirectory() as dossier:
        cours = Cours(travail=Path(dossier))
        for rang, contenu in zip(range(nombre), itertools.cycle(contenus), strict=False):
            deposer(cours, f"stagiaire{rang:05d}", contenu)
        inscrire_le_devoir(cours, DEVOIR)
        mesures = lancer_grc(cours, "corriger", DEVOIR), lancer_grc(cours, "corriger", DEVOIR)
        if (
            nombre <= 1_000
        ):  # relire le carnet avec nbgrader prend, lui, un temps qui croît comme le carré de la classe
            assert len(notes_du_carnet(cours.db_url)) == nombre
    return mesures


def comparer_les_coeurs(nombre: int) -> tuple[Mesure, Mesure]:
    """Ce que coûte la première correction sur un cœur, puis sur tous ceux de la machine."""
    tous = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(tous)})
    try:
        sur_un, _ = corriger_une_classe(nombre)
    finally:
        os.sched_setaffinity(0, tous)
    return sur_un, corriger_une_classe(nombre)[0]


def afficher(nombre: int, premiere: Mesure, relance: Mesure) -> None:
    print(
        f"{nombre:6d} copies : {premiere.secondes:7.2f} s, {1000 * premiere.secondes / nombre:5.1f} ms par copie "
        f"({1000 * premiere.processeur / nombre:4.1f} ms de processeur), "
        f"{premiere.megaoctets:4.0f} Mo au plus ; relancée : {relance.secondes:6.2f} s, {relance.megaoctets:4.0f} Mo"
    )


if __name__ == "__main__":
    for taille in map(int, sys.argv[1:] or TAILLES):
        afficher(taille, *corriger_une_classe(taille))
