"""L'écho de cohérence : il compare les chiffres du stagiaire entre eux, et ne sait rien de ceux qui sont attendus."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograde.cas import modele
from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.cellule import Cellule, lire_cellule
from grc_helpers.reponses.controles import controler
from grc_helpers.reponses.feuilles import FEUILLES
from grc_helpers.reponses.notebook import cellules, source
from tests.classe_fictive import DEPOT, notebook_distribue

CALCULS = sorted(FEUILLES)


def tableaux(calcul: str) -> list[Cellule]:
    """Les cellules vierges de ce calcul, telles que le stagiaire les reçoit."""
    vierges = [
        lire_cellule(source(cellule))
        for devoir in DEPOT.devoirs_notes()
        for cellule in cellules(notebook_distribue(devoir))
    ]
    return [c for c in vierges if c and c.type == "tableau" and c.arguments == (calcul,)]


VIERGES = {calcul: tableaux(calcul) for calcul in CALCULS}
CASES = {calcul: [case for case in modele(calcul).cases if case.colonne] for calcul in CALCULS}


def inventer(data, calcul: str) -> dict[Case, float]:
    """Des chiffres tirés au sort dans toutes les cases, accordés entre eux : cohérents, et sans rapport avec le cas."""
    valeurs = {
        case: float(data.draw(st.integers(2, 9_999), label=str(case))) for case in CASES[calcul]
    }
    for case in CASES[calcul]:
        relation = FEUILLES[calcul].relations.get(case)
        if relation:
            valeurs[case] = relation.valeur(valeurs)
    return valeurs


def remplir(vierge: Cellule, valeurs: dict[Case, float]) -> Cellule:
    entete, *lignes = [ligne.split("|") for ligne in vierge.corps.split("\n") if "|" in ligne]
    colonnes = [nom.strip() for nom in entete[1:]]
    corps = ["|".join(entete)]
    for libelle, *_ in lignes:
        cases = [ecrire_nombre(valeurs[Case(libelle.strip(), nom)], 4) for nom in colonnes]
        corps.append(" | ".join([libelle, *cases]))
    return Cellule(vierge.type, vierge.identifiant, vierge.arguments, "\n".join(corps))


def a_reprendre(calcul: str, valeurs: dict[Case, float]) -> list[str]:
    """Tout ce que l'écho redit, quand les tableaux se remplissent dans l'ordre du cahier puis se relancent."""
    dits = []
    for vierge in VIERGES[calcul]:
        dits += controler(remplir(vierge, valeurs), valeurs).a_reprendre
    return [dit for dit in dits if "ne peut pas être négatif" not in dit]


@pytest.mark.parametrize("calcul", CALCULS)
@given(st.data())
@settings(max_examples=40, deadline=None)
def test_une_copie_fausse_mais_coherente_ne_recoit_aucun_message(calcul, data):
    assert a_reprendre(calcul, inventer(data, calcul)) == []


@pytest.mark.parametrize("calcul", CALCULS)
@given(st.data())
@settings(max_examples=40, deadline=None)
def test_une_case_qui_ne_tombe_pas_juste_est_nommee_sans_donner_de_chiffre(calcul, data):
    valeurs = inventer(data, calcul)
    fautive = data.draw(st.sampled_from(sorted(FEUILLES[calcul].relations)))
    ecart = abs(valeurs[fautive]) * 0.01 + 2
    faussees = valeurs | {fautive: valeurs[fautive] + ecart}
    dits = a_reprendre(calcul, faussees)
    assert [dit for dit in dits if dit.startswith(f"{fautive} : votre case ne correspond pas à")]
    # Aucun chiffre du calcul n'est dit : seulement la relation, en mots.
    relations = {case: r.identite for case, r in FEUILLES[calcul].relations.items()}
    connus = {
        f"{case} : votre case ne correspond pas à « {mots} » avec vos propres chiffres."
        for case, mots in relations.items()
    }
    assert set(dits) <= connus
    assert all(not re.search(r"\d{3}", mots) for mots in relations.values())


@pytest.mark.parametrize("calcul", CALCULS)
def test_le_corrige_et_une_autre_convention_sont_coherents(calcul):
    assert a_reprendre(calcul, modele(calcul).calculer()) == []


@pytest.mark.parametrize("calcul", CALCULS)
@given(st.data())
@settings(max_examples=30, deadline=None)
def test_l_echo_ne_distingue_pas_le_juste_du_faux(calcul, data):
    """Une case hors de toute relation peut valoir n'importe quoi : l'écho d'un tableau seul reste le même."""
    vierge = data.draw(st.sampled_from(VIERGES[calcul]))
    juste = modele(calcul).calculer()
    libres = [
        case
        for case in CASES[calcul]
        if case not in FEUILLES[calcul].relations
        and not any(case in modele(calcul).depend_de(r) for r in FEUILLES[calcul].relations)
    ]
    change = {case: float(data.draw(st.integers(2, 9_999))) for case in libres}
    assert (
        controler(remplir(vierge, juste)).a_reprendre
        == controler(remplir(vierge, juste | change)).a_reprendre
    )
