"""Ce que vaut la triche : le tricheur travaille à part, avec la roue et ``course/``, puis sa copie est notée comme une autre.

``python -m tests.surete.tricherie`` affiche sa note à chaque TP, et ce que donnent des lettres tirées au hasard.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from autograde.cours.devoir import charger_devoir
from autograde.notation.copie import corriger_les_reponses
from autograde.notation.correction import Correction
from autograde.production.essais_du_bareme import corriger_des_textes
from grc_helpers.reponses.notebook import lire_reponses
from tests.classe_fictive import DEPOT, copie_avec

TIRAGES = 200
CHIFFRES, PHRASES = ("nombre", "tableau"), ("reponse",)
LETTRES = ("choix", "ordre", "association", "classement")


def construire_la_roue(dossier: Path) -> Path:
    """La roue du stagiaire, dépliée."""
    commande = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dossier)]
    subprocess.run(commande, cwd=DEPOT.racine, check=True, capture_output=True, timeout=120)
    [roue] = dossier.glob("*.whl")
    with zipfile.ZipFile(roue) as archive:
        archive.extractall(dossier)
    return dossier


Copies = dict[str, list[dict[str, str]]]


def copies_du_tricheur(roue: Path, dossier: Path) -> Copies:
    """Les copies qu'il essaie à chaque cahier, à partir de la ``roue`` et de ``course/`` seuls, réunis dans ``dossier``."""
    shutil.copytree(roue / "grc_helpers", dossier / "grc_helpers")
    return tricher(dossier, [f.name for f in DEPOT.distribue.iterdir() if f.is_dir()])


def tricher(dossier: Path, seances: list[str]) -> Copies:
    """Lance le tricheur, à part, dans ce ``dossier`` où sont la roue dépliée et ces ``seances``."""
    for seance in seances:
        shutil.copytree(DEPOT.distribue / seance, dossier / "course" / seance)
    fini = subprocess.run(
        [sys.executable, "-m", "tricheur", str(dossier)],
        cwd=Path(__file__).parent,
        env=os.environ | {"PYTHONPATH": str(dossier), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=600,
    )
    if fini.returncode:
        raise RuntimeError(fini.stderr)
    return json.loads(fini.stdout.strip().split("\n")[-1])


def noter(devoir: str, reponses: dict[str, str]) -> Correction:
    charge = charger_devoir(DEPOT, devoir)
    connues = {nom: corps for nom, corps in reponses.items() if nom in charge.questions}
    copie = copie_avec(connues, devoir)
    return corriger_les_reponses(lire_reponses(copie, charge.questions), charge)


def meilleure(devoir: str, copies: Copies, sortes: tuple[str, ...] = ()) -> Correction:
    """La mieux notée de ses copies."""
    return max(
        (noter(devoir, copie) for copie in copies[devoir]), key=lambda copie: points(copie, sortes)
    )


def points(correction: Correction, sortes: tuple[str, ...] = (), a_verifier: bool = False) -> float:
    """Les points acquis sans qu'un formateur ait rien lu.

    ``sortes`` : les seuls types de question comptés ; ``a_verifier`` : compter aussi ce qui n'est que proposé au formateur.
    """
    return sum(
        correction.points(nom) or 0
        for nom, note in correction.notes.items()
        if (a_verifier or not note.a_verifier)
        and (not sortes or correction.devoir.questions[nom].type in sortes)
    )


@cache
def points_au_hasard(devoir: str) -> float:
    """Ce que rapportent en moyenne des lettres tirées au hasard : l'espérance d'un stagiaire qui ne lit rien."""
    charge, de = charger_devoir(DEPOT, devoir), random.Random(2026)
    total = 0.0
    for _ in range(TIRAGES):
        reponses = {
            nom: _tirer(question, de)
            for nom, question in charge.questions.items()
            if question.type in LETTRES
        }
        total += points(corriger_des_textes(charge, reponses), LETTRES)
    return total / TIRAGES


def _tirer(question, de: random.Random) -> str:
    from grc_helpers.reponses.lettres import lire_propositions

    lettres = list(question.vierge.arguments) or list(lire_propositions(question.enonce)) or ["a"]
    if question.type == "ordre":
        return ", ".join(de.sample(lettres, len(lettres)))
    if question.type == "choix":
        return de.choice(lettres)
    lignes = [
        ligne.split(":")[0].strip() for ligne in question.vierge.corps.split("\n") if ":" in ligne
    ]
    return "\n".join(f"{ligne} : {de.choice(lettres)}" for ligne in lignes)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as dossier:
        roue = construire_la_roue(Path(dossier) / "roue")
        copies = copies_du_tricheur(roue, Path(dossier) / "tricheur")
    print(
        f"{'devoir':20}{'chiffres':>9}{'phrases':>9}{'lettres':>9}{'acquis':>8}{'proposés':>10}{'hasard':>8}"
    )
    for devoir in DEPOT.devoirs_notes():
        rendue = meilleure(devoir, copies)
        colonnes = [points(rendue, sortes) for sortes in (CHIFFRES, PHRASES, LETTRES, ())]
        colonnes += [points(rendue, a_verifier=True), points_au_hasard(devoir)]
        largeurs = (9, 9, 9, 8, 10, 8)
        print(
            f"{devoir:20}"
            + "".join(f"{n:{large}.2f}" for n, large in zip(colonnes, largeurs, strict=True))
        )
        if "--detail" in sys.argv:
            for nom, note in rendue.notes.items():
                print(
                    f"    {nom:12}{rendue.points(nom)} / {rendue.devoir.points[nom]}  {note.a_verifier[:1]}"
                )
