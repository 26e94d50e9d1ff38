"""La frise des époques du marketing : la parcourir année par année, puis y placer dix événements."""

from dataclasses import dataclass

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.donnees import lire
from grc_helpers.figures import accessible, frise
from grc_helpers.francais.typographie import insecables
from grc_helpers.simulateurs.commun import Simulateur
from grc_helpers.simulateurs.ecran import bouton
from grc_helpers.simulateurs.reglages import Plage

ANNEE_DE_DEPART = 1913
A_CHOISIR = ("— choisissez —", "")


@dataclass(frozen=True)
class _Annees(Plage):
    """Une année s'écrit sans espace ni décimale."""

    def ecrire(self, valeur: float) -> str:
        return f"{valeur:.0f}"


ANNEES = _Annees(frise.PREMIERE_ANNEE, frise.DERNIERE_ANNEE, 1, "", entier=True)


@dataclass(frozen=True)
class Evenement:
    """Un événement à placer : son récit sans date ni nom, l'indice si la réponse est fausse, l'explication si elle est juste."""

    annee: int
    epoque: str
    nom: str
    recit: str
    indice: str
    explication: str


def evenements() -> list[Evenement]:
    """Les dix événements, dans l'ordre où ils sont proposés (ce n'est pas celui du temps)."""
    return [
        Evenement(
            int(ligne["annee"]),
            ligne["epoque"],
            ligne["nom"],
            ligne["recit"],
            ligne["indice"],
            ligne["explication"],
        )
        for ligne in lire("evenements")
    ]


class FriseDesEpoques(Simulateur):
    """Un curseur d'années, « Précédente » et « Suivante » pour passer d'une époque à l'autre, la frise et une phrase.

    ``projection`` agrandit tout pour une salle et ajoute une question à débattre.

    >>> parcours = FriseDesEpoques()
    >>> parcours.suivante.click()
    >>> parcours.annee, parcours.epoque.nom
    (1930, 'vente')
    """

    classe = "grc-frise"

    def __init__(self, projection: bool = False):
        super().__init__(projection)
        self.epoques = frise.epoques()
        self._fiche = widgets.HTML()
        self.curseur = self._reglage("Année", ANNEE_DE_DEPART, ANNEES)
        self.precedente = bouton(
            "◀ Précédente", "Aller au début de l'époque précédente", lambda: self._sauter(-1)
        )
        self.suivante = bouton(
            "Suivante ▶", "Aller au début de l'époque suivante", lambda: self._sauter(1)
        )
        self.remise = self._remise(f"Revenir en {ANNEE_DE_DEPART}")
        self.actualiser()

    @property
    def annee(self) -> int:
        """L'année choisie."""
        return int(self.curseur.valeur)

    @property
    def epoque(self) -> frise.Epoque:
        """La plus récente des époques en cours."""
        return frise.epoques_de(self.annee)[-1]

    @property
    def phrase(self) -> str:
        """La conclusion affichée avec la frise."""
        return frise.phrase(self.annee)

    @property
    def fiche(self) -> str:
        """La fiche de l'époque, en HTML."""
        return self._fiche.value

    def _redessiner(self) -> None:
        """Redessine la frise et la fiche de l'époque pour l'année choisie."""
        figure = frise.figure_frise(self.annee, projection=self.projection)
        self._image.value = accessible.figure_html(
            figure, frise.description(self.annee), self.phrase, frise.tableau()
        )
        self._fiche.value = self._fiche_html()
        rang = self.epoques.index(self.epoque)
        self.precedente.disabled, self.suivante.disabled = rang == 0, rang == len(self.epoques) - 1
        self._signaler("")

    def afficher(self) -> widgets.VBox:
        """La frise complète, prête à être la dernière ligne d'une cellule."""
        commandes = [self.curseur.boite, self.precedente, self.suivante, self.remise, self._fiche]
        return self._mise_en_page(
            "La frise des époques", "des repères, pas des frontières", commandes
        )

    def _sauter(self, pas: int) -> None:
        rang = self.epoques.index(self.epoque) + pas
        self.curseur.curseur.value = self.epoques[min(max(rang, 0), len(self.epoques) - 1)].debut

    def _fiche_html(self) -> Markup:
        e = self.epoque
        debat = Markup("<p><strong>À débattre.</strong> {}</p>").format(insecables(e.debat))
        return Markup(
            '<div class="grc-fiche"><p><strong>{nom}</strong> ({reperes})</p><p>{demande}</p>{debat}</div>'
        ).format(
            nom=e.nom.capitalize(),
            reperes=e.reperes,
            demande=insecables(f"L'entreprise se demande : « {e.question} »"),
            debat=debat if self.projection else "",
        )


class PlacerLesEvenements(Simulateur):
    """Dix événements sans date ni nom : à chacun son époque. La réponse est expliquée aussitôt, et l'événement juste se pose sur la frise.

    >>> exercice = PlacerLesEvenements()
    >>> exercice.choisir("numérique")
    >>> exercice.phrase
    '1 événement sur 10 est à sa place.'
    """

    classe = "grc-frise"

    def __init__(self, projection: bool = False):
        super().__init__(projection)
        self.evenements = evenements()
        self._consigne, self._retour = widgets.HTML(), widgets.HTML()
        options = [A_CHOISIR, *((epoque.nom, epoque.nom) for epoque in frise.epoques())]
        self.liste = self._liste("Son époque", options, self._repondre)
        self.precedent = bouton(
            "◀ Précédent", "Revenir à l'événement précédent", lambda: self.aller(self.rang - 1)
        )
        self.suivant = bouton(
            "Suivant ▶", "Passer à l'événement suivant", lambda: self.aller(self.rang + 1)
        )
        self.remise = self._remise("Effacer les dix réponses", "Tout recommencer")
        self.reinitialiser()

    @property
    def places(self) -> list[int]:
        """Les rangs (à partir de 0) des événements bien placés."""
        return [rang for rang, nom in self.reponses.items() if nom == self.evenements[rang].epoque]

    @property
    def phrase(self) -> str:
        """Le compte des événements bien placés."""
        combien, total = len(self.places), len(self.evenements)
        if combien == total:
            return f"Les {total} événements sont à leur place."
        return f"{combien} événement{'s' * (combien > 1)} sur {total} {'sont à leur' if combien > 1 else 'est à sa'} place."

    @property
    def consigne(self) -> str:
        """L'événement à placer, en HTML."""
        return self._consigne.value

    @property
    def retour(self) -> str:
        """L'explication de la réponse en cours, en HTML ; vide tant qu'il n'y en a pas."""
        return self._retour.value

    def choisir(self, epoque: str) -> None:
        """Répond pour l'événement en cours, comme dans la liste déroulante."""
        self.liste.value = epoque

    def aller(self, rang: int) -> None:
        """Montre un autre événement (rang à partir de 0) avec la réponse déjà donnée, s'il y en a une."""
        self.rang = rang
        self.precedent.disabled, self.suivant.disabled = rang == 0, rang == len(self.evenements) - 1
        self._consigne.value = Markup(
            '<div class="grc-fiche"><p><strong>Événement {rang} sur {total}</strong></p><p>{recit}</p></div>'
        ).format(
            rang=rang + 1, total=len(self.evenements), recit=insecables(self.evenements[rang].recit)
        )
        self.liste.value = self.reponses.get(rang, "")
        self.actualiser()

    def reinitialiser(self) -> None:
        """Efface toutes les réponses et revient au premier événement."""
        self.reponses: dict[int, str] = {}
        self.aller(0)

    def afficher(self) -> widgets.VBox:
        """L'exercice complet, prêt à être la dernière ligne d'une cellule."""
        commandes = [
            self._consigne,
            self.liste,
            self._retour,
            self.precedent,
            self.suivant,
            self.remise,
        ]
        return self._mise_en_page("Dix événements à placer", "non noté", commandes)

    def _repondre(self) -> None:
        if self.liste.value:
            self.reponses[self.rang] = self.liste.value
        else:
            self.reponses.pop(self.rang, None)
        self.actualiser()

    def _redessiner(self) -> None:
        self._retour.value = self._retour_html()
        places = {
            rang + 1: (self.evenements[rang].annee, self.evenements[rang].epoque)
            for rang in self.places
        }
        figure = frise.figure_frise(places=places, projection=self.projection)
        poses = " ; ".join(
            f"événement {numero}, {annee}, {nom}" for numero, (annee, nom) in sorted(places.items())
        )
        description = f"{frise.description()} Posés sur la frise : {poses or 'aucun événement'}."
        self._image.value = accessible.figure_html(
            figure, description, self.phrase, self._tableau_html()
        )

    def _retour_html(self) -> Markup:
        reponse, evenement = self.reponses.get(self.rang), self.evenements[self.rang]
        if reponse is None:
            return Markup("")
        if reponse == evenement.epoque:
            debut, classe = f"Oui, {reponse}.", "grc-juste"
            suite = f"{evenement.annee}. {evenement.explication}"
        else:
            choisie = next(epoque for epoque in frise.epoques() if epoque.nom == reponse)
            suite = f"À l'époque {choisie.complement}, l'entreprise se demande : « {choisie.question} » Ici, {evenement.indice}"
            debut, classe = "Pas tout à fait.", "grc-a-revoir"
        return Markup(
            '<p role="status" class="grc-retour {classe}"><strong>{debut}</strong> {suite}</p>'
        ).format(classe=classe, debut=debut, suite=insecables(suite))

    def _tableau_html(self) -> Markup:
        lignes = []
        for rang, evenement in enumerate(self.evenements):
            reponse, juste = self.reponses.get(rang, ""), rang in self.places
            verdict = "à sa place" if juste else "à revoir" if reponse else "à placer"
            lignes.append(
                [
                    str(rang + 1),
                    f"{evenement.annee}, {evenement.nom}" if juste else "?",
                    reponse or "—",
                    verdict,
                ]
            )
        return accessible.tableau_html(
            ["N°", "Événement", "Votre époque", "Résultat"], lignes, "Vos dix réponses"
        )
