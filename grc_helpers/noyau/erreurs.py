"""Une erreur Python devient une phrase en français : un stagiaire ne voit jamais de trace d'exécution."""

import os

from IPython.display import HTML, display
from markupsafe import Markup

from grc_helpers.reponses import echo

CONSEIL = (
    "Cette activité n'a pas pu s'ouvrir. Rien n'est perdu, vos réponses sont à leur place : cliquez sur « Relancer », "
    "ou continuez avec la question suivante."
)
TEXTE_DANS_UNE_CELLULE_DE_CODE = (
    "Cette cellule attend une commande, pas du texte. Écrivez vos réponses dans les cadres « Votre réponse », "
    "juste sous chaque question."
)


def traduire_les_erreurs(ip) -> None:
    """Remplace l'affichage des erreurs de la session. Sans effet pendant une correction : nbgrader doit les voir."""
    if os.environ.get("NBGRADER_EXECUTION"):
        return

    def montrer(conseil: str, detail: str) -> None:
        display(
            HTML(
                echo.message(conseil, bien=False)
                + Markup(
                    "<details><summary>Détail pour le formateur</summary><pre>{}</pre></details>"
                ).format(detail)
            )
        )

    def toute_erreur(_ip, genre, erreur, _trace, tb_offset=None):
        montrer(CONSEIL, f"{genre.__name__} : {erreur}")

    def erreur_d_ecriture(filename=None, running_compiled_code=False):
        montrer(TEXTE_DANS_UNE_CELLULE_DE_CODE, "SyntaxError")

    ip.set_custom_exc((Exception,), toute_erreur)
    ip.showsyntaxerror = erreur_d_ecriture
