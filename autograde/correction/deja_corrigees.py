"""Reconnaître une copie déjà lue et corrigée : son fichier, le devoir et nos outils sont-ils restés les mêmes ?"""

import hashlib
from functools import cache
from pathlib import Path

from autograde.copie.remises import fichiers_remis
from autograde.cours.devoir import Devoir
from autograde.fichiers.notebook import TAILLE_MAXIMALE

_AUTOGRADE = Path(__file__).parents[1]
_GRC_HELPERS = _AUTOGRADE.parent / "grc_helpers"
# Ce dont dépend une note : le code qui lit, calcule et note, les mots et les chiffres qu'il connaît. Rien de ce qui montre ou exporte.
OUTILS = (
    *(
        _AUTOGRADE / nom
        for nom in ("fichiers", "cas", "prose", "baremes", "cours", "copie", "notation")
    ),
    *(_GRC_HELPERS / nom for nom in ("calculs", "donnees", "reponses", "francais")),
)


@cache
def empreinte_des_outils() -> str:
    """Change quand une nouvelle version de nos outils pourrait noter autrement."""
    fichiers = [
        f for dossier in OUTILS for f in dossier.rglob("*") if f.is_file() and f.suffix != ".pyc"
    ]
    somme = hashlib.sha256()
    for fichier in sorted(fichiers):
        somme.update(fichier.name.encode() + fichier.read_bytes())
    return somme.hexdigest()


def empreinte_de_la_copie(dossier: Path, devoir: Devoir) -> str:
    """Change si les fichiers du dossier, le notebook distribué ou nos outils changent ; le barème et les décisions se suivent à part."""
    somme = hashlib.sha256((empreinte_des_outils() + devoir.empreinte).encode())
    for fichier in sorted(fichiers_remis(dossier)):
        somme.update(fichier.name.encode("utf-8", "surrogatepass"))
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
