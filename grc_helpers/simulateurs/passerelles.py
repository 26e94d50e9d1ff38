"""Le même parcours dans quatre organisations : on relie les canaux, et l'on voit ce que la cliente n'a plus à redire."""

import ipywidgets as widgets

from grc_helpers.calculs import passerelles as calcul
from grc_helpers.donnees.commerces import parcours
from grc_helpers.figures import accessible
from grc_helpers.figures import passerelles as graphique
from grc_helpers.simulateurs.commun import Simulateur, zone_defilante

TITRE, PRECISION = (
    "La rentrée de Mme Bennis",
    "carré : elle redit ; rond : elle ne redit rien ; double flèche : une passerelle",
)
ENTETES = ["Moment", "Canal", "Elle dit", "Elle redit"]
RIEN = "rien"
# La passerelle la plus répandue : commander en ligne, retirer sur place.
COURANTE = frozenset({"Site", "Magasin"})


class SimulateurPasserelles(Simulateur):
    """Deux listes (organisation, passerelle), le chemin de la cliente, une phrase et le tableau de ce qu'elle dit et redit.

    >>> simulateur = SimulateurPasserelles()
    >>> simulateur.organisation.value = "omnicanal"
    >>> simulateur.phrase
    'En omnicanal, Mme Bennis ne redit rien et se déplace une fois.'
    """

    # Le tableau se lit comme celui des canaux : des mots, alignés à gauche, sans ligne de total.
    classe = "grc-canaux"

    def __init__(self, projection: bool = False):
        super().__init__(projection)
        self.moments = parcours()
        self.canaux = calcul.canaux_de(self.moments)
        ponts = [
            (graphique.nom_de(pont, self.canaux), pont)
            for pont in calcul.passerelles_possibles(self.moments)
        ]
        self.organisation = self._liste("Organisation des canaux", calcul.ORGANISATIONS)
        self.passerelle = self._liste("Passerelle (cross-canal)", ponts, depart=COURANTE)
        self.remise = self._remise("Revenir au canal simple")
        self.actualiser()

    def _redessiner(self) -> None:
        """Rejoue le parcours. La passerelle ne se choisit qu'en cross-canal."""
        self.passerelle.disabled = self.organisation.value != calcul.CROSS_CANAL
        moments, ponts = calcul.organiser(
            self.moments, self.organisation.value, self.passerelle.value
        )
        passages = calcul.derouler(moments, ponts)
        self.phrase = graphique.phrase(self.organisation.value, passages)
        figure = graphique.figure_chemin(passages, ponts, self.canaux)
        self._image.value = accessible.figure_html(
            figure, graphique.description(passages, ponts, self.canaux), self.phrase
        )
        lignes = [
            [
                p.moment.nom,
                p.moment.canal,
                ", ".join(p.nouveaux) or RIEN,
                ", ".join(p.redites) or RIEN,
            ]
            for p in passages
        ]
        tableau = accessible.tableau_html(
            ENTETES, lignes, "Ce qu'elle dit pour la première fois, et ce qu'elle répète"
        )
        self._tableau.value = zone_defilante("Tableau du parcours", tableau)

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        return self._mise_en_page(
            TITRE, PRECISION, [self.organisation, self.passerelle, self.remise]
        )
