"""Ce que le formateur voit dans formgrader : l'écho lisible de chaque réponse et le détail de sa note."""

from html import escape

from autograde.cours.devoir import SUFFIXE_TEST
from autograde.notation.correction import Correction
from autograde.notation.resultats import CaseNotee, NoteQuestion
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.controles import controler
from grc_helpers.reponses.echo import echo
from grc_helpers.reponses.notebook import cellules, nbgrader
from grc_helpers.reponses.types.contrat import Cellule


def montrer_la_correction(notebook: dict, correction: Correction) -> dict:
    """Ajoute des sorties au notebook greffé (modifié sur place et renvoyé)."""
    for cellule in cellules(notebook):
        identifiant = str(nbgrader(cellule).get("grade_id", ""))
        if identifiant in correction.notes:
            reponse = correction.lues.reponses[identifiant].cellule
            cellule["outputs"] = [_sortie(_echo(reponse))]
        elif identifiant.removesuffix(SUFFIXE_TEST) in correction.notes:
            question = identifiant.removesuffix(SUFFIXE_TEST)
            cellule["outputs"] = [
                _sortie(detail(correction.notes[question], correction.devoir.points[question]))
            ]
    return notebook


def _echo(reponse: Cellule) -> str:
    """L'écho que le stagiaire a vu ; rien de ce qu'il a écrit ne doit empêcher de montrer sa copie."""
    try:
        return echo(reponse, controler(reponse))
    except Exception as erreur:
        return f'<p lang="fr">Cette réponse ne se met pas en forme ({type(erreur).__name__}) : lisez-la ci-dessus.</p>'


def detail(note: NoteQuestion, maximum: float) -> str:
    """Le détail d'une note en HTML : points, motifs de doute, explications, cases."""
    points = note.points(maximum)
    titre = (
        "à noter par le formateur"
        if points is None
        else f"{ecrire_nombre(points)} / {ecrire_nombre(maximum)}"
    )
    textes = "".join(f"<li>{escape(ligne)}</li>" for ligne in note.resume().splitlines())
    cases = "".join(
        f"<tr><td>{escape(str(case.cle))}</td><td>{escape(_valeur(case))}</td><td>{escape(case.statut)}</td></tr>"
        for case in note.cases
    )
    tableau = (
        f"<details><summary>Détail des cases</summary><table>{cases}</table></details>"
        if cases
        else ""
    )
    return f'<div lang="fr"><p><strong>Note automatique : {titre}</strong></p><ul>{textes}</ul>{tableau}</div>'


def _valeur(case: CaseNotee) -> str:
    return case.ecrit if case.valeur is None else ecrire_nombre(case.valeur)


def _sortie(html: str) -> dict:
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/html": html, "text/plain": "Correction"},
    }
