"""Des copies de toutes sortes, fabriquées d'après le corrigé."""

import copy
import json
from collections.abc import Callable
from pathlib import Path

from autograde.cours.dossiers import Cours
from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.fichiers.notebook import lire_fichier
from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.cellule import sans_reperes
from grc_helpers.reponses.notebook import cellules, nbgrader, source

DEVOIR = "s2_tp1_ltv"


CLASSE = 12


def ranger(cours: Cours, stagiaire: str, devoir: str, nom: str, contenu: bytes) -> None:
    """Écrit une copie là où la correction la cherche."""
    ecrire_en_entier(cours.remises / stagiaire / devoir / nom, contenu)


def notebook_du_cours(fichier: Path) -> dict:
    notebook, motif, _ = lire_fichier(fichier)
    assert notebook is not None, f"{fichier} : {motif}"
    return notebook


def reponses_du_corrige(cours: Cours, devoir: str) -> dict[str, str]:
    """La source de chaque cellule de réponse du corrigé, par identifiant de question."""
    corrige = notebook_du_cours(cours.notebook_source(devoir))
    return {
        nbgrader(c)["grade_id"]: source(c) for c in cellules(corrige) if nbgrader(c).get("solution")
    }


def fabriquer_la_classe(cours: Cours, devoir: str = DEVOIR) -> list[str]:
    """Écrit une copie par sorte dans le dossier des remises du ``cours``. Renvoie les prénoms."""
    distribue = notebook_du_cours(cours.notebook_distribue(devoir))
    reponses = reponses_du_corrige(cours, devoir)
    for prenom, fabriquer in COPIES.items():
        ranger(cours, prenom, devoir, *fabriquer(repondre(distribue, reponses), devoir))
    return list(COPIES)


def repondre(distribue: dict, reponses: dict[str, str]) -> dict:
    """Une copie du devoir où ces réponses ont été écrites (par identifiant de question)."""
    copie = copy.deepcopy(distribue)
    for cellule in cellules(copie):
        identifiant = nbgrader(cellule).get("grade_id")
        if nbgrader(cellule).get("solution") and identifiant in reponses:
            cellule["source"] = sans_reperes(reponses[identifiant])
    return copie


def changer(copie: dict, identifiant: str, transformer: Callable[[str], str]) -> None:
    """Transforme la source d'une cellule de réponse."""
    for cellule in cellules(copie):
        if nbgrader(cellule).get("grade_id") == identifiant:
            cellule["source"] = transformer(source(cellule))


def dire(copie: dict, texte: str) -> None:
    """Remplace la réponse rédigée de la dernière question."""
    changer(copie, "s2_tp1_q3", lambda s: s.split("\n")[0] + "\n" + texte)


def fichier(copie: dict, nom: str) -> tuple[str, bytes]:
    return f"{nom}.ipynb", json.dumps(copie, ensure_ascii=False, indent=1).encode()


def excellente(copie, devoir):
    """Le corrigé, mot pour mot."""
    return fichier(copie, devoir)


def clients_entiers(copie, devoir):
    """Juste aussi : les clients perdus sont arrondis à l'unité, avec leurs conséquences."""
    changer(copie, "s2_tp1_q1", lambda s: s.replace("20,4", "21").replace("183,6", "183"))
    changer(copie, "s2_tp1_q2a", lambda s: s.replace("81 218,76", "80 953,34"))
    changer(copie, "s2_tp1_q2b", lambda s: s.replace("36 720", "36 600"))
    changer(copie, "s2_tp1_q2c", lambda s: s.replace("23 380,53", "23 304,13"))
    changer(
        copie,
        "s2_tp1_q2d",
        lambda s: s.replace("21 118,23", "21 049,22").replace("140 676,44", "140 607,42"),
    )
    changer(copie, "s2_tp1_q2e", lambda s: s.replace("140 676,44 €", "140 607,42"))
    return fichier(copie, devoir)


def moyenne(copie, devoir):
    """L'attrition toujours appliquée au départ, l'acquisition sur les clients perdus, un cumul qui ne cumule pas."""
    changer(
        copie,
        "s2_tp1_q1",
        lambda s: s.replace("100 | 60  | 36  | 20,4", "100 | 80 | 60 | 40").replace(
            "300 | 240 | 204 | 183,6", "300 | 220 | 160 | 120"
        ),
    )
    changer(
        copie,
        "s2_tp1_q2b",
        lambda s: s.replace("60 000 | 48 000 | 40 800 | 36 720", "20 000 | 12 000 | 7 200 | 4 080"),
    )
    changer(
        copie,
        "s2_tp1_q2d",
        lambda s: s.replace(
            "54 000 | 91 824 | 119 558,21 | 140 676,44", "54 000 | 37 824 | 27 734,21 | 21 118,23"
        ),
    )
    dire(copie, "La première année rapporte le plus. Il faut fidéliser les clients.")
    return fichier(copie, devoir)


def erreur_suivie(copie, devoir):
    """Une seule erreur, au tout début (120 clients perdus en N1), puis des calculs cohérents avec elle."""
    from autograde.cas import modele
    from grc_helpers.calculs.valeur_client import VALEUR_CLIENT

    valeurs = modele("valeur_client").calculer({Case("Clients perdus", "N1"): 120})
    for identifiant in ("s2_tp1_q1", "s2_tp1_q2a", "s2_tp1_q2b", "s2_tp1_q2c", "s2_tp1_q2d"):
        changer(
            copie,
            identifiant,
            lambda s: "\n".join(
                ligne
                if "|" not in ligne or Case(nom := ligne.split("|")[0].strip(), "N1") not in valeurs
                else " | ".join(
                    [nom, *(ecrire_nombre(valeurs[nom, f"N{an}"]) for an in range(1, 5))]
                )
                for ligne in s.split("\n")
            ),
        )
    changer(
        copie,
        "s2_tp1_q2e",
        lambda s: s.replace("140 676,44", ecrire_nombre(valeurs[VALEUR_CLIENT])),
    )
    dire(copie, "slt madame, c n1 ki raporte le +. ap on perd d clients dc il fo les fidéliser")
    return fichier(copie, devoir)


def vide(copie, devoir):
    """Rendue sans une réponse."""
    for cellule in cellules(copie):
        if nbgrader(cellule).get("solution"):
            lignes = source(cellule).split("\n")
            gardees = [
                ligne.split("|")[0] + "| | | |"
                if "|" in ligne
                and any(c.isdigit() for c in ligne.split("|", 1)[1])
                and not ligne.startswith("Années")
                else ligne
                for ligne in lignes
                if ligne[:2] == "%%" or "|" in ligne
            ]
            cellule["source"] = "\n".join(gardees)
    return fichier(copie, devoir)


def negligente(copie, devoir):
    """Du travail juste, mal présenté : magie abîmée, libellés changés, colonnes collées d'un tableur, un nombre ambigu."""
    changer(
        copie,
        "s2_tp1_q0",
        lambda s: "# ma réponse\n  %%Nombre s2_tp1_q0 clients\n1000 x 40% = 400 clients",
    )
    changer(
        copie,
        "s2_tp1_q1",
        lambda s: (
            "%%tableau s2_tp1_q1 valeur_client\nperdus clients\tN1\tN2\tN3\tN4\n"
            "clients perdu\t100\t60\t36\t20,4\nClient restants\t300\t240\t204\t183,6"
        ),
    )
    changer(copie, "s2_tp1_q2b", lambda s: s.replace("60 000", "60.000"))
    changer(copie, "s2_tp1_q2e", lambda s: "140676.44€")
    dire(
        copie,
        "la premiere anné raporte plus que les autre car aprè les cliant parte et il achète moin",
    )
    return fichier(copie, "tp ltv (1)")


def cellule_dupliquee(copie, devoir):
    """Une cellule de réponse copiée-collée puis modifiée : nbgrader seul s'arrêterait là, pour toute la classe."""
    rang = next(i for i, c in enumerate(copie["cells"]) if nbgrader(c).get("solution"))
    double = copy.deepcopy(copie["cells"][rang])
    double["id"], double["source"] = "double", source(double).split("\n")[0] + "\n600"
    copie["cells"].insert(rang + 1, double)
    return fichier(copie, devoir)


def metadonnees_perdues(copie, devoir):
    """Passée par un autre logiciel, qui a effacé les métadonnées nbgrader."""
    dire(
        copie,
        "Au début le tiroir-caisse chante, ensuite ça se vide comme un seau percé : bouchez le trou avant de remplir encore.",
    )
    for cellule in cellules(copie):
        cellule["metadata"] = {}
    return fichier(copie, devoir)


def hostile(copie, devoir):
    """Du code ajouté, qui ne sera jamais exécuté."""
    piege = "import os, pathlib\npathlib.Path('piege.txt').write_text('oups')\nos._exit(0)"
    copie["cells"].insert(
        1,
        {
            "cell_type": "code",
            "id": "piege",
            "metadata": {},
            "source": piege,
            "outputs": [],
            "execution_count": None,
        },
    )
    changer(copie, "s2_tp1_q3", lambda s: s + "\n<script>alert('bonjour')</script>")
    return fichier(copie, devoir)


def abimee(copie, devoir):
    """Un fichier coupé pendant l'envoi."""
    nom, contenu = fichier(copie, devoir)
    return nom, contenu[: len(contenu) // 2]


def enregistree_ailleurs(copie, devoir):
    """Un fichier réenregistré par un éditeur de texte : marque BOM en tête."""
    nom, contenu = fichier(copie, devoir)
    return nom, b"\xef\xbb\xbf" + contenu


# Ce qui arrive à un fichier entre le stagiaire et le formateur, quel que soit le devoir.
DEGATS = [cellule_dupliquee, metadonnees_perdues, hostile, enregistree_ailleurs, abimee]


COPIES = {
    "amel": excellente,
    "bilal": clients_entiers,
    "chloé": moyenne,
    "david": erreur_suivie,
    "emma": vide,
    "farid": negligente,
    "gaëlle": cellule_dupliquee,
    "hugo": metadonnees_perdues,
    "inès": hostile,
    "jules": abimee,
    "kenza": enregistree_ailleurs,
}
