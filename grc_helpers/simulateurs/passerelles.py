"""Le même parcours dans quatre organisations : on relie les canaux, et l'on voit ce que la cliente n'a plus à redire."""

import ipywidgets as widgets

from grc_helpers.calculs import passerelles as calcul
from grc_helpers.figures import accessible
from grc_helpers.figures import passerelles as graphique
from grc_helpers.simulateurs.ecran import bouton, feuille_de_style, titre_html

TITRE, PRECISION = "La rentrée de Mme Bennis", "carré : elle redit ; rond : elle ne redit rien ; flèche verte : une passerelle"
ENTETES = ["Moment", "Canal", "Elle dit", "Elle redit"]
RIEN = "rien"
# La passerelle la plus répandue : commander en ligne, retirer sur place.
COURANTE = frozenset({"Site", "Magasin"})


class SimulateurPasserelles:
    """Deux listes (organisation, passerelle), le chemin de la cliente, une phrase et le tableau de ce qu'elle dit et redit.

    >>> simulateur = SimulateurPasserelles()
    >>> simulateur.organisation.value = "omnicanal"
    >>> simulateur.phrase
    'En omnicanal, Mme Bennis ne redit rien et se déplace une fois.'
    """

    def __init__(self):
        self.moments = calcul.parcours()
        self.canaux = calcul.canaux_de(self.moments)
        self._image, self._tableau = widgets.HTML(), widgets.HTML()
        ponts = [(graphique.nom_de(pont, self.canaux), pont) for pont in calcul.passerelles_possibles(self.moments)]
        self.organisation = _liste("Organisation des canaux", calcul.ORGANISATIONS, self.actualiser)
        self.passerelle = _liste("Passerelle (cross-canal)", ponts, self.actualiser)
        self.passerelle.value = COURANTE
        self.remise = bouton("Réinitialiser", "Revenir au canal simple", self.reinitialiser)
        self.actualiser()

    def reinitialiser(self) -> None:
        """Revient au canal simple et à la passerelle la plus courante."""
        self.organisation.value, self.passerelle.value = calcul.SIMPLE, COURANTE

    def actualiser(self) -> None:
        """Rejoue le parcours et redessine tout. La passerelle ne se choisit qu'en cross-canal."""
        self.passerelle.disabled = self.organisation.value != calcul.CROSS_CANAL
        moments, ponts = calcul.organiser(self.moments, self.organisation.value, self.passerelle.value)
        passages = calcul.derouler(moments, ponts)
        self.phrase = graphique.phrase(self.organisation.value, passages)
        figure = graphique.figure_chemin(passages, ponts, self.canaux)
        self._image.value = accessible.figure_html(figure, graphique.description(passages, ponts, self.canaux), self.phrase)
        lignes = [[p.moment.nom, p.moment.canal, ", ".join(p.nouveaux) or RIEN, ", ".join(p.redites) or RIEN] for p in passages]
        tableau = accessible.tableau_html(ENTETES, lignes, "Ce qu'elle dit pour la première fois, et ce qu'elle répète")
        self._tableau.value = f'<div class="grc-defilement" tabindex="0" role="region" aria-label="Tableau du parcours">{tableau}</div>'

    @property
    def figure(self) -> str:
        """Le chemin affiché, en HTML."""
        return self._image.value

    @property
    def tableau(self) -> str:
        """Le tableau affiché, en HTML."""
        return self._tableau.value

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        reglages = widgets.Box([self.organisation, self.passerelle, self.remise]).add_class("grc-reglages")
        corps = widgets.Box([reglages, widgets.VBox([self._image]).add_class("grc-resultats")]).add_class("grc-corps")
        ecran = widgets.VBox([feuille_de_style(), titre_html(TITRE, PRECISION), corps, self._tableau])
        # Le tableau se lit comme celui des canaux : des mots, alignés à gauche, sans ligne de total.
        return ecran.add_class("grc-simulateur").add_class("grc-canaux").add_class("grc-poste")


def _liste(libelle: str, options, quand_change) -> widgets.Dropdown:
    liste = widgets.Dropdown(options=options, description=libelle, style={"description_width": "initial"}).add_class("grc-choix")
    liste.observe(lambda changement: quand_change(), names="value")
    return liste
