"""Une séance jouée sans navigateur, dans une vraie session IPython : chaque cellule s'exécute, la copie se rend jusqu'au reçu."""

import json
import re

import ipywidgets
import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets.widgets.widget import _instances as WIDGETS
from traitlets.config import Config

from autograde.copie.recu import Recu, verifier_le_recu
from autograde.copie.remises import lire_copie
from autograde.cours.devoir import charger_devoir
from grc_helpers.reponses.notebook import cellules, nbgrader, source
from tests.classe_fictive import DEPOT, copie_parfaite

WIDGET = "application/vnd.jupyter.widget-view+json"


class Seance:
    """Un TP enregistré dans son dossier, et la session où ses cellules se lancent."""

    def __init__(self, fichier, session):
        self.fichier, self.session = fichier, session

    def lancer(self, cellule: str) -> list[dict]:
        """Ce qu'affiche la cellule ; l'essai échoue, avec son texte, si elle montre une erreur."""
        self.session.display_pub.outputs.clear()
        resultat = self.session.run_cell(cellule)
        affiche = [sortie["data"] for sortie in self.session.display_pub.outputs]
        assert resultat.success, (
            f"{cellule}\n{resultat.error_in_exec or resultat.error_before_exec}"
        )
        assert "Détail pour le formateur" not in str(affiche), f"{cellule}\n{affiche}"
        return affiche

    def cliquer(self, bouton: ipywidgets.Button) -> str:
        """Ce qui s'affiche quand on clique."""
        self.session.display_pub.outputs.clear()
        bouton.click()
        return "".join(
            sortie["data"].get("text/html", "") for sortie in self.session.display_pub.outputs
        )


@pytest.fixture
def ouvrir(tmp_path, monkeypatch):
    """Ouvre un TP dont toutes les réponses viennent d'être enregistrées ; Jupyter donne son chemin au noyau."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    session = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    session.display_pub = CapturingDisplayPublisher()

    def ouvrir_(devoir: str) -> Seance:
        fichier = tmp_path / "course" / devoir / f"{devoir}.ipynb"
        fichier.parent.mkdir(parents=True)
        fichier.write_text(json.dumps(copie_parfaite(devoir)), encoding="utf-8")
        monkeypatch.chdir(fichier.parent)
        monkeypatch.setenv("JPY_SESSION_NAME", str(fichier))
        return Seance(fichier, session)

    yield ouvrir_
    ipywidgets.Widget.close_all()
    InteractiveShell.clear_instance()


def formulaire(affiche: list[dict]) -> dict[str, ipywidgets.Widget]:
    """Les champs et le bouton de « Rendre ma copie », par leur titre."""
    [vue] = [donnees[WIDGET] for donnees in affiche if WIDGET in donnees]
    return {
        enfant.description: enfant
        for enfant in WIDGETS[vue["model_id"]].children
        if hasattr(enfant, "description")
    }


def reponses(notebook: dict) -> dict[str, str]:
    return {
        nbgrader(cellule)["grade_id"]: source(cellule)
        for cellule in cellules(notebook)
        if nbgrader(cellule).get("solution")
    }


@pytest.mark.parametrize("devoir", DEPOT.devoirs_notes())
def test_le_tp_se_joue_et_se_rend_jusqu_au_recu(ouvrir, devoir):
    seance = ouvrir(devoir)
    lues = [
        source(cellule)
        for cellule in cellules(json.loads(seance.fichier.read_text(encoding="utf-8")))
        if cellule["cell_type"] == "code"
    ]
    [rendre] = [cellule for cellule in lues if "rendre_ma_copie" in cellule]
    for cellule in lues[: lues.index(rendre)]:
        seance.lancer(cellule)

    affiche = seance.lancer(rendre)
    questions = charger_devoir(DEPOT, devoir).questions
    assert f"{len(questions)} réponses sur {len(questions)}" in str(affiche)
    champs = formulaire(affiche)
    assert list(champs) == ["Nom et prénom", "Groupe", "Préparer le fichier à rendre"]
    bouton = champs["Préparer le fichier à rendre"]
    assert "Indiquez votre nom et votre groupe" in seance.cliquer(bouton)
    champs["Nom et prénom"].value, champs["Groupe"].value = "Léa Dupont", "G2"
    recu = seance.cliquer(bouton)

    [rendu] = seance.fichier.parent.glob("a_rendre/*")
    assert rendu.name == f"Lea_Dupont-G2-{devoir}.ipynb" and f"Télécharger {rendu.name}" in recu
    code = re.search(r"Code</th><td[^>]*>([^<]+)</td>", recu)[1]
    copie = lire_copie("léa", rendu.parent, devoir)
    assert verifier_le_recu(copie.notebook, devoir) == (Recu.CONFORME, code)
    # Les réponses rendues sont celles du fichier enregistré, au caractère près.
    assert reponses(copie.notebook) == reponses(copie_parfaite(devoir))
