"""L'explorateur de données, manipulé sans navigateur : chaque geste fait ce qu'il dit, se défait, et rien ne casse."""

import builtins
import re
from html import unescape

import pytest

from grc_helpers.exploration import phrases
from grc_helpers.exploration.fichier import decrire
from grc_helpers.exploration.gestes import Etat
from grc_helpers.figures import accessible
from grc_helpers.figures import exploration as graphique
from grc_helpers.simulateurs.exploration import ExplorateurDeDonnees
from grc_helpers.simulateurs.vues import LIGNES_PAR_PAGE


@pytest.fixture
def explorateur():
    ouvert = ExplorateurDeDonnees("clients_fleur_d_atlas")
    ouvert.ouvrir()
    return ouvert


def choisir(liste, libelle):
    """Choisit dans une liste déroulante ce qu'on y lit."""
    liste.label = libelle


def filtrer(explorateur, colonne, condition, valeur):
    formulaire = explorateur.filtre
    explorateur.choix.value = formulaire
    choisir(formulaire.colonne, colonne)
    choisir(formulaire.condition, condition)
    if formulaire.colonne.value.genre == "categorie":
        choisir(formulaire.choix, valeur)
    else:
        formulaire.texte.value = valeur
    explorateur.faire.click()


def calculer(explorateur, operation, mesure=None, groupe="tout ensemble"):
    formulaire = explorateur.calcul
    explorateur.choix.value = formulaire
    choisir(formulaire.mesure.operation, operation)
    if mesure:
        choisir(formulaire.mesure.colonne, mesure)
    choisir(formulaire.groupe, groupe)
    explorateur.faire.click()


def croiser(explorateur, en_lignes, en_colonnes):
    formulaire = explorateur.croisement
    explorateur.choix.value = formulaire
    choisir(formulaire.en_lignes, en_lignes)
    choisir(formulaire.en_colonnes, en_colonnes)
    explorateur.faire.click()


def trier(explorateur, colonne, rang=0):
    formulaire = explorateur.tri
    explorateur.choix.value = formulaire
    choisir(formulaire.colonne, colonne)
    formulaire.sens.index = rang
    explorateur.faire.click()


def dit(explorateur):
    """Le constat, espaces ordinaires."""
    assert explorateur.constat in unescape(explorateur._constat.value), "il est à l'écran"
    return re.sub("[\u00a0\u202f]", " ", explorateur.constat)


def rangees(html):
    """Les lignes d'un tableau affiché, case par case."""
    lignes = re.findall(
        r'<tr><th scope="row">([^<]*)</th>(.*?)</tr>', re.sub("[\u00a0\u202f]", " ", html)
    )
    return [[nom, *re.findall(r"<td>([^<]*)</td>", cases)] for nom, cases in lignes]


# --- Les gestes ------------------------------------------------------------------------------------------------------


def test_chaque_filtre_dit_combien_il_garde_et_montre_ces_lignes(explorateur):
    filtrer(explorateur, "Accord", "est", "oui")
    assert dit(explorateur) == "410 clients sur 600 gardés : accord = oui."
    filtrer(explorateur, "Panier moyen", "est au moins (≥)", "60 €")
    filtrer(explorateur, "Dernier achat", "est à partir du", "1/9/2026")
    assert dit(explorateur) == (
        "28 clients sur 600 gardés : accord = oui et panier moyen ≥ 60 € et dernier achat à partir du 01/09/2026."
    )
    vues = rangees(explorateur._tableau.value)
    assert len(vues) == LIGNES_PAR_PAGE
    assert all(ligne[-1] == "oui" and int(ligne[5]) >= 60 for ligne in vues)
    assert "Lignes 1 à 8 sur 28" in explorateur._tableau.value


def test_trier_dit_l_ordre_et_la_tete(explorateur):
    trier(explorateur, "Montant acheté")
    assert dit(explorateur) == (
        "Lignes rangées par montant acheté, du plus grand au plus petit ; en tête : 1 204 €."
    )
    montants = [int(ligne[6].replace(" ", "")) for ligne in rangees(explorateur._tableau.value)]
    assert montants == sorted(montants, reverse=True) and montants[0] == 1204
    trier(explorateur, "Dernier achat", rang=1)
    assert "du plus ancien au plus récent" in dit(explorateur)
    trier(explorateur, "Quartier", rang=1)
    assert dit(explorateur).startswith("Lignes rangées par quartier, de A à Z")


def test_calculer_dit_les_groupes_du_plus_grand_au_plus_petit_et_l_ensemble(explorateur):
    calculer(explorateur, "Totaliser", "Montant acheté", "Quartier")
    assert dit(explorateur) == (
        "Montant acheté (total), par quartier, du plus grand au plus petit : "
        "Centre, 84 870 € ; Port, 69 801 € ; Gare, 18 745 €. Ensemble : 173 416 €."
    )
    assert rangees(explorateur._image.value)[-1] == ["Ensemble", "173 416 €"]
    filtrer(explorateur, "Quartier", "est", "Port")
    assert explorateur._image.value == "", "filtrer remontre les lignes"
    calculer(explorateur, "Compter les clients")
    assert dit(explorateur).startswith("Nombre de clients : 170. (170 clients sur 600 gardés : ")


def test_totaliser_n_offre_que_ce_qui_s_additionne(explorateur):
    mesure = explorateur.calcul.mesure
    choisir(mesure.operation, "Totaliser")
    assert [titre for titre, _ in mesure.colonne.options] == ["Achats en 12 mois", "Montant acheté"]
    choisir(mesure.operation, "Faire la moyenne")
    assert {"Âge", "Panier moyen"} <= {titre for titre, _ in mesure.colonne.options}
    choisir(mesure.operation, "Compter les clients")
    assert mesure.colonne.layout.display == "none"


def test_croiser_montre_chaque_case_et_l_ensemble(explorateur):
    croiser(explorateur, "Quartier", "Accord")
    assert dit(explorateur) == (
        "Nombre de clients, par quartier (en lignes) et accord (en colonnes). Ensemble : 600."
    )
    assert rangees(explorateur._calcul.value) == [
        ["Centre", "89", "211", "300"],
        ["Gare", "38", "92", "130"],
        ["Port", "63", "107", "170"],
        ["Ensemble", "190", "410", "600"],
    ]


def test_annuler_defait_un_geste_a_la_fois_et_tout_remettre_les_defait_tous(explorateur):
    vus = [explorateur._tableau.value]
    filtrer(explorateur, "Quartier", "est", "Port")
    vus.append(explorateur._tableau.value)
    trier(explorateur, "Âge")
    croiser(explorateur, "Sexe", "Accord")
    assert "Vos gestes (3)" in explorateur._journal.value
    explorateur.annulation.click()
    assert dit(explorateur).startswith("Geste annulé. Lignes rangées par âge")
    assert explorateur._calcul.value == ""
    explorateur.annulation.click()
    assert explorateur._tableau.value == vus[1]
    explorateur.annulation.click()
    assert dit(explorateur) == "Geste annulé. 600 clients, sans aucun filtre."
    assert explorateur._tableau.value == vus[0] and explorateur._journal.value == ""
    explorateur.annulation.click()
    assert "aucun geste à annuler" in explorateur.message
    filtrer(explorateur, "Quartier", "est", "Gare")
    explorateur.remise.click()
    assert explorateur.etat == Etat() and explorateur._tableau.value == vus[0]
    assert dit(explorateur) == "Tout est remis comme au début. 600 clients, sans aucun filtre."


def test_les_pages_se_tournent_et_s_arretent_aux_bouts(explorateur):
    filtrer(explorateur, "Âge", "est au moins (≥)", "72")
    combien = int(dit(explorateur).split()[0])
    assert LIGNES_PAR_PAGE < combien <= 2 * LIGNES_PAR_PAGE
    assert explorateur.precedentes.disabled and not explorateur.suivantes.disabled
    explorateur.suivantes.click()
    assert explorateur.suivantes.disabled and not explorateur.precedentes.disabled
    assert f"Lignes 9 à {combien} sur {combien}" in explorateur._tableau.value
    explorateur.precedentes.click()
    assert f"Lignes 1 à 8 sur {combien}" in explorateur._tableau.value


# --- Ce qui ne va pas ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("colonne", "condition", "valeur", "attendu"),
    [
        ("Panier moyen", "est au moins (≥)", "beaucoup", "Je ne lis pas de nombre"),
        ("Panier moyen", "est au moins (≥)", "", "la valeur est vide"),
        ("Dernier achat", "est le", "hier", "écrivez une date comme 01/09/2026"),
        ("Panier moyen", "est au moins (≥)", "5000", "Aucun client parmi les 600"),
        ("Numéro", "contient", "<b>", "Aucun client parmi les 600"),
    ],
)
def test_un_filtre_impossible_se_dit_et_ne_change_rien(
    explorateur, colonne, condition, valeur, attendu
):
    avant = explorateur._tableau.value, explorateur.constat
    filtrer(explorateur, colonne, condition, valeur)
    message = explorateur.message.replace("\u00a0", " ")
    assert attendu in message and 'role="alert"' in message and "<b>" not in message
    assert (explorateur._tableau.value, explorateur.constat) == avant
    filtrer(explorateur, "Accord", "est", "oui")
    assert explorateur.message == "", "le geste suivant efface le message"


def test_un_geste_deja_fait_ou_un_critere_croise_avec_lui_meme_se_disent(explorateur):
    filtrer(explorateur, "Accord", "est", "oui")
    filtrer(explorateur, "Accord", "est", "oui")
    assert "déjà fait" in explorateur.message and "Vos gestes (1)" in explorateur._journal.value
    croiser(explorateur, "Accord", "Accord")
    assert "deux critères différents" in explorateur.message


def test_un_fichier_absent_se_dit_au_lieu_de_casser(tmp_path):
    inconnu = ExplorateurDeDonnees("pas_la")
    assert "Je ne trouve pas la description du fichier" in inconnu.message
    inconnu.afficher()


def test_sans_pandas_l_explorateur_le_dit(monkeypatch):
    importer = builtins.__import__

    def sans_moteur(nom, *reste):
        if nom == "grc_helpers.exploration.moteur":
            raise ImportError(nom)
        return importer(nom, *reste)

    ferme = ExplorateurDeDonnees("clients_fleur_d_atlas")
    monkeypatch.setattr(builtins, "__import__", sans_moteur)
    ferme.ouverture.click()
    assert "Il manque pandas" in ferme.message and ferme.table is None
    monkeypatch.undo()
    ferme.ouverture.click()
    assert ferme.message == "" and dit(ferme).startswith("600 clients, 9 colonnes")


# --- Ce que l'on voit, et ce que l'on entend -------------------------------------------------------------------------


def test_le_diagramme_est_decrit_conclu_et_accompagne_de_ses_chiffres(explorateur):
    calculer(explorateur, "Faire la moyenne", "Montant acheté", "Quartier")
    alternative = re.search('alt="([^"]+)"', explorateur._image.value)[1].replace("\u00a0", " ")
    assert unescape(alternative) == (
        "Diagramme en barres, montant acheté (moyenne), par quartier : Port, 410,59 € ; Centre, 282,90 € ; Gare, 144,19 €."
    )
    assert "Voir les chiffres" in explorateur._image.value
    assert "<figcaption>Montant acheté (moyenne), par quartier</figcaption>" in (
        explorateur._image.value
    )


def test_projetees_les_barres_se_lisent_de_loin():
    figure = graphique.figure_barres({"Port": 2.0, "Gare": -1.0}, lambda v: f"{v:g}", True)
    axes = figure.axes[0]
    textes = [*axes.texts, *axes.get_yticklabels()]
    assert min(texte.get_fontsize() for texte in textes) >= accessible.POLICE_PROJECTION


def test_un_mois_jour_par_jour_tient_dans_une_figure_et_le_reste_se_dit():
    jours = {f"{jour:02d}/01/2026": float(jour) for jour in range(1, 32)}
    figure = graphique.figure_barres(jours, str)
    assert len(figure.axes[0].patches) == 31 and figure.get_size_inches()[1] < 7
    trop = jours | {"32": 1.0, "33": 2.0}
    assert "2 autres groupes dans le tableau" in graphique.description("Appels", trop, str)


def test_chaque_commande_affichee_a_un_nom_et_elles_ne_sont_pas_plus_de_cinq(explorateur):
    for formulaire in (
        explorateur.filtre,
        explorateur.tri,
        explorateur.calcul,
        explorateur.croisement,
    ):
        explorateur.choix.value = formulaire
        visibles = [c for c in formulaire.commandes if c.layout.display != "none"]
        noms = [explorateur.choix.description, *(c.description for c in visibles)]
        assert all(noms) and len(set(noms)) == len(noms) <= 5


def test_une_phrase_s_accorde():
    appels = decrire("clients_fleur_d_atlas")
    appels = type(appels)(
        **vars(appels) | {"ligne": "réclamation", "lignes": "réclamations", "feminin": True}
    )
    filtre = ExplorateurDeDonnees("clients_fleur_d_atlas")
    filtre.ouvrir()
    geste, _ = filtre.filtre.geste()
    assert "1 réclamation sur 150 gardée : sexe =" in phrases.filtrage(
        appels, (geste,), 1, 150
    ).replace("\u00a0", " ")
    assert "Aucune réclamation parmi les 3 réclamations" in phrases.rien_a_garder(
        appels, geste, 3
    ).replace("\u00a0", " ")
    assert phrases.de("appels") == "d'appels" and phrases.de("clients") == "de clients"
