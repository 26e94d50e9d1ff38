"""Simulateur de rétention : ce que vaut un point d'attrition, et à partir de quel coût cesser de retenir."""

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.calculs.fidelisation import (
    Annee,
    comparer_l_effort,
    duree_de_vie_moyenne,
    valeur_d_un_point,
)
from grc_helpers.figures import accessible
from grc_helpers.figures import retention as graphique
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.commun import Simulateur, zone_defilante
from grc_helpers.simulateurs.reglages import Plage

# La jardinerie de la leçon. Aucun cas noté n'a ces chiffres.
PLAGES = {
    "clients": ("Clients au départ", 1600, Plage(100, 5000, 100, "clients", entier=True)),
    "attrition": ("Attrition par an", 25, Plage(2, 90, 1, "%")),
    "marge": ("Marge par client et par an", 200, Plage(0, 2000, 10, "DH")),
    "points": ("Points d'attrition gagnés", 5, Plage(0, 40, 1, "points")),
    "cout": ("Coût de l'effort, par client et par an", 8, Plage(0, 200, 1, "DH")),
    "duree": ("Nombre d'années", 5, Plage(1, 10, 1, "ans", entier=True)),
}

LIGNES = {
    "Présents sans effort": "sans",
    "Présents avec effort": "avec",
    "Marge ajoutée": "marge_ajoutee",
    "Coût de l'effort": "cout",
    "Gain de l'année": "gain",
    "Gain cumulé": "cumul",
}


class SimulateurRetention(Simulateur):
    """Six commandes, deux courbes, deux phrases et les chiffres de chaque année à déplier.

    ``projection`` agrandit tout pour une salle. Les points gagnés ne dépassent pas l'attrition : un message le dit.

    >>> simulateur = SimulateurRetention()
    >>> simulateur.cout.curseur.value = 19
    >>> "perte de" in simulateur.phrase
    True
    """

    classe = "grc-retention"

    def __init__(self, titre: str = "Jnan Sebou", projection: bool = False):
        super().__init__(projection)
        self.titre = titre
        reglages = {
            cle: self._reglage(nom, depart, plage) for cle, (nom, depart, plage) in PLAGES.items()
        }
        self.clients, self.attrition = reglages["clients"], reglages["attrition"]
        self.marge, self.points = reglages["marge"], reglages["points"]
        self.cout, self.duree = reglages["cout"], reglages["duree"]
        self.remise = self._remise(f"Revenir aux chiffres de départ ({titre})")
        self.actualiser()

    def _redessiner(self) -> None:
        """Recalcule et réaffiche ; si les points dépassent l'attrition, garde le dernier calcul et dit quoi changer."""
        if self.points.valeur > self.attrition.valeur:
            self._signaler(
                "On ne peut pas gagner plus de points qu'il n'y a d'attrition : baissez les points gagnés."
            )
            return
        self.annees = self._comparer()
        # Repliés sous le graphique, les chiffres laissent les consignes et l'outil tenir dans un écran.
        self.chiffres = self._chiffres_html()
        figure = graphique.figure_presents(self.annees, self.projection)
        self._image.value = accessible.figure_html(
            figure,
            f"{self.titre}. {graphique.description(self.annees)}",
            self.phrase,
            self.chiffres,
        )
        self._signaler("")

    def _comparer(self) -> list[Annee]:
        return comparer_l_effort(
            clients=self.clients.valeur,
            attrition=self.attrition.valeur / 100,
            marge=self.marge.valeur,
            points=self.points.valeur / 100,
            cout=self.cout.valeur,
            annees=int(self.duree.valeur),
        )

    @property
    def phrase(self) -> str:
        """La conclusion affichée avec le graphique : l'effort, puis ce que vaut un point."""
        return f"{graphique.phrase(self.annees)} {self.phrase_du_point}"

    @property
    def phrase_du_point(self) -> str:
        """Ce que vaut un point d'attrition en moins, sur toute la durée de vie d'un client."""
        part = self.attrition.valeur / 100
        duree = ecrire_nombre(duree_de_vie_moyenne(part), 1)
        point = ecrire_nombre(valeur_d_un_point(self.marge.valeur, part), 0, "DH")
        taux = ecrire_nombre(self.attrition.valeur, unite="%")
        return f"À {taux} d'attrition, un client reste {duree}\u00a0ans en moyenne ; un point de moins ajoute {point} par client."

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [*(reglage.boite for reglage in self.reglages), self.remise]
        return self._mise_en_page(self.titre, "chiffres fictifs", commandes)

    def _chiffres_html(self) -> Markup:
        lignes = [
            [libelle, *(ecrire_nombre(getattr(an, champ), 0) for an in self.annees)]
            for libelle, champ in LIGNES.items()
        ]
        entetes = ["", *(f"année {an.rang}" for an in self.annees)]
        legende = f"{self.titre} : clients présents au début de l'année, montants en DH"
        tableau = accessible.tableau_html(entetes, lignes, legende)
        return zone_defilante(f"Tableau : {self.titre}", tableau)
