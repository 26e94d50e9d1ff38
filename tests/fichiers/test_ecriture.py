"""Tout ce que le cours écrit l'est en entier ou pas du tout, par le même chemin, et un échec se dit en une phrase."""

import ast
import errno
import os
from datetime import datetime
from pathlib import Path

import pytest

from autograde.apprentissage.journal import journal_ouvert
from autograde.collecte.registre import Ligne, Registre
from autograde.correction.classe import corriger_la_classe
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from grc_helpers.commandes import principal
from grc_helpers.ecriture import remplacer
from tests.classe_fictive import DEPOT, DEVOIR, copie_parfaite, deposer

# Les seuls fichiers qui s'écrivent autrement, et pourquoi.
AUTREMENT = {
    "grc_helpers/ecriture.py": "l'écriture elle-même",
    "grc_helpers/installation.py": "le journal, que remplissent les outils de Python",
    "grc_helpers/poste/serveur.py": "un dossier neuf, effacé à la fermeture",
    "autograde/apprentissage/fichier.py": "un dossier neuf, effacé aussitôt relu",
    "autograde/apprentissage/journal.py": "un journal ne se remplace pas, il s'allonge",
    "autograde/collecte/registre.py": "un registre ne se remplace pas, il s'allonge",
}


@pytest.fixture
def fichier(tmp_path) -> Path:
    chemin = tmp_path / "dossier" / "notes.csv"
    remplacer(chemin, "avant\r\nà moi")
    return chemin


def seul(fichier: Path, contenu: bytes) -> bool:
    """Le fichier a ce contenu, et rien ne traîne à côté."""
    return fichier.read_bytes() == contenu and list(fichier.parent.iterdir()) == [fichier]


def test_le_contenu_s_ecrit_tel_quel(fichier):
    assert seul(fichier, "avant\r\nà moi".encode())
    remplacer(fichier, b"\xff\x00")
    assert seul(fichier, b"\xff\x00")
    remplacer(fichier, "un demi-emoji \ud83d")
    assert seul(fichier, b"un demi-emoji ?")


def test_le_fichier_porte_la_date_demandee(fichier):
    rendu = datetime(2026, 11, 24, 10, 42, 5)
    remplacer(fichier, "après", rendu)
    assert datetime.fromtimestamp(fichier.stat().st_mtime) == rendu


@pytest.mark.skipif(os.name == "nt", reason="Windows n'a pas ces droits.")
def test_le_fichier_se_lit_comme_tout_autre_fichier_du_dossier(fichier):
    """Un dossier partagé par deux formateurs : le fichier n'est pas réservé à qui l'a écrit."""
    ordinaire = fichier.with_name("ordinaire.txt")
    ordinaire.touch()
    assert fichier.stat().st_mode == ordinaire.stat().st_mode


@pytest.mark.parametrize("coupure", [OSError(errno.ENOSPC, "plein"), KeyboardInterrupt()])
@pytest.mark.parametrize("moment", ["Path.write_bytes", "os.replace"])
def test_coupe_au_milieu_l_ancien_reste_entier(fichier, monkeypatch, moment, coupure):
    def couper(*_):
        raise coupure

    monkeypatch.setattr(f"grc_helpers.ecriture.{moment}", couper)
    with pytest.raises(type(coupure)):
        remplacer(fichier, "après")
    monkeypatch.undo()
    assert seul(fichier, "avant\r\nà moi".encode())


@pytest.mark.parametrize(
    ("commande", "occupe"),
    [
        ("notes", f"notes/{DEVOIR}.csv"),
        ("notes", f"notes/{DEVOIR}.xlsx"),
        ("notes", "notes/synthese.xlsx"),
        ("retours", f"retours/{DEVOIR}/léa.html"),
        ("retours", f"retours/{DEVOIR}_moodle.zip"),
        ("distribuer", f"a_distribuer/gestion_relation_client_{DEVOIR}.zip"),
        ("corriger", f"autograded/noé/{DEVOIR}/{DEVOIR}.ipynb"),
    ],
)
def test_un_fichier_qui_ne_s_ecrit_pas_se_dit_partout_pareil(
    tmp_path, monkeypatch, capsys, commande, occupe
):
    monkeypatch.setenv("GRC_TRAVAIL", str(tmp_path))
    cours = Cours.courant()
    deposer(cours, "léa", copie_parfaite())
    list(corriger_la_classe(cours, DEVOIR))
    deposer(cours, "noé", copie_parfaite())
    (tmp_path / occupe).mkdir(parents=True)  # un dossier ne se remplace pas par un fichier
    assert principal([commande, DEVOIR]) == 1
    erreur = " ".join(capsys.readouterr().err.split())
    assert (
        erreur
        == f"Impossible d'écrire {tmp_path / occupe} : fermez-le s'il est ouvert ailleurs, puis relancez."
    )


def test_un_journal_qui_ne_s_ecrit_pas_se_dit_de_meme(tmp_path):
    ligne = Ligne("10 h 42", "léa", DEVOIR, "archive.zip", "son nom", "", "")
    cours = Cours(travail=tmp_path)
    fichier = cours.ramassage / "registre.csv"
    registre = Registre(cours)
    fichier.mkdir(parents=True)  # un dossier à la place du fichier
    with pytest.raises(ErreurFormateur) as du_registre:
        registre.ajouter(ligne)
    with pytest.raises(ErreurFormateur) as du_journal, journal_ouvert(fichier):
        pass
    assert (
        str(du_registre.value)
        == str(du_journal.value)
        == (f"Impossible d'écrire {fichier} : fermez-le s'il est ouvert ailleurs, puis relancez.")
    )


def ecrit_a_nu(code: str) -> bool:
    """Ce code ouvre-t-il lui-même un fichier pour y écrire ?"""
    for appel in ast.walk(ast.parse(code)):
        if not isinstance(appel, ast.Call):
            continue
        nom = getattr(appel.func, "attr", getattr(appel.func, "id", ""))
        modes = {a.value for a in appel.args[:2] if isinstance(a, ast.Constant)}
        if nom in ("write_text", "write_bytes", "mkstemp"):
            return True
        if nom == "open" and any(str(mode)[:1] in "wax" for mode in modes if mode):
            return True
    return False


@pytest.mark.parametrize(
    ("code", "nu"),
    [
        ("chemin.write_text('x')", True),
        ("open('notes.csv', 'w')", True),
        ("chemin.open('ab')", True),
        ("chemin.open(encoding='utf-8')", False),
        ("ecrire_en_entier(chemin, 'x')", False),
    ],
)
def test_le_temoin(code, nu):
    assert ecrit_a_nu(code) is nu


def test_personne_n_ecrit_autrement():
    nus = {
        fichier.relative_to(DEPOT.racine).as_posix()
        for paquet in ("autograde", "grc_helpers")
        for fichier in (DEPOT.racine / paquet).rglob("*.py")
        if ecrit_a_nu(fichier.read_text(encoding="utf-8"))
    }
    assert nus == set(AUTREMENT)
