"""La répartition des notes d'une classe, pour un devoir ou pour tous."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from autograde.carnet.releve import Releve
from autograde.rapport.donnees import Rapport
from grc_helpers.francais.nombres import ecrire_nombre

TRANCHES = 10
MAXIMUM_COMMUN = 20.0


@dataclass(frozen=True)
class Repartition:
    """Les notes d'une classe, sur ``maximum`` points ; ``provisoires`` : combien attendent encore une relecture.

    ``moyennes`` : une note par stagiaire, et non par copie.
    """

    notes: tuple[float, ...]
    maximum: float
    provisoires: int = 0
    moyennes: bool = False

    @property
    def mediane(self) -> float:
        return median(self.notes)

    @property
    def tranches(self) -> list[tuple[float, float, int]]:
        """Dix tranches égales : (de, à, combien). La dernière contient le maximum.

        >>> Repartition((0.0, 1.9, 2.0, 20.0), 20.0).tranches[:2], Repartition((20.0,), 20.0).tranches[-1]
        ([(0.0, 2.0, 2), (2.0, 4.0, 1)], (18.0, 20.0, 1))
        """
        largeur = self.maximum / TRANCHES
        rangs = [min(TRANCHES - 1, max(0, int(note / largeur + 1e-9))) for note in self.notes]
        return [
            (rang * largeur, (rang + 1) * largeur, rangs.count(rang)) for rang in range(TRANCHES)
        ]

    @property
    def phrase(self) -> str:
        """La conclusion.

        >>> Repartition((8.0, 12.0, 19.5), 20.0, provisoires=1).phrase
        '3 copies notées : médiane 12 sur 20, de 8 à 19,5. Une note est provisoire : elle attend une relecture.'
        """
        if not self.notes:
            return "Aucune copie n'est encore notée."
        if len(self.notes) == 1:
            debut = f"Une seule copie notée : {ecrire_nombre(self.notes[0])} sur {ecrire_nombre(self.maximum)}."
        else:
            bornes = f"de {ecrire_nombre(min(self.notes))} à {ecrire_nombre(max(self.notes))}"
            mediane = f"médiane {ecrire_nombre(self.mediane)} sur {ecrire_nombre(self.maximum)}"
            debut = f"{len(self.notes)} {'stagiaires notés' if self.moyennes else 'copies notées'} : {mediane}, {bornes}."
        if not self.provisoires:
            return debut
        if self.provisoires == 1:
            return f"{debut} Une note est provisoire : elle attend une relecture."
        return f"{debut} {self.provisoires} notes sont provisoires : elles attendent une relecture."


def est_note(releve: Releve) -> bool:
    """Au moins une question a une note : une copie illisible n'a pas zéro."""
    return any(note.points is not None for note in releve.questions.values())


def repartir(rapports: Sequence[Rapport]) -> Repartition:
    """Les totaux d'un devoir ; pour plusieurs, la moyenne sur 20 de chaque stagiaire, sur ce qu'il a rendu et qui est noté."""
    notes = [
        (rapport, releve) for rapport in rapports for releve in rapport.releves if est_note(releve)
    ]
    provisoires = {releve.stagiaire for _, releve in notes if releve.a_relire}
    if len(rapports) == 1:
        return Repartition(
            tuple(releve.total for _, releve in notes), rapports[0].devoir.total, len(provisoires)
        )
    sur_vingt: dict[str, list[float]] = {}
    for rapport, releve in notes:
        sur_vingt.setdefault(releve.stagiaire, []).append(
            MAXIMUM_COMMUN * releve.total / rapport.devoir.total
        )
    return Repartition(
        tuple(round(fmean(siennes), 2) for siennes in sur_vingt.values()),
        MAXIMUM_COMMUN,
        len(provisoires),
        moyennes=True,
    )
