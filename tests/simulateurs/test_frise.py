"""La frise des époques, sans navigateur : les données, la figure, le parcours et l'exercice."""

import re
from html import unescape

import pytest

from autograde.cours.devoir import charger_devoir
from autograde.prose.bareme import BaremeRedige
from autograde.prose.gardes import mots_pleins
from autograde.prose.lexique import lexique, racine
from autograde.prose.texte import lire as lire_les_mots
from grc_helpers.couleurs import BLEU
from grc_helpers.donnees import lire
from grc_helpers.figures import frise
from grc_helpers.simulateurs.frise import FriseDesEpoques, PlacerLesEvenements, evenements
from tests.classe_fictive import DEPOT

NOMS = ["production", "vente", "marketing produit", "marketing client", "numérique", "one-to-one"]


def lisible(html):
    """Le texte tel qu'il est écrit dans les données : ni entités, ni espaces insécables."""
    return unescape(html).replace("\u00a0", " ")


def alternative(html):
    return unescape(re.search('alt="([^"]*)"', html)[1])


def textes_de_la_frise():
    """Toutes les phrases de la frise et de l'exercice. Le nom d'une époque n'en est pas une : l'énoncé du TP l'emploie."""
    return [
        texte
        for nom in ("epoques", "evenements")
        for ligne in lire(nom)
        for cle, texte in ligne.items()
        if cle not in ("epoque", "complement") and " " in (texte or "")
    ]


# --- Les données


def test_six_epoques_qui_se_suivent_sans_trou_et_se_chevauchent():
    toutes = frise.epoques()
    assert [epoque.nom for epoque in toutes] == NOMS
    assert toutes[0].debut == frise.PREMIERE_ANNEE and toutes[-1].fin == frise.DERNIERE_ANNEE
    assert all(
        frise.epoques_de(annee) for annee in range(frise.PREMIERE_ANNEE, frise.DERNIERE_ANNEE + 1)
    )
    assert [epoque.nom for epoque in frise.epoques_de(2005)] == [
        "marketing client",
        "numérique",
        "one-to-one",
    ]


def test_dix_evenements_chacun_dans_son_epoque_et_melanges():
    dix = evenements()
    bornes = {epoque.nom: (epoque.debut, epoque.fin) for epoque in frise.epoques()}
    assert len(dix) == 10 and {evenement.epoque for evenement in dix} == set(NOMS)
    assert [e.nom for e in dix if not bornes[e.epoque][0] <= e.annee <= bornes[e.epoque][1]] == []
    assert [e.annee for e in dix] != sorted(e.annee for e in dix)


def test_un_recit_ne_donne_ni_sa_date_ni_son_nom_ni_son_epoque():
    for evenement in evenements():
        ouvert = f"{evenement.recit} {evenement.indice}".lower()
        assert not re.search(r"\d{4}", ouvert) and evenement.nom.lower() not in ouvert, (
            evenement.nom
        )
        assert not re.search(rf"\b{evenement.epoque}\b", ouvert), evenement.nom


def idees_notees():
    """Ce que le TP demande : les idées des réponses rédigées et les phrases à dater."""
    bareme = charger_devoir(DEPOT, "s1_tp1_historique").bareme
    redigees = [
        libelle
        for entree in bareme.values()
        if isinstance(entree, BaremeRedige)
        for libelle in entree.criteres.values()
    ]
    return [*redigees, *bareme["s1_tp1_q2b"].attendu]


def dit(texte, idee):
    """Le texte contient-il deux des mots propres à cette idée ?"""

    def mots(ecrit):
        return {
            racine(mot.forme) for mot in mots_pleins(lire_les_mots(ecrit), ecrit)
        } - lexique().mots_generaux

    return len(mots(texte) & mots(idee)) > 1


def test_la_frise_ne_donne_aucune_reponse_notee_du_tp():
    assert dit(
        "À cette époque, la concurrence était déjà vive.", "la concurrence devient plus vive"
    ), "le contrôle sait voir une fuite"
    assert [
        (texte, idee)
        for texte in textes_de_la_frise()
        for idee in idees_notees()
        if dit(texte, idee)
    ] == []


# --- La figure


def bandes_bleues(figure):
    return [
        barre
        for barre in figure.axes[0].patches
        if barre.get_facecolor()[:3]
        == pytest.approx(tuple(int(BLEU[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    ]


def test_la_figure_colore_les_epoques_en_cours_et_ecrit_l_annee():
    figure = frise.figure_frise(1998)
    assert [(barre.get_x(), barre.get_width()) for barre in bandes_bleues(figure)] == [
        (1990, 15),
        (1995, 20),
    ]
    assert [texte.get_text() for texte in figure.axes[0].texts] == ["1998"]
    assert [nom.get_text() for nom in figure.axes[0].get_yticklabels()] == NOMS


def test_sans_annee_la_figure_ne_montre_que_les_evenements_poses():
    figure = frise.figure_frise(
        places={3: (1995, "marketing client"), 10: (1998, "marketing client")}
    )
    assert bandes_bleues(figure) == []
    assert {(texte.get_text(), texte.get_position()) for texte in figure.axes[0].texts} == {
        ("3", (1995, 3)),
        ("10", (1998, 3)),
    }


def test_projetee_la_figure_se_lit_du_fond_de_la_salle():
    axes = frise.figure_frise(2005, {1: (2009, "numérique")}, projection=True).axes[0]
    textes = [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()]
    assert min(texte.get_fontsize() for texte in textes) >= 18


def test_la_description_et_le_tableau_disent_les_six_epoques():
    assert "Un trait marque 1998 ; en cours : marketing client, numérique." in frise.description(
        1998
    )
    for epoque in frise.epoques():
        assert f"{epoque.nom}, {epoque.reperes}" in frise.description()
        assert f'<th scope="row">{epoque.nom}</th><td>{epoque.reperes}</td>' in frise.tableau()


# --- Le parcours


def test_precedente_et_suivante_menent_d_un_bout_a_l_autre():
    parcours = FriseDesEpoques()
    vues = [parcours.epoque.nom]
    while not parcours.suivante.disabled:
        parcours.suivante.click()
        vues.append(parcours.epoque.nom)
        assert (
            f"En {parcours.annee}," in parcours.phrase
            and parcours.epoque.nom.capitalize() in parcours.fiche
        )
    assert vues == NOMS and not parcours.precedente.disabled
    while not parcours.precedente.disabled:
        parcours.precedente.click()
    assert parcours.epoque.nom == "production"


def test_le_curseur_change_la_phrase_la_figure_et_la_fiche():
    parcours = FriseDesEpoques()
    depart = parcours.figure, parcours.fiche
    parcours.curseur.curseur.value = 2005
    assert parcours.phrase.startswith(
        "En 2005, trois époques se superposent : marketing client, numérique et one-to-one."
    )
    assert f"<figcaption>{parcours.phrase}" in unescape(
        parcours.figure
    ) and "marque 2005" in alternative(parcours.figure)
    assert (parcours.figure, parcours.fiche) != depart and "<table" in parcours.figure
    parcours.remise.click()
    assert parcours.annee == 1913 and parcours.fiche == depart[1]


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        ("1850", "entre 1900 et 2026"),
        ("hier", "Je ne lis pas de nombre"),
        ("1950,5", "nombre entier"),
    ],
)
def test_une_annee_impossible_est_expliquee_et_ne_change_rien(saisie, dit):
    parcours = FriseDesEpoques()
    parcours.curseur.champ.value = saisie
    assert dit in parcours.message and parcours.annee == 1913
    parcours.curseur.champ.value = "1975"
    assert (
        parcours.message == "" and parcours.annee == 1975 and parcours.curseur.champ.value == "1975"
    )


def test_la_question_a_debattre_est_pour_la_salle():
    assert "À débattre" not in FriseDesEpoques().fiche
    assert "À débattre" in FriseDesEpoques(projection=True).fiche


# --- L'exercice


def test_une_bonne_reponse_est_expliquee_et_se_pose_sur_la_frise():
    exercice = PlacerLesEvenements()
    premier = exercice.evenements[0]
    assert (
        exercice.retour == ""
        and "aucun événement" in alternative(exercice.figure)
        and str(premier.annee) not in exercice.consigne
    )
    exercice.choisir(premier.epoque)
    assert (
        "Oui, numérique." in exercice.retour
        and premier.explication in lisible(exercice.retour)
        and 'role="status"' in exercice.retour
    )
    assert f"événement 1, {premier.annee}, {premier.epoque}" in alternative(exercice.figure)
    assert exercice.phrase == "1 événement sur 10 est à sa place."


def test_une_erreur_est_expliquee_sans_donner_la_reponse_et_se_corrige():
    exercice = PlacerLesEvenements()
    premier = exercice.evenements[0]
    exercice.choisir("production")
    retour = lisible(exercice.retour)
    assert (
        "Pas tout à fait" in retour
        and premier.indice in retour
        and "Comment en fabriquer davantage" in retour
    )
    assert (
        premier.epoque not in retour
        and str(premier.annee) not in retour + exercice.figure.split("</figcaption>")[1]
    )
    assert exercice.places == [] and "à revoir" in exercice.figure
    exercice.choisir(premier.epoque)
    assert exercice.places == [0]


def test_les_reponses_sont_gardees_d_un_evenement_a_l_autre():
    exercice = PlacerLesEvenements()
    exercice.choisir("vente")
    exercice.suivant.click()
    assert (
        exercice.liste.value == ""
        and exercice.retour == ""
        and "Événement 2 sur 10" in exercice.consigne
    )
    exercice.precedent.click()
    assert exercice.liste.value == "vente" and "Pas tout à fait" in exercice.retour
    exercice.choisir("")
    assert exercice.reponses == {} and exercice.retour == ""


def test_tout_placer_puis_recommencer():
    exercice = PlacerLesEvenements()
    for rang, evenement in enumerate(exercice.evenements):
        exercice.aller(rang)
        exercice.choisir(evenement.epoque)
    assert exercice.phrase == "Les 10 événements sont à leur place." and exercice.suivant.disabled
    assert exercice.figure.count("à sa place") == 10
    exercice.remise.click()
    assert (
        exercice.phrase == "0 événement sur 10 est à sa place."
        and exercice.rang == 0
        and exercice.liste.value == ""
    )


@pytest.mark.parametrize("outil", [FriseDesEpoques, PlacerLesEvenements])
def test_les_commandes_ont_un_nom_et_l_ecran_se_construit(outil):
    ecran = outil(projection=True).afficher()
    assert "grc-projection" in ecran._dom_classes and "grc-frise" in ecran._dom_classes
    commandes = ecran.children[2].children[0].children
    assert all(
        commande.description
        for commande in commandes
        if hasattr(commande, "description") and not hasattr(commande, "placeholder")
    )
