"""Aucune note d'une classe de 30, pour aucun devoir, ne change sans qu'on l'ait voulu et vu."""

from tests.correction.temoins import TEMOINS, notes


def test_aucune_note_temoin_n_a_change(tmp_path):
    temoins = TEMOINS.read_text(encoding="utf-8").splitlines()
    assert len(temoins) > 1000
    assert list(notes(tmp_path)) == temoins
