"""Le noyau d'une page : dédoublé quand le système le permet, reparti s'il s'éteint, fermé avec le cahier ; l'accueil n'en a pas."""

import psutil
import pytest

from grc_helpers.dedoublement.noyaux import POSSIBLE
from tests.classe_fictive import DEVOIR
from tests.poste_ouvert import DELAI, attendre_que

pytestmark = pytest.mark.navigateur
CHEMIN = f"{DEVOIR}/{DEVOIR}.ipynb"
REPARTI = "les activités répondent de nouveau"
QUESTION = ".jp-Cell[data-grc-question='s2_tp1_q0']"


def repondre_et_lancer(page, valeur: str) -> None:
    """La réponse s'enregistre et se vérifie ; une activité s'ouvre dans le noyau neuf."""
    champ = page.locator(f"{QUESTION} .grc-formulaire input").first
    champ.fill(valeur)
    page.locator(".grc-bandeau").get_by_text(REPARTI).wait_for(timeout=DELAI)
    champ.click()
    champ.press("Enter")
    page.locator(f"{QUESTION} .grc-recue").get_by_text(f"{valeur} clients").wait_for(timeout=DELAI)
    page.get_by_role("button", name="Commencer : Glossaire").click()
    page.locator(".grc-lancee .jp-OutputArea-output").first.wait_for(timeout=DELAI)
    assert page.locator(".jp-Dialog").count() == 0


def souche(serveur) -> psutil.Process:
    """Le processus dont les noyaux de ce serveur sont des dédoublements."""
    option = f"--ServerApp.root_dir={serveur.dossier.resolve()}"
    [tete] = [p for p in psutil.process_iter(["cmdline"]) if option in (p.info["cmdline"] or [])]
    [trouvee] = [p for p in tete.children() if "grc_helpers.dedoublement.souche" in p.cmdline()]
    return trouvee


def noyaux(page) -> int:
    return page.evaluate(
        """async () => {
          const { kernels } = window.jupyterapp.serviceManager;
          await kernels.refreshRunning();
          return [...kernels.running()].length;
        }"""
    )


def test_un_noyau_eteint_repart_tout_seul(lab, serveur, cours):
    """Comme le fait un hub pour un noyau inactif ; ici la souche meurt aussi, et c'est un noyau ordinaire qui repart."""
    page = lab.ouvrir(CHEMIN)
    if POSSIBLE:
        morte = souche(serveur)
        assert len(morte.children()) == 1
        morte.kill()
    page.evaluate("window.jupyterapp.serviceManager.kernels.shutdownAll()")
    repondre_et_lancer(page, "400")
    if POSSIBLE:
        assert souche(serveur) != morte  # la suivante est prête à servir


def test_seuls_les_deux_derniers_cahiers_gardent_leur_noyau(lab, cours):
    page = lab.ouvrir(CHEMIN)
    for devoir in ("accueil", "s0_prise_en_main", "s2_tp2_rimaldi"):
        page.evaluate(
            """async chemin => {
              const { commands } = window.jupyterapp;
              const panneau = await commands.execute('docmanager:open', { path: chemin });
              await panneau.sessionContext.ready;
              await panneau.sessionContext.session?.kernel.info;
            }""",
            f"{devoir}/{devoir}.ipynb",
        )
    attendre_que(lambda: noyaux(page) == 2)
    ouverts = page.evaluate(
        "[...window.jupyterapp.shell.widgets('main')].flatMap(w => w.context?.path ?? [])"
    )
    assert sorted(chemin.split("/")[0] for chemin in ouverts) == [
        "accueil",
        "s0_prise_en_main",
        "s2_tp2_rimaldi",
    ]
