"""Répondre au clavier seul, dans les formulaires : chaque geste est dans le fichier, noté comme le même texte tapé."""

import pytest

from autograde.cours.devoir import charger_devoir
from autograde.fichiers.notebook import lire_fichier
from autograde.notation.copie import corriger_les_reponses
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.notebook import cellules, lire_reponses
from grc_helpers.reponses.tableaux import lire_tableau
from tests.classe_fictive import DEPOT, copie_avec, notebook_distribue
from tests.poste_ouvert import attendre_que, coller

pytestmark = pytest.mark.navigateur

PROSE = "L'accueil, d'abord : on m'a écouté.\nPuis, un « au revoir » à mon nom."
REPONSES = {  # ce que l'on aurait tapé sans les formulaires
    "s0_q1": "54,00 €",
    "s0_q2": "Jour | Lundi | Mardi\nOnt acheté | 20 | 30\nRepartis les mains vides | 60 | 95",
    "s0_q3": "b",
    "s0_q4": "c, a, b, d",
    "s0_q5": "Magasin : b\nTéléphone : c\nCourriel :\nAssistant du site :",
}


# Le temps que la page réagisse à une touche : deux images dessinées, autant que la machine en met.
DEUX_IMAGES = "() => new Promise(fini => requestAnimationFrame(() => requestAnimationFrame(fini)))"


class Clavier:
    """Le clavier seul, et le compte des gestes : une touche, ou un texte tapé d'une traite, en est un."""

    def __init__(self, page):
        self.page = page
        self.gestes = 0

    def touche(self, *touches):
        for touche in touches:
            self.gestes += 1
            self.page.keyboard.press(touche)
            self.page.evaluate(DEUX_IMAGES)

    def texte(self, texte):
        self.gestes += 1
        for rang, ligne in enumerate(texte.split("\n")):
            if rang:
                self.page.keyboard.press("Enter")
            self.page.keyboard.type(ligne)

    def jusqu_a(self, selecteur, touche="Tab"):
        """Tab jusqu'à ce champ (ou au premier que désigne le sélecteur), comme le ferait quelqu'un qui suit des yeux."""
        cible = self.page.locator(selecteur).first if isinstance(selecteur, str) else selecteur
        for _ in range(40):
            if cible.evaluate("e => e === document.activeElement"):
                return
            self.touche(touche)
        pytest.fail(f"{touche} ne mène jamais à {selecteur}")


def formulaire(page, identifiant: str):
    return page.locator(champ(identifiant, "").strip())


def champ(identifiant: str, suite: str) -> str:
    return f".jp-Cell[data-grc-question='{identifiant}'] .grc-formulaire {suite}"


def cahier(*sources: str, enonce: str = "") -> dict:
    """Un cahier d'une cellule de réponse par source, chacune sous un même énoncé."""
    trouvees = []
    for rang, texte in enumerate(sources):
        trouvees.append(
            {
                "cell_type": "markdown",
                "id": f"enonce{rang}",
                "source": enonce or "Répondez.",
                "metadata": {},
            }
        )
        suite = {"outputs": [], "execution_count": None, "metadata": {}}
        trouvees.append({"cell_type": "code", "id": f"reponse{rang}", "source": texte, **suite})
    noyau = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "cells": trouvees,
        "metadata": {"kernelspec": noyau},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def enregistrer(page, serveur, nom: str, attendu: dict[int, str]) -> list[str]:
    """Ctrl + S, puis les sources du fichier, une fois qu'il contient ce qui est attendu."""

    def lues():
        return [texte for genre, texte in serveur.sources(nom) if genre == "code"]

    def a_jour():
        # JupyterLab ignore un Ctrl + S pendant qu'un enregistrement finit : on recommence, comme une personne.
        page.keyboard.press("Control+s")
        for _ in range(5):
            page.wait_for_timeout(100)
            if all(lues()[rang] == texte for rang, texte in attendu.items()):
                return True
        return False

    attendre_que(a_jour)
    return lues()


def changer_la_source(page, rang: int, texte: str):
    """Comme le fait l'autre fenêtre d'un cahier ouvert deux fois : la source change sans que rien ne soit tapé ici."""
    page.evaluate(
        "([rang, texte]) => window.jupyterapp.shell.currentWidget.content.widgets[rang].model.sharedModel.setSource(texte)",
        [rang, texte],
    )


def entrer(page, identifiant: str, suite: str = "input"):
    page.locator(champ(identifiant, suite)).first.focus()


@pytest.mark.parametrize("vue", ["lab/tree", "notebooks"])
def test_toute_la_prise_en_main_au_clavier_seul(ouvrir, serveur, vue, dossier_captures):
    nom = f"clavier_{vue.partition('/')[0]}.ipynb"
    page = ouvrir(nom, notebook_distribue("s0_prise_en_main"), vue)
    clavier = Clavier(page)

    clavier.jusqu_a(champ("s0_bonjour", "textarea"))
    clavier.texte(PROSE)
    assert (
        page.locator(champ("s0_bonjour", ".grc-compteur")).inner_text()
        == f"{len(PROSE.split())} mots"
    )
    clavier.touche("Shift+Enter")
    recue = f"Bien reçu : {len(PROSE.split())} mots. Cette réponse n’est pas notée."
    page.get_by_text(recue).wait_for(timeout=60_000)
    assert clavier.gestes < 10, "de l'ouverture à la première réponse lue"

    clavier.jusqu_a(champ("s0_q1", "input"))
    clavier.texte("54,00 €")
    clavier.touche("Enter")
    page.get_by_text("Bien reçu : 54 €. La correction dira si c’est juste.").wait_for(
        timeout=60_000
    )
    clavier.texte("9")
    page.get_by_text("Vous avez changé votre réponse").wait_for()
    assert page.locator(champ("s0_q1", ".grc-verdict.grc-perime")).count() == 1
    clavier.touche("Backspace")
    page.get_by_text("Vous avez changé votre réponse").wait_for(state="detached")
    clavier.jusqu_a(champ("s0_q2", "input"))
    clavier.texte("20")
    clavier.touche("Enter")
    clavier.texte("60")
    clavier.touche("Enter")
    clavier.texte("30")
    clavier.touche("ArrowDown")
    clavier.texte("9")
    clavier.texte("5")
    page.screenshot(path=dossier_captures / f"formulaire_tableau_{vue.partition('/')[0]}.png")
    clavier.jusqu_a(champ("s0_q3", "input"))
    clavier.touche("Space", "ArrowDown")
    clavier.jusqu_a(champ("s0_q4", "[data-lettre=a] button"))
    clavier.touche(
        "Tab", "Tab", "Enter"
    )  # c en premier ; le clavier revient sur la première lettre à placer
    clavier.touche("Enter", "Enter", "Enter")
    page.get_by_text("place 4 sur 4").wait_for()
    clavier.jusqu_a(champ("s0_q5", "select"))
    clavier.touche("b", "Tab", "c")
    page.screenshot(path=dossier_captures / f"formulaire_association_{vue.partition('/')[0]}.png")
    clavier.touche("Shift+Enter")
    page.get_by_text("Commencé : 2 sur 4.").wait_for(timeout=60_000)

    derniere = "%%association s0_q5\n" + REPONSES["s0_q5"]
    codes = [texte for genre, texte in serveur.sources(nom) if genre == "code"]
    rang = next(rang for rang, texte in enumerate(codes) if texte.startswith("%%association"))
    assert f"%%reponse s0_bonjour\n{PROSE}" in enregistrer(page, serveur, nom, {rang: derniere})
    assert_note_comme_le_texte(serveur.dossier / nom, "s0_prise_en_main", REPONSES)


def assert_note_comme_le_texte(fichier, devoir: str, reponses: dict[str, str]):
    devoir = charger_devoir(DEPOT, devoir)
    copie, motif, _ = lire_fichier(fichier)
    assert motif == ""
    au_formulaire = corriger_les_reponses(lire_reponses(copie, devoir.questions), devoir)
    en_texte = corriger_les_reponses(
        lire_reponses(copie_avec(reponses, devoir.nom), devoir.questions), devoir
    )
    assert au_formulaire.notes == en_texte.notes
    assert any(note.fraction not in (0, None) for note in en_texte.notes.values()), (
        "il y a de quoi comparer"
    )


def test_chaque_geste_est_aussitot_dans_la_source(ouvrir):
    page = ouvrir(
        "gestes.ipynb",
        cahier("%%reponse q1\n", "%%choix q2 a b c", "%%tableau q3\nJour | L | M\nVentes | |"),
    )

    def lire():
        return page.locator(".jp-CodeCell .cm-content").evaluate_all(
            "tous => tous.map(e => e.cmView.view.state.doc.toString())"
        )

    entrer(page, "q1", "textarea")
    page.keyboard.type("Oui")
    assert lire()[0] == "%%reponse q1\nOui"
    entrer(page, "q2")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert lire()[1] == "%%choix q2 a b c\na, c"
    page.keyboard.press("Space")
    assert lire()[1] == "%%choix q2 a b c\na"
    entrer(page, "q3")
    page.keyboard.type("1 250")
    assert lire()[2] == "%%tableau q3\nJour   | L     | M\nVentes | 1 250 |"


def test_modifier_le_texte_redessine_le_formulaire(ouvrir, serveur):
    page = ouvrir(
        "texte.ipynb",
        cahier(
            "%%choix q1 a b c\nb",
            "%%tableau q2\nJour | L | M\nVentes | |",
            enonce="Cochez.\n\n- **a** : le prix ;\n- **b** : l'accueil ;\n- **c** : le choix.",
        ),
    )
    assert page.locator(champ("q1", "input[value=b]")).is_checked()
    # Une proposition se lit une fois : dans le formulaire qui la fait cocher, sinon dans l'énoncé.
    listes = page.locator(".jp-MarkdownCell .jp-RenderedMarkdown ul")
    listes.last.wait_for()
    assert [liste.is_visible() for liste in listes.all()] == [False, True]
    assert page.locator(".cm-content:visible, .jp-InputPrompt:visible").count() == 0
    changer_la_source(page, 1, "%%choix q1 a b c\nb, c")
    assert page.locator(champ("q1", "input:checked")).evaluate_all(
        "tous => tous.map(e => e.value)"
    ) == ["b", "c"]
    changer_la_source(page, 3, "%%tableau q2\nJour | L | M\nVentes | | 7\nRetours | 1 | 2")
    valeurs = page.locator(champ("q2", "input")).evaluate_all("tous => tous.map(e => e.value)")
    assert valeurs == ["", "7", "1", "2"]
    # L'affichage choisi n'est pas dans le fichier.
    enregistrer(page, serveur, "texte.ipynb", {0: "%%choix q1 a b c\nb, c"})
    assert all(
        cellule["metadata"] == {}
        for cellule in cellules(serveur.lire("texte.ipynb"))
        if cellule["cell_type"] == "code"
    )


LIBRES = [
    "%%choix q1 a b\nb parce que c'est moins cher",
    "%%ordre q1 a b\na puis encore a",
    "%%association q1\nMagasin c'est le mieux",
    "%%tableau q1\nJe ne sais pas remplir ce tableau.",
    "%%nombre q1 €\n54\nou 55",
    "%%reponse q1 tapé sur la ligne\nsuite",
    "# au-dessus\n%%reponse q1\nsuite",
    "%%choix q1\nb",
    "%%reponse q1\n### BEGIN SOLUTION\nLe corrigé.\n### END SOLUTION",
]


def test_un_texte_libre_reste_visible_et_intact(ouvrir, serveur):
    page = ouvrir("libre.ipynb", cahier(*LIBRES, "%%choix q1 a b\nb"))
    for rang, texte in enumerate(LIBRES):
        cellule = page.locator(".jp-CodeCell").nth(rang)
        assert cellule.locator(".cm-content").is_visible(), texte
        assert (
            cellule.locator(".cm-content").evaluate("e => e.cmView.view.state.doc.toString()")
            == texte
        )
        assert cellule.get_by_text("ne tient pas dans le formulaire").is_visible()
    assert page.locator(".cm-content:visible").count() == len(LIBRES)
    page.locator(".grc-formulaire input[value=a]:visible").focus()
    page.keyboard.press("Space")
    assert enregistrer(page, serveur, "libre.ipynb", {9: "%%choix q1 a b\na, b"})[:9] == LIBRES


def test_la_magie_tapee_dans_l_editeur_ne_le_replie_pas(ouvrir):
    page = ouvrir("naissance.ipynb", cahier("x = 1", "%%reponse q9\n"))
    editeur = page.locator(".jp-CodeCell").first.locator(".cm-content")
    editeur.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("%%choix q1 a b\nb")
    assert editeur.is_visible()
    assert editeur.evaluate("e => e.cmView.view.state.doc.toString()") == "%%choix q1 a b\nb"
    page.keyboard.press("Escape")
    assert page.locator(champ("q1", "input[value=b]")).is_checked()


MAUVAISES = {
    "html": "<p onclick='alert(1)'>Prix <b>bas</b></p><script>alert(2)</script>",
    "emoji": "Très bien 😀 👩‍👩‍👧 🇫🇷 été",
    "guillemets": "\"\"\"triple\"\"\" et '''encore''' \\n {x} $y$",
    "pourcent": "%timeit x\n%%nombre q9 €\n12",
    "systeme": "!ls /\n# titre\n?print",
    "fin": "Avant.\n### END SOLUTION\nAprès.",
    "barres": "a | b\n\\| c \\",
    "long": "Le client revient parce qu'il est écouté. " * 2500,
}


def test_une_mauvaise_entree_en_prose_est_gardee_telle_que_tapee(ouvrir, serveur):
    textes = [f"%%reponse q{rang}\n{texte}" for rang, texte in enumerate(MAUVAISES.values())]
    page = ouvrir("mauvaises.ipynb", cahier(*(texte.partition("\n")[0] for texte in textes)))
    assert len(MAUVAISES["long"]) > 100_000
    for rang, texte in enumerate(MAUVAISES.values()):
        entrer(page, f"q{rang}", "textarea")
        coller(page, texte)
        page.keyboard.press("End")  # on continue de taper après le collage
        page.keyboard.type(" !")
    attendu = {rang: texte + " !" for rang, texte in enumerate(textes)}
    enregistrer(page, serveur, "mauvaises.ipynb", attendu)
    assert page.locator(".grc-formulaire b, .grc-formulaire script").count() == 0
    entrer(page, "q3", "textarea")
    page.keyboard.press("Shift+Enter")
    verdict = page.locator(champ("q3", ".grc-recue"))
    verdict.wait_for(timeout=60_000)
    assert "Bien reçu : 7 mots." in verdict.inner_text(), "lu comme du texte, rien n'est lancé"


def test_effacer_toute_la_prose_ne_touche_pas_a_la_magie(ouvrir, serveur):
    page = ouvrir("effacer.ipynb", cahier("%%reponse q1\nÀ refaire."))
    entrer(page, "q1", "textarea")
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.press("Control+Home")
    page.keyboard.type("Mieux.")
    enregistrer(page, serveur, "effacer.ipynb", {0: "%%reponse q1\nMieux."})
    page.keyboard.press("Control+z")
    annulee = page.locator(champ("q1", "textarea")).input_value()
    assert annulee != "Mieux."
    enregistrer(page, serveur, "effacer.ipynb", {0: f"%%reponse q1\n{annulee}"})


TABLEAU = "%%tableau q1\nJour      | Lundi | Mardi\nVisiteurs |       |\nAcheteurs |       |"


def test_un_tableau_de_tableur_se_colle_et_s_annule(ouvrir, serveur):
    page = ouvrir("collage.ipynb", cahier(TABLEAU))

    def valeurs():
        return page.locator(champ("q1", "input")).evaluate_all("tous => tous.map(e => e.value)")

    entrer(page, "q1")
    coller(page, "Jour\tLundi\tMardi\r\nVisiteurs\t80\t120\r\nAcheteurs\t20\t30\r\n")
    assert valeurs() == ["80", "120", "20", "30"]
    page.keyboard.press("Control+z")
    assert valeurs() == ["", "", "", ""]
    coller(page, "80\t120\t999\r\n20\t30\t\r\n")
    assert page.get_by_role("status").filter(has_text="laissé de côté : « 999 »").is_visible()
    # Des cases fusionnées : le tableur ne donne que la première, les autres arrivent vides.
    page.locator(champ("q1", "input")).nth(2).focus()
    coller(page, "fusionnée\t\r\n")
    assert valeurs() == ["80", "120", "fusionnée", ""]
    enregistrer(
        page,
        serveur,
        "collage.ipynb",
        {
            0: "%%tableau q1\nJour      | Lundi     | Mardi\nVisiteurs | 80        | 120\nAcheteurs | fusionnée |"
        },
    )


def test_une_barre_dans_une_case_est_rendue_par_le_lecteur(ouvrir, serveur):
    page = ouvrir("barre.ipynb", cahier(TABLEAU))
    entrer(page, "q1")
    page.keyboard.type("80 | ou 90 \\|")
    page.keyboard.press("Enter")
    coller(page, "une ligne\r\npuis deux\r\npuis trois")
    longue = page.evaluate("document.activeElement.value")
    assert "puis trois" in longue, "un texte de plusieurs lignes tient en entier dans la case"
    ecrit = page.locator(".jp-CodeCell .cm-content").evaluate(
        "e => e.cmView.view.state.doc.toString()"
    )
    [lu] = enregistrer(page, serveur, "barre.ipynb", {0: ecrit})
    vierge = lire_tableau(TABLEAU.partition("\n")[2])
    textes = lire_tableau(lire_cellule(lu).corps, vierge).textes
    assert (textes["Visiteurs", "Lundi"], textes["Acheteurs", "Lundi"]) == (
        "80 | ou 90 \\|",
        longue,
    )


def test_les_fleches_vont_de_case_en_case(ouvrir):
    page = ouvrir("fleches.ipynb", cahier(TABLEAU))
    ou = lambda: page.evaluate("document.activeElement.getAttribute('aria-label')")  # noqa: E731
    entrer(page, "q1")
    trajet = [
        ("ArrowRight", "Visiteurs, Mardi"),
        ("ArrowRight", "Visiteurs, Mardi"),
        ("ArrowDown", "Acheteurs, Mardi"),
        ("ArrowLeft", "Acheteurs, Lundi"),
        ("ArrowUp", "Visiteurs, Lundi"),
        ("Enter", "Acheteurs, Lundi"),
        ("Enter", "Visiteurs, Mardi"),
        ("Tab", "Acheteurs, Lundi"),
        ("Shift+Tab", "Visiteurs, Mardi"),
    ]
    for touche, attendue in trajet:
        page.keyboard.press(touche)
        assert ou() == attendue, touche
    page.keyboard.type("12")
    page.keyboard.press("ArrowLeft")
    assert ou() == "Visiteurs, Mardi", "au milieu d'un nombre, la flèche reste dans la case"


def test_l_ordre_se_change_avec_alt_et_les_fleches(ouvrir, serveur):
    page = ouvrir(
        "ordre.ipynb",
        cahier(
            "%%ordre q1 a b c\na, b, c",
            enonce="- **a** : l'accueil ;\n- **b** : l'écoute ;\n- **c** : la vente.",
        ),
    )
    entrer(page, "q1", "[data-lettre=c] button")
    page.keyboard.press("Alt+ArrowUp")
    assert page.get_by_role("status").filter(has_text="c la vente : place 2 sur 3.").is_visible()
    page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate("document.activeElement.closest('li').dataset.lettre") == "c"
    enregistrer(page, serveur, "ordre.ipynb", {0: "%%ordre q1 a b c\nc, a, b"})
    page.locator(champ("q1", "[data-lettre=a] [data-action=retirer]")).focus()
    page.keyboard.press("Enter")
    enregistrer(page, serveur, "ordre.ipynb", {0: "%%ordre q1 a b c\nc, b"})
    # L'énoncé n'a pas changé de place : les cellules non plus.
    assert [genre for genre, _ in serveur.sources("ordre.ipynb")] == ["markdown", "code"]


def test_une_seule_lettre_donne_des_boutons_radio(ouvrir, serveur):
    enonce = "Écrivez **une** lettre.\n\n- **a** : l'accueil ;\n- **b** : l'écoute."
    page = ouvrir("radio.ipynb", cahier("%%choix q1 a b\n", "%%choix q2 a b\na, b", enonce=enonce))
    radios = formulaire(page, "q1").get_by_role("radio")
    assert radios.count() == 2
    assert formulaire(page, "q1").get_by_role("radio", name="b l'écoute").count() == 1
    radios.first.focus()
    page.keyboard.press("ArrowDown")
    enregistrer(page, serveur, "radio.ipynb", {0: "%%choix q1 a b\nb"})
    formulaire(page, "q1").get_by_role("button", name="Effacer mon choix").press("Enter")
    enregistrer(page, serveur, "radio.ipynb", {0: "%%choix q1 a b\n", 1: "%%choix q2 a b\na, b"})
    assert page.locator(".jp-CodeCell").nth(1).locator(".cm-content").is_visible(), (
        "deux lettres déjà écrites restent visibles"
    )


def test_echap_puis_maj_entree_et_entree_pour_revenir(ouvrir):
    page = ouvrir("modes.ipynb", cahier("%%nombre q1 €\n54", "%%nombre q2 €\n"))
    entrer(page, "q1")
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.matches('.jp-CodeCell')")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('.grc-nombre')")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Enter")
    page.get_by_text("Bien reçu : 54 €.").wait_for(timeout=60_000)
    assert page.locator(champ("q1", "input")).input_value() == "54", (
        "aucune touche n'est tombée dans le champ"
    )


def test_la_fleche_du_bas_passe_de_l_editeur_au_formulaire(ouvrir):
    page = ouvrir(
        "bord.ipynb",
        {
            **(base := cahier("x = 1", "%%nombre q1 €\n")),
            "cells": [base["cells"][1], base["cells"][3]],
        },
    )
    page.locator(".jp-CodeCell").first.locator(".cm-content").click()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("document.activeElement.matches('.grc-nombre')")
    page.keyboard.type("54")
    assert page.locator(champ("q1", "input")).input_value() == "54"


def test_une_cellule_verrouillee_n_a_pas_de_formulaire(ouvrir):
    contenu = cahier("%%choix q1 a b\nb", "%%choix q2 a b\nb")
    contenu["cells"][1]["metadata"]["editable"] = False
    page = ouvrir("verrou.ipynb", contenu)
    page.locator(champ("q2", "input")).first.wait_for()
    assert page.locator(".jp-CodeCell").first.locator(".cm-content").is_visible()
    assert formulaire(page, "q1").is_hidden()


def test_sous_voila_ou_sans_cahier_l_extension_ne_fait_rien(page):
    from grc_helpers.poste import DOSSIER_POSTE

    demandes = []
    page.set_content("<title>Voilà</title><p>Simulateur</p>")
    page.on("request", lambda requete: demandes.append(requete.url))
    page.add_script_tag(path=DOSSIER_POSTE / "extension/grc-poste/static/remoteEntry.grc.js")
    avant = page.locator("html").inner_html()
    page.evaluate("""async () => {
        const extension = window._JUPYTERLAB['grc-poste'];
        extension.init({});
        for (const greffon of (await extension.get())().default) await greffon.activate({}, null);
    }""")
    assert page.locator("html").inner_html() == avant
    assert demandes == []
