"""Des copies abîmées au milieu d'une classe : toutes sont traitées, aucune n'arrête ni ne change les autres."""

import copy
import json

import pytest

from autograde.correction.classe import corriger_la_classe
from autograde.cours.dossiers import Cours
from autograde.fichiers.notebook import TAILLE_MAXIMALE, lire_fichier
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.reponses.notebook import nbgrader as meta
from tests.classe_fictive import DEVOIR, copie_parfaite, deposer, notes_du_carnet

PARFAITE = json.dumps(copie_parfaite(), ensure_ascii=False)


def transformee(fonction) -> dict:
    notebook = copy.deepcopy(json.loads(PARFAITE))
    fonction(notebook)
    return notebook


def sans_cellule(identifiant):
    return lambda nb: nb.update(
        cells=[c for c in nb["cells"] if meta(c).get("grade_id") != identifiant]
    )


def dupliquee(nb):
    rang = next(i for i, c in enumerate(nb["cells"]) if meta(c).get("grade_id") == "s2_tp1_q1")
    nb["cells"].insert(rang, copy.deepcopy(nb["cells"][rang]))


def tout_change_de_type(nb):
    for cellule in cellules(nb):
        cellule["cell_type"] = "raw"


def magie_effacee(nb):
    for cellule in cellules(nb):
        if meta(cellule).get("solution"):
            cellule["source"] = source(cellule).split("\n", 1)[1]


# Ce qui doit se lire sans rien perdre : mêmes notes que la copie parfaite.
LISIBLES = {
    "bom": b"\xef\xbb\xbf" + PARFAITE.encode(),
    "latin1": PARFAITE.replace("\u2212", "-").encode("cp1252", errors="replace"),
    "sans_identifiants": transformee(lambda nb: [c.pop("id", None) for c in nb["cells"]]),
    "metadonnees_perdues": transformee(lambda nb: [c.update(metadata={}) for c in nb["cells"]]),
    "metadonnees_abimees": transformee(
        lambda nb: [c.update(metadata={"nbgrader": "?"}) for c in nb["cells"]]
    ),
    "magie_effacee": transformee(magie_effacee),
    "types_changes": transformee(tout_change_de_type),
    "test_efface": transformee(sans_cellule("s2_tp1_q1_test")),
    "noyau_change": transformee(
        lambda nb: nb["metadata"].update(kernelspec={"name": "ir", "language": "R"})
    ),
    "format_ancien": transformee(lambda nb: nb.update(nbformat=3)),
    "format_futur": transformee(lambda nb: nb.update(nbformat=9)),
    "cellule_dupliquee": transformee(dupliquee),
    "conflit_git": PARFAITE.replace("{", "<<<<<<< HEAD\n{", 1).encode(),
    "cellules_etrangeres": transformee(
        lambda nb: nb["cells"].extend([None, 3, "x", {"source": None}, {"cell_type": "code"}])
    ),
}
# Ce qui ne peut pas se lire : aucune note, tout au formateur.
ILLISIBLES = {
    "vide": b"",
    "blancs": b" \n ",
    "tronquee": PARFAITE.encode()[:5000],
    "pas_un_notebook": b"[1, 2]",
    "image": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "profond": b"[" * 100_000,
}


@pytest.fixture(scope="module")
def classe(tmp_path_factory):
    cours = Cours(travail=tmp_path_factory.mktemp("abimees"))
    deposer(cours, "bonne_avant", copie_parfaite())
    for nom, contenu in (LISIBLES | ILLISIBLES).items():
        deposer(cours, f"copie_{nom}", contenu)
    deposer(cours, "renommee", copie_parfaite(), nom="M1 (1).IPYNB")
    deposer(cours, "renommee_texte", copie_parfaite(), nom="m1.ipynb.txt")
    deposer(cours, "é tudiant d'à côté", copie_parfaite())
    (cours.remises / "sans_fichier" / DEVOIR).mkdir(parents=True)
    deposer(cours, "sans_reponse_q1", transformee(sans_cellule("s2_tp1_q1")))
    deposer(cours, "zz_bonne_apres", copie_parfaite())
    corrigees = {corrigee.stagiaire: corrigee for corrigee in corriger_la_classe(cours, DEVOIR)}
    return corrigees, notes_du_carnet(cours.db_url)


def test_toutes_les_copies_sont_traitees(classe):
    corrigees, notes = classe
    assert set(corrigees) == set(notes) and len(notes) == len(LISIBLES) + len(ILLISIBLES) + 7


@pytest.mark.parametrize(
    "nom",
    [
        *(f"copie_{nom}" for nom in LISIBLES),
        "renommee",
        "renommee_texte",
        "é tudiant d'à côté",
        "zz_bonne_apres",
    ],
)
def test_ce_qui_se_lit_garde_toutes_ses_notes(classe, nom):
    _, notes = classe
    assert {q: points for q, (points, _) in notes[nom].items()} == {
        q: points for q, (points, _) in notes["bonne_avant"].items()
    }


@pytest.mark.parametrize("nom", [*(f"copie_{nom}" for nom in ILLISIBLES), "sans_fichier"])
def test_ce_qui_ne_se_lit_pas_va_au_formateur_avec_un_motif(classe, nom):
    corrigees, notes = classe
    assert set(notes[nom].values()) == {(None, True)}
    assert corrigees[nom].etat == "illisible" and corrigees[nom].motif.endswith(".")


def test_une_cellule_de_reponse_effacee_est_signalee_sans_toucher_au_reste(classe):
    corrigees, notes = classe
    assert notes["sans_reponse_q1"]["s2_tp1_q1"] == (0.0, True)
    assert "disparu" in corrigees["sans_reponse_q1"].correction.notes["s2_tp1_q1"].a_verifier[0]
    assert notes["sans_reponse_q1"]["s2_tp1_q2a"] == (3.0, False)


def test_un_fichier_enorme_est_refuse_sans_etre_lu(tmp_path):
    fichier = tmp_path / "enorme.ipynb"
    with fichier.open("wb") as sortie:
        sortie.truncate(TAILLE_MAXIMALE + 1)
    notebook, motif, _ = lire_fichier(fichier)
    assert notebook is None and "50 Mo" in motif


def test_plusieurs_versions_la_bonne_est_prise_les_autres_gardees(tmp_path):
    cours = Cours(travail=tmp_path)
    autre = deposer(cours, "léa", b"{}", nom="brouillon.ipynb")
    deposer(cours, "léa", copie_parfaite())
    [corrigee] = corriger_la_classe(cours, DEVOIR)
    assert corrigee.note == 20 and autre.exists() and "2 fichiers remis" in corrigee.remarques[0]
