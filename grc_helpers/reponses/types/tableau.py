"""``%%tableau q2 valeur_client`` : des cases à remplir, celles d'un calcul si la magie en nomme un."""

from collections.abc import Hashable
from functools import lru_cache

from markupsafe import Markup

from grc_helpers.calculs.case import Case
from grc_helpers.calculs.coherence import Relations, incoherences, parts_entre_0_et_1
from grc_helpers.francais.nombres import ecrire_nombre, lire_nombre
from grc_helpers.reponses.feuilles import FEUILLES, Feuille
from grc_helpers.reponses.libelles import dit_autre_chose, rapprocher
from grc_helpers.reponses.tableaux import TableauLu, lire_tableau
from grc_helpers.reponses.types.contrat import Cellule, Controle, TypeDeReponse, en_texte


# Le triage, la notation et l'écho lisent tour à tour la même réponse, et toute une classe le même tableau vierge : ce qui est lu est
# gardé le temps d'une copie ou deux. Personne ne le modifie.
@lru_cache(maxsize=128)
def lire_seul(corps: str) -> TableauLu:
    """Un tableau lu sans modèle."""
    return lire_tableau(corps)


@lru_cache(maxsize=64)
def lire_selon(corps: str, vierge: str) -> TableauLu:
    """Une réponse, lue selon le tableau distribué."""
    return lire_tableau(corps, lire_seul(vierge))


class _Tableau(TypeDeReponse):
    nom = "tableau"

    def nombre_d_arguments(self, mots: list[str]) -> int:
        """Le nom du calcul, s'il y en a un."""
        return int(bool(mots) and "|" not in mots[0])

    def est_vide(self, corps: str, vierge: str) -> bool:
        """Rien n'y est écrit de plus que dans le tableau distribué, dont des lignes ont pu être effacées ou déplacées."""
        if corps == vierge:
            return True
        distribue = lire_seul(vierge)
        memes_cases = lire_selon(corps, vierge).textes == distribue.textes
        return memes_cases and not dit_autre_chose(corps, vierge)

    def pieces(self, corps: str, vierge: str) -> set[Hashable] | None:
        distribue = lire_seul(vierge)
        lu = lire_selon(corps, vierge)
        remplies: set[Hashable] = {
            case for case, ecrit in lu.textes.items() if ecrit != distribue.textes.get(case)
        }
        return None if lu.non_lu else remplies

    def controler(
        self, cellule: Cellule, deja_lues: dict[Case, float], vierge: Cellule | None = None
    ) -> Controle:
        lu, feuille = lire_seul(cellule.corps), FEUILLES.get(self.calcul(cellule))
        controle = Controle(
            lu.remplies(), max(1, len(lu.textes)), list(lu.non_lu), list(lu.rapprochements)
        )
        illisibles = {
            case: f"{case} : {nombre.message}"
            for case, nombre in lu.nombres().items()
            if nombre.message
        }
        controle.a_reprendre += illisibles.values()
        controle.fautives += illisibles
        if feuille:
            controle.a_reprendre += _libelles_inconnus(lu, feuille)
            incoherentes = _incoherences(lu, feuille.relations, deja_lues)
            controle.a_reprendre += incoherentes.values()
            controle.fautives += incoherentes
            controle.a_reprendre += parts_entre_0_et_1(
                lu.valeurs(), len(lu.lignes), feuille.parts, feuille.cumuls
            )
        elif vierge:
            selon_l_enonce = lire_selon(cellule.corps, vierge.corps)
            controle.a_reprendre += [
                dit for dit in selon_l_enonce.non_lu if dit not in controle.a_reprendre
            ]
        return controle

    def montrer(self, cellule: Cellule) -> Markup:
        lu = lire_seul(cellule.corps)
        if not lu.lignes or not lu.colonnes:
            return en_texte(cellule)
        lignes = Markup("").join(self._montrer_une_ligne(lu, ligne) for ligne in lu.lignes)
        return Markup("<table><thead><tr><th></th>%s</tr></thead><tbody>%s</tbody></table>") % (
            _tete(tuple(lu.colonnes)),
            lignes,
        )

    def _montrer_une_ligne(self, lu: TableauLu, ligne: str) -> Markup:
        cases = (lu.textes.get(Case(ligne, colonne), "") for colonne in lu.colonnes)
        montrees = Markup("").join(map(self.montrer_une_case, cases))
        return Markup('<tr><th scope="row">%s</th>%s</tr>') % (ligne, montrees)

    def montrer_une_case(self, texte: str) -> Markup:
        """Ce qui est écrit, tel quel ; suivi du nombre lu, si un calcul ou une tournure l'entoure."""
        return _montrer_une_case(texte)

    def calcul(self, cellule: Cellule) -> str:
        return cellule.arguments[0] if cellule.arguments else ""

    def valeurs(self, cellule: Cellule) -> dict[Case, float]:
        return lire_seul(cellule.corps).valeurs()


# Toute une classe a les mêmes colonnes, et souvent les mêmes valeurs.
@lru_cache(maxsize=64)
def _tete(colonnes: tuple[str, ...]) -> Markup:
    return Markup("").join(Markup('<th scope="col">%s</th>') % titre for titre in colonnes)


@lru_cache(maxsize=4096)
def _montrer_une_case(texte: str) -> Markup:
    if not texte:
        return Markup('<td class="grc-vide">à remplir</td>')
    lu = lire_nombre(texte)
    calcule = "=" in texte or lu.tournure
    if lu.valeur is None or not calcule:
        return Markup("<td>%s</td>") % texte
    return Markup("<td>%s (lu : %s)</td>") % (texte, ecrire_nombre(lu.valeur, unite=lu.unite))


def _libelles_inconnus(lu: TableauLu, feuille: Feuille) -> list[str]:
    """Les lignes et les colonnes que le calcul ne connaît pas : un libellé changé, une colonne de trop."""
    lignes, colonnes = feuille.lignes, feuille.colonnes
    return [
        f"La ligne « {ligne[:40]} » n'est pas attendue ici. Reprenez le libellé de l'énoncé."
        for ligne in lu.lignes
        if not rapprocher(ligne, lignes).certain
    ] + [
        f"La colonne « {colonne[:40]} » n'est pas attendue ici. Gardez les colonnes de l'énoncé."
        for colonne in lu.colonnes
        if not rapprocher(colonne, colonnes).certain
    ]


def _incoherences(
    lu: TableauLu, relations: Relations, deja_lues: dict[Case, float]
) -> dict[Case, str]:
    """Par case, ce qui n'y va pas avec les autres."""
    valeurs = lu.valeurs()
    negatives = {
        case: f"{case} : un nombre de clients ne peut pas être négatif."
        for case, valeur in valeurs.items()
        if valeur < 0 and case.ligne.startswith("Clients")
    }
    # Une case de ce tableau que le stagiaire vient de vider ne compte plus.
    connues: dict[tuple[str, str], float] = {
        case: valeur for case, valeur in deja_lues.items() if case not in lu.textes
    }
    connues.update(valeurs.items())
    messages = incoherences(relations, connues)
    return negatives | {case: message for case, message in messages.items() if case in lu.textes}


TABLEAU = _Tableau()
