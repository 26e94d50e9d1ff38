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
from grc_helpers.entrainement.fichier import charger
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
        (("Plan A", "Clients attendus"), 2.05),
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


# --- Les chiffres de ce qui n'est pas noté --------------------------------------------------------------------------


def dit(cellule: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", TEXTES[cellule])


def test_les_deux_invites_retires_sont_les_seuls_sous_le_taux_d_equilibre():
    _, b, c = plans(MESURES, refus_du_fil_rouge(), ENVOI.courriers).values()
    equilibre = ENVOI.cout / ENVOI.marge
    assert set(b) - set(c) == {
        nom for nom in b if rfm.TAUX_DE_REPONSE[NOTES[nom].recence] < equilibre
    }
    scores = {nom: rfm.score(n.recence, n.frequence, n.montant) for nom, n in NOTES.items()}
    assert [scores[nom] for nom in ("Karim", "Farid", "Rim", "Tom", "Zoé")] == [21, 20, 18, 18, 18]
    explications = ATELIER.bareme["s2_at1_q8b"].explications
    assert "Karim (21) et Farid (20)" in explications["d"] and "(18)" in explications["d"]
    assert max(MESURES[nom].montant for nom in MESURES) == MESURES["Karim"].montant == 486


def test_l_ex_aequo_de_l_explorateur():
    """Joris devient champion quand l'égalité donne la note la plus haute, et lui seul."""
    explorateur = ExplorateurRFM()

    def champions() -> set[str]:
        return {
            nom
            for nom, n in explorateur.notes.items()
            if rfm.segment(n.recence, n.frequence) == "champions"
        }

    avant = champions()
    [autre] = [v for _, v in explorateur.ex_aequo.options if v != explorateur.ex_aequo.value]
    explorateur.ex_aequo.value = autre
    assert champions() - avant == {"Joris"} and "Joris y entre" in dit("etape_3_regle")


def test_la_marge_du_panier_de_chacun():
    karim, driss = MESURES["Karim"], MESURES["Driss"]
    panier = karim.montant / karim.frequence
    gains = [
        rfm.TAUX_DE_REPONSE[NOTES[nom].recence] * MESURES[nom].montant / MESURES[nom].frequence / 2
        for nom in ("Karim", "Driss")
    ]
    assert round(panier) == 44 and "44 € par visite (486 ÷ 11), soit 22 €" in dit("plus_loin")
    assert driss.frequence == 1 and [round(g, 1) for g in gains] == [2.2, 8]
    assert "2,20 €" in dit("plus_loin") and "8 €, soit 3 € de gain" in dit("plus_loin")
    for plan, invites in zip(
        "ABC", plans(MESURES, refus_du_fil_rouge(), ENVOI.courriers).values(), strict=True
    ):
        marge = sum(
            rfm.TAUX_DE_REPONSE[NOTES[nom].recence]
            * MESURES[nom].montant
            / MESURES[nom].frequence
            / 2
            for nom in invites
        )
        gain = ecrire_nombre(round(marge - ENVOI.cout * len(invites), 2))
        assert re.search(rf"\b{plan}(?: gagne)? {gain} €", dit("plus_loin")), plan


def test_le_role_du_score_puis_celui_du_montant():
    """Deux lectrices de même score n'ont pas les mêmes chances de venir ; à R égal, le montant range."""
    lectrices = [(5, 1, 1), (2, 5, 2)]
    assert {rfm.score(*notes) for notes in lectrices} == {18} and "même score, 18" in dit(
        "etape_6_score"
    )
    assert all("-".join(map(str, notes)) in dit("etape_6_score") for notes in lectrices)
    assert rfm.TAUX_DE_REPONSE[5] == 4 * rfm.TAUX_DE_REPONSE[2] == 0.4
    cartes = charger("s2_at1_rfm", "ordre_des_cartes").possibilites
    lus = [tuple(map(int, re.search(r"R (\d), (\d+) €", carte).groups())) for carte in cartes]
    assert lus == sorted(lus, reverse=True) and max(m for _, m in lus) == lus[-1][1]
    assert NOTES["Rim"].recence == NOTES["Tom"].recence
    assert MESURES["Rim"].montant > MESURES["Tom"].montant, "la dernière carte de la question 10"
    assert rfm.TAUX_DE_REPONSE[NOTES["Driss"].recence] * ENVOI.marge - ENVOI.cout == -4


def test_l_exemple_traite_de_la_jardinerie():
    courriel, carte = 50 * 0.04 * 30, 50 * 0.10 * 30 - 50 * 2
    assert (courriel, carte) == (60, 50) and 50 * 0.10 == 5
    assert "il laisse 60 €, contre 50 € pour la carte" in dit("etape_7")


def test_l_exemple_du_fleuriste():
    assert (date(2026, 6, 30) - date(2026, 6, 20)).days == 10 and 18 + 25 + 7 == 50
    assert "R = 10, F = 2, M = 50 €" in dit("etape_2_mesures")


def test_du_plus_recent_au_plus_ancien():
    point = date(2026, 9, 30)
    dates = [date(2026, 9, 28), date(2026, 9, 21), date(2026, 8, 20), date(2026, 6, 15)]
    jours = [(point - jour).days for jour in dates]
    assert jours == sorted(jours) == [2, 9, 41, 107]
    lignes = charger("s2_at1_rfm", "plus_recent").lignes
    assert all(str(j) in ligne.explication for j, ligne in zip(jours, lignes, strict=True))


def test_le_cas_sans_guide_et_son_corrige():
    clients = {nom: cases for nom, *cases in rangees("cas_nu")}
    jours = {nom: int(re.search(r"\d+", cases[0])[0]) for nom, cases in clients.items()}
    taux = [0.35, 0.25, 0.15, 0.10, 0.05]
    par_client = dict(zip(sorted(jours, key=jours.get), taux, strict=True))
    choisis = [nom for nom, t in par_client.items() if t > 3 / 15]
    assert choisis == ["le livreur", "l'étudiante"]
    attendus = sum(par_client[nom] for nom in choisis)
    gain = attendus * 15 - 3 * len(choisis)
    avec_le_club = gain + par_client["le club cycliste"] * 15 - 3
    assert [round(v, 2) for v in (3 / 15, attendus, gain, avec_le_club)] == [0.2, 0.6, 3, 1.5]
    corrige = dit("cas_corrige")
    assert "**20 %**" in corrige and "0,6 client attendu, 9 € de marge pour 6 €" in corrige
    assert "3 € de gain" in corrige and "le gain tombe à 1,50 €" in corrige


def test_une_colonne_en_pourcentages_ne_coute_qu_une_case():
    valeurs = modele("fil_rouge").calculer()
    attendus = [Case(plan, "Clients attendus") for plan in ("Plan A", "Plan B", "Plan C")]
    textes = copie_calculee(valeurs | {case: 100 * valeurs[case] for case in attendus})
    assert fausses(textes) == {attendus[0]}
