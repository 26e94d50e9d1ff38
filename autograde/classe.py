"""Corriger toute une classe : chaque copie est lue, notée, inscrite ; aucune n'arrête les autres."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograde.affichage_copie import montrer_la_correction
from autograde.copies import CopieRemise, copies_remises
from autograde.correction import Correction, copie_illisible, corriger
from autograde.cours import Cours, ErreurFormateur
from autograde.devoir import Devoir, charger_devoir
from autograde.greffe import greffer
from autograde.recu import Recu, verifier_le_recu
from autograde.triage import Etat, remarques_de_lecture, trier


@dataclass(frozen=True)
class CopieCorrigee:
    """Une copie passée à la correction."""

    copie: CopieRemise
    correction: Correction

    @property
    def note(self) -> float:
        """La somme des points acquis automatiquement."""
        return round(sum(self.correction.points(identifiant) or 0 for identifiant in self.correction.notes), 2)

    @property
    def a_verifier(self) -> list[str]:
        """Les questions que le formateur doit regarder."""
        return [identifiant for identifiant, note in self.correction.notes.items() if note.a_verifier or note.fraction is None]

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


def corriger_la_classe(cours: Cours, nom: str) -> Iterator[CopieCorrigee]:
    """Corrige toutes les copies remises d'un devoir et les inscrit au carnet, une à une."""
    from nbgrader.api import MissingEntry

    from autograde.carnet import inscrire, ouvrir

    devoir = charger_devoir(cours, nom)
    copies = copies_remises(cours, nom)
    if not copies:
        raise ErreurFormateur(f"Aucune copie de « {nom} ». Rangez chaque fichier dans {cours.remises.name}/<stagiaire>/{nom}/.")
    with ouvrir(cours) as carnet:
        try:
            carnet.find_notebook(nom, nom)
        except MissingEntry:
            inscrire_le_devoir(cours, nom)
        for copie in copies:
            corrigee = CopieCorrigee(copie, corriger_la_copie(copie, devoir))
            inscrire(carnet, copie.stagiaire, corrigee.correction)
            enregistrer(cours, corrigee)
            yield corrigee


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
    from autograde.production import generer

    with tempfile.TemporaryDirectory() as dossier:
        generer(cours, nom, Path(dossier))


def enregistrer(cours: Cours, corrigee: CopieCorrigee) -> None:
    """Écrit la copie greffée là où formgrader la cherche, avec l'écho des réponses et le détail des notes."""
    notebook = montrer_la_correction(greffer(corrigee.correction.lues, corrigee.correction.devoir), corrigee.correction)
    nom = corrigee.correction.devoir.nom
    dossier = cours.corrigees / corrigee.copie.stagiaire / nom
    dossier.mkdir(parents=True, exist_ok=True)
    (dossier / f"{nom}.ipynb").write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
