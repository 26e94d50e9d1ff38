"""Fabrique le fichier des 600 clients de Fleur d'Atlas, toujours le même : ``python -m tests.donnees.clients_fleur_d_atlas`` le récrit.

Il suit ce que la leçon de la séquence 2 en dit (600 fiches, 7 tickets par an en moyenne, 410 accords) et reprend, sous leurs numéros, les
vingt-quatre fiches du simulateur de segment. Il n'a ni nom ni prénom : compter n'en demande pas.
"""

import csv
import io
from datetime import date, timedelta
from random import Random

from grc_helpers.donnees.commerces import clients
from tests.poste_ouvert import RACINE

FICHIER = RACINE / "grc_helpers/donnees/clients_fleur_d_atlas.csv"
ENTETES = ["client", "sexe", "age", "quartier", "achats", "panier", "total", "dernier", "accord"]
GRAINE, FICHES, TICKETS, ACCORDS = 600, 600, 4200, 410
# La leçon se passe le lundi 30 novembre 2026, avant l'ouverture.
AUJOURD_HUI = date(2026, 11, 30)
# Combien de clients, d'achats et d'euros par achat en moyenne, dans chaque quartier : au Centre on vient souvent, au Port on dépense.
QUARTIERS = {"Centre": (300, 8.0, 34), "Port": (170, 6.5, 62), "Gare": (130, 5.0, 30)}
DIMANCHE = 6


def fiches() -> list[list]:
    """Les lignes du fichier, dans l'ordre des numéros."""
    hasard = Random(GRAINE)
    connues = {fiche.numero: fiche for fiche in clients()}
    reste = {
        nom: combien - sum(fiche.quartier == nom for fiche in connues.values())
        for nom, (combien, _, _) in QUARTIERS.items()
    }
    a_placer = [nom for nom, combien in reste.items() for _ in range(combien)]
    hasard.shuffle(a_placer)
    lignes = []
    for rang in range(1, FICHES + 1):
        numero = f"C{rang:03d}"
        connue = connues.get(numero)
        quartier = connue.quartier if connue else a_placer.pop()
        _, achats, panier = QUARTIERS[quartier]
        lignes.append(
            [
                numero,
                connue.sexe if connue else "femme" if hasard.random() < 0.78 else "homme",
                connue.age if connue else _age(hasard, quartier),
                quartier,
                max(1, round(hasard.gauss(achats, 3))),
                int(connue.panier) if connue else max(8, round(hasard.gauss(panier, panier / 3))),
            ]
        )
    _ajuster_les_tickets(lignes, hasard)
    accords = _accords([connues.get(ligne[0]) for ligne in lignes], hasard)
    return [
        [*ligne, ligne[4] * ligne[5], _dernier(ligne[4], hasard), accord]
        for ligne, accord in zip(lignes, accords, strict=True)
    ]


def _age(hasard: Random, quartier: str) -> int:
    moyen = {"Centre": 43, "Port": 48, "Gare": 33}[quartier]
    return min(80, max(18, round(hasard.gauss(moyen, 13))))


def _ajuster_les_tickets(lignes: list[list], hasard: Random) -> None:
    """Un achat de plus ou de moins, ici et là, jusqu'au compte exact."""
    while ecart := TICKETS - sum(ligne[4] for ligne in lignes):
        ligne = hasard.choice(lignes)
        ligne[4] = max(1, ligne[4] + (1 if ecart > 0 else -1))


def _accords(connues: list, hasard: Random) -> list[str]:
    """« oui » ou « non » : le compte exact d'accords, sans toucher aux fiches connues."""
    acquis = sum(fiche.accord for fiche in connues if fiche)
    autres = [rang for rang, fiche in enumerate(connues) if not fiche]
    donnes = set(hasard.sample(autres, ACCORDS - acquis))
    return [
        "oui" if (fiche.accord if fiche else rang in donnes) else "non"
        for rang, fiche in enumerate(connues)
    ]


def _dernier(achats: int, hasard: Random) -> date:
    """Le dernier achat, dans l'année écoulée, jamais un dimanche ; qui vient souvent est venu plus récemment."""
    while True:
        jours = 2 + int(362 * hasard.random() ** (1 + achats / 6))
        jour = AUJOURD_HUI - timedelta(days=jours)
        if jour.weekday() != DIMANCHE:
            return jour


def en_csv() -> str:
    sortie = io.StringIO()
    ecrire = csv.writer(sortie, lineterminator="\n")
    ecrire.writerow(ENTETES)
    ecrire.writerows(fiches())
    return sortie.getvalue()


if __name__ == "__main__":
    FICHIER.write_text(en_csv(), encoding="utf-8", newline="\n")
