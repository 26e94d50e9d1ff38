"""La porte par laquelle toutes les commandes parlent : rien de ce qui y passe n'est mise en forme ni commande pour la console.

Aucun autre module n'importe ``rich`` : un nom, un dossier, une réponse ou un reçu n'a donc aucun moyen d'être pris pour une balise.
"""

import math
import sys
from collections.abc import Iterable, Sized
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from grc_helpers.francais.affichable import affichable
from grc_helpers.francais.nombres import ecrire_nombre

__all__ = ["Console", "Ecran", "Tableau", "Text", "en_points", "gras", "suivre", "texte"]


def texte(chaine: str, style: str = "") -> Text:
    """Ce texte tel quel, dans ce style : ses crochets restent des crochets.

    >>> texte("Ali [groupe 1]\\x1b[2J").plain
    'Ali [groupe 1]?[2J'
    """
    return Text(affichable(chaine), style=style)


def gras(chaine: str) -> Text:
    """Une commande à taper, en gras."""
    return texte(chaine, "bold")


class Tableau:
    """Un tableau de textes ; les options de mise en forme sont celles de ``rich.table``."""

    def __init__(self, titre: str = "", **mise_en_forme: Any):
        self.rendu = Table(title=texte(titre) if titre else None, **mise_en_forme)

    def colonne(self, titre: str, **mise_en_forme: Any) -> None:
        # Un accent sans lettre n'a pas de largeur : sa colonne garde la place de le montrer.
        self.rendu.add_column(texte(titre), **{"min_width": 1, **mise_en_forme})

    def ligne(self, *cases: str | Text, style: str = "") -> None:
        self.rendu.add_row(*map(_en_texte, cases), style=style)


class Ecran:
    """Une console où tout ce qui s'écrit passe par ``affichable``, sans balises ni couleurs automatiques."""

    def __init__(self, console: Console | None = None):
        self._console = console or Console()

    def dire(self, *morceaux: str | Text, style: str = "", replier: bool = True) -> None:
        """Un paragraphe fait de ces morceaux. ``replier`` : couper ses lignes à la largeur de la console."""
        paragraphe = Text.assemble(*map(_en_texte, morceaux), style=style)
        self._console.print(paragraphe, highlight=False, soft_wrap=not replier)

    def montrer(self, tableau: Tableau) -> None:
        self._console.print(tableau.rendu)

    def encadrer(self, contenu: str, titre: str) -> None:
        """Un texte dans un cadre, qui porte son titre."""
        self._console.print(Panel(texte(contenu), title=texte(titre), title_align="left"))

    def separer(self, titre: str) -> None:
        """Un trait en travers de la console, qui porte un titre."""
        self._console.rule(texte(titre), align="left")

    @property
    def quelqu_un(self) -> bool:
        """Vrai s'il y a quelqu'un devant la console pour répondre."""
        return sys.stdin is not None and sys.stdin.isatty() and self._console.is_terminal

    def oui_ou_non(self, question: str) -> bool:
        """Vrai si le formateur répond oui ; tout le reste est un non."""
        return (self.demander(f"{question} (o/N) : ") or "").casefold() in ("o", "oui")

    def demander(self, invite: str) -> str | None:
        """Ce que le formateur tape ; None s'il interrompt (Ctrl + C) ou si la saisie est finie."""
        try:
            return self._console.input(gras(invite)).strip()
        except (EOFError, KeyboardInterrupt):
            self.dire()
            return None


def suivre(elements: Iterable, titre: str, total: int | None = None):
    """Parcourt ``elements`` en montrant l'avancement et le temps restant, s'il y a un écran où le montrer."""
    if not Console().is_terminal:
        yield from elements
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn

    class Reste(ProgressColumn):
        max_refresh = 0.5  # secondes : un temps qui change sans cesse ne se lit pas

        def render(self, task):
            return texte(temps_restant(task.time_remaining))

    total = len(elements) if total is None and isinstance(elements, Sized) else total
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        Reste(),
        transient=True,
    ) as barre:
        tache = barre.add_task(affichable(titre), total=total)
        for element in elements:
            yield element
            barre.advance(tache)


def temps_restant(secondes: float | None) -> str:
    """Ce qu'il reste à attendre, en mots ; rien tant qu'on ne le sait pas.

    >>> temps_restant(7.2), temps_restant(95), temps_restant(3_720), temps_restant(None)
    ('encore 8 s', 'encore 1 min 35 s', 'encore 1 h 02 min', '')
    """
    if secondes is None:
        return ""
    minutes, reste = divmod(math.ceil(secondes), 60)
    if minutes >= 60:
        return f"encore {minutes // 60} h {minutes % 60:02d} min"
    return f"encore {minutes} min {reste:02d} s" if minutes else f"encore {reste} s"


def en_points(points: float | None) -> str:
    """Les points d'une question, ou un tiret si personne ne l'a notée.

    >>> en_points(1.5), en_points(None)
    ('1,5', '—')
    """
    return "—" if points is None else ecrire_nombre(points)


def _en_texte(morceau: str | Text) -> Text:
    return morceau if isinstance(morceau, Text) else texte(morceau)
