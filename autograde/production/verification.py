"""La relecture d'un devoir avant de s'en servir : ses questions rédigées, ses essais, leurs défauts."""

from collections.abc import Iterable
from itertools import takewhile

from autograde.cours.corrige import reponses_types
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.production import controles_des_formulations, controles_du_texte
from autograde.production.defauts_du_bareme import (
    ERREUR,
    Defaut,
    QuestionRedigee,
    sans_les_acceptes,
)
from autograde.production.essais_du_bareme import Essai, charger_essais, ecarts
from autograde.prose.bareme import BaremeLettre
from grc_helpers.reponses.notebook import cellules, nbgrader, source

CONTROLES = (
    controles_du_texte.recopies,
    controles_du_texte.mots_de_l_enonce,
    controles_des_formulations.vols,
    controles_du_texte.reponse_type,
    controles_du_texte.idees_fausses_declenchees,
    controles_du_texte.comparaison,
    controles_des_formulations.negations,
    controles_des_formulations.trop_peu,
    controles_des_formulations.doublons,
    controles_des_formulations.muettes,
    controles_des_formulations.nombres_seuls,
    controles_des_formulations.mots_seuls,
)


def verifier_devoir(cours: Cours, nom: str) -> list[Defaut]:
    """Tous les défauts d'un devoir, les erreurs d'abord. Lève ``ErreurFormateur`` si le barème ne se lit pas."""
    devoir = charger_devoir(cours, nom)
    types = reponses_types(cours, devoir)
    try:
        essais = charger_essais(cours.solutions / devoir.nom / "essais.yml")
        defauts = _essais(devoir, essais)
    except ErreurFormateur as erreur:
        essais, defauts = {}, [Defaut(ERREUR, "essais.yml", "", str(erreur))]
    for identifiant, bareme in devoir.bareme.items():
        if bareme.redigee:
            question = question_redigee(
                devoir, identifiant, types.get(identifiant, ""), essais.get(identifiant, [])
            )
            defauts += verifier_question(question)
    return sorted(defauts, key=lambda defaut: defaut.gravite != ERREUR)


def verifier_question(question: QuestionRedigee) -> list[Defaut]:
    """Les défauts d'une question rédigée auxquels son barème ne répond pas."""
    trouves = (defaut for controle in CONTROLES for defaut in controle(question))
    return list(sans_les_acceptes(question, trouves))


def question_redigee(
    devoir: Devoir, identifiant: str, reponse_type: str, essais: Iterable[Essai] = ()
) -> QuestionRedigee:
    """La question et ce qui l'entoure dans ce devoir."""
    bareme, cas = devoir.bareme_redige(identifiant), _texte_du_cas(devoir, identifiant)
    if isinstance(bareme, BaremeLettre):  # une lettre cite les faits de l'énoncé et du cas
        bareme, cas = bareme.model_copy(update={"enonce": ""}), ""
    maximum = devoir.points[identifiant]
    justes = tuple((essai.titre, essai.reponse) for essai in essais if essai.points == maximum)
    return QuestionRedigee(
        identifiant, bareme, cas, devoir.contexte, reponse_type, _recit(devoir), justes
    )


def _texte_du_cas(devoir: Devoir, nom: str) -> str:
    """Le texte de toutes les cellules qui précèdent la question, son énoncé mis à part."""
    avant = takewhile(
        lambda cellule: nbgrader(cellule).get("grade_id") != nom, cellules(devoir.distribue)
    )
    return "\n\n".join(t for t in _textes(avant) if t != devoir.questions[nom].enonce)


def _recit(devoir: Devoir) -> str:
    """Ce que le notebook raconte ou enseigne, sans les questions, qui proposent aussi des réponses fausses."""
    enonces = {question.enonce for question in devoir.questions.values()}
    return "\n\n".join(t for t in _textes(cellules(devoir.distribue)) if t not in enonces)


def _textes(lues: Iterable[dict]) -> list[str]:
    return [source(cellule) for cellule in lues if cellule.get("cell_type") == "markdown"]


def _essais(devoir: Devoir, essais: dict[str, list[Essai]]) -> list[Defaut]:
    """Les essais du barème, passés comme des tests."""
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
