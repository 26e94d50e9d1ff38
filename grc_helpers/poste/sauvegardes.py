"""Les copies de sécurité d'un notebook : une à chaque enregistrement, en nombre et en taille bornés, sur ce PC seulement.

Elles vivent dans un dossier caché à côté du cours (``.grc/<notebook>/``), sans les sorties des cellules : quelques
dizaines de kilo-octets chacune. La version distribuée y est gardée à part, sous le nom ``origine.ipynb``.
"""

import errno
import json
import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from grc_helpers.ecriture import remplacer
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.seances.avancement import Avancement, mesurer_l_avancement
from grc_helpers.seances.exercices import CLE as EXERCICES
from grc_helpers.seances.seances import lire_le_notebook

DOSSIER = ".grc"
TAILLE_MAXIMALE = 20_000_000  # octets de copies par notebook
MARGE = 10_000_000  # octets laissés libres : une copie ne prend jamais la place de l'enregistrement lui-même
# Toutes les dernières, puis une par minute pendant une heure, puis une par dix minutes, dans la limite du nombre.
DERNIERES, NOMBRE_MAXIMAL = 10, 80
_NOM = "%Y-%m-%d_%H-%M-%S"
_ORIGINE, _COUPE = "origine.ipynb", "fichier_coupe.txt"


@dataclass(frozen=True)
class VersionGardee:
    """Une copie gardée : son fichier, l'heure de l'enregistrement, l'avancement d'alors."""

    fichier: Path
    date: datetime
    avancement: Avancement


@dataclass(frozen=True)
class Sauvegardes:
    """Les copies de sécurité des notebooks d'un dossier. Un notebook se désigne par son chemin relatif, avec des « / »."""

    racine: Path

    def dossier(self, chemin: str) -> Path:
        """Où sont les copies d'un notebook. Lève ``ValueError`` si le chemin sort du dossier."""
        fichier = self.fichier(chemin)
        return self.racine / DOSSIER / fichier.relative_to(self.racine.resolve()).with_suffix("")

    def fichier(self, chemin: str) -> Path:
        fichier = (self.racine / chemin.strip("/")).resolve()
        if self.racine.resolve() not in fichier.parents or fichier.suffix != ".ipynb":
            raise ValueError(f"« {chemin} » n'est pas un notebook de ce dossier.")
        return fichier

    def origine(self, chemin: str) -> dict | None:
        """La version distribuée du notebook, si on l'a vue avant que le stagiaire n'y écrive."""
        return lire_le_notebook(self.dossier(chemin) / _ORIGINE)

    def a_une_origine(self, chemin: str) -> bool:
        return (self.dossier(chemin) / _ORIGINE).is_file()

    def origines_notees(self) -> list[str]:
        """Les cahiers dont on a la version distribuée, que leur fichier soit à sa place ou non."""
        base = self.racine / DOSSIER
        return sorted(
            connue.parent.relative_to(base).as_posix() + ".ipynb" for connue in base.rglob(_ORIGINE)
        )

    def origines(self) -> dict[str, dict]:
        """La version distribuée de chaque cahier dont on l'a."""
        lues = {}
        for chemin in self.origines_notees():
            fichier = self.dossier(chemin) / _ORIGINE
            lues[chemin] = _lire_une_fois(fichier, fichier.stat().st_mtime_ns)
        return {chemin: origine for chemin, origine in lues.items() if origine}

    def noter_l_origine(self, chemin: str) -> None:
        """Retient la version distribuée : le fichier présent, s'il est encore vierge. Une nouvelle édition remplace l'ancienne."""
        notebook = lire_le_notebook(self.fichier(chemin))
        if notebook is None or mesurer_l_avancement(notebook).commencees:
            return
        connue = self.origine(chemin)
        if connue is None or _edition(connue) != _edition(notebook):
            ecrire(self.dossier(chemin) / _ORIGINE, _comme_distribue(notebook))

    def relever(self, chemin: str) -> bool:
        """Un fichier coupé net (panne de courant pendant l'écriture) revient à sa dernière copie. Vrai s'il a fallu le faire.

        Le fichier abîmé est gardé à côté de ses copies.
        """
        fichier = self.fichier(chemin)
        if not fichier.is_file() or lire_le_notebook(fichier) is not None:
            return False
        copies = [*reversed(self._fichiers(chemin)), self.dossier(chemin) / _ORIGINE]
        bonne = next(filter(None, map(lire_le_notebook, copies)), None)
        if bonne is None:
            return False
        os.replace(fichier, self.dossier(chemin) / _COUPE)
        ecrire(fichier, bonne)
        return True

    def garder(self, chemin: str, notebook: dict) -> Path | None:
        """Garde une copie si le texte a changé depuis la dernière. Lève ``OSError`` si le disque est presque plein."""
        propre = sans_sorties(notebook)
        anciennes = self._fichiers(chemin)
        derniere = lire_le_notebook(anciennes[-1]) if anciennes else self.origine(chemin)
        if derniere is not None and _textes(derniere) == _textes(propre):
            return None
        if place_libre(self.racine) < MARGE:
            for ancienne in anciennes[:-3]:
                ancienne.unlink(missing_ok=True)
            raise OSError(errno.ENOSPC, "Le disque est presque plein.")
        date = datetime.now()
        while (copie := self.dossier(chemin) / f"{date.strftime(_NOM)}.ipynb").exists():
            date += timedelta(seconds=1)
        ecrire(copie, propre)
        self._limiter(chemin)
        return copie

    def versions(self, chemin: str) -> list[VersionGardee]:
        """Les copies gardées, de la plus récente à la plus ancienne."""
        origine = self.origine(chemin)
        lues = (
            (fichier, lire_le_notebook(fichier)) for fichier in reversed(self._fichiers(chemin))
        )
        return [
            VersionGardee(f, date, mesurer_l_avancement(notebook, origine))
            for f, notebook in lues
            if notebook is not None and (date := _date(f))
        ]

    def remettre(self, chemin: str, version: VersionGardee, fichier: Path | None = None) -> None:
        """Remplace le notebook par une copie gardée ; la version présente est gardée d'abord. ``fichier`` : où il est, s'il a changé
        de place.

        Lève ``ValueError`` si la copie ne se lit plus : le notebook reste alors tel quel.
        """
        ancien = lire_le_notebook(version.fichier)
        if ancien is None:
            raise ValueError(f"La version {version.fichier.name} ne se lit plus.")
        self.remplacer(chemin, ancien, fichier)

    def remplacer(self, chemin: str, notebook: dict, fichier: Path | None = None) -> bool:
        """Met ce notebook à la place de celui qui y est, gardé d'abord. Vrai s'il y en avait un autre, qui n'est plus que gardé."""
        place = fichier or self.fichier(chemin)
        present = lire_le_notebook(place)
        if present is not None:
            self.garder(chemin, present)
        ecrire(place, notebook)
        return present is not None and _textes(present) != _textes(notebook)

    def effacer(self, chemin: str) -> bool:
        """Efface les copies d'un notebook et le remet dans sa version distribuée. Faux si l'on ne connaît pas celle-ci."""
        origine = self.origine(chemin)
        fichier = self.fichier(chemin)
        points_de_controle = fichier.parent.glob(f".ipynb_checkpoints/{fichier.stem}-*")
        for reste in [
            *self._fichiers(chemin),
            *points_de_controle,
            *fichier.parent.glob("a_rendre/*"),
            self.dossier(chemin) / _COUPE,
        ]:
            reste.unlink(missing_ok=True)
        if origine is not None:
            ecrire(fichier, origine)
        return origine is not None

    def notebooks(self) -> list[str]:
        """Les notebooks dont on a au moins une copie."""
        base = self.racine / DOSSIER
        dossiers = {copie.parent for copie in base.rglob("*.ipynb") if copie.name != _ORIGINE}
        return sorted(dossier.relative_to(base).as_posix() + ".ipynb" for dossier in dossiers)

    def _fichiers(self, chemin: str) -> list[Path]:
        return sorted(
            f for f in self.dossier(chemin).glob("*.ipynb") if f.name != _ORIGINE and _date(f)
        )

    def _limiter(self, chemin: str) -> None:
        fichiers = self._fichiers(chemin)
        gardes = a_garder([date for f in fichiers if (date := _date(f))], datetime.now())
        total = 0
        for fichier in reversed(fichiers):
            total += fichier.stat().st_size
            if _date(fichier) not in gardes or (
                total > TAILLE_MAXIMALE and fichier != fichiers[-1]
            ):
                fichier.unlink(missing_ok=True)


def a_garder(dates: list[datetime], maintenant: datetime) -> set[datetime]:
    """Les dates des copies à garder : les dernières, puis de moins en moins serrées.

    >>> soir = datetime(2026, 11, 24, 18, 0)
    >>> len(a_garder([soir - timedelta(seconds=5 * n) for n in range(1440)], soir))  # deux heures, une toutes les 5 secondes
    76
    """
    recentes = sorted(dates, reverse=True)
    gardees = dict.fromkeys(recentes[:DERNIERES])
    par_tranche = {
        _tranche(date, maintenant): date for date in sorted(dates)
    }  # la dernière de chaque tranche
    gardees |= dict.fromkeys(sorted(par_tranche.values(), reverse=True))
    return set(sorted(gardees, reverse=True)[:NOMBRE_MAXIMAL])


def place_libre(dossier: Path) -> int:
    """Les octets libres sur le disque de ce dossier."""
    return shutil.disk_usage(dossier).free


def ecrire(fichier: Path, notebook: dict) -> None:
    """Écrit un notebook d'un seul geste : l'ancien fichier reste entier si le disque est plein ou le PC s'éteint."""
    remplacer(fichier, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")


def sans_sorties(notebook: dict) -> dict:
    """Le notebook sans ce que les cellules ont affiché : il ne reste que le cours et ce qui a été écrit."""
    propres = [
        cellule | {"outputs": [], "execution_count": None}
        if cellule.get("cell_type") == "code"
        else cellule
        for cellule in cellules(notebook)
    ]
    return notebook | {"cells": propres}


def _comme_distribue(notebook: dict) -> dict:
    metadonnees = notebook.get("metadata")
    metadonnees = metadonnees if isinstance(metadonnees, dict) else {}
    sans_souvenir = {cle: valeur for cle, valeur in metadonnees.items() if cle != EXERCICES}
    return sans_sorties(notebook) | {"metadata": sans_souvenir}


@lru_cache(maxsize=64)
def _lire_une_fois(fichier: Path, _change_le: int) -> dict | None:
    """Une version distribuée ne change qu'avec l'édition : inutile de la relire à chaque question posée."""
    return lire_le_notebook(fichier)


def _date(fichier: Path) -> datetime | None:
    try:
        return datetime.strptime(fichier.stem, _NOM)
    except ValueError:
        return None


def _tranche(date: datetime, maintenant: datetime) -> tuple:
    pas = 1 if maintenant - date < timedelta(hours=1) else 10
    return pas, date.year, date.timetuple().tm_yday, date.hour, date.minute // pas


def _textes(notebook: dict) -> list[tuple]:
    return [(cellule.get("cell_type"), source(cellule)) for cellule in cellules(notebook)]


def _edition(notebook: dict) -> list[tuple]:
    """Ce qui distingue deux éditions d'un même cours : tout ce que le stagiaire ne peut pas écrire."""
    return [
        (c.get("id"), source(c))
        for c in cellules(notebook)
        if c.get("metadata", {}).get("editable") is False
    ]
