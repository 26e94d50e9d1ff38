"""Plusieurs versions d'une copie, un cours entier, un travail à deux : la bonne est corrigée, rien d'inutile n'est demandé."""

import csv
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from autograde.collecte import bornes
from autograde.collecte.registre import Registre
from autograde.collecte.versions import Version, choisir
from autograde.copie.recu import Recu
from autograde.copie.remises import lire_copie
from autograde.correction.classe import corriger_la_classe
from autograde.correction.recus import Recus
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.fichiers.nature import RACCOURCI
from grc_helpers.commandes import principal
from grc_helpers.reponses.recu import Remise, inscrire_la_remise
from tests.classe_fictive import DEVOIR, copie_avec, copie_parfaite, notebook_distribue
from tests.collecte.sources import (
    BONNE,
    VIERGE,
    archive,
    avec_recu,
    clef_usb,
    completer,
    en_zip,
    faire,
    rangees,
)

NOEL = datetime(2026, 12, 24, 12)


def en_octets(notebook: dict) -> bytes:
    return json.dumps(notebook, ensure_ascii=False).encode()


def signee(notebook: dict, nom: str, date: str) -> bytes:
    return en_octets(inscrire_la_remise(notebook, Remise(DEVOIR, nom, "G2", date))[0])


# --- Le choix, comme une règle ----------------------------------------------------------------------------------------------------

dates = st.integers(0, 400_000).map(lambda minutes: NOEL + timedelta(minutes=minutes))
une_version = st.builds(
    Version,
    contenu=st.binary(max_size=2),
    nom=st.sampled_from(["tp.ipynb", "tp (1).ipynb", "tp-checkpoint.ipynb", "copie.ipynb"]),
    date=dates,
    numero=st.integers(0, 2),
    qualite=st.integers(0, 2),
    reponses=st.integers(0, 3),
    officielle=st.booleans(),
    rendue=st.none() | dates | st.just(datetime(2009, 1, 1)) | st.just(datetime(2099, 1, 1)),
    code=st.sampled_from(["", "AAAA-0001"]),
    recu=st.sampled_from([Recu.ABSENT, Recu.CONFORME, Recu.MODIFIE]),
)


@given(st.lists(une_version, min_size=1, max_size=5))
def test_une_version_vide_abimee_ou_de_secours_ne_l_emporte_jamais_en_silence(versions):
    choix = choisir(versions)
    lisibles = [v for v in versions if v.qualite == max(autre.qualite for autre in versions)]
    remplies = [v for v in lisibles if v.reponses]
    assert choix.version in lisibles
    assert not remplies or choix.version in remplies
    plus_remplies = [v for v in lisibles if v.reponses > choix.version.reponses]
    if plus_remplies and choix.version.officielle == plus_remplies[0].officielle:
        assert choix.doutes or any(v.de_secours for v in plus_remplies)


@given(st.lists(une_version, min_size=1, max_size=5), st.randoms())
def test_l_ordre_ou_l_on_trouve_les_versions_ne_change_pas_le_choix(versions, hasard):
    cles = [(v.rendue, v.date, v.numero, v.reponses, v.recu, v.de_secours) for v in versions]
    assume(len(set(cles)) == len(cles) and len({v.date for v in versions}) == len(versions))
    melangees = hasard.sample(versions, len(versions))
    assert choisir(melangees).version == choisir(versions).version


@given(une_version)
def test_une_seule_version_se_corrige_sans_doute(version):
    assert choisir([version]) == type(choisir([version]))(version)


# --- Du fichier rendu à la note ---------------------------------------------------------------------------------------------------


def test_le_travail_et_l_enonce_retelecharge_a_cote(cours, tmp_path, monkeypatch, capsys):
    """De l'archive de Moodle au fichier pour Moodle : le « (1) » est vierge, c'est le travail qui est noté."""
    monkeypatch.setenv("GRC_TRAVAIL", str(cours.travail))
    dossier = "Hugo Martin_1043_assignsubmission_file_"
    source = archive(
        tmp_path, {f"{dossier}/{DEVOIR}.ipynb": BONNE, f"{dossier}/{DEVOIR} (1).ipynb": VIERGE}
    )
    (tmp_path / "liste.csv").write_text("Nom;Prénom\nMartin;Hugo\n", encoding="utf-8")
    assert principal(["ramasser", str(source), DEVOIR, "--liste", str(tmp_path / "liste.csv")]) == 0
    dit = " ".join(capsys.readouterr().out.split())
    assert "ne contient aucune réponse" in dit and "sera corrigé" in dit
    assert principal(["corriger", DEVOIR]) == 0
    assert principal(["notes", DEVOIR]) == 0
    [pour_moodle] = cours.notes.rglob("*moodle*.csv")
    with pour_moodle.open(encoding="utf-8-sig", newline="") as fichier:
        [ligne] = csv.DictReader(fichier)
    total = charger_devoir(cours, DEVOIR).total
    assert any(
        valeur.replace(",", ".") in (f"{total:g}", f"{total:.2f}") for valeur in ligne.values()
    ), ligne


def test_deux_fichiers_poses_a_la_main_le_vierge_ne_cache_pas_l_autre(cours):
    dossier = cours.remises / "hugo" / DEVOIR
    dossier.mkdir(parents=True)
    (dossier / f"{DEVOIR}.ipynb").write_bytes(VIERGE)
    (dossier / f"{DEVOIR} (1).ipynb").write_bytes(BONNE)
    [copie] = corriger_la_classe(cours, DEVOIR)
    assert copie.note == copie.maximum
    assert "n'a aucune réponse" in " ".join(copie.remarques)


def test_un_texte_ecrit_a_cote_vaut_mieux_qu_un_enonce_vierge(cours, tmp_path):
    """Tout est écrit dans une cellule ajoutée à la fin : ce n'est pas une version vide."""
    copie = notebook_distribue()
    ajoutee = {"cell_type": "markdown", "id": "x", "metadata": {}, "source": "Q3 : la première."}
    ecrite = en_octets(copie | {"cells": [*copie["cells"], ajoutee]})
    depot = "Hugo Martin_1043_assignsubmission_file_"
    source = archive(tmp_path, {f"{depot}/a.ipynb": ecrite, f"{depot}/a (1).ipynb": VIERGE})
    bilan = faire(cours, source)
    assert rangees(cours) == {"martin_hugo": ecrite}
    assert "ne contient aucune réponse" in " ".join(bilan.rangees["martin_hugo", DEVOIR])


def test_un_nom_tape_ne_remplace_pas_une_copie_que_moodle_attribue(cours, tmp_path):
    """Sur un PC partagé, « Rendre ma copie » propose le dernier nom : ce n'est pas une preuve contre Moodle."""
    faire(cours, archive(tmp_path, {"Hugo Martin_1_assignsubmission_file/a.ipynb": BONNE}))
    tardive = clef_usb(
        tmp_path, {"x.ipynb": avec_recu("Hugo Martin", "2026-11-26T10:00:00", q0="12")}
    )
    os.utime(tardive / "x.ipynb", (NOEL.timestamp(), NOEL.timestamp()))
    bilan = faire(cours, tardive)
    assert rangees(cours) == {"martin_hugo": BONNE}
    assert "nom tapé" in " ".join(bilan.rangees["martin_hugo", DEVOIR])


def test_une_horloge_arretee_ne_fait_pas_corriger_la_version_de_lundi(cours, tmp_path):
    lundi = signee(copie_avec({"s2_tp1_q0": "12"}), "Hugo Martin", "2026-11-23T10:00:00")
    mercredi = signee(copie_parfaite(), "Hugo Martin", "2009-01-01T00:10:00")
    depot = "Hugo Martin_1_assignsubmission_file/a.ipynb"
    faire(cours, archive(tmp_path, {depot: lundi}, nom="a.zip", date=(2026, 11, 23, 10, 5, 0)))
    bilan = faire(
        cours, archive(tmp_path, {depot: mercredi}, nom="b.zip", date=(2026, 11, 25, 9, 0, 0))
    )
    assert rangees(cours) == {"martin_hugo": mercredi}
    assert "horloge" in " ".join(bilan.rangees["martin_hugo", DEVOIR])


def test_deux_fichiers_au_meme_recu_se_comparent_et_c_est_dit(cours, tmp_path):
    rendue = signee(copie_parfaite(), "Hugo Martin", "2026-11-23T10:00:00")
    retouche = json.loads(rendue)
    for cellule in retouche["cells"]:
        if cellule["metadata"].get("nbgrader", {}).get("grade_id") == "s2_tp1_q0":
            cellule["source"] = "%%nombre s2_tp1_q0\n12"
    depot = "Hugo Martin_1_assignsubmission_file"
    bilan = faire(
        cours,
        archive(tmp_path, {f"{depot}/a.ipynb": rendue, f"{depot}/b.ipynb": en_octets(retouche)}),
    )
    dit = " ".join(bilan.rangees["martin_hugo", DEVOIR])
    assert (
        "même reçu" in dit
        and "modifié après la remise" in dit
        and "« a.ipynb » sera corrigé" in dit
    )
    assert rangees(cours) == {"martin_hugo": rendue}


# --- Chacun son envoi --------------------------------------------------------------------------------------------------------------


def test_un_envoi_demesure_est_nomme_et_les_autres_sont_ranges(cours, tmp_path, monkeypatch):
    monkeypatch.setattr(bornes, "FICHIERS_PAR_ENVOI", 50)
    projet = en_zip({f"lib/{n}/f.js": b"x" for n in range(60)})
    source = archive(
        tmp_path,
        {
            "Inès Martin_2_assignsubmission_file/projet.zip": projet,
            "Hugo Martin_1_assignsubmission_file/a.ipynb": BONNE,
            "Rania Bertin_3_assignsubmission_file/a.ipynb": BONNE,
        },
    )
    bilan = faire(cours, source)
    assert set(rangees(cours)) == {"martin_hugo", "bertin_rania"}
    [demesure] = [e for e in bilan.ecartes if "plus de 50 fichiers" in e.motif]
    assert demesure.stagiaire.identifiant == "martin_ines"


def test_un_envoi_trop_gros_est_nomme_et_les_autres_sont_ranges(cours, tmp_path, monkeypatch):
    monkeypatch.setattr(bornes, "TAILLE_PAR_ENVOI", 3 * len(BONNE))
    gros = en_zip({f"{n}.bin": b" " * len(BONNE) for n in range(6)})
    source = archive(
        tmp_path,
        {
            "Inès Martin_2_assignsubmission_file/gros.zip": gros,
            "Hugo Martin_1_assignsubmission_file/a.ipynb": BONNE,
        },
    )
    bilan = faire(cours, source)
    assert set(rangees(cours)) == {"martin_hugo"}
    assert [e.stagiaire.identifiant for e in bilan.ecartes if "Mo à lire" in e.motif] == [
        "martin_ines"
    ]


def test_un_affichage_repete_n_est_pas_une_archive_piegee(cours, tmp_path):
    bavarde = copie_parfaite()
    bavarde["cells"][-1].setdefault("outputs", []).append(
        {"output_type": "stream", "name": "stdout", "text": "bonjour\n" * 400_000}
    )
    contenu = en_octets(bavarde)
    assert len(contenu) > 3_000_000
    faire(cours, archive(tmp_path, {"Hugo Martin/a.ipynb": contenu}))
    assert rangees(cours) == {"martin_hugo": contenu}


def test_un_participant_nomme_point_n_est_pas_saute(cours, tmp_path):
    bilan = faire(cours, archive(tmp_path, {"._12_assignsubmission_file_/a.ipynb": BONNE}))
    assert len(bilan.a_preciser) == 1


# --- Moins de questions, et des motifs vrais ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("devoir", [DEVOIR, ""])
def test_un_cours_entier_ne_pose_aucune_question(cours, tmp_path, devoir):
    entier = {
        f"course/{fichier.parent.name}/{fichier.name}": fichier.read_bytes()
        for fichier in sorted(cours.distribue.glob("*/*.ipynb"))
    }
    entier[f"course/{DEVOIR}/{DEVOIR}.ipynb"] = BONNE
    entier[f"course/.grc/versions/{DEVOIR}/ancienne.ipynb"] = VIERGE
    source = archive(tmp_path, {"Hugo Martin_1_assignsubmission_file/grc.zip": en_zip(entier)})
    bilan = faire(cours, source, devoir=devoir)
    assert bilan.a_preciser == [] and bilan.ecartes == []
    assert list(bilan.rangees) == [("martin_hugo", DEVOIR)]
    assert bilan.pages == len(entier) - 2


def test_un_autre_tp_rendu_avec_l_attendu_est_dit_et_non_demande(cours, tmp_path):
    bertin = en_octets(copie_parfaite("s2_tp3_bertin"))
    depot = "Hugo Martin_1_assignsubmission_file"
    source = archive(tmp_path, {f"{depot}/a.ipynb": bertin, f"{depot}/b.ipynb": BONNE})
    bilan = faire(cours, source)
    assert bilan.a_preciser == [] and bilan.autres_devoirs == {"s2_tp3_bertin": ["Hugo Martin"]}


@pytest.mark.parametrize(
    ("nom", "contenu"),
    [
        ("s2_tp1_ltv.ipynb - Raccourci.lnk", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60),
        ("s2_tp1_ltv.ipynb.url", b"[InternetShortcut]\r\nURL=file:///C:/x.ipynb\r\n"),
        ("s2_tp1_ltv.ipynb.webloc", b"<?xml version='1.0'?>\n<!DOCTYPE plist PUBLIC ''>\n<plist/>"),
        ("s2_tp1_ltv.desktop", b"[Desktop Entry]\nURL=file:///x.ipynb"),
    ],
)
def test_un_raccourci_est_dit_raccourci(cours, tmp_path, nom, contenu):
    source = archive(tmp_path, {f"Hugo Martin_1_assignsubmission_file_/{nom}": contenu})
    [ecarte] = faire(cours, source).ecartes
    assert ecarte.motif == RACCOURCI and ecarte.stagiaire.identifiant == "martin_hugo"
    dossier = cours.remises / "ines" / DEVOIR
    dossier.mkdir(parents=True)
    (dossier / "copie.ipynb").write_bytes(contenu)  # renommé : c'est le contenu qui le dit
    assert lire_copie("ines", dossier, DEVOIR).motif == RACCOURCI


@pytest.mark.parametrize(
    ("contenu", "motif"),
    [(b"%PDF-1.7", "PDF"), (b"<!DOCTYPE html><html>", "page web"), (b"PK\x03\x04xx", "archive")],
)
def test_un_autre_fichier_nomme_ipynb_est_dit_ce_qu_il_est(cours, contenu, motif):
    dossier = cours.remises / "ines" / DEVOIR
    dossier.mkdir(parents=True)
    (dossier / "copie.ipynb").write_bytes(contenu)
    assert motif in lire_copie("ines", dossier, DEVOIR).motif


@pytest.mark.parametrize("reponse", ["Bertin, Rania", "RANIA bertin"])
def test_un_nom_puis_un_prenom_sont_une_seule_personne(cours, tmp_path, reponse):
    source = clef_usb(tmp_path, {"TP1.ipynb": BONNE})
    faire(cours, source)
    completer(cours, stagiaire=reponse)
    assert not faire(cours, source).a_preciser
    assert set(rangees(cours)) == {"bertin_rania"}


@pytest.mark.parametrize("reponse", ["martin_hugo, martin_ines", "Inès Martin ; Hugo Martin"])
def test_un_travail_a_deux_se_range_chez_les_deux(cours, tmp_path, reponse):
    source = clef_usb(tmp_path, {"TP1.ipynb": avec_recu("Hugo et Inès Martin")})
    assert len(faire(cours, source).a_preciser) == 1
    completer(cours, stagiaire=reponse)
    assert not faire(cours, source).a_preciser
    assert set(rangees(cours)) == {"martin_hugo", "martin_ines"}
    copies = list(corriger_la_classe(cours, DEVOIR))
    assert len({copie.note for copie in copies}) == 1 and len(copies) == 2


def test_d_un_travail_a_deux_moodle_ne_connait_que_qui_l_a_depose(cours, tmp_path):
    depot = "Hugo Martin_1043_assignsubmission_file_/TP1.ipynb"
    source = archive(tmp_path, {depot: avec_recu("Inès Martin")})
    [attente] = faire(cours, source).a_preciser
    assert "se contredisent" in attente.pourquoi
    completer(cours, stagiaire="martin_hugo, martin_ines")
    faire(cours, source)
    assert set(rangees(cours)) == {"martin_hugo", "martin_ines"}
    assert Registre(cours).participants(DEVOIR) == {"martin_hugo": "1043"}


@pytest.mark.parametrize(
    "signe", ["Hugo Martin, Inès Martin", "Inès Martin et Hugo MARTIN", "martin ines / martin hugo"]
)
@pytest.mark.parametrize(
    "depot", ["TP1.ipynb", "Hugo Martin_1043_assignsubmission_file_/TP1.ipynb"]
)
def test_une_copie_signee_de_deux_noms_entiers_ne_demande_rien(cours, tmp_path, depot, signe):
    assert not faire(cours, archive(tmp_path, {depot: avec_recu(signe)})).a_preciser
    assert set(rangees(cours)) == {"martin_hugo", "martin_ines"}
    de_moodle = {"martin_hugo": "1043"} if "1043" in depot else {}
    assert Registre(cours).participants(DEVOIR) == de_moodle


@pytest.mark.parametrize(
    "signe", ["Hugo Martin et Martin", "Hugo Martin, Ines Martni", "Hugo, Inès"]
)
def test_une_seule_signature_douteuse_se_demande(cours, tmp_path, signe):
    [attente] = faire(cours, archive(tmp_path, {"TP1.ipynb": avec_recu(signe)})).a_preciser
    assert attente.manque == ("stagiaire",) and rangees(cours) == {}


@pytest.mark.parametrize("suite", ["Com 2", "BTS NDRC 1", "Zorro", "le 24 novembre"])
def test_ce_qui_ne_nomme_personne_de_la_classe_n_est_pas_un_second_signataire(
    cours, tmp_path, suite
):
    source = archive(tmp_path, {"TP1.ipynb": avec_recu(f"Hugo Martin, {suite}")})
    assert not faire(cours, source).a_preciser and set(rangees(cours)) == {"martin_hugo"}


def test_qui_signe_avec_un_autre_garde_la_copie_qu_il_a_deposee(cours, tmp_path):
    depots = {
        "Hugo Martin_1043_assignsubmission_file_/a.ipynb": avec_recu("Hugo Martin, Inès Martin"),
        "Inès Martin_1044_assignsubmission_file_/a.ipynb": BONNE,
    }
    bilan = faire(cours, archive(tmp_path, depots))
    assert rangees(cours)["martin_ines"] == BONNE and not bilan.a_preciser


def test_un_nom_inconnu_parmi_deux_ne_range_rien(cours, tmp_path):
    source = clef_usb(tmp_path, {"TP1.ipynb": BONNE})
    faire(cours, source)
    completer(cours, stagiaire="martin_hugo, Zorro")
    [attente] = faire(cours, source).a_preciser
    assert "n'est pas dans la liste" in attente.pourquoi and rangees(cours) == {}


# --- Les reçus, ensemble -----------------------------------------------------------------------------------------------------------


def poser(cours: Cours, stagiaire: str, contenu: bytes) -> Path:
    dossier = cours.remises / stagiaire / DEVOIR
    dossier.mkdir(parents=True)
    (dossier / f"{DEVOIR}.ipynb").write_bytes(contenu)
    return dossier / f"{DEVOIR}.ipynb"


def test_deux_copies_au_meme_recu_et_un_recu_au_nom_d_un_autre_se_montrent(
    cours, monkeypatch, capsys
):
    monkeypatch.setenv("GRC_TRAVAIL", str(cours.travail))
    monkeypatch.setenv("COLUMNS", "200")
    meme = avec_recu("Sara Alami")
    poser(cours, "alami_sara", meme)
    poser(cours, "bennani_omar", meme)
    poser(cours, "chraibi_nour", avec_recu("Nour Chraïbi"))
    assert principal(["corriger", DEVOIR]) == 0
    lignes = {
        ligne.split("│")[1].strip(): ligne
        for ligne in capsys.readouterr().out.splitlines()
        if "│" in ligne
    }
    assert "même reçu que bennani_omar" in lignes["alami_sara"]
    assert "reçu au nom de « Sara Alami », même reçu que alami_sara" in lignes["bennani_omar"]
    assert "reçu au nom" not in lignes["chraibi_nour"] and "même" not in lignes["chraibi_nour"]


def test_un_travail_a_deux_que_le_formateur_a_attribue_n_est_pas_une_alerte(cours, tmp_path):
    source = clef_usb(tmp_path, {"TP1.ipynb": avec_recu("Hugo et Inès Martin")})
    faire(cours, source)
    completer(cours, stagiaire="martin_hugo, martin_ines")
    faire(cours, source)
    recus = Recus.du_devoir(cours, DEVOIR)
    for copie in corriger_la_classe(cours, DEVOIR):
        recus.retenir(copie)
    assert recus.alertes() == {}


# --- Ce qui n'est pas un fichier rendu -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="les liens demandent des droits sous Windows")
def test_un_lien_vers_un_autre_fichier_ne_se_suit_pas(cours, tmp_path):
    (tmp_path / "corrige.ipynb").write_bytes(BONNE)
    vrai = poser(cours, "hugo", VIERGE)
    vrai.unlink()
    vrai.symlink_to(tmp_path / "corrige.ipynb")
    [copie] = corriger_la_classe(cours, DEVOIR)
    assert "lien" in copie.motif and copie.note == 0


def test_les_octets_nuls_d_une_clef_usb_ne_cachent_pas_la_copie(cours):
    poser(cours, "hugo", BONNE + b"\0" * 4096)
    [copie] = corriger_la_classe(cours, DEVOIR)
    assert copie.note == copie.maximum and "octets nuls" in " ".join(copie.remarques)
