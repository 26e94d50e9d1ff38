"""``grc relire DEVOIR`` : corriger la classe, ouvrir la page de relecture, et attendre que le formateur ait fini."""

import asyncio
import webbrowser

from rich.console import Console

from autograde.console import suivre
from autograde.copie.remises import copies_remises
from autograde.correction.classe import corriger_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.relecture.seance import Seance
from autograde.relecture.serveur import ecouter


def ouvrir_la_page(
    cours: Cours, nom: str, navigateur: bool = True, console: Console | None = None
) -> None:
    """Sert la page jusqu'à Ctrl + C. La classe est d'abord corrigée : ce qui est montré est ce qui est au carnet."""
    console = console or Console()
    copies = copies_remises(cours, nom)
    for _ in suivre(corriger_la_classe(cours, nom), "Correction", len(copies)):
        pass
    for copie in copies:
        if copie.notebook is None:
            console.print(
                f"• {copie.stagiaire} n'est pas dans la page, sa copie est illisible : {copie.motif}",
                markup=False,
            )
    seance = Seance(cours, charger_devoir(cours, nom), copies)
    try:
        asyncio.run(_servir(seance, navigateur, console))
    except KeyboardInterrupt:
        console.print(
            f"\nRelecture arrêtée ; tout est enregistré. Ensuite : [bold]grc retours {nom}[/], [bold]grc notes {nom}[/]."
        )


async def _servir(seance: Seance, navigateur: bool, console: Console) -> None:
    _, adresse = ecouter(seance)
    console.print(
        f"Page de relecture : {adresse}\nPour arrêter : Ctrl + C.",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    if navigateur:
        webbrowser.open(adresse)
    await asyncio.Event().wait()
