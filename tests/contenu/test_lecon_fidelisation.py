"""La leçon de la séquence 3 : chaque chiffre annoncé est recalculé, et ce que les TP supposent est enseigné."""

import re
from datetime import date
from importlib.metadata import distribution

import pytest

from grc_helpers.calculs import fidelisation as f
from grc_helpers.entrainement.fichier import charger
from grc_helpers.francais.forme import sans_accents
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.glossaire.entrees import du_cahier
from grc_helpers.simulateurs.reconquete import SimulateurReconquete
from grc_helpers.simulateurs.retention import SimulateurRetention
from tests.contenu.cahiers import cahier, espaces
from tests.contenu.test_duree import mots

LECON = "s3_fidelisation"
MARQUE = 0.20  # ce que la jardinerie garde sur ses ventes
# Ce que suppose chaque question des deux TP de la séquence, et où la leçon l'enseigne (numéros de l'inventaire).
ENSEIGNE_POUR_LES_TP = {
    "s3-tp1-q1": ("etape_6_motifs", "exercice_motifs"),
    "s3-tp1-q2a": ("etape_6_signaux", "etape_6_silence", "exercice_silence"),
    "s3-tp1-q2b": ("etape_6_reperer", "etape_6_probabilite", "exercice_compte_rendu"),
    "s3-tp1-q3": ("etape_7_moyens", "etape_7_ecouter", "etape_7_concurrent", "exercice_moyens"),
    "s3-tp1-q4": ("etape_8_comparer", "etape_8_hierarchiser", "exercice_deux_avis"),
    "s3-tp1-q5a": ("etape_2_pourquoi", "exercice_conquerir"),
    "s3-tp1-q5b": ("etape_6_reperer",),
    "s3-tp1-q5c": ("etape_8_hierarchiser", "exercice_trier"),
    "s3-tp1-q5d": ("etape_8_mots",),
    "s3-tp1-q5e": ("etape_8_mots",),
    "s3-tp1-q5f": ("etape_7_moyens", "etape_7_qui"),
    "s3-tp1-q5g": ("etape_7_moyens", "etape_7_qui"),
    "s3-tp1-q5h": ("etape_7_reconquis", "etape_7_reconquis_lire", "exercice_bilan_7"),
    "s3-tp1-let": ("etape_7_lettre", "etape_7_trois_temps", "ecrire_lettre"),
    "s3-tp2-q1a": ("etape_5_communs", "exercice_promo_ou_fidelite"),
    "s3-tp2-q1b": ("etape_5_differences", "etape_5_comparer", "exercice_copies_comparer"),
    "s3-tp2-q2": ("etape_5_programme", "etape_5_avantages", "exercice_multicanal"),
}


@pytest.fixture(scope="module")
def lecon():
    """Le texte de chaque cellule distribuée, par identifiant."""
    return {cellule.id: cellule.texte for cellule in cahier(LECON)}


def dirhams(valeur, decimales=0):
    return espaces(ecrire_nombre(valeur, decimales, "DH"))


def tableau(texte):
    """Les lignes d'un tableau, sous l'en-tête : le nom de chacune et ses nombres."""
    lignes = {}
    for nom, *cases in (
        [case.strip() for case in ligne.strip("| ").split("|")]
        for ligne in texte.replace("*", "").split("\n")
        if ligne.startswith("|")
    ):
        lues = [re.sub(r"[^\d,−]", "", case.partition(", soit")[0]) for case in cases]
        if nom and any(lues):
            lignes[nom] = [float(x.replace(",", ".").replace("−", "-")) for x in lues if x]
    return lignes


# --- Les chiffres ----------------------------------------------------------------------------------------------------


def test_satisfaits_et_partis(lecon):
    lignes = tableau(lecon["etape_1"])
    contents, autres = lignes["satisfait"], lignes["pas satisfait"]
    assert lignes["total"] == [a + b for a, b in zip(contents, autres, strict=True)]
    for rachete, parti, total in (contents, autres):
        assert rachete + parti == total
        assert f"{round(100 * parti / total)} %" in lecon["etape_1_lire"]
    assert contents[1] / lignes["total"][1] == pytest.approx(0.64), "presque deux sur trois"
    assert "Sur 50 clients partis, 32" in lecon["etape_1_lire"]
    assert "Un sur cinq de nos clients satisfaits" in lecon["ecrire_satisfait_modele"]


def test_un_chiffre_public_est_date_source_et_limite(lecon):
    texte = lecon["etape_1_numero"]
    assert "En 2023" in texte and "ANRT" in texte and "avril 2024" in texte
    assert "Limites" in texte and "**1 317 063**" in texte and "15 % de plus" in texte
    assert "**2,4 %**" in texte and round(100 * 1_317_063 / 55.8e6, 1) == 2.4


def test_les_taux_et_la_duree_de_vie(lecon):
    lignes = tableau(lecon["etape_2"])
    debut, nouveaux, fin = (valeurs[0] for valeurs in lignes.values())
    retention = f.taux_de_retention(debut, fin, nouveaux)
    perdus = debut - (fin - nouveaux)
    attrition = f.taux_d_attrition(debut, perdus)
    assert (retention, attrition, perdus) == (0.75, 0.25, 400)
    assert "**400** sont partis" in lecon["etape_2"] and "**75 %**" in lecon["etape_2_taux"]
    assert f.duree_de_vie_moyenne(attrition) == 4 and "**4 ans**" in lecon["etape_2_duree"]
    assert 1000 * MARQUE == 200 and "1 000 DH par an, dont 200 DH" in lecon["etape_2_valeur"]
    assert dirhams(f.valeur_attendue(200, attrition)) in lecon["etape_2_valeur"]
    point = f.valeur_d_un_point(200, attrition)
    texte = lecon["etape_2_point"]
    assert f"{dirhams(point)} de plus" in texte and f"attend {800 + point:.0f} DH" in texte
    assert round(point * debut, -3) == 53_000 and "53 000 DH" in texte
    assert espaces(ecrire_nombre(f.duree_de_vie_moyenne(0.24), 2)) in texte


def test_le_simulateur_de_retention_dit_ce_que_dit_la_lecon(lecon):
    simulateur, reponses = SimulateurRetention(), lecon["etape_2_reponses"]
    assert "Remboursé l'année 3" in simulateur.phrase and "**année 3**" in reponses
    assert dirhams(simulateur.annees[-1].cumul) in reponses
    for cout, mot in ((18, "gagne encore"), (19, "en perd")):
        simulateur.cout.curseur.value = cout
        montant = espaces(ecrire_nombre(abs(simulateur.annees[-1].cumul), 0))
        assert f"{mot} {montant}" in reponses
    simulateur.reinitialiser()
    for attrition in (50, 10):
        point = dirhams(f.valeur_d_un_point(200, attrition / 100))
        assert f"{point} par client à {attrition} %" in reponses or (
            f"{point} à {attrition} %" in reponses
        )
        simulateur.attrition.curseur.value = attrition
        assert point in espaces(simulateur.phrase_du_point) and simulateur.message == ""


def test_garder_coute_moins_que_gagner_par_depart_evite(lecon):
    gagner, garder = tableau(lecon["etape_2_conquerir"]).values()
    depense, nouveaux, par_nouveau = gagner
    assert depense / nouveaux == par_nouveau == 300
    effort, evites, par_depart = garder[-3:]
    assert effort == 1600 * 8 and evites == 0.05 * 1600
    assert f.cout_d_un_depart_evite(8, 0.05) == pytest.approx(par_depart) == pytest.approx(160)
    assert f"coûterait {dirhams(f.cout_d_un_depart_evite(8, 0.02))}" in lecon["etape_2_attention"]
    assert "ce serait moins de deux fois" in lecon["etape_2_combien_de_fois"] and 1 < 300 / 160 < 2
    assert "avec deux, garder coûterait plus cher" in lecon["etape_2_combien_de_fois"]


def test_ce_que_coute_et_rapporte_la_carte(lecon):
    avantage = f.taux_d_avantage(1000, 40, 0.75)
    carte = f.Programme(1500, 1500 - 1420, MARQUE, avantage, frais=5)
    assert (600 * 1500 + 1000 * 700) / 1600 == 1000, "les achats moyens de l'étape 2"
    assert f"**{round(avantage * 100)} %**" in lecon["etape_4_carte"]
    assert f"**{dirhams(carte.cout)}**" in lecon["etape_4_carte"]
    assert f"**{dirhams(carte.achats_ajoutes)}**" in lecon["etape_4_temoins"]
    assert f"= {dirhams(carte.gain)} de marge" in lecon["etape_4_temoins"]
    assert f"**{dirhams(carte.resultat)}** par porteur" in lecon["etape_4_seuil"]
    assert dirhams(carte.resultat * 600) in lecon["etape_4_seuil"]
    seuil = f.achats_a_ajouter(1420, MARQUE, avantage, frais=5)
    assert seuil == pytest.approx(280) and f"**{dirhams(seuil)}**" in lecon["etape_4_seuil"]
    au_seuil = f.Programme(1420 + seuil, seuil, MARQUE, avantage, frais=5)
    assert dirhams(au_seuil.gain) in lecon["etape_4_seuil"]
    assert au_seuil.cout == pytest.approx(au_seuil.gain) == pytest.approx(56)
    for chiffre in (carte.cout, carte.gain, -carte.resultat):
        assert dirhams(chiffre) in lecon["ecrire_carte_modele"]


def test_la_promotion_d_octobre(lecon):
    lignes = tableau(lecon["etape_5"])
    ventes, nouveaux = lignes["ventes"], lignes["nouveaux clients"]
    assert ventes[1] > ventes[0] > ventes[2] and nouveaux[1] == 90
    assert "60 des 90 nouveaux" in lecon["etape_5_un_an_apres"]
    manque = dirhams(ventes[0] - ventes[2])
    assert f"il a manqué {manque}" in lecon["etape_5_un_an_apres"]
    assert "90 nouveaux ; 60 n'ont jamais racheté" in lecon["etape_1_regles"]
    assert "à −20 %, chaque vente" in lecon["etape_5_un_an_apres"] and MARQUE == 0.20
    assert "1,6 million sur 8 millions de DH, soit 20 %" in lecon["etape_5_part"]
    assert 1600 * 1000 / 8e6 == 0.20


def test_les_quatre_differences_sont_celles_de_l_inventaire(lecon):
    texte = lecon["etape_5_differences"]
    attendues = {
        "durée": ("long terme", "court terme"),
        "clients visés": ("segments", "tous les consommateurs"),
        "objectif": ("préserver", "conquérir"),
        "stratégie": ("défensive", "offensive"),
    }
    for critere, (fidelisation, promotion) in attendues.items():
        ligne = next(ligne for ligne in texte.split("\n") if f"**{critere}**" in ligne)
        gauche, droite = ligne.split("|")[2:4]
        assert fidelisation in gauche and promotion in droite, critere


def test_la_probabilite_de_depart(lecon):
    lignes = tableau(lecon["etape_6_probabilite"])
    assert sum(contrats for contrats, _, _ in lignes.values()) == 200
    for contrats, partis, part in lignes.values():
        assert 100 * partis / contrats == part


def test_le_fichier_public_du_vendeur_de_disques(lecon):
    """L'échantillon livré par le paquet ``lifetimes`` : les silencieux du 30 septembre 1997 revenus avant le 30 juin 1998."""
    fichier = distribution("lifetimes").locate_file("lifetimes/datasets/CDNOW_sample.txt")
    jours: dict[str, set[date]] = {}
    for ligne in fichier.read_text(encoding="ascii").splitlines():
        if ligne.strip():
            _, client, jour, *_ = ligne.split()
            jours.setdefault(client, set()).add(date.fromisoformat(jour))
    fin = date(1997, 9, 30)
    silencieux = [achats for achats in jours.values() if sum(j <= fin for j in achats) == 1]
    revenus = sum(len(achats) > 1 for achats in silencieux)
    assert (len(jours), len(silencieux), revenus) == (2_357, 1_411, 193)
    texte = lecon["etape_6_silence"]
    assert "2 357 clients" in texte and "1 411 n'avaient pas racheté" in texte
    assert f"**{revenus}**" in texte and f"{round(100 * revenus / len(silencieux))} %" in texte
    assert (
        "Limites" in lecon["etape_6_silence_limites"]
        and "Fader" in (lecon["etape_6_silence_limites"])
    )
    assert any("193 sont revenus" in o.explication for o in charger(LECON, "silence").options)


def test_les_litiges_regles_vite(lecon):
    for litiges, restes in tableau(lecon["etape_7_reconquis"]).values():
        assert f"{restes:g}, soit {100 * restes / litiges:g} %" in lecon["etape_7_reconquis"]
    assert "88 % contre 45 %" in charger(LECON, "bilan_7").lignes[1].explication
    assert "75 % restent" in lecon["etape_7_reconquis_lire"]


def test_ce_que_coute_un_client_revenu(lecon):
    cout = f.cout_d_un_client_revenu(15, 0.20, 60)
    assert 200 * 15 + 40 * 60 == 5_400 and 5_400 / 40 == pytest.approx(cout) == pytest.approx(135)
    assert f"**{dirhams(cout)}** par client revenu" in lecon["etape_8"]
    for marge, en_deux_ans, prix, ecart in tableau(lecon["etape_8_comparer"]).values():
        assert en_deux_ans == 2 * marge and prix == 135 and ecart == en_deux_ans - prix


def test_le_simulateur_de_reconquete_dit_ce_que_dit_la_lecon(lecon):
    simulateur, reponses = SimulateurReconquete(), lecon["etape_8_reponses"]
    assert dirhams(simulateur.campagne.gain) in reponses
    for marge, mot in ((70, "gagne encore"), (60, "en perd")):
        simulateur.marge.curseur.value = marge
        assert f"{mot} {abs(round(simulateur.campagne.gain))}" in reponses
    assert dirhams(f.marge_minimale(15, 0.20, 60, 2), 2) in reponses
    simulateur.reinitialiser()
    for reussite, mot in ((5, "il gagne"), (4, "il en perd")):
        simulateur.reussite.curseur.value = reussite
        assert f"à {reussite} %, {mot} {abs(round(simulateur.campagne.gain))}" in reponses.replace(
            "À 5", "à 5"
        )
    assert f"soit {100 * f.reussite_minimale(400, 15, 60):.1f} %".replace(".", ",") in reponses


def test_la_note_de_huit_lignes(lecon):
    lignes = tableau(lecon["etape_8_note"])
    marges, annees, contacts, gestes, _ = lignes.values()
    hotel, cafe = (
        (marge * an, f.cout_d_un_client_revenu(contact, 0.5, geste))
        for marge, an, contact, geste in zip(marges, annees, contacts, gestes, strict=True)
    )
    assert hotel == (43_200, 8_000) and cafe == (1_200, 1_300)
    assert f"**{dirhams(hotel[1])}** pour l'hôtel" in lecon["etape_8_note"]
    assert dirhams(cafe[1]) not in lecon["etape_8_note"], "le stagiaire le calcule"
    modele = lecon["ecrire_note_modele"]
    for chiffre in ("43 200", "8 000", "1 200", "1 300"):
        assert chiffre in modele
    assert f.gain_de_la_reconquete(hotel[0], contacts[0], 0.1, gestes[0]) > 0
    assert "rentable avec une chance sur dix" in modele
    # L'hôtel pèse autant qu'annoncé à l'étape 1.
    assert marges[0] / MARQUE / 1000 == 72 and "72 clients" in lecon["etape_1_regles"]


def test_les_jours_du_calendrier(lecon):
    assert "mercredi 2 décembre 2026" in lecon["situation"]
    assert date(2026, 12, 2).weekday() == 2
    assert "lundi 4 janvier" in lecon["ecrire_changement_modele"]
    assert date(2027, 1, 4).weekday() == 0 and date(2026, 12, 18).weekday() == 4


# --- Ce que les TP supposent -----------------------------------------------------------------------------------------


def test_chaque_question_des_tp_a_sa_cellule_d_enseignement(lecon):
    absentes = {
        question: [cellule for cellule in ou if cellule not in lecon]
        for question, ou in ENSEIGNE_POUR_LES_TP.items()
    }
    assert {q: manquantes for q, manquantes in absentes.items() if manquantes} == {}


@pytest.mark.parametrize(
    ("cellule", "mots_attendus"),
    [
        ("etape_6_motifs", ("déménagement", "faillite", "décès", "déçoit", "incident", "prix")),
        ("etape_6_signaux", ("date anniversaire", "appels répétés", "plaintes")),
        ("etape_6_reperer", ("compte rendu", "base de données", "visites", "satisfaction")),
        ("etape_7_moyens", ("lettre", "appel", "visite", "directeur")),
        ("etape_5_communs", ("acheter davantage", "panier moyen", "servir")),
        ("etape_5_avantages", ("tous les clients", "connaître", "souple")),
        ("etape_2_pourquoi", ("confiance", "recommandations", "prospection")),
    ],
)
def test_une_cellule_dit_ce_que_la_question_attendra(lecon, cellule, mots_attendus):
    assert [mot for mot in mots_attendus if mot not in lecon[cellule].lower()] == []


def test_tout_le_vocabulaire_est_dans_le_glossaire():
    introduits, repris = du_cahier(LECON)
    noms_ecrits = [nom for e in (*introduits, *repris) for nom in (e.terme, *e.variantes)]
    glossaire = sans_accents(" ".join(noms_ecrits))
    attendus = [
        "fidéliser",
        "captif",
        "rétention",
        "attrition naturelle",
        "attrition provoquée",
        "durée de vie moyenne",
        "prospection",
        "ristourne",
        "mesure incitative",
        "récompense",
        "intensification",
        "parrainage",
        "témoins",
        "panier moyen",
        "part de marché",
        "caméléon",
        "compte rendu",
        "base de données",
        "B to B",
        "B to C",
        "veille",
        "contre-argumentaire",
        "client rentable",
        "potentiel",
    ]
    assert [mot for mot in attendus if sans_accents(mot) not in glossaire] == []


def test_les_debuts_de_phrase_du_plan_sont_ceux_du_modele(lecon):
    annonces = re.findall(r"« ([\w' ]+)…", lecon["etape_8_ecrire"])
    assert len(annonces) == 6
    assert [mot for mot in annonces if mot not in lecon["ecrire_note_modele"]] == []
    assert 70 <= mots(lecon["ecrire_note_modele"]) <= 130, "huit lignes"
