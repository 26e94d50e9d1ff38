"""Lire le compte d'un client : soldes, lettrage, balance âgée, rythme des commandes, délai de paiement, marge.

Au débit, ce que le client nous doit (factures) ; au crédit, ce qui réduit sa dette (règlements, avoirs). Une traite tirée ne change
pas le solde : c'est une promesse de payer ; seul son encaissement est un règlement.

Chaque convention porte un nom, parce que deux personnes de bonne foi trouvent deux chiffres différents :

- ``fin_de_mois`` : ajouter le délai puis aller en fin de mois (``"apres"``), aller en fin de mois puis ajouter le délai
  (``"avant"``), ou n'ajouter que le délai (``"non"``). Les deux premières sont licites (fiche « Délais de paiement » de la DGCCRF) ;
- ``bornes`` : compter les jours d'une période avec ses deux bornes (``"incluses"``) ou par différence (``"exclues"``) ;
- ``depuis`` : l'âge d'une facture part de sa date (``"facture"``) ou de son échéance (``"echeance"``).
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Literal

Nature = Literal["report", "facture", "avoir", "reglement", "traite_tiree"]
FinDeMois = Literal["apres", "avant", "non"]
Bornes = Literal["incluses", "exclues"]
Depuis = Literal["facture", "echeance"]

TRANCHES = {"0 à 30 jours": 30, "31 à 60 jours": 60, "61 à 90 jours": 90}
PLUS_VIEUX, A_ECHOIR = "plus de 90 jours", "à échoir"
# Le nombre de combinaisons double avec chaque pièce ouverte : on cherche parmi les plus anciennes.
PIECES_ESSAYEES = 14


@dataclass(frozen=True)
class Ecriture:
    """Une ligne du compte. ``debit`` et ``credit`` en euros ; ``pour_memoire`` : le montant d'une traite tirée, hors du solde."""

    jour: date
    nature: Nature
    numero: str
    libelle: str
    debit: float = 0.0
    credit: float = 0.0
    pour_memoire: float = 0.0

    @property
    def montant(self) -> float:
        """Ce que la ligne ajoute au solde (négatif si elle le réduit)."""
        return round(self.debit - self.credit, 2)


def soldes(ecritures: Sequence[Ecriture]) -> list[float]:
    """Le solde progressif, ligne après ligne : solde d'avant + débit − crédit. Lève ``ValueError`` si les dates reculent.

    >>> facture = Ecriture(date(2026, 3, 2), "facture", "7", "savon", debit=120.50)
    >>> soldes([facture, Ecriture(date(2026, 3, 9), "reglement", "", "chèque", credit=100)])
    [120.5, 20.5]
    """
    if any(avant.jour > apres.jour for avant, apres in zip(ecritures, ecritures[1:], strict=False)):
        raise ValueError("Les écritures doivent être rangées par date.")
    resultat, solde = [], 0.0
    for ecriture in ecritures:
        solde = round(solde + ecriture.montant, 2)
        resultat.append(solde)
    return resultat


def ecarts_de_saisie(
    ecritures: Sequence[Ecriture], soldes_lus: Sequence[float | None]
) -> dict[int, float]:
    """Les lignes dont le montant ne fait pas passer d'un solde lu au suivant : leur rang, et ce qu'il faut ajouter au montant.

    ``soldes_lus`` : le solde imprimé à chaque ligne, None s'il manque.

    >>> lignes = [Ecriture(date(2026, 3, jour), "facture", "", "", debit=montant) for jour, montant in ((2, 50), (3, 81))]
    >>> ecarts_de_saisie(lignes, [50, 68])
    {1: -63.0}
    """
    trouves = {}
    for rang in range(1, len(ecritures)):
        avant, apres = soldes_lus[rang - 1], soldes_lus[rang]
        if (
            avant is not None
            and apres is not None
            and (ecart := round(apres - avant - ecritures[rang].montant, 2))
        ):
            trouves[rang] = ecart
    return trouves


def ventes_nettes(ecritures: Sequence[Ecriture], annee: int, mois: int) -> float:
    """Les factures du mois moins les avoirs du mois (euros). C'est ce que porte la traite tirée en fin de mois."""
    du_mois = [
        e
        for e in ecritures
        if (e.jour.year, e.jour.month) == (annee, mois) and e.nature in ("facture", "avoir")
    ]
    return round(sum(e.montant for e in du_mois), 2)


def lettrer(ecritures: Sequence[Ecriture]) -> list[str]:
    """Le lettrage : une même lettre pour un règlement et les pièces qu'il solde au centime ; vide si la pièce est ouverte.

    Chaque règlement, dans l'ordre des dates, prend le plus petit groupe de pièces antérieures dont la somme fait son montant,
    les plus anciennes d'abord. Un paiement partiel reste sans lettre.

    >>> lignes = [Ecriture(date(2026, 3, 2), "facture", "7", "", debit=120), Ecriture(date(2026, 3, 4), "facture", "8", "", debit=80),
    ...           Ecriture(date(2026, 3, 5), "avoir", "1", "", credit=20), Ecriture(date(2026, 4, 1), "reglement", "", "", credit=60)]
    >>> lettrer(lignes)
    ['', 'A', 'A', 'A']
    """
    lettres, posees = [""] * len(ecritures), 0
    for rang, ecriture in enumerate(ecritures):
        if ecriture.nature != "reglement":
            continue
        ouvertes = [
            i
            for i in range(rang)
            if ecritures[i].montant and ecritures[i].nature != "reglement" and not lettres[i]
        ]
        groupe = _groupe_exact(ecritures, ouvertes[:PIECES_ESSAYEES], ecriture.credit)
        if groupe:
            for place in (*groupe, rang):
                lettres[place] = _lettre(posees)
            posees += 1
    return lettres


def _groupe_exact(
    ecritures: Sequence[Ecriture], ouvertes: list[int], montant: float
) -> tuple[int, ...]:
    for taille in range(1, len(ouvertes) + 1):
        for groupe in combinations(ouvertes, taille):
            if round(sum(ecritures[i].montant for i in groupe), 2) == montant:
                return groupe
    return ()


def _lettre(rang: int) -> str:
    """A, B… Z, puis AA, AB…"""
    return (_lettre(rang // 26 - 1) if rang >= 26 else "") + chr(ord("A") + rang % 26)


def echeance(jour: date, delai: int = 30, fin_de_mois: FinDeMois = "apres") -> date:
    """La date de paiement d'une facture du ``jour``, à ``delai`` jours, selon la convention ``fin_de_mois``.

    >>> [echeance(date(2026, 4, 5), fin_de_mois=convention).isoformat() for convention in ("apres", "avant", "non")]
    ['2026-05-31', '2026-05-30', '2026-05-05']
    """
    if fin_de_mois == "avant":
        return _dernier_jour(jour) + timedelta(days=delai)
    au_delai = jour + timedelta(days=delai)
    return _dernier_jour(au_delai) if fin_de_mois == "apres" else au_delai


def _dernier_jour(jour: date) -> date:
    return jour.replace(day=calendar.monthrange(jour.year, jour.month)[1])


def pieces_ouvertes(ecritures: Sequence[Ecriture], jour: date) -> list[Ecriture]:
    """Ce qui n'est pas soldé à la date du ``jour`` : leur somme est le solde du compte ce jour-là."""
    passees = [e for e in ecritures if e.jour <= jour]
    return [
        e for e, lettre in zip(passees, lettrer(passees), strict=True) if e.montant and not lettre
    ]


def balance_agee(
    ecritures: Sequence[Ecriture],
    jour: date,
    depuis: Depuis = "facture",
    delai: int = 30,
    fin_de_mois: FinDeMois = "apres",
) -> dict[str, float]:
    """Le solde (euros) rangé par ancienneté à la date du ``jour`` : 0-30, 31-60, 61-90, plus de 90 jours.

    Depuis l'échéance, ce qui n'est pas encore dû est « à échoir ». Un avoir ou un règlement non lettré se compte en moins, depuis
    sa propre date.

    >>> lignes = [Ecriture(date(2026, 1, 10), "facture", "1", "", debit=300), Ecriture(date(2026, 3, 2), "facture", "2", "", debit=50)]
    >>> balance_agee(lignes, date(2026, 3, 31))
    {'0 à 30 jours': 50.0, '31 à 60 jours': 0.0, '61 à 90 jours': 300.0, 'plus de 90 jours': 0.0}
    >>> balance_agee(lignes, date(2026, 3, 31), depuis="echeance")["à échoir"]
    50.0
    """
    classes = dict.fromkeys(
        [*([A_ECHOIR] if depuis == "echeance" else []), *TRANCHES, PLUS_VIEUX], 0.0
    )
    for piece in pieces_ouvertes(ecritures, jour):
        depart = (
            echeance(piece.jour, delai, fin_de_mois)
            if depuis == "echeance" and _est_due(piece)
            else piece.jour
        )
        classe = _tranche((jour - depart).days, depuis)
        classes[classe] = round(classes[classe] + piece.montant, 2)
    return classes


def en_retard(
    ecritures: Sequence[Ecriture], jour: date, delai: int = 30, fin_de_mois: FinDeMois = "apres"
) -> float:
    """Le montant (euros) des pièces ouvertes dont l'échéance est passée à la date du ``jour``.

    >>> en_retard([Ecriture(date(2026, 1, 10), "facture", "1", "", debit=300)], date(2026, 2, 28))
    0.0
    >>> en_retard([Ecriture(date(2026, 1, 10), "facture", "1", "", debit=300)], date(2026, 3, 1))
    300.0
    """
    dues = [piece for piece in pieces_ouvertes(ecritures, jour) if _est_due(piece)]
    return round(
        sum(
            (piece.montant for piece in dues if echeance(piece.jour, delai, fin_de_mois) < jour),
            0.0,
        ),
        2,
    )


def _est_due(piece: Ecriture) -> bool:
    """Une facture ou un solde à nouveau a une échéance ; un avoir ou un règlement n'en a pas."""
    return piece.nature in ("facture", "report")


def _tranche(age: int, depuis: Depuis) -> str:
    if depuis == "echeance" and age <= 0:
        return A_ECHOIR
    return next((nom for nom, limite in TRANCHES.items() if age <= limite), PLUS_VIEUX)


def jours_de_la_periode(debut: date, fin: date, bornes: Bornes = "incluses") -> int:
    """Le nombre de jours du ``debut`` à la ``fin``.

    >>> jours_de_la_periode(date(2026, 3, 1), date(2026, 3, 31)), jours_de_la_periode(date(2026, 3, 1), date(2026, 3, 31), "exclues")
    (31, 30)
    """
    return (fin - debut).days + (1 if bornes == "incluses" else 0)


def jours_entre_commandes(commandes: Sequence[date], periode: int | None = None) -> float:
    """Combien de jours, en moyenne, d'une commande à la suivante.

    Avec ``periode`` (jours) : la période partagée entre les commandes. Sans elle : de la première à la dernière, divisé par le
    nombre d'intervalles (un de moins que de commandes). Lève ``ValueError`` s'il n'y a pas assez de commandes.

    >>> dates = [date(2026, 3, 1), date(2026, 3, 11), date(2026, 3, 21)]
    >>> jours_entre_commandes(dates, periode=31), jours_entre_commandes(dates)
    (10.333333333333334, 10.0)
    """
    if len(commandes) < (1 if periode else 2):
        raise ValueError("Il faut au moins une commande pour une période, deux pour un intervalle.")
    return (
        periode / len(commandes)
        if periode
        else (max(commandes) - min(commandes)).days / (len(commandes) - 1)
    )


def part_du_client_moyen(achats_par_mois: float, ca_mensuel: float, clients: int) -> float:
    """Les achats mensuels d'un client rapportés à ceux du client moyen du portefeuille (``ca_mensuel`` ÷ ``clients``) ; 1 = égal.

    >>> part_du_client_moyen(900, ca_mensuel=12000, clients=10)
    0.75
    """
    return achats_par_mois / (ca_mensuel / clients)


def dso(creances_ttc: float, ca_ttc: float, jours: int) -> float:
    """Le délai moyen de paiement (DSO, *days sales outstanding*), en jours : créances TTC ÷ CA TTC × jours de la période.

    Les deux montants sont TTC, et le chiffre d'affaires est celui de la période. Exemples publiés : 180 000 et 1 200 000 sur 360
    jours (droit-compta-gestion.fr), 1 000 et 1 300 sur 91 jours (comptabilite.pagesjaunes.fr).

    >>> dso(180_000, 1_200_000, 360), dso(1_000, 1_300, 91)
    (54.0, 70.0)
    """
    return creances_ttc * jours / ca_ttc


def hors_taxe(ttc: float, taux_tva: float) -> float:
    """Le montant hors taxe (euros) d'un montant TTC ; ``taux_tva`` est une part (0,20 pour 20 %).

    >>> round(hors_taxe(120, 0.20), 2)
    100.0
    """
    return ttc / (1 + taux_tva)


def taux_de_marge(taux_de_marque: float) -> float:
    """Du taux de marque (marge ÷ prix de vente HT) au taux de marge (marge ÷ coût d'achat HT) : marque ÷ (1 − marque).

    Exemple publié (france83.free.fr) : vendu 200, acheté 150, soit 25 % de marque et 33 1/3 % de marge.
    Lève ``ValueError`` hors de [0 ; 1[ : une marque de 100 % supposerait un achat gratuit.

    >>> round(taux_de_marge(0.25), 4)
    0.3333
    """
    if not 0 <= taux_de_marque < 1:
        raise ValueError("Le taux de marque va de 0 à 1, 1 exclu.")
    return taux_de_marque / (1 - taux_de_marque)


def taux_de_marque(taux_de_marge: float) -> float:
    """L'inverse de ``taux_de_marge`` : marge ÷ (1 + marge). Exemple publié (macalculatriceenligne.com) : acheté 50, vendu 100.

    >>> taux_de_marque(1.0)
    0.5
    """
    return taux_de_marge / (1 + taux_de_marge)
