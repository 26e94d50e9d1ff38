"""Ce qui n'est pas une lettre ne vaut aucun point : une lettre racontée, une autre langue, un texte qui ne parle à personne."""

import re

from autograde.prose.bareme import BaremeLettre
from autograde.prose.gardes import refuser
from autograde.prose.lettre.lecture import Lettre
from autograde.prose.lettre.vocabulaire import cherche, vocabulaire
from autograde.prose.lexique import lexique
from autograde.prose.motifs import AUTRE_LANGUE, DECRITE, SANS_CORPS, SANS_LECTEUR
from autograde.prose.texte import lire

MOTS_DU_CORPS = 5
PORTEE_DU_SUJET = 4


def refuser_la_lettre(lettre: Lettre, bareme: BaremeLettre, contexte: str) -> str:
    """Le motif pour lequel aucun crédit n'est possible, ou « » si la lettre mérite d'être lue."""
    corps = lettre.texte[lettre.corps.debut : lettre.corps.fin]
    formes = [mot.forme for mot in lire(lettre.texte)]
    sans_corps = len(lire(corps)) < MOTS_DU_CORPS
    if _en_anglais(formes):
        return AUTRE_LANGUE
    refus = refuser(lettre.texte if sans_corps else corps, bareme, contexte)
    if refus:
        return refus
    if _decrite(lettre, formes):
        return DECRITE
    if not _paroles_au_lecteur(formes) and not lettre.appel and not lettre.politesse:
        return SANS_LECTEUR
    return SANS_CORPS if sans_corps else ""


def _en_anglais(formes: list[str]) -> bool:
    return sum(forme in vocabulaire().mots_anglais for forme in formes) > sum(
        forme in lexique().mots_outils for forme in formes
    )


def _decrite(lettre: Lettre, formes: list[str]) -> bool:
    """Plus de marques de description que de « vous » ; avec un appel ou une politesse, il en faut davantage."""
    marques = _marques_de_description(formes) + _parties_nommees(lettre.texte)
    lecteur = _paroles_au_lecteur(formes)
    return marques > max(lecteur, bool(lettre.appel) + bool(lettre.politesse))


def _paroles_au_lecteur(formes: list[str]) -> int:
    return sum(
        forme in vocabulaire().mots_au_lecteur and formes[max(0, rang - 1)] != "rendez"
        for rang, forme in enumerate(formes)
    )


def _marques_de_description(formes: list[str]) -> int:
    """« je mettrais », « il faut écrire », « on termine » ; « je vous écris », « nous souhaiterions » n'en sont pas."""
    marques, sujets = 0, vocabulaire().sujets_d_une_description
    for rang, forme in enumerate(formes):
        avant = formes[max(0, rang - PORTEE_DU_SUJET) : rang]
        if (
            not sujets.intersection(avant)
            or set(avant) & {"vous", "nous"}
            or formes[rang + 1 : rang + 2] == ["tout"]
        ):
            continue
        raconte = forme in vocabulaire().verbes_d_ecriture and (
            forme.endswith(("rai", "rais")) or (sujets - {"je", "j"}).intersection(avant)
        )
        conditionnel = re.fullmatch(r"\w{3,}(?:rais|rait)", forme) and set(avant) & {
            "je",
            "j",
            "on",
        }
        marques += bool(
            raconte
            or (conditionnel and not forme.startswith(tuple(vocabulaire().pas_des_descriptions)))
        )
    return marques


def _parties_nommees(texte: str) -> int:
    """Combien de parties de la lettre le texte nomme, hors des étiquettes comme « Objet : »."""
    sans_etiquettes = [mot.forme for mot in lire(re.sub(r"(?m)^[^\n:]{0,25}:", "", texte))]
    nommees = sum(bool(cherche(sans_etiquettes, (tour,))) for tour in vocabulaire().noms_de_parties)
    return nommees if nommees >= 2 else 0
