"""Le journal des décisions de la correction : pour chaque question de chaque copie, quand, par qui, quelle note et pourquoi.

Il s'écrit avec les notes, dans la même transaction (``inscription``) : une décision y est une fois, ou n'a pas été prise.
"""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograde.carnet.inscription import preparer
from autograde.carnet.sql import Base
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from grc_helpers.francais.nombres import ecrire_nombre

_LIGNES = (
    "select date, auteur, stagiaire, question, points, a_relire, manuelle, commentaire from grc_journal where devoir = ?{}"
    " order by stagiaire, question, date"
)


def montrer_le_journal(
    cours: Cours, devoir: str, stagiaire: str | None = None, console: Console | None = None
) -> None:
    """Le journal d'un devoir, ou d'un seul stagiaire. Lève ``ErreurFormateur`` s'il est vide."""
    with Base(cours.db_url) as base:
        preparer(base)
        filtre, parametres = (
            (" and stagiaire = ?", (devoir, stagiaire)) if stagiaire else ("", (devoir,))
        )
        lignes = base.lire(_LIGNES.format(filtre), parametres)
    if not lignes:
        raise ErreurFormateur(
            f"Rien au journal pour « {stagiaire or devoir} ». Lancez d'abord : grc corriger {devoir}"
        )
    tableau = Table(title=f"{devoir} : {len(lignes)} décision(s)")
    for titre in ("date (UTC)", "par", "stagiaire", "question"):
        tableau.add_column(titre)
    tableau.add_column("points", justify="right")
    tableau.add_column("état")
    tableau.add_column("pourquoi", overflow="fold")
    for date, auteur, nom, question, points, a_relire, manuelle, commentaire in lignes:
        note = "—" if points is None else ecrire_nombre(points, 2)
        etat = (
            "à relire"
            if a_relire
            else "notée"
            if manuelle is None
            else f"note manuelle gardée : {ecrire_nombre(manuelle, 2)}"
        )
        quand = date[:19].replace("T", " ")
        tableau.add_row(
            quand, *map(escape, (auteur, nom, question)), note, etat, escape(commentaire or "")
        )
    (console or Console()).print(tableau)
