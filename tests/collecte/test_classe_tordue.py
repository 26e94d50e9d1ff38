"""Trente stagiaires, trente façons de rendre : la liste exacte de ce qui est encore demandé au formateur, et rien d'autre."""

import json
from collections.abc import Callable

import pytest

from autograde.collecte.liste_de_classe.stagiaire import Stagiaire
from autograde.correction.classe import corriger_la_classe
from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import changer
from tests.classe_fictive import DEVOIR, copie_a_relire, copie_parfaite
from tests.collecte.sources import AUTRE_TP, BONNE, VIERGE, archive, avec_recu, en_zip, faire
from tests.copie.test_cas_publics import (
    couper_au_poste,
    passer_par_colab,
    passer_par_vscode,
    perdre_les_metadonnees,
    repondre_dessous,
)

# Ce que chacun dépose dans Moodle : dans son dossier, des fichiers et leur contenu.
Depot = dict[str, bytes]


def apres(geste: Callable[[dict], object]) -> bytes:
    """Une copie parfaite, après ce qu'un stagiaire en a fait."""
    copie = copie_parfaite()
    geste(copie)
    return json.dumps(copie, ensure_ascii=False).encode()


def ecrire(question: str, texte: str) -> Callable[[dict], None]:
    return lambda copie: changer(copie, question, lambda s: s.split("\n")[0] + "\n" + texte)


CLASSE: dict[tuple[str, str], Depot] = {
    ("Léa", "N'Guyen-Petit"): {"s2_tp1_ltv.ipynb": BONNE},
    ("Hugo", "Martin"): {"s2_tp1_ltv.ipynb": VIERGE},
    ("Inès", "Martin"): {"s2_tp1_ltv.ipynb": BONNE, "s2_tp1_ltv (1).ipynb": VIERGE},
    ("Amine", "El Fassi"): {"s2_tp1_ltv.ipynb": VIERGE, "s2_tp1_ltv (1).ipynb": BONNE},
    ("Rania", "Bertin"): {
        ".ipynb_checkpoints/s2_tp1_ltv-checkpoint.ipynb": VIERGE,
        "m.ipynb": BONNE,
    },
    ("Omar", "Bennani"): {
        "cours.zip": en_zip({"grc/s2_tp1_ltv.ipynb": BONNE, "grc/lisez.txt": b"x"})
    },
    ("Sara", "Chraïbi"): {"a.zip": en_zip({"b.zip": en_zip({"m.ipynb": BONNE})})},
    ("Nour", "Amrani"): {"tp.ipynb.txt": BONNE},
    ("Zoé", "Kader"): {"rapport.docx": b"PK\x03\x04 pas un cahier"},
    ("Youssef", "Alaoui"): {"s2_tp1_ltv.ipynb.lnk": b"L\0\0\0\x01\x14\x02\0"},
    ("Imane", "Tazi"): {"copie.pdf": b"%PDF-1.7"},
    ("Karim", "Idrissi"): {"s2_tp1_ltv.ipynb": BONNE[: len(BONNE) // 2]},
    ("Salma", "Berrada"): {"s2_tp1_ltv.ipynb": b""},
    ("Théo", "Dupont"): {"tp3.ipynb": AUTRE_TP},
    ("Théa", "Dupond"): {"tp3.ipynb": AUTRE_TP, "s2_tp1_ltv.ipynb": BONNE},
    ("Anas", "Ziani"): {"s2_tp1_ltv.ipynb": apres(passer_par_colab)},
    ("Meryem", "Lahlou"): {"s2_tp1_ltv.ipynb": apres(perdre_les_metadonnees)},
    ("Hind", "Saïdi"): {"s2_tp1_ltv.ipynb": apres(passer_par_vscode)},
    ("Reda", "Filali"): {"s2_tp1_ltv.ipynb": apres(repondre_dessous("s2_tp1_q0", "code"))},
    ("Aya", "Mansouri"): {"s2_tp1_ltv.ipynb": apres(couper_au_poste)},
    ("Ilyas", "Naciri"): {"s2_tp1_ltv.ipynb": apres(ecrire("s2_tp1_q0", "400 clients environ"))},
    ("Chaima", "Fathi"): {"s2_tp1_ltv.ipynb": apres(ecrire("s2_tp1_q2e", "140 676 €44"))},
    ("Adam", "Rami"): {"s2_tp1_ltv.ipynb": apres(ecrire("s2_tp1_q0", "je ne sais pas"))},
    ("Lina", "Sefrioui"): {"s2_tp1_ltv.ipynb": json.dumps(copie_a_relire()).encode()},
    ("Yanis", "Bouzid"): {
        "s2_tp1_ltv.ipynb": apres(ecrire("s2_tp1_q3", "import os\nos.remove('x')"))
    },
    ("Nadia", "Kabbaj"): {"s2_tp1_ltv.ipynb": avec_recu("Nadia Kabbaj")},
    ("Samir", "Haddad"): {"s2_tp1_ltv.ipynb": avec_recu("Nadia Kabbaj")},
    ("Ines", "El Amrani"): {"s2_tp1_ltv.ipynb": avec_recu("Ines Elamrani, Jad Slaoui")},
    ("Jad", "Slaoui"): {},
    ("Yasmine", "Alami"): {"Capture.png": b"\x89PNG", "s2_tp1_ltv.ipynb": BONNE},
}


@pytest.fixture(scope="module")
def bilan(tmp_path_factory):
    dossier = tmp_path_factory.mktemp("tordue")
    envois = {
        f"{prenom} {nom}_{1000 + rang}_assignsubmission_file/{fichier}": contenu
        for rang, ((prenom, nom), depot) in enumerate(CLASSE.items())
        for fichier, contenu in depot.items()
    }
    cours = Cours(travail=dossier / "travail")
    liste = [Stagiaire(prenom=prenom, nom=nom) for prenom, nom in CLASSE]
    return cours, faire(cours, archive(dossier, envois), liste=liste)


def test_au_ramassage_deux_questions_que_les_copies_ne_tranchent_pas(bilan):
    _, fait = bilan
    assert {attente.fichier.split("_")[0]: attente.pourquoi for attente in fait.a_preciser} == {
        "Samir Haddad": "les indices se contredisent : Moodle dit Samir Haddad, la copie dit Nadia Kabbaj",
        "Théo Dupont": "c'est une copie de s2_tp3_bertin, pas de s2_tp1_ltv",
    }


def test_qui_n_a_pas_rendu_un_cahier_est_nomme_avec_ce_qu_il_a_rendu(bilan):
    """Les autres fichiers, joints à une copie, ne sont que du bruit."""
    _, fait = bilan
    ranges = {identifiant for identifiant, _ in fait.rangees}
    assert {
        ecarte.stagiaire.nom_complet: ecarte.motif.split(",")[0]
        for ecarte in fait.ecartes
        if ecarte.stagiaire.identifiant not in ranges
    } == {
        "Zoé Kader": "c'est un document de traitement de texte",
        "Youssef Alaoui": "c'est un raccourci vers le cahier",
        "Imane Tazi": "c'est un PDF",
    }


def test_a_la_correction_ce_qui_attend_le_formateur(bilan):
    """Les copies abîmées sont entières à redemander ; de toutes les autres, cinq réponses se lisent."""
    cours, fait = bilan
    copies = {copie.stagiaire: copie for copie in corriger_la_classe(cours, DEVOIR)}
    assert len(copies) == len(fait.rangees) == 25
    assert {qui: copie.motif for qui, copie in copies.items() if copie.motif} == {
        "berrada_salma": "le fichier est vide.",
        "idrissi_karim": "le fichier est abîmé (ce n'est plus un notebook entier).",
    }
    assert {
        qui: copie.a_verifier
        for qui, copie in copies.items()
        if copie.a_verifier and not copie.motif
    } == {
        "filali_reda": ["s2_tp1_q0"],
        "mansouri_aya": ["s2_tp1_q3"],
        "rami_adam": ["s2_tp1_q0"],
        "sefrioui_lina": ["s2_tp1_q3"],
        "bouzid_yanis": ["s2_tp1_q3"],
    }
    assert {qui for qui, copie in copies.items() if copie.note == 20} == {
        *("alami_yasmine", "amrani_nour", "bennani_omar", "bertin_rania", "chraibi_sara"),
        *("dupond_thea", "el_fassi_amine", "fathi_chaima", "filali_reda", "lahlou_meryem"),
        *("mansouri_aya", "martin_ines", "n_guyen_petit_lea", "naciri_ilyas", "saidi_hind"),
        "ziani_anas",
    }
