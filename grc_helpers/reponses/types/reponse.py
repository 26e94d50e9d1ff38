"""``%%reponse`` : quelques phrases."""

from grc_helpers.calculs.case import Case
from grc_helpers.reponses.types.contrat import Cellule, Controle, TypeDeReponse


class _Reponse(TypeDeReponse):
    nom = "reponse"
    phrases = True

    def controler(
        self, cellule: Cellule, deja_lues: dict[Case, float], vierge: Cellule | None = None
    ) -> Controle:
        compte = self.en_bref(cellule)
        return Controle(remplies=int(bool(compte)), remarques=[f"{compte}."] if compte else [])

    def en_bref(self, cellule: Cellule) -> str:
        mots = len(cellule.corps.split())
        return f"{mots} mot{'s' * (mots > 1)}" if mots else ""


REPONSE = _Reponse()
