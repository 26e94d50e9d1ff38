"""Ce qu'on retient d'une copie une fois corrigée : de quoi remplir une ligne du tableau de la classe, sans garder la copie."""

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Bilan:
    """Une copie corrigée, en bref. ``note`` : les points acquis automatiquement ; ``motif`` : pourquoi elle est illisible."""

    stagiaire: str
    note: float
    maximum: float
    etat: str
    recu: str
    motif: str = ""
    a_verifier: list[str] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)

    def en_texte(self) -> str:
        """Le bilan, pour le garder au carnet.

        >>> Bilan.du_texte(Bilan("léa", 12.5, 20, "lue", "sans reçu").en_texte()).note
        12.5
        """
        return json.dumps(asdict(self))

    @classmethod
    def du_texte(cls, texte: str) -> "Bilan":
        return cls(**json.loads(texte))
