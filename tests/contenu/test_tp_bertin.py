"""Le TP Bertin : le relevé affiché est celui des données, une erreur n'est comptée qu'une fois, celles du manuel sont expliquées."""

import re
from datetime import date
from functools import partial

import pytest

from autograde.cas import modele
from autograde.cas.tamax import compte_de_tamax, releve_de_tamax
from autograde.cours.corrige import reponses_types
from autograde.cours.devoir import charger_devoir
from autograde.production.essais_du_bareme import corriger_des_textes
from grc_helpers.calculs.compte_client import echeance, jours_entre_commandes
from grc_helpers.entrainement.fichier import charger
from grc_helpers.francais.nombres import lire_nombre
from grc_helpers.reponses.notebook import cellules, numero, source
from grc_helpers.reponses.types.tableau import lire_seul
from grc_helpers.simulateurs.compte_client import ExplorateurDeCompte
from tests.classe_fictive import DEPOT, cases_fausses, tableaux_calcules
from tests.contenu.cahiers import espaces

BERTIN = charger_devoir(DEPOT, "s2_tp3_bertin")
TABLEAUX = [
    identifiant for identifiant, question in BERTIN.questions.items() if question.type == "tableau"
]


copie_calculee = partial(tableaux_calcules, BERTIN, decimales=2)
fausses = partial(cases_fausses, BERTIN)


def test_le_tp_est_note_sur_vingt_et_couvre_toutes_les_cases_du_calcul():
    assert BERTIN.total == 20
    demandees = {
        cle
        for identifiant in TABLEAUX
        for cle in lire_seul(BERTIN.questions[identifiant].vierge.corps).textes
    }
    assert demandees == set(modele("tamax").cases)
    assert fausses(copie_calculee(modele("tamax").calculer())) == set()


def test_le_numero_affiche_est_celui_de_la_case_de_reponse():
    """Le poste titre chaque case d'après son identifiant : l'énoncé doit porter le même numéro."""
    for nom in BERTIN.questions:
        assert BERTIN.titres[nom].startswith(f"Question {numero(nom)} · ")


def test_le_corrige_a_le_maximum():
    correction = corriger_des_textes(BERTIN, reponses_types(DEPOT, BERTIN))
    assert {nom: correction.points(nom) for nom in BERTIN.questions} == BERTIN.points


def test_le_releve_affiche_est_celui_des_donnees():
    releve = "\n".join(
        espaces(source(c))
        for c in cellules(BERTIN.distribue)
        if c["id"] in ("releve", "releve_suite")
    )
    lignes = [
        [case.strip() for case in ligne.strip("|").split("|")]
        for ligne in re.findall(r"^\| \d\d/.*$", releve, re.MULTILINE)
    ]
    ecritures, soldes = releve_de_tamax()
    assert len(lignes) == len(ecritures)
    for ligne, e, solde in zip(lignes, ecritures, soldes, strict=True):
        assert ligne[0] == f"{e.jour:%d/%m}" and ligne[1].startswith(e.libelle)
        assert [lire_nombre(case).valeur or 0 for case in ligne[2:4]] == [e.debit, e.credit]
        assert lire_nombre(ligne[4]).valeur == solde
        if e.pour_memoire:
            assert lire_nombre(ligne[1].split(":")[-1]).valeur == e.pour_memoire


@pytest.mark.parametrize(
    ("cle", "valeur"),
    [
        (("Montant juste", "Facture"), 284.17),
        (("Montant juste", "Traite"), 1467.15),
        (("11 mai", "Solde"), 1259.40),
        (("1er juin", "Solde"), 4927.28),
        (("Factures d'avril", "Montant"), 1480.02),
        (("Nombre de commandes", "Valeur"), 10),
        (("Total des commandes", "Valeur"), 3563.46),
        (("Achats du client moyen par mois", "Valeur"), 2360),
    ],
)
def test_une_erreur_suivie_avec_coherence_ne_coute_que_sa_case(cle, valeur):
    assert fausses(copie_calculee(modele("tamax").calculer({cle: valeur}))) == {cle}


@pytest.mark.parametrize("moyenne", ["454,80", "454,81", "455", "455 €"])
def test_la_moyenne_du_manuel_est_acceptee(moyenne):
    textes = {
        "s2_tp3_q2a": f"Nombre de commandes | 8\nTotal des commandes | 3 638,46\nMoyenne par commande | {moyenne}"
    }
    assert fausses(textes) & {("Moyenne par commande", "Valeur")} == set()


@pytest.mark.parametrize("jours", ["10", "10,5", "11,3", "11,4", "12"])
def test_toute_convention_de_frequence_est_acceptee(jours):
    textes = {"s2_tp3_q2b": f"Jours entre deux commandes | {jours}"}
    assert fausses(textes) & {("Jours entre deux commandes", "Valeur")} == set()


@pytest.mark.parametrize("jours", ["9,9", "12,1"])
def test_une_frequence_hors_convention_est_refusee(jours):
    assert ("Jours entre deux commandes", "Valeur") in fausses(
        {"s2_tp3_q2b": f"Jours entre deux commandes | {jours}"}
    )


@pytest.mark.parametrize(
    ("question", "reponse", "explication"),
    [
        ("s2_tp3_q0a", "Montant juste | 219,17 |", "219,17 € est le montant mal recopié"),
        ("s2_tp3_q0a", "Montant juste | | 3 226,63", "est le solde du compte"),
        ("s2_tp3_q1b", "Factures d'avril | 1 274,19", "et non 97,52"),
        ("s2_tp3_q2a", "Total des commandes | 3 563,46", "Vous gardez 219,17"),
        ("s2_tp3_q2a", "Moyenne par commande | 445,43", "Vous gardez 219,17"),
        ("s2_tp3_q2a", "Total des commandes | 3 138,46", "et non 97,52"),
        ("s2_tp3_q2a", "Total des commandes | 3 506,09", "avoirs non déduits"),
        ("s2_tp3_q2b", "Jours du 7 avril au 23 juin | 78", "compte aussi le 7 avril"),
        ("s2_tp3_q2b", "Jours du 7 avril au 23 juin | 84", "La première commande est du 7"),
        ("s2_tp3_q2b", "Jours entre deux commandes | 9,6", "sept intervalles"),
    ],
)
def test_les_erreurs_du_manuel_recoivent_leur_explication(question, reponse, explication):
    assert explication in corriger_des_textes(BERTIN, {question: reponse}).notes[question].resume()


def test_la_lettre_attend_toujours_le_formateur():
    lettre = reponses_types(DEPOT, BERTIN)["s2_tp3_q4"]
    assert corriger_des_textes(BERTIN, {"s2_tp3_q4": lettre}).notes["s2_tp3_q4"].a_verifier


# --- Les chiffres de ce qui n'est pas noté --------------------------------------------------------------------------

TEXTES = {c["id"]: re.sub("[\u00a0\u202f]", " ", source(c)) for c in cellules(BERTIN.distribue)}
# Pâques et Pentecôte, lundis compris, l'Ascension, les fêtes à date fixe : personne ne facture ces jours-là.
FERIES = {(4, 5), (4, 6), (5, 1), (5, 8), (5, 14), (5, 24), (5, 25)}


def test_ni_facture_ni_avoir_un_jour_chome():
    ecritures, _ = releve_de_tamax()
    datees = [e.jour for e in ecritures if e.nature in ("facture", "avoir")]
    assert [j for j in datees if j.weekday() > 4 or (j.month, j.day) in FERIES] == []


def test_la_frequence_compte_des_intervalles_et_awa_des_commandes():
    """Onze jours, de la première commande à la dernière ; seule la façon d'Awa donne 10,5."""
    jours = [e.jour for e in compte_de_tamax() if e.nature == "facture"]
    attendues = modele("tamax").calculer()
    assert attendues["Jours du 7 avril au 23 juin", "Valeur"] == (max(jours) - min(jours)).days
    assert attendues["Jours entre deux commandes", "Valeur"] == jours_entre_commandes(jours) == 11
    assert "tous les 10,5 jours" in TEXTES["s2_tp3_q2b2_enonce"]
    assert jours_entre_commandes(jours, 84) == 10.5
    autres = [91 / 8, 77 / 6, 77 / 8]
    assert [round(autre, 1) for autre in autres] == [11.4, 12.8, 9.6]


def test_aucun_resultat_note_n_est_imprime_avant_d_etre_trouve():
    trouves = ("294,17", "1 525,98", "1 774,19", "338,29", "80,9", "3 638,46", "1 212,82", "454,81")
    assert [r for r in trouves if any(r in texte for texte in TEXTES.values())] == []


def test_ce_qu_il_fallait_voir_est_ce_que_montre_l_explorateur():
    explorateur = ExplorateurDeCompte()
    explorateur.aller_au(date(2026, 1, 31))
    sans_lettre = [
        e for e, lettre in zip(explorateur.visibles, explorateur.lettres, strict=True) if not lettre
    ]
    [facture] = [e for e in sans_lettre if e.nature == "facture" and e.jour.year == 2025]
    [acompte] = [e for e in sans_lettre if e.nature == "reglement"]
    assert (facture.numero, facture.debit, acompte.credit) == ("221", 512, 300)
    explorateur.age.value = "echeance"
    assert explorateur.classes["à échoir"] == 210
    assert explorateur.solde - 210 == 212
    dit = TEXTES["etape_1_reponses"]
    assert all(f"{m} €" in dit for m in (512, 300, 210)) and "**212 €** en retard" in dit


def test_les_exemples_se_recalculent():
    assert 68 - 50 == 18 and "elle valait 18 €" in TEXTES["etape_2"]
    assert 620 + 730 == 1350 and "1 350 €" in TEXTES["etape_3"]
    assert round((180 - 30) / 180 * 100) == 83 and "83 %" in TEXTES["etape_4_mois"]
    assert round(52 / 80 * 100) == 65 and 21 / 420 == 0.05 and "65 %" in TEXTES["entrainement_3"]
    assert round(1000 * 91 / 1300) == 70 and "70 jours" in TEXTES["plus_loin_delai"]
    assert 30 <= 1805.44 * 91 / 3638.46 <= 60, "Tamax paie à l'heure, et le stagiaire le voit"


def test_les_quatre_echeances_sont_dans_l_ordre():
    conventions = [
        (date(2027, 2, 10), "non"),
        (date(2027, 2, 26), "apres"),
        (date(2027, 3, 20), "non"),
        (date(2027, 3, 5), "apres"),
    ]
    exercice = charger("s2_tp3_bertin", "echeances")
    echeances = [echeance(jour, 30, convention) for jour, convention in conventions]
    assert echeances == sorted(echeances) and len(set(echeances)) == 4
    for place, (jour, convention), terme in zip(range(4), conventions, echeances, strict=True):
        texte, explication = exercice.possibilites[place], exercice.lignes[place].explication
        assert f"Facture du {jour.day} " in texte and str(terme.day) in explication
        assert ("fin de mois" in texte) == (convention == "apres")


def test_le_cas_sans_guide_a_une_seule_faute_et_son_corrige_est_juste():
    lignes = [
        [lire_nombre(case, "€").valeur or 0 for case in ligne.strip("|").split("|")[2:]]
        for ligne in TEXTES["cas_nu"].split("\n")
        if re.match(r"\| \d\d/", ligne)
    ]
    soldes = [solde for _, _, solde in lignes]
    ecarts = [
        round(soldes[i] - soldes[i - 1] - lignes[i][0] + lignes[i][1])
        for i in range(1, len(lignes))
    ]
    assert [e for e in ecarts if e] == [-18] and 164 - 18 == 146
    corrige = TEXTES["cas_corrige"]
    assert "876 − 730 = **146 €**" in corrige
    assert 310 + 146 == 456 and 228 + 91 == 319 and round((456 - 91) / 456 * 100) == 80
    assert all(f"{m} €" in corrige for m in (319, 228, 91, 456)) and "80 % de moins" in corrige
