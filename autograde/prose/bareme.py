"""Ce que l'auteur écrit d'une réponse rédigée, prose ou lettre : les idées attendues, et à quoi elles se reconnaissent."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from autograde.fichiers.yaml_valide import Strict


def _plafond(ecrit: object) -> object:
    """Lève ``ValueError`` si ce n'est pas une part des points."""
    if isinstance(ecrit, bool) or not isinstance(ecrit, int | float) or not 0 <= ecrit < 1:
        raise ValueError(
            "« obligatoire » donne la part des points que la note ne dépasse pas si l'élément manque : "
            "un nombre plus petit que 1, comme 0.5"
        )
    return ecrit


class NombreAttendu(Strict):
    """Un nombre qui vaut formulation dans une réponse rédigée.

    ``avec`` : les mots, écrits comme des formulations, dont l'un doit être dans la même phrase (« 12 » est partout, « gagne 12 » non).
    """

    valeur: float
    tolerance: float = Field(default=0.0, ge=0)
    avec: list[str] = []


class Element(Strict):
    """Une idée attendue dans une réponse rédigée.

    ``obligatoire`` : sans elle, la note ne dépasse pas cette part des points.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    libelle: str
    poids: float = Field(default=1, gt=0)
    formulations: list[str] = []
    nombres: list[NombreAttendu] = []
    sens: Literal["affirme", "nie", "libre"] = "affirme"
    ancre: list[str] = []
    notions: list[list[str]] = []
    au_moins: int | None = Field(default=None, ge=1)
    obligatoire: Annotated[float, BeforeValidator(_plafond)] | None = None

    @model_validator(mode="after")
    def _reconnaissable(self):
        if not self.formulations and not self.notions and not self.nombres:
            raise ValueError(
                "un élément se reconnaît à des « formulations », des « notions » ou des « nombres »"
            )
        if self.au_moins and self.au_moins > len(self.notions) + len(self.nombres):
            raise ValueError("« au_moins » demande plus de notions qu'il n'y en a")
        return self


class ContreElement(Strict):
    """Une idée fausse qui, affirmée, annule des éléments."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    formulations: list[str] = Field(min_length=1)
    annule: list[str] = []
    message: str


class BaremeRedige(Strict):
    """Ce qui est commun aux réponses rédigées, prose ou lettre.

    ``hors_sujet`` : des formulations qui sortent de l'époque ou du cadre que la question impose. ``compare`` : les mots qui nomment ce
    que la question compare ; une liste vide dit qu'elle ne compare rien. ``accepte`` : les conseils de « grc verifier-bareme » que
    l'auteur garde, et pourquoi ; ils ne changent aucune note. ``lecons`` : ce que le cours a fait lire, dont la recopie se relit.
    """

    elements: list[Element] = Field(min_length=1)
    contre_elements: list[ContreElement] = []
    n_sur: int | None = Field(default=None, ge=1)
    hors_sujet: list[str] = []
    compare: list[str] | None = None
    accepte: dict[str, str] = Field(default={}, exclude=True)
    enonce: str = ""
    lecons: tuple[str, ...] = Field(default=(), exclude=True, repr=False)

    @property
    def obligatoires(self) -> list[Element]:
        """Les éléments sans lesquels la note est plafonnée."""
        return [element for element in self.elements if element.obligatoire is not None]

    @property
    def toujours_relue(self) -> bool:
        """Un humain relit la réponse, quoi que le moteur y reconnaisse."""
        raise NotImplementedError

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
        if self.n_sur and self.n_sur < len(self.obligatoires):
            raise ValueError("il y a plus d'éléments « obligatoire » que « n_sur » n'en compte")
        if any(not raison.strip() for raison in self.accepte.values()):
            raise ValueError("« accepte » donne une raison à chaque conseil que l'on garde")
        return self


class BaremeReponse(BaremeRedige):
    type: Literal["prose"]
    relecture: Literal["auto", "toujours"] = "auto"

    @property
    def toujours_relue(self) -> bool:
        return self.relecture == "toujours"


PARTIES = {
    "expediteur": "l'expéditeur et ses coordonnées",
    "lieu_date": "le lieu et la date",
    "destinataire": "le destinataire et son adresse",
    "objet": "la ligne d'objet",
    "appel": "la formule d'appel",
    "politesse": "la formule de politesse",
    "signature": "la signature",
}


class PartieDemandee(Strict):
    """Une partie de la lettre ; « objet » seul vaut « {partie: objet, poids: 1} »."""

    partie: Literal[*PARTIES]  # type: ignore[valid-type]  # les noms viennent du dictionnaire
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
    def toujours_relue(self) -> bool:
        return True

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
