"""Les gestes d'une relecture par idées, et l'écart qui reste : ``python -m pytest -m banc -s tests/bancs/test_relecture.py``."""

import pytest

from tests.bancs.relecture import relire_les_jeux

pytestmark = pytest.mark.banc


def test_une_classe_se_relit_en_moins_de_quatre_vingt_dix_gestes():
    print()
    relecture = relire_les_jeux()
    assert relecture.gestes_par_classe <= 90
    assert relecture.ecart <= 0.04
