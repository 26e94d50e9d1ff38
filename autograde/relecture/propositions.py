"""Ce qu'une réponse rédigée dit, proposition par proposition : ce qui justifie un élément, et ce qu'aucun élément n'explique."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from autograde.cours.decisions import IDEE_FAUSSE, Decision, meme_texte
from autograde.notation.decidees import appliquer
from autograde.prose import Evaluation
from autograde.prose.accusation import idee_fausse
from autograde.prose.bareme import BaremeRedige
from autograde.prose.evaluation import DITE_AILLEURS
from autograde.prose.gardes import mots_pleins
from autograde.prose.passages import trouver_passage
from autograde.prose.preparation import Texte, preparer_texte
from autograde.prose.repli import suivre
from autograde.relecture.voisines import mots_du_sens

# Moins de mots pleins que cela ne disent rien à eux seuls (« par exemple », « donc voilà »).
MOTS_D_UN_PASSAGE = 2
RESTE = ""  # l'« idée » de ce qu'aucun élément n'explique
A_CONFIRMER = "à confirmer"  # une idée fausse que le stagiaire n'a pas sûrement affirmée
_ANNULES = ("idée fausse", DITE_AILLEURS)


@dataclass(frozen=True)
class Lue:
    """Une réponse de la classe (ses copies identiques ensemble), ce que le barème seul y reconnaît et ce que le formateur en a décidé.

    ``ecartes`` : les passages qu'il a mis de côté ; ``attend`` : elle est à relire.
    """

    identifiant: str
    texte: str
    copies: int
    proposee: Evaluation
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    ecartes: tuple[str, ...] = ()
    attend: bool = True


@dataclass(frozen=True)
class Passage:
    """Une proposition d'une réponse, pour une idée (un élément, une idée fausse, ou ``RESTE``).

    ``propose`` : le crédit que la machine propose, None si elle n'en sait rien ; ``decide`` : celui du formateur, None s'il ne s'est pas
    prononcé ; ``formulation`` : ce qui l'a fait reconnaître ; ``motif`` : ce que la machine en dit.
    """

    reponse: Lue
    idee: str
    texte: str
    propose: float | None
    decide: float | None = None
    formulation: str = ""
    motif: str = ""

    @property
    def identifiant(self) -> str:
        """Le même tant que la réponse, le passage et ce qui en est décidé sont les mêmes ; il ne dit rien de qui l'a écrit."""
        contenu = "\0".join([self.idee, meme_texte(self.texte), str(self.decide)])
        somme = hashlib.sha256(contenu.encode("utf-8", "surrogatepass"))
        return f"{self.reponse.identifiant}-{somme.hexdigest()[:12]}"

    @property
    def mots(self) -> frozenset[str]:
        return _sens_du_passage(self.texte)

    @property
    def attend(self) -> bool:
        """Un geste du formateur y manque."""
        return self.decide is None and self.reponse.attend


@lru_cache(maxsize=20_000)
def _sens_du_passage(texte: str) -> frozenset[str]:
    return mots_du_sens(texte)


def passages(lue: Lue, bareme: BaremeRedige) -> list[Passage]:
    """Tout ce qui se décide dans une réponse : par élément, par idée fausse, puis ce que rien n'explique."""
    des_elements = list(_des_elements(lue, bareme))
    des_fausses = list(_des_idees_fausses(lue, bareme))
    return [*des_elements, *des_fausses, *_du_reste(lue, bareme, des_elements + des_fausses)]


def _des_elements(lue: Lue, bareme: BaremeRedige) -> Iterator[Passage]:
    for nom in bareme.criteres:
        credit, decision = lue.proposee.credits[nom], lue.decisions.get(nom)
        cite = decision.passage if decision and decision.passage else credit.passage
        if not cite or (decision is None and credit.motif in _ANNULES):
            continue  # une idée annulée se décide avec l'idée fausse qui l'annule
        donne = decision is not None and decision.passage not in ("", credit.passage)
        yield Passage(
            lue,
            nom,
            cite,
            None if donne else credit.valeur,
            decision.credit if decision else None,
            "" if donne else credit.formulation,
            "" if donne else credit.motif,
        )


def _des_idees_fausses(lue: Lue, bareme: BaremeRedige) -> Iterator[Passage]:
    dites, soupconnees = lue.proposee.messages, lue.proposee.soupcons
    relevees = [c for c in bareme.contre_elements if c.message in [*dites, *soupconnees]]
    if not relevees:
        return
    texte = _preparer(lue.texte, _Cle(bareme))
    for contre in relevees:
        trouve, _ = idee_fausse(texte, contre)
        if trouve.passage:
            decision = lue.decisions.get(IDEE_FAUSSE + contre.id)
            yield Passage(
                lue,
                IDEE_FAUSSE + contre.id,
                trouve.passage,
                1.0,
                decision.credit if decision else None,
                trouve.formulation,
                "" if contre.message in dites else A_CONFIRMER,
            )


def _du_reste(lue: Lue, bareme: BaremeRedige, expliques: list[Passage]) -> Iterator[Passage]:
    """Ce que rien n'explique, d'une réponse qui attend et à qui il manque des points."""
    if not lue.attend or appliquer(lue.proposee, bareme, lue.decisions).fraction >= 1:
        return
    inexpliques = _inexpliques(lue, bareme, [passage.texte for passage in expliques])
    if not inexpliques and not expliques and lue.texte.strip():
        inexpliques = [lue.texte.strip()]  # trop courte pour être découpée : elle se décide entière
    deja_vus = {meme_texte(ecarte) for ecarte in lue.ecartes}
    for texte in inexpliques:
        if meme_texte(texte) not in deja_vus:
            deja_vus.add(meme_texte(texte))  # dite deux fois, elle se décide une fois
            yield Passage(lue, RESTE, texte, None)


def _inexpliques(lue: Lue, bareme: BaremeRedige, expliques: list[str]) -> list[str]:
    """Les propositions qu'aucun passage cité ne touche ; celles qui se suivent dans une phrase n'en font qu'une."""
    texte = _preparer(lue.texte, _Cle(bareme))
    prises = [trouve for cite in expliques if (trouve := place(lue.texte, cite))]
    suites: list[list[int]] = []
    precedente = None
    for numero, (debut, fin) in enumerate(texte.bornes):
        premier, dernier = texte.mots[debut], texte.mots[fin - 1]
        phrase = premier.phrase
        ici = texte.forme.place(premier.debut)
        la = ici + len(texte.forme.ecrit(premier.debut, dernier.fin))
        if any(avant < la and ici < apres for avant, apres in prises):
            precedente = None
        elif precedente == phrase:
            suites[-1].append(numero)
        else:
            suites.append([numero])
            precedente = phrase
    return [ecrit for suite in suites if (ecrit := _ecrit(texte, suite))]


def _ecrit(texte: Texte, suite: list[int]) -> str:
    """La suite de propositions telle qu'elle est écrite ; « » si elle ne dit rien."""
    mots = texte.mots[texte.bornes[suite[0]][0] : texte.bornes[suite[-1]][1]]
    if len(mots_pleins(mots, texte.brut)) < MOTS_D_UN_PASSAGE:
        return ""
    return texte.forme.ecrit(mots[0].debut, mots[-1].fin)


def place(texte: str, cite: str) -> tuple[int, int] | None:
    """Où est un passage dans la réponse, cité mot pour mot ou à la ponctuation près."""
    trouve = cite if cite in texte else trouver_passage(texte, cite)
    debut = texte.find(trouve) if trouve else -1
    return (debut, debut + len(trouve)) if debut >= 0 else None


class _Cle:
    """Un barème comme clé de mémoire : le même objet est le même barème."""

    def __init__(self, bareme: BaremeRedige):
        self.bareme = bareme

    def __hash__(self) -> int:
        return id(self.bareme)

    def __eq__(self, autre: object) -> bool:
        return isinstance(autre, _Cle) and autre.bareme is self.bareme


@lru_cache(maxsize=10_000)
def _preparer(texte: str, cle: _Cle) -> Texte:
    """La réponse préparée, une fois par séance : c'est ce que la vue par idées fait de plus long."""
    return preparer_texte(suivre(texte, cle.bareme), cle.bareme)
