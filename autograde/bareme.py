"""Le barème d'un devoir (``bareme.yml``) : son schéma, sa lecture, et des erreurs en français avec le fichier et la ligne."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from ruamel.yaml import YAML, YAMLError

from autograde.cours import ErreurFormateur
from grc_helpers.calculs.cas import MODELES


class _Strict(BaseModel):
    """Un mot inconnu dans le barème est une faute de frappe : on la refuse au lieu de l'ignorer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Tolerance(_Strict):
    """Écart permis autour de la valeur attendue : le plus large des deux."""

    relative: float = Field(default=0.0005, ge=0, lt=1)
    absolue: float = Field(default=0.005, ge=0)

    def admet(self, valeur: float, attendue: float) -> bool:
        return abs(valeur - attendue) <= max(self.absolue, abs(attendue) * self.relative) * (1 + 1e-9)


class Intervalle(_Strict):
    """Toutes les valeurs de ``de`` à ``a`` sont acceptées."""

    de: float
    a: float

    @model_validator(mode="after")
    def _ordonne(self):
        if self.de > self.a:
            raise ValueError("« de » doit être plus petit que « a »")
        return self


class ErreurTypique(_Strict):
    """Une erreur que l'on sait reconnaître et expliquer.

    ``cases`` : les valeurs qui la trahissent ; ``recopie`` : une ligne du tableau recopiée à la place d'une autre.
    """

    message: str
    cases: dict[str, float | list[float]] = {}
    recopie: dict[str, str] = {}

    @model_validator(mode="after")
    def _utile(self):
        if not self.cases and not self.recopie:
            raise ValueError("une erreur typique se reconnaît à des « cases » ou à une « recopie »")
        return self


class _Calculee(_Strict):
    """Ce qui est commun aux questions dont la réponse vient d'un modèle de calcul, ou de valeurs écrites au barème."""

    calcul: str | None = None
    tolerance: Tolerance = Tolerance()
    accepte: dict[str, Intervalle | list[float]] = {}
    report_erreur: bool = True
    erreurs_typiques: list[ErreurTypique] = []

    @model_validator(mode="after")
    def _modele_connu(self):
        if self.calcul is not None and self.calcul not in MODELES:
            raise ValueError(f"le calcul « {self.calcul} » n'existe pas ; calculs connus : {', '.join(MODELES)}")
        if (self.calcul is None) == (getattr(self, "attendu", None) is None):
            raise ValueError("donnez soit « calcul », soit « attendu »")
        return self


class BaremeNombre(_Calculee):
    type: Literal["nombre"]
    case: str | None = None
    attendu: float | None = None

    @model_validator(mode="after")
    def _case_nommee(self):
        if self.calcul and not self.case:
            raise ValueError("avec « calcul », dites quelle « case » du modèle est demandée")
        return self


class BaremeTableau(_Calculee):
    type: Literal["tableau"]
    attendu: dict[str, float | str | list[str]] | None = None


class BaremeChoix(_Strict):
    type: Literal["choix"]
    attendu: list[str] = Field(min_length=1)
    explications: dict[str, str] = {}


class BaremeOrdre(_Strict):
    type: Literal["ordre"]
    attendu: list[str] = Field(min_length=2)


class BaremeAssociation(_Strict):
    type: Literal["association"]
    attendu: dict[str, str | list[str]] = Field(min_length=1)


class NombreAttendu(_Strict):
    """Un nombre qui vaut formulation dans une réponse rédigée."""

    valeur: float
    tolerance: float = Field(default=0.0, ge=0)


class Element(_Strict):
    """Une idée attendue dans une réponse rédigée."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    libelle: str
    poids: float = Field(default=1, gt=0)
    formulations: list[str] = []
    nombres: list[NombreAttendu] = []
    sens: Literal["affirme", "nie", "libre"] = "affirme"
    ancre: list[str] = []
    notions: list[list[str]] = []
    au_moins: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _reconnaissable(self):
        if not self.formulations and not self.notions and not self.nombres:
            raise ValueError("un élément se reconnaît à des « formulations », des « notions » ou des « nombres »")
        if self.au_moins and self.au_moins > len(self.notions):
            raise ValueError("« au_moins » demande plus de notions qu'il n'y en a")
        return self


class ContreElement(_Strict):
    """Une idée fausse qui, affirmée, annule des éléments."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    formulations: list[str] = Field(min_length=1)
    annule: list[str] = []
    message: str


class BaremeReponse(_Strict):
    type: Literal["prose"]
    elements: list[Element] = Field(min_length=1)
    contre_elements: list[ContreElement] = []
    relecture: Literal["auto", "toujours"] = "auto"
    n_sur: int | None = Field(default=None, ge=1)
    enonce: str = ""

    @model_validator(mode="after")
    def _identifiants(self):
        connus = [element.id for element in self.elements]
        if len(set(connus)) < len(connus):
            raise ValueError("deux éléments portent le même « id »")
        inconnus = [nom for contre in self.contre_elements for nom in contre.annule if nom not in connus]
        if inconnus:
            raise ValueError(f"« annule » cite un élément inconnu : {', '.join(inconnus)}")
        if self.n_sur and self.n_sur > len(connus):
            raise ValueError("« n_sur » demande plus d'éléments qu'il n'y en a")
        return self


BaremeQuestion = Annotated[
    BaremeNombre | BaremeTableau | BaremeChoix | BaremeOrdre | BaremeAssociation | BaremeReponse,
    Field(discriminator="type"),
]
_BAREME = TypeAdapter(dict[str, BaremeQuestion])

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
    "model_type": "« {champ} » doit être une suite de « nom: valeur »",
    "too_short": "« {champ} » doit contenir au moins {min_length} élément(s)",
    "greater_than": "« {champ} » doit être plus grand que {gt}",
    "greater_than_equal": "« {champ} » doit valoir au moins {ge}",
    "less_than": "« {champ} » doit être plus petit que {lt}",
    "string_pattern_mismatch": "« {champ} » n'accepte que des minuscules sans accent, des chiffres et _",
}


def charger_bareme(chemin: Path) -> dict[str, Any]:
    """Lit et valide un barème. Lève ``ErreurFormateur`` : une ligne par défaut, avec le fichier et la ligne."""
    return lire_yaml_valide(chemin, _BAREME)


def lire_yaml_valide(chemin: Path, schema: TypeAdapter) -> Any:
    """Lit un fichier YAML et le valide par un schéma pydantic ; les défauts sont dits en français."""
    try:
        brut = YAML(typ="rt").load(chemin.read_text(encoding="utf-8")) or {}
    except FileNotFoundError as erreur:
        raise ErreurFormateur(f"{chemin.name} est introuvable dans {chemin.parent.name}/.") from erreur
    except (YAMLError, UnicodeDecodeError) as erreur:
        marque = getattr(erreur, "problem_mark", None)
        raise ErreurFormateur(
            f"{_lieu(chemin, marque.line if marque else 0)} : le fichier n'est pas écrit comme un YAML ; "
            "vérifiez les décalages et les deux-points de cette ligne."
        ) from erreur
    try:
        return schema.validate_python(brut)
    except ValidationError as erreur:
        lignes = [f"{_lieu(chemin, _ligne(brut, e['loc']))} : {_en_francais(e)}" for e in erreur.errors()]
        raise ErreurFormateur("\n".join(dict.fromkeys(lignes))) from erreur


def _lieu(chemin: Path, ligne: int) -> str:
    return f"{chemin.parent.name}/{chemin.name}, ligne {ligne + 1}"


def _ligne(brut: Any, chemin: tuple) -> int:
    """La ligne du plus profond élément du YAML qui existe sur le chemin de l'erreur."""
    ligne, courant = 0, brut
    for cle in chemin:
        try:
            suivant = courant[cle]
            # Une clé porte sa position ; un élément de liste, la sienne.
            ligne = courant.lc.key(cle)[0] if isinstance(courant, dict) else courant.lc.item(cle)[0]
            courant = suivant
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # un nom de variante ajouté par le schéma, absent du fichier
    return ligne


def _en_francais(erreur: dict) -> str:
    lieux = [str(morceau) for morceau in erreur["loc"]]
    contexte = {"champ": lieux[-1] if lieux else "le barème", **erreur.get("ctx", {})}
    if erreur["type"] == "value_error":
        detail = str(contexte["error"])
    else:
        detail = _MESSAGES.get(erreur["type"], "« {champ} » n'a pas la forme attendue").format(**contexte)
    return f"question « {lieux[0]} » : {detail}." if lieux else f"{detail}."
