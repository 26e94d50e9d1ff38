"""La notation du TP Rimaldi : une erreur n'est comptée qu'une fois, et celles du manuel reçoivent leur explication."""

import csv
import json
import re
import statistics
from collections import Counter
from dataclasses import replace
from functools import partial
from importlib.resources import files

import pytest

from autograde.baremes.resultats import Statut
from autograde.cas import donnees, modele
from autograde.cours.devoir import charger_devoir
from autograde.production.essais_du_bareme import corriger_des_textes
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.portefeuille import Seuils, classer, classes_abc, groupes_de_valeur
from grc_helpers.donnees import commerces
from grc_helpers.entrainement.fichier import charger, noms
from grc_helpers.francais.nombres import ecrire_nombre, lire_nombre
from grc_helpers.reponses.controles import controler
from grc_helpers.reponses.echo import echo
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.reponses.types.tableau import lire_seul
from tests.classe_fictive import DEPOT, cases_fausses, tableaux_calcules
from tests.contenu.cahiers import espaces
from tests.contenu.test_duree import mots

RIMALDI = charger_devoir(DEPOT, "s2_tp2_rimaldi")
TABLEAUX = [
    identifiant for identifiant, question in RIMALDI.questions.items() if question.type == "tableau"
]
TOTAUX = {"s2_tp2_q1": Case("CA total"), "s2_tp2_q2": Case("Valeur totale")}


def copie_calculee(valeurs: dict[str, float]) -> dict[str, str]:
    """Les réponses chiffrées d'un stagiaire dont toutes les cases valent ``valeurs``."""
    return {
        identifiant: ecrire_nombre(valeurs[case]) for identifiant, case in TOTAUX.items()
    } | tableaux_calcules(RIMALDI, valeurs)


fausses = partial(cases_fausses, RIMALDI)


def test_le_tp_est_note_sur_vingt_et_couvre_toutes_les_cases_du_calcul():
    assert RIMALDI.total == 20
    demandees = {
        cle
        for identifiant in TABLEAUX
        for cle in lire_seul(RIMALDI.questions[identifiant].vierge.corps).textes
    } | set(TOTAUX.values())
    assert demandees == set(modele("rimaldi").cases)
    assert fausses(copie_calculee(modele("rimaldi").calculer())) == set()


@pytest.mark.parametrize(
    ("cle", "valeur"),
    [
        (Case("CA total"), 2_844_300),
        (Case("CA total"), 2_479_500),
        (("Client E", "Part du CA"), 15),
        (("Client C", "Part du CA"), 6),
        (("Rang 3", "CA cumulé"), 86),
        (("Classe A", "Part du CA"), 55),
        (Case("Valeur totale"), 4_074_082),
        (Case("Valeur totale"), 4_558_664),
    ],
)
def test_une_erreur_suivie_avec_coherence_ne_coute_que_sa_case(cle, valeur):
    assert fausses(copie_calculee(modele("rimaldi").calculer({cle: valeur}))) == {cle}


def test_deux_rangs_inverses_ne_coutent_que_les_deux_rangs():
    valeurs = modele("rimaldi").calculer({("Client D", "Rang CA"): 2, ("Client E", "Rang CA"): 3})
    assert fausses(copie_calculee(valeurs)) == {("Client D", "Rang CA"), ("Client E", "Rang CA")}


def test_une_classe_trop_large_ne_coute_que_le_nombre_de_clients():
    valeurs = modele("rimaldi").calculer({("Classe A", "Clients"): 2, ("Classe B", "Clients"): 1})
    assert fausses(copie_calculee(valeurs)) == {("Classe A", "Clients"), ("Classe B", "Clients")}


@pytest.mark.parametrize(
    ("question", "reponse", "explication"),
    [
        ("s2_tp2_q1b2", "Classe C | 7 | 70 | 10", "font 13 %"),
        ("s2_tp2_q2", "3 589 599 €", "Le dossier donne 538 425 €"),
        ("s2_tp2_q2a", "Client J | 5 | 7", "Celle du client J est de"),
    ],
)
def test_les_coquilles_du_manuel_ont_leur_explication(question, reponse, explication):
    note = corriger_des_textes(RIMALDI, {question: reponse}).notes[question]
    assert explication in note.resume()


def test_la_valeur_de_b_imprimee_dans_le_manuel_ne_change_pas_sa_part():
    """538 524 au lieu de 538 425 donne la même part arrondie : elle reste acceptée, seule ou avec son total."""
    part = ecrire_nombre(100 * 538_524 / 3_589_599, 1)
    note = corriger_des_textes(RIMALDI, {"s2_tp2_q2a": f"Client B | 3 | {part}"}).notes[
        "s2_tp2_q2a"
    ]
    assert [case.statut for case in note.cases if case.cle.ligne == "Client B"] == [
        Statut.JUSTE,
        Statut.JUSTE,
    ]


# --- Une seule erreur d'écriture, une seule pénalité -------------------------------------------------------------------


def en_parts(textes: dict[str, str]) -> dict[str, str]:
    """Les mêmes tableaux, les % écrits entre 0 et 1."""

    def ligne(identifiant: str, texte: str) -> str:
        colonnes = lire_seul(RIMALDI.questions[identifiant].vierge.corps).colonnes
        libelle, *cases = [case.strip() for case in texte.split("|")]
        parts = [
            str(round(lire_nombre(case).valeur / 100, 6)).replace(".", ",")
            if "Part" in colonne or "cumulé" in colonne
            else case
            for colonne, case in zip(colonnes, cases, strict=True)
        ]
        return " | ".join([libelle, *parts])

    return {
        nom: "\n".join(ligne(nom, texte) for texte in corps.split("\n"))
        for nom, corps in textes.items()
    }


def test_des_parts_entre_0_et_1_partout_ne_coutent_qu_une_case():
    textes = en_parts(tableaux_calcules(RIMALDI, modele("rimaldi").calculer(), 2))
    correction = corriger_des_textes(RIMALDI, textes)
    fausses_vues = [
        case
        for note in correction.notes.values()
        for case in note.cases
        if case.statut is Statut.FAUSSE
    ]
    assert [str(case.cle) for case in fausses_vues] == ["Client A Part du CA"]
    assert fausses_vues[0].ecrit == "0,01", "montré comme il est écrit"
    messages = {case.message for note in correction.notes.values() for case in note.cases} - {""}
    assert len(messages) == 1 and "Multipliez-les par 100" in messages.pop()


def test_l_echo_dit_que_des_parts_font_1_et_les_montre_comme_elles_sont_ecrites():
    textes = en_parts(tableaux_calcules(RIMALDI, modele("rimaldi").calculer(), 2))
    vierge = RIMALDI.questions["s2_tp2_q1a"].vierge
    cellule = replace(vierge, corps=vierge.corps.split("\n")[0] + "\n" + textes["s2_tp2_q1a"])
    controle = controler(cellule)
    assert any("vos parts font 1 en tout" in message for message in controle.a_reprendre)
    page = echo(cellule, controle)
    assert "<td>0,005</td>" in page and "<td>0,002</td>" in page


# --- Les chiffres imprimés -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tp():
    lu = json.loads(DEPOT.notebook_distribue("s2_tp2_rimaldi").read_text(encoding="utf-8"))
    return {c["id"]: re.sub("[\u00a0\u202f]", " ", source(c)) for c in cellules(lu)}


def test_la_part_des_vingt_pour_cent_chez_cdnow(tp):
    with (files("grc_helpers.donnees") / "cdnow.csv").open(encoding="utf-8") as fichier:
        montants = sorted((float(c["montant"]) for c in csv.DictReader(fichier)), reverse=True)
    part = sum(montants[: round(len(montants) / 5)]) / sum(montants)
    assert len(montants) == 2357
    assert f"parmi 2 357, ont fait {part * 100:.0f} % des ventes" in tp["etape_3_vingt"]


def test_ce_qu_il_fallait_voir_chez_le_torrefacteur(tp):
    ca, valeur = commerces.portefeuille("torrefacteur")
    par_ca, par_valeur, reponses = classer(ca), classer(valeur), tp["etape_1_reponses"]
    assert [ligne.client for ligne in par_ca if ligne.cumul <= 60] == ["Miramar", "Nadir"]
    assert par_ca[1].cumul == pytest.approx(60)
    a_80, a_81 = (classes_abc(par_ca, Seuils(seuil, 95, "exclu")) for seuil in (80, 81))
    assert [nom for nom in ca if a_80[nom] != a_81[nom]] == ["Lila"] and "**Lila**" in reponses
    inclus = classes_abc(par_ca, Seuils(80, 95, "inclus"))
    assert "Lila" in [nom for nom in ca if a_80[nom] != inclus[nom]]
    assert f"**{max(ligne.cumul for ligne in par_valeur):g} %**" in reponses
    assert [ligne.client for ligne in par_valeur if ligne.montant < 0] == ["Rosa", "Nadir"]
    a_90 = classes_abc(par_ca, Seuils(90, 95, "exclu"))
    dites = [
        2 * ca["Page"] < ca["Lycée"] and valeur["Page"] > valeur["Lycée"],
        list(a_90.values()).count("A") == 6,
        par_ca[0].client == par_valeur[0].client,
        valeur["Rosa"] > 0,
    ]
    exercice = charger("s2_tp2_rimaldi", "torrefacteur")
    assert [ligne.attendu for ligne in exercice.lignes] == ["Vrai" if v else "Faux" for v in dites]


def test_les_valeurs_se_comparent_aux_achats_de_quatre_ans(tp):
    """Un mois moyen de chiffre d'affaires, quatre ans de valeur : le rapport que dit le dossier."""
    ca, valeur = commerces.portefeuille("rimaldi", donnees.__name__)
    part = {nom: 100 * valeur[nom] / (48 * ca[nom]) for nom in ca}
    dit = tp["donnees_valeur"]
    assert f"soit {espaces(ecrire_nombre(48 * ca['A'], 0))} € en quatre ans" in dit
    assert f"laisserait {part['A']:.0f} %" in dit and f"en laisserait {part['I']:.0f} %" in dit
    assert f"client C n'en laisserait que {ecrire_nombre(part['C'], 1)} %" in dit
    assert all(part[nom] < 22 for nom in ca if nom != "I")


def tableau_de(question: str, debut: str) -> list[float]:
    [ligne] = re.findall(rf"^\| {debut} \|(.*)\|$", question, re.MULTILINE)
    return [float(n.replace("−", "-")) for n in re.findall(r"−?\d+", ligne)]


def conduite(classe: str, groupe: str, part_ca: float, part_valeur: float) -> str:
    """La règle de Nadia, qui est celle de Houda dans la leçon."""
    if part_valeur < 0:
        return "r"
    if classe != "C" and groupe == "CTR":
        return "p"
    return "g" if classe == "C" and part_valeur > 2 * part_ca else "s"


def conduites(ca, valeur, seuils) -> dict[str, str]:
    par_ca, par_valeur = classer(ca), classer(valeur)
    classes, groupes = classes_abc(par_ca, seuils), groupes_de_valeur(par_valeur, 10)
    parts = {ligne.client: ligne.part for ligne in par_ca}
    return {
        ligne.client: conduite(
            classes[ligne.client], groupes[ligne.client], parts[ligne.client], ligne.part
        )
        for ligne in par_valeur
    }


def test_chaque_client_de_rimaldi_recoit_une_conduite_et_une_seule():
    ca, valeur = commerces.portefeuille("rimaldi", donnees.__name__)
    attendues = conduites(ca, valeur, Seuils(60, 90, "exclu"))
    assert set(attendues.values()) == set("pgsr"), "la règle couvre tous les clients"
    bareme = RIMALDI.bareme["s2_tp2_q3c"].attendu
    assert {nom[-1]: lettre for nom, lettre in bareme.items()} == {
        nom: attendues[nom] for nom in "AEFGHIJ"
    }
    croise = {nom[-1]: case for nom, case in RIMALDI.bareme["s2_tp2_q3a"].attendu.items()}
    classes = classes_abc(classer(ca), Seuils(60, 90, "exclu"))
    groupes = groupes_de_valeur(classer(valeur), 10)
    assert croise == {nom: (f"Classe {classes[nom]}", groupes[nom]) for nom in ca}


def test_les_exercices_de_l_imprimerie_suivent_leurs_regles():
    seuils, exercice = charger("s2_tp2_rimaldi", "seuils"), charger("s2_tp2_rimaldi", "conduites")
    clients = [ligne.texte for ligne in seuils.lignes]
    ca = dict(zip(clients, tableau_de(seuils.question, "part du CA"), strict=True))
    valeur = dict(zip(clients, tableau_de(exercice.question, "part de la valeur"), strict=True))
    assert (sum(ca.values()), sum(valeur.values())) == (100, 100)
    classes = classes_abc(classer(ca), Seuils(70, 90, "exclu"))
    assert {ligne.texte: ligne.attendu[-1] for ligne in seuils.lignes} == classes
    noms_des_conduites = {
        "p": "Protéger",
        "g": "Faire grandir",
        "s": "Servir simplement",
        "r": "Rediscuter",
    }
    attendues = conduites(ca, valeur, Seuils(70, 90, "exclu"))
    assert {ligne.texte: ligne.attendu for ligne in exercice.lignes} == {
        nom: noms_des_conduites[lettre] for nom, lettre in attendues.items()
    }


def test_le_cas_nu(tp):
    lignes = re.findall(r"^\| (\w+) \| ([\d ]+) € \| (−?\d+) € \|$", tp["cas_nu"], re.MULTILINE)
    ca = {nom: float(montant.replace(" ", "")) for nom, montant, _ in lignes}
    valeur = {nom: float(montant.replace("−", "-")) for nom, _, montant in lignes}
    classes = classes_abc(classer(ca), Seuils(60, 90, "exclu"))
    groupes = groupes_de_valeur(classer(valeur), 10)
    corrige = {
        (nom, classe, groupe)
        for classe, reste in re.findall(
            r"^\| \*\*Classe (\w)\*\* \|(.*)\|$", tp["cas_nu_corrige"], re.M
        )
        for groupe, case in zip(("CTR", "CFR", "CNR"), reste.split("|"), strict=True)
        for nom in re.findall(r"^ (\w+) \(", case)
    }
    assert corrige == {(nom, classes[nom], groupes[nom]) for nom in ca}
    parts = {ligne.client: (ligne.part, ligne.cumul) for ligne in classer(ca)}
    valeurs = {ligne.client: ligne.part for ligne in classer(valeur)}
    assert parts["Mairie"] == (30, 80) and valeurs["Mairie"] == -10
    assert parts["Crèche"] == (15, 95) and valeurs["Crèche"] == 65


# --- La forme --------------------------------------------------------------------------------------------------------------


def test_les_textes_sont_courts_et_les_consignes_au_dessus(tp):
    ordre = list(tp)
    textes = [
        mots(t) for nom, t in tp.items() if not t.startswith(("%", "from", "exercice", "verifier"))
    ]
    assert statistics.median(textes) <= 60 and max(textes) <= 130
    assert "« Commencer »" in tp[ordre[ordre.index("simulateur") - 1]]


def test_les_exercices_varient_et_chacun_sert_une_fois(tp):
    appels = [
        n for t in tp.values() for n in re.findall(r'exercice\("s2_tp2_rimaldi", "(\w+)"\)', t)
    ]
    assert appels == noms("s2_tp2_rimaldi")
    exercices = [charger("s2_tp2_rimaldi", nom) for nom in appels]
    genres = Counter(
        (type(e).__name__, getattr(e, "possibilites", ())[:1] == ("Vrai",)) for e in exercices
    )
    assert max(genres.values()) * 3 <= len(appels), genres
