"""Une question rédigée face à ce qui l'entoure : l'énoncé, le cas, la réponse type, les essais."""

import re
from collections.abc import Iterator

from autograde.production.defauts_du_bareme import (
    ERREUR,
    Defaut,
    QuestionRedigee,
    citer,
    ecrites,
    par_quoi,
)
from autograde.prose.bareme import ContreElement
from autograde.prose.credit import Credit
from autograde.prose.formulations import preparer
from autograde.prose.gardes import SUITE_RECOPIEE
from autograde.prose.lexique import racine
from autograde.prose.moteur import contredit
from autograde.prose.texte import lire

MOTS_D_UNE_PHRASE = 3
_FIN_DE_PHRASE = re.compile(r"[.!?;\n|]+")
# Ce par quoi un énoncé demande de mettre deux choses face à face.
_COMPARER = re.compile(
    r"\b(?:compar|diff[ée]ren[ct]|oppose|disting)|\bl'un\b[^.]*\bl'autre\b", re.I
)


def recopies(question: QuestionRedigee) -> Iterator[Defaut]:
    """Recopier l'énoncé ou le cas, en entier ou une phrase, ne doit rien rapporter ; y trouver l'idée toute faite est à savoir."""
    for lieu, texte, sorte in (
        ("l'énoncé", question.bareme.enonce, "dans_l_enonce"),
        ("le texte du cas", question.cas, "dans_le_cas"),
    ):
        morceaux = [
            morceau
            for morceau in (texte, *re.split(r"[.!?;\n]+", texte))
            if len(lire(morceau)) >= SUITE_RECOPIEE
        ]
        evaluations = [question.evaluer(morceau) for morceau in morceaux]
        for element in question.bareme.elements:
            paye = next(
                (credit for e in evaluations if (credit := e.credits[element.id]).valeur == 1), None
            )
            present = question.crediter(texte, element)
            if paye:
                yield question.erreur(f"recopier {lieu} suffit, {_retirer(paye)}", element)
            elif present.valeur == 1:
                yield question.conseil(
                    sorte,
                    element,
                    f"{lieu} le dit déjà, et ces mots glissés dans une réponse paieraient, {_retirer(present)}",
                )


def _retirer(credit: Credit) -> str:
    return f"{citer(credit.passage)} ; précisez ou ôtez {par_quoi(credit)}, ou changez ce texte."


def mots_de_l_enonce(question: QuestionRedigee) -> Iterator[Defaut]:
    """Une formulation dont tous les mots sont dans la question n'apporte rien de plus qu'elle."""
    connus = {racine(mot.forme) for mot in lire(question.bareme.enonce)}
    for element in question.bareme.elements:
        for ecrite in ecrites(element):
            if any(_toute_connue(formulation, connus) for formulation in preparer(ecrite)):
                yield question.conseil(
                    "mots_de_l_enonce",
                    element,
                    f"tous les mots de « {ecrite} » sont dans l'énoncé ; ajoutez-y le mot de la réponse.",
                )


def _toute_connue(formulation, connus: set[str]) -> bool:
    return not formulation.niee and all(
        any(connus.issuperset(map(racine, v)) for v in place) for place in formulation.places
    )


def reponse_type(question: QuestionRedigee) -> Iterator[Defaut]:
    """La réponse type de l'auteur doit avoir le maximum."""
    if not question.reponse_type:
        yield question.erreur(
            "le corrigé n'a pas de réponse type ; écrivez-la entre BEGIN SOLUTION et END SOLUTION."
        )
        return
    evaluation = question.evaluer(question.reponse_type)
    if evaluation.fraction == 1:
        return
    if not any(credit.valeur or credit.motif for credit in evaluation.credits.values()):
        yield question.erreur(
            f"la réponse type n'a aucun point ({evaluation.motif or 'rien de reconnu'}) ; réécrivez-la."
        )
    par_id = {element.id: element for element in question.bareme.elements}
    for identifiant, credit in evaluation.credits.items():
        if credit.valeur == 1:
            continue
        motif = f" ({credit.motif} : {citer(credit.passage)})" if credit.motif else ""
        obtenu = "à moitié reconnu" if credit.valeur else "non reconnu"
        element = par_id.get(identifiant)
        if element:
            yield question.erreur(
                f"{obtenu} dans la réponse type{motif} ; ajoutez la formulation qu'elle emploie.",
                element,
            )
        else:
            yield Defaut(
                ERREUR,
                question.nom,
                identifiant,
                f"{obtenu} dans la réponse type{motif} ; complétez-la.",
                question.bareme.criteres[identifiant],
            )


def idees_fausses_declenchees(question: QuestionRedigee) -> Iterator[Defaut]:
    """Ni une phrase du notebook, ni la réponse type, ni un essai juste ne doit passer pour une idée fausse."""
    justes = [
        *(("la réponse type", question.reponse_type),),
        *((f"l'essai juste « {titre} »", texte) for titre, texte in question.justes),
        *(
            ("le texte du cas", phrase)
            for phrase in _FIN_DE_PHRASE.split(question.recit)
            if len(lire(phrase)) >= MOTS_D_UNE_PHRASE
        ),
    ]
    prepares = [(lieu, question.preparer(texte)) for lieu, texte in justes]
    for contre in question.bareme.contre_elements:
        for lieu, texte in prepares:
            trouve = contredit(texte, contre)
            if trouve.valeur:
                yield question.erreur(
                    f"l'idée fausse « {contre.message} » accuse {lieu}, {citer(trouve.passage)} ; "
                    f"précisez ou ôtez {par_quoi(trouve)}."
                )
                break


def comparaison(question: QuestionRedigee) -> Iterator[Defaut]:
    """Ce qui est comparé a besoin d'ancres, ou d'être nommé par « compare », et d'une idée fausse pour chaque pôle."""
    bareme = question.bareme
    ancres = {ancre for element in bareme.elements for ancre in element.ancre}
    if bareme.compare is None and len(ancres) < 2:
        if _COMPARER.search(bareme.enonce):
            yield question.erreur(
                "l'énoncé demande de comparer, et rien ne dit au moteur de quoi parle chaque phrase ; donnez une « ancre » aux éléments, "
                "ou nommez ce que l'on compare : « compare: [tabac, alcool] » (« compare: [] » si rien n'est comparé)."
            )
        return
    for pole in sorted(ancres | set(bareme.compare or ())):
        if not any(_cite(contre, pole) for contre in bareme.contre_elements):
            yield question.erreur(
                f"aucune idée fausse ne nomme « {pole} » : attribuer à l'un ce qui est de l'autre serait payé ; "
                "écrivez-la dans « contre_elements »."
            )


def _cite(contre: ContreElement, pole: str) -> bool:
    return any(
        racine(mot) == racine(pole.lower()) or mot == pole
        for ecrite in contre.formulations
        for mot in re.split(r"[\s/]+", ecrite)
    )
