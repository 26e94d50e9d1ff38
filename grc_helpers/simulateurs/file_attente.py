"""Simulateur de file d'attente : combien d'agents pour que l'on réponde à temps, et ce que coûte un agent de plus ou de moins."""

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.figures import accessible
from grc_helpers.figures import file_attente as graphique
from grc_helpers.figures.file_attente import Centre
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.simulateurs.commun import Simulateur, zone_defilante
from grc_helpers.simulateurs.reglages import Plage

# Le service client d'une librairie en ligne, fictif. Aucun cas noté n'a ces chiffres.
PLAGES = {
    "agents": ("Agents à leur poste", 7, Plage(1, 60, 1, "", entier=True)),
    "appels": ("Appels dans l'heure", 120, Plage(5, 600, 5, "", entier=True)),
    "duree": ("Durée moyenne d'un appel", 3, Plage(0.5, 15, 0.5, "min")),
    "patience": ("Patience moyenne du client", 2, Plage(0.5, 15, 0.5, "min")),
    "cout": ("Coût d'une heure d'agent", 45, Plage(10, 300, 5, "DH")),
}
MINUTE = 60


class SimulateurFileAttente(Simulateur):
    """Cinq commandes, une barre par nombre d'agents, une phrase et les chiffres à déplier. ``projection`` agrandit tout pour une salle.

    >>> simulateur = SimulateurFileAttente()
    >>> simulateur.agents.curseur.value = 20
    >>> simulateur.phrase.startswith("20\\xa0agents\\xa0: 100\\xa0%")
    True
    """

    classe = "grc-file"

    def __init__(self, titre: str = "File d'attente", projection: bool = False):
        super().__init__(projection)
        self.titre = titre
        reglages = {
            cle: self._reglage(nom, depart, plage) for cle, (nom, depart, plage) in PLAGES.items()
        }
        self.agents, self.appels = reglages["agents"], reglages["appels"]
        self.duree, self.patience = reglages["duree"], reglages["patience"]
        self.cout = reglages["cout"]
        self.remise = self._remise(f"Revenir aux chiffres de départ ({titre})")
        self.actualiser()

    @property
    def centre(self) -> Centre:
        """Le centre tel que les commandes le donnent maintenant."""
        return Centre(
            agents=int(self.agents.valeur),
            appels=self.appels.valeur,
            dmt=self.duree.valeur * MINUTE,
            patience=self.patience.valeur * MINUTE,
            cout_horaire=self.cout.valeur,
        )

    @property
    def phrase(self) -> str:
        """La conclusion affichée avec les barres."""
        return graphique.phrase(self.centre)

    def _redessiner(self) -> None:
        """Recalcule et réaffiche les barres, la phrase et les chiffres."""
        centre = self.centre
        self._image.value = accessible.figure_html(
            graphique.figure_service(centre, self.projection),
            f"{self.titre}. {graphique.description(centre)}",
            self.phrase,
            chiffres_html(centre),
        )
        self._signaler("")

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [*(reglage.boite for reglage in self.reglages), self.remise]
        return self._mise_en_page(self.titre, "une heure, chiffres fictifs", commandes)


def chiffres_html(centre: Centre) -> Markup:
    """Une colonne par nombre d'agents : le service, l'attente, l'abandon, l'occupation et les coûts."""
    autour = centre.autour
    lignes = {
        "Pris en 20 s (%)": [100 * p.niveau_de_service for p in autour.values()],
        "Attente moyenne (s)": [p.attente for p in autour.values()],
        "Raccrochent (%)": [100 * p.abandon for p in autour.values()],
        "Agents occupés (%)": [100 * p.occupation for p in autour.values()],
        "Coût de l'heure (DH)": [n * centre.cout_horaire for n in autour],
    }
    cases = [[nom, *(ecrire_nombre(v, 0) for v in valeurs)] for nom, valeurs in lignes.items()]
    couts = [ecrire_nombre(centre.cout_par_appel(n), 2) for n in autour]
    cases.append(["Coût d'un appel pris (DH)", *couts])
    entetes = ["Agents", *(str(n) for n in autour)]
    tableau = accessible.tableau_html(entetes, cases, "Selon le nombre d'agents à leur poste")
    return zone_defilante("Tableau : selon le nombre d'agents", tableau)
