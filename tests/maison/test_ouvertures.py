"""Chaque commande qui ouvre une page, lancée comme on la tape : elle démarre même sous ``root``, pour cette machine et ce jeton seuls."""

import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from autograde.tableaux.console import projeter
from tests.serveurs import port_libre

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Ctrl + C s'y envoie autrement.")

RACINE = Path(__file__).resolve().parents[2]
ADRESSE = re.compile(r"http://127\.0\.0\.1:\d+/\S*?token=[\w-]+")
PATIENCE = 180

AVEC_UN_PORT = [["ouvrir"], ["ouvrir", "--formateur"], ["tableaux"], ["rapport"]]


@pytest.fixture(autouse=True)
def le_clavier_arrete():
    """Lancés en arrière-plan, les essais héritent d'un Ctrl + C ignoré, et le donneraient aux commandes : il redevient ordinaire."""
    avant = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, avant)


@pytest.fixture
def grc(tmp_path):
    """Lance ``grc`` dans un dossier qui ne contient que le cours ; rend la commande en marche et ce qu'elle écrit."""
    shutil.copytree(RACINE / "course", tmp_path / "course", ignore=shutil.ignore_patterns(".*"))
    (tmp_path / "temporaire").mkdir()
    environnement = os.environ | {
        "GRC_TRAVAIL": str(tmp_path / "travail"),
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path / "temporaire"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "execution"),
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "PYTHONPATH": os.pathsep.join([str(RACINE), os.environ.get("PYTHONPATH", "")]),
    }
    lancees = []

    def lancer(*arguments: str) -> tuple[subprocess.Popen, Path]:
        ecran = tmp_path / "ecran.txt"
        with ecran.open("w", encoding="utf-8") as sortie:
            commande = [sys.executable, "-m", "grc_helpers.lancer", *arguments, "--sans-navigateur"]
            lancees.append(
                subprocess.Popen(
                    commande,
                    cwd=tmp_path,
                    env=environnement,
                    stdin=subprocess.DEVNULL,
                    stdout=sortie,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )
        return lancees[-1], ecran

    yield lancer
    for lancee in lancees:
        if lancee.poll() is None:
            os.killpg(lancee.pid, signal.SIGKILL)
            lancee.wait()


def adresse_affichee(commande: subprocess.Popen, ecran: Path) -> str:
    """L'adresse que la commande montre, jeton compris, une fois que le serveur y répond."""
    fin = time.monotonic() + PATIENCE
    while time.monotonic() < fin and commande.poll() is None:
        trouvee = ADRESSE.search(ecran.read_text(encoding="utf-8"))
        if trouvee and montre(trouvee[0]):
            return trouvee[0]
        time.sleep(0.3)
    pytest.fail(f"la page ne s'est pas ouverte :\n{ecran.read_text(encoding='utf-8')}")


def montre(adresse: str) -> bool:
    """La page s'ouvre-t-elle, lue jusqu'au bout ? Faux si personne n'écoute, si elle est refusée, ou remplacée par celle du jeton."""
    visiteur = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    try:
        with visiteur.open(adresse, timeout=PATIENCE) as reponse:
            reponse.read()
            return reponse.status == 200 and "/login" not in reponse.url
    except OSError:
        return False


def arreter(commande: subprocess.Popen) -> int:
    """Ctrl + C, comme dans une fenêtre : tous les programmes qu'elle a lancés le reçoivent."""
    os.killpg(commande.pid, signal.SIGINT)
    return commande.wait(60)


def machines_servies(commande: subprocess.Popen) -> set[str]:
    """Les adresses où écoutent la commande et ce qu'elle a lancé."""
    programmes = [psutil.Process(commande.pid)]
    programmes += programmes[0].children(recursive=True)
    prises = [prise for programme in programmes for prise in prises_de(programme)]
    return {prise.laddr.ip for prise in prises if prise.status == psutil.CONN_LISTEN}


def prises_de(programme: psutil.Process) -> list:
    """Aucune pour un programme de passage, qui vient de finir."""
    try:
        return programme.net_connections("inet")
    except psutil.NoSuchProcess:
        return []


@pytest.mark.parametrize(
    "arguments",
    [*AVEC_UN_PORT, ["relire", "--formgrader"]],
    ids=lambda arguments: " ".join(arguments),
)
def test_la_page_s_ouvre_pour_ce_jeton_et_cette_machine_puis_se_ferme(grc, tmp_path, arguments):
    port = port_libre() if arguments in AVEC_UN_PORT else None
    commande, ecran = grc(*arguments, *([f"--port={port}"] if port else []))
    adresse = adresse_affichee(commande, ecran)
    assert f":{port}/" in adresse if port else "/formgrader?token=" in adresse
    assert not montre(adresse.partition("?")[0]) and not montre(adresse[:-4] + "faux")
    assert machines_servies(commande) == {"127.0.0.1"}
    assert arreter(commande) == 0
    affiche = ecran.read_text(encoding="utf-8")
    assert "Traceback" not in affiche and "y/[n]" not in affiche and "Interrompu" not in affiche
    assert list((tmp_path / "temporaire").glob("grc-poste-*")) == []


@pytest.mark.parametrize("signal_recu", [signal.SIGTERM, signal.SIGKILL], ids=lambda s: s.name)
@pytest.mark.parametrize("nom", ["tableaux", "rapport"])
def test_la_page_ne_survit_pas_a_la_commande(grc, nom, signal_recu):
    """Tuée seule, sans que rien d'autre ne reçoive le signal : ni Voilà ni ses noyaux ne restent."""
    commande, ecran = grc(nom, f"--port={port_libre()}")
    adresse = adresse_affichee(commande, ecran)
    lances = psutil.Process(commande.pid).children(recursive=True)
    assert lances
    commande.send_signal(signal_recu)
    commande.wait(60)
    _, restent = psutil.wait_procs(lances, timeout=60)
    assert restent == [] and not montre(adresse)
    assert "Traceback" not in ecran.read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [["ouvrir"], ["relire", "--formgrader"]], ids=" ".join)
def test_une_demande_d_arret_ferme_aussi_jupyterlab(grc, arguments):
    commande, ecran = grc(*arguments)
    adresse = adresse_affichee(commande, ecran)
    lances = psutil.Process(commande.pid).children(recursive=True)
    commande.terminate()
    commande.wait(60)
    assert psutil.wait_procs(lances, timeout=60)[1] == [] and not montre(adresse)
    if arguments == ["ouvrir"]:  # la fenêtre noire du stagiaire : trois lignes, en français
        assert ecran.read_text(encoding="utf-8").splitlines() == [
            "Le cours s'ouvre à l'adresse ci-dessous. Laissez cette fenêtre ouverte ; pour arrêter : Ctrl + C.",
            "Si aucune page ne s'ouvre, copiez cette adresse dans le navigateur :",
            f"    {adresse}",
        ]


@pytest.mark.parametrize("nom", ["tableaux", "rapport"])
def test_un_port_pris_est_explique(grc, nom):
    with socket.create_server(("127.0.0.1", 0)) as occupe:
        port = occupe.getsockname()[1]
        commande, ecran = grc(nom, f"--port={port}")
        assert commande.wait(PATIENCE) == 1
    assert ecran.read_text(encoding="utf-8").splitlines()[-1] == (
        f"Le port {port} est déjà pris, peut-être par la même commande dans une autre fenêtre. "
        "Fermez-la, ou choisissez un autre port : --port NUMÉRO."
    )


def test_le_navigateur_s_ouvre_a_l_adresse_affichee_quand_le_serveur_repond(capsys, monkeypatch):
    ouvertes = queue.Queue()
    monkeypatch.setattr("webbrowser.open", ouvertes.put)
    port = port_libre()
    # Un serveur qui tarde, et qui vit le temps d'une visite.
    serveur = (
        "import os, socket, time; time.sleep(1); assert os.environ['JUPYTER_TOKEN'];"
        f"prise = socket.create_server(('127.0.0.1', {port})); prise.accept(); time.sleep(1)"
    )
    code = projeter("Essai", [sys.executable, "-c", serveur], os.environ, port)
    affichee = capsys.readouterr().out
    assert code == 0 and f"Essai : {ouvertes.get(timeout=5)}\n" in affichee
    assert re.search(rf"http://127\.0\.0\.1:{port}/\?token=[\w-]{{32}}\n", affichee)
