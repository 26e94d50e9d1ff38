"""« Vérifier » : le verdict d'une réponse telle qu'elle est à l'écran, d'après l'énoncé et les autres réponses du fichier enregistré."""

from grc_helpers.calculs.case import Case
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.notebook import lire_reponses, questions
from grc_helpers.reponses.types import TYPES
from grc_helpers.reponses.verdict import Verdict, juger_la_forme
from grc_helpers.seances.avancement import cases_attendues, questions_notees


def verifier_la_reponse(source: str, notebook: dict, origine: dict | None = None) -> Verdict | None:
    """Le verdict de la cellule ``source`` ; None si ce n'est pas une réponse. Ne lève jamais d'erreur.

    ``notebook`` : le fichier enregistré, d'où viennent les autres tableaux du même calcul ; ``origine`` : la version distribuée.
    """
    modele = origine or notebook
    lue = lire_cellule(source)
    if lue is None:
        return None
    question = questions(modele).get(lue.identifiant)
    cellule = lire_cellule(source, question.vierge) if question else lue
    assert cellule  # la magie vient d'être lue
    return juger_la_forme(
        cellule,
        question,
        cases_attendues(modele).get(cellule.identifiant, 0),
        _deja_lues(notebook, modele, cellule.identifiant, cellule.arguments),
    )


def valeurs_du_calcul(notebook: dict, calcul: str) -> dict[Case, float]:
    """Les cases de tous les tableaux de ce calcul, dans le fichier enregistré."""
    return _deja_lues(notebook, notebook, "", (calcul,))


def _deja_lues(
    notebook: dict, modele: dict, identifiant: str, arguments: tuple[str, ...]
) -> dict[Case, float]:
    """Les valeurs des tableaux du même calcul qui précèdent cette question."""
    valeurs: dict[Case, float] = {}
    for nom, reponse in lire_reponses(notebook, questions_notees(modele)).reponses.items():
        if nom == identifiant:
            break
        if reponse.cellule.arguments == arguments:
            valeurs |= TYPES[reponse.cellule.type].valeurs(reponse.cellule)
    return valeurs
