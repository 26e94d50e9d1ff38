"""Positionner les canaux d'un commerce : on place chacun, le nuage se dessine, puis on compare à une position commentée."""

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.calculs.canaux import COUTS, RICHESSES, Canal, Place, d_accord, ecart
from grc_helpers.donnees.commerces import canaux
from grc_helpers.figures import accessible
from grc_helpers.figures import canaux as graphique
from grc_helpers.simulateurs.commun import Simulateur, encadrer, zone_defilante
from grc_helpers.simulateurs.ecran import bouton

CLASSE = "grc-canaux"
A_PLACER = ("à placer", 0)
TITRE, PRECISION = (
    "Les canaux d'un opticien",
    "une place se compare aux autres : ce n'est pas un prix",
)


class SimulateurCanaux(Simulateur):
    """Quatre listes (canal, coût, richesse, position commentée), un nuage, une phrase et le tableau des canaux.

    La position commentée d'un canal ne se montre qu'une fois ce canal placé. ``projection`` agrandit tout pour une salle.

    >>> simulateur = SimulateurCanaux()
    >>> simulateur.placer("SMS", Place(1, 1))
    >>> simulateur.phrase
    '1 canal placé sur 8.'
    """

    classe = CLASSE

    def __init__(self, projection: bool = False):
        super().__init__(projection)
        self.canaux = canaux()
        self.places: dict[str, Place] = {}
        # Le coût ou la richesse d'un canal choisi à moitié, en attendant l'autre liste.
        self._choix = {canal.nom: (0, 0) for canal in self.canaux}
        self._commentaire = widgets.HTML()
        self._creer_commandes()
        self.actualiser()

    def _creer_commandes(self) -> None:
        self.canal = self._liste(
            "Canal", [canal.nom for canal in self.canaux], self._changer_de_canal
        )
        self.cout = self._liste("Coût d'un contact", _degres(COUTS), self._choisir)
        self.richesse = self._liste("Richesse du contact", _degres(RICHESSES), self._choisir)
        self.repere = self._liste("Position commentée", [("cachée", False), ("montrée", True)])
        self.suivant = bouton(
            "Canal suivant",
            "Passer au canal suivant qui n'est pas encore placé",
            self.passer_au_suivant,
        )
        self.remise = self._remise("Retirer tous les canaux et recommencer")

    @property
    def canal_choisi(self) -> Canal:
        """Le canal que les listes règlent en ce moment."""
        return self.canaux[self.canal.index]

    def placer(self, nom: str, place: Place) -> None:
        """Place un canal, comme le feraient les listes. Lève ``ValueError`` si le canal n'existe pas."""
        if nom not in self._choix:
            raise ValueError(
                f"Je ne connais pas le canal « {nom} ». Canaux : {', '.join(self._choix)}."
            )
        self.canal.value = nom
        self.cout.value, self.richesse.value = place.cout, place.richesse

    def passer_au_suivant(self) -> None:
        """Choisit le prochain canal à placer, en revenant au début s'il le faut."""
        rang, noms = self.canal.index, [canal.nom for canal in self.canaux]
        restants = [nom for nom in noms[rang + 1 :] + noms[:rang] if nom not in self.places]
        if restants:
            self.canal.value = restants[0]
        elif self.canal_choisi.nom in self.places:
            self._signaler(
                "Tous les canaux sont placés. Montrez la position commentée, puis comparez canal par canal."
            )

    def reinitialiser(self) -> None:
        """Retire tous les canaux et cache les positions commentées."""
        self._choix = {canal.nom: (0, 0) for canal in self.canaux}
        self.places = {}
        super().reinitialiser()

    def _changer_de_canal(self) -> None:
        if self._en_pause:
            return
        self._en_pause = True
        self.cout.value, self.richesse.value = self._choix[self.canal_choisi.nom]
        self._en_pause = False
        self.actualiser()

    def _choisir(self) -> None:
        if self._en_pause:
            return
        self._choix[self.canal_choisi.nom] = (self.cout.value, self.richesse.value)
        self.places = {nom: Place(*degres) for nom, degres in self._choix.items() if all(degres)}
        self.actualiser()

    def _redessiner(self) -> None:
        """Redessine le nuage, la phrase, le commentaire et le tableau."""
        choisi, montre = self.canal_choisi, self.repere.value
        repere = choisi if montre and choisi.nom in self.places else None
        figure = graphique.figure_places(self.canaux, self.places, repere, self.projection)
        self._image.value = accessible.figure_html(
            figure, graphique.description_des_places(self.places, repere), self.phrase
        )
        self._commentaire.value = self._commentaire_html(repere)
        self._tableau.value = self._tableau_html()
        self._signaler(
            f"Placez d'abord « {choisi.nom} » : sa position commentée s'affichera."
            if montre and not repere
            else ""
        )

    @property
    def phrase(self) -> str:
        """La conclusion affichée avec le nuage."""
        texte = graphique.phrase_des_places(self.places, len(self.canaux))
        if not (self.repere.value and self.places):
            return texte
        accords = d_accord(self.canaux, self.places)
        return (
            f"{texte} À la même place que la position commentée : {accords} sur {len(self.places)}."
        )

    @property
    def commentaire(self) -> str:
        """L'explication du canal choisi, en HTML ; vide tant qu'elle est cachée."""
        return self._commentaire.value

    def afficher(self) -> widgets.VBox:
        """Le simulateur complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [*self.listes, self.suivant, self.remise]
        if self.projection:
            return self._mise_en_page(TITRE, PRECISION, commandes, self._commentaire)
        # Au poste, le commentaire se lit sous les listes : il reste dans l'écran, à côté du nuage.
        return self._mise_en_page(TITRE, PRECISION, [*commandes, self._commentaire])

    def _commentaire_html(self, repere: Canal | None) -> Markup:
        if not repere:
            return Markup("")
        difference = ecart(self.places[repere.nom], repere.repere)
        conclusion = (
            "Vous l'avez mis à la même place."
            if difference == "même place"
            else f"Chez vous : {difference}. Qu'aviez-vous en tête ?"
        )
        return Markup(
            '<p class="grc-commentaire" role="status"><strong>{nom}, {place}.</strong> {explication} {conclusion}</p>'
        ).format(
            nom=repere.nom,
            place=repere.repere.en_mots,
            explication=repere.explication,
            conclusion=conclusion,
        )

    def _tableau_html(self) -> Markup:
        entetes = ["Canal", "Nature", "Coût d'un contact", "Richesse du contact"] + [
            "Position commentée",
            "Chez vous",
        ] * self.repere.value
        tableau = accessible.tableau_html(
            entetes, [self._ligne(canal) for canal in self.canaux], f"{TITRE} : vos places"
        )
        zone = zone_defilante("Tableau : vos places", tableau)
        if self.projection:
            return zone
        # Au poste, le nuage et ses consignes doivent tenir dans un écran : le tableau attend, replié.
        return Markup("<details><summary>Voir vos places en tableau</summary>{}</details>").format(
            zone
        )

    def _ligne(self, canal: Canal) -> list[str]:
        place = self.places.get(canal.nom)
        degres = (
            [COUTS[place.cout - 1], RICHESSES[place.richesse - 1]] if place else [A_PLACER[0]] * 2
        )
        if self.repere.value:
            degres += [canal.repere.en_mots, ecart(place, canal.repere)] if place else ["", ""]
        return [canal.nom, canal.nature, *degres]


def schema_du_multicanal(projection: bool = False) -> widgets.VBox:
    """Le schéma du multicanal, avec les canaux de l'opticien."""
    les_canaux = canaux()
    tableau = accessible.tableau_html(
        ["Canal", "Nature"], [[canal.nom, canal.nature] for canal in les_canaux], TITRE
    )
    figure = graphique.figure_schema(les_canaux, projection)
    html = accessible.figure_html(
        figure, graphique.description_du_schema(les_canaux), graphique.phrase_du_schema(les_canaux)
    )
    liste = Markup("<details><summary>Voir la liste des canaux</summary>{}</details>").format(
        tableau
    )
    return encadrer(
        [widgets.HTML(html).add_class("grc-schema"), widgets.HTML(liste)], CLASSE, projection
    )


def _degres(echelle: tuple[str, ...]) -> list[tuple[str, int]]:
    return [A_PLACER, *((nom, degre) for degre, nom in enumerate(echelle, start=1))]
