"""Ce que la console montre au formateur : une barre d'avancement, puis un tableau de la classe."""

from collections.abc import Iterable, Sized

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from autograde.classe import CopieCorrigee
from autograde.cours import Cours
from grc_helpers.reponses.nombres import ecrire_nombre


def suivre(elements: Iterable, titre: str, total: int | None = None):
    """Parcourt ``elements`` en montrant l'avancement."""
    total = len(elements) if total is None and isinstance(elements, Sized) else total
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), transient=True) as barre:
        tache = barre.add_task(titre, total=total)
        for element in elements:
            yield element
            barre.advance(tache)


def montrer_la_classe(cours: Cours, devoir: str, corrigees: list[CopieCorrigee], console: Console | None = None) -> None:
    """Le tableau des notes, ce qu'il reste à vérifier et la suite à donner."""
    console = console or Console()
    maximum = corrigees[0].correction.devoir.total
    tableau = Table(title=f"{devoir} : {len(corrigees)} copies")
    tableau.add_column("stagiaire")
    tableau.add_column(f"note auto / {ecrire_nombre(maximum)}", justify="right")
    tableau.add_column("copie")
    tableau.add_column("reçu")
    tableau.add_column("à vérifier par le formateur", overflow="fold")
    for corrigee in corrigees:
        illisible = bool(corrigee.copie.motif)
        tableau.add_row(
            corrigee.copie.stagiaire,
            "—" if illisible else ecrire_nombre(corrigee.note, 2),
            corrigee.etat,
            " ".join(corrigee.recu),
            corrigee.copie.motif if illisible else ", ".join(corrigee.a_verifier) or "rien",
        )
    console.print(tableau)
    for corrigee in corrigees:
        for remarque in corrigee.remarques:
            console.print(f"• {corrigee.copie.stagiaire} : {remarque}", markup=False)
    console.print(
        f"\nEnsuite : [bold]grc relire {devoir}[/] pour les questions à vérifier, [bold]grc retours {devoir}[/] pour les pages "
        f"de retour, [bold]grc notes {devoir}[/] pour les notes. Carnet : {cours.travail / 'gradebook.db'}"
    )
