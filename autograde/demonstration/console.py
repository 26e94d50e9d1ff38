"""``grc demo`` : fabriquer une petite classe fictive, la corriger, et montrer où tout se trouve."""

import time

from autograde.console import suivre
from autograde.copie.remises import dossiers_remis
from autograde.correction.classe import corriger_la_classe
from autograde.correction.console import montrer_les_notes
from autograde.cours.dossiers import Cours
from autograde.demonstration.classe import copies
from autograde.demonstration.copies import CLASSE, DEVOIR, fabriquer_la_classe, ranger
from autograde.demonstration.dossier import remettre_a_neuf
from autograde.erreurs import ErreurFormateur
from autograde.rendu.notes import exporter_les_notes
from autograde.rendu.pages import ecrire_les_retours
from grc_helpers.affichage import dire
from grc_helpers.francais.nombres import ecrire_nombre


def lancer(reel: Cours, devoirs: list[str], combien: int | None) -> None:
    """Fabrique la classe, corrige ses devoirs, écrit les retours et les notes.

    ``devoirs`` : leurs noms, ou « tous » ; sans rien, le devoir de démonstration. ``combien`` : le nombre de copies de chaque devoir ;
    None : une copie de chaque sorte pour le devoir de démonstration. Lève ``ErreurFormateur`` si la demande n'a pas de sens.
    """
    connus = reel.devoirs_notes()
    choisis = connus if devoirs == ["tous"] else devoirs or [DEVOIR]
    for inconnu in set(choisis) - set(connus):
        raise ErreurFormateur(
            f"Le devoir « {inconnu} » n'existe pas. Devoirs connus : {', '.join(connus)}."
        )
    if combien is not None and combien < 1:
        raise ErreurFormateur(
            "Une classe compte au moins un stagiaire : écrivez par exemple « --classe 30 »."
        )
    cours = Cours(reel.racine, reel.travail / "demo")
    remettre_a_neuf(cours.travail)
    dire(f"Classe fictive, à part de la vôtre : {cours.travail}")
    for devoir in choisis:
        if combien or devoirs:
            for stagiaire, nom, contenu in copies(cours, devoir, combien or CLASSE):
                ranger(cours, stagiaire, devoir, nom, contenu)
        else:
            fabriquer_la_classe(cours, devoir)
    for devoir in choisis:
        _corriger_et_montrer(cours, devoir)


def _corriger_et_montrer(cours: Cours, devoir: str) -> None:
    depart = time.monotonic()
    remises = len(dossiers_remis(cours, devoir))
    copies = suivre(corriger_la_classe(cours, devoir), f"Correction de {devoir}", remises)
    montrer_les_notes(cours, devoir, copies)
    corrige = time.monotonic()
    pages = ecrire_les_retours(cours, devoir)
    notes = exporter_les_notes(cours, devoir)
    fini = time.monotonic()
    correction, suite = (
        ecrire_nombre(duree, 1, "s") for duree in (corrige - depart, fini - corrige)
    )
    dire(f"{remises} copies corrigées en {correction} ; retours et notes en {suite}.")
    dire(f"{len(pages)} pages de retour : {pages[0].parent}")
    dire("Notes : " + ", ".join(str(chemin) for chemin in notes) + "\n")
