"""La fenêtre noire du poste : ce que Jupyter y écrit en anglais se tait, ou se dit en français."""

import logging
from collections.abc import Callable

from grc_helpers.affichage import dire

ADRESSE = "To access the server"
# Ce que Jupyter dit d'une fermeture demandée : la commande l'a déjà dit.
_FERMETURES = ("received signal", "Shutdown confirmed", "Shutting down", "interrupted")


class EnFrancais(logging.Filter):
    """Laisse passer les pannes ; l'adresse du cours est redite en français, une fermeture ne se dit pas.

    >>> dit = EnFrancais(lambda: "http://127.0.0.1:8888/lab")
    >>> def passe(message): return dit.filter(logging.makeLogRecord({"msg": message}))
    >>> passe("To access the server, open this file in a browser:")
    Si aucune page ne s'ouvre, copiez cette adresse dans le navigateur :
        http://127.0.0.1:8888/lab
    False
    >>> passe("received signal %s, stopping"), passe("disque plein")
    (False, True)
    """

    def __init__(self, adresse: Callable[[], str]):
        super().__init__()
        self._adresse = adresse

    def filter(self, record: logging.LogRecord) -> bool:
        message = str(record.msg).strip()
        if message.startswith(ADRESSE):
            dire(
                "Si aucune page ne s'ouvre, copiez cette adresse dans le navigateur :",
                f"    {self._adresse()}",
            )
            return False
        return not message.startswith(_FERMETURES)
