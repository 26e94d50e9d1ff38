"""Une note « sûre » l'est : ce que le modèle appris tient sur des questions qu'il n'a pas vues, et ce qu'il en dit au formateur."""

import numpy as np
import pytest

from autograde.prose import evaluer
from autograde.prose.bareme import BaremeReponse
from autograde.prose.certitude import A_PEU_PRES, Cas, chances_d_etre_proche, modele
from autograde.prose.credit import Credit
from autograde.prose.evaluation import Evaluation, ponderer
from autograde.prose.motifs import TELEGRAPHIQUE
from tests.prose.reponses_libres.certitude import (
    Lignes,
    apprendre,
    choisir,
    ecrire,
    exemples,
    hors_pli,
    maigrir,
    noms_des_signes,
    part,
    sures,
)
from tests.prose.test_prose import BONNE, MOTIFS

BAREME = BaremeReponse(
    type="prose",
    elements=[
        {"id": nom, "libelle": nom, "formulations": [nom]} for nom in ("prix", "accueil", "qualite")
    ],
)


@pytest.fixture(scope="module")
def connus():
    return list(exemples())


@pytest.fixture(scope="module")
def chances(connus):
    return hors_pli(connus, noms_des_signes(connus))


@pytest.mark.parametrize(
    ("ensemble", "part_sure", "au_plus"),
    [
        ("jeux", 0.5, {0.5: 0.02, 0.25: 0.08}),
        ("classes", 0.4, {0.5: 0.02, 0.25: 0.08, A_PEU_PRES: 0.12}),
    ],
)
def test_sur_des_questions_jamais_vues_une_note_sure_est_juste(
    connus, chances, ensemble, part_sure, au_plus
):
    """Au seuil livré, ce que valent les notes sûres quand le modèle n'a vu aucune réponse à la question. Classes : nos vrais barèmes."""
    eux, siennes = choisir(connus, chances, lambda exemple: exemple.ensemble == ensemble)
    gardees = sures(eux, siennes, modele().seuil)
    assert len(gardees) >= part_sure * len(eux)
    parts = {ecart: part(gardees, ecart) for ecart in au_plus}
    assert [ecart for ecart, plafond in au_plus.items() if parts[ecart] > plafond] == [], parts


def test_les_poids_livres_sont_ceux_que_l_on_reapprend(connus):
    noms = noms_des_signes(connus)
    lignes = Lignes.de(connus, noms)
    appris = apprendre(lignes, np.arange(len(lignes.etiquettes)))
    for cas in Cas:
        livres = list(modele().poids(cas).values())
        assert livres == pytest.approx(list(appris.poids[cas]), abs=0.005)


def test_le_modele_livre_connait_exactement_les_signes_releves(connus):
    noms = noms_des_signes(connus)
    assert list(modele().signes) == noms
    assert all(signe.fort or signe.faible for signe in modele().signes.values())


def test_apprendre_deux_fois_donne_le_meme_fichier_et_garde_ses_phrases(connus):
    noms = noms_des_signes(connus)
    lignes = Lignes.de(connus, noms)
    parmi = np.arange(0, len(lignes.etiquettes), 4)
    deux_fois = {ecrire(apprendre(lignes, parmi), noms, 0.5) for _ in range(2)}
    (texte,) = deux_fois
    assert "seuil: 0.5\n" in texte
    assert "peu des mots de la réponse sont expliqués par le barème" in texte


def test_un_bareme_amaigri_perd_des_formulations_jamais_un_element():
    maigre = maigrir(MOTIFS, 0.5, "graine")
    assert maigre == maigrir(MOTIFS, 0.5, "graine")
    assert [e.id for e in maigre.elements] == [e.id for e in MOTIFS.elements]
    assert all(e.formulations for e in maigre.elements)
    assert sum(len(e.formulations) for e in maigre.elements) < sum(
        len(e.formulations) for e in MOTIFS.elements
    )


def test_la_probabilite_est_celle_des_notes_proches():
    certain, moitie = (0.0, 0.0, 1.0), (0.5, 0.0, 0.5)
    chances = {"prix": certain, "accueil": certain, "qualite": moitie}
    assert chances_d_etre_proche(BAREME, chances, 1.0, ponderer) == 0.5
    assert chances_d_etre_proche(BAREME, chances, 2 / 3, ponderer) == 0.5
    assert chances_d_etre_proche(BAREME, chances, 0.0, ponderer) == 0.0


def test_le_motif_nomme_l_idee_douteuse_et_le_signe_qui_pese():
    evaluation = evaluer(
        "C'est trop cher, le vendeur traîne, les horaires changent, la vitrine prend la poussière et personne ne prévient les gens.",
        MOTIFS,
    )
    assert evaluation.relire and evaluation.probabilite < modele().seuil
    assert any(element.libelle in evaluation.motif for element in MOTIFS.elements)
    phrases = {p for signe in modele().signes.values() for p in (signe.fort, signe.faible) if p}
    assert any(f"({phrase})" in evaluation.motif for phrase in phrases)


def test_une_relecture_imposee_n_a_pas_de_probabilite():
    assert evaluer("C'est trop cher. En fait ce n'est pas trop cher.", MOTIFS).probabilite is None
    assert evaluer(BONNE, MOTIFS).probabilite >= modele().seuil
    assert evaluer("", MOTIFS).probabilite is None


def test_une_histoire_ou_rien_n_est_reconnu_se_relit_sans_probabilite():
    incomprise = evaluer(
        "Ma tante raconte toujours sa boulangerie : un matin le four tombe, le voisin prête le sien, et le quartier entier mange froid.",
        MOTIFS,
    )
    assert incomprise.fraction == 0 and incomprise.relire and not incomprise.reconnu
    assert incomprise.probabilite is None
    assert incomprise.motif == "aucune idée du barème reconnue : elle est peut-être dite autrement"


def test_une_note_nulle_ou_rien_n_est_reconnu_attend_le_formateur():
    """Même courte et hors sujet : dite autrement, l'idée y est peut-être. Une esquisse n'en cache pas."""
    nulle = evaluer("La boutique ferme à midi et les horaires changent.", MOTIFS)
    assert (nulle.fraction, nulle.relire, nulle.probabilite) == (0, True, None)
    esquisse = evaluer("La boutique ferme à midi.", MOTIFS)
    assert (esquisse.fraction, esquisse.relire) == (0, False)


def test_rien_de_reconnu_n_est_pas_un_zero():
    assert not Evaluation({"a": Credit()}, 0.0, True, "").reconnu
    assert Evaluation({"a": Credit(motif="nié")}, 0.0, True, "").reconnu
    assert Evaluation({"a": Credit(0.5), "b": Credit()}, 0.25, True, "").reconnu


@pytest.mark.parametrize(
    ("reponse", "en_vrac"),
    [
        (
            "Le prix, le choix, un accueil, la file, les heures, la place, le calme.",
            True,
        ),
        (
            "Le prix est bas, le choix large, l'accueil est bon, la file est courte, on y est bien, c'est calme.",
            False,
        ),
    ],
)
def test_des_bouts_tres_courts_meme_avec_leurs_articles_sont_du_vrac(reponse, en_vrac):
    """« Comprendre la cause, appel, offre adaptée, limite » dit des mots, pas des phrases : le formateur la lit."""
    assert (evaluer(reponse, MOTIFS).motif == TELEGRAPHIQUE) is en_vrac
