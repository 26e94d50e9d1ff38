"""Ne pas corriger un fichier sans réponse quand un autre, dans le même dossier, en a."""

from dataclasses import replace
from pathlib import Path

from autograde.copie.remises import CopieRemise, lire_copie
from autograde.copie.triage import lire_la_copie
from autograde.cours.devoir import Devoir
from autograde.fichiers.notebook import lire_fichier


def nombre_de_reponses(notebook: dict, devoir: Devoir) -> int:
    """Combien de questions du devoir ont une réponse dans ce notebook, ou un texte écrit à côté."""
    lues = lire_la_copie(notebook, devoir)
    return sum(
        not reponse.vide or bool(lues.a_cote.get(nom)) for nom, reponse in lues.reponses.items()
    )


def lire_la_copie_remplie(stagiaire: str, dossier: Path, devoir: Devoir) -> CopieRemise:
    """La copie d'un dossier : le fichier que choisit ``lire_copie`` ou, s'il n'a aucune réponse, le plus récent qui en a."""
    copie = lire_copie(stagiaire, dossier, devoir.nom)
    if copie.fichier is None:
        return copie
    if not copie.autres or (copie.notebook and nombre_de_reponses(copie.notebook, devoir)):
        return copie
    for fichier in sorted(copie.autres, key=lambda un: un.stat().st_mtime_ns, reverse=True):
        notebook, _, reparations = lire_fichier(fichier)
        if notebook and (combien := nombre_de_reponses(notebook, devoir)):
            defaut = "n'a aucune réponse" if copie.notebook else "est illisible"
            remarque = f"« {copie.fichier.name} » {defaut} ; « {fichier.name} », qui en a {combien}, est corrigé à sa place."
            return replace(
                copie,
                fichier=fichier,
                notebook=notebook,
                motif="",
                remarques=[remarque],
                reparations=reparations,
            )
    return copie
