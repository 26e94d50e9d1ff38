"""L'atelier des réclamations de Souss Fibre : les 150 comptées par mois, par secteur et par cause.

Un cumul suit les mois que le stagiaire a comptés, un taux les réclamations qu'il a comptées dans le secteur.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from grc_helpers.calculs import coherence
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.reclamations import pour_mille
from grc_helpers.calculs.tableau import Formule, Modele, Valeurs, valeur_ecrite
from grc_helpers.donnees import lire
from grc_helpers.francais.dates import MOIS

# Ce que l'énoncé donne : les abonnés de chaque secteur, les causes à suivre, et où l'on coupe le semestre.
ABONNES = {"Agadir": 6_000, "Inezgane": 3_500, "Taroudant": 2_000, "Tiznit": 900}
CAUSES = ("Coupure", "Facture", "Installation en retard")
SAISONS = {"Été": (7, 8, 9), "Automne": (10, 11, 12)}


def reclamations() -> list[dict[str, str]]:
    """Les 150 réclamations, dans l'ordre d'arrivée.

    >>> len(reclamations())
    150
    """
    return lire("reclamations_souss_fibre")


def modele() -> Modele:
    """Toutes les cases de l'atelier, avec les réclamations de Souss Fibre."""
    return tableau(reclamations(), ABONNES)


def tableau(recues: Sequence[Mapping[str, str]], abonnes: Mapping[str, float]) -> Modele:
    """Le tableau de bord : les mois et leur cumul, les secteurs et leur taux, les causes par saison.

    >>> une = {"recue": "2026-07-01", "cause": "facture", "secteur": "Tiznit"}
    >>> petit = tableau([une, une | {"recue": "2026-08-03"}], {"Tiznit": 1_000})
    >>> valeurs = petit.calculer()
    >>> valeurs["Août", "Cumul"], valeurs["Tiznit", "Pour 1 000 abonnés"], valeurs["Facture", "Été"]
    (2.0, 2.0, 2.0)
    """
    numeros = [numero for saison in SAISONS.values() for numero in saison]
    noms = [MOIS[numero - 1].capitalize() for numero in numeros]
    cumuls = coherence.cumul_mensuel(noms)
    formules: list[Formule] = []
    for nom, numero in zip(noms, numeros, strict=True):
        recu = sum(_mois(ligne) == numero for ligne in recues)
        formules += [valeur_ecrite(Case(nom, "Reçues"), recu), cumuls[Case(nom, "Cumul")]]
    for secteur, combien in abonnes.items():
        du_secteur = sum(ligne["secteur"] == secteur for ligne in recues)
        formules += [
            valeur_ecrite(Case(secteur, "Réclamations"), du_secteur),
            Formule(Case(secteur, "Pour 1 000 abonnés"), partial(_taux, secteur, combien)),
        ]
    for cause in CAUSES:
        siennes = [_mois(ligne) for ligne in recues if ligne["cause"] == cause.lower()]
        formules += [
            valeur_ecrite(Case(cause, saison), sum(mois in siens for mois in siennes))
            for saison, siens in SAISONS.items()
        ]
    return Modele(formules)


def _mois(ligne: Mapping[str, str]) -> int:
    return int(ligne["recue"][5:7])


def _taux(secteur: str, abonnes: float, v: Valeurs) -> float:
    return pour_mille(v[secteur, "Réclamations"], abonnes)
