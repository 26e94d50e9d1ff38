"""Le banc d'essai : ce qu'un changement de barème ferait à la classe, aux essais et au vérificateur, avant d'être proposé."""

import re
from functools import cached_property

from autograde.apprentissage.changement import Changement
from autograde.apprentissage.question_decidee import QuestionDecidee, ReponseDecidee
from autograde.console import en_points
from autograde.correction.classe import lire_la_classe
from autograde.cours.corrige import reponses_types
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.production.defauts_du_bareme import Defaut
from autograde.production.essais_du_bareme import Ecart, charger_essais, ecarts
from autograde.production.verification import question_redigee, verifier_question
from autograde.relecture.reponses_redigees import questions_redigees, reponses_redigees


class Banc:
    """Le devoir et la classe sur lesquels les changements s'essaient, tels qu'ils sont sur le disque à la création du banc."""

    def __init__(self, cours: Cours, nom: str):
        self.devoir: Devoir = charger_devoir(cours, nom)
        self.noms = questions_redigees(self.devoir)
        self._reponses = reponses_redigees(self.noms, lire_la_classe(cours, nom))
        self._essais = charger_essais(cours.solutions / nom / "essais.yml")
        self._cours = cours
        self._questions: dict[str, QuestionDecidee] = {}
        self._ecarts_avant: dict[str, list[Ecart]] = {}
        self._defauts_avant: dict[str, list[Defaut]] = {}

    def question(self, nom: str) -> QuestionDecidee:
        """La question et les réponses de la classe, préparées une fois."""
        if nom not in self._questions:
            reponses = [reponse for reponse in self._reponses if reponse.question == nom]
            self._questions[nom] = QuestionDecidee(self.devoir, nom, reponses)
        return self._questions[nom]

    def refus(self, changement: Changement) -> list[str]:
        """Ce qui interdit un changement, décisions et essais : une liste vide s'il ne nuit à rien. Le vérificateur est à part, plus
        lent : voir ``fautifs``."""
        question = self.question(changement.question)
        try:
            effet = question.effet(changement, entier=True)
        except ErreurFormateur as erreur:
            return [str(erreur)]
        if effet.eloignees:
            return [_eloignement(effet.eloignees[0], question.selon(changement))]
        if not effet.utiles:
            return ["elle ne rapproche aucune copie de vos décisions."]
        return self._essais_rates(question.selon(changement), changement.question)

    def _essais_rates(self, change: Devoir, question: str) -> list[str]:
        essais = {question: self._essais.get(question, [])}
        if question not in self._ecarts_avant:
            self._ecarts_avant[question] = ecarts(self.devoir, essais)
        return [
            f"l'essai « {ecart.titre} » ne passerait plus : {ecart.message}"
            for ecart in ecarts(change, essais)
            if ecart not in self._ecarts_avant[question]
        ]

    def fautifs(self, question: str, changements: list[Changement]) -> dict[Changement, str]:
        """Ceux de ces changements auxquels le vérificateur reproche quelque chose de plus, avec ce reproche.

        Ils lui sont soumis tous ensemble : un barème de plus à vérifier, quel que soit leur nombre.
        """
        if not changements:
            return {}
        bareme = self.devoir.bareme_redige(question)
        for changement in changements:
            bareme = changement.appliquer(bareme)
        defauts = self._verifier(self.question(question).avec(bareme), question)
        if not defauts:
            return {}
        if question not in self._defauts_avant:
            self._defauts_avant[question] = self._verifier(self.devoir, question)
        # « 5 formulations, visez-en 8 » n'est pas un reproche de plus que « 4 formulations, visez-en 8 ».
        connus = {_sans_nombres(defaut) for defaut in self._defauts_avant[question]}
        return {
            changement: defaut.message
            for defaut in defauts
            if _sans_nombres(defaut) not in connus
            for changement in _en_cause(defaut, changements)
        }

    def _verifier(self, devoir: Devoir, question: str) -> list[Defaut]:
        return verifier_question(question_redigee(devoir, question, self._types.get(question, "")))

    @cached_property
    def _types(self) -> dict[str, str]:
        return reponses_types(self._cours, self.devoir)


def _eloignement(reponse: ReponseDecidee, change: Devoir) -> str:
    """La décision dont un barème changé éloignerait une réponse."""
    nouvelle = reponse.reponse.selon(change).proposee
    element = next(
        e
        for e in reponse.decisions
        if (apres := reponse.ecart(e, nouvelle)) != (avant := reponse.ecart(e))
        and abs(apres) >= abs(avant)
    )
    voulu, obtenu = reponse.decisions[element].credit, nouvelle.credits[element].valeur
    texte = " ".join(reponse.reponse.texte.split())
    return f"vous avez décidé {en_points(voulu)} pour « {texte[:60]} », qui aurait {en_points(obtenu)}."


def _en_cause(defaut: Defaut, changements: list[Changement]) -> list[Changement]:
    """Les changements qu'un défaut cite ; à défaut, ceux de son élément ; à défaut encore, tous."""
    for en_cause in (
        [c for c in changements if c.ajoute and f"« {c.ajoute} »" in defaut.message],
        [c for c in changements if c.element == defaut.element],
    ):
        if en_cause:
            return en_cause
    return changements


def _sans_nombres(defaut: Defaut) -> tuple[str, str, str]:
    return defaut.gravite, defaut.element, re.sub(r"\d+", "", defaut.message)
