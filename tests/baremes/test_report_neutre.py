"""Le report d'erreur ne paie qu'un calcul : suivre une valeur neutre (multiplier par un, ajouter zéro) ne rapporte rien."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograde.baremes.cases import noter_cases
from autograde.baremes.resultats import Statut
from autograde.baremes.types.nombre import BaremeNombre
from autograde.cas import MODELES, modele
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.tableau import Formule, Modele
from grc_helpers.francais.nombres import NombreLu, lire_nombre

BAREME = BaremeNombre(type="nombre", attendu=0.0)
A, B, C = Case("A"), Case("B"), Case("C")
CALCULS = {
    "produit": lambda v: v[A] * v[B],
    "somme": lambda v: v[A] + v[B],
    "différence": lambda v: v[A] - v[B],
    "quotient": lambda v: v[A] / v[B],
    "pourcentage": lambda v: v[A] * v[B] / 100,
}


def noter(tableau: Modele, ecrites: dict[Case, float]):
    textes = {case: str(valeur) for case, valeur in ecrites.items()}
    lus = {case: NombreLu(valeur) for case, valeur in ecrites.items()}
    return noter_cases(tableau, textes, lus, dict.fromkeys(ecrites, BAREME))


valeurs = st.sampled_from([0.0, 1.0, -1.0, 100.0, 2.0, 0.5]) | st.integers(-500, 500).map(float)


@settings(max_examples=600)
@given(st.sampled_from(sorted(CALCULS)), valeurs, valeurs, valeurs, valeurs)
def test_aucun_point_de_report_pour_une_recopie(nom, a, b, a_lui, b_lui):
    tableau = Modele(
        [
            Formule(A, lambda v: a),
            Formule(B, lambda v: b or 3.0),
            Formule(C, CALCULS[nom]),
        ]
    )
    reference = tableau.calculer()
    suite = tableau.recalculer(C, {A: a_lui, B: b_lui})
    assume(suite is not None)
    notee = noter(tableau, {A: a_lui, B: b_lui, C: suite})[C]
    recopie = any(BAREME.tolerance.admet(suite, valeur) for valeur in (a_lui, b_lui))
    du_corrige = any(BAREME.tolerance.admet(reference[C], reference[s]) for s in (A, B))
    if recopie and not du_corrige:
        assert notee.statut is not Statut.REPORTEE
    if notee.statut is Statut.REPORTEE:
        assert suite != 0


@settings(max_examples=300)
@given(st.sampled_from(sorted(MODELES)), st.sampled_from([0.0, 1.0]), st.data())
def test_une_valeur_neutre_partout_ne_rapporte_aucune_case(nom, neutre, donnees):
    """Le stagiaire écrit la même valeur neutre dans une ligne, puis recopie : aucune case suivante n'est « reportée » à la même valeur."""
    tableau = modele(nom)
    reference = tableau.calculer()
    source = donnees.draw(st.sampled_from(list(tableau.cases)))
    assume(not BAREME.tolerance.admet(neutre, reference[source]))
    suivantes = [case for case in tableau.cases if source in tableau.depend_de(case)]
    for case in suivantes:
        suite = tableau.recalculer(case, {**reference, source: neutre})
        if suite is None:
            continue
        notee = noter(tableau, {source: neutre, case: suite})[case]
        siennes = {**reference, source: neutre}
        recopie = any(BAREME.tolerance.admet(suite, siennes[s]) for s in tableau.depend_de(case))
        copie = any(
            BAREME.tolerance.admet(reference[case], reference[s]) for s in tableau.depend_de(case)
        )
        assert notee.statut is not Statut.REPORTEE or not recopie or copie


def test_un_vrai_calcul_sur_une_erreur_se_reporte_toujours():
    tableau = Modele(
        [Formule(A, lambda v: 40), Formule(B, lambda v: 12), Formule(C, CALCULS["produit"])]
    )
    assert noter(tableau, {A: 50, B: 12, C: 600})[C].statut is Statut.REPORTEE


def test_le_premier_cumul_recopie_comme_le_corrige():
    tableau = Modele([Formule(A, lambda v: 40), Formule(C, lambda v: v[A])])
    assert noter(tableau, {A: 40, C: 40})[C].statut is Statut.JUSTE


@pytest.mark.parametrize(
    ("ecrit", "fraction"), [("25 %", 1), ("25", 1), ("0,25", 1), ("1/4", 1), ("0,25 %", 0), ("25 €", 0)]
)  # fmt: skip
def test_une_part_acceptee_ne_l_est_pas_avec_le_signe_pour_cent(ecrit, fraction):
    devoir = charger_devoir(Cours(), "s2_at1_rfm")
    bareme, case = devoir.bareme["s2_at1_q7"], Case("Taux d'équilibre")
    lu = lire_nombre(ecrit, "%")
    notee = noter_cases(modele("fil_rouge"), {case: ecrit}, {case: lu}, {case: bareme})[case]
    assert notee.credit == fraction
