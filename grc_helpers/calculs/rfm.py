"""Noter les clients d'un commerce d'après leurs achats : récence, fréquence, montant (RFM), score, segment, retour d'un envoi.

Pour chaque client, à une date d'analyse : la **récence** est le nombre de jours depuis le dernier achat (petit = bien), la
**fréquence** le nombre de *jours* d'achat (deux tickets le même jour font une visite), le **montant** le total acheté (euros).

Chaque mesure reçoit une note de 1 à 5 par quintiles : on range les clients du moins bon au meilleur et on coupe la file en cinq. Une
coupure tombe parfois entre deux clients à égalité. La règle porte donc un nom :

- ``ex_aequo="bas"`` (celle du cours) : tous prennent la note la plus basse de leur groupe ; un seul achat vaut toujours 1 ;
- ``ex_aequo="haut"`` : tous prennent la plus haute.

Dans les deux cas, deux clients à égalité ont la même note. Ailleurs, ``pandas.qcut`` refuse ces données (« bin edges must be unique »),
et la parade courante, ``rank(method="first")``, comme ``ntile`` de R, sépare les ex æquo d'après l'ordre du fichier : sans raison.
Sur ces notes en marketing direct et leurs limites : J. Miglautsch, « Thoughts on RFM Scoring », Journal of Database Marketing, 2000.
Les segments et les taux de réponse sont ceux du cours : il n'y en a pas d'officiels.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

ExAequo = Literal["bas", "haut"]
NOTE_MAXIMALE = 5
# La récence pèse le plus : qui vient d'acheter répond le plus volontiers.
POIDS = {"recence": 3, "frequence": 2, "montant": 1}
SEGMENTS = ("champions", "fidèles", "à développer", "occasionnels", "à réactiver", "perdus")
# La part des clients qui répondent à un courrier, selon leur note de récence : un exemple chiffré, à remplacer par ce qu'on a mesuré.
TAUX_DE_REPONSE: Mapping[float, float] = {5: 0.40, 4: 0.30, 3: 0.20, 2: 0.10, 1: 0.05}


@dataclass(frozen=True)
class Vente:
    """Un ticket de caisse ; ``montant`` en euros."""

    jour: date
    client: str
    montant: float


@dataclass(frozen=True)
class Mesures:
    """Ce que le journal des ventes dit d'un client : jours depuis le dernier achat, jours d'achat, total acheté (euros)."""

    recence: int
    frequence: int
    montant: float

    @property
    def panier(self) -> float:
        """Ce que le client dépense en moyenne un jour d'achat, en euros."""
        return self.montant / self.frequence


@dataclass(frozen=True)
class Notes:
    """Les trois notes d'un client, de 1 à 5 ; 5 est toujours la meilleure."""

    recence: int
    frequence: int
    montant: int

    @property
    def code(self) -> str:
        """Les trois notes côte à côte, dans l'ordre R, F, M."""
        return f"{self.recence}-{self.frequence}-{self.montant}"


def mesurer(ventes: Iterable[Vente], analyse: date) -> dict[str, Mesures]:
    """Les mesures de chaque client au jour d'``analyse``. Les ventes postérieures ne comptent pas : on ne les connaissait pas.

    >>> ventes = [Vente(date(2026, 5, 2), "Lina", 12.5), Vente(date(2026, 5, 2), "Lina", 4), Vente(date(2026, 6, 20), "Lina", 30)]
    >>> mesurer(ventes, date(2026, 6, 30))
    {'Lina': Mesures(recence=10, frequence=2, montant=46.5)}
    """
    tickets: dict[str, list[Vente]] = {}
    for vente in ventes:
        if vente.jour <= analyse:
            tickets.setdefault(vente.client, []).append(vente)
    return {
        client: Mesures(
            recence=(analyse - max(vente.jour for vente in siens)).days,
            frequence=len({vente.jour for vente in siens}),
            # Au centime : deux totaux égaux doivent rester égaux malgré le calcul binaire.
            montant=round(sum(vente.montant for vente in siens), 2),
        )
        for client, siens in tickets.items()
    }


def noter(
    valeurs: Mapping[str, float], ex_aequo: ExAequo = "bas", petit_est_mieux: bool = False
) -> dict[str, int]:
    """La note de 1 à 5 de chaque client pour une mesure : 1 + 5 × (clients qui font moins bien) ÷ (tous les clients), sans décimales.

    Avec ``"haut"``, on compte aussi les autres clients à égalité.

    >>> visites = {"Lina": 1, "Marc": 1, "Nour": 1, "Odile": 2, "Paco": 6}
    >>> noter(visites)
    {'Lina': 1, 'Marc': 1, 'Nour': 1, 'Odile': 4, 'Paco': 5}
    >>> noter(visites, "haut")
    {'Lina': 3, 'Marc': 3, 'Nour': 3, 'Odile': 4, 'Paco': 5}
    >>> noter({"Lina": 10, "Marc": 200}, petit_est_mieux=True)
    {'Lina': 3, 'Marc': 1}
    """
    sens = -1 if petit_est_mieux else 1
    file = sorted(sens * valeur for valeur in valeurs.values())

    def devances(valeur: float) -> int:
        return bisect_left(file, valeur) if ex_aequo == "bas" else bisect_right(file, valeur) - 1

    return {
        client: 1 + NOTE_MAXIMALE * devances(sens * valeur) // len(file)
        for client, valeur in valeurs.items()
    }


def noter_tous(mesures: Mapping[str, Mesures], ex_aequo: ExAequo = "bas") -> dict[str, Notes]:
    """Les trois notes de chaque client, indépendantes les unes des autres.

    >>> noter_tous({"Lina": Mesures(10, 2, 46.5), "Marc": Mesures(200, 1, 300)})
    {'Lina': Notes(recence=3, frequence=3, montant=1), 'Marc': Notes(recence=1, frequence=1, montant=3)}
    """
    recences = noter(
        {client: m.recence for client, m in mesures.items()}, ex_aequo, petit_est_mieux=True
    )
    frequences = noter({client: m.frequence for client, m in mesures.items()}, ex_aequo)
    montants = noter({client: m.montant for client, m in mesures.items()}, ex_aequo)
    return {
        client: Notes(recences[client], frequences[client], montants[client]) for client in mesures
    }


def score(recence: float, frequence: float, montant: float) -> float:
    """Le score RFM du cours, de 6 à 30 : 3 × R + 2 × F + M.

    Des entreprises de vente par courrier pondèrent ainsi les trois notes, parce que la récence annonce le mieux la réponse.

    >>> score(5, 4, 3)
    26
    """
    return POIDS["recence"] * recence + POIDS["frequence"] * frequence + POIDS["montant"] * montant


def segment(recence: int, frequence: int) -> str:
    """Le segment d'un client, d'après ses notes de récence et de fréquence ; le montant départage à l'intérieur d'un segment.

    >>> [segment(r, f) for r, f in ((5, 4), (3, 5), (4, 1), (3, 2), (1, 3), (2, 2))]
    ['champions', 'fidèles', 'à développer', 'occasionnels', 'à réactiver', 'perdus']
    """
    if recence <= 2:
        return "à réactiver" if frequence >= 3 else "perdus"
    if frequence <= 2:
        return "à développer" if recence >= 4 else "occasionnels"
    return "champions" if recence >= 4 and frequence >= 4 else "fidèles"


def gain_attendu(note_recence: int, marge: float, cout: float) -> float:
    """Ce qu'un courrier rapporte en moyenne (euros) : taux de réponse × ``marge`` laissée par qui vient − ``cout`` du courrier.

    >>> round(gain_attendu(5, marge=20, cout=5), 2), round(gain_attendu(1, marge=20, cout=5), 2)
    (3.0, -4.0)
    """
    return TAUX_DE_REPONSE[note_recence] * marge - cout


@dataclass(frozen=True)
class Envoi:
    """Un plan chiffré : à qui l'on écrit, qui l'on saute parce qu'il refuse la publicité, et ce qu'on en attend (euros)."""

    ecrits: tuple[str, ...]
    refus: tuple[str, ...]
    reponses: float
    marge: float
    cout: float

    @property
    def gain(self) -> float:
        """La marge attendue moins ce que coûtent les courriers."""
        return self.marge - self.cout


def preparer_envoi(
    ordre: Iterable[str],
    notes: Mapping[str, Notes],
    marges: Mapping[str, float],
    refus: Iterable[str],
    budget: float,
    cout: float,
) -> Envoi:
    """Écrit aux clients dans l'``ordre`` donné tant que le ``budget`` le permet ; un client qui refuse est sauté et ne coûte rien.

    ``marges`` : ce que laisse chaque client s'il vient ; ``cout`` d'un courrier, positif.

    >>> notes = {"Lina": Notes(5, 4, 3), "Marc": Notes(5, 5, 5), "Nour": Notes(1, 1, 1)}
    >>> envoi = preparer_envoi(["Marc", "Lina", "Nour"], notes, dict.fromkeys(notes, 20), refus=["Marc"], budget=7, cout=5)
    >>> envoi.ecrits, envoi.refus, envoi.gain
    (('Lina',), ('Marc',), 3.0)
    """
    # L'arrondi retire la poussière du calcul binaire : 30 € de budget paient bien 100 courriers à 0,30 €.
    possibles, refuses = int(round(budget / cout, 9)), set(refus)
    ecrits: list[str] = []
    sautes: list[str] = []
    for client in ordre:
        if len(ecrits) == possibles:
            break
        (sautes if client in refuses else ecrits).append(client)
    return Envoi(
        ecrits=tuple(ecrits),
        refus=tuple(sautes),
        reponses=sum(TAUX_DE_REPONSE[notes[client].recence] for client in ecrits),
        marge=sum(TAUX_DE_REPONSE[notes[client].recence] * marges[client] for client in ecrits),
        cout=cout * len(ecrits),
    )
