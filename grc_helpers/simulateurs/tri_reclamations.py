"""Trier douze réclamations : l'urgence et l'importance de chacune, le délai qui en découle, et l'ordre où les traiter."""

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.calculs.reclamations import CASES, Reclamation, Regle, file_d_attente
from grc_helpers.donnees import lire
from grc_helpers.figures.accessible import tableau_html
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.francais.typographie import insecables
from grc_helpers.simulateurs.commun import Simulateur, zone_defilante
from grc_helpers.simulateurs.ecran import bouton
from grc_helpers.simulateurs.reglages import Plage

A_CHOISIR = ("— choisissez —", "")
PLAGES = {
    "presse": ("Urgente et importante, au plus", 24, Plage(1, 72, 1, "h")),
    "reste": ("Ni l'une ni l'autre, au plus", 168, Plage(24, 336, 12, "h")),
}
# Entre deux : la case suit la demande du client.
DELAI_DU_CLIENT = "délai demandé"


def cartes() -> list[tuple[Reclamation, str, str]]:
    """Les douze cartes de la leçon, dans l'ordre d'arrivée : la réclamation, son récit, pourquoi elle va dans sa case."""
    return [
        (
            Reclamation(
                ligne["nom"],
                ligne["urgente"] == "oui",
                ligne["importante"] == "oui",
                float(ligne["demande"]) if ligne["demande"] else None,
            ),
            ligne["recit"],
            ligne["explication"],
        )
        for ligne in lire("cartes_reclamations")
    ]


class TrierLesReclamations(Simulateur):
    """Douze cartes, une à la fois : on choisit une case, la réponse est expliquée, la carte juste entre dans la file.

    Deux délais se règlent. ``projection`` agrandit tout pour une salle.

    >>> tri = TrierLesReclamations()
    >>> tri.choisir("urgente et importante")
    >>> tri.phrase
    '1 carte sur 12 est à sa place.'
    """

    classe = "grc-tri"

    def __init__(self, titre: str = "Saïss Ménager", projection: bool = False):
        super().__init__(projection)
        self.titre, self.cartes = titre, cartes()
        self._consigne, self._retour = widgets.HTML(), widgets.HTML()
        self.reponses: dict[int, str] = {}
        self.rang = 0
        self.liste = self._liste(
            "Sa case", [A_CHOISIR, *((nom, nom) for nom in CASES.values())], self._repondre
        )
        self.precedente = bouton(
            "◀ Précédente", "Revenir à la carte précédente", lambda: self.aller(self.rang - 1)
        )
        self.suivante = bouton(
            "Suivante ▶", "Passer à la carte suivante", lambda: self.aller(self.rang + 1)
        )
        reglages = {
            cle: self._reglage(nom, depart, plage) for cle, (nom, depart, plage) in PLAGES.items()
        }
        self.presse, self.reste = reglages["presse"], reglages["reste"]
        self.remise = self._remise("Effacer les réponses, remettre les délais", "Réinitialiser")
        self.aller(0)

    @property
    def placees(self) -> list[Reclamation]:
        """Les cartes bien placées, dans l'ordre d'arrivée."""
        return [carte for rang, (carte, *_) in enumerate(self.cartes) if self._juste(rang)]

    @property
    def phrase(self) -> str:
        """Le compte des cartes bien placées."""
        combien, total = len(self.placees), len(self.cartes)
        if combien == total:
            return f"Les {total} cartes sont à leur place."
        if combien == 1:
            return f"1 carte sur {total} est à sa place."
        return f"{combien} cartes sur {total} sont à leur place."

    @property
    def consigne(self) -> str:
        """La carte à trier, en HTML."""
        return self._consigne.value

    @property
    def retour(self) -> str:
        """Ce que l'on dit de la réponse en cours, en HTML ; vide tant qu'il n'y en a pas."""
        return self._retour.value

    def choisir(self, case: str) -> None:
        """Répond pour la carte en cours, comme dans la liste déroulante."""
        self.liste.value = case

    def aller(self, rang: int) -> None:
        """Montre une autre carte (rang à partir de 0), avec la réponse déjà donnée s'il y en a une."""
        self.rang = rang
        self.precedente.disabled, self.suivante.disabled = rang == 0, rang == len(self.cartes) - 1
        self._consigne.value = Markup(
            '<div class="grc-fiche"><p><strong>Carte {} sur {}</strong></p><p>{}</p></div>'
        ).format(rang + 1, len(self.cartes), insecables(self.cartes[rang][1]))
        self.liste.value = self.reponses.get(rang, "")
        self.actualiser()

    def reinitialiser(self) -> None:
        """Efface les réponses, remet les deux délais et revient à la première carte."""
        self.reponses = {}
        super().reinitialiser()
        self.aller(0)

    def afficher(self) -> widgets.VBox:
        """L'outil complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [
            self._consigne,
            self.liste,
            self._retour,
            self.precedente,
            self.suivante,
            self.presse.boite,
            self.reste.boite,
            self.remise,
        ]
        return self._mise_en_page(self.titre, "douze cartes, lundi 9 h", commandes)

    def _juste(self, rang: int) -> bool:
        return self.reponses.get(rang) == self.cartes[rang][0].case

    def _repondre(self) -> None:
        if self.liste.value:
            self.reponses[self.rang] = self.liste.value
        else:
            self.reponses.pop(self.rang, None)
        self.actualiser()

    def _redessiner(self) -> None:
        """Réaffiche ce qu'on dit de la réponse, la matrice et la file ; si les deux délais se contredisent, dit lequel changer."""
        self._retour.value = self._retour_html()
        try:
            regle = Regle(self.presse.valeur, self.reste.valeur)
        except ValueError as defaut:
            self._signaler(str(defaut))
            return
        self._image.value = Markup('<p class="grc-commentaire" role="status">{}</p>{}{}').format(
            self.phrase, self._matrice_html(regle), self._file_html(regle)
        )
        self._signaler("")

    def _retour_html(self) -> Markup:
        reponse = self.reponses.get(self.rang)
        if reponse is None:
            return Markup("")
        carte, _, explication = self.cartes[self.rang]
        if self._juste(self.rang):
            debut, classe, suite = f"Oui, {carte.case}.", "grc-juste", explication
        else:
            debut, classe, suite = "Pas tout à fait.", "grc-a-revoir", _piste(carte, reponse)
        return Markup('<p role="status" class="grc-retour {}"><strong>{}</strong> {}</p>').format(
            classe, debut, insecables(suite)
        )

    def _matrice_html(self, regle: Regle) -> Markup:
        delais = {
            (True, True): f"{_heures(regle.urgente_et_importante)} au plus",
            (False, False): f"{_heures(regle.ni_l_une_ni_l_autre)} au plus",
        }
        combien = {
            place: sum((carte.urgente, carte.importante) == place for carte in self.placees)
            for place in CASES
        }
        lignes = [
            [
                nom,
                *(
                    f"{delais.get((urgente, importante), DELAI_DU_CLIENT)} : {_cartes(combien[urgente, importante])}"
                    for importante in (True, False)
                ),
            ]
            for nom, urgente in (("Urgente", True), ("Moins urgente", False))
        ]
        return tableau_html(
            ["", "Importante", "Moins importante"], lignes, "La matrice : le délai de chaque case"
        )

    def _file_html(self, regle: Regle) -> Markup:
        lignes = [
            [str(rang), carte.nom, _heures(delai)]
            for rang, (delai, carte) in enumerate(file_d_attente(self.placees, regle), start=1)
        ]
        if not lignes:
            return Markup("")
        tableau = tableau_html(
            ["Rang", "Réclamation", "Réponse au plus tard dans"],
            lignes,
            "La file : la plus pressée d'abord",
        )
        return zone_defilante("La file des réclamations triées", tableau)


def _piste(carte: Reclamation, reponse: str) -> str:
    """Quelle question se reposer, sans donner la case : l'urgence d'abord, l'importance si l'urgence est bien vue."""
    urgente = next(u for (u, _), nom in CASES.items() if nom == reponse)
    if urgente != carte.urgente:
        return "Reposez-vous la première question : si l'on répond demain ou dans une semaine, qu'est-ce qui aura empiré ?"
    return "L'urgence est bien vue. Reste l'importance : que risquent le client et la maison, et combien de clients cela touche-t-il ?"


def _heures(heures: float) -> str:
    return ecrire_nombre(heures, unite="h")


def _cartes(combien: int) -> str:
    return f"{combien} carte{'s' * (combien > 1)}"
