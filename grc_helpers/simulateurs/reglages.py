"""Les commandes d'un simulateur : un curseur pour explorer, un champ à la française pour écrire une valeur exacte.

Un curseur seul n'a pas de nom pour un lecteur d'écran et se règle mal au clavier ; un champ numérique du navigateur
refuse parfois la virgule. Le champ est donc un texte, lu par le même lecteur de nombres que les réponses.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import ipywidgets as widgets

from grc_helpers.francais.nombres import ecrire_nombre, lire_nombre


class Etendue(Protocol):
    """Ce qu'une commande accepte, que sa valeur soit un nombre (``Plage``) ou une date (``PlageDeDates``)."""

    @property
    def minimum(self) -> float: ...

    @property
    def maximum(self) -> float: ...

    @property
    def pas(self) -> float: ...

    def ecrire(self, valeur: float) -> str: ...

    def lire(self, texte: str) -> tuple[float | None, str]: ...


@dataclass(frozen=True)
class Plage:
    """Ce qu'une commande accepte, dans son ``unite`` (€, %, ans). ``entier`` refuse les décimales."""

    minimum: float
    maximum: float
    pas: float
    unite: str
    entier: bool = False

    def ecrire(self, valeur: float) -> str:
        """La valeur telle que le champ la montre.

        >>> Plage(0, 100, 1, "%").ecrire(62.5)
        '62,5\\xa0%'
        """
        return ecrire_nombre(valeur, unite=self.unite)

    def lire(self, texte: str) -> tuple[float | None, str]:
        """La valeur écrite, ou None et un message qui dit quoi corriger.

        >>> Plage(0, 100, 1, "%").lire("62,5 %")
        (62.5, '')
        >>> Plage(3, 8, 1, "ans", entier=True).lire("12")
        (None, 'écrivez un nombre entre 3\\xa0ans et 8\\xa0ans.')
        """
        lu = lire_nombre(texte, self.unite)
        if lu.valeur is None:
            return None, lu.message or "le champ est vide. Écrivez un nombre."
        if not self.minimum <= lu.valeur <= self.maximum:
            return (
                None,
                f"écrivez un nombre entre {self.ecrire(self.minimum)} et {self.ecrire(self.maximum)}.",
            )
        if self.entier and lu.valeur != int(lu.valeur):
            return None, "écrivez un nombre entier."
        return lu.valeur, ""


class Reglage:
    """Un curseur et son champ, toujours d'accord entre eux.

    ``quand_change()`` est appelée après chaque nouvelle valeur ; ``signaler(message)`` quand le champ est illisible.
    Lève ``ValueError`` si la valeur de départ sort de la plage : un curseur la rognerait sans rien dire.
    """

    def __init__(
        self,
        nom: str,
        depart: float,
        plage: Etendue,
        quand_change: Callable[[], None],
        signaler: Callable[[str], None],
    ):
        if not plage.minimum <= depart <= plage.maximum:
            raise ValueError(
                f"{nom} : {plage.ecrire(depart)} sort de la plage prévue, de {plage.ecrire(plage.minimum)} à {plage.ecrire(plage.maximum)}."
            )
        self.nom, self.depart, self.plage = nom, depart, plage
        self._quand_change, self._signaler = quand_change, signaler
        # continuous_update=False : un calcul quand on lâche le curseur, pas cent pendant le geste.
        self.curseur = widgets.FloatSlider(
            value=depart,
            min=plage.minimum,
            max=plage.maximum,
            step=plage.pas,
            readout=False,
            continuous_update=False,
        )
        self.champ = widgets.Text(
            value=plage.ecrire(depart),
            description=nom,
            continuous_update=False,
            style={"description_width": "initial"},
        )
        self.boite = widgets.Box([self.curseur, self.champ]).add_class("grc-reglage")
        self.curseur.observe(self._curseur_deplace, names="value")
        self.champ.observe(self._champ_modifie, names="value")

    @property
    def valeur(self) -> float:
        """La valeur en cours, dans l'unité de la plage."""
        return self.curseur.value

    def renommer(self, nom: str) -> None:
        """Change le nom affiché, quand ce que l'on règle dépend d'un autre choix ; la valeur reste."""
        self.nom = self.champ.description = nom

    def reinitialiser(self) -> None:
        """Revient à la valeur de départ, y compris si le champ contient un texte illisible."""
        self.curseur.value = self.depart
        self.champ.value = self.plage.ecrire(self.depart)

    def _curseur_deplace(self, changement) -> None:
        self.champ.value = self.plage.ecrire(self.valeur)
        self._quand_change()

    def _champ_modifie(self, changement) -> None:
        if self.champ.value == self.plage.ecrire(self.valeur):
            self._signaler("")
            return
        valeur, message = self.plage.lire(self.champ.value)
        if valeur is None:
            self._signaler(f"{self.nom} : {message}")
            return
        self.curseur.value = valeur
        self.champ.value = self.plage.ecrire(self.valeur)
