"""``%%ordre q4 a b c`` : toutes les lettres de la magie, de la première à la dernière."""

from grc_helpers.calculs.case import Case
from grc_helpers.reponses.lettres import lire_lettres
from grc_helpers.reponses.types.contrat import Cellule, Controle, TypeDeReponse


class _Ordre(TypeDeReponse):
    nom = "ordre"

    def nombre_d_arguments(self, mots: list[str]) -> int:
        return len(mots)

    def controler(
        self, cellule: Cellule, deja_lues: dict[Case, float], vierge: Cellule | None = None
    ) -> Controle:
        lues = lire_lettres(cellule.corps, cellule.arguments)
        controle = Controle(len(lues.lettres), len(cellule.arguments), a_reprendre=lues.remarques)
        if 0 < controle.remplies < controle.attendues:
            manquantes = [lettre for lettre in cellule.arguments if lettre not in lues.lettres]
            controle.a_reprendre.append(f"Il manque : {', '.join(manquantes)}.")
        return controle


ORDRE = _Ordre()
