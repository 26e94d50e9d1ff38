"""Deux simulateurs de la valeur client côte à côte, pour choisir lequel des deux clients garder."""

from dataclasses import replace

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.valeur_client import HYPOTHESES_DE_DEPART, SimulateurValeurClient

# Le second client dépense plus et part plus vite ; tout le reste est égal.
HYPOTHESES_DU_SECOND = replace(HYPOTHESES_DE_DEPART, attrition=(0.50,) * 5, ca_par_client=600)


class Comparaison:
    """Deux simulateurs à la même échelle et une phrase sur leur écart.

    >>> comparaison = Comparaison()
    >>> comparaison.a.reinitialiser()
    >>> comparaison.a.total > comparaison.b.total
    True
    """

    def __init__(self, projection: bool = False):
        self.a = SimulateurValeurClient(HYPOTHESES_DE_DEPART, "Client A", projection)
        self.b = SimulateurValeurClient(HYPOTHESES_DU_SECOND, "Client B", projection)
        self._ecart = widgets.HTML().add_class("grc-ecart")
        self.a.apres_calcul = self.b.apres_calcul = self._comparer
        self._comparer()

    @property
    def phrase(self) -> str:
        """Ce qui sépare les deux clients, en une phrase."""
        a, b = self.a, self.b
        if len(a.noms_des_annees) != len(b.noms_des_annees):
            return (
                "Les deux durées sont différentes : mettez le même nombre d'années pour comparer."
            )
        ecart = round(a.total - b.total)
        if not ecart:
            return f"En {len(a.noms_des_annees)} ans, les deux clients rapportent autant."
        mieux, moins = (a, b) if ecart > 0 else (b, a)
        return f"En {len(a.noms_des_annees)} ans, {mieux.titre} rapporte {ecrire_nombre(abs(ecart), 0, '€')} de plus que {moins.titre}."

    def _comparer(self) -> None:
        cumuls = [0, *self.a.cumuls, *self.b.cumuls]
        for simulateur in (self.a, self.b):
            simulateur.dessiner((min(cumuls), max(cumuls)))
        self._ecart.value = Markup("<p>{}</p>").format(self.phrase)

    def afficher(self) -> widgets.VBox:
        """Les deux simulateurs, l'un sous l'autre si l'écran est étroit."""
        paire = widgets.Box([self.a.afficher(), self.b.afficher()]).add_class("grc-paire")
        return widgets.VBox([self._ecart, paire]).add_class("grc-comparaison")


def comparer(projection: bool = False) -> widgets.VBox:
    """« Client A » et « Client B » côte à côte ; ``projection=True`` pour une salle."""
    return Comparaison(projection).afficher()
