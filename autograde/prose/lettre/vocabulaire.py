"""Le vocabulaire des lettres, ``vocabulaire.yml``, prêt à servir : sans accents, en mots séparés."""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter

from autograde.fichiers.yaml_valide import lire_yaml_valide
from autograde.prose.lexique import Mots, Rubriques, compiler, decouper, lire_lignes

Tour = tuple[str, ...]


def _tours(ecrits: Any) -> tuple[Tour, ...]:
    """Des tours, en mots séparés."""
    if not isinstance(ecrits, list):
        raise ValueError("cette rubrique est une liste de tours, entre crochets")
    return tuple(tuple(decouper(str(ecrit))) for ecrit in ecrits)


def _motif(ecrit: Any) -> re.Pattern:
    """Le motif qui reconnaît n'importe laquelle de ces expressions : une par ligne, ou, sur une seule ligne, séparées par des espaces."""
    lignes = lire_lignes(ecrit)
    expressions = lignes[0].split() if len(lignes) == 1 else lignes
    return compiler(f"(?:{'|'.join(expressions)})")


Tours = Annotated[tuple[Tour, ...], BeforeValidator(_tours)]
Motif = Annotated[re.Pattern, BeforeValidator(_motif)]


class Ton(Rubriques):
    """Une sorte de maladresse : son nom, ce qui reste au critère « ton », et les tours qui la trahissent."""

    motif: str
    credit: float
    tours: Tours


class Vocabulaire(Rubriques):
    """Les rubriques de ``vocabulaire.yml``, qui les explique : des mots, des tours (suites de mots) ou des motifs."""

    voies: Mots
    mois: Motif
    jours: Mots
    etiquettes_du_lieu: Motif
    devant_la_date: Motif
    pas_un_lieu: Mots
    articles_d_un_lieu: Mots

    etiquettes: Mots
    telephones: Motif
    pour_le_destinataire: Motif
    pour_l_expediteur: Motif
    references: Motif
    objets: Mots
    objets_vagues: Mots

    salutations: Motif
    salutations_familieres: Motif
    civilites: Motif
    civilites_abregees: Mots
    parlent: Mots

    fonctions: Mots
    collectifs: Mots
    debuts_de_phrase: Mots
    articles: Mots
    liens_d_un_nom: Mots

    en_pleine_politesse: Motif
    saluts: Mots
    compliments: Mots
    liaisons_d_un_compliment: Mots
    demandes: Mots
    receptions: Mots
    adverbes_de_politesse: Mots
    devant_un_adverbe: Mots
    abreviations_de_politesse: Mots
    fins_aimables: Tours
    remerciements: Tours

    mots_au_lecteur: Mots
    sujets_d_une_description: Mots
    verbes_d_ecriture: Mots
    pas_des_descriptions: Mots
    noms_de_parties: Tours
    mots_anglais: Mots

    ton: list[Ton]
    ecritures_de_message: Mots


_VOCABULAIRE = TypeAdapter(Vocabulaire)


@cache
def vocabulaire() -> Vocabulaire:
    """Le vocabulaire des lettres, lu une fois."""
    return lire_yaml_valide(Path(__file__).parent / "vocabulaire.yml", _VOCABULAIRE, "rubrique")


def cherche(formes: list[str], tours: tuple[Tour, ...]) -> list[int]:
    """Le rang du premier mot de chaque suite de ``tours`` présente dans ``formes``.

    >>> cherche(["vous", "allez", "le", "regretter"], (("le", "regretter"),))
    [2]
    """
    ouvertures = {tour[0] for tour in tours}
    rangs = [rang for rang, forme in enumerate(formes) if forme in ouvertures]
    return [
        rang
        for rang in rangs
        if any(tuple(formes[rang : rang + len(tour)]) == tour for tour in tours)
    ]
