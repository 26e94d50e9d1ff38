"""Les données que le cours montre : de petits fichiers CSV lus par leur nom, décrits dans ``dictionnaire.md``."""

import csv
import io
from importlib import resources


def lire(nom: str, paquet: str = __name__) -> list[dict[str, str]]:
    """Les lignes du fichier ``nom``.csv du ``paquet``. Lève ``ValueError``, avec les noms connus, s'il n'existe pas.

    >>> lire("torrefacteur")[0]["client"]
    'Miramar'
    """
    dossier = resources.files(paquet)
    chemin = dossier / f"{nom}.csv"
    if not chemin.is_file():
        connus = sorted(f.name[:-4] for f in dossier.iterdir() if f.name.endswith(".csv"))
        raise ValueError(
            f"Je ne connais pas les données « {nom} ». Fichiers disponibles : {', '.join(connus)}."
        )
    texte = chemin.read_bytes().decode("utf-8")
    return list(csv.DictReader(io.StringIO(texte, newline="")))
