"""Le report d'erreur : il pardonne une erreur de départ, il ne note pas des chiffres inventés."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograde.baremes.report import ERREURS_SUIVIES, NON_SUIVIE, TROP_D_ERREURS
from autograde.baremes.resultats import Statut
from autograde.cas import MODELES, modele
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.notation.correction import Correction
from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.feuilles import FEUILLES
from grc_helpers.reponses.types.tableau import lire_seul
from tests.classe_fictive import DEPOT
from tests.surete.tricherie import noter, points

CHIFFRES = ("nombre", "tableau")
DEVOIR_DU_CAS = {
    "valeur_client": "s2_tp1_ltv",
    "rimaldi": "s2_tp2_rimaldi",
    "fil_rouge": "s2_at1_rfm",
    "tamax": "s2_tp3_bertin",
    "souss_fibre": "s4_at1_traitement_reclamations",
}
CAS = sorted(MODELES)


def corriger(nom: str, valeurs: dict) -> Correction:
    """La copie qui écrit ces valeurs dans les tableaux et les nombres du cas ; une case absente reste vide."""
    devoir = charger_devoir(DEPOT, DEVOIR_DU_CAS[nom])
    return noter(
        devoir.nom,
        {
            identifiant: corps
            for identifiant in devoir.questions
            if (corps := _corps(devoir, identifiant, valeurs)) is not None
        },
    )


def _corps(devoir: Devoir, identifiant: str, valeurs: dict) -> str | None:
    question, bareme = devoir.questions[identifiant], devoir.bareme[identifiant]
    if getattr(bareme, "calcul", None) is None:
        return None
    if question.type == "nombre":
        return ecrire_nombre(valeurs[bareme.case], 9) if bareme.case in valeurs else ""
    vierge = lire_seul(question.vierge.corps)
    lignes = [
        " | ".join([ligne, *(_ecrire(valeurs.get(Case(ligne, c))) for c in vierge.colonnes)])
        for ligne in vierge.lignes
    ]
    return "\n".join([" | ".join(["", *vierge.colonnes]), *lignes])


def _ecrire(valeur: float | None) -> str:
    return "" if valeur is None else ecrire_nombre(valeur, 9)


def statuts(correction: Correction) -> dict[Case, Statut]:
    return {
        case.cle: case.statut
        for nom, note in correction.notes.items()
        if correction.devoir.questions[nom].type in CHIFFRES
        for case in note.cases
    }


def inventes(nom: str) -> st.SearchStrategy[float]:
    """Des chiffres dont aucun n'est juste par hasard : bien au-delà de tous ceux du cas."""
    debut = 10 * round(max(map(abs, modele(nom).calculer().values())))
    return st.integers(debut, 10 * debut).map(lambda entier: entier + 0.37)


@pytest.mark.parametrize("nom", CAS)
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_des_chiffres_inventes_et_coherents_ne_rapportent_rien_d_office(nom, data):
    """Toutes les cases inventées, puis accordées entre elles : la suite d'erreurs ne rapporte rien."""
    valeurs = {case: data.draw(inventes(nom)) for case in modele(nom).cases}
    for case in modele(nom).cases:
        if relation := FEUILLES[nom].relations.get(case):
            valeurs[case] = relation.valeur(valeurs)
    correction = corriger(nom, valeurs)
    assert points(correction, CHIFFRES) == 0
    trouves = statuts(correction)
    assert Statut.REPORTEE not in trouves.values() and Statut.JUSTE not in trouves.values()
    # Ce qui suivait ses propres chiffres n'est pas un zéro silencieux : le formateur le voit, avec le motif.
    for note in correction.notes.values():
        suivies = [case for case in note.cases if case.message == NON_SUIVIE]
        assert bool(suivies) == (TROP_D_ERREURS in note.a_verifier)
    assert any(TROP_D_ERREURS in note.a_verifier for note in correction.notes.values())


@pytest.mark.parametrize("nom", CAS)
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_peu_de_cases_inventees_et_le_reste_vide_ne_rapporte_presque_rien(nom, data):
    """Qui laisse vides les autres cases pour rester sous la limite n'en tire pas deux points."""
    relations = FEUILLES[nom].relations
    libres = [case for case in modele(nom).cases if case not in relations]
    choisies = data.draw(
        st.lists(st.sampled_from(libres), min_size=1, max_size=ERREURS_SUIVIES, unique=True)
    )
    valeurs = {case: data.draw(inventes(nom)) for case in choisies}
    for case, relation in relations.items():
        if (valeur := relation.valeur(valeurs)) is not None:
            valeurs[case] = valeur
    assert points(corriger(nom, valeurs), CHIFFRES) < 2


@pytest.mark.parametrize("nom", CAS)
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_trois_erreurs_suivies_dans_tout_le_calcul_ne_coutent_qu_elles_memes(nom, data):
    """Un stagiaire qui se trompe jusqu'à trois fois et calcule bien la suite n'est jamais renvoyé pour cela au formateur."""
    reference = modele(nom).calculer()
    fautives = data.draw(
        st.lists(
            st.sampled_from(sorted(reference)), min_size=1, max_size=ERREURS_SUIVIES, unique=True
        )
    )
    # Une faute de calcul ou de frappe, pas un tableau absurde (plus de clients perdus que de clients).
    ecart = data.draw(st.sampled_from([0.8, 0.9, 1.1, 1.2]))
    imposees = {case: ecart * reference[case] + 0.3 for case in fautives}
    try:
        valeurs = modele(nom).calculer(imposees)
    except (ArithmeticError, KeyError):  # ces erreurs-là ne laissent rien calculer
        return
    correction = corriger(nom, valeurs)
    messages = [case.message for note in correction.notes.values() for case in note.cases]
    assert NON_SUIVIE not in messages
    assert not any(TROP_D_ERREURS in note.a_verifier for note in correction.notes.values())


def test_une_erreur_au_tout_debut_garde_tous_les_points_de_la_suite():
    valeurs = modele("valeur_client").calculer({Case("Clients gagnés"): 4_000})
    correction = corriger("valeur_client", valeurs)
    fausses = [case for case, statut in statuts(correction).items() if statut is Statut.FAUSSE]
    assert fausses == [Case("Clients gagnés")]
    assert points(correction, CHIFFRES) == 15


def test_une_copie_commencee_par_une_erreur_garde_le_report():
    """Un seul tableau rempli, tout entier faux à cause de la question d'avant : rien n'est juste, et la suite compte."""
    valeurs = modele("valeur_client").calculer({Case("Clients gagnés"): 4_000})
    gardees = {
        c: v
        for c, v in valeurs.items()
        if c[0] in ("Clients gagnés", "Clients perdus", "Clients restants")
    }
    correction = corriger("valeur_client", gardees)
    assert correction.points("s2_tp1_q1") == 4 and not correction.notes["s2_tp1_q1"].a_verifier
