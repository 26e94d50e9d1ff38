"""Simulateur de segment : régler des critères, et voir qui reste dans le fichier."""

from html import escape

import ipywidgets as widgets

from grc_helpers.calculs.segment import Segment, clients, entonnoir
from grc_helpers.figures import accessible
from grc_helpers.figures import segment as graphique
from grc_helpers.reponses.nombres import ecrire_nombre
from grc_helpers.simulateurs.ecran import boite_de_message, bouton, ecrire_message, feuille_de_style, titre_html
from grc_helpers.simulateurs.reglages import Plage, Reglage

SEXES = [("tous", ""), ("femmes", "femme"), ("hommes", "homme")]
ACCORDS = [("non regardé", False), ("donné", True)]
AGES, PANIERS = Plage(0, 80, 1, "ans", entier=True), Plage(0, 100, 5, "€")
ENTETES = ["Client", "Sexe", "Âge", "Quartier", "Panier moyen (€)", "Accord"]


class SimulateurSegment:
    """Cinq critères, un entonnoir, une phrase et la liste des clients retenus.

    Au départ, aucun critère : tout le fichier passe. ``projection`` agrandit tout pour une salle.

    >>> simulateur = SimulateurSegment()
    >>> len(simulateur.retenus)
    24
    >>> simulateur.quartier.value = "Port"
    >>> len(simulateur.retenus)
    6
    """

    def __init__(self, titre: str = "Le fichier de Fleur d'Atlas", projection: bool = False):
        self.clients, self.titre, self.projection = clients(), titre, projection
        self._en_pause = False
        self._message, self._image, self._tableau = boite_de_message(), widgets.HTML(), widgets.HTML()
        self._creer_commandes()
        self.actualiser()

    def _creer_commandes(self) -> None:
        def liste(libelle: str, options: list) -> widgets.Dropdown:
            choix = widgets.Dropdown(options=options, description=libelle, style={"description_width": "initial"}).add_class("grc-choix")
            choix.observe(lambda changement: self.actualiser(), names="value")
            return choix

        quartiers = sorted({client.quartier for client in self.clients})
        self.sexe = liste("Sexe", SEXES)
        self.age = Reglage("Âge minimum", 0, AGES, self.actualiser, self._signaler)
        self.quartier = liste("Quartier", [("tous", ""), *((nom, nom) for nom in quartiers)])
        self.panier = Reglage("Panier moyen minimum", 0, PANIERS, self.actualiser, self._signaler)
        self.accord = liste("Accord pour recevoir des messages", ACCORDS)
        self.listes, self.reglages = (self.sexe, self.quartier, self.accord), (self.age, self.panier)
        self.remise = bouton("Réinitialiser", "Retirer tous les critères", self.reinitialiser)

    @property
    def segment(self) -> Segment:
        """Les critères tels que les commandes les donnent maintenant."""
        return Segment(self.sexe.value, int(self.age.valeur), self.quartier.value, self.panier.valeur, self.accord.value)

    def actualiser(self) -> None:
        """Refait l'entonnoir, la phrase et la liste."""
        if self._en_pause:
            return
        segment = self.segment
        paliers = entonnoir(self.clients, segment)
        self.retenus, self.phrase = paliers[-1].restants, graphique.phrase(paliers, segment)
        figure = graphique.figure_entonnoir(paliers, segment, self.projection)
        self._image.value = accessible.figure_html(figure, graphique.description(paliers, segment), self.phrase)
        self._tableau.value = self._tableau_html()
        self._signaler("")

    def reinitialiser(self) -> None:
        """Retire tous les critères, puis refait l'entonnoir une fois."""
        self._en_pause = True
        for liste in self.listes:
            liste.index = 0
        for reglage in self.reglages:
            reglage.reinitialiser()
        self._en_pause = False
        self.actualiser()

    @property
    def message(self) -> str:
        """Ce que dit la boîte de message, en HTML ; vide si tout va bien."""
        return self._message.value

    @property
    def tableau(self) -> str:
        """La liste affichée, en HTML."""
        return self._tableau.value

    @property
    def figure(self) -> str:
        """L'entonnoir affiché, en HTML."""
        return self._image.value

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [self.sexe, self.age.boite, self.quartier, self.panier.boite, self.accord]
        reglages = widgets.Box([*commandes, self.remise]).add_class("grc-reglages")
        resultats = widgets.VBox([self._message, self._image]).add_class("grc-resultats")
        corps = widgets.Box([reglages, resultats]).add_class("grc-corps")
        precision = f"{len(self.clients)} clients, fichier fictif"
        ecran = widgets.VBox([feuille_de_style(), titre_html(self.titre, precision), corps, self._tableau])
        return ecran.add_class("grc-simulateur").add_class("grc-segment").add_class("grc-projection" if self.projection else "grc-poste")

    def _tableau_html(self) -> str:
        lignes = [
            [f"{c.prenom} ({c.numero})", c.sexe, str(c.age), c.quartier, ecrire_nombre(c.panier, 0), "oui" if c.accord else "non"]
            for c in sorted(self.retenus, key=lambda c: -c.panier)
        ]
        pluriel = "s" if len(lignes) > 1 else ""
        legende = f"{len(lignes)} client{pluriel} retenu{pluriel}, du plus gros panier au plus petit"
        tableau = accessible.tableau_html(ENTETES, lignes, legende)
        # La zone défile, aussi au clavier, si le tableau ne tient pas dans la largeur.
        return f'<div class="grc-defilement" tabindex="0" role="region" aria-label="Tableau : {escape(self.titre)}">{tableau}</div>'

    def _signaler(self, message: str) -> None:
        ecrire_message(self._message, message)
