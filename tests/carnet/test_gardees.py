"""Les corrections gardées au carnet : un carnet d'avant se met à jour sans rien perdre, et deux formateurs à la fois n'y perdent rien."""

import os
import shutil
import subprocess
import sys

import pytest

from autograde.carnet.sql import Base, CarnetIndisponible
from autograde.copie.remises import dossiers_remis
from autograde.correction.classe import corriger_la_classe, lire_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.relecture.seance import SeanceDeRelecture
from autograde.rendu.notes import exporter_les_notes
from autograde.rendu.pages import ecrire_les_retours
from tests.apprentissage.classe import DEVOIR, QUESTION, fabriquer
from tests.passages import RIEN, compter

REPONSES = {
    f"stagiaire{rang:02d}": f"On poireaute {rang} plombes au comptoir. La vendeuse aboie, grogne et claque les tiroirs."
    for rang in range(12)
}


@pytest.fixture
def cours(tmp_path, carnet_neuf) -> Cours:
    modele = fabriquer(tmp_path, **REPONSES)
    cours = Cours(modele.racine, modele.travail, carnet_neuf())
    list(corriger_la_classe(cours, DEVOIR))
    return cours


def contenu(cours: Cours) -> dict[str, list[tuple]]:
    """Tout ce que le carnet sait de la classe, hors des corrections gardées."""
    tables = {
        "grade": "id, auto_score, manual_score, needs_manual_grade",
        "comment": "id, auto_comment, manual_comment",
        "grc_empreinte": "grade_id, empreinte",
        "grc_journal": "date, stagiaire, question, points, a_relire, manuelle, commentaire, empreinte",
    }
    with Base(cours.db_url) as base:
        return {
            nom: sorted(base.lire(f"select {champs} from {nom}"), key=repr)
            for nom, champs in tables.items()
        }


def vieillir(cours: Cours) -> None:
    """Le carnet tel qu'il était quand il ne gardait de chaque copie qu'une ligne de tableau."""
    with Base(cours.db_url) as base, base.transaction():
        remises = base.lire("select remise_id, empreinte from grc_copie")
        assert len(remises) == len(REPONSES)
        base.lire("drop table grc_copie")
        base.lire(
            "create table grc_copie (remise_id varchar(32) primary key, empreinte varchar(64) not null, bilan text not null)"
        )
        base.ecrire(
            "insert into grc_copie values (?, ?, ?)", [(*r, '{"stagiaire": "x"}') for r in remises]
        )


def test_un_carnet_d_avant_garde_tout_et_chaque_copie_s_y_corrige_une_fois(cours):
    devoir = charger_devoir(cours, DEVOIR)
    seance = SeanceDeRelecture(cours, devoir, corriger_la_classe(cours, DEVOIR))
    premier, deuxieme, troisieme = (g.identifiant for g in seance.groupes[QUESTION][:3])
    seance.decider(premier, "attente", 1.0, "poireaute")
    seance.valider(premier)
    seance.noter(deuxieme, "2,5")
    seance.commenter(troisieme, "Dites-le sans image.")
    decisions = (cours.decisions / f"{DEVOIR}.yml").read_bytes()
    corrigees, avant = list(corriger_la_classe(cours, DEVOIR)), contenu(cours)
    assert len(avant["grc_journal"]) >= len(REPONSES)
    vieillir(cours)

    with compter() as passages:
        assert list(lire_la_classe(cours, DEVOIR)) == corrigees, "il se lit sans y rien changer"
    assert passages["copies corrigées"] == len(REPONSES) and contenu(cours) == avant
    with Base(cours.db_url) as base:
        assert "bilan" in base.colonnes("grc_copie")

    with compter() as passages:
        assert list(corriger_la_classe(cours, DEVOIR)) == corrigees
    assert passages["copies corrigées"] == len(REPONSES)
    assert contenu(cours) == avant, "ni note, ni commentaire, ni ligne de journal n'a bougé"
    assert (cours.decisions / f"{DEVOIR}.yml").read_bytes() == decisions
    with compter() as passages:
        assert list(corriger_la_classe(cours, DEVOIR)) == corrigees
    assert passages == RIEN | {"ouvertures": 1}


@pytest.mark.parametrize("texte", ["", "{", "null", "{}", '{"recu": 3}'])
def test_une_correction_gardee_abimee_se_refait(cours, texte):
    corrigees, avant = list(corriger_la_classe(cours, DEVOIR)), contenu(cours)
    with Base(cours.db_url) as base, base.transaction():
        [[remise]] = base.lire("select min(remise_id) from grc_copie")
        base.ecrire("update grc_copie set correction = ? where remise_id = ?", [(texte, remise)])
    with compter() as passages:
        assert list(corriger_la_classe(cours, DEVOIR)) == corrigees
    assert passages["copies corrigées"] == 1 and contenu(cours) == avant
    with compter() as passages:
        assert list(corriger_la_classe(cours, DEVOIR)) == corrigees
    assert passages["copies corrigées"] == 0


def test_lire_la_classe_sans_carnet_la_corrige_sans_rien_creer(tmp_path):
    cours = fabriquer(tmp_path, **REPONSES)
    assert len(list(lire_la_classe(cours, DEVOIR))) == len(REPONSES)
    assert [chemin.name for chemin in cours.travail.iterdir()] == ["submitted"]


def test_les_fichiers_rendus_ranges_ailleurs_les_pages_et_les_notes_se_font_encore(cours):
    pages = {p.stem: p.read_text(encoding="utf-8") for p in ecrire_les_retours(cours, DEVOIR)}
    assert pages.keys() == REPONSES.keys()
    partie = dossiers_remis(cours, DEVOIR)[3]
    shutil.move(partie, cours.travail / "ailleurs")
    sans_une = {p.stem: p.read_text(encoding="utf-8") for p in ecrire_les_retours(cours, DEVOIR)}
    assert sans_une == pages
    shutil.rmtree(cours.remises)
    sans_rien = {p.stem: p.read_text(encoding="utf-8") for p in ecrire_les_retours(cours, DEVOIR)}
    assert sans_rien == pages
    chemin, _ = exporter_les_notes(cours, DEVOIR)
    assert len(chemin.read_text(encoding="utf-8").splitlines()) == 1 + len(REPONSES)


def test_un_carnet_occupe_se_dit_au_lieu_d_attendre_sans_fin(cours):
    with Base(cours.db_url) as autre_programme, autre_programme.transaction():
        autre_programme.lire("update student set last_name = 'Occupé'")
        with (
            Base(cours.db_url, attente=0.2) as base,
            pytest.raises(CarnetIndisponible, match="occupé par un autre programme"),
            base.transaction(),
        ):
            pytest.fail("deux programmes écrivent en même temps")
    with Base(cours.db_url, attente=0.2) as base, base.transaction():
        assert {nom for (nom,) in base.lire("select last_name from student")} == {"Occupé"}


# Un formateur relit : une réponse sur deux, élément, commentaire puis Entrée, pendant qu'un autre fait de même et qu'on recorrige.
RELIRE = f"""
import sys
from pathlib import Path
from autograde.carnet.sql import CarnetIndisponible
from autograde.correction.classe import corriger_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.relecture.seance import SeanceDeRelecture

racine, travail, carnet, parite = sys.argv[1:]
cours = Cours(Path(racine), Path(travail), carnet)
seance = SeanceDeRelecture(cours, charger_devoir(cours, {DEVOIR!r}), corriger_la_classe(cours, {DEVOIR!r}))
for groupe in seance.groupes[{QUESTION!r}][int(parite)::2]:
    seance.decider(groupe.identifiant, "attente", 1.0, "poireaute")
    seance.commenter(groupe.identifiant, "vu par " + parite)
    seance.valider(groupe.identifiant)
"""


def test_deux_formateurs_relisent_pendant_que_la_classe_se_recorrige(cours):
    arguments = [str(cours.racine), str(cours.travail), cours.carnet]
    formateurs = [
        subprocess.Popen(
            [sys.executable, "-c", RELIRE, *arguments, parite],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ,
        )
        for parite in ("0", "1")
    ]
    recorrections = 0
    while any(formateur.poll() is None for formateur in formateurs):
        list(corriger_la_classe(cours, DEVOIR))
        recorrections += 1
    sorties = [formateur.communicate()[0] for formateur in formateurs]
    assert [formateur.returncode for formateur in formateurs] == [0, 0], sorties
    assert recorrections > 1
    list(corriger_la_classe(cours, DEVOIR))

    devoir = charger_devoir(cours, DEVOIR)
    relus = SeanceDeRelecture(cours, devoir, corriger_la_classe(cours, DEVOIR)).relus(QUESTION)[
        QUESTION
    ]
    assert len(relus) == len(REPONSES)
    for rang, relu in enumerate(relus):
        assert relu.decisions["attente"].credit == 1 and len(relu.decisions) == 3
        [etat] = relu.etats.values()
        assert (etat.manuelle, etat.a_relire) == (1.0, False)
        assert etat.commentaire == f"vu par {rang % 2}"
