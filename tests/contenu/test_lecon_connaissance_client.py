"""La leçon de la séquence 2 : chaque chiffre qu'elle annonce est celui que le stagiaire verra à l'écran ou calculera."""

import json
import re
from datetime import date

import pytest

from autograde.cours.dossiers import Cours
from grc_helpers.calculs.compte_client import en_retard, taux_de_marge
from grc_helpers.calculs.portefeuille import classer, groupes_de_valeur
from grc_helpers.calculs.segment import Segment, entonnoir
from grc_helpers.donnees.commerces import clients, compte, portefeuille
from grc_helpers.francais.nombres import ecrire_nombre, sans_accents
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.simulateurs.compte_client import ExplorateurDeCompte
from grc_helpers.simulateurs.valeur_client import SimulateurValeurClient

NOTES = {
    "Amel": (12, 3, 210),
    "Brune": (95, 9, 480),
    "Chloé": (40, 6, 150),
    "Dounia": (200, 1, 620),
    "Éva": (5, 2, 95),
}


@pytest.fixture(scope="module")
def lecon():
    """Le texte de chaque cellule, espaces ordinaires."""
    notebook = json.loads(
        Cours().notebook_distribue("s2_connaissance_client").read_text(encoding="utf-8")
    )
    return {cellule["id"]: espaces(source(cellule)) for cellule in cellules(notebook)}


def espaces(texte):
    return re.sub("[\u00a0\u202f]", " ", texte)


def montant(valeur, decimales=0):
    return espaces(ecrire_nombre(valeur, decimales, "€"))


def effectifs(**criteres):
    return [len(palier.restants) for palier in entonnoir(clients(), Segment(**criteres))]


def test_le_retour_sur_investissement(lecon):
    for lettres, vendus, taux in ((600, 12, "−37,5 %"), (120, 9, "+134 %")):
        cout, marge = lettres * 0.8, vendus * 25
        assert (
            montant(cout) in lecon["etape_1"]
            and montant(marge) in lecon["etape_1"]
            and taux in lecon["etape_1"]
        )
        assert (
            abs(
                float(taux.strip("+ %").replace(",", ".").replace("−", "-"))
                - (marge - cout) / cout * 100
            )
            < 0.5
        )


def test_l_entonnoir(lecon):
    reponses = lecon["segment_reponses"]
    cible = {"sexe": "femme", "age_minimum": 30, "quartier": "Centre", "panier_minimum": 40}
    vus = effectifs(**cible, accord=True)
    assert (
        ", puis ".join(map(str, vus[:-1])) in reponses
        and f"**{vus[-1]}** destinataires" in reponses
    )
    relaches = {
        nom: effectifs(**{c: v for c, v in cible.items() if c != nom}, accord=True)[-1]
        for nom in cible
    }
    assert [nom for nom, combien in relaches.items() if combien >= 7] == ["quartier"], (
        "un seul critère répond à la question"
    )
    assert f"**{relaches['quartier']}** destinataires" in reponses
    sans_accord = effectifs(**cible)[-1]
    assert (
        f"{sans_accord} personnes restent, mais {sans_accord - vus[-1]} n'ont pas accepté"
        in reponses
    )


def notes_rfm():
    """Cinq clientes, donc une note par rang : 5 à la meilleure. La récence se lit à l'envers."""
    colonnes = [
        sorted(NOTES, key=lambda nom: -NOTES[nom][0]),
        *(sorted(NOTES, key=lambda nom: NOTES[nom][rang]) for rang in (1, 2)),
    ]
    return {nom: tuple(colonne.index(nom) + 1 for colonne in colonnes) for nom in NOTES}


def test_les_notes_rfm(lecon):
    for nom, (r, f, m) in notes_rfm().items():
        ligne = next(
            ligne
            for ligne in lecon["rfm_tableau"].replace("*", "").split("\n")
            if ligne.startswith(f"| {nom}")
        )
        assert [int(case) for case in re.findall(r"\d+", ligne)] == [
            r,
            f,
            m,
            r + f + m,
            2 * r + f + m,
        ]
        jours, achats, euros = NOTES[nom]
        assert f"| {nom} | il y a {jours} jours | {achats} | {euros} € | {r} |" in lecon["etape_9"]
    notes = notes_rfm()
    assert max(notes, key=lambda nom: sum(notes[nom])) == "Brune"
    assert max(notes, key=lambda nom: notes[nom][0] + sum(notes[nom])) == "Amel"


def test_ce_qu_on_peut_payer_pour_un_client(lecon):
    simulateur = SimulateurValeurClient()
    for fidelite, maximum in ((80, 500), (60, 255)):
        simulateur.fidelite.curseur.value = fidelite
        par_client = round(simulateur.total / 200)
        assert f"{par_client} €" in lecon["etape_10_reponses"] and maximum == 150 + par_client
        assert f"**{maximum} €**" in lecon["etape_10_reponses"]


def test_marque_et_marge(lecon):
    assert f"2 ÷ 6 = {round(taux_de_marge(2 / 8) * 100)} %" in lecon["etape_10"]


def test_le_portefeuille_du_torrefacteur(lecon):
    ca, valeur = portefeuille("torrefacteur")
    assert (
        f"Miramar fait {classer(ca)[0].part:g} % du CA et {classer(valeur)[0].part:g} % de la valeur"
        in lecon["etape_11_a_faire"]
    )
    avant, apres = (groupes_de_valeur(classer(valeur), seuil) for seuil in (10, 16))
    assert [(nom, avant[nom], apres[nom]) for nom in valeur if avant[nom] != apres[nom]] == [
        ("Lycée", "CTR", "CFR")
    ]


def test_le_compte_de_l_ecole(lecon):
    ecritures, _ = compte("ecole_al_manar")
    explorateur, jour = ExplorateurDeCompte(), date(2025, 12, 4)
    explorateur.aller_au(jour)
    retard = en_retard(ecritures, jour)
    annonces = [
        montant(explorateur.solde, 2),
        montant(explorateur.solde - retard, 2),
        montant(retard),
    ]
    assert [a for a in annonces if a not in lecon["etape_12_a_faire"]] == []


def test_tout_le_vocabulaire_est_dans_le_glossaire(lecon):
    glossaire = sans_accents(lecon["glossaire"])
    attendus = [
        "donnée personnelle",
        "lead",
        "base de données",
        "doublon",
        "segment",
        "score",
        "RFM",
        "portefeuille",
        "encours",
        "CNR",
    ]
    assert [mot for mot in attendus if sans_accents(mot) not in glossaire] == []
