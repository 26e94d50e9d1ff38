"""Un tableau croisé : chaque élément s'écrit dans une case, et l'écho ne dit que la forme."""

import pytest

from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.controles import controler
from grc_helpers.reponses.echo import echo
from grc_helpers.reponses.types.croisement import lire_croisement

VIERGE = lire_cellule("%%croisement q A B C\nClasses | fort | faible\nHaut | |\nBas | |")


def remplie(haut: str, bas: str):
    return lire_cellule(
        f"%%croisement q A B C\nClasses | fort | faible\nHaut | {haut}\nBas | {bas}"
    )


@pytest.mark.parametrize(
    ("haut", "bas"),
    [
        ("A |", "B | C"),
        ("client a | –", "Client B | c"),
        ("A | ", "B. | (C)"),
    ],
)
def test_les_cases_vides_sont_permises(haut, bas):
    controle = controler(remplie(haut, bas), vierge=VIERGE)
    assert (controle.remplies, controle.attendues, controle.recevable) == (3, 3, True)


def test_ce_qui_manque_ou_se_repete_est_nomme():
    controle = controler(remplie("A, B |", "B |"), vierge=VIERGE)
    assert controle.a_reprendre == ["B est dans 2 cases : gardez-en une.", "Il manque : C."]


def test_l_echo_montre_la_grille_telle_qu_elle_est_ecrite():
    cellule = remplie("A, C |", "B |")
    page = echo(cellule, controler(cellule))
    assert "<td>A, C</td><td>–</td>" in page and "à remplir" not in page


def test_une_copie_d_avant_la_grille_se_lit_par_ses_numeros():
    lu = lire_croisement("Client A : 1\nClient B : 3\nClient C : 9", "ABC", VIERGE.corps)
    assert {element: [str(c) for c in cases] for element, cases in lu.places.items()} == {
        "A": ["Haut fort"],
        "B": ["Bas fort"],
        "C": [],
    }


def test_un_texte_hostile_ne_coute_rien_et_reste_echappe():
    cellule = remplie("<img src=x> |", "B " * 5000 + "|")
    assert "<img" not in echo(cellule, controler(cellule))
