"""Le triage d'une classe : chaque copie sort lue, réparée (de quoi) ou illisible (pourquoi), et aucune ne change celles des autres."""

import contextlib
import copy
import io
import json
import random
import re
import time
import tracemalloc
import zipfile
from pathlib import Path

import nbgrader
import pytest
from rich.console import Console

from autograde.collecte.console import montrer_le_ramassage
from autograde.collecte.liste_de_classe import ListeDeClasse
from autograde.collecte.ramassage import Ramassage
from autograde.copie.greffe import greffer
from autograde.copie.remises import CopieRemise
from autograde.copie.triage import AUTRE_NOTEBOOK, Etat, trier
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.fichiers.notebook import CELLULES_MAXIMALES, TAILLE_MAXIMALE, lire_notebook
from grc_helpers.commandes import principal
from grc_helpers.reponses.notebook import cellules, identifiant, source
from tests.classe_fictive import DEPOT, DEVOIR, copie_parfaite, notes_du_carnet
from tests.copie.test_copies_abimees import dupliquee, sans_cellule, transformee

BONNE = json.dumps(copie_parfaite(), ensure_ascii=False)
AUTRE_REPONSE = BONNE.replace("%%nombre s2_tp1_q0 clients\\n400", "%%nombre s2_tp1_q0 clients\\n7")
DISTRIBUE = charger_devoir(DEPOT, DEVOIR)
TEMOIN = "piege_declenche.txt"


def octets(notebook) -> bytes:
    return json.dumps(notebook, ensure_ascii=False).encode()


def cellule(notebook: dict, nom: str) -> dict:
    return next(une for une in cellules(notebook) if identifiant(une) == nom)


def changee(nom: str, **champs):
    return lambda nb: cellule(nb, nom).update(champs)


def avec_texte(nom: str, transformer):
    return lambda nb: cellule(nb, nom).update(source=transformer(source(cellule(nb, nom))))


def identifiant_repete(nb):
    cellule(nb, "s2_tp1_q2a")["metadata"]["nbgrader"]["grade_id"] = "s2_tp1_q1"


def sans_nom_ni_magie(nb):
    """Passée par un logiciel qui perd tout, magie effacée par le stagiaire : il ne reste que la place."""
    for une in cellules(nb):
        if identifiant(une) in DISTRIBUE.questions:
            une["source"] = source(une).split("\n", 1)[1]
        une["metadata"] = {}
        une.pop("id")


def sans_magie_avec_id(nb):
    for une in cellules(nb):
        if identifiant(une) in DISTRIBUE.questions:
            une["source"] = source(une).split("\n", 1)[1]
        une["metadata"] = {}


def au_format_3(nb):
    for une in nb["cells"]:
        if une["cell_type"] == "code":
            une["input"] = une.pop("source")
    anciennes = nb["cells"]
    nb.pop("cells")
    nb.update(nbformat=3, worksheets=[{"cells": anciennes}])


def fusion(nb_ours: str, nb_theirs: str) -> bytes:
    """Deux versions du fichier, que git a fusionnées en y laissant ses marques."""
    return f"<<<<<<< HEAD\n{nb_ours}\n=======\n{nb_theirs}\n>>>>>>> la branche de Léa\n".encode()


def piege(code: str):
    return lambda nb: cellule(nb, "s2_tp1_q3").update(
        source=code + "\n" + source(cellule(nb, "s2_tp1_q3"))
    )


# Les mutants de la référence, et quelques autres. (contenu, état attendu, ce que le formateur lit, mêmes notes que la bonne copie)
LU, REPARE, ILLISIBLE = Etat.LUE, Etat.REPAREE, Etat.ILLISIBLE
MUTANTS = {
    "bonne": (BONNE.encode(), LU, "", True),
    "noyau": (
        octets(transformee(lambda nb: nb["metadata"].update(kernelspec={"name": "xpython"}))),
        LU,
        "",
        True,
    ),
    "sans id": (
        octets(transformee(lambda nb: [c.pop("id") for c in nb["cells"]])),
        REPARE,
        "sans « id »",
        True,
    ),
    "prose brute": (
        octets(transformee(changee("s2_tp1_q3", cell_type="raw"))),
        REPARE,
        "type changé : question 3",
        True,
    ),
    "test en texte": (
        octets(transformee(changee("s2_tp1_q1_test", cell_type="markdown"))),
        REPARE,
        "type changé : question 1",
        True,
    ),
    "vide": (b"", ILLISIBLE, "vide", False),
    "tronquee": (BONNE.encode()[:5000], ILLISIBLE, "abîmé", False),
    "conflit pareil": (
        fusion(BONNE, BONNE.replace('"titre"', '"titre2"')),
        REPARE,
        "marques de conflit",
        True,
    ),
    "conflit d un cote": (fusion(BONNE, BONNE[:300]), REPARE, "marques de conflit", True),
    "conflit reponse": (fusion(AUTRE_REPONSE, BONNE), REPARE, "2 réponses différentes", False),
    "conflit dans la reponse": (
        octets(
            transformee(
                avec_texte("s2_tp1_q3", lambda s: s + "\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> z")
            )
        ),
        REPARE,
        "conflit de fusion sont restées",
        False,
    ),
    "format 5": (
        octets(transformee(lambda nb: nb.update(nbformat=5))),
        REPARE,
        "plus récent (5)",
        True,
    ),
    "format 3": (octets(transformee(au_format_3)), REPARE, "plus ancien (3)", True),
    "liste": (b"[1, 2]", ILLISIBLE, "pas un notebook", False),
    "bom": (b"\xef\xbb\xbf" + BONNE.encode(), REPARE, "BOM", True),
    "latin": (
        BONNE.translate({0x2212: "-", 0x20AC: "EUR"}).encode("latin-1", errors="replace"),
        REPARE,
        "encodage Windows",
        True,
    ),
    "euro perdu": (BONNE.encode("latin-1", errors="replace"), REPARE, "encodage Windows", False),
    "accents doubles": (
        BONNE.replace("\u2212", "-").encode().decode("cp1252").encode(),
        REPARE,
        "encodés deux fois",
        True,
    ),
    "unicode": (BONNE.encode("utf-16"), REPARE, "encodage Windows", True),
    "sans test": (
        octets(transformee(sans_cellule("s2_tp1_q1_test"))),
        REPARE,
        "1 cellule effacée dans le cours : question 1",
        True,
    ),
    "sans prose": (
        octets(transformee(sans_cellule("s2_tp1_q3"))),
        REPARE,
        "question 3 : La cellule de réponse a disparu",
        False,
    ),
    "metadonnees": (
        octets(transformee(lambda nb: [c.update(metadata={}) for c in nb["cells"]])),
        REPARE,
        "métadonnées perdues",
        True,
    ),
    "sans nom": (
        octets(transformee(sans_nom_ni_magie)),
        REPARE,
        "retrouvées d'après la place",
        True,
    ),
    "par id": (
        octets(transformee(sans_magie_avec_id)),
        REPARE,
        "retrouvées d'après la place",
        True,
    ),
    "double": (octets(transformee(dupliquee)), REPARE, "en double : question 1", True),
    "repete": (
        octets(transformee(identifiant_repete)),
        REPARE,
        "reconnue(s) à leur première ligne",
        True,
    ),
    "enonce": (
        octets(transformee(avec_texte("s2_tp1_q1_enonce", lambda s: s + " zéro"))),
        REPARE,
        "énoncé modifié : question 1",
        True,
    ),
    "controle": (
        octets(transformee(changee("s2_tp1_q1_test", source="20.0"))),
        REPARE,
        "contrôle modifiée : question 1",
        True,
    ),
    "emoji coupe": (
        BONNE.replace("%%reponse s2_tp1_q3", "%%reponse s2_tp1_q3 \\ud83d").encode(),
        REPARE,
        "caractères abîmés",
        False,
    ),
    "identifiant absurde": (
        octets(
            transformee(lambda nb: nb["cells"][0]["metadata"].update(nbgrader={"grade_id": [1]}))
        ),
        LU,
        "",
        True,
    ),
    "sortie": (octets(transformee(piege("import os; os._exit(0)"))), LU, "", False),
    "ecriture": (octets(transformee(piege(f"open({TEMOIN!r}, 'w').write('oups')"))), LU, "", False),
    "carnet": (
        octets(transformee(piege("print(open('../../../gradebook.db', 'rb').read())"))),
        LU,
        "",
        False,
    ),
    "formateur": (
        octets(transformee(piege("get_ipython().display_formatter.for_type(float, print)"))),
        LU,
        "",
        False,
    ),
}
PAQUET = Path(nbgrader.__file__).parent
LIVRES = sorted(
    [
        *(PAQUET / "tests").glob("*/files/*.ipynb"),
        *(PAQUET / "docs" / "source" / "user_guide").rglob("*.ipynb"),
    ]
)


@pytest.fixture(scope="module")
def classe(tmp_path_factory):
    """Une seule classe : les mutants, tout ce que nbgrader livre de notebooks abîmés, et de bonnes copies autour."""
    dossier = tmp_path_factory.mktemp("triage")
    cours = Cours(travail=dossier / "travail")
    source_ = dossier / "GRC-TP 1-321.zip"
    with zipfile.ZipFile(source_, "w", zipfile.ZIP_DEFLATED) as archive:
        for rang, (nom, (contenu, *_)) in enumerate(MUTANTS.items()):
            archive.writestr(f"Mutant {nom}_{rang}_assignsubmission_file/m1 (1).ipynb", contenu)
        for rang, fichier in enumerate(LIVRES):
            archive.writestr(
                f"Livre {rang:03d}_{500 + rang}_assignsubmission_file_{fichier.name}",
                fichier.read_bytes(),
            )
        archive.writestr("Zoé Bonne_999_assignsubmission_file/s2_tp1_ltv.ipynb", BONNE)
        archive.writestr("Zoé Bonne_999_assignsubmission_file/timestamp.txt", "hier soir")
    with pytest.MonkeyPatch.context() as ici:
        ici.chdir(dossier)
        ici.setenv("GRC_TRAVAIL", str(cours.travail))
        ecran = Console(file=io.StringIO(), width=220)
        montrer_le_ramassage(
            cours, Ramassage(cours, DEVOIR, ListeDeClasse()).ramasser(source_), DEVOIR, ecran
        )
        statut = principal(["corriger", DEVOIR])
    return dossier, statut, ecran.file.getvalue(), notes_du_carnet(cours.db_url)


def ligne(ecran: str, stagiaire: str) -> str:
    """La ligne du tableau de triage qui parle de ce stagiaire, et sa suite."""
    trouvee = re.search(rf"│ {re.escape(stagiaire)} +│ .*(?:\n│ {{4,}}│.*)*", ecran)
    assert trouvee, f"aucune ligne pour {stagiaire}"
    return trouvee[0]


def test_toute_la_classe_est_traitee_et_rien_n_est_execute(classe):
    dossier, statut, ecran, notes = classe
    assert len(LIVRES) > 70 and statut == 0
    assert len(notes) == len(MUTANTS) + len(LIVRES) + 1
    for rang in range(len(LIVRES)):
        assert "illisible" in ligne(ecran, f"livre_{rang:03d}"), (
            "aucun n'est une copie de ce devoir"
        )
        assert set(notes[f"livre_{rang:03d}"].values()) == {(None, True)}, "un zéro silencieux"
    assert not re.search(r"Traceback|Error|Exception|invalid|\bthe\b", ecran)
    assert not [
        *dossier.rglob(TEMOIN),
        *dossier.rglob("side-effect.txt"),
        *DEPOT.racine.glob(TEMOIN),
    ], "du code a été exécuté"


@pytest.mark.parametrize("nom", MUTANTS)
def test_chaque_mutant_sort_avec_son_etat_et_sa_raison(classe, nom):
    _, _, ecran, notes = classe
    _, etat, dit, intacte = MUTANTS[nom]
    stagiaire = "mutant_" + nom.replace(" ", "_")
    affiche = ligne(ecran, stagiaire)
    assert f"│ {etat} " in affiche and dit in affiche, affiche
    attendues = {question: points for question, (points, _) in notes["zoe_bonne"].items()}
    obtenues = {question: points for question, (points, _) in notes[stagiaire].items()}
    assert (obtenues == attendues) or not intacte
    # Rien ne se perd en silence : une note qui n'est plus celle de la bonne copie attend le formateur.
    assert all(
        points == attendues[question] or demande
        for question, (points, demande) in notes[stagiaire].items()
    )


def test_les_bonnes_copies_gardent_leurs_notes(classe):
    _, _, _, notes = classe
    assert (
        notes["zoe_bonne"] == notes["mutant_bonne"]
        and sum(points for points, _ in notes["zoe_bonne"].values()) == 20
    )


@pytest.mark.parametrize(
    ("nom", "question"),
    [
        ("conflit reponse", "q0"),
        ("conflit dans la reponse", "q3"),
        ("sans prose", "q3"),
        ("euro perdu", "q2e"),
    ],
)
def test_un_doute_sur_une_question_ne_fait_verifier_qu_elle(classe, nom, question):
    notes = classe[3]["mutant_" + nom.replace(" ", "_")]
    assert [une for une, (_, demande) in notes.items() if demande] == [f"s2_tp1_{question}"]


# --- Bornes -----------------------------------------------------------------------------------------------------------------------

CELLULE = '{"cell_type":"code","id":"x","metadata":{},"source":["a\\n"],"outputs":[],"execution_count":null}'
DEMESURES = {
    "cent mille cellules": '{"nbformat":4,"cells":[' + ",".join([CELLULE] * 100_000) + "]}",
    "cellules sans type": '{"nbformat":4,"cells":['
    + ",".join(["{}"] * (CELLULES_MAXIMALES + 1))
    + "]}",
    "seize millions d'objets": '{"cells":[' + "[]," * 16_000_000 + "[]]}",
    "une cellule de 49 Mo": '{"nbformat":4,"cells":[{"source":"' + "mot " * 12_300_000 + '"}]}',
    "lignes vides": '{"nbformat":4,"cells":[{"source":"'
    + "\\n" * 20_000_000
    + '%%reponse s2_tp1_q3"}]}',
    "texte etale": '{"nbformat":4,"cells":['
    + ",".join(['{"source":"' + "mot " * 45_000 + '"}'] * 40)
    + "]}",
    "sortie de 49 Mo": '{"nbformat":4,"cells":[{"source":"x","outputs":[{"data":{"image/png":"'
    + "A" * 49_000_000
    + '"}}]}]}',
    "plus de 50 Mo": " " * (TAILLE_MAXIMALE + 1),
}


@pytest.mark.parametrize("nom", DEMESURES)
def test_un_notebook_demesure_est_refuse_ou_lu_en_temps_et_memoire_bornes(nom):
    brut = DEMESURES[nom].encode()
    tracemalloc.start()
    try:
        depart = time.process_time()
        notebook, motif, _ = lire_notebook(brut)
        triee = trier(CopieRemise("x", None, notebook, motif), DISTRIBUE)
        duree, (_, sommet) = time.process_time() - depart, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert triee.etat is ILLISIBLE or triee.reparations
    assert duree < 10 and sommet < 250_000_000, (duree, sommet)


def test_une_reponse_demesuree_est_coupee_et_signalee():
    longue = json.dumps(transformee(avec_texte("s2_tp1_q3", lambda s: s + "mot " * 100_000)))
    triee = trier(CopieRemise("x", None, *lire_notebook(longue.encode())[:2]), DISTRIBUE)
    assert any("question 3 : Réponse très longue" in dite for dite in triee.reparations)
    assert "démesurées" in lire_notebook(longue.encode())[2][0]


def _noeuds(objet, chemin=()):
    yield chemin
    suite = (
        objet.items()
        if isinstance(objet, dict)
        else enumerate(objet)
        if isinstance(objet, list)
        else ()
    )
    for cle, valeur in suite:
        yield from _noeuds(valeur, (*chemin, cle))


def test_une_copie_abimee_au_hasard_ne_fait_jamais_d_erreur():
    """Des valeurs absurdes n'importe où dans le fichier : elle se lit, ou l'on dit pourquoi, et ce qui est lu s'écrit."""
    hasard, modele = random.Random(2026), json.loads(BONNE)
    noeuds = [chemin for chemin in _noeuds(modele) if chemin]
    absurdes = [
        None,
        True,
        -1,
        1e308,
        "",
        [],
        {},
        [None],
        {"a": 1},
        "\ud800",
        "%%reponse s2_tp1_q3\nx",
        {"nbgrader": []},
        "\x00",
    ]
    for _ in range(300):
        abimee = copy.deepcopy(modele)
        for chemin in hasard.sample(noeuds, 4):
            objet = abimee
            with contextlib.suppress(
                KeyError, IndexError, TypeError
            ):  # le contenant vient d'être remplacé
                for cle in chemin[:-1]:
                    objet = objet[cle]
                objet[chemin[-1]] = copy.deepcopy(hasard.choice(absurdes))
        notebook, motif, reparations = lire_notebook(json.dumps(abimee).encode())
        triee = trier(CopieRemise("x", None, notebook, motif, reparations=reparations), DISTRIBUE)
        assert triee.lues or triee.motif.endswith(".")
        if triee.lues:
            json.dumps(greffer(triee.lues, DISTRIBUE), ensure_ascii=False).encode()


def test_le_notebook_d_un_autre_devoir_n_est_pas_note_zero():
    triee = trier(CopieRemise("x", None, copie_parfaite("s2_tp3_bertin")), DISTRIBUE)
    assert (triee.etat, triee.motif) == (ILLISIBLE, AUTRE_NOTEBOOK)


def test_une_panne_en_lisant_une_copie_ne_touche_qu_elle(monkeypatch):
    from autograde.notation.copie import corriger_la_copie

    monkeypatch.setattr("autograde.copie.triage.lire_la_copie", lambda *_: 1 / 0)
    copie = CopieRemise("x", None, copy.deepcopy(copie_parfaite()))
    correction = corriger_la_copie(copie, DISTRIBUE).correction
    assert "ZeroDivisionError" in correction.motif and all(
        note.fraction is None for note in correction.notes.values()
    )
