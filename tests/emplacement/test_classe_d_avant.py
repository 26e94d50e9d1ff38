"""Une vraie classe, écrite parmi le code comme avant : ramassée, corrigée, décidée, notée à la main. Après une commande, tout est là."""

import json
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from autograde.carnet.api import ouvrir
from autograde.correction.classe import corriger_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.demonstration.dossier import TEMOIN
from autograde.relecture.banque import fichier_de_la_banque, garder
from autograde.relecture.seance import SeanceDeRelecture
from grc_helpers.commandes import principal
from tests.classe_fictive import DEVOIR, copie_a_relire, copie_avec, copie_parfaite
from tests.depot_copie import copier_le_depot, grc, lancer

QUESTION, NOMBRE = "s2_tp1_q3", "s2_tp1_q0"
ELEMENTS = {
    "submitted",
    "ramassage",
    "a_distribuer",
    "autograded",
    "retours",
    "notes",
    "decisions",
    "commentaires.yml",
    "demo",
    "gradebook.db",
}


@pytest.fixture(scope="module")
def avant(tmp_path_factory) -> Path:
    """Un dépôt dont le dossier ``autograde`` contient le code et, mêlées à lui, les données d'une classe."""
    base = tmp_path_factory.mktemp("avant")
    depot = copier_le_depot(base / "depot")
    cours = Cours(travail=depot / "autograde")
    with pytest.MonkeyPatch.context() as ici:
        ici.setenv("GRC_TRAVAIL", str(cours.travail))
        for commande in (
            ["ramasser", *archive_de_moodle(base), "--liste", str(liste_de_classe(base))],
            ["corriger"],
            ["distribuer", "s0_prise_en_main"],
            ["demo", "--devoirs", "s0_prise_en_main", "--classe", "1"],
        ):
            assert principal(commande) == 0
        relire(cours)
        for commande in (["corriger"], ["retours"], ["notes"]):
            assert principal(commande) == 0
    # La démonstration d'avant n'était pas marquée.
    (cours.travail / "demo" / TEMOIN).unlink()
    assert {f.name for f in cours.travail.iterdir()} >= ELEMENTS
    return depot


def archive_de_moodle(base: Path) -> list[str]:
    copies = {
        "Léa Petit_101_assignsubmission_file/tp.ipynb": copie_parfaite(),
        "Hugo Martin_102_assignsubmission_file/tp.ipynb": copie_a_relire(),
        "Inès Alami_103_assignsubmission_file/tp.ipynb": copie_avec({NOMBRE: "399"}),
        "Inconnu/tp.ipynb": copie_avec({NOMBRE: "12"}),
    }
    with zipfile.ZipFile(base / "tp.zip", "w") as archive:
        for nom, copie in copies.items():
            archive.writestr(nom, json.dumps(copie, ensure_ascii=False))
    return [str(base / "tp.zip"), DEVOIR]


def liste_de_classe(base: Path) -> Path:
    fichier = base / "classe.csv"
    fichier.write_text(
        "Prénom,Nom de famille,Adresse de courriel\nLéa,Petit,l@i.ma\nHugo,Martin,h@i.ma\nInès,Alami,i@i.ma\nSans,Copie,s@i.ma\n",
        encoding="utf-8",
    )
    return fichier


def relire(cours: Cours) -> None:
    """Le formateur décide d'une idée, met une note à la main, écrit un commentaire et le garde."""
    seance = SeanceDeRelecture(
        cours, charger_devoir(cours, DEVOIR), corriger_la_classe(cours, DEVOIR)
    )
    redigee = de_qui(seance, QUESTION, "martin_hugo")
    seance.decider(redigee, next(iter(seance.devoir.bareme[QUESTION].criteres)), 0.5)
    seance.noter(de_qui(seance, NOMBRE, "alami_ines"), "0,25")
    seance.commenter(redigee, "Belle image.")
    garder(fichier_de_la_banque(cours), QUESTION, "Belle image.")


def de_qui(seance: SeanceDeRelecture, question: str, stagiaire: str) -> str:
    return next(g.identifiant for g in seance.groupes[question] if stagiaire in g.copies)


def contenu(dossier: Path) -> dict[str, tuple[bytes, int]]:
    return {
        f.relative_to(dossier).as_posix(): (f.read_bytes(), f.stat().st_mtime_ns)
        for f in dossier.rglob("*")
        if f.is_file() and "__pycache__" not in f.parts and f.name != ".demenagement.verrou"
    }


def attendu(contenu_d_avant: dict) -> dict:
    """Le code à sa place ; chaque donnée dans ``classe/``, octet pour octet et à sa date."""
    return {
        f"classe/{nom}".replace("classe/demo/", "classe/demo_d_avant/")
        if nom.split("/")[0] in ELEMENTS
        else nom: octets
        for nom, octets in contenu_d_avant.items()
    }


def carnet(fichier: Path) -> dict[str, list[tuple]]:
    """Toutes les lignes de toutes les tables."""
    with closing(sqlite3.connect(fichier)) as base:
        tables = [
            nom for (nom,) in base.execute("select name from sqlite_master where type='table'")
        ]
        return {nom: sorted(map(repr, base.execute(f'select * from "{nom}"'))) for nom in tables}


@pytest.fixture
def depot(avant, tmp_path) -> Path:
    """Une copie de ce dépôt, à ses dates, où déménager."""
    subprocess.run(["cp", "-a", str(avant), str(tmp_path / "depot")], check=True)
    return tmp_path / "depot"


@pytest.mark.parametrize("commande", [["classe"], ["journal", DEVOIR], ["verifier-bareme", DEVOIR]])
def test_une_commande_deplace_tout_sans_rien_changer(depot, commande):
    fichiers = contenu(depot / "autograde")
    dit = grc(depot, *commande)
    assert contenu(depot / "autograde") == attendu(fichiers)
    assert f"maintenant leur dossier : {depot / 'autograde' / 'classe'}\n" in dit
    assert all(element in dit for element in ELEMENTS)
    assert "maintenant leur dossier" not in grc(depot, *commande)


def test_la_commande_nbgrader_deplace_aussi(depot):
    fichiers = contenu(depot / "autograde")
    fini = lancer(depot, "nbgrader", "db", "student", "list", ici="autograde")
    assert "Petit, Léa" in fini.stdout, fini.stdout + fini.stderr
    assert contenu(depot / "autograde") == attendu(fichiers)


def test_le_travail_du_formateur_continue_ou_il_en_etait(depot, tmp_path):
    classe = depot / "autograde" / "classe"
    au_carnet = carnet(depot / "autograde" / "gradebook.db")
    fichiers = attendu(contenu(depot / "autograde"))
    grc(depot, "corriger")
    assert carnet(classe / "gradebook.db") == au_carnet
    corrigees = {nom for nom in fichiers if "/autograded/" in nom}
    assert {nom: contenu(depot / "autograde")[nom] for nom in corrigees} == {
        nom: fichiers[nom] for nom in corrigees
    }, "rien n'était à recorriger"

    cours = Cours(travail=classe)
    with ouvrir(cours) as ouvert:
        manuelle = ouvert.find_grade(f"{NOMBRE}_test", DEVOIR, DEVOIR, "alami_ines")
        commentaire = ouvert.find_comment(QUESTION, DEVOIR, DEVOIR, "martin_hugo").manual_comment
        assert (manuelle.manual_score, commentaire) == (0.25, "Belle image.")
        assert {s.id for s in ouvert.students} >= {"petit_lea", "martin_hugo", "alami_ines"}
    assert charger_devoir(cours, DEVOIR).decisions.par_question[QUESTION]

    grc(depot, "notes")
    grc(depot, "retours")
    maintenant = contenu(depot / "autograde")
    rendus = {
        nom
        for nom in fichiers
        if nom.startswith(("classe/notes/", "classe/retours/"))
        and nom.endswith((".csv", ".html"))
        and "moodle_evaluation" not in nom  # elle dit à quelle minute les notes sortent
    }
    assert len(rendus) >= 6
    assert {nom: maintenant[nom][0] for nom in rendus} == {nom: fichiers[nom][0] for nom in rendus}
    dit = grc(depot, "ramasser", *archive_de_moodle(tmp_path))
    assert "0 fichier rangé" in dit and "À préciser : 1 copie" in dit
