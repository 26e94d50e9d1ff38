"""Les signes auxquels on voit qu'un crédit est sûr, ou douteux : un nombre par signe, pour chaque élément du barème.

Leur nom français et ce qu'ils pèsent sont dans ``certitude.yml`` ; rien ici ne connaît ces poids.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import log1p

from autograde.prose.bareme import BaremeRedige, ContreElement, Element
from autograde.prose.credit import Credit
from autograde.prose.formulations import Formulation, preparer
from autograde.prose.gardes import dedit, revirement
from autograde.prose.lexique import alternative, decouper, grammaire, lexique, racine
from autograde.prose.preparation import Texte
from autograde.prose.preuves import Preuve, Sorte, prouver
from autograde.prose.texte import aplatir

FORMULATIONS_QUI_COMPTENT = 4  # au-delà, une de plus n'assure rien
_OPPOSITION = re.compile(r"\bmais\b")


@dataclass(frozen=True)
class Lecture:
    """Ce que le moteur a lu d'une réponse : de quoi relever tous les signes."""

    texte: Texte
    bareme: BaremeRedige
    credits: dict[str, Credit]
    fausses: int
    soupconnees: int = 0

    @cached_property
    def formes(self) -> list[str]:
        return [mot.forme for mot in self.texte.mots]

    @cached_property
    def pleins(self) -> list[int]:
        """Les rangs des mots qui portent une idée."""
        return [
            rang for rang, forme in enumerate(self.formes) if forme not in lexique().mots_outils
        ]

    @cached_property
    def connus(self) -> set[int]:
        """Les rangs des mots de la question."""
        return {r for r, forme in enumerate(self.formes) if racine(forme) in self.texte.connus}

    @cached_property
    def expliques(self) -> set[int]:
        """Les rangs des mots qu'un élément explique, qu'il soit payé ou refusé."""
        return set().union(*(credit.places for credit in self.credits.values()))

    @cached_property
    def acquis(self) -> dict[str, Credit]:
        return {nom: credit for nom, credit in self.credits.items() if credit.valeur}

    @cached_property
    def payants(self) -> set[int]:
        return set().union(*(credit.places for credit in self.acquis.values()))

    @cached_property
    def approches(self) -> dict[str, tuple[float, int]]:
        """Par élément : la part de sa formulation la plus proche écrite dans une même proposition, et combien y sont en entier."""
        return {
            element.id: _approche(self.texte, _formulations(element))
            for element in self.bareme.elements
        }

    @cached_property
    def preuves(self) -> dict[str, Preuve]:
        return {nom: prouver(self.texte, credit) for nom, credit in self.acquis.items()}

    def propositions(self, credit: Credit) -> set[int]:
        return {self.texte.numeros[rang] for rang in credit.places}

    def rangs_de(self, propositions: set[int]) -> Iterator[int]:
        for proposition in propositions:
            yield from range(*self.texte.bornes[proposition])


def relever(lecture: Lecture) -> dict[str, dict[str, float]]:
    """Les signes de chaque élément : ceux de la réponse entière, et les siens."""
    communs = _de_la_reponse(lecture)
    return {
        element.id: communs | _de_l_element(lecture, element) for element in lecture.bareme.elements
    }


def _de_la_reponse(lecture: Lecture) -> dict[str, float]:
    texte, formes, credits = lecture.texte, lecture.formes, lecture.credits
    mots, pleins, elements = len(formes) or 1, len(lecture.pleins) or 1, len(credits)
    acquis = len(lecture.acquis)
    connus = lecture.connus.intersection(lecture.pleins)
    neufs = [rang for rang in lecture.pleins if rang not in lecture.expliques | connus]
    negations = len(set(texte.nies) - {None})
    manques = [lecture.approches[nom][0] for nom, credit in credits.items() if not credit.valeur]
    contres = [_approche(texte, _formulations(c))[0] for c in lecture.bareme.contre_elements]
    fraction = sum(credit.valeur for credit in credits.values()) / elements
    return {
        "mots_expliques": sum(rang in lecture.expliques for rang in lecture.pleins) / pleins,
        "mots_payants": sum(rang in lecture.payants for rang in lecture.pleins) / pleins,
        "mots_neufs": log1p(len(neufs)),
        "neufs_et_manques": log1p(len(neufs)) * (elements - acquis) / elements,
        "mots_de_la_question": len(connus) / pleins,
        "mots_outils": 1 - len(lecture.pleins) / mots,
        "longueur": log1p(len(formes)),
        "mots_par_proposition": len(formes) / (len(texte.bornes) or 1),
        "nombres": sum(forme[0].isdigit() for forme in formes) / mots,
        "negations": negations / (1 + len(texte.bornes)),
        "mots_nies": sum(nie is not None for nie in texte.nies) / mots,
        "obligation": float(not lexique().obligations.isdisjoint(formes)),
        "part_de_mots_neufs": len(neufs) / pleins,
        "ecrit_en_message": _part_abregee(texte.brut),
        "autrefois": float(not lexique().autrefois.isdisjoint(formes)),
        "opposition": float(bool(_OPPOSITION.search(aplatir(texte.brut)))),
        "nuance": float(bool(revirement(texte.brut))),
        "dedit": float(bool(dedit(texte.brut))),
        "idees_niees": sum(credit.motif == "nié" for credit in credits.values()) / elements,
        "idee_retournee": float(any(c.motif == "retourné" for c in credits.values())),
        "idees_fausses": float(lecture.fausses),
        "idees_fausses_soupconnees": float(lecture.soupconnees),
        "idee_annulee": sum(c.motif == "idée fausse" for c in credits.values()) / elements,
        "idee_fausse_approchee": max(contres, default=0.0),
        "elements": float(elements),
        "elements_acquis": float(acquis),
        "rien_de_reconnu": float(not acquis),
        "rien_et_mots_neufs": log1p(len(neufs)) * (not acquis),
        "note_partagee": 4 * fraction * (1 - fraction),
        "demi_credits": sum(credit.valeur == 0.5 for credit in credits.values()) / elements,
        "mots_attendus_non_payes": log1p(len(_mots_attendus(lecture) - lecture.expliques)),
        "elements_approches": sum(part >= 0.5 for part in manques) / elements,
        "element_le_plus_approche": max(manques, default=0.0),
        "soutien_des_acquis": _moyenne(
            [_soutien(lecture.approches[nom][1]) for nom in lecture.acquis]
        ),
        "approximation_des_acquis": _moyenne(
            [
                preuve.part(Sorte.PAR_UN_SYNONYME, Sorte.PAR_RESSEMBLANCE)
                for preuve in lecture.preuves.values()
            ]
        ),
    }


def _de_l_element(lecture: Lecture, element: Element) -> dict[str, float]:
    credit, preuve = lecture.credits[element.id], lecture.preuves.get(element.id, Preuve())
    tels_quels = preuve.part(Sorte.TELLE_QUELLE)
    part, entieres = lecture.approches[element.id]
    ou = lecture.propositions(credit)
    rangs = list(lecture.rangs_de(ou))
    autres = [autre for nom, autre in lecture.acquis.items() if nom != element.id]
    return {
        "credit_entier": float(credit.valeur == 1),
        "formulation_approchee": part,
        "formulations_trouvees": float(min(entieres, FORMULATIONS_QUI_COMPTENT)),
        "formulations_ecrites": log1p(len(_formulations(element))),
        "mots_tels_quels": tels_quels,
        "mots_synonymes": preuve.part(Sorte.PAR_UN_SYNONYME),
        "mots_ressemblants": preuve.part(Sorte.PAR_RESSEMBLANCE),
        "mots_contraires": preuve.part(Sorte.PAR_UN_CONTRAIRE_NIE),
        "mots_d_a_cote": preuve.part(Sorte.A_COTE),
        "mots_sous_entendus": preuve.part(Sorte.SOUS_ENTENDUE),
        "places_de_sa_formulation": float(len(preuve.sortes)),
        "un_seul_mot": float(len(credit.places) == 1),
        "un_seul_mot_approche": float(len(credit.places) == 1 and not tels_quels),
        "mots_generaux": _part_generale(lecture, credit),
        "mots_de_l_enonce": _part(credit.places, lecture.connus),
        "sa_proposition_expliquee": _part(set(rangs) & set(lecture.pleins), credit.places),
        "comparaison_a_cote": float(_compare(lecture, rangs)),
        "libelle_redit": _libelle_redit(lecture, element, ou),
        "mots_partages": max(
            (len(credit.places & autre.places) / len(credit.places) for autre in autres if ou),
            default=0.0,
        ),
        "meme_proposition": float(sum(bool(lecture.propositions(autre) & ou) for autre in autres)),
        "longueur_de_sa_proposition": len(rangs) / (len(ou) or 1),
        "negation_a_cote": float(any(lecture.texte.nies[rang] is not None for rang in rangs)),
        "condition_a_cote": float(pose_une_condition(lecture.texte, sorted(rangs))),
        "lui_meme_annule": float(credit.motif == "idée fausse"),
        "lui_meme_nie": float(credit.motif == "nié"),
        "lui_meme_retourne": float(credit.motif == "retourné"),
        "idee_a_nier": float(element.sens != "affirme"),
        "a_notions": float(bool(element.notions)),
    }


def _part_abregee(brut: str) -> float:
    """La part des mots écrits comme dans un message (« pck », « bcp »)."""
    ecrits = [mot.strip(".,;:!?") for mot in aplatir(brut).split()]
    return sum(mot in lexique().messages for mot in ecrits) / (len(ecrits) or 1)


def _compare(lecture: Lecture, rangs: list[int]) -> bool:
    """« plus … que » dans ces mots."""
    formes = {lecture.formes[rang] for rang in rangs}
    return bool(formes & grammaire().comparatifs and formes & grammaire().que)


def _part(de: set[int], parmi: set[int]) -> float:
    return len(de & parmi) / len(de) if de else 0.0


def _part_generale(lecture: Lecture, credit: Credit) -> float:
    vagues = lexique().mots_generaux | lexique().mots_courants
    return _part(credit.places, {r for r in credit.places if racine(lecture.formes[r]) in vagues})


def _libelle_redit(lecture: Lecture, element: Element, ou: set[int]) -> float:
    """La plus grande part des mots du libellé que redit une proposition (celles du crédit, s'il y en a)."""
    mots = _mots_du_libelle(element.libelle) - lecture.texte.connus
    if not mots:
        return 0.0
    dits: dict[int, int] = {}
    for mot in mots:
        for proposition in {lecture.texte.numeros[rang] for rang in lecture.texte.rangs(mot)}:
            dits[proposition] = dits.get(proposition, 0) + 1
    retenues = [dits.get(proposition, 0) for proposition in ou or dits]
    return max(retenues, default=0) / len(mots)


@lru_cache(maxsize=2_000)
def _mots_du_libelle(libelle: str) -> frozenset[str]:
    return frozenset(mot for mot in decouper(libelle) if mot not in lexique().mots_outils)


def _formulations(attendu: Element | ContreElement) -> list[Formulation]:
    ecrites = list(attendu.formulations)
    if isinstance(attendu, Element):
        ecrites += [ecrite for notion in attendu.notions for ecrite in notion]
    return [formulation for ecrite in ecrites for formulation in preparer(ecrite)]


def _approche(texte: Texte, formulations: list[Formulation]) -> tuple[float, int]:
    """La plus grande part d'une formulation écrite dans une proposition, et combien de formulations y sont en entier.

    Un seul mot d'une formulation qui en a plusieurs compte ; c'est le voisinage d'une idée, pas sa preuve.
    """
    mieux, entieres = 0.0, 0
    for formulation in filter(texte.contient_un_mot, formulations):
        trouvees: dict[int, int] = {}
        for place in formulation.places:
            for proposition in texte.occurrences(place):
                trouvees[proposition] = trouvees.get(proposition, 0) + 1
        if trouvees:
            part = max(trouvees.values()) / len(formulation.places)
            mieux, entieres = max(mieux, part), entieres + (part == 1)
    return mieux, entieres


def pose_une_condition(texte: Texte, rangs: list[int]) -> bool:
    """« si », « s'il » dans ce qui est écrit de ces mots et juste devant ; le « même si » d'une concession n'en est pas une."""
    if not rangs:
        return False
    ecrit = _concessions().sub("", _ecrit(texte, rangs))
    return bool(_conditions().search(ecrit))


@cache
def _conditions() -> re.Pattern:
    return re.compile(rf"\b{alternative(lexique().conditions)}\b")


@cache
def _concessions() -> re.Pattern:
    return re.compile(rf"\b{alternative(lexique().concessions)}\b")


def _ecrit(texte: Texte, rangs: list[int]) -> str:
    """Le texte de ces mots, depuis la fin du mot d'avant : une conjonction qui coupe (« si », « mais ») n'est pas un mot."""
    debut = texte.mots[rangs[0] - 1].fin if rangs[0] else 0
    return aplatir(texte.brut[debut : texte.mots[rangs[-1]].fin])


def _mots_attendus(lecture: Lecture) -> set[int]:
    """Les rangs de tous les mots que le barème connaît."""
    return {
        rang
        for element in lecture.bareme.elements
        for formulation in filter(lecture.texte.contient_un_mot, _formulations(element))
        for place in formulation.places
        for occurrence in lecture.texte.occurrences(place).values()
        for rang in occurrence.rangs
    }


def _soutien(entieres: int) -> float:
    return min(entieres, FORMULATIONS_QUI_COMPTENT) / FORMULATIONS_QUI_COMPTENT


def _moyenne(valeurs: list[float]) -> float:
    return sum(valeurs) / len(valeurs) if valeurs else 0.0
