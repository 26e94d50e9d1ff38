"""``%%nombre q1 clients`` : une seule valeur, dans l'unité de la magie."""

from markupsafe import Markup

from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import UNITES, ecrire_nombre, lire_nombre, nom_unite
from grc_helpers.reponses.types.contrat import Cellule, Controle, TypeDeReponse, en_texte

_MONNAIES = {"€", "DH", "$"}
_PEUVENT_ETRE_NEGATIVES = {*_MONNAIES, "%", ""}


class _Nombre(TypeDeReponse):
    nom = "nombre"

    def nombre_d_arguments(self, mots: list[str]) -> int:
        """L'unité, si ce n'est pas déjà le nombre."""
        return int(bool(mots) and not any(c.isdigit() for c in mots[0]))

    def arguments(
        self, mots: list[str], distribues: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        """L'unité, même récrite (« EUR ») ou abîmée par un changement d'encodage (« ? ») ; un autre mot est déjà la réponse."""
        if self.nombre_d_arguments(mots) and (distribues is None or _est_une_unite(mots[0])):
            return tuple(mots[:1])
        return super().arguments(mots, distribues)

    def controler(
        self, cellule: Cellule, deja_lues: dict[Case, float], vierge: Cellule | None = None
    ) -> Controle:
        unite = _unite(cellule)
        lignes = [ligne for ligne in cellule.corps.split("\n") if ligne.strip()]
        if len(lignes) > 1:
            return Controle(
                a_reprendre=["Une seule valeur est attendue ici : gardez une seule ligne."]
            )
        lu = lire_nombre(lignes[0] if lignes else "", unite)
        if lu.message:
            return Controle(a_reprendre=[lu.message])
        if lu.valeur is None:
            return Controle()
        impossible = lu.valeur < 0 and nom_unite(unite) not in _PEUVENT_ETRE_NEGATIVES
        return Controle(
            remplies=1,
            a_reprendre=[f"Un nombre de {unite} ne peut pas être négatif."] if impossible else [],
        )

    def montrer(self, cellule: Cellule) -> Markup:
        lu = self.en_bref(cellule)
        return Markup("<p>Je lis : %s</p>") % lu if lu else en_texte(cellule)

    def en_bref(self, cellule: Cellule) -> str:
        """Le nombre lu ; un montant en euros a deux décimales, ou aucune.

        >>> _Nombre().en_bref(Cellule("nombre", "q", ("€",), "3007,4")).replace("\\u202f", " ").replace("\\u00a0", " ")
        '3 007,40 €'
        """
        lu = lire_nombre(cellule.corps.strip(), _unite(cellule))
        if lu.valeur is None:
            return ""
        unite = lu.unite or " ".join(cellule.arguments)
        centimes = nom_unite(unite) in _MONNAIES and lu.valeur != int(lu.valeur)
        return ecrire_nombre(lu.valeur, 2 if centimes else None, unite)


def _est_une_unite(mot: str) -> bool:
    abimee = len(mot) <= 3 and not any(c.isascii() and c.isalnum() for c in mot)
    return abimee or nom_unite(mot) in {nom for nom, _ in UNITES.values()}


def _unite(cellule: Cellule) -> str:
    return cellule.arguments[0] if cellule.arguments else ""


NOMBRE = _Nombre()
