"""Simulateur de segment : régler des critères, et voir qui reste dans le fichier."""

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.calculs.segment import Segment, entonnoir
from grc_helpers.donnees.commerces import clients
from grc_helpers.figures import accessible
from grc_helpers.figures import segment as graphique
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.commun import Simulateur, zone_defilante
from grc_helpers.simulateurs.reglages import Plage

SEXES = [("tous", ""), ("femmes", "femme"), ("hommes", "homme")]
ACCORDS = [("non regardé", False), ("donné", True)]
AGES, PANIERS = Plage(0, 80, 1, "ans", entier=True), Plage(0, 100, 5, "€")
ENTETES = ["Client", "Sexe", "Âge", "Quartier", "Panier moyen (€)", "Accord"]


class SimulateurSegment(Simulateur):
    """Cinq critères, un entonnoir, une phrase et la liste des clients retenus.

    Au départ, aucun critère : tout le fichier passe. ``projection`` agrandit tout pour une salle.

    >>> simulateur = SimulateurSegment()
    >>> len(simulateur.retenus)
    24
    >>> simulateur.quartier.value = "Port"
    >>> len(simulateur.retenus)
    6
    """

    classe = "grc-segment"

    def __init__(self, titre: str = "Le fichier de Fleur d'Atlas", projection: bool = False):
        super().__init__(projection)
        self.clients, self.titre = clients(), titre
        self._creer_commandes()
        self.actualiser()

    def _creer_commandes(self) -> None:
        quartiers = sorted({client.quartier for client in self.clients})
        self.sexe = self._liste("Sexe", SEXES)
        self.age = self._reglage("Âge minimum", 0, AGES)
        self.quartier = self._liste("Quartier", [("tous", ""), *((nom, nom) for nom in quartiers)])
        self.panier = self._reglage("Panier moyen minimum", 0, PANIERS)
        self.accord = self._liste("Accord pour recevoir des messages", ACCORDS)
        self.remise = self._remise("Retirer tous les critères")

    @property
    def segment(self) -> Segment:
        """Les critères tels que les commandes les donnent maintenant."""
        return Segment(
            self.sexe.value,
            int(self.age.valeur),
            self.quartier.value,
            self.panier.valeur,
            self.accord.value,
        )

    def _redessiner(self) -> None:
        """Refait l'entonnoir, la phrase et la liste."""
        segment = self.segment
        paliers = entonnoir(self.clients, segment)
        self.retenus, self.phrase = paliers[-1].restants, graphique.phrase(paliers, segment)
        figure = graphique.figure_entonnoir(paliers, segment, self.projection)
        self._image.value = accessible.figure_html(
            figure, graphique.description(paliers, segment), self.phrase
        )
        self._tableau.value = self._tableau_html()
        self._signaler("")

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [
            self.sexe,
            self.age.boite,
            self.quartier,
            self.panier.boite,
            self.accord,
            self.remise,
        ]
        return self._mise_en_page(
            self.titre, f"{len(self.clients)} clients, fichier fictif", commandes
        )

    def _tableau_html(self) -> Markup:
        lignes = [
            [
                f"{c.prenom} ({c.numero})",
                c.sexe,
                str(c.age),
                c.quartier,
                ecrire_nombre(c.panier, 0),
                "oui" if c.accord else "non",
            ]
            for c in sorted(self.retenus, key=lambda c: -c.panier)
        ]
        pluriel = "s" if len(lignes) > 1 else ""
        legende = (
            f"{len(lignes)} client{pluriel} retenu{pluriel}, du plus gros panier au plus petit"
        )
        tableau = accessible.tableau_html(ENTETES, lignes, legende)
        return zone_defilante(f"Tableau : {self.titre}", tableau)
