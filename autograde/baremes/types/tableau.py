"""``type: tableau`` : des cases à remplir."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from autograde.baremes.resultats import CaseNotee, NoteQuestion, Statut
from autograde.baremes.types.calcul import (
    Acceptees,
    BaremeCalcule,
    ErreurTypique,
    Valeurs,
    en_liste,
)
from autograde.baremes.types.contrat import Grille, Montree
from autograde.cas import modele
from grc_helpers.calculs.case import Case
from grc_helpers.francais.forme import lignes_en_forme
from grc_helpers.francais.nombres import NombreLu, sans_accents
from grc_helpers.reponses.notebook import Question, Reponse
from grc_helpers.reponses.types.tableau import lire_selon, lire_seul

# Une erreur connue ne se nomme que si plusieurs cases la confirment : seule, une valeur peut venir d'ailleurs.
CONFIRMATIONS = 3
# Une case, sans les blancs de ses bords.
_CASE = re.compile(r"[^|\s](?:[^|\n\t]*[^|\s])?")


def _ses_colonnes(colonnes: Any) -> Any:
    if not isinstance(colonnes, dict):
        raise PydanticCustomError("colonnes_attendues", "une ligne sans ses colonnes")
    return colonnes


T = TypeVar("T")
# YAML lit une année comme un nombre ; un libellé, lui, est toujours un texte.
Libelle = Annotated[str, BeforeValidator(str)]
# Ce que le barème dit case par case : « ligne: {colonne: …} ». Ligne et colonne ne se joignent pas : un libellé est libre.
ParCase = dict[Libelle, Annotated[dict[Libelle, T], BeforeValidator(_ses_colonnes)]]


def par_case(ecrit: Mapping[str, Mapping[str, T]]) -> dict[Case, T]:
    """Les cases une à une.

    >>> par_case({"Appels reçus/heure": {"Lundi": 12}})
    {Case(ligne='Appels reçus/heure', colonne='Lundi'): 12}
    """
    return {
        Case(ligne, colonne): valeur
        for ligne, colonnes in ecrit.items()
        for colonne, valeur in colonnes.items()
    }


def renommer(corps: str, libelles_d_avant: Mapping[str, str]) -> str:
    """Le tableau, chaque libellé d'avant remplacé par celui d'aujourd'hui.

    >>> renommer("Mois | Total\\n1er mars | 12", {"Total": "Somme", "1er mars": "2 mars"})
    'Mois | Somme\\n2 mars | 12'
    """

    if not libelles_d_avant:
        return corps
    forme = lignes_en_forme(corps)
    for case in reversed(list(_CASE.finditer(forme.texte))):
        if case[0] in libelles_d_avant:
            ecrit, debut = forme.ecrit(*case.span()), forme.place(case.start())
            corps = corps[:debut] + libelles_d_avant[case[0]] + corps[debut + len(ecrit) :]
    return corps


class ErreurDeTableau(ErreurTypique):
    """Une erreur que l'on sait reconnaître et expliquer.

    ``cases`` : les valeurs qui la trahissent ; ``recopie`` : une ligne du tableau recopiée à la place d'une autre.
    """

    cases: ParCase[Valeurs] = {}
    recopie: dict[Libelle, Libelle] = {}

    def trahie_par(self, case: Case, autres: Mapping[Case, float]) -> list[float]:
        """Les valeurs qui, dans cette case, trahissent l'erreur ; ``autres`` : ce que le stagiaire a écrit ailleurs.

        >>> erreur = ErreurDeTableau(message="Cumulez.", recopie={"Résultat cumulé": "Résultat"})
        >>> erreur.trahie_par(Case("Résultat cumulé", "N2"), {Case("Résultat", "N2"): 80})
        [80]
        """
        valeurs = en_liste(self.cases.get(case.ligne, {}).get(case.colonne, []))
        if case.ligne in self.recopie:
            recopiee = autres.get(Case(self.recopie[case.ligne], case.colonne))
            return valeurs if recopiee is None else [*valeurs, recopiee]
        return valeurs

    def confirmee(
        self, valeurs: Mapping[Case, float], admet: Callable[[float, float], bool]
    ) -> bool:
        """Trois cases la trahissent ; ou toutes celles où elle se verrait, s'il y en a moins de trois de remplies. Recopier une de ses
        propres cases, lui, se voit dès la première.

        >>> erreur = ErreurDeTableau(message="Arrondi.", cases={"a": {"x": 1}, "b": {"x": 0}, "c": {"x": 2}})
        >>> egales = lambda une, autre: une == autre
        >>> erreur.confirmee({Case("a", "x"): 1, Case("b", "x"): 0, Case("c", "x"): 7}, egales)
        False
        >>> erreur.confirmee({Case("a", "x"): 1, Case("b", "x"): 0}, egales)
        True
        """
        if self.recopie:
            return True
        typiques = {case: self.trahie_par(case, valeurs) for case in valeurs}
        visibles = [case for case, siennes in typiques.items() if siennes]
        trahies = [c for c in visibles if any(admet(valeurs[c], une) for une in typiques[c])]
        return len(trahies) >= min(CONFIRMATIONS, len(visibles))

    @model_validator(mode="after")
    def _utile(self):
        if not self.cases and not self.recopie:
            raise ValueError("une erreur typique se reconnaît à des « cases » ou à une « recopie »")
        return self


class BaremeTableau(BaremeCalcule):
    magie: ClassVar[str] = "tableau"

    type: Literal["tableau"]
    attendu: ParCase[float | str | list[str]] | None = None
    accepte: ParCase[Acceptees] = {}
    erreurs_typiques: list[ErreurDeTableau] = []
    # Une ligne ou une colonne qui a changé de nom : les copies d'avant portent encore l'ancien.
    libelles_d_avant: dict[Libelle, Libelle] = {}

    def attendues(self, question: str) -> Mapping[Case, Any]:
        return par_case(self.attendu or {})

    def textes(self, reponse: Reponse) -> tuple[dict[Case, str], list[str]]:
        corps = renommer(reponse.cellule.corps, self.libelles_d_avant)
        lu = lire_selon(corps, reponse.question.vierge.corps)
        return lu.textes, lu.remarques

    def lire(self, texte: str, reponse: Reponse) -> NombreLu:
        return lire_seul(reponse.question.vierge.corps).lire_une_case(texte)

    def noter_les_mots(self, textes: Mapping[Case, str]) -> dict[Case, CaseNotee]:
        notees = {}
        for case, attendu in par_case(self.attendu or {}).items():
            if isinstance(attendu, float):
                continue
            ecrit = textes.get(case, "")
            admis = {
                sans_accents(mot) for mot in ([attendu] if isinstance(attendu, str) else attendu)
            }
            juste = Statut.JUSTE if sans_accents(ecrit) in admis else Statut.FAUSSE
            notees[case] = CaseNotee(case, ecrit, juste if ecrit else Statut.VIDE)
        return notees

    def acceptees(self, case: Case) -> Acceptees:
        return self.accepte.get(case.ligne, {}).get(case.colonne, [])

    def montrer(self, reponse: Reponse, note: NoteQuestion) -> Montree:
        return Montree(reponse.cellule.corps.strip(), tableau=grille(note))

    def cases_du_corrige(self, question: Question, texte: str) -> dict[Case, str]:
        return lire_selon(texte, question.vierge.corps).textes

    def desaccords(self, question: Question) -> list[str]:
        dessinees = lire_seul(question.vierge.corps).textes
        if not dessinees:
            return [
                f"aucune case dans le tableau de {question.identifiant} : une colonne n'a pas pour nom un nombre (« 2024 », « 9 h »)"
            ]
        ecrits: list[Mapping[str, Mapping[str, object]]] = [
            self.attendu or {},
            self.accepte,
            *(e.cases for e in self.erreurs_typiques),
        ]
        inconnues = [case for ecrit in ecrits for case in par_case(ecrit) if case not in dessinees]
        if self.calcul:
            inconnues += [case for case in dessinees if case not in modele(self.calcul).cases]
        return [f"le calcul ou le tableau n'a pas de case « {case} »" for case in inconnues]


def grille(note: NoteQuestion) -> Grille | None:
    """Les cases rangées par ligne ; None si rien n'a été noté."""
    if not note.cases:
        return None
    par_cle = {case.cle: case for case in note.cases}
    colonnes = list(dict.fromkeys(cle.colonne for cle in par_cle))
    return Grille(
        colonnes,
        {
            ligne: [par_cle.get(Case(ligne, colonne)) for colonne in colonnes]
            for ligne in dict.fromkeys(cle.ligne for cle in par_cle)
        },
    )
