"""Huit réponses par question rédigée, écrites sans voir le barème puis étiquetées (charte, point 22) : ce que la machine en propose.

Quatre justes dites autrement et une en langage de message, une creuse, une fausse, une recopie. Elles n'ont rien appris au moteur.
``python -m tests.prose.test_huit_par_question`` imprime le tableau.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pytest

from autograde.cours.devoir import charger_devoir
from autograde.prose.evaluation import Evaluation, evaluer
from tests.classe_fictive import DEPOT

FICHIER = Path(__file__).parent / "reponses_libres" / "huit_par_question.jsonl"
JUSTES = ("juste", "message")


@dataclass(frozen=True)
class Lue:
    """Une réponse et ce que la machine en dit ; ``due`` et la note proposée sont des parts du maximum."""

    aid: str
    juste: bool
    due: float
    evaluation: Evaluation

    @property
    def sure(self) -> bool:
        return not self.evaluation.relire

    @property
    def part(self) -> float:
        """La part de la note due que la machine propose, un au plus."""
        return min(self.evaluation.fraction / self.due, 1) if self.due else 1.0


def lire() -> dict[str, list[Lue]]:
    """Les huit réponses de chaque question, évaluées."""
    lues = defaultdict(list)
    for ligne in FICHIER.read_text(encoding="utf-8").splitlines():
        ecrite = json.loads(ligne)
        devoir = charger_devoir(DEPOT, ecrite["tp"])
        evaluation = evaluer(ecrite["reponse"], devoir.bareme[ecrite["qid"]], devoir.contexte)
        due = ecrite["due"] / ecrite["points"]
        lues[ecrite["qid"]].append(Lue(ecrite["aid"], ecrite["genre"] in JUSTES, due, evaluation))
    return lues


@pytest.fixture(scope="module")
def questions() -> dict[str, list[Lue]]:
    return lire()


@pytest.fixture(scope="module")
def toutes(questions) -> list[Lue]:
    return [lue for lues in questions.values() for lue in lues]


def test_chaque_question_redigee_a_ses_huit_reponses(questions):
    redigees = {
        identifiant
        for nom in DEPOT.devoirs_notes()
        for identifiant, bareme in charger_devoir(DEPOT, nom).bareme.items()
        if bareme.redigee
    }
    assert {question: len(lues) for question, lues in questions.items()} == dict.fromkeys(
        redigees, 8
    )


def test_une_reponse_juste_dite_autrement_recoit_son_du(questions):
    parts = [mean(lue.part for lue in lues if lue.juste) for lues in questions.values()]
    assert mean(parts) >= 0.85


def test_aucune_note_sure_n_est_trop_basse_pour_une_juste_ni_trop_haute(toutes):
    assert [lue.aid for lue in toutes if lue.juste and lue.sure and lue.part < 0.85] == []
    assert [
        lue.aid for lue in toutes if lue.sure and lue.evaluation.fraction > lue.due + 0.15
    ] == []


def test_aucune_juste_n_est_accusee(toutes):
    assert [lue.aid for lue in toutes if lue.juste and lue.evaluation.messages] == []


if __name__ == "__main__":
    print("question        part du dû des justes   sûres   sûres parmi les autres")
    for question, lues in lire().items():
        justes = [lue for lue in lues if lue.juste]
        autres = [lue for lue in lues if not lue.juste]
        print(
            f"{question:16}{mean(lue.part for lue in justes):>10.0%}{sum(lue.sure for lue in justes):>18} / 5"
            f"{sum(lue.sure for lue in autres):>14} / 3"
        )
