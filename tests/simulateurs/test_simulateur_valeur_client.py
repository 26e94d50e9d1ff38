"""Le simulateur de la valeur client, sans navigateur : on agit sur les commandes, on lit ce qui s'affiche."""

import re
from dataclasses import replace
from html import unescape

import pytest

from autograde.cas import verdanis
from grc_helpers.calculs.valeur_client import CLIENTS_GAGNES, VALEUR_CLIENT, modele
from grc_helpers.figures.valeur_client import figure_cumul, phrase
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.comparaison import Comparaison
from grc_helpers.simulateurs.valeur_client import HYPOTHESES_DE_DEPART, SimulateurValeurClient


def euros(montant):
    return ecrire_nombre(montant, 0, "€")


def textes_de_la_figure(figure):
    return [texte.get_text() for texte in figure.axes[0].texts]


@pytest.fixture
def simulateur():
    return SimulateurValeurClient()


def test_les_chiffres_affiches_sont_ceux_de_calculs(simulateur):
    simulateur.fidelite.curseur.value = 65
    simulateur.ca.curseur.value = 500
    simulateur.evolution.curseur.value = -3
    simulateur.acquisition.curseur.value = 90
    simulateur.vie.curseur.value = 110
    simulateur.annees.curseur.value = 4
    simulateur.paiement.value = "annuelle"
    h = replace(
        HYPOTHESES_DE_DEPART,
        attrition=(0.35,) * 4,
        ca_par_client=500,
        evolution_ca=-0.03,
        cout_acquisition=90,
        cout_de_vie=110,
    )
    attendu = modele(h, clients_entiers="proche", acquisition="annuelle").calculer()
    assert simulateur.valeurs == pytest.approx(attendu)
    for ligne in ("Clients perdus", "CA global", "Coût de vie total", "Résultat cumulé"):
        for annee in ("N1", "N4"):
            assert f"<td>{ecrire_nombre(attendu[ligne, annee], 0)}</td>" in simulateur.tableau
    assert "N5" not in simulateur.tableau
    assert euros(attendu[VALEUR_CLIENT]) in simulateur.figure
    assert euros(attendu[VALEUR_CLIENT] / 200) + " par client gagné" in simulateur.phrase


def test_les_valeurs_de_depart_ne_livrent_pas_le_cas_du_tp():
    tp, depart = verdanis.hypotheses(), HYPOTHESES_DE_DEPART
    for champ in (
        "contacts",
        "taux_conversion",
        "attrition",
        "ca_par_client",
        "evolution_ca",
        "cout_acquisition",
        "cout_de_vie",
    ):
        assert getattr(depart, champ) != getattr(tp, champ), champ


def test_payer_l_acquisition_une_fois_ou_chaque_annee(simulateur):
    assert simulateur.phrase.startswith("Rentable en N2.")
    une_fois = simulateur.total
    simulateur.paiement.value = "annuelle"
    assert simulateur.phrase.startswith("Rentable en N1.") and simulateur.total < une_fois


def test_le_champ_et_le_curseur_restent_d_accord(simulateur):
    simulateur.ca.curseur.value = 480
    assert simulateur.ca.champ.value == "480\u00a0€"
    simulateur.ca.champ.value = "1 250,50 euros"
    assert simulateur.ca.curseur.value == 1250.5
    assert simulateur.ca.champ.value == "1\u202f250,5\u00a0€"
    assert simulateur.hypotheses_en_cours().ca_par_client == 1250.5


@pytest.mark.parametrize(
    ("commande", "saisie", "attendu"),
    [
        ("ca", "beaucoup", "CA annuel par client\xa0: Je ne lis pas de nombre"),
        ("ca", "", "CA annuel par client\xa0: le champ est vide"),
        ("fidelite", "120 %", "Taux de fidélité annuel\xa0: écrivez un nombre entre 0"),
        ("vie", "30 %", "Coût de vie par client\xa0: La réponse est attendue en €"),
        ("annees", "4,5", "Nombre d'années\xa0: écrivez un nombre entier"),
    ],
)
def test_une_saisie_illisible_est_expliquee_et_ne_change_rien(
    simulateur, commande, saisie, attendu
):
    reglage, avant = getattr(simulateur, commande), simulateur.total
    reglage.champ.value = saisie
    assert attendu in unescape(simulateur.message) and 'role="alert"' in simulateur.message
    assert reglage.champ.value == saisie and simulateur.total == avant
    reglage.champ.value = reglage.plage.ecrire(reglage.depart)
    assert simulateur.message == ""


def test_une_saisie_hostile_est_echappee(simulateur):
    simulateur.ca.champ.value = "<img src=x onerror=alert(1)>"
    assert "<img" not in simulateur.message and "&lt;img" in simulateur.message


def test_reinitialiser_remet_tout_comme_au_debut(simulateur):
    depart = simulateur.figure, simulateur.tableau, simulateur.phrase
    for reglage in simulateur.reglages:
        reglage.curseur.value = reglage.plage.minimum
    simulateur.paiement.value = "annuelle"
    simulateur.vie.champ.value = "illisible"
    assert simulateur.phrase != depart[2] and simulateur.message
    simulateur.remise.click()
    assert (simulateur.tableau, simulateur.phrase) == depart[1:]
    assert simulateur.message == "" and simulateur.vie.champ.value == "240\u00a0€"
    assert (
        re.search('alt="([^"]*)"', simulateur.figure)[1] == re.search('alt="([^"]*)"', depart[0])[1]
    )


def test_une_erreur_de_calcul_se_voit_en_francais(simulateur, monkeypatch):
    def modele_en_panne(*args, **kwargs):
        raise RuntimeError("panne <simulée>")

    monkeypatch.setattr("grc_helpers.simulateurs.valeur_client.modele", modele_en_panne)
    simulateur.fidelite.curseur.value = 10
    assert "Le calcul n&#39;a pas abouti (panne &lt;simulée&gt;)" in simulateur.message
    monkeypatch.undo()
    simulateur.remise.click()
    assert simulateur.message == ""


@pytest.mark.parametrize(
    "extremes",
    [
        {"fidelite": 0},
        {"fidelite": 100},
        {"ca": 0},
        {"ca": 2000, "annees": 8},
        {"ca": 0, "vie": 0, "acquisition": 0},
    ],
)
def test_les_valeurs_extremes_passent(simulateur, extremes):
    for nom, valeur in extremes.items():
        getattr(simulateur, nom).curseur.value = valeur
    assert simulateur.message == "" and simulateur.figure.startswith("<figure")


def test_hypotheses_que_le_simulateur_ne_sait_pas_montrer():
    with pytest.raises(ValueError, match="même taux d'attrition"):
        SimulateurValeurClient(verdanis.hypotheses())
    with pytest.raises(ValueError, match="CA annuel par client .* sort de la plage"):
        SimulateurValeurClient(replace(HYPOTHESES_DE_DEPART, ca_par_client=50_000))


def test_les_commandes_ont_un_nom_et_ne_sont_pas_plus_de_sept(simulateur):
    commandes = [*(reglage.champ for reglage in simulateur.reglages), simulateur.paiement]
    assert len(commandes) <= 7
    assert all(commande.description for commande in commandes)
    assert len({commande.description for commande in commandes}) == len(commandes)


def test_la_figure_dit_ce_qu_elle_montre(simulateur):
    alternative = re.search('alt="([^"]*)"', simulateur.figure)[1]
    for annee, cumul in zip(simulateur.noms_des_annees, simulateur.cumuls, strict=True):
        assert f"{annee}, {euros(cumul)}" in alternative
    assert f"<figcaption>{simulateur.phrase}</figcaption>" in simulateur.figure


def test_le_graphique_marque_l_annee_de_rentabilite():
    annees = ("N1", "N2", "N3")

    def figure(*cumuls):
        valeurs = {("Résultat cumulé", an): cumul for an, cumul in zip(annees, cumuls, strict=True)}
        return figure_cumul(valeurs, annees, projection=True)

    assert "Rentable en N2" in textes_de_la_figure(figure(-300, 100, 400))
    assert "Pas rentable en 3 ans" in textes_de_la_figure(figure(-300, -200, -100))
    hachures = [barre.get_hatch() for barre in figure(-300, 100, 400).axes[0].patches]
    assert hachures == ["//", None, None]
    axes = figure(-300, 100, 400).axes[0]
    textes = [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()]
    assert min(texte.get_fontsize() for texte in textes) >= 18


def test_la_phrase_dans_les_cas_difficiles():
    def conclusion(gagnes, *cumuls):
        annees = tuple(f"N{rang}" for rang in range(1, len(cumuls) + 1))
        return phrase(
            {
                CLIENTS_GAGNES: gagnes,
                **{("Résultat cumulé", an): c for an, c in zip(annees, cumuls, strict=True)},
            },
            annees,
        )

    assert conclusion(10, -100, -50).startswith(
        "Jamais rentable. En 2 ans, perte de 50\u00a0€, soit 5\u00a0€"
    )
    assert conclusion(10, 100, -50).startswith("Rentable en N1, mais pas jusqu'au bout.")
    assert conclusion(0, 0, 0) == "Rentable en N1. En 2 ans, gain de 0\u00a0€."


def test_la_comparaison_donne_l_ecart_et_la_meme_echelle():
    comparaison = Comparaison()
    a, b = comparaison.a, comparaison.b
    assert (
        euros(a.total - b.total) in comparaison.phrase and "Client A rapporte" in comparaison.phrase
    )
    avant = a.figure
    b.ca.curseur.value = 2000
    assert "Client B rapporte" in comparaison.phrase
    assert a.figure != avant, "le graphique de A doit suivre la nouvelle échelle"
    b.annees.curseur.value = 8
    assert "même nombre d'années" in comparaison.phrase
    b.reinitialiser()
    for cle in ("fidelite", "ca"):
        getattr(b, cle).curseur.value = getattr(a, cle).valeur
    assert comparaison.phrase == "En 5 ans, les deux clients rapportent autant."
    assert b.message == ""


def test_projete_un_tableau_long_se_coupe_en_deux():
    simulateur = SimulateurValeurClient(projection=True)
    assert simulateur.tableau.count("<table") == 1
    simulateur.annees.curseur.value = 8
    assert simulateur.tableau.count("<table") == 2 and "de N5 à N8" in simulateur.tableau
