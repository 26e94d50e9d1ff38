"""Lire un fichier YAML de l'auteur et le valider : chaque défaut est dit en français, avec le fichier et la ligne."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML, YAMLError
from ruamel.yaml.comments import CommentedMap

from autograde.erreurs import ErreurFormateur

_MESSAGES = {
    "missing": "il manque « {champ} »",
    "extra_forbidden": "« {champ} » n'existe pas ici ; vérifiez l'orthographe",
    "union_tag_invalid": "« type » vaut « {tag} » ; types connus : {expected_tags}",
    "union_tag_not_found": "il manque « type »",
    "literal_error": "« {champ} » doit valoir {expected}",
    "float_parsing": "« {champ} » doit être un nombre",
    "float_type": "« {champ} » doit être un nombre",
    "int_parsing": "« {champ} » doit être un nombre entier",
    "int_type": "« {champ} » doit être un nombre entier",
    "string_type": "« {champ} » doit être un texte",
    "bool_parsing": "« {champ} » doit valoir true ou false",
    "list_type": "« {champ} » doit être une liste",
    "dict_type": "« {champ} » doit être une suite de « nom: valeur »",
    "colonnes_attendues": "« {champ} » est une ligne : donnez ses colonnes, comme « {champ}: {{Lundi: 80}} »",
    "model_type": "« {champ} » doit être une suite de « nom: valeur »",
    "too_short": "« {champ} » doit contenir au moins {min_length} élément(s)",
    "greater_than": "« {champ} » doit être plus grand que {gt}",
    "greater_than_equal": "« {champ} » doit valoir au moins {ge}",
    "less_than": "« {champ} » doit être plus petit que {lt}",
    "string_pattern_mismatch": "« {champ} » n'accepte que des minuscules sans accent, des chiffres et _",
}


class Strict(BaseModel):
    """Un mot inconnu dans le fichier est une faute de frappe : on la refuse au lieu de l'ignorer."""

    # Un modèle se prépare quand un fichier en a besoin, et une seule fois avec tout ce qu'il contient.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def lire_yaml_valide(chemin: Path, schema: TypeAdapter, cle: str = "question") -> Any:
    """Lit un fichier YAML et le valide par un schéma pydantic ; les défauts sont dits en français.

    ``cle`` : ce que nomment les clés du fichier, pour le dire au formateur.
    """
    try:
        texte = chemin.read_text(encoding="utf-8")
        return schema.validate_python(YAML(typ="safe").load(texte) or {})
    except FileNotFoundError as erreur:
        raise ErreurFormateur(
            f"{chemin.name} est introuvable dans {chemin.parent.name}/."
        ) from erreur
    except UnicodeDecodeError as erreur:
        raise _mal_ecrit(chemin, 0) from erreur
    except YAMLError as erreur:
        marque = getattr(erreur, "problem_mark", None)
        raise _mal_ecrit(chemin, marque.line if marque else 0) from erreur
    except ValidationError as erreur:
        # Ce lecteur-ci, bien plus lent, retient où est écrit chaque mot.
        avec_les_lignes = YAML(typ="rt").load(texte) or {}
        lignes = [
            f"{_lieu(chemin, _ligne(avec_les_lignes, e['loc']))} : {_en_francais(e, cle)}"
            for e in erreur.errors()
        ]
        raise ErreurFormateur("\n".join(dict.fromkeys(lignes))) from erreur


def _mal_ecrit(chemin: Path, ligne: int) -> ErreurFormateur:
    return ErreurFormateur(
        f"{_lieu(chemin, ligne)} : le fichier n'est pas écrit comme un YAML ; vérifiez les décalages et les deux-points de cette ligne."
    )


def _lieu(chemin: Path, ligne: int) -> str:
    return f"{chemin.parent.name}/{chemin.name}, ligne {ligne + 1}"


def _ligne(brut: Any, chemin: tuple) -> int:
    """La ligne du plus profond élément du YAML qui existe sur le chemin de l'erreur."""
    ligne, courant = 0, brut
    for cle in chemin:
        try:
            suivant = courant[cle]
            # Une clé porte sa position ; un élément de liste, la sienne.
            ligne = (
                courant.lc.key(cle)[0]
                if isinstance(courant, CommentedMap)
                else courant.lc.item(cle)[0]
            )
            courant = suivant
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # un nom de variante ajouté par le schéma, absent du fichier
    return ligne


def _en_francais(erreur: ErrorDetails, cle: str) -> str:
    lieux = [str(morceau) for morceau in erreur["loc"]]
    contexte = {"champ": lieux[-1] if lieux else "ce fichier", **erreur.get("ctx", {})}
    if erreur["type"] == "value_error":
        detail = str(contexte["error"])
    else:
        detail = _MESSAGES.get(erreur["type"], "« {champ} » n'a pas la forme attendue").format(
            **contexte
        )
    return f"{cle} « {lieux[0]} » : {detail}." if lieux else f"{detail}."
