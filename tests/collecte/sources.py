"""Fabriquer des sources à ramasser (archive de Moodle, clé USB, cours entier), les ramasser, et relire ce qui a été rangé."""

import csv
import io
import json
import zipfile
from pathlib import Path

from autograde.collecte.liste_de_classe.identite import reunir
from autograde.collecte.liste_de_classe.liste import ListeDeClasse
from autograde.collecte.liste_de_classe.stagiaire import Stagiaire
from autograde.collecte.ramassage import Bilan, Ramassage
from autograde.copie.remises import dossiers_remis, lire_copie
from autograde.cours.dossiers import Cours
from grc_helpers.reponses.notebook import cellules, nbgrader, source
from grc_helpers.reponses.recu import Remise, inscrire_la_remise
from tests.classe_fictive import DEVOIR, copie_avec, copie_parfaite, notebook_distribue

BONNE = json.dumps(copie_parfaite(), ensure_ascii=False).encode()
BONNE_AUSSI = json.dumps(copie_parfaite() | {"nbformat_minor": 4}, ensure_ascii=False).encode()
VIERGE = json.dumps(notebook_distribue(), ensure_ascii=False).encode()
AUTRE_TP = json.dumps(notebook_distribue("s2_tp3_bertin"), ensure_ascii=False).encode()
LISTE = [
    Stagiaire(prenom="Léa", nom="N'Guyen-Petit", courriel="lea@exemple.ma", groupe="Com 2"),
    Stagiaire(prenom="Hugo", nom="Martin", courriel="hugo@exemple.ma"),
    Stagiaire(prenom="Inès", nom="Martin", courriel="ines@exemple.ma"),
    Stagiaire(prenom="Amine", nom="El Fassi", courriel="amine@exemple.ma"),
    Stagiaire(prenom="Rania", nom="Bertin", courriel="rania@exemple.ma"),
    Stagiaire(prenom="Marie", nom="Martin", courriel="marie@exemple.ma"),
    Stagiaire(prenom="Anne Marie", nom="Martin", courriel="am@exemple.ma"),
]


def avec_recu(
    nom: str, date: str = "2026-11-24T10:00:00", q0: str = "400", devoir: str = DEVOIR
) -> bytes:
    rendu, _ = inscrire_la_remise(copie_avec({"s2_tp1_q0": q0}), Remise(devoir, nom, "G2", date))
    return json.dumps(rendu, ensure_ascii=False).encode()


CONSEIL = "Les garder coûte moins cher que de repasser des centaines d'appels."
PREUVE = "Une attrition de 15 % ajouterait 18 757 €, contre 11 540 € pour le CA et 7 034 € pour la conversion."


def au_cahier_du_jour(copie: bytes) -> bytes:
    """Les réponses et les cellules ajoutées d'une copie gardée, dans le cahier distribué aujourd'hui : l'énoncé change, le geste reste.

    La question 3 demande depuis une preuve : la copie qui n'avait qu'un conseil la donne."""
    gardee = json.loads(copie.decode().replace(CONSEIL, f"{CONSEIL} {PREUVE}"))
    rendue = notebook_distribue()
    du_cours = {cellule["id"]: cellule for cellule in cellules(rendue)}
    precedente: dict = {}
    for cellule in cellules(gardee):
        if cellule["id"] not in du_cours:
            rendue["cells"].insert(rendue["cells"].index(precedente) + 1, cellule)
            precedente = cellule
            continue
        precedente = du_cours[cellule["id"]]
        if nbgrader(cellule).get("solution"):
            precedente["source"] = source(cellule)
    return json.dumps(rendue, ensure_ascii=False).encode()


def archive_au_cahier_du_jour(dossier: Path, gardee: Path) -> Path:
    """La même archive de Moodle, ses copies portées au cahier distribué aujourd'hui."""
    with zipfile.ZipFile(gardee) as lue:
        copies = {nom: au_cahier_du_jour(lue.read(nom)) for nom in lue.namelist()}
    return archive(dossier, copies, gardee.name)


def en_zip(fichiers: dict[str, bytes], date=(2026, 11, 24, 18, 0, 0)) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in fichiers.items():
            entree = zipfile.ZipInfo(nom, date)
            entree.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entree, contenu)
    return tampon.getvalue()


def archive(
    dossier: Path, fichiers: dict[str, bytes], nom: str = "GRC-TP 1-321.zip", **options
) -> Path:
    chemin = dossier / nom
    chemin.write_bytes(en_zip(fichiers, **options))
    return chemin


def clef_usb(dossier: Path, fichiers: dict[str, bytes]) -> Path:
    for nom, contenu in fichiers.items():
        (dossier / "usb" / nom).parent.mkdir(parents=True, exist_ok=True)
        (dossier / "usb" / nom).write_bytes(contenu)
    return dossier / "usb"


def faire(
    cours: Cours, source: Path, devoir: str = DEVOIR, liste=tuple(LISTE), demander=None
) -> Bilan:
    return Ramassage(cours, devoir, reunir(ListeDeClasse(), list(liste))).ramasser(source, demander)


def rangees(cours: Cours, devoir: str = DEVOIR) -> dict[str, bytes]:
    return {
        dossier.parent.name: fichier.read_bytes()
        for dossier in dossiers_remis(cours, devoir)
        if (fichier := lire_copie(dossier.parent.name, dossier, devoir).fichier)
    }


def completer(cours: Cours, encodage: str = "utf-8-sig", **reponses: str) -> None:
    """Ce que fait le formateur dans son tableur : il complète une colonne, ligne par ligne, et enregistre."""
    fichier = cours.ramassage / "a_preciser.csv"
    lignes = list(csv.reader(io.StringIO(fichier.read_text(encoding="utf-8-sig")), delimiter=";"))
    for ligne in lignes[1:]:
        for champ, valeur in reponses.items():
            ligne[lignes[0].index(champ)] = valeur
    sortie = io.StringIO()
    csv.writer(sortie, delimiter=";").writerows(lignes)
    fichier.write_text(sortie.getvalue(), encoding=encodage, newline="")
