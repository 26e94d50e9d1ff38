"""Un devoir prêt à corriger : sa version distribuée, ses questions et leurs points, son barème."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from autograde.baremes.lecture import charger_bareme
from autograde.baremes.types.contrat import Bareme
from autograde.baremes.types.redige import Redigee
from autograde.cours.decisions import Decisions, charger_decisions
from autograde.cours.dossiers import Cours
from autograde.cours.lecons import fichiers_des_lecons, textes_des_lecons
from autograde.cours.seuils import fichier_des_seuils, lire_les_seuils
from autograde.erreurs import ErreurFormateur
from grc_helpers.reponses.notebook import Question, cellules, nbgrader, questions, source

SUFFIXE_ENONCE, SUFFIXE_TEST = "_enonce", "_test"


@dataclass(frozen=True)
class Devoir:
    """``distribue`` est le notebook de ``course/`` (un dictionnaire JSON) ; ``points`` et ``titres`` vont par question ;
    ``contexte`` est le texte du cas, dont la recopie ne vaut pas réponse ; ``lecons``, ce que le cours a fait lire d'autre, dont la recopie
    se relit ; ``decisions`` : ce que le formateur a décidé à la relecture et qui prime ; ``seuils`` : à partir de quand une note proposée
    est sûre, pour les questions où ses décisions l'ont recalé."""

    nom: str
    distribue: dict
    questions: dict[str, Question]
    points: dict[str, float]
    bareme: dict[str, Bareme]
    titres: dict[str, str]
    contexte: str
    lecons: tuple[str, ...] = ()
    decisions: Decisions = field(default_factory=Decisions)
    seuils: dict[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        return sum(self.points.values())

    def bareme_redige(self, question: str) -> Redigee:
        """Le barème d'une question dont on sait qu'elle est rédigée."""
        bareme = self.bareme[question]
        assert isinstance(bareme, Redigee), question
        return bareme

    @cached_property
    def baremes_ecrits(self) -> dict[str, str]:
        """Le barème de chaque question, écrit en JSON."""
        return {
            identifiant: json.dumps(bareme.model_dump(mode="json"), sort_keys=True)
            for identifiant, bareme in self.bareme.items()
        }

    @cached_property
    def regles(self) -> dict[str, str]:
        """Ce qui, dans le barème, change la note d'une question : le sien ; d'un calcul, celui de tous (report d'erreur). En bref."""
        calculs = {
            identifiant: self.baremes_ecrits[identifiant]
            for identifiant, bareme in self.bareme.items()
            if bareme.liee
        }
        tous_les_calculs = "".join(calculs.values())
        return {
            identifiant: _bref(tous_les_calculs if identifiant in calculs else ecrit)
            for identifiant, ecrit in self.baremes_ecrits.items()
        }

    @cached_property
    def empreinte(self) -> str:
        """Change si le notebook distribué change (questions, énoncés, points, textes du cas), ou une leçon."""
        return _bref(json.dumps(self.distribue, sort_keys=True) + "".join(self.lecons))


def _bref(texte: str) -> str:
    return hashlib.sha256(texte.encode()).hexdigest()[:16]


def charger_devoir(cours: Cours, nom: str) -> Devoir:
    """Charge un devoir. Lève ``ErreurFormateur`` s'il n'est pas produit, ou si notebook et barème ne vont pas ensemble."""
    distribue, source = cours.notebook_distribue(nom), cours.solutions / nom / "bareme.yml"
    decisions = cours.decisions / f"{nom}.yml"
    seuils = fichier_des_seuils(cours.decisions, nom)
    if not distribue.is_file():
        connus = ", ".join(cours.devoirs_notes()) if cours.solutions.is_dir() else "aucun"
        raise ErreurFormateur(
            f"Le devoir « {nom} » n'est pas dans course/. Lancez « grc produire », ou choisissez parmi : {connus}."
        )
    lus = (distribue, source, decisions, seuils, *fichiers_des_lecons(cours, nom))
    dates = tuple(f.stat().st_mtime_ns for f in lus if f.is_file())
    return _charger(cours, nom, dates)


@lru_cache(maxsize=64)
def _charger(cours: Cours, nom: str, _dates: tuple) -> Devoir:
    notebook = json.loads(cours.notebook_distribue(nom).read_text(encoding="utf-8"))
    points = {
        meta["grade_id"].removesuffix(SUFFIXE_TEST): float(meta["points"])
        for meta in map(nbgrader, cellules(notebook))
        if meta.get("grade")
    }
    trouvees = {
        identifiant: question
        for identifiant, question in questions(notebook).items()
        if identifiant in points
    }
    bareme = charger_bareme(cours.solutions / nom / "bareme.yml")
    _verifier_accord(nom, trouvees, bareme)
    textes = {
        c.get("id", ""): source(c) for c in cellules(notebook) if c.get("cell_type") == "markdown"
    }
    lecons = textes_des_lecons(fichiers_des_lecons(cours, nom))
    return Devoir(
        nom,
        notebook,
        trouvees,
        points,
        {
            identifiant: entree.avec_enonce(trouvees[identifiant].enonce).avec_lecons(lecons)
            for identifiant, entree in bareme.items()
        },
        _titres(notebook),
        "\n\n".join(textes.values()),
        lecons,
        charger_decisions(cours.decisions / f"{nom}.yml", bareme),
        lire_les_seuils(fichier_des_seuils(cours.decisions, nom)),
    )


def _titres(notebook: dict) -> dict[str, str]:
    """Le titre de chaque question (première ligne de son énoncé) et, sous la clé « », celui du devoir."""
    titres: dict[str, str] = {}
    for cellule in cellules(notebook):
        ligne = source(cellule).strip().split("\n")[0]
        if cellule.get("cell_type") != "markdown" or not ligne.startswith("#"):
            continue
        titre = re.sub(r"\s*\([^)]*points?\)$", "", ligne.lstrip("# "))
        titres.setdefault("", titre)
        if identifiant := str(nbgrader(cellule).get("grade_id", "")).removesuffix(SUFFIXE_ENONCE):
            titres[identifiant] = titre
    return titres


def _verifier_accord(nom: str, trouvees: dict[str, Question], bareme: dict[str, Bareme]) -> None:
    """Une question sans barème, ou un barème sans question, est une faute d'auteur à dire tout de suite."""
    sans_bareme = sorted(set(trouvees) - set(bareme))
    sans_question = sorted(set(bareme) - set(trouvees))
    mal_types = [
        identifiant
        for identifiant, question in trouvees.items()
        if identifiant in bareme and bareme[identifiant].magie != question.type
    ]
    defauts = (
        ([f"pas de barème pour {', '.join(sans_bareme)}"] if sans_bareme else [])
        + (
            [f"le barème cite des questions absentes : {', '.join(sans_question)}"]
            if sans_question
            else []
        )
        + (
            [f"le type du barème ne correspond pas à la cellule : {', '.join(mal_types)}"]
            if mal_types
            else []
        )
        + [
            desaccord
            for identifiant, question in trouvees.items()
            if identifiant in bareme and identifiant not in mal_types
            for desaccord in bareme[identifiant].desaccords(question)
        ]
    )
    if defauts:
        raise ErreurFormateur(f"{nom}/bareme.yml : {' ; '.join(defauts)}.")
