"""Simulateur de la valeur client : que rapportent, année après année, les clients gagnés par une opération ?"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.calculs.valeur_client import VALEUR_CLIENT, Acquisition, Hypotheses, modele
from grc_helpers.figures import accessible
from grc_helpers.figures import valeur_client as graphique
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.commun import Simulateur, zone_defilante
from grc_helpers.simulateurs.reglages import Plage

# Une salle de sport : 800 personnes contactées, une sur quatre s'abonne. Aucun cas du cours n'a ces chiffres.
HYPOTHESES_DE_DEPART = Hypotheses(
    contacts=800,
    taux_conversion=0.25,
    attrition=(0.20,) * 5,
    ca_par_client=420,
    evolution_ca=0.02,
    cout_acquisition=150,
    cout_de_vie=240,
    evolution_cout_de_vie=0.02,
)

# Une salle d'escalade, pour ouvrir le TP : d'autres chiffres que ceux de la leçon, et que ceux du cas.
ESCALADE = Hypotheses(
    contacts=1200,
    taux_conversion=0.15,
    attrition=(0.30,) * 5,
    ca_par_client=360,
    evolution_ca=-0.02,
    cout_acquisition=180,
    cout_de_vie=150,
    evolution_cout_de_vie=0.03,
)

PLAGES = {
    "fidelite": ("Taux de fidélité annuel", Plage(0, 100, 1, "%")),
    "ca": ("CA annuel par client", Plage(0, 2000, 10, "€")),
    "evolution": ("Évolution du CA par an", Plage(-20, 20, 1, "%")),
    "acquisition": ("Coût d'acquisition par client", Plage(0, 1000, 10, "€")),
    "vie": ("Coût de vie par client", Plage(0, 1000, 10, "€")),
    "annees": ("Nombre d'années", Plage(3, 8, 1, "ans", entier=True)),
}

# Libellé affiché et ligne du modèle ; les montants sont arrondis à l'euro.
LIGNES = {
    "Clients perdus": "Clients perdus",
    "Clients restants": "Clients restants",
    "CA global": "CA global",
    "Acquisition": "Coût d'acquisition total",
    "Coût de vie": "Coût de vie total",
    "Résultat": "Résultat",
    "Cumul": "Résultat cumulé",
}


class SimulateurValeurClient(Simulateur):
    """Sept commandes, un tableau année par année, un graphique et une phrase.

    ``hypotheses`` donne les valeurs de départ ; l'attrition y est la même chaque année, sinon ``ValueError``.
    ``acquisition`` dit si son coût se paie au départ (``"unique"``) ou chaque année (``"annuelle"``).
    ``projection`` agrandit tout pour une salle. Les clients sont comptés entiers : on ne perd pas 0,6 client.

    >>> simulateur = SimulateurValeurClient()
    >>> simulateur.fidelite.curseur.value = 50
    >>> simulateur.valeurs["Clients restants", "N1"]
    100.0
    """

    classe = "grc-valeur-client"

    def __init__(
        self,
        hypotheses: Hypotheses = HYPOTHESES_DE_DEPART,
        titre: str = "Client A",
        projection: bool = False,
        acquisition: Acquisition = "unique",
    ):
        if len(set(hypotheses.attrition)) != 1:
            raise ValueError("Le simulateur travaille avec le même taux d'attrition chaque année.")
        super().__init__(projection)
        self.hypotheses, self.titre = hypotheses, titre
        self._creer_commandes(acquisition)
        # Appelée après chaque calcul ; une comparaison la remplace pour dessiner deux graphiques à la même échelle.
        self.apres_calcul: Callable[[], None] = self.dessiner
        self.actualiser()

    def _creer_commandes(self, acquisition: Acquisition) -> None:
        h = self.hypotheses
        departs = {
            "fidelite": (1 - h.attrition[0]) * 100,
            "ca": h.ca_par_client,
            "evolution": h.evolution_ca * 100,
            "acquisition": h.cout_acquisition,
            "vie": h.cout_de_vie,
            "annees": len(h.attrition),
        }
        # L'arrondi efface le bruit des pourcentages : (1 − 0,2) × 100 ne vaut pas tout à fait 80.
        reglages = {
            cle: self._reglage(nom, round(float(departs[cle]), 6), plage)
            for cle, (nom, plage) in PLAGES.items()
        }
        self.fidelite, self.ca, self.evolution = (
            reglages["fidelite"],
            reglages["ca"],
            reglages["evolution"],
        )
        self.acquisition, self.vie, self.annees = (
            reglages["acquisition"],
            reglages["vie"],
            reglages["annees"],
        )
        self.paiement = self._liste(
            "Acquisition payée",
            [("une seule fois", "unique"), ("chaque année", "annuelle")],
            depart=acquisition,
        )
        self.remise = self._remise(f"Revenir aux valeurs de départ ({self.titre})")

    def hypotheses_en_cours(self) -> Hypotheses:
        """Les hypothèses telles que les commandes les donnent maintenant."""
        return replace(
            self.hypotheses,
            attrition=(1 - self.fidelite.valeur / 100,) * int(self.annees.valeur),
            ca_par_client=self.ca.valeur,
            evolution_ca=self.evolution.valeur / 100,
            cout_acquisition=self.acquisition.valeur,
            cout_de_vie=self.vie.valeur,
        )

    def _redessiner(self) -> None:
        """Recalcule et réaffiche. Une erreur s'affiche en français au lieu de se perdre dans un journal."""
        try:
            h = self.hypotheses_en_cours()
            self.noms_des_annees = h.annees
            self.valeurs = modele(
                h, clients_entiers="proche", acquisition=self.paiement.value
            ).calculer()
            self._tableau.value = self._tableau_html()
            self.apres_calcul()
            self._signaler("")
        except Exception as erreur:
            self._signaler(f"Le calcul n'a pas abouti ({erreur}). Cliquez sur « Réinitialiser ».")

    def dessiner(self, bornes: tuple[float, float] | None = None) -> None:
        """Redessine le graphique ; ``bornes`` (euros) impose son échelle."""
        figure = graphique.figure_cumul(self.valeurs, self.noms_des_annees, self.projection, bornes)
        self._image.value = accessible.figure_html(
            figure,
            f"{self.titre}. {graphique.description(self.valeurs, self.noms_des_annees)}",
            self.phrase,
        )

    @property
    def phrase(self) -> str:
        """La conclusion affichée avec le graphique."""
        return graphique.phrase(self.valeurs, self.noms_des_annees)

    @property
    def total(self) -> float:
        """Ce que rapportent tous les clients gagnés, en euros, sur la durée choisie."""
        return self.valeurs[VALEUR_CLIENT]

    @property
    def cumuls(self) -> list[float]:
        """Le résultat cumulé de chaque année, en euros."""
        return graphique.resultats_cumules(self.valeurs, self.noms_des_annees)

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [boite.boite for boite in self.reglages]
        commandes.insert(4, self.paiement)
        return self._mise_en_page(self.titre, self._donnees_fixes(), [*commandes, self.remise])

    def _donnees_fixes(self) -> str:
        h = self.hypotheses
        gagnes = ecrire_nombre(h.contacts * h.taux_conversion, unite="clients")
        signe = "+" if h.evolution_cout_de_vie >= 0 else ""
        evolution = ecrire_nombre(h.evolution_cout_de_vie * 100, unite="%")
        return f"{gagnes} gagnés ; coût de vie {signe}{evolution} par an"

    def _tableau_html(self) -> Markup:
        annees = self.noms_des_annees
        # Projetées côte à côte, cinq années tiennent dans la largeur : au-delà, le tableau se coupe en deux.
        milieu = (len(annees) + 1) // 2
        blocs = (
            [annees[:milieu], annees[milieu:]] if self.projection and len(annees) > 5 else [annees]
        )
        tableaux = Markup("").join(self._bloc(bloc) for bloc in blocs)
        return zone_defilante(f"Tableau : {self.titre}", tableaux)

    def _bloc(self, annees: Sequence[str]) -> Markup:
        lignes = [
            [libelle, *(ecrire_nombre(self.valeurs[ligne, an], 0) for an in annees)]
            for libelle, ligne in LIGNES.items()
        ]
        legende = f"{self.titre}, de {annees[0]} à {annees[-1]} (montants en €)"
        return accessible.tableau_html(["", *annees], lignes, legende)
