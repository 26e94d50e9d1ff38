"""Les quelques adresses que l'extension du navigateur interroge sur le serveur du poste, et sur lui seul (``…/grc/…``)."""

import json
from datetime import datetime
from pathlib import Path

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from grc_helpers.affichage import prevenir
from grc_helpers.explications import expliquer
from grc_helpers.poste.enregistrement import DernierEnregistrement, DossierDeTravail, derniers
from grc_helpers.reponses.notebook import numero
from grc_helpers.reponses.recu import lire_la_remise
from grc_helpers.seances.avancement import Avancement, mesurer_l_avancement
from grc_helpers.seances.parcours import lire_le_parcours
from grc_helpers.seances.seances import Seance, ecrire_duree, lire_le_notebook, seances


def _jupyter_server_extension_points() -> list[dict]:
    return [{"module": "grc_helpers.poste.points_acces"}]


def _load_jupyter_server_extension(serveur) -> None:
    DossierDeTravail(Path(serveur.root_dir)).preparer()
    base = serveur.web_app.settings["base_url"]
    adresses = {
        r"cahier/(.+)": Cahier,
        r"versions/(.+)": Versions,
        r"seances": Seances,
        r"effacer": Effacer,
    }
    serveur.web_app.add_handlers(
        ".*$", [(url_path_join(base, "grc", motif), classe) for motif, classe in adresses.items()]
    )


PAS_UN_NOM = "Aucun notebook ne peut porter ce nom."
MESSAGES = {
    400: "Demande illisible.",
    403: "Refusé : rechargez la page (F5), puis recommencez.",
    404: "Il n'y a rien à cette adresse.",
    405: "Cette adresse ne fait pas cela.",
}


class Refus(web.HTTPError):
    """Une demande refusée, avec ce qu'il faut en dire ; ``message`` n'est pas une mise en forme de journal."""

    def __init__(self, code: int, message: str):
        super().__init__(code)
        self.message = message


class _Adresse(APIHandler):
    @property
    def dossier(self) -> DossierDeTravail:
        return DossierDeTravail(Path(self.contents_manager.root_dir))

    def chemin(self, adresse: str) -> str:
        """Le notebook demandé, relatif au cours ; 404 s'il n'y est pas, 400 si aucun fichier ne peut porter ce nom."""
        if "\0" in adresse:
            raise Refus(400, PAS_UN_NOM)
        try:
            relatif = self.dossier.relatif(adresse)
            self.dossier.sauvegardes.fichier(relatif).is_file()
        except ValueError as ailleurs:
            raise Refus(404, str(ailleurs)) from ailleurs
        except OSError as impossible:
            raise Refus(400, PAS_UN_NOM) from impossible
        return relatif

    @property
    def recu(self) -> dict:
        """Ce que la page envoie ; 400 si ce n'est pas un objet JSON."""
        try:
            lu = json.loads(self.request.body or b"{}")
        except (ValueError, RecursionError) as illisible:
            raise Refus(400, MESSAGES[400]) from illisible
        if not isinstance(lu, dict):
            raise Refus(400, MESSAGES[400])
        return lu

    def write_error(self, status_code: int, **contexte) -> None:
        """Toute erreur se dit en une phrase française ; jamais de trace."""
        erreur = contexte.get("exc_info", (None, None, None))[1]
        message = MESSAGES.get(status_code, "Le serveur du cours n'a pas pu le faire.")
        if isinstance(erreur, Refus):
            message = erreur.message
        elif isinstance(erreur, OSError):
            message = expliquer(erreur)
        self.finish(json.dumps({"message": message}))

    def log_exception(self, genre, valeur, trace) -> None:
        """Un refus n'est pas une panne : rien n'en est écrit dans la fenêtre. Une panne y est dite en français."""
        if not isinstance(valeur, web.HTTPError):
            prevenir(expliquer(valeur))


class Cahier(_Adresse):
    """L'avancement du fichier enregistré (ou le parcours d'une leçon), et ce qui vient d'y être réparé (dit une seule fois)."""

    @web.authenticated
    def get(self, adresse: str) -> None:
        chemin = self.chemin(adresse)
        dernier = derniers.pop(adresse.strip("/"), DernierEnregistrement())
        self.finish(
            json.dumps(
                {
                    "avancement": _avancement(self.dossier, chemin),
                    "parcours": _parcours(self.dossier, chemin),
                    "messages": dernier.messages,
                    "touchees": dernier.touchees,
                    "avertissement": dernier.avertissement,
                }
            )
        )


class Versions(_Adresse):
    """Les copies gardées d'un notebook ; un envoi en remet une."""

    @web.authenticated
    def get(self, adresse: str) -> None:
        versions = self.dossier.sauvegardes.versions(self.chemin(adresse))
        self.finish(
            json.dumps(
                [
                    {"nom": version.fichier.name} | _decrire(version.date, version.avancement)
                    for version in versions
                ]
            )
        )

    @web.authenticated
    def post(self, adresse: str) -> None:
        chemin, nom = self.chemin(adresse), self.recu.get("nom")
        version = next(
            (v for v in self.dossier.sauvegardes.versions(chemin) if v.fichier.name == nom), None
        )
        if version is None:
            raise Refus(404, "Cette version n'est plus gardée.")
        try:
            self.dossier.sauvegardes.remettre(chemin, version)
        except ValueError as illisible:
            raise Refus(409, str(illisible)) from illisible
        self.finish(json.dumps({"remise": nom}))


class Seances(_Adresse):
    """Les séances du cours et leur état, pour la page d'accueil."""

    @web.authenticated
    def get(self) -> None:
        self.finish(
            json.dumps([_seance(self.dossier, seance) for seance in seances(self.dossier.cours)])
        )


class Effacer(_Adresse):
    """Fin de séance sur un PC partagé : chaque séance commencée redevient comme distribuée, ses copies disparaissent."""

    @web.authenticated
    def post(self) -> None:
        sauvegardes = self.dossier.sauvegardes
        restes = [chemin for chemin in travaux(self.dossier) if not sauvegardes.effacer(chemin)]
        derniers.clear()
        self.finish(json.dumps({"restes": restes}))


def travaux(dossier: DossierDeTravail) -> list[str]:
    """Les notebooks dont quelqu'un s'est servi sur ce PC : copies gardées, réponses écrites, activités lancées."""

    def commence(chemin: str) -> bool:
        avancement, parcours = _avancement(dossier, chemin), _parcours(dossier, chemin)
        return bool((avancement and avancement["commencees"]) or (parcours and parcours["faites"]))

    return sorted(
        {s.chemin for s in seances(dossier.cours) if commence(s.chemin)}
        | set(dossier.sauvegardes.notebooks())
    )


def _avancement(dossier: DossierDeTravail, chemin: str) -> dict | None:
    """L'avancement d'un fichier, prêt à afficher ; rien s'il n'a pas de question notée."""
    notebook = lire_le_notebook(dossier.sauvegardes.fichier(chemin))
    origine = dossier.sauvegardes.origine(chemin)
    mesure = mesurer_l_avancement(notebook or {}, origine)
    if not mesure.total:
        return None
    return {
        "texte": mesure.texte,
        "en_bref": mesure.en_bref,
        "total": mesure.total,
        "faites": mesure.recevables,
        "commencees": mesure.commencees,
        "reste": ecrire_duree(mesure.minutes_restantes) if mesure.minutes_restantes else "",
        "suivante": {"cellule": mesure.suivante, "numero": numero(mesure.suivante)}
        if mesure.suivante
        else None,
        "a_reprendre": [
            numero(identifiant)
            for identifiant, etat in mesure.etats.items()
            if etat not in ("répondue", "vide")
        ],
    }


def _parcours(dossier: DossierDeTravail, chemin: str) -> dict | None:
    """Où en est une leçon, prêt à afficher ; rien si le notebook a des questions notées, ou rien à lancer."""
    notebook = lire_le_notebook(dossier.sauvegardes.fichier(chemin)) or {}
    parcours = lire_le_parcours(notebook)
    if (
        not parcours.total
        or mesurer_l_avancement(notebook, dossier.sauvegardes.origine(chemin)).total
    ):
        return None
    return {
        "texte": parcours.texte,
        "en_bref": parcours.texte,
        "total": parcours.total,
        "faites": parcours.lancees,
        "suivante": {"cellule": parcours.suivante, "etape": parcours.etape}
        if parcours.etape
        else None,
        "reste": ecrire_duree(parcours.minutes_restantes) if parcours.minutes_restantes else "",
    }


def _seance(dossier: DossierDeTravail, seance: Seance) -> dict:
    fichier = dossier.sauvegardes.fichier(seance.chemin)
    rendus = [
        (remise.date, f, remise)
        for f in fichier.parent.glob("a_rendre/*.ipynb")
        if (remise := lire_la_remise(lire_le_notebook(f) or {}))
    ]
    _, fichier_rendu, rendu = max(rendus, default=("", None, None), key=lambda trouve: trouve[0])
    return {
        "chemin": dossier.prefixe + seance.chemin,
        "titre": seance.titre,
        "sequence": seance.sequence,
        "duree": ecrire_duree(seance.minutes) if seance.minutes else "",
        "note_sur": seance.note_sur,
        "but": seance.but,
        "outil": seance.est_un_outil,
        "avancement": _avancement(dossier, seance.chemin),
        "parcours": _parcours(dossier, seance.chemin),
        "modifie": fichier.stat().st_mtime,
        "rendu": rendu.date_lisible if rendu else "",
        "fichier_rendu": f"{dossier.prefixe}{seance.dossier}/a_rendre/{fichier_rendu.name}"
        if fichier_rendu
        else "",
    }


def _decrire(date: datetime, avancement: Avancement) -> dict:
    return {
        "date": date.strftime("%d/%m/%Y à %H:%M:%S"),
        "en_bref": avancement.en_bref,
    }
