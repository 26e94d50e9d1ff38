"""Toute une classe de trente, pour chaque devoir : aucune note ne change sans qu'on l'ait voulu, et ce qu'on garde se relit tel quel."""

import pytest

from autograde.notation.copie import CopieCorrigee
from autograde.notation.gardee import ecrire_la_copie, relire_la_copie
from tests.correction.temoins import TEMOINS, classe_corrigee, notes

OCTETS_PAR_CASE = 240  # ce que garde une copie croît avec ce qu'un devoir note, et pas avec ce qu'il reconnaîtrait


@pytest.fixture(scope="module")
def corrigees(tmp_path_factory) -> list[CopieCorrigee]:
    return list(classe_corrigee(tmp_path_factory.mktemp("temoins")))


def test_aucune_note_temoin_n_a_change(corrigees):
    temoins = TEMOINS.read_text(encoding="utf-8").splitlines()
    assert len(temoins) > 1000
    assert list(notes(corrigees)) == temoins


def test_une_copie_gardee_se_relit_telle_qu_elle_a_ete_corrigee(corrigees):
    for copie in corrigees:
        texte = ecrire_la_copie(copie)
        cases = sum(len(note.cases) for note in copie.correction.notes.values())
        assert texte.isascii() and len(texte) <= OCTETS_PAR_CASE * (cases or 1)
        relue = relire_la_copie(texte, copie.correction.devoir, copie.stagiaire)
        assert relue == copie
        assert relue.correction.notes == copie.correction.notes
        assert (relue.note, relue.a_verifier) == (copie.note, copie.a_verifier)
        assert ecrire_la_copie(relue) == texte
