"""Le temps de travail : les heures et leur prix, le contingent, la rotation, les refus."""

import pytest

from grc_helpers.calculs import temps_de_travail as t


@pytest.mark.parametrize(
    ("heures", "attendu"),
    [(35, (35, 0, 0)), (36, (35, 1, 0)), (43, (35, 8, 0)), (45, (35, 8, 2)), (20, (20, 0, 0))],
)
def test_les_heures_se_rangent_par_leur_prix(heures, attendu):
    """45 heures : 8 à 25 % et 2 à 50 % (s5-th-48)."""
    semaine = t.semaine(heures)
    assert (semaine.normales, semaine.premieres, semaine.suivantes) == attendu
    assert semaine.supplementaires == max(0, heures - 35)


def test_le_salaire_de_45_heures_et_un_accord_a_10():
    assert t.salaire_brut(45, 12) == 12 * (35 + 8 * 1.25 + 2 * 1.5)
    assert t.salaire_brut(45, 12, t.Regle(majoration=0.10)) == pytest.approx(12 * (35 + 8.8 + 3))
    assert t.salaire_brut(35, 12) == 420


def test_le_contingent_s_epuise():
    """220 heures par an : 22 semaines de 45 heures, pas une de plus."""
    assert t.semaines_avant_le_contingent(45) == 22
    assert t.semaines_avant_le_contingent(39) == 55
    assert t.semaines_avant_le_contingent(35) is None


def test_une_semaine_permise_peut_avoir_un_jour_de_trop():
    """45 heures passent dans la semaine ; 11 heures, pas dans le jour (s5-th-47). Dix heures pile, si."""
    jours = [11, 10, 8, 8, 8]
    assert t.semaine(sum(jours)).suivantes == 2 and t.jours_trop_longs(jours) == [1]


def test_la_rotation_et_son_prix():
    assert t.taux_de_rotation(entrees=10, sorties=5, effectif=100) == 0.075
    depart = t.cout_d_un_depart(
        recrutement=3000, formation=4000, salaire=5000, mois_pour_apprendre=2
    )
    assert depart == 12_000
    couts = [
        t.cout_de_la_rotation(effectif=13, part_qui_part=part, cout_d_un_depart=depart)
        for part in (0.40, 0.50)
    ]
    assert couts == pytest.approx([62_400, 78_000])


@pytest.mark.parametrize(
    ("geste", "message"),
    [
        (lambda: t.semaine(49), "de 0 à 48 heures"),
        (lambda: t.semaine(-1), "de 0 à 48 heures"),
        (lambda: t.jours_trop_longs([8, 25]), "de 0 à 24 heures"),
        (lambda: t.salaire_brut(35, -1), "ne peut pas être négatif"),
        (lambda: t.Regle(majoration=0.05), "sous 0,10"),
        (lambda: t.Regle(seuil=0), "plus grand que 0 heure"),
        (lambda: t.taux_de_rotation(entrees=1, sorties=1, effectif=0), "au moins un salarié"),
        (lambda: t.taux_de_rotation(entrees=-1, sorties=1, effectif=9), "négatives"),
        (
            lambda: t.cout_d_un_depart(
                recrutement=-1, formation=0, salaire=0, mois_pour_apprendre=0
            ),
            "ne peut pas être négatif",
        ),
        (
            lambda: t.cout_de_la_rotation(effectif=1, part_qui_part=-1, cout_d_un_depart=1),
            "ne peut pas être négatif",
        ),
    ],
)
def test_ce_qui_n_a_pas_de_sens_est_refuse_en_francais(geste, message):
    with pytest.raises(ValueError, match=message):
        geste()
