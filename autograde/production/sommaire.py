"""Ce que le cours dit de lui-même, écrit d'après les notebooks : les séances dans l'accueil et le README, les mots que chacune emploie."""

import json
import re
from itertools import groupby

from autograde.cours.dossiers import Cours
from autograde.fichiers.ecriture import ecrire_en_entier
from grc_helpers.glossaire.entrees import mots_repris
from grc_helpers.reponses.notebook import cellules, source
from grc_helpers.seances.seances import Seance, ecrire_duree, seances

ACCUEIL, GLOSSAIRE = "accueil", "glossaire"
CELLULE = "seances"
_TABLEAU_DU_README = re.compile(r"\| séance \| notebook .*?\n(?=\n)", re.DOTALL)


def ecrire_le_sommaire(cours: Cours) -> None:
    """Met à jour la cellule « séances » de l'accueil (la source) et le tableau du README, si quelque chose a changé."""
    trouvees = seances(cours.solutions)
    accueil = cours.notebook_source(ACCUEIL)
    notebook = json.loads(accueil.read_text(encoding="utf-8"))
    for cellule in notebook["cells"]:
        if cellule["id"] == CELLULE:
            cellule["source"] = pour_l_accueil(trouvees).splitlines(keepends=True)
    _remplacer(accueil, json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    readme = cours.racine / "README.md"
    _remplacer(
        readme,
        _TABLEAU_DU_README.sub(
            lambda _: pour_le_readme(trouvees), readme.read_text(encoding="utf-8"), count=1
        ),
    )


def ecrire_les_emplois(cours: Cours) -> None:
    """Met à jour la liste des mots que chaque cahier reprend, d'après ses textes ; ni le titre ni le glossaire."""
    liste = cours.racine / "grc_helpers" / "glossaire" / "emplois.json"
    textes = {s.dossier: _textes(cours, s.dossier) for s in seances(cours.solutions) if s.sequence}
    _remplacer(liste, json.dumps(mots_repris(textes), ensure_ascii=False, indent=1) + "\n")


def _textes(cours: Cours, cahier: str) -> str:
    notebook = json.loads(cours.notebook_source(cahier).read_text(encoding="utf-8"))
    lues = [c for c in cellules(notebook) if c["cell_type"] == "markdown"]
    return "\n".join(source(c) for c in lues if not c["id"].startswith(("titre", "glossaire")))


def pour_l_accueil(trouvees: list[Seance]) -> str:
    """Les séances groupées par séquence, en Markdown : lisibles sans rien lancer, même sans notre extension."""
    morceaux = ["## Les séances"]
    for sequence, groupe in groupby(
        (s for s in trouvees if not s.est_un_outil), key=lambda s: s.sequence
    ):
        lignes = [f"- {_lien(s)} · {_details(s)}" for s in groupe]
        morceaux += [f"### {sequence}", "\n".join(lignes)]
    outils = [f"- {_lien(s)} : {s.but[:1].lower()}{s.but[1:]}" for s in trouvees if s.est_un_outil]
    if outils:
        morceaux += ["### À manipuler", "\n".join(outils)]
    return "\n\n".join(morceaux)


def pour_le_readme(trouvees: list[Seance]) -> str:
    """Le tableau des séances, avec leur durée et leur total de points."""
    lignes = ["| séance | notebook | durée | noté |", "|---|---|---|---|"]
    for titre, page in (("Page d'accueil", ACCUEIL), ("Glossaire", GLOSSAIRE)):
        lignes.append(f"| {titre} | [`{page}`](course/{page}/{page}.ipynb) | | |")
    for seance in trouvees:
        nom = seance.chemin.rpartition("/")[2].removesuffix(".ipynb")
        avant = "Tableau de bord : " if seance.est_un_outil else _numero_de_sequence(seance)
        duree = f" {ecrire_duree(seance.minutes)} " if seance.minutes else " "
        note = f" {seance.note_sur} " if seance.note_sur else " "
        lignes.append(
            f"| {avant}{seance.titre} | [`{nom}`](course/{seance.chemin}) |{duree}|{note}|"
        )
    return "\n".join(lignes) + "\n"


def _numero_de_sequence(seance: Seance) -> str:
    return f"{seance.sequence.partition(' — ')[0]}, " if " — " in seance.sequence else ""


def _lien(seance: Seance) -> str:
    return f"[{seance.titre}](../{seance.chemin})"


def _details(seance: Seance) -> str:
    details = [ecrire_duree(seance.minutes)] if seance.minutes else []
    details += [f"noté sur {seance.note_sur}"] if seance.note_sur else []
    return " · ".join([*details, f"vous saurez {seance.but}"] if seance.but else details)


def _remplacer(fichier, texte: str) -> None:
    if texte != fichier.read_text(encoding="utf-8"):
        ecrire_en_entier(fichier, texte)
