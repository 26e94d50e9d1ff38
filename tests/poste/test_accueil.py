"""L'accueil et le README se remplissent tout seuls : les séances disent elles-mêmes ce qu'elles sont."""

import json
import shutil

import pytest

from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import changer
from autograde.production.sommaire import ecrire_le_sommaire
from grc_helpers.entrainement.deroulement import PAS_ENCORE, PREMIER, SECOND
from grc_helpers.poste.enregistrement import DossierDeTravail
from grc_helpers.poste.etats import travaux
from grc_helpers.reponses.notebook import cellules, nbgrader, source
from grc_helpers.seances.avancement import DISPARUE, REPONDUE, mesurer_l_avancement
from grc_helpers.seances.exercices import CLE, lire_l_entrainement
from grc_helpers.seances.parcours import lire_le_parcours
from grc_helpers.seances.seances import lire_le_notebook, seances
from tests import classe_plateau as plateau
from tests.classe_fictive import DEVOIR, copie_avec, copie_parfaite, notebook_distribue

COURS = Cours()


def test_le_sommaire_est_a_jour(tmp_path):
    """Lancez « grc produire » si ce test échoue : la liste des séances a changé."""
    copie = Cours(racine=tmp_path)
    shutil.copytree(COURS.solutions, copie.solutions)
    shutil.copy(COURS.racine / "README.md", tmp_path)
    ecrire_le_sommaire(copie)
    for nom in ("README.md", "solutions/accueil/accueil.ipynb"):
        assert (tmp_path / nom).read_bytes() == (COURS.racine / nom).read_bytes(), nom


def test_ajouter_un_dossier_suffit(tmp_path):
    copie = Cours(racine=tmp_path)
    shutil.copytree(COURS.solutions, copie.solutions)
    shutil.copy(COURS.racine / "README.md", tmp_path)
    nouveau = copie.solutions / "s2_tp9_essai"
    nouveau.mkdir()
    titre = "# TP 9 · Classer les clients\n\n**Séquence 2 — Connaissance du client et portefeuille** · durée : 1 h 30 · noté sur 20"
    (nouveau / "s2_tp9_essai.ipynb").write_text(
        json.dumps({"cells": [{"cell_type": "markdown", "source": titre}]}), encoding="utf-8"
    )
    ecrire_le_sommaire(copie)
    accueil = "\n".join(
        source(c) for c in cellules(lire_le_notebook(copie.notebook_source("accueil")))
    )
    assert accueil.index("s2_tp1_ltv.ipynb") < accueil.index(
        "[TP 9 · Classer les clients](../s2_tp9_essai/s2_tp9_essai.ipynb) · 1 h 30"
    )
    assert accueil.count("### Séquence 2") == 1
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert (
        "| Séquence 2, TP 9 · Classer les clients | [`s2_tp9_essai`](course/s2_tp9_essai/s2_tp9_essai.ipynb) | 1 h 30 | 20 |"
        in readme
    )
    assert "## Pour aller plus loin" in readme


def test_les_seances_viennent_dans_l_ordre_du_cours(tmp_path):
    noms = [
        "s5_at1_indicateurs_crc",
        "s2_at1_rfm",
        "s2_tp10_fin",
        "s2_tp2_rimaldi",
        "s2_connaissance_client",
        "s0_prise_en_main",
    ]
    for nom in noms:
        (tmp_path / nom).mkdir()
        (tmp_path / nom / f"{nom}.ipynb").write_text('{"cells": []}', encoding="utf-8")
    (tmp_path / "s2_at1_rfm" / "brouillon.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "s2_at1_rfm" / "s2_at1_rfm.ipynb").write_text("abîmé", encoding="utf-8")
    assert [s.dossier for s in seances(tmp_path)] == [
        "s0_prise_en_main", "s2_connaissance_client", "s2_tp2_rimaldi", "s2_tp10_fin", "s5_at1_indicateurs_crc",
    ]  # fmt: skip


@pytest.mark.parametrize("seance", seances(COURS.distribue), ids=lambda s: s.chemin)
def test_chaque_seance_dit_ce_qu_elle_est(seance):
    assert seance.titre and seance.titre != seance.chemin and seance.but
    assert seance.est_un_outil or (seance.sequence and seance.minutes)


def test_une_sequence_porte_le_meme_titre_partout():
    titres: dict[str, set[str]] = {}
    for seance in seances(COURS.distribue):
        titres.setdefault(seance.dossier.split("_")[0], set()).add(seance.sequence)
    assert [t for t in titres.values() if len(t) > 1] == []


# --- Le parcours d'une leçon ------------------------------------------------------------------------------------


def lecon_faite(resultats: list[str], nom: str = "s1_evolution_grc") -> dict:
    """La leçon distribuée, avec ce qu'ont donné ses premiers exercices, comme la page l'enregistre."""
    lecon = notebook_distribue(nom)
    noms = list(lire_l_entrainement(lecon).resultats)
    lecon["metadata"] |= {CLE: dict(zip(noms, resultats, strict=False))}
    return lecon


def test_une_lecon_est_faite_quand_ses_exercices_sont_reussis():
    lecon = notebook_distribue("s1_evolution_grc")
    tous = list(lire_l_entrainement(lecon).cellules.values())
    vierge, entamee, finie = (
        lire_le_parcours(lecon_faite(faits))
        for faits in ([], [PREMIER, SECOND, PAS_ENCORE, PREMIER], [SECOND] * len(tous))
    )
    assert (vierge.reussis, vierge.commencees, vierge.total) == (0, 0, len(tous))
    assert (vierge.suivante, vierge.etape, vierge.minutes_restantes) == (tous[0], 1, 240)
    assert (entamee.reussis, entamee.commencees, entamee.suivante) == (3, 4, tous[2])
    assert 240 > entamee.minutes_restantes > 0
    assert (finie.reussis, finie.suivante, finie.minutes_restantes) == (len(tous), "", 0)


def test_lancer_toute_une_lecon_ne_la_fait_pas():
    """G16 : « Tout exécuter » ne répond à rien."""
    lecon = notebook_distribue("s1_evolution_grc")
    for rang, cellule in enumerate(c for c in cellules(lecon) if c["cell_type"] == "code"):
        cellule["execution_count"] = rang + 1
    lancee = lire_le_parcours(lecon)
    assert lancee.reussis == 0 < lancee.total < lancee.commencees


@pytest.fixture
def dossier(tmp_path):
    shutil.copytree(COURS.distribue, tmp_path, dirs_exist_ok=True)
    travail = DossierDeTravail(tmp_path)
    travail.preparer()
    return travail


def test_une_lecon_entamee_s_efface_avec_le_reste_sur_un_pc_partage(dossier):
    chemin = "s1_evolution_grc/s1_evolution_grc.ipynb"
    fichier = dossier.cours / chemin
    assert travaux(dossier) == []
    fichier.write_text(json.dumps(lecon_faite([PAS_ENCORE])), encoding="utf-8")
    dossier.preparer()  # le cours se rouvre le lendemain
    assert travaux(dossier) == [chemin]
    assert dossier.sauvegardes.effacer(chemin)
    assert lire_le_parcours(lire_le_notebook(fichier)).commencees == 0 and travaux(dossier) == []


@pytest.mark.parametrize(
    "etrange",
    [{}, {"cells": None}, {"cells": [None, {"cell_type": "code", "source": "## Étape 1"}]}],
)
def test_un_contenu_inattendu_n_a_pas_d_exercices(etrange):
    assert lire_le_parcours(etrange).total == 0


def test_l_accueil_n_est_jamais_garde_ni_reclame(dossier):
    """G11 : une version de l'accueil, gardée par une édition passée, faisait dire que le formateur devait le remettre à neuf."""
    dossier.sauvegardes.garder("accueil/accueil.ipynb", {"cells": [{"source": "d'avant"}]})
    assert travaux(dossier) == []


# --- L'avancement --------------------------------------------------------------------------------------------------


def test_de_la_copie_vierge_a_la_copie_complete():
    vierge, complete = (
        mesurer_l_avancement(notebook_distribue()),
        mesurer_l_avancement(copie_parfaite()),
    )
    assert (vierge.commencees, vierge.recevables, vierge.suivante, vierge.minutes_restantes) == (
        0,
        0,
        "s2_tp1_q0",
        150,
    )
    assert (
        complete.commencees,
        complete.recevables,
        complete.suivante,
        complete.minutes_restantes,
    ) == (8, 8, "", 0)


def test_une_reponse_commencee_n_est_pas_recevable():
    mesure = mesurer_l_avancement(
        copie_avec(
            {
                "s2_tp1_q0": "beaucoup",
                "s2_tp1_q1": "Années | N1 | N2 | N3 | N4\nClients perdus | 100 | | |",
            }
        )
    )
    assert (mesure.commencees, mesure.recevables) == (2, 0)
    assert mesure.etats["s2_tp1_q0"] == "à reprendre"


def test_le_temps_restant_suit_les_points():
    mesure = mesurer_l_avancement(
        copie_avec(
            {
                "s2_tp1_q3": "Les clients partent : il faut d'abord les garder. La première année rapporte 54 000 €."
            }
        )
    )
    assert mesure.points["s2_tp1_q3"] == 4 and mesure.minutes_restantes == 120  # 150 × 16 / 20


def test_une_cellule_disparue_compte_toujours_comme_une_question():
    abimee = copie_parfaite()
    abimee["cells"] = [c for c in cellules(abimee) if nbgrader(c).get("grade_id") != "s2_tp1_q3"]
    for origine in (None, notebook_distribue()):
        mesure = mesurer_l_avancement(abimee, origine)
        assert (mesure.total, mesure.recevables, mesure.etats["s2_tp1_q3"]) == (8, 7, DISPARUE)


def test_une_magie_effacee_se_lit_encore_grace_a_l_origine():
    copie = copie_parfaite()
    for cellule in cellules(copie):
        if nbgrader(cellule).get("grade_id") == "s2_tp1_q0":
            cellule["source"] = "400"
    assert mesurer_l_avancement(copie, notebook_distribue()).recevables == 8


@pytest.mark.parametrize(
    "etrange",
    [
        {},
        {"cells": None},
        {"cells": [None, {"metadata": {"nbgrader": {"grade": True, "points": None}}}]},
    ],
)
def test_un_contenu_inattendu_n_a_pas_de_questions(etrange):
    assert mesurer_l_avancement(etrange).total == 0


def test_les_devoirs_ont_des_points_connus():
    assert sum(mesurer_l_avancement(notebook_distribue(DEVOIR)).points.values()) == 20


def test_deux_calculs_aux_memes_libelles_ne_se_contredisent_pas():
    servis = f"{plateau.ENTETE}{plateau.SERVIS} | 48 | 36"
    copie = plateau.notebook({"plateau_q2": servis})
    autre = f"%%tableau plateau_q1 autre_plateau\n{plateau.ENTETE}{plateau.PERDUS} | 48 | 8"
    changer(copie, "plateau_q1", lambda _: autre)
    with plateau.calcul_connu(plateau.CALCUL, "autre_plateau"):
        etats = mesurer_l_avancement(copie).etats
    assert (etats["plateau_q1"], etats["plateau_q2"]) == (REPONDUE, REPONDUE)
