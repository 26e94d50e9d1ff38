"""Les données de la classe sortent du code sans que rien ne se perde : quoi qu'il arrive, à quelque moment que ce soit."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from autograde.emplacement import demenagement
from autograde.emplacement.demenagement import demenager
from autograde.erreurs import ErreurFormateur
from tests.classe_fictive import DEPOT

DONNEES = {
    "submitted/léa/tp/tp.ipynb": "{}",
    "submitted/léa/tp/essai.py": "print('joint à la copie')",
    "ramassage/registre.csv": "léa",
    "ramassage/liste_de_classe.csv": "Léa",
    "a_distribuer/tp.zip": "PK",
    "autograded/léa/tp/tp.ipynb": "{}",
    "feedback/léa/tp/tp.html": "<p>",
    "retours/tp/léa.html": "<p>",
    "notes/tp.csv": "18",
    "notes/mon_calcul.py": "# celui du formateur",
    "decisions/tp.yml": "q1: []",
    "decisions/.tp.yml.verrou": "",
    "commentaires.yml": "[]",
    "demo/submitted/amel/tp/tp.ipynb": "{}",
    "gradebook.db.2026-09-01": "une sauvegarde de nbgrader",
}
CODE = {
    "__init__.py": "",
    "commandes.py": "# du code",
    "notation/__init__.py": "",
    "demonstration/__init__.py": "",
    "demonstration/copies.py": "# du code",
    "gradebook.py": "# du code",
}
# Un formateur déménage ; au n-ième élément, le courant se coupe, avant ou après que le disque ait renommé.
COUPEE = """
import os, signal, sys
from pathlib import Path
from autograde.emplacement import demenagement
n, apres = int(sys.argv[3]), sys.argv[4] == "après"
vrai, passages = os.rename, 0
def coupe(*chemins):
    global passages
    passages += 1
    if passages == n:
        if apres:
            vrai(*chemins)
        os.kill(os.getpid(), signal.SIGKILL)
    vrai(*chemins)
os.rename = coupe
demenagement.demenager(Path(sys.argv[1]), Path(sys.argv[2]))
"""
DEMENAGER = """
import sys
from pathlib import Path
from autograde.emplacement.demenagement import demenager
print(",".join(demenager(Path(sys.argv[1]), Path(sys.argv[2]))))
"""


@pytest.fixture
def ancien(tmp_path) -> Path:
    """Le dossier du code, où la classe est encore éparse, avec un vrai carnet."""
    dossier = tmp_path / "autograde"
    ecrire(dossier, DONNEES | CODE)
    with closing(sqlite3.connect(dossier / "gradebook.db")) as carnet, carnet:
        carnet.execute("create table note (stagiaire, points)")
        carnet.execute("insert into note values ('léa', 18.5)")
    return dossier


def ecrire(dossier: Path, fichiers: dict[str, str]) -> None:
    for nom, texte in fichiers.items():
        (dossier / nom).parent.mkdir(parents=True, exist_ok=True)
        (dossier / nom).write_text(texte, encoding="utf-8")


def contenu(dossier: Path) -> dict[str, tuple[bytes, int]]:
    """Chaque fichier, ses octets et sa date ; sauf le verrou, qui n'est à personne."""
    return {
        f.relative_to(dossier).as_posix(): (f.read_bytes(), f.stat().st_mtime_ns)
        for f in dossier.rglob("*")
        if f.is_file() and f.name != demenagement._VERROU
    }


def attendu(avant: dict, dossier: str = "classe") -> dict:
    """Ce que devient chaque fichier : le code reste, la classe passe dans son dossier, la vieille démonstration y change de nom."""
    return {
        nom if nom in CODE else f"{dossier}/" + nom.replace("demo/", "demo_d_avant/", 1): octets
        for nom, octets in avant.items()
    }


def lancer(code: str, ancien: Path, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(ancien), str(ancien / "classe"), *arguments],
        cwd=DEPOT.racine,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def elements() -> list[str]:
    return sorted({nom.split("/")[0] for nom in DONNEES} | {"gradebook.db"})


def notes(carnet: Path) -> list[tuple]:
    with closing(sqlite3.connect(carnet)) as ouvert:
        return ouvert.execute("select * from note").fetchall()


def test_tout_ce_qui_est_a_la_classe_demenage_et_rien_d_autre(ancien):
    avant = contenu(ancien)
    assert sorted(demenager(ancien, ancien / "classe")) == elements()
    assert contenu(ancien) == attendu(avant)
    assert {f.name for f in ancien.iterdir()} == {nom.split("/")[0] for nom in CODE} | {"classe"}
    assert demenager(ancien, ancien / "classe") == [], "une seule fois"


def test_sans_rien_a_demenager_rien_n_est_cree(tmp_path):
    ecrire(tmp_path, CODE)
    assert demenager(tmp_path, tmp_path / "classe") == []
    assert set(contenu(tmp_path)) == set(CODE) and not (tmp_path / "classe").exists()


@pytest.mark.parametrize("nom", ["demo", "notes", "ramassage", "decisions"])
@pytest.mark.parametrize("trace", ["__init__.py", "__pycache__/x.pyc"])
def test_un_paquet_python_qui_porte_un_de_ces_noms_ne_bouge_pas(tmp_path, nom, trace):
    ecrire(tmp_path, CODE | {f"{nom}/{trace}": "", f"{nom}/x.py": "# du code"})
    avant = contenu(tmp_path)
    assert demenager(tmp_path, tmp_path / "classe") == []
    assert contenu(tmp_path) == avant


@pytest.mark.parametrize("moment", ["avant", "après"])
def test_coupe_net_a_chaque_element_il_reprend(ancien, tmp_path, moment):
    avant = contenu(ancien)
    for n in range(1, len(elements()) + 1):
        coupe = tmp_path / f"{n}_{moment}" / "autograde"
        coupe.parent.mkdir()
        subprocess.run(["cp", "-a", str(ancien), str(coupe)], check=True)
        processus = lancer(COUPEE, coupe, str(n), moment)
        processus.communicate(timeout=60)
        assert processus.returncode == -signal.SIGKILL
        au_milieu = contenu(coupe)
        assert sorted(octets for octets in au_milieu.values()) == sorted(avant.values())
        assert len(list((coupe / "classe").glob("[!.]*"))) == n - (moment == "avant")
        demenager(coupe, coupe / "classe")
        assert contenu(coupe) == attendu(avant)


def test_six_commandes_en_meme_temps_ne_se_genent_pas(ancien):
    avant = contenu(ancien)
    ensemble = [lancer(DEMENAGER, ancien) for _ in range(6)]
    sorties = [processus.communicate(timeout=120)[0].strip() for processus in ensemble]
    assert [processus.returncode for processus in ensemble] == [0] * 6, sorties
    assert sorted(nom for sortie in sorties for nom in sortie.split(",") if nom) == elements()
    assert contenu(ancien) == attendu(avant)


@pytest.mark.parametrize(
    ("panne", "explication"),
    [
        (errno.ENOSPC, "le disque est plein"),
        (errno.EACCES, "le dossier est protégé, ou un fichier est ouvert dans un autre programme"),
        (errno.EROFS, "le disque est protégé contre l'écriture"),
        (errno.EXDEV, "les deux dossiers ne sont pas sur le même disque, déplacez-le vous-même"),
    ],
)
@pytest.mark.parametrize("rang", [0, 4, 11])
def test_refuse_par_le_disque_l_ancien_dossier_reste_entier(
    ancien, monkeypatch, panne, explication, rang
):
    avant, vrai, demandes = contenu(ancien), os.rename, []

    def refuser(depart, arrivee):
        demandes.append(depart)
        if demandes.index(depart) == rang:
            raise OSError(panne, os.strerror(panne), str(depart))
        vrai(depart, arrivee)

    monkeypatch.setattr(os, "rename", refuser)
    with pytest.raises(ErreurFormateur) as erreur:
        demenager(ancien, ancien / "classe")
    message = str(erreur.value)
    assert explication in message and demandes[rang].name in message and str(ancien) in message
    assert "Rien n'est perdu" in message
    assert contenu(ancien) == avant
    monkeypatch.undo()
    demenager(ancien, ancien / "classe")
    assert contenu(ancien) == attendu(avant)


def test_un_dossier_ou_rien_ne_peut_se_creer_est_explique(ancien):
    avant = contenu(ancien)
    (ancien / "classe").write_text("un fichier à la place du dossier", encoding="utf-8")
    with pytest.raises(ErreurFormateur, match="classe, un fichier porte le nom de ce dossier"):
        demenager(ancien, ancien / "classe")
    (ancien / "classe").unlink()
    assert contenu(ancien) == avant


def test_ce_qui_est_aux_deux_endroits_n_est_ni_melange_ni_ecrase(ancien):
    ecrire(ancien / "classe", {"gradebook.db": "un autre carnet", "notes/tp.csv": "12"})
    avant = contenu(ancien)
    with pytest.raises(ErreurFormateur, match="à deux endroits, .* : notes, gradebook.db. Rien"):
        demenager(ancien, ancien / "classe")
    assert contenu(ancien) == avant


# --- Le carnet ------------------------------------------------------------------------------------------------------------------------

# Un programme écrit au carnet et s'arrête net ; « garde » dit ce qu'il laisse à côté du fichier.
ECRIRE_ET_MOURIR = """
import os, sqlite3, sys
carnet = sqlite3.connect(sys.argv[1], isolation_level=None)
if sys.argv[2] == "wal":
    carnet.execute("pragma journal_mode = wal")
    carnet.execute("insert into note values ('tom', 12)")
else:
    carnet.execute("pragma cache_size = 1")
    carnet.execute("begin")
    for rang in range(2000):
        carnet.execute("insert into note values (?, 0)", ("x" * 200 + str(rang),))
os._exit(0)
"""


@pytest.mark.parametrize(
    ("sorte", "reste", "gardees"),
    [
        ("wal", "gradebook.db-wal", [("léa", 18.5), ("tom", 12)]),
        ("journal", "gradebook.db-journal", [("léa", 18.5)]),
    ],
)
def test_le_carnet_part_d_un_bloc_avec_ce_que_sqlite_garde_a_cote(ancien, sorte, reste, gardees):
    """Ce qui était écrit l'est encore ; une écriture coupée au milieu est défaite, comme SQLite l'aurait fait sur place."""
    subprocess.run([sys.executable, "-c", ECRIRE_ET_MOURIR, ancien / "gradebook.db", sorte])
    assert (ancien / reste).stat().st_size > 0
    demenager(ancien, ancien / "classe")
    assert notes(ancien / "classe" / "gradebook.db") == gardees
    assert not list(ancien.glob("gradebook.db*"))


def test_un_carnet_ou_l_on_ecrit_n_est_pas_deplace(ancien, monkeypatch):
    monkeypatch.setattr(demenagement, "_ATTENTE", 0.1)
    avant = contenu(ancien)
    with closing(sqlite3.connect(ancien / "gradebook.db", isolation_level=None)) as formgrader:
        formgrader.execute("begin immediate")
        with pytest.raises(ErreurFormateur, match="le carnet est ouvert dans un autre programme"):
            demenager(ancien, ancien / "classe")
        formgrader.execute("rollback")
    assert contenu(ancien) == avant


def test_un_carnet_wal_ouvert_ailleurs_n_est_pas_deplace(ancien):
    with closing(sqlite3.connect(ancien / "gradebook.db", isolation_level=None)) as formgrader:
        formgrader.execute("pragma journal_mode = wal")
        formgrader.execute("insert into note values ('tom', 12)")
        with pytest.raises(ErreurFormateur, match="le carnet est ouvert dans un autre programme"):
            demenager(ancien, ancien / "classe")
        assert (ancien / "gradebook.db").is_file() and (ancien / "submitted").is_dir()
    demenager(ancien, ancien / "classe")
    assert notes(ancien / "classe" / "gradebook.db") == [("léa", 18.5), ("tom", 12)]


def test_un_carnet_abime_se_deplace_comme_il_est(ancien):
    ecrire(ancien, {"gradebook.db": "ceci n'est pas un carnet " * 50, "gradebook.db-journal": "x"})
    avant = contenu(ancien)
    demenager(ancien, ancien / "classe")
    assert contenu(ancien) == attendu(avant)


def test_un_lien_vers_un_autre_disque_designe_toujours_le_meme_dossier(ancien, tmp_path):
    ecrire(tmp_path / "nas", {"léa/tp/tp.ipynb": "{}"})
    (ancien / "retours").rename(ancien.parent / "retours_du_nas")
    (ancien / "retours").symlink_to("../retours_du_nas")
    demenager(ancien, ancien / "classe")
    arrive = ancien / "classe" / "retours"
    assert arrive.is_symlink() and (arrive / "tp" / "léa.html").read_text() == "<p>"
    assert not os.path.lexists(ancien / "retours")
