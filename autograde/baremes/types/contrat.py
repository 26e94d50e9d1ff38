"""Ce que tout type de barème sait faire : noter une réponse, la montrer, dire ce qui y est faux. Un type, un module à côté."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Self

from autograde.baremes.resultats import CaseNotee, NoteQuestion, Statut
from autograde.fichiers.yaml_valide import Strict
from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.lettres import lire_propositions
from grc_helpers.reponses.notebook import Question, Reponse


@dataclass(frozen=True)
class CopieANoter:
    """Ce qu'une note peut demander au-delà de sa réponse : le texte du cas, les calculs de la copie, ses autres réponses."""

    contexte: str
    calculs: Mapping[str, NoteQuestion]
    reponses: Mapping[str, Reponse] = field(default_factory=dict)


@dataclass(frozen=True)
class Montree:
    """Une réponse telle que la page de retour sait la dessiner : son texte ou, mieux, ses cases, ses lettres, ses éléments."""

    texte: str
    tableau: "Grille | None" = None
    lettres: Sequence[
        tuple[CaseNotee, str, str]
    ] = ()  # la case, son libellé, ce que sa lettre désigne
    nombre: CaseNotee | None = None
    elements: Sequence[CaseNotee] = ()


@dataclass(frozen=True)
class Grille:
    """Les cases d'un tableau, rangées par ligne."""

    colonnes: list[str]
    lignes: dict[str, list[CaseNotee | None]] = field(default_factory=dict)


class Bareme(Strict):
    """Le barème d'une question, et ce qu'il sait faire d'une réponse.

    ``magie`` : celle des cellules qu'il note ; ``redigee`` : il note des phrases ; ``detaillee`` : la réponse a plusieurs éléments ;
    ``liee`` : sa note dépend des autres réponses de la copie.
    """

    magie: ClassVar[str]
    redigee: ClassVar[bool] = False
    detaillee: ClassVar[bool] = True
    liee: ClassVar[bool] = False

    def noter(self, reponse: Reponse, copie: CopieANoter) -> NoteQuestion:
        """La note d'une réponse qui n'est pas vide."""
        raise NotImplementedError

    def cases_vides(self, question: str, copie: CopieANoter) -> list[CaseNotee]:
        """Les cases d'une réponse vide, quand on peut les nommer."""
        return []

    def montrer(self, reponse: Reponse, note: NoteQuestion) -> Montree:
        """Ce que la page de retour dessine."""
        return Montree(reponse.cellule.corps.strip())

    def fausses(self, note: NoteQuestion) -> Iterator[tuple[str, str]]:
        """Chaque erreur : ce qui est écrit, et sa cause si le barème la connaît."""
        seule = len(note.cases) == 1
        for case in cases_fausses(note):
            texte = case.ecrit if case.valeur is None else ecrire_nombre(case.valeur)
            # Deux écritures du même nombre (« 1000 », « 1 000 € ») n'en font qu'une.
            yield texte if seule else f"{case.cle} : {texte}", case.message

    def elements_comptes(self, notes: Sequence[NoteQuestion]) -> Iterable[Case]:
        """Les éléments dont on compte la réussite."""
        return dict.fromkeys(case.cle for note in notes for case in note.cases)

    def cases_du_corrige(self, question: Question, texte: str) -> dict[Case, str]:
        """Les cases de la réponse type ; aucune si elle se lit comme un texte."""
        return {}

    def desaccords(self, question: Question) -> list[str]:
        """Ce que le barème cite et que la cellule distribuée ne connaît pas, ou l'inverse : une faute d'auteur."""
        return []

    def avec_enonce(self, enonce: str) -> Self:
        """Le même barème, quand il a besoin de l'énoncé et ne le cite pas."""
        return self

    def avec_lecons(self, lecons: tuple[str, ...]) -> Self:
        """Le même barème, quand ce que le cours a fait lire y change quelque chose."""
        return self


def cases_fausses(note: NoteQuestion) -> list[CaseNotee]:
    return [case for case in note.cases if case.statut is Statut.FAUSSE]


def montrer_des_lettres(reponse: Reponse, note: NoteQuestion) -> Montree:
    """Chaque lettre, ce qu'elle désigne dans l'énoncé, et le libellé qui l'a reçue s'il y en a un."""
    propositions = lire_propositions(reponse.question.enonce)
    return Montree(
        reponse.cellule.corps.strip(),
        lettres=[(case, _libelle(case), propositions.get(case.ecrit, "")) for case in note.cases],
    )


def _libelle(case: CaseNotee) -> str:
    """Rien pour un choix, où la case est la lettre elle-même."""
    libelle = str(case.cle)
    return "" if libelle == case.ecrit else libelle


def statut_d_une_lettre(ecrite: str, bonnes: Sequence[str]) -> Statut:
    if not ecrite:
        return Statut.VIDE
    return Statut.JUSTE if ecrite in bonnes else Statut.FAUSSE


def hors_de_la_liste(
    question: Question, lettres: Iterable[str], proposees: Collection[str]
) -> list[str]:
    """Les lettres du barème que la question ne propose pas : personne ne pourrait les donner."""
    return [
        f"{question.identifiant} ne propose pas la lettre « {lettre} », seulement {', '.join(proposees)}"
        for lettre in dict.fromkeys(lettres)
        if lettre not in proposees
    ]


def mal_lues(remarques: Iterable[str]) -> list[str]:
    """Ce qu'on n'a pas su lire va au formateur : peut-être la réponse est-elle là, dite autrement."""
    return [f"réponse mal lue. {remarque}" for remarque in remarques]
