"""Une copie ne coûte à la classe qu'un temps et une mémoire bornés ; au-delà, elle est nommée, à vérifier, et la classe continue.

Aucun essai n'y regarde une vraie horloge : le temps se compte en regards sur le budget.
"""

import gc
import itertools
import json
import weakref
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograde.copie import remises
from autograde.copie.budget import Budget
from autograde.copie.remises import CopieRemise
from autograde.correction.classe import corriger_la_classe, lire_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.fichiers import notebook as lecture
from autograde.fichiers.notebook import lire_notebook
from autograde.notation.copie import corriger_la_copie
from autograde.notation.reponses import HORS_BUDGET
from autograde.relecture.seance import SeanceDeRelecture
from autograde.rendu.pages import ecrire_les_retours
from grc_helpers.commandes import principal
from tests.classe_fictive import DEVOIR, copie_parfaite, deposer, notebook_distribue

LTV = charger_devoir(Cours(), DEVOIR)
ENTIERE = corriger_la_copie(CopieRemise("léa", None, copie_parfaite()), LTV)


def budget_de(questions: int) -> Budget:
    """De quoi noter tant de questions : chaque regard sur l'horloge prend une seconde."""
    return Budget(questions, itertools.count().__next__)


@given(st.integers(0, 2 * len(LTV.questions)))
@settings(max_examples=60)
def test_ce_qui_tient_dans_le_budget_est_note_et_le_reste_attend_le_formateur(combien):
    remise = CopieRemise("léa", None, copie_parfaite(), budget=budget_de(combien))
    copie = corriger_la_copie(remise, LTV)
    questions = list(LTV.questions)
    for question in questions[:combien]:
        assert copie.correction.notes[question] == ENTIERE.correction.notes[question]
    for question in questions[combien:]:
        note = copie.correction.notes[question]
        assert note.fraction is None and note.a_verifier == [HORS_BUDGET]
        assert copie.correction.texte(question) == ENTIERE.correction.texte(question)
    assert set(questions[combien:]) <= set(copie.a_verifier)
    dites = [remarque for remarque in copie.remarques if "correction arrêtée" in remarque]
    assert len(dites) == (combien < len(questions))


def test_une_copie_ordinaire_n_approche_pas_de_son_budget():
    """En regards sur l'horloge : un par question, et un au départ."""
    regards = itertools.count()
    corriger_la_copie(
        CopieRemise("léa", None, copie_parfaite(), budget=Budget(10**9, regards.__next__)), LTV
    )
    assert next(regards) == 1 + len(LTV.questions)


@pytest.fixture
def cours(tmp_path, monkeypatch) -> Cours:
    monkeypatch.setenv("GRC_TRAVAIL", str(tmp_path))
    cours = Cours.courant()
    for stagiaire in ("ali", "léa", "zoé"):
        deposer(cours, stagiaire, copie_parfaite())
    return cours


def test_une_copie_trop_longue_est_nommee_et_la_classe_continue(cours, monkeypatch, capsys):
    budgets = iter([Budget(), budget_de(2), Budget()])
    monkeypatch.setattr(remises, "Budget", lambda: next(budgets))
    assert principal(["corriger", DEVOIR]) == 0
    texte = " ".join(capsys.readouterr().out.split())
    assert "• léa : correction arrêtée après 2 secondes de calcul ; à noter par vous" in texte
    copies = {copie.stagiaire: copie for copie in lire_la_classe(cours, DEVOIR)}
    assert copies["ali"].note == copies["zoé"].note == ENTIERE.note > copies["léa"].note
    assert copies["léa"].a_verifier == list(LTV.questions)[2:]
    assert copies["ali"].a_verifier == ENTIERE.a_verifier


def test_celui_qui_interrompt_sait_quelle_copie_etait_en_cours(cours, monkeypatch, capsys):
    def interrompre(copie, devoir):
        if copie.stagiaire == "léa":
            raise KeyboardInterrupt
        return corriger_la_copie(copie, devoir)

    monkeypatch.setattr("autograde.correction.atelier.corriger_la_copie", interrompre)
    assert principal(["corriger", DEVOIR]) == 1
    assert "La copie en cours était celle de « léa »." in capsys.readouterr().err


def test_un_echo_impossible_n_arrete_pas_la_classe(cours, monkeypatch):
    monkeypatch.setattr("autograde.correction.affichage_copie.controler", lambda _: 1 / 0)
    assert [copie.note for copie in corriger_la_classe(cours, DEVOIR)] == 3 * [ENTIERE.note]


# --- La mémoire ---------------------------------------------------------------------------------------------------


def test_le_notebook_d_une_copie_est_lache_avant_de_lire_la_suivante(cours, monkeypatch):
    """Partout où une classe est lue : corriger, le rapport (qui n'écrit rien), la relecture, les retours."""

    class Temoin:
        """Dans un notebook : on voit s'il y est encore."""

    vivants: weakref.WeakSet = weakref.WeakSet()
    lire = remises.lire_fichier
    lues = []

    def lire_en_comptant(fichier: Path):
        gc.collect()
        lues.append(len(vivants))
        lu, motif, reparations = lire(fichier)
        temoin = Temoin()
        vivants.add(temoin)
        return lu | {"temoin": temoin}, motif, reparations

    monkeypatch.setattr(remises, "lire_fichier", lire_en_comptant)

    def relire_depuis_le_debut() -> None:
        for rang, fichier in enumerate(sorted(cours.remises.rglob("*.ipynb"))):
            deposer(cours, fichier.parent.parent.name, copie_parfaite() | {"grc": len(lues) + rang})

    list(corriger_la_classe(cours, DEVOIR))
    relire_depuis_le_debut()
    list(lire_la_classe(cours, DEVOIR))
    SeanceDeRelecture(cours, LTV, list(corriger_la_classe(cours, DEVOIR)))
    relire_depuis_le_debut()
    ecrire_les_retours(cours, DEVOIR)
    assert len(lues) == 12 and set(lues) == {0}


@given(st.integers(0, 4_000), st.sampled_from(["x", "é", "😀"]), st.integers(0, 60))
@settings(max_examples=80)
def test_la_memoire_d_une_lecture_est_bornee_avant_de_lire(signes, signe, objets):
    """Un fichier qui tient dans le budget est lu, un autre est refusé avec sa cause : cela ne dépend que du fichier."""
    contenu = {"cells": [], "metadata": {"texte": signe * signes, "objets": [[]] * objets}}
    texte = json.dumps(contenu, ensure_ascii=False)
    par_signe = {"x": 1, "é": 1, "😀": 4}[signe if signes else "x"]
    prevue = 2 * par_signe * len(texte) + lecture.OCTETS_PAR_OBJET * 2 * objets
    with pytest.MonkeyPatch.context() as ici:
        ici.setattr(lecture, "MEMOIRE_MAXIMALE", 20_000)
        lu, motif, _ = lire_notebook(texte.encode())
    if prevue < 18_000:
        assert lu == contenu and not motif
    elif prevue > 20_000:
        assert lu is None and "trop de mémoire" in motif


def test_une_memoire_pleine_est_le_fait_d_une_copie_pas_de_la_classe(cours, monkeypatch):
    lire = lecture._lire_json

    def manquer(texte: str):
        if "trop" in texte:
            raise MemoryError
        return lire(texte)

    monkeypatch.setattr(lecture, "_lire_json", manquer)
    deposer(cours, "léa", copie_parfaite() | {"metadata": {"trop": 1}})
    copies = {copie.stagiaire: copie for copie in corriger_la_classe(cours, DEVOIR)}
    assert "trop de mémoire" in copies["léa"].motif
    assert copies["léa"].a_verifier == list(LTV.questions)
    assert copies["ali"].note == copies["zoé"].note == ENTIERE.note


HOSTILES = {
    "imbriqué": b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "presque trop imbriqué, et coupé": b'{"a":' * 400 + b'"\\ud800"' + b"}" * 400,
    "fusion sans fin": b"<<<<<<< HEAD\n" + b"a\n" * 1_000_000,
    "nombre sans fin": b'{"cells": [], "nbformat": ' + b"9" * 100_000 + b"}",
    "trop d'objets": b'{"cells": [' + b"{}," * 1_000_001 + b"{}]}",
    "trop de cellules": b'{"cells": [' + b'{"cell_type":1},' * 6_000 + b"{}]}",
    "rien que des blancs": b" " * 1_000_000,
}


@pytest.mark.parametrize("contenu", HOSTILES.values(), ids=HOSTILES)
def test_un_fichier_demesure_est_refuse_avec_sa_cause(contenu):
    lu, motif, _ = lire_notebook(contenu)
    assert lu is None and motif.startswith(("le ", "un ")) and motif.endswith(".")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda plus: (
        st.lists(plus, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "source", "metadata", "nbgrader", "grade_id", "grc_remise", "id"]
            )
            | st.text(max_size=3),
            plus,
            max_size=4,
        )
    ),
    max_leaves=20,
)
_CELLULES = st.lists(st.sampled_from(notebook_distribue()["cells"]) | _JSON, max_size=6)
_FICHIERS = (
    st.binary(max_size=200)
    | _JSON.map(lambda lu: json.dumps(lu).encode())
    | st.builds(
        lambda cellules, reste, coupe: json.dumps({"cells": cellules, "metadata": reste}).encode()[
            : coupe or None
        ],
        _CELLULES,
        _JSON,
        st.sampled_from([0, 0, 0, -1, -20]),
    )
)


@given(_FICHIERS)
@settings(max_examples=200)
def test_aucun_fichier_ne_fait_d_erreur_et_aucun_n_a_de_zero_sans_le_dire(brut):
    lu, motif, reparations = lire_notebook(brut)
    assert (lu is None) == bool(motif)
    copie = corriger_la_copie(CopieRemise("léa", None, lu, motif, [], reparations), LTV)
    if copie.motif:
        assert copie.a_verifier == list(LTV.questions)
