"""De la relecture à la correction suivante : les décisions d'une classe recalent le seuil de la question, et la page le dit."""

import json

import pytest

from autograde.cours.dossiers import Cours
from autograde.cours.seuils import fichier_des_seuils, lire_les_seuils
from autograde.notation.recalage import DECISIONS_POUR_BAISSER, RELEVE
from autograde.prose.certitude import modele
from tests.apprentissage.classe import DEVOIR, QUESTION, fabriquer, recopier, rendre
from tests.relecture.seances import Page, au_carnet, corriger, seance, servie

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOMENTS = ("matin", "midi", "soir")
DOUTEUSES = [
    f"Le personnel est désagréable et les rayons sont vides, les néons clignotent et la musique hurle dès le {jour} {moment}."
    for jour in JOURS
    for moment in MOMENTS
]
SURES = [
    f"On patiente trop longtemps. Le {jour}, la caisse ferme avant {moment}."
    for jour in JOURS
    for moment in MOMENTS[:1]
]
NOUVELLE = "Le personnel est désagréable et les rayons sont vides, les néons clignotent et la musique hurle dès le samedi tôt."
NOUVELLE_SURE = "On patiente trop longtemps. En août, la caisse ferme avant midi."


@pytest.fixture(scope="module")
def modele_de_classe(tmp_path_factory) -> Cours:
    """Vingt et une copies douteuses, sept sûres, et leur correction."""
    copies = {f"d{rang}": texte for rang, texte in enumerate(DOUTEUSES)}
    copies |= {f"s{rang}": texte for rang, texte in enumerate(SURES)}
    cours = fabriquer(tmp_path_factory.mktemp("modele"), **copies)
    corriger(cours)
    return cours


@pytest.fixture
def cours(modele_de_classe, tmp_path, monkeypatch) -> Cours:
    cours = recopier(modele_de_classe, tmp_path)
    monkeypatch.setattr(Cours, "courant", lambda: cours)
    return cours


def seuils(cours: Cours) -> dict[str, float]:
    return lire_les_seuils(fichier_des_seuils(cours.decisions, DEVOIR))


def dit(page: Page) -> str:
    code, texte, _ = page.demander(f"/api/questions/{QUESTION}/recalage")
    assert code == 200
    return json.loads(texte)["phrase"]


def test_une_classe_dont_les_doutes_etaient_vains_baisse_le_seuil(cours):
    assert au_carnet(cours, "d0")[2] and not au_carnet(cours, "s0")[2]
    with servie(seance(cours)) as adresse:
        page = Page(adresse)
        assert dit(page) == ""
        for texte in DOUTEUSES:
            page.geste(page.groupe(texte), "valider")
        combien = len(DOUTEUSES)
        assert combien >= DECISIONS_POUR_BAISSER
        assert dit(page) == (
            f"Sur vos {combien} décisions, la machine en aurait tenu {combien} pour sûres et se serait trompée 0 fois."
        )
    assert seuils(cours)[QUESTION] < modele().seuil
    rendre(cours, "nouvelle", NOUVELLE)
    corriger(cours)
    assert not au_carnet(cours, "nouvelle")[2]


def test_sans_decision_la_meme_reponse_se_relit(cours):
    rendre(cours, "nouvelle", NOUVELLE)
    corriger(cours)
    assert seuils(cours) == {} and au_carnet(cours, "nouvelle")[2]


def test_des_notes_sures_dementies_relevent_le_seuil(cours):
    with servie(seance(cours)) as adresse:
        page = Page(adresse)
        for texte in SURES:
            groupe = page.groupe(texte)
            page.geste(groupe, "tout", credit="1")
        fausses = len(SURES)
        assert dit(page) == (
            f"Sur vos {fausses} décisions, la machine n'aurait rien tenu pour sûr."
        )
    assert seuils(cours)[QUESTION] > modele().seuil
    rendre(cours, "nouvelle", NOUVELLE_SURE)
    corriger(cours)
    assert au_carnet(cours, "nouvelle")[2]
    with servie(seance(cours)) as adresse:
        motifs = Page(adresse).groupe(NOUVELLE_SURE)["motifs"]
    assert motifs == [f"{RELEVE}."]


def test_annuler_rend_a_la_question_son_seuil(cours):
    with servie(seance(cours)) as adresse:
        page = Page(adresse)
        for texte in SURES:
            page.geste(page.groupe(texte), "tout", credit="1")
        assert QUESTION in seuils(cours)
        for _ in SURES:
            assert page.demander("/api/annuler", {})[0] == 200
        assert dit(page) == ""
    assert seuils(cours) == {}
