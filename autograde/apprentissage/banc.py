"""Le banc d'essai : avant d'être proposé, un changement de barème passe par la réponse, les essais, les décisions et le vérificateur."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from autograde.apprentissage.changement import Changement
from autograde.console import en_points
from autograde.correction.classe import lire_la_classe
from autograde.cours.corrige import reponses_types
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.production.defauts_du_bareme import ERREUR, Defaut
from autograde.production.essais_du_bareme import Ecart, charger_essais, ecarts
from autograde.production.verification import question_redigee, verifier_question
from autograde.prose.moteur import Credit
from autograde.relecture.reponses_redigees import (
    ReponseRedigee,
    questions_redigees,
    reponses_redigees,
)


@dataclass(frozen=True)
class Verdict:
    """Ce qu'un changement donnerait. ``credit`` : celui de la réponse ; ``refus`` : ce qui l'interdit ; ``conseils`` : ce que le
    vérificateur en dirait de plus ; ``effets`` : « stagiaire : avant → après » pour chaque autre copie dont la note changerait."""

    credit: Credit = field(default_factory=Credit)
    refus: list[str] = field(default_factory=list)
    conseils: list[str] = field(default_factory=list)
    effets: list[str] = field(default_factory=list)


class Banc:
    """Le devoir et la classe sur lesquels les changements s'essaient, tels qu'ils sont sur le disque à la création du banc."""

    def __init__(self, cours: Cours, nom: str):
        self.devoir: Devoir = charger_devoir(cours, nom)
        self.classe: list[ReponseRedigee] = reponses_redigees(
            questions_redigees(self.devoir), lire_la_classe(cours, nom)
        )
        self._essais = charger_essais(cours.solutions / nom / "essais.yml")
        self._types = reponses_types(cours, self.devoir)
        self._ecarts_avant: dict[str, list[Ecart]] = {}
        self._defauts_avant: dict[str, list[Defaut]] = {}

    @cached_property
    def reponse_par_question(self) -> dict[str, list[ReponseRedigee]]:
        return {
            question: [r for r in self.classe if r.question == question]
            for question in self.devoir.questions
        }

    def credit(self, changement: Changement, reponse: ReponseRedigee) -> Credit:
        """Le crédit que le barème changé donnerait à l'élément, dans cette réponse."""
        return reponse.selon(self._change(changement)).proposee.credits[changement.element]

    def essayer(self, changement: Changement, reponse: ReponseRedigee, voulu: float) -> Verdict:
        """Essaie un changement, en s'arrêtant à ce qui l'interdit (le vérificateur, plus lent, vient en dernier)."""
        try:
            change = self._change(changement)
        except ErreurFormateur as erreur:
            return Verdict(refus=[str(erreur)])
        credit = self.credit(changement, reponse)
        trop_peu = changement.ajoute and not changement.retire and credit.valeur < voulu
        if credit.valeur > voulu or trop_peu:
            return Verdict(
                credit,
                [f"cette réponse aurait {en_points(credit.valeur)} au lieu de {en_points(voulu)}."],
            )
        refus = [
            *self._decisions_contredites(change, changement, reponse),
            *self._essais_rates(change, changement.question),
        ]
        if refus:
            return Verdict(credit, refus)
        nouveaux = self._defauts_nouveaux(change, changement.question)
        return Verdict(
            credit,
            [defaut.message for defaut in nouveaux if defaut.gravite == ERREUR],
            [defaut.message for defaut in nouveaux if defaut.gravite != ERREUR],
            list(self._effets(change, changement.question, reponse)),
        )

    def _change(self, changement: Changement) -> Devoir:
        bareme = changement.appliquer(self.devoir.bareme_redige(changement.question))
        return replace(self.devoir, bareme={**self.devoir.bareme, changement.question: bareme})

    def _decisions_contredites(
        self, change: Devoir, changement: Changement, celle_ci: ReponseRedigee
    ) -> Iterator[str]:
        """Les autres réponses dont le barème donnait déjà le crédit décidé, et ne le donnerait plus."""
        for reponse in self.reponse_par_question[changement.question]:
            decision = reponse.decisions(self.devoir).get(changement.element)
            if decision is None or reponse is celle_ci:
                continue
            avant, apres = (
                evaluee.proposee.credits[changement.element].valeur
                for evaluee in (reponse, reponse.selon(change))
            )
            if avant == decision.credit != apres:
                autre = f"« {extrait(reponse.texte)} »"
                yield f"vous avez décidé {en_points(avant)} pour une autre réponse, {autre}, qui aurait {en_points(apres)}."

    def _essais_rates(self, change: Devoir, question: str) -> list[str]:
        essais = {question: self._essais.get(question, [])}
        if question not in self._ecarts_avant:
            self._ecarts_avant[question] = ecarts(self.devoir, essais)
        nouveaux = [
            ecart for ecart in ecarts(change, essais) if ecart not in self._ecarts_avant[question]
        ]
        return [
            f"l'essai « {ecart.titre} » ne passerait plus : {ecart.message}" for ecart in nouveaux
        ]

    def _defauts_nouveaux(self, change: Devoir, question: str) -> list[Defaut]:
        reponse_type = self._types.get(question, "")
        if question not in self._defauts_avant:
            self._defauts_avant[question] = verifier_question(
                question_redigee(self.devoir, question, reponse_type)
            )
        defauts = verifier_question(question_redigee(change, question, reponse_type))
        # « 5 formulations, visez-en 8 » n'est pas une remarque de plus que « 4 formulations, visez-en 8 ».
        connus = {_sans_nombres(defaut) for defaut in self._defauts_avant[question]}
        return [defaut for defaut in defauts if _sans_nombres(defaut) not in connus]

    def _effets(self, change: Devoir, question: str, celle_ci: ReponseRedigee) -> Iterator[str]:
        for reponse in self.reponse_par_question[question]:
            avant, apres = reponse.points(self.devoir), reponse.selon(change).points(change)
            if avant != apres and reponse is not celle_ci:
                yield f"{', '.join(reponse.stagiaires)} : {en_points(avant)} → {en_points(apres)}"


def _sans_nombres(defaut: Defaut) -> tuple[str, str, str]:
    return defaut.gravite, defaut.element, re.sub(r"\d+", "", defaut.message)


def extrait(texte: str, longueur: int = 60) -> str:
    """Le début d'une réponse, sur une ligne.

    >>> extrait("La première année\\nrapporte le plus.", 20)
    'La première année ra…'
    """
    ligne = " ".join(texte.split())
    return ligne if len(ligne) <= longueur else ligne[:longueur] + "…"
