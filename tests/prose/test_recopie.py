"""Recoller une leçon envoie la réponse au formateur ; redire une définition apprise, parmi ses propres phrases, n'est pas recopier."""

import shutil
import time
from dataclasses import replace

import pytest

from autograde.cours.devoir import charger_devoir
from autograde.cours.lecons import fichiers_des_lecons
from autograde.production.essais_du_bareme import corriger_des_textes
from autograde.prose.recopie import recopie_du_cours
from autograde.prose.repli import suivre
from tests.classe_fictive import DEPOT

DEVOIR, QUESTION = "s1_tp1_historique", "s1_tp1_q4"
DEFINITION = "Le marketing transactionnel vise la vente d'aujourd'hui (une transaction est une affaire conclue)."
LECON = (
    DEFINITION
    + " C'est du court terme : il faut sans cesse de nouveaux acheteurs.\n"
    + "Le marketing relationnel continue après l'achat. On écoute, on conseille, on reste en lien, on propose de plus en plus juste,"
    + " pour satisfaire et fidéliser. Chacun y gagne."
)
SIENNES = (
    " Au souk, mon oncle vend des tapis comme ça, il ne revoit personne. Ma tante note les goûts des gens dans un cahier"
    " et les rappelle à chaque fête, alors ils reviennent."
)


def motif(texte: str) -> str:
    note = corriger_des_textes(charger_devoir(DEPOT, DEVOIR), {QUESTION: texte}).notes[QUESTION]
    return " ".join(note.a_verifier)


def test_une_lecon_recollee_se_relit():
    note = corriger_des_textes(charger_devoir(DEPOT, DEVOIR), {QUESTION: LECON}).notes[QUESTION]
    assert note.a_verifier == [
        "recopie du cours : l'essentiel de la réponse suit une leçon mot à mot "
        "(« Le marketing transactionnel vise la vente d'aujourd… »)."
    ]
    assert note.fraction and note.fraction >= 0.5, "le formateur juge, la proposition ne punit pas"


@pytest.mark.parametrize(
    "texte",
    [
        DEFINITION,
        DEFINITION + SIENNES,
        LECON + SIENNES + SIENNES.replace("tapis", "vases") + SIENNES.replace("souk", "port"),
        "Le transactionnel cherche la vente du jour. Le relationnel garde le contact après, conseille et écoute pour fidéliser.",
    ],
    ids=["une définition seule", "une définition parmi les siennes", "un tiers", "ses mots"],
)
def test_une_definition_apprise_n_est_pas_une_recopie(texte):
    assert "recopie" not in motif(texte)


def test_changer_un_mot_sur_vingt_ne_cache_pas_la_recopie():
    assert motif(LECON.replace("On écoute", "Il écoute")).startswith("recopie du cours")


def test_la_longue_reponse_se_lit_en_un_temps_proportionnel():
    lecons = charger_devoir(DEPOT, DEVOIR).lecons
    longue = suivre((LECON + SIENNES) * 25)
    recopie_du_cours(longue, lecons)  # les leçons se lisent une fois
    depart = time.perf_counter()
    for _ in range(20):
        recopie_du_cours(longue, lecons)
    assert time.perf_counter() - depart < 2


def test_les_lecons_sont_les_autres_cahiers_et_les_exercices():
    lus = [fichier.name for fichier in fichiers_des_lecons(DEPOT, DEVOIR)]
    assert "s1_evolution_grc.ipynb" in lus and "s1_evolution_grc.toml" in lus
    assert "s1_tp2_multicanal.ipynb" in lus and f"{DEVOIR}.ipynb" not in lus


def test_une_lecon_qui_change_fait_recorriger_et_ne_redemande_aucune_note(tmp_path):
    racine = tmp_path / "cours"
    for dossier in ("solutions", "course"):
        shutil.copytree(DEPOT.racine / dossier, racine / dossier)
    cours = replace(DEPOT, racine=racine)
    avant = charger_devoir(cours, DEVOIR)
    lecon = cours.notebook_distribue("s1_evolution_grc")
    lecon.write_text(
        lecon.read_text(encoding="utf-8").replace("court terme", "coup par coup"), encoding="utf-8"
    )
    apres = charger_devoir(cours, DEVOIR)
    assert apres.empreinte != avant.empreinte
    assert apres.baremes_ecrits == avant.baremes_ecrits and apres.regles == avant.regles
