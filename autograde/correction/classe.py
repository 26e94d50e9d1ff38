"""Corriger toute une classe : chaque copie est lue, notée, inscrite ; aucune n'arrête les autres."""

import json
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograde.carnet.inscription import Inscription, bilans, est_inscrit, inscrire, preparer
from autograde.carnet.sql import Base, CarnetAbsent
from autograde.copie.greffe import greffer
from autograde.copie.recu import Recu, verifier_le_recu
from autograde.copie.remises import CopieRemise, dossiers_remis, lire_copie
from autograde.copie.triage import Etat, remarques_de_lecture, trier
from autograde.correction.affichage_copie import montrer_la_correction
from autograde.correction.bilan import Bilan
from autograde.correction.deja_corrigees import empreinte_de_la_copie
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.notation.copie import Correction, copie_illisible, corriger


@dataclass(frozen=True)
class CopieCorrigee:
    """Une copie passée à la correction."""

    copie: CopieRemise
    correction: Correction

    @property
    def note(self) -> float:
        """La somme des points acquis automatiquement."""
        return round(
            sum(self.correction.points(identifiant) or 0 for identifiant in self.correction.notes),
            2,
        )

    @property
    def a_verifier(self) -> list[str]:
        """Les questions que le formateur doit regarder."""
        return [
            identifiant
            for identifiant, note in self.correction.notes.items()
            if note.a_verifier or note.fraction is None
        ]

    @property
    def motif(self) -> str:
        """Pourquoi la copie est illisible ; rien si elle a été lue."""
        return self.copie.motif or self.correction.motif

    @property
    def etat(self) -> Etat:
        if self.motif:
            return Etat.ILLISIBLE
        return Etat.REPAREE if self.reparations else Etat.LUE

    @property
    def recu(self) -> tuple[Recu, str]:
        """L'état du reçu de « Rendre ma copie » et son code."""
        return verifier_le_recu(self.copie.notebook, self.correction.devoir.nom)

    @property
    def reparations(self) -> list[str]:
        """Ce qui était abîmé et ce qui laisse un doute."""
        return [*self.copie.reparations, *remarques_de_lecture(self.correction.lues)]

    @property
    def remarques(self) -> list[str]:
        """Tout ce qui a été remarqué en lisant la copie."""
        return [*self.copie.remarques, *self.reparations]

    @property
    def bilan(self) -> Bilan:
        """La copie en bref, pour le tableau de la classe."""
        devoir = self.correction.devoir
        recu = " ".join(self.recu).strip()
        return Bilan(
            self.copie.stagiaire,
            self.note,
            devoir.total,
            self.etat,
            recu,
            self.motif,
            self.a_verifier,
            self.remarques,
        )


ESSAIS_D_INSCRIPTION = 5
TAILLE_DU_LOT = 20  # copies par transaction : une coupure n'en fait reprendre que celles-là, et formgrader n'attend pas


def corriger_la_classe(cours: Cours, nom: str) -> Iterator[CopieCorrigee]:
    """Corrige toutes les copies remises d'un devoir, même déjà corrigées, et les inscrit au carnet."""
    devoir, dossiers = _a_corriger(cours, nom)
    with Base(cours.db_url) as base:
        preparer(base)
        for lot in _lots(dossiers):
            yield from _corriger_un_lot(base, cours, devoir, lot)


def poursuivre(cours: Cours, nom: str) -> Iterator[Bilan]:
    """Corrige les copies qui ne l'ont pas encore été, ou qui ont changé depuis, elles ou leur barème ; rend le bilan de toutes.

    Interrompue n'importe où, la correction reprend où elle en était. La mémoire occupée ne dépend pas du nombre de copies.
    """
    devoir, dossiers = _a_corriger(cours, nom)
    with Base(cours.db_url) as base:
        preparer(base)
        for lot in _lots(dossiers):
            connus = bilans(base, devoir, [dossier.parent.name for dossier in lot])
            faites = {
                dossier.parent.name for dossier in lot if _est_faite(cours, devoir, dossier, connus)
            }
            corrigees = _corriger_un_lot(
                base,
                cours,
                devoir,
                [dossier for dossier in lot if dossier.parent.name not in faites],
            )
            nouveaux = {corrigee.copie.stagiaire: corrigee.bilan for corrigee in corrigees}
            for stagiaire in (dossier.parent.name for dossier in lot):
                yield nouveaux.get(stagiaire) or Bilan.du_texte(connus[stagiaire][1])


def _a_corriger(cours: Cours, nom: str) -> tuple[Devoir, list[Path]]:
    """Le devoir, connu du carnet, et les dossiers de ses copies. Lève ``ErreurFormateur`` s'il n'y en a pas."""
    devoir = charger_devoir(cours, nom)
    dossiers = dossiers_remis(cours, nom)
    if not dossiers:
        raise ErreurFormateur(
            f"Aucune copie de « {nom} ». Rangez chaque fichier dans {cours.remises}/<stagiaire>/{nom}/."
        )
    _assurer_l_inscription(cours, devoir)
    return devoir, dossiers


def _assurer_l_inscription(cours: Cours, devoir: Devoir) -> None:
    """Inscrit le devoir au carnet s'il n'y est pas, ou plus tel qu'il est. Un autre formateur peut être en train de le faire."""
    for essai in range(ESSAIS_D_INSCRIPTION):
        if _est_au_carnet(cours, devoir):
            return
        try:
            inscrire_le_devoir(cours, devoir.nom)
        except Exception:
            if essai == ESSAIS_D_INSCRIPTION - 1:
                raise
            time.sleep(1)


def _est_au_carnet(cours: Cours, devoir: Devoir) -> bool:
    try:
        with Base(cours.db_url) as base:
            return est_inscrit(base, devoir)
    except CarnetAbsent:
        return False


def _lots(dossiers: list[Path]) -> Iterator[list[Path]]:
    for debut in range(0, len(dossiers), TAILLE_DU_LOT):
        yield dossiers[debut : debut + TAILLE_DU_LOT]


def _corriger_un_lot(
    base: Base, cours: Cours, devoir: Devoir, dossiers: list[Path]
) -> list[CopieCorrigee]:
    """Corrige quelques copies ; leurs fichiers d'abord, puis le carnet : ce qui y est inscrit est entièrement fait."""
    corrigees, inscriptions = [], []
    for dossier in dossiers:
        empreinte = empreinte_de_la_copie(dossier, devoir)
        copie = lire_copie(dossier.parent.name, dossier, devoir.nom)
        corrigee = CopieCorrigee(copie, corriger_la_copie(copie, devoir))
        enregistrer(cours, corrigee)
        corrigees.append(corrigee)
        inscriptions.append(
            Inscription(copie.stagiaire, corrigee.correction, empreinte, corrigee.bilan.en_texte())
        )
    inscrire(base, devoir, inscriptions)
    return corrigees


def _est_faite(
    cours: Cours, devoir: Devoir, dossier: Path, connus: dict[str, tuple[str, str]]
) -> bool:
    """Cette copie est-elle inscrite au carnet telle qu'elle est, et sa copie corrigée entière ?"""
    connue, _ = connus.get(dossier.parent.name, ("", ""))
    if not connue or not _est_entier(_fichier_corrige(cours, dossier.parent.name, devoir.nom)):
        return False
    return connue == empreinte_de_la_copie(dossier, devoir)


def _est_entier(fichier: Path) -> bool:
    """Faux si le fichier manque ou s'il a été coupé : après une panne de courant, un disque rend parfois un fichier vide."""
    try:
        with fichier.open("rb") as ouvert:
            ouvert.seek(-2, os.SEEK_END)
            return ouvert.read() == b"}\n"
    except OSError:
        return False


def _fichier_corrige(cours: Cours, stagiaire: str, nom: str) -> Path:
    return cours.corrigees / stagiaire / nom / f"{nom}.ipynb"


def corriger_la_copie(copie: CopieRemise, devoir: Devoir) -> Correction:
    """Corrige une copie lue sur le disque ; une copie illisible donne une correction sans note. Ne lève jamais d'erreur."""
    try:
        triee = trier(copie, devoir)
        if triee.lues is None:
            return copie_illisible(devoir, triee.motif)
        return corriger(triee.lues, devoir, copie.stagiaire)
    except Exception as erreur:  # rien de ce que contient une copie ne doit arrêter la classe : le formateur tranchera
        return copie_illisible(devoir, f"imprévu en la lisant ({type(erreur).__name__}, {erreur}).")


def inscrire_le_devoir(cours: Cours, nom: str) -> None:
    """Fait connaître le devoir au carnet, comme ``nbgrader generate_assignment``, sans toucher à ``course/``."""
    from autograde.production.production import generer

    with tempfile.TemporaryDirectory() as dossier:
        generer(cours, nom, Path(dossier))


def enregistrer(cours: Cours, corrigee: CopieCorrigee) -> None:
    """Écrit la copie greffée là où formgrader la cherche, avec l'écho des réponses et le détail des notes."""
    notebook = montrer_la_correction(
        greffer(corrigee.correction.lues, corrigee.correction.devoir), corrigee.correction
    )
    fichier = _fichier_corrige(cours, corrigee.copie.stagiaire, corrigee.correction.devoir.nom)
    # Sans mise en page : c'est un fichier pour formgrader, et json l'écrit ainsi dix fois plus vite.
    ecrire_en_entier(fichier, json.dumps(notebook, ensure_ascii=False) + "\n")
