"""Le TP 2 de la séquence 3 : ses chiffres recalculés, ses dates, et ce que ses documents disent avant les questions."""

import re
from datetime import date

import pytest

from autograde.cours.devoir import charger_devoir
from tests.classe_fictive import DEPOT
from tests.contenu.cahiers import cahier

TP, LECON = "s3_tp2_limites_fidelisation", "s3_fidelisation"


@pytest.fixture(scope="module")
def textes():
    return {c.id: c.texte for c in cahier(TP)}


@pytest.fixture(scope="module")
def bareme():
    return charger_devoir(DEPOT, TP).bareme


def nombres(ligne: str) -> list[int]:
    """Les nombres d'une ligne de tableau, une case après l'autre.

    >>> nombres("| billets | 1 200 | 40 DH |")
    [1200, 40]
    """
    return [int(re.sub(r"\D", "", c)) for c in ligne.split("|")[2:] if re.search(r"\d", c)]


def lignes(texte: str) -> list[str]:
    """Les lignes du tableau d'une cellule, sans l'en-tête ni le trait."""
    return [ligne for ligne in texte.split("\n") if ligne.startswith("|")][2:]


def test_la_quinzaine_d_octobre(textes, bareme):
    billets, marges = map(nombres, lignes(textes["quinzaine"]))
    (habitude, pendant, apres), (pleine, reduite, ensuite) = billets, marges
    assert pleine - reduite == 90 - 60, "ce que le prix a perdu, la marge l'a perdu"
    perdue = 2 * habitude * pleine - pendant * reduite - apres * ensuite
    question = bareme["s3_tp2_q3a"]
    assert question.attendu == perdue == 38_000
    assert [e.valeurs for e in question.erreurs_typiques] == [
        habitude * pleine - pendant * reduite,
        pendant * reduite + apres * ensuite,
        2 * habitude * pleine - pendant * reduite,
        2 * habitude * pleine,
    ]
    assert date(2026, 10, 5).weekday() == 0 and date(2026, 10, 18).weekday() == 6
    assert "du 5 au 18 octobre 2026" in textes["deux_operations"]


def test_la_carte_se_compare_aux_temoins(textes, bareme):
    payes, offerts = map(nombres, lignes(textes["carte"]))
    porteur, temoin, autre = payes
    assert offerts == [porteur // 10, 0, 0], "dix trajets payés, le suivant offert"
    cout = offerts[0] * (90 - 40) + 10
    question = bareme["s3_tp2_q3b"]
    assert question.attendu == (porteur - temoin) * 40 - cout == -30
    fautes = [e.valeurs for e in question.erreurs_typiques]
    assert (porteur - autre) * 40 - cout in fautes and porteur * 40 - cout in fautes
    assert [(porteur - temoin) * 40, -cout] in fautes
    attendus = {n.valeur for n in bareme["s3_tp2_q5"].elements[1].nombres}
    assert {30, cout, (porteur - temoin) * 40, 30 * 800} <= attendus


def test_les_calculs_des_exemples_et_du_cas_nu(textes):
    assert 400 * 10 - (300 * 2 + 150 * 10) == 1_900 and "**1 900 DH**" in textes["etape_3"]
    cout, inscrits, restes = map(nombres, lignes(textes["cas_nu"]))
    promotion, parrainage = (c * i / r for c, i, r in zip(cout, inscrits, restes, strict=True))
    assert f"**{promotion:g} DH**" in textes["cas_corrige"]
    assert f"{parrainage:g} DH de l'autre" in textes["cas_corrige"]
    assert date(2027, 4, 6).weekday() == 1 and date(2027, 4, 10).weekday() == 5


def test_l_histoire_vraie_est_datee_et_sourcee(textes):
    """Les faits de l'article du manuel (CNCF y est une coquille), et ce que la presse en a dit en 2012."""
    assert "fin 2005" in textes["sncf"] and "cinquante fois par an" in textes["sncf"]
    assert "**10 000** points de vente" in textes["sncf"] and "CNCF" not in textes["sncf"]
    assert "imaginées" in textes["sncf_scenes"]
    assert "Sources" in textes["sncf_2012"] and "Limites" in textes["sncf_2012"]
    assert "**8 millions**" in textes["sncf_2012"] and "**800 000**" in textes["sncf_2012"]


def test_les_quatre_differences_sont_celles_de_la_lecon(textes, bareme):
    enonce = textes["s3_tp2_q2a_enonce"]
    propositions = dict(re.findall(r"- \*\*(\w)\*\* : (.+?)[;.]\n", enonce + "\n"))
    for libelle, lettre in bareme["s3_tp2_q2a"].attendu.items():
        critere, _, pole = libelle.partition(", pour la ")
        ligne = next(
            n
            for n in lignes({c.id: c.texte for c in cahier(LECON)}["etape_5_differences"])
            if critere.lower() in n
        )
        attendu = ligne.split("|")[2 if pole == "fidélisation" else 3]
        communs = set(re.findall(r"\w{5,}", attendu)) & set(
            re.findall(r"\w{5,}", propositions[lettre])
        )
        assert communs, (libelle, attendu, propositions[lettre])


def test_aucune_association_ne_se_fait_par_elimination(bareme):
    assert sorted(bareme["s3_tp2_q1a"].attendu.values()) == [[b] for b in "aaabbbccc"]
    assert set("abcdefghij") - set(bareme["s3_tp2_q2a"].attendu.values()) == {"g", "i"}
    assert set(bareme["s3_tp2_q4b"].attendu.values()) == set("abcd")
