"""L'explorateur de compte, manipulé sans navigateur : ce qu'il affiche vient de ``calculs``, et rien du TP n'y paraît."""

import re
from datetime import date
from itertools import pairwise

import pytest

from autograde.cas.tamax import compte_de_tamax
from grc_helpers.calculs.compte_client import balance_agee, lettrer, soldes
from grc_helpers.donnees.commerces import compte
from grc_helpers.figures.compte_client import (
    description_balance,
    figure_balance,
    figure_solde,
    phrase_balance,
    phrase_solde,
)
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.compte_client import ExplorateurDeCompte

ECOLE, _ = compte("ecole_al_manar")
FIN = date(2026, 1, 31)


@pytest.fixture
def explorateur():
    return ExplorateurDeCompte()


def montant(valeur):
    return ecrire_nombre(valeur, 2, "€")


def lignes_affichees(explorateur):
    corps = explorateur.tableau.split("<tbody>")[1]
    return [
        re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", ligne)
        for ligne in corps.split("</tr>")
        if "<th" in ligne
    ]


def test_le_releve_montre_les_chiffres_de_calculs(explorateur):
    explorateur.aller_au(FIN)
    lignes = lignes_affichees(explorateur)
    assert [ligne[4] for ligne in lignes] == [ecrire_nombre(solde, 2) for solde in soldes(ECOLE)]
    assert [ligne[5] for ligne in lignes] == lettrer(ECOLE)
    assert explorateur.phrase.startswith(
        f"Au 31/01/2026, le client doit {montant(422)}. En retard : {montant(512)}."
    )
    assert montant(300) in explorateur.phrase, "l'acompte n'est rattaché à rien"


def test_le_releve_s_arrete_a_la_date(explorateur):
    explorateur.aller_au(date(2025, 10, 8))
    assert lignes_affichees(explorateur)[-1][0] == "30/09/2025" and explorateur.solde == 665
    explorateur.aller_au(date(2025, 10, 9))
    assert lignes_affichees(explorateur)[-1][0] == "09/10/2025" and explorateur.solde == 1177


def test_une_traite_tiree_ne_change_pas_le_solde(explorateur):
    lignes = lignes_affichees(explorateur)
    assert lignes[-1][1].startswith("Traite 31 tirée : 665,00") and lignes[-1][2:4] == ["", ""]
    assert lignes[-1][4] == lignes[-2][4]


def test_d_une_ecriture_a_l_autre(explorateur):
    explorateur.suivante.click()
    assert explorateur.jour == date(2025, 10, 9)
    explorateur.precedente.click()
    assert explorateur.jour == date(2025, 9, 30)
    for _ in range(30):
        explorateur.suivante.click()
    assert explorateur.jour == FIN
    for _ in range(30):
        explorateur.precedente.click()
    assert explorateur.jour == date(2025, 8, 31) and explorateur.message == ""


def test_la_balance_agee_suit_la_convention(explorateur):
    explorateur.aller_au(FIN)
    explorateur.graphique.value = "balance"
    assert "plus de 90 jours" in explorateur.phrase and montant(512) in explorateur.phrase
    explorateur.age.value = "echeance"
    assert explorateur.phrase.endswith(f"{montant(512)}, 61 à 90 jours.")
    assert "à échoir" in explorateur.figure and "<details>" in explorateur.figure
    assert explorateur.classes == balance_agee(ECOLE, FIN, "echeance")


@pytest.mark.parametrize("vue", ["solde", "balance"])
def test_le_solde_a_deviner_ne_se_lit_nulle_part(explorateur, vue):
    explorateur.suivante.click()
    assert "1\u202f177,00" in explorateur.tableau + explorateur.figure
    explorateur.graphique.value = vue
    explorateur.dernier.value = "cache"
    assert explorateur.phrase == "Quel est le solde après « Facture 221 : tableaux blancs » ?"
    assert "1\u202f177" not in explorateur.tableau + explorateur.figure
    assert lignes_affichees(explorateur)[-1][4] == "?"
    explorateur.dernier.value = "affiche"
    assert "1\u202f177,00" in explorateur.tableau


def test_deviner_des_la_premiere_ligne(explorateur):
    explorateur.aller_au(date(2025, 8, 31))
    explorateur.dernier.value = "cache"
    assert explorateur.message == "" and "aucune écriture" in explorateur.figure


@pytest.mark.parametrize(
    ("saisie", "jour"),
    [
        ("15/10", date(2025, 10, 15)),
        ("3-1-26", date(2026, 1, 3)),
        (" 05.12.2025 ", date(2025, 12, 5)),
    ],
)
def test_la_date_s_ecrit_de_plusieurs_facons(explorateur, saisie, jour):
    explorateur.date.champ.value = saisie
    assert explorateur.jour == jour and explorateur.message == ""
    assert explorateur.date.champ.value == f"{jour:%d/%m/%Y}"


@pytest.mark.parametrize("saisie", ["hier", "31/02", "15/10/2030", "", "99/99/9999", "<img src=x>"])
def test_une_date_illisible_est_expliquee_et_ne_change_rien(explorateur, saisie):
    avant = explorateur.tableau, explorateur.figure
    explorateur.date.champ.value = saisie
    assert (
        "À la date du\xa0: écrivez une date entre 31/08/2025 et 31/01/2026." in explorateur.message
    )
    assert 'role="alert"' in explorateur.message and "<img" not in explorateur.message
    assert (explorateur.tableau, explorateur.figure) == avant


def test_reinitialiser_remet_tout_comme_au_debut(explorateur):
    depart = explorateur.tableau, explorateur.phrase
    explorateur.aller_au(FIN)
    for liste in explorateur.listes:
        liste.value = liste.options[1][1]
    explorateur.date.champ.value = "illisible"
    assert explorateur.message and explorateur.phrase != depart[1]
    explorateur.remise.click()
    assert (explorateur.tableau, explorateur.phrase) == depart and explorateur.message == ""
    assert explorateur.date.champ.value == "30/09/2025"


def test_chaque_graphique_dit_ce_qu_il_montre(explorateur):
    explorateur.aller_au(FIN)
    for vue in ("solde", "balance"):
        explorateur.graphique.value = vue
        alternative = re.search('alt="([^"]+)"', explorateur.figure)[1]
        attendus = soldes(ECOLE)[-3:] if vue == "solde" else explorateur.classes.values()
        assert alternative.startswith("École Al Manar. ") and all(
            montant(valeur) in alternative for valeur in attendus
        )
        assert (
            f"<figcaption>{explorateur.phrase.replace(chr(39), '&#39;')}</figcaption>"
            in explorateur.figure
        )


def test_les_commandes_ont_un_nom_et_ne_sont_pas_plus_de_sept(explorateur):
    noms = [
        explorateur.date.champ.description,
        *(liste.description for liste in explorateur.listes),
    ]
    noms += [
        bouton.description
        for bouton in (explorateur.suivante, explorateur.precedente, explorateur.remise)
    ]
    assert len(noms) == len(set(noms)) == 7 and all(noms)


def test_l_explorateur_ne_montre_rien_du_tp(explorateur):
    explorateur.aller_au(FIN)
    assert not re.search(
        r"Tamax|Bertin|1\u202f700,65|1\u202f525,98|3\u202f638,46|294,17",
        explorateur.tableau + explorateur.figure,
    )


def test_le_formateur_peut_projeter_tamax_apres_le_tp():
    explorateur = ExplorateurDeCompte(compte_de_tamax(), "Tamax", projection=True)
    explorateur.aller_au(date(2026, 6, 1))
    assert explorateur.solde == 1525.98
    assert [ligne[5] for ligne in lignes_affichees(explorateur)].count("A") == 5, (
        "factures d'avril, avoir et traite 428"
    )


def test_les_textes_projetes_se_lisent_de_loin_et_l_echelle_ne_bouge_pas():
    figures = [
        figure_solde(ECOLE, jour, (ECOLE[0].jour, FIN), projection=True)
        for jour in (date(2025, 9, 4), FIN)
    ]
    assert len({figure.axes[0].get_ylim() for figure in figures}) == 1
    for figure in (*figures, figure_balance(balance_agee(ECOLE, FIN, "echeance"), projection=True)):
        axes = figure.axes[0]
        textes = [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()]
        assert min(texte.get_fontsize() for texte in textes) >= 18
    figure = figures[1]
    figure.draw_without_rendering()
    cadres = [texte.get_window_extent() for texte in figure.axes[0].get_xticklabels()]
    assert all(gauche.x1 < droite.x0 for gauche, droite in pairwise(cadres)), (
        "les mois se chevauchent"
    )


def test_un_montant_negatif_est_hachure_sans_la_couleur():
    hachures = [
        barre.get_hatch() for barre in figure_balance(balance_agee(ECOLE, FIN)).axes[0].patches
    ]
    assert hachures == [None, "//", None, None]


def test_les_phrases_dans_les_cas_difficiles():
    depart, fin = ECOLE[0].jour, date(2025, 9, 30)
    assert phrase_solde([], depart) == "Au 31/08/2025, le compte est soldé. Rien n'est en retard."
    avoirs = [e for e in ECOLE if e.nature == "avoir"]
    assert phrase_solde(avoirs, fin).startswith("Au 30/09/2025, nous devons 60,50")
    vide = dict.fromkeys(balance_agee([], fin), 0.0)
    assert phrase_balance(vide).startswith("Aucune facture n'attend son paiement.")
    assert "0,00" in description_balance(vide)
