"""Le simulateur de segment, manipulé sans navigateur : qui reste après chaque critère, et ce que l'écran en dit."""

import re

import pytest

from grc_helpers.calculs.segment import Segment, entonnoir, panier_moyen
from grc_helpers.donnees.commerces import clients
from grc_helpers.figures.segment import phrase
from grc_helpers.simulateurs.segment import SimulateurSegment

CIBLE = Segment(sexe="femme", age_minimum=30, quartier="Centre", panier_minimum=40, accord=True)


def regler(segment):
    simulateur = SimulateurSegment()
    simulateur.sexe.value, simulateur.quartier.value, simulateur.accord.value = (
        segment.sexe,
        segment.quartier,
        segment.accord,
    )
    simulateur.age.curseur.value, simulateur.panier.curseur.value = (
        segment.age_minimum,
        segment.panier_minimum,
    )
    return simulateur


def effectifs(segment):
    return [len(palier.restants) for palier in entonnoir(clients(), segment)]


def test_l_entonnoir_se_recompte_a_la_main():
    gardes = [
        c
        for c in clients()
        if c.sexe == "femme"
        and c.age >= 30
        and c.quartier == "Centre"
        and c.panier >= 40
        and c.accord
    ]
    assert effectifs(CIBLE)[-1] == len(gardes) == 4
    assert effectifs(CIBLE) == sorted(effectifs(CIBLE), reverse=True), (
        "un critère n'ajoute jamais personne"
    )
    assert effectifs(Segment()) == [24] * 6


def test_l_ecran_montre_les_clients_retenus():
    simulateur = regler(CIBLE)
    assert simulateur.segment == CIBLE
    assert re.findall(r'scope="row">(\w+)', simulateur.tableau) == [
        "Quitterie",
        "Yamina",
        "Assia",
        "Gaëlle",
    ]
    assert simulateur.phrase.startswith("4 clients sur 24") and simulateur.phrase.endswith(
        "Tous acceptent vos messages."
    )
    assert "4 clients retenus," in simulateur.tableau
    assert (
        "Panier : 40" in simulateur.figure
        and "Accord : donné, 4" in simulateur.figure
        and simulateur.message == ""
    )


def test_un_accord_manquant_se_voit():
    simulateur = regler(Segment(sexe="femme", age_minimum=30, quartier="Centre", panier_minimum=40))
    assert len(simulateur.retenus) == 6 and "2 sans accord, ne pas leur écrire" in simulateur.phrase


def test_un_segment_vide_dit_quoi_faire_et_reinitialiser_rend_tout_le_fichier():
    simulateur = regler(Segment(quartier="Gare", panier_minimum=95))
    assert simulateur.retenus == () and simulateur.phrase.endswith("relâchez-en un.")
    simulateur.age.champ.value = "vieux"
    assert "Âge minimum" in simulateur.message
    simulateur.remise.click()
    assert (
        simulateur.segment == Segment()
        and len(simulateur.retenus) == 24
        and simulateur.message == ""
    )


def test_pas_de_moyenne_sans_client():
    with pytest.raises(ValueError, match="sans client"):
        panier_moyen([])
    assert "Aucun client" in phrase(entonnoir([], CIBLE), CIBLE)
