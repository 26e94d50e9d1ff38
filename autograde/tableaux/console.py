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
from autograde.page_locale import HOTE
from autograde.tableaux.voila import VARIABLE_SUIVRE, commande_voila, environnement_voila
from grc_helpers.affichage import dire
from grc_helpers.processus import lancer_et_attendre

PORT = 8866


def ouvrir_les_tableaux(cours: Cours, port: int | None, navigateur: bool = True) -> int:
    """Projette les tableaux de bord du cours et attend qu'on les arrête. ``port`` : celui que le formateur impose."""
    port = choisir_le_port(port, PORT)
    commande = commande_voila(cours.distribue / "tableaux_de_bord", port)
    return projeter("Tableaux de bord", commande, environnement_voila(), port, navigateur)


def choisir_le_port(impose: int | None, habituel: int) -> int:
    """Le port imposé, sinon l'habituel, sinon un port libre, et c'est dit. Lève ``ErreurFormateur`` si le port imposé est pris."""
    if impose is not None:
        if _ecoute(impose):
            raise ErreurFormateur(
                f"Le port {impose} est déjà pris, peut-être par la même commande dans une autre fenêtre. "
                "Fermez-la, ou choisissez un autre port : --port NUMÉRO."
            )
        return impose
    if not _ecoute(habituel):
        return habituel
    with socket.socket() as prise:
        prise.bind((HOTE, 0))
        libre = prise.getsockname()[1]
    dire(
        f"Le port {habituel} est déjà pris, peut-être par la même commande dans une autre fenêtre : "
        f"cette page s'ouvre sur le port {libre}."
    )
    return libre


def projeter(
    titre: str,
    commande: list[str],
    environnement: Mapping[str, str],
    port: int,
    navigateur: bool = True,
) -> int:
    """Lance la commande (voir ``commande_voila``) et l'attend. L'adresse porte un jeton neuf : sans lui, Voilà ne montre rien."""
    # Par l'environnement : une ligne de commande se lit depuis tous les comptes de la machine.
    jeton = secrets.token_urlsafe(24)
    adresse = f"http://{HOTE}:{port}/?token={jeton}"
    dire(f"{titre} : {adresse}\nPour arrêter : Ctrl + C.")
    if navigateur:
        threading.Thread(target=_ouvrir_la_page, args=(adresse, port), daemon=True).start()
    secret = {"JUPYTER_TOKEN": jeton, VARIABLE_SUIVRE: "1"}
    return lancer_et_attendre(commande, {**environnement, **secret})


def _ouvrir_la_page(adresse: str, port: int) -> None:
    """Ouvre l'adresse dans le navigateur du poste dès que le serveur répond."""
    while not _ecoute(port):
        time.sleep(0.2)
    webbrowser.open(adresse)


def _ecoute(port: int) -> bool:
    with socket.socket() as prise:
        prise.settimeout(1)
        return prise.connect_ex((HOTE, port)) == 0
