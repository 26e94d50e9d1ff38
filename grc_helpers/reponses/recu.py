"""Le reçu d'une copie rendue : qui, quand, et un code court tiré des réponses, que la correction sait recalculer.

Le code ne dépend ni du nom du fichier (Moodle le change), ni des sorties, ni des autres métadonnées : seulement du nom,
du groupe, du devoir, de la date et du texte des réponses. Ce n'est pas une signature : il dit si un fichier a changé
depuis sa remise, il n'empêche pas quelqu'un d'habile d'en fabriquer un.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from grc_helpers.reponses.notebook import cellules, nbgrader, source, suite_de

CLE = "grc_remise"
_CODE = re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}")


@dataclass(frozen=True)
class Remise:
    """Ce qu'un fichier remis dit de lui-même, dans ses métadonnées. ``date`` est au format ISO ; ``code`` a huit signes."""

    devoir: str
    nom: str
    groupe: str
    date: str
    code: str = ""

    @property
    def instant(self) -> datetime | None:
        """La date comme Python la compte, à l'heure du PC ; None si elle est illisible.

        >>> Remise("tp", "Léa", "G2", "2026-11-24T10:42:05").instant
        datetime.datetime(2026, 11, 24, 10, 42, 5)
        """
        try:
            return datetime.fromisoformat(self.date).replace(tzinfo=None)
        except ValueError:
            return None

    @property
    def date_lisible(self) -> str:
        """
        >>> Remise("tp", "Léa", "G2", "2026-11-24T10:42:05").date_lisible
        '24/11/2026 à 10:42'
        """
        return f"{self.instant:%d/%m/%Y à %H:%M}" if self.instant else self.date


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
    """La remise inscrite dans un fichier ; None si la copie n'est pas passée par « Rendre ma copie », ou si elle est illisible.

    Ce qui n'est pas un texte, et un code qui n'en a pas la forme, valent « ».

    >>> lire_la_remise({"metadata": {CLE: {"nom": "Léa", "date": 2026, "code": "[/x]"}}})
    Remise(devoir='', nom='Léa', groupe='', date='', code='')
    """
    metadonnees = notebook.get("metadata")
    lue = metadonnees.get(CLE) if isinstance(metadonnees, dict) else None
    if not isinstance(lue, dict):
        return None
    ecrits = {champ.name: lue.get(champ.name) for champ in fields(Remise)}
    textes = {nom: ecrit if isinstance(ecrit, str) else "" for nom, ecrit in ecrits.items()}
    return Remise(**textes | {"code": textes["code"] if _CODE.fullmatch(textes["code"]) else ""})
