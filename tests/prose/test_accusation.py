"""Une idée fausse ne se dit au stagiaire que s'il l'affirme sûrement ; sinon la réponse part à relire, sans message."""

import pytest

from autograde.cours.decisions import Decision
from autograde.notation.decidees import appliquer
from autograde.prose import evaluer
from autograde.prose.bareme import BaremeReponse
from autograde.prose.certitude import modele

BAREME = BaremeReponse(
    type="prose",
    elements=[
        {"id": "suivi", "libelle": "le client est suivi", "formulations": ["suivi client"]},
        {"id": "agence", "libelle": "l'agence reste utile", "formulations": ["agence utile"]},
    ],
    contre_elements=[
        {
            "id": "disparition",
            "formulations": [
                "agences disparaissent/disparaître",
                "automates remplacent conseillers",
            ],
            "annule": ["agence"],
            "message": "Les agences restent.",
        },
        {
            "id": "rien",
            "formulations": ["peut rien faire", "que contacts virtuels"],
            "annule": ["suivi"],
            "message": "On peut agir.",
        },
    ],
)


def dits(reponse: str) -> tuple[list[str], list[str]]:
    evaluation = evaluer(reponse, BAREME)
    return evaluation.messages, evaluation.soupcons


@pytest.mark.parametrize(
    "affirmee",
    [
        "Les agences disparaissent.",
        "Je pense que les agences disparaissent.",
        "Les automates remplacent les conseillers.",
        "Les agences disparaissent, même si le client est suivi.",
    ],
)
def test_une_idee_fausse_affirmee_se_dit(affirmee):
    assert dits(affirmee) == (["Les agences restent."], [])


@pytest.mark.parametrize(
    "incertaine",
    [
        "Si les agences disparaissent, le client part.",
        "S'il le fallait, les agences disparaissent.",
        "Ils croient que les agences disparaissent.",
        "Selon lui, les agences disparaissent.",
        "« Les agences disparaissent », dit le journal.",
        "Les agences disparaissent parfois.",
        "Certaines agences disparaissent.",
        "Les automates remplacent les conseillers pour les opérations simples.",
        "Il faut que les agences disparaissent.",
        "À la fin, les agences disparaissent.",
        "Les agences disparaissent moins qu'avant.",
        "Les distributeurs remplacent les conseillers et les automates.",
    ],
)
def test_dans_le_doute_on_se_tait_et_le_formateur_lit(incertaine):
    messages, _ = dits(incertaine)
    assert messages == []


def test_un_soupcon_ne_se_dit_pas_et_le_formateur_qui_relit_le_voit_en_premier():
    evaluation = evaluer(
        "Si les agences disparaissent, le client part et le suivi du client s'arrête aussi.", BAREME
    )
    assert (evaluation.messages, evaluation.soupcons) == ([], ["Les agences restent."])
    assert evaluation.relire and evaluation.probabilite < modele().seuil
    assert evaluation.motif == "peut-être une idée fausse, à confirmer : « Les agences restent »"


def test_un_mot_qui_fait_toute_l_idee_fausse_doit_y_etre():
    assert dits("On a des contacts virtuels.")[0] == []
    assert dits("On n'a que des contacts virtuels.")[0] in ([], ["On peut agir."])


def test_le_formateur_confirme_ou_dement_un_soupcon():
    evaluation = evaluer("Si les agences disparaissent, le client part.", BAREME)
    jour = "2026-01-05"
    confirmee = appliquer(evaluation, BAREME, {"agence": Decision(credit=0, date=jour)})
    assert (confirmee.messages, confirmee.soupcons) == (["Les agences restent."], [])
    dementie = appliquer(evaluation, BAREME, {"agence": Decision(credit=1, date=jour)})
    assert (dementie.messages, dementie.soupcons) == ([], [])
