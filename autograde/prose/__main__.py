"""``python -m autograde.prose --bareme FICHIER.yml --reponses REPONSES.jsonl`` : évalue des réponses, une prédiction JSON par ligne.

Chaque ligne d'entrée : ``{"aid", "qid", "answer"}``. Chaque ligne de sortie : ``{"aid", "elements", "fraction", "review", "motif",
"passages"}``. Le barème a une entrée par ``qid`` ; c'est aussi celui d'un devoir, dont seules servent les questions rédigées : leur énoncé
et le texte du cas se lisent alors dans le notebook qui est à côté.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, TypeAdapter

from autograde.erreurs import ErreurFormateur
from autograde.fichiers.notebook import lire_fichier
from autograde.fichiers.yaml_valide import lire_yaml_valide
from autograde.prose import Evaluation, evaluer
from autograde.prose.bareme import BaremeLettre, BaremeRedige, BaremeReponse
from autograde.prose.preparation import preparer_bareme
from grc_helpers.affichage import dire, prevenir
from grc_helpers.reponses.notebook import cellules, questions, source


def _seulement_redigees(brut: Any) -> Any:
    if not isinstance(brut, dict):
        return brut
    return {
        qid: entree
        for qid, entree in brut.items()
        if not isinstance(entree, dict) or entree.get("type") in ("prose", "lettre")
    }


_BAREME: TypeAdapter[dict[str, BaremeReponse | BaremeLettre]] = TypeAdapter(
    Annotated[
        dict[str, Annotated[BaremeReponse | BaremeLettre, Field(discriminator="type")]],
        BeforeValidator(_seulement_redigees),
    ]
)


def lire_les_questions(chemin: Path) -> tuple[dict[str, BaremeRedige], str]:
    """Les questions rédigées d'un barème, avec leur énoncé si le notebook du devoir est à côté, et le texte de ce notebook."""
    notebook, _, _ = lire_fichier(chemin.parent / f"{chemin.parent.name}.ipynb")
    enonces = {qid: question.enonce for qid, question in questions(notebook or {}).items()}
    textes = [source(c) for c in cellules(notebook or {}) if c.get("cell_type") == "markdown"]
    redigees = {
        qid: entree if entree.enonce else entree.model_copy(update={"enonce": enonces.get(qid, "")})
        for qid, entree in lire_yaml_valide(chemin, _BAREME).items()
    }
    return redigees, "\n\n".join(textes)


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
        bareme, contexte = lire_les_questions(options.bareme)
        for entree in bareme.values():
            preparer_bareme(entree)
        for ligne in options.reponses.read_text(encoding="utf-8").splitlines():
            if ligne.strip():
                reponse = json.loads(ligne)
                if reponse["qid"] not in bareme:
                    raise ErreurFormateur(
                        f"« {reponse['qid']} » n'est pas une question rédigée de ce barème."
                    )
                evaluation = evaluer(reponse.get("answer") or "", bareme[reponse["qid"]], contexte)
                dire(json.dumps(prediction(reponse["aid"], evaluation)))
    except (ErreurFormateur, OSError, ValueError, KeyError) as erreur:
        prevenir(f"Impossible d'évaluer : {erreur}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
