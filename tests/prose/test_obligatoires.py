"""Ce qui est essentiel : un élément obligatoire plafonne la note, un hors-sujet part à la relecture, un nombre se lit avec ses mots."""

from datetime import date

import pytest
from pydantic import ValidationError

from autograde.baremes.redigees import noter_l_evaluation
from autograde.baremes.types.prose import BaremeProse
from autograde.cours.decisions import Decision
from autograde.notation.decidees import noter_avec_les_decisions
from autograde.prose import evaluer
from tests.prose.test_lettres import BAREMES as LETTRES

AVIS, FAIT, CAUSE = "Je suis pour.", "Le prix monte.", "Le café manque."


def bareme(n_sur: int | None = None, **avis) -> BaremeProse:
    return BaremeProse(
        type="prose",
        n_sur=n_sur,
        elements=[
            {"id": "avis", "libelle": "votre avis", "formulations": ["suis pour"], **avis},
            {"id": "fait", "libelle": "le prix", "formulations": ["prix monte"]},
            {"id": "cause", "libelle": "la cause", "formulations": ["café manque"]},
        ],
    )


def note(reponse: str, selon: BaremeProse) -> float:
    return evaluer(reponse, selon).fraction


@pytest.mark.parametrize(
    ("n_sur", "reponse", "libre", "obligatoire"),
    [
        (None, f"{FAIT} {CAUSE}", 0.6667, 0.5),
        (None, f"{AVIS} {FAIT} {CAUSE}", 1, 1),
        (2, f"{FAIT} {CAUSE}", 1, 0.5),
        (2, f"{AVIS} {FAIT}", 1, 1),
        (2, AVIS, 0.5, 0.5),
        (None, FAIT, 0.3333, 0.3333),
    ],
)
def test_un_element_obligatoire_absent_plafonne_la_note(n_sur, reponse, libre, obligatoire):
    assert note(reponse, bareme(n_sur)) == libre
    assert note(reponse, bareme(n_sur, obligatoire=0.5)) == obligatoire


def test_un_element_obligatoire_compte_toujours_parmi_les_n():
    """Deux idées sur deux ne suffisent plus si l'une d'elles n'est pas l'avis, même sous un plafond haut."""
    assert note(f"{FAIT} {CAUSE}", bareme(2, obligatoire=0.9)) == 0.5


def test_le_plafond_est_dit_et_se_leve_avec_la_decision_du_formateur():
    selon = bareme(obligatoire=0.5)
    evaluation = evaluer(f"{FAIT} {CAUSE}", selon)
    dit = "Il manque l'essentiel (votre avis) : la note ne dépasse pas 50 % des points."
    assert noter_l_evaluation(evaluation, selon).commentaires == [dit]
    decidee = noter_avec_les_decisions(
        evaluation, selon, {"avis": Decision(credit=1, date=date(2026, 7, 1))}
    )
    assert decidee.fraction == 1 and dit not in decidee.commentaires


@pytest.mark.parametrize(
    ("suite", "relire"),
    [
        ("", False),
        (
            "Mes voisins trouvent cette affaire heureuse, ma grand-mère applaudit, moi aussi.",
            True,
        ),
    ],
)
def test_une_note_plafonnee_n_est_sure_que_si_tout_est_compris(suite, relire):
    """L'avis est peut-être dit autrement : ce qui reste d'inexpliqué se lit avant de dire qu'il manque."""
    evaluation = evaluer(f"{FAIT} {CAUSE} {suite}", bareme(poids=0.2, obligatoire=0.75))
    assert (evaluation.fraction, evaluation.relire) == (0.75, relire)


@pytest.mark.parametrize("ecrit", [True, 1, -0.5, "oui"])
def test_obligatoire_est_une_part_des_points(ecrit):
    with pytest.raises(ValidationError, match="un nombre plus petit que 1"):
        bareme(obligatoire=ecrit)


def test_pas_plus_d_obligatoires_que_d_elements_comptes():
    with pytest.raises(ValidationError, match="plus d'éléments « obligatoire »"):
        BaremeProse(
            type="prose",
            n_sur=1,
            elements=[
                {"id": nom, "libelle": nom, "formulations": [nom], "obligatoire": 0.5}
                for nom in ("rouge", "vert")
            ],
        )


def test_une_lettre_aussi_est_plafonnee():
    selon = LETTRES["relance"]
    libelle = selon.elements[0].id
    exigeant = selon.model_copy(
        update={
            "elements": [
                element.model_copy(update={"obligatoire": 0.1})
                if element.id == libelle
                else element
                for element in selon.elements
            ]
        }
    )
    texte = (
        "Clair'Net\n\nMonsieur,\n\nNous vous rappelons que nous attendons toujours une réponse de votre part, et nous espérons vous "
        "revoir très bientôt chez nous.\n\nVeuillez agréer, Monsieur, nos salutations distinguées.\n\nSofia"
    )
    assert evaluer(texte, selon).fraction > 0.1 == evaluer(texte, exigeant).fraction


EPOQUE = BaremeProse(
    type="prose",
    hors_sujet=["depuis 2010", "aujourd'hui agences ferment"],
    elements=[{"id": "agence", "libelle": "l'agence", "formulations": ["agence utile"]}],
)


@pytest.mark.parametrize(
    ("reponse", "motif"),
    [
        ("L'agence est utile. Depuis 2010, tout a changé.", "(« Depuis 2010 »)"),
        ("L'agence est utile, mais aujourd'hui les agences ferment.", "les agences ferment »)"),
        ("Aujourd'hui l'agence est utile.", ""),
        ("L'agence est utile, et les agences ne ferment pas aujourd'hui.", ""),
    ],
)
def test_se_placer_hors_de_l_epoque_imposee_se_relit(reponse, motif):
    evaluation = evaluer(reponse, EPOQUE)
    assert evaluation.fraction == 1 and evaluation.relire is bool(motif)
    assert motif in evaluation.motif and ("époque" in evaluation.motif) is bool(motif)


NOMBRES = BaremeProse(
    type="prose",
    elements=[
        {
            "id": "gain",
            "libelle": "le plan gagne 12 €",
            "nombres": [{"valeur": 12, "avec": ["gagne/gain", "plan C"]}],
        },
        {
            "id": "deux",
            "libelle": "deux chiffres",
            "au_moins": 2,
            "nombres": [{"valeur": 12}, {"valeur": 54000, "tolerance": 1}],
        },
    ],
)


@pytest.mark.parametrize(
    ("reponse", "gain", "deux"),
    [
        ("On gagne 12 € avec ce plan.", 1, 0.5),
        ("Il est venu il y a 12 jours.", 0, 0.5),
        ("Il est venu il y a 12 jours. On gagne beaucoup.", 0, 0.5),
        ("Le gain est de 12 €, sur 54 000 € en tout.", 1, 1),
        ("On ne gagne pas 12 €.", 0, 0),
    ],
)
def test_un_nombre_vaut_avec_ses_mots_et_deux_nombres_avec_au_moins(reponse, gain, deux):
    credits = evaluer(reponse, NOMBRES).credits
    assert (credits["gain"].valeur, credits["deux"].valeur) == (gain, deux)
