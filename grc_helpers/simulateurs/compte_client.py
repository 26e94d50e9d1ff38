"""Explorateur de compte client : avancer dans le temps, ligne après ligne, et voir le solde, le lettrage et la balance âgée."""

from collections.abc import Sequence
from datetime import date

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.calculs.compte_client import Ecriture, balance_agee, lettrer, soldes
from grc_helpers.donnees.commerces import compte
from grc_helpers.figures import accessible
from grc_helpers.figures import compte_client as graphique
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.commun import Simulateur, zone_defilante
from grc_helpers.simulateurs.dates import PlageDeDates
from grc_helpers.simulateurs.ecran import bouton

GRAPHIQUES = [("Solde jour après jour", "solde"), ("Balance âgée", "balance")]
AGES = [("la date de facture", "facture"), ("l'échéance", "echeance")]
DERNIER_SOLDE = [("affiché", "affiche"), ("caché, à deviner", "cache")]
ENTETES = ["Date", "Libellé", "Débit (€)", "Crédit (€)", "Solde (€)", "Lettre"]
LIGNES_AU_DEPART = 5
# Le compte d'une école chez un papetier ; aucun cas du cours n'a ces chiffres.
COMPTE_DE_DEPART = "ecole_al_manar"


class ExplorateurDeCompte(Simulateur):
    """Une date à régler, deux boutons pour aller d'une écriture à l'autre, le relevé jusqu'à cette date, un graphique, une phrase.

    ``ecritures`` : le compte à montrer, rangé par date. Par défaut, celui d'une école fictive : l'explorateur d'un TP ne montre pas le
    compte que le TP demande d'analyser. ``projection`` agrandit tout pour une salle.

    >>> explorateur = ExplorateurDeCompte()
    >>> explorateur.aller_au(date(2026, 1, 31))
    >>> explorateur.solde
    422.0
    >>> explorateur.lettres[-1]
    'D'
    """

    classe = "grc-compte"

    def __init__(
        self,
        ecritures: Sequence[Ecriture] | None = None,
        titre: str = "École Al Manar",
        projection: bool = False,
    ):
        super().__init__(projection)
        self.ecritures = list(ecritures) if ecritures is not None else compte(COMPTE_DE_DEPART)[0]
        self.titre = titre
        self.plage = PlageDeDates(self.ecritures[0].jour, self.ecritures[-1].jour)
        self._creer_commandes()
        self.actualiser()

    def _creer_commandes(self) -> None:
        depart = self.plage.valeur(
            self.ecritures[min(LIGNES_AU_DEPART, len(self.ecritures)) - 1].jour
        )
        self.date = self._reglage("À la date du", depart, self.plage)
        self.suivante = bouton(
            "Écriture suivante", "Avancer jusqu'à la prochaine écriture", lambda: self._sauter(1)
        )
        self.precedente = bouton(
            "Écriture précédente", "Revenir à l'écriture d'avant", lambda: self._sauter(-1)
        )
        self.graphique = self._liste("Graphique", GRAPHIQUES)
        self.age = self._liste("Ancienneté comptée depuis", AGES)
        self.dernier = self._liste("Solde de la dernière ligne", DERNIER_SOLDE)
        self.remise = self._remise("Revenir à la date et aux réglages de départ")

    @property
    def jour(self) -> date:
        """La date en cours."""
        return self.plage.jour(self.date.valeur)

    @property
    def visibles(self) -> list[Ecriture]:
        """Les écritures jusqu'à la date en cours."""
        return [e for e in self.ecritures if e.jour <= self.jour]

    @property
    def solde(self) -> float:
        """Le solde à la date en cours, en euros."""
        return soldes(self.visibles)[-1]

    @property
    def lettres(self) -> list[str]:
        """La lettre de chaque écriture visible ; vide si la pièce est ouverte."""
        return lettrer(self.visibles)

    @property
    def classes(self) -> dict[str, float]:
        """La balance âgée à la date en cours."""
        return balance_agee(self.ecritures, self.jour, self.age.value)

    def aller_au(self, jour: date) -> None:
        """Place la date en cours."""
        self.date.curseur.value = self.plage.valeur(jour)

    def _sauter(self, sens: int) -> None:
        jours = sorted({e.jour for e in self.ecritures})
        suite = (
            [jour for jour in jours if jour > self.jour]
            if sens > 0
            else [jour for jour in jours if jour < self.jour][::-1]
        )
        if suite:
            self.aller_au(suite[0])

    def _redessiner(self) -> None:
        """Réaffiche le relevé, le graphique et la phrase à la date en cours."""
        self._tableau.value = self._tableau_html()
        figure, description, chiffres = self._vue()
        self._image.value = accessible.figure_html(
            figure, f"{self.titre}. {description}", self.phrase, chiffres
        )
        self._signaler("")

    def _vue(self) -> tuple:
        """La figure choisie, ce qui la remplace pour qui ne la voit pas, et ses chiffres s'ils ne sont pas dans le relevé."""
        if self.graphique.value == "balance" and not self._cache:
            return (
                graphique.figure_balance(self.classes, self.projection),
                graphique.description_balance(self.classes),
                graphique.tableau_balance(self.classes),
            )
        # Le solde à deviner ne se lit sur aucun graphique : la courbe s'arrête à l'écriture d'avant.
        montrees = self.ecritures if not self._cache else self.visibles[:-1]
        jour = (
            self.jour
            if not self._cache
            else max((e.jour for e in montrees), default=self.plage.debut)
        )
        figure = graphique.figure_solde(
            montrees, jour, (self.plage.debut, self.plage.fin), self.projection, self._plus_haut
        )
        return figure, graphique.description_solde(montrees, jour), ""

    @property
    def _cache(self) -> bool:
        return self.dernier.value == "cache"

    @property
    def _plus_haut(self) -> float:
        return max(soldes(self.ecritures))

    @property
    def phrase(self) -> str:
        """La conclusion affichée avec le graphique, ou la devinette."""
        if self._cache:
            return f"Quel est le solde après « {self.visibles[-1].libelle} » ?"
        if self.graphique.value == "balance":
            return graphique.phrase_balance(self.classes)
        return graphique.phrase_solde(self.ecritures, self.jour)

    def afficher(self) -> widgets.VBox:
        """L'explorateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [
            self.date.boite,
            self.suivante,
            self.precedente,
            self.graphique,
            self.age,
            self.dernier,
            self.remise,
        ]
        return self._mise_en_page(self.titre, self._donnees_fixes(), commandes)

    def _donnees_fixes(self) -> str:
        return f"{len(self.ecritures)} écritures ; règlement à 30 jours fin de mois"

    def _tableau_html(self) -> Markup:
        lignes = [
            [
                graphique.jour_court(e.jour),
                e.libelle
                + (
                    f" : {graphique.au_centime(e.pour_memoire)} (pour mémoire)"
                    if e.pour_memoire
                    else ""
                ),
                ecrire_nombre(e.debit, 2) if e.debit else "",
                ecrire_nombre(e.credit, 2) if e.credit else "",
                ecrire_nombre(solde, 2),
                lettre,
            ]
            for e, solde, lettre in zip(
                self.visibles, soldes(self.visibles), self.lettres, strict=True
            )
        ]
        if self._cache:
            lignes[-1][4] = "?"
        legende = f"Relevé : {self.titre}, au {graphique.jour_court(self.jour)}"
        tableau = accessible.tableau_html(ENTETES, lignes, legende)
        return zone_defilante(f"Relevé : {self.titre}", tableau)
