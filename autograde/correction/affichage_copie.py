"""Ce que le formateur voit dans formgrader : l'écho lisible de chaque réponse et le détail de sa note."""

from functools import lru_cache

from markupsafe import Markup

from autograde.baremes.resultats import NoteQuestion, Statut
from autograde.cours.devoir import SUFFIXE_TEST
from autograde.notation.correction import Correction
from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.controles import controler
from grc_helpers.reponses.echo import echo
from grc_helpers.reponses.notebook import Reponse, cellules, nbgrader


def montrer_la_correction(notebook: dict, correction: Correction) -> dict:
    """Ajoute des sorties au notebook greffé (modifié sur place et renvoyé)."""
    for cellule in cellules(notebook):
        identifiant = str(nbgrader(cellule).get("grade_id", ""))
        if identifiant in correction.notes:
            reponse = correction.lues.reponses[identifiant]
            a_cote = ecrit_a_cote(correction.a_cote(identifiant))
            cellule["outputs"] = [_sortie(_echo(reponse) + a_cote)]
        elif identifiant.removesuffix(SUFFIXE_TEST) in correction.notes:
            question = identifiant.removesuffix(SUFFIXE_TEST)
            cellule["outputs"] = [
                _sortie(detail(correction.notes[question], correction.devoir.points[question]))
            ]
    return notebook


def _echo(reponse: Reponse) -> Markup:
    """L'écho que le stagiaire a vu ; rien de ce qu'il a écrit ne doit empêcher de montrer sa copie."""
    try:
        return echo(reponse.cellule, controler(reponse.cellule, vierge=reponse.question.vierge))
    except Exception as erreur:
        return Markup(
            '<p lang="fr">Cette réponse ne se met pas en forme ({}) : lisez-la ci-dessus.</p>'
        ).format(type(erreur).__name__)


def detail(note: NoteQuestion, maximum: float) -> Markup:
    """Le détail d'une note en HTML : points, motifs de doute, explications, cases."""
    points = note.points(maximum)
    titre = (
        "à noter par le formateur"
        if points is None
        else f"{ecrire_nombre(points)} / {ecrire_nombre(maximum)}"
    )
    cases = Markup("").join(_ligne(case.cle, case.ecrit, case.statut) for case in note.cases)
    tableau = Markup("<details><summary>Détail des cases</summary><table>%s</table></details>")
    textes = Markup("").join(Markup("<li>%s</li>") % texte for texte in note.resume().splitlines())
    return Markup(
        '<div lang="fr"><p><strong>Note automatique : %s</strong></p><ul>%s</ul>%s</div>'
    ) % (titre, textes, tableau % cases if cases else "")


# Les mêmes cases, justes ou vides, reviennent dans toute une classe.
@lru_cache(maxsize=4096)
def _ligne(cle: Case, ecrit: str, statut: Statut) -> Markup:
    return Markup("<tr><td>%s</td><td>%s</td><td>%s</td></tr>") % (cle, ecrit, statut)


def ecrit_a_cote(textes: list[str]) -> Markup:
    """Ce que le stagiaire a écrit hors de la réponse, en HTML échappé ; rien s'il n'a rien écrit ailleurs.

    >>> print(ecrit_a_cote(["400 < 500"]))
    <div lang="fr"><p><strong>Écrit ailleurs dans la copie</strong></p><pre>400 &lt; 500</pre></div>
    """
    if not textes:
        return Markup("")
    blocs = Markup("").join(map(Markup("<pre>{}</pre>").format, textes))
    return Markup(
        '<div lang="fr"><p><strong>Écrit ailleurs dans la copie</strong></p>{}</div>'
    ).format(blocs)


def _sortie(html: str) -> dict:
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/html": html, "text/plain": "Correction"},
    }
