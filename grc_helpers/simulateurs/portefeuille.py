"""Simulateur de portefeuille : classer des clients par chiffre d'affaires ou par valeur, et déplacer les seuils."""

from html import escape

import ipywidgets as widgets

from grc_helpers.calculs.cas import portefeuille
from grc_helpers.calculs.portefeuille import Seuils, classer, classes_abc, groupes_de_valeur
from grc_helpers.figures import accessible, repartition
from grc_helpers.figures import portefeuille as classement
from grc_helpers.reponses.nombres import ecrire_nombre
from grc_helpers.simulateurs.ecran import boite_de_message, bouton, ecrire_message, feuille_de_style, titre_html
from grc_helpers.simulateurs.reglages import Plage, Reglage

GRAPHIQUES = [
    ("CA : courbe ABC", "abc"),
    ("CA : courbe de Lorenz", "lorenz"),
    ("Valeur : courbe en baleine", "baleine"),
    ("CA et valeur : nuage", "nuage"),
]
FRANCHISSEMENTS = [("passe dans la classe suivante", "exclu"), ("reste dans la classe", "inclus")]
POURCENTS = Plage(1, 100, 1, "%")
SEUIL_A, SEUIL_B, SEUIL_CTR = 80.0, 95.0, 10.0
ENTETES = ["Client", "CA (€)", "Part du CA", "CA cumulé", "Classe", "Valeur (€)", "Part de la valeur", "Groupe"]


class SimulateurPortefeuille:
    """Cinq commandes, un graphique parmi quatre, une phrase et le tableau trié des clients.

    ``nom`` désigne un fichier de ``donnees`` (colonnes ``client``, ``ca``, ``valeur``). Par défaut, un torréfacteur fictif : le
    simulateur d'un TP ne montre pas le portefeuille que le TP demande de classer. ``projection`` agrandit tout pour une salle.

    >>> simulateur = SimulateurPortefeuille()
    >>> simulateur.classes["Lila"]
    'B'
    >>> simulateur.seuil_a.curseur.value = 81
    >>> simulateur.classes["Lila"]
    'A'
    """

    def __init__(self, nom: str = "torrefacteur", titre: str = "Portefeuille d'un torréfacteur", projection: bool = False):
        self.ca, self.valeur = portefeuille(nom)
        self.titre, self.projection = titre, projection
        self.par_ca, self.par_valeur = classer(self.ca), classer(self.valeur)
        self._en_pause = False
        self._message, self._image, self._tableau = boite_de_message(), widgets.HTML(), widgets.HTML()
        self._creer_commandes()
        self.actualiser()

    def _creer_commandes(self) -> None:
        def reglage(libelle: str, depart: float) -> Reglage:
            return Reglage(libelle, depart, POURCENTS, self.actualiser, self._signaler)

        def liste(libelle: str, options: list) -> widgets.Dropdown:
            choix = widgets.Dropdown(options=options, description=libelle, style={"description_width": "initial"}).add_class("grc-choix")
            choix.observe(lambda changement: self.actualiser(), names="value")
            return choix

        self.graphique = liste("Graphique", GRAPHIQUES)
        self.seuil_a, self.seuil_b = reglage("Seuil de la classe A", SEUIL_A), reglage("Seuil de la classe B", SEUIL_B)
        self.franchissement = liste("Un client qui dépasse le seuil…", FRANCHISSEMENTS)
        self.seuil_ctr = reglage("Très rentable à partir de", SEUIL_CTR)
        self.reglages = (self.seuil_a, self.seuil_b, self.seuil_ctr)
        self.listes = (self.graphique, self.franchissement)
        self.remise = bouton("Réinitialiser", "Revenir aux seuils de départ et à la courbe ABC", self.reinitialiser)

    def actualiser(self) -> None:
        """Reclasse et réaffiche. Des seuils impossibles s'expliquent et ne changent rien à l'écran."""
        if self._en_pause:
            return
        try:
            self.seuils = Seuils(self.seuil_a.valeur, self.seuil_b.valeur, self.franchissement.value)
        except ValueError as erreur:
            self._signaler(str(erreur))
            return
        self.classes = classes_abc(self.par_ca, self.seuils)
        self.groupes = groupes_de_valeur(self.par_valeur, self.seuil_ctr.valeur)
        self._tableau.value = self._tableau_html()
        figure, description, self.phrase = self._vue()
        self._image.value = accessible.figure_html(figure, description, self.phrase)
        self._signaler("")

    def _vue(self) -> tuple:
        """La figure choisie, ce qui la remplace pour qui ne la voit pas, et sa conclusion."""
        if self.graphique.value == "abc":
            return (
                classement.figure_pareto(self.par_ca, self.classes, self.seuils, self.projection),
                classement.description_pareto(self.par_ca, self.classes),
                classement.phrase_pareto(self.par_ca, self.classes),
            )
        if self.graphique.value == "baleine":
            return (
                classement.figure_baleine(self.par_valeur, self.groupes, self.projection),
                classement.description_baleine(self.par_valeur, self.groupes),
                classement.phrase_baleine(self.par_valeur, self.groupes),
            )
        if self.graphique.value == "lorenz":
            return (
                repartition.figure_lorenz(self.ca, self.projection),
                repartition.description_lorenz(self.ca),
                repartition.phrase_lorenz(self.ca),
            )
        return (
            repartition.figure_nuage(self.ca, self.valeur, self.projection),
            repartition.description_nuage(self.ca, self.valeur),
            repartition.phrase_nuage(self.ca, self.valeur),
        )

    def reinitialiser(self) -> None:
        """Remet chaque commande à sa valeur de départ, puis reclasse une fois."""
        self._en_pause = True
        for reglage in self.reglages:
            reglage.reinitialiser()
        for liste in self.listes:
            liste.value = liste.options[0][1]
        self._en_pause = False
        self.actualiser()

    @property
    def message(self) -> str:
        """Ce que dit la boîte de message, en HTML ; vide si tout va bien."""
        return self._message.value

    @property
    def tableau(self) -> str:
        """Le tableau affiché, en HTML."""
        return self._tableau.value

    @property
    def figure(self) -> str:
        """Le graphique affiché, en HTML."""
        return self._image.value

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [self.graphique, self.seuil_a.boite, self.seuil_b.boite, self.franchissement, self.seuil_ctr.boite]
        reglages = widgets.Box([*commandes, self.remise]).add_class("grc-reglages")
        resultats = widgets.VBox([self._message, self._image]).add_class("grc-resultats")
        corps = widgets.Box([reglages, resultats]).add_class("grc-corps")
        ecran = widgets.VBox([feuille_de_style(), titre_html(self.titre, self._donnees_fixes()), corps, self._tableau])
        return (
            ecran.add_class("grc-simulateur").add_class("grc-portefeuille").add_class("grc-projection" if self.projection else "grc-poste")
        )

    def _donnees_fixes(self) -> str:
        ca, valeur = sum(self.ca.values()), sum(self.valeur.values())
        return f"{len(self.ca)} clients ; CA {ecrire_nombre(ca, 0, '€')} ; valeur {ecrire_nombre(valeur, 0, '€')}"

    def _tableau_html(self) -> str:
        """Les clients dans l'ordre du graphique : par valeur pour la baleine, par CA sinon."""
        par_valeur = self.graphique.value == "baleine"
        ca, valeur = ({ligne.client: ligne for ligne in lignes} for lignes in (self.par_ca, self.par_valeur))
        lignes = [
            [
                client,
                ecrire_nombre(ca[client].montant, 0),
                classement.pourcent(ca[client].part),
                classement.pourcent(ca[client].cumul),
                self.classes[client],
                ecrire_nombre(valeur[client].montant, 0),
                classement.pourcent(valeur[client].part),
                self.groupes[client],
            ]
            for client in (valeur if par_valeur else ca)
        ]
        legende = f"{self.titre}, du plus gros au plus petit {'en valeur' if par_valeur else 'en CA'}"
        tableau = accessible.tableau_html(ENTETES, lignes, legende)
        # La zone défile, aussi au clavier, si le tableau ne tient pas dans la largeur.
        return f'<div class="grc-defilement" tabindex="0" role="region" aria-label="Tableau : {escape(self.titre)}">{tableau}</div>'

    def _signaler(self, message: str) -> None:
        ecrire_message(self._message, message)
