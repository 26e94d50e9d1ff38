"""Explorateur RFM : à qui écrire quand le budget ne suffit pas pour tous, et ce qu'on en attend."""

from html import escape

import ipywidgets as widgets

from grc_helpers.calculs.cas import mesures_rfm, refus_de_publicite
from grc_helpers.calculs.rfm import SEGMENTS, Envoi, gain_attendu, noter_tous, preparer_envoi, score
from grc_helpers.figures import accessible
from grc_helpers.figures import rfm as graphique
from grc_helpers.reponses.nombres import ecrire_nombre
from grc_helpers.simulateurs.ecran import boite_de_message, bouton, ecrire_message, feuille_de_style, titre_html
from grc_helpers.simulateurs.reglages import Plage, Reglage

GRAPHIQUES = [("Grille récence × fréquence", "grille"), ("Ce qu'achète chaque segment", "segments")]
CIBLES = [
    ("aux meilleurs scores", "score"),
    ("aux plus gros montants", "montant"),
    ("aux plus récents", "recence"),
    *((f"aux clients « {nom} »", nom) for nom in SEGMENTS),
]
EX_AEQUO = [("la plus basse de leurs notes", "bas"), ("la plus haute de leurs notes", "haut")]
BUDGET, COUT = 40.0, 4.0
# Sur 100 € d'achats, ce qui reste à la boutique de l'exemple une fois la marchandise payée.
TAUX_DE_MARGE = 0.5
ENTETES = ["Client", "Courrier", "Gain attendu", "Segment", "Score", "Notes R-F-M", "Dernier achat (jours)", "Jours d'achat", "Total (€)"]


class ExplorateurRFM:
    """Cinq commandes, un graphique parmi deux, une phrase, le tableau des clients, et un plan gardé pour le comparer au suivant.

    ``boutique`` : le journal à lire dans ``donnees``. Par défaut, une savonnerie fictive : l'explorateur d'un atelier ne montre pas les
    clients que l'atelier demande de noter. ``projection`` agrandit tout pour une salle.

    >>> explorateur = ExplorateurRFM()
    >>> explorateur.cible.value = "montant"
    >>> round(explorateur.envoi.gain)
    21
    """

    def __init__(self, boutique: str = "savonnerie", titre: str = "Les clients d'une savonnerie", projection: bool = False):
        self.mesures, self.refus = mesures_rfm(boutique), refus_de_publicite(boutique)
        self.marges = {client: mesures.panier * TAUX_DE_MARGE for client, mesures in self.mesures.items()}
        self.titre, self.projection = titre, projection
        self._garde: tuple[str, Envoi] | None = None
        self._en_pause = False
        self._message, self._image, self._comparaison, self._tableau = (boite_de_message(), *(widgets.HTML() for _ in range(3)))
        self._creer_commandes()
        self.actualiser()

    def _creer_commandes(self) -> None:
        def reglage(libelle: str, depart: float, plage: Plage) -> Reglage:
            return Reglage(libelle, depart, plage, self.actualiser, self._signaler)

        def liste(libelle: str, options: list) -> widgets.Dropdown:
            choix = widgets.Dropdown(options=options, description=libelle, style={"description_width": "initial"}).add_class("grc-choix")
            choix.observe(lambda changement: self.actualiser(), names="value")
            return choix

        self.graphique, self.cible = liste("Graphique", GRAPHIQUES), liste("Écrire d'abord…", CIBLES)
        self.budget = reglage("Budget", BUDGET, Plage(0, 150, 1, "€"))
        self.cout = reglage("Prix d'un courrier", COUT, Plage(0.5, 10, 0.5, "€"))
        self.ex_aequo = liste("À égalité, les clients prennent…", EX_AEQUO)
        self.reglages, self.listes = (self.budget, self.cout), (self.graphique, self.cible, self.ex_aequo)
        self.garder = bouton("Garder ce plan", "Retenir ce plan pour le comparer au suivant", self.garder_le_plan)
        self.remise = bouton("Réinitialiser", "Revenir aux réglages de départ et oublier le plan gardé", self.reinitialiser)

    def actualiser(self) -> None:
        """Renote les clients, refait le plan et réaffiche tout."""
        if self._en_pause:
            return
        self.notes = noter_tous(self.mesures, self.ex_aequo.value)
        self.envoi = preparer_envoi(self.cibles(), self.notes, self.marges, self.refus, self.budget.valeur, self.cout.valeur)
        figure, description = self._vue()
        self._image.value = accessible.figure_html(figure, description, self.phrase, graphique.tableau_des_taux())
        self._comparaison.value = f'<p class="grc-commentaire" role="status">{escape(self.comparaison)}</p>' if self._garde else ""
        self._tableau.value = self._tableau_html()
        self._signaler("")

    def cibles(self) -> list[str]:
        """Les clients visés, dans l'ordre où l'on écrirait : par score dans un segment, le montant départageant les égalités."""
        if self.cible.value == "montant":
            return sorted(self.mesures, key=lambda client: -self.mesures[client].montant)
        if self.cible.value == "recence":
            return sorted(self.mesures, key=lambda client: (self.mesures[client].recence, -self.mesures[client].montant))
        par_score = sorted(self.mesures, key=lambda client: (-self._score(client), -self.mesures[client].montant))
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
            return graphique.figure_grille(self.notes, ecrits, self.projection), graphique.description_grille(self.notes, ecrits)
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
            else f"Le plan affiché rapporte {graphique.euros(abs(ecart))} de {'plus' if ecart > 0 else 'moins'}."
        )
        return f"Plan gardé : {nom}, {graphique.euros(garde.cout)} dépensés, {graphique.euros(garde.gain)} attendus. {suite}"

    def garder_le_plan(self) -> None:
        """Retient le plan affiché ; le suivant lui sera comparé."""
        self._garde = (self._nom_du_plan[0].lower() + self._nom_du_plan[1:], self.envoi)
        self.actualiser()

    def reinitialiser(self) -> None:
        """Remet chaque commande à sa valeur de départ, oublie le plan gardé, puis réaffiche une fois."""
        self._en_pause, self._garde = True, None
        for reglage in self.reglages:
            reglage.reinitialiser()
        for liste in self.listes:
            liste.index = 0
        self._en_pause = False
        self.actualiser()

    @property
    def message(self) -> str:
        """Ce que dit la boîte de message, en HTML ; vide si tout va bien."""
        return self._message.value

    @property
    def tableau(self) -> str:
        """Le tableau affiché, en HTML."""
        return self._tableau.value

    @property
    def figure(self) -> str:
        """Le graphique affiché, en HTML."""
        return self._image.value

    def afficher(self) -> widgets.VBox:
        """L'explorateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [self.graphique, self.cible, self.budget.boite, self.cout.boite, self.ex_aequo, self.garder, self.remise]
        reglages = widgets.Box(commandes).add_class("grc-reglages")
        resultats = widgets.VBox([self._message, self._image, self._comparaison]).add_class("grc-resultats")
        corps = widgets.Box([reglages, resultats]).add_class("grc-corps")
        ecran = widgets.VBox([feuille_de_style(), titre_html(self.titre, self._donnees_fixes()), corps, self._tableau])
        return ecran.add_class("grc-simulateur").add_class("grc-rfm").add_class("grc-projection" if self.projection else "grc-poste")

    def _donnees_fixes(self) -> str:
        total = sum(mesures.montant for mesures in self.mesures.values())
        marge = ecrire_nombre(100 * TAUX_DE_MARGE, 0, "%")
        return f"{len(self.mesures)} clients, {graphique.euros(total)} en un an ; marge : {marge} du panier moyen"

    def _tableau_html(self) -> str:
        """Les clients dans l'ordre du plan, puis ceux qu'il ne vise pas, par score."""
        vises = self.cibles()
        autres = sorted(self.mesures.keys() - set(vises), key=lambda client: (-self._score(client), client))
        groupes = {client: nom for nom, membres in graphique.segments_de(self.notes).items() for client in membres}
        lignes = [
            [
                client,
                "refus" if client in self.refus else "oui" if client in self.envoi.ecrits else "non",
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
        # La zone défile, aussi au clavier, si le tableau ne tient pas dans la largeur.
        return f'<div class="grc-defilement" tabindex="0" role="region" aria-label="Tableau : {escape(self.titre)}">{tableau}</div>'

    def _gain(self, client: str) -> str:
        return ecrire_nombre(gain_attendu(self.notes[client].recence, self.marges[client], self.cout.valeur), 2, "€")

    def _signaler(self, message: str) -> None:
        ecrire_message(self._message, message)
