"""Rien ne se perd, dans un vrai navigateur : bandeau, brouillons, réparations, versions, Terminer, accueil, remise."""

import copy
import json
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

from autograde.copie.recu import Recu, verifier_le_recu
from autograde.copie.remises import lire_copie
from grc_helpers.poste import DOSSIER_POSTE
from grc_helpers.poste.sauvegardes import Sauvegardes
from grc_helpers.reponses.notebook import cellules, nbgrader, source, suite_de
from grc_helpers.reponses.recu import Remise, inscrire_la_remise
from grc_helpers.seances.seances import lire_le_notebook, seances
from tests.classe_fictive import DEPOT, DEVOIR, copie_avec, copie_parfaite
from tests.poste.test_poste_tp import entrer_dans
from tests.poste_ouvert import rien_ne_sort
from tests.types_javascript import proprietes

pytestmark = pytest.mark.navigateur
CHEMIN = f"{DEVOIR}/{DEVOIR}.ipynb"
LECON = "s1_evolution_grc/s1_evolution_grc.ipynb"
PRISE_EN_MAIN = "s0_prise_en_main/s0_prise_en_main.ipynb"
MESSAGES = DOSSIER_POSTE / "extension/grc-poste/static/serveur.js"
ENREGISTRE = re.compile(r"Enregistré à \d\d:\d\d")
JUPYTERLAB, NOTEBOOK_7 = "lab/tree", "notebooks"
DEUX_VUES = pytest.mark.parametrize(
    "vue", [JUPYTERLAB, NOTEBOOK_7], ids=["jupyterlab", "notebook7"]
)
BROUILLONS = "Object.keys(localStorage).filter(cle => cle.startsWith('grc-poste:')).length"


@pytest.fixture
def poste(lab, cours, dossier_captures):
    """Le cours remis à neuf, dans la page de JupyterLab que partagent les essais."""
    return Poste(lab, cours, dossier_captures)


@pytest.fixture
def poste_charge(page, serveur, cours, dossier_captures):
    """Le même, que l'essai charge et referme lui-même dans des pages neuves ; elles non plus ne demandent rien à l'extérieur."""
    with rien_ne_sort(page.context, serveur):
        yield PosteCharge(page, serveur, cours, dossier_captures)


@pytest.fixture
def poste_de(request):
    """Le poste de la vue demandée ; une page de Notebook 7 ne montre qu'un cahier, elle se charge chaque fois."""

    def choisir(vue: str) -> Poste:
        if vue == JUPYTERLAB:
            return request.getfixturevalue("poste")
        poste = request.getfixturevalue("poste_charge")
        poste.vue = vue
        return poste

    return choisir


class Poste:
    def __init__(self, lab, cours, captures):
        self.lab, self.page, self.cours, self.captures = lab, lab.page, cours, captures
        self.adresse = lab.serveur.adresse.rstrip("/")

    def lire(self, sujet: str):
        """Ce que le serveur répond à la page."""
        return self.page.context.request.get(f"{self.adresse}/grc/{sujet}").json()

    def ouvrir(self, chemin: str = CHEMIN):
        self.lab.ouvrir(chemin)
        self.page.locator(".grc-bandeau:visible, .grc-carte:visible").first.wait_for(timeout=90_000)
        return self.page

    def ecrire(self, identifiant: str, texte: str) -> None:
        entrer_dans(self.page, f" {identifiant}")
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(texte)

    def empecher_d_enregistrer(self) -> None:
        self.page.route(
            "**/api/contents/**",
            lambda route: route.abort() if route.request.method == "PUT" else route.fallback(),
        )

    def enregistrer(self) -> None:
        """Sans attendre que la page le fasse seule ; une touche perdue, elle le fera."""
        self.page.keyboard.press("Control+s")

    def fichier(self, chemin: str = CHEMIN) -> dict:
        for _ in range(20):
            if lu := lire_le_notebook(self.cours / chemin):
                return lu
            self.page.wait_for_timeout(100)  # Jupyter vide le fichier avant de le réécrire
        pytest.fail(f"{chemin} est resté illisible")

    def poser(self, notebook: dict, chemin: str = CHEMIN) -> None:
        (self.cours / chemin).write_text(json.dumps(notebook), encoding="utf-8")

    def reponse(self, identifiant: str, chemin: str = CHEMIN) -> str:
        return "\n".join(
            source(c)
            for c in cellules(self.fichier(chemin))
            if nbgrader(c).get("grade_id") == identifiant
        )

    def attendre(self, condition, secondes: float = 20) -> None:
        for _ in range(int(secondes * 5)):
            if condition():
                return
            self.page.wait_for_timeout(200)
        pytest.fail("la condition attendue n'est jamais arrivée")

    def bandeau(self, texte: str | re.Pattern):
        self.page.locator(".grc-bandeau").get_by_text(texte).first.wait_for(timeout=20_000)

    def capturer(self, nom: str) -> None:
        self.page.screenshot(path=self.captures / f"surete_{nom}.png")


class PosteCharge(Poste):
    vue = JUPYTERLAB

    def __init__(self, page, serveur, cours, captures):
        self.page, self.serveur, self.cours, self.captures = page, serveur, cours, captures
        self.adresse = serveur.adresse.rstrip("/")

    def ouvrir(self, chemin: str = CHEMIN):
        self.page.goto(
            f"{self.adresse}/{self.vue}/{chemin}?reset&token={self.serveur.jeton}", timeout=90_000
        )
        self.page.locator(".grc-bandeau:visible, .grc-carte:visible").first.wait_for(timeout=90_000)
        if not chemin.startswith("accueil/"):  # une page qui se lit : pas de noyau à attendre
            self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for(
                state="attached", timeout=90_000
            )
        self.page.wait_for_load_state("networkidle")
        return self.page

    def fermer_d_un_coup(self) -> None:
        """La page disparaît ; une autre s'ouvre dans le même navigateur."""
        contexte = self.page.context
        self.page.close(run_before_unload=False)
        self.page = contexte.new_page()


def test_la_page_decrit_les_messages_tels_que_le_serveur_les_envoie(poste):
    seances = {seance["chemin"]: seance for seance in poste.lire("seances")}
    for tp_ou_lecon in (seances[CHEMIN], seances[LECON]):
        assert set(tp_ou_lecon) == proprietes(MESSAGES, "Seance")
    assert set(seances[CHEMIN]["avancement"]) == proprietes(MESSAGES, "Avancement")
    assert set(seances[LECON]["parcours"]) == proprietes(MESSAGES, "Parcours")
    assert set(seances[LECON]["entrainement"]) == proprietes(MESSAGES, "Entrainement")
    assert set(poste.lire(f"cahier/{CHEMIN}")) == proprietes(MESSAGES, "EtatDuCahier")


@DEUX_VUES
def test_le_bandeau_dit_ou_l_on_en_est_et_enregistre_tout_seul(poste_de, vue):
    poste = poste_de(vue)
    page = poste.ouvrir()
    poste.bandeau("0 réponse sur 8 · encore 2 h 30 environ")
    poste.ecrire("s2_tp1_q0", "400 clients")
    poste.bandeau("Enregistrement…")
    poste.attendre(lambda: "400 clients" in poste.reponse("s2_tp1_q0"))
    poste.bandeau(ENREGISTRE)
    poste.bandeau("1 réponse sur 8 · encore 2 h 20 environ")
    page.get_by_role("button", name="Aller à la question 1").click()
    poste.attendre(lambda: page.get_by_role("heading", name="Question 1").is_visible())
    poste.capturer(f"bandeau_{vue[:3]}")
    assert page.evaluate(BROUILLONS) == 0, "un texte enregistré ne traîne pas dans le navigateur"


def test_a_1280_pixels_aucun_bouton_du_bandeau_ne_passe_a_la_ligne(poste):
    """Avec « à compléter », le bandeau a le plus à dire : c'est son texte qui se replie."""
    illisibles = {
        question: "Coût | 1" for question in ("s2_tp1_q1", *(f"s2_tp1_q2{x}" for x in "abcd"))
    }
    poste.poser(copie_avec({"s2_tp1_q0": "400"} | illisibles))
    page = poste.ouvrir()
    poste.bandeau("à compléter")
    poste.capturer("bandeau_1280")
    assert page.viewport_size["width"] == 1280
    milieux = page.locator(".grc-ligne .grc-bouton:visible").evaluate_all(
        "tous => tous.map(e => { const place = e.getBoundingClientRect(); return Math.round(place.top + place.height / 2); })"
    )
    assert len(milieux) == 4 and len(set(milieux)) == 1, (
        "Accueil, Aller à la question, Versions et Terminer sur une ligne"
    )


@DEUX_VUES
def test_une_page_fermee_d_un_coup_rend_le_texte_a_la_reouverture(poste_charge, vue):
    poste = poste_charge
    poste.vue = vue
    poste.ouvrir()
    poste.empecher_d_enregistrer()
    poste.ecrire("s2_tp1_q3", "Les clients partent, il faut les retenir.")
    poste.attendre(lambda: poste.page.evaluate(BROUILLONS) == 1)
    poste.fermer_d_un_coup()
    assert "retenir" not in poste.reponse("s2_tp1_q3")
    poste.ouvrir()
    poste.bandeau("Texte retrouvé : une réponse")
    poste.capturer(f"brouillon_{vue[:3]}")
    poste.attendre(lambda: "il faut les retenir" in poste.reponse("s2_tp1_q3"))
    poste.attendre(lambda: poste.page.evaluate(BROUILLONS) == 0)


def test_un_brouillon_plus_ancien_que_le_fichier_est_propose_sans_rien_ecraser(poste):
    poste.ouvrir()
    poste.empecher_d_enregistrer()
    poste.ecrire("s2_tp1_q0", "tapé ici")
    poste.attendre(lambda: poste.page.evaluate(BROUILLONS) == 1)
    poste.poser(copie_parfaite())
    page = poste.ouvrir()  # le même, fermé sans avoir pu s'enregistrer, puis rouvert
    page.unroute_all()
    poste.bandeau("Le fichier a changé depuis")
    page.wait_for_timeout(
        5000
    )  # plus que la pause avant un enregistrement : rien ne doit être écrit
    assert poste.reponse("s2_tp1_q0").endswith("\n400")
    page.get_by_role("button", name="Remettre ce texte").click()
    poste.attendre(lambda: "tapé ici" in poste.reponse("s2_tp1_q0"))


def test_serveur_ou_disque_en_panne_le_stagiaire_est_prevenu_et_le_texte_garde(poste):
    page = poste.ouvrir()
    refus = {
        "status": 507,
        "content_type": "application/json",
        "body": '{"message": "Le disque est plein."}',
    }
    page.route(
        "**/api/contents/**",
        lambda route: route.fulfill(**refus) if route.request.method == "PUT" else route.fallback(),
    )
    poste.ecrire("s2_tp1_q0", "400")
    page.locator(".grc-alerte", has_text="L'enregistrement a échoué").wait_for(timeout=20_000)
    poste.bandeau("Pas enregistré")
    assert page.locator(".jp-Dialog").count() == 0, "le bandeau suffit à le dire"
    poste.capturer("panne")
    assert page.evaluate(BROUILLONS) == 1
    page.unroute("**/api/contents/**")
    page.keyboard.press("Control+s")
    poste.bandeau(ENREGISTRE)
    assert not page.locator(".grc-alerte").is_visible()
    assert "400" in poste.reponse("s2_tp1_q0")


def test_ce_qui_est_tape_pendant_un_enregistrement_lent_n_est_pas_oublie(poste):
    page = poste.ouvrir()
    lents = []

    def ralentir(route):
        if route.request.method == "PUT" and not lents:
            lents.append(route)
        else:
            route.fallback()

    page.route("**/api/contents/**", ralentir)
    poste.ecrire("s2_tp1_q3", "Début")
    poste.attendre(lambda: lents)
    page.keyboard.insert_text(" et fin")
    page.wait_for_timeout(600)
    lents[0].continue_()
    poste.attendre(lambda: "Début et fin" in poste.reponse("s2_tp1_q3"))


def test_une_cellule_effacee_revient_dans_le_fichier_et_dans_la_page(poste):
    abimee = copie_parfaite()
    page = poste.ouvrir()
    poste.ecrire("s2_tp1_q0", "400")
    poste.enregistrer()
    poste.attendre(lambda: "400" in poste.reponse("s2_tp1_q0"))
    # Comme un autre logiciel le ferait : JupyterLab, lui, refuse d'effacer ces cellules.
    page.evaluate("""() => {
        const panneau = window.jupyterapp ? window.jupyterapp.shell.currentWidget : null;
        const modele = panneau.content.model;
        modele.sharedModel.deleteCell([...modele.cells].findIndex(c => c.id === 's2_tp1_q0'));
    }""")
    poste.enregistrer()
    poste.bandeau("Question 0 : la cellule de réponse avait été effacée")
    poste.capturer("reparation")
    rangs = [nbgrader(c).get("grade_id") for c in cellules(poste.fichier())]
    assert rangs == [nbgrader(c).get("grade_id") for c in cellules(abimee)]
    assert poste.reponse("s2_tp1_q0").endswith("400")
    revenue = page.locator(
        ".jp-Cell.grc-reponse", has=page.locator(".cm-line", has_text="%%nombre s2_tp1_q0")
    )
    revenue.wait_for()
    assert revenue.count() == 1, "elle est revenue dans la page, présentée comme les autres"


def test_une_cellule_copiee_collee_n_est_pas_comptee_deux_fois(poste):
    page = poste.ouvrir()
    poste.ecrire("s2_tp1_q0", "400")
    page.evaluate("""() => {
        const { commands } = window.jupyterapp;
        return commands.execute('notebook:copy-cell').then(() => commands.execute('notebook:paste-cell-below'));
    }""")
    poste.enregistrer()
    poste.bandeau("Question 0 : une cellule a été copiée")
    identifiants = [nbgrader(c)["grade_id"] for c in cellules(poste.fichier()) if nbgrader(c)]
    assert len(identifiants) == len(set(identifiants))
    poste.bandeau("1 réponse sur 8")


def test_une_cellule_coupee_garde_le_nom_de_sa_question(poste):
    """« Diviser la cellule », puis l'enregistrement : les deux parties restent à la question, d'un enregistrement à l'autre."""
    page = poste.ouvrir()
    poste.ecrire("s2_tp1_q3", "Le client part.\nIl coûte cher.")
    page.evaluate("""() => {
        const cellule = window.jupyterapp.shell.currentWidget.content.activeCell;
        cellule.editor.setCursorPosition({ line: 2, column: 0 });
        return window.jupyterapp.commands.execute('notebook:split-cell-at-cursor');
    }""")
    poste.enregistrer()
    poste.bandeau("Question 3 : votre cellule de réponse a été coupée en deux")

    def parties() -> list[str]:
        ses_cellules = (
            c
            for c in cellules(poste.fichier())
            if nbgrader(c).get("grade_id") == "s2_tp1_q3" or suite_de(c) == "s2_tp1_q3"
        )
        return [source(c) for c in ses_cellules]

    attendues = ["%%reponse s2_tp1_q3\nLe client part.", "Il coûte cher."]
    poste.attendre(lambda: parties() == attendues)
    poste.ecrire("s2_tp1_q0", "400")
    poste.enregistrer()
    poste.attendre(lambda: "400" in poste.reponse("s2_tp1_q0"))
    assert parties() == attendues


def test_le_noyau_redemarre_sans_rien_effacer(poste):
    page = poste.ouvrir()
    poste.ecrire("s2_tp1_q3", "Les clients partent.")
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    poste.attendre(lambda: "Les clients partent." in poste.reponse("s2_tp1_q3"))
    assert page.locator(".cm-line", has_text="Les clients partent.").count() == 1


def test_une_version_se_remet_depuis_la_page(poste):
    page = poste.ouvrir()
    poste.ecrire("s2_tp1_q0", "400")
    poste.attendre(lambda: "400" in poste.reponse("s2_tp1_q0"))
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("oups")
    poste.attendre(lambda: "oups" in poste.reponse("s2_tp1_q0"))
    page.get_by_role("button", name="Versions").click()
    lignes = page.locator(".grc-versions li")
    lignes.nth(1).wait_for()
    assert set(poste.lire(f"versions/{CHEMIN}")[0]) == proprietes(MESSAGES, "Version")
    poste.capturer("versions")
    assert "1 réponse sur 8" in lignes.nth(1).inner_text()
    lignes.nth(1).get_by_role("button", name="Remettre").click()
    poste.bandeau("est remise")
    champ = page.locator(".jp-Cell[data-grc-question='s2_tp1_q0'] .grc-formulaire input")
    page.wait_for_function("champ => champ.value === '400'", arg=champ.element_handle())
    assert poste.reponse("s2_tp1_q0").endswith("400")
    assert any(
        "oups" in json.dumps(json.loads(v.fichier.read_text("utf-8")))
        for v in Sauvegardes(poste.cours).versions(CHEMIN)
    )


def test_terminer_garde_le_travail_et_ferme_tout(poste_charge):
    poste = poste_charge
    page = poste.ouvrir()
    poste.ecrire("s2_tp1_q0", "400")
    page.get_by_role("button", name="Terminer").click()
    page.get_by_text("Votre travail est enregistré sur ce PC").wait_for()
    poste.capturer("terminer")
    with page.expect_download() as telechargement:
        page.get_by_role("link", name=f"Télécharger {DEVOIR}.ipynb").click()
    assert "400" in json.dumps(json.loads(telechargement.value.path().read_text("utf-8")))
    page.get_by_role("button", name="Fermer la séance").click()
    page.get_by_role("heading", name="Séance terminée").wait_for()
    poste.attendre(lambda: page.request.get(f"{poste.adresse}/api/kernels").json() == [])
    assert "400" in poste.reponse("s2_tp1_q0")
    assert page.evaluate(BROUILLONS) == 0


def test_terminer_sur_un_pc_partage_ne_laisse_rien(poste_charge):
    """Ni texte, ni copie, ni thème choisi ; et une version de l'accueil (G11) n'y fait pas demander le formateur."""
    poste = poste_charge
    preferences = poste.cours.parent / "config" / "grc" / "preferences" / "theme"
    preferences.parent.mkdir(parents=True, exist_ok=True)
    preferences.write_text("sombre", encoding="utf-8")
    Sauvegardes(poste.cours).garder("accueil/accueil.ipynb", {"cells": [{"source": "d'avant"}]})
    page = poste.ouvrir()
    poste.ecrire("s2_tp1_q3", "Ceci est à moi seul.")
    page.keyboard.press("Control+s")  # crée aussi un point de contrôle de JupyterLab
    poste.attendre(
        lambda: any(
            "à moi seul" in f.read_text("utf-8") for f in poste.cours.rglob("*-checkpoint.ipynb")
        )
    )
    page.get_by_role("button", name="Terminer").click()
    effacer = page.get_by_role("button", name="Tout effacer de ce PC et fermer")
    effacer.wait_for()
    assert effacer.is_disabled(), "rien ne s'efface avant d'avoir confirmé"
    page.get_by_label("J’ai vérifié").check()
    effacer.click()
    page.get_by_role("heading", name="Séance terminée").wait_for()
    page.get_by_text("Il ne reste rien de votre travail").wait_for()
    poste.capturer("au_revoir")
    assert not preferences.exists()
    assert [
        f
        for f in poste.cours.rglob("*")
        if f.is_file() and "à moi seul" in f.read_text("utf-8", errors="ignore")
    ] == []
    assert page.evaluate(BROUILLONS) == 0
    assert page.request.get(f"{poste.adresse}/api/kernels").json() == []


@DEUX_VUES
def test_l_accueil_montre_l_etat_de_chaque_seance_et_reprend_ou_l_on_s_est_arrete(poste_de, vue):
    poste = poste_de(vue)
    entame = copy.deepcopy(copie_parfaite())
    for cellule in cellules(entame):
        if nbgrader(cellule).get("grade_id") in ("s2_tp1_q2e", "s2_tp1_q3"):
            cellule["source"] = source(cellule).split("\n")[0]
    poste.poser(entame)
    page = poste.ouvrir("accueil/accueil.ipynb")
    poste.capturer(f"accueil_{vue[:3]}")
    assert (
        page.locator(".grc-carte", has_text="TP 1 · Combien rapporte")
        .locator(".grc-etat-seance")
        .inner_text()
        == "En cours"
    )
    assert (
        "6 réponses sur 8"
        in page.locator(".grc-carte", has_text="TP 1 · Combien rapporte").inner_text()
    )
    assert "À commencer" in page.locator(".grc-carte", has_text="Prise en main").inner_text()
    reprendre = page.get_by_role(
        "link", name="Reprendre à la question 2e : TP 1 · Combien rapporte un client gagné ?"
    )
    assert reprendre.evaluate(
        "e => [getComputedStyle(e).padding, getComputedStyle(e).fontWeight]"
    ) == ["10px 18px", "600"], "la suite se voit d'abord"
    reprendre.click()
    question = page.get_by_role("heading", name="Question 2e")
    question.wait_for(timeout=60_000)
    poste.attendre(
        lambda: question.evaluate(
            "e => { const r = e.getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight; }"
        )
    )
    if vue == JUPYTERLAB:
        poste.ecrire("s2_tp1_q2e", "\n140 676,44")
        poste.bandeau("7 réponses sur 8")
        page.get_by_role("link", name="Accueil").click()
        page.locator(".grc-carte").get_by_text("7 réponses sur 8").wait_for()


def test_une_lecon_compte_ses_exercices_reussis_et_s_en_souvient(poste):
    """G16 : lancer n'est pas réussir ; le résultat est dans le fichier, et « Terminer » ne l'efface pas sans prévenir."""
    lecon = "Leçon · Reconnaître un client à toutes les portes"
    page = poste.ouvrir(LECON)
    poste.bandeau(re.compile(r"0 exercice réussi sur \d+ · encore 4 h environ"))
    page.get_by_role("button", name="Terminer").click()
    boite = page.locator("dialog.grc-dialogue")
    boite.get_by_text("Il n’y a rien à emporter").wait_for()
    boite.get_by_role("button", name="Retour à la séance").click()
    # Ce que montre un exercice quand on l'a vérifié ; le reste (juger, deux essais) est éprouvé sans navigateur.
    page.evaluate("""() => {
        const { widgets } = window.jupyterapp.shell.currentWidget.content;
        const exercice = widgets.find(({ model }) => model.id === 'exercice_epoque');
        exercice.node.insertAdjacentHTML('beforeend', '<div><p data-grc-issue="second">C’est juste.</p></div>');
    }""")
    page.locator(".grc-marque", has_text="✔ Réussi").wait_for()
    poste.bandeau(re.compile(r"1 exercice réussi sur \d+ · encore 3 h 55 environ"))
    assert poste.fichier(LECON)["metadata"]["grc_exercices"] == {"epoque": "second"}
    page.get_by_role("button", name="Aller à l’étape 1").wait_for()
    poste.capturer("lecon_bandeau")
    page.get_by_role("button", name="Terminer").click()
    boite.wait_for()
    poste.capturer("lecon_terminer")
    assert "s1_evolution_grc.ipynb" in boite.inner_text(), (
        "une leçon commencée peut porter un tableau personnel"
    )
    assert boite.get_by_role("button", name="Tout effacer").is_disabled()
    page.get_by_role("button", name="Retour à la séance").click()
    page.get_by_role("link", name="Accueil").click()
    carte = page.locator(".grc-carte", has_text=lecon)
    carte.get_by_text("En cours, étape 1").wait_for()
    page.get_by_role("link", name=f"Reprendre à l’étape 1 : {lecon}").wait_for()
    assert "1 exercice réussi sur" in carte.inner_text()
    page.get_by_text(
        re.compile("Dans tout le cours : 0 réponse sur .*, 1 exercice réussi sur")
    ).wait_for()
    poste.capturer("lecon_accueil")
    poste.ouvrir(LECON)
    page.locator(".grc-marque", has_text="✔ Réussi").wait_for()


FEUILLE = "document.querySelector('iframe.grc-feuille').contentDocument.body.innerText"


def test_les_sorties_du_cours_sont_fermees(poste):
    """G8, G9, G12, G22, cas 23, B5 : une seule page ouverte pour tous ces gestes."""
    poste.poser(copie_avec({"s2_tp1_q0": "400"}))
    page = poste.ouvrir()
    marquees = page.locator(".grc-marque")
    marquees.first.wait_for()
    assert marquees.all_inner_texts() == ["☑ Répondue"]
    poste.attendre(lambda: page.title().endswith("· Gestion de la relation client"))
    assert page.title().startswith("TP 1 · Combien rapporte un client gagné")
    # Une cellule ajoutée par mégarde s'en va ; le bas de page, qui en ajoute, n'est pas là.
    nombre = len(poste.fichier()["cells"])
    page.evaluate("void window.jupyterapp.commands.execute('notebook:insert-cell-below')")
    presentes = "[...window.jupyterapp.shell.currentWidget.content.model.cells].length"
    poste.attendre(lambda: page.evaluate(presentes) == nombre)
    assert not page.locator(".jp-Notebook-footer:visible").count()
    # Un double-clic sur un énoncé n'en montre pas la source.
    enonce = page.locator(".jp-MarkdownOutput h3", has_text="Question 0")
    enonce.dblclick()
    assert enonce.is_visible()
    # Les menus : une douzaine d'entrées, et rien qui renomme, rétablisse ou déconnecte.
    entrees = []
    for menu in page.locator("#jp-MainMenu .lm-MenuBar-item:visible").all():
        menu.click()
        page.locator(".lm-Menu").first.wait_for()
        entrees += page.locator(".lm-Menu-item:visible .lm-Menu-itemLabel").all_inner_texts()
        page.keyboard.press("Escape")
    entrees = [entree for entree in entrees if entree]
    assert "Imprimer…" in entrees and len(entrees) <= 12, entrees
    assert not page.locator(".jp-FileBrowser").count()
    # Imprimer : l'énoncé et les réponses, ni code ni bouton.
    page.evaluate("window.jupyterapp.commands.execute('apputils:print')")
    poste.attendre(lambda: page.locator("iframe.grc-feuille").count() == 1)
    feuille = page.evaluate(FEUILLE)
    assert "Nom :" in feuille and "400" in feuille and "Citez aussi deux chiffres" in feuille
    assert not re.search("%%|import |verifier\\(|exercice\\(", feuille)
    # Précédent : l'adresse et la page restent d'accord.
    page.get_by_role("link", name="Accueil").click()
    page.locator(".grc-carte:visible").first.wait_for()
    page.go_back()
    page.locator(".grc-bandeau:visible").wait_for()


def test_reprendre_avec_mon_fichier(poste):
    """B5 : un mauvais fichier est refusé par une phrase ; le bon est reconnu, mis à sa place et ouvert."""
    poste.poser(copie_avec({"s2_tp1_q0": "12"}))
    page = poste.ouvrir("accueil/accueil.ipynb")
    choisir = page.locator(".grc-reprise input[type=file]").set_input_files
    choisir({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"bonjour"})
    page.get_by_text(
        "«\u00a0notes.txt\u00a0» : Ce fichier n'est pas un cahier du cours."
    ).wait_for()
    poste.capturer("reprise_refus")
    contenu = json.dumps(copie_avec({"s2_tp1_q0": "400"})).encode()
    choisir({"name": "TP Hugo (2).ipynb", "mimeType": "", "buffer": contenu})
    poste.bandeau("1 réponse sur 8")
    assert poste.reponse("s2_tp1_q0").endswith("\n400")
    gardees = [
        json.dumps(lire_le_notebook(v.fichier)) for v in Sauvegardes(poste.cours).versions(CHEMIN)
    ]
    assert any("\\n12" in gardee for gardee in gardees), "ce qui était là est dans les versions"
    page.get_by_role("link", name="Accueil").click()
    page.get_by_role("button", name="Imprimer mon relevé : Séquence 2").click()
    page.locator("dialog").get_by_label("Nom et prénom").fill("Hugo Martin")
    page.keyboard.press("Enter")
    poste.attendre(lambda: page.locator("iframe.grc-feuille").count() == 1)
    releve = page.evaluate(FEUILLE)
    assert "Relevé de suivi" in releve and "Hugo Martin a terminé 0 séance sur" in releve
    assert "1 réponse sur 8" in releve


def test_l_accueil_suit_l_ordre_du_cours_lecon_comprise(poste):
    page = poste.ouvrir("accueil/accueil.ipynb")
    assert page.locator(".grc-carte", has_text="Leçon ·").locator(
        ".grc-etat-seance"
    ).all_inner_texts() == ["À commencer"] * sum(
        s.titre.startswith("Leçon ·") for s in seances(DEPOT.distribue)
    )
    page.get_by_role("link", name="Commencer : Prise en main").wait_for()
    rendue, _ = inscrire_la_remise(
        copie_parfaite("s0_prise_en_main"),
        Remise("s0_prise_en_main", "Léa", "G2", "2026-11-24T10:00:00"),
    )
    (poste.cours / "s0_prise_en_main" / "a_rendre").mkdir(exist_ok=True)
    poste.poser(copie_parfaite("s0_prise_en_main"), PRISE_EN_MAIN)
    poste.poser(rendue, "s0_prise_en_main/a_rendre/Lea-G2.ipynb")
    poste.ouvrir("accueil/accueil.ipynb")
    page.get_by_role(
        "link", name="Commencer : Leçon · Reconnaître un client à toutes les portes"
    ).wait_for()


@pytest.mark.parametrize(("theme", "zoom"), [("Light", 1), ("Light", 2), ("Dark", 1)])
def test_l_accueil_et_le_bandeau_restent_lisibles(poste, theme, zoom):
    poste.poser(copie_parfaite("s0_prise_en_main"), PRISE_EN_MAIN)
    poste.page.set_viewport_size({"width": 1366 // zoom, "height": 768 // zoom})
    with poste.lab.au_theme(theme):
        for nom, chemin, sujet in (
            ("accueil", "accueil/accueil.ipynb", ".grc-accueil"),
            ("bandeau", CHEMIN, ".grc-bandeau"),
        ):
            page = poste.ouvrir(chemin)
            poste.capturer(f"{nom}_{theme}_{zoom}")
            assert page.locator(sujet).evaluate("e => e.scrollWidth <= e.clientWidth"), (
                "rien ne dépasse"
            )
            assert fautes_graves(page, sujet) == []
        if zoom == 1:
            page.get_by_role("button", name="Terminer").click()
            page.locator("dialog.grc-dialogue").wait_for()
            assert fautes_graves(page, "dialog") == []
            poste.capturer(f"terminer_{theme}")


def fautes_graves(page, sujet: str) -> list[tuple[str, str]]:
    """Ce qu'axe reproche à cette partie de la page, et qu'il juge sérieux ou critique."""
    violations = Axe().run(page, context=sujet).response["violations"]
    return [
        (faute["id"], faute["nodes"][0]["html"])
        for faute in violations
        if faute["impact"] in ("serious", "critical")
    ]


def test_la_remise_donne_un_seul_fichier_et_un_recu_que_la_correction_verifie(poste):
    poste.poser(copie_parfaite())
    page = poste.ouvrir()
    remise = page.locator(".grc-remise")
    remise.get_by_text("Toutes les questions ont une réponse.").wait_for()
    remise.get_by_role("button", name="Préparer le fichier à rendre").click()
    remise.get_by_text("Indiquez votre nom et votre groupe, puis cliquez de nouveau.").wait_for()
    rendre(page)
    lien = remise.get_by_role("link", name=f"Télécharger Lea_Dupont-G2-{DEVOIR}.ipynb")
    lien.wait_for()
    lien.scroll_into_view_if_needed()
    poste.capturer("recu")
    assert fautes_graves(page, ".grc-remise") == []
    poste.bandeau("fichier préparé le")
    code = remise.locator("tr", has_text="Code").locator("td").inner_text()
    with page.expect_download() as telechargement:
        lien.click()
    depot = poste.captures.parent / "submitted" / "lea" / DEVOIR
    depot.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(telechargement.value.path(), depot / "renomme par Moodle_123.ipynb")
    copie = lire_copie("lea", depot, DEVOIR)
    assert verifier_le_recu(copie.notebook, DEVOIR) == (Recu.CONFORME, code)


def rendre(page) -> None:
    remise = page.locator(".grc-remise")
    remise.get_by_label("Nom et prénom").fill("Léa Dupont")
    remise.get_by_label("Groupe").fill("G2")
    remise.get_by_role("button", name="Préparer le fichier à rendre").click()


def fichier_rendu(poste) -> dict:
    return poste.fichier(f"{DEVOIR}/a_rendre/Lea_Dupont-G2-{DEVOIR}.ipynb")


@DEUX_VUES
def test_rendre_aussitot_apres_avoir_ecrit_rend_ce_qui_est_a_l_ecran(poste_de, vue):
    """B1 : la réponse changée à l'instant est dans le fichier rendu, sans attendre l'enregistrement automatique."""
    poste = poste_de(vue)
    poste.poser(copie_avec({"s2_tp1_q0": "54"}))
    page = poste.ouvrir()
    champ = page.locator(".jp-Cell[data-grc-question='s2_tp1_q0'] .grc-formulaire input")
    champ.fill("400")
    rendre(page)
    page.locator(".grc-remise").get_by_text("Votre fichier à rendre est prêt.").wait_for()
    rendues = {nbgrader(c).get("grade_id"): source(c) for c in cellules(fichier_rendu(poste))}
    assert rendues["s2_tp1_q0"].endswith("\n400")
    assert poste.reponse("s2_tp1_q0").endswith("\n400")


def test_sans_pouvoir_enregistrer_rien_n_est_prepare(poste):
    poste.poser(copie_avec({"s2_tp1_q0": "54"}))
    page = poste.ouvrir()
    poste.empecher_d_enregistrer()
    page.locator(".jp-Cell[data-grc-question='s2_tp1_q0'] .grc-formulaire input").fill("400")
    rendre(page)
    page.locator(".grc-remise").get_by_text("rien n’a été préparé").wait_for()
    assert not list(poste.cours.glob(f"{DEVOIR}/a_rendre/*"))


def test_un_fichier_rendu_depasse_se_dit_partout(poste):
    """G15 : bandeau, remise, Terminer et accueil comparent le code du reçu au travail."""
    poste.poser(copie_parfaite())
    page = poste.ouvrir()
    rendre(page)
    poste.bandeau("fichier préparé le")
    page.locator(".jp-Cell[data-grc-question='s2_tp1_q0'] .grc-formulaire input").fill("401")
    page.locator(".grc-bandeau").get_by_role("button", name="Rendre de nouveau").click()
    page.locator(".grc-remise").get_by_text("vos réponses ont changé depuis").wait_for()
    poste.capturer("rendu_depasse")
    page.get_by_role("button", name="Terminer").click()
    page.locator("dialog.grc-dialogue").get_by_text("vos réponses ont changé depuis").wait_for()
    page.keyboard.press("Escape")
    poste.ouvrir("accueil/accueil.ipynb")
    carte = page.locator(".grc-carte", has_text="TP 1 · Combien rapporte")
    carte.get_by_text("À rendre de nouveau").wait_for()
    rendu = poste.lire("seances")
    [tp] = [seance for seance in rendu if seance["chemin"] == CHEMIN]
    assert tp["rendu"]["a_jour"] is False and set(tp["rendu"]) == proprietes(MESSAGES, "Rendu")


@pytest.fixture
def deux_fenetres(page, navigateur, serveur, cours, dossier_captures):
    """Le même cahier ouvert deux fois : deux onglets, ou deux machines du même serveur."""
    contexte = navigateur.new_context(viewport={"width": 1280, "height": 720})
    with rien_ne_sort(page.context, serveur), rien_ne_sort(contexte, serveur):
        yield [
            PosteCharge(p, serveur, cours, dossier_captures) for p in (page, contexte.new_page())
        ]
    contexte.close()


def champ_de(poste, identifiant: str):
    return poste.page.locator(
        f".jp-Cell[data-grc-question='{identifiant}'] .grc-formulaire :is(input, textarea)"
    ).first


@pytest.mark.parametrize(
    "vues", [(JUPYTERLAB, JUPYTERLAB), (JUPYTERLAB, NOTEBOOK_7)], ids=["lab", "mixte"]
)
def test_deux_fenetres_reunissent_leurs_reponses(deux_fenetres, vues):
    """B2 : chacune écrit une réponse ; le fichier a les deux, sans boîte ni choix, et chaque fenêtre les montre."""
    une, autre = deux_fenetres
    une.poser(copie_avec({}))
    for poste, vue in zip(deux_fenetres, vues, strict=True):
        poste.vue = vue
        poste.ouvrir()
    champ_de(une, "s2_tp1_q0").fill("400")
    une.attendre(lambda: une.reponse("s2_tp1_q0").endswith("\n400"))
    champ_de(autre, "s2_tp1_q3").fill("Garder un client coûte moins que le remplacer.")
    autre.attendre(lambda: "moins que le remplacer" in autre.reponse("s2_tp1_q3"))
    assert autre.reponse("s2_tp1_q0").endswith("\n400"), (
        "la réponse de la première fenêtre est restée"
    )
    autre.bandeau("une réponse écrite là-bas est reprise ici")
    assert champ_de(autre, "s2_tp1_q0").input_value() == "400"
    champ_de(une, "s2_tp1_q0").fill("401")
    une.attendre(lambda: une.reponse("s2_tp1_q0").endswith("\n401"))
    assert "moins que le remplacer" in une.reponse("s2_tp1_q3")
    assert "moins que le remplacer" in champ_de(une, "s2_tp1_q3").input_value()
    for poste in deux_fenetres:
        assert poste.page.locator(".jp-Dialog").count() == 0


def test_la_meme_reponse_changee_des_deux_cotes_est_montree_et_gardee(deux_fenetres):
    une, autre = deux_fenetres
    une.poser(copie_avec({}))
    for poste in deux_fenetres:
        poste.ouvrir()
    champ_de(une, "s2_tp1_q3").fill("Ce que dit le PC.")
    une.attendre(lambda: "Ce que dit le PC." in une.reponse("s2_tp1_q3"))
    champ_de(autre, "s2_tp1_q3").fill("Ce que dit le téléphone.")
    autre.bandeau("a aussi été changée ailleurs : « Ce que dit le PC. »")
    autre.capturer("deux_fenetres")
    assert "Ce que dit le téléphone." in autre.reponse("s2_tp1_q3")
    gardees = [
        json.dumps(lire_le_notebook(v.fichier), ensure_ascii=False)
        for v in Sauvegardes(autre.cours).versions(CHEMIN)
    ]
    assert any("Ce que dit le PC." in gardee for gardee in gardees)
    autre.page.get_by_role("button", name="Garder les deux").click()
    autre.attendre(lambda: "Ce que dit le PC." in autre.reponse("s2_tp1_q3"))
    assert "Ce que dit le téléphone." in autre.reponse("s2_tp1_q3")


def test_une_cellule_ajoutee_dans_l_autre_fenetre_n_est_pas_effacee(deux_fenetres):
    """Un texte écrit dans une cellule ajoutée vaut réponse : il se réunit comme les autres."""
    une, autre = deux_fenetres
    une.poser(copie_avec({}))
    for poste in deux_fenetres:
        poste.ouvrir()
    ailleurs = une.fichier()
    ailleurs["cells"].append(
        {"cell_type": "markdown", "id": "ajoutee", "metadata": {}, "source": "Ma suite, ailleurs."}
    )
    une.poser(ailleurs)
    champ_de(autre, "s2_tp1_q0").fill("400")
    autre.attendre(lambda: autre.reponse("s2_tp1_q0").endswith("\n400"))
    assert "Ma suite, ailleurs." in [source(c) for c in cellules(autre.fichier())]
