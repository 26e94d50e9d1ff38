"""L'explorateur RFM, sans navigateur : on agit sur les commandes, on lit ce qui s'affiche."""

import re
from html import unescape

import pytest

from autograde.cas.fil_rouge import mesures_du_fil_rouge
from grc_helpers.calculs.rfm import TAUX_DE_REPONSE, noter_tous
from grc_helpers.figures import accessible
from grc_helpers.figures import rfm as graphique
from grc_helpers.simulateurs.rfm import (
    CIBLES,
    GRAPHIQUES,
    TAUX_DE_MARGE,
    ExplorateurRFM,
    savonnerie,
)


@pytest.fixture
def explorateur():
    return ExplorateurRFM()


def lignes(explorateur) -> dict[str, list[str]]:
    """Le tableau affiché : les cases de chaque client, dans l'ordre."""
    trouvees = re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', explorateur.tableau)
    return {nom: re.findall(r"<td>([^<]*)</td>", cases) for nom, cases in trouvees}


def test_le_plan_de_depart_est_celui_des_calculs(explorateur):
    mesures, _ = savonnerie()
    notes = noter_tous(mesures)
    ecrits = [client for client, cases in lignes(explorateur).items() if cases[0] == "oui"]
    assert len(ecrits) == 10 and tuple(ecrits) == explorateur.envoi.ecrits
    gain = sum(
        TAUX_DE_REPONSE[notes[c].recence]
        * mesures[c].montant
        / mesures[c].frequence
        * TAUX_DE_MARGE
        - 4
        for c in ecrits
    )
    assert (
        explorateur.envoi.gain == pytest.approx(gain)
        and f"un gain de {round(gain)}\u00a0€" in explorateur.phrase
    )


def test_le_meme_budget_ne_rapporte_pas_partout_la_meme_chose(explorateur):
    gains = {}
    for _, cible in CIBLES:
        explorateur.cible.value = cible
        gains[cible] = explorateur.envoi.gain
        assert explorateur.envoi.cout <= 40
    assert gains["score"] > gains["montant"] > 0 > gains["perdus"]


def test_un_plan_garde_se_compare_au_suivant(explorateur):
    assert explorateur.comparaison == ""
    explorateur.garder.click()
    assert explorateur.comparaison.endswith("Les deux plans se valent.")
    explorateur.cible.value = "montant"
    assert explorateur.comparaison.startswith(
        "Plan gardé : écrire aux meilleurs scores, 40\u00a0€ dépensés, 34\u00a0€ attendus."
    )
    assert explorateur.comparaison.endswith("Le plan affiché rapporte 13\u00a0€ de moins.")


def test_un_refus_ne_recoit_jamais_de_courrier(explorateur):
    explorateur.budget.curseur.value = 150
    for _, cible in CIBLES:
        explorateur.cible.value = cible
        assert not set(explorateur.envoi.ecrits) & {"Camil", "Tessa", "Pia"}
    assert [lignes(explorateur)[nom][0] for nom in ("Camil", "Tessa", "Pia")] == ["refus"] * 3


def test_la_regle_des_ex_aequo_change_des_segments(explorateur):
    assert lignes(explorateur)["Joris"][2] == "fidèles"
    explorateur.ex_aequo.value = "haut"
    assert lignes(explorateur)["Joris"][2] == "champions"


def test_le_prix_change_le_nombre_de_courriers(explorateur):
    explorateur.cout.champ.value = "0,50 €"
    assert "27\u00a0courriers" in explorateur.phrase, "trente clients moins trois refus"
    explorateur.cout.champ.value = "10"
    assert "4\u00a0courriers" in explorateur.phrase


def test_un_budget_trop_petit_se_dit(explorateur):
    explorateur.budget.champ.value = "3"
    assert "aucun courrier" in explorateur.phrase and "oui" not in {
        cases[0] for cases in lignes(explorateur).values()
    }


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ("tout", "Je ne lis pas de nombre"),
        ("900", "écrivez un nombre entre 0"),
        ("40 %", "attendue en €"),
    ],
)
def test_une_saisie_illisible_est_expliquee(explorateur, saisie, attendu):
    avant = explorateur.phrase
    explorateur.budget.champ.value = saisie
    assert (
        "Budget" in explorateur.message
        and attendu in explorateur.message
        and explorateur.phrase == avant
    )


def test_reinitialiser_remet_tout_comme_au_debut(explorateur):
    depart = explorateur.tableau, explorateur.phrase
    explorateur.garder.click()
    for liste in explorateur.listes:
        liste.index = 1
    explorateur.budget.curseur.value = 100
    explorateur.cout.champ.value = "illisible"
    explorateur.remise.click()
    assert (explorateur.tableau, explorateur.phrase) == depart
    assert (
        explorateur.comparaison == explorateur.message == ""
        and explorateur.cout.champ.value == "4\u00a0€"
    )


@pytest.mark.parametrize("vue", [valeur for _, valeur in GRAPHIQUES])
def test_chaque_graphique_est_decrit_conclu_et_accompagne_de_ses_taux(explorateur, vue):
    explorateur.graphique.value = vue
    alternative = re.search('alt="([^"]+)"', explorateur.figure)[1]
    assert len(alternative) > 100 and f"<figcaption>{explorateur.phrase}</figcaption>" in unescape(
        explorateur.figure
    )
    assert "40\u00a0%" in explorateur.figure and "Voir les chiffres" in explorateur.figure


def test_les_descriptions_comptent_tous_les_clients_et_tous_les_courriers(explorateur):
    ecrits = explorateur.envoi.ecrits
    for texte in (
        graphique.description_grille(explorateur.notes, ecrits),
        graphique.description_segments(explorateur.mesures, explorateur.notes, ecrits),
    ):
        assert sum(map(int, re.findall(r"(\d+) client", texte))) == 30
        assert sum(map(int, re.findall(r"(\d+) courrier", texte))) == 10


def test_projetes_tous_les_textes_se_lisent_de_loin(explorateur):
    ecrits = explorateur.envoi.ecrits
    for figure in (
        graphique.figure_grille(explorateur.notes, ecrits, True),
        graphique.figure_segments(explorateur.mesures, explorateur.notes, ecrits, True),
    ):
        axes = figure.axes[0]
        textes = [
            *axes.texts,
            *axes.get_xticklabels(),
            *axes.get_yticklabels(),
            axes.xaxis.label,
            axes._left_title,
        ]
        assert (
            min(texte.get_fontsize() for texte in textes if texte.get_text())
            >= accessible.POLICE_PROJECTION
        )


def test_les_commandes_ont_un_nom_et_ne_sont_pas_plus_de_cinq(explorateur):
    commandes = [*(reglage.champ for reglage in explorateur.reglages), *explorateur.listes]
    assert len(commandes) == 5 and len({commande.description for commande in commandes}) == 5


def test_l_explorateur_ne_montre_pas_les_clients_de_l_atelier(explorateur):
    assert not mesures_du_fil_rouge().keys() & lignes(explorateur).keys()
    assert "Karim" in lignes(ExplorateurRFM(mesures_du_fil_rouge(), titre="Le Fil Rouge")), (
        "le formateur peut le projeter après l'atelier"
    )
