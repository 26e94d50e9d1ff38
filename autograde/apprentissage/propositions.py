"""Choisir ce qui se propose au formateur : cinq changements au plus par question, utiles à deux réponses, nuisibles à aucune."""

from dataclasses import dataclass, replace

from autograde.apprentissage.banc import Banc
from autograde.apprentissage.candidats import Candidat, candidats
from autograde.apprentissage.changement import Changement
from autograde.apprentissage.formulations import REPONSES_AU_MOINS
from autograde.apprentissage.journal import cle_du_refus
from autograde.apprentissage.question_decidee import Effet, QuestionDecidee, ReponseDecidee
from autograde.erreurs import ErreurFormateur

PROPOSITIONS_AU_PLUS = 5
# Les candidats les mieux classés passent seuls par la classe, les essais et le vérificateur.
EVALUES_AU_PLUS = 40


@dataclass(frozen=True)
class Proposition:
    """Un changement essayé, et ce qu'il fait à la classe. ``notions`` : les rangs de celles où la formulation vaut autant."""

    changement: Changement
    effet: Effet
    notions: tuple[int, ...] = ()


def proposer(banc: Banc, nom: str, refuses: set) -> list[Proposition]:
    """Les propositions d'une question, la plus utile d'abord. ``refuses`` : ce que le formateur a déjà refusé."""
    question = banc.question(nom)
    restants = [c for c in candidats(question) if cle_du_refus(c.changement) not in refuses]
    retenues: list[Proposition] = []
    for _ in range(EVALUES_AU_PLUS):
        candidat = _suivant(question, restants, retenues)
        if candidat is None:
            fautifs = banc.fautifs(nom, [p.changement for p in retenues])
            if not fautifs:
                return retenues
            retenues = [p for p in retenues if p.changement not in fautifs]
            continue
        restants.remove(candidat)
        proposition = _evaluer(question, candidat)
        if proposition and not banc.refus(proposition.changement):
            retenues.append(proposition)
    fautifs = banc.fautifs(nom, [p.changement for p in retenues])
    return [p for p in retenues if p.changement not in fautifs]


def _suivant(
    question: QuestionDecidee, restants: list[Candidat], retenues: list[Proposition]
) -> Candidat | None:
    """Le meilleur des candidats qui restent et qui servent encore ; None s'il n'y en a plus, ou s'il y a assez de propositions."""
    if len(retenues) == PROPOSITIONS_AU_PLUS:
        return None
    return next((c for c in restants if _sert_encore(question, c, retenues)), None)


def est_utile(effet: Effet) -> bool:
    return len(effet.utiles) >= REPONSES_AU_MOINS and not effet.eloignees


def _sert_encore(
    question: QuestionDecidee, candidat: Candidat, retenues: list[Proposition]
) -> bool:
    """Il relève deux réponses de plus : celles qu'un autre relève déjà ne comptent pas pour le même élément, ni, par les mêmes mots, pour
    un autre."""

    def deja_servie(reponse: ReponseDecidee) -> bool:
        return any(
            reponse in retenue.effet.utiles
            and (
                retenue.changement.element == candidat.changement.element
                or question.citation(retenue.changement, reponse)
                == question.citation(candidat.changement, reponse)
            )
            for retenue in retenues
        )

    return sum(not deja_servie(r) for r in candidat.gagnantes) >= REPONSES_AU_MOINS


def _evaluer(question: QuestionDecidee, candidat: Candidat) -> Proposition | None:
    """Le candidat, s'il est utile et ne nuit pas ; ajouté à la notion qui y gagne le plus, quand l'élément en a."""
    changement = candidat.changement
    notions = question.element(changement.element).notions if changement.ajoute else []
    rangs: list[int | None] = [*range(len(notions))] or [None]
    essayes = [replace(changement, notion=rang) for rang in rangs]
    try:
        utiles = [(e, effet) for e in essayes if est_utile(effet := question.effet(e))]
    except ErreurFormateur:
        return None  # il ne resterait rien pour reconnaître l'élément
    if not utiles:
        return None
    gain = max(effet.gain for _, effet in utiles)
    meilleurs = [(essaye, effet) for essaye, effet in utiles if effet.gain == gain]
    autant = tuple(essaye.notion for essaye, _ in meilleurs if essaye.notion is not None)
    return Proposition(*meilleurs[0], autant)
