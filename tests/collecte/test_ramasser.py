"""Ramasser une classe : de l'archive de Moodle, de la clé USB ou de l'exchange aux copies rangées. Rien n'est deviné, rien n'est perdu."""

import csv
import io
import os
import random
import stat
import time
import zipfile
from datetime import datetime

import pytest
from rich.console import Console

from autograde.collecte import archives, bornes
from autograde.collecte.archives import parcourir
from autograde.collecte.console import Questions
from autograde.collecte.liste_de_classe import (
    ListeDeClasse,
    Stagiaire,
    liste_gardee,
    prendre_la_liste,
)
from autograde.collecte.liste_de_classe.identite import reunir
from autograde.collecte.liste_de_classe.lecture import lire_la_liste
from autograde.collecte.ramassage import Ramassage
from autograde.collecte.registre import Ligne, Registre
from autograde.copie.remises import lire_copie
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from tests.classe_fictive import DEVOIR
from tests.collecte.sources import (
    AUTRE_TP,
    BONNE,
    BONNE_AUSSI,
    LISTE,
    VIERGE,
    archive,
    avec_recu,
    clef_usb,
    completer,
    en_zip,
    faire,
    rangees,
)

# --- Les formes de source ---------------------------------------------------------------------------------------------------------

FORMES = {
    "moodle_dossier": "Hugo Martin_1043_assignsubmission_file/s2_tp1_ltv.ipynb",
    "moodle_dossier_ancien": "Hugo Martin_1043_assignsubmission_file_/s2_tp1_ltv.ipynb",
    "moodle_sous_dossier": "Hugo Martin_1043_assignsubmission_file/tp/final/M1.IPYNB",
    "moodle_a_plat": "Hugo Martin_1043_assignsubmission_file_s2_tp1_ltv.ipynb",
    "moodle_a_plat_renomme": "Martin Hugo_1043_assignsubmission_file_m1 (1).ipynb",
    "moodle_majuscules": "MARTIN HUGO_1043_assignsubmission_file/m1.ipynb.txt",
    "moodle_dans_un_dossier": "GRC-TP 1-321/Hugo Martin_1043_assignsubmission_file_/copie.ipynb",
    "dossier_au_nom": "hugo martin/m1.ipynb",
    "dossier_au_nom_de_famille": "Com 2/EL FASSI/tp 1.ipynb",
    "fichier_au_nom": "travaux/Martin_Hugo-TP1.ipynb",
    "fichier_de_rendre_ma_copie": "Lea_N_Guyen_Petit-Com_2-s2_tp1_ltv.ipynb",
    "fichier_a_l_identifiant": "martin_hugo_s2_tp1_ltv.ipynb",
    "courriel": "hugo@exemple.ma.ipynb",
    "exchange": "inbound/martin_hugo+s2_tp1_ltv+2026-11-24 10:42:05.123456 UTC+aB-3_/s2_tp1_ltv.ipynb",
    "exchange_au_compte": "inbound/hugo+s2_tp1_ltv+2026-11-24 10:42:05 UTC/s2_tp1_ltv.ipynb",
    "submitted": "submitted/martin_hugo/s2_tp1_ltv/s2_tp1_ltv.ipynb",
    "blackboard": "s2_tp1_ltv_martin_hugo_attempt_2016-01-30-15-00-00_m1.ipynb",
}
ATTENDUS = {
    "dossier_au_nom_de_famille": "el_fassi_amine",
    "fichier_de_rendre_ma_copie": "n_guyen_petit_lea",
}


@pytest.mark.parametrize("forme", FORMES)
@pytest.mark.parametrize("fabriquer", [archive, clef_usb])
def test_chaque_forme_de_source_se_reconnait(cours, tmp_path, fabriquer, forme):
    if fabriquer is clef_usb and os.name == "nt" and ":" in FORMES[forme]:
        pytest.skip("Windows n'accepte pas ce nom de dossier")
    bilan = faire(cours, fabriquer(tmp_path, {FORMES[forme]: BONNE}))
    assert not bilan.a_preciser, bilan.a_preciser
    assert rangees(cours) == {ATTENDUS.get(forme, "martin_hugo"): BONNE}
    assert (
        cours.remises / ATTENDUS.get(forme, "martin_hugo") / DEVOIR / f"{DEVOIR}.ipynb"
    ).read_bytes() == BONNE


def test_correction_anonyme_le_numero_de_moodle_suffit(cours, tmp_path):
    feuille = tmp_path / "feuille.csv"
    feuille.write_text(
        '"Identifiant","Nom complet","Adresse de courriel","Statut","Note"\n'
        '"Participant 1043","Hugo Martin","hugo@exemple.ma","Remis",""\n"Participant 1044","Inès Martin","ines@exemple.ma","Remis",""\n',
        encoding="utf-8-sig",
    )
    inconnu = "Participant_9_assignsubmission_file/m.ipynb"
    source = archive(
        tmp_path, {"Participant_1044_assignsubmission_file/m1.ipynb": BONNE, inconnu: VIERGE}
    )
    bilan = faire(cours, source, liste=lire_la_liste(feuille))
    assert rangees(cours) == {"ines_martin": BONNE} and [
        attente.fichier for attente in bilan.a_preciser
    ] == [inconnu]


def test_sans_liste_moodle_nbgrader_et_le_recu_suffisent_le_reste_se_demande(cours, tmp_path):
    source = archive(
        tmp_path,
        {
            "Zoé Kader_7_assignsubmission_file/m1.ipynb": BONNE,
            "inbound/omar+s2_tp1_ltv+2026-11-24 10:42:05 UTC/s2_tp1_ltv.ipynb": BONNE,
            "vrac/s2_tp1_ltv (3).ipynb": avec_recu("Nour Haddad"),
            "vrac/karim.ipynb": BONNE,
        },
    )
    bilan = faire(cours, source, liste=())
    assert set(rangees(cours)) == {"zoe_kader", "omar", "nour_haddad"}
    assert [attente.fichier for attente in bilan.a_preciser] == ["vrac/karim.ipynb"]


def test_sans_devoir_indique_chaque_copie_va_au_sien(cours, tmp_path):
    source = clef_usb(
        tmp_path,
        {
            "Hugo Martin/a.ipynb": BONNE,
            "Hugo Martin/b.ipynb": AUTRE_TP,
            "Hugo Martin/c.ipynb": b"abime",
        },
    )
    bilan = faire(cours, source, devoir="")
    assert rangees(cours) == {"martin_hugo": BONNE} and rangees(cours, "s2_tp3_bertin") == {
        "martin_hugo": AUTRE_TP
    }
    assert [(attente.fichier, attente.manque) for attente in bilan.a_preciser] == [
        ("Hugo Martin/c.ipynb", ("devoir",))
    ]


# --- Rien de deviné ---------------------------------------------------------------------------------------------------------------

DOUTES = {
    "nom de famille commun": ("martin.ipynb", BONNE, "plusieurs stagiaires"),
    "inconnu de la liste": (
        "Jean Perdu_12_assignsubmission_file/m1.ipynb",
        BONNE,
        "« Jean Perdu » n'est pas dans la liste",
    ),
    "même prénom qu'un inscrit": (
        "Hugo Alami_12_assignsubmission_file/m1.ipynb",
        BONNE,
        "« Hugo Alami » n'est pas dans la liste",
    ),
    "même prénom, fichier": ("hugo alami.ipynb", BONNE, "personne n'y est nommé"),
    "anonyme": ("m1 (4).ipynb", BONNE, "personne n'y est nommé"),
    "nom d'un TP": ("TP3 Bertin.ipynb", BONNE, "personne n'y est nommé"),
    "dossier et copie se contredisent": (
        "Hugo Martin/m1.ipynb",
        avec_recu("Inès Martin"),
        "se contredisent",
    ),
    "autre devoir": (
        "Hugo Martin_1_assignsubmission_file/m1.ipynb",
        AUTRE_TP,
        "s2_tp3_bertin, pas de s2_tp1_ltv",
    ),
}


@pytest.mark.parametrize("cas", DOUTES)
def test_un_doute_se_demande_et_ne_range_rien(cours, tmp_path, cas):
    nom, contenu, motif = DOUTES[cas]
    bilan = faire(cours, archive(tmp_path, {nom: contenu}))
    assert motif in bilan.a_preciser[0].pourquoi
    assert rangees(cours) == {} and rangees(cours, "s2_tp3_bertin") == {}


def test_un_nom_compose_l_emporte_sur_celui_qu_il_contient(cours, tmp_path):
    faire(cours, archive(tmp_path, {"Anne Marie Martin_1_assignsubmission_file/m.ipynb": BONNE}))
    assert list(rangees(cours)) == ["martin_anne_marie"]


def test_deux_comptes_moodle_au_meme_nom_se_demandent_tous_les_deux(cours, tmp_path):
    source = archive(
        tmp_path,
        {
            f"Hugo Martin_{n}_assignsubmission_file/m.ipynb": avec_recu("", q0=str(n))
            for n in (11, 12)
        },
    )
    bilan = faire(cours, source)
    assert (
        len(bilan.a_preciser) == 2
        and "deux comptes" in bilan.a_preciser[0].pourquoi
        and rangees(cours) == {}
    )


@pytest.mark.parametrize(
    ("reponse", "encodage"),
    [("martin_ines", "utf-8-sig"), ("Inès Martin", "cp1252"), ("MARTIN inès", "utf-8")],
)
def test_la_ligne_completee_range_la_copie_et_la_question_ne_revient_pas(
    cours, tmp_path, reponse, encodage
):
    source = archive(tmp_path, {"martin.ipynb": BONNE})
    faire(cours, source)
    [attendue] = (cours.ramassage / "a_preciser").iterdir()
    assert attendue.read_bytes() == BONNE
    completer(cours, encodage, stagiaire=reponse)
    for _ in range(2):
        assert not faire(cours, source).a_preciser
        assert rangees(cours) == {"martin_ines": BONNE}
    assert not list((cours.ramassage / "a_preciser").iterdir())


def test_la_source_peut_disparaitre_avant_la_reponse(cours, tmp_path):
    source = archive(tmp_path, {"martin.ipynb": BONNE})
    faire(cours, source)
    completer(cours, stagiaire="martin_hugo")
    source.unlink()
    faire(cours, archive(tmp_path, {"Inès Martin/m1.ipynb": VIERGE}, nom="autre.zip"))
    assert rangees(cours) == {"martin_hugo": BONNE, "martin_ines": VIERGE}
    copie = lire_copie("martin_hugo", cours.remises / "martin_hugo" / DEVOIR, DEVOIR)
    assert datetime.fromtimestamp(copie.fichier.stat().st_mtime) == datetime(2026, 11, 24, 18), (
        "la copie a gardé sa date"
    )


def test_un_nom_qui_commande_la_console_n_est_qu_un_nom(cours, tmp_path):
    source = clef_usb(tmp_path, {"x\x1b[2J\x1b]0;y\x07.ipynb": avec_recu("\x1b[31mPersonne")})
    [attente] = faire(cours, source).a_preciser
    assert (attente.fichier + attente.pourquoi).isprintable()


def test_le_registre_dit_d_ou_vient_chaque_copie_et_le_numero_de_moodle(cours, tmp_path):
    faire(cours, archive(tmp_path, {FORMES["moodle_a_plat"]: BONNE, "martin.ipynb": VIERGE}))
    with (cours.ramassage / "registre.csv").open(encoding="utf-8-sig", newline="") as fichier:
        [ligne] = csv.DictReader(fichier, delimiter=";")
    attendu = {
        "stagiaire": "martin_hugo",
        "devoir": DEVOIR,
        "origine": FORMES["moodle_a_plat"],
        "par": "Moodle",
        "participant": "1043",
    }
    assert attendu.items() <= ligne.items()


@pytest.mark.parametrize("stagiaire", ["=lea", "@sara", "-tom", "o'brien", "'tardif", "'=lea"])
def test_le_registre_se_relit_comme_il_a_ete_ecrit(cours, stagiaire):
    """L'apostrophe qui protège le tableur d'une formule n'appartient pas au nom."""
    ligne = Ligne("2026", stagiaire, DEVOIR, "=archive.zip", "Moodle", "1043", "abc")
    ecrit = Registre(cours)
    ecrit.ajouter(ligne)
    for registre in (ecrit, Registre(cours)):
        assert registre.ligne(stagiaire, DEVOIR, "abc") == ligne
        assert registre.participants(DEVOIR) == {stagiaire: "1043"}
        assert registre.participants("un_autre") == {}


def test_une_reponse_qui_ne_designe_personne_est_redemandee(cours, tmp_path):
    source = archive(tmp_path, {"m1.ipynb": BONNE})
    faire(cours, source)
    completer(cours, stagiaire="Zorro")
    [attente] = faire(cours, source).a_preciser
    assert (
        "« Zorro » n'est pas dans la liste" in attente.pourquoi
        and attente.stagiaire == "Zorro"
        and rangees(cours) == {}
    )


def test_ignorer_une_copie_est_une_reponse(cours, tmp_path):
    source = archive(tmp_path, {"m1.ipynb": BONNE})
    faire(cours, source)
    completer(cours, stagiaire="ignorer")
    bilan = faire(cours, source)
    assert bilan.ignorees == 1 and not bilan.a_preciser and rangees(cours) == {}


class Clavier(Console):
    """Une console où les réponses sont déjà tapées."""

    def __init__(self, *reponses: str):
        super().__init__(file=io.StringIO(), width=120)
        self.reponses = list(reponses)

    def input(self, *_args, **_options) -> str:
        return self.reponses.pop(0)


def test_au_clavier_un_numero_ou_un_nom_et_l_on_peut_remettre_a_plus_tard(cours, tmp_path):
    source = archive(
        tmp_path,
        {
            "a/martin.ipynb": BONNE,
            "b/m1.ipynb": VIERGE,
            "c/m2.ipynb": AUTRE_TP,
            "d/m3.ipynb": b"{}",
            "e/m4.ipynb": b"[]",
        },
    )
    clavier = Clavier("2", "Zorro", "Amine El Fassi", "", "ignorer", "q")
    bilan = faire(cours, source, demander=Questions(clavier, reunir(ListeDeClasse(), LISTE)))
    assert rangees(cours) == {"martin_ines": BONNE, "el_fassi_amine": VIERGE}
    assert [attente.fichier for attente in bilan.a_preciser] == [
        "c/m2.ipynb",
        "e/m4.ipynb",
    ] and bilan.ignorees == 1
    assert "1. Hugo Martin" in clavier.file.getvalue() and not clavier.reponses


# --- Les versions -----------------------------------------------------------------------------------------------------------------


def versions(cours: Cours, stagiaire: str = "martin_hugo") -> list[bytes]:
    return sorted(
        fichier.read_bytes()
        for fichier in (cours.remises / stagiaire / DEVOIR / "versions").glob("*")
    )


def test_la_derniere_version_est_corrigee_les_autres_sont_gardees(cours, tmp_path):
    anciennes = {
        f"Hugo Martin/copie{n}.ipynb": avec_recu("Hugo Martin", f"2026-11-2{n}T10:00:00", str(n))
        for n in range(3)
    }
    faire(cours, archive(tmp_path, anciennes))
    assert (
        rangees(cours)["martin_hugo"] == anciennes["Hugo Martin/copie2.ipynb"]
        and len(versions(cours)) == 2
    )
    nouvelle = avec_recu("Hugo Martin", "2026-12-01T10:00:00", "nouvelle")
    faire(cours, archive(tmp_path, {"Hugo Martin/x.ipynb": nouvelle}, nom="plus tard.zip"))
    assert rangees(cours)["martin_hugo"] == nouvelle and versions(cours) == sorted(
        anciennes.values()
    )


def test_recommencer_ne_double_rien_et_ne_change_rien(cours, tmp_path):
    source = archive(
        tmp_path,
        {"Hugo Martin/a.ipynb": BONNE, "Hugo Martin/a (1).ipynb": VIERGE, "m.ipynb": AUTRE_TP},
    )
    faire(cours, source)

    def etat():
        fichiers = [f for f in cours.travail.rglob("*") if f.is_file()]
        return {
            f: (f.read_bytes(), f.stat().st_mtime_ns if "submitted" in f.parts else 0)
            for f in fichiers
        }

    avant = etat()
    bilan = faire(cours, source)
    assert etat() == avant and bilan.nouvelles == 0 and bilan.deja_la == 2


def test_dates_trop_proches_le_numero_du_navigateur_tranche_sinon_on_le_dit(cours, tmp_path):
    faire(
        cours,
        archive(tmp_path, {"Hugo Martin/m1 (1).ipynb": BONNE_AUSSI, "Hugo Martin/m1.ipynb": BONNE}),
    )
    assert rangees(cours)["martin_hugo"] == BONNE_AUSSI
    bilan = faire(
        cours, archive(tmp_path, {"Inès Martin/a.ipynb": BONNE_AUSSI, "Inès Martin/b.ipynb": BONNE})
    )
    assert "dates trop proches" in bilan.rangees["martin_ines", DEVOIR][0]


def test_la_version_que_le_formateur_prefere_le_reste_jusqu_a_la_suivante(cours, tmp_path):
    source = archive(tmp_path, {"Hugo Martin/a.ipynb": VIERGE, "Hugo Martin/b.ipynb": BONNE})
    faire(cours, source)
    [gardee] = (cours.remises / "martin_hugo" / DEVOIR / "versions").iterdir()
    preferee, autre = gardee.read_bytes(), rangees(cours)["martin_hugo"]
    (cours.remises / "martin_hugo" / DEVOIR / f"{DEVOIR}.ipynb").write_bytes(preferee)
    gardee.write_bytes(autre)
    faire(cours, source)
    assert rangees(cours)["martin_hugo"] == preferee and versions(cours) == [autre]
    suivante = avec_recu("Hugo Martin")
    faire(
        cours,
        archive(
            tmp_path, {"Hugo Martin/c.ipynb": suivante}, nom="c.zip", date=(2027, 1, 1, 8, 0, 0)
        ),
    )
    assert rangees(cours)["martin_hugo"] == suivante and versions(cours) == sorted(
        [preferee, autre]
    )


def test_une_derniere_version_abimee_ne_cache_pas_la_bonne(cours, tmp_path):
    faire(cours, archive(tmp_path, {"Hugo Martin/a.ipynb": BONNE}))
    bilan = faire(
        cours,
        archive(
            tmp_path, {"Hugo Martin/a.ipynb": BONNE[:900]}, nom="b.zip", date=(2026, 12, 1, 8, 0, 0)
        ),
    )
    assert rangees(cours)["martin_hugo"] == BONNE and versions(cours) == [BONNE[:900]]
    assert "illisible" in bilan.rangees["martin_hugo", DEVOIR][0]


def test_une_copie_rangee_a_la_main_est_gardee(cours, tmp_path):
    dossier = cours.remises / "martin_hugo" / DEVOIR
    dossier.mkdir(parents=True)
    (dossier / f"{DEVOIR}.ipynb").write_bytes(VIERGE)
    os.utime(dossier / f"{DEVOIR}.ipynb", (1, 1))
    faire(cours, archive(tmp_path, {"Hugo Martin/a.ipynb": BONNE}))
    assert rangees(cours)["martin_hugo"] == BONNE and versions(cours) == [VIERGE]


def test_un_fichier_trop_gros_pour_etre_lu_n_est_pas_ecrase(cours, tmp_path):
    dossier = cours.remises / "martin_hugo" / DEVOIR
    dossier.mkdir(parents=True)
    with (dossier / f"{DEVOIR}.ipynb").open("wb") as enorme:
        enorme.truncate(archives.TAILLE_MAXIMALE + 1)
    faire(cours, archive(tmp_path, {"Hugo Martin/a.ipynb": BONNE}))
    assert rangees(cours)["martin_hugo"] == BONNE
    assert [fichier.stat().st_size for fichier in (dossier / "versions").iterdir()] == [
        archives.TAILLE_MAXIMALE + 1
    ]


def test_un_courant_coupe_pendant_le_rangement_ne_perd_rien(cours, tmp_path, monkeypatch):
    source = archive(
        tmp_path, {"Hugo Martin/a.ipynb": BONNE, "Hugo Martin/a (1).ipynb": BONNE_AUSSI}
    )
    vrai, faits = os.replace, []

    def coupure(*chemins):
        faits.append(chemins)
        if (
            len(faits) == 3
        ):  # la première copie est rangée, puis gardée comme version ; on coupe avant de mettre la seconde à sa place
            raise KeyboardInterrupt
        vrai(*chemins)

    monkeypatch.setattr("autograde.collecte.rangement.os.replace", coupure)
    with pytest.raises(KeyboardInterrupt):
        faire(cours, source)
    assert rangees(cours)["martin_hugo"] == BONNE
    monkeypatch.setattr("autograde.collecte.rangement.os.replace", vrai)
    faire(cours, source)
    assert rangees(cours)["martin_hugo"] == BONNE_AUSSI and versions(cours) == [BONNE]


# --- Archives hostiles ou maladroites ------------------------------------------------------------------------------------------------


def test_zip_dans_un_zip_et_noms_accentues_de_windows_et_de_mac(cours, tmp_path):
    interieur = en_zip(
        {
            "TP/s2_tp1_ltv.ipynb": BONNE,
            "TP/.ipynb_checkpoints/s2_tp1_ltv-checkpoint.ipynb": VIERGE,
            "__MACOSX/TP/._x.ipynb": b"x",
        }
    )
    brut = en_zip(
        {
            "Hugo Martin_1_assignsubmission_file/rendu.ZIP": interieur,
            "In?s Martin_2_assignsubmission_file/m.ipynb": VIERGE,
        }
    )
    source = tmp_path / "moodle.zip"
    source.write_bytes(brut.replace(b"In?s", "In\u00e8s".encode("cp850")))
    faire(cours, source)
    assert rangees(cours) == {"martin_hugo": BONNE, "martin_ines": VIERGE}
    decompose = clef_usb(tmp_path, {"Le\u0301a N\u2019Guyen Petit/m.ipynb": BONNE})
    faire(cours, decompose)
    assert rangees(cours)["n_guyen_petit_lea"] == BONNE


@pytest.mark.parametrize(
    "nom",
    [
        "../../../Hugo Martin.ipynb",
        "/etc/Hugo Martin.ipynb",
        "C:\\Hugo Martin.ipynb",
        "..\\..\\Hugo Martin\\x.ipynb",
    ],
)
def test_un_chemin_qui_veut_sortir_ne_sort_pas(cours, tmp_path, nom):
    source = archive(tmp_path, {nom: BONNE})
    avant = {f for f in tmp_path.rglob("*") if f.is_file()}
    faire(cours, source)
    assert rangees(cours) == {"martin_hugo": BONNE}
    assert all(
        cours.travail in f.parents for f in {f for f in tmp_path.rglob("*") if f.is_file()} - avant
    )


def test_un_nom_de_stagiaire_hostile_reste_un_nom_de_dossier(cours, tmp_path):
    faire(
        cours,
        archive(tmp_path, {"..\u2215..\u2215x_7_assignsubmission_file/m.ipynb": BONNE}),
        liste=(),
    )
    liste = tmp_path / "liste.csv"
    liste.write_text("Nom d'utilisateur;Nom;Prénom\n../../mechant;=2+3;Ali\n", encoding="utf-8")
    Ramassage(cours, DEVOIR, prendre_la_liste(cours, liste)).ramasser(
        archive(tmp_path, {"Ali 2+3_8_assignsubmission_file/m.ipynb": BONNE})
    )
    assert {dossier.parent for dossier in cours.remises.iterdir()} == {
        cours.remises
    } and "mechant" in rangees(cours)
    assert ";=2+3" not in cours.liste_de_classe.read_text(encoding="utf-8-sig")
    assert liste_gardee(cours).stagiaires[0].nom == "=2+3"


def test_une_bombe_est_refusee_sans_etre_ouverte_et_le_reste_est_range(cours, tmp_path):
    bombe = en_zip({"m.ipynb": b"0" * 40_000_000})
    emboitee = en_zip({"a.zip": en_zip({"b.zip": en_zip({"c.zip": en_zip({"m.ipynb": BONNE})})})})
    source = archive(
        tmp_path,
        {
            "Hugo Martin/bombe.zip": bombe,
            "Inès Martin/gros.ipynb": b"{" * (archives.TAILLE_MAXIMALE + 1),
            "Amine El Fassi/poupees.zip": emboitee,
            "Amine El Fassi/tronquee.zip": bombe[:2000],
            "Rania Bertin/m.rar": b"Rar!",
            "Marie Martin/m.ipynb": BONNE,
        },
    )
    depart = time.monotonic()
    bilan = faire(cours, source)
    assert time.monotonic() - depart < 20 and rangees(cours) == {"martin_marie": BONNE}
    motifs = {ecarte.chemin: ecarte.motif for ecarte in bilan.ecartes}
    assert (
        "piégée" in motifs["Hugo Martin/bombe.zip/m.ipynb"]
        and "50 Mo" in motifs["Inès Martin/gros.ipynb"]
    )
    assert "emboîtées" in motifs["Amine El Fassi/poupees.zip/a.zip/b.zip"]
    assert (
        "abîmée" in motifs["Amine El Fassi/tronquee.zip"] and ".zip" in motifs["Rania Bertin/m.rar"]
    )
    assert {ecarte.stagiaire.identifiant for ecarte in bilan.ecartes} == {
        "martin_hugo",
        "martin_ines",
        "el_fassi_amine",
        "bertin_rania",
    }


def test_une_taille_annoncee_fausse_ne_trompe_pas(cours, tmp_path, monkeypatch):
    """La table des matières ment sur la taille : ce qui est lu est compté quand même."""
    monkeypatch.setattr(archives, "_motif_de_refus", lambda entree, borne: "")
    monkeypatch.setattr(archives, "TAILLE_MAXIMALE", 1000)
    bilan = faire(cours, archive(tmp_path, {"Hugo Martin/m.ipynb": BONNE}))
    assert "dépasse" in bilan.ecartes[0].motif and rangees(cours) == {}


def test_trop_de_fichiers_ou_trop_d_octets_arretent_net(cours, tmp_path, monkeypatch):
    source = archive(tmp_path, {f"{n}.ipynb": BONNE for n in range(5)})
    monkeypatch.setattr(bornes, "FICHIERS_MAXIMAUX", 4)
    with pytest.raises(ErreurFormateur, match="plus de 4 fichiers"):
        faire(cours, source)
    monkeypatch.setattr(bornes, "FICHIERS_MAXIMAUX", 100)
    monkeypatch.setattr(bornes, "TAILLE_TOTALE", 3 * len(BONNE))
    with pytest.raises(ErreurFormateur, match="à lire"):
        faire(cours, source)
    monkeypatch.setattr(archives, "REPERTOIRE_MAXIMAL", 10)
    with pytest.raises(ErreurFormateur, match="trop de fichiers"):
        faire(cours, source)


def test_raccourcis_et_mots_de_passe_ne_s_ouvrent_pas(cours, tmp_path):
    usb = clef_usb(tmp_path, {"Inès Martin/m.ipynb": BONNE})
    (tmp_path / "secret.ipynb").write_bytes(VIERGE)
    (usb / "Hugo Martin.ipynb").symlink_to(tmp_path / "secret.ipynb")
    lien, chiffre = zipfile.ZipInfo("Rania Bertin.ipynb"), zipfile.ZipInfo("Amine El Fassi.ipynb")
    lien.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(usb / "a.zip", "w") as ouverte:
        ouverte.writestr(lien, "/etc/passwd")
        ouverte.writestr(chiffre, BONNE)
    contenu = bytearray((usb / "a.zip").read_bytes())
    contenu[contenu.rindex(b"PK\x01\x02") + 8] |= 1
    (usb / "a.zip").write_bytes(contenu)
    bilan = faire(cours, usb)
    assert rangees(cours) == {"martin_ines": BONNE}
    assert {ecarte.chemin: ecarte.motif.split()[0] for ecarte in bilan.ecartes} == {
        "Hugo Martin.ipynb": "un",
        "a.zip/Rania Bertin.ipynb": "un",
        "a.zip/Amine El Fassi.ipynb": "l'archive",
    }


def test_une_archive_abimee_au_hasard_ne_fait_pas_d_erreur(cours, tmp_path):
    """Ce qui se lit est rendu, le reste est refusé avec un motif : jamais de panne."""
    bonne = en_zip(
        {"a.zip": en_zip({"m.ipynb": BONNE[:3000], "é.ipynb": b"x"}), "b.ipynb": BONNE[:2000]}
    )
    hasard = random.Random(2026)
    for _ in range(400):
        abimee = bytearray(bonne)
        for _ in range(hasard.randint(1, 8)):
            abimee[hasard.randrange(hasard.choice((0, len(bonne) - 400)), len(bonne))] = (
                hasard.randrange(256)
            )
        (tmp_path / "x.zip").write_bytes(abimee)
        try:
            list(archives.chemins_de_surface(tmp_path / "x.zip"))
            assert all(
                fichier.contenu or fichier.refus for fichier in parcourir(tmp_path / "x.zip")
            )
        except ErreurFormateur as erreur:
            assert "éléchargez" in str(erreur)


@pytest.mark.parametrize(
    ("nom", "contenu", "message"),
    [
        ("absente.zip", None, "Je ne trouve pas"),
        ("coupee.zip", b"PK\x03\x04 coupee", "téléchargez-la"),
        ("classe.rar", b"Rar!", "décompressez"),
    ],
)
def test_une_source_qui_ne_s_ouvre_pas_dit_quoi_faire(tmp_path, nom, contenu, message):
    if contenu is not None:
        (tmp_path / nom).write_bytes(contenu)
    with pytest.raises(ErreurFormateur, match=message):
        list(parcourir(tmp_path / nom))


# --- La liste de classe ---------------------------------------------------------------------------------------------------------------

EXPORTS = {
    "participants_fr": "Prénom,Nom de famille,Adresse de courriel,Groupes\nLéa,Dupont,lea@exemple.ma,Com 2\n",
    "participants_fr_ancien": "Prénom;Nom;Adresse de courriel\nLéa;Dupont;lea@exemple.ma\n",
    "participants_en": '"First name","Last name","Email address",Groups\nLéa,Dupont,lea@exemple.ma,Com 2\n',
    "carnet_de_notes": "Prénom,Nom,Numéro d'identification,Institution,Adresse de courriel\nLéa,Dupont,A12,,lea@exemple.ma\n",
    "feuille_d_evaluation": "Identifiant,Nom complet,Adresse de courriel,Statut\nParticipant 1043,Léa Dupont,lea@exemple.ma,Remis\n",
    "utilisateurs": "Nom d'utilisateur\tPrénom\tNom de famille\tAdresse de courriel\nldupont\tLéa\tDupont\tlea@exemple.ma\n",
    "a_la_main": "Classe Com 2;;\n\nNOM;PRÉNOM;E-mail\nDupont;Léa;lea@exemple.ma\n",
}


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("export", EXPORTS)
def test_la_liste_se_lit_telle_que_moodle_ou_le_tableur_l_exporte(tmp_path, export, encodage):
    fichier = tmp_path / "liste.csv"
    fichier.write_text(EXPORTS[export], encoding=encodage)
    [lue] = lire_la_liste(fichier)
    assert sorted(lue.noms) == ["dupont", "lea"] and lue.courriel == "lea@exemple.ma"
    assert lue.participant == ("1043" if export == "feuille_d_evaluation" else "")
    assert lue.identifiant == ("ldupont" if export == "utilisateurs" else "")


def test_la_liste_se_lit_aussi_en_xlsx(tmp_path):
    from openpyxl import Workbook

    classeur = Workbook()
    for ligne in (
        ["Prénom", "Nom de famille", "Numéro d'identification"],
        ["Léa", "Dupont", 2026],
        ["Ali", "Alami", None],
    ):
        classeur.active.append(ligne)
    classeur.save(tmp_path / "liste.xlsx")
    assert [(un.nom_complet, un.numero) for un in lire_la_liste(tmp_path / "liste.xlsx")] == [
        ("Léa Dupont", "2026"),
        ("Ali Alami", ""),
    ]


@pytest.mark.parametrize("contenu", [b"", b"a;b\n1;2\n", b"\x89PNG\r\n\x1a\n"])
def test_une_liste_sans_colonne_connue_est_expliquee(tmp_path, contenu):
    (tmp_path / "x.csv").write_bytes(contenu)
    with pytest.raises(ErreurFormateur, match="Nom complet"):
        lire_la_liste(tmp_path / "x.csv")


def test_qui_est_dans_la_liste_y_garde_son_identifiant():
    avant = reunir(
        ListeDeClasse(),
        [
            Stagiaire(prenom="Léa", nom="Dupont", courriel="lea@exemple.ma"),
            Stagiaire(prenom="Léa", nom="Dupont", courriel="x@y"),
        ],
    )
    assert [un.identifiant for un in avant.stagiaires] == ["dupont_lea", "dupont_lea_x"]
    export = [
        Stagiaire("ldupont", "Léa", "Dupont-Roux", "LEA@exemple.ma", participant="7"),
        Stagiaire("neuf", "Ali", "Alami"),
    ]
    apres = reunir(avant, export)
    assert [(un.identifiant, un.nom) for un in apres.stagiaires] == [
        ("dupont_lea", "Dupont-Roux"),
        ("dupont_lea_x", "Dupont"),
        ("neuf", "Alami"),
    ]
    assert reunir(apres, export) == apres


# --- La commande ----------------------------------------------------------------------------------------------------------------------


def test_la_commande_dit_tout_ce_qu_il_faut_savoir(cours, tmp_path, capsys, monkeypatch):
    from nbgrader.api import Gradebook

    from grc_helpers.commandes import principal

    monkeypatch.setenv("GRC_TRAVAIL", str(cours.travail))
    monkeypatch.setenv("COLUMNS", "160")
    (tmp_path / "liste.csv").write_text(
        "Prénom,Nom de famille,Adresse de courriel\nHugo,Martin,h@i.ma\nInès,Martin,i@i.ma\nAli,Alami,a@i.ma\n"
    )
    fichiers = {
        "Hugo Martin_1_assignsubmission_file/m1.ipynb": b"\xef\xbb\xbf" + BONNE,
        "Hugo Martin_1_assignsubmission_file/photo.png": b"png",
        "Inès Martin_2_assignsubmission_file/m1.ipynb": BONNE[:500],
        "Ali Alami_3_assignsubmission_file/devoir [final].docx": b"PK",
        "martin.ipynb": BONNE,
    }
    assert (
        principal(
            [
                "ramasser",
                str(archive(tmp_path, fichiers)),
                DEVOIR,
                "--liste",
                str(tmp_path / "liste.csv"),
            ]
        )
        == 0
    )
    affiche = capsys.readouterr().out
    for attendu in (
        "1 réparée, 1 illisible",
        "BOM",
        "abîmé",
        "Sans copie (1) : Ali Alami.",
        "devoir [final].docx",
        "1 fichier joint",
        "À préciser : 1 copie",
        "martin_ines (Inès Martin)",
        f"grc corriger {DEVOIR}",
    ):
        assert attendu in affiche, affiche
    with Gradebook(cours.db_url) as carnet:
        assert {(s.id, s.first_name, s.last_name, s.email) for s in carnet.students} >= {
            ("alami_ali", "Ali", "Alami", "a@i.ma")
        }


def test_la_date_du_fichier_range_est_celle_de_la_remise(cours, tmp_path):
    faire(cours, archive(tmp_path, {"Hugo Martin/m.ipynb": BONNE}, date=(2026, 3, 2, 9, 30, 0)))
    fichier = cours.remises / "martin_hugo" / DEVOIR / f"{DEVOIR}.ipynb"
    assert datetime.fromtimestamp(fichier.stat().st_mtime) == datetime(2026, 3, 2, 9, 30)
