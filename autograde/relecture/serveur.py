"""Le petit serveur de la page de relecture : sur cette machine seulement, avec un jeton, et pour notre page seulement.

Le jeton voyage dans un en-tête que la page ajoute elle-même : aucun cookie, donc aucun autre site ne peut agir à la place du
formateur. Il arrive à la page par le fragment de l'adresse (« #… »), que le navigateur n'envoie jamais.
"""

import json
import secrets
from pathlib import Path
from urllib.parse import unquote

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from autograde.carnet.sql import CarnetIndisponible
from autograde.cours.decisions import lire_credit
from autograde.erreurs import ErreurFormateur
from autograde.page_locale import HOTE, REFUS, est_de_notre_page
from autograde.relecture.annulation import annuler
from autograde.relecture.banque import fichier_de_la_banque, garder, lire_la_banque, retirer
from autograde.relecture.gestes_d_idee import accepter, decider, donner
from autograde.relecture.seance import GesteRefuse, SeanceDeRelecture
from autograde.relecture.vue import montrer, montrer_les_questions, montrer_une_question
from autograde.relecture.vue_par_idees import montrer_les_idees
from grc_helpers.affichage import prevenir
from grc_helpers.explications import expliquer, reconnaitre

PAGE = Path(__file__).parent / "page"
PROTECTIONS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
MESSAGES = {
    400: "Demande illisible.",
    401: "Jeton absent ou faux : ouvrez l'adresse affichée par « grc relire ».",
    403: REFUS,
    404: "Il n'y a rien à cette adresse.",
    405: "Cette adresse ne fait pas cela.",
}
CARNET_INDISPONIBLE = (
    "Le carnet est occupé par un autre programme, ou son serveur ne répond pas. "
    "Rien n'est perdu : nouvel essai dans un instant."
)


class _Locale(RequestHandler):
    """Refuse tout ce qui ne vient pas de notre page : un autre nom d'hôte (DNS détourné), un autre site."""

    def set_default_headers(self):
        for nom, valeur in PROTECTIONS.items():
            self.set_header(nom, valeur)

    def prepare(self):
        if not est_de_notre_page(self.request.host, self.request.headers, self.settings["port"]):
            raise HTTPError(403)
        adresse = unquote(self.request.path)
        # Nos adresses n'ont ni signe invisible, que le disque refuserait, ni dossier que l'on remonte ou que l'on saute.
        if not adresse.isprintable():
            raise HTTPError(400)
        if {"", "..", "."}.intersection(adresse.split("/")[1:-1]) or adresse.endswith("/.."):
            raise HTTPError(404)

    def write_error(self, status_code, **contexte):
        """Toute erreur se dit en une phrase française ; jamais de trace."""
        erreur = contexte.get("exc_info", (None, None, None))[1]
        message = MESSAGES.get(
            status_code,
            "La page n'a pas pu faire ce geste. Relancez « grc relire », puis recommencez.",
        )
        if isinstance(erreur, GesteRefuse):
            self.set_status(422)
            message = str(erreur)
        elif isinstance(erreur, CarnetIndisponible):
            self.set_status(503)
            message = CARNET_INDISPONIBLE
        elif isinstance(erreur, ErreurFormateur):
            self.set_status(409)
            message = str(erreur)
        elif status_code == 500 and erreur and reconnaitre(erreur):
            message = expliquer(erreur)
        self.finish({"message": message})

    def log_exception(self, genre, valeur, trace):
        """Un refus n'est pas une panne : rien n'en est écrit dans la console. Une panne y est dite en français."""
        if not isinstance(valeur, GesteRefuse | ErreurFormateur | HTTPError):
            prevenir(expliquer(valeur))


class _Fichier(_Locale, StaticFileHandler):
    """La page elle-même ; elle ne contient aucune donnée."""


class _Api(_Locale):
    """Les données et les gestes : jamais sans le jeton."""

    def prepare(self):
        super().prepare()
        recu = self.request.headers.get("X-Jeton", "")
        if not secrets.compare_digest(recu.encode(), self.settings["jeton"].encode()):
            raise HTTPError(401)

    @property
    def seance(self) -> SeanceDeRelecture:
        return self.settings["seance"]

    @property
    def recu(self) -> dict:
        try:
            lu = json.loads(self.request.body)
        except (ValueError, RecursionError):
            raise HTTPError(400) from None
        if not isinstance(lu, dict) or not all(isinstance(valeur, str) for valeur in lu.values()):
            raise HTTPError(400)
        return lu

    def _question(self, question: str) -> str:
        if question not in self.seance.groupes:
            raise HTTPError(404)
        return question


class _Questions(_Api):
    def get(self):
        self.finish(montrer_les_questions(self.seance))


class _Recalage(_Api):
    """Ce que les décisions disent de la certitude de la machine à une question ; « » si elles n'en disent rien."""

    def get(self, question):
        redigee = self.seance.devoir.bareme[self._question(question)].redigee
        self.finish({"phrase": self.seance.recalage(question).phrase if redigee else ""})


class _Question(_Api):
    def get(self, question):
        self.finish(montrer_une_question(self.seance, self._question(question)))


class _Geste(_Api):
    """Un geste sur un groupe ; la réponse est le groupe tel qu'il est enregistré."""

    def post(self, identifiant, geste):
        recu = self.recu
        try:
            relu = self._faire(geste, identifiant, recu)
        except KeyError:
            raise HTTPError(400) from None
        self.finish(montrer(self.seance, relu))

    def _faire(self, geste: str, identifiant: str, recu: dict):
        if geste == "element":
            return self.seance.decider(
                identifiant, recu["nom"], _credit(recu), recu.get("passage", "")
            )
        if geste == "tout":
            return self.seance.decider_de_tout(identifiant, _credit(recu))
        if geste == "note":
            return self.seance.noter(identifiant, recu["points"])
        if geste == "commentaire":
            return self.seance.commenter(identifiant, recu["texte"])
        return self.seance.valider(identifiant)


def _credit(recu: dict[str, str]) -> float:
    try:
        return lire_credit(recu["credit"])
    except ValueError as erreur:
        raise GesteRefuse(f"{erreur}.") from None


class _Idees(_Api):
    """Une question vue par idées."""

    def get(self, question):
        self.finish(montrer_les_idees(self.seance, self._redigee(question)))

    def _redigee(self, question: str) -> str:
        if not self.seance.devoir.bareme[self._question(question)].redigee:
            raise HTTPError(404)
        return question


class _GesteDIdee(_Idees):
    """Un geste sur des propositions ; la réponse est la question entière, telle qu'elle est enregistrée."""

    def post(self, question, geste):
        recu = self.recu
        try:
            designes = recu["passages"].split()
            manquent = self._faire(geste, self._redigee(question), designes, recu)
        except KeyError:
            raise HTTPError(400) from None
        self.finish(montrer_les_idees(self.seance, question, manquent))

    def _faire(self, geste: str, question: str, designes: list[str], recu: dict) -> int:
        if geste == "decider":
            return decider(self.seance, question, designes, _credit(recu))
        if geste == "donner":
            return donner(self.seance, question, designes, recu["element"], _credit(recu))
        return accepter(self.seance, question, designes)


class _Annuler(_Api):
    """Annule le dernier geste de la séance, et dit lequel."""

    def post(self):
        trace = annuler(self.seance)
        if trace is None:
            raise GesteRefuse("Il n'y a plus de geste à annuler.")
        groupes = [relu.groupe for relu in trace.apres]
        self.finish(
            {
                "dit": trace.geste[:1].upper() + trace.geste[1:],
                "question": groupes[0].question,
                "groupes": [g.identifiant for g in groupes],
            }
        )


class _Banque(_Api):
    """La banque de commentaires, ceux de la question d'abord."""

    def get(self, question):
        self._rendre(question)

    def post(self, question):
        if texte := self.recu.get("garder", "").strip():
            garder(fichier_de_la_banque(self.seance.cours), self._question(question), texte)
        if texte := self.recu.get("retirer", ""):
            retirer(fichier_de_la_banque(self.seance.cours), texte)
        self._rendre(question)

    def _rendre(self, question):
        self.finish(
            {
                "commentaires": lire_la_banque(
                    fichier_de_la_banque(self.seance.cours), self._question(question)
                )
            }
        )


def ecouter(seance: SeanceDeRelecture, port: int = 0) -> tuple[HTTPServer, str]:
    """Le serveur en marche (``port`` 0 : un port libre) et l'adresse de la page, jeton compris. À appeler dans une boucle asyncio."""
    prises = bind_sockets(port, HOTE)
    port = prises[0].getsockname()[1]
    jeton = secrets.token_urlsafe(24)
    serveur = HTTPServer(_application(seance, port, jeton), max_buffer_size=1_000_000)
    serveur.add_sockets(prises)
    return serveur, f"http://{HOTE}:{port}/#{jeton}"


def _application(seance: SeanceDeRelecture, port: int, jeton: str) -> Application:
    routes: list[tuple[str, type[RequestHandler]] | tuple[str, type[RequestHandler], dict]] = [
        (r"/api/questions", _Questions),
        (r"/api/questions/(\w+)", _Question),
        (r"/api/questions/(\w+)/recalage", _Recalage),
        (r"/api/questions/(\w+)/commentaires", _Banque),
        (r"/api/groupes/([0-9a-f]+)/(element|tout|note|commentaire|valider)", _Geste),
        (r"/api/questions/(\w+)/idees", _Idees),
        (r"/api/questions/(\w+)/idees/(decider|donner|accepter)", _GesteDIdee),
        (r"/api/annuler", _Annuler),
        (r"/(.*)", _Fichier, {"path": str(PAGE), "default_filename": "index.html"}),
    ]
    return Application(
        routes, seance=seance, port=port, jeton=jeton, log_function=lambda requete: None
    )
