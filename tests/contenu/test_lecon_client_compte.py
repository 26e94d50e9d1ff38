"""La leçon de la séquence 2, étapes 8 et 9 : les comptes, les traites, les échéances, et ce que pèse un client."""

import re
from datetime import date

import pytest

from grc_helpers.calculs.compte_client import (
    echeance,
    en_retard,
    jours_entre_commandes,
    part_du_client_moyen,
    soldes,
)
from grc_helpers.donnees.commerces import compte, portefeuille
from grc_helpers.entrainement.fichier import charger
from grc_helpers.simulateurs.compte_client import ExplorateurDeCompte
from tests.contenu.lecon_client import LECON, TEXTES, espaces, montant

TVA = 1.2


def test_le_compte_du_spa():
    ecritures, imprimes = compte("spa_bel_air")
    assert soldes(ecritures) == imprimes
    assert [e.libelle for e in ecritures if e.jour.weekday() == 6] == [], "rien un dimanche"
    explorateur, jour = ExplorateurDeCompte(ecritures), date(2026, 12, 3)
    explorateur.aller_au(jour)
    retard = en_retard(ecritures, jour)
    reponses = TEXTES["etape_8_reponses"]
    annonces = [explorateur.solde, explorateur.solde - retard, retard]
    assert [a for a in map(montant, annonces) if a not in reponses] == []
    assert jour.strftime("%d/%m/%Y") in TEXTES["etape_8_a_faire"]
    commandes = [e for e in ecritures if e.nature == "facture" and e.jour.month < 12]
    par_mois = [sum(e.debit for e in commandes if e.jour.month == mois) for mois in (9, 10, 11)]
    septembre, octobre, novembre = map(montant, par_mois)
    assert f"{septembre}, {octobre}, puis {novembre}" in reponses and par_mois[2] < par_mois[1] / 2
    assert f"{montant(sum(par_mois) / 3)} par mois" in reponses
    texte = TEXTES["etape_9_mesurer"] + TEXTES["etape_9_client_moyen"]
    assert f"{len(commandes)} commandes pour {montant(sum(par_mois))}" in texte
    assert f"{montant(sum(par_mois) / len(commandes))} en moyenne" in texte
    premiere, *_, derniere = (e.jour for e in commandes)
    jours = (derniere - premiere).days
    rythme = jours_entre_commandes([e.jour for e in commandes])
    assert "du 3 septembre au 19 novembre" in texte and (premiere.day, derniere.day) == (3, 19)
    assert (
        f"tous les {round(rythme)} jours ({jours} jours ÷ {len(commandes) - 1} intervalles" in texte
    )
    # Le compte est TTC : le portefeuille, hors taxe, le devient avant qu'on les compare.
    ca, _ = portefeuille("pros_fleur_d_atlas")
    ttc_par_mois = sum(ca.values()) * TVA / 12
    assert f"{montant(sum(ca.values()))} par an hors taxe" in texte
    assert f"{montant(ttc_par_mois)} TTC par mois" in texte
    assert f"le **client moyen**, {montant(ttc_par_mois / len(ca))}" in texte
    part = part_du_client_moyen(sum(par_mois) / 3, ttc_par_mois, len(ca))
    assert f"{round(part * 100)} % du client moyen" in texte
    seul = part_du_client_moyen(par_mois[2], ttc_par_mois, len(ca))
    assert f"avec {novembre}, il n'en vaut plus que {round(seul * 100)} %" in texte
    assert f"{montant(ttc_par_mois / len(ca))} TTC" in espaces(charger(LECON, "mesurer").question)
    for faits in (TEXTES["etape_9"], TEXTES["etape_10_ecrire"]):
        assert [a for a in (montant(retard), octobre, novembre) if a not in faits] == []
    assert f"il doit {montant(explorateur.solde)}" in TEXTES["etape_10_ecrire"]


def ecritures_du_tableau(texte):
    """Les lignes (débit, crédit, solde) d'un relevé imprimé, en euros ; 0 pour une case vide."""
    for ligne in re.findall(r"^\| \d\d/\d\d \|.*\|$", texte, re.MULTILINE):
        cases = ligne.strip("|").split("|")[2:]
        yield tuple(int(re.sub(r"\D", "", case) or 0) for case in cases)


@pytest.mark.parametrize("nom", ["etape_8", "etape_8_traite"])
def test_les_soldes_imprimes_suivent_les_ecritures(nom):
    solde, lignes = 0, list(ecritures_du_tableau(TEXTES[nom]))
    assert len(lignes) >= 4
    for debit, credit, imprime in lignes:
        solde += debit - credit
        assert imprime == solde


def test_la_traite_porte_un_seul_mois():
    (facture, _, _), (_, avoir, _), *_ = ecritures_du_tableau(TEXTES["etape_8_traite"])
    assert f"de payer {montant(facture - avoir)} le 30 novembre" in TEXTES["etape_8_traite"]
    exercice = charger(LECON, "traite")
    for graine in range(20):
        tirees, tire = exercice.valeurs(graine), exercice.tirer(graine)
        ventes = tirees["facture1"] + tirees["facture2"] - tirees["avoir"]
        assert tire.juger(f"{ventes:g}").juste
        assert not tire.juger(f"{ventes + tirees['report']:g}").juste, "pas toute la dette"


def encours_de_la_lecon():
    """Le plus haut montant (TTC) que doit chaque client professionnel dans la leçon : comptes, textes, plafonds, tirages."""
    oceane = [int(x) for x in re.findall(r"(\d+) €", TEXTES["etape_8_encours"])]
    castel, panier = charger(LECON, "encours"), charger(LECON, "traite")
    assert "hôtel Castel" in castel.question and "boutique du Panier" in panier.question
    assert "gîte du Frioul" in TEXTES["etape_8"] and "hôtel Sormiou" in TEXTES["etape_8_traite"]
    return {
        "Océane": max(oceane),
        "Castel": max(castel.tirage["plafond"]),
        "Frioul": max(solde for *_, solde in ecritures_du_tableau(TEXTES["etape_8"])),
        "Sormiou": max(solde for *_, solde in ecritures_du_tableau(TEXTES["etape_8_traite"])),
        "Panier": sum(max(panier.tirage[nom]) for nom in ("report", "facture1", "facture2")),
        "Bel Air": max(soldes(compte("spa_bel_air")[0])),
    }


def test_aucun_encours_ne_dement_le_chiffre_d_affaires():
    """Un client qui paie à 30 jours fin de mois doit deux mois d'achats, trois au plus."""
    ca, _ = portefeuille("pros_fleur_d_atlas")
    dus = encours_de_la_lecon()
    assert {nom: du for nom, du in dus.items() if du > ca[nom] * TVA / 4} == {}


def test_l_encours_de_l_institut():
    du, plafond, commande, total, livrable = (
        int(x) for x in re.findall(r"(\d+) €", TEXTES["etape_8_encours"])
    )
    assert total == du + commande > plafond and livrable == plafond - du


def test_les_echeances():
    assert echeance(date(2026, 10, 8)) == date(2026, 11, 30)
    assert "du 8 octobre" in TEXTES["etape_8_echeance"]
    assert "30 novembre" in TEXTES["etape_8_echeance"]
    assert echeance(date(2026, 1, 12)) == date(2026, 2, 28), "le bilan de l'étape 8"
