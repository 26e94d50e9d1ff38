"""Ce que tout type de question sait faire d'une réponse, et ce que l'on en dit. Un type, un module à côté de celui-ci."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from markupsafe import Markup

from grc_helpers.calculs.case import Case
from grc_helpers.francais.forme import en_une_forme


@dataclass(frozen=True)
class Cellule:
    """Une cellule de réponse : son type, l'identifiant de la question, les arguments de la magie, le texte écrit."""

    type: str
    identifiant: str
    arguments: tuple[str, ...]
    corps: str

    @property
    def source(self) -> str:
        """La cellule remise en forme, telle que la version distribuée l'écrit."""
        return " ".join(("%%" + self.type, self.identifiant, *self.arguments)) + "\n" + self.corps


@dataclass
class Controle:
    """Le résultat d'un contrôle de forme : ce qui est rempli, ce qu'il faut reprendre (et dans quelles cases), ce qui est bon à savoir."""

    remplies: int = 0
    attendues: int = 1
    a_reprendre: list[str] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)
    fautives: list[Case] = field(default_factory=list)

    @property
    def vide(self) -> bool:
        return self.remplies == 0 and not self.a_reprendre

    @property
    def recevable(self) -> bool:
        return self.remplies >= self.attendues and not self.a_reprendre


class TypeDeReponse:
    """Un type de question, côté stagiaire : son nom est celui de sa magie. Rien ici ne lève d'erreur."""

    nom: str
    phrases = (
        False  # la réponse est faite de phrases : ce qui est tapé autour de la magie en fait partie
    )

    def nombre_d_arguments(self, mots: list[str]) -> int:
        """Combien des mots qui suivent l'identifiant font partie de la magie ; le reste a été tapé par le stagiaire."""
        return 0

    def arguments(
        self, mots: list[str], distribues: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        """Les mots qui font partie de la magie ; ``distribues`` : ses arguments dans la version distribuée, s'ils sont connus."""
        if distribues is None:
            return tuple(mots[: self.nombre_d_arguments(mots)])
        communs = 0
        while communs < min(len(mots), len(distribues)) and mots[communs] == distribues[communs]:
            communs += 1
        return tuple(mots[:communs])

    def est_vide(self, corps: str, vierge: str) -> bool:
        """Rien n'a été répondu ; ``vierge`` : le corps de la cellule distribuée."""
        return corps == vierge or sans_espaces(corps) == sans_espaces(vierge)

    def pieces(self, corps: str, vierge: str) -> set[Hashable] | None:
        """Ce que la réponse remplit, pièce par pièce ; None si elle n'est pas faite de pièces, ou si quelque chose n'y est pas lu."""
        return None

    def controler(
        self, cellule: Cellule, deja_lues: dict[Case, float], vierge: Cellule | None = None
    ) -> Controle:
        """La forme de la réponse, jamais sa justesse. ``deja_lues`` : les valeurs des autres tableaux du même calcul ; ``vierge`` : la
        même cellule dans la version distribuée, si on la connaît."""
        raise NotImplementedError

    def montrer(self, cellule: Cellule) -> Markup:
        """L'écho de la réponse, en HTML échappé."""
        return en_texte(cellule)

    def en_bref(self, cellule: Cellule) -> str:
        """Ce qui est lu, en quelques mots, quand cela apprend quelque chose à qui vient de l'écrire ; rien sinon."""
        return ""

    def calcul(self, cellule: Cellule) -> str:
        """Le calcul que la réponse partage avec d'autres questions ; rien si elle se suffit."""
        return ""

    def valeurs(self, cellule: Cellule) -> dict[Case, float]:
        """Les valeurs que les contrôles des autres questions peuvent relire."""
        return {}


def en_texte(cellule: Cellule) -> Markup:
    corps = cellule.corps.strip()
    return Markup('<div class="grc-texte">%s</div>') % corps if corps else Markup("")


def sans_espaces(texte: str) -> str:
    return "".join(en_une_forme(texte).split())
