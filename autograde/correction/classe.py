"""La classe corrigée d'un devoir : une copie est corrigée une fois, gardée au carnet, et relue ensuite. Aucune n'arrête les autres.

Une copie se corrige de nouveau si son fichier, le devoir ou nos outils ont changé. Si seul un barème a changé, la question concernée
se note d'après la réponse gardée ; si c'est une décision du formateur, rien n'est même réévalué.
"""

import json
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from autograde.carnet.copies_datees import garder_une_copie
from autograde.carnet.devoirs import est_inscrit
from autograde.carnet.gardees import CorrectionGardee, corrections_gardees
from autograde.carnet.inscription import Inscription, inscrire
from autograde.carnet.ouverture import ouvrir_la_base
from autograde.carnet.sql import Base, CarnetAbsent
from autograde.carnet.tables import preparer
from autograde.copie.greffe import greffer
from autograde.copie.remises import dossiers_remis, stagiaire_de
from autograde.copie.remplie import lire_la_copie_remplie
from autograde.correction.affichage_copie import montrer_la_correction
from autograde.correction.deja_corrigees import empreinte_de_la_copie
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.notation.copie import CopieCorrigee, corriger_la_copie
from autograde.notation.correction import Correction
from autograde.notation.gardee import ecrire_la_copie, relire_la_copie
from autograde.production.production import inscrire_le_devoir

TAILLE_DU_LOT = 20  # copies par transaction : une coupure n'en fait reprendre que celles-là, et formgrader n'attend pas


def corriger_la_classe(cours: Cours, nom: str) -> Iterator[CopieCorrigee]:
    """Toute la classe corrigée, par ordre alphabétique. Chaque copie rendue est au carnet telle qu'elle est : ce qui n'y était pas, ou
    n'y était plus à jour, vient d'y être inscrit. Lève ``ErreurFormateur`` s'il n'y a pas de copie.

    Interrompue n'importe où, la correction reprend où elle en était. La mémoire occupée ne dépend pas du nombre de copies.
    """
    return _corriger(cours, *_devoir_et_copies(cours, nom))


def lire_la_classe(cours: Cours, nom: str) -> Iterator[CopieCorrigee]:
    """La même classe, sans rien écrire nulle part : ce qui n'est pas à jour au carnet est corrigé pour cette fois."""
    return _lire(cours, *_devoir_et_copies(cours, nom))


def _corriger(cours: Cours, devoir: Devoir, dossiers: list[Path]) -> Iterator[CopieCorrigee]:
    garder_une_copie(cours)
    with _ouvrir_au_devoir(cours, devoir) as base:
        preparer(base)
        for lot in _lots(dossiers):
            passages = _passer(base, devoir, lot)
            # Les fichiers d'abord, puis le carnet : ce qui y est inscrit est entièrement fait.
            for passage in passages:
                if not passage.inscrite or not _est_montree(cours, passage.copie):
                    montrer_a_formgrader(cours, passage.copie.correction)
            inscrire(base, devoir, [p.inscription for p in passages if not p.inscrite])
            yield from (passage.copie for passage in passages)


def _lire(cours: Cours, devoir: Devoir, dossiers: list[Path]) -> Iterator[CopieCorrigee]:
    try:
        carnet: AbstractContextManager[Base | None] = ouvrir_la_base(cours)
    except CarnetAbsent:
        carnet = nullcontext()
    with carnet as base:
        for lot in _lots(dossiers):
            yield from (passage.copie for passage in _passer(base, devoir, lot))


def mettre_le_carnet_a_jour(cours: Cours, nom: str) -> None:
    """Inscrit au carnet ce qui ne l'est pas encore. Rien à faire si les fichiers rendus ont été rangés ailleurs depuis."""
    if dossiers_remis(cours, nom):
        for _ in corriger_la_classe(cours, nom):
            pass


@dataclass(frozen=True)
class _Passage:
    """Une copie corrigée, l'empreinte de ce dont elle vient, et si le carnet en est déjà là."""

    copie: CopieCorrigee
    empreinte: str
    inscrite: bool

    @property
    def inscription(self) -> Inscription:
        correction = self.copie.correction
        gardee = CorrectionGardee(
            self.empreinte, correction.empreinte_des_regles, ecrire_la_copie(self.copie)
        )
        return Inscription(correction, gardee)


def _passer(base: Base | None, devoir: Devoir, dossiers: list[Path]) -> list[_Passage]:
    """Quelques copies, relues au carnet ou corrigées. ``base`` vaut None s'il n'y a pas encore de carnet."""
    stagiaires = [stagiaire_de(dossier) for dossier in dossiers]
    gardees = corrections_gardees(base, devoir.nom, stagiaires) if base else {}
    return [_passer_une_copie(devoir, d, gardees.get(stagiaire_de(d))) for d in dossiers]


def _passer_une_copie(devoir: Devoir, dossier: Path, gardee: CorrectionGardee | None) -> _Passage:
    stagiaire, empreinte = stagiaire_de(dossier), empreinte_de_la_copie(dossier, devoir)
    if gardee and gardee.empreinte == empreinte:
        try:
            copie = relire_la_copie(gardee.texte, devoir, stagiaire)
            return _Passage(
                copie, empreinte, gardee.regles == copie.correction.empreinte_des_regles
            )
        except (
            Exception
        ):  # un carnet abîmé n'arrête pas la classe : le fichier rendu, lui, est toujours là
            pass
    try:
        copie = corriger_la_copie(lire_la_copie_remplie(stagiaire, dossier, devoir), devoir)
    except (
        KeyboardInterrupt
    ) as arret:  # celui qui interrompt une attente trop longue sait à qui elle est due
        arret.add_note(f"La copie en cours était celle de « {stagiaire} ».")
        raise
    return _Passage(copie, empreinte, inscrite=False)


def _devoir_et_copies(cours: Cours, nom: str) -> tuple[Devoir, list[Path]]:
    """Le devoir et les dossiers de ses copies. Lève ``ErreurFormateur`` s'il n'y en a pas."""
    devoir = charger_devoir(cours, nom)
    dossiers = dossiers_remis(cours, nom)
    if not dossiers:
        raise ErreurFormateur(
            f"Aucune copie de « {nom} ». Rangez chaque fichier dans {cours.remises}/<stagiaire>/{nom}/."
        )
    return devoir, dossiers


def _ouvrir_au_devoir(cours: Cours, devoir: Devoir) -> Base:
    """Le carnet, où le devoir est inscrit s'il n'y était pas tel qu'il est."""
    if base := _ouvert_au_devoir(cours, devoir):
        return base
    inscrire_le_devoir(cours, devoir.nom)
    return ouvrir_la_base(cours)


def _ouvert_au_devoir(cours: Cours, devoir: Devoir) -> Base | None:
    """Le carnet s'il connaît ce devoir ; rien sinon."""
    try:
        base = ouvrir_la_base(cours)
    except CarnetAbsent:
        return None
    if est_inscrit(base, devoir):
        return base
    base.fermer()
    return None


def _lots(dossiers: list[Path]) -> Iterator[list[Path]]:
    for debut in range(0, len(dossiers), TAILLE_DU_LOT):
        yield dossiers[debut : debut + TAILLE_DU_LOT]


def montrer_a_formgrader(cours: Cours, correction: Correction) -> None:
    """Écrit la copie greffée là où formgrader la cherche, avec l'écho des réponses et le détail des notes."""
    notebook = montrer_la_correction(greffer(correction.lues, correction.devoir), correction)
    fichier = _fichier_montre(cours, correction)
    # Sans mise en page : c'est un fichier pour formgrader, et json l'écrit ainsi dix fois plus vite.
    ecrire_en_entier(fichier, json.dumps(notebook, ensure_ascii=False) + "\n")


def _est_montree(cours: Cours, copie: CopieCorrigee) -> bool:
    """Faux si le fichier manque ou s'il a été coupé : après une panne de courant, un disque rend parfois un fichier vide."""
    try:
        with _fichier_montre(cours, copie.correction).open("rb") as ouvert:
            ouvert.seek(-2, os.SEEK_END)
            return ouvert.read() == b"}\n"
    except OSError:
        return False


def _fichier_montre(cours: Cours, correction: Correction) -> Path:
    nom = correction.devoir.nom
    return cours.corrigees / correction.stagiaire / nom / f"{nom}.ipynb"
