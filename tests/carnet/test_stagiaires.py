"""Qui est au carnet : un seul lecteur, sans nbgrader."""

import subprocess
import sys

from autograde.carnet.api import inscrire_la_classe
from autograde.carnet.releve import devoirs_au_carnet
from autograde.carnet.stagiaires import stagiaires_inscrits
from autograde.collecte.liste_de_classe import Stagiaire
from autograde.cours.dossiers import Cours
from tests.classe_fictive import DEPOT


def test_les_noms_et_les_courriels_du_carnet(tmp_path, carnet_neuf):
    cours = Cours(travail=tmp_path, carnet=carnet_neuf())
    classe = (
        Stagiaire("zoe", "Zoé", "N'Guyen", "zoe@exemple.ma"),
        Stagiaire("anis", "Anis", ""),
        Stagiaire("sara", "", "Ben Ali"),
        Stagiaire("eleve07"),
    )
    inscrire_la_classe(cours, classe)
    assert list(stagiaires_inscrits(cours).items()) == [
        ("anis", ("Anis", "")),
        ("eleve07", ("eleve07", "")),
        ("sara", ("Ben Ali", "")),
        ("zoe", ("Zoé N'Guyen", "zoe@exemple.ma")),
    ]
    assert devoirs_au_carnet(cours) == [], "personne n'a encore rien rendu"


def test_sans_carnet_il_n_y_a_personne_et_rien_n_est_cree(tmp_path):
    cours = Cours(travail=tmp_path / "neuf")
    assert stagiaires_inscrits(cours) == {} and devoirs_au_carnet(cours) == []
    assert not cours.travail.exists()


def test_lire_les_notes_et_les_noms_n_attend_pas_nbgrader():
    lecteurs = "autograde.carnet.releve, autograde.carnet.stagiaires, autograde.rendu.console, autograde.rapport.donnees"
    code = f"import sys, {lecteurs}; print([nom for nom in ('nbgrader', 'sqlalchemy') if nom in sys.modules])"
    charges = subprocess.run(
        [sys.executable, "-c", code], cwd=DEPOT.racine, capture_output=True, text=True, check=True
    )
    assert charges.stdout.strip() == "[]"
