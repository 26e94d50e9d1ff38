"""La banque de commentaires du formateur : ``commentaires.yml``, à côté du carnet, commune à tous les devoirs."""

from io import StringIO
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter
from ruamel.yaml import YAML

from autograde.cours.dossiers import Cours
from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.fichiers.yaml_valide import lire_yaml_valide

_ENTETE = "# Les commentaires gardés pendant la relecture (« grc relire ») : à reprendre d'une touche, à corriger ou à effacer ici.\n"


class CommentaireGarde(BaseModel):
    """Un commentaire, et les questions où il a servi."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    texte: str
    questions: list[str]


_BANQUE = TypeAdapter(list[CommentaireGarde])


def fichier_de_la_banque(cours: Cours) -> Path:
    return cours.travail / "commentaires.yml"


def lire_la_banque(chemin: Path, question: str) -> list[str]:
    """Les commentaires gardés, ceux de cette question d'abord. Lève ``ErreurFormateur`` si le fichier est mal écrit."""
    return [
        garde.texte
        for garde in sorted(_lire(chemin), key=lambda garde: question not in garde.questions)
    ]


def garder(chemin: Path, question: str, texte: str) -> None:
    """Ajoute un commentaire, ou note que cette question s'en sert aussi."""
    gardes = _lire(chemin)
    connu = next(
        (garde for garde in gardes if garde.texte == texte),
        CommentaireGarde(texte=texte, questions=[]),
    )
    if question not in connu.questions:
        neuf = CommentaireGarde(texte=texte, questions=[*connu.questions, question])
        _ecrire(chemin, [*(garde for garde in gardes if garde.texte != texte), neuf])


def retirer(chemin: Path, texte: str) -> None:
    """Enlève un commentaire de la banque ; les copies qui l'ont reçu le gardent."""
    _ecrire(chemin, [garde for garde in _lire(chemin) if garde.texte != texte])


def _lire(chemin: Path) -> list[CommentaireGarde]:
    return lire_yaml_valide(chemin, _BANQUE) if chemin.is_file() and chemin.stat().st_size else []


def _ecrire(chemin: Path, gardes: list[CommentaireGarde]) -> None:
    flux = StringIO()
    YAML().dump([garde.model_dump() for garde in gardes], flux)
    ecrire_en_entier(chemin, _ENTETE + flux.getvalue())
