"""La page rendue au stagiaire : en français, en un seul fichier, imprimable, sans rien chercher sur Internet."""

from pathlib import Path

from autograde.copies import lire_fichier
from autograde.correction import Correction, corriger
from autograde.cours import Cours
from autograde.devoir import Devoir, charger_devoir
from autograde.greffe import relire_greffe
from autograde.notation.resultats import NoteQuestion, Statut
from autograde.releve import Releve, releves
from grc_helpers.reponses.nombres import ecrire_nombre
from grc_helpers.reponses.notebook import lire_reponses

NIVEAUX = {
    "note": "la note seule",
    "detail": "la note, ce qui est juste et ce qui est à revoir, les explications",
    "corrige": "tout cela, avec la réponse type",
}
SIGNES = {
    Statut.JUSTE: "✔",
    Statut.REPORTEE: "↪",
    Statut.FAUSSE: "✘",
    Statut.EN_PARTIE: "◐",
    Statut.ABSENTE: "+",
    Statut.VIDE: "–",
    Statut.ILLISIBLE: "?",
}
# Les motifs de relecture s'adressent au formateur : le stagiaire lit seulement que sa réponse attend une relecture.


def ecrire_les_retours(cours: Cours, nom: str, niveau: str = "detail") -> list[Path]:
    """Écrit une page par stagiaire dans ``retours/<devoir>/``. ``niveau`` : une clé de ``NIVEAUX``."""
    devoir = charger_devoir(cours, nom)
    dossier = cours.retours / nom
    dossier.mkdir(parents=True, exist_ok=True)
    gabarit = _gabarit()
    types = reponses_types(cours, devoir) if niveau == "corrige" else {}
    chemins = []
    for releve in releves(cours, devoir):
        correction = _relire(cours, devoir, releve.stagiaire)
        page = gabarit.render(
            devoir=devoir,
            releve=releve,
            niveau=niveau,
            signes=SIGNES,
            nombre=ecrire_nombre,
            questions=_questions(devoir, releve, correction, types),
        )
        chemins.append(dossier / f"{releve.stagiaire}.html")
        chemins[-1].write_text(page, encoding="utf-8")
    return chemins


def reponses_types(cours: Cours, devoir: Devoir) -> dict[str, str]:
    """Le texte de la réponse type de chaque question, tel que l'auteur l'a écrit."""
    source, _, _ = lire_fichier(cours.notebook_source(devoir.nom))
    lues = lire_reponses(source or {}, devoir.questions)
    return {identifiant: reponse.cellule.corps.strip() for identifiant, reponse in lues.reponses.items()}


def _gabarit():
    from jinja2 import Environment, FileSystemLoader, select_autoescape  # ici : les autres commandes ne l'attendent pas

    environnement = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "gabarits"),
        autoescape=select_autoescape(["html", "j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environnement.get_template("retour.html.j2")


def _relire(cours: Cours, devoir: Devoir, stagiaire: str) -> Correction:
    """La correction, refaite d'après la copie greffée : rien n'est gardé deux fois."""
    notebook, _, _ = lire_fichier(cours.corrigees / stagiaire / devoir.nom / f"{devoir.nom}.ipynb")
    return corriger(relire_greffe(notebook, devoir) if notebook else lire_reponses({}, devoir.questions), devoir)


def _questions(devoir: Devoir, releve: Releve, correction: Correction, types: dict[str, str]) -> list[dict]:
    """Ce que le gabarit montre de chaque question."""
    return [
        {
            "titre": devoir.titres.get(identifiant, identifiant),
            "releve": releve.questions[identifiant],
            "note": correction.notes[identifiant],
            "texte": correction.lues.reponses[identifiant].cellule.corps.strip(),
            "vide": correction.lues.reponses[identifiant].vide,
            "tableau": _tableau(correction.notes[identifiant]) if devoir.questions[identifiant].type == "tableau" else None,
            "elements": correction.notes[identifiant].cases if devoir.questions[identifiant].type == "reponse" else [],
            "type": types.get(identifiant, ""),
        }
        for identifiant in devoir.questions
        if identifiant in releve.questions
    ]


def _tableau(note: NoteQuestion) -> dict | None:
    """Les cases d'un tableau rangées par ligne ; None si rien n'a été noté."""
    if not note.cases:
        return None
    par_cle = {case.cle: case for case in note.cases}
    lignes = list(dict.fromkeys(cle.split("/")[0] for cle in par_cle))
    colonnes = list(dict.fromkeys(cle.split("/")[1] for cle in par_cle))
    return {"colonnes": colonnes, "lignes": {ligne: [par_cle.get(f"{ligne}/{colonne}") for colonne in colonnes] for ligne in lignes}}
