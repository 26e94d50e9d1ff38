"""Les nombres et les tableaux d'une copie, notés ensemble : une question peut dépendre d'une autre."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograde.baremes.cases import noter_cases
from autograde.baremes.report import doutes_du_report, limiter_le_report
from autograde.baremes.resultats import CaseNotee, NoteQuestion, note_des_cases
from autograde.baremes.types.calcul import BaremeCalcule
from autograde.baremes.types.contrat import Bareme
from autograde.baremes.unite import (
    compter_l_unite,
    dans_une_autre_unite,
    lire_les_parts,
    remettre,
)
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.tableau import Modele
from grc_helpers.francais.nombres import NombreLu
from grc_helpers.reponses.notebook import Reponse


@dataclass
class _Groupe:
    """Les cases qui dépendent les unes des autres : celles d'un même calcul, ou celles d'une question qui n'en a pas."""

    modele: Modele
    textes: dict[Case, str] = field(default_factory=dict)
    lus: dict[Case, NombreLu] = field(default_factory=dict)
    baremes: dict[Case, BaremeCalcule] = field(default_factory=dict)
    notees: dict[Case, CaseNotee] = field(default_factory=dict)

    def noter(self) -> None:
        lus = lire_les_parts(self.lus, self.baremes)
        mesures = dans_une_autre_unite(self.modele, lus, self.baremes)
        notees = limiter_le_report(
            noter_cases(self.modele, self.textes, remettre(lus, mesures), self.baremes)
        )
        self.notees |= compter_l_unite(notees, lus, mesures)


@dataclass
class _Question:
    """Une question calculée : ses cases, le groupe où elles se notent, et ce qu'on n'y a pas su lire."""

    cases: list[Case]
    groupe: _Groupe
    doutes: list[str]

    def note(self) -> NoteQuestion:
        notees = self.groupe.notees
        cases = [notees[case] for case in self.cases if case in notees]
        return note_des_cases(cases, a_verifier=[*self.doutes, *doutes_du_report(cases)])


def noter_les_calculs(
    reponses: Mapping[str, Reponse], baremes: Mapping[str, Bareme]
) -> dict[str, NoteQuestion]:
    """La note de chaque question qui est un nombre ou un tableau."""
    groupes: dict[str, _Groupe] = {}
    questions = {
        nom: _lire(reponse, bareme, groupes)
        for nom, reponse in reponses.items()
        if isinstance(bareme := baremes[nom], BaremeCalcule)
    }
    for groupe in groupes.values():
        groupe.noter()
    return {nom: question.note() for nom, question in questions.items()}


def _lire(reponse: Reponse, bareme: BaremeCalcule, groupes: dict[str, _Groupe]) -> _Question:
    """Range les cases d'une question dans leur groupe."""
    nom = reponse.question.identifiant
    groupe = groupes.setdefault(bareme.calcul or nom, _Groupe(bareme.modele(nom)))
    textes, doutes = bareme.textes(reponse)
    groupe.textes |= textes
    groupe.lus |= {case: bareme.lire(texte, reponse) for case, texte in textes.items()}
    groupe.baremes |= dict.fromkeys(textes, bareme)
    groupe.notees |= bareme.noter_les_mots(textes)
    return _Question(list(textes), groupe, [] if reponse.vide else doutes)
