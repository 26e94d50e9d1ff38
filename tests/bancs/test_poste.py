"""Le poids du poste, à sa première ouverture puis en mémoire : ``python -m pytest -m banc -s tests/bancs/test_poste.py``."""

import pytest

from tests.bancs.poste import UN_MEGABIT, memoire, ouvrir_et_lancer, ouvrir_l_accueil
from tests.poste_ouvert import DELAI

# Neuf cahiers : avec l'accueil, dix pages.
CAHIERS = (
    "s2_tp1_ltv", "s1_evolution_grc", "s1_tp1_historique", "s1_tp2_multicanal", "s2_connaissance_client",
    "s2_tp2_rimaldi", "s2_tp3_bertin", "s2_at1_rfm", "s0_prise_en_main",
)  # fmt: skip

pytestmark = [pytest.mark.banc, pytest.mark.navigateur]


def test_la_premiere_ouverture_de_l_accueil(navigateur, serveur):
    """Sur un réseau faible, c'est l'attente du premier jour."""
    ouverte, bridee = (
        ouvrir_l_accueil(navigateur, serveur),
        ouvrir_l_accueil(navigateur, serveur, UN_MEGABIT),
    )
    print(
        f"\naccueil : {ouverte.octets / 1e6:.2f} Mo, {len(ouverte.requetes)} requêtes, {ouverte.secondes:.1f} s"
        f" ; à 1 Mbit/s {bridee.secondes:.1f} s"
    )
    assert ouverte.octets <= 2_200_000
    assert len(ouverte.requetes) <= 90
    assert bridee.secondes <= 20


def test_la_memoire_d_un_stagiaire(page, serveur):
    """L'accueil et un TP, puis dix pages : chaque cahier avec une activité dessinée, quand il en a une."""
    page.goto(f"{serveur.adresse}lab/tree/accueil/accueil.ipynb?token={serveur.jeton}")
    page.locator(".grc-carte").first.wait_for(timeout=DELAI)
    page.wait_for_load_state("networkidle")
    accueil = memoire(serveur)
    ouvrir_et_lancer(page, CAHIERS[0])
    un_tp = memoire(serveur)
    for cahier in CAHIERS[1:]:
        ouvrir_et_lancer(page, cahier)
    page.wait_for_load_state("networkidle")
    dix_pages = memoire(serveur)
    print(
        f"\nmémoire : accueil {accueil:.0f} Mo, avec un TP {un_tp:.0f} Mo, après dix pages {dix_pages:.0f} Mo"
    )
    assert un_tp <= 200
    assert dix_pages <= 250
