"""La mémoire ne suit pas le nombre de copies énormes : ``python -m pytest -m banc -s tests/bancs``."""

import pytest

from tests.bancs.memoire import NOMBRE, SORTES, afficher, mesurer_la_classe

pytestmark = pytest.mark.banc


@pytest.mark.parametrize("sorte", SORTES)
def test_vingt_copies_enormes_ne_prennent_pas_plus_qu_une(sorte):
    une, vingt = mesurer_la_classe(sorte, 1), mesurer_la_classe(sorte, NOMBRE)
    print()
    afficher(sorte, 1, une)
    afficher(sorte, NOMBRE, vingt)
    for commande, megaoctets in vingt.items():
        assert megaoctets <= 1.2 * une[commande], commande
