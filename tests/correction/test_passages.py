"""Une copie est corrigée une fois : par où passe chaque commande, comptée sur une classe de trente."""

import shutil
from pathlib import Path

import pytest

from autograde.correction.classe import corriger_la_classe, inscrire_le_devoir
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.demonstration.classe import copies
from autograde.demonstration.copies import ranger
from autograde.prose.bareme import BaremeRedige
from autograde.rapport.donnees import charger_rapport
from autograde.relecture import console
from autograde.relecture.seance import SeanceDeRelecture
from autograde.relecture.vue import montrer_les_questions, montrer_une_question
from grc_helpers.commandes import principal
from tests.classe_fictive import DEPOT
from tests.passages import RIEN, compter

DEVOIR, CLASSE = "s2_tp3_bertin", 30
REDIGEE = "s2_tp3_q4"


@pytest.fixture(scope="module")
def neuf(tmp_path_factory) -> Cours:
    """Le devoir et ses trente copies ; le carnet connaît le devoir, aucune copie n'est corrigée."""
    dossier = tmp_path_factory.mktemp("neuf")
    cours = Cours(dossier / "cours", dossier / "travail")
    for source, destination in (
        (DEPOT.solutions, cours.solutions),
        (DEPOT.distribue, cours.distribue),
    ):
        shutil.copytree(source / DEVOIR, destination / DEVOIR)
    for stagiaire, nom, contenu in copies(cours, DEVOIR, CLASSE):
        ranger(cours, stagiaire, DEVOIR, nom, contenu)
    inscrire_le_devoir(cours, DEVOIR)
    return cours


def recopier(modele: Cours, dossier: Path) -> Cours:
    """Le même cours ailleurs ; les fichiers gardent leur date, dont dépend ce qui est à jour."""
    cours = Cours(dossier / "cours", dossier / "travail")
    shutil.copytree(modele.racine, cours.racine)
    shutil.copytree(modele.travail, cours.travail)
    return cours


@pytest.fixture(scope="module")
def premiere_fois(neuf, tmp_path_factory):
    """La classe corrigée une fois, et par où cela est passé."""
    cours = recopier(neuf, tmp_path_factory.mktemp("corrige"))
    with compter() as passages:
        list(corriger_la_classe(cours, DEVOIR))
    return cours, passages


@pytest.fixture
def cours(premiere_fois, tmp_path, monkeypatch) -> Cours:
    cours = recopier(premiere_fois[0], tmp_path)
    monkeypatch.setattr(Cours, "courant", lambda: cours)
    return cours


def reponses_evaluees(cours: Cours, question: str = "") -> int:
    """Combien de réponses rédigées de la classe ne sont pas vides."""
    devoir = charger_devoir(cours, DEVOIR)
    return sum(
        note.evaluation is not None
        for copie in corriger_la_classe(cours, DEVOIR)
        for nom, note in copie.correction.proposees.items()
        if isinstance(devoir.bareme[nom], BaremeRedige) and question in ("", nom)
    )


def dates(cours: Cours) -> dict[str, int]:
    """La date du fichier que formgrader montre, par stagiaire : une copie de nouveau inscrite en a une autre."""
    return {f.parent.parent.name: f.stat().st_mtime_ns for f in cours.corrigees.rglob("*.ipynb")}


def reinscrites(cours: Cours, avant: dict[str, int]) -> set[str]:
    return {stagiaire for stagiaire, date in dates(cours).items() if avant[stagiaire] != date}


def changer_le_bareme(cours: Cours, avant: str, apres: str) -> None:
    fichier = cours.solutions / DEVOIR / "bareme.yml"
    texte = fichier.read_text(encoding="utf-8")
    assert texte.count(avant) == 1
    fichier.write_text(texte.replace(avant, apres), encoding="utf-8")


def test_la_premiere_fois_chaque_copie_est_lue_et_corrigee_une_fois(premiere_fois):
    cours, passages = premiere_fois
    evaluees = reponses_evaluees(cours)
    assert evaluees > CLASSE
    assert passages == {
        "copies lues": CLASSE,
        "copies corrigées": CLASSE,
        "réponses évaluées": evaluees,
        "ouvertures": 1,
    }


@pytest.mark.parametrize(
    ("commande", "ouvertures"),
    [
        (["corriger", DEVOIR], 1),
        # la classe, ses notes, celles dont le fichier rendu n'est plus là, les noms pour Moodle
        (["retours", DEVOIR], 4),
        (["retours", DEVOIR, "--niveau", "note"], 4),
    ],
)
def test_sur_une_classe_corrigee_rien_n_est_lu_ni_evalue(cours, capsys, commande, ouvertures):
    with compter() as passages:
        assert principal(commande) == 0
    assert passages == RIEN | {"ouvertures": ouvertures}


def test_les_notes_se_sortent_sans_rien_lire(cours, capsys):
    with compter() as passages:
        assert principal(["notes", DEVOIR]) == 0
    del passages["ouvertures"]
    assert set(passages.values()) == {0}
    assert len((cours.notes / f"{DEVOIR}.csv").read_text(encoding="utf-8").splitlines()) == 31


def test_le_rapport_relit_le_carnet_et_n_ecrit_rien(cours):
    avant = (cours.travail / "gradebook.db").read_bytes()
    with compter() as passages:
        rapport = charger_rapport(cours, DEVOIR)
    # la classe, ses notes, les noms
    assert passages == RIEN | {"ouvertures": 3} and len(rapport.copies) == CLASSE
    assert (cours.travail / "gradebook.db").read_bytes() == avant


@pytest.fixture
def seance(cours, monkeypatch) -> SeanceDeRelecture:
    """La séance que sert « grc relire », ouverte sans rien lire."""
    ouvertes = []

    async def servir(ouverte, *_):
        ouvertes.append(ouverte)

    monkeypatch.setattr(console, "_servir", servir)
    with compter() as passages:
        assert principal(["relire", DEVOIR, "--sans-navigateur"]) == 0
    # la classe, puis ses notes et les commentaires
    assert passages == RIEN | {"ouvertures": 2}
    return ouvertes[0]


def test_la_page_de_relecture_s_ouvre_sans_rien_lire(seance):
    with compter() as passages:
        assert len(montrer_les_questions(seance)["questions"]) == 12
    assert passages == RIEN | {"ouvertures": 1}
    with compter() as passages:
        assert montrer_une_question(seance, REDIGEE)["groupes"]
    assert passages == RIEN | {"ouvertures": 1}


@pytest.mark.parametrize(
    ("geste", "arguments"),
    [
        ("valider", []),
        ("noter", ["1"]),
        ("commenter", ["Citez un chiffre."]),
        ("decider", ["", 0.5]),
    ],
)
def test_un_geste_ouvre_le_carnet_une_fois(seance, geste, arguments):
    groupe = seance.groupes[REDIGEE][0]
    if geste == "decider":
        arguments[0] = next(iter(seance.devoir.bareme[REDIGEE].criteres))
    seance.noter(groupe.identifiant, "0,5")
    with compter() as passages:
        relu = getattr(seance, geste)(groupe.identifiant, *arguments)
    assert passages == RIEN | {"ouvertures": 1}
    assert relu.etats.keys() == groupe.copies.keys()


def test_une_decision_ne_renote_que_les_copies_de_cette_reponse(cours, seance):
    groupe = next(g for g in seance.groupes[REDIGEE] if 1 < len(g.copies) < CLASSE)
    element = next(iter(seance.devoir.bareme[REDIGEE].criteres))
    credit = groupe.note.evaluation.credits[element].valeur
    seance.decider(groupe.identifiant, element, 0.0 if credit else 1.0)
    avant = dates(cours)
    with compter() as passages:
        copies = {copie.stagiaire: copie for copie in corriger_la_classe(cours, DEVOIR)}
    assert passages == RIEN | {"ouvertures": 1}
    assert reinscrites(cours, avant) == set(groupe.copies)
    for stagiaire, copie in copies.items():
        dites = " ".join(copie.correction.notes[REDIGEE].commentaires)
        assert ("Décidé par le formateur" in dites) == (stagiaire in groupe.copies)
    avant = dates(cours)
    list(corriger_la_classe(cours, DEVOIR))
    assert reinscrites(cours, avant) == set(), "une décision ne s'inscrit qu'une fois"


def test_decider_dans_la_console_ne_relit_rien(cours, monkeypatch, capsys):
    saisies = iter(["1 1", ""])
    monkeypatch.setattr("builtins.input", lambda *_: next(saisies, "q"))
    avant = dates(cours)
    with compter() as passages:
        assert principal(["decider", DEVOIR, "--question", REDIGEE]) == 0
    # la classe, les notes d'avant, la classe de nouveau, les notes d'après
    assert passages == RIEN | {"ouvertures": 4}
    [decidee] = charger_devoir(cours, DEVOIR).decisions.par_question[REDIGEE]
    assert reinscrites(cours, avant) == set(decidee.stagiaires) != set()


def test_un_bareme_redige_change_ne_reevalue_que_sa_question(cours):
    changer_le_bareme(cours, "n_sur: 6", "n_sur: 5")
    avant = dates(cours)
    with compter() as passages:
        copies = list(corriger_la_classe(cours, DEVOIR))
    evaluees = reponses_evaluees(cours, REDIGEE)
    assert passages == RIEN | {"réponses évaluées": evaluees, "ouvertures": 1} and evaluees
    assert reinscrites(cours, avant) == {copie.stagiaire for copie in copies}
    with compter() as passages:
        assert list(corriger_la_classe(cours, DEVOIR)) == copies
    assert passages == RIEN | {"ouvertures": 1}


def test_un_bareme_calcule_change_ne_reevalue_aucune_prose(cours):
    changer_le_bareme(cours, "s2_tp3_q0b:\n", "s2_tp3_q0b:\n  report_erreur: false\n")
    with compter() as passages:
        copies = list(corriger_la_classe(cours, DEVOIR))
    assert passages == RIEN | {"ouvertures": 1}
    shutil.rmtree(cours.corrigees)
    (cours.travail / "gradebook.db").unlink()
    assert list(corriger_la_classe(cours, DEVOIR)) == copies, "comme si tout était corrigé de neuf"


def test_une_copie_nouvelle_ou_changee_est_la_seule_lue(cours, capsys):
    premiere, autre = sorted(cours.remises.glob(f"*/{DEVOIR}"))[:2]
    fichier = next(premiere.glob("*.ipynb"))
    fichier.write_bytes(next(autre.glob("*.ipynb")).read_bytes())
    ranger(cours, "zzz", DEVOIR, f"{DEVOIR}.ipynb", fichier.read_bytes())
    with compter() as passages:
        assert principal(["retours", DEVOIR]) == 0
    assert (passages["copies lues"], passages["copies corrigées"]) == (2, 2)
    assert (cours.retours / DEVOIR / "zzz.html").is_file(), "corrigée et inscrite à ce moment-là"
