"""Le barème d'un devoir (``bareme.yml``) : ce que l'auteur peut y écrire, et sa lecture."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from autograde.fichiers.yaml_valide import lire_yaml_valide
from grc_helpers.calculs.cas import MODELES
from grc_helpers.case import Case


class _Strict(BaseModel):
    """Un mot inconnu dans le barème est une faute de frappe : on la refuse au lieu de l'ignorer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Tolerance(_Strict):
    """Écart permis autour de la valeur attendue : le plus large des deux."""

    relative: float = Field(default=0.0005, ge=0, lt=1)
    absolue: float = Field(default=0.005, ge=0)

    def admet(self, valeur: float, attendue: float) -> bool:
        return abs(valeur - attendue) <= max(self.absolue, abs(attendue) * self.relative) * (
            1 + 1e-9
        )


class Intervalle(_Strict):
    """Toutes les valeurs de ``de`` à ``a`` sont acceptées."""

    de: float
    a: float

    @model_validator(mode="after")
    def _ordonne(self):
        if self.de > self.a:
            raise ValueError("« de » doit être plus petit que « a »")
        return self


def _ses_colonnes(colonnes: Any) -> Any:
    if not isinstance(colonnes, dict):
        raise PydanticCustomError("colonnes_attendues", "une ligne sans ses colonnes")
    return colonnes


def _case_ecrite(ecrite: Any) -> Case:
    """Une case du calcul : « CA total », ou « {Résultat: N4} » si elle est dans un tableau."""
    if isinstance(ecrite, str):
        return Case(ecrite)
    if isinstance(ecrite, dict) and len(ecrite) == 1:
        [(ligne, colonne)] = ecrite.items()
        return Case(str(ligne), str(colonne))
    raise ValueError("« case » s'écrit « CA total », ou « {Résultat: N4} » : ligne, puis colonne")


T = TypeVar("T")
# YAML lit une année comme un nombre ; un libellé, lui, est toujours un texte.
Libelle = Annotated[str, BeforeValidator(str)]
# Ce que le barème dit case par case : « ligne: {colonne: …} ». Ligne et colonne ne se joignent pas : un libellé est libre.
ParCase = dict[Libelle, Annotated[dict[Libelle, T], BeforeValidator(_ses_colonnes)]]
Valeurs = float | list[float]


def par_case(ecrit: dict[str, dict[str, T]]) -> dict[Case, T]:
    """Les cases une à une.

    >>> par_case({"Appels reçus/heure": {"Lundi": 12}})
    {Case(ligne='Appels reçus/heure', colonne='Lundi'): 12}
    """
    return {
        Case(ligne, colonne): valeur
        for ligne, colonnes in ecrit.items()
        for colonne, valeur in colonnes.items()
    }


def _liste(valeurs: Valeurs) -> list[float]:
    return valeurs if isinstance(valeurs, list) else [valeurs]


class ErreurDeNombre(_Strict):
    """Une erreur que l'on sait reconnaître, aux ``valeurs`` qui la trahissent, et expliquer."""

    message: str
    valeurs: Valeurs

    def trahie_par(self, case: Case, autres: Mapping[Case, float]) -> list[float]:
        """Les valeurs qui, dans cette case, trahissent l'erreur ; ``autres`` : ce que le stagiaire a écrit ailleurs."""
        return _liste(self.valeurs)


class ErreurDeTableau(_Strict):
    """Une erreur que l'on sait reconnaître et expliquer.

    ``cases`` : les valeurs qui la trahissent ; ``recopie`` : une ligne du tableau recopiée à la place d'une autre.
    """

    message: str
    cases: ParCase[Valeurs] = {}
    recopie: dict[Libelle, Libelle] = {}

    def trahie_par(self, case: Case, autres: Mapping[Case, float]) -> list[float]:
        """Les valeurs qui, dans cette case, trahissent l'erreur ; ``autres`` : ce que le stagiaire a écrit ailleurs.

        >>> erreur = ErreurDeTableau(message="Cumulez.", recopie={"Résultat cumulé": "Résultat"})
        >>> erreur.trahie_par(Case("Résultat cumulé", "N2"), {Case("Résultat", "N2"): 80})
        [80]
        """
        valeurs = _liste(self.cases.get(case.ligne, {}).get(case.colonne, []))
        if case.ligne in self.recopie:
            recopiee = autres.get(Case(self.recopie[case.ligne], case.colonne))
            return valeurs if recopiee is None else [*valeurs, recopiee]
        return valeurs

    @model_validator(mode="after")
    def _utile(self):
        if not self.cases and not self.recopie:
            raise ValueError("une erreur typique se reconnaît à des « cases » ou à une « recopie »")
        return self


Acceptees = Intervalle | list[float]


class _Calculee(_Strict):
    """Ce qui est commun aux questions dont la réponse vient d'un modèle de calcul, ou de valeurs écrites au barème."""

    calcul: str | None = None
    tolerance: Tolerance = Tolerance()
    report_erreur: bool = True

    @model_validator(mode="after")
    def _modele_connu(self):
        if self.calcul is not None and self.calcul not in MODELES:
            raise ValueError(
                f"le calcul « {self.calcul} » n'existe pas ; calculs connus : {', '.join(MODELES)}"
            )
        if (self.calcul is None) == (getattr(self, "attendu", None) is None):
            raise ValueError("donnez soit « calcul », soit « attendu »")
        return self


class BaremeNombre(_Calculee):
    """Un nombre seul. ``case`` : celle du calcul qui est demandée."""

    type: Literal["nombre"]
    case: Annotated[Case, BeforeValidator(_case_ecrite)] | None = None
    attendu: float | None = None
    accepte: Acceptees = []
    erreurs_typiques: list[ErreurDeNombre] = []

    @model_validator(mode="after")
    def _case_nommee(self):
        if self.calcul and not self.case:
            raise ValueError("avec « calcul », dites quelle « case » du modèle est demandée")
        return self

    def acceptees(self, case: Case) -> Acceptees:
        """Les autres valeurs acceptées."""
        return self.accepte


class BaremeTableau(_Calculee):
    type: Literal["tableau"]
    attendu: ParCase[float | str | list[str]] | None = None
    accepte: ParCase[Acceptees] = {}
    erreurs_typiques: list[ErreurDeTableau] = []

    @property
    def cases_citees(self) -> list[Case]:
        """Toutes les cases que le barème nomme, les siennes et celles de ses erreurs typiques."""
        ecrits = [self.attendu or {}, self.accepte, *(e.cases for e in self.erreurs_typiques)]
        return [case for ecrit in ecrits for case in par_case(ecrit)]

    def acceptees(self, case: Case) -> Acceptees:
        """Les autres valeurs acceptées dans cette case."""
        return self.accepte.get(case.ligne, {}).get(case.colonne, [])


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
            raise ValueError(
                "un élément se reconnaît à des « formulations », des « notions » ou des « nombres »"
            )
        if self.au_moins and self.au_moins > len(self.notions):
            raise ValueError("« au_moins » demande plus de notions qu'il n'y en a")
        return self


class ContreElement(_Strict):
    """Une idée fausse qui, affirmée, annule des éléments."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    formulations: list[str] = Field(min_length=1)
    annule: list[str] = []
    message: str


class BaremeRedige(_Strict):
    """Ce qui est commun aux réponses rédigées, prose ou lettre."""

    elements: list[Element] = Field(min_length=1)
    contre_elements: list[ContreElement] = []
    n_sur: int | None = Field(default=None, ge=1)
    enonce: str = ""

    @property
    def criteres(self) -> dict[str, str]:
        """Ce que la note détaille : de l'identifiant au libellé, dans l'ordre."""
        return {element.id: element.libelle for element in self.elements}

    @property
    def poids_de_la_forme(self) -> dict[str, float]:
        """Le poids de chaque critère de forme ; la prose n'en a pas."""
        return {}

    @model_validator(mode="after")
    def _identifiants(self):
        connus = [element.id for element in self.elements]
        if len(set(connus)) < len(connus):
            raise ValueError("deux éléments portent le même « id »")
        inconnus = [
            nom for contre in self.contre_elements for nom in contre.annule if nom not in connus
        ]
        if inconnus:
            raise ValueError(f"« annule » cite un élément inconnu : {', '.join(inconnus)}")
        if self.n_sur and self.n_sur > len(connus):
            raise ValueError("« n_sur » demande plus d'éléments qu'il n'y en a")
        return self


class BaremeReponse(BaremeRedige):
    type: Literal["prose"]
    relecture: Literal["auto", "toujours"] = "auto"


PARTIES = {
    "expediteur": "l'expéditeur et ses coordonnées",
    "lieu_date": "le lieu et la date",
    "destinataire": "le destinataire et son adresse",
    "objet": "la ligne d'objet",
    "appel": "la formule d'appel",
    "politesse": "la formule de politesse",
    "signature": "la signature",
}


class PartieDemandee(_Strict):
    """Une partie de la lettre ; « objet » seul vaut « {partie: objet, poids: 1} »."""

    partie: Literal[*PARTIES]
    poids: float = Field(default=1, gt=0)

    @model_validator(mode="before")
    @classmethod
    def _nommee(cls, valeur):
        return {"partie": valeur} if isinstance(valeur, str) else valeur


class BaremeLettre(BaremeRedige):
    """Une lettre : ses parties, les éléments de son texte et, si « ton » a un poids, son ton. Un humain la relit toujours.

    Dans le fichier : ``structure: [lieu_date, appel, {partie: objet, poids: 2}]``, ``ton: 1``, puis ``elements`` comme en prose.
    """

    type: Literal["lettre"]
    structure: list[PartieDemandee] = Field(min_length=1)
    ton: float | None = Field(default=None, gt=0)
    relecture: Literal["toujours"] = "toujours"

    @property
    def poids_de_la_forme(self) -> dict[str, float]:
        """Le poids de chaque partie demandée, et du ton s'il est noté."""
        return {demande.partie: demande.poids for demande in self.structure} | (
            {"ton": self.ton} if self.ton else {}
        )

    @property
    def criteres(self) -> dict[str, str]:
        return {nom: LIBELLES_DE_LA_FORME[nom] for nom in self.poids_de_la_forme} | super().criteres

    @model_validator(mode="after")
    def _parties(self):
        if len(self.poids_de_la_forme) < len(self.structure) + bool(self.ton):
            raise ValueError("une même partie est demandée deux fois")
        pris = [element.id for element in self.elements if element.id in LIBELLES_DE_LA_FORME]
        if pris:
            raise ValueError(
                f"un élément ne peut pas porter le nom d'une partie de la lettre : {', '.join(pris)}"
            )
        return self


LIBELLES_DE_LA_FORME = PARTIES | {"ton": "un ton courtois"}

BaremeQuestion = Annotated[
    BaremeNombre
    | BaremeTableau
    | BaremeChoix
    | BaremeOrdre
    | BaremeAssociation
    | BaremeReponse
    | BaremeLettre,
    Field(discriminator="type"),
]
_BAREME = TypeAdapter(dict[str, BaremeQuestion])


def charger_bareme(chemin: Path) -> dict[str, Any]:
    """Lit et valide un barème. Lève ``ErreurFormateur`` : une ligne par défaut, avec le fichier et la ligne."""
    return lire_yaml_valide(chemin, _BAREME)
