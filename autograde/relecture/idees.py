"""La classe idée par idée : les propositions d'une question en groupes, pour qu'un geste vaille pour tout ce qui dit la même chose.

Un groupe ne réunit que des propositions au même point : même crédit proposé, ou même décision déjà prise. Retirer une copie d'un groupe,
c'est donc en décider autrement : elle forme aussitôt un groupe à elle.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograde.cours.decisions import IDEE_FAUSSE, meme_texte
from autograde.prose.bareme import BaremeRedige
from autograde.relecture.propositions import RESTE, Lue, Passage, passages
from autograde.relecture.voisines import rapprocher

# La part des mots communs à partir de laquelle deux propositions se décident du même geste.
VOISINES = 0.5
EXTRAITS = 3
# Les gestes que demande un groupe (il se garde, se change ou s'ouvre), et la part du reste qui se donne à un élément : ce que mesure
# ``tests/bancs/relecture.py``.
PART_CHANGEE = 1 / 2
PART_DONNEE = 1 / 3


@dataclass(frozen=True)
class GroupeDIdee:
    """Des propositions qui se décident d'un geste. Elles ont toutes le même crédit proposé, ou la même décision."""

    passages: tuple[Passage, ...]

    @property
    def identifiant(self) -> str:
        """Le même tant que le groupe contient les mêmes propositions, au même point."""
        somme = hashlib.sha256("".join(sorted(p.identifiant for p in self.passages)).encode())
        return somme.hexdigest()[:16]

    @property
    def idee(self) -> str:
        return self.passages[0].idee

    @property
    def propose(self) -> float | None:
        return self.passages[0].propose

    @property
    def decide(self) -> float | None:
        return self.passages[0].decide

    @property
    def motif(self) -> str:
        return self.passages[0].motif

    @property
    def copies(self) -> int:
        return sum(passage.reponse.copies for passage in self.passages)

    @property
    def attend(self) -> bool:
        return any(passage.attend for passage in self.passages)

    @property
    def extraits(self) -> list[str]:
        """Quelques façons de le dire, les plus différentes : d'abord celle de la première copie."""
        textes = {meme_texte(p.texte): " ".join(p.texte.split()) for p in reversed(self.passages)}
        choisis = [next(reversed(textes.values()))]
        mots = {" ".join(p.texte.split()): p.mots for p in self.passages}
        restants = [texte for texte in textes.values() if texte not in choisis]
        while restants and len(choisis) < EXTRAITS:
            vus = frozenset().union(*(mots.get(texte, frozenset()) for texte in choisis))
            neuf = max(restants, key=lambda t: (len(mots.get(t, frozenset()) - vus), t))
            choisis.append(neuf)
            restants.remove(neuf)
        return choisis


@dataclass(frozen=True)
class Idee:
    """Un élément du barème, une idée fausse ou le reste (``RESTE``), et ses groupes : ceux qui attendent d'abord, les plus gros en tête."""

    nom: str
    libelle: str
    groupes: tuple[GroupeDIdee, ...]

    @property
    def fausse(self) -> bool:
        return self.nom.startswith(IDEE_FAUSSE)

    @property
    def en_attente(self) -> list[GroupeDIdee]:
        return [groupe for groupe in self.groupes if groupe.attend]


def par_idees(bareme: BaremeRedige, lues: Iterable[Lue]) -> list[Idee]:
    """Les idées d'une question, dans l'ordre du barème, puis les idées fausses relevées, puis ce que rien n'explique."""
    ranges: dict[str, list[Passage]] = defaultdict(list)
    for lue in lues:
        for passage in passages(lue, bareme):
            ranges[passage.idee].append(passage)
    libelles = dict(bareme.criteres)
    libelles |= {
        IDEE_FAUSSE + c.id: c.message for c in bareme.contre_elements if ranges[IDEE_FAUSSE + c.id]
    }
    libelles[RESTE] = "Ce qu'aucun élément n'explique"
    return [Idee(nom, libelle, _groupes(ranges[nom])) for nom, libelle in libelles.items()]


def _groupes(passages: Sequence[Passage]) -> tuple[GroupeDIdee, ...]:
    """Les propositions d'une idée : même formulation reconnue, puis mots voisins."""
    au_meme_point: dict[tuple, list[Passage]] = defaultdict(list)
    for passage in passages:
        # Une fois décidées, deux propositions qui n'avaient pas le même crédit proposé n'en font plus qu'une sorte.
        point = passage.propose if passage.decide is None else None
        au_meme_point[passage.decide is None, passage.decide, point, passage.motif].append(passage)
    groupes = [
        GroupeDIdee(tuple(p for suite in voisins for p in suite))
        for ensemble in au_meme_point.values()
        for voisins in _voisins(ensemble)
    ]
    return tuple(sorted(groupes, key=_ordre))


def _voisins(passages: list[Passage]) -> list[list[list[Passage]]]:
    """Les propositions reconnues à la même formulation ensemble, puis les ensembles dont les premières se ressemblent."""
    par_formulation: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        cle = passage.formulation or f"\0{passage.identifiant}"
        par_formulation[cle].append(passage)
    ensembles = sorted(
        par_formulation.values(), key=lambda ensemble: (-len(ensemble), ensemble[0].identifiant)
    )
    rapproches = rapprocher([ensemble[0].mots for ensemble in ensembles], VOISINES)
    return [[ensembles[rang] for rang in rangs] for rangs in rapproches]


def _ordre(groupe: GroupeDIdee) -> tuple:
    return (
        not groupe.attend,
        groupe.decide is not None,
        -(groupe.propose or 0),
        -groupe.copies,
        groupe.identifiant,
    )


def gestes_restants(idees: Sequence[Idee]) -> int:
    """Combien de gestes il reste à une question, à peu près : un pour accepter ce que l'on ne change pas, et ce que l'on change."""
    reconnus = sum(len(idee.en_attente) for idee in idees if idee.nom != RESTE)
    inexpliques = sum(len(idee.en_attente) for idee in idees if idee.nom == RESTE)
    if not reconnus + inexpliques:
        return 0
    return 1 + round(PART_CHANGEE * reconnus + PART_DONNEE * inexpliques)
