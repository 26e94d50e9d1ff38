"""Le petit formulaire sous « Rendre ma copie » : nom, groupe, un bouton. Ce qui y est tapé n'est gardé que dans le fichier rendu."""

import ipywidgets as widgets
from IPython.display import HTML, display
from markupsafe import Markup

from grc_helpers.noyau.remise import CopieIntrouvable, preparer_la_remise, recu_en_html
from grc_helpers.reponses import echo
from grc_helpers.reponses.recu import Remise


def afficher_le_formulaire(devoir: str, precedente: Remise | None) -> None:
    """Affiche le formulaire ; ``precedente`` préremplit le nom et le groupe."""
    nom = _champ("Nom et prénom", precedente.nom if precedente else "")
    groupe = _champ("Groupe", precedente.groupe if precedente else "")
    taille = {"width": "auto", "height": "auto", "min_height": "44px", "align_self": "flex-start"}
    bouton = widgets.Button(
        description="Préparer le fichier à rendre", button_style="primary", layout=taille
    )
    suite = widgets.Output()

    def au_clic(_) -> None:
        suite.clear_output(wait=True)
        with suite:
            display(HTML(remettre(devoir, nom.value, groupe.value)))

    bouton.on_click(au_clic)
    display(widgets.VBox([nom, groupe, bouton, suite]))


def remettre(devoir: str, nom: str, groupe: str) -> Markup:
    """Prépare le fichier et renvoie ce qu'il faut montrer : le reçu, ou ce qui manque. Ne lève jamais d'erreur."""
    manquants = [
        titre
        for titre, valeur in (("votre nom", nom), ("votre groupe", groupe))
        if not valeur.strip()
    ]
    if manquants:
        return echo.message(
            f"Indiquez {' et '.join(manquants)}, puis cliquez de nouveau.", bien=False
        )
    try:
        return recu_en_html(*preparer_la_remise(devoir, nom, groupe))
    except CopieIntrouvable as absence:
        return echo.message(str(absence), bien=False)
    except OSError:
        return echo.message(
            "Le fichier n'a pas pu être écrit : le disque est peut-être plein. Appelez le formateur ; rien n'est perdu, "
            "votre travail est dans le fichier enregistré.",
            bien=False,
        )


def _champ(titre: str, valeur: str) -> widgets.Text:
    return widgets.Text(
        description=titre,
        value=valeur,
        style={"description_width": "9em"},
        layout={"width": "28em", "max_width": "100%"},
    )
