"""Retrouver une réponse dans une cellule, un tableau, une copie : maladroite ou abîmée, elle n'est jamais perdue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grc_helpers.reponses.cellule import Cellule, lire_cellule
from grc_helpers.reponses.controles import controler
from grc_helpers.reponses.echo import echo
from grc_helpers.reponses.lettres import lire_lettres
from grc_helpers.reponses.notebook import lire_reponses, questions
from grc_helpers.reponses.tableaux import lire_tableau
from grc_helpers.reponses.types.association import lire_association

VIERGE = lire_tableau("Années | N1 | N2\nClients perdus | |\nClients restants | |")


def cellule_code(source, grade_id=None, **meta):
    nbgrader = (
        {"nbgrader": {"grade_id": grade_id, "solution": True, "grade": False}} if grade_id else {}
    )
    return {"cell_type": "code", "source": source, "metadata": nbgrader | meta, "outputs": []}


DISTRIBUE = {
    "cells": [
        cellule_code("%%nombre q0 clients\n", "q0"),
        cellule_code("%%tableau q1 valeur_client\nAnnées | N1 | N2\nClients perdus | |\n", "q1"),
        cellule_code("%%reponse q2\n", "q2"),
        cellule_code("%%choix q3 a b c\n", "q3"),
    ]
}
QUESTIONS = questions(DISTRIBUE)


@pytest.mark.parametrize(
    "source",
    [
        "%%reponse q2\nLe client revient.",
        "  %%reponse q2\nLe client revient.",
        "%%Réponse q2\nLe client revient.",
        "%%REPONSE q2 Le client revient.",
        "\n\n%%reponse q2\nLe client revient.",
        "%% reponse q2\nLe client revient.",
        "Le client revient.",
        "%%reponsse q2\nLe client revient.",
        "%reponse q2\nLe client revient.",
        "### BEGIN SOLUTION\n%%reponse q2\nLe client revient.\n### END SOLUTION",
        "%%reponse q2\r\nLe client revient.",
    ],
)
def test_les_maladresses_ne_perdent_pas_la_reponse(source):
    lue = lire_cellule(source, modele=QUESTIONS["q2"].vierge)
    assert lue.corps.strip() == "Le client revient."
    assert (lue.type, lue.identifiant) == ("reponse", "q2")


def test_un_commentaire_au_dessus_est_garde_dans_une_prose():
    assert "roi" in lire_cellule("# le client est roi\n%%reponse q2\nOui.").corps


@pytest.mark.parametrize(
    "source",
    [
        "%%nombre q0 clients 400",
        "%%nombre q0 400",
        "%%nombre q0 clients\n400",
        "400",
        "%%nombre\n400",
    ],
)
def test_un_nombre_tape_n_importe_ou_est_lu(source):
    assert lire_cellule(source, modele=QUESTIONS["q0"].vierge).corps.strip() == "400"


def test_un_choix_tape_sur_la_ligne_de_magie_est_lu():
    assert lire_cellule("%%choix q3 a b c b", modele=QUESTIONS["q3"].vierge).corps == "b"


def test_une_cellule_python_n_est_pas_une_reponse():
    for source in ("", "x = 1", "%load_ext grc_helpers", "%%time\nx = 1", "%%bash\nls"):
        assert lire_cellule(source) is None


@given(st.text(max_size=400))
def test_aucune_source_ne_fait_d_erreur(texte):
    for question in QUESTIONS.values():
        for source in (texte, question.vierge.source + texte):
            lue = lire_cellule(source, modele=question.vierge)
            assert lue.identifiant == question.identifiant
            assert "<script" not in echo(lue, controler(lue)).lower()


@pytest.mark.parametrize(
    "texte",
    [
        "Années | N1 | N2\nClients perdus | 10 | 9,5\nClients restants | 90 | 80,5",
        "| Années | N1 | N2 |\n|---|---|---|\n| Clients perdus | 10 | 9,5 |\n| Clients restants | 90 | 80,5 |",
        "Clients restants | 90 | 80,5\nClients perdus | 10 | 9,5",
        "Années | N2 | N1\nClients perdus | 9,5 | 10\nClients restants | 80,5 | 90",
        "\tN1\tN2\nClients perdus\t10\t9,5\nClients restants\t90\t80,5",
        "Clients perdus;10;9,5\nClients restants;90;80,5",
        "clients Perdus | 10 | 9,5\nCLIENT RESTANTS | 90 | 80,5",
        "Années | N1 | N2\nClients perdus | |\nClients restants | |\nClients perdus | 10 | 9,5\nClients restants | 90 | 80,5",
        "Années | N1 | N2\nClients perdus | 10\t9,5 |\nClients restants | 90 | 80,5",
    ],
    ids=[
        "tel quel",
        "encadré",
        "lignes inversées",
        "colonnes inversées",
        "collé d'un tableur",
        "points-virgules",
        "libellés changés",
        "modèle gardé au-dessus",
        "tabulations dans les barres",
    ],
)
def test_un_tableau_se_lit_de_toutes_ces_facons(texte):
    assert lire_tableau(texte, VIERGE).valeurs() == {
        ("Clients perdus", "N1"): 10,
        ("Clients perdus", "N2"): 9.5,
        ("Clients restants", "N1"): 90,
        ("Clients restants", "N2"): 80.5,
    }


@pytest.mark.parametrize(
    ("texte", "remarque"),
    [
        ("Années | N1 | N2 | N3\nClients perdus | 10 | 9 | 8", "Colonne non prévue"),
        ("Clients perdus | 10 | 9 | 8", "plus de cases que de colonnes"),
        ("Ventes | 10 | 9", "Ligne non reconnue"),
        ("Clients perdu | 10 | 9", "est lu comme « Clients perdus »"),
        ("Clients perdus | 10 | 9\nClients perdus | 11 | 9", "écrit deux fois"),
    ],
)
def test_ce_qui_n_est_pas_reconnu_est_dit(texte, remarque):
    assert any(remarque in dite for dite in lire_tableau(texte, VIERGE).remarques)


@given(
    st.text(alphabet=st.sampled_from("|;\t\n 0123456789,.€-%aéN12Clientsperdu"), max_size=300),
    st.booleans(),
)
def test_aucun_tableau_ne_fait_d_erreur(texte, avec_modele):
    lu = lire_tableau(texte, VIERGE if avec_modele else None)
    assert not avec_modele or set(lu.textes) == set(VIERGE.textes)
    controler(Cellule("tableau", "q", ("valeur_client",), texte))


@given(st.text(max_size=300))
def test_lettres_et_associations_ne_font_pas_d_erreur(texte):
    assert set(lire_lettres(texte, ("a", "b")).lettres) <= {"a", "b"}
    lire_association(texte)


def test_cent_kilo_octets_restent_lisibles():
    texte = "Le client revient. " * 6000
    lues = lire_reponses({"cells": [cellule_code("%%reponse q2\n" + texte, "q2")]}, QUESTIONS)
    assert lues.reponses["q2"].cellule.corps.startswith("Le client revient.")
    assert any("très longue" in message for message in lues.signalements["q2"])


def test_une_copie_vide_est_vide():
    lues = lire_reponses(DISTRIBUE, QUESTIONS)
    assert all(reponse.vide for reponse in lues.reponses.values())
    assert not lues.signalements


@pytest.mark.parametrize(
    "copie",
    [{}, {"cells": None}, {"cells": [None, 3, "x"]}, {"cells": [{"source": 3, "metadata": []}]}],
)
def test_une_copie_absurde_ne_fait_pas_d_erreur(copie):
    lues = lire_reponses(copie, QUESTIONS)
    assert set(lues.signalements) == set(QUESTIONS)
    assert not any(reponse.presente for reponse in lues.reponses.values())


def test_metadonnees_perdues_la_magie_suffit():
    lues = lire_reponses({"cells": [cellule_code("%%reponse q2\nVu.")]}, QUESTIONS)
    assert lues.reponses["q2"].cellule.corps == "Vu."
    assert "q2" not in lues.signalements and lues.reparations


def test_cellule_convertie_en_texte_ou_en_liste_de_lignes():
    copie = {
        "cells": [{"cell_type": "markdown", "source": ["%%reponse q2\n", "Vu."], "metadata": {}}]
    }
    assert lire_reponses(copie, QUESTIONS).reponses["q2"].cellule.corps == "Vu."


def test_deux_reponses_differentes_sont_signalees_deux_pareilles_non():
    def signalee(*textes):
        copie = {"cells": [cellule_code(f"%%reponse q2\n{texte}", "q2") for texte in textes]}
        return "q2" in lire_reponses(copie, QUESTIONS).signalements

    assert signalee("oui", "non")
    assert not signalee("oui", "oui") and not signalee("oui", "")


def test_une_cellule_copiee_sous_une_autre_question_garde_sa_place():
    """Le stagiaire copie la cellule q0, garde ses métadonnées, et change la magie pour q2."""
    copie = {
        "cells": [
            cellule_code("%%nombre q0 clients\n400", "q0"),
            cellule_code("%%reponse q2\nVu.", "q0"),
        ]
    }
    lues = lire_reponses(copie, QUESTIONS)
    assert lues.reponses["q0"].cellule.corps == "400"
    assert lues.reponses["q2"].cellule.corps == "Vu."
