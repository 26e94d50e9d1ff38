"""L'écran du rapport : le choix du TP, l'anonymat, et les blocs. Voilà l'affiche ; le formateur le lit seul ou le projette."""

import os
from collections.abc import Callable
from pathlib import Path

import ipywidgets as widgets
from markupsafe import Markup

from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.rapport import blocs
from autograde.rapport.anonymat import Noms
from autograde.rapport.console import VARIABLE_DEVOIR
from autograde.rapport.donnees import Rapport, charger_rapport, devoirs_remis, titre_du_devoir
from autograde.rapport.reussite import questions_detaillees
from grc_helpers.simulateurs.commun import encadrer
from grc_helpers.simulateurs.ecran import boite_de_message, bouton, ecrire_message

TOUS, TOUTES = ("Tous les TP", ""), ("Toutes les questions", "")
PAS_DE_COPIE = (
    "Aucune copie n'est encore rangée : le rapport se remplit après la correction. "
    "Rangez chaque fichier dans {}/<stagiaire>/<devoir>/, lancez « grc corriger <devoir> », puis cliquez sur « Relire le carnet »."
)


class RapportDeClasse:
    """Le rapport d'un ``cours``, ouvert sur ``devoir`` ; sans lui, sur le dernier devoir rendu dans l'ordre du cours.

    Les noms sont cachés tant que le formateur ne décoche pas « anonyme ».
    """

    def __init__(self, cours: Cours, devoir: str = ""):
        self.cours, self._pret = cours, False
        self._lus: dict[str, Rapport] = {}
        self._message, self._titre_des_elements = boite_de_message(), widgets.HTML()
        self._blocs = {
            nom: widgets.HTML()
            for nom in ("notes", "questions", "elements", "erreurs", "remises", "ressemblances")
        }
        self._creer_commandes()
        self._ouvrir_sur(devoir or None)

    @classmethod
    def demande(cls) -> "RapportDeClasse":
        """Le rapport que la commande ``grc rapport`` a demandé."""
        return cls(Cours.courant(), os.environ.get(VARIABLE_DEVOIR, ""))

    def _creer_commandes(self) -> None:
        self.devoir = self._liste("TP", [TOUS], self.actualiser)
        self.question = self._liste("Question", [TOUTES], self._montrer_les_elements).add_class(
            "grc-question"
        )
        self.anonyme = widgets.Checkbox(
            value=True, description="anonyme : aucun nom à l'écran", indent=False
        ).add_class("grc-anonyme")
        self.anonyme.observe(lambda changement: self._montrer_les_personnes(), names="value")
        self.relecture = bouton(
            "Relire le carnet",
            "Reprendre les notes et les copies telles qu'elles sont maintenant",
            self.relire,
        )

    def _choisir(self, liste: widgets.Dropdown, options: list, valeur: str) -> None:
        """Change ce qu'une liste propose, sans que l'écran se refasse à chaque étape."""
        self._pret = False
        liste.options, liste.value = options, valeur
        self._pret = True

    def _titre(self, nom: str) -> str:
        try:
            return titre_du_devoir(charger_devoir(self.cours, nom))
        except (
            ErreurFormateur
        ):  # un barème mal écrit : la raison sera dite si l'on choisit ce devoir
            return nom

    def _liste(self, nom: str, options: list, quand_change: Callable[[], None]) -> widgets.Dropdown:
        liste = widgets.Dropdown(
            options=options, description=nom, style={"description_width": "initial"}
        ).add_class("grc-choix")
        liste.observe(lambda changement: quand_change() if self._pret else None, names="value")
        return liste

    def relire(self) -> None:
        """Oublie ce qui a été lu, et relit ; le devoir choisi reste choisi."""
        self._lus.clear()
        rien_a_choisir = self.devoir.options == (TOUS,)
        self._ouvrir_sur(None if rien_a_choisir else self.devoir.value)

    def _ouvrir_sur(self, devoir: str | None) -> None:
        """Propose les devoirs rendus, choisit ``devoir`` (« » : tous), ou le dernier dans l'ordre du cours, et l'affiche."""
        remis = devoirs_remis(self.cours)
        proposes = list(dict.fromkeys([*remis, *filter(None, [devoir])]))
        dernier = remis[-1] if remis else ""
        self._choisir(
            self.devoir,
            [TOUS, *((self._titre(nom), nom) for nom in proposes)],
            dernier if devoir is None else devoir,
        )
        self.actualiser()

    def actualiser(self) -> None:
        """Lit ce qui ne l'est pas encore et refait tous les blocs ; ce qui empêche de lire est expliqué."""
        message = self._lire()
        self._proposer_les_questions()
        self._montrer("notes", "Répartition des notes", blocs.bloc_des_notes)
        self._montrer(
            "questions",
            "Réussite par question" if len(self.rapports) == 1 else "Réussite par TP",
            blocs.bloc_des_questions,
        )
        self._montrer_les_elements()
        self._montrer_les_personnes()
        ecrire_message(self._message, message)

    def _lire(self) -> str:
        """Remplit ``rapports``. Renvoie ce que le formateur doit savoir de ce qui manque."""
        demandes = [self.devoir.value] if self.devoir.value else devoirs_remis(self.cours)
        self.rapports: list[Rapport] = []
        if not demandes:
            return PAS_DE_COPIE.format(self.cours.remises.name)
        messages = []
        for nom in demandes:
            if nom not in self._lus:
                ecrire_message(self._message, f"Lecture des copies : {self._titre(nom)}…")
            try:
                self._lus[nom] = self._lus.get(nom) or charger_rapport(self.cours, nom)
                self.rapports.append(self._lus[nom])
            except ErreurFormateur as erreur:
                messages.append(str(erreur))
        return " ".join(messages)

    def _proposer_les_questions(self) -> None:
        options = [TOUTES]
        if len(self.rapports) == 1:
            options += [
                (self.rapports[0].titre_de(nom), nom)
                for nom in questions_detaillees(self.rapports[0])
            ]
        self._choisir(self.question, options, "")
        self.question.layout.display = None if len(options) > 1 else "none"

    def _montrer_les_elements(self) -> None:
        self._titre_des_elements.value = "<h3>Réussite par élément</h3>" if self.rapports else ""
        self._montrer(
            "elements", "", lambda rapports: blocs.bloc_des_elements(rapports, self.question.value)
        )

    def _montrer_les_personnes(self) -> None:
        """Les blocs où un nom peut paraître."""
        classe = {
            stagiaire: nom for rapport in self.rapports for stagiaire, nom in rapport.classe.items()
        }
        noms = Noms(classe, self.anonyme.value)
        self._montrer(
            "erreurs", "Erreurs fréquentes", lambda rapports: blocs.bloc_des_erreurs(rapports, noms)
        )
        self._montrer(
            "remises",
            "Remises et relectures",
            lambda rapports: blocs.bloc_des_remises(rapports, noms),
        )
        self._montrer(
            "ressemblances",
            "Réponses qui se ressemblent",
            lambda rapports: blocs.bloc_des_ressemblances(rapports, noms),
        )

    def _montrer(self, bloc: str, titre: str, contenu: Callable[[list[Rapport]], Markup]) -> None:
        self._blocs[bloc].value = (
            (Markup("<h3>{}</h3>").format(titre) if titre else "") + contenu(self.rapports)
            if self.rapports
            else ""
        )

    @property
    def message(self) -> str:
        """Ce que dit la boîte de message, en HTML ; vide si tout va bien."""
        return self._message.value

    @property
    def blocs(self) -> list[str]:
        """Le nom de chaque bloc, dans l'ordre de l'écran."""
        return list(self._blocs)

    def bloc(self, nom: str) -> str:
        """Un bloc affiché, en HTML ; vide s'il n'y a rien à montrer."""
        return self._blocs[nom].value

    def afficher(self) -> widgets.VBox:
        """Le rapport complet, prêt à être la dernière ligne d'une cellule."""
        style = widgets.HTML(
            f"<style>{Path(__file__).with_name('rapport.css').read_text(encoding='utf-8')}</style>"
        ).add_class("grc-style")
        commandes = widgets.Box([self.devoir, self.anonyme, self.relecture]).add_class(
            "grc-commandes"
        )
        b = self._blocs
        elements = [self._titre_des_elements, self.question, b["elements"]]
        suite = [
            b["notes"],
            b["questions"],
            *elements,
            b["erreurs"],
            b["remises"],
            b["ressemblances"],
        ]
        return encadrer([style, commandes, self._message, *suite], "grc-rapport", projection=True)
