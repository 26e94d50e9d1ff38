"""Un cours d'un seul devoir, dont les lignes, les colonnes et les libellés contiennent « / » : le plateau d'un centre d'appels."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograde import cas
from autograde.cours.dossiers import Cours
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.tableau import Formule, Modele
from grc_helpers.reponses import feuilles
from tests.apprentissage.classe import cellule_nbgrader
from tests.classe_fictive import deposer

DEVOIR, CALCUL = "plateau", "plateau"
MATIN, SOIR = "8 h/12 h", "14 h/18 h"
RECUS, PERDUS, SERVIS = "Appels reçus/heure", "Appels perdus/heure", "Appels servis/heure"
PAR_JOUR = Case("Appels servis/jour")

BAREME = """\
plateau_q1:
  type: tableau
  attendu:
    Appels reçus/heure: {8 h/12 h: 60, 14 h/18 h: 45}
    Débordé oui/non: {8 h/12 h: [oui, o], 14 h/18 h: non}
  accepte:
    Appels reçus/heure: {14 h/18 h: [44]}
  erreurs_typiques:
    - cases: {Appels reçus/heure: {8 h/12 h: 240}}
      message: "240 est le total de la matinée. Divisez par 4 heures."

plateau_q2:
  type: tableau
  calcul: plateau
  accepte:
    Appels perdus/heure: {14 h/18 h: {de: 8, a: 10}}
  erreurs_typiques:
    - cases: {Appels perdus/heure: {8 h/12 h: 48}}
      message: "48 est le total de la matinée. Divisez par 4 heures."
    - recopie: {Appels servis/heure: Appels perdus/heure}
      message: "Vous recopiez les appels perdus."

plateau_q3:
  type: nombre
  calcul: plateau
  case: Appels servis/jour
  accepte: [352]
  erreurs_typiques:
    - valeurs: [84]
      message: "84 est pour une heure du matin et une du soir. Comptez 4 heures de chaque."

plateau_q4:
  type: association
  attendu: {Appel entrant/sortant: b, File 1/2: a}

plateau_q5:
  type: tableau
  attendu:
    Appels reçus/heure: {8 h/12 h: 6, 14 h/18 h: 5}
    Débordé oui/non: {8 h/12 h: non, 14 h/18 h: non}
"""

ENTETE = f"Par heure | {MATIN} | {SOIR}\n"
DEUX_LIGNES = "Appels reçus/heure | {} | {}\nDébordé oui/non | {} | {}"
JUSTES = {
    "plateau_q1": ENTETE + DEUX_LIGNES.format("60", "45", "oui", "non"),
    "plateau_q2": f"{ENTETE}{PERDUS} | 12 | 9\n{SERVIS} | 48 | 36",
    "plateau_q3": "336",
    "plateau_q4": "Appel entrant/sortant = b\nFile 1/2 = a",
    "plateau_q5": ENTETE + DEUX_LIGNES.format("6", "5", "non", "non"),
}
_VIDES = {
    "plateau_q1": ENTETE + DEUX_LIGNES.format("", "", "", ""),
    "plateau_q2": f"{ENTETE}{PERDUS} | |\n{SERVIS} | |",
    "plateau_q3": "",
    "plateau_q4": "Appel entrant/sortant = \nFile 1/2 = ",
    "plateau_q5": ENTETE + DEUX_LIGNES.format("", "", "", ""),
}
_MAGIES = {
    "plateau_q1": "%%tableau plateau_q1",
    "plateau_q2": f"%%tableau plateau_q2 {CALCUL}",
    "plateau_q3": "%%nombre plateau_q3 appels",
    "plateau_q4": "%%association plateau_q4",
    "plateau_q5": "%%tableau plateau_q5",
}


def modele() -> Modele:
    """Les appels perdus et servis chaque heure, d'après 60 appels reçus le matin et 45 le soir, puis les appels servis du jour."""

    def servis(colonne: str, recus: int) -> Formule:
        return Formule(
            Case(SERVIS, colonne),
            lambda v: recus - v[PERDUS, colonne],
            identite="appels reçus − appels perdus",
        )

    return Modele(
        [
            Formule(Case(PERDUS, MATIN), lambda v: 12),
            Formule(Case(PERDUS, SOIR), lambda v: 9),
            servis(MATIN, recus=60),
            servis(SOIR, recus=45),
            Formule(PAR_JOUR, lambda v: 4 * v[SERVIS, MATIN] + 4 * v[SERVIS, SOIR]),
        ]
    )


def feuille() -> feuilles.Feuille:
    """Ce que l'écho sait du plateau."""
    relations = {case: formule for case, formule in modele().cases.items() if formule.identite}
    return feuilles.Feuille((RECUS, PERDUS, SERVIS), (MATIN, SOIR), relations)


@contextmanager
def calcul_connu(*noms: str) -> Iterator[pytest.MonkeyPatch]:
    """Le calcul du plateau est connu du cours, sous ces noms, le temps d'un essai."""
    with pytest.MonkeyPatch.context() as patch:
        for nom in noms or (CALCUL,):
            patch.setitem(cas.MODELES, nom, modele)
            patch.setitem(feuilles.FEUILLES, nom, feuille())
        yield patch
    cas.modele.cache_clear()


def notebook(reponses: dict[str, str]) -> dict:
    """Le devoir, où ces réponses sont écrites ; les autres sont vides."""
    cellules = [cellule_nbgrader("titre", "# Le plateau", None)]
    for nom, magie in _MAGIES.items():
        texte = f"{magie}\n{reponses.get(nom, _VIDES[nom])}"
        cellules += [
            cellule_nbgrader(f"{nom}_enonce", f"## Question {nom[-1]}", {"locked": True}),
            cellule_nbgrader(nom, texte, {"solution": True}),
            cellule_nbgrader(
                f"{nom}_test",
                f'verifier("{nom}")',
                {"grade": True, "locked": True, "points": 4},
            ),
        ]
    return {"cells": cellules, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def fabriquer(dossier: Path, **copies: dict[str, str]) -> Cours:
    """Un cours neuf dans ce dossier, et une copie par stagiaire : le corrigé, sauf les réponses données."""
    cours = Cours(dossier / "cours", dossier / "travail")
    for chemin, contenu in (
        (cours.notebook_source(DEVOIR), notebook(JUSTES)),
        (cours.notebook_distribue(DEVOIR), notebook({})),
    ):
        chemin.parent.mkdir(parents=True)
        chemin.write_text(json.dumps(contenu, ensure_ascii=False), encoding="utf-8")
    (cours.solutions / DEVOIR / "bareme.yml").write_text(BAREME, encoding="utf-8")
    for stagiaire, reponses in copies.items():
        deposer(cours, stagiaire, notebook(JUSTES | reponses), DEVOIR)
    return cours
