"""Voilà, pour ce seul poste : chaque demande est contrôlée (adresse, origine, jeton), et il s'arrête avec la commande qui l'a lancé.

Lancé par ``python -m autograde.tableaux.serveur``, avec les options de Voilà (voir ``commande_voila``).
"""

import os
import sys
import threading

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler
from voila.app import Voila  # type: ignore[import-untyped]  # Voilà ne dit pas ses types
from voila.handler import BaseVoilaHandler  # type: ignore[import-untyped]

from autograde.page_locale import REFUS, est_de_notre_page
from autograde.tableaux.voila import VARIABLE_SUIVRE
from grc_helpers.dedoublement.noyaux import dedoubler_les_noyaux


class Tableaux(Voila):
    """Le serveur des tableaux de bord et du rapport de classe."""

    def init_handlers(self) -> list:
        """Ceux de Voilà, gardés ; sans jeton, une page qui dit quoi faire à la place d'un mot de passe à deviner."""
        routes = []
        for motif, classe, *reste in super().init_handlers():
            if issubclass(classe, LoginFormHandler):
                classe, reste = _SansJeton, [{"voila_configuration": self.voila_configuration}]
            gardee = type(classe.__name__, (_Gardee, classe), {"port": self.port})
            routes.append((motif, gardee, *reste))
        return routes

    def start(self) -> None:
        if os.environ.pop(VARIABLE_SUIVRE, ""):
            boucle = IOLoop.current()
            threading.Thread(target=_suivre_la_commande, args=(boucle,), daemon=True).start()
        dedoubler_les_noyaux(self)
        super().start()


class _Gardee(RequestHandler):
    """Refuse, avant toute autre chose, ce qui ne vient pas de notre page : un autre nom d'hôte, un autre site."""

    port = 0

    def prepare(self, *arguments, **nommes):
        if not est_de_notre_page(self.request.host, self.request.headers, self.port):
            self.set_status(403)
            self.finish(REFUS)
            return None
        return super().prepare(*arguments, **nommes)


class _SansJeton(BaseVoilaHandler):
    @allow_unauthenticated
    def get(self):
        self.set_status(403)
        self.finish(self.render_template("sans_jeton.html"))


def _suivre_la_commande(boucle: IOLoop) -> None:
    """Arrête le serveur, et ses noyaux avec lui, dès que la commande qui l'a lancé a disparu, de quelque façon que ce soit."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    boucle.add_callback(boucle.stop)


if __name__ == "__main__":
    Tableaux.launch_instance()
