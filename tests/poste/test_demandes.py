"""Une demande insensée au serveur du poste (``/grc/…``) reçoit un refus en français : jamais une panne, jamais une trace."""

import json
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.demandes import CHEMINS, CORPS, ENVOIS_INSENSES, en_francais

TP = "s2_tp1_ltv/s2_tp1_ltv.ipynb"


@pytest.fixture(scope="module")
def demander(serveur):
    """Envoie une demande au poste ouvert ; rend le code et ce qui est répondu."""
    base = urlsplit(serveur.adresse)

    def demander(methode: str, chemin: str, corps: bytes | None = None) -> tuple[int, dict]:
        lien = HTTPConnection(base.hostname, base.port, timeout=30)
        lien.request(methode, f"/grc/{chemin}", corps, {"Authorization": f"token {serveur.jeton}"})
        reponse = lien.getresponse()
        return reponse.status, json.loads(reponse.read())

    yield demander
    journal = (serveur.dossier.parent / "journal.txt").read_text(encoding="utf-8")
    assert "Traceback" not in journal and "Uncaught" not in journal, journal


@pytest.mark.parametrize("demande", ["GET cahier", "GET versions", "POST remise"])
@pytest.mark.parametrize(
    ("nom", "code"),
    [
        ("n" * 3_000 + ".ipynb", 400),
        ("a/" * 3_000 + "a.ipynb", 400),
        ("a\0b.ipynb", 400),
        ("ailleurs.txt", 404),
        ("../../etc/passwd.ipynb", 404),
    ],
    ids=["nom long", "chemin long", "signe nul", "pas un notebook", "ailleurs"],
)
def test_un_nom_impossible_est_refuse(demander, demande, nom, code):
    methode, sujet = demande.split()
    recu, reponse = demander(methode, f"{sujet}/{quote(nom)}")
    assert recu == code and en_francais(reponse)


@pytest.mark.parametrize("corps", ENVOIS_INSENSES, ids=range(len(ENVOIS_INSENSES)))
def test_un_envoi_insense_est_refuse(demander, corps):
    recu, reponse = demander("POST", f"versions/{TP}", corps)
    assert recu == 400 and reponse == {"message": "Demande illisible."}


@pytest.mark.parametrize(
    ("corps", "message"),
    [
        (b'{"nom": "L", "groupe": "G"}', "Demande illisible."),
        (b'{"nom": "L", "groupe": "G", "devoir": "../x"}', "Demande illisible."),
        (
            b'{"nom": " ", "groupe": "G", "devoir": "s2_tp1_ltv"}',
            "Indiquez votre nom et votre groupe, puis cliquez de nouveau.",
        ),
    ],
    ids=["sans devoir", "devoir ailleurs", "sans nom"],
)
def test_une_remise_incomplete_est_refusee_et_n_ecrit_rien(demander, serveur, corps, message):
    assert demander("POST", f"remise/{TP}", corps) == (400, {"message": message})
    assert not list(serveur.dossier.glob("s2_tp1_ltv/a_rendre/*"))


def test_une_version_inconnue_et_un_geste_inconnu_se_disent(demander):
    recu, reponse = demander("POST", f"versions/{TP}", b'{"nom": ["x"]}')
    assert (recu, reponse["message"]) == (404, "Cette version n'est plus gardée.")
    recu, reponse = demander("DELETE", f"versions/{TP}")
    assert recu == 405 and en_francais(reponse)


@given(CHEMINS, CORPS, st.sampled_from(["GET", "POST"]), st.sampled_from(["cahier", "versions"]))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_aucune_demande_n_est_une_panne(demander, chemin, corps, methode, sujet):
    recu, reponse = demander(methode, f"{sujet}/x{chemin}", corps if methode == "POST" else None)
    assert recu in (200, 400, 404, 405) and (recu == 200 or en_francais(reponse))
