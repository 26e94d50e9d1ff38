"""Les formulations d'une question rédigée, une à une : trop larges, trop pauvres, ou écrites deux fois."""

from collections.abc import Iterable, Iterator

from autograde.production.defauts_du_bareme import (
    Defaut,
    QuestionRedigee,
    ecrites,
    par_quoi,
    phrases,
    sujet,
)
from autograde.prose.bareme import BaremeLettre, Element
from autograde.prose.formulations import preparer
from autograde.prose.lexique import lexique, racine
from autograde.prose.moteur import crediter
from autograde.prose.texte import lire
from grc_helpers.francais.nombres import ecrire_nombre

FORMULATIONS_UTILES = 8
_INFINITIFS = ("er", "ir", "oir", "dre", "tre", "ire", "vre", "ure")


def vols(question: QuestionRedigee) -> Iterator[Defaut]:
    """Une même réponse courte ne doit pas valoir deux éléments."""
    elements = question.bareme.elements
    dits: set[frozenset[str]] = set()
    for element in elements:
        for phrase in (phrase for ecrite in ecrites(element) for phrase in phrases(ecrite)):
            texte = question.preparer(f"{sujet(element)}{phrase}.")
            for autre in elements:
                paire = frozenset((element.id, autre.id))
                if autre is element or paire in dits:
                    continue
                credit = crediter(texte, autre)
                if credit.valeur == 1:
                    dits.add(paire)
                    yield question.erreur(
                        f"« {phrase} » paie aussi « {autre.libelle} » par {par_quoi(credit)} ; précisez l'une des deux.",
                        element,
                    )


def negations(question: QuestionRedigee) -> Iterator[Defaut]:
    """Dire le contraire d'une idée à affirmer ne doit rien rapporter."""
    for element in (element for element in question.bareme.elements if element.sens == "affirme"):
        for ecrite in ecrites(element):
            if any(formulation.niee for formulation in preparer(ecrite)):
                continue
            credit = question.crediter(sujet(element) + _nier(phrases(ecrite)[0]), element)
            if credit.valeur:
                yield question.conseil(
                    "negation",
                    element,
                    f"une phrase qui nie « {ecrite} » garde des points par {par_quoi(credit)} ; précisez-la.",
                )


def _nier(phrase: str) -> str:
    """La formulation, niée comme on le peut sans savoir la conjuguer.

    >>> _nier("garder clients"), _nier("caisse lente")
    ('Il ne faut pas garder clients.', "Il n'y a pas de caisse lente.")
    """
    premier = phrase.split()[0]
    debut = "Il ne faut pas" if premier.endswith(_INFINITIFS) else "Il n'y a pas de"
    return f"{debut} {phrase}."


def trop_peu(question: QuestionRedigee) -> Iterator[Defaut]:
    for element in question.bareme.elements:
        combien = len(element.formulations)
        if combien < FORMULATIONS_UTILES and not element.nombres and not element.notions:
            yield question.conseil(
                "trop_peu",
                element,
                f"{combien} formulation(s) seulement ; visez-en {FORMULATIONS_UTILES}, avec les mots de tous les jours.",
            )


def doublons(question: QuestionRedigee) -> Iterator[Defaut]:
    """Deux formulations faites des mêmes mots : l'accord, la conjugaison et l'ordre n'y changent rien."""
    for element in question.bareme.elements:
        vues: dict[tuple, str] = {}
        for ecrite in element.formulations:
            premiere = vues.setdefault(_empreinte(ecrite), ecrite)
            if premiere is not ecrite:
                yield question.conseil(
                    "doublon",
                    element,
                    f"« {ecrite} » a les mêmes mots que « {premiere} » ; une seule suffit.",
                )


def _empreinte(ecrite: str) -> tuple:
    """Les racines d'une formulation ; leur ordre ne compte que dans une comparaison."""
    formes = []
    for formulation in preparer(ecrite):
        places = [
            sorted({" ".join(map(racine, variante)) for variante in place})
            for place in formulation.places
        ]
        formes.append(
            (
                tuple(map(tuple, places if formulation.ordonnee else sorted(places))),
                formulation.niee,
            )
        )
    return tuple(formes)


def muettes(question: QuestionRedigee) -> Iterator[Defaut]:
    for element in question.bareme.elements:
        for ecrite in ecrites(element):
            if not preparer(ecrite):
                yield question.conseil(
                    "muette",
                    element,
                    f"« {ecrite} » n'a que des mots de liaison : elle n'est jamais reconnue. Complétez-la ou ôtez-la.",
                )


def nombres_seuls(question: QuestionRedigee) -> Iterator[Defaut]:
    """Un nombre est dans bien des phrases ; une lettre, elle, ne parle que d'une affaire."""
    if isinstance(question.bareme, BaremeLettre):
        return
    for element in question.bareme.elements:
        for nombre in element.nombres:
            ecrit = ecrire_nombre(nombre.valeur)
            if question.crediter(f"{sujet(element)}Il y en a {ecrit}.", element).valeur == 1:
                yield question.erreur(
                    f"le nombre {ecrit} suffit, seul ; dites avec quels mots : « {{valeur: {nombre.valeur:g}, avec: [gagne]}} ».",
                    element,
                )


def mots_seuls(question: QuestionRedigee) -> Iterator[Defaut]:
    """Un mot que tout le monde écrit, ou que le cas et la question ont déjà dit, ne fait pas une idée à lui seul."""
    du_cas = {mot.forme for mot in lire(f"{question.cas}\n{question.bareme.enonce}")}
    for element in question.bareme.elements:
        courants = {
            mot.forme
            for ecrite in ecrites(element)
            for mot in lire(ecrite)
            if _est_courant(mot.forme)
        }
        par_formulation: dict[str, list[str]] = {}
        for mot, ecrite in _qui_suffisent(question, element, sorted(du_cas | courants)):
            par_formulation.setdefault(ecrite, []).append(mot)
        for ecrite, (premier, *autres) in par_formulation.items():
            aussi = f" (ou « {' », « '.join(autres)} »)" if autres else ""
            yield question.erreur(
                f"le seul mot « {premier} » suffit pour « {ecrite} »{aussi}, et le cas l'a déjà dit ou tout le monde l'écrit ; "
                "ajoutez-y un mot qui porte l'idée.",
                element,
            )


def _racines(ecrite: str) -> set[str]:
    """Les mots d'une formulation, eux-mêmes et non leurs synonymes."""
    return {
        racine(mot)
        for formulation in preparer(ecrite)
        for place in formulation.places
        for variante in place
        for mot in variante
    }


def _est_courant(forme: str) -> bool:
    return (
        forme in lexique().mots_outils
        or forme.isdigit()
        or racine(forme) in lexique().mots_courants
    )


def _qui_suffisent(
    question: QuestionRedigee, element: Element, mots: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Les mots qui, seuls dans leur phrase, valent l'élément, chacun avec la formulation qu'il remplit."""
    restants = list(mots)
    while restants:
        texte = question.preparer("\n\n".join(f"{sujet(element)}{mot}." for mot in restants))
        credit = crediter(texte, element)
        if credit.valeur < 1:
            return
        trouves = {texte.mots[rang].forme for rang in credit.places}
        for mot in trouves & set(restants):
            seul = question.crediter(f"{sujet(element)}{mot}.", element)
            if (
                seul.valeur == 1
                and not mot[0].isdigit()
                and racine(mot) in _racines(seul.formulation)
            ):
                yield mot, seul.formulation
        reste = [mot for mot in restants if mot not in trouves]
        if len(reste) == len(restants):
            return
        restants = reste
