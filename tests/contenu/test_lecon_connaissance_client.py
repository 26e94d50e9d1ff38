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
from grc_helpers.entrainement.exercices import Choix
from grc_helpers.entrainement.fichier import charger, noms
from grc_helpers.francais.nombres import ecrire_nombre, sans_accents
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.simulateurs.compte_client import ExplorateurDeCompte
from grc_helpers.simulateurs.valeur_client import SimulateurValeurClient
from tests.contenu.test_duree import mots

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
# La règle de la charte, en minutes : la lecture, un exercice ou un bilan, une réponse rédigée courte, un simulateur.
MOTS_PAR_MINUTE, EXERCICE, REPONSE, SIMULATEUR = 180, 3, 5, 5


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
    assert (valeur["Océane"], valeur["Castel"]) == (4 * 660, 4 * -300)
    assert (ca["Océane"], ca["Castel"]) == (3000, 9000)
    assert "18 % du CA, −6 % de la valeur" in lecon["etape_7_ecrire"]


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
    part = part_du_client_moyen(sum(par_mois) / 3, 4160, 8)
    assert f"{round(part * 100)} % du client moyen" in texte


def test_les_echeances(lecon):
    assert echeance(date(2026, 10, 8)) == date(2026, 11, 30)
    assert "du 8 octobre" in lecon["etape_8_echeance"]
    assert "30 novembre" in lecon["etape_8_echeance"]
    assert echeance(date(2026, 1, 12)) == date(2026, 2, 28), "le bilan de l'étape 8"


def test_tout_le_vocabulaire_est_dans_le_glossaire(lecon):
    glossaire = sans_accents(
        " ".join(texte for nom, texte in lecon.items() if nom.startswith("glossaire"))
    )
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
        return REPONSE
    return EXERCICE * len(APPEL.findall(texte)) or SIMULATEUR


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
    assert list(annonces) == list(besoins) == list(range(1, 9))
    assert all(20 <= temps <= 30 for temps in annonces.values())
    assert {n: besoin for n, besoin in besoins.items() if besoin > annonces[n]} == {}
    tout = sum(
        minutes(sorte, texte)
        for nom, sorte, texte in cellules_lues
        if nom != "preparer"  # une cellule de service
    )
    assert tout <= sum(annonces.values()) == 180


def test_chaque_etape_finit_par_un_bilan_de_trois_questions_et_un_arret(cellules_lues):
    parties = etapes(cellules_lues)
    for numero, partie in parties.items():
        assert len(charger(LECON, f"bilan_{numero}").lignes) == 3
        fin = [nom for nom, _, _ in partie][-3:]
        attendue = [f"bilan_{numero}", f"exercice_bilan_{numero}", f"arret_{numero}"]
        assert fin == (attendue if numero < len(parties) else fin[:1] + attendue[:2])
    assert all("arrêter ici" in t for p in parties.values() for n, _, t in p if "arret" in n)


def test_une_etape_se_reprend_apres_la_seule_preparation(cellules_lues):
    """Le premier exercice d'une étape va chercher ce dont il a besoin : rien d'une étape d'avant ne doit être lancé."""
    for numero, partie in etapes(cellules_lues).items():
        premier = next(texte for _, _, texte in partie if APPEL.search(texte))
        assert premier.startswith("from grc_helpers.entrainement import exercice"), numero


def test_les_textes_sont_courts(cellules_lues):
    longueurs = [mots(texte) for _, sorte, texte in cellules_lues if sorte == "markdown"]
    assert statistics.median(longueurs) <= 60 and max(longueurs) <= 130


def test_pas_plus_d_un_exercice_sur_trois_du_meme_genre(cellules_lues):
    genres = Counter()
    for _, sorte, texte in cellules_lues:
        for nom in APPEL.findall(texte):
            exercice = charger(LECON, nom)
            genres[
                type(exercice).__name__, getattr(exercice, "possibilites", ())[:1] == ("Vrai",)
            ] += 1
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
    series = [charger(LECON, f"bilan_{numero}").lignes for numero in range(1, 9)]
    suites = Counter(tuple(ligne.attendu for ligne in serie) for serie in series)
    assert max(suites.values()) <= 2, suites
