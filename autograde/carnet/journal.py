"""Le journal de la correction et de la relecture : pour chaque question de chaque copie, quand, par qui, quelle note et pourquoi.

Il s'écrit avec les notes, dans la même transaction (``inscription``, ``notes_relues``) : une décision y est une fois, ou n'a pas été prise.
"""

import getpass
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from autograde.carnet.ouverture import ouvrir_la_base
from autograde.carnet.sql import Base
from autograde.carnet.tables import preparer
from autograde.cours.dossiers import Cours


class DecisionJournal(NamedTuple):
    """Une décision de la correction, ou un geste du formateur. ``date`` : en temps universel ; ``manuelle`` : la note saisie à la main,
    s'il y en avait une."""

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


class NoteJournalisee(NamedTuple):
    """Ce que le journal retient d'une note : les mêmes champs que ``DecisionJournal``, sans la date ni l'auteur ; l'empreinte de la réponse
    et du barème notés."""

    devoir: str
    stagiaire: str
    question: str
    points: float | None
    a_relire: bool
    manuelle: float | None
    commentaire: str | None
    empreinte: str


def journaliser(base: Base, notes: Iterable[NoteJournalisee]) -> None:
    """Ajoute ces notes au journal, à la date et au nom du compte d'ici. À appeler dans la transaction qui les écrit."""
    date, auteur = datetime.now(UTC).isoformat(timespec="seconds"), _auteur()
    base.ecrire(
        "insert into grc_journal values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(date, auteur, *note) for note in notes],
    )


def _auteur() -> str:
    """Le compte qui corrige."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "inconnu"


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
