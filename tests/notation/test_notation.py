"""La notation du TP « valeur client » : copie vide, corrigé, report d'erreur, conventions, doutes."""

import math

import pytest

from autograde.baremes.resultats import NoteQuestion, Statut
from autograde.baremes.types.choix import BaremeChoix
from autograde.cas import modele
from autograde.cas.verdanis import hypotheses
from autograde.cours.devoir import charger_devoir
from autograde.notation.copie import corriger_les_reponses
from autograde.production.essais_du_bareme import corriger_des_textes
from grc_helpers.calculs import valeur_client
from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.notebook import lire_reponses
from grc_helpers.reponses.types.tableau import lire_seul
from tests.classe_fictive import DEPOT, copie_parfaite, notebook_distribue

DEVOIRS = {nom: charger_devoir(DEPOT, nom) for nom in DEPOT.devoirs_notes()}
LTV = DEVOIRS["s2_tp1_ltv"]
TABLEAUX = [
    identifiant for identifiant, question in LTV.questions.items() if question.type == "tableau"
]
MAXIMUM_SANS_LA_PROSE = 16


def copie_calculee(valeurs: dict[Case, float], decimales: int = 2) -> dict[str, str]:
    """Les réponses d'un stagiaire dont toutes les cases valent ``valeurs``."""
    textes = {
        "s2_tp1_q0": ecrire_nombre(valeurs[valeur_client.CLIENTS_GAGNES]),
        "s2_tp1_q2e": ecrire_nombre(valeurs[valeur_client.VALEUR_CLIENT], decimales),
    }
    for identifiant in TABLEAUX:
        vierge = lire_seul(LTV.questions[identifiant].vierge.corps)
        textes[identifiant] = "\n".join(
            " | ".join(
                [
                    ligne,
                    *(
                        ecrire_nombre(valeurs[ligne, colonne], decimales)
                        for colonne in vierge.colonnes
                    ),
                ]
            )
            for ligne in vierge.lignes
        )
    return textes


def note(textes: dict[str, str]) -> float:
    correction = corriger_des_textes(LTV, textes)
    return round(sum(correction.points(identifiant) or 0 for identifiant in LTV.questions), 2)


@pytest.mark.parametrize("nom", DEVOIRS)
def test_copie_vide_vaut_zero_sans_attendre_personne(nom):
    correction = corriger_les_reponses(
        lire_reponses(notebook_distribue(nom), DEVOIRS[nom].questions), DEVOIRS[nom]
    )
    assert {correction.points(identifiant) for identifiant in correction.notes} == {0.0}
    assert not any(note.a_verifier for note in correction.notes.values())


@pytest.mark.parametrize("nom", DEVOIRS)
def test_corrige_vaut_tous_les_points_sans_attendre_personne(nom):
    devoir = DEVOIRS[nom]
    correction = corriger_les_reponses(lire_reponses(copie_parfaite(nom), devoir.questions), devoir)
    for identifiant in devoir.questions:
        assert correction.points(identifiant) == devoir.points[identifiant], identifiant
        toujours_relue = (
            getattr(devoir.bareme[identifiant], "relecture", "auto") == "toujours"
        )  # une lettre
        assert toujours_relue or not correction.notes[identifiant].a_verifier, identifiant


def test_le_tp_est_note_sur_vingt():
    assert LTV.total == 20


@pytest.mark.parametrize("arrondi", ["non", "proche", "superieur"])
def test_vingt_vingt_virgule_quatre_ou_vingt_et_un_clients_perdus_avec_leurs_consequences(arrondi):
    valeurs = valeur_client.modele(hypotheses(), clients_entiers=arrondi).calculer()
    assert note(copie_calculee(valeurs)) == MAXIMUM_SANS_LA_PROSE
    statuts = {
        case.statut
        for n in corriger_des_textes(LTV, copie_calculee(valeurs)).notes.values()
        for case in n.cases
        if case.ecrit
    }
    assert statuts == {Statut.JUSTE}, "une convention acceptée n'est pas une erreur reportée"


CASES_D_ENTREE = [
    cle
    for cle in modele("valeur_client").cases
    if cle.colonne == "N1" or cle == valeur_client.CLIENTS_GAGNES
]


@pytest.mark.parametrize("cle", CASES_D_ENTREE, ids=str)
@pytest.mark.parametrize("facteur", [1.1, 0.9, 1.5])
def test_une_erreur_suivie_avec_coherence_ne_coute_que_sa_case(cle, facteur):
    ltv = modele("valeur_client")
    valeurs = ltv.calculer({cle: ltv.calculer()[cle] * facteur})
    correction = corriger_des_textes(LTV, copie_calculee(valeurs, decimales=6))
    fausses = [
        case.cle
        for n in correction.notes.values()
        for case in n.cases
        if case.statut is Statut.FAUSSE
    ]
    assert fausses == [cle]


def test_multiplier_la_premiere_ligne_ne_fait_pas_baisser_les_suivantes():
    juste = corriger_des_textes(LTV, copie_calculee(modele("valeur_client").calculer(), 6))
    faux = corriger_des_textes(
        LTV, copie_calculee(modele("valeur_client").calculer({("Clients perdus", "N1"): 180}), 6)
    )
    for identifiant in LTV.questions:
        if identifiant != "s2_tp1_q1":
            assert faux.points(identifiant) == juste.points(identifiant)


def test_une_erreur_reportee_puis_une_autre_compte_deux_fois():
    valeurs = modele("valeur_client").calculer(
        {("Clients perdus", "N1"): 120, ("Résultat", "N2"): 5000}
    )
    correction = corriger_des_textes(LTV, copie_calculee(valeurs, 6))
    fausses = {
        case.cle
        for n in correction.notes.values()
        for case in n.cases
        if case.statut is Statut.FAUSSE
    }
    assert fausses == {("Clients perdus", "N1"), ("Résultat", "N2")}


def test_une_case_vide_ou_illisible_ne_se_reporte_pas():
    for texte in ("", "je ne sais pas"):
        textes = {
            "s2_tp1_q1": f"Clients perdus | {texte} | 60 | 36 | 20,4\nClients restants | 300 | 240 | 204 | 183,6"
        }
        n = corriger_des_textes(LTV, textes).notes["s2_tp1_q1"]
        assert [case.statut for case in n.cases[1:]] == [Statut.JUSTE] * 7
        assert bool(n.a_verifier) == bool(texte)


@pytest.mark.parametrize("fraction", [math.nan, math.inf, -0.1, 1.2])
def test_une_note_absurde_devient_un_doute(fraction):
    assert NoteQuestion(fraction).points(4) is None


def test_une_exception_dans_la_notation_devient_un_doute(monkeypatch):
    def en_panne(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(BaremeChoix, "noter", en_panne)
    devoir = DEVOIRS["s0_prise_en_main"]
    correction = corriger_des_textes(devoir, {"s0_q1": "54", "s0_q3": "b"})
    assert (
        correction.points("s0_q3") is None and "échoué" in correction.notes["s0_q3"].a_verifier[0]
    )
    assert correction.points("s0_q1") == 2


def test_les_accents_les_espaces_et_l_ordre_ne_changent_rien():
    textes = copie_calculee(modele("valeur_client").calculer())
    autres = {
        identifiant: "\n".join(
            reversed(
                texte.upper().replace("\u202f", "").replace("Û", "U").replace("É", "E").split("\n")
            )
        )
        for identifiant, texte in textes.items()
    }
    assert note(autres) == note(textes) == MAXIMUM_SANS_LA_PROSE
