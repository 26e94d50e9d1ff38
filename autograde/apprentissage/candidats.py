"""Les changements de barème qui promettent : avant d'évaluer quoi que ce soit, ce que les réponses préparées en disent."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import comb

from autograde.apprentissage.changement import Changement
from autograde.apprentissage.formulations import (
    PISTES_AU_PLUS,
    REPONSES_AU_MOINS,
    Piste,
    VocabulaireDeLaClasse,
    pistes,
)
from autograde.apprentissage.question_decidee import QuestionDecidee, ReponseDecidee
from autograde.production.defauts_du_bareme import ecrites
from autograde.prose.bareme import Element

REPONSES_POUR_UN_MOT = 3
# Au-delà de cette chance que des réponses tirées au sort aient toutes l'idée, partager des mots ne prouve rien.
HASARD = 0.05


@dataclass(frozen=True)
class Candidat:
    """``gagnantes`` : les réponses que le changement devrait rapprocher de la décision ; ``piste`` : d'où vient ce qu'il ajoute."""

    changement: Changement
    gagnantes: list[ReponseDecidee]
    piste: Piste | None = None

    @property
    def gain(self) -> float:
        """Ce qui sépare le barème des décisions, copie par copie."""
        return sum(r.copies * abs(r.ecart(self.changement.element)) for r in self.gagnantes)

    @property
    def rang(self) -> tuple:
        """Le plus utile d'abord. À égalité, deux mots disent le mieux une idée : un seul attrape trop, trois ou quatre n'attrapent plus
        rien. Puis celui qui ressemble à l'élément, et le mieux écrit."""
        if self.piste is None:
            return -self.gain, 0, 0, 0
        return -self.gain, abs(self.piste.pleins - 2), -self.piste.proches, self.piste.inconnus

    @property
    def attache(self) -> tuple:
        """Ce qui rattache une formulation à son élément plutôt qu'à un autre."""
        assert self.piste
        return self.piste.designee, self.piste.proches, self.gain


def candidats(question: QuestionDecidee) -> list[Candidat]:
    """Tous les changements qui promettent à deux réponses, le meilleur d'abord."""
    if not any(r.decisions for r in question.reponses):
        return []
    return sorted([*_ajouts(question), *_retraits(question)], key=lambda c: c.rang)


def _ajouts(question: QuestionDecidee) -> Iterator[Candidat]:
    """Les formulations qui tiennent à un élément, et à lui plus qu'à tout autre."""
    vocabulaire = VocabulaireDeLaClasse(question)
    rivaux: dict[frozenset[str], list[Candidat]] = defaultdict(list)
    for element in question.bareme.elements:
        for piste in islice(pistes(question, element, vocabulaire), PISTES_AU_PLUS):
            gagnantes = question.gagnantes(element, piste.formulation)
            if len(gagnantes) >= REPONSES_AU_MOINS and _tient(question, element, piste, gagnantes):
                changement = Changement(question.nom, element.id, piste.formulation)
                rivaux[piste.racines].append(Candidat(changement, gagnantes, piste))
    for ajouts in rivaux.values():
        premier, *suivants = sorted(ajouts, key=lambda c: c.attache, reverse=True)
        if not suivants or premier.attache > suivants[0].attache:
            yield premier


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


def _retraits(question: QuestionDecidee) -> Iterator[Candidat]:
    """Les formulations à retirer : plusieurs réponses leur doivent un crédit que le formateur n'a pas donné."""
    for element in question.bareme.elements:
        leur_doivent: dict[str, list[ReponseDecidee]] = defaultdict(list)
        for reponse in question.a_perdre(element):
            formulation = reponse.reponse.proposee.credits[element.id].formulation
            # Une seule notion en moins suffit souvent.
            leur_doivent[formulation.split(" + ")[0]].append(reponse)
        for ecrite, reponses in leur_doivent.items():
            # Un nombre reconnu n'est pas une formulation.
            if ecrite in ecrites(element) and len(reponses) >= REPONSES_AU_MOINS:
                yield Candidat(Changement(question.nom, element.id, retire=ecrite), reponses)
