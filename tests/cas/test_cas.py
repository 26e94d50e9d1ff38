"""Chaque cas noté se déclare une fois, dans ``autograde/cas`` ; l'écho du stagiaire n'en connaît que les libellés et les relations."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograde.cas import MODELES, modele
from autograde.cours.devoir import charger_devoir
from grc_helpers.calculs.coherence import Relations
from grc_helpers.reponses.feuilles import FEUILLES
from tests.classe_fictive import DEPOT

CAS = sorted(MODELES)


def chiffres(cases) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries({case: st.floats(1, 9, allow_nan=False) for case in cases})


def test_un_cas_inconnu_s_explique():
    with pytest.raises(KeyError, match="valeur_client, rimaldi, fil_rouge, tamax, souss_fibre"):
        modele("inconnu")


@pytest.mark.parametrize("nom", CAS)
def test_l_echo_connait_les_libelles_du_cas_et_eux_seuls(nom):
    cases = [case for case in modele(nom).cases if case.colonne]
    assert set(FEUILLES[nom].lignes) == {case.ligne for case in cases}
    assert set(FEUILLES[nom].colonnes) == {case.colonne for case in cases}


def test_chaque_feuille_de_l_echo_est_celle_d_un_cas():
    assert FEUILLES.keys() == MODELES.keys()


@pytest.mark.parametrize("nom", CAS)
@given(st.data())
@settings(max_examples=50)
def test_l_echo_verifie_les_relations_du_modele_qui_note(nom, data):
    """Mêmes cases, mêmes mots, même résultat, quels que soient les chiffres : rien n'est écrit deux fois autrement."""
    relations: Relations = FEUILLES[nom].relations
    du_modele = {case: f for case, f in modele(nom).cases.items() if f.identite}
    assert {case: f.identite for case, f in relations.items()} == {
        case: f.identite for case, f in du_modele.items()
    }
    valeurs = data.draw(chiffres(modele(nom).cases))
    for case, relation in relations.items():
        assert relation.valeur(valeurs) == du_modele[case].valeur(valeurs)


@pytest.mark.parametrize("nom", CAS)
def test_les_relations_ne_lisent_que_des_cases_de_tableaux(nom):
    """L'écho ne relit que des tableaux : une relation qui lirait autre chose ne servirait jamais."""
    relations = FEUILLES[nom].relations
    assert relations
    for case in relations:
        assert all(source.colonne for source in modele(nom).depend_de(case))


def test_les_noms_des_lignes_de_magie_sont_ceux_des_cas_et_de_leurs_baremes():
    """Une copie faite avant garde sa ligne de magie : le nom qu'elle porte est toujours celui d'un cas."""
    nommes = set()
    for devoir in map(lambda nom: charger_devoir(DEPOT, nom), DEPOT.devoirs_notes()):
        for identifiant, question in devoir.questions.items():
            calcul = getattr(devoir.bareme[identifiant], "calcul", None)
            if question.type == "tableau":
                assert (question.vierge.arguments or (None,))[0] == calcul
            nommes.add(calcul)
    assert (
        nommes - {None}
        == set(MODELES)
        == {"valeur_client", "rimaldi", "fil_rouge", "tamax", "souss_fibre"}
    )


def test_les_resultats_des_cas_sont_ceux_d_avant():
    """Des valeurs de contrôle du manuel et de nos recalculs : le déménagement n'a changé aucun résultat."""
    controles = {
        "valeur_client": {("Valeur client", ""): 140_676.44, ("Résultat", "N4"): 21_118.23},
        "rimaldi": {("CA total", ""): 2_850_000, ("Classe C", "Part du CA"): 13},
        "fil_rouge": {("Plan A", "Gain attendu"): -5, ("Plan C", "Gain attendu"): 12},
        "tamax": {("Montant juste", "Facture"): 294.17, ("1er juin", "Solde"): 1525.98},
        "souss_fibre": {("Décembre", "Cumul"): 150, ("Tiznit", "Pour 1 000 abonnés"): 20},
    }
    for nom, attendues in controles.items():
        valeurs = modele(nom).calculer()
        for case, attendue in attendues.items():
            assert math.isclose(valeurs[case], attendue, abs_tol=0.005), (nom, case)


def test_les_cahiers_distribues_n_importent_rien_des_cas():
    for chemin in DEPOT.distribue.rglob("*.ipynb"):
        assert not re.search(
            r"calculs\.cas|autograde|tableau_(?:rfm|tamax|portefeuille)", chemin.read_text("utf-8")
        ), chemin.name
