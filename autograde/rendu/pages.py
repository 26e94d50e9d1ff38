"""La page rendue au stagiaire : en français, en un seul fichier, imprimable, sans rien chercher sur Internet."""

from pathlib import Path

from autograde.carnet.releve import releves
from autograde.copie.greffe import relire_greffe
from autograde.copie.remises import lire_copie
from autograde.correction.classe import corriger_la_copie
from autograde.cours.corrige import lire_le_corrige
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.fichiers.notebook import lire_fichier
from autograde.notation.copie import Correction, corriger
from autograde.rendu.contenu_des_pages import (
    SIGNES,
    est_illisible,
    montrer_les_questions,
    points_a_regagner,
)
from grc_helpers.francais.nombres import ecrire_nombre


def ecrire_les_retours(cours: Cours, nom: str, niveau: str = "elements") -> list[Path]:
    """Écrit une page par stagiaire dans ``retours/<devoir>/``. ``niveau`` : une clé de ``niveaux.NIVEAUX``."""
    devoir = charger_devoir(cours, nom)
    dossier = cours.retours / nom
    dossier.mkdir(parents=True, exist_ok=True)
    gabarit = _gabarit()
    types = corriger(lire_le_corrige(cours, devoir), devoir) if niveau == "corriges" else None
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
        chemins[-1].write_text(page, encoding="utf-8")
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


def _relire(cours: Cours, devoir: Devoir, stagiaire: str) -> Correction:
    """La correction, refaite d'après la copie greffée ; si elle n'est plus là, d'après la copie rendue."""
    notebook, _, _ = lire_fichier(cours.corrigees / stagiaire / devoir.nom / f"{devoir.nom}.ipynb")
    if notebook:
        return corriger(relire_greffe(notebook, devoir), devoir)
    return corriger_la_copie(
        lire_copie(stagiaire, cours.remises / stagiaire / devoir.nom, devoir.nom), devoir
    )
