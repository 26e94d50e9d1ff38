"""Le TP 1 de la séquence 4 : ses chiffres recalculés, ses dates, et ce qui ne se devine pas."""

import re
from datetime import date

import pytest

from autograde.cours.devoir import charger_devoir
from tests.classe_fictive import DEPOT
from tests.contenu.cahiers import cahier

TP = "s4_tp1_qualite_service"
MOIS = {"janvier": 1, "février": 2, "avril": 4, "septembre": 9, "octobre": 10, "novembre": 11}
FERIES = {date(2024, 9, 16), date(2024, 11, 6), date(2025, 1, 1), date(2025, 1, 11)}
FERIES |= {date(2025, 1, 14)}


@pytest.fixture(scope="module")
def textes():
    return {c.id: c.texte for c in cahier(TP)}


@pytest.fixture(scope="module")
def bareme():
    return charger_devoir(DEPOT, TP).bareme


def test_ce_que_l_institut_a_paye_pour_rien(textes, bareme):
    quartiers = re.findall(r"^\| [\w ]+ \| ([\d ]+) \| ([\d ]+) \|", textes["commande"], re.M)
    prevus, faits = (
        [int(c.replace(" ", "")) for c in colonne] for colonne in zip(*quartiers, strict=True)
    )
    assert (
        sum(prevus) == 10_000
        and "imprimer 10 000 exemplaires (0,20 DH pièce)" in (textes["commande"])
    )
    perdus = sum(prevus) - sum(faits)
    assert bareme["s4_tp1_q3a"].attendu == pytest.approx(perdus * (0.20 + 1))
    # Ce que l'on trouve en se trompant : la distribution seule, tout, tout et le dessin, le quartier fait, une part du dessin.
    erreurs = {e for t in bareme["s4_tp1_q3a"].erreurs_typiques for e in _liste(t.valeurs)}
    assert {perdus, 10_000 * 1.2, 10_000 * 1.2 + 1_500, sum(faits) * 1.2, perdus * 1.35} <= erreurs


def _liste(valeurs):
    return valeurs if isinstance(valeurs, list) else [valeurs]


def test_le_cas_nu_se_calcule(textes):
    assert "600 DH par mois pour quatre passages" in textes["cas_nu"]
    assert "600 ÷ 4 = 150 DH ; trois manquent : **450 DH**" in textes["cas_corrige"]
    assert 600 / 4 * 3 == 450


def test_aucune_date_ne_tombe_un_jour_ferme(textes):
    ecrites = re.findall(r"^\| (\d+) (\w+)(?: (\d{4}))? \|", textes["dossier"], re.MULTILINE)
    annee, jours = 0, []
    for jour, mois, an in ecrites:
        annee = int(an or annee)
        jours.append(date(annee, MOIS[mois], int(jour)))
    assert len(jours) == 6 and jours == sorted(jours)
    for jour in [*jours, date(2024, 9, 9), date(2024, 9, 20), date(2027, 4, 8)]:
        assert jour.weekday() < 5 and jour not in FERIES
    assert "mardi 6 avril 2027" in textes["situation"] and date(2027, 4, 6).weekday() == 1
    # L'aveu vient quand Adil a déjà vu le directeur, et avant la lettre.
    assert "mercredi 7 avril" in textes["dossier"] and date(2027, 4, 7).weekday() == 2
    assert "le même jour, a reconnu devant Adil" in textes["temoignages"]
    assert "samedi 14" in textes["commande"] and date(2024, 9, 14).weekday() == 5
    assert "lundi 12 avril 2027" in textes["cas_nu"] and date(2027, 4, 12).weekday() == 0


def test_aucune_association_ne_se_fait_par_elimination(bareme):
    for question, lettres in {"q1a": 9, "q4": 7, "q7": 8, "qf": 7, "qga": 6}.items():
        justes = bareme[f"s4_tp1_{question}"].attendu.values()
        assert len({lettre for liste in justes for lettre in liste}) == len(justes) < lettres


def test_les_lettres_du_corrige_ne_sont_jamais_dans_l_ordre(bareme):
    for nom, question in bareme.items():
        if question.type in ("association", "classement"):
            lettres = ["".join(liste) for liste in question.attendu.values()]
            assert lettres != sorted(lettres), nom
    assert bareme["s4_tp1_qb"].attendu != sorted(bareme["s4_tp1_qb"].attendu)
