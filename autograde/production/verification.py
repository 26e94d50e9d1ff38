"""La relecture d'un devoir avant de s'en servir : ses questions rédigées, ses essais, et ce qu'en dit « grc verifier-bareme »."""

from functools import partial
from itertools import takewhile

from rich.console import Console

from autograde.cours.bareme import BaremeLettre, BaremeRedige
from autograde.cours.corrige import reponses_types
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.production.defauts import CONSEIL, ERREUR, Defaut, QuestionRedigee, verifier_question
from autograde.production.essais import charger_essais, ecarts
from grc_helpers.reponses.notebook import cellules, nbgrader, source

COULEURS = {ERREUR: "red", CONSEIL: "yellow"}


def verifier_devoir(cours: Cours, nom: str) -> list[Defaut]:
    """Tous les défauts d'un devoir, les erreurs d'abord. Lève ``ErreurFormateur`` si le barème ne se lit pas."""
    devoir = charger_devoir(cours, nom)
    types = reponses_types(cours, devoir)
    defauts = _essais(cours, devoir)
    for identifiant, bareme in devoir.bareme.items():
        if isinstance(bareme, BaremeRedige):
            defauts += verifier_question(
                question_redigee(devoir, identifiant, types.get(identifiant, ""))
            )
    return sorted(defauts, key=lambda defaut: defaut.gravite != ERREUR)


def question_redigee(devoir: Devoir, identifiant: str, reponse_type: str) -> QuestionRedigee:
    """La question et ce qui l'entoure dans ce devoir."""
    bareme, cas = devoir.bareme[identifiant], _texte_du_cas(devoir.distribue, identifiant)
    if isinstance(bareme, BaremeLettre):  # une lettre cite les faits de l'énoncé et du cas
        bareme, cas = bareme.model_copy(update={"enonce": ""}), ""
    return QuestionRedigee(identifiant, bareme, cas, devoir.contexte, reponse_type)


def _texte_du_cas(notebook: dict, nom: str) -> str:
    """Le texte de toutes les cellules qui précèdent la question, son énoncé mis à part."""
    avant = takewhile(lambda cellule: nbgrader(cellule).get("grade_id") != nom, cellules(notebook))
    lues = [cellule for cellule in avant if cellule.get("cell_type") == "markdown"]
    return "\n\n".join(
        source(cellule) for cellule in lues if nbgrader(cellule).get("grade_id") != f"{nom}_enonce"
    )


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


def verifier_et_montrer(cours: Cours, noms: list[str], console: Console | None = None) -> int:
    """Vérifie ces devoirs et dit leurs défauts, une ligne chacun. Renvoie 1 s'il y a une erreur, sinon 0."""
    console = console or Console()
    # Une ligne par défaut, sans balises : un barème peut contenir des crochets.
    dire = partial(console.print, markup=False, highlight=False, soft_wrap=True)
    code = 0
    for nom in noms:
        try:
            defauts = verifier_devoir(cours, nom)
        except ErreurFormateur as erreur:
            dire(str(erreur))
            dire(f"{nom} : le barème ne se lit pas, rien d'autre n'y est vérifié.")
            code = 1
            continue
        for defaut in defauts:
            dire(f"{defaut.gravite} · {nom} · {defaut}", style=COULEURS[defaut.gravite])
        erreurs = sum(defaut.gravite == ERREUR for defaut in defauts)
        dire(
            f"{nom} : {_combien(erreurs, ERREUR)}, {_combien(len(defauts) - erreurs, CONSEIL)}",
            style="bold",
        )
        code = code or int(erreurs > 0)
    return code


def _combien(nombre: int, mot: str) -> str:
    return f"{nombre} {mot}{'s' if nombre > 1 else ''}"
