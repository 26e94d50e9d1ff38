"""Le TP de la valeur client : ses chiffres se recalculent, ses leviers se jouent avec les tableaux du stagiaire, et sa forme tient."""

import json
import re
import statistics
from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from autograde.cas import verdanis
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.production.essais_du_bareme import corriger_des_textes
from grc_helpers.calculs.valeur_client import (
    VALEUR_CLIENT,
    Hypotheses,
    modele,
    valeur_de_la_cohorte,
    valeur_simple,
)
from grc_helpers.entrainement.fichier import charger, noms
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.reponses.types.tableau import lire_seul
from grc_helpers.simulateurs.quatre_taux import SimulateurQuatreTaux
from grc_helpers.simulateurs.valeur_client import ESCALADE, SimulateurValeurClient
from tests.classe_fictive import tableaux_calcules
from tests.contenu.test_duree import mots
from tests.donnees import cdnow

TP = "s2_tp1_ltv"
DEVOIR = charger_devoir(Cours(), TP)
APPEL = re.compile(rf'exercice\("{TP}", "(\w+)"\)')
VELOS = Hypotheses(500, 0.20, (0.40, 0.25), 90, -0.10, 10, 30, 0.10)
# Les trois leviers de l'étape 5, et ce que chacun ajoute à la valeur de Verdanis, en euros.
LEVIERS = {
    18_757: {"attrition": (0.15, 0.20, 0.15, 0.10)},
    11_540: {"evolution_ca": -0.02},
    7_034: {"taux_conversion": 0.42},
}


def lire(chemin):
    contenu = json.loads(re.sub("[\u00a0\u202f]", " ", chemin.read_text(encoding="utf-8")))
    return [(c["id"], c["cell_type"], source(c)) for c in cellules(contenu)]


@pytest.fixture(scope="module")
def cellules_lues():
    return lire(Cours().notebook_distribue(TP))


@pytest.fixture(scope="module")
def tp(cellules_lues):
    return {nom: texte for nom, _, texte in cellules_lues}


def euros(valeur):
    return re.sub("[\u00a0\u202f]", " ", ecrire_nombre(valeur, 0, "€"))


# --- Les chiffres ----------------------------------------------------------------------------------------------------


def test_ce_qu_il_fallait_voir_a_l_etape_1(tp):
    reponses, simulateur = tp["etape_1_reponses"], SimulateurValeurClient(ESCALADE)
    depart, rentable = simulateur.total, simulateur.phrase
    assert euros(depart) in reponses and "Rentable en N2" in rentable and "En **N2**" in reponses
    simulateur.fidelite.curseur.value += 10
    assert euros(simulateur.total) in reponses
    fidelite = simulateur.total - depart
    simulateur.reinitialiser()
    simulateur.ca.curseur.value = 396
    assert ESCALADE.ca_par_client * 1.1 == pytest.approx(396)
    achats = simulateur.total - depart
    assert [f"**{euros(gain)}**" in reponses for gain in (fidelite, achats)] == [True, True]
    assert round(fidelite / achats) == 2, "« rapporte deux fois plus »"
    simulateur.reinitialiser()
    simulateur.fidelite.curseur.value = 50
    assert "Rentable en N4" in simulateur.phrase and "attendre **N4**" in reponses


def test_la_salle_d_escalade_n_a_pas_les_chiffres_du_cas():
    cas = verdanis.hypotheses()
    memes = [c for c, v in vars(ESCALADE).items() if v == getattr(cas, c)]
    assert memes == []


@pytest.mark.parametrize(("gain", "changement"), LEVIERS.items())
def test_chaque_levier_rapporte_ce_que_dit_le_corrige(gain, changement):
    cas = verdanis.hypotheses()
    calcule = valeur_de_la_cohorte(replace(cas, **changement)) - valeur_de_la_cohorte(cas)
    assert round(calcule) == gain
    corrige = dict((nom, texte) for nom, _, texte in lire(Cours().notebook_source(TP)))["s2_tp1_q3"]
    assert euros(gain) in corrige
    [taux] = changement.values()
    nouveau = taux[0] if isinstance(taux, tuple) else taux
    enonce = dict((n, t) for n, _, t in lire(Cours().notebook_distribue(TP)))["etape_5_leviers"]
    assert f"{ecrire_nombre(nouveau * 100)} %" in enonce


def test_un_autre_prix_donne_un_autre_gagnant(tp):
    cas = verdanis.hypotheses()
    gain = valeur_de_la_cohorte(replace(cas, taux_conversion=0.46)) - valeur_de_la_cohorte(cas)
    assert gain > max(LEVIERS) and euros(gain) in tp["plus_loin_leviers"]


def test_cdnow_dit_ce_que_disent_ses_achats(tp):
    """Les acheteurs de chaque trimestre et ce que chacun dépense, recomptés dans le fichier publié."""
    clients, dollars = defaultdict(set), defaultdict(float)
    for client, jour, _, montant in cdnow.achats():
        trimestre = (jour.year, (jour.month - 1) // 3)
        clients[trimestre].add(client)
        dollars[trimestre] += montant
    comptes = [len(clients[t]) for t in sorted(clients)]
    depenses = [round(dollars[t] / len(clients[t])) for t in sorted(clients)]
    lignes = [ligne for ligne in tp["cdnow"].split("\n") if ligne.startswith("|")]
    lus = [
        [int(n.replace(" ", "")) for n in re.findall(r"(\d[\d ]*)(?: \$)? \|", x)]
        for x in lignes[2:]
    ]
    assert lus == [comptes, depenses]
    assert f"{comptes[1]} sur 2 357" in tp["cdnow_reponses"] and comptes[0] == 2357
    assert f"soit {comptes[1] / comptes[0]:.0%}".replace("%", " %") in tp["cdnow_reponses"]


@pytest.mark.parametrize("arrondi", ["non", "proche", "superieur"])
def test_le_simulateur_rejoue_les_tableaux_du_stagiaire(arrondi):
    """Décimales gardées ou clients entiers : il retrouve sa valeur, et le barème accepte le gain qu'il lui montre."""
    sien = modele(verdanis.hypotheses(), clients_entiers=arrondi).calculer()
    textes = tableaux_calcules(DEVOIR, sien, 2)
    valeurs = {}
    for identifiant, texte in textes.items():
        vierge = DEVOIR.questions[identifiant].vierge.corps
        valeurs |= lire_seul(vierge.split("\n")[0] + "\n" + texte).valeurs()
    simulateur = SimulateurQuatreTaux(valeurs, contacts=1000)
    assert simulateur.refus == ""
    assert simulateur.valeurs[VALEUR_CLIENT] == pytest.approx(sien[VALEUR_CLIENT], abs=3)
    simulateur.attritions["N1"].curseur.value = 15
    vus = [simulateur.ecart]
    simulateur.reinitialiser()
    simulateur.ca.curseur.value = -2
    vus.append(simulateur.ecart)
    reponse = f"Il faut fidéliser les clients : cela ajoute {vus[0]:.0f} €, contre {vus[1]:.0f} €."
    note = corriger_des_textes(DEVOIR, {"s2_tp1_q3": reponse}).notes["s2_tp1_q3"]
    [preuve] = [case for case in note.cases if str(case.cle).startswith("la preuve")]
    assert preuve.credit == 1


def test_rien_de_calcule_n_est_donne_avant_d_etre_trouve(cellules_lues):
    """Ni la copie distribuée, ni le simulateur d'un tableau vide ne disent un résultat du cas."""
    texte = " ".join(t for _, _, t in cellules_lues)
    resultats = modele(verdanis.hypotheses()).calculer()
    dits = [
        str(case)
        for case, valeur in resultats.items()
        if valeur > 1000 and re.search(rf"\b{re.escape(euros(valeur)[:-2])}\b", texte)
    ]
    assert dits == []
    assert not [gain for gain in LEVIERS if euros(gain) in texte]
    entame = {case: v for case, v in resultats.items() if case[0] != "Résultat cumulé"}
    assert "Remplissez" in SimulateurQuatreTaux(entame, 1000).refus


def test_l_exemple_traite_et_le_cas_nu(tp):
    assert 200 * (60 - 20) == 8_000 and 220 * (60 - 18) == 9_240
    assert "de 8 000 à 9 240 €" in tp["etape_5_exemple"]
    corrige, valeurs = tp["cas_nu_corrige"], modele(VELOS).calculer()
    for annee in VELOS.annees:
        assert f"{valeurs['Clients restants', annee]:g}" in corrige
        assert euros(valeurs["Résultat", annee]) in corrige
    base = valeurs[VALEUR_CLIENT]
    garder = valeur_de_la_cohorte(replace(VELOS, attrition=(0.30, 0.25)))
    appeler = valeur_de_la_cohorte(replace(VELOS, contacts=550))
    attendus = [euros(m) for m in (base, garder, garder - base)] + [f"{appeler - base:.0f} €"]
    assert [a for a in attendus if a not in corrige] == []
    assert f"{euros(valeur_simple(3, 4, 1200))}" in tp["plus_loin_express"]
    cas = verdanis.hypotheses()
    ecart = valeur_de_la_cohorte(cas, acquisition="unique") - valeur_de_la_cohorte(cas)
    assert ecart > 100_000 and "dépasse 100 000 €" in tp["plus_loin"]


# --- La notation -----------------------------------------------------------------------------------------------------


def test_une_erreur_connue_ne_parle_que_si_plusieurs_cases_la_confirment():
    """460 peut venir d'ailleurs ; 460 puis 440, non."""
    seule = "CA par client | 500 | 480 | 460 | 441,60\nCA global | 150 000 | 115 200 | 93 840 | 81 077,76"
    suivie = (
        "CA par client | 500 | 480 | 460 | 440\nCA global | 150 000 | 115 200 | 93 840 | 80 784"
    )
    messages = [
        corriger_des_textes(DEVOIR, {"s2_tp1_q2a": texte}).notes["s2_tp1_q2a"].resume()
        for texte in (seule, suivie)
    ]
    assert ["retirez 20 €" in message for message in messages] == [False, True]


# --- La forme --------------------------------------------------------------------------------------------------------


def test_les_textes_sont_courts(cellules_lues):
    longueurs = [mots(texte) for _, sorte, texte in cellules_lues if sorte == "markdown"]
    assert statistics.median(longueurs) <= 60 and max(longueurs) <= 130


def test_les_consignes_sont_au_dessus_de_chaque_outil(cellules_lues):
    outils = [
        rang
        for rang, (_, sorte, texte) in enumerate(cellules_lues)
        if sorte == "code" and ".afficher()" in texte
    ]
    assert len(outils) == 2
    assert all("« Commencer »" in cellules_lues[rang - 1][2] for rang in outils)


def test_les_exercices_varient_et_chacun_sert_une_fois(cellules_lues):
    appels = [nom for _, _, texte in cellules_lues for nom in APPEL.findall(texte)]
    assert appels == noms(TP)
    genres = Counter(
        (type(charger(TP, nom)).__name__, getattr(charger(TP, nom), "multiple", None))
        for nom in appels
    )
    assert max(genres.values()) * 3 <= len(appels)


def test_l_exemple_vient_avant_la_premiere_reponse_redigee(cellules_lues):
    ordre = [nom for nom, _, _ in cellules_lues]
    redigees = [nom for nom, _, texte in cellules_lues if texte.startswith("%%reponse")]
    assert ordre.index("etape_5_exemple") < ordre.index("deux_copies_exercice")
    assert ordre.index("deux_copies_exercice") < min(map(ordre.index, redigees))
    assert ordre.index("cas_nu_corrige") == ordre.index("cas_nu_conseil") + 1
