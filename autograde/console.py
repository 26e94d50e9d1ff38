"""Ce que toutes les commandes font à la console : une barre d'avancement, une question, des points."""

import sys
from collections.abc import Iterable, Sized

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from grc_helpers.francais.nombres import ecrire_nombre


def demander(console: Console, invite: str) -> str | None:
    """Ce que le formateur tape ; None s'il interrompt (Ctrl + C) ou si la saisie est finie."""
    try:
        return console.input(Text(invite, style="bold")).strip()
    except (EOFError, KeyboardInterrupt):
        console.print()
        return None


def oui_ou_non(console: Console, question: str) -> bool:
    """Vrai si le formateur répond oui ; tout le reste est un non."""
    reponse = demander(console, f"{question} (o/N) : ") or ""
    return reponse.casefold() in ("o", "oui")


def est_un_terminal(console: Console) -> bool:
    """Vrai s'il y a quelqu'un pour répondre."""
    return sys.stdin is not None and sys.stdin.isatty() and console.is_terminal


def suivre(elements: Iterable, titre: str, total: int | None = None):
    """Parcourt ``elements`` en montrant l'avancement."""
    total = len(elements) if total is None and isinstance(elements, Sized) else total
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        transient=True,
    ) as barre:
        tache = barre.add_task(titre, total=total)
        for element in elements:
            yield element
            barre.advance(tache)


def en_points(points: float | None) -> str:
    """Les points d'une question, ou un tiret si personne ne l'a notée.

    >>> en_points(1.5), en_points(None)
    ('1,5', '—')
    """
    return "—" if points is None else ecrire_nombre(points)
