"""Reconnaître une copie déjà corrigée : son fichier, le devoir et nos outils sont-ils restés les mêmes ?"""

import hashlib
from functools import cache
from pathlib import Path

from autograde.copies import TAILLE_MAXIMALE, fichiers_remis
from autograde.devoir import Devoir

_ICI = Path(__file__).parent
# Ce dont dépend une note : le code qui lit, calcule et note, et les mots qu'il connaît.
_OUTILS = (
    _ICI / "notation",
    _ICI / "prose",
    _ICI.parent / "grc_helpers" / "calculs",
    _ICI.parent / "grc_helpers" / "reponses",
)


@cache
def empreinte_des_outils() -> str:
    """Change quand une nouvelle version de nos outils pourrait noter autrement."""
    fichiers = [
        *_ICI.glob("*.py"),
        *(
            f
            for dossier in _OUTILS
            for f in dossier.rglob("*")
            if f.is_file() and f.suffix != ".pyc"
        ),
    ]
    somme = hashlib.sha256()
    for fichier in sorted(fichiers):
        somme.update(fichier.name.encode() + fichier.read_bytes())
    return somme.hexdigest()


def empreinte_de_la_copie(dossier: Path, devoir: Devoir) -> str:
    """Change si les fichiers du dossier, le devoir (énoncé, barème, décisions) ou nos outils changent."""
    somme = hashlib.sha256((empreinte_des_outils() + devoir.empreinte).encode())
    for fichier in sorted(fichiers_remis(dossier)):
        somme.update(fichier.name.encode())
        try:
            etat = fichier.stat()
            # La date départage deux versions d'une copie ; un fichier trop gros pour être lu ne se relit pas ici non plus.
            somme.update(str(etat.st_mtime_ns).encode())
            somme.update(
                fichier.read_bytes()
                if etat.st_size <= TAILLE_MAXIMALE
                else str(etat.st_size).encode()
            )
        except OSError:
            somme.update(b"illisible")
    return somme.hexdigest()
