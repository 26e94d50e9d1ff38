"""Une commande dont la valeur est une date : le curseur compte les jours, le champ montre et lit « 15/10/2025 »."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from grc_helpers.figures.compte_client import jour_court

_DATE = re.compile(r"\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})(?:\s*[/.\-\s]\s*(\d{2}|\d{4}))?\s*")


@dataclass(frozen=True)
class PlageDeDates:
    """Du ``debut`` à la ``fin``, jour par jour. S'emploie comme une ``Plage`` dont la valeur est le nombre de jours depuis le début."""

    debut: date
    fin: date
    minimum: float = 0.0
    pas: float = 1.0

    @property
    def maximum(self) -> float:
        return float((self.fin - self.debut).days)

    def jour(self, valeur: float) -> date:
        """La date que désigne une valeur du curseur."""
        return self.debut + timedelta(days=int(valeur))

    def valeur(self, jour: date) -> float:
        """La place d'une date sur le curseur."""
        return float((jour - self.debut).days)

    def ecrire(self, valeur: float) -> str:
        """La date telle que le champ la montre.

        >>> PlageDeDates(date(2025, 12, 1), date(2026, 1, 31)).ecrire(31)
        '01/01/2026'
        """
        return jour_court(self.jour(valeur))

    def lire(self, texte: str) -> tuple[float | None, str]:
        """La valeur écrite (l'année est facultative), ou None et un message qui dit quoi corriger.

        >>> PlageDeDates(date(2025, 12, 1), date(2026, 1, 31)).lire("3/1")
        (33.0, '')
        >>> PlageDeDates(date(2025, 12, 1), date(2026, 1, 31)).lire("hier")
        (None, 'écrivez une date entre 01/12/2025 et 31/01/2026.')
        """
        refus = f"écrivez une date entre {jour_court(self.debut)} et {jour_court(self.fin)}."
        trouve = _DATE.fullmatch(texte)
        if not trouve:
            return None, refus
        annees = (
            [self.debut.year, self.fin.year] if trouve[3] is None else [int(trouve[3]) % 100 + 2000]
        )
        for annee in annees:
            try:
                valeur = self.valeur(date(annee, int(trouve[2]), int(trouve[1])))
            except ValueError:
                continue
            if 0 <= valeur <= self.maximum:
                return valeur, ""
        return None, refus
