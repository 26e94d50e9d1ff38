"""La page rendue au stagiaire : en français, en un seul fichier, imprimable, sans rien chercher sur Internet."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from autograde.carnet.releve import Releve, ont_rendu, releves
from autograde.copie.greffe import est_reconnue, relire_greffe
from autograde.copie.remises import dossiers_remis, stagiaire_de
from autograde.copie.triage import AUTRE_NOTEBOOK
from autograde.correction.classe import corriger_la_classe
from autograde.cours.corrige import lire_le_corrige
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.fichiers.notebook import lire_fichier
from autograde.notation.copie import CopieCorrigee, copie_illisible, corriger_les_reponses
from autograde.notation.correction import Correction
from autograde.rendu.contenu_des_pages import (
    SIGNES,
    contenu_des_questions,
    est_illisible,
    points_a_regagner,
)
from grc_helpers.francais.nombres import ecrire_nombre

LOT = 200  # copies dont les notes se relisent ensemble au carnet


def ecrire_les_retours(cours: Cours, nom: str, niveau: str = "elements") -> list[Path]:
    """Écrit une page par stagiaire dans ``retours/<devoir>/``. ``niveau`` : une clé de ``niveaux.NIVEAUX``."""
    devoir = charger_devoir(cours, nom)
    dossier = cours.retours / nom
    gabarit = _gabarit()
    types = None
    if niveau == "corriges":
        types = corriger_les_reponses(lire_le_corrige(cours, devoir), devoir)
    chemins = []
    for releve, correction in _a_rendre(cours, devoir):
        page = gabarit.render(
            devoir=devoir,
            releve=releve,
            niveau=niveau,
            signes=SIGNES,
            nombre=ecrire_nombre,
            illisible=est_illisible(releve, correction),
            questions=contenu_des_questions(devoir, releve, correction, types),
            a_regagner=points_a_regagner(devoir, releve),
        )
        chemins.append(dossier / f"{releve.stagiaire}.html")
        ecrire_en_entier(chemins[-1], page)
    return chemins


def _gabarit():
    from jinja2 import (
        Environment,
        FileSystemLoader,
        select_autoescape,
    )  # ici : les autres commandes ne l'attendent pas

    environnement = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(["html", "j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environnement.get_template("retour.html.j2")


def _a_rendre(cours: Cours, devoir: Devoir) -> Iterator[tuple[Releve, Correction]]:
    """Chaque relevé du carnet, mis à jour, et la correction de sa copie ; par lots, quel que soit leur nombre."""
    copies: Iterator[CopieCorrigee] = iter(())
    if remis := {stagiaire_de(dossier) for dossier in dossiers_remis(cours, devoir.nom)}:
        copies = corriger_la_classe(cours, devoir.nom)
    while lot := {copie.stagiaire: copie for copie in islice(copies, LOT)}:
        for releve in releves(cours, devoir, list(lot)):
            yield releve, lot[releve.stagiaire].correction
    restants = [stagiaire for stagiaire in ont_rendu(cours, devoir.nom) if stagiaire not in remis]
    for releve in releves(cours, devoir, restants) if restants else []:
        yield releve, _sans_fichier_rendu(cours, devoir, releve.stagiaire)


def _sans_fichier_rendu(cours: Cours, devoir: Devoir, stagiaire: str) -> Correction:
    """La correction d'une copie dont le fichier rendu n'est plus là, d'après la copie que montre formgrader."""
    montree = cours.corrigees / stagiaire / devoir.nom / f"{devoir.nom}.ipynb"
    notebook, motif, _ = lire_fichier(montree)
    if notebook is None or not est_reconnue(notebook):
        return copie_illisible(devoir, motif or AUTRE_NOTEBOOK, stagiaire)
    return corriger_les_reponses(relire_greffe(notebook, devoir), devoir, stagiaire)
