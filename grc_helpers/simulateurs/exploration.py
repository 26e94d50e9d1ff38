"""Explorateur de données : ouvrir un fichier, le filtrer, le trier, compter, croiser, sans une ligne de code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers import donnees
from grc_helpers.exploration import phrases
from grc_helpers.exploration.fichier import FichierIllisible, decrire
from grc_helpers.exploration.gestes import Calcul, Croisement, Etat, Filtre, Tri, ecrire_valeur
from grc_helpers.simulateurs import vues
from grc_helpers.simulateurs.commun import encadrer
from grc_helpers.simulateurs.ecran import (
    apres_la_saisie,
    boite_de_message,
    bouton,
    ecrire_message,
    titre_html,
)
from grc_helpers.simulateurs.gestes import (
    Formulaire,
    FormulaireDeCalcul,
    FormulaireDeCroisement,
    FormulaireDeFiltre,
    FormulaireDeTri,
    Geste,
)

if TYPE_CHECKING:
    from grc_helpers.exploration.moteur import Table

SANS_PANDAS = (
    "Il manque pandas à ce poste. Relancez l'installation du cours, ou demandez au formateur."
)


class ExplorateurDeDonnees:
    """Le fichier ``nom`` de ``donnees``, fermé : pandas et lui ne se chargent qu'au bouton « Ouvrir l'explorateur ».

    Ensuite, un geste à la fois. Chacun dit ce qu'il a fait et s'annule. ``projection`` agrandit tout pour une salle.

    >>> explorateur = ExplorateurDeDonnees("clients_fleur_d_atlas")
    >>> explorateur.ouvrir()
    >>> explorateur.constat.replace("\u00a0", " ")
    '600 clients, 9 colonnes. Choisissez ce que vous voulez faire.'
    """

    classe = "grc-exploration"

    def __init__(self, nom: str, projection: bool = False, paquet: str = donnees.__name__):
        self.projection, self._paquet = projection, paquet
        self.table: Table | None = None
        self._message, self._constat, self._journal = (
            boite_de_message(),
            widgets.HTML(),
            widgets.HTML(),
        )
        self._image, self._calcul, self._tableau = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._corps = widgets.VBox()
        self.ouverture = bouton(
            "Ouvrir l'explorateur", "Lire le fichier et afficher les commandes", self.ouvrir
        ).add_class("grc-principal")
        try:
            self.fichier = decrire(nom, paquet)
        except FichierIllisible as erreur:
            self._titre, self._corps.children = titre_html(nom, ""), [self._message]
            ecrire_message(self._message, str(erreur))
        else:
            self._titre = titre_html(self.fichier.titre, self.fichier.source)
            self._corps.children = [self._message, self.ouverture]

    @property
    def message(self) -> str:
        """Ce que dit la boîte de message, en HTML ; vide si tout va bien."""
        return self._message.value

    @property
    def etat(self) -> Etat:
        """Les filtres, le tri et le calcul en cours."""
        return self._etats[-1]

    def ouvrir(self) -> None:
        """Charge pandas et le fichier, puis montre les commandes. Ce qui l'empêche est dit, et le bouton reste là."""
        ecrire_message(self._message, "")
        try:
            from grc_helpers.exploration.moteur import Table

            self.table = Table(self.fichier, self._paquet)
        except ImportError:
            ecrire_message(self._message, SANS_PANDAS)
        except FichierIllisible as erreur:
            ecrire_message(self._message, str(erreur))
        else:
            self._creer_commandes(self.table)
            self.tout_remettre()
            colonnes = f"{len(self.fichier.colonnes)} colonnes"
            self._dire(
                f"{phrases.combien(self.fichier, self.en_tout)}, {colonnes}. Choisissez ce que vous voulez faire."
            )
            self.choix.focus()

    def _creer_commandes(self, table: Table) -> None:
        self.filtre = FormulaireDeFiltre(self.fichier, table.valeurs)
        self.tri = FormulaireDeTri(self.fichier)
        self.calcul = FormulaireDeCalcul(self.fichier)
        self.croisement = FormulaireDeCroisement(self.fichier)
        formulaires = [self.filtre, self.tri, self.calcul, self.croisement]
        self.choix = widgets.Dropdown(
            options=[(formulaire.nom, formulaire) for formulaire in formulaires],
            description="Que voulez-vous faire ?",
            style={"description_width": "initial"},
        ).add_class("grc-choix")
        self.choix.observe(lambda changement: self._montrer_le_formulaire(), names="value")
        self.filtre.texte.on_msg(self._touche_entree)
        self.faire = bouton(
            "", "Faire ce geste", lambda: apres_la_saisie(self.appliquer)
        ).add_class("grc-principal")
        self.annulation = bouton("Annuler le geste", "Revenir au geste d'avant", self.annuler)
        self.remise = bouton("Tout remettre", "Retirer tous les gestes", self.tout_remettre)
        self.precedentes = bouton(
            "Lignes précédentes", "Page précédente", lambda: self._tourner(-vues.LIGNES_PAR_PAGE)
        )
        self.suivantes = bouton(
            "Lignes suivantes", "Page suivante", lambda: self._tourner(vues.LIGNES_PAR_PAGE)
        )
        self._pages = widgets.HBox([self.precedentes, self.suivantes]).add_class("grc-pages")
        self._reglages = widgets.Box().add_class("grc-reglages")
        resultats = widgets.VBox(
            [self._message, self._constat, self._image, self._calcul, self._journal]
        )
        corps = widgets.Box([self._reglages, resultats.add_class("grc-resultats")])
        self._montrer_le_formulaire()
        self._corps.children = [corps.add_class("grc-corps"), self._tableau, self._pages]

    def _montrer_le_formulaire(self) -> None:
        formulaire: Formulaire = self.choix.value
        self.faire.description = formulaire.bouton
        boutons = [self.faire, self.annulation, self.remise]
        self._reglages.children = [self.choix, *formulaire.commandes, *boutons]

    def _touche_entree(self, champ, contenu, tampons) -> None:
        if contenu.get("event") == "submit":
            apres_la_saisie(self.appliquer)

    def appliquer(self) -> None:
        """Fait le geste du formulaire affiché, ou dit ce qui l'empêche."""
        geste, message = self.choix.value.geste()
        ecrire_message(self._message, message)
        if geste is None:
            return
        suivant = self.etat.avec(geste)
        if suivant == self.etat:
            ecrire_message(self._message, "Ce geste est déjà fait : c'est ce que montre l'écran.")
            return
        if isinstance(geste, Filtre) and not self._combien(suivant):
            refus = phrases.rien_a_garder(self.fichier, geste, self._combien(self.etat))
            ecrire_message(self._message, refus)
            return
        self._etats.append(suivant)
        self._dits.append(self._phrase(geste))
        self._redessiner()
        self._dire(self._dits[-1])

    def annuler(self) -> None:
        """Défait le dernier geste."""
        ecrire_message(self._message, "")
        if not self._dits:
            ecrire_message(self._message, "Il n'y a aucun geste à annuler.")
            return
        self._etats.pop()
        self._dits.pop()
        self._redessiner()
        self._dire(f"Geste annulé. {self._dits[-1] if self._dits else self._tout}")

    def tout_remettre(self) -> None:
        """Revient au fichier entier, dans son ordre."""
        ecrire_message(self._message, "")
        self._etats, self._dits = [Etat()], list[str]()
        self._redessiner()
        self._dire(f"Tout est remis comme au début. {self._tout}")

    @property
    def _tout(self) -> str:
        return phrases.filtrage(self.fichier, (), self.en_tout, self.en_tout)

    @property
    def constat(self) -> str:
        """Ce que dit l'écran du dernier geste."""
        return self._dit

    @property
    def en_tout(self) -> int:
        """Le nombre de lignes du fichier."""
        return self._combien(Etat())

    def _combien(self, etat: Etat) -> int:
        return len(self._ouverte.lignes(etat))

    @property
    def _ouverte(self) -> Table:
        assert self.table is not None, "le fichier n'est pas ouvert"
        return self.table

    def _phrase(self, geste: Geste) -> str:
        """Ce que le geste, qui vient d'être fait, a donné."""
        etat, table, fichier = self.etat, self._ouverte, self.fichier
        gardees = self._combien(etat)
        filtrage = phrases.filtrage(fichier, etat.filtres, gardees, self.en_tout)
        match geste:
            case Filtre():
                return filtrage
            case Tri():
                [premiere] = table.page(etat, 0, 1)
                valeur = premiere[fichier.colonnes.index(geste.colonne)]
                en_tete = "vide" if valeur is None else ecrire_valeur(geste.colonne, valeur)
                dite = phrases.tri(geste, en_tete)
            case Calcul():
                g = table.grouper(etat, geste)
                dite = phrases.groupement(fichier, geste, g.valeurs, g.ensemble, g.ranges)
            case Croisement():
                seul = Calcul(geste.operation, geste.mesure, None)
                dite = phrases.croisement(fichier, geste, table.grouper(etat, seul).ensemble)
        return f"{dite} ({filtrage.rstrip('.')}.)" if etat.filtres else dite

    def _dire(self, phrase: str) -> None:
        self._dit = phrase
        self._constat.value = Markup('<p class="grc-commentaire" role="status">{}</p>').format(
            phrase
        )

    def _redessiner(self) -> None:
        """Réaffiche les lignes, ou le calcul en cours, et la liste des gestes."""
        self._debut, self._image.value, self._calcul.value, self._tableau.value = 0, "", "", ""
        self._journal.value = vues.journal(self._dits)
        match self.etat.calcul:
            case None:
                self._montrer_les_lignes()
                return
            case Calcul() as calcul:
                groupes = self._ouverte.grouper(self.etat, calcul)
                if calcul.groupe:
                    self._image.value = vues.barres(self.fichier, calcul, groupes, self.projection)
                else:
                    self._calcul.value = vues.groupes(self.fichier, calcul, groupes)
            case Croisement() as geste:
                grille = self._ouverte.croiser(self.etat, geste)
                self._calcul.value = vues.grille(self.fichier, geste, grille)
        self._pages.layout.display = "none"

    def _montrer_les_lignes(self) -> None:
        combien = self._combien(self.etat)
        self._tableau.value = vues.lignes(self._ouverte, self.etat, self._debut, combien)
        self.precedentes.disabled = self._debut == 0
        self.suivantes.disabled = self._debut + vues.LIGNES_PAR_PAGE >= combien
        self._pages.layout.display = "none" if combien <= vues.LIGNES_PAR_PAGE else ""

    def _tourner(self, pas: int) -> None:
        self._debut = max(0, self._debut + pas)
        self._montrer_les_lignes()

    def afficher(self) -> widgets.VBox:
        """L'explorateur, prêt à être la dernière ligne d'une cellule."""
        return encadrer([self._titre, self._corps], self.classe, self.projection)
