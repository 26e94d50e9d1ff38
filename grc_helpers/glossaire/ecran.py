"""La page du glossaire : une recherche, et les mots qui y répondent."""

from collections.abc import Sequence

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.francais.typographie import insecables
from grc_helpers.glossaire.entrees import Entree, chercher
from grc_helpers.glossaire.rendu import tableau
from grc_helpers.simulateurs.commun import encadrer
from grc_helpers.simulateurs.ecran import bouton, titre_html


class Page:
    """La recherche réagit à chaque lettre ; un mot inconnu ne laisse pas la page vide sans le dire."""

    def __init__(self, entrees: Sequence[Entree]):
        self.entrees = entrees
        self.champ = widgets.Text(
            description="Chercher un mot", placeholder="échéance, canal, CRM…"
        ).add_class("grc-recherche")
        self.champ.style.description_width, self.champ.layout.width = "initial", "420px"
        self.compte, self.tableau = widgets.HTML(), widgets.HTML()
        self.champ.observe(lambda _: self.actualiser(), names="value")
        self.actualiser()

    def actualiser(self) -> None:
        """Montre les mots qui répondent à ce qui est écrit."""
        trouvees = chercher(self.champ.value)
        self.tableau.value = tableau(trouvees, avec_le_lieu=True) if trouvees else ""
        constat = insecables(_constat(self.champ.value, len(trouvees)))
        self.compte.value = Markup('<p role="status">{}</p>').format(constat) if constat else ""

    def effacer(self) -> None:
        """Montre de nouveau tous les mots."""
        self.champ.value = ""

    def afficher(self) -> widgets.VBox:
        """La page, prête à être la dernière ligne d'une cellule."""
        tout_voir = bouton("Tout voir", "Effacer la recherche", self.effacer)
        tout_voir.layout.width, tout_voir.layout.margin = "8em", "0 0 0 10px"
        recherche = widgets.HBox([self.champ, tout_voir])
        pieces = [
            titre_html("Les mots du cours", f"{len(self.entrees)} mots"),
            recherche,
            self.compte,
            self.tableau,
        ]
        return encadrer(pieces, "grc-page-glossaire", projection=False)


def _constat(cherche: str, combien: int) -> str:
    """
    >>> _constat("", 113), _constat("traite", 1), _constat("zzz", 0)
    ('', '1 mot trouvé.', 'Aucun mot du cours ne contient « zzz ». Essayez moins de lettres.')
    """
    if not cherche.strip():
        return ""
    if not combien:
        return (
            f"Aucun mot du cours ne contient « {cherche.strip()[:60]} ». Essayez moins de lettres."
        )
    return f"{combien} mot{'s' * (combien > 1)} trouvé{'s' * (combien > 1)}."
