"""Ce que le formateur rend et exporte : des pages en français, autonomes, inertes ; des tableaux qu'Excel ouvre bien."""

import csv
import json
import re

import pytest
from openpyxl import load_workbook

from autograde.carnet.api import ouvrir
from autograde.correction.classe import corriger_la_classe
from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import changer, fabriquer_la_classe
from autograde.fichiers.notebook import lire_fichier
from autograde.rendu.notes import exporter_les_notes
from autograde.rendu.pages import ecrire_les_retours
from tests.classe_fictive import DEVOIR, PROSE_A_RELIRE, copie_parfaite, deposer

MECHANT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def cours(tmp_path_factory, carnet_neuf) -> Cours:
    cours = Cours(travail=tmp_path_factory.mktemp("retours"), carnet=carnet_neuf())
    fabriquer_la_classe(cours)
    for prenom in ("amel", "chloé"):
        copie, _, _ = lire_fichier(cours.remises / prenom / DEVOIR / f"{DEVOIR}.ipynb")
        changer(copie, "s2_tp1_q3", lambda s: s.split("\n")[0] + "\n" + PROSE_A_RELIRE)
        deposer(cours, prenom, copie)
    mechante = copie_parfaite()
    for identifiant in ("s2_tp1_q0", "s2_tp1_q3"):
        changer(mechante, identifiant, lambda s: s.split("\n")[0] + "\n" + MECHANT)
    changer(mechante, "s2_tp1_q1", lambda s: s.replace("100", MECHANT))
    deposer(cours, "=SOMME(A1;A2)", mechante)
    list(corriger_la_classe(cours, DEVOIR))
    with ouvrir(cours) as carnet:
        carnet.update_or_create_student("chloé", first_name="Chloé", last_name="D'Été")
        grade = carnet.find_grade("s2_tp1_q3_test", DEVOIR, DEVOIR, "amel")
        grade.manual_score, grade.needs_manual_grade = 3.75, False
        carnet.find_comment(
            "s2_tp1_q3", DEVOIR, DEVOIR, "amel"
        ).manual_comment = "Très clair <b>!</b>"
        carnet.db.commit()
    return cours


def pages(cours, niveau="elements") -> dict[str, str]:
    return {
        chemin.stem: chemin.read_text(encoding="utf-8")
        for chemin in ecrire_les_retours(cours, DEVOIR, niveau)
    }


def test_une_page_par_copie_en_francais_et_autonome(cours):
    ecrites = pages(cours)
    assert len(ecrites) == 12
    for page in ecrites.values():
        assert '<html lang="fr">' in page and "@media print" in page
        assert not re.search(r"""(?:src|href)=["']|url\(|@import|https?://""", page), (
            "la page va chercher quelque chose ailleurs"
        )


def test_la_page_dit_la_note_les_erreurs_et_les_reports(cours):
    page = pages(cours)["chloé"]
    assert "Chloé D&#39;Été" in page and "12,88 / 20" in page
    assert "encore présents au début de l&#39;année" in page
    assert "l'erreur n'est comptée qu'une fois" in page
    assert "note provisoire" in page and "en attente de relecture" in page


def test_la_note_et_le_commentaire_du_formateur_y_sont(cours):
    page = pages(cours)["amel"]
    assert "19,75 / 20" in page and "note provisoire" not in page
    assert "Très clair &lt;b&gt;!&lt;/b&gt;" in page


def test_les_elements_d_une_prose_et_leurs_passages(cours):
    page = pages(cours)["bilal"]
    assert "Juste : le résultat baisse parce que des clients partent" in page
    assert "<q>des clients s&#39;en vont</q>" in page


def test_le_corrige_n_y_est_que_si_le_formateur_le_veut(cours):
    secret = "qui auraient encore acheté les années suivantes"
    assert secret not in pages(cours)["emma"]
    assert secret in pages(cours, "corriges")["emma"]
    assert "encore présents" not in pages(cours, "note")["chloé"]


def test_du_html_dans_une_reponse_reste_du_texte(cours):
    for niveau in ("elements", "corriges"):
        page = pages(cours, niveau)["=SOMME(A1;A2)"]
        assert "&lt;script&gt;alert(1)" in page
        assert "<script" not in page and "<img" not in page
    for copie in cours.corrigees.rglob("*.ipynb"):
        sorties = [
            s
            for c in json.loads(copie.read_text(encoding="utf-8"))["cells"]
            for s in c.get("outputs", [])
        ]
        assert sorties
        for sortie in sorties:
            assert (
                "<script" not in sortie["data"]["text/html"]
                and "<img" not in sortie["data"]["text/html"]
            )


def test_le_csv_s_ouvre_dans_un_excel_francais(cours):
    chemin, _ = exporter_les_notes(cours, DEVOIR)
    brut = chemin.read_bytes()
    assert brut.startswith(b"\xef\xbb\xbf")
    with chemin.open(encoding="utf-8-sig", newline="") as fichier:
        entete, *lignes = list(csv.reader(fichier, delimiter=";"))
    assert entete[:3] == ["Identifiant", "Nom", "s2_tp1_q0"] and entete[-3:] == [
        "Total sur 20",
        "État",
        "À relire",
    ]
    par_nom = {ligne[0]: dict(zip(entete, ligne, strict=True)) for ligne in lignes}
    assert par_nom["amel"]["Total sur 20"] == "19,75" and par_nom["amel"]["État"] == "définitif"
    assert par_nom["chloé"]["Nom"] == "Chloé D'Été" and par_nom["chloé"]["s2_tp1_q3"] == "à relire"
    assert par_nom["emma"]["Total sur 20"] == "0" and par_nom["emma"]["État"] == "définitif"
    assert par_nom["jules"]["Total sur 20"] == "à relire", "une copie illisible n'a pas zéro"
    assert not [ligne for ligne in lignes if ligne[0].startswith("=")], (
        "une formule serait exécutée par le tableur"
    )


def test_le_classeur_a_de_vrais_nombres(cours):
    _, chemin = exporter_les_notes(cours, DEVOIR)
    feuille = load_workbook(chemin).active
    lignes = {ligne[0].value: ligne for ligne in feuille.iter_rows(min_row=2)}
    total = [case.value for case in feuille[1]].index("Total sur 20")
    assert lignes["amel"][total].value == 19.75 and lignes["amel"][total].data_type == "n"
    assert lignes["'=SOMME(A1;A2)"][0].data_type == "s"
    assert feuille.freeze_panes == "C2"


@pytest.mark.navigateur
def test_la_page_s_affiche_et_s_imprime(cours, page, dossier_captures):
    from axe_playwright_python.sync_playwright import Axe

    ecrire_les_retours(cours, DEVOIR, "corriges")
    page.goto((cours.retours / DEVOIR / "chloé.html").as_uri())
    page.screenshot(path=dossier_captures / "retour.png", full_page=True)
    graves = [
        v["id"]
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert graves == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "la page déborde à droite"
    )
    page.emulate_media(media="print")
    assert page.locator("section").first.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
