"""Les notes témoins : ce que la correction donne à une classe fictive de 30, pour chaque devoir, question par question.

Un changement de rangement ne doit en changer aucune. Quand le moteur, un barème ou un notebook change exprès, on les récrit, et la
différence montre chaque note déplacée : ``python -m tests.correction.temoins``.
"""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograde.copie.remises import lire_copie
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.demonstration.classe import copies
from autograde.demonstration.copies import ranger
from autograde.notation.copie import CopieCorrigee, corriger_la_copie

TEMOINS = Path(__file__).parent / "notes_temoins.txt"
CLASSE = 30


def classe_corrigee(travail: Path) -> Iterator[CopieCorrigee]:
    """Chaque copie de la classe fictive, devoir après devoir."""
    cours = Cours(travail=travail)
    for nom in cours.devoirs_notes():
        devoir = charger_devoir(cours, nom)
        for stagiaire, fichier, contenu in copies(cours, nom, CLASSE):
            ranger(cours, stagiaire, nom, fichier, contenu)
            yield corriger_la_copie(
                lire_copie(stagiaire, cours.remises / stagiaire / nom, nom), devoir
            )


def notes(corrigees: Iterable[CopieCorrigee]) -> Iterator[str]:
    """Une ligne par question de chaque copie : devoir, stagiaire, question, points, empreinte du commentaire (motifs compris)."""
    for copie in corrigees:
        correction = copie.correction
        for question, note in correction.notes.items():
            resume = hashlib.sha256(note.resume().encode()).hexdigest()[:6]
            yield f"{correction.devoir.nom} {copie.stagiaire} {question} {correction.points(question)} {resume}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as dossier:
        lignes = "\n".join(notes(classe_corrigee(Path(dossier))))
        TEMOINS.write_text(lignes + "\n", encoding="utf-8", newline="\n")
