"""Une classe fictive pour un devoir quelconque : des copies composées avec son corrigé et ses essais, quelques-unes abîmées."""

import random
from collections.abc import Callable, Iterator
from functools import partial

from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import (
    DEGATS,
    changer,
    fichier,
    notebook_du_cours,
    repondre,
    reponses_du_corrige,
)
from autograde.production.essais_du_bareme import Essai, charger_essais

GRAINE = 2026
UNE_ABIMEE_SUR = 8
# fmt: off
PRENOMS = [
    "amel", "bilal", "chloé", "david", "emma", "farid", "gaëlle", "hugo", "inès", "jules", "kenza", "lina", "mehdi", "nora", "omar",
    "paul", "rim", "salma", "théo", "wafa", "yanis", "zineb", "adam", "basma", "clément", "dounia", "élise", "fouad", "ghita", "hamza",
]
# fmt: on


def copies(cours: Cours, devoir: str, combien: int) -> Iterator[tuple[str, str, bytes]]:
    """Le stagiaire, le nom du fichier et son contenu, pour chaque copie. La même demande donne toujours la même classe."""
    hasard = random.Random(f"{GRAINE} {devoir}")
    distribue = notebook_du_cours(cours.notebook_distribue(devoir))
    corrige, essais = (
        reponses_du_corrige(cours, devoir),
        charger_essais(cours.solutions / devoir / "essais.yml"),
    )
    for rang in range(combien):
        copie = _composer(distribue, corrige, essais, hasard)
        yield prenom(rang), *_fabrique(rang)(copie, devoir)


def prenom(rang: int) -> str:
    """Le prénom d'un stagiaire fictif ; passé la liste, un numéro s'y ajoute.

    >>> prenom(0), prenom(30)
    ('amel', 'amel2')
    """
    tour, place = divmod(rang, len(PRENOMS))
    return PRENOMS[place] + (str(tour + 1) if tour else "")


def _composer(
    distribue: dict, corrige: dict[str, str], essais: dict[str, list[Essai]], hasard: random.Random
) -> dict:
    """Une copie : selon son aisance, le stagiaire répond comme le corrigé ou comme un des essais ; il laisse parfois un blanc."""
    aisance = hasard.uniform(0.3, 1)
    reponses, textes = {}, {}
    for question, juste in corrige.items():
        if hasard.random() < aisance or not essais.get(question):
            reponses[question] = juste
        elif hasard.random() < 0.9:
            textes[question] = hasard.choice(essais[question]).reponse
    copie = repondre(distribue, reponses)
    for question, texte in textes.items():
        changer(copie, question, partial(_sous_sa_premiere_ligne, texte))
    return copie


def _sous_sa_premiere_ligne(texte: str, source: str) -> str:
    return source.split("\n")[0] + "\n" + texte


def _fabrique(rang: int) -> Callable:
    """Une copie sur quelques-unes est abîmée, chaque fois d'une autre façon."""
    tour, place = divmod(rang, UNE_ABIMEE_SUR)
    return DEGATS[tour % len(DEGATS)] if place == UNE_ABIMEE_SUR - 1 else fichier
