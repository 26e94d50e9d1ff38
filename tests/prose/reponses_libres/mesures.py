"""Mesurer l'accord entre le moteur et des réponses notées à la main.

``python -m tests.prose.reponses_libres.mesures BAREME.yml REPONSES.jsonl`` affiche les mesures d'un jeu.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from autograde.baremes.lecture import charger_bareme
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.prose import Evaluation, evaluer, ponderer
from autograde.prose.bareme import BaremeRedige, Element
from autograde.prose.credit import Credit

JEUX = Path(__file__).parent
# Dix jeux étiquetés par lecture, 60 % de réponses ordinaires et 40 % d'hostiles ou de fausses.
JEUX_ETIQUETES = ("", "_dev", "_a", "_b", "_c", "_e", "_f", "_g", "_h", "_i")
# Des classes entières, à des questions de nos TP et avec leurs vrais barèmes : écrites et notées sans les avoir vus.
ANCIENNES_CLASSES = ("_classe", "_seconde_classe", "_troisieme_classe", "_quatrieme_classe")
CLASSES = (*ANCIENNES_CLASSES, "_cinquieme_classe")
# Une classe de plus, dont rien n'a été appris : ni formulation, ni poids. Elle dit ce que vaut « sûre » sur des réponses neuves.
CLASSE_GARDEE = "_classe_gardee"

# L'énoncé des anciennes classes demande autre chose depuis leur étiquetage : un fait avec l'idée (TP 1 de la séquence 1), un avis et sa
# raison, ce que font les conseillers (TP 2), une campagne à juger, une dépendance à dire, trois points distincts (séquence 2). L'étiquette
# de chaque idée tient encore, la note due non : elles servent à apprendre, et ne jugent plus rien.
ENONCE_CHANGE = {
    *("s1_tp1_q4", "s1_tp1_q5", "s1_tp1_q6a", "s1_tp1_q6b", "s1_tp1_q6c"),
    *("s1_tp2_q3", "s1_tp2_q4b"),
    *("s2_tp1_q3", "s2_tp2_q3b", "s2_at1_q10"),
}

HOSTILES = {
    "keyword_stuffed",
    "copy_question",
    "negated",
    "contradictory",
    "off_topic",
    "wrong",
    "wrong_inversion",
    "empty",
}
SANS_REPONSE = {"keyword_stuffed", "copy_question", "empty", "off_topic"}
ORDINAIRES = {"good", "partial", "bad_spelling", "sms", "rambling", "wrong", "off_topic", "empty"}
EXCES = 0.25
GRAVE = 0.5


def enonce_d_avant(jeu: str, question: str) -> bool:
    """Cette classe a répondu à un énoncé qui n'est plus celui d'aujourd'hui."""
    return jeu in ANCIENNES_CLASSES and question in ENONCE_CHANGE


def evaluer_les_jeux(
    jeux: Iterable[str] = JEUX_ETIQUETES,
) -> tuple[list[dict], dict[str, Evaluation]]:
    """Toutes les réponses étiquetées de ces jeux, et ce que le moteur en pense."""
    reponses, evaluations = [], {}
    for jeu in jeux:
        du_jeu, evaluees = evaluer_le_jeu(jeu)
        reponses += du_jeu
        evaluations |= evaluees
    return reponses, evaluations


@cache
def evaluer_le_jeu(jeu: str) -> tuple[list[dict], dict[str, Evaluation]]:
    """Les réponses d'un jeu, évaluées une fois pour toute la session d'essais : c'est ce qu'elle fait de plus long.

    Le texte de la question tient lieu de cas, comme dans un TP. Un même « aid » peut servir dans deux jeux : on y ajoute le jeu.
    """
    reponses, baremes, cas = charger_le_jeu(jeu)
    return reponses, {
        r["aid"]: evaluer(r["answer"], baremes[r["qid"]], cas[r["qid"]]) for r in reponses
    }


def charger_le_jeu(jeu: str) -> tuple[list[dict], dict[str, BaremeRedige], dict[str, str]]:
    """Les réponses d'un jeu, et par question son barème et le texte de son cas."""
    lignes = (JEUX / f"reponses{jeu}.jsonl").read_text(encoding="utf-8").splitlines()
    reponses = [reponse | {"aid": reponse["aid"] + jeu} for reponse in map(json.loads, lignes)]
    if jeu in (*CLASSES, CLASSE_GARDEE):
        posees = sorted({reponse["qid"] for reponse in reponses})
        de = {question: _devoir_de(question) for question in posees}
        tels = {q: tel_qu_etiquete(de[q].bareme_redige(q), q, reponses) for q in posees}
        return (
            [
                reponse | {"fraction": note_due(reponse, tels[reponse["qid"]])}
                for reponse in reponses
            ],
            tels,
            {q: de[q].contexte for q in posees},
        )
    baremes = charger_bareme(JEUX / f"bareme{jeu}.yml")
    questions = json.loads((JEUX / f"questions{jeu}.json").read_text(encoding="utf-8"))
    return reponses, baremes, {question["qid"]: question["question"] for question in questions}


def tel_qu_etiquete(bareme: BaremeRedige, question: str, reponses: list[dict]) -> BaremeRedige:
    """Le barème sans ce que la question ne demandait pas encore : l'étiquetage n'en dit rien, les réponses n'y répondent pas."""
    siennes = [r for r in reponses if r["qid"] == question]
    connus = {nom for r in siennes for nom in r["labels"]}
    exiges = sum(element.id not in connus for element in bareme.obligatoires)
    contraires = [
        contre.model_copy(update={"annule": [nom for nom in contre.annule if nom in connus]})
        for contre in bareme.contre_elements
    ]
    return bareme.model_copy(
        update={
            "elements": [
                element
                if _exige_alors(element, siennes)
                else element.model_copy(update={"obligatoire": None})
                for element in bareme.elements
                if element.id in connus
            ],
            "contre_elements": contraires,
            "n_sur": bareme.n_sur and bareme.n_sur - exiges,
        }
    )


def _exige_alors(element: Element, reponses: list[dict]) -> bool:
    """Le lecteur exigeait-il déjà cet élément ? Non, si une réponse où il ne l'a pas vu dépasse le plafond d'aujourd'hui."""
    plafond = element.obligatoire
    return plafond is None or not any(
        not r["labels"][element.id] and r["fraction"] > plafond for r in reponses
    )


def note_due(reponse: dict, bareme: BaremeRedige) -> float:
    """La note, de 0 à 1, que donne l'étiquetage : les idées qu'un lecteur a vues, et ce que le barème d'aujourd'hui en fait."""
    return ponderer(bareme, {nom: Credit(valeur) for nom, valeur in reponse["labels"].items()})


@cache
def _devoirs() -> list[Devoir]:
    return [charger_devoir(Cours(), nom) for nom in Cours().devoirs_notes()]


def _devoir_de(question: str) -> Devoir:
    return next(devoir for devoir in _devoirs() if question in devoir.questions)


def mesurer(reponses: list[dict], evaluations: dict[str, Evaluation]) -> dict[str, float]:
    """Les mesures d'un jeu. ``qwk`` : kappa quadratique sur cinq niveaux ; ``f1`` : éléments reconnus ; le reste, des parts.

    « trop crédité » : au moins un quart de la note en trop.
    """

    def note(reponse):
        return evaluations[reponse["aid"]].fraction

    def trop_credites(styles):
        exces = [note(r) - r["fraction"] >= EXCES for r in reponses if r["style"] in styles]
        return sum(exces) / max(1, len(exces))

    ordinaires = [r for r in reponses if r["style"] in ORDINAIRES]
    sans_reponse = [r for r in reponses if r["style"] in SANS_REPONSE]
    auto = [r for r in reponses if not evaluations[r["aid"]].relire]
    return {
        "qwk_ordinaires": kappa([(r["fraction"], note(r)) for r in ordinaires]),
        "mae_ordinaires": sum(abs(r["fraction"] - note(r)) for r in ordinaires) / len(ordinaires),
        "f1_ordinaires": f1(ordinaires, evaluations),
        "qwk_toutes": kappa([(r["fraction"], note(r)) for r in reponses]),
        "mae_toutes": sum(abs(r["fraction"] - note(r)) for r in reponses) / len(reponses),
        "f1_toutes": f1(reponses, evaluations),
        "hostiles_trop_credites": trop_credites(HOSTILES),
        "nies_trop_credites": trop_credites({"negated"}),
        "faux_trop_credites": trop_credites({"wrong", "wrong_inversion"}),
        "listes_et_recopies_trop_creditees": trop_credites(SANS_REPONSE),
        "listes_et_recopies_creditees": sum(note(r) > r["fraction"] for r in sans_reponse)
        / len(sans_reponse),
        "part_auto": len(auto) / len(reponses),
        "erreurs_graves_en_auto": sum(abs(r["fraction"] - note(r)) >= GRAVE for r in auto)
        / max(1, len(auto)),
    }


def kappa(paires: list[tuple[float, float]], niveaux: int = 5) -> float:
    """Kappa de Cohen à poids quadratiques entre deux séries de notes de 0 à 1, ramenées à cinq niveaux.

    >>> kappa([(0, 0), (1, 1), (0.5, 0.5)])
    1.0
    """
    rangs = [tuple(int(note * (niveaux - 1) + 0.5) for note in paire) for paire in paires]
    observe = sum((a - b) ** 2 for a, b in rangs)
    gauche, droite = Counter(a for a, _ in rangs), Counter(b for _, b in rangs)
    attendu = sum((a - b) ** 2 * gauche[a] * droite[b] for a in gauche for b in droite) / len(rangs)
    return 1 - observe / attendu if attendu else 1.0


def f1(reponses: list[dict], evaluations: dict[str, Evaluation]) -> float:
    """La moyenne harmonique de la précision et du rappel sur les éléments (crédit d'un demi au moins)."""
    vrais = faux = manques = 0
    for reponse in reponses:
        for element, valeur in reponse["labels"].items():
            trouve, present = (
                evaluations[reponse["aid"]].credits[element].valeur >= 0.5,
                valeur >= 0.5,
            )
            vrais, faux, manques = (
                vrais + (trouve and present),
                faux + (trouve and not present),
                manques + (present and not trouve),
            )
    return 2 * vrais / max(1, 2 * vrais + faux + manques)


def main(bareme: str, fichier: str) -> None:
    baremes = charger_bareme(Path(bareme))
    reponses = [
        json.loads(ligne)
        for ligne in Path(fichier).read_text(encoding="utf-8").splitlines()
        if ligne.strip()
    ]
    mesures = mesurer(
        reponses, {r["aid"]: evaluer(r["answer"], baremes[r["qid"]]) for r in reponses}
    )
    for nom, valeur in mesures.items():
        print(f"{nom:30} {valeur:.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
