"""Noter des réponses déjà lues, d'après le barème. Rien n'est exécuté ; une exception devient un doute, jamais un zéro."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from autograde.cours.bareme import BaremeNombre, BaremeRedige, BaremeTableau
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.notation.cases import Regle, noter_cases
from autograde.notation.correction import Correction
from autograde.notation.lettres import noter_association, noter_choix, noter_ordre
from autograde.notation.prose import noter_prose
from autograde.notation.resultats import CaseNotee, NoteQuestion, Statut, note_des_cases
from grc_helpers.calculs.cas import modele
from grc_helpers.calculs.tableau import Case, Modele
from grc_helpers.francais.nombres import lire_nombre, sans_accents
from grc_helpers.reponses.notebook import Reponse, ReponsesLues, cellules, lire_reponses, nbgrader
from grc_helpers.reponses.tableaux import lire_tableau

_LETTRES = {"choix": noter_choix, "ordre": noter_ordre, "association": noter_association}


def noter_reponses(
    lues: ReponsesLues, devoir: Devoir, connues: Mapping[str, NoteQuestion] = MappingProxyType({})
) -> dict[str, NoteQuestion]:
    """Une note par question du devoir, d'après le barème seul. ``connues`` : celles qui ne sont pas à refaire. Ne lève jamais d'erreur."""
    notes = {}
    calculees = _Calculees(lues, devoir)
    for identifiant, reponse in lues.reponses.items():
        if identifiant in connues:
            notes[identifiant] = connues[identifiant]
            continue
        try:
            note = _noter(reponse, devoir, calculees)
        except Exception as erreur:  # le doute va au formateur, la classe continue
            note = NoteQuestion(
                None, a_verifier=[f"la notation automatique a échoué ({type(erreur).__name__})."]
            )
        notes[identifiant] = note
    return notes


def _noter(reponse: Reponse, devoir: Devoir, calculees: "_Calculees") -> NoteQuestion:
    identifiant = reponse.question.identifiant
    bareme = devoir.bareme[identifiant]
    if reponse.vide:
        return NoteQuestion(0.0, calculees.cases(identifiant), commentaires=["Sans réponse."])
    if isinstance(bareme, BaremeRedige):
        return noter_prose(reponse, bareme, devoir.contexte)
    if bareme.type in _LETTRES:
        return _LETTRES[bareme.type](reponse, bareme)
    return note_des_cases(
        calculees.cases(identifiant), a_verifier=calculees.doutes.get(identifiant, [])
    )


class _Calculees:
    """Les nombres et les tableaux de la copie, notés ensemble : une question peut dépendre d'une autre."""

    def __init__(self, lues: ReponsesLues, devoir: Devoir):
        self.doutes: dict[str, list[str]] = {}
        self._cles: dict[str, list[str]] = {}
        self._notees: dict[str, CaseNotee] = {}
        groupes: dict[str, tuple[Modele, dict, dict, dict]] = {}
        for identifiant, reponse in lues.reponses.items():
            bareme = devoir.bareme[identifiant]
            if not isinstance(bareme, BaremeNombre | BaremeTableau):
                continue
            textes = self._textes(identifiant, reponse, bareme)
            self._cles[identifiant] = list(textes)
            if isinstance(bareme, BaremeTableau) and bareme.attendu is not None:
                self._noter_textes(textes, bareme)
            nom = bareme.calcul or identifiant
            _, tous, lus, regles = groupes.setdefault(
                nom, (_modele(bareme, identifiant), {}, {}, {})
            )
            unite = (
                reponse.cellule.arguments[0]
                if bareme.type == "nombre" and reponse.cellule.arguments
                else ""
            )
            tous.update(textes)
            lus.update({cle: lire_nombre(texte, unite) for cle, texte in textes.items()})
            regles.update(
                {
                    cle: Regle(
                        bareme.tolerance,
                        bareme.accepte.get(cle),
                        bareme.report_erreur,
                        bareme.erreurs_typiques,
                    )
                    for cle in textes
                }
            )
        for modele_du_groupe, textes, lus, regles in groupes.values():
            self._notees |= noter_cases(modele_du_groupe, textes, lus, regles)

    def cases(self, identifiant: str) -> list[CaseNotee]:
        return [self._notees[cle] for cle in self._cles.get(identifiant, []) if cle in self._notees]

    def _textes(self, identifiant: str, reponse: Reponse, bareme) -> dict[str, str]:
        """Ce qui est écrit dans chaque case de la question."""
        if isinstance(bareme, BaremeNombre):
            lignes = [ligne for ligne in reponse.cellule.corps.split("\n") if ligne.strip()]
            return {bareme.case or identifiant: " ".join(lignes)}
        lu = lire_tableau(reponse.cellule.corps, reponse.question.tableau_vierge())
        if lu.remarques and not reponse.vide:
            self.doutes[identifiant] = lu.remarques
        return lu.textes

    def _noter_textes(self, textes: dict[str, str], bareme: BaremeTableau) -> None:
        """Les cases où le barème attend un mot, pas un nombre."""
        for cle, attendu in bareme.attendu.items():
            if isinstance(attendu, float):
                continue
            ecrit = textes.get(cle, "")
            admis = {
                sans_accents(mot) for mot in ([attendu] if isinstance(attendu, str) else attendu)
            }
            statut = (
                Statut.VIDE
                if not ecrit
                else Statut.JUSTE
                if sans_accents(ecrit) in admis
                else Statut.FAUSSE
            )
            self._notees[cle] = CaseNotee(cle, ecrit, statut)


def _modele(bareme, identifiant: str) -> Modele:
    """Le modèle de calcul de la question, ou un modèle sans formule fait des valeurs écrites au barème."""
    if bareme.calcul:
        return modele(bareme.calcul)
    attendues = (
        bareme.attendu if isinstance(bareme.attendu, dict) else {identifiant: bareme.attendu}
    )
    return Modele(
        [
            Case(cle, lambda v, valeur=valeur: valeur)
            for cle, valeur in attendues.items()
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
    lues = lire_reponses(notebook, devoir.questions)
    correction = Correction(devoir, lues, noter_reponses(lues, devoir))
    return {question: correction.points(question) for question in devoir.questions}, devoir.points


__all__ = ["noter", "noter_reponses"]
