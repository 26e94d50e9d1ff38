"""Le reçu d'une copie rendue : qui, quand, et un code court tiré des réponses, que la correction sait recalculer.

Le code ne dépend ni du nom du fichier (Moodle le change), ni des sorties, ni des autres métadonnées : seulement du nom,
du groupe, du devoir, de la date et du texte des réponses. Ce n'est pas une signature : il dit si un fichier a changé
depuis sa remise, il n'empêche pas quelqu'un d'habile d'en fabriquer un.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from grc_helpers.reponses.notebook import cellules, nbgrader, source, suite_de

CLE = "grc_remise"


@dataclass(frozen=True)
class Remise:
    """Ce qu'un fichier remis dit de lui-même, dans ses métadonnées. ``date`` est au format ISO ; ``code`` a huit signes."""

    devoir: str
    nom: str
    groupe: str
    date: str
    code: str = ""

    @property
    def date_lisible(self) -> str:
        """
        >>> Remise("tp", "Léa", "G2", "2026-11-24T10:42:05").date_lisible
        '24/11/2026 à 10:42'
        """
        try:
            return datetime.fromisoformat(self.date).strftime("%d/%m/%Y à %H:%M")
        except ValueError:
            return self.date


def calculer_le_code(notebook: dict, remise: Remise) -> str:
    """Le code du reçu : huit signes du SHA-256 de la remise et des réponses, en deux groupes (« 3F9A-07C1 »)."""
    textes: dict[str, list[str]] = {}
    for cellule in cellules(notebook):
        marque = nbgrader(cellule)
        nom = str(marque.get("grade_id", "")) if marque.get("solution") else suite_de(cellule)
        if nom or marque.get("solution"):
            textes.setdefault(nom, []).extend(source(cellule).split())
    reponses = {nom: " ".join(mots) for nom, mots in textes.items()}
    contenu = [remise.devoir, remise.nom, remise.groupe, remise.date, reponses]
    empreinte = (
        hashlib.sha256(json.dumps(contenu, sort_keys=True, ensure_ascii=False).encode())
        .hexdigest()
        .upper()
    )
    return f"{empreinte[:4]}-{empreinte[4:8]}"


def inscrire_la_remise(notebook: dict, remise: Remise) -> tuple[dict, Remise]:
    """Le notebook à rendre, qui porte sa remise, et la remise avec son code."""
    remise = Remise(
        remise.devoir, remise.nom, remise.groupe, remise.date, calculer_le_code(notebook, remise)
    )
    metadonnees = notebook["metadata"] if isinstance(notebook.get("metadata"), dict) else {}
    return notebook | {"metadata": metadonnees | {CLE: asdict(remise)}}, remise


def lire_la_remise(notebook: dict) -> Remise | None:
    """La remise inscrite dans un fichier ; None si la copie n'est pas passée par « Rendre ma copie », ou si elle est illisible."""
    metadonnees = notebook.get("metadata")
    lue = metadonnees.get(CLE) if isinstance(metadonnees, dict) else None
    if not isinstance(lue, dict):
        return None
    return Remise(
        **{champ: str(lue.get(champ, "")) for champ in ("devoir", "nom", "groupe", "date", "code")}
    )
