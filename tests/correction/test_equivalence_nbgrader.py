"""Les mêmes copies reçoivent les mêmes notes, que la correction soit la nôtre ou celle d'un nbgrader sans nos réglages.

nbgrader produit alors lui-même le devoir, exécute les notebooks dans un noyau et lit le résultat des cellules de test.
"""

import json
import shutil
from itertools import islice

import pytest

from autograde.correction.classe import corriger_la_classe
from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import clients_entiers, erreur_suivie, moyenne, vide
from tests.classe_fictive import (
    DEPOT,
    DEVOIR,
    copie_parfaite,
    copies_des_essais,
    deposer,
    nbgrader_cli,
    notes_du_carnet,
)

# Chaque copie occupe un noyau quatre secondes. Les premiers essais de chaque question suffisent : les suivants n'éprouvent que le moteur de
# prose, que les deux chemins appellent de la même façon et que les essais du barème comparent déjà à la note due.
COPIES_DES_ESSAIS = 8

REGLAGES_DE_BASE = """
c = get_config()
c.CourseDirectory.root = {racine!r}
c.CourseDirectory.source_directory = {source!r}
c.CourseDirectory.ignore = ["*.yml"]
"""


@pytest.fixture(scope="module")
def cours(tmp_path_factory, carnet_neuf) -> Cours:
    """Un dossier de travail avec une classe dont nbgrader sait exécuter toutes les copies."""
    cours = Cours(travail=tmp_path_factory.mktemp("equivalence"), carnet=carnet_neuf())
    essais = islice(copies_des_essais().items(), COPIES_DES_ESSAIS)
    classe = dict(essais) | {"parfaite": copie_parfaite()}
    classe |= {
        f.__name__: json.loads(f(copie_parfaite(), DEVOIR)[1])
        for f in (clients_entiers, moyenne, erreur_suivie, vide)
    }
    assert len(classe) >= 12
    for stagiaire, copie in classe.items():
        deposer(cours, stagiaire, copie)
    return cours


@pytest.fixture(scope="module")
def nos_notes(cours):
    corrigees = list(corriger_la_classe(cours, DEVOIR))
    assert all(not corrigee.motif for corrigee in corrigees)
    return notes_du_carnet(cours.db_url)


def test_memes_notes_que_nbgrader_sans_nos_reglages(cours, nos_notes, tmp_path):
    (tmp_path / "nbgrader_config.py").write_text(
        REGLAGES_DE_BASE.format(racine=str(tmp_path), source=str(DEPOT.solutions))
    )
    shutil.copytree(cours.remises, tmp_path / "submitted")
    for commande in ("generate_assignment", "autograde"):
        sortie = nbgrader_cli(tmp_path, commande, DEVOIR)
        assert sortie.returncode == 0, sortie.stderr[-3000:]
    de_base = notes_du_carnet(f"sqlite:///{tmp_path}/gradebook.db")
    assert {
        s: {q: note or 0 for q, (note, _) in notes.items()} for s, notes in nos_notes.items()
    } == {s: {q: note for q, (note, _) in notes.items()} for s, notes in de_base.items()}
    assert len({tuple(notes.values()) for notes in de_base.values()}) >= 10, (
        "les copies se ressemblent trop pour prouver quelque chose"
    )


def test_memes_notes_par_la_commande_nbgrader_avec_nos_reglages(
    cours, nos_notes, carnet_neuf, tmp_path
):
    """Le chemin du bouton de formgrader : nbgrader, nos préprocesseurs, pas de noyau."""
    travail = tmp_path / "travail"
    travail.mkdir()
    ailleurs = Cours(travail=travail, carnet=carnet_neuf())
    shutil.copytree(cours.remises, travail / "submitted")
    for commande in ("generate_assignment", "autograde"):
        if commande == "generate_assignment":
            arguments = [
                commande,
                DEVOIR,
                "--force",
                f"--CourseDirectory.release_directory={tmp_path / 'course'}",
            ]
        else:
            arguments = [commande, DEVOIR]
        sortie = nbgrader_cli(DEPOT.racine / "autograde", *arguments, **ailleurs.environnement)
        assert sortie.returncode == 0, sortie.stderr[-3000:]
    assert notes_du_carnet(ailleurs.db_url) == nos_notes
