"""Simulateur de satisfaction : un NPS, un CSAT ou un CES, sa marge d'erreur, et ce que changerait un autre nombre de réponses."""

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.figures import accessible
from grc_helpers.figures import satisfaction as graphique
from grc_helpers.figures.satisfaction import INDICATEURS, Enquete, Indicateur
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.commun import Simulateur
from grc_helpers.simulateurs.reglages import Plage

REPONSES = Plage(0, 200, 1, "", entier=True)
VISEES = Plage(10, 2000, 10, "", entier=True)
# Aucun cas noté n'a ces chiffres.
DEPARTS = (45, 30, 25)
DEPART_VISEES = 400


class SimulateurSatisfaction(Simulateur):
    """Une liste, trois groupes de réponses dont les noms suivent l'indicateur, un nombre de réponses visé ; deux traits et une phrase.

    ``projection`` agrandit tout pour une salle.

    >>> simulateur = SimulateurSatisfaction()
    >>> simulateur.indicateur.value = "CSAT : être satisfait, de 1 à 5"
    >>> simulateur.contents.champ.description
    'Satisfaits (4 et 5)'
    """

    classe = "grc-satisfaction"

    def __init__(self, titre: str = "Mesurer la satisfaction", projection: bool = False):
        super().__init__(projection)
        self.titre = titre
        self._par_nom = {f"{i.sigle} : {i.question}": i for i in INDICATEURS}
        self.indicateur = self._liste("Indicateur", list(self._par_nom), self._changer)
        self.contents, self.entre_deux, self.mecontents = (
            self._reglage(nom, depart, REPONSES)
            for nom, depart in zip(INDICATEURS[0].groupes, DEPARTS, strict=True)
        )
        self.visees = self._reglage("Et avec combien de réponses ?", DEPART_VISEES, VISEES)
        self.remise = self._remise("Revenir au NPS et aux réponses de départ")
        self.actualiser()

    @property
    def enquete(self) -> Enquete:
        """L'enquête telle que les commandes la donnent maintenant."""
        return Enquete(
            self._choisi,
            int(self.contents.valeur),
            int(self.entre_deux.valeur),
            int(self.mecontents.valeur),
            int(self.visees.valeur),
        )

    @property
    def phrase(self) -> str:
        """La conclusion affichée avec les deux traits."""
        return graphique.phrase(self.enquete)

    @property
    def _choisi(self) -> Indicateur:
        return self._par_nom[self.indicateur.value]

    def _changer(self) -> None:
        """Les trois groupes prennent le nom qu'ils ont dans l'indicateur choisi ; les réponses restent."""
        groupes = (self.contents, self.entre_deux, self.mecontents)
        for reglage, nom in zip(groupes, self._choisi.groupes, strict=True):
            reglage.renommer(nom)
        self.actualiser()

    def _redessiner(self) -> None:
        """Recalcule et réaffiche ; sans deux réponses au moins, garde le dernier calcul et dit quoi faire."""
        enquete = self.enquete
        if enquete.reponses < 2:
            self._signaler("Il faut au moins deux réponses : augmentez l'un des trois groupes.")
            return
        self._image.value = accessible.figure_html(
            graphique.figure_marge(enquete, self.projection),
            f"{self.titre}. {graphique.description(enquete)}",
            graphique.phrase(enquete),
            chiffres_html(enquete),
        )
        self._signaler("")

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [
            self.indicateur,
            *(reglage.boite for reglage in self.reglages),
            self.remise,
        ]
        return self._mise_en_page(self.titre, "marge à 95 %", commandes)


def chiffres_html(enquete: Enquete) -> Markup:
    """Les trois groupes, en réponses et en pour cent, puis ce que donne l'enquête et entre quoi et quoi."""
    i = enquete.indicateur
    lignes = [
        [nom, ecrire_nombre(nombre), ecrire_nombre(100 * nombre / enquete.reponses, 1, "%")]
        for nom, nombre in zip(i.groupes, enquete.effectifs, strict=True)
    ]
    bas, haut = enquete.bornes(enquete.marge)
    lignes += [
        ["Toutes les réponses", ecrire_nombre(enquete.reponses), ecrire_nombre(100, 1, "%")],
        [i.sigle, i.ecrire(enquete.valeur), f"de {i.ecrire(bas)} à {i.ecrire(haut)}"],
    ]
    return accessible.tableau_html(
        ["", "Nombre", "Part, ou bornes"], lignes, f"{i.sigle} : {i.question}"
    )
