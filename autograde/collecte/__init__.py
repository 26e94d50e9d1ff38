"""Ramasser les copies d'une classe : ``grc ramasser SOURCE DEVOIR``.

De l'archive de Moodle, d'une clé USB ou de l'exchange de nbgrader à ``submitted/<stagiaire>/<devoir>/``. Rien n'est deviné : ce qui
est ambigu est listé, et demandé.
"""

import sys
from pathlib import Path

from rich.console import Console

from autograde.collecte.liste_de_classe import liste_gardee, prendre_la_liste
from autograde.cours.dossiers import Cours


def ramasser(
    cours: Cours,
    source: Path,
    devoir: str = "",
    liste: Path | None = None,
    console: Console | None = None,
) -> None:
    """Ramasse les copies d'une source, puis montre ce qui est prêt et ce qu'il reste à préciser. Lève ``ErreurFormateur``.

    ``devoir`` : celui qu'on attend ; sans lui, chaque copie va au sien. ``liste`` : la liste de classe, gardée pour les fois suivantes.
    """
    from autograde.collecte.affichage import montrer_le_ramassage
    from autograde.collecte.questions import Questions
    from autograde.collecte.ramassage import Ramassage

    console = console or Console()
    classe = prendre_la_liste(cours, liste) if liste else liste_gardee(cours)
    if liste:
        from autograde.carnet.api import inscrire_la_classe

        inscrire_la_classe(cours, classe.stagiaires)
    quelqu_un = sys.stdin is not None and sys.stdin.isatty() and console.is_terminal
    bilan = Ramassage(cours, devoir, classe).ramasser(
        source, Questions(console, classe) if quelqu_un else None
    )
    montrer_le_ramassage(cours, bilan, devoir, console)
