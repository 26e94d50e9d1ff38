"""La remise d'une copie : d'après le fichier enregistré, le seul fichier à déposer, son reçu, et s'il est encore à jour.

Le fichier de travail n'est jamais modifié : la copie à rendre est écrite à côté, dans ``a_rendre/``.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grc_helpers.poste.reparation import reparer
from grc_helpers.poste.sauvegardes import Sauvegardes, ecrire, sans_sorties
from grc_helpers.reponses.notebook import numero
from grc_helpers.reponses.recu import Remise, calculer_le_code, inscrire_la_remise, lire_la_remise
from grc_helpers.seances.avancement import REPONDUE, Avancement, mesurer_l_avancement
from grc_helpers.seances.seances import lire_le_notebook

DOSSIER = "a_rendre"


@dataclass(frozen=True)
class FichierRendu:
    """La dernière copie préparée d'un travail ; ``a_jour`` : elle contient les réponses du fichier de travail."""

    fichier: Path
    remise: Remise
    a_jour: bool


def preparer_la_remise(
    fichier: Path,
    notebook: dict,
    devoir: str,
    nom: str,
    groupe: str,
    maintenant: datetime | None = None,
) -> tuple[Path, Remise, Avancement]:
    """Écrit la copie à rendre du travail ``notebook``, enregistré dans ``fichier``. Lève ``OSError`` si le disque est plein."""
    date = (maintenant or datetime.now()).replace(microsecond=0).isoformat()
    origine = origine_connue(fichier)
    rendu, remise = inscrire_la_remise(
        _a_rendre(notebook, origine),
        Remise(devoir, " ".join(nom.split()), " ".join(groupe.split()), date),
    )
    chemin = fichier.parent / DOSSIER / nom_du_fichier(remise)
    ecrire(chemin, rendu)
    return chemin, remise, mesurer_l_avancement(notebook, origine)


def fichier_rendu(fichier: Path, notebook: dict) -> FichierRendu | None:
    """La dernière copie préparée de ce travail, comparée à lui par le code de son reçu ; None s'il n'y en a pas."""
    preparees = [
        (remise.date, rendu, remise)
        for rendu in fichier.parent.glob(f"{DOSSIER}/*.ipynb")
        if (remise := lire_la_remise(lire_le_notebook(rendu) or {}))
    ]
    if not preparees:
        return None
    _, rendu, remise = max(preparees, key=lambda trouvee: trouvee[0])
    present = calculer_le_code(_a_rendre(notebook, origine_connue(fichier)), remise)
    return FichierRendu(rendu, remise, a_jour=present == remise.code)


def derniere_remise(fichier: Path) -> Remise | None:
    """La remise la plus récente faite depuis ce dossier de cours : elle évite de retaper son nom."""
    rendus = [
        *fichier.parent.glob(f"{DOSSIER}/*.ipynb"),
        *fichier.parent.parent.glob(f"*/{DOSSIER}/*.ipynb"),
    ]
    remises = filter(None, (lire_la_remise(lire_le_notebook(rendu) or {}) for rendu in rendus))
    return max(remises, key=lambda remise: remise.date, default=None)


def a_faire(fichier: Path, notebook: dict) -> list[str]:
    """Ce qui manque dans la copie enregistrée, question par question, puis ce qui y est abîmé. Vide : tout est répondu."""
    origine = origine_connue(fichier)
    etats = mesurer_l_avancement(notebook, origine).etats
    manques = [
        f"Question {numero(question)} : {etat}"
        for question, etat in etats.items()
        if etat != REPONDUE
    ]
    return manques + reparer(notebook, origine).messages


def origine_connue(fichier: Path) -> dict | None:
    """La version distribuée de ce notebook, si le poste l'a retenue."""
    cours = fichier.resolve().parent.parent
    return Sauvegardes(cours).origine(f"{fichier.parent.name}/{fichier.name}")


def nom_du_fichier(remise: Remise) -> str:
    """Un nom que Moodle et Windows acceptent : ni accent, ni espace.

    >>> nom_du_fichier(Remise("s2_tp1_ltv", "Léa N'Guyen-Petit", "Com. 2", "2026-11-24T10:42:05"))
    'Lea_N_Guyen_Petit-Com_2-s2_tp1_ltv.ipynb'
    """
    simples = [
        unicodedata.normalize("NFKD", mot.replace("’", "'")).encode("ascii", "ignore").decode()
        for mot in (remise.nom, remise.groupe)
    ]
    mots = [re.sub(r"[^A-Za-z0-9]+", "_", mot).strip("_")[:60] for mot in simples]
    return "-".join([*filter(None, mots), remise.devoir]) + ".ipynb"


def _a_rendre(notebook: dict, origine: dict | None) -> dict:
    return sans_sorties(reparer(notebook, origine).notebook)
