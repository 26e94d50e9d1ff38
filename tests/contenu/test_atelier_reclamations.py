"""L'atelier de la séquence 4 : les 150 réclamations, les délais des cartes et les exemples, recalculés à part."""

import re
from collections import Counter
from datetime import datetime
from statistics import mean, median

import pytest

from autograde.cas.souss_fibre import ABONNES
from autograde.cours.devoir import charger_devoir
from grc_helpers.calculs.reclamations import delai_de_reponse, delai_median, pour_mille
from grc_helpers.donnees import lire
from grc_helpers.entrainement.fichier import charger
from tests.classe_fictive import DEPOT
from tests.contenu.cahiers import cahier

ATELIER = "s4_at1_traitement_reclamations"
RECUES = lire("reclamations_souss_fibre")
DELAIS = [int(ligne["delai"]) for ligne in RECUES]
MARDI_9_H = datetime(2027, 1, 12, 9)


@pytest.fixture(scope="module")
def textes():
    return {c.id: c.texte for c in cahier(ATELIER)}


@pytest.fixture(scope="module")
def bareme():
    return charger_devoir(DEPOT, ATELIER).bareme


def test_le_jour_de_l_atelier_est_un_mardi_ouvre(textes):
    assert "mardi 12 janvier 2027" in textes["situation"] and MARDI_9_H.weekday() == 1
    recues = [datetime.fromisoformat(ligne["recue"]) for ligne in RECUES]
    assert recues == sorted(recues) and max(jour.weekday() for jour in recues) == 4


@pytest.mark.parametrize(
    ("carte", "demande"),
    [
        ("4 Prélèvement", datetime(2027, 1, 15, 9)),
        ("7 Attestation", datetime(2027, 1, 13, 10)),
        ("11 Promesse", datetime(2027, 1, 18, 9)),
    ],
)
def test_le_delai_demande_par_le_client(bareme, carte, demande):
    heures = (demande - MARDI_9_H).total_seconds() / 3600
    assert bareme["s4_at1_q2"].attendu[carte]["Délai"] == delai_de_reponse(True, False, heures)


def test_les_deux_delais_de_la_maison(bareme):
    attendu = bareme["s4_at1_q2"].attendu
    assert attendu["3 Pharmacie"]["Délai"] == delai_de_reponse(True, True)
    assert attendu["12 Application"]["Délai"] == delai_de_reponse(False, False)


def test_tiznit_a_le_moins_de_reclamations_et_le_plus_fort_taux():
    comptes = Counter(ligne["secteur"] for ligne in RECUES)
    taux = {secteur: pour_mille(comptes[secteur], abonnes) for secteur, abonnes in ABONNES.items()}
    assert taux == {"Agadir": 10, "Inezgane": 12, "Taroudant": 15, "Tiznit": 20}
    assert min(comptes, key=lambda secteur: comptes[secteur]) == "Tiznit"


def test_les_delais_annonces(textes, bareme):
    lettres = [int(ligne["delai"]) for ligne in RECUES if ligne["canal"] == "lettre"]
    assert len(lettres) == 8 and bareme["s4_at1_q9"].attendu == delai_median(lettres) == 9
    parts = [round(100 * sum(d <= jours for d in DELAIS) / len(RECUES), 1) for jours in (5, 12)]
    assert [case["Part en %"] for case in bareme["s4_at1_q10"].attendu.values()] == parts
    assert parts[1] == 90, "douze jours se promettent : neuf fois sur dix"
    assert "moyenne de 7,8 jours et une médiane de 5" in textes["etape_5_faits"]
    assert (round(mean(DELAIS), 1), median(DELAIS)) == (7.8, 5)
    avis = [(int(r["delai"]), r["satisfait"]) for r in RECUES if r["satisfait"] != "inconnu"]
    assert Counter(dit for delai, dit in avis if delai <= 5) == {"oui": 67, "non": 3}
    assert Counter(dit for delai, dit in avis if delai > 12) == {"oui": 2, "non": 13}
    recommandees = [int(r["delai"]) for r in RECUES if r["recommandee"] == "oui"]
    assert (len(recommandees), median(recommandees)) == (15, 34)
    assert "15 lettres recommandées ont attendu 34 jours" in textes["constats"]


def test_la_facture_n_est_pas_l_affaire_de_tiznit():
    tiznit = Counter(r["cause"] for r in RECUES if r["secteur"] == "Tiznit")
    assert (tiznit["facture"], tiznit.total()) == (3, 18)
    assert tiznit.most_common(1) == [("coupure", 5)]


def test_le_plombier_promet_un_delai_tenu_neuf_fois_sur_dix():
    delais = [1] * 8 + [2] * 6 + [3] * 4 + [30] * 2
    assert (median(delais), sum(delais), len(delais)) == (2, 92, 20)
    juste = next(option for option in charger(ATELIER, "promettre").options if option.juste)
    assert juste.texte.startswith("« Trois jours »")
    assert sum(delai <= 3 for delai in delais) == 18 == 0.9 * len(delais)


def test_ce_que_dit_l_exercice_d_exploration():
    non_fondees = Counter(r["cause"] for r in RECUES if r["fondee"] == "non")
    assert non_fondees.total() == 26 and non_fondees.most_common(1) == [("facture", 10)]
    par_canal = {
        canal: round(mean(int(r["delai"]) for r in RECUES if r["canal"] == canal), 1)
        for canal in ("message", "téléphone")
    }
    assert par_canal == {"message": 4.7, "téléphone": 8.4}
    assert Counter(r["recue"][:7] for r in RECUES).most_common(1) == [("2026-11", 32)]
    coupures = Counter(r["canal"] for r in RECUES if r["cause"] == "coupure")
    assert coupures.most_common(1)[0][0] == "téléphone"


def test_l_issue_rentable(textes, bareme):
    assert bareme["s4_at1_q15"].attendu == pytest.approx(0.6 * 100 * 15 - 120 - 240)
    assert "0,7 × 900 − 200 = **430 DH**" in textes["etape_7_rentable"]
    assert "(0,7 − 0,2) × 900 − 200 = 250 DH" in textes["etape_7_rentable"]
    assert pour_mille(21, 300 * 7) == 10 and pour_mille(42, 1200 * 7) == 5
    assert re.search(r"\*\*10\*\*, contre 5 au centre", textes["cas_corrige"])
