"""Les données des cas : de petits fichiers CSV lus par leur nom, décrits dans ``dictionnaire.md``."""

import csv
import io
from importlib import resources


def lire(nom: str) -> list[dict[str, str]]:
    """Les lignes du fichier ``nom``.csv.

    >>> lire("ltv_hypotheses")[0]["parametre"]
    'contacts'
    """
    chemin = resources.files(__name__) / f"{nom}.csv"
    if not chemin.is_file():
        connus = sorted(
            f.name[:-4] for f in resources.files(__name__).iterdir() if f.name.endswith(".csv")
        )
        raise ValueError(
            f"Je ne connais pas les données « {nom} ». Fichiers disponibles : {', '.join(connus)}."
        )
    texte = chemin.read_bytes().decode("utf-8")
    return list(csv.DictReader(io.StringIO(texte, newline="")))
