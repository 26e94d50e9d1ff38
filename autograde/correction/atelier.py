"""Corriger une copie du fichier rendu à la page de formgrader, dans ce processus ou, pour une classe assez grande, sur tous les cœurs.

Une équipe lit et note ; elle n'écrit rien. Ce qu'elle rend est le texte gardé au carnet : la même copie, relue comme elle le sera ensuite.
"""

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from autograde.copie.greffe import greffer
from autograde.copie.recu import Recu
from autograde.copie.remises import stagiaire_de
from autograde.copie.remplie import lire_la_copie_remplie
from autograde.copie.triage import Etat
from autograde.correction.affichage_copie import montrer_la_correction
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.notation.copie import CopieCorrigee, copie_illisible, corriger_la_copie
from autograde.notation.gardee import ecrire_la_copie, relire_la_copie

if TYPE_CHECKING:
    from concurrent.futures import Future

    from autograde.correction.equipe import Equipe

# En dessous, lancer des processus prend plus de temps qu'ils n'en font gagner.
ASSEZ_DE_COPIES = {"fork": 100, "spawn": 500}
ARRET_NET = "la machine s'est arrêtée net en la corrigeant : elle attend votre lecture, et sera reprise la fois suivante."


@dataclass(frozen=True)
class CopieFaite:
    """Une copie corrigée et les deux textes que l'on en écrit : celui que le carnet garde, et le notebook que formgrader montre.

    ``entiere`` : faux si son processus s'est arrêté net avant d'avoir fini."""

    copie: CopieCorrigee
    entiere: bool = True

    @cached_property
    def gardee(self) -> str:
        return ecrire_la_copie(self.copie)

    @cached_property
    def montree(self) -> str:
        correction = self.copie.correction
        notebook = montrer_la_correction(greffer(correction.lues, correction.devoir), correction)
        # Sans mise en page : c'est un fichier pour formgrader, et json l'écrit ainsi dix fois plus vite.
        return json.dumps(notebook, ensure_ascii=False) + "\n"


class Atelier:
    """Là où se corrigent les copies d'un devoir ; à utiliser avec ``with``."""

    def __init__(self, cours: Cours, devoir: Devoir):
        self._cours, self._devoir = cours, devoir
        self._equipe: Equipe | None = None
        self._ouverts = ExitStack()

    def __enter__(self) -> "Atelier":
        return self

    def __exit__(self, _sorte, arret, _trace) -> None:
        if isinstance(arret, KeyboardInterrupt) and self._equipe:
            for dossier in self._equipe.en_cours[:1]:
                _dire_la_copie(arret, dossier)
        self._ouverts.close()

    def prevoir(self, nombre: int) -> None:
        """Il y a ce nombre de copies à corriger : une équipe s'en charge si elle doit y gagner."""
        if self._equipe or nombre < min(ASSEZ_DE_COPIES.values()):
            return
        from autograde.correction.equipe import NAISSANCE, Equipe, coeurs

        if coeurs() > 1 and nombre >= ASSEZ_DE_COPIES[NAISSANCE]:
            embaucher = partial(_embaucher, self._cours, self._devoir.nom)
            self._equipe = self._ouverts.enter_context(Equipe(coeurs(), embaucher))

    def demander(self, dossier: Path) -> Callable[[], CopieFaite]:
        """De quoi attendre cette copie ; sans équipe, c'est alors qu'elle se corrige."""
        if self._equipe:
            return partial(self._recevoir, dossier, self._equipe.confier(dossier))
        return partial(corriger_le_dossier, dossier, self._devoir)

    def _recevoir(self, dossier: Path, demandee: "Future") -> CopieFaite:
        from autograde.correction.equipe import ProcessusMort

        stagiaire = stagiaire_de(dossier)
        try:
            gardee, montree = demandee.result()
        except ProcessusMort:
            illisible = copie_illisible(self._devoir, ARRET_NET, stagiaire)
            return CopieFaite(CopieCorrigee(illisible, Etat.ILLISIBLE, Recu.ABSENT), entiere=False)
        faite = CopieFaite(relire_la_copie(gardee, self._devoir, stagiaire))
        vars(faite).update(gardee=gardee, montree=montree)  # déjà écrits là-bas
        return faite


def corriger_le_dossier(dossier: Path, devoir: Devoir) -> CopieFaite:
    """Lit et corrige la copie de ce dossier."""
    try:
        remise = lire_la_copie_remplie(stagiaire_de(dossier), dossier, devoir)
        return CopieFaite(corriger_la_copie(remise, devoir))
    except KeyboardInterrupt as arret:
        _dire_la_copie(arret, dossier)
        raise


def _embaucher(cours: Cours, nom: str) -> Callable[[Path], tuple[str, str]]:
    """Dans un processus de l'équipe : ce qui corrige un dossier, et en rend les deux textes."""
    devoir = charger_devoir(cours, nom)

    def corriger(dossier: Path) -> tuple[str, str]:
        faite = corriger_le_dossier(dossier, devoir)
        return faite.gardee, faite.montree

    return corriger


def _dire_la_copie(arret: BaseException, dossier: Path) -> None:
    """Celui qui interrompt une attente trop longue sait à qui elle est due."""
    arret.add_note(f"La copie en cours était celle de « {stagiaire_de(dossier)} ».")
