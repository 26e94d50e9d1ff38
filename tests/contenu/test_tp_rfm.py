"""L'atelier RFM : son énoncé dit les chiffres de ses données, et une erreur n'y est comptée qu'une fois."""

import re
from datetime import date

import pytest

from autograde.baremes.resultats import Statut
from autograde.cas import donnees, modele
from autograde.cas.fil_rouge import (
    A_CALCULER,
    ENVOI,
    mesures_du_fil_rouge,
    plans,
    refus_du_fil_rouge,
)
from autograde.cas.tamax import MOIS
from autograde.cours.devoir import charger_devoir
from autograde.production.essais_du_bareme import corriger_des_textes
from grc_helpers.calculs import rfm
from grc_helpers.calculs.case import Case
from grc_helpers.donnees.commerces import ventes
from grc_helpers.francais.nombres import ecrire_nombre, lire_nombre
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.reponses.types.tableau import lire_seul
from grc_helpers.simulateurs.rfm import ExplorateurRFM
from tests.classe_fictive import DEPOT
from tests.contenu.cahiers import espaces

ATELIER = charger_devoir(DEPOT, "s2_at1_rfm")
TABLEAUX = [
    identifiant for identifiant, question in ATELIER.questions.items() if question.type == "tableau"
]
TAUX = Case("Taux d'équilibre")
TEXTES = {cellule["id"]: espaces(source(cellule)) for cellule in cellules(ATELIER.distribue)}
MESURES, NOTES = mesures_du_fil_rouge(), rfm.noter_tous(mesures_du_fil_rouge())


def rangees(cellule: str) -> list[list[str]]:
    """Les lignes du tableau Markdown d'une cellule, sans son en-tête."""
    lignes = [ligne for ligne in TEXTES[cellule].split("\n") if ligne.startswith("|")]
    return [[case.strip() for case in ligne.strip("|").split("|")] for ligne in lignes[2:]]


def copie_calculee(valeurs: dict[Case, float]) -> dict[str, str]:
    """Les réponses chiffrées d'un stagiaire dont toutes les cases valent ``valeurs``."""
    textes = {"s2_at1_q7": ecrire_nombre(valeurs[TAUX])}
    for identifiant in TABLEAUX:
        vierge = lire_seul(ATELIER.questions[identifiant].vierge.corps)
        textes[identifiant] = "\n".join(
            " | ".join(
                [
                    ligne,
                    *(ecrire_nombre(valeurs[ligne, colonne]) for colonne in vierge.colonnes),
                ]
            )
            for ligne in vierge.lignes
        )
    return textes


def fausses(textes: dict[str, str]) -> set[Case]:
    correction = corriger_des_textes(ATELIER, textes)
    return {
        case.cle
        for note in correction.notes.values()
        for case in note.cases
        if case.statut is Statut.FAUSSE
    }


def test_l_atelier_est_note_sur_vingt_et_couvre_toutes_les_cases_du_calcul():
    assert ATELIER.total == 20
    demandees = {
        cle
        for identifiant in TABLEAUX
        for cle in lire_seul(ATELIER.questions[identifiant].vierge.corps).textes
    }
    assert demandees | {TAUX} == set(modele("fil_rouge").cases)


def test_le_journal_de_l_enonce_est_celui_des_donnees():
    def jour(texte: str) -> date:
        numero, mois, annee = texte.replace("1er", "1").split()
        return date(int(annee), MOIS.index(mois) + 1, int(numero))

    affiches = [
        (jour(quand), client, lire_nombre(montant).valeur)
        for quand, client, montant in rangees("donnees")
    ]
    tickets = [
        (vente.jour, vente.client, vente.montant) for vente in ventes("fil_rouge", donnees.__name__)
    ]
    assert sorted(affiches) == sorted(ticket for ticket in tickets if ticket[1] in A_CALCULER)
    assert affiches == sorted(affiches, key=lambda ticket: ticket[0])


def test_le_fichier_de_l_enonce_est_celui_du_calcul_et_ne_donne_pas_les_reponses():
    affiches = {nom: cases for nom, *cases in rangees("fichier")}
    assert list(affiches) == sorted(MESURES, key=lambda nom: nom.replace("É", "E"))
    for nom, cases in affiches.items():
        m = MESURES[nom]
        attendu = [str(m.recence), str(m.frequence), ecrire_nombre(m.montant), NOTES[nom].code]
        assert cases == (["à vous"] * 4 if nom in A_CALCULER else attendu), nom


def test_les_listes_des_trois_plans_sont_celles_du_calcul():
    enonce = TEXTES["s2_at1_q8_enonce"]
    a, b, c = plans(MESURES, refus_du_fil_rouge(), ENVOI.courriers).values()
    assert f"gros montants : {', '.join(a)}." in enonce
    listes = re.search(r"les scores : ([^.]+)\.", enonce)[1].split(", ")
    assert sorted(listes) == sorted(b) and set(b) - set(c) == {"Karim", "Farid"}
    assert [nom for nom in NOTES if NOTES[nom].recence >= 4 and nom in b] == [
        nom for nom in NOTES if nom in c
    ]


def test_les_taux_et_les_segments_de_l_enonce_sont_ceux_du_calcul():
    [[_, *taux]] = rangees("etape_6")
    assert [lire_nombre(texte, "%").valeur / 100 for texte in taux] == [
        rfm.TAUX_DE_REPONSE[note] for note in (5, 4, 3, 2, 1)
    ]
    grille = {ligne.strip("*"): cases for ligne, *cases in rangees("etape_4")}
    recences = {"R 4 ou 5": (4, 5), "R 3": (3,), "R 1 ou 2": (1, 2)}
    for ligne, notes_r in recences.items():
        for nom, notes_f in zip(grille[ligne], ((1, 2), (3,), (4, 5)), strict=True):
            assert {rfm.segment(r, f) for r in notes_r for f in notes_f} == {nom}


def test_le_bareme_des_segments_et_du_classement_suit_le_calcul():
    lettres = dict(zip(rfm.SEGMENTS, "abcdef", strict=True))
    attendu = ATELIER.bareme["s2_at1_q4"].attendu
    assert attendu == {
        nom: lettres[rfm.segment(NOTES[nom].recence, NOTES[nom].frequence)] for nom in attendu
    }
    noms = dict(re.findall(r"- \*\*([a-e])\*\* : (\w+)", TEXTES["s2_at1_q5_enonce"]))
    scores = {
        lettre: rfm.score(n.recence, n.frequence, n.montant)
        for lettre, nom in noms.items()
        if (n := NOTES[nom])
    }
    assert len(set(scores.values())) == 5, "aucun ex æquo dans un classement noté"
    assert ATELIER.bareme["s2_at1_q5"].attendu == sorted(scores, key=lambda lettre: -scores[lettre])


def test_ce_qu_il_fallait_voir_est_ce_que_montre_l_explorateur():
    dit, explorateur = TEXTES["etape_1_reponses"], ExplorateurRFM()
    for cible, chiffre in (
        ("score", "34 € de gain"),
        ("montant", "21 €"),
        ("perdus", "perte de 7 €"),
    ):
        explorateur.cible.value = cible
        assert chiffre in dit and f"{abs(round(explorateur.envoi.gain))} €" in chiffre
    total = sum(
        explorateur.mesures[c].montant
        for c, n in explorateur.notes.items()
        if rfm.segment(n.recence, n.frequence) == "à réactiver"
    )
    assert ecrire_nombre(total, 0).replace("\u202f", " ") + " €" in dit


def test_une_copie_calculee_est_toute_juste():
    assert fausses(copie_calculee(modele("fil_rouge").calculer())) == set()


@pytest.mark.parametrize(
    ("cle", "valeur"),
    [
        (("Driss", "Récence"), 130),
        (("Élise", "Fréquence"), 5),
        (("Jade", "Montant"), 32),
        (("Jade", "Note R"), 2),
        (("Driss", "Note R"), 5),
        (("Zoé", "Score"), 12),
        (("Plan A", "Réponses attendues"), 2.05),
        (("Plan C", "Coût"), 40),
    ],
)
def test_une_erreur_suivie_avec_coherence_ne_coute_que_sa_case(cle, valeur):
    calculees = modele("fil_rouge").calculer({cle: valeur})
    assert fausses(copie_calculee(calculees)) == {cle}


def test_une_mesure_fausse_peut_changer_la_note_d_un_autre_client_sans_le_penaliser():
    """Zoé datée de 200 jours passe derrière d'autres clients : leurs notes suivent, et ne sont pas comptées fausses."""
    calculees = modele("fil_rouge").calculer({("Zoé", "Récence"): 200})
    assert calculees["Zoé", "Note R"] == 2
    assert fausses(copie_calculee(calculees)) == {("Zoé", "Récence")}
