"""``%%choix q3 a b c`` : une ou plusieurs des lettres de la magie."""

from grc_helpers.calculs.case import Case
from grc_helpers.reponses.lettres import lire_lettres
from grc_helpers.reponses.types.contrat import Cellule, Controle, TypeDeReponse


class _Choix(TypeDeReponse):
    nom = "choix"

    def nombre_d_arguments(self, mots: list[str]) -> int:
        return len(mots)

    def controler(
        self, cellule: Cellule, deja_lues: dict[Case, float], vierge: Cellule | None = None
    ) -> Controle:
        lues = lire_lettres(cellule.corps, cellule.arguments)
        return Controle(len(lues.lettres), a_reprendre=lues.remarques)


CHOIX = _Choix()
