"""Ce que partagent les commandes du formateur : leur inscription, le cours qu'elles servent, la page qu'elles ouvrent."""

from autograde.cours.dossiers import Cours
from grc_helpers.affichage import dire


def ajouter(commandes, nom: str, fonction, aide: str):
    """Inscrit la commande ``nom`` et rend ce à quoi ajouter ses arguments."""
    commande = commandes.add_parser(nom, help=aide, description=aide[0].upper() + aide[1:] + ".")
    commande.set_defaults(fonction=fonction)
    return commande


def ajouter_la_page(commande) -> None:
    """L'option d'une commande qui ouvre une page."""
    commande.add_argument(
        "--sans-navigateur", action="store_true", help="démarre sans ouvrir de page"
    )


def le_cours() -> Cours:
    """Le cours, et la classe choisie, ses données à leur place."""
    from autograde.emplacement.console import cours_en_usage

    return cours_en_usage()


def le_cours_et_la_classe() -> Cours:
    """Les mêmes, pour une commande qui écrit dans la classe : le formateur voit laquelle."""
    cours = le_cours()
    dire(f"Classe : {cours.travail}")
    return cours
