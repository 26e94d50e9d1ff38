"""Ce que le barème peut apprendre : les éléments auxquels le formateur et le barème ne donnent pas le même crédit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from autograde.apprentissage.banc import Banc, Verdict
from autograde.apprentissage.changement import Changement
from autograde.apprentissage.formulations import pistes, pistes_a_moitie
from autograde.apprentissage.journal import cle_du_refus
from autograde.cours.decisions import Decision
from autograde.prose import Evaluation
from autograde.prose.bareme import Element
from autograde.prose.evaluation import DITE_AILLEURS
from autograde.prose.gardes import refuser
from autograde.prose.moteur import Credit, crediter
from autograde.prose.preparation import preparer_texte
from autograde.prose.repli import suivre
from autograde.relecture.reponses_redigees import ReponseRedigee

PISTES_ESSAYEES = 60
ESSAIS_ENTIERS = 12
FORMULATIONS_RETIREES = 4
DEJA_REFUSE = "vous l'avez déjà refusé."


@dataclass(frozen=True)
class Desaccord:
    """Un élément d'une réponse : ce que le barème lui donne, ce que le formateur a décidé."""

    reponse: ReponseRedigee
    element: Element
    evaluation: Evaluation
    decision: Decision

    @property
    def credit(self) -> Credit:
        return self.evaluation.credits[self.element.id]

    @property
    def augmente(self) -> bool:
        return self.decision.credit > self.credit.valeur

    @property
    def cle(self) -> tuple[str, str, str]:
        return self.reponse.question, self.element.id, self.reponse.texte

    def origine(self, passage: str) -> str:
        return f"« {' '.join(passage.split())} » ({', '.join(self.reponse.stagiaires)})"


@dataclass(frozen=True)
class Proposition:
    """Un changement essayé, et le passage dont il vient."""

    changement: Changement
    passage: str
    verdict: Verdict


def desaccords(banc: Banc, question: str | None = None) -> list[Desaccord]:
    """Tous les désaccords de la classe, dans l'ordre des questions et des éléments."""
    trouves = []
    for reponse in banc.classe:
        decisions = reponse.decisions(banc.devoir)
        if not decisions or question not in (None, reponse.question):
            continue
        evaluation = reponse.proposee
        for element in banc.devoir.bareme_redige(reponse.question).elements:
            decision = decisions.get(element.id)
            if decision and decision.credit != evaluation.credits[element.id].valeur:
                trouves.append(Desaccord(reponse, element, evaluation, decision))
    return trouves


def sans_remede(desaccord: Desaccord, banc: Banc) -> str:
    """Pourquoi aucune formulation ne peut régler ce désaccord, ou « »."""
    reponse, credit = desaccord.reponse, desaccord.credit
    bareme = banc.devoir.bareme_redige(reponse.question)
    refus = refuser(suivre(reponse.texte, bareme).texte, bareme, banc.devoir.contexte)
    if refus:
        return f"la réponse entière est refusée ({refus}) : une formulation n'y changerait rien."
    if desaccord.augmente and credit.motif in ("idée fausse", DITE_AILLEURS, "contredit"):
        return f"le crédit est retiré ({credit.motif}, « {credit.passage} ») : voyez les contre-éléments et la formulation en cause."
    if not desaccord.augmente and credit.formulation.startswith("nombre "):
        return f"c'est le {credit.formulation} qui est reconnu : s'il ne suffit pas, retirez-le de « nombres » dans le barème."
    return ""


def notions_absentes(desaccord: Desaccord, banc: Banc) -> list[int]:
    """Les rangs des notions de l'élément que la réponse ne dit pas encore, d'après le barème."""
    bareme = banc.devoir.bareme_redige(desaccord.reponse.question)
    texte = preparer_texte(suivre(desaccord.reponse.texte, bareme), bareme)
    seules = [
        desaccord.element.model_copy(update={"formulations": n, "notions": [], "nombres": []})
        for n in desaccord.element.notions
    ]
    return [rang for rang, seule in enumerate(seules) if crediter(texte, seule).valeur < 1]


def ajouts(
    desaccord: Desaccord, banc: Banc, refuses: set, notion: int | None = None
) -> Iterator[Proposition]:
    """Les ajouts qui donnent le crédit décidé, essayés un à un ; ceux qu'un essai interdit en font partie, avec leur motif."""
    reponse, element, voulu = desaccord.reponse, desaccord.element, desaccord.decision.credit
    chercher = pistes_a_moitie if voulu == 0.5 and not element.notions else pistes
    trouvees = chercher(
        reponse.texte,
        desaccord.decision.passage,
        element,
        banc.devoir.bareme_redige(reponse.question),
        desaccord.evaluation,
    )
    entiers = 0
    for piste in islice(trouvees, PISTES_ESSAYEES):
        changement = Changement(reponse.question, element.id, piste.formulation, notion=notion)
        if cle_du_refus(changement) in refuses:
            yield Proposition(changement, piste.passage, Verdict(refus=[DEJA_REFUSE]))
        elif banc.credit(changement, reponse).valeur == voulu:
            yield Proposition(changement, piste.passage, banc.essayer(changement, reponse, voulu))
            entiers += 1
        if entiers == ESSAIS_ENTIERS:
            return


def retrait(desaccord: Desaccord, banc: Banc) -> Proposition:
    """Le retrait des formulations qui donnent trop, une à une jusqu'à ce que le crédit ne dépasse plus celui du formateur."""
    reponse, element, voulu = desaccord.reponse, desaccord.element, desaccord.decision.credit
    retirees: list[str] = []
    credit = desaccord.credit
    while credit.valeur > voulu and len(retirees) < FORMULATIONS_RETIREES:
        retirees.append(
            credit.formulation.split(" + ")[0]
        )  # une seule notion en moins suffit souvent
        changement = Changement(reponse.question, element.id, retire=tuple(retirees))
        verdict = banc.essayer(changement, reponse, voulu)
        credit = verdict.credit
    return Proposition(changement, desaccord.credit.passage, verdict)


def modifiee(proposition: Proposition, texte: str, desaccord: Desaccord, banc: Banc) -> Proposition:
    """La même proposition avec les mots du formateur : à la place de la formulation ajoutée, ou de celle qui était retirée."""
    ancien = proposition.changement
    notions = [
        rang
        for rang, notion in enumerate(desaccord.element.notions)
        if set(ancien.retire) & set(notion)
    ]
    changement = replace(ancien, ajoute=texte, notion=notions[0] if notions else ancien.notion)
    return Proposition(
        changement,
        proposition.passage,
        banc.essayer(changement, desaccord.reponse, desaccord.decision.credit),
    )
