"""Ce que la page de retour montre de chaque question, rangé pour le gabarit. Les motifs de relecture restent au formateur."""

from autograde.baremes.resultats import Statut
from autograde.baremes.types.contrat import Montree
from autograde.carnet.releve import Releve
from autograde.cours.devoir import Devoir
from autograde.notation.correction import Correction

SIGNES = {
    Statut.JUSTE: "✔",
    Statut.REPORTEE: "↪",
    Statut.FAUSSE: "✘",
    Statut.EN_PARTIE: "◐",
    Statut.ABSENTE: "+",
    Statut.VIDE: "–",
    Statut.ILLISIBLE: "?",
}
_EN_TETE = 3  # questions citées dans « les points à regagner d'abord »


def contenu_des_questions(
    devoir: Devoir, releve: Releve, correction: Correction, corrige: Correction | None
) -> list[dict]:
    """Ce que le gabarit montre de chaque question. ``corrige`` : les réponses types, si le formateur les donne."""
    montrees = []
    for identifiant in devoir.questions:
        if identifiant not in releve.questions:
            continue
        montrees.append(
            {
                "titre": devoir.titres.get(identifiant, identifiant),
                "releve": releve.questions[identifiant],
                "note": correction.notes[identifiant],
                "reportee": any(
                    case.statut is Statut.REPORTEE for case in correction.notes[identifiant].cases
                ),
                "vide": correction.lues.reponses[identifiant].vide,
                "mal_lue": bool(correction.proposees[identifiant].a_verifier),
                "a_cote": correction.a_cote(identifiant),
                "reponse": _montrer(devoir, correction, identifiant),
                "type": _montrer(devoir, corrige, identifiant) if corrige else None,
            }
        )
    return montrees


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


def _montrer(devoir: Devoir, correction: Correction, identifiant: str) -> Montree:
    reponse, note = correction.lues.reponses[identifiant], correction.notes[identifiant]
    return devoir.bareme[identifiant].montrer(reponse, note)
