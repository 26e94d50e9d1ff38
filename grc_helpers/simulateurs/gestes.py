"""Les quatre formulaires de l'explorateur de données : filtrer, trier, calculer, croiser. Chacun rend un geste, ou un message."""

from collections.abc import Callable, Sequence

import ipywidgets as widgets

from grc_helpers.exploration import phrases
from grc_helpers.exploration.fichier import Colonne, Fichier
from grc_helpers.exploration.gestes import (
    CONDITIONS,
    OPERATIONS,
    Calcul,
    Croisement,
    Filtre,
    Operation,
    Tri,
    Valeur,
    lire_valeur,
)

Geste = Filtre | Tri | Calcul | Croisement
EXEMPLES = {"nombre": "un nombre", "date": "une date : 01/09/2026", "texte": "un mot"}


def liste(nom: str, options: Sequence) -> widgets.Dropdown:
    """Une liste déroulante nommée, sur sa première option."""
    style = {"description_width": "initial"}
    return widgets.Dropdown(options=options, description=nom, style=style).add_class("grc-choix")


def par_titre(colonnes: Sequence[Colonne]) -> list[tuple[str, Colonne]]:
    return [(colonne.titre, colonne) for colonne in colonnes]


class Formulaire:
    """À dériver : ``nom`` dans la liste des gestes, ``bouton`` qui le fait, ``commandes`` à remplir, et ``geste``."""

    nom: str
    bouton: str
    commandes: list[widgets.DOMWidget]

    def geste(self) -> tuple[Geste | None, str]:
        """Le geste demandé, ou None et un message qui dit quoi corriger."""
        raise NotImplementedError


class FormulaireDeFiltre(Formulaire):
    """Une colonne, une condition, une valeur : à choisir dans une catégorie, à écrire sinon."""

    nom, bouton = "Filtrer : garder certaines lignes", "Garder ces lignes"

    def __init__(self, fichier: Fichier, valeurs: Callable[[Colonne], list[str]]):
        self._valeurs = valeurs
        self.colonne = liste("Colonne", par_titre(fichier.colonnes))
        self.condition = liste("Condition", [""])
        self.choix = liste("Valeur", [""])
        # Envoyé d'un bloc, quand on quitte le champ ou sur Entrée (voir ``entrainement.ecran``).
        self.texte = widgets.Text(
            description="Valeur", continuous_update=False, style={"description_width": "initial"}
        ).add_class("grc-choix")
        self.commandes = [self.colonne, self.condition, self.choix, self.texte]
        # Un numéro ou un nom ne se filtre guère : on commence par la première colonne qui dit quelque chose.
        self.colonne.value = next(
            (c for c in fichier.colonnes if c.genre != "texte"), self.colonne.value
        )
        self.colonne.observe(lambda changement: self._accorder(), names="value")
        self._accorder()

    def _accorder(self) -> None:
        """Les conditions et la valeur suivent le genre de la colonne."""
        colonne = self.colonne.value
        self.condition.options = list(CONDITIONS[colonne.genre].items())
        au_choix = colonne.genre == "categorie"
        if au_choix:
            self.choix.options = self._valeurs(colonne)
        else:
            unite = f" ({colonne.unite})" if colonne.unite else ""
            self.texte.description = f"Valeur{unite}"
            self.texte.value, self.texte.placeholder = "", EXEMPLES[colonne.genre]
        self.choix.layout.display = "" if au_choix else "none"
        self.texte.layout.display = "none" if au_choix else ""

    def geste(self) -> tuple[Geste | None, str]:
        colonne = self.colonne.value
        valeur: Valeur | None
        if colonne.genre == "categorie":
            valeur, message = self.choix.value, ""
        else:
            valeur, message = lire_valeur(colonne, self.texte.value)
        if valeur is None:
            return None, message
        return Filtre(colonne, self.condition.value, valeur), ""


class FormulaireDeTri(Formulaire):
    """Une colonne, un sens."""

    nom, bouton = "Trier : ranger les lignes", "Trier"

    def __init__(self, fichier: Fichier):
        self.colonne = liste("Colonne", par_titre(fichier.colonnes))
        self.sens = liste("Ordre", [""])
        self.commandes = [self.colonne, self.sens]
        self.colonne.observe(lambda changement: self._accorder(), names="value")
        self._accorder()

    def _accorder(self) -> None:
        # Le plus grand d'abord : c'est ce que l'on cherche presque toujours dans un fichier de clients.
        sens = (False, True) if self.colonne.value.genre != "texte" else (True, False)
        self.sens.options = [
            (phrases.sens(Tri(self.colonne.value, croissant)), croissant) for croissant in sens
        ]

    def geste(self) -> tuple[Geste | None, str]:
        return Tri(self.colonne.value, self.sens.value), ""


class FormulaireDeCalcul(Formulaire):
    """Une opération, une colonne de nombres s'il en faut une, un groupe s'il y en a un."""

    nom, bouton = "Calculer : compter, totaliser, par groupe", "Calculer"

    def __init__(self, fichier: Fichier):
        self.mesure = Mesure(fichier)
        self.groupe = liste("Par", [("tout ensemble", None), *par_titre(fichier.groupables)])
        self.commandes = [*self.mesure.commandes, self.groupe]

    def geste(self) -> tuple[Geste | None, str]:
        operation, mesure = self.mesure.choisie()
        return Calcul(operation, mesure, self.groupe.value), ""


class FormulaireDeCroisement(Formulaire):
    """La même opération pour chaque case de deux critères, qui doivent être différents."""

    nom, bouton = "Croiser deux critères", "Croiser"

    def __init__(self, fichier: Fichier):
        self.mesure = Mesure(fichier)
        options = par_titre(fichier.groupables)
        self.en_lignes, self.en_colonnes = (
            liste("En lignes", options),
            liste("En colonnes", options),
        )
        self.en_colonnes.index = min(1, len(options) - 1)
        self.commandes = [*self.mesure.commandes, self.en_lignes, self.en_colonnes]

    def geste(self) -> tuple[Geste | None, str]:
        lignes, colonnes = self.en_lignes.value, self.en_colonnes.value
        if lignes == colonnes:
            return None, "Croiser : choisissez deux critères différents."
        operation, mesure = self.mesure.choisie()
        return Croisement(operation, mesure, lignes, colonnes), ""


class Mesure:
    """Ce que l'on calcule : une opération et, sauf pour compter, une colonne de nombres."""

    def __init__(self, fichier: Fichier):
        self._nombres = fichier.de_genre("nombre")
        compter, *autres = OPERATIONS.items()
        libelle, operation = compter
        offertes = [
            (f"{libelle} les {fichier.lignes}", operation),
            *(autres if self._nombres else []),
        ]
        self.operation = liste("Calcul", offertes)
        self.colonne = liste("De la colonne", [""])
        self.commandes: list[widgets.DOMWidget] = [self.operation, self.colonne]
        self.operation.observe(lambda changement: self._accorder(), names="value")
        self._accorder()

    def _accorder(self) -> None:
        """Compter ne demande pas de colonne ; totaliser n'offre que celles qu'additionner a un sens."""
        operation = self.operation.value
        self.colonne.layout.display = "none" if operation == "nombre" else ""
        if operation != "nombre":
            offertes = [c for c in self._nombres if c.sommable or operation != "total"]
            avant = self.colonne.value
            self.colonne.options = par_titre(offertes)
            if avant in offertes:
                self.colonne.value = avant

    def choisie(self) -> tuple[Operation, Colonne | None]:
        operation: Operation = self.operation.value
        return operation, None if operation == "nombre" else self.colonne.value
