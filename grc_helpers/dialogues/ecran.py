"""Jouer un dialogue : ce que dit le client, les réponses possibles, trois jauges, et à la fin chaque choix repris avec sa règle."""

from functools import partial

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.dialogues.partie import Etat, Partie
from grc_helpers.dialogues.scenario import CHOIX_AU_PLUS, charger
from grc_helpers.figures.accessible import tableau_html
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.francais.typographie import insecables
from grc_helpers.simulateurs.commun import Simulateur, zone_defilante
from grc_helpers.simulateurs.ecran import bouton


class Dialoguer(Simulateur):
    """Un dialogue de ``grc_helpers/dialogues``, par son nom. ``projection`` agrandit tout pour une salle.

    Les boutons des réponses restent les mêmes d'une scène à l'autre : au clavier, on ne perd pas sa place.

    >>> jeu = Dialoguer("directeur_furieux")
    >>> jeu.repondre(1)
    >>> print(jeu.phrase)
    Calme 35 sur 100, confiance 30 sur 100, dépense 0 DH.
    """

    classe = "grc-dialogue"

    def __init__(self, nom: str, projection: bool = False):
        super().__init__(projection)
        self.partie = Partie(charger(nom))
        self.reponses = [
            bouton("", "Répondre cela", partial(self.repondre, rang)).add_class("grc-reponse")
            for rang in range(CHOIX_AU_PLUS)
        ]
        self.retour = bouton("◀ Revenir d'un pas", "Reprendre la dernière réponse", self.revenir)
        self.remise = self._remise("Recommencer le dialogue depuis le début", "Rejouer")
        self.actualiser()

    @property
    def phrase(self) -> str:
        """Les trois jauges, en une phrase."""
        etat = self.partie.etats[-1]
        return (
            f"Calme {ecrire_nombre(etat.calme)} sur 100, confiance {ecrire_nombre(etat.confiance)} sur 100, "
            f"dépense {self._somme(etat.cout)}."
        )

    def repondre(self, rang: int) -> None:
        """Donne cette réponse (rang à partir de 0), comme le bouton."""
        self.partie.repondre(rang)
        self.actualiser()

    def revenir(self) -> None:
        """Reprend la dernière réponse."""
        self.partie.revenir()
        self.actualiser()

    def reinitialiser(self) -> None:
        """Recommence le dialogue."""
        self.partie.rejouer()
        super().reinitialiser()

    def afficher(self) -> widgets.VBox:
        """L'outil complet, prêt à être la dernière ligne d'une cellule."""
        dialogue = self.partie.dialogue
        situation = widgets.HTML(
            Markup("<p>{}</p>").format(insecables(dialogue.situation))
        ).add_class("grc-situation")
        commandes = [situation, *self.reponses, self.retour, self.remise]
        return self._mise_en_page(dialogue.titre, dialogue.moyen, commandes)

    def _somme(self, cout: float) -> str:
        return ecrire_nombre(cout, unite=self.partie.dialogue.monnaie)

    def _redessiner(self) -> None:
        choix = self.partie.scene.choix
        for rang, piece in enumerate(self.reponses):
            propose = rang < len(choix)
            piece.description = insecables(choix[rang].texte) if propose else ""
            piece.layout.display = None if propose else "none"
        self.retour.disabled = not self.partie.faits
        self._image.value = self._jauges_html() + self._echange_html()
        self._tableau.value = self._reprise_html() if self.partie.finie else ""

    def _jauges_html(self) -> Markup:
        etats = self.partie.etats
        etat = etats[-1]
        avant = etats[-2] if len(etats) > 1 else etat
        lignes = Markup("").join(
            Markup(
                '<li><span>{}</span> <meter min="0" max="100" value="{}" aria-hidden="true"></meter> '
                "<strong>{}</strong> {}</li>"
            ).format(nom, valeur, ecrire_nombre(valeur), _ecart(valeur - ancienne))
            for nom, valeur, ancienne in (
                ("Calme", etat.calme, avant.calme),
                ("Confiance", etat.confiance, avant.confiance),
            )
        )
        return Markup(
            '<ul class="grc-jauges" role="status" aria-label="{}">{}<li><span>Dépense</span> <strong>{}</strong></li></ul>'
        ).format(self.phrase, lignes, self._somme(etat.cout))

    def _echange_html(self) -> Markup:
        """Ce qui s'est dit, puis ce que dit le client ; à la fin, le bilan."""
        dits = [
            Markup(
                '<p class="grc-client"><strong>{} :</strong> {}</p><p class="grc-moi"><strong>Vous :</strong> {}</p>'
            ).format(scene.qui, insecables(scene.dit), insecables(choix.texte))
            for scene, choix in self.partie.faits[-1:]
        ]
        scene = self.partie.scene
        dits.append(
            Markup('<p class="grc-client" role="status"><strong>{} :</strong> {}</p>').format(
                scene.qui, insecables(scene.dit)
            )
        )
        if scene.bilan:
            dits.append(Markup('<p class="grc-commentaire">{}</p>').format(insecables(scene.bilan)))
        return Markup("").join(dits)

    def _reprise_html(self) -> Markup:
        """Chaque réponse donnée, ce qu'elle a changé, la règle qu'elle suit ou qu'elle oublie."""
        etats = self.partie.etats
        lignes = [
            [
                insecables(choix.texte),
                _changement(avant, apres, self._somme),
                insecables(choix.regle),
                insecables(choix.pourquoi),
            ]
            for (_, choix), avant, apres in zip(self.partie.faits, etats, etats[1:], strict=False)
        ]
        tableau = tableau_html(
            ["Vous avez dit", "Effet", "La règle", "Pourquoi"],
            lignes,
            "La reprise : une ligne par réponse",
        )
        return zone_defilante("La reprise du dialogue", tableau)


def _ecart(points: float) -> str:
    return f"({'+' if points > 0 else '−'}{ecrire_nombre(abs(points))})" if points else ""


def _changement(avant: Etat, apres: Etat, somme) -> str:
    """Ce qu'une réponse a changé, en mots.

    >>> _changement(Etat(20, 20), Etat(35, 20, 60), lambda cout: f"{cout} DH")
    'calme +15, dépense 60 DH'
    """
    dits = [
        f"{nom} {'+' if ecart > 0 else '−'}{ecrire_nombre(abs(ecart))}"
        for nom, ecart in (
            ("calme", apres.calme - avant.calme),
            ("confiance", apres.confiance - avant.confiance),
        )
        if ecart
    ]
    if apres.cout > avant.cout:
        dits.append(f"dépense {somme(apres.cout - avant.cout)}")
    return ", ".join(dits) or "rien ne change"
