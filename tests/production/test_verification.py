"""La relecture des barèmes : le vrai est sans erreur, et chaque faute de ``tests/production/mauvais/`` est dite avec l'élément en cause."""

import json
import shutil
from pathlib import Path

import pytest

from autograde.cours.dossiers import Cours
from autograde.production.defauts_du_bareme import CONSEIL, ERREUR, Defaut
from autograde.production.verification import verifier_devoir
from grc_helpers.commandes import principal
from tests.classe_fictive import DEPOT

MAUVAIS = Path(__file__).parent / "mauvais"
CAS = "## Le magasin\n\nLe directeur reçoit des courriers. Chez lui, les rayons ferment à midi et personne ne proteste."
ENONCE = "### Question 1 (2 points)\n\nSelon vous, d'où vient la mauvaise note du magasin ? Donnez deux explications."
REPONSE = "On patiente trop longtemps. Le personnel est désagréable."


def notebook(reponse: str) -> dict:
    """Un devoir d'une seule question rédigée ; ``reponse`` est vide dans la version distribuée."""

    def cellule(identifiant: str, texte: str, **nbgrader) -> dict:
        sorte = "code" if nbgrader else "markdown"
        meta = {"nbgrader": {"grade_id": identifiant, **nbgrader}} if identifiant else {}
        return {"cell_type": sorte, "id": identifiant or "cas", "metadata": meta, "source": texte}

    return {
        "cells": [
            cellule("", CAS),
            cellule("accueil_q1_enonce", ENONCE),
            cellule("accueil_q1", f"%%reponse accueil_q1\n{reponse}", solution=True, grade=False),
            cellule(
                "accueil_q1_test", 'verifier("accueil_q1")', solution=False, grade=True, points=2
            ),
        ]
    }


def poser(
    cours: Cours,
    nom: str,
    bareme: str = "bon",
    essais: str | None = "essais",
    reponse: str = REPONSE,
) -> None:
    """Ajoute au cours un devoir fait d'un barème et d'essais de ``tests/production/mauvais/``."""
    for chemin, texte in (
        (cours.notebook_source(nom), reponse),
        (cours.notebook_distribue(nom), ""),
    ):
        chemin.parent.mkdir(parents=True)
        chemin.write_text(json.dumps(notebook(texte)), encoding="utf-8")
    shutil.copy(MAUVAIS / f"{bareme}.yml", cours.solutions / nom / "bareme.yml")
    if essais:
        shutil.copy(MAUVAIS / f"{essais}.yml", cours.solutions / nom / "essais.yml")


@pytest.fixture
def cours(tmp_path) -> Cours:
    return Cours(tmp_path, tmp_path)


@pytest.fixture
def grc(cours, monkeypatch, capsys):
    """Lance « grc verifier-bareme » dans ce cours : son code de sortie et ce qu'elle affiche."""
    monkeypatch.setattr(Cours, "courant", lambda: cours)

    def lancer(*arguments: str) -> tuple[int, str]:
        return principal(["verifier-bareme", *arguments]), capsys.readouterr().out

    return lancer


def defauts(cours: Cours, **devoir) -> list[Defaut]:
    poser(cours, "essai", **devoir)
    return verifier_devoir(cours, "essai")


@pytest.mark.parametrize("nom", DEPOT.devoirs_notes())
def test_les_baremes_du_cours_n_ont_ni_erreur_ni_conseil_sans_reponse(nom):
    assert [str(defaut) for defaut in verifier_devoir(DEPOT, nom)] == []


def test_un_bareme_sans_faute_n_a_aucun_defaut(cours):
    assert [str(defaut) for defaut in defauts(cours)] == []


@pytest.mark.parametrize(
    ("bareme", "gravite", "element", "dit"),
    [
        (
            "recopie_enonce",
            CONSEIL,
            "attente",
            ["l'énoncé le dit déjà", "« mauvaise note magasin »"],
        ),
        ("recopie_enonce", CONSEIL, "attente", ["tous les mots de « mauvaise note magasin »"]),
        (
            "recopie_cas",
            CONSEIL,
            "sourire",
            [
                "le texte du cas le dit déjà",
                "« les rayons ferment à midi et personne ne proteste »",
            ],
        ),
        (
            "vol",
            ERREUR,
            "attente",
            [
                "« file interminable » paie aussi « le personnel n'est pas aimable » par la formulation « interminable »"
            ],
        ),
        ("reponse_type", ERREUR, "choix", ["non reconnu dans la réponse type"]),
        (
            "negation",
            CONSEIL,
            "attente",
            [
                "une phrase qui nie « caisse lente » garde des points par la formulation « caisse pas lente »"
            ],
        ),
        ("trop_peu", CONSEIL, "attente", ["7 formulation(s)"]),
        (
            "doublon",
            CONSEIL,
            "attente",
            ["« interminables files » a les mêmes mots que « file interminable »"],
        ),
        ("mot_courant", ERREUR, "sourire", ["le seul mot « client » suffit"]),
        ("mot_outil", ERREUR, "sourire", ["le seul mot « encore » suffit pour « encore »"]),
        ("mot_du_cas", ERREUR, "sourire", ["le seul mot « rayons » suffit", "le cas l'a déjà dit"]),
        ("nombre_seul", ERREUR, "sourire", ["le nombre 12 suffit, seul", "avec: [gagne]"]),
        ("muette", CONSEIL, "attente", ["« pas » n'a que des mots de liaison"]),
    ],
)
def test_chaque_faute_est_dite_avec_son_element(cours, bareme, gravite, element, dit):
    trouves = defauts(cours, bareme=bareme)
    assert [
        d
        for d in trouves
        if (d.gravite, d.element) == (gravite, element) and all(mots in d.message for mots in dit)
    ], trouves
    assert {d.element for d in trouves if d.element} == {element}, (
        "un élément sain est mis en cause"
    )


@pytest.mark.parametrize(
    ("bareme", "dit"),
    [
        ("accuse_le_cas", "accuse le texte du cas, « les rayons ferment à midi et personne"),
        ("accuse_la_reponse_type", "accuse la réponse type, « On patiente trop longtemps »"),
        ("accuse_un_essai", "accuse l'essai juste « debout », « c'est une attente debout »"),
        ("comparaison", "aucune idée fausse ne nomme « rayons »"),
    ],
)
def test_une_idee_fausse_trop_large_ou_qui_manque_est_une_erreur(cours, bareme, dit):
    trouves = defauts(cours, bareme=bareme, essais="essais_justes")
    (defaut,) = (d for d in trouves if "idée fausse «" in d.message or "aucune idée" in d.message)
    assert defaut.gravite == ERREUR and dit in defaut.message


def test_une_comparaison_qui_ne_dit_pas_ce_qu_elle_compare_est_une_erreur(cours, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ENONCE", "### Question 1\n\nComparez les deux caisses.")
    (defaut,) = defauts(cours)
    assert defaut.gravite == ERREUR and "« compare: [tabac, alcool] »" in defaut.message


def test_un_conseil_accepte_se_tait_et_une_reponse_inutile_est_dite(cours):
    assert [str(defaut) for defaut in defauts(cours, bareme="accepte")] == []
    poser(cours, "autre", bareme="accepte_inutile")
    (inutile,) = verifier_devoir(cours, "autre")
    assert inutile.gravite == ERREUR
    assert "« accepte » cite « attente/negation », que rien ne reproche" in inutile.message


def test_un_conseil_dit_comment_l_accepter(cours):
    (conseil,) = defauts(cours, bareme="negation")
    assert str(conseil).startswith("accueil_q1, « on fait patienter trop longtemps » : une phrase")
    assert str(conseil).endswith('Pour le garder ainsi : accepte: {attente/negation: "raison"}.')


def test_une_recopie_que_la_correction_paierait_est_une_erreur(cours, monkeypatch):
    """Le barème est le même ; seules manquent les gardes qui refusent une recopie."""
    monkeypatch.setattr("autograde.prose.evaluation.refuser", lambda *_: "")
    erreurs = [
        defaut for defaut in defauts(cours, bareme="recopie_cas") if defaut.gravite == ERREUR
    ]
    assert [(d.question, d.element) for d in erreurs] == [("accueil_q1", "sourire")]
    assert "recopier le texte du cas suffit" in erreurs[0].message


@pytest.mark.parametrize(
    ("reponse", "dit"),
    [
        ("", "pas de réponse type"),
        (ENONCE, "la réponse type n'a aucun point (recopie de la question ou du cas)"),
        (
            "La file n'est pas interminable et le personnel est désagréable.",
            "non reconnu dans la réponse type (nié",
        ),
    ],
)
def test_une_reponse_type_sans_le_maximum_est_une_erreur(cours, reponse, dit):
    assert [
        defaut
        for defaut in defauts(cours, reponse=reponse)
        if defaut.gravite == ERREUR and dit in defaut.message
    ]


@pytest.mark.parametrize(
    ("essais", "dit"),
    [
        (
            "essais_faux",
            ["accueil_q1 : essai « une idée surpayée » : 1 point(s) au lieu de 2 point(s)."],
        ),
        (
            "essais_ailleurs",
            [
                "accueil_q1 : pas d'essai",
                "accueil_q9 : essai « une idée » : cette question n'existe pas",
            ],
        ),
        (None, ["essais.yml est introuvable"]),
    ],
)
def test_les_essais_rates_ou_absents_sont_des_erreurs(cours, essais, dit):
    erreurs = [str(defaut) for defaut in defauts(cours, essais=essais) if defaut.gravite == ERREUR]
    assert len(erreurs) == len(dit) and all(
        mots in erreur for mots, erreur in zip(dit, erreurs, strict=True)
    ), erreurs


def test_la_commande_dit_chaque_defaut_puis_le_total(cours, grc):
    poser(cours, "essai", bareme="mot_outil")
    code, texte = grc("essai")
    lignes = texte.splitlines()
    assert code == 1 and lignes[0].startswith(
        "erreur · essai · accueil_q1, « le personnel n'est pas aimable » : le seul mot « encore »"
    )
    assert lignes[-1] == "essai : 1 erreur, 0 conseil"


def test_des_conseils_seuls_ne_font_pas_echouer_la_commande(cours, grc):
    poser(cours, "essai", bareme="recopie_enonce")
    code, texte = grc("essai")
    assert code == 0 and texte.splitlines()[-1] == "essai : 0 erreur, 2 conseils"


def test_un_bareme_illisible_n_empeche_pas_de_verifier_les_autres(cours, grc):
    poser(cours, "a_illisible", bareme="illisible")
    poser(cours, "b_bon")
    code, texte = grc()
    assert (
        code == 1
        and "a_illisible/bareme.yml, ligne 2" in texte
        and "« type » vaut « pros »" in texte
    )
    assert texte.splitlines()[-1] == "b_bon : 0 erreur, 0 conseil"


def test_un_devoir_inconnu_est_dit(cours, grc):
    poser(cours, "essai")
    code, texte = grc("esai")
    assert code == 1 and "Le devoir « esai » n'est pas dans course/" in texte
