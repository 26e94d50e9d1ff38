"""La relecture d'un devoir avant de s'en servir : ses questions rédigées, ses essais, leurs défauts."""

from itertools import takewhile

from autograde.cours.corrige import reponses_types
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.production.defauts_du_bareme import (
    ERREUR,
    Defaut,
    QuestionRedigee,
    verifier_question,
)
from autograde.production.essais_du_bareme import charger_essais, ecarts
from autograde.prose.bareme import BaremeLettre
from grc_helpers.reponses.notebook import cellules, nbgrader, source


def verifier_devoir(cours: Cours, nom: str) -> list[Defaut]:
    """Tous les défauts d'un devoir, les erreurs d'abord. Lève ``ErreurFormateur`` si le barème ne se lit pas."""
    devoir = charger_devoir(cours, nom)
    types = reponses_types(cours, devoir)
    defauts = _essais(cours, devoir)
    for identifiant, bareme in devoir.bareme.items():
        if bareme.redigee:
            defauts += verifier_question(
                question_redigee(devoir, identifiant, types.get(identifiant, ""))
            )
    return sorted(defauts, key=lambda defaut: defaut.gravite != ERREUR)


def question_redigee(devoir: Devoir, identifiant: str, reponse_type: str) -> QuestionRedigee:
    """La question et ce qui l'entoure dans ce devoir."""
    bareme, cas = devoir.bareme_redige(identifiant), _texte_du_cas(devoir, identifiant)
    if isinstance(bareme, BaremeLettre):  # une lettre cite les faits de l'énoncé et du cas
        bareme, cas = bareme.model_copy(update={"enonce": ""}), ""
    return QuestionRedigee(identifiant, bareme, cas, devoir.contexte, reponse_type)


def _texte_du_cas(devoir: Devoir, nom: str) -> str:
    """Le texte de toutes les cellules qui précèdent la question, son énoncé mis à part."""
    avant = takewhile(
        lambda cellule: nbgrader(cellule).get("grade_id") != nom, cellules(devoir.distribue)
    )
    textes = [source(cellule) for cellule in avant if cellule.get("cell_type") == "markdown"]
    return "\n\n".join(texte for texte in textes if texte != devoir.questions[nom].enonce)


def _essais(cours: Cours, devoir: Devoir) -> list[Defaut]:
    """Les essais du barème, passés comme des tests."""
    try:
        essais = charger_essais(cours.solutions / devoir.nom / "essais.yml")
    except ErreurFormateur as erreur:
        return [Defaut(ERREUR, "essais.yml", "", str(erreur))]
    absentes = [
        Defaut(ERREUR, nom, "", "pas d'essai ; ajoutez-en dans essais.yml.")
        for nom in devoir.questions
        if nom not in essais
    ]
    rates = [
        Defaut(
            ERREUR,
            ecart.question,
            "",
            f"essai « {ecart.titre} » : {ecart.message} Corrigez le barème ou l'essai.",
        )
        for ecart in ecarts(devoir, essais)
    ]
    return absentes + rates
