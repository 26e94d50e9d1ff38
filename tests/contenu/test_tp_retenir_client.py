"""Le TP 1 de la séquence 3 : ses chiffres recalculés, ses dates, et ce que les documents disent avant les questions."""

import re
from datetime import date

import pytest

from autograde.cours.devoir import charger_devoir
from grc_helpers.calculs import fidelisation as f
from grc_helpers.entrainement.fichier import charger, noms
from tests.classe_fictive import DEPOT
from tests.contenu.cahiers import cahier

TP, LECON = "s3_tp1_retenir_client", "s3_fidelisation"
MOIS = {"septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12, "janvier": 1}
FERIES = {date(2026, 11, 6), date(2026, 11, 18), date(2027, 1, 1), date(2027, 1, 11)}


@pytest.fixture(scope="module")
def textes():
    return {c.id: c.texte for c in cahier(TP)}


@pytest.fixture(scope="module")
def bareme():
    return charger_devoir(DEPOT, TP).bareme


def test_les_departs_de_l_annee(textes):
    assert f.taux_d_attrition(1050, 126) == pytest.approx(0.12)
    assert (
        "1 050 clients" in textes["situation"]
        and "126 sont partis, douze sur cent" in (textes["situation"])
    )


def test_la_probabilite_de_depart(textes, bareme):
    anciens, partis, actuels = map(
        int, re.findall(r"(\d+) (?:anciens|n'ont|clients)", textes["s3_tp1_q2c_enonce"])
    )
    assert bareme["s3_tp1_q2c"].attendu == actuels * partis / anciens == 13


def test_le_cout_d_un_client_revenu(textes, bareme):
    assert "coûte 8 DH. Un foyer sur cinq" in textes["s3_tp1_q4a_enonce"]
    assert bareme["s3_tp1_q4a"].attendu == f.cout_d_un_client_revenu(8, 0.2, 60) == 100
    assert f.cout_d_un_client_revenu(12, 0.1, 40) == pytest.approx(160)
    assert "12 ÷ 0,10 + 40 = **160 DH**" in textes["etape_4"]
    assert f.cout_d_un_client_revenu(150, 0.5, 700) == 1000
    assert "150 ÷ 0,5 + 700 = **1 000 DH**" in textes["cas_corrige"]


def test_le_tableau_des_deux_clients_tranche(textes, bareme):
    """Il ne dit pas ce que chacun laisserait : le stagiaire le calcule, et le barème l'attend."""
    marges, annees, couts = (
        [int(re.sub(r"\D", "", case)) for case in ligne.split("|")[2:4]]
        for ligne in textes["deux_clients"].split("\n")
        if re.search(r"\d", ligne) and ligne.startswith("|")
    )
    laisse = [marge * an for marge, an in zip(marges, annees, strict=True)]
    assert (laisse, couts) == ([18_000, 600], [4_000, 900])
    preuves = [e for e in bareme["s3_tp1_q4c"].elements if e.id.startswith("preuve")]
    assert [[n.valeur for n in e.nombres] for e in preuves] == [[18_000, 4_000], [600, 900]]
    assert bareme["s3_tp1_q4b"].attendu == ["c"] and "18 000" not in textes["deux_clients"]


def test_le_contenu_de_la_lettre_pese_le_plus(textes, bareme):
    lettre = bareme["s3_tp1_q6"]
    forme = lettre.poids_de_la_forme
    contenu = {element.id: element.poids for element in lettre.elements}
    total = sum(forme.values()) + sum(contenu.values())
    assert sum(contenu.values()) / total >= 0.6
    assert [element.id for element in lettre.obligatoires] == ["constat", "invitation"]
    ecrits = re.findall(r"\(0,(\d)\)", textes["s3_tp1_q6_enonce"])
    assert list(map(int, ecrits)) == [round(30 * poids / total) for poids in contenu.values()]


def test_aucune_date_du_dossier_ne_tombe_un_jour_ferme(textes):
    ecrites = re.findall(r"^\| (\d+) (\w+)", textes["dossier"], re.MULTILINE)
    assert len(ecrites) == 6
    jours = [date(2026, MOIS[mois], int(jour)) for jour, mois in ecrites]
    assert jours == sorted(jours) and max(jours) < date(2027, 1, 6)
    for jour in [*jours, date(2026, 10, 9), date(2027, 1, 6), date(2027, 1, 12)]:
        assert jour.weekday() < 6 and jour not in FERIES
    assert "mardi 12 janvier 2027" in textes["situation"] and date(2027, 1, 12).weekday() == 1
    assert "vendredi 20 novembre 2026" in textes["cas_nu"] and date(2026, 11, 20).weekday() == 4
    assert "| 13 novembre | fin du contrat" in textes["cas_nu"]


def test_les_neuf_departs_se_partagent_entre_les_trois_motifs(textes, bareme):
    attendu = bareme["s3_tp1_q1a"].attendu
    assert sorted(attendu.values()) == [[boite] for boite in "aaabbbccc"]
    assert all(f"- {depart}" in textes["s3_tp1_q1a_enonce"] for depart in attendu)


def test_aucune_association_ne_se_fait_par_elimination(bareme):
    moyens = list(bareme["s3_tp1_q3a"].attendu.values())
    assert sorted(moyens) == list("aabbccdd")
    assert set("abcdefgh") - set(bareme["s3_tp1_q5b"].attendu.values()) == {"c", "h"}


def test_les_items_du_tp_ne_sont_pas_ceux_de_la_lecon(bareme):
    lecon = {
        ligne.texte for nom in noms(LECON) for ligne in getattr(charger(LECON, nom), "lignes", ())
    }
    assert not lecon & {*bareme["s3_tp1_q1a"].attendu, *bareme["s3_tp1_q3a"].attendu}
