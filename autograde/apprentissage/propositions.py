"""Choisir ce qui se propose au formateur : cinq changements au plus par question, utiles à deux réponses, nuisibles à aucune."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import comb

from autograde.apprentissage.banc import Banc
from autograde.apprentissage.changement import Changement
from autograde.apprentissage.formulations import (
    PISTES_AU_PLUS,
    REPONSES_AU_MOINS,
    Piste,
    VocabulaireDeLaClasse,
    pistes,
)
from autograde.apprentissage.journal import cle_du_refus
from autograde.apprentissage.question_decidee import Effet, QuestionDecidee, ReponseDecidee
from autograde.erreurs import ErreurFormateur
from autograde.production.defauts_du_bareme import ecrites
from autograde.prose.bareme import Element

PROPOSITIONS_AU_PLUS = 5
# Les mieux classées seules passent par les essais et le vérificateur, plus lents.
VERIFIEES_AU_PLUS = 15
REPONSES_POUR_UN_MOT = 3
# Au-delà de cette chance que des réponses tirées au sort aient toutes l'idée, partager des mots ne prouve rien.
HASARD = 0.05


@dataclass(frozen=True)
class Proposition:
    """Un changement essayé, et ce qu'il ferait à la classe. ``piste`` : d'où vient la formulation ajoutée ; ``notions`` : les rangs
    de celles où elle vaudrait autant."""

    changement: Changement
    effet: Effet
    piste: Piste | None = None
    notions: tuple[int, ...] = ()

    @property
    def rang(self) -> tuple:
        """La plus utile d'abord ; à égalité, celle qui touche le moins ce qui n'est pas décidé. Deux mots disent le mieux une idée :
        un seul attrape trop, trois ou quatre n'attrapent plus rien. Puis celle qui ressemble à l'élément, et la mieux écrite."""
        utilite = -self.effet.gain, len(self.effet.autres)
        if self.piste is None:
            return *utilite, 0, 0, 0
        return *utilite, abs(self.piste.pleins - 2), -self.piste.proches, self.piste.inconnus


def proposer(banc: Banc, nom: str, refuses: set) -> list[Proposition]:
    """Les propositions d'une question, la plus utile d'abord. ``refuses`` : ce que le formateur a déjà refusé."""
    question = banc.question(nom)
    trouvees = sorted([*_ajouts(question), *_retraits(question)], key=lambda p: p.rang)
    nouvelles = [p for p in trouvees if cle_du_refus(p.changement) not in refuses]
    candidates = iter(nouvelles[:VERIFIEES_AU_PLUS])
    retenues: list[Proposition] = []
    while True:
        for candidate in candidates:
            if _sert_encore(question, candidate, retenues) and not banc.refus(candidate.changement):
                retenues.append(candidate)
            if len(retenues) == PROPOSITIONS_AU_PLUS:
                break
        fautifs = banc.fautifs(nom, [p.changement for p in retenues])
        if not fautifs:
            return retenues
        retenues = [p for p in retenues if p.changement not in fautifs]


def est_utile(effet: Effet) -> bool:
    return len(effet.utiles) >= REPONSES_AU_MOINS and not effet.eloignees


def _sert_encore(
    question: QuestionDecidee, candidate: Proposition, retenues: list[Proposition]
) -> bool:
    """Elle relève deux réponses de plus : celles qu'une autre relève déjà ne comptent pas pour le même élément, ni, par les mêmes mots,
    pour un autre."""

    def deja_servie(reponse: ReponseDecidee) -> bool:
        return any(
            reponse in retenue.effet.utiles
            and (
                retenue.changement.element == candidate.changement.element
                or question.citation(retenue.changement, reponse)
                == question.citation(candidate.changement, reponse)
            )
            for retenue in retenues
        )

    return sum(not deja_servie(r) for r in candidate.effet.utiles) >= REPONSES_AU_MOINS


def _ajouts(question: QuestionDecidee) -> Iterator[Proposition]:
    """Les formulations utiles qui tiennent à un élément, et à lui plus qu'à tout autre."""
    if not any(r.decisions for r in question.reponses):
        return
    vocabulaire = VocabulaireDeLaClasse(question)
    rivales: dict[frozenset[str], list[Proposition]] = defaultdict(list)
    for element in question.bareme.elements:
        for piste in islice(pistes(question, element, vocabulaire), PISTES_AU_PLUS):
            if ajout := _essayer(question, element, piste):
                rivales[piste.racines].append(ajout)
    for ajouts in rivales.values():
        premier, *suivants = sorted(ajouts, key=_attache, reverse=True)
        if not suivants or _attache(premier) > _attache(suivants[0]):
            yield premier


def _attache(ajout: Proposition) -> tuple:
    """Ce qui rattache une formulation à son élément plutôt qu'à un autre."""
    assert ajout.piste
    return ajout.piste.designee, ajout.piste.proches, ajout.effet.gain


def _essayer(question: QuestionDecidee, element: Element, piste: Piste) -> Proposition | None:
    """L'ajout de cette formulation, s'il est utile et tient à l'élément ; dans la notion qui y gagne le plus."""
    gagnantes = question.gagnantes(element, piste.formulation)
    if len(gagnantes) < REPONSES_AU_MOINS or not _tient(question, element, piste, gagnantes):
        return None
    rangs: list[int | None] = [*range(len(element.notions))] or [None]
    changements = [
        Changement(question.nom, element.id, piste.formulation, notion=rang) for rang in rangs
    ]
    essayes = [(changement, question.effet(changement)) for changement in changements]
    utiles = [(changement, effet) for changement, effet in essayes if est_utile(effet)]
    gain = max((effet.gain for _, effet in utiles), default=0)
    meilleurs = [(changement, effet) for changement, effet in utiles if effet.gain == gain]
    if not meilleurs:
        return None
    notions = tuple(c.notion for c, _ in meilleurs if c.notion is not None)
    return Proposition(*meilleurs[0], piste, notions)


def _tient(
    question: QuestionDecidee, element: Element, piste: Piste, gagnantes: list[ReponseDecidee]
) -> bool:
    """La formulation dit bien cet élément-là : le formateur a désigné le passage ; ou ses mots ressemblent à ceux de l'élément ; ou c'est
    tout ce qui manque aux réponses qui la disent ; ou trop de réponses la disent pour que ce soit un hasard. D'un seul mot, il faut
    aussi que trop de réponses le disent."""
    par_le_sens = (
        piste.designee or piste.proches > 0 or all(r.manques == [element.id] for r in gagnantes)
    )
    par_le_nombre = _hasard(question, element, len(gagnantes)) <= HASARD
    if piste.pleins > 1:
        return par_le_sens or par_le_nombre
    return par_le_sens and par_le_nombre and len(gagnantes) >= REPONSES_POUR_UN_MOT


def _hasard(question: QuestionDecidee, element: Element, combien: int) -> float:
    """La chance que tant de réponses, tirées au sort parmi celles que le barème ne paie pas assez, aient toutes l'idée.

    Seules comptent les décisions du formateur : sans réponse mise à zéro, elles ne prouvent rien.
    """
    ont, nont_pas = len(question.a_gagner(element)), len(question.a_laisser(element))
    return comb(ont, combien) / comb(ont + nont_pas, combien)


def _retraits(question: QuestionDecidee) -> Iterator[Proposition]:
    """Les formulations à retirer : plusieurs réponses leur doivent un crédit que le formateur n'a pas donné."""
    for element in question.bareme.elements:
        # Une seule notion en moins suffit souvent.
        coupables = dict.fromkeys(
            reponse.reponse.proposee.credits[element.id].formulation.split(" + ")[0]
            for reponse in question.a_perdre(element)
        )
        for ecrite in coupables:
            if ecrite not in ecrites(element):
                continue  # un nombre
            try:
                changement = Changement(question.nom, element.id, retire=ecrite)
                effet = question.effet(changement)
            except ErreurFormateur:
                continue  # l'élément n'aurait plus de quoi se reconnaître
            if est_utile(effet):
                yield Proposition(changement, effet)
