"""Les quelques adresses que l'extension du navigateur interroge sur le serveur du poste, et sur lui seul (``…/grc/…``)."""

import json
import os
import re
import shutil
from dataclasses import asdict
from pathlib import Path

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from grc_helpers.affichage import prevenir
from grc_helpers.dedoublement.noyaux import dedoubler_les_noyaux
from grc_helpers.explications import expliquer
from grc_helpers.poste.enregistrement import DernierEnregistrement, DossierDeTravail, derniers
from grc_helpers.poste.etats import (
    etat_avant_de_rendre,
    etat_de_l_entrainement,
    etat_de_la_seance,
    etat_de_la_version,
    etat_des_questions,
    etat_du_parcours,
    etat_du_rendu,
    travaux,
)
from grc_helpers.poste.journal import EnFrancais
from grc_helpers.poste.lieu import lieu
from grc_helpers.poste.reconnaissance import egares, remettre_a_leur_place, seance_de
from grc_helpers.poste.remise import preparer_la_remise
from grc_helpers.poste.reprise import reprendre
from grc_helpers.poste.serveur import dossier_des_preferences
from grc_helpers.reponses.notebook import TAILLE_MAXIMALE
from grc_helpers.seances.activites import titres_des_activites
from grc_helpers.seances.seances import (
    dans_l_ordre,
    est_une_page,
    lire_le_notebook,
    lire_seance,
    seances,
)
from grc_helpers.seances.verification import verifier_la_reponse


def _jupyter_server_extension_points() -> list[dict]:
    return [{"module": "grc_helpers.poste.points_acces"}]


def _load_jupyter_server_extension(serveur) -> None:
    serveur.log.addFilter(EnFrancais(lambda: serveur.display_url.split()[0]))
    dossier = DossierDeTravail(Path(serveur.root_dir))
    dossier.preparer()
    dedoubler_les_noyaux(serveur)
    base = serveur.web_app.settings["base_url"]
    # Dans la page elle-même : elle sait où elle est avant de rien dire.
    donnees = serveur.web_app.settings.setdefault("page_config_data", {})
    donnees["grcLieu"] = lieu(os.environ, base)
    donnees["grcAccueil"] = f"{dossier.prefixe}accueil/accueil.ipynb"
    adresses = {
        r"cahier/(.+)": Cahier,
        r"versions/(.+)": Versions,
        r"remise/(.+)": Rendre,
        r"verdict/(.+)": Verifier,
        r"activites/(.+)": Activites,
        r"seances": Seances,
        r"reprendre": Reprendre,
        r"effacer": Effacer,
    }
    serveur.web_app.add_handlers(
        ".*$", [(url_path_join(base, "grc", motif), classe) for motif, classe in adresses.items()]
    )


# Les cahiers que quelqu'un a ouverts depuis que ce serveur tourne : leur fichier ne se déplace pas sous leurs yeux.
ouverts: set[str] = set()

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

    def seance(self, chemin: str) -> str:
        """La séance dont le cahier ``chemin`` est la copie, même renommé : ses versions et sa remise la suivent."""
        sauvegardes = self.dossier.sauvegardes
        return seance_de(sauvegardes, chemin, lire_le_notebook(sauvegardes.fichier(chemin)))

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
        ouverts.add(chemin)
        dernier = derniers.pop(adresse.strip("/"), DernierEnregistrement())
        notebook = lire_le_notebook(self.dossier.sauvegardes.fichier(chemin)) or {}
        place = self.dossier.sauvegardes.fichier(self.seance(chemin))
        self.finish(
            json.dumps(
                {
                    "avancement": etat_des_questions(self.dossier, chemin),
                    "parcours": etat_du_parcours(self.dossier, chemin),
                    "entrainement": etat_de_l_entrainement(self.dossier, chemin),
                    "messages": dernier.messages,
                    "touchees": dernier.touchees,
                    "avertissement": dernier.avertissement,
                    "a_rendre": etat_avant_de_rendre(place, notebook),
                    "rendu": etat_du_rendu(self.dossier, place, notebook),
                }
            )
        )


class Versions(_Adresse):
    """Les copies gardées d'un notebook ; un envoi en remet une."""

    @web.authenticated
    def get(self, adresse: str) -> None:
        versions = self.dossier.sauvegardes.versions(self.seance(self.chemin(adresse)))
        self.finish(
            json.dumps(
                [
                    {"nom": version.fichier.name}
                    | etat_de_la_version(version.date, version.avancement)
                    for version in versions
                ]
            )
        )

    @web.authenticated
    def post(self, adresse: str) -> None:
        chemin, nom = self.chemin(adresse), self.recu.get("nom")
        sauvegardes, seance = self.dossier.sauvegardes, self.seance(chemin)
        version = next((v for v in sauvegardes.versions(seance) if v.fichier.name == nom), None)
        if version is None:
            raise Refus(404, "Cette version n'est plus gardée.")
        try:
            sauvegardes.remettre(seance, version, sauvegardes.fichier(chemin))
        except ValueError as illisible:
            raise Refus(409, str(illisible)) from illisible
        self.finish(json.dumps({"remise": nom}))


class Rendre(_Adresse):
    """« Rendre ma copie » : prépare le fichier. La page enregistre d'abord : ce qui est rendu est ce qui est à l'écran."""

    @web.authenticated
    def post(self, adresse: str) -> None:
        fichier, notebook = self._travail(adresse)
        envoye = self.recu
        nom, groupe, devoir = (
            str(envoye.get(cle, "")).strip() for cle in ("nom", "groupe", "devoir")
        )
        if not re.fullmatch(r"\w{1,80}", devoir):
            raise Refus(400, MESSAGES[400])
        if not (nom and groupe):
            raise Refus(400, "Indiquez votre nom et votre groupe, puis cliquez de nouveau.")
        preparer_la_remise(fichier, notebook, devoir, nom[:200], groupe[:200])
        self.finish(json.dumps(etat_du_rendu(self.dossier, fichier, notebook)))

    def _travail(self, adresse: str) -> tuple[Path, dict]:
        """La place de la séance, à côté de laquelle la copie se prépare, et le cahier tel qu'il est, où qu'il soit."""
        chemin, sauvegardes = self.chemin(adresse), self.dossier.sauvegardes
        notebook = lire_le_notebook(sauvegardes.fichier(chemin))
        if notebook is None:
            raise Refus(
                409,
                "Le fichier enregistré ne se lit pas. Appelez le formateur ; vos réponses sont dans cette page.",
            )
        return sauvegardes.fichier(self.seance(chemin)), notebook


class Verifier(_Adresse):
    """« Vérifier » : le verdict de la réponse envoyée, telle qu'elle est à l'écran. Aucun noyau n'est nécessaire, rien n'est écrit."""

    @web.authenticated
    def post(self, adresse: str) -> None:
        chemin = self.chemin(adresse)
        sauvegardes, texte = self.dossier.sauvegardes, self.recu.get("source")
        notebook = lire_le_notebook(sauvegardes.fichier(chemin)) or {}
        if not isinstance(texte, str) or len(texte) > TAILLE_MAXIMALE:
            raise Refus(400, MESSAGES[400])
        verdict = verifier_la_reponse(texte, notebook, sauvegardes.origine(chemin))
        if verdict is None:
            raise Refus(400, MESSAGES[400])
        self.finish(json.dumps(asdict(verdict)))


class Activites(_Adresse):
    """Le titre de chaque activité d'un cahier, par identifiant de cellule."""

    @web.authenticated
    def get(self, adresse: str) -> None:
        fichier = self.dossier.sauvegardes.fichier(self.chemin(adresse))
        self.finish(json.dumps(titres_des_activites(lire_le_notebook(fichier) or {})))


class Seances(_Adresse):
    """Les séances du cours et leur état, pour la page d'accueil. Un fichier renommé retrouve d'abord sa place, sauf s'il est ouvert."""

    @web.authenticated
    def get(self) -> None:
        dossier = self.dossier
        ailleurs = remettre_a_leur_place(dossier.sauvegardes, ouverts)
        deplacees = [
            lire_seance(lire_le_notebook(dossier.sauvegardes.fichier(chemin)) or {}, seance)
            for seance, chemin in ailleurs.items()
        ]
        toutes = dans_l_ordre([*seances(dossier.cours), *deplacees])
        etats = [etat_de_la_seance(dossier, s, ailleurs.get(s.chemin, "")) for s in toutes]
        self.finish(json.dumps(etats))


class Reprendre(_Adresse):
    """« Reprendre avec mon fichier » : un cahier emporté revient à sa place, reconnu à son contenu."""

    @web.authenticated
    def post(self) -> None:
        try:
            reprise = reprendre(self.dossier.sauvegardes, self.recu.get("contenu"))
        except ValueError as refus:
            raise Refus(422, str(refus)) from refus
        self.finish(
            json.dumps(
                {
                    "chemin": self.dossier.prefixe + reprise.chemin,
                    "titre": reprise.titre,
                    "garde": reprise.garde,
                }
            )
        )


class Effacer(_Adresse):
    """Fin de séance sur un PC partagé : chaque séance commencée redevient comme distribuée, ses copies disparaissent, et les
    préférences de la personne (thème, taille) avec elles."""

    @web.authenticated
    def post(self) -> None:
        sauvegardes = self.dossier.sauvegardes
        restes = [chemin for chemin in travaux(self.dossier) if not sauvegardes.effacer(chemin)]
        for page in filter(est_une_page, sauvegardes.notebooks()):
            sauvegardes.effacer(page)
        for copies in egares(sauvegardes).values():
            for copie in copies:
                copie.unlink(missing_ok=True)
        shutil.rmtree(dossier_des_preferences(), ignore_errors=True)
        derniers.clear()
        ouverts.clear()
        self.finish(json.dumps({"restes": restes}))
