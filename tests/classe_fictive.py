"""Fabriquer des copies pour les tests, et relire les notes dans un carnet nbgrader."""

import json
import os
import subprocess
import sys
from pathlib import Path

from autograde.baremes.resultats import Statut
from autograde.cours.devoir import Devoir
from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import changer, repondre
from autograde.fichiers.notebook import lire_fichier
from autograde.production.essais_du_bareme import charger_essais, corriger_des_textes
from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.notebook import cellules, nbgrader, source
from grc_helpers.reponses.types.tableau import lire_seul

DEVOIR = "s2_tp1_ltv"
DEPOT = Cours()
# Une réponse rédigée que le moteur ne sait pas noter : elle attend le formateur.
PROSE_A_RELIRE = (
    "Madame, au début vous êtes contente, le tiroir-caisse chante. Ensuite ça se vide comme un seau percé : on remplit, ça coule. "
    "Bouchez d'abord le trou, offrez un petit pot à Noël, et seulement après repartez à la pêche."
)


def notebook_distribue(devoir: str = DEVOIR) -> dict:
    return lire_fichier(DEPOT.notebook_distribue(devoir))[0]


def copie_parfaite(devoir: str = DEVOIR) -> dict:
    """La version distribuée, remplie avec le corrigé."""
    corrige = lire_fichier(DEPOT.notebook_source(devoir))[0]
    return repondre(
        notebook_distribue(devoir),
        {
            nbgrader(c)["grade_id"]: source(c)
            for c in cellules(corrige)
            if nbgrader(c).get("solution")
        },
    )


def copie_a_relire() -> dict:
    """Le corrigé, sauf la question 3, qui attend le formateur."""
    copie = copie_parfaite()
    changer(copie, "s2_tp1_q3", lambda s: s.split("\n")[0] + "\n" + PROSE_A_RELIRE)
    return copie


def copie_avec(textes: dict[str, str], devoir: str = DEVOIR) -> dict:
    """La version distribuée, où ces réponses sont écrites sous la ligne de magie."""
    copie = notebook_distribue(devoir)
    for identifiant, texte in textes.items():
        changer(copie, identifiant, lambda s, texte=texte: s.split("\n")[0] + "\n" + texte)
    return copie


def tableaux_calcules(
    devoir: Devoir, valeurs: dict[Case, float], decimales: int | None = None
) -> dict[str, str]:
    """Les tableaux d'un stagiaire dont toutes les cases valent ``valeurs``, arrondies à tant de décimales."""
    vierges = {
        identifiant: lire_seul(question.vierge.corps)
        for identifiant, question in devoir.questions.items()
        if question.type == "tableau"
    }
    return {
        identifiant: "\n".join(
            " | ".join(
                [
                    ligne,
                    *(
                        ecrire_nombre(valeurs[ligne, colonne], decimales)
                        for colonne in vierge.colonnes
                    ),
                ]
            )
            for ligne in vierge.lignes
        )
        for identifiant, vierge in vierges.items()
    }


def cases_fausses(devoir: Devoir, textes: dict[str, str]) -> set[Case]:
    """Les cases que la correction de ces réponses juge fausses."""
    notes = corriger_des_textes(devoir, textes).notes.values()
    return {case.cle for note in notes for case in note.cases if case.statut is Statut.FAUSSE}


def copies_des_essais(devoir: str = DEVOIR) -> dict[str, dict]:
    """Une copie par rang d'essai : la copie n contient le n-ième essai de chaque question, et ce qui va avec."""
    essais = charger_essais(DEPOT.solutions / devoir / "essais.yml")
    copies = {}
    for rang in range(max(map(len, essais.values()))):
        textes: dict[str, str] = {}
        for question, liste in essais.items():
            if rang < len(liste):
                textes = liste[rang].avec | textes | {question: liste[rang].reponse}
        copies[f"essai{rang:02d}"] = copie_avec(textes, devoir)
    return copies


def deposer(
    cours: Cours,
    stagiaire: str,
    contenu: dict | bytes,
    devoir: str = DEVOIR,
    nom: str | None = None,
) -> Path:
    """Range une copie là où le formateur la dépose."""
    chemin = cours.remises / stagiaire / devoir / (nom or f"{devoir}.ipynb")
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_bytes(
        contenu if isinstance(contenu, bytes) else json.dumps(contenu, ensure_ascii=False).encode()
    )
    return chemin


def notes_du_carnet(db_url: str, devoir: str = DEVOIR) -> dict[str, dict[str, tuple]]:
    """Pour chaque stagiaire et chaque question : (note automatique, relecture demandée)."""
    from nbgrader.api import Gradebook

    with Gradebook(db_url) as carnet:
        return {
            remise.student.id: {
                grade.name.removesuffix("_test"): (grade.auto_score, grade.needs_manual_grade)
                for grade in remise.notebooks[0].grades
            }
            for remise in carnet.find_assignment(devoir).submissions
        }


def nbgrader_cli(dossier: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Lance la commande nbgrader depuis un dossier, comme le ferait un formateur."""
    chemin = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=dossier,
        capture_output=True,
        text=True,
        env=os.environ | {"PATH": chemin} | variables,
    )
