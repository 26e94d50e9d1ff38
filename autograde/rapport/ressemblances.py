"""Deux réponses rédigées qui se ressemblent : un indice à regarder, jamais une sanction. Aucune note n'en dépend.

On compare les suites de mots, une fois retiré ce qui vient de l'énoncé, du cas ou du texte à compléter. Les réponses courtes sont
laissées : elles se ressemblent forcément.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations

from autograde.prose.texte import aplatir
from autograde.rapport.donnees import Rapport

MOTS_MINIMUM = 20  # mots à soi : en dessous, se ressembler ne dit rien
MOTS_MAXIMUM = 600  # mots comparés d'une réponse
# Mots communs, dans le même ordre. Sur les réponses d'essai écrites séparément
# (tests/prose/reponses_libres), deux réponses à une même question en ont presque toujours moins
# de la moitié ; seules dépassent celles écrites l'une d'après l'autre.
PART_RESSEMBLANTE = 0.6
SUITE_COMMUNE = 12  # mots de suite : une phrase entière passée d'une copie à l'autre
SUITE_DONNEE = 6  # mots de suite : le stagiaire cite l'énoncé ou le cas
PARTAGE_MAXIMUM = 40  # copies : au-delà, une suite commune est une formule apprise
COPIES_PAR_PASSE = 200  # borne la mémoire de la comparaison
_PREMIER_SIGNE = 0xE000  # après les codes réservés d'Unicode


@dataclass(frozen=True)
class PassageRendu:
    """Le passage à montrer, en morceaux (texte, est-il commun ?), et ceux qui l'ont rendu."""

    stagiaires: tuple[str, ...]
    morceaux: tuple[tuple[str, bool], ...]

    @property
    def texte(self) -> str:
        return "".join(texte for texte, _ in self.morceaux)


@dataclass(frozen=True)
class Ressemblance:
    """Deux passages de la même question ; ``part`` (0 à 1) : mots communs dans le même ordre, sur toute la réponse."""

    lieu: str
    part: float
    gauche: PassageRendu
    droite: PassageRendu


@dataclass
class _Redaction:
    """Une réponse, ses mots à soi (début et fin dans le texte), leur suite en signes, et les stagiaires qui l'ont rendue."""

    texte: str
    places: list[tuple[int, int]]
    signes: str
    stagiaires: list[str] = field(default_factory=list)


def ressemblances(rapports: Sequence[Rapport]) -> list[Ressemblance]:
    """Les réponses qui se ressemblent, de la plus à la moins proche."""
    trouvees: list[Ressemblance] = []
    for rapport in rapports:
        for question, bareme in rapport.devoir.bareme.items():
            if bareme.redigee:
                trouvees += _de_la_question(
                    rapport.lieu(question, plusieurs=len(rapports) > 1),
                    _redactions(rapport, question),
                )
    return sorted(trouvees, key=lambda ressemblance: -ressemblance.part)


def _redactions(rapport: Rapport, question: str) -> list[_Redaction]:
    """Les réponses assez longues de la question, les identiques ensemble."""
    devoir = rapport.devoir
    donnees = _suites_donnees(
        [
            devoir.bareme_redige(question).enonce,
            devoir.contexte,
            devoir.questions[question].vierge.corps,
        ]
    )
    signes: dict[str, str] = {}
    groupes: dict[str, _Redaction] = {}
    for copie in rapport.lisibles:
        redaction = _rediger(
            copie.correction.lues.reponses[question].cellule.corps, donnees, signes
        )
        if len(redaction.signes) >= MOTS_MINIMUM:
            groupes.setdefault(redaction.signes, redaction).stagiaires.append(copie.stagiaire)
    return list(groupes.values())


def _mots(texte: str) -> list[tuple[str, int, int]]:
    return [
        (trouve.group(), trouve.start(), trouve.end())
        for trouve in re.finditer(r"[^\W_]+", aplatir(texte))
    ]


def _suites_donnees(textes: Sequence[str]) -> set[tuple[str, ...]]:
    suites: set[tuple[str, ...]] = set()
    for texte in textes:
        mots = [mot for mot, _, _ in _mots(texte)]
        suites.update(
            tuple(mots[rang : rang + SUITE_DONNEE]) for rang in range(len(mots) - SUITE_DONNEE + 1)
        )
    return suites


def _rediger(texte: str, donnees: set[tuple[str, ...]], signes: dict[str, str]) -> _Redaction:
    """Les mots à soi d'une réponse. Un signe par mot : deux suites de mots se comparent alors comme deux chaînes, très vite."""
    mots = _mots(texte)[:MOTS_MAXIMUM]
    formes = [mot for mot, _, _ in mots]
    cites: set[int] = set()
    for rang in range(len(formes) - SUITE_DONNEE + 1):
        if tuple(formes[rang : rang + SUITE_DONNEE]) in donnees:
            cites.update(range(rang, rang + SUITE_DONNEE))
    siens = [mot for rang, mot in enumerate(mots) if rang not in cites]
    suite = "".join(
        signes.setdefault(forme, chr(_PREMIER_SIGNE + len(signes))) for forme, _, _ in siens
    )
    return _Redaction(texte, [(debut, fin) for _, debut, fin in siens], suite)


def _de_la_question(lieu: str, redactions: list[_Redaction]) -> Iterator[Ressemblance]:
    for redaction in redactions:
        if len(redaction.stagiaires) > 1:
            premier, *autres = redaction.stagiaires
            entier = ((redaction.texte.strip(), True),)
            yield Ressemblance(
                lieu, 1.0, PassageRendu((premier,), entier), PassageRendu(tuple(autres), entier)
            )
    for rang, autre, part in _paires(redactions):
        gauche, droite = _passages(redactions[rang], redactions[autre])
        yield Ressemblance(lieu, part, gauche, droite)


def _paires(redactions: list[_Redaction]) -> list[tuple[int, int, float]]:
    """Les rangs de deux réponses proches dans leur ensemble, ou qui partagent une longue suite de mots ; et leur part commune."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cdist

    suites = [redaction.signes for redaction in redactions]
    parts: dict[tuple[int, int], float] = {}
    for debut in range(0, len(suites), COPIES_PAR_PASSE):
        proches = cdist(
            suites[debut : debut + COPIES_PAR_PASSE],
            suites,
            scorer=Indel.normalized_similarity,
            score_cutoff=PART_RESSEMBLANTE,
        )
        for ligne, autre in zip(*proches.nonzero(), strict=True):
            if debut + ligne < autre:
                parts[int(debut + ligne), int(autre)] = float(proches[ligne, autre])
    for paire in _qui_partagent_une_suite(suites) - parts.keys():
        parts[paire] = Indel.normalized_similarity(suites[paire[0]], suites[paire[1]])
    return [(rang, autre, part) for (rang, autre), part in parts.items()]


def _qui_partagent_une_suite(suites: list[str]) -> set[tuple[int, int]]:
    porteurs: dict[str, set[int]] = defaultdict(set)
    for rang, suite in enumerate(suites):
        for debut in range(len(suite) - SUITE_COMMUNE + 1):
            porteurs[suite[debut : debut + SUITE_COMMUNE]].add(rang)
    partages = {
        frozenset(rangs) for rangs in porteurs.values() if 2 <= len(rangs) <= PARTAGE_MAXIMUM
    }
    return {paire for rangs in partages for paire in combinations(sorted(rangs), 2)}


def _passages(gauche: _Redaction, droite: _Redaction) -> tuple[PassageRendu, PassageRendu]:
    """Les deux passages, du premier au dernier mot commun ; un mot commun isolé n'en est pas un."""
    blocs = SequenceMatcher(
        None, gauche.signes, droite.signes, autojunk=False
    ).get_matching_blocks()
    blocs = [bloc for bloc in blocs if bloc.size >= 2] or blocs[
        :-1
    ]  # le dernier, vide, ne fait que marquer la fin
    return (
        _passage(gauche, [(bloc.a, bloc.a + bloc.size) for bloc in blocs]),
        _passage(droite, [(bloc.b, bloc.b + bloc.size) for bloc in blocs]),
    )


def _passage(redaction: _Redaction, communs: list[tuple[int, int]]) -> PassageRendu:
    """Découpe la réponse : les suites communes, et ce qui est entre elles."""
    morceaux: list[tuple[str, bool]] = []
    fin_precedente = 0
    for premier, apres in communs:
        debut, fin = redaction.places[premier][0], redaction.places[apres - 1][1]
        if morceaux:
            morceaux.append((redaction.texte[fin_precedente:debut], False))
        elif debut:
            morceaux.append(("… ", False))
        morceaux.append((redaction.texte[debut:fin], True))
        fin_precedente = fin
    if redaction.texte[fin_precedente:].strip(" .\n"):
        morceaux.append((" …", False))
    return PassageRendu(tuple(redaction.stagiaires), tuple(morceaux))


def phrase_des_ressemblances(trouvees: Sequence[Ressemblance]) -> str:
    """Combien, et ce qu'il ne faut pas en conclure."""
    if not trouvees:
        return "Aucune réponse rédigée ne ressemble de près à une autre."
    combien = "Une ressemblance" if len(trouvees) == 1 else f"{len(trouvees)} ressemblances"
    prudence = "C'est un indice à regarder avec les stagiaires, jamais une preuve : aucune note n'en dépend."
    return f"{combien} entre réponses rédigées. {prudence}"
