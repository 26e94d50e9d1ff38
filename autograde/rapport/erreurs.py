"""Les réponses fausses qui reviennent, et leur cause probable : l'erreur typique que le barème sait reconnaître."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pandas import DataFrame

from autograde.rapport.donnees import Rapport
from grc_helpers.francais.nombres import sans_accents

CAUSE_INCONNUE = "cause inconnue"
FREQUENTE = 2  # copies : une valeur qu'un seul stagiaire a écrite n'apprend rien sur la classe


@dataclass(frozen=True)
class ErreurFrequente:
    """Une erreur que font ``copies`` copies ``sur`` celles qui se lisent : où, ce qui y est écrit, pourquoi."""

    lieu: str
    valeurs: tuple[str, ...]
    cause: str
    copies: int
    sur: int


def erreurs_frequentes(rapports: Sequence[Rapport]) -> list[ErreurFrequente]:
    """Les erreurs d'au moins deux copies, de la plus à la moins fréquente.

    Une erreur que le barème reconnaît compte une fois par copie, quel que soit le nombre de cases où elle se voit. Une valeur qui découle
    d'une erreur déjà comptée (« erreur reportée ») n'y est pas.
    """
    erreurs = [
        erreur
        for rapport in rapports
        for erreur in _du_devoir(rapport, plusieurs=len(rapports) > 1)
    ]
    return sorted(erreurs, key=lambda erreur: -erreur.copies)


def _du_devoir(rapport: Rapport, plusieurs: bool) -> Iterator[ErreurFrequente]:
    ecrits = DataFrame(
        [
            (question, cause, sans_accents(ecrit), ecrit, copie.stagiaire)
            for copie in rapport.lisibles
            for question, note in copie.correction.notes.items()
            for ecrit, cause in rapport.devoir.bareme[question].fausses(note)
        ],
        columns=["question", "cause", "forme", "ecrit", "stagiaire"],
    )
    # Une erreur se reconnaît à sa cause ; inconnue, à ce qui est écrit.
    ecrits["erreur"] = ecrits.cause.where(ecrits.cause != "", ecrits.forme)
    for (question, cause, _), groupe in ecrits.groupby(["question", "cause", "erreur"], sort=False):
        copies = groupe.stagiaire.nunique()
        if copies >= FREQUENTE:
            yield ErreurFrequente(
                rapport.lieu(str(question), plusieurs),
                tuple(groupe.drop_duplicates("forme").ecrit),
                str(cause) or CAUSE_INCONNUE,
                copies,
                len(rapport.lisibles),
            )


def phrase_des_erreurs(erreurs: Sequence[ErreurFrequente], copies: int) -> str:
    """L'erreur la plus fréquente ; ``copies`` : combien ont pu être lues.

    >>> phrase_des_erreurs([ErreurFrequente("Question 0", ("600",), "ce sont les appels sans suite.", 5, 12)], 12)
    "L'erreur la plus fréquente : Question 0, « 600 », dans 5 copies sur 12. Cause probable : ce sont les appels sans suite."
    """
    if copies < FREQUENTE:
        return "Il faut au moins deux copies pour parler d'erreur fréquente."
    if not erreurs:
        return "Aucune erreur ne se retrouve dans deux copies."
    pire = erreurs[0]
    cause = "Cause inconnue." if pire.cause == CAUSE_INCONNUE else f"Cause probable : {pire.cause}"
    return f"L'erreur la plus fréquente : {pire.lieu}, « {pire.valeurs[0]} », dans {pire.copies} copies sur {pire.sur}. {cause}"
