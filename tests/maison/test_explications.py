"""Une panne se dit en français, avec sa cause et le geste à faire : jamais le message anglais de la bibliothèque qui l'a levée."""

import errno
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from autograde.carnet.sql import CarnetAbsent, CarnetIndisponible
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecriture_impossible
from grc_helpers.commandes import principal
from grc_helpers.erreurs import ErreurExpliquee
from grc_helpers.explications import Panne, expliquer, reconnaitre
from tests.classe_fictive import DEVOIR, copie_parfaite, deposer

ANGLAIS = "The quick brown fox is locked"


def du_systeme(code: int) -> OSError:
    return OSError(code, ANGLAIS, "copie.ipynb")


def du_carnet(code: int, sorte: type[sqlite3.Error] = sqlite3.OperationalError) -> sqlite3.Error:
    erreur = sorte(ANGLAIS)
    erreur.sqlite_errorcode = code
    return erreur


def directe(panne: BaseException) -> BaseException:
    return panne


def par_sqlalchemy(panne: BaseException) -> BaseException:
    return OperationalError("insert into grade", {}, panne)


def en_s_arretant(panne: BaseException) -> BaseException:
    """Ce que rend une transaction défaite après coup : sa propre plainte cache la première."""
    try:
        try:
            raise panne
        except BaseException:
            raise du_carnet(1)  # noqa: B904 - c'est le cas essayé : « cannot rollback - no transaction is active »
    except sqlite3.Error as erreur:
        return erreur


def par_une_autre(panne: BaseException) -> BaseException:
    autre = RuntimeError(ANGLAIS)
    autre.__cause__ = panne
    return autre


PANNES = st.one_of(
    st.sampled_from(sorted(errno.errorcode)).map(du_systeme),
    st.builds(
        du_carnet,
        st.builds(lambda code, detail: code + 256 * detail, st.integers(1, 28), st.integers(0, 9)),
        st.sampled_from(
            [sqlite3.OperationalError, sqlite3.DatabaseError, sqlite3.ProgrammingError]
        ),
    ),
    st.builds(MemoryError, st.just(ANGLAIS)),
    st.builds(ZeroDivisionError, st.just(ANGLAIS)),
    st.builds(KeyError, st.just(ANGLAIS)),
)
CHEMINS = [directe, par_sqlalchemy, en_s_arretant, par_une_autre]


@given(PANNES, st.sampled_from(CHEMINS))
def test_aucune_panne_ne_parle_anglais(panne, chemin):
    dit = expliquer(chemin(panne))
    assert ANGLAIS not in dit and "sqlalche.me" not in dit and "Errno" not in dit
    assert dit.endswith("puis relancez la même commande.") or "Imprévu (" in dit


@pytest.mark.parametrize("chemin", CHEMINS)
@pytest.mark.parametrize(
    ("panne", "attendue"),
    [
        (du_systeme(errno.ENOSPC), Panne.DISQUE_PLEIN),
        (du_systeme(errno.EDQUOT), Panne.DISQUE_PLEIN),
        (du_systeme(errno.EROFS), Panne.LECTURE_SEULE),
        (du_systeme(errno.EACCES), Panne.REFUS),
        (du_systeme(errno.ENOENT), Panne.ABSENT),
        (du_systeme(errno.ENAMETOOLONG), Panne.NOM_TROP_LONG),
        (du_systeme(errno.EIO), Panne.DISQUE_MUET),
        (du_systeme(errno.EMFILE), Panne.TROP_OUVERT),
        (MemoryError(), Panne.MEMOIRE),
        (du_carnet(sqlite3.SQLITE_FULL), Panne.DISQUE_PLEIN),
        (du_carnet(sqlite3.SQLITE_READONLY_DBMOVED), Panne.LECTURE_SEULE),
        (du_carnet(sqlite3.SQLITE_CANTOPEN), Panne.REFUS),
        (du_carnet(sqlite3.SQLITE_BUSY_SNAPSHOT), Panne.OCCUPE),
        (du_carnet(sqlite3.SQLITE_IOERR_WRITE), Panne.DISQUE_MUET),
        (du_carnet(sqlite3.SQLITE_CORRUPT, sqlite3.DatabaseError), Panne.CARNET_ABIME),
        (du_carnet(sqlite3.SQLITE_NOTADB, sqlite3.DatabaseError), Panne.CARNET_ABIME),
        (du_carnet(sqlite3.SQLITE_ERROR), Panne.CARNET_INCOMPLET),
    ],
    ids=str,
)
def test_la_vraie_cause_est_reconnue_ou_qu_elle_soit(panne, attendue, chemin):
    reconnue = reconnaitre(chemin(panne))
    assert reconnue and reconnue[0] is attendue


@pytest.mark.parametrize(
    "sorte", [ErreurExpliquee, ErreurFormateur, CarnetAbsent, CarnetIndisponible]
)
def test_ce_qui_est_deja_explique_se_dit_tel_quel(sorte):
    assert expliquer(sorte("Le carnet n'est pas là.")) == "Le carnet n'est pas là."


def test_ce_que_personne_n_a_prevu_est_garde_pour_l_equipe(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    try:
        raise KeyError(ANGLAIS)
    except KeyError as erreur:
        dit = expliquer(erreur)
    (detail,) = tmp_path.rglob("*.txt")
    assert dit.startswith("Imprévu (KeyError)") and str(detail) in dit
    assert (
        "Traceback" in detail.read_text(encoding="utf-8")
        and detail.parent.stat().st_mode & 0o077 == 0
    )
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "absent"))
    assert expliquer(KeyError(ANGLAIS)).endswith("Signalez-le à l'équipe du cours.")


@given(st.sampled_from(sorted(errno.errorcode)))
def test_un_fichier_qui_ne_s_ecrit_pas_dit_pourquoi(code):
    panne = du_systeme(code)
    dit = str(ecriture_impossible(Path("notes.csv"), panne))
    reconnue = reconnaitre(panne)
    cause = reconnue[0].cause if reconnue else "fermez-le s'il est ouvert ailleurs"
    assert dit.startswith(f"Impossible d'écrire notes.csv : {cause}") and ANGLAIS not in dit
    assert dit.endswith("puis relancez.")


@pytest.fixture
def cours(tmp_path, monkeypatch):
    """Une copie corrigée, et une nouvelle qui attend."""
    monkeypatch.setenv("GRC_TRAVAIL", str(tmp_path))
    cours = Cours.courant()
    deposer(cours, "léa", copie_parfaite())
    assert principal(["corriger", DEVOIR]) == 0
    deposer(cours, "noé", copie_parfaite())
    return cours


def carnet_bride(monkeypatch, pragma: str) -> None:
    """Le carnet tel que SQLite le voit sur un disque plein, ou qui ne s'écrit pas."""
    from autograde.carnet import sql

    ouvrir = sql._ouvrir_sqlite

    def ouvrir_bride(*arguments):
        connexion, panne = ouvrir(*arguments)
        connexion.execute(pragma)
        return connexion, panne

    monkeypatch.setattr(sql, "_ouvrir_sqlite", ouvrir_bride)


def abimer(cours: Cours, contenu: bytes) -> None:
    (cours.travail / "gradebook.db").write_bytes(contenu)


@pytest.mark.parametrize(
    ("commande", "arrange", "dit"),
    [
        (
            "corriger",
            lambda cours, m: carnet_bride(m, "pragma query_only = 1"),
            "Cet endroit ne se laisse pas écrire",
        ),
        (
            "corriger",
            lambda cours, m: carnet_bride(m, "pragma max_page_count = 1"),
            "Le disque est plein. Ce qui était fait est gardé : libérez de la place, puis relancez",
        ),
        ("journal", lambda cours, m: abimer(cours, b"abc" * 5000), "Le carnet de notes est abîmé"),
        ("notes", lambda cours, m: abimer(cours, b"abc" * 5000), "Le carnet de notes est abîmé"),
    ],
)
def test_une_panne_du_carnet_dit_sa_cause(cours, monkeypatch, capsys, commande, arrange, dit):
    arrange(cours, monkeypatch)
    capsys.readouterr()
    assert principal([commande, DEVOIR]) == 1
    erreur = capsys.readouterr().err
    assert erreur.startswith(dit) and "Imprévu" not in erreur, erreur


@pytest.mark.parametrize("commande", ["corriger", "retours", "notes", "distribuer"])
def test_un_disque_plein_se_dit_et_ne_laisse_aucun_brouillon(cours, monkeypatch, capsys, commande):
    def a_moitie(chemin: Path, octets: bytes) -> int:
        with chemin.open("wb") as ouvert:
            ouvert.write(octets[: len(octets) // 2])
        raise OSError(errno.ENOSPC, ANGLAIS, str(chemin))

    monkeypatch.setattr(Path, "write_bytes", a_moitie)
    capsys.readouterr()
    assert principal([commande, DEVOIR]) == 1
    erreur = capsys.readouterr().err
    assert "le disque est plein. Libérez de la place, puis relancez." in erreur
    assert not list(cours.travail.rglob("*.tmp"))
