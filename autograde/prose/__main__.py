"""``python -m autograde.prose --bareme FICHIER.yml --reponses REPONSES.jsonl`` : évalue des réponses, une prédiction JSON par ligne.

Chaque ligne d'entrée : ``{"aid", "qid", "answer"}``. Chaque ligne de sortie : ``{"aid", "elements", "fraction", "review", "motif",
"passages"}``. Le barème a une entrée par ``qid``.
"""

import argparse
import json
import sys
from pathlib import Path

from autograde.cours.bareme import charger_bareme
from autograde.erreurs import ErreurFormateur
from autograde.prose import Evaluation, evaluer
from autograde.prose.bareme import BaremeRedige
from autograde.prose.preparation import preparer_bareme
from grc_helpers.affichage import dire, prevenir


def prediction(aid: str, evaluation: Evaluation) -> dict:
    """L'évaluation sous la forme attendue par le calcul des mesures."""
    return {
        "aid": aid,
        "elements": {
            identifiant: _nombre(credit.valeur)
            for identifiant, credit in evaluation.credits.items()
        },
        "fraction": evaluation.fraction,
        "review": evaluation.relire,
        "motif": evaluation.motif,
        "passages": {
            identifiant: credit.passage
            for identifiant, credit in evaluation.credits.items()
            if credit.passage
        },
    }


def _nombre(valeur: float) -> float | int:
    return int(valeur) if valeur in (0, 1) else valeur


def main(arguments: list[str] | None = None) -> int:
    analyse = argparse.ArgumentParser(
        prog="python -m autograde.prose",
        description="Évalue des réponses rédigées d'après un barème.",
    )
    analyse.add_argument(
        "--bareme", type=Path, required=True, help="fichier YAML, une entrée par question"
    )
    analyse.add_argument(
        "--reponses", type=Path, required=True, help="fichier JSONL, une réponse par ligne"
    )
    options = analyse.parse_args(arguments)
    try:
        bareme = {
            qid: entree
            for qid, entree in charger_bareme(options.bareme).items()
            if isinstance(entree, BaremeRedige)
        }
        for entree in bareme.values():
            preparer_bareme(entree)
        for ligne in options.reponses.read_text(encoding="utf-8").splitlines():
            if ligne.strip():
                reponse = json.loads(ligne)
                if reponse["qid"] not in bareme:
                    raise ErreurFormateur(
                        f"« {reponse['qid']} » n'est pas une question rédigée de ce barème."
                    )
                evaluation = evaluer(reponse.get("answer") or "", bareme[reponse["qid"]])
                dire(json.dumps(prediction(reponse["aid"], evaluation)))
    except (ErreurFormateur, OSError, ValueError, KeyError) as erreur:
        prevenir(f"Impossible d'évaluer : {erreur}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
