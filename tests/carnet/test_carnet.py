"""Le carnet nbgrader : une note manuelle survit, elle n'est redemandée que si la réponse ou le barème a changé."""

import json
import os
import shutil
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from nbgrader.api import Gradebook

from autograde.carnet.api import ouvrir
from autograde.carnet.sql import Base, CarnetIndisponible
from autograde.correction.classe import corriger_la_classe
from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import changer
from autograde.erreurs import ErreurFormateur
from tests.classe_fictive import DEVOIR, copie_a_relire, copie_parfaite, deposer, notes_du_carnet


@pytest.fixture
def cours(tmp_path, carnet_neuf) -> Cours:
    cours = Cours(travail=tmp_path, carnet=carnet_neuf())
    deposer(cours, "léa", copie_a_relire())
    corriger(cours)
    return cours


def corriger(cours: Cours) -> None:
    list(corriger_la_classe(cours, DEVOIR))


def noter_a_la_main(cours: Cours, question: str, points: float, commentaire: str = "") -> None:
    """Ce que fait formgrader quand le formateur saisit une note et un commentaire."""
    with ouvrir(cours) as carnet:
        grade = carnet.find_grade(f"{question}_test", DEVOIR, DEVOIR, "léa")
        grade.manual_score, grade.needs_manual_grade = points, False
        if commentaire:
            carnet.find_comment(question, DEVOIR, DEVOIR, "léa").manual_comment = commentaire
        carnet.db.commit()


def lire(cours: Cours, question: str):
    with ouvrir(cours) as carnet:
        grade = carnet.find_grade(f"{question}_test", DEVOIR, DEVOIR, "léa")
        return grade.auto_score, grade.manual_score, grade.score, grade.needs_manual_grade


def test_une_prose_incomprise_attend_le_formateur_le_reste_est_note(cours):
    notes = notes_du_carnet(cours.db_url)["léa"]
    assert notes["s2_tp1_q3"] == (None, True)
    assert notes["s2_tp1_q1"] == (4.0, False)


def test_une_note_manuelle_survit_et_n_est_pas_redemandee(cours):
    noter_a_la_main(cours, "s2_tp1_q3", 2.5, "Bien argumenté.")
    corriger(cours)
    assert lire(cours, "s2_tp1_q3") == (None, 2.5, 2.5, False)
    with ouvrir(cours) as carnet:
        assert carnet.find_comment("s2_tp1_q3", DEVOIR, DEVOIR, "léa").comment == "Bien argumenté."


def test_elle_est_redemandee_si_la_reponse_change(cours):
    noter_a_la_main(cours, "s2_tp1_q3", 2.5)
    noter_a_la_main(cours, "s2_tp1_q1", 3)
    copie = copie_a_relire()
    changer(copie, "s2_tp1_q3", lambda s: s + "\nEt j'ajoute ceci.")
    deposer(cours, "léa", copie)
    corriger(cours)
    assert lire(cours, "s2_tp1_q3") == (None, 2.5, 2.5, True)
    assert lire(cours, "s2_tp1_q1") == (4.0, 3, 3, False), (
        "une question inchangée n'est pas redemandée"
    )


def test_elle_est_redemandee_si_le_bareme_change(cours, monkeypatch):
    from autograde.correction import classe

    noter_a_la_main(cours, "s2_tp1_q1", 3)
    vrai = classe.charger_devoir

    def avec_un_autre_bareme(*arguments):
        devoir = vrai(*arguments)
        entree = devoir.bareme["s2_tp1_q1"].model_copy(update={"report_erreur": False})
        return replace(devoir, bareme=devoir.bareme | {"s2_tp1_q1": entree})

    monkeypatch.setattr(classe, "charger_devoir", avec_un_autre_bareme)
    corriger(cours)
    assert lire(cours, "s2_tp1_q1") == (4.0, 3, 3, True)


def test_effacer_les_copies_corrigees_ne_perd_aucune_note(cours):
    noter_a_la_main(cours, "s2_tp1_q3", 2.5)
    shutil.rmtree(cours.corrigees)
    shutil.rmtree(cours.travail / "feedback", ignore_errors=True)
    assert lire(cours, "s2_tp1_q3") == (None, 2.5, 2.5, False)
    [copie] = corriger_la_classe(cours, DEVOIR)
    assert lire(cours, "s2_tp1_q3") == (None, 2.5, 2.5, False)
    assert (cours.corrigees / "léa" / DEVOIR / f"{DEVOIR}.ipynb").is_file(), (
        "formgrader retrouve la copie"
    )
    assert copie.a_verifier == ["s2_tp1_q3"]


def test_une_copie_illisible_attend_le_formateur_sans_zero(tmp_path, carnet_neuf):
    cours = Cours(travail=tmp_path, carnet=carnet_neuf())
    deposer(cours, "jules", b"{ ceci n'est pas un notebook")
    deposer(cours, "léa", copie_parfaite())
    corriger(cours)
    notes = notes_du_carnet(cours.db_url)
    assert set(notes["jules"].values()) == {(None, True)}
    assert notes["léa"]["s2_tp1_q1"] == (4.0, False)


def test_des_caracteres_qu_une_base_refuse_n_arretent_pas_la_classe(tmp_path, carnet_neuf):
    cours = Cours(travail=tmp_path, carnet=carnet_neuf())
    piegee = copie_parfaite()
    for question in ("s2_tp1_q0", "s2_tp1_q1", "s2_tp1_q3"):
        changer(
            piegee, question, lambda s: s.split("\n")[0] + "\nperdus \udfff\0 | 4\ud800 | \0 bof"
        )
    deposer(cours, "jules", json.dumps(piegee).encode())
    deposer(cours, "léa", copie_parfaite())
    assert [copie.stagiaire for copie in corriger_la_classe(cours, DEVOIR)] == ["jules", "léa"]
    notes = notes_du_carnet(cours.db_url)
    assert (
        notes["jules"]["s2_tp1_q0"] == (0.0, True)
        and notes["jules"]["s2_tp1_q2a"] == notes["léa"]["s2_tp1_q2a"]
    )
    with ouvrir(cours) as carnet:
        assert (
            "perdus ? | 4?"
            in carnet.find_comment("s2_tp1_q0", DEVOIR, DEVOIR, "jules").auto_comment
        )
    assert notes["léa"]["s2_tp1_q1"] == (4.0, False)


def test_sans_copie_la_commande_dit_ou_les_ranger(tmp_path):
    with pytest.raises(ErreurFormateur, match="submitted/<stagiaire>/s2_tp1_ltv"):
        list(corriger_la_classe(Cours(travail=tmp_path), DEVOIR))


def test_un_devoir_inconnu_est_explique(tmp_path):
    with pytest.raises(ErreurFormateur, match="s2_tp1_ltv"):
        list(corriger_la_classe(Cours(travail=tmp_path), "s2_tp1_lvt"))


def test_un_carnet_neuf_a_les_tables_et_la_version_de_nbgrader(tmp_path, monkeypatch):
    # nbgrader lance « alembic » par son nom : il est à côté de ce Python, que l'environnement soit activé ou non.
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    cours = Cours(travail=tmp_path / "neuf")
    ouvrir(cours).close()

    def lire_la_base(fichier, demande):
        with sqlite3.connect(fichier) as base:
            return sorted(base.execute(demande))

    Gradebook(f"sqlite:///{tmp_path}/de_nbgrader.db").close()
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'grc_%'"
    for demande in (tables, "SELECT version_num FROM alembic_version"):
        assert (
            lire_la_base(cours.travail / "gradebook.db", demande)
            == lire_la_base(tmp_path / "de_nbgrader.db", demande)
            != []
        )


def test_un_postgres_qui_ne_repond_pas_se_dit_en_francais(monkeypatch):
    """Le pilote parle anglais : son texte reste dans la cause, pour qui dépanne."""
    pilote = ModuleType("psycopg")
    pilote.OperationalError = type("OperationalError", (Exception,), {})

    def refuser(*_, **__):
        raise pilote.OperationalError("connection refused")

    pilote.connect = refuser
    monkeypatch.setitem(sys.modules, "psycopg", pilote)
    with pytest.raises(CarnetIndisponible) as refus:
        Base("postgresql+psycopg://moi@localhost/carnet", 1)
    assert str(refus.value) == (
        "Le carnet PostgreSQL ne répond pas, ou refuse l'accès : vérifiez son adresse, le nom et le mot de passe (GRC_CARNET), et le "
        "réseau."
    )
    assert str(refus.value.__cause__) == "connection refused"
