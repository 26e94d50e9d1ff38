"""La cellule « Rendre ma copie »."""

from IPython.display import HTML, display

from grc_helpers.noyau.remise import (
    CopieIntrouvable,
    bilan,
    lire_la_copie_enregistree,
)
from grc_helpers.poste.remise import derniere_remise
from grc_helpers.reponses import echo


def rendre_ma_copie(devoir: str) -> None:
    """Affiche l'état de la copie enregistrée du ``devoir``, et de quoi préparer le fichier à rendre. Ne lève jamais d'erreur."""
    try:
        fichier, notebook = lire_la_copie_enregistree(devoir)
    except CopieIntrouvable as absence:
        display(HTML(echo.message(str(absence), bien=False)))
        return
    display(HTML(bilan(fichier, notebook)))
    from grc_helpers.noyau.formulaire import (
        afficher_le_formulaire,  # ipywidgets : seulement quand on rend
    )

    afficher_le_formulaire(devoir, derniere_remise(fichier))
