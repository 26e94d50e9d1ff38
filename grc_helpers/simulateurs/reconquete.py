"""Simulateur de reconquête : ce que coûte un client qui revient, ce qu'il laissera, et quand cesser."""

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.figures import accessible
from grc_helpers.figures import reconquete as graphique
from grc_helpers.figures.reconquete import Campagne
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.commun import Simulateur
from grc_helpers.simulateurs.reglages import Plage

# La jardinerie de la leçon. Aucun cas noté n'a ces chiffres.
PLAGES = {
    "approches": ("Clients approchés", 200, Plage(10, 1000, 10, "clients", entier=True)),
    "contact": ("Coût d'un contact", 15, Plage(0, 500, 5, "DH")),
    "reussite": ("Reviennent grâce à nous", 20, Plage(1, 100, 1, "%")),
    "geste": ("Geste pour qui revient", 60, Plage(0, 500, 10, "DH")),
    "marge": ("Marge par client et par an", 200, Plage(0, 1000, 10, "DH")),
    "annees": ("Années regagnées", 2, Plage(1, 10, 1, "ans", entier=True)),
}


class SimulateurReconquete(Simulateur):
    """Six commandes, deux barres, une phrase et les chiffres à déplier. ``projection`` agrandit tout pour une salle.

    >>> simulateur = SimulateurReconquete()
    >>> simulateur.marge.curseur.value = 60
    >>> "perte de" in simulateur.phrase
    True
    """

    classe = "grc-reconquete"

    def __init__(self, titre: str = "Jnan Sebou", projection: bool = False):
        super().__init__(projection)
        self.titre = titre
        reglages = {
            cle: self._reglage(nom, depart, plage) for cle, (nom, depart, plage) in PLAGES.items()
        }
        self.approches, self.contact = reglages["approches"], reglages["contact"]
        self.reussite, self.geste = reglages["reussite"], reglages["geste"]
        self.marge, self.annees = reglages["marge"], reglages["annees"]
        self.remise = self._remise(f"Revenir aux chiffres de départ ({titre})")
        self.actualiser()

    @property
    def campagne(self) -> Campagne:
        """La campagne telle que les commandes la donnent maintenant."""
        return Campagne(
            approches=int(self.approches.valeur),
            contact=self.contact.valeur,
            reussite=self.reussite.valeur / 100,
            geste=self.geste.valeur,
            marge=self.marge.valeur,
            annees=self.annees.valeur,
        )

    @property
    def phrase(self) -> str:
        """La conclusion affichée avec les barres."""
        return graphique.phrase(self.campagne)

    def _redessiner(self) -> None:
        """Recalcule et réaffiche les barres, la phrase et les chiffres."""
        campagne = self.campagne
        figure = graphique.figure_cout_et_valeur(campagne, self.projection)
        self._image.value = accessible.figure_html(
            figure,
            f"{self.titre}. {graphique.description(campagne)}",
            self.phrase,
            chiffres_html(campagne),
        )
        self._signaler("")

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [*(reglage.boite for reglage in self.reglages), self.remise]
        return self._mise_en_page(self.titre, "chiffres fictifs", commandes)


def chiffres_html(campagne: Campagne) -> Markup:
    """Le détail du calcul, en dirhams : par client revenu, puis pour toute la campagne."""
    lignes = [
        ("Contacts, par client revenu", campagne.appels),
        ("Geste", campagne.geste),
        ("Coût d'un client revenu", campagne.cout),
        ("Ce qu'il laissera", campagne.valeur),
        ("Gain de la campagne", campagne.gain),
    ]
    return accessible.tableau_html(
        ["", "DH"], [[nom, ecrire_nombre(valeur, 0)] for nom, valeur in lignes], "En dirhams"
    )
