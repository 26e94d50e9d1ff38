"""Simulateur de portefeuille : classer des clients par chiffre d'affaires ou par valeur, et déplacer les seuils."""

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.calculs.portefeuille import (
    Montants,
    Seuils,
    classer,
    classes_abc,
    groupes_de_valeur,
)
from grc_helpers.donnees import commerces
from grc_helpers.figures import accessible, repartition
from grc_helpers.figures import portefeuille as classement
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.commun import Simulateur, zone_defilante
from grc_helpers.simulateurs.reglages import Plage

GRAPHIQUES = [
    ("CA : courbe ABC", "abc"),
    ("CA : courbe de Lorenz", "lorenz"),
    ("Valeur : courbe en baleine", "baleine"),
    ("CA et valeur : nuage", "nuage"),
]
FRANCHISSEMENTS = [("passe dans la classe suivante", "exclu"), ("reste dans la classe", "inclus")]
POURCENTS = Plage(1, 100, 1, "%")
SEUIL_A, SEUIL_B, SEUIL_CTR = 80.0, 95.0, 10.0
ENTETES = [
    "Client",
    "CA (€)",
    "Part du CA",
    "CA cumulé",
    "Classe",
    "Valeur (€)",
    "Part de la valeur",
    "Groupe",
]


class SimulateurPortefeuille(Simulateur):
    """Cinq commandes, un graphique parmi quatre, une phrase et le tableau trié des clients.

    ``portefeuille`` : le chiffre d'affaires et la valeur (euros) de chaque client. Par défaut, un torréfacteur fictif : le simulateur d'un
    TP ne montre pas le portefeuille que le TP demande de classer. ``projection`` agrandit tout pour une salle.

    >>> simulateur = SimulateurPortefeuille()
    >>> simulateur.classes["Lila"]
    'B'
    >>> simulateur.seuil_a.curseur.value = 81
    >>> simulateur.classes["Lila"]
    'A'
    """

    classe = "grc-portefeuille"

    def __init__(
        self,
        portefeuille: tuple[Montants, Montants] | None = None,
        titre: str = "Portefeuille d'un torréfacteur",
        projection: bool = False,
    ):
        super().__init__(projection)
        self.ca, self.valeur = portefeuille or commerces.portefeuille("torrefacteur")
        self.titre = titre
        self.par_ca, self.par_valeur = classer(self.ca), classer(self.valeur)
        self._creer_commandes()
        self.actualiser()

    def _creer_commandes(self) -> None:
        self.graphique = self._liste("Graphique", GRAPHIQUES)
        self.seuil_a = self._reglage("Seuil de la classe A", SEUIL_A, POURCENTS)
        self.seuil_b = self._reglage("Seuil de la classe B", SEUIL_B, POURCENTS)
        self.franchissement = self._liste("Un client qui dépasse le seuil…", FRANCHISSEMENTS)
        self.seuil_ctr = self._reglage("Très rentable à partir de", SEUIL_CTR, POURCENTS)
        self.remise = self._remise("Revenir aux seuils de départ et à la courbe ABC")

    def _redessiner(self) -> None:
        """Reclasse et réaffiche. Des seuils impossibles s'expliquent et ne changent rien à l'écran."""
        try:
            self.seuils = Seuils(
                self.seuil_a.valeur, self.seuil_b.valeur, self.franchissement.value
            )
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

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [
            self.graphique,
            self.seuil_a.boite,
            self.seuil_b.boite,
            self.franchissement,
            self.seuil_ctr.boite,
        ]
        return self._mise_en_page(self.titre, self._donnees_fixes(), [*commandes, self.remise])

    def _donnees_fixes(self) -> str:
        ca, valeur = sum(self.ca.values()), sum(self.valeur.values())
        return f"{len(self.ca)} clients ; CA {ecrire_nombre(ca, 0, '€')} ; valeur {ecrire_nombre(valeur, 0, '€')}"

    def _tableau_html(self) -> Markup:
        """Les clients dans l'ordre du graphique : par valeur pour la baleine, par CA sinon."""
        par_valeur = self.graphique.value == "baleine"
        ca, valeur = (
            {ligne.client: ligne for ligne in lignes} for lignes in (self.par_ca, self.par_valeur)
        )
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
        legende = (
            f"{self.titre}, du plus gros au plus petit {'en valeur' if par_valeur else 'en CA'}"
        )
        tableau = accessible.tableau_html(ENTETES, lignes, legende)
        return zone_defilante(f"Tableau : {self.titre}", tableau)
