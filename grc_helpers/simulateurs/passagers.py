"""Simulateur des droits du passager : un vol, une compagnie, un retard, une cause, et ce que le règlement européen donne."""

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.calculs.passagers import (
    AEROPORTS,
    CAUSES,
    REGLES,
    Cause,
    Droits,
    Vol,
    dans_le_champ,
    droits,
    tranche,
    vol_entre,
)
from grc_helpers.figures.accessible import tableau_html
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.francais.typographie import insecables
from grc_helpers.simulateurs.commun import Simulateur
from grc_helpers.simulateurs.reglages import Plage

# Aucun cas noté ne part de ces villes pour arriver dans celles-là.
LIAISONS = (("MRS", "CMN"), ("ORY", "NCE"), ("JFK", "ORY"), ("CMN", "JFK"))
COMPAGNIES = [("de l'Union européenne", True), ("d'un autre pays", False)]
NUITS = [("le jour même", False), ("le lendemain", True)]
RETARDS = Plage(0, 30, 0.5, "h")


class SimulateurPassagers(Simulateur):
    """Quatre listes, deux retards, une phrase et le tableau des droits. ``projection`` agrandit tout pour une salle.

    >>> simulateur = SimulateurPassagers()
    >>> simulateur.cause.value = "météo, prouvée"
    >>> simulateur.droits.indemnite
    0
    """

    classe = "grc-passagers"

    def __init__(self, titre: str = "Les droits du passager", projection: bool = False):
        super().__init__(projection)
        self.titre = titre
        self.liaison = self._liste(
            "Vol",
            [
                (f"{AEROPORTS[depart].ville} – {AEROPORTS[arrivee].ville}", (depart, arrivee))
                for depart, arrivee in LIAISONS
            ],
        )
        self.compagnie = self._liste("Compagnie", COMPAGNIES)
        self.cause = self._liste("Cause", [cause.nom for cause in CAUSES])
        self.retard_au_depart = self._reglage("Retard au départ", 4, RETARDS)
        self.retard_a_l_arrivee = self._reglage("Retard à l'arrivée", 4, RETARDS)
        self.nuit = self._liste("Départ", NUITS)
        self.remise = self._remise("Revenir au vol de départ, quatre heures de retard")
        self.actualiser()

    @property
    def vol(self) -> Vol:
        """Le vol choisi, avec sa distance calculée."""
        depart, arrivee = (AEROPORTS[code] for code in self.liaison.value)
        return vol_entre(depart, arrivee, self.compagnie.value)

    @property
    def cause_choisie(self) -> Cause:
        """La cause choisie dans la liste."""
        return next(cause for cause in CAUSES if cause.nom == self.cause.value)

    @property
    def droits(self) -> Droits:
        """Les droits que donnent les commandes maintenant."""
        return droits(
            self.vol,
            self.retard_au_depart.valeur,
            self.retard_a_l_arrivee.valeur,
            self.cause_choisie,
            self.nuit.value,
        )

    @property
    def phrase(self) -> str:
        """La conclusion : dans le champ ou non, l'assistance, puis l'indemnité."""
        if not self.droits.champ:
            return insecables(
                "Hors du champ : ni départ de l'Union, ni compagnie de l'Union qui y arrive. Ce règlement ne donne aucun droit."
            )
        assistance = "assistance due" if self.droits.assistance else "pas encore d'assistance"
        du = (
            f"indemnité de {ecrire_nombre(self.droits.indemnite, unite='€')}"
            if self.droits.indemnite
            else "pas d'indemnité"
        )
        return insecables(f"Dans le champ : {assistance}, {du}.")

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [
            self.liaison,
            self.compagnie,
            self.cause,
            self.retard_au_depart.boite,
            self.retard_a_l_arrivee.boite,
            self.nuit,
            self.remise,
        ]
        return self._mise_en_page(self.titre, f"droit de {REGLES.etat}", commandes)

    def _redessiner(self) -> None:
        """Réaffiche la phrase et le tableau."""
        lignes = [[quoi, reponse, pourquoi] for quoi, reponse, pourquoi in self._lignes()]
        tableau = tableau_html(["", "Réponse", "Pourquoi"], lignes, "Ce que dit le règlement")
        self._image.value = Markup('<p class="grc-commentaire" role="status">{}</p>{}').format(
            self.phrase, tableau
        )
        self._signaler("")

    def _lignes(self) -> list[tuple[str, str, str]]:
        """Une ligne par droit : quoi, oui ou non, et la règle qui le dit."""
        vol, acquis = self.vol, self.droits
        champ = "oui" if acquis.champ else "non"
        premiere = ("S'applique-t-il ?", champ, insecables(_pourquoi_le_champ(vol)))
        if not dans_le_champ(vol):
            return [premiere]
        seuil = REGLES.assistance[tranche(vol)]
        distance = ecrire_nombre(vol.distance, 0, "km")
        hotel = "oui" if acquis.hotel else "non"
        return [
            premiere,
            (
                "Repas, deux appels",
                "oui" if acquis.assistance else "non",
                f"dès {_h(seuil)} au départ pour {distance}, quelle que soit la cause",
            ),
            ("Hôtel et trajets", hotel, "si l'assistance est due et que l'on part le lendemain"),
            (
                "Billet remboursé",
                "si l'on renonce" if acquis.renoncer else "non",
                f"dès {_h(REGLES.renoncer)} au départ, à qui renonce à partir",
            ),
            (
                "Indemnité",
                ecrire_nombre(acquis.indemnite, unite="€"),
                insecables(self._pourquoi_l_indemnite(vol)),
            ),
        ]

    def _pourquoi_l_indemnite(self, vol: Vol) -> str:
        retard = self.retard_a_l_arrivee.valeur
        if retard < REGLES.retard_a_l_arrivee:
            return f"il faut {_h(REGLES.retard_a_l_arrivee)} à l'arrivée"
        if self.cause_choisie.dispense:
            return "la cause, extraordinaire et prouvée, en dispense la compagnie"
        if tranche(vol) == 2 and retard < REGLES.moitie_sous:
            return f"la moitié suffit, sous {_h(REGLES.moitie_sous)} à l'arrivée"
        return "la distance fixe le montant ; la cause n'en dispense pas"


def _pourquoi_le_champ(vol: Vol) -> str:
    if vol.depart_union:
        return "il part de l'Union : toutes les compagnies y sont tenues"
    if not vol.arrivee_union:
        return "il ne part pas de l'Union, et n'y arrive pas"
    if vol.transporteur_union:
        return "il arrive dans l'Union, avec une compagnie de l'Union"
    return "il arrive dans l'Union, mais la compagnie n'en est pas"


def _h(heures: float) -> str:
    return ecrire_nombre(heures, unite="h")
