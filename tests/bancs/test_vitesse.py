"""Les objectifs de vitesse : ``python -m pytest -m banc -s tests/bancs``. Hors de la suite, où aucun essai ne dépend d'une durée."""

import pytest

from tests.bancs.apprentissage import apprendre_d_une_classe
from tests.bancs.correction import comparer_les_durees
from tests.bancs.grandes_classes import (
    TAILLES,
    afficher,
    comparer_les_coeurs,
    corriger_une_classe,
)

pytestmark = pytest.mark.banc


def test_cent_fois_plus_vite_que_nbgrader():
    course = comparer_les_durees(30)
    print()
    course.afficher()
    assert course.ecarts == 0
    assert course.rapport_correction >= 100
    assert course.rapport_chaine >= 30


def test_memoire_plate_et_temps_proportionnel():
    mesures = {}
    print()
    for taille in TAILLES:
        mesures[taille] = corriger_une_classe(taille)
        afficher(taille, *mesures[taille])
    mille, dix_mille = mesures[1_000][0], mesures[10_000][0]
    assert dix_mille.megaoctets <= 1.2 * mille.megaoctets
    # En temps de processeur, que la charge de la machine ne fait presque pas varier.
    assert dix_mille.processeur / 10_000 <= 1.2 * mille.processeur / 1_000


def test_deux_coeurs_vont_presque_deux_fois_plus_vite():
    sur_un, sur_tous = comparer_les_coeurs(2_000)
    print(f"\n2000 copies : un cœur {sur_un.secondes:.1f} s, tous {sur_tous.secondes:.1f} s")
    assert sur_tous.secondes <= 0.7 * sur_un.secondes


def test_apprendre_d_une_classe_ne_coute_que_quelques_corrections():
    course = apprendre_d_une_classe()
    print()
    course.afficher()
    assert course.copies == 28
    assert course.montre.count("copies rejoignent votre décision") >= 5
    assert course.rapport <= 4
    assert course.apprendre <= 30
