"""``grc classe`` à la console ; et la classe dont toute commande se sert, ses données à leur place."""

from pathlib import Path

from autograde.cours.dossiers import AILLEURS, CLASSE, Cours
from autograde.emplacement.choix import choisir
from autograde.emplacement.demenagement import demenager
from grc_helpers.affichage import dire


def cours_en_usage() -> Cours:
    """Le cours et la classe choisie ; ce qui restait d'elle parmi le code a déménagé, et c'est dit. Lève ``ErreurFormateur``."""
    cours = Cours.courant()
    if cours.travail == CLASSE and (deplaces := demenager(CLASSE.parent, CLASSE)):
        dire(f"Les données de la classe ont maintenant leur dossier : {CLASSE}")
        dire(f"  Déplacé, sans rien changer : {', '.join(deplaces)}.")
    return cours


def montrer_la_classe() -> None:
    """Dit quelle est la classe, ce qu'il y a dedans, et comment en changer."""
    cours = cours_en_usage()
    stagiaires = sum(d.is_dir() for d in cours.remises.glob("*"))
    dire(f"Classe : {cours.travail}")
    dire(f"  Copies rangées : {stagiaires} stagiaire(s), dans {cours.remises}")
    dire(f"  Carnet de notes : {cours.lieu_du_carnet}")
    dire("Une classe, un dossier. Pour en changer, ou en commencer une : grc classe DOSSIER")
    if cours.travail != CLASSE:
        dire(f'Pour revenir à celle qui est avec le cours : grc classe "{CLASSE}"')


def changer_de_classe(dossier: Path) -> None:
    """Retient ce dossier pour toutes les commandes, et le montre. Lève ``ErreurFormateur`` s'il ne convient pas."""
    if not AILLEURS.is_file():
        cours_en_usage()  # celle que l'on quitte ne reste pas parmi le code
    if choisir(dossier):
        dire("Un dossier neuf est créé pour cette classe.")
    montrer_la_classe()
