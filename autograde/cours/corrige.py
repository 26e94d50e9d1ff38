"""Le corrigé d'un devoir : ses réponses types."""

from autograde.cours.devoir import Devoir
from autograde.cours.dossiers import Cours
from autograde.fichiers.notebook import lire_fichier
from grc_helpers.reponses.notebook import ReponsesLues, lire_reponses


def reponses_types(cours: Cours, devoir: Devoir) -> dict[str, str]:
    """Le texte de la réponse type de chaque question, tel que l'auteur l'a écrit."""
    return {
        identifiant: reponse.cellule.corps.strip()
        for identifiant, reponse in lire_le_corrige(cours, devoir).reponses.items()
    }


def lire_le_corrige(cours: Cours, devoir: Devoir) -> ReponsesLues:
    source, _, _ = lire_fichier(cours.notebook_source(devoir.nom))
    return lire_reponses(source or {}, devoir.questions)
