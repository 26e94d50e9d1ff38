"""Le journal des décisions de la correction : pour chaque question de chaque copie, quand, par qui, quelle note et pourquoi.

Il s'écrit avec les notes, dans la même transaction (``inscription``) : une décision y est une fois, ou n'a pas été prise.
"""

from typing import NamedTuple

from autograde.carnet.ouverture import ouvrir_la_base
from autograde.carnet.tables import preparer
from autograde.cours.dossiers import Cours


class DecisionJournal(NamedTuple):
    """Une décision de la correction. ``date`` : en temps universel ; ``manuelle`` : la note saisie à la main, s'il y en avait une."""

    date: str
    auteur: str
    stagiaire: str
    question: str
    points: float | None
    a_relire: bool
    manuelle: float | None
    commentaire: str | None


_LIGNES = (
    f"select {', '.join(DecisionJournal._fields)} from grc_journal where devoir = ?{{}}"
    " order by stagiaire, question, date"
)


def lire_le_journal(
    cours: Cours, devoir: str, stagiaire: str | None = None
) -> list[DecisionJournal]:
    """Les décisions d'un devoir, ou d'un seul stagiaire, dans l'ordre où elles ont été prises."""
    filtre, parametres = (
        (" and stagiaire = ?", (devoir, stagiaire)) if stagiaire else ("", (devoir,))
    )
    with ouvrir_la_base(cours) as base:
        preparer(base)
        return [DecisionJournal(*ligne) for ligne in base.lire(_LIGNES.format(filtre), parametres)]
