"""La page rendue au stagiaire : en français, en un seul fichier, imprimable, sans rien chercher sur Internet."""

from pathlib import Path

from autograde.classe import corriger_la_copie
from autograde.copies import lire_copie, lire_fichier
from autograde.correction import Correction, corriger
from autograde.cours import Cours
from autograde.devoir import Devoir, charger_devoir
from autograde.ecriture import ecrire_en_entier
from autograde.greffe import relire_greffe
from autograde.page_retour import SIGNES, est_illisible, montrer_les_questions, points_a_regagner
from autograde.releve import releves
from grc_helpers.reponses.nombres import ecrire_nombre
from grc_helpers.reponses.notebook import ReponsesLues, lire_reponses


def ecrire_les_retours(cours: Cours, nom: str, niveau: str = "elements") -> list[Path]:
    """Écrit une page par stagiaire dans ``retours/<devoir>/``. ``niveau`` : une clé de ``niveaux.NIVEAUX``."""
    devoir = charger_devoir(cours, nom)
    dossier = cours.retours / nom
    gabarit = _gabarit()
    types = corriger(_lire_le_corrige(cours, devoir), devoir) if niveau == "corriges" else None
    chemins = []
    for releve in releves(cours, devoir):
        correction = _relire(cours, devoir, releve.stagiaire)
        page = gabarit.render(
            devoir=devoir,
            releve=releve,
            niveau=niveau,
            signes=SIGNES,
            nombre=ecrire_nombre,
            illisible=est_illisible(releve, correction),
            questions=montrer_les_questions(devoir, releve, correction, types),
            a_regagner=points_a_regagner(devoir, releve),
        )
        chemins.append(dossier / f"{releve.stagiaire}.html")
        ecrire_en_entier(chemins[-1], page)
    return chemins


def reponses_types(cours: Cours, devoir: Devoir) -> dict[str, str]:
    """Le texte de la réponse type de chaque question, tel que l'auteur l'a écrit."""
    return {
        identifiant: reponse.cellule.corps.strip()
        for identifiant, reponse in _lire_le_corrige(cours, devoir).reponses.items()
    }


def _lire_le_corrige(cours: Cours, devoir: Devoir) -> ReponsesLues:
    source, _, _ = lire_fichier(cours.notebook_source(devoir.nom))
    return lire_reponses(source or {}, devoir.questions)


def _gabarit():
    from jinja2 import (
        Environment,
        FileSystemLoader,
        select_autoescape,
    )  # ici : les autres commandes ne l'attendent pas

    environnement = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "gabarits"),
        autoescape=select_autoescape(["html", "j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environnement.get_template("retour.html.j2")


def _relire(cours: Cours, devoir: Devoir, stagiaire: str) -> Correction:
    """La correction, refaite d'après la copie greffée ; si elle n'est plus là, d'après la copie rendue."""
    notebook, _, _ = lire_fichier(cours.corrigees / stagiaire / devoir.nom / f"{devoir.nom}.ipynb")
    if notebook:
        return corriger(relire_greffe(notebook, devoir), devoir)
    return corriger_la_copie(
        lire_copie(stagiaire, cours.remises / stagiaire / devoir.nom, devoir.nom), devoir
    )
