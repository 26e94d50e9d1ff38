"""Le TP Bertin : contrôle du relevé de Tamax, soldes, ventes d'avril, commandes, place dans le portefeuille.

Chaque case suit celles d'avant : le total des commandes suit le montant que le stagiaire a retrouvé pour la facture mal recopiée, la
moyenne suit le total, et ainsi de suite.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from autograde.cas import donnees
from grc_helpers.calculs import coherence
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.compte_client import (
    Ecriture,
    ecarts_de_saisie,
    jours_de_la_periode,
    part_du_client_moyen,
    ventes_nettes,
)
from grc_helpers.calculs.tableau import Formule, Modele, Valeurs, valeur_ecrite
from grc_helpers.donnees import commerces
from grc_helpers.francais.dates import MOIS

MOIS_DU_TRIMESTRE = 3


@dataclass(frozen=True)
class Portefeuille:
    """Le portefeuille du commercial : son chiffre d'affaires mensuel (euros) et son nombre de clients."""

    ca_mensuel: float
    clients: int


# Ce que l'énoncé donne : la première et la dernière commande, le portefeuille du commercial.
PERIODE = (date(2026, 4, 7), date(2026, 6, 23))
PORTEFEUILLE = Portefeuille(ca_mensuel=46_000, clients=36)


def releve_de_tamax() -> tuple[list[Ecriture], list[float | None]]:
    """Le relevé tel que le stagiaire le reçoit, et les soldes qu'il imprime."""
    return commerces.compte("tamax", donnees.__name__)


def compte_de_tamax() -> list[Ecriture]:
    """Le compte de Tamax, les deux montants mal recopiés du relevé remis d'aplomb."""
    return corriger(*releve_de_tamax())


def modele() -> Modele:
    """Toutes les cases du TP, avec le relevé de Tamax."""
    return tableau(*releve_de_tamax(), PERIODE, PORTEFEUILLE)


def jour_en_lettres(jour: date) -> str:
    """Le jour tel que le tableau le nomme.

    >>> jour_en_lettres(date(2026, 6, 1)), jour_en_lettres(date(2026, 5, 27))
    ('1er juin', '27 mai')
    """
    return f"{'1er' if jour.day == 1 else jour.day} {MOIS[jour.month - 1]}"


def corriger(releve: Sequence[Ecriture], soldes_lus: Sequence[float | None]) -> list[Ecriture]:
    """Le relevé remis d'aplomb : les factures d'après les soldes lus, chaque traite d'après les ventes nettes de son mois."""
    ecarts = ecarts_de_saisie(releve, soldes_lus)
    justes = [_ajuster(ecriture, ecarts.get(rang, 0.0)) for rang, ecriture in enumerate(releve)]
    return [_retirer_la_traite(e, justes) if e.nature == "traite_tiree" else e for e in justes]


def _ajuster(e: Ecriture, ecart: float) -> Ecriture:
    return Ecriture(
        e.jour, e.nature, e.numero, e.libelle, round(e.debit + ecart, 2), e.credit, e.pour_memoire
    )


def _retirer_la_traite(e: Ecriture, compte: Sequence[Ecriture]) -> Ecriture:
    montant = ventes_nettes(compte, e.jour.year, e.jour.month)
    return Ecriture(e.jour, e.nature, e.numero, e.libelle, pour_memoire=montant)


def tableau(
    releve: Sequence[Ecriture],
    soldes_lus: Sequence[float | None],
    periode: tuple[date, date],
    portefeuille: Portefeuille,
) -> Modele:
    """Toutes les cases du TP. ``soldes_lus`` : les soldes imprimés, None là où le stagiaire calcule.

    ``periode`` : de la première commande à la dernière.
    """
    compte, relations = corriger(releve, soldes_lus), coherence.compte_client("d'avril")
    return Modele(
        [
            *_controle(releve, compte),
            *_soldes(compte, soldes_lus),
            *_ventes_d_avril(releve, compte, relations),
            *_commandes(releve, compte, periode, relations),
            *_place_dans_le_portefeuille(portefeuille),
        ]
    )


def _fautives(releve: Sequence[Ecriture], compte: Sequence[Ecriture]) -> tuple[Ecriture, Ecriture]:
    """La facture et la traite mal recopiées, telles que le relevé les montre."""
    fautives = [
        recopiee for recopiee, juste in zip(releve, compte, strict=True) if recopiee != juste
    ]
    facture, traite = sorted(fautives, key=lambda e: e.nature == "traite_tiree")
    return facture, traite


def _controle(releve, compte) -> list[Formule]:
    facture, traite = _fautives(releve, compte)
    justes = {e.numero: e for e in compte if e.nature in ("facture", "traite_tiree")}
    return [
        Formule(Case("Numéro de la pièce", "Facture"), lambda v: float(facture.numero)),
        Formule(Case("Numéro de la pièce", "Traite"), lambda v: float(traite.numero)),
        Formule(Case("Montant juste", "Facture"), lambda v: justes[facture.numero].debit),
        Formule(Case("Montant juste", "Traite"), lambda v: justes[traite.numero].pour_memoire),
        Formule(
            Case("Écart", "Facture"), lambda v: abs(v["Montant juste", "Facture"] - facture.debit)
        ),
        Formule(
            Case("Écart", "Traite"),
            lambda v: abs(v["Montant juste", "Traite"] - traite.pour_memoire),
        ),
    ]


def _soldes(compte, soldes_lus) -> list[Formule]:
    """Un solde par ligne où il n'est pas imprimé ; le premier part du dernier solde imprimé."""

    def solde(ecriture: Ecriture, avant: Case | None, depart: float, v: Valeurs) -> float:
        return (v[avant] if avant else depart) + ecriture.montant

    formules: list[Formule] = []
    avant: Case | None = None
    for rang, (ecriture, lu) in enumerate(zip(compte, soldes_lus, strict=True)):
        if lu is not None:
            continue
        case, depart = Case(jour_en_lettres(ecriture.jour), "Solde"), soldes_lus[rang - 1]
        formules.append(Formule(case, partial(solde, ecriture, avant, depart)))
        avant = case
    return formules


def _ventes_d_avril(releve, compte, relations) -> list[Formule]:
    fautive, _ = _fautives(releve, compte)
    autres = sum(
        e.debit
        for e in compte
        if e.nature == "facture" and e.jour.month == 4 and e.numero != fautive.numero
    )
    avoirs = sum(e.credit for e in compte if e.nature == "avoir" and e.jour.month == 4)
    return [
        Formule(
            Case("Factures d'avril", "Montant"), lambda v: autres + v["Montant juste", "Facture"]
        ),
        Formule(Case("Avoir d'avril", "Montant"), lambda v: avoirs),
        relations[Case("Ventes nettes d'avril", "Montant")],
    ]


def _commandes(releve, compte, periode, relations) -> list[Formule]:
    fautive, _ = _fautives(releve, compte)
    factures = [e for e in compte if e.nature == "facture"]
    autres = sum(e.debit for e in factures if e.numero != fautive.numero)

    def du_mois(mois: int) -> float:
        return round(sum(e.debit for e in factures if e.jour.month == mois), 2)

    return [
        Formule(Case("Commandes d'avril", "Valeur"), lambda v: v["Factures d'avril", "Montant"]),
        valeur_ecrite(Case("Commandes de mai", "Valeur"), du_mois(5)),
        valeur_ecrite(Case("Commandes de juin", "Valeur"), du_mois(6)),
        relations[Case("Baisse d'avril à juin, en %", "Valeur")],
        Formule(Case("Nombre de commandes", "Valeur"), lambda v: len(factures)),
        Formule(
            Case("Total des commandes", "Valeur"), lambda v: autres + v["Montant juste", "Facture"]
        ),
        relations[Case("Moyenne par commande", "Valeur")],
        Formule(
            Case("Jours du 7 avril au 23 juin", "Valeur"),
            lambda v: jours_de_la_periode(periode[0], periode[1], "exclues"),
        ),
        Formule(
            Case("Jours entre deux commandes", "Valeur"),
            lambda v: (
                v["Jours du 7 avril au 23 juin", "Valeur"]
                / (v["Nombre de commandes", "Valeur"] - 1)
            ),
        ),
        Formule(
            Case("Commandes par mois", "Valeur"),
            lambda v: v["Nombre de commandes", "Valeur"] / MOIS_DU_TRIMESTRE,
        ),
        Formule(
            Case("Achats de Tamax par mois", "Valeur"),
            lambda v: v["Total des commandes", "Valeur"] / MOIS_DU_TRIMESTRE,
        ),
    ]


def _place_dans_le_portefeuille(portefeuille: Portefeuille) -> list[Formule]:
    def part(v) -> float:
        return 100 * part_du_client_moyen(
            v["Achats de Tamax par mois", "Valeur"],
            v["Achats du client moyen par mois", "Valeur"],
            1,
        )

    return [
        Formule(
            Case("Achats du client moyen par mois", "Valeur"),
            lambda v: portefeuille.ca_mensuel / portefeuille.clients,
        ),
        Formule(Case("Tamax en % du client moyen", "Valeur"), part),
    ]
