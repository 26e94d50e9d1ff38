"""La souche : lancée par ``noyaux.py`` (``python -m grc_helpers.dedoublement.souche N``), elle se dédouble à chaque demande.

Une demande arrive par la prise numéro N, avec un lien qui reste ouvert tant que le noyau vit : le serveur y voit sa fin, et le noyau
celle du serveur. La souche s'arrête quand la prise se ferme. Jusqu'au dédoublement, ni fil d'exécution ni boucle.
"""

import gc
import importlib
import json
import os
import random
import signal
import socket
import sys
import threading

PRETE = b"prete"
# 10 Mo par noyau, et personne ici ne débogue.
SANS_EMPLOI = ("debugpy",)
# pandas pèse autant que tout le reste et sert peu : il attend qu'une activité l'emploie.
IMPORTES = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "ipykernel.debugger", "psutil", "sqlite3", "http.server",
    "IPython.core.completerlib", "IPython.core.oinspect", "IPython.extensions.storemagic", "tornado.platform.asyncio", "tornado.queues",
    "grc_helpers.noyau.magies", "grc_helpers.entrainement", "grc_helpers.glossaire.ecran", "grc_helpers.simulateurs.commun",
)  # fmt: skip
TAILLE_MAXIMALE = 1_000_000  # octets d'une demande : surtout les variables d'environnement


def attendre_les_demandes(prise: socket.socket) -> None:
    """Ne revient que dans la souche qui s'arrête, ou dans un noyau qui a fini."""
    _importer_et_dessiner()
    # Le ramasse-miettes ne touche plus à ce qui est déjà là : la mémoire reste commune à tous les noyaux.
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        prise.send(PRETE)
    except OSError:  # le serveur s'est arrêté avant que la souche soit prête
        return
    while True:
        try:
            message, descripteurs, *_ = socket.recv_fds(prise, TAILLE_MAXIMALE, 1)
        except OSError:
            return
        if not message:
            return
        lien = socket.socket(fileno=descripteurs[0])
        if os.fork() == 0:
            prise.close()
            _devenir_un_noyau(json.loads(message), lien)
            return
        lien.close()


def _importer_et_dessiner() -> None:
    """Ce qu'un noyau charge d'ordinaire, de son démarrage à sa première figure."""
    for module in SANS_EMPLOI:
        sys.modules[module] = None  # type: ignore[assignment]
    for module in IMPORTES:
        importlib.import_module(module)
    from grc_helpers.figures.accessible import figure_html, nouvelle_figure

    figure, axes = nouvelle_figure()
    axes.plot([1, 2, 3])
    figure_html(figure, "Une figure à blanc.", "Les polices sont lues.")


def _devenir_un_noyau(demande: dict, lien: socket.socket) -> None:
    import numpy
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(demande["environnement"])
    os.chdir(demande["dossier"])
    random.seed()
    numpy.random.seed()
    lien.set_inheritable(False)
    lien.send(str(os.getpid()).encode())
    threading.Thread(target=_suivre_le_serveur, args=(lien,), daemon=True).start()
    # 1 : le noyau n'a pas à guetter son parent, qui est la souche et non le serveur.
    IPKernelApp.launch_instance([*demande["arguments"], "--IPKernelApp.parent_handle=1"])


def _suivre_le_serveur(lien: socket.socket) -> None:
    """Le serveur disparu, son bout du lien se ferme : le noyau s'éteint aussitôt."""
    try:
        lien.recv(1)
    finally:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    attendre_les_demandes(socket.socket(fileno=int(sys.argv[1])))
