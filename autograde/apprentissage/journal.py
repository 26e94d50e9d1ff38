"""Le journal de l'apprentissage : un CSV qui dit ce qu'un barème a appris, quand, et de quelle réponse."""

import csv
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from autograde.apprentissage.changement import Changement
from autograde.cours.dossiers import Cours
from autograde.fichiers.ecriture import ecriture_impossible
from autograde.fichiers.tableur import sans_formule, texte_d_origine

COLONNES = ["date", "question", "élément", "geste", "changement", "vient de"]
ACCEPTE, REFUSE = "accepté", "refusé"


def chemin_du_journal(cours: Cours, nom: str) -> Path:
    return cours.decisions / f"apprentissage-{nom}.csv"


@contextmanager
def journal_ouvert(chemin: Path):
    """Donne la fonction qui ajoute une ligne. Le fichier est ouvert avant que rien ne soit appris : s'il ne s'ouvre pas, rien ne l'est."""
    chemin.parent.mkdir(parents=True, exist_ok=True)
    neuf = not chemin.exists()
    try:
        fichier = chemin.open("a", encoding="utf-8-sig" if neuf else "utf-8", newline="")
    except OSError as erreur:
        raise ecriture_impossible(chemin, erreur) from erreur
    with fichier:
        ecrire = csv.writer(fichier, delimiter=";").writerow
        if neuf:
            ecrire(COLONNES)

        def noter(changement: Changement, geste: str, origine: str) -> None:
            quand = datetime.now().isoformat(sep=" ", timespec="seconds")
            champs = [
                quand,
                changement.question,
                changement.element,
                geste,
                changement.texte,
                origine,
            ]
            ecrire([sans_formule(champ) for champ in champs])

        yield noter


def cle_du_refus(changement: Changement) -> tuple[str, str, str]:
    return changement.question, changement.element, changement.texte


def refuses(chemin: Path) -> set[tuple[str, str, str]]:
    """Ce que le formateur a déjà refusé, pour ne pas le lui reproposer (voir ``cle_du_refus``)."""
    if not chemin.is_file():
        return set()
    with chemin.open(encoding="utf-8-sig", newline="") as fichier:
        lignes = list(csv.DictReader(fichier, delimiter=";"))
    return {
        (
            texte_d_origine(ligne["question"]),
            texte_d_origine(ligne["élément"]),
            texte_d_origine(ligne["changement"]),
        )
        for ligne in lignes
        if ligne.get("geste") == REFUSE
    }
