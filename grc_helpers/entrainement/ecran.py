"""L'exercice à l'écran : des widgets ipywidgets, tous nommés et tous utilisables au clavier."""

from typing import Protocol

import ipywidgets as widgets

from grc_helpers.entrainement import rendu
from grc_helpers.entrainement.deroulement import Deroulement, Retour
from grc_helpers.entrainement.exercices import Choix, Exercice, Nombre, Serie
from grc_helpers.francais.textes import en_html
from grc_helpers.francais.typographie import insecables
from grc_helpers.simulateurs.ecran import apres_la_saisie, bouton, feuille_de_style

A_CHOISIR = "à choisir…"


class Saisie(Protocol):
    """Ce qui recueille une réponse : les commandes affichées, et la réponse telle que l'exercice la juge."""

    commandes: list[widgets.DOMWidget]

    def reponse(self): ...


class SaisieUnique:
    """Des boutons radio. Rien n'est coché au départ."""

    def __init__(self, exercice: Choix):
        self.boutons = widgets.RadioButtons(
            options=[insecables(option.texte) for option in exercice.options], index=None
        )
        self.commandes = [self.boutons.add_class("grc-options")]

    def reponse(self) -> list[int]:
        return [] if self.boutons.index is None else [self.boutons.index]


class SaisieMultiple:
    """Des cases à cocher."""

    def __init__(self, exercice: Choix):
        self.cases = [
            widgets.Checkbox(description=insecables(option.texte), indent=False)
            for option in exercice.options
        ]
        self.commandes = [case.add_class("grc-case") for case in self.cases]

    def reponse(self) -> list[int]:
        return [rang for rang, case in enumerate(self.cases) if case.value]


class SaisieSerie:
    """Une liste déroulante par ligne."""

    def __init__(self, exercice: Serie):
        # Une valeur vide et non None : ipywidgets afficherait une liste blanche quand on revient sur « à choisir… ».
        choix = [
            (A_CHOISIR, ""),
            *((insecables(possibilite), possibilite) for possibilite in exercice.possibilites),
        ]
        self.listes = [
            widgets.Dropdown(options=choix, description=insecables(ligne.texte))
            for ligne in exercice.lignes
        ]
        self.commandes = [liste.add_class("grc-ligne") for liste in self.listes]
        if exercice.sans_repetition:
            self.commandes = [liste.add_class("grc-place") for liste in self.commandes]

    def reponse(self) -> list[str | None]:
        return [liste.value or None for liste in self.listes]


class SaisieNombre:
    """Un champ de texte, lu à la française."""

    def __init__(self, exercice: Nombre):
        unite = f" ({exercice.unite})" if exercice.unite else ""
        # Envoyé d'un bloc, quand on quitte le champ ou sur Entrée : lettre par lettre, un poste lent lirait « 1 » pour « 120 ».
        self.champ = widgets.Text(
            description=f"Votre réponse{unite}", continuous_update=False
        ).add_class("grc-nombre")
        self.commandes = [self.champ]

    def reponse(self) -> str:
        return self.champ.value


def saisie(exercice: Exercice) -> Saisie:
    """Les commandes qui conviennent à l'exercice."""
    match exercice:
        case Choix(multiple=True):
            return SaisieMultiple(exercice)
        case Choix():
            return SaisieUnique(exercice)
        case Serie():
            return SaisieSerie(exercice)
        case Nombre():
            return SaisieNombre(exercice)
    raise TypeError(f"exercice inconnu : {type(exercice).__name__}")


class Ecran:
    """Un exercice prêt à afficher (``afficher()``). Lève ``FormuleIncorrecte`` si ses chiffres ne se calculent pas."""

    def __init__(self, modele: Exercice, graine: int = 1):
        self.partie = Deroulement(modele, graine)
        self._verifications, self._en_attente = 0, False
        self.titre, self.question = widgets.HTML(), widgets.HTML().add_class("grc-question")
        self.reponses = widgets.VBox().add_class("grc-reponses")
        self.retour, self.corrige = widgets.HTML(), widgets.HTML()
        self.indices = widgets.HTML().add_class("grc-indices")
        self.verification = bouton("Vérifier", "Vérifier ma réponse", self._demander).add_class(
            "grc-principal"
        )
        self.reprise = bouton("Recommencer", "Effacer ma réponse et recommencer", self.recommencer)
        self.nouveaux = bouton(
            "Autres chiffres", "Refaire l'exercice avec d'autres chiffres", self.autres_chiffres
        )
        self._presenter()

    def verifier(self) -> None:
        """Juge ce qui est saisi et montre le retour."""
        self._en_attente = False
        if self.partie.fini:
            return
        self._montrer(self.partie.repondre(self.saisie.reponse()))

    def recommencer(self) -> None:
        """Efface la réponse ; les chiffres restent."""
        self.partie.recommencer()
        self._presenter()

    def autres_chiffres(self) -> None:
        """Efface la réponse et change les chiffres."""
        self.partie.autres_chiffres()
        self._presenter()

    def _presenter(self) -> None:
        """Affiche l'exercice comme au premier jour."""
        exercice = self.partie.exercice
        precision = "entraînement, non noté"
        if self.partie.modele.redessinable:
            precision += f" ; chiffres n° {self.partie.graine}"
        self.titre.value, self.question.value = (
            rendu.titre(exercice, precision),
            en_html(exercice.question),
        )
        # Des commandes neuves plutôt que remises à zéro : un bouton radio ne se décoche pas.
        self.saisie = saisie(exercice)
        self.reponses.children = self.saisie.commandes
        if isinstance(self.saisie, SaisieNombre):
            self.saisie.champ.on_msg(self._touche_entree)
        self.retour.value = self.corrige.value = ""
        # Vidés d'abord : sinon les indices déjà ouverts le resteraient.
        self.indices.value = ""
        self.indices.value = rendu.indices(exercice)
        self._accorder_les_boutons()

    def _touche_entree(self, champ, contenu, tampons) -> None:
        if contenu.get("event") == "submit":
            self._demander()

    def _demander(self) -> None:
        if self._en_attente:
            return
        self._en_attente = True
        apres_la_saisie(self.verifier)

    def _montrer(self, retour: Retour) -> None:
        self._verifications += 1
        self.retour.value = rendu.retour(retour, self._verifications)
        self.corrige.value = rendu.corrige(retour.corrige)
        self._accorder_les_boutons()

    def _accorder_les_boutons(self) -> None:
        self.verification.disabled = self.partie.fini
        self.reprise.layout.display = "" if self.partie.essais else "none"
        self.nouveaux.layout.display = "" if self.partie.modele.redessinable else "none"

    def afficher(self) -> widgets.VBox:
        """L'exercice complet."""
        boutons = widgets.HBox([self.verification, self.reprise, self.nouveaux]).add_class(
            "grc-boutons"
        )
        style = feuille_de_style("entrainement", "entrainement.css")
        pieces = [
            style,
            self.titre,
            self.question,
            self.reponses,
            boutons,
            self.retour,
            self.corrige,
            self.indices,
        ]
        return widgets.VBox(pieces).add_class("grc-exercice")
