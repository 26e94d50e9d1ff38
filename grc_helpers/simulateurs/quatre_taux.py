"""Simulateur des quatre taux : rejouer le tableau qu'on vient de remplir, et voir ce que rapporte d'agir sur un taux."""

from collections.abc import Mapping
from dataclasses import replace

import ipywidgets as widgets

from grc_helpers.calculs.valeur_client import (
    VALEUR_CLIENT,
    Hypotheses,
    hypotheses_d_un_tableau,
    modele,
)
from grc_helpers.figures import accessible
from grc_helpers.figures import valeur_client as graphique
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.commun import Simulateur, encadrer
from grc_helpers.simulateurs.ecran import titre_html
from grc_helpers.simulateurs.reglages import Plage

ANNEES = ("N1", "N2", "N3", "N4")
TAUX, EVOLUTION = Plage(0, 100, 1, "%"), Plage(-50, 50, 1, "%")
INCOMPLET = (
    "Ce simulateur rejoue vos propres chiffres. Remplissez les tableaux des questions 1 à 2d, lancez chacune de ces cellules avec ▶, "
    "puis relancez celle-ci."
)
HORS_PLAGE = "Vos tableaux donnent un taux que le simulateur ne sait pas régler. Relisez les questions 1 à 2d, puis relancez."


class SimulateurQuatreTaux(Simulateur):
    """Les quatre taux d'une opération (conversion, attrition de chaque année, évolutions), tirés d'un tableau déjà rempli.

    Les clients gardent leurs décimales, et l'acquisition se paie chaque année, comme dans le tableau. ``valeurs`` : les cases remplies ;
    ``contacts`` : les personnes touchées. Un tableau incomplet donne un message au lieu de l'outil : rien n'est calculé à sa place.

    >>> tableau = modele(Hypotheses(500, 0.2, (0.5, 0.2, 0.1, 0.1), 80, 0, 10, 20, 0)).calculer()
    >>> simulateur = SimulateurQuatreTaux(tableau, contacts=500)
    >>> simulateur.attritions["N1"].curseur.value = 40
    >>> round(simulateur.ecart)
    1584
    """

    classe = "grc-quatre-taux"

    def __init__(
        self, valeurs: Mapping[tuple[str, str], float], contacts: float, titre: str = "Vos taux"
    ):
        super().__init__()
        self.titre, self.hypotheses = titre, hypotheses_d_un_tableau(valeurs, ANNEES, contacts)
        self.refus = "" if self.hypotheses else INCOMPLET
        if self.hypotheses:
            try:
                self._creer_commandes(self.hypotheses)
            except ValueError:
                self.refus = HORS_PLAGE
            else:
                self.depart = self._calculer(self.hypotheses)
                self.actualiser()

    def _creer_commandes(self, h: Hypotheses) -> None:
        def taux(nom: str, part: float, plage: Plage):
            return self._reglage(nom, round(part * 100, 4), plage)

        self.conversion = taux("Conversion des appels", h.taux_conversion, TAUX)
        self.attritions = {
            annee: taux(f"Attrition {annee}", part, TAUX)
            for annee, part in zip(ANNEES, h.attrition, strict=True)
        }
        self.ca = taux("Évolution du CA par an", h.evolution_ca, EVOLUTION)
        self.vie = taux("Évolution du coût de vie par an", h.evolution_cout_de_vie, EVOLUTION)
        self.remise = self._remise("Revenir à vos chiffres")

    @staticmethod
    def _calculer(h: Hypotheses) -> dict[tuple[str, str], float]:
        return modele(h).calculer()

    def hypotheses_en_cours(self) -> Hypotheses:
        """Les hypothèses telles que les commandes les donnent maintenant."""
        assert self.hypotheses
        return replace(
            self.hypotheses,
            taux_conversion=self.conversion.valeur / 100,
            attrition=tuple(reglage.valeur / 100 for reglage in self.attritions.values()),
            evolution_ca=self.ca.valeur / 100,
            evolution_cout_de_vie=self.vie.valeur / 100,
        )

    def _redessiner(self) -> None:
        try:
            self.valeurs = self._calculer(self.hypotheses_en_cours())
            figure = graphique.figure_cumul(self.valeurs, ANNEES)
            dite = f"{self.titre}. {graphique.description(self.valeurs, ANNEES)}"
            self._image.value = accessible.figure_html(figure, dite, self.phrase)
            self._signaler("")
        except Exception as erreur:
            self._signaler(f"Le calcul n'a pas abouti ({erreur}). Cliquez sur « Réinitialiser ».")

    @property
    def ecart(self) -> float:
        """Ce que les réglages ajoutent à la valeur client de départ, en euros."""
        return self.valeurs[VALEUR_CLIENT] - self.depart[VALEUR_CLIENT]

    @property
    def phrase(self) -> str:
        total = ecrire_nombre(self.valeurs[VALEUR_CLIENT], 0, "€")
        if abs(self.ecart) < 0.5:
            return f"Valeur client en {len(ANNEES)} ans : {total}. Ce sont vos chiffres : changez un taux."
        signe = "+" if self.ecart > 0 else ""
        ecart = ecrire_nombre(self.ecart, 0, "€")
        return f"Valeur client en {len(ANNEES)} ans : {total}, soit {signe}{ecart} par rapport à vos chiffres."

    def afficher(self) -> widgets.VBox:
        """Le simulateur, prêt à être la dernière ligne d'une cellule."""
        if self.refus:
            self._signaler(self.refus)
            return encadrer([titre_html(self.titre, ""), self._message], self.classe, False)
        commandes = [*(reglage.boite for reglage in self.reglages), self.remise]
        return self._mise_en_page(self.titre, self._donnees_fixes(), commandes)

    def _donnees_fixes(self) -> str:
        h = self.hypotheses
        assert h
        montants = (h.ca_par_client, h.cout_acquisition, h.cout_de_vie)
        ca, acquisition, vie = (ecrire_nombre(montant, unite="€") for montant in montants)
        return f"par client en N1 : CA {ca}, acquisition {acquisition}, coût de vie {vie}"
