"""Les gestes de la vue par idées : un crédit pour tout un groupe de propositions, enregistré comme autant de décisions sur les réponses.

Une proposition est désignée par son identifiant, qui change dès qu'elle est décidée : ce qu'un autre formateur a décidé entre-temps n'est
donc pas retrouvé, et reste comme il l'a mis.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from autograde.cours.decisions import IDEE_FAUSSE, Decision, Prise
from autograde.notation.decidees import appliquer
from autograde.prose import evaluer
from autograde.relecture.groupe_relu import GroupeRelu, gardee
from autograde.relecture.idees import Idee, par_idees
from autograde.relecture.propositions import RESTE, Lue, Passage, passages
from autograde.relecture.seance import GesteRefuse, SeanceDeRelecture
from grc_helpers.francais.nombres import ecrire_nombre

_SUR_UN_ELEMENT = "Donnez-la à un élément (son chiffre), ou écartez-la (0)."


def les_idees(seance: SeanceDeRelecture, question: str, relus: Iterable[GroupeRelu]) -> list[Idee]:
    """Les idées d'une question rédigée, dans ces réponses."""
    return par_idees(seance.devoir.bareme_redige(question), map(lue, filter(_est_lue, relus)))


def lue(relu: GroupeRelu) -> Lue:
    """La réponse que montre un groupe, pour la vue par idées."""
    assert relu.proposee is not None, "une réponse rédigée"
    return Lue(
        relu.groupe.identifiant,
        relu.groupe.texte,
        len(relu.etats),
        relu.proposee,
        relu.decisions,
        relu.ecartes,
        relu.a_relire,
    )


def decider(
    seance: SeanceDeRelecture, question: str, designes: Sequence[str], credit: float
) -> int:
    """Donne ce crédit à toutes ces propositions, chacune pour son idée. Renvoie combien n'ont pas été retrouvées."""

    def prendre(relu: GroupeRelu, siens: list[Passage]) -> _Changements:
        changements = _Changements(relu)
        for passage in siens:
            _decider_un_passage(seance, changements, passage, credit)
        return changements

    return _faire(seance, question, designes, prendre, f"par idées, {ecrire_nombre(credit)}")


def accepter(seance: SeanceDeRelecture, question: str, designes: Sequence[str]) -> int:
    """Garde, de ces propositions, le crédit que la machine propose ; celles que rien n'explique sont mises de côté."""

    def prendre(relu: GroupeRelu, siens: list[Passage]) -> _Changements:
        changements = _Changements(relu)
        for passage in siens:
            propose = passage.propose if passage.decide is None else passage.decide
            _decider_un_passage(seance, changements, passage, propose or 0)
        return changements

    return _faire(seance, question, designes, prendre, "par idées, proposition acceptée")


def donner(
    seance: SeanceDeRelecture, question: str, designes: Sequence[str], element: str, credit: float
) -> int:
    """Donne ces propositions à un élément, en plus de ce qu'elles justifient déjà."""
    bareme = seance.devoir.bareme_redige(question)
    if element not in bareme.criteres:
        raise GesteRefuse("Cet élément n'est pas au barème de la question : rechargez la page.")

    def prendre(relu: GroupeRelu, siens: list[Passage]) -> _Changements:
        changements = _Changements(relu)
        for passage in siens:
            changements.elements[element] = _decision(credit, passage.texte)
        return changements

    titre = f"par idées, donnée à « {bareme.criteres[element]} », {ecrire_nombre(credit)}"
    return _faire(seance, question, designes, prendre, titre)


class _Changements:
    """Ce qu'un geste décide d'une réponse."""

    def __init__(self, relu: GroupeRelu):
        self.relu = relu
        self.elements: dict[str, Decision] = {}
        self.ecartes: list[str] = list(relu.ecartes)

    @property
    def lue(self) -> Lue:
        """La réponse, ces décisions comprises."""
        decisions = {**self.relu.decisions, **self.elements}
        return replace(lue(self.relu), decisions=decisions, ecartes=tuple(self.ecartes))

    def finir(self) -> None:
        """Quand plus aucune proposition n'attend, tout a été vu : les éléments dont rien n'a été dit gardent le crédit affiché."""
        if not self.relu.a_relire:
            return
        actuelle = self.lue
        if not any(passage.decide is None for passage in passages(actuelle, self.relu.bareme)):
            credits = appliquer(actuelle.proposee, self.relu.bareme, actuelle.decisions).credits
            restent = credits.keys() - actuelle.decisions.keys()
            self.elements |= {nom: gardee(credits[nom]) for nom in credits if nom in restent}

    def prise(self) -> Prise:
        ecartes = self.ecartes if tuple(self.ecartes) != self.relu.ecartes else None
        return self.relu.prise(self.elements, ecartes)


def _decision(credit: float, passage: str) -> Decision:
    return Decision(credit=credit, passage=passage if credit else "", date=date.today())


def _decider_un_passage(
    seance: SeanceDeRelecture, changements: _Changements, passage: Passage, credit: float
) -> None:
    if passage.idee == RESTE:
        if credit:
            raise GesteRefuse(_SUR_UN_ELEMENT)
        changements.ecartes.append(passage.texte)
    elif passage.idee.startswith(IDEE_FAUSSE):
        _decider_d_une_idee_fausse(seance, changements, passage, credit)
    else:
        changements.elements[passage.idee] = _decision(credit, passage.texte)


def _decider_d_une_idee_fausse(
    seance: SeanceDeRelecture, changements: _Changements, passage: Passage, credit: float
) -> None:
    """1 : c'en est une, ce qu'elle annule reste annulé. 0 : la machine s'est trompée, et chaque élément a ce qu'elle lui aurait donné."""
    if credit not in (0, 1):
        raise GesteRefuse("Une idée fausse l'est (1) ou ne l'est pas (0).")
    changements.elements[passage.idee] = _decision(credit, passage.texte)
    relu = changements.relu
    identifiant = passage.idee.removeprefix(IDEE_FAUSSE)
    libres = {nom for nom in relu.bareme.criteres if nom not in relu.decisions}
    if credit:
        annules = next(c.annule for c in relu.bareme.contre_elements if c.id == identifiant)
        for nom in libres.intersection(annules):
            changements.elements.setdefault(nom, _decision(0, ""))
        return
    autres = [c for c in relu.bareme.contre_elements if c.id != identifiant]
    sans = relu.bareme.model_copy(update={"contre_elements": autres})
    credits = evaluer(relu.groupe.texte, sans, seance.devoir.contexte).credits
    for nom in libres:
        if credits[nom].valeur != relu.evaluation.credits[nom].valeur:
            changements.elements.setdefault(nom, gardee(credits[nom]))


def _faire(
    seance: SeanceDeRelecture,
    question: str,
    designes: Sequence[str],
    prendre: Callable[[GroupeRelu, list[Passage]], _Changements],
    titre: str,
) -> int:
    """Retrouve les propositions, décide de chaque réponse, enregistre le tout, renote la classe. Tout ou rien."""
    voulus = dict.fromkeys(designes)
    visees = {designe.partition("-")[0] for designe in voulus}
    groupes = [g for g in seance.groupes[question] if g.identifiant in visees]
    with seance.geste(groupes) as (base, relus, trace):
        lisibles = [relu for relu in relus if relu.etats and _est_lue(relu)]
        siens = _retrouver(lisibles, voulus)
        if not siens:
            raise GesteRefuse(
                "Ces propositions ont changé entre-temps (un autre formateur, une recorrection) : les voici telles qu'elles sont."
            )
        changements = [
            prendre(relu, siens[relu.groupe.identifiant])
            for relu in lisibles
            if relu.groupe.identifiant in siens
        ]
        for changement in changements:
            changement.finir()
        concernes = [changement.relu for changement in changements]
        trace.dire(_titrer(titre, siens, concernes))
        seance.enregistrer([changement.prise() for changement in changements], question)
        seance.renoter(base, concernes)
        trace.avant = concernes
    return len(voulus) - sum(map(len, siens.values()))


def _retrouver(relus: Iterable[GroupeRelu], voulus: Mapping[str, None]) -> dict[str, list[Passage]]:
    siens: dict[str, list[Passage]] = defaultdict(list)
    for relu in relus:
        for passage in passages(lue(relu), relu.bareme):
            if passage.identifiant in voulus:
                siens[relu.groupe.identifiant].append(passage)
    return dict(siens)


def _titrer(titre: str, siens: Mapping[str, list[Passage]], concernes: Sequence[GroupeRelu]) -> str:
    """Ce que le journal dit du geste : sur quelle idée, et pour combien de copies."""
    relu = concernes[0]
    noms = dict.fromkeys(passage.idee for liste in siens.values() for passage in liste)
    libelles = relu.bareme.criteres | {
        IDEE_FAUSSE + c.id: f"idée fausse : {c.message}" for c in relu.bareme.contre_elements
    }
    cites = " ; ".join(f"« {libelles[nom]} »" for nom in noms if nom in libelles)
    copies = sum(len(relu.etats) for relu in concernes)
    pour = f" ({copies} copies)" if copies > 1 else ""
    return f"{titre}{f' : {cites}' if cites else ''}{pour}"


def _est_lue(relu: GroupeRelu) -> bool:
    """Une réponse vide n'a rien à grouper."""
    return relu.redige
