"""Ce que l'on rend à Moodle, relu comme il le lit : le .zip des fichiers de feedback, les notes à importer, les moyennes."""

import csv
import io
import re
import shutil
import zipfile
from itertools import pairwise

import pytest
from openpyxl import load_workbook

from autograde.carnet.api import ouvrir
from autograde.correction.classe import corriger_la_classe
from autograde.cours.dossiers import Cours
from autograde.rendu.console import rendre, sortir_les_notes
from autograde.rendu.moodle import notes_pour_le_carnet, notes_pour_le_devoir, zipper_les_retours
from autograde.rendu.pages import ecrire_les_retours
from autograde.rendu.synthese import ecrire_la_synthese
from tests.classe_fictive import DEVOIR, copie_a_relire, copie_avec, copie_parfaite, deposer

AUTRE = "s0_prise_en_main"
# identifiant : (prénom, nom, courriel, numéro Moodle pour DEVOIR)
CLASSE = {
    "obrien": ("Éloïse", "O'Brien", "eloise@exemple.ma", "101"),
    "cmd": ("=cmd()", "", "cmd@exemple.ma", "102"),
    "benali": ("Sara", "Ben Ali, Sara", "benali@exemple.ma", "103"),
    "tiret_12_bas": ("Tiret_12_Bas", "Test", "", "104"),
    "anis": ("Anis", "<b>Gras</b>", "anis@exemple.ma", ""),
    "relu": ("Rita", "À Relire", "rita@exemple.ma", "106"),
    "abime": ("Jules", "Abîmé", "jules@exemple.ma", "107"),
    "absent": ("Nour", "Absente", "nour@exemple.ma", ""),
}


@pytest.fixture(scope="module")
def cours(tmp_path_factory) -> Cours:
    cours = Cours(travail=tmp_path_factory.mktemp("moodle"))
    for stagiaire in CLASSE.keys() - {"absent", "abime", "relu"}:
        deposer(cours, stagiaire, copie_parfaite())
    deposer(cours, "relu", copie_a_relire())
    deposer(cours, "abime", b"coupe")
    deposer(cours, "obrien", copie_avec({"s0_q3": "b", "s0_q5": "Magasin : a"}, AUTRE), AUTRE)
    for devoir in (DEVOIR, AUTRE):
        list(corriger_la_classe(cours, devoir))
    with ouvrir(cours) as carnet:
        for stagiaire, (prenom, nom, courriel, _) in CLASSE.items():
            carnet.update_or_create_student(
                stagiaire, first_name=prenom, last_name=nom, email=courriel or None
            )
    registre = cours.travail / "ramassage" / "registre.csv"
    registre.parent.mkdir()
    lignes = [
        "quand;stagiaire;devoir;origine;par;participant;copie",
        f"2026;obrien;{DEVOIR};ancienne;Moodle;999;x",
    ]
    lignes += [
        f"2026;{stagiaire};{DEVOIR};archive;Moodle;{numero};x"
        for stagiaire, (*_, numero) in CLASSE.items()
    ]
    lignes += [f"2026;obrien;{AUTRE};archive;Moodle;555;x", f"2026;obrien;{DEVOIR};clé USB;nom;;x"]
    registre.write_text("\ufeff" + "\r\n".join(lignes) + "\r\n", encoding="utf-8", newline="")
    return cours


def lire_comme_moodle(chemin, separateur: str) -> list[dict[str, str]]:
    """``csv_import_reader`` : UTF-8 dont il ôte la marque, un séparateur, autant de cases que de titres, sinon il refuse tout."""
    texte = chemin.read_bytes().decode("utf-8").removeprefix("\ufeff")
    titres, *lignes = list(csv.reader(io.StringIO(texte), delimiter=separateur, strict=True))
    assert all(len(ligne) == len(titres) for ligne in lignes)
    return [dict(zip(titres, ligne, strict=True)) for ligne in lignes]


def stagiaire_reconnu(chemin: str, participants: set[str]) -> tuple[str, str] | None:
    """``is_valid_filename_for_import`` de Moodle avant 4.1 : cinq morceaux ; depuis, quatre ou cinq."""
    morceaux = ["", "import", *chemin.split("/")]
    if morceaux[-1][:1] in (".", "~"):
        return None
    for rang, morceau in enumerate(morceaux):
        coupe = morceau.split("_", 4)
        if len(coupe) < 5 or not re.fullmatch(r"\d+", coupe[1]) or coupe[1] not in participants:
            continue
        if coupe[2] in ("assignfeedback", "assignsubmission") and coupe[3] == "file":
            return coupe[1], "/".join([coupe[4], *morceaux[rang + 1 :]]).lstrip("/")
    return None


def zipper(cours):
    return zipper_les_retours(cours, DEVOIR, ecrire_les_retours(cours, DEVOIR))


def test_moodle_reconnait_chaque_dossier_du_zip(cours):
    fait = zipper(cours)
    numeros = {numero for *_, numero in CLASSE.values() if numero}
    with zipfile.ZipFile(fait.chemin) as archive:
        assert archive.testzip() is None
        reconnus = {}
        for nom in archive.namelist():
            assert (
                not re.search(r'[\x00-\x1f<>:"\\|?*]', nom)
                and ".." not in nom
                and not nom.startswith("/")
            ), nom
            if trouve := stagiaire_reconnu(nom, numeros):
                reconnus[trouve[0]] = archive.read(nom).decode("utf-8")
                assert trouve[1] == "retour-s2-tp1-ltv.html", (
                    "le même nom à chaque envoi : Moodle remplace l'ancien"
                )
        noms = set(archive.namelist())
    assert reconnus.keys() == numeros and fait.reconnus == len(numeros)
    assert (
        "Éloïse O&#39;Brien" in reconnus["101"]
        and "Ben Ali, Sara" in reconnus["103"]
        and "Tiret_12_Bas" in reconnus["104"]
    )
    assert "Éloïse O'Brien_101_assignfeedback_file_/retour-s2-tp1-ltv.html" in noms
    assert fait.manquent == {"sans numéro Moodle": ["Anis <b>Gras</b>"]}


def test_un_nom_sans_numero_ne_prend_jamais_la_place_d_un_autre(cours, tmp_path):
    copie = Cours(travail=tmp_path / "travail")
    shutil.copytree(cours.travail, copie.travail)
    (copie.travail / "ramassage" / "registre.csv").unlink()
    with zipfile.ZipFile(zipper(copie).chemin) as archive:
        assert len(set(archive.namelist())) == 7
        assert not [nom for nom in archive.namelist() if stagiaire_reconnu(nom, {"12"})], (
            "« Tiret_12_Bas » n'est pas le participant 12"
        )
        assert "Éloïse O'Brien (obrien)/retour-s2-tp1-ltv.html" in archive.namelist()


def test_sans_numero_la_commande_le_dit(cours, capsys):
    rendre(cours, [AUTRE, DEVOIR], "note")
    affiche = capsys.readouterr().out
    assert (
        "6 stagiaire(s) reconnus" in affiche and "sans numéro Moodle : Anis <b>Gras</b>" in affiche
    )
    (cours.travail / "ramassage" / "registre.csv").rename(cours.travail / "registre")
    rendre(cours, [], "note")
    (cours.travail / "registre").rename(cours.travail / "ramassage" / "registre.csv")
    affiche = capsys.readouterr().out
    assert affiche.count("Moodle n'y reconnaîtrait personne") == 2 and f"{AUTRE} :" in affiche, (
        "sans rien dire : tous les devoirs"
    )


def test_le_carnet_moodle_n_a_que_des_notes_definitives_et_des_courriels(cours):
    fait = notes_pour_le_carnet(cours, DEVOIR)
    lignes = {ligne["Adresse de courriel"]: ligne for ligne in lire_comme_moodle(fait.chemin, ";")}
    assert lignes.keys() == {
        "eloise@exemple.ma",
        "cmd@exemple.ma",
        "benali@exemple.ma",
        "anis@exemple.ma",
    }
    note = lignes["benali@exemple.ma"]["TP 1 · Combien rapporte un client gagné ?"]
    assert note == "20.00", "unformat_float de Moodle : un point va dans toutes les langues"
    assert lignes["benali@exemple.ma"]["Nom complet"] == "Sara Ben Ali, Sara"
    assert lignes["cmd@exemple.ma"]["Nom complet"] == "'=cmd()"
    assert fait.manquent == {
        "à relire": ["Jules Abîmé", "Rita À Relire"],
        "sans courriel": ["Tiret_12_Bas Test"],
    }


def test_la_feuille_d_evaluation_va_au_bon_participant(cours):
    fait = notes_pour_le_devoir(cours, DEVOIR)
    lignes = lire_comme_moodle(fait.chemin, ",")
    # Moodle retire « Participant », avec ou sans l'espace selon sa langue, puis lit un entier.
    for prefixe in ("Participant", "Participant "):
        assert sorted(int(ligne["Identifiant"][len(prefixe) :]) for ligne in lignes) == [
            101,
            102,
            103,
            104,
        ]
    ligne = next(ligne for ligne in lignes if ligne["Identifiant"] == "Participant 101")
    assert (
        ligne["Nom complet"] == "Éloïse O'Brien"
        and ligne["Note"] == "20.00"
        and ligne["Note maximale"] == "20"
    )
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d", ligne["Dernière modification (note)"])


def test_un_fichier_pour_moodle_devenu_faux_ne_reste_pas(cours):
    ancien = cours.notes / f"{AUTRE}_moodle_carnet.csv"
    ancien.parent.mkdir(exist_ok=True)
    ancien.write_text("vieux", encoding="utf-8")
    with ouvrir(cours) as carnet:
        carnet.update_or_create_student("obrien", email="pas un courriel")
    assert notes_pour_le_carnet(cours, AUTRE).chemin is None and not ancien.exists()
    with ouvrir(cours) as carnet:
        carnet.update_or_create_student("obrien", email=CLASSE["obrien"][2])


def test_la_moyenne_par_sequence_de_toute_la_classe(cours):
    tableur, classeur = ecrire_la_synthese(cours)
    with tableur.open(encoding="utf-8-sig", newline="") as fichier:
        lues = {
            ligne["Identifiant"]: ligne
            for ligne in csv.DictReader(fichier, delimiter=";", strict=True)
        }
    assert lues.keys() == CLASSE.keys()
    entete = list(lues["obrien"])
    assert entete == [
        "Identifiant",
        "Nom",
        f"{AUTRE} sur 10",
        "Moyenne : Avant la séquence 1, sur 20",
        f"{DEVOIR} sur 20",
        "Moyenne : Séquence 2, sur 20",
    ]
    assert [*lues["obrien"].values()][1:] == ["Éloïse O'Brien", "2", "4", "20", "20"]
    assert [*lues["relu"].values()][2:] == ["non rendu", "non rendu", "à relire", "à relire"]
    assert set([*lues["absent"].values()][2:]) == {"non rendu"}, (
        "ne pas rendre n'est pas un zéro écrit par la machine"
    )
    assert lues["cmd"]["Nom"] == "'=cmd()" and lues["benali"]["Nom"] == "Sara Ben Ali, Sara"
    feuille = load_workbook(classeur).active
    assert not [case for ligne in feuille.iter_rows() for case in ligne if case.data_type == "f"]
    assert {case.value for case in feuille["B"]} >= {"'=cmd()", "Éloïse O'Brien"} and feuille["F"][
        0
    ].value == entete[-1]


def test_toutes_les_notes_d_un_coup(cours, capsys):
    sortir_les_notes(cours, [])
    affiche = capsys.readouterr().out
    for fichier in (
        f"{AUTRE}.xlsx",
        f"{DEVOIR}_moodle_carnet.csv",
        f"{DEVOIR}_moodle_evaluation.csv",
        "synthese.csv",
    ):
        assert fichier in affiche and (cours.notes / fichier).is_file()
    assert "Resteront hors de Moodle, à relire : Jules Abîmé, Rita À Relire." in affiche


def test_la_page_d_un_fichier_illisible_n_accuse_pas_le_stagiaire(cours):
    for niveau in ("note", "elements", "corriges"):
        page = {
            chemin.stem: chemin.read_text(encoding="utf-8")
            for chemin in ecrire_les_retours(cours, DEVOIR, niveau)
        }["abime"]
        assert "Votre fichier n'a pas pu être lu" in page
        assert (
            "Vous n'avez pas répondu" not in page
            and "0 / 20" not in page
            and "Réponse type" not in page
        )


def test_sans_les_copies_corrigees_la_page_se_refait_d_apres_la_copie_rendue(cours, tmp_path):
    copie = Cours(travail=tmp_path / "travail")
    shutil.copytree(
        cours.travail, copie.travail, ignore=shutil.ignore_patterns("autograded", "retours")
    )
    avant, apres = (
        [
            chemin.read_text(encoding="utf-8")
            for chemin in ecrire_les_retours(ou, DEVOIR, "elements")
        ]
        for ou in (cours, copie)
    )
    assert avant == apres


def test_une_balise_dans_un_nom_reste_du_texte_et_rien_ne_peut_s_executer(cours):
    page = {
        chemin.stem: chemin.read_text(encoding="utf-8")
        for chemin in ecrire_les_retours(cours, DEVOIR, "note")
    }["anis"]
    assert "Copie de <strong>Anis &lt;b&gt;Gras&lt;/b&gt;</strong>" in page and "<b>" not in page
    assert """content="default-src 'none'; style-src 'unsafe-inline'">""" in page, (
        "le navigateur refuse tout script et toute image"
    )


def test_chaque_niveau_en_dit_plus_que_le_precedent(cours):
    pages = [
        ecrire_les_retours(cours, AUTRE, niveau)[0].read_text(encoding="utf-8")
        for niveau in ("note", "elements", "corriges")
    ]
    assert all(len(moins) < len(plus) for moins, plus in pairwise(pages))
    assert all("2 / 10" in page for page in pages)
    assert "À revoir d'abord" not in pages[0] and "À revoir d'abord" in pages[1]
    assert "Réponse type" not in pages[1] and "Réponse type" in pages[2]


def test_une_lettre_est_dite_en_toutes_lettres(cours):
    page = ecrire_les_retours(cours, AUTRE, "corriges")[0].read_text(encoding="utf-8")
    lignes = [
        " ".join(re.sub(r"<[^>]+>", "", ligne).split())
        for ligne in re.findall(r"<li.*?</li>", page)
    ]
    assert (
        "✔ (juste) b (vous écoutez jusqu&#39;au bout, puis vous redites le problème avec vos mots)"
        in lignes
    )
    assert (
        "✘ (à revoir) Magasin : a (à 9 h, dire à mille clients inscrits que la braderie commence)"
        in lignes
    )
    assert "– (vide) Courriel : sans réponse" in lignes
    assert (
        "Magasin : b (un couple veut s&#39;asseoir dans un fauteuil avant de se décider)" in lignes
    )
    assert (
        "place 4 : b (M. Petit fait encore emballer un cadeau ici, alors que le voisin est moins cher)"
        in lignes
    )
