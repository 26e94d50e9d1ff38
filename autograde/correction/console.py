"""Ce que la console montre au formateur : une barre d'avancement, puis un tableau de la classe."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from autograde.correction.bilan import Bilan
from autograde.cours.dossiers import Cours
from grc_helpers.francais.nombres import ecrire_nombre

LIGNES = 60  # au-delà, le tableau ne montre que les premières copies à regarder


def montrer_la_classe(
    cours: Cours, devoir: str, bilans: Iterable[Bilan], console: Console | None = None
) -> None:
    """Le tableau des notes, ce qu'il reste à vérifier et la suite à donner. ``bilans`` est parcouru une fois, sans être gardé."""
    console = console or Console()
    premiers, a_regarder, total, nombre_a_regarder = [], [], 0, 0
    for total, bilan in enumerate(bilans, start=1):
        premiers += [bilan] if total <= LIGNES else []
        if bilan.motif or bilan.a_verifier or bilan.remarques:
            nombre_a_regarder += 1
            a_regarder += [bilan] if nombre_a_regarder <= LIGNES else []
    montres = premiers if total <= LIGNES else a_regarder
    tableau = Table(title=f"{devoir} : {total} copie{'s' * (total > 1)}")
    tableau.add_column("stagiaire")
    tableau.add_column(f"note auto / {ecrire_nombre(premiers[0].maximum)}", justify="right")
    tableau.add_column("copie")
    tableau.add_column("reçu")
    tableau.add_column("à vérifier par le formateur", overflow="fold")
    for bilan in montres:
        tableau.add_row(
            bilan.stagiaire,
            "—" if bilan.motif else ecrire_nombre(bilan.note, 2),
            bilan.etat,
            bilan.recu,
            bilan.motif or ", ".join(bilan.a_verifier) or "rien",
        )
    console.print(tableau)
    for bilan in montres:
        for remarque in bilan.remarques:
            console.print(f"• {bilan.stagiaire} : {remarque}", markup=False)
    if total > LIGNES:
        console.print(
            f"{nombre_a_regarder} copies à regarder ; en voici {len(montres)}. Toutes les notes : [bold]grc notes {devoir}[/]"
        )
    carnet = "sur le serveur PostgreSQL" if cours.carnet else cours.travail / "gradebook.db"
    console.print(
        f"\nEnsuite : [bold]grc relire {devoir}[/] pour les questions à vérifier, [bold]grc retours {devoir}[/] pour les pages "
        f"de retour, [bold]grc notes {devoir}[/] pour les notes. Carnet : {carnet}"
    )
