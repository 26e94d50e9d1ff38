"""Noter des réponses déjà lues, d'après le barème. Rien n'est exécuté ; une exception devient un doute, jamais un zéro."""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from autograde.cours.bareme import BaremeNombre, BaremeRedige, BaremeTableau, par_case
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.notation.cases import noter_cases
from autograde.notation.lettres import noter_association, noter_choix, noter_ordre
from autograde.notation.prose import noter_prose
from autograde.notation.resultats import CaseNotee, NoteQuestion, Statut, note_des_cases
from grc_helpers.calculs.cas import modele
from grc_helpers.calculs.tableau import Formule, Modele
from grc_helpers.case import Case
from grc_helpers.francais.nombres import NombreLu, lire_nombre, sans_accents
from grc_helpers.reponses.notebook import Reponse, ReponsesLues, cellules, lire_reponses, nbgrader
from grc_helpers.reponses.tableaux import lire_tableau
from grc_helpers.reponses.types.tableau import lire_le_vierge

_LETTRES = {"choix": noter_choix, "ordre": noter_ordre, "association": noter_association}


def noter_reponses(lues: ReponsesLues, devoir: Devoir) -> dict[str, NoteQuestion]:
    """Une note par question du devoir. Ne lève jamais d'erreur."""
    notes = {}
    calculees = _Calculees(lues, devoir)
    for identifiant, reponse in lues.reponses.items():
        try:
            note = _noter(reponse, devoir, calculees)
        except Exception as erreur:  # le doute va au formateur, la classe continue
            note = NoteQuestion(
                None, a_verifier=[f"la notation automatique a échoué ({type(erreur).__name__})."]
            )
        note.a_verifier += lues.signalements.get(identifiant, [])
        notes[identifiant] = note
    return notes


def _noter(reponse: Reponse, devoir: Devoir, calculees: "_Calculees") -> NoteQuestion:
    identifiant = reponse.question.identifiant
    bareme = devoir.bareme[identifiant]
    if reponse.vide:
        return NoteQuestion(0.0, calculees.cases(identifiant), commentaires=["Sans réponse."])
    if isinstance(bareme, BaremeRedige):
        return noter_prose(
            reponse,
            bareme,
            devoir.contexte,
            devoir.decisions.pour(identifiant, reponse.cellule.corps),
        )
    if bareme.type in _LETTRES:
        return _LETTRES[bareme.type](reponse, bareme)
    return note_des_cases(
        calculees.cases(identifiant), a_verifier=calculees.doutes.get(identifiant, [])
    )


@dataclass
class _Groupe:
    """Les cases qui dépendent les unes des autres : celles d'un même calcul, ou celles d'une question qui n'en a pas."""

    modele: Modele
    textes: dict[Case, str] = field(default_factory=dict)
    lus: dict[Case, NombreLu] = field(default_factory=dict)
    baremes: dict[Case, BaremeNombre | BaremeTableau] = field(default_factory=dict)
    notees: dict[Case, CaseNotee] = field(default_factory=dict)


class _Calculees:
    """Les nombres et les tableaux de la copie, notés ensemble : une question peut dépendre d'une autre."""

    def __init__(self, lues: ReponsesLues, devoir: Devoir):
        self.doutes: dict[str, list[str]] = {}
        self._cases: dict[str, list[Case]] = {}
        self._groupe: dict[str, _Groupe] = {}
        groupes: dict[str, _Groupe] = {}
        for identifiant, reponse in lues.reponses.items():
            bareme = devoir.bareme[identifiant]
            if not isinstance(bareme, BaremeNombre | BaremeTableau):
                continue
            nom = bareme.calcul or identifiant
            groupe = groupes.setdefault(nom, _Groupe(_modele(bareme, identifiant)))
            textes = self._textes(identifiant, reponse, bareme)
            self._cases[identifiant], self._groupe[identifiant] = list(textes), groupe
            unite = (
                reponse.cellule.arguments[0]
                if bareme.type == "nombre" and reponse.cellule.arguments
                else ""
            )
            groupe.textes.update(textes)
            groupe.lus.update({case: lire_nombre(texte, unite) for case, texte in textes.items()})
            groupe.baremes.update(dict.fromkeys(textes, bareme))
            if isinstance(bareme, BaremeTableau) and bareme.attendu is not None:
                groupe.notees |= _noter_les_mots(textes, bareme)
        for groupe in groupes.values():
            groupe.notees |= noter_cases(groupe.modele, groupe.textes, groupe.lus, groupe.baremes)

    def cases(self, identifiant: str) -> list[CaseNotee]:
        """Les cases notées d'une question ; aucune si elle n'est ni un nombre ni un tableau."""
        if identifiant not in self._groupe:
            return []
        notees = self._groupe[identifiant].notees
        return [notees[case] for case in self._cases[identifiant] if case in notees]

    def _textes(self, identifiant: str, reponse: Reponse, bareme) -> dict[Case, str]:
        """Ce qui est écrit dans chaque case de la question."""
        if isinstance(bareme, BaremeNombre):
            lignes = [ligne for ligne in reponse.cellule.corps.split("\n") if ligne.strip()]
            return {bareme.case or Case(identifiant): " ".join(lignes)}
        lu = lire_tableau(reponse.cellule.corps, lire_le_vierge(reponse.question.vierge.corps))
        if lu.remarques and not reponse.vide:
            self.doutes[identifiant] = lu.remarques
        return lu.textes


def _noter_les_mots(textes: dict[Case, str], bareme: BaremeTableau) -> dict[Case, CaseNotee]:
    """Les cases où le barème attend un mot, pas un nombre."""
    notees = {}
    for case, attendu in par_case(bareme.attendu).items():
        if isinstance(attendu, float):
            continue
        ecrit = textes.get(case, "")
        admis = {sans_accents(mot) for mot in ([attendu] if isinstance(attendu, str) else attendu)}
        statut = (
            Statut.VIDE
            if not ecrit
            else Statut.JUSTE
            if sans_accents(ecrit) in admis
            else Statut.FAUSSE
        )
        notees[case] = CaseNotee(case, ecrit, statut)
    return notees


def _modele(bareme: BaremeNombre | BaremeTableau, identifiant: str) -> Modele:
    """Le modèle de calcul de la question, ou un modèle sans formule fait des valeurs écrites au barème."""
    if bareme.calcul:
        return modele(bareme.calcul)
    attendues = (
        par_case(bareme.attendu)
        if isinstance(bareme, BaremeTableau)
        else {Case(identifiant): bareme.attendu}
    )
    return Modele(
        [
            Formule(case, lambda v, valeur=valeur: valeur)
            for case, valeur in attendues.items()
            if isinstance(valeur, float)
        ]
    )


def noter(identifiant: str) -> float:
    """Les points d'une question, pour la cellule de test d'un notebook corrigé par nbgrader sans nos réglages.

    Lit le notebook enregistré dans le dossier courant, comme le fait nbgrader pendant la correction. Renvoie toujours un
    nombre entre 0 et le maximum : 0 tant que le formateur doit décider.
    """
    for fichier in sorted(Path.cwd().glob("*.ipynb")):
        points, maxima = _points_du_fichier(fichier, fichier.stat().st_mtime_ns)
        if identifiant in maxima:
            return points.get(identifiant) or 0.0
    return 0.0


@lru_cache(maxsize=8)
def _points_du_fichier(
    fichier: Path, _date: int
) -> tuple[dict[str, float | None], dict[str, float]]:
    notebook = json.loads(fichier.read_text(encoding="utf-8"))
    if not any("grade_id" in nbgrader(cellule) for cellule in cellules(notebook)):
        return {}, {}
    devoir = charger_devoir(Cours.courant(), fichier.stem)
    notes = noter_reponses(lire_reponses(notebook, devoir.questions), devoir)
    return {
        identifiant: note.points(devoir.points[identifiant]) for identifiant, note in notes.items()
    }, devoir.points


__all__ = ["noter", "noter_reponses"]
