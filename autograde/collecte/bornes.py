"""Les bornes de ce qui se lit dans une source : celles de chaque envoi d'abord, pour qu'un seul n'arrête jamais les autres."""

import re
from collections import Counter

from autograde.erreurs import ErreurFormateur

FICHIERS_PAR_ENVOI = 2_000
TAILLE_PAR_ENVOI = 300_000_000  # octets lus
ENVOIS_PAR_ARCHIVE = 20
# De toute la source, pour qui donnerait un disque entier par mégarde. Aucun envoi ne peut y arriver seul.
FICHIERS_MAXIMAUX = 200_000
TAILLE_TOTALE = 20_000_000_000
_MOODLE = re.compile(r"(.*?_\d+)_assignsubmission_")


def envoi(chemin: str) -> str:
    """Ce qu'une même personne a envoyé d'un bloc, d'après le chemin d'un fichier : ce que Moodle met sous son nom, une archive, un dossier.

    >>> envoi("Ali Alami_11_assignsubmission_file/tp/a.ipynb"), envoi("G1/cours.zip/tp/a.ipynb"), envoi("G1/Ali/tp/a.ipynb")
    ('Ali Alami_11', 'G1/cours.zip', 'G1/Ali')
    >>> envoi("classe.zip/Ali/a.ipynb"), envoi("a.ipynb")
    ('classe.zip/Ali', 'a.ipynb')
    """
    if moodle := _MOODLE.match(chemin):
        return moodle[1]
    morceaux = chemin.split("/")
    archives = [rang for rang, morceau in enumerate(morceaux) if rang and est_un_zip(morceau)]
    if archives:
        return "/".join(morceaux[: archives[0] + 1])
    return "/".join(morceaux[:-1][:2]) or chemin


class EnvoiDemesure(Exception):
    """Un envoi dépasse ses bornes : la suite n'en est pas lue."""


class ResteALire:
    """Ce qui reste à lire : de chaque envoi, de chaque archive rangée parmi d'autres fichiers, et de toute la source."""

    def __init__(self):
        self._fichiers: Counter[str] = Counter()
        self._octets: Counter[str] = Counter()

    def un_fichier(self, chemin: str) -> None:
        """Lève ``EnvoiDemesure`` si c'est un de trop pour cet envoi, ``ErreurFormateur`` si c'est toute la source qui dépasse."""
        for qui, part in _comptes(chemin):
            self._fichiers[qui] += 1
            if self._fichiers[qui] > part * FICHIERS_PAR_ENVOI:
                raise EnvoiDemesure(
                    f"plus de {part * FICHIERS_PAR_ENVOI} fichiers : la suite n'est pas lue. Redemandez le seul cahier."
                )
        self._fichiers[""] += 1
        if self._fichiers[""] > FICHIERS_MAXIMAUX:
            raise ErreurFormateur(
                f"Il y a plus de {FICHIERS_MAXIMAUX} fichiers : ce n'est pas un dossier de copies. Choisissez le bon."
            )

    def octets_lus(self, chemin: str, taille: int) -> None:
        """Les mêmes erreurs, pour la taille de ce qui se lit."""
        for qui, part in _comptes(chemin):
            self._octets[qui] += taille
            if self._octets[qui] > part * TAILLE_PAR_ENVOI:
                raise EnvoiDemesure(
                    f"plus de {part * TAILLE_PAR_ENVOI // 10**6} Mo à lire : la suite n'est pas lue. Redemandez le seul cahier."
                )
        self._octets[""] += taille
        if self._octets[""] > TAILLE_TOTALE:
            raise ErreurFormateur(
                f"Il y a plus de {TAILLE_TOTALE // 10**9} Go à lire : partagez la source en plusieurs dossiers."
            )

    def epuise(self, chemin: str) -> bool:
        """Vrai si l'on a déjà dit que la suite de cet envoi n'est pas lue."""
        return any(
            self._fichiers[qui] > part * FICHIERS_PAR_ENVOI
            or self._octets[qui] > part * TAILLE_PAR_ENVOI
            for qui, part in _comptes(chemin)
        )


def _comptes(chemin: str) -> list[tuple[str, int]]:
    """Ceux dont le budget paie ce fichier, et combien d'envois chacun vaut : une archive au premier rang peut être celle d'une classe."""
    premier = chemin.split("/", 1)[0]
    classe = [(premier, ENVOIS_PAR_ARCHIVE)] if est_un_zip(premier) else []
    return [(envoi(chemin), 1), *classe]


def est_un_zip(chemin: str) -> bool:
    return chemin.lower().endswith(".zip")
