"""La leçon de la séquence 2 : chaque chiffre qu'elle annonce est celui que le stagiaire verra à l'écran ou calculera, et sa forme tient."""

import json
import re
import statistics
from collections import Counter
from datetime import date

import pytest

from autograde.cours.dossiers import Cours
from grc_helpers.calculs.compte_client import (
    echeance,
    en_retard,
    jours_de_la_periode,
    jours_entre_commandes,
    part_du_client_moyen,
    soldes,
    taux_de_marge,
)
from grc_helpers.calculs.portefeuille import Seuils, classer, classes_abc, groupes_de_valeur
from grc_helpers.calculs.segment import Segment, entonnoir
from grc_helpers.calculs.valeur_client import VALEUR_CLIENT, Hypotheses, modele
from grc_helpers.donnees.commerces import clients, compte, portefeuille
from grc_helpers.entrainement.exercices import Choix, Serie
from grc_helpers.entrainement.fichier import charger, noms
from grc_helpers.francais.nombres import ecrire_nombre, sans_accents
from grc_helpers.glossaire.entrees import du_cahier
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.simulateurs.compte_client import ExplorateurDeCompte
from grc_helpers.simulateurs.valeur_client import SimulateurValeurClient
from tests.contenu.test_duree import minutes_affichees, mots, temps_annonces

LECON = "s2_connaissance_client"
APPEL = re.compile(rf'exercice\("{LECON}", "(\w+)"\)')
NOTES = {
    "Amel": (12, 3, 210),
    "Brune": (95, 9, 480),
    "Clara": (40, 6, 150),
    "Dounia": (200, 1, 620),
    "Éva": (5, 2, 95),
}
CIBLE = {"sexe": "femme", "age_minimum": 30, "quartier": "Centre", "panier_minimum": 40}
ABONNEMENT = Hypotheses(
    contacts=2000,
    taux_conversion=0.10,
    attrition=(0.30, 0.25, 0.20),
    ca_par_client=120,
    evolution_ca=-0.05,
    cout_acquisition=15,
    cout_de_vie=40,
    evolution_cout_de_vie=0.05,
)
# Le temps, en minutes : lire (les énoncés des exercices aussi), un exercice ou un bilan, une réponse de trois phrases, une de huit
# lignes, un simulateur.
MOTS_PAR_MINUTE, EXERCICE, REPONSE, REPONSE_LONGUE, SIMULATEUR = 180, 3, 5, 10, 5
LONGUES = ("ecrire_note",)
ETAPES = range(1, 11)
TVA = 1.2
# « En quatre ans » : la durée des valeurs de pros_fleur_d_atlas.csv.
ANNEES_DE_VALEUR = 4


@pytest.fixture(scope="module")
def cellules_lues():
    """L'identifiant, le type et le texte de chaque cellule distribuée, espaces ordinaires."""
    notebook = json.loads(Cours().notebook_distribue(LECON).read_text(encoding="utf-8"))
    return [(c["id"], c["cell_type"], espaces(source(c))) for c in cellules(notebook)]


@pytest.fixture(scope="module")
def lecon(cellules_lues):
    return {nom: texte for nom, _, texte in cellules_lues}


def espaces(texte):
    return re.sub("[\u00a0\u202f]", " ", texte)


def montant(valeur, decimales=0):
    return espaces(ecrire_nombre(valeur, decimales, "€"))


def effectifs(**criteres):
    return [len(palier.restants) for palier in entonnoir(clients(), Segment(**criteres))]


# --- Les chiffres ----------------------------------------------------------------------------------------------------


def test_le_retour_sur_investissement(lecon):
    texte = lecon["etape_1_roi"]
    for lettres, vendus, taux in ((600, 12, "−37,5 %"), (120, 9, "+134 %")):
        cout, marge = lettres * 0.8, vendus * 25
        assert montant(cout) in texte and montant(marge) in texte and taux in texte
        lu = float(taux.strip("+ %").replace(",", ".").replace("−", "-"))
        assert abs(lu - (marge - cout) / cout * 100) < 0.5
    assert montant((600 - 120) * 0.8) in lecon["etape_1_copie"]


def test_ce_que_la_lettre_a_ajoute(lecon):
    """Avec des témoins : les ventes qui se seraient faites sans lettre n'en sont pas le fruit."""
    temoins, achats = map(
        int, re.search(r"Supposons (\d+) témoins et (\d+) achat", lecon["etape_1_temoins"]).groups()
    )
    sans_lettre = 120 * achats / temoins
    ajoutees = 9 - sans_lettre
    assert f"soit {espaces(ecrire_nombre(achats / temoins * 100))} %" in lecon["etape_1_temoins"]
    assert f"{sans_lettre:g} ventes se seraient faites sans lettre" in lecon["etape_1_temoins"]
    assert f"en a donc ajouté {ajoutees:g}" in lecon["etape_1_temoins"]
    assert f"**+{montant(ajoutees * 25 - 96)}**" in lecon["etape_1_temoins"]


def test_une_lettre_demande_de_prevenir_pas_d_obtenir_un_accord(lecon):
    """La règle française (CNIL, 6 décembre 2019) est au tableau, appliquée au cas, exercée, au bilan et dans « À retenir »."""
    regle = next(
        ligne for ligne in lecon["etape_2_publicite"].split("\n") if "particulier, lettre" in ligne
    )
    assert "prévenir" in regle and "refuser" in regle and "accord" not in regle
    assert "CNIL" in lecon["etape_2_essai"] and "6 décembre 2019" in lecon["etape_2_essai"]
    assert "pas de lettre non plus" in lecon["etape_2_600"]
    assert "par lettre, il est prévenu et peut refuser" in lecon["a_retenir"]
    lettres = {o.texte: o.juste for o in charger(LECON, "publicite").options if "lettre" in o.texte}
    assert sorted(lettres.values()) == [False, False, True]
    assert any("lettre" in option.texte for option in charger(LECON, "bilan_2").options)


def test_l_entonnoir(lecon):
    reponses = lecon["segment_reponses"]
    vus = effectifs(**CIBLE, accord=True)
    assert ", puis ".join(map(str, vus[:-1])) in reponses
    assert f"finit à **{vus[-1]}** destinataires" in reponses
    relaches = {
        nom: effectifs(**{c: v for c, v in CIBLE.items() if c != nom}, accord=True)[-1]
        for nom in CIBLE
    }
    assert [nom for nom, combien in relaches.items() if combien >= 7] == ["quartier"], (
        "un seul critère répond à la question"
    )
    assert f"donnent **{relaches['quartier']}** destinataires" in reponses
    assert relaches["sexe"] == vus[-1] and f"toujours **{vus[-1]}** destinataires" in reponses
    sans_accord = effectifs(**CIBLE)[-1]
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
        attendus = [r, f, m, r + f + m, 2 * r + f + m]
        assert [int(case) for case in re.findall(r"\d+", ligne)] == attendus
        jours, achats, euros = NOTES[nom]
        assert f"| {nom} | il y a {jours} jours | {achats} | {euros} € |" in lecon["etape_5_cinq"]
    notes = notes_rfm()
    assert max(notes, key=lambda nom: sum(notes[nom])) == "Brune"
    assert max(notes, key=lambda nom: notes[nom][0] + sum(notes[nom])) == "Amel"
    juste = next(option for option in charger(LECON, "rfm_code").options if option.juste)
    assert juste.texte == "R {}, F {}, M {}".format(*notes["Brune"])


def test_marque_et_marge(lecon):
    assert f"2 ÷ 6 = {round(taux_de_marge(2 / 8) * 100)} %" in lecon["etape_6_taux"]


def test_le_tableau_de_l_abonnement(lecon):
    valeurs = modele(ABONNEMENT, acquisition="unique").calculer()
    lignes = {
        "perdues": ("Clients perdus", ""),
        "restantes": ("Clients restants", ""),
        "CA par abonnée": ("CA par client", "€"),
        "CA global": ("CA global", "€"),
        "acquisition (15 € × 200)": ("Coût d'acquisition total", "€"),
        "coût de vie par abonnée": ("Coût de vie par client", "€"),
        "coût de vie total": ("Coût de vie total", "€"),
        "résultat": ("Résultat", "€"),
        "cumul": ("Résultat cumulé", "€"),
    }
    tableau = [
        [case.strip() for case in ligne.strip("|").split("|")]
        for ligne in lecon["etape_6_tableau"].replace("*", "").split("\n")
        if re.match(r"\|.*\d", ligne) and "année" not in ligne
    ]
    au_debut, *tableau = tableau
    assert au_debut == ["présentes au début", "200", *(case for case in tableau[1][1:-1])]
    assert [ligne[0] for ligne in tableau] == list(lignes)
    for libelle, *cases in tableau:
        cle, unite = lignes[libelle]
        lues = [float(re.sub("[ €]", "", case).replace(",", ".")) for case in cases]
        assert lues == pytest.approx([valeurs[cle, an] for an in ABONNEMENT.annees]), libelle
    assert f"{round(valeurs[VALEUR_CLIENT] / 200)} € par abonnée gagnée" in lecon["etape_6_lire"]


@pytest.mark.parametrize(
    ("changement", "gain"),
    [({"attrition": (0.20, 0.25, 0.20)}, 3450), ({"evolution_ca": -0.025}, 800)],
)
def test_ce_que_rapporte_chaque_conseil(lecon, changement, gain):
    avant, apres = (
        modele(Hypotheses(**vars(ABONNEMENT) | c), acquisition="unique").calculer()[VALEUR_CLIENT]
        for c in ({}, changement)
    )
    assert round((apres - avant) / 10) * 10 == gain
    assert montant(gain) in lecon["etape_6_ecrire"]
    assert montant(gain) in lecon["ecrire_conseil_modele"]


def test_ce_qu_on_peut_payer_pour_un_client(lecon):
    simulateur, reponses = SimulateurValeurClient(), lecon["etape_6_reponses"]
    for fidelite, limite, dernier in ((80, 500, 490), (60, 255, 250)):
        simulateur.fidelite.curseur.value = fidelite
        simulateur.acquisition.curseur.value = 150
        par_client = round(simulateur.total / 200)
        assert f"laisse {'plus que ' * (fidelite == 60)}{par_client} €" in reponses
        assert limite == 150 + par_client and f"**{limite} €**" in reponses
        simulateur.acquisition.curseur.value = dernier
        gain = round(simulateur.total / 200)
        assert re.search(rf"à {dernier} €, il (?:gagne encore|en gagne encore) {gain}\b", reponses)
        simulateur.acquisition.curseur.value = dernier + 10
        assert simulateur.total < 0, "dix euros de plus, et le club perd"


def test_le_portefeuille_des_professionnels(lecon):
    ca, valeur = portefeuille("pros_fleur_d_atlas")
    par_ca, par_valeur = classer(ca), classer(valeur)
    reponses = lecon["etape_7_reponses"]
    assert (
        f"Sormiou fait {par_ca[0].part:g} % du CA et {par_valeur[0].part:g} % de la valeur"
        in reponses
    )
    en_a = sum(classe == "A" for classe in classes_abc(par_ca, Seuils(80, 95, "exclu")).values())
    assert f"{en_a} clients sur {len(ca)} font {par_ca[en_a - 1].cumul:g} % du CA" in reponses
    assert f"monte à {max(ligne.cumul for ligne in par_valeur):g} %" in reponses
    assert [ligne.client for ligne in par_valeur if ligne.montant < 0] == ["Frioul", "Castel"]
    avant, apres = (groupes_de_valeur(par_valeur, seuil) for seuil in (10, 13))
    assert [(nom, avant[nom], apres[nom]) for nom in valeur if avant[nom] != apres[nom]] == [
        ("Joliette", "CTR", "CFR")
    ]
    croise = {nom: groupe for groupe, nom in clients_du_tableau_croise(lecon["etape_7_croise"])}
    assert croise == avant
    # Le compte d'un an, à l'étape 6, et les quatre ans du portefeuille disent la même chose.
    assert (valeur["Océane"], valeur["Castel"]) == (
        ANNEES_DE_VALEUR * 660,
        ANNEES_DE_VALEUR * -300,
    )
    assert "en quatre ans" in lecon["etape_7_a_faire"]
    assert "(−300 € par an, donc −1 200 € en quatre ans)" in lecon["etape_7_ecrire"]
    assert (ca["Océane"], ca["Castel"]) == (3000, 9000)
    assert "18 % du CA, −6 % de la valeur" in lecon["etape_7_ecrire"]
    parts = [
        next(ligne.part for ligne in classement if ligne.client == "Bel Air")
        for classement in (par_ca, par_valeur)
    ]
    assert "{:g} % du CA et {:g} % de la valeur".format(*parts) in lecon["etape_10_ecrire"]


def clients_du_tableau_croise(texte):
    for ligne in re.findall(r"^\| \*\*.*", texte, re.MULTILINE):
        for groupe, case in zip(
            ("CTR", "CFR", "CNR"), ligne.strip("|").split("|")[1:], strict=True
        ):
            yield from ((groupe, nom.strip()) for nom in case.split(","))


def test_le_tableau_a_croiser():
    """Les cases attendues sont celles que donnent les règles écrites dans la question."""
    exercice = charger(LECON, "croiser")
    parts = re.findall(r"^\| (\w+) \| (\d+) % \| (−?\d+) % \|$", exercice.question, re.MULTILINE)
    ca = {nom: float(part) for nom, part, _ in parts}
    valeur = {nom: float(part.replace("−", "-")) for nom, _, part in parts}
    assert (sum(ca.values()), sum(valeur.values())) == (100, 100)
    classes = classes_abc(classer(ca), Seuils(80, 95, "exclu"))
    groupes = groupes_de_valeur(classer(valeur), 10)
    assert {ligne.texte: ligne.attendu for ligne in exercice.lignes} == {
        nom: f"{classes[nom]}, {groupes[nom]}" for nom in ca
    }


def test_le_compte_du_spa(lecon):
    ecritures, imprimes = compte("spa_bel_air")
    assert soldes(ecritures) == imprimes
    assert [e.libelle for e in ecritures if e.jour.weekday() == 6] == [], "rien un dimanche"
    explorateur, jour = ExplorateurDeCompte(ecritures), date(2026, 12, 3)
    explorateur.aller_au(jour)
    retard = en_retard(ecritures, jour)
    reponses = lecon["etape_8_reponses"]
    annonces = [explorateur.solde, explorateur.solde - retard, retard]
    assert [a for a in map(montant, annonces) if a not in reponses] == []
    assert jour.strftime("%d/%m/%Y") in lecon["etape_8_a_faire"]
    commandes = [e for e in ecritures if e.nature == "facture" and e.jour.month < 12]
    par_mois = [sum(e.debit for e in commandes if e.jour.month == mois) for mois in (9, 10, 11)]
    septembre, octobre, novembre = map(montant, par_mois)
    assert f"{septembre}, {octobre}, puis {novembre}" in reponses and par_mois[2] < par_mois[1] / 2
    assert f"{montant(sum(par_mois) / 3)} par mois" in reponses
    texte = lecon["etape_8_mesurer"]
    jours = jours_de_la_periode(date(2026, 9, 1), date(2026, 11, 30))
    assert f"{len(commandes)} commandes pour {montant(sum(par_mois))}" in texte
    assert f"{montant(sum(par_mois) / len(commandes))} en moyenne" in texte
    rythme = jours_entre_commandes([e.jour for e in commandes], jours)
    assert f"tous les {round(rythme)} jours ({jours} ÷ {len(commandes)})" in texte
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
    for faits in (lecon["etape_9"], lecon["etape_10_ecrire"]):
        assert [a for a in (montant(retard), octobre, novembre) if a not in faits] == []
    assert f"il doit {montant(explorateur.solde)}" in lecon["etape_10_ecrire"]


def ecritures_du_tableau(texte):
    """Les lignes (débit, crédit, solde) d'un relevé imprimé, en euros ; 0 pour une case vide."""
    for ligne in re.findall(r"^\| \d\d/\d\d \|.*\|$", texte, re.MULTILINE):
        cases = ligne.strip("|").split("|")[2:]
        yield tuple(int(re.sub(r"\D", "", case) or 0) for case in cases)


@pytest.mark.parametrize("nom", ["etape_8", "etape_8_traite"])
def test_les_soldes_imprimes_suivent_les_ecritures(lecon, nom):
    solde, lignes = 0, list(ecritures_du_tableau(lecon[nom]))
    assert len(lignes) >= 4
    for debit, credit, imprime in lignes:
        solde += debit - credit
        assert imprime == solde


def test_la_traite_porte_un_seul_mois(lecon):
    (facture, _, _), (_, avoir, _), *_ = ecritures_du_tableau(lecon["etape_8_traite"])
    assert f"de payer {montant(facture - avoir)} le 30 novembre" in lecon["etape_8_traite"]
    exercice = charger(LECON, "traite")
    for graine in range(20):
        tirees, tire = exercice.valeurs(graine), exercice.tirer(graine)
        ventes = tirees["facture1"] + tirees["facture2"] - tirees["avoir"]
        assert tire.juger(f"{ventes:g}").juste
        assert not tire.juger(f"{ventes + tirees['report']:g}").juste, "pas toute la dette"


def encours_de_la_lecon(lecon):
    """Le plus haut montant (TTC) que doit chaque client professionnel dans la leçon : comptes, textes, plafonds, tirages."""
    oceane = [int(x) for x in re.findall(r"(\d+) €", lecon["etape_8_encours"])]
    castel, panier = charger(LECON, "encours"), charger(LECON, "traite")
    assert "hôtel Castel" in castel.question and "boutique du Panier" in panier.question
    assert "gîte du Frioul" in lecon["etape_8"] and "hôtel Sormiou" in lecon["etape_8_traite"]
    return {
        "Océane": max(oceane),
        "Castel": max(castel.tirage["plafond"]),
        "Frioul": max(solde for *_, solde in ecritures_du_tableau(lecon["etape_8"])),
        "Sormiou": max(solde for *_, solde in ecritures_du_tableau(lecon["etape_8_traite"])),
        "Panier": sum(max(panier.tirage[nom]) for nom in ("report", "facture1", "facture2")),
        "Bel Air": max(soldes(compte("spa_bel_air")[0])),
    }


def test_aucun_encours_ne_dement_le_chiffre_d_affaires(lecon):
    """Un client qui paie à 30 jours fin de mois doit deux mois d'achats, trois au plus."""
    ca, _ = portefeuille("pros_fleur_d_atlas")
    dus = encours_de_la_lecon(lecon)
    assert {nom: du for nom, du in dus.items() if du > ca[nom] * TVA / 4} == {}


def test_l_encours_de_l_institut(lecon):
    du, plafond, commande, total, livrable = (
        int(x) for x in re.findall(r"(\d+) €", lecon["etape_8_encours"])
    )
    assert total == du + commande > plafond and livrable == plafond - du


def test_les_echeances(lecon):
    assert echeance(date(2026, 10, 8)) == date(2026, 11, 30)
    assert "du 8 octobre" in lecon["etape_8_echeance"]
    assert "30 novembre" in lecon["etape_8_echeance"]
    assert echeance(date(2026, 1, 12)) == date(2026, 2, 28), "le bilan de l'étape 8"


def test_tout_le_vocabulaire_est_dans_le_glossaire():
    introduits, repris = du_cahier(LECON)
    noms_ecrits = [nom for e in (*introduits, *repris) for nom in (e.terme, *e.variantes)]
    glossaire = sans_accents(" ".join(noms_ecrits))
    attendus = [
        "donnée personnelle",
        "lead",
        "taux de conversion",
        "base de données",
        "doublon",
        "segment",
        "score",
        "RFM",
        "attrition",
        "coût de vie",
        "portefeuille",
        "tableau croisé",
        "encours",
        "traite",
        "relance",
        "CNR",
    ]
    assert [mot for mot in attendus if sans_accents(mot) not in glossaire] == []


# --- La forme --------------------------------------------------------------------------------------------------------


def etapes(cellules_lues):
    """Les cellules de chaque étape, par numéro."""
    parties, numero = {}, 0
    for nom, sorte, texte in cellules_lues:
        titre = re.match(r"## (?:Étape (\d+))?", texte) if sorte == "markdown" else None
        if titre:
            numero = int(titre[1] or 0)
        if numero:
            parties.setdefault(numero, []).append((nom, sorte, texte))
    return parties


def minutes(sorte, texte):
    if sorte == "markdown":
        return mots(texte) / MOTS_PAR_MINUTE
    if texte.startswith("%%reponse"):
        return REPONSE_LONGUE if texte.split()[1] in LONGUES else REPONSE
    exercices = APPEL.findall(texte)
    return (
        sum(EXERCICE + mots(a_lire(charger(LECON, nom))) / MOTS_PAR_MINUTE for nom in exercices)
        or SIMULATEUR
    )


def a_lire(exercice):
    """Ce qu'un exercice donne à lire avant de répondre."""
    reponses = [option.texte for option in getattr(exercice, "options", ())]
    lignes = [ligne.texte for ligne in getattr(exercice, "lignes", ())]
    return " ".join([exercice.question, *reponses, *lignes, *getattr(exercice, "possibilites", ())])


def test_chaque_etape_tient_dans_le_temps_annonce(cellules_lues, lecon):
    annonces = {
        int(numero): int(temps)
        for numero, temps in re.findall(
            r"^\| (\d+) \|.*\| (\d+) min \|$", lecon["objectifs_temps"], re.MULTILINE
        )
    }
    besoins = {
        numero: sum(minutes(sorte, texte) for _, sorte, texte in partie)
        for numero, partie in etapes(cellules_lues).items()
    }
    assert list(annonces) == list(besoins) == list(ETAPES)
    assert all(20 <= temps <= 30 for temps in annonces.values())
    assert {n: besoin for n, besoin in besoins.items() if besoin > annonces[n]} == {}
    tout = sum(
        minutes(sorte, texte)
        for nom, sorte, texte in cellules_lues
        if nom not in ("preparer", "glossaire_mots")  # des cellules de service
    )
    lignes = temps_annonces([{"cell_type": "markdown", "source": lecon["objectifs_temps"]}])
    assert tout <= sum(lignes.values()) == minutes_affichees(lecon["titre"])
    debut_et_fin = lignes[("au début, à la fin",)]
    assert tout - sum(besoins.values()) <= debut_et_fin


def test_chaque_etape_finit_par_un_bilan_de_trois_questions_et_un_arret(cellules_lues):
    parties = etapes(cellules_lues)
    for numero, partie in parties.items():
        assert questions(charger(LECON, f"bilan_{numero}")) >= 3
        fin = [nom for nom, _, _ in partie][-3:]
        attendue = [f"bilan_{numero}", f"exercice_bilan_{numero}", f"arret_{numero}"]
        assert fin == (attendue if numero < len(parties) else fin[:1] + attendue[:2])
    assert all("arrêter ici" in t for p in parties.values() for n, _, t in p if "arret" in n)


def questions(exercice):
    """Ce qu'un bilan donne à juger : des lignes, des gestes à garder ou non, ou les temps d'un calcul."""
    if isinstance(exercice, Serie):
        assert len(exercice.lignes) == 3
        return 3
    if isinstance(exercice, Choix):
        assert exercice.multiple and len(exercice.options) <= 5
        return len(exercice.options)
    return len(exercice.calculs)


def test_les_bilans_ne_sont_pas_tous_du_meme_genre():
    bilans = [charger(LECON, f"bilan_{numero}") for numero in ETAPES]
    genres = Counter(genre(bilan) for bilan in bilans)
    assert len(genres) == 4 and max(genres.values()) <= 4, genres


def test_aucun_indice_de_bilan_ne_compte_les_reponses():
    """« Une seule phrase est vraie » donne la réponse sans rien apprendre ; de même dans les choix multiples."""
    compte = re.compile(
        r"(seule?|première|dernière|deux|trois|quatre)s? (phrase|réponse|proposition)s?"
        r"( sont| est|,| restent| ont)",
        re.IGNORECASE,
    )
    assert compte.search("Seule la première phrase est vraie.")
    assert compte.search("Trois réponses sont bonnes ; deux autres…")
    souffles = {
        nom: indice
        for nom in noms(LECON)
        for indice in charger(LECON, nom).indices
        if compte.search(indice)
    }
    assert souffles == {}


def test_une_etape_se_reprend_apres_la_seule_preparation(cellules_lues):
    """Le premier exercice d'une étape va chercher ce dont il a besoin : rien d'une étape d'avant ne doit être lancé."""
    for numero, partie in etapes(cellules_lues).items():
        premier = next(texte for _, _, texte in partie if APPEL.search(texte))
        assert premier.startswith("from grc_helpers.entrainement import exercice"), numero


def test_les_textes_sont_courts(cellules_lues):
    longueurs = [mots(texte) for _, sorte, texte in cellules_lues if sorte == "markdown"]
    assert statistics.median(longueurs) <= 60 and max(longueurs) <= 130


def genre(exercice):
    return type(exercice).__name__, getattr(exercice, "possibilites", ())[:1] == ("Vrai",)


def test_pas_plus_d_un_exercice_sur_trois_du_meme_genre(cellules_lues):
    genres = Counter()
    for _, sorte, texte in cellules_lues:
        for nom in APPEL.findall(texte):
            genres[genre(charger(LECON, nom))] += 1
        genres["réponse rédigée"] += sorte == "code" and texte.startswith("%%reponse")
    assert max(genres.values()) * 3 <= sum(genres.values()), genres


def test_chaque_exercice_ecrit_est_dans_la_lecon_une_fois(cellules_lues):
    appels = [nom for _, _, texte in cellules_lues for nom in APPEL.findall(texte)]
    assert appels == noms(LECON)


def test_les_consignes_sont_au_dessus_des_simulateurs(cellules_lues):
    outils = [
        rang
        for rang, (_, sorte, texte) in enumerate(cellules_lues)
        if sorte == "code" and ".afficher()" in texte
    ]
    assert len(outils) == 5
    for rang in outils:
        assert "Lancez la cellule qui suit" in cellules_lues[rang - 1][2]
        assert "Ce qu'il fallait voir" in cellules_lues[rang + 1][2]


def test_une_reponse_redigee_a_son_modele_replie_et_vient_apres_l_exemple(cellules_lues):
    ids = [nom for nom, _, _ in cellules_lues]
    redigees = [
        rang for rang, (_, _, texte) in enumerate(cellules_lues) if texte.startswith("%%reponse")
    ]
    assert ids.index("etape_1_copie") < ids.index("exercice_deux_copies") < redigees[0]
    for rang in redigees:
        assert cellules_lues[rang + 1][2].startswith("<details><summary>Comparer")


def test_aucune_association_ne_se_fait_par_elimination():
    """Plus d'éléments que de familles, ou des familles qui restent vides."""
    for nom in noms(LECON):
        exercice = charger(LECON, nom)
        if getattr(exercice, "melange", "") == "lignes":
            assert len(exercice.lignes) != len(exercice.possibilites), nom


def test_la_bonne_option_ne_se_devine_ni_a_sa_place_ni_a_sa_longueur():
    choix = [e for e in (charger(LECON, nom) for nom in noms(LECON)) if isinstance(e, Choix)]
    uniques = [e for e in choix if not e.multiple]
    places = Counter(next(i for i, o in enumerate(e.options) if o.juste) for e in uniques)
    assert max(places.values()) <= len(uniques) / 2, places
    for exercice in uniques:
        longueurs = [len(option.texte) for option in exercice.options]
        assert max(longueurs) <= 2 * min(longueurs), exercice.nom


def test_les_phrases_vraies_des_bilans_ne_sont_pas_toujours_a_la_meme_place():
    bilans = [charger(LECON, f"bilan_{numero}") for numero in ETAPES]
    suites = [
        tuple(ligne.attendu for ligne in bilan.lignes)
        for bilan in bilans
        if genre(bilan) == ("Serie", True)
    ]
    assert len(suites) == len(set(suites)) == 3


def test_la_note_de_huit_lignes_a_son_exemple_annote_et_son_exercice(cellules_lues, lecon):
    ids = [nom for nom, _, _ in cellules_lues]
    ordre = ["etape_10_copie", "etape_10_annotee", "exercice_note_a_corriger", "ecrire_note"]
    assert sorted(ordre, key=ids.index) == ordre and ids.index("ecrire_note") < ids.index(
        "vers_les_tp"
    )
    annonces = [mot.strip() for mot in re.findall(r"([\w' ]+)…", lecon["etape_10_annotee"])]
    assert len(annonces) == 7
    assert [mot for mot in annonces if mot not in lecon["etape_10_copie"]] == []
    for note in ("etape_10_copie", "ecrire_note_modele"):
        assert 70 <= mots(lecon[note]) <= 130, "huit lignes"
    assert [
        mot for mot in ("Certes", "Mais", "Je propose") if mot not in lecon["ecrire_note_modele"]
    ] == []


def test_les_chiffres_de_la_note_exemple(lecon):
    for depense, acheteuses in ((200, 10), (800, 16)):
        assert (
            f"{depense} €" in lecon["etape_10"] and f"{acheteuses} acheteuses" in lecon["etape_10"]
        )
        assert montant(depense / acheteuses) in lecon["etape_10_copie"]


def test_l_ordre_du_bilan_5_est_celui_des_totaux():
    bilan = charger(LECON, "bilan_5")
    lues = {
        nom: tuple(map(int, cases))
        for nom, *cases in re.findall(
            r"^\| (\S+) \| il y a (\d+) jours \| (\d) \| (\d) \|$", bilan.question, re.MULTILINE
        )
    }
    anciennete = sorted(lues, key=lambda nom: -lues[nom][0])
    totaux = {nom: 2 * (anciennete.index(nom) + 1) + f + m for nom, (_, f, m) in lues.items()}
    assert [ligne.attendu for ligne in bilan.lignes] == sorted(totaux, key=lambda nom: -totaux[nom])
    assert len(set(totaux.values())) == 3
    assert {totaux[nom] - (anciennete.index(nom) + 1) for nom in lues} == {6}, "sans poids, égalité"
    for ligne in bilan.lignes:
        assert f"= {totaux[ligne.attendu]}." in ligne.explication
