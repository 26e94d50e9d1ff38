"""Ce que la page de retour montre de chaque question, rangé pour le gabarit. Les motifs de relecture restent au formateur."""

import re

from autograde.carnet.releve import Releve
from autograde.cours.devoir import Devoir
from autograde.notation.correction import Correction
from autograde.notation.resultats import CaseNotee, NoteQuestion, Statut
from grc_helpers.case import Case

SIGNES = {
    Statut.JUSTE: "✔",
    Statut.REPORTEE: "↪",
    Statut.FAUSSE: "✘",
    Statut.EN_PARTIE: "◐",
    Statut.ABSENTE: "+",
    Statut.VIDE: "–",
    Statut.ILLISIBLE: "?",
}
_A_LETTRES = ("choix", "ordre", "association")
_PROPOSITION = re.compile(r"^- \*\*(\w{1,2})\*\* : (.+)$", re.MULTILINE)
_EN_TETE = 3  # questions citées dans « les points à regagner d'abord »


def montrer_les_questions(
    devoir: Devoir, releve: Releve, correction: Correction, corrige: Correction | None
) -> list[dict]:
    """Ce que le gabarit montre de chaque question. ``corrige`` : les réponses types, si le formateur les donne."""
    montrees = []
    for identifiant in devoir.questions:
        if identifiant not in releve.questions:
            continue
        propositions = _propositions(devoir.enonces[identifiant])
        montrees.append(
            {
                "titre": devoir.titres.get(identifiant, identifiant),
                "releve": releve.questions[identifiant],
                "note": correction.notes[identifiant],
                "reportee": any(
                    case.statut is Statut.REPORTEE for case in correction.notes[identifiant].cases
                ),
                "vide": correction.lues.reponses[identifiant].vide,
                **_reponse(devoir, correction, identifiant, propositions),
                "type": _reponse(devoir, corrige, identifiant, propositions) if corrige else None,
            }
        )
    return montrees


def _propositions(enonce: str) -> dict[str, str]:
    """Ce que veut dire chaque lettre, d'après la liste de l'énoncé.

    >>> _propositions("Choisissez.\\n\\n- **a** : un *prospect* ;\\n- **b** : un client.")
    {'a': 'un prospect', 'b': 'un client'}
    """
    return {
        lettre: re.sub(r"[*`]", "", texte).rstrip(" ;.\u00a0\u202f")
        for lettre, texte in _PROPOSITION.findall(enonce)
    }


def est_illisible(releve: Releve, correction: Correction) -> bool:
    """On n'a pas pu lire le fichier, et personne ne l'a noté à la main depuis."""
    sans_note = all(note.points is None for note in releve.questions.values())
    return bool(correction.motif) and sans_note


def points_a_regagner(devoir: Devoir, releve: Releve) -> list[tuple[str, float]]:
    """Les questions déjà notées où il manque le plus de points, et combien."""
    manques = [
        (
            devoir.titres.get(identifiant, identifiant).partition(" · ")[0],
            round(note.maximum - note.points, 2),
        )
        for identifiant, note in releve.questions.items()
        if note.points is not None and not note.a_relire
    ]
    return sorted((manque for manque in manques if manque[1] > 0), key=lambda manque: -manque[1])[
        :_EN_TETE
    ]


def _reponse(
    devoir: Devoir, correction: Correction, identifiant: str, propositions: dict[str, str]
) -> dict:
    """Une réponse : un tableau, des lettres avec ce qu'elles veulent dire, ou un texte et ses éléments."""
    sorte, note = devoir.questions[identifiant].type, correction.notes[identifiant]
    return {
        "tableau": _tableau(note) if sorte == "tableau" else None,
        "lettres": [(case, _libelle(case), propositions.get(case.ecrit, "")) for case in note.cases]
        if sorte in _A_LETTRES
        else [],
        "nombre": note.cases[0] if sorte == "nombre" and note.cases else None,
        "elements": note.cases if sorte == "reponse" else [],
        "texte": correction.lues.reponses[identifiant].cellule.corps.strip(),
    }


def _libelle(case: CaseNotee) -> str:
    """Ce que la lettre désigne ; rien pour un choix, où la case est la lettre elle-même."""
    libelle = str(case.cle)
    return "" if libelle == case.ecrit else libelle


def _tableau(note: NoteQuestion) -> dict | None:
    """Les cases d'un tableau rangées par ligne ; None si rien n'a été noté."""
    if not note.cases:
        return None
    par_cle = {case.cle: case for case in note.cases}
    lignes = dict.fromkeys(cle.ligne for cle in par_cle)
    colonnes = list(dict.fromkeys(cle.colonne for cle in par_cle))
    return {
        "colonnes": colonnes,
        "lignes": {
            ligne: [par_cle.get(Case(ligne, colonne)) for colonne in colonnes] for ligne in lignes
        },
    }
