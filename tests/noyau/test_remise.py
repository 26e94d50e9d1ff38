"""La remise : un fichier à déposer, un reçu, et ce que la correction en dit."""

import copy
import json
import os
from datetime import datetime

import pytest

from autograde.copie.recu import Recu, verifier_le_recu
from autograde.copie.remises import lire_copie
from autograde.cours.devoir import charger_devoir
from autograde.notation.copie import corriger_la_copie
from grc_helpers.noyau import formulaire, lues, remise
from grc_helpers.poste import sauvegardes
from grc_helpers.poste.remise import derniere_remise
from grc_helpers.reponses.echo import STYLE
from grc_helpers.reponses.notebook import cellules, nbgrader, source
from grc_helpers.reponses.recu import lire_la_remise
from tests.classe_fictive import DEPOT, DEVOIR, copie_avec, copie_parfaite

MIDI = datetime(2026, 11, 24, 12, 0, 5)


@pytest.fixture
def fichier(tmp_path, monkeypatch):
    """Le TP enregistré dans un dossier de cours ; le noyau travaille dans le dossier du TP."""
    chemin = tmp_path / DEVOIR / f"{DEVOIR}.ipynb"
    chemin.parent.mkdir()
    chemin.write_text(json.dumps(copie_parfaite()), encoding="utf-8")
    monkeypatch.chdir(chemin.parent)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return chemin


def lire(chemin) -> dict:
    return json.loads(chemin.read_text(encoding="utf-8"))


def test_un_seul_fichier_est_ecrit_et_le_travail_n_est_pas_touche(fichier):
    avant = fichier.read_bytes()
    chemin, recu, avancement = remise.preparer_la_remise(DEVOIR, "  Léa  Dupont ", "G2", MIDI)
    assert chemin == fichier.parent / "a_rendre" / f"Lea_Dupont-G2-{DEVOIR}.ipynb"
    assert fichier.read_bytes() == avant
    assert [f.name for f in chemin.parent.iterdir()] == [chemin.name]
    assert (recu.nom, recu.groupe, recu.date_lisible) == ("Léa Dupont", "G2", "24/11/2026 à 12:00")
    assert avancement.texte == "8 réponses sur 8"
    assert lire_la_remise(lire(chemin)) == recu


def test_refaire_la_remise_change_le_code_seulement_si_quelque_chose_change(fichier):
    _, premier, _ = remise.preparer_la_remise(DEVOIR, "Léa", "G2", MIDI)
    assert remise.preparer_la_remise(DEVOIR, "Léa", "G2", MIDI)[1].code == premier.code
    assert remise.preparer_la_remise(DEVOIR, "Noé", "G2", MIDI)[1].code != premier.code
    fichier.write_text(json.dumps(copie_avec({"s2_tp1_q0": "401"})), encoding="utf-8")
    assert remise.preparer_la_remise(DEVOIR, "Léa", "G2", MIDI)[1].code != premier.code


def test_le_recu_survit_a_ce_que_moodle_et_jupyter_font_au_fichier(fichier, tmp_path):
    chemin, recu, _ = remise.preparer_la_remise(DEVOIR, "Léa", "G2", MIDI)
    rouvert = lire(chemin)
    rouvert["metadata"]["language_info"] = {"name": "python", "version": "3.12"}
    for cellule in cellules(rouvert):
        cellule["source"] = source(cellule).splitlines(keepends=True)
        if cellule["cell_type"] == "code":
            cellule["outputs"], cellule["execution_count"] = (
                [{"output_type": "stream", "name": "stdout", "text": "x"}],
                3,
            )
    assert verifier_le_recu(rouvert, DEVOIR) == (Recu.CONFORME, recu.code)


def test_une_reponse_changee_apres_la_remise_se_voit(fichier):
    chemin, recu, _ = remise.preparer_la_remise(DEVOIR, "Léa", "G2", MIDI)
    modifie = lire(chemin)
    for cellule in cellules(modifie):
        if nbgrader(cellule).get("grade_id") == "s2_tp1_q0":
            cellule["source"] = "%%nombre s2_tp1_q0 clients\n4000"
    assert verifier_le_recu(modifie, DEVOIR) == (Recu.MODIFIE, recu.code)
    autre_nom = copy.deepcopy(lire(chemin))
    autre_nom["metadata"]["grc_remise"]["nom"] = "Noé"
    assert verifier_le_recu(autre_nom, DEVOIR)[0] is Recu.MODIFIE


@pytest.mark.parametrize(
    "metadonnees", [{}, {"grc_remise": None}, {"grc_remise": "x"}, {"grc_remise": {"code": 3}}]
)
def test_une_copie_sans_recu_ou_au_recu_abime_ne_gene_pas(metadonnees):
    etat, _ = verifier_le_recu(copie_parfaite() | {"metadata": metadonnees}, DEVOIR)
    assert etat in (Recu.ABSENT, Recu.AUTRE_DEVOIR)
    assert verifier_le_recu(None, DEVOIR) == (Recu.ABSENT, "")


def test_la_correction_montre_le_recu_sans_changer_la_note(fichier, tmp_path):
    chemin, recu, _ = remise.preparer_la_remise(DEVOIR, "Léa", "G2", MIDI)
    depot = tmp_path / "submitted" / "lea" / DEVOIR
    depot.mkdir(parents=True)
    (depot / "12345_assignsubmission_file_x.ipynb").write_bytes(chemin.read_bytes())
    devoir = charger_devoir(DEPOT, DEVOIR)
    copie = lire_copie("lea", depot, DEVOIR)
    corrigee = corriger_la_copie(copie, devoir)
    assert (corrigee.recu, corrigee.code) == (Recu.CONFORME, recu.code)
    assert corrigee.note == devoir.total


def test_le_recu_s_affiche_en_html_et_ce_que_tape_le_stagiaire_en_texte(fichier):
    html = remise.recu_en_html(*remise.preparer_la_remise(DEVOIR, "Léa <b>", "l'été", MIDI))
    assert html.startswith(f'{STYLE}<div class="grc-echo" lang="fr"><p>Votre fichier à rendre')
    assert '<td style="text-align:left">Léa &lt;b&gt;</td>' in html
    assert '<td style="text-align:left">l&#39;été</td>' in html


def test_le_bilan_dit_ce_qui_manque_et_ce_qui_est_abime(fichier):
    abimee = copie_avec({"s2_tp1_q0": "beaucoup"})
    [reponse] = [c for c in cellules(abimee) if nbgrader(c).get("grade_id") == "s2_tp1_q0"]
    abimee["cells"].append(copy.deepcopy(reponse) | {"id": "collee"})
    html = remise.bilan(fichier, abimee)
    assert "0 réponse sur 8" in html
    assert (
        "Question 0 : à reprendre" in html
        and "Question 3 : vide" in html
        and "une cellule a été copiée" in html
    )
    assert "Vous pouvez rendre quand même" in html


def test_le_formulaire_demande_ce_qui_manque_puis_donne_le_recu(fichier, monkeypatch):
    assert "Indiquez votre nom et votre groupe" in formulaire.remettre(DEVOIR, " ", "")
    assert "Indiquez votre groupe" in formulaire.remettre(DEVOIR, "Léa", "")
    assert not (fichier.parent / "a_rendre").exists()
    html = formulaire.remettre(DEVOIR, "<b>Léa</b>", "G2")
    assert "&lt;b&gt;Léa" in html and "Votre reçu" in html
    assert derniere_remise(fichier).groupe == "G2", "le nom et le groupe ne sont pas redemandés"
    monkeypatch.setattr(
        sauvegardes, "remplacer", lambda *_: (_ for _ in ()).throw(OSError(28, "plein"))
    )
    assert "disque est peut-être plein" in formulaire.remettre(DEVOIR, "Léa", "G2")


def test_une_reponse_lue_mais_pas_encore_enregistree_empeche_de_rendre(fichier, monkeypatch):
    """Sans le poste, personne n'enregistre avant de rendre : la session sait ce qu'elle a lu depuis."""
    monkeypatch.setattr(lues, "_lectures", {})
    lues.retenir("s2_tp1_q0", "401")
    os.utime(fichier, (0, 0))
    with pytest.raises(remise.CopieIntrouvable, match="votre réponse à la question 0. Faites"):
        remise.preparer_la_remise(DEVOIR, "Léa", "G2", MIDI)
    fichier.write_text(json.dumps(copie_avec({"s2_tp1_q0": "401"})), encoding="utf-8")
    assert remise.preparer_la_remise(DEVOIR, "Léa", "G2", MIDI)[1].code


def test_une_reponse_changee_puis_enregistree_sans_etre_relue_se_rend(fichier, monkeypatch):
    monkeypatch.setattr(lues, "_lectures", {"s2_tp1_q0": lues.Lecture("401", 0)})
    assert remise.preparer_la_remise(DEVOIR, "Léa", "G2", MIDI)[1].code
