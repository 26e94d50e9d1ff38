"""La leçon de la séquence 2, étapes 6 et 7 : ce que laisse un client, et le portefeuille lu deux fois."""

import re

import pytest

from grc_helpers.calculs.compte_client import (
    taux_de_marge,
)
from grc_helpers.calculs.portefeuille import Seuils, classer, classes_abc, groupes_de_valeur
from grc_helpers.calculs.valeur_client import VALEUR_CLIENT, Hypotheses, modele
from grc_helpers.donnees.commerces import portefeuille
from grc_helpers.entrainement.fichier import charger
from grc_helpers.simulateurs.valeur_client import SimulateurValeurClient
from tests.contenu.lecon_client import LECON, TEXTES, montant
from tests.contenu.test_tp_rimaldi import conduites

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
# « En quatre ans » : la durée des valeurs de pros_fleur_d_atlas.csv.
ANNEES_DE_VALEUR = 4


def test_marque_et_marge():
    assert f"2 ÷ 6 = {round(taux_de_marge(2 / 8) * 100)} %" in TEXTES["etape_6_taux"]


def test_le_tableau_de_l_abonnement():
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
        for ligne in TEXTES["etape_6_tableau"].replace("*", "").split("\n")
        if re.match(r"\|.*\d", ligne) and "année" not in ligne
    ]
    au_debut, *tableau = tableau
    assert au_debut == ["présentes au début", "200", *(case for case in tableau[1][1:-1])]
    assert [ligne[0] for ligne in tableau] == list(lignes)
    for libelle, *cases in tableau:
        cle, unite = lignes[libelle]
        lues = [float(re.sub("[ €]", "", case).replace(",", ".")) for case in cases]
        assert lues == pytest.approx([valeurs[cle, an] for an in ABONNEMENT.annees]), libelle
    assert f"{round(valeurs[VALEUR_CLIENT] / 200)} € par abonnée gagnée" in TEXTES["etape_6_lire"]


@pytest.mark.parametrize(
    ("changement", "gain"),
    [({"attrition": (0.20, 0.25, 0.20)}, 3450), ({"evolution_ca": -0.025}, 800)],
)
def test_ce_que_rapporte_chaque_conseil(changement, gain):
    avant, apres = (
        modele(Hypotheses(**vars(ABONNEMENT) | c), acquisition="unique").calculer()[VALEUR_CLIENT]
        for c in ({}, changement)
    )
    assert round((apres - avant) / 10) * 10 == gain
    assert montant(gain) in TEXTES["etape_6_ecrire"]
    assert montant(gain) in TEXTES["ecrire_conseil_modele"]


def test_ce_qu_on_peut_payer_pour_un_client():
    simulateur, reponses = SimulateurValeurClient(), TEXTES["etape_6_reponses"]
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


def test_le_portefeuille_des_professionnels():
    ca, valeur = portefeuille("pros_fleur_d_atlas")
    par_ca, par_valeur = classer(ca), classer(valeur)
    reponses = TEXTES["etape_7_reponses"]
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
    classes = classes_abc(par_ca, Seuils(80, 95, "exclu"))
    assert clients_du_tableau_croise(TEXTES["etape_7_croise"]) == {
        nom: (classes[nom], avant[nom]) for nom in ca
    }
    # Chaque client a la conduite que dit la règle, la même qu'au TP 2 ; l'hôtel Castel, lui, se décide plus bas.
    lignes = [ligne for ligne in TEXTES["etape_7_conduites"].split("\n") if "**" in ligne]
    dites = {nom: "rpgs"[rang] for rang, ligne in enumerate(lignes) for nom in ca if nom in ligne}
    attendues = conduites(ca, valeur, Seuils(80, 95, "exclu"))
    assert dites == {nom: lettre for nom, lettre in attendues.items() if nom != "Castel"}
    assert (
        "Estaque, {:g} % contre {:g} %".format(
            *(
                next(li.part for li in rangs if li.client == "Estaque")
                for rangs in (par_valeur, par_ca)
            )
        )
        in TEXTES["etape_7_conduites"]
    )
    # Le compte d'un an, à l'étape 6, et les quatre ans du portefeuille disent la même chose.
    assert (valeur["Océane"], valeur["Castel"]) == (
        ANNEES_DE_VALEUR * 660,
        ANNEES_DE_VALEUR * -300,
    )
    assert "en quatre ans" in TEXTES["etape_7_a_faire"]
    assert "(−300 € par an, donc −1 200 € en quatre ans)" in TEXTES["etape_7_ecrire"]
    assert (ca["Océane"], ca["Castel"]) == (3000, 9000)
    assert "18 % du CA, −6 % de la valeur" in TEXTES["etape_7_ecrire"]
    parts = [
        next(ligne.part for ligne in classement if ligne.client == "Bel Air")
        for classement in (par_ca, par_valeur)
    ]
    assert "{:g} % du CA et {:g} % de la valeur".format(*parts) in TEXTES["etape_10_ecrire"]


def clients_du_tableau_croise(texte):
    """La classe et le groupe de chaque client, d'après sa case."""
    return {
        nom: (classe, groupe)
        for classe, cases in re.findall(r"^\| \*\*(.)\*\* \|(.*)\|$", texte, re.MULTILINE)
        for groupe, case in zip(("CTR", "CFR", "CNR"), cases.split("|"), strict=True)
        for nom in re.findall(r"[A-Z]\w+(?: [A-Z]\w+)?", case)
    }


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


def test_le_cumul_du_bilan_7_est_celui_de_la_baleine():
    exercice = charger(LECON, "bilan_7")
    for graine in range(8):
        tirees = exercice.valeurs(graine)
        valeurs = {"halle": tirees["halle"], "restaurant": -tirees["perte"], "pâtisserie": 1000}
        sommet = max(ligne.cumul for ligne in classer(valeurs | {"kiosque": 600}))
        assert exercice.tirer(graine).juger(f"{sommet:.1f}").juste
