"""``grc tableaux``, et tout ce qui se projette avec Voilà : un serveur pour ce seul poste, une adresse que lui seul connaît, le
navigateur ouvert dessus."""

import secrets
import socket
import threading
import time
import webbrowser
from collections.abc import Mapping

from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.tableaux.voila import commande_voila, environnement_voila
from grc_helpers.affichage import dire
from grc_helpers.processus import lancer_et_attendre

HOTE = "127.0.0.1"


def ouvrir_les_tableaux(cours: Cours, port: int, navigateur: bool = True) -> int:
    """Projette les tableaux de bord du cours et attend qu'on les arrête."""
    commande = commande_voila(cours.distribue / "tableaux_de_bord", port)
    return projeter("Tableaux de bord", commande, environnement_voila(), port, navigateur)


def projeter(
    titre: str,
    commande: list[str],
    environnement: Mapping[str, str],
    port: int,
    navigateur: bool = True,
) -> int:
    """Lance la commande (voir ``commande_voila``) et l'attend. L'adresse porte un jeton neuf : sans lui, Voilà ne montre rien.

    Lève ``ErreurFormateur`` si le port est déjà pris.
    """
    if _ecoute(port):
        raise ErreurFormateur(
            f"Le port {port} est déjà pris, peut-être par la même commande dans une autre fenêtre. "
            "Fermez-la, ou choisissez un autre port : --port NUMÉRO."
        )
    # Par l'environnement : une ligne de commande se lit depuis tous les comptes de la machine.
    jeton = secrets.token_urlsafe(24)
    adresse = f"http://{HOTE}:{port}/?token={jeton}"
    dire(f"{titre} : {adresse}\nPour arrêter : Ctrl + C.")
    if navigateur:
        threading.Thread(target=_ouvrir_la_page, args=(adresse, port), daemon=True).start()
    return lancer_et_attendre(commande, {**environnement, "JUPYTER_TOKEN": jeton})


def _ouvrir_la_page(adresse: str, port: int) -> None:
    """Ouvre l'adresse dans le navigateur du poste dès que le serveur répond."""
    while not _ecoute(port):
        time.sleep(0.2)
    webbrowser.open(adresse)


def _ecoute(port: int) -> bool:
    with socket.socket() as prise:
        prise.settimeout(1)
        return prise.connect_ex((HOTE, port)) == 0
