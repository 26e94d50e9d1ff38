"""Le poids du poste à sa première ouverture : ``python -m pytest -m banc -s tests/bancs/test_poste.py``."""

import pytest

from tests.bancs.poste import UN_MEGABIT, ouvrir_l_accueil

pytestmark = [pytest.mark.banc, pytest.mark.navigateur]


def test_la_premiere_ouverture_de_l_accueil(navigateur, serveur):
    """Sur un réseau faible, c'est l'attente du premier jour. Le nombre de requêtes est affiché ; JupyterLab en fait l'essentiel."""
    ouverte, bridee = (
        ouvrir_l_accueil(navigateur, serveur),
        ouvrir_l_accueil(navigateur, serveur, UN_MEGABIT),
    )
    print(
        f"\naccueil : {ouverte.octets / 1e6:.2f} Mo, {len(ouverte.requetes)} requêtes, {ouverte.secondes:.1f} s"
        f" ; à 1 Mbit/s {bridee.secondes:.1f} s"
    )
    assert ouverte.octets <= 2_200_000
