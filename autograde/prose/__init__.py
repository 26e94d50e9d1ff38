"""Noter des réponses rédigées en français, de façon transparente : chaque demi-point montre les mots qui le justifient."""

from autograde.bareme import BaremeLettre, BaremeRedige
from autograde.prose.evaluation import Evaluation
from autograde.prose.evaluation import evaluer as evaluer_la_prose
from autograde.prose.lettre import evaluer_lettre


def evaluer(reponse: str, bareme: BaremeRedige, contexte: str = "") -> Evaluation:
    """Évalue une réponse rédigée, prose ou lettre. ``contexte`` : le texte du cas, dont la recopie ne vaut pas réponse."""
    if isinstance(bareme, BaremeLettre):
        return evaluer_lettre(reponse, bareme, contexte)
    return evaluer_la_prose(reponse, bareme, contexte)


__all__ = ["Evaluation", "evaluer"]
