"""« Rendre ma copie » : relire le fichier enregistré, dire ce qui est répondu, donner la marche à suivre."""

import hashlib
import json
import os
import re
from datetime import datetime
from html import escape
from pathlib import Path

from IPython.display import HTML, display

from grc_helpers.reponses import echo
from grc_helpers.reponses.controles import controler, exiger
from grc_helpers.reponses.notebook import Question, ReponsesLues, cellules, lire_reponses, nbgrader, questions, source
from grc_helpers.reponses.tableaux import lire_tableau


def rendre_ma_copie(devoir: str) -> None:
    """Affiche l'état de la copie enregistrée du ``devoir`` et comment la rendre. Ne lève jamais d'erreur."""
    fichier = fichier_du_devoir(devoir)
    if fichier is None:
        display(
            HTML(
                echo.message(
                    f"Je ne trouve pas le fichier enregistré de « {devoir} ». Faites Fichier > Enregistrer, puis relancez cette cellule.",
                    bien=False,
                )
            )
        )
        return
    try:
        contenu = fichier.read_bytes()
        notebook = json.loads(contenu.decode("utf-8-sig"))
    except (OSError, ValueError):
        display(
            HTML(
                echo.message(
                    "Le fichier enregistré est illisible. Faites Fichier > Enregistrer, puis relancez "
                    "cette cellule. Si cela continue, appelez le formateur.",
                    bien=False,
                )
            )
        )
        return
    display(HTML(_bilan(fichier, contenu, notebook)))


def fichier_du_devoir(devoir: str) -> Path | None:
    """Le notebook ouvert (Jupyter donne son chemin au noyau), sinon celui du dossier qui porte le nom du devoir."""
    session = Path(os.environ.get("JPY_SESSION_NAME", ""))
    for candidat in (session, Path.cwd() / session.name, Path.cwd() / f"{devoir}.ipynb"):
        if candidat.suffix == ".ipynb" and candidat.is_file():
            return candidat
    return None


def _bilan(fichier: Path, contenu: bytes, notebook: dict) -> str:
    attendues = _questions_de_la_copie(notebook)
    etats = _etats(lire_reponses(notebook, attendues), _cases_attendues(notebook))
    pretes = sum(etat == "répondue" for etat in etats.values())
    lignes = "".join(
        f'<tr><th scope="row">{escape(_numero(identifiant))}</th><td style="text-align:left">{etat}</td></tr>'
        for identifiant, etat in etats.items()
    )
    heure = datetime.fromtimestamp(fichier.stat().st_mtime).strftime("%d/%m/%Y à %H:%M")
    code = hashlib.sha256(contenu).hexdigest()[:8].upper()
    return (
        echo.message(
            f"{pretes} question{'s' * (pretes > 1)} sur {len(etats)} répondue{'s' * (pretes > 1)} dans le fichier enregistré le {heure}.",
            bien=pretes == len(etats),
        )
        + f'<div class="grc-echo"><table><tbody>{lignes}</tbody></table><p>Pour rendre : faites <strong>Fichier &gt; '
        f"Enregistrer</strong>, puis <strong>Fichier &gt; Télécharger</strong>, et déposez le seul fichier "
        f"<strong>{escape(fichier.name)}</strong> là où le formateur l'a demandé.</p>"
        f"<p>Empreinte du fichier enregistré : <strong>{code}</strong>. Notez-la : elle prouve ce que vous avez "
        "rendu. Elle change si vous modifiez votre copie.</p></div>"
    )


def _questions_de_la_copie(notebook: dict) -> dict[str, Question]:
    """Les questions notées d'après la copie elle-même : le stagiaire n'a pas la version d'origine sous la main."""
    trouvees = questions(notebook)
    notees = {
        str(nbgrader(c).get("grade_id", "")).removesuffix("_test")
        for c in cellules(notebook)
        if nbgrader(c).get("grade") and "verifier" in source(c)
    }
    return {identifiant: Question(identifiant, question.vierge) for identifiant, question in trouvees.items() if identifiant in notees}


def _cases_attendues(notebook: dict) -> dict[str, int]:
    """Le nombre de cases de chaque tableau distribué, tel que la cellule ``verifier`` le dit."""
    trouves = (re.search(r'verifier\("([^"]+)", cases=(\d+)\)', source(cellule)) for cellule in cellules(notebook))
    return {trouve[1]: int(trouve[2]) for trouve in trouves if trouve}


def _etats(lues: ReponsesLues, cases: dict[str, int]) -> dict[str, str]:
    """L'état de chaque question : répondue, à compléter, à reprendre ou vide."""
    valeurs: dict[str, float] = {}
    etats = {}
    for identifiant, reponse in lues.reponses.items():
        controle = exiger(controler(reponse.cellule, valeurs), cases.get(identifiant, 0))
        if reponse.cellule.type == "tableau":
            valeurs |= lire_tableau(reponse.cellule.corps).valeurs()
        etats[identifiant] = (
            "répondue" if controle.recevable else "vide" if controle.vide else "à reprendre" if controle.a_reprendre else "à compléter"
        )
    return etats


def _numero(identifiant: str) -> str:
    return "Question " + identifiant.rsplit("_", 1)[-1].removeprefix("q")
