"""Les essais d'un barème (``essais.yml``) : des réponses et la note qu'elles doivent recevoir. Chaque barème porte ainsi ses tests."""

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from autograde.cours.decisions import Decisions
from autograde.cours.devoir import Devoir
from autograde.fichiers.yaml_valide import lire_yaml_valide
from autograde.notation.copie import corriger_les_reponses
from autograde.notation.correction import Correction
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.notebook import lire_reponses


class Essai(BaseModel):
    """Une réponse d'essai. ``points`` vaut null si elle doit attendre le formateur ; ``dit`` : des mots du commentaire."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    titre: str
    reponse: str
    avec: dict[str, str] = {}
    points: float | None = Field(ge=0)
    a_verifier: bool = False
    dit: list[str] = []


@dataclass(frozen=True)
class Ecart:
    """Un essai dont le résultat n'est pas celui qui est écrit."""

    question: str
    titre: str
    message: str

    def __str__(self):
        return f"{self.question}, « {self.titre} » : {self.message}"


_ESSAIS = TypeAdapter(dict[str, list[Essai]])


def charger_essais(chemin: Path) -> dict[str, list[Essai]]:
    """Lit un fichier d'essais. Lève ``ErreurFormateur`` avec le fichier et la ligne s'il est mal écrit."""
    return lire_yaml_valide(chemin, _ESSAIS)


def ecarts(devoir: Devoir, essais: dict[str, list[Essai]]) -> list[Ecart]:
    """Passe tous les essais ; la liste est vide quand le barème fait ce qu'il annonce."""
    return [
        ecart
        for question, liste in essais.items()
        for essai in liste
        for ecart in _ecarts_d_un_essai(devoir, question, essai)
    ]


def corriger_des_textes(devoir: Devoir, textes: dict[str, str]) -> Correction:
    """Corrige une copie où ne sont écrites que ces réponses (le texte seul, sans la ligne de magie).

    Un essai juge le barème : les décisions prises pour la classe n'y comptent pas.
    """
    cellules = [
        {
            "cell_type": "code",
            "metadata": {},
            "source": " ".join(("%%" + q.type, nom, *q.vierge.arguments)) + "\n" + textes[nom],
        }
        for nom, q in devoir.questions.items()
        if nom in textes
    ]
    lues = lire_reponses({"cells": cellules}, devoir.questions)
    lues.signalements.clear()
    return corriger_les_reponses(lues, replace(devoir, decisions=Decisions()))


def _ecarts_d_un_essai(devoir: Devoir, question: str, essai: Essai) -> list[Ecart]:
    if question not in devoir.questions:
        return [Ecart(question, essai.titre, "cette question n'existe pas dans le devoir.")]
    correction = corriger_des_textes(devoir, essai.avec | {question: essai.reponse})
    note, points = correction.notes[question], correction.points(question)
    trouves = []
    if points != essai.points:
        trouves.append(f"{_en_clair(points)} au lieu de {_en_clair(essai.points)}.")
    if bool(note.a_verifier) != essai.a_verifier:
        trouves.append(
            f"« à vérifier » vaut {bool(note.a_verifier)} : {' '.join(note.a_verifier) or 'aucun motif'}"
        )
    trouves += [
        f"le commentaire ne dit pas « {mots} » : {note.resume()!r}"
        for mots in essai.dit
        if mots not in note.resume()
    ]
    return [Ecart(question, essai.titre, message) for message in trouves]


def _en_clair(points: float | None) -> str:
    return (
        "une note laissée au formateur" if points is None else f"{ecrire_nombre(points)} point(s)"
    )
