"""Où tombe chaque cellule d'une copie dans le cours : une réponse, sa suite, un énoncé, un contrôle, ou ce que le stagiaire a ajouté."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from autograde.cours.devoir import SUFFIXE_ENONCE, SUFFIXE_TEST, Devoir
from grc_helpers.reponses.cellule import (
    est_un_commentaire,
    identifiant_de_la_ligne,
    lire_cellule,
    sans_diese,
)
from grc_helpers.reponses.notebook import cellules, identifiant, nbgrader, source, suite_de
from grc_helpers.reponses.types.contrat import sans_espaces


class Role(StrEnum):
    """Ce qu'est une cellule d'une copie."""

    REPONSE = "réponse"
    SUITE = "seconde partie d'une cellule de réponse coupée"
    ENONCE = "énoncé"
    CONTROLE = "contrôle"
    COURS = "texte du cours"
    AJOUT = "cellule ajoutée"


@dataclass(frozen=True)
class Place:
    """``question`` : celle dont l'énoncé précède, « » avant la première ; ``interieur`` : entre cet énoncé et son contrôle.

    ``modele`` : la cellule distribuée, si c'en est une.
    """

    role: Role
    question: str
    interieur: bool = False
    modele: dict | None = None


class Plan:
    """La version distribuée d'un devoir, vue comme une suite de places."""

    def __init__(self, devoir: Devoir):
        self.questions = devoir.questions
        self.distribuees = cellules(devoir.distribue)

    @cached_property
    def par_identifiant(self) -> dict[str, dict]:
        return {identifiant(c): c for c in self.distribuees if identifiant(c)}

    @cached_property
    def par_id(self) -> dict[str, dict]:
        return {c["id"]: c for c in self.distribuees if isinstance(c.get("id"), str)}

    @cached_property
    def par_texte(self) -> dict[str, dict]:
        return {texte: c for c in self.distribuees if (texte := sans_espaces(source(c)))}

    @cached_property
    def _questions_des_cellules(self) -> dict[int, str]:
        """La question de chaque cellule distribuée : celle dont l'énoncé, ou la réponse, est le dernier à la précéder."""
        courante, trouvees = "", {}
        for cellule in self.distribuees:
            nom = _question(identifiant(cellule))
            courante = nom if nom in self.questions else courante
            trouvees[id(cellule)] = courante
        return trouvees

    @cached_property
    def debuts(self) -> dict[str, str]:
        """Les lignes qui ouvrent un énoncé ou un contrôle, sans leurs espaces, et la sorte de cellule qu'elles ouvrent."""
        return {
            sans_espaces(source(c).lstrip().split("\n")[0]): c["cell_type"]
            for nom, c in self.par_identifiant.items()
            if nom.endswith((SUFFIXE_ENONCE, SUFFIXE_TEST)) and source(c).strip()
        }

    def place(self, modele: dict) -> Place:
        """La place d'une cellule distribuée, restée à sa place."""
        nom = identifiant(modele)
        role = Role.COURS
        if nom in self.questions:
            role = Role.REPONSE
        elif nom.endswith(SUFFIXE_ENONCE):
            role = Role.ENONCE
        elif nom.endswith(SUFFIXE_TEST):
            role = Role.CONTROLE
        return Place(role, self._questions_des_cellules[id(modele)], modele=modele)


def _question(nom: str) -> str:
    return nom.removesuffix(SUFFIXE_ENONCE).removesuffix(SUFFIXE_TEST)


def separer(copie: Sequence[dict], plan: Plan) -> tuple[list[dict], list[str]]:
    """Les cellules d'une copie, celles que le stagiaire a fusionnées séparées à leurs magies, énoncés et contrôles ; et les questions
    que cela concerne."""
    separees: list[dict] = []
    questions: list[str] = []
    for cellule in copie:
        texte = sans_diese(source(cellule))
        morceaux = (
            list(_morceaux(texte, identifiant(cellule), plan))
            if _peut_etre_fusionnee(texte, plan)
            else []
        )
        if len(morceaux) < 2:
            separees.append(cellule)
            continue
        for rang, (morceau, sorte) in enumerate(morceaux):
            autre = {"cell_type": sorte, "metadata": {}, "id": f"{cellule.get('id')}-{rang}"}
            separees.append((cellule if rang == 0 else autre) | {"source": morceau})
            lue = lire_cellule(morceau)
            if lue and lue.identifiant in plan.questions:
                questions.append(lue.identifiant)
    return separees, questions


def _peut_etre_fusionnee(texte: str, plan: Plan) -> bool:
    if not any(signe in texte for signe in ("%%", "verifier", "#")):
        return False
    return sans_espaces(texte) not in plan.par_texte


def _morceaux(texte: str, nom: str, plan: Plan) -> Iterator[tuple[str, str]]:
    """Les morceaux de la cellule ``nom``, et leur sorte ; un seul si rien n'y a été fusionné."""
    sorte = "code"
    morceau: list[str] = []
    for ligne in texte.split("\n"):
        nommee = identifiant_de_la_ligne(ligne)
        suivante = "code" if nommee in plan.questions and nommee != nom else ""
        suivante = suivante or plan.debuts.get(sans_espaces(ligne), "") if ligne.strip() else ""
        # Les commentaires du dessus restent avec leur magie.
        if suivante and not all(map(est_un_commentaire, morceau)):
            yield "\n".join(morceau), sorte
            morceau = []
        sorte = suivante or sorte
        morceau.append(ligne)
    yield "\n".join(morceau), sorte


def reperer(copie: Sequence[dict], plan: Plan) -> list[Place]:
    """La place de chaque cellule d'une copie."""
    lues = [lire_cellule(source(cellule)) for cellule in copie]
    magies = [lue.identifiant if lue and lue.identifiant in plan.questions else "" for lue in lues]
    avec_magie = set(magies) - {""}
    premieres: dict[str, str] = {}
    places, courante, interieur = [], "", False
    for cellule, magie in zip(copie, magies, strict=True):
        place = _place_seule(cellule, magie, plan)
        if place is None:
            places.append(Place(Role.AJOUT, courante, interieur))
            continue
        if place.role is Role.REPONSE and not magie:
            texte = sans_espaces(source(cellule))
            premiere = premieres.setdefault(place.question, texte)
            if place.question in avec_magie or premiere != texte:
                place = Place(Role.SUITE, place.question, True)
        places.append(place)
        courante = place.question
        interieur = bool(courante) and place.role in (Role.ENONCE, Role.REPONSE, Role.SUITE)
    return places


def _place_seule(cellule: dict, magie: str, plan: Plan) -> Place | None:
    """La place que la cellule donne d'elle-même : par sa magie, son nom nbgrader, son ``id``, son texte ; None si elle est ajoutée."""
    if magie:
        return plan.place(plan.par_identifiant[magie])
    nom = identifiant(cellule)
    if nom in plan.par_identifiant:
        return plan.place(plan.par_identifiant[nom])
    if (suite := suite_de(cellule)) in plan.questions:
        return Place(Role.SUITE, suite, True)
    identite = cellule.get("id")
    modele = plan.par_id.get(identite) if isinstance(identite, str) else None
    modele = modele or plan.par_texte.get(sans_espaces(source(cellule)))
    return plan.place(modele) if modele else None


def est_un_essai_libre(modele: dict, plan: Plan) -> bool:
    """Une cellule de réponse qui n'est pas notée : on y écrit ce qu'on veut."""
    lue = lire_cellule(source(modele))
    return lue is not None and not nbgrader(modele) and lue.identifiant not in plan.questions
