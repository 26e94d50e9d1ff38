"""Remettre le carnet à jour et dire ce que cela y change, note par note."""

from dataclasses import dataclass

from autograde.carnet.releve import NoteRelevee, releves
from autograde.console import suivre
from autograde.copie.remises import dossiers_remis
from autograde.correction.classe import corriger_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur


@dataclass(frozen=True)
class NoteChangee:
    """Une note du carnet avant et après ; une note saisie à la main ne change pas, mais peut être à revoir."""

    stagiaire: str
    question: str
    avant: NoteRelevee
    apres: NoteRelevee


def recorriger(cours: Cours, nom: str) -> list[NoteChangee]:
    """Corrige ce qui doit l'être. Renvoie ce qui a changé au carnet ; rien la première fois, puisqu'il n'y avait pas de note."""
    avant = _notes(cours, nom)
    for _ in suivre(corriger_la_classe(cours, nom), "Correction", len(dossiers_remis(cours, nom))):
        pass
    apres = _notes(cours, nom)
    return [
        NoteChangee(*cle, avant[cle], apres[cle])
        for cle in sorted(avant)
        if _compte(avant[cle]) != _compte(apres[cle])
    ]


def _notes(cours: Cours, nom: str) -> dict[tuple[str, str], NoteRelevee]:
    try:
        lus = releves(cours, charger_devoir(cours, nom))
    except ErreurFormateur:
        return {}  # le carnet ne connaît pas encore ce devoir
    return {
        (releve.stagiaire, question): note
        for releve in lus
        for question, note in releve.questions.items()
    }


def _compte(note: NoteRelevee) -> tuple[float | None, bool]:
    return note.points, note.a_relire
