"""La classe corrigée d'un devoir : une copie est corrigée une fois, gardée au carnet, et relue ensuite. Aucune n'arrête les autres.

Une copie se corrige de nouveau si son fichier, le devoir ou nos outils ont changé. Si seul un barème a changé, la question concernée
se note d'après la réponse gardée ; si c'est une décision du formateur, rien n'est même réévalué.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from autograde.carnet.copies_datees import garder_une_copie
from autograde.carnet.devoirs import est_inscrit
from autograde.carnet.gardees import CorrectionGardee, corrections_gardees
from autograde.carnet.inscription import Inscription, inscrire
from autograde.carnet.ouverture import ouvrir_la_base
from autograde.carnet.sql import Base, CarnetAbsent
from autograde.carnet.tables import preparer
from autograde.copie.remises import dossiers_remis, stagiaire_de
from autograde.correction.atelier import Atelier, CopieFaite
from autograde.correction.deja_corrigees import empreinte_de_la_copie
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.notation.copie import CopieCorrigee
from autograde.notation.correction import Correction
from autograde.notation.gardee import relire_la_copie
from autograde.production.production import inscrire_le_devoir

TAILLE_DU_LOT = 20  # copies par transaction : une coupure n'en fait reprendre que celles-là, et formgrader n'attend pas
AVANCE = (
    2 * TAILLE_DU_LOT
)  # copies demandées d'avance : de quoi occuper tous les cœurs pendant qu'un lot s'inscrit


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
    with _ouvrir_au_devoir(cours, devoir) as base, Atelier(cours, devoir) as atelier:
        preparer(base)
        passages = _en_avance(_demander(base, devoir, dossiers, atelier))
        while lot := list(islice(passages, TAILLE_DU_LOT)):
            # Les fichiers d'abord, puis le carnet : ce qui y est inscrit est entièrement fait.
            for passage in lot:
                if not passage.inscrite or not _est_montree(cours, passage.copie):
                    montrer_a_formgrader(cours, passage.faite)
            inscrire(base, devoir, [p.inscription for p in lot if not p.inscrite])
            yield from (passage.copie for passage in lot)


def _lire(cours: Cours, devoir: Devoir, dossiers: list[Path]) -> Iterator[CopieCorrigee]:
    try:
        carnet: AbstractContextManager[Base | None] = ouvrir_la_base(cours)
    except CarnetAbsent:
        carnet = nullcontext()
    with carnet as base, Atelier(cours, devoir) as atelier:
        for passage in _en_avance(_demander(base, devoir, dossiers, atelier)):
            yield passage.copie


def mettre_le_carnet_a_jour(cours: Cours, nom: str) -> None:
    """Inscrit au carnet ce qui ne l'est pas encore. Rien à faire si les fichiers rendus ont été rangés ailleurs depuis."""
    if dossiers_remis(cours, nom):
        for _ in corriger_la_classe(cours, nom):
            pass


@dataclass(frozen=True)
class _Passage:
    """Une copie corrigée, l'empreinte de ce dont elle vient, et si le carnet en est déjà là."""

    faite: CopieFaite
    empreinte: str
    inscrite: bool

    @property
    def copie(self) -> CopieCorrigee:
        return self.faite.copie

    @property
    def inscription(self) -> Inscription:
        correction = self.copie.correction
        gardee = CorrectionGardee(
            self.empreinte, correction.empreinte_des_regles, self.faite.gardee
        )
        return Inscription(correction, gardee)


def _demander(
    base: Base | None, devoir: Devoir, dossiers: list[Path], atelier: Atelier
) -> Iterator[Callable[[], _Passage]]:
    """Chaque copie, relue au carnet ou demandée à l'atelier : de quoi l'attendre. ``base`` vaut None s'il n'y a pas encore de carnet."""
    for debut in range(0, len(dossiers), TAILLE_DU_LOT):
        lot = dossiers[debut : debut + TAILLE_DU_LOT]
        stagiaires = [stagiaire_de(dossier) for dossier in lot]
        gardees = corrections_gardees(base, devoir.nom, stagiaires) if base else {}
        empreintes = [empreinte_de_la_copie(dossier, devoir) for dossier in lot]
        relues = [
            _relire(devoir, stagiaire, empreinte, gardees.get(stagiaire))
            for stagiaire, empreinte in zip(stagiaires, empreintes, strict=True)
        ]
        if not any(relues):
            atelier.prevoir(len(dossiers) - debut)
        for dossier, empreinte, relue in zip(lot, empreintes, relues, strict=True):
            yield partial(_attendre, relue or atelier.demander(dossier), empreinte)


def _attendre(copie: _Passage | Callable[[], CopieFaite], empreinte: str) -> _Passage:
    if isinstance(copie, _Passage):
        return copie
    faite = copie()
    # Une copie qui n'a pas pu être corrigée jusqu'au bout ne sera reconnue d'aucune empreinte : elle se reprend.
    return _Passage(faite, empreinte if faite.entiere else "", inscrite=False)


def _en_avance(demandes: Iterator[Callable[[], _Passage]]) -> Iterator[_Passage]:
    """Dans l'ordre ; les suivantes sont déjà demandées quand on en attend une."""
    attendues: deque[Callable[[], _Passage]] = deque()
    for demande in demandes:
        attendues.append(demande)
        if len(attendues) > AVANCE:
            yield attendues.popleft()()
    while attendues:
        yield attendues.popleft()()


def _relire(
    devoir: Devoir, stagiaire: str, empreinte: str, gardee: CorrectionGardee | None
) -> _Passage | None:
    """La copie telle que le carnet la garde, si elle n'a pas changé depuis."""
    if not gardee or gardee.empreinte != empreinte:
        return None
    try:
        faite = CopieFaite(relire_la_copie(gardee.texte, devoir, stagiaire))
        regles = faite.copie.correction.empreinte_des_regles
    except Exception:  # un carnet abîmé n'arrête pas la classe : le fichier rendu, lui, est là
        return None
    return _Passage(faite, empreinte, gardee.regles == regles)


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


def montrer_a_formgrader(cours: Cours, faite: CopieFaite) -> None:
    """Écrit la copie greffée là où formgrader la cherche, avec l'écho des réponses et le détail des notes."""
    ecrire_en_entier(_fichier_montre(cours, faite.copie.correction), faite.montree)


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
