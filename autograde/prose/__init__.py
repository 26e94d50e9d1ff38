"""Noter des réponses rédigées en français, de façon transparente : chaque demi-point montre les mots qui le justifient."""

from autograde.prose.evaluation import Evaluation, evaluer

__all__ = ["Evaluation", "evaluer"]
