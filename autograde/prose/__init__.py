"""Noter des réponses rédigées en français, de façon transparente : chaque demi-point montre les mots qui le justifient."""

from autograde.prose.bareme import BaremeLettre, BaremeRedige
from autograde.prose.evaluation import Evaluation
from autograde.prose.evaluation import evaluer as evaluer_la_prose
from autograde.prose.evaluation import ponderer as ponderer_la_prose
from autograde.prose.lettre import evaluer_lettre, ponderer_la_lettre
from autograde.prose.moteur import Credit


def evaluer(reponse: str, bareme: BaremeRedige, contexte: str = "") -> Evaluation:
    """Évalue une réponse rédigée, prose ou lettre. ``contexte`` : le texte du cas, dont la recopie ne vaut pas réponse."""
    if isinstance(bareme, BaremeLettre):
        return evaluer_lettre(reponse, bareme, contexte)
    return evaluer_la_prose(reponse, bareme, contexte)


def ponderer(bareme: BaremeRedige, credits: dict[str, Credit]) -> float:
    """La note, de 0 à 1, que valent ces crédits."""
    return (
        ponderer_la_lettre(bareme, credits)
        if isinstance(bareme, BaremeLettre)
        else ponderer_la_prose(bareme, credits)
    )


__all__ = ["Evaluation", "evaluer", "ponderer"]
