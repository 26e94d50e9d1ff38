"""Explorateur RFM : à qui écrire quand le budget ne suffit pas pour tous, et ce qu'on en attend."""

from collections.abc import Collection, Mapping
from datetime import date

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.calculs.rfm import (
    SEGMENTS,
    Envoi,
    Mesures,
    gain_attendu,
    mesurer,
    noter_tous,
    preparer_envoi,
    score,
)
from grc_helpers.donnees import commerces
from grc_helpers.figures import accessible
from grc_helpers.figures import rfm as graphique
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.commun import Simulateur, zone_defilante
from grc_helpers.simulateurs.ecran import bouton
from grc_helpers.simulateurs.reglages import Plage

GRAPHIQUES = [("Grille récence × fréquence", "grille"), ("Ce qu'achète chaque segment", "segments")]
CIBLES = [
    ("aux meilleurs scores", "score"),
    ("aux plus gros montants", "montant"),
    ("aux plus récents", "recence"),
    *((f"aux clients « {nom} »", nom) for nom in SEGMENTS),
]
EX_AEQUO = [("la plus basse de leurs notes", "bas"), ("la plus haute de leurs notes", "haut")]
BUDGET, COUT = 40.0, 4.0
# Le jour où la savonnerie fait le point : le dernier d'une année de ventes.
JOUR_D_ANALYSE = date(2025, 12, 31)
# Sur 100 € d'achats, ce qui reste à la boutique de l'exemple une fois la marchandise payée.
TAUX_DE_MARGE = 0.5
ENTETES = [
    "Client",
    "Courrier",
    "Gain attendu",
    "Segment",
    "Score",
    "Notes R-F-M",
    "Dernier achat (jours)",
    "Jours d'achat",
    "Total (€)",
]


def savonnerie() -> tuple[Mapping[str, Mesures], set[str]]:
    """Les mesures des clients de la savonnerie, et ceux qui refusent la publicité."""
    return (
        mesurer(commerces.ventes("savonnerie"), JOUR_D_ANALYSE),
        commerces.refus_de_publicite("savonnerie"),
    )


class ExplorateurRFM(Simulateur):
    """Cinq commandes, un graphique parmi deux, une phrase, le tableau des clients, et un plan gardé pour le comparer au suivant.

    ``mesures`` de chaque client, ``refus`` de publicité : par défaut, ceux d'une savonnerie fictive ; l'explorateur d'un atelier ne montre
    pas les clients que l'atelier demande de noter. ``projection`` agrandit tout pour une salle.

    >>> explorateur = ExplorateurRFM()
    >>> explorateur.cible.value = "montant"
    >>> round(explorateur.envoi.gain)
    21
    """

    classe = "grc-rfm"

    def __init__(
        self,
        mesures: Mapping[str, Mesures] | None = None,
        refus: Collection[str] = (),
        titre: str = "Les clients d'une savonnerie",
        projection: bool = False,
    ):
        super().__init__(projection)
        self.mesures, self.refus = (mesures, set(refus)) if mesures else savonnerie()
        self.marges = {
            client: mesures.panier * TAUX_DE_MARGE for client, mesures in self.mesures.items()
        }
        self.titre = titre
        self._garde: tuple[str, Envoi] | None = None
        self._comparaison = widgets.HTML()
        self._creer_commandes()
        self.actualiser()

    def _creer_commandes(self) -> None:
        self.graphique, self.cible = (
            self._liste("Graphique", GRAPHIQUES),
            self._liste("Écrire d'abord…", CIBLES),
        )
        self.budget = self._reglage("Budget", BUDGET, Plage(0, 150, 1, "€"))
        self.cout = self._reglage("Prix d'un courrier", COUT, Plage(0.5, 10, 0.5, "€"))
        self.ex_aequo = self._liste("À égalité, les clients prennent…", EX_AEQUO)
        self.garder = bouton(
            "Garder ce plan", "Retenir ce plan pour le comparer au suivant", self.garder_le_plan
        )
        self.remise = self._remise("Revenir aux réglages de départ et oublier le plan gardé")

    def _redessiner(self) -> None:
        """Renote les clients, refait le plan et réaffiche tout."""
        self.notes = noter_tous(self.mesures, self.ex_aequo.value)
        self.envoi = preparer_envoi(
            self.cibles(), self.notes, self.marges, self.refus, self.budget.valeur, self.cout.valeur
        )
        figure, description = self._vue()
        self._image.value = accessible.figure_html(
            figure, description, self.phrase, graphique.tableau_des_taux()
        )
        self._comparaison.value = (
            Markup('<p class="grc-commentaire" role="status">{}</p>').format(self.comparaison)
            if self._garde
            else ""
        )
        self._tableau.value = self._tableau_html()
        self._signaler("")

    def cibles(self) -> list[str]:
        """Les clients visés, dans l'ordre où l'on écrirait : par score dans un segment, le montant départageant les égalités."""
        if self.cible.value == "montant":
            return sorted(self.mesures, key=lambda client: -self.mesures[client].montant)
        if self.cible.value == "recence":
            return sorted(
                self.mesures,
                key=lambda client: (self.mesures[client].recence, -self.mesures[client].montant),
            )
        par_score = sorted(
            self.mesures, key=lambda client: (-self._score(client), -self.mesures[client].montant)
        )
        if self.cible.value == "score":
            return par_score
        membres = graphique.segments_de(self.notes)[self.cible.value]
        return [client for client in par_score if client in membres]

    def _score(self, client: str) -> float:
        notes = self.notes[client]
        return score(notes.recence, notes.frequence, notes.montant)

    def _vue(self) -> tuple:
        """La figure choisie et ce qui la remplace pour qui ne la voit pas."""
        ecrits = self.envoi.ecrits
        if self.graphique.value == "grille":
            return graphique.figure_grille(
                self.notes, ecrits, self.projection
            ), graphique.description_grille(self.notes, ecrits)
        figure = graphique.figure_segments(self.mesures, self.notes, ecrits, self.projection)
        return figure, graphique.description_segments(self.mesures, self.notes, ecrits)

    @property
    def phrase(self) -> str:
        """Ce que coûte le plan et ce qu'on en attend."""
        return graphique.phrase_envoi(self._nom_du_plan, self.envoi)

    @property
    def _nom_du_plan(self) -> str:
        return f"Écrire {self.cible.label}"

    @property
    def comparaison(self) -> str:
        """Ce qui sépare le plan en cours du plan gardé ; vide s'il n'y en a pas."""
        if not self._garde:
            return ""
        nom, garde = self._garde
        ecart = round(self.envoi.gain) - round(garde.gain)
        suite = (
            "Les deux plans se valent."
            if not ecart
            else f"Le plan affiché rapporte {graphique.a_l_euro(abs(ecart))} de {'plus' if ecart > 0 else 'moins'}."
        )
        return f"Plan gardé : {nom}, {graphique.a_l_euro(garde.cout)} dépensés, {graphique.a_l_euro(garde.gain)} attendus. {suite}"

    def garder_le_plan(self) -> None:
        """Retient le plan affiché ; le suivant lui sera comparé."""
        self._garde = (self._nom_du_plan[0].lower() + self._nom_du_plan[1:], self.envoi)
        self.actualiser()

    def reinitialiser(self) -> None:
        """Oublie aussi le plan gardé."""
        self._garde = None
        super().reinitialiser()

    def afficher(self) -> widgets.VBox:
        """L'explorateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [
            self.graphique,
            self.cible,
            self.budget.boite,
            self.cout.boite,
            self.ex_aequo,
            self.garder,
            self.remise,
        ]
        return self._mise_en_page(self.titre, self._donnees_fixes(), commandes, self._comparaison)

    def _donnees_fixes(self) -> str:
        total = sum(mesures.montant for mesures in self.mesures.values())
        marge = ecrire_nombre(100 * TAUX_DE_MARGE, 0, "%")
        return f"{len(self.mesures)} clients, {graphique.a_l_euro(total)} en un an ; marge : {marge} du panier moyen"

    def _tableau_html(self) -> Markup:
        """Les clients dans l'ordre du plan, puis ceux qu'il ne vise pas, par score."""
        vises = self.cibles()
        autres = sorted(
            self.mesures.keys() - set(vises), key=lambda client: (-self._score(client), client)
        )
        groupes = {
            client: nom
            for nom, membres in graphique.segments_de(self.notes).items()
            for client in membres
        }
        lignes = [
            [
                client,
                "refus"
                if client in self.refus
                else "oui"
                if client in self.envoi.ecrits
                else "non",
                "" if client in self.refus else self._gain(client),
                groupes[client],
                ecrire_nombre(self._score(client)),
                self.notes[client].code,
                ecrire_nombre(self.mesures[client].recence),
                ecrire_nombre(self.mesures[client].frequence),
                ecrire_nombre(self.mesures[client].montant, 0),
            ]
            for client in [*vises, *autres]
        ]
        tableau = accessible.tableau_html(ENTETES, lignes, f"{self.titre}, dans l'ordre du plan")
        return zone_defilante(f"Tableau : {self.titre}", tableau)

    def _gain(self, client: str) -> str:
        return ecrire_nombre(
            gain_attendu(self.notes[client].recence, self.marges[client], self.cout.valeur), 2, "€"
        )
