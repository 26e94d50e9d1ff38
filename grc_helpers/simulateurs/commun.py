"""Ce que tous les simulateurs ont en commun : leurs commandes et leur remise à zéro, ce qu'ils affichent, leur mise en page."""

from collections.abc import Callable, Sequence

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.simulateurs.ecran import (
    boite_de_message,
    bouton,
    ecrire_message,
    feuille_de_style,
    titre_html,
)
from grc_helpers.simulateurs.reglages import Etendue, Reglage


class Simulateur:
    """À dériver. La classe fille crée ses commandes avec ``_reglage`` et ``_liste``, puis écrit ``_redessiner``.

    Chaque nouvelle valeur d'une commande appelle ``actualiser``. ``projection`` agrandit tout pour une salle ; ``classe`` nomme l'outil
    dans la page.
    """

    classe: str

    def __init__(self, projection: bool = False):
        self.projection = projection
        self.reglages: list[Reglage] = []
        self.listes: list[widgets.Dropdown] = []
        self._departs: list[str] = []
        self._en_pause = False
        self._message, self._image, self._tableau = (
            boite_de_message(),
            widgets.HTML(),
            widgets.HTML(),
        )

    @property
    def message(self) -> str:
        """Ce que dit la boîte de message, en HTML ; vide si tout va bien."""
        return self._message.value

    @property
    def tableau(self) -> str:
        """Le tableau affiché, en HTML ; vide si l'outil n'en a pas d'autre que celui du graphique."""
        return self._tableau.value

    @property
    def figure(self) -> str:
        """Le graphique affiché, en HTML."""
        return self._image.value

    def actualiser(self) -> None:
        """Recalcule et réaffiche, sauf pendant une remise à zéro : elle le fait une fois, à la fin."""
        if not self._en_pause:
            self._redessiner()

    def reinitialiser(self) -> None:
        """Remet chaque commande à sa valeur de départ, puis réaffiche une fois."""
        self._en_pause = True
        for reglage in self.reglages:
            reglage.reinitialiser()
        for liste, depart in zip(self.listes, self._departs, strict=True):
            liste.value = depart
        self._en_pause = False
        self.actualiser()

    def _redessiner(self) -> None:
        raise NotImplementedError

    def _reglage(self, nom: str, depart: float, plage: Etendue) -> Reglage:
        """Un curseur et son champ (voir ``Reglage``)."""
        reglage = Reglage(nom, depart, plage, self.actualiser, self._signaler)
        self.reglages.append(reglage)
        return reglage

    def _liste(
        self,
        nom: str,
        options: Sequence,
        quand_change: Callable[[], None] | None = None,
        depart=None,
    ) -> widgets.Dropdown:
        """Une liste déroulante ; sans ``depart``, elle part de sa première option."""
        style = {"description_width": "initial"}
        liste = widgets.Dropdown(options=options, description=nom, style=style).add_class(
            "grc-choix"
        )
        if depart is not None:
            liste.value = depart
        liste.observe(lambda changement: (quand_change or self.actualiser)(), names="value")
        self.listes.append(liste)
        self._departs.append(liste.value)
        return liste

    def _remise(self, infobulle: str, libelle: str = "Réinitialiser") -> widgets.Button:
        return bouton(libelle, infobulle, self.reinitialiser)

    def _signaler(self, message: str) -> None:
        ecrire_message(self._message, message)

    def _mise_en_page(
        self, titre: str, precision: str, commandes: list, *autres_resultats: widgets.Widget
    ) -> widgets.VBox:
        """Les commandes à gauche, message et graphique à droite (l'un sous l'autre si l'écran est étroit), le tableau dessous."""
        reglages = widgets.Box(commandes).add_class("grc-reglages")
        resultats = widgets.VBox([self._message, self._image, *autres_resultats]).add_class(
            "grc-resultats"
        )
        corps = widgets.Box([reglages, resultats]).add_class("grc-corps")
        return encadrer(
            [titre_html(titre, precision), corps, self._tableau], self.classe, self.projection
        )


def encadrer(pieces: list[widgets.Widget], classe: str, projection: bool) -> widgets.VBox:
    """Ces pièces et leur feuille de style, prêtes à être la dernière ligne d'une cellule."""
    ecran = widgets.VBox([feuille_de_style(), *pieces]).add_class("grc-simulateur")
    return ecran.add_class(classe).add_class("grc-projection" if projection else "grc-poste")


def zone_defilante(nom: str, tableau: Markup) -> Markup:
    """Un tableau (HTML) dans une zone nommée qui défile, aussi au clavier, s'il ne tient pas dans la largeur.

    >>> str(zone_defilante("Relevé", Markup("<table></table>")))
    '<div class="grc-defilement" tabindex="0" role="region" aria-label="Relevé"><table></table></div>'
    """
    return Markup(
        '<div class="grc-defilement" tabindex="0" role="region" aria-label="{}">{}</div>'
    ).format(nom, tableau)
